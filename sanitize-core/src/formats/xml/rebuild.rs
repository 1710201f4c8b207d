//! Text to model, in one walk.

use super::{
    model::{Attribute, Document, Step},
    parse::Source,
    threats,
    vocabulary::{self, Program, Vocabulary},
};
use crate::{
    engine::{ctx::Ctx, text},
    error::{Error, malformed},
    report::{Detail, Spot, Threat},
    toolkits::{
        charset::hidden,
        link::{self, Link},
        markup::xml::{Token, Tokenizer, doctype::Doctype, escape, namespaces::Namespaces, split},
    },
};

/// How many namespaces may be declared at a time: each name is looked up among them.
const DECLARED: usize = 256;

/// What was left out before the walk.
pub(super) fn source(source: &Source<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    match source.doctype {
        Doctype::None => {}
        Doctype::Plain => ctx.replaced(&threats::DOCTYPE, Spot::Here, None)?,
        Doctype::Outside => return Err(ctx.refuse(&threats::EXTERNAL_ENTITIES, Spot::Here)),
        Doctype::Nested => return Err(ctx.refuse(&threats::EXPANSION, Spot::Here)),
    }
    if source.reencoded {
        ctx.replaced(&threats::ENCODING, Spot::Here, None)?;
    }
    if source.tags_dropped {
        ctx.removed(&text::INVISIBLE, Spot::Here)?;
    }
    Ok(())
}

pub(super) fn rebuild<'a>(text: &'a str, ctx: &mut Ctx<'_>) -> Result<Document<'a>, Error> {
    let mut scribe = Scribe {
        ctx,
        document: Document::default(),
        namespaces: Namespaces::new(),
        declared: Vec::new(),
        open: Vec::new(),
        text: String::new(),
        claimed: None,
        signer: None,
    };
    scribe.walk(text)?;
    Ok(scribe.document)
}

/// What becomes of an open element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Written,
    /// Only its words stay, and those of what is in it.
    Hollow,
    /// It goes with all that is in it.
    Gone,
    /// The same, and it is a signature: the name of who signed is reported.
    Signature,
}

struct Open<'a> {
    name: &'a str,
    fate: Fate,
}

struct Scribe<'a, 'c, 'run> {
    ctx: &'c mut Ctx<'run>,
    document: Document<'a>,
    namespaces: Namespaces<'a, Vocabulary>,
    /// How many namespaces each open element declares.
    declared: Vec<usize>,
    open: Vec<Open<'a>>,
    /// Characters of the innermost element, until a tag ends them.
    text: String,
    /// The program whose document the file says that it is, in front of its root.
    claimed: Option<Program>,
    /// Where the signature that is open begins, and who its text says has signed.
    signer: Option<(usize, String)>,
}

impl<'a> Scribe<'a, '_, '_> {
    fn walk(&mut self, text: &'a str) -> Result<(), Error> {
        let budget = self.ctx.budget();
        let mut tokens = Tokenizer::new(text, budget);
        while let Some(token) = tokens.next()? {
            let (start, end) = tokens.span();
            match token {
                Token::Start { name, empty, .. } => {
                    let depth = tokens.depth() + usize::from(empty);
                    self.declare(&tokens, depth, start)?;
                    self.start(text, name, &tokens, start)?;
                    if empty {
                        self.end(depth)?;
                    }
                }
                Token::End { .. } => self.end(tokens.depth() + 1)?,
                Token::Text { raw, .. } => {
                    let characters = escape::decode(raw, escape::Within::Text, start as u64)?;
                    self.characters(&characters);
                }
                Token::CData(characters) => {
                    if !self.is_gone() {
                        self.ctx.replaced(&threats::CDATA, start, None)?;
                    }
                    self.characters(characters);
                }
                Token::Comment => {
                    if !self.is_gone() {
                        self.ctx.removed(&threats::COMMENT, start)?;
                    }
                }
                Token::Instruction => self.instruction(text.get(start..end).unwrap_or_default(), start)?,
            }
        }
        Ok(())
    }

    fn is_gone(&self) -> bool {
        matches!(self.open.last().map(|open| open.fate), Some(Fate::Gone | Fate::Signature))
    }

    /// Binds the namespaces that a start tag declares.
    fn declare(&mut self, tokens: &Tokenizer<'a, '_>, depth: usize, offset: usize) -> Result<(), Error> {
        let before: usize = self.declared.last().copied().unwrap_or(0);
        let mut declared = before;
        if tokens.declares_namespaces() {
            for attribute in tokens.attributes() {
                let prefix = match attribute.split() {
                    (b"", b"xmlns") => &b""[..],
                    (b"xmlns", prefix) => prefix,
                    _ => continue,
                };
                let value =
                    escape::decode(attribute.raw, escape::Within::Attribute, attribute.offset as u64)?;
                let vocabulary = vocabulary::of(&value);
                let is_reserved = prefix == b"xmlns" || (prefix == b"xml") != (vocabulary == Vocabulary::Xml);
                // A name of a namespace is compared letter by letter, those that nobody sees included.
                let hides = !hidden(&value).is_empty();
                if is_reserved || hides || value.is_empty() && !prefix.is_empty() {
                    return Err(malformed("declaration of a namespace", attribute.offset as u64));
                }
                self.namespaces.bind(prefix, vocabulary, depth);
                declared += 1;
            }
        }
        if declared > DECLARED {
            return Err(self.ctx.refuse(&threats::DEEP, offset));
        }
        self.declared.push(declared);
        Ok(())
    }

    fn vocabulary(&self, prefix: &[u8], offset: usize) -> Result<Vocabulary, Error> {
        match (self.namespaces.resolve(prefix), prefix) {
            (Some(vocabulary), _) => Ok(vocabulary),
            (None, b"") => Ok(Vocabulary::Data),
            (None, b"xml") => Ok(Vocabulary::Xml),
            (None, _) => Err(malformed("prefix of no namespace", offset as u64)),
        }
    }

    fn start(
        &mut self,
        text: &'a str,
        name: &'a [u8],
        tokens: &Tokenizer<'a, '_>,
        offset: usize,
    ) -> Result<(), Error> {
        self.flush()?;
        let (prefix, local) = split(name);
        let vocabulary = self.vocabulary(prefix, offset)?;
        // The name stands in the text, behind the bracket.
        let name = text.get(offset + 1..offset + 1 + name.len()).unwrap_or_default();
        let local = str::from_utf8(local).unwrap_or_default();
        if !vocabulary::is_name(name) {
            return Err(malformed("element name", offset as u64));
        }
        let fate = self.fate(vocabulary, name, local, offset)?;
        if fate == Fate::Written {
            let attributes = self.attributes(text, tokens)?;
            self.document.steps.push(Step::Start(name, attributes));
        }
        self.open.push(Open { name, fate });
        Ok(())
    }

    /// What becomes of an element, by those it stands in and by what it is.
    fn fate(
        &mut self,
        vocabulary: Vocabulary,
        name: &str,
        local: &str,
        offset: usize,
    ) -> Result<Fate, Error> {
        let is_root = self.open.is_empty();
        let around = self.open.last().map_or(Fate::Written, |open| open.fate);
        if matches!(around, Fate::Gone | Fate::Signature) {
            return Ok(around);
        }
        let claimed = self.claimed.take();
        let threat = match (vocabulary, claimed) {
            (Vocabulary::Program(program), _) if program != Program::Other => refused_as(program),
            (_, Some(program)) => refused_as(program),
            _ if vocabulary::is_script(local) => &threats::PROGRAM,
            (Vocabulary::Data, _) if is_root && vocabulary::is_program_root(name) => &threats::PROGRAM,
            (Vocabulary::Page, _) if is_root => &threats::PROGRAM,
            (Vocabulary::Program(program), _) => refused_as(program),
            (Vocabulary::Include, _) => &threats::INCLUDE,
            (Vocabulary::Signature, _) => &threats::SIGNATURE,
            _ if around == Fate::Hollow => return Ok(Fate::Hollow),
            (Vocabulary::Page, _) if local == "style" => &threats::PAGE,
            (Vocabulary::Page, _) => {
                self.ctx.removed_with(&threats::PAGE, offset, Detail::name(name))?;
                return Ok(Fate::Hollow);
            }
            (Vocabulary::Data | Vocabulary::Xml | Vocabulary::Instance | Vocabulary::XLink, _) => {
                return Ok(Fate::Written);
            }
        };
        if is_root {
            return Err(self.ctx.refuse(threat, offset));
        }
        // Inside of data it is something that acts, whatever program's.
        let threat = if matches!(vocabulary, Vocabulary::Program(_)) { &threats::PROGRAM } else { threat };
        if vocabulary == Vocabulary::Signature {
            self.signer = Some((offset, String::new()));
            return Ok(Fate::Signature);
        }
        self.ctx.removed_with(threat, offset, Detail::name(name))?;
        Ok(Fate::Gone)
    }

    fn attributes(&mut self, text: &'a str, tokens: &Tokenizer<'a, '_>) -> Result<Vec<Attribute<'a>>, Error> {
        let mut kept = Vec::with_capacity(tokens.attributes().len());
        for attribute in tokens.attributes() {
            let (prefix, local) = attribute.split();
            let at = attribute.offset;
            // A name ends two bytes or more in front of its value, at its equals sign.
            let name = name_before(text, at, attribute.name)
                .ok_or_else(|| malformed("attribute name", at as u64))?;
            if !vocabulary::is_name(name) {
                return Err(malformed("attribute name", at as u64));
            }
            let value = escape::decode(attribute.raw, escape::Within::Attribute, at as u64)?;
            let is_declaration = prefix == b"xmlns" || name == "xmlns";
            let vocabulary = match prefix {
                b"" | b"xmlns" => Vocabulary::Data,
                prefix => self.vocabulary(prefix, at)?,
            };
            let threat = match vocabulary {
                Vocabulary::Data => None,
                Vocabulary::Xml if matches!(local, b"lang" | b"space" | b"id") => None,
                Vocabulary::Xml => Some(&threats::REFERENCE),
                Vocabulary::Instance if matches!(local, b"type" | b"nil") => None,
                Vocabulary::Instance => Some(&threats::REFERENCE),
                Vocabulary::XLink if local == b"actuate" => Some(&threats::REFERENCE),
                Vocabulary::XLink if local == b"href" && !self.may_link(&value) => Some(&threats::LINK),
                Vocabulary::XLink => None,
                Vocabulary::Include | Vocabulary::Signature => Some(&threats::REFERENCE),
                Vocabulary::Page | Vocabulary::Program(_) => Some(&threats::PROGRAM),
            };
            if let Some(threat) = threat {
                self.ctx.removed_with(threat, at, Detail::name(name))?;
                continue;
            }
            let value = if is_declaration {
                value.into_owned()
            } else {
                text::cleaned(&value, Spot::Here, self.ctx)?.into_owned()
            };
            kept.push(Attribute { name, value });
        }
        Ok(kept)
    }

    /// Links of data lead to allowed schemes or beside the file, and nobody follows them by himself.
    fn may_link(&self, address: &str) -> bool {
        let link = link::parse(address);
        matches!(link, Link::Relative(_)) || link.allowed(&self.ctx.switches().link_schemes)
    }

    fn characters(&mut self, characters: &str) {
        match self.open.last().map(|open| open.fate) {
            Some(Fate::Written | Fate::Hollow) => self.text.push_str(characters),
            Some(Fate::Signature) => {
                let names_signer = self.open.last().is_some_and(|open| {
                    open.name.ends_with("X509SubjectName") || open.name.ends_with("KeyName")
                });
                if let Some((_, signer)) = self.signer.as_mut().filter(|_| names_signer) {
                    signer.extend(characters.chars().take(200_usize.saturating_sub(signer.len())));
                }
            }
            // White space around the root.
            Some(Fate::Gone) | None => {}
        }
    }

    fn end(&mut self, depth: usize) -> Result<(), Error> {
        self.flush()?;
        self.namespaces.leave(depth);
        self.declared.pop();
        let Some(Open { name, fate }) = self.open.pop() else { return Ok(()) };
        if fate == Fate::Written {
            self.document.steps.push(Step::End(name));
        }
        if fate == Fate::Signature
            && self.open.last().is_none_or(|open| open.fate != Fate::Signature)
            && let Some((offset, signer)) = self.signer.take()
        {
            let signer = signer.trim();
            let detail = (!signer.is_empty()).then(|| Detail::name(signer));
            self.ctx.removed_with(&threats::SIGNATURE, offset, detail)?;
        }
        Ok(())
    }

    /// The characters up to a tag.
    fn flush(&mut self) -> Result<(), Error> {
        if !self.text.is_empty() {
            let text = std::mem::take(&mut self.text);
            let text = text::cleaned(&text, Spot::Here, self.ctx)?.into_owned();
            self.document.steps.push(Step::Text(text));
        }
        Ok(())
    }

    /// Instructions pick programs and style sheets; data needs none. One by which the file says that it is the
    /// document of an Office program is believed.
    fn instruction(&mut self, instruction: &str, offset: usize) -> Result<(), Error> {
        if self.is_gone() {
            return Ok(());
        }
        let body = instruction.trim_start_matches("<?");
        let target = body.split(|c: char| c.is_whitespace() || c == '?').next().unwrap_or_default();
        if target.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("mso-")) {
            let program = vocabulary::of_instruction(instruction);
            if !self.document.steps.is_empty() || !self.open.is_empty() {
                return Err(self.ctx.refuse(refused_as(program), offset));
            }
            // The root says better which one it is.
            self.claimed = Some(program);
            return Ok(());
        }
        let threat = if target == "xml-model" { &threats::REFERENCE } else { &threats::INSTRUCTION };
        self.ctx.removed_with(threat, offset, Detail::excerpt(instruction))
    }
}

/// The threat that a program's document is, as the whole file.
fn refused_as(program: Program) -> &'static Threat {
    match program {
        Program::FlatPackage => &threats::FLAT_PACKAGE,
        Program::Word2003 => &threats::WORD_2003,
        Program::Excel2003 => &threats::EXCEL_2003,
        Program::Form => &threats::FORM,
        Program::Other => &threats::PROGRAM,
    }
}

/// The name of the attribute whose value stands at `value` in `text`: the same bytes, as text.
fn name_before<'a>(text: &'a str, value: usize, name: &[u8]) -> Option<&'a str> {
    let before = text.get(..value)?;
    // The quotation mark, and white space around the equals sign.
    let before = before.get(..before.len() - 1)?.trim_end_matches([' ', '\t', '\r', '\n']);
    let before = before.strip_suffix('=')?.trim_end_matches([' ', '\t', '\r', '\n']);
    before.get(before.len().checked_sub(name.len())?..)
}
