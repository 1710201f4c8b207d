//! One XML part through the allow-lists: every element by its parent's class, every attribute by its own.
//!
//! The part is walked once, without a tree. What is allowed and already canonical is copied in long runs; the
//! rest is written anew or left out. A stack of frames holds the class of each open element that is written.

use std::{borrow::Cow, collections::BTreeSet};

use super::{
    alternate::Branch,
    cache::Cache,
    cells::Cells,
    output::{Mark, Output},
    previews::{Object, Previews},
    workbook::Names,
};
use crate::{
    engine::ctx::Ctx,
    error::{Error, malformed},
    formats::ooxml::{
        allow::{self, Child, Class, Hook, Namespace, PartKind, TextKind},
        field, threats,
    },
    report::{Action, Detail, Threat},
    toolkits::{
        deflate::Runs,
        markup::xml::{self, Attribute, Token, Tokenizer, escape, namespaces::Namespaces, prepare, split},
    },
};

/// What the filter must know of the part besides its bytes.
pub(super) struct Part<'p> {
    /// The kind, which says what its root element may be.
    pub(super) kind: PartKind,
    /// Ids of the part's relationships that will be written.
    pub(super) relations: &'p BTreeSet<String>,
    /// Those of them that lead to the web.
    pub(super) outside: &'p BTreeSet<String>,
    /// What formulas may refer to.
    pub(super) names: &'p Names,
    /// What legacy drawings show for objects.
    pub(super) previews: &'p Previews,
}

/// A rebuilt XML part.
pub(super) struct Markup<'i> {
    /// The XML, declaration included; `None` when nothing of the root element may be written. The part's own bytes
    /// where nothing of them changes.
    pub(super) xml: Option<Cow<'i, [u8]>>,
    /// What of the part's bytes stands in it, where that is known.
    pub(super) runs: Runs,
    /// Ids of the relationships it names.
    pub(super) used: BTreeSet<String>,
}

/// How often a part may be rebuilt until no field stands in it that nobody has judged.
const ROUNDS: usize = 4;

/// Rebuilds the XML of one part.
pub(super) fn rebuild<'i>(input: &'i [u8], part: &Part<'_>, ctx: &mut Ctx<'_>) -> Result<Markup<'i>, Error> {
    let (mut markup, mut holds) = once(input, part, ctx)?;
    for _ in 1..ROUNDS {
        match &markup.xml {
            Some(xml) if !holds => {
                let (Markup { xml, used, .. }, again) = once(xml, part, ctx)?;
                let xml = xml.map(|xml| Cow::Owned(xml.into_owned()));
                (markup, holds) = (Markup { xml, runs: Runs::default(), used }, again);
            }
            _ => return Ok(markup),
        }
    }
    if holds { Ok(markup) } else { Err(ctx.refuse(&threats::DOCX_FIELD_ALLOWLIST, 0_u64)) }
}

/// Rebuilds the XML of one part, and says whether all fields in it are fields that were judged.
fn once<'i>(input: &'i [u8], part: &Part<'_>, ctx: &mut Ctx<'_>) -> Result<(Markup<'i>, bool), Error> {
    let mut prepared = prepare::text(input, ctx.budget()).map_err(|error| refusal(error, ctx))?;
    if part.kind == PartKind::VmlDrawing {
        prepared = super::breaks::closed(prepared, ctx.budget())?;
    }
    if prepared.reencoded {
        ctx.replaced(&threats::OPC_XML_ENCODING_EVASION, 0_u64, None)?;
    }
    if prepared.tags_dropped {
        ctx.removed(&threats::TXT_INVISIBLE_AND_TAG_CHARACTERS, 0_u64)?;
    }
    let is_word = part.kind.content_types().iter().any(|kind| kind.contains(".wordprocessingml."));
    let fields = if is_word { super::fields::plan(&prepared.text, ctx)? } else { None };
    let mut start = ctx.budget().reserve(prepared.text.len() as u64 + 64)?;
    start.extend_from_slice(xml::DECLARATION);
    let mut filter = Filter {
        tokenizer: Tokenizer::new(&prepared.text, ctx.budget()),
        namespaces: Namespaces::new(),
        output: Output::new(prepared.text.as_bytes(), start),
        frames: Vec::new(),
        attributes: Vec::new(),
        known_attributes: usize::MAX,
        fates: Vec::new(),
        children: Cache::new(),
        known: Cache::new(),
        cells: None,
        shared: BTreeSet::new(),
        fields: fields.as_ref().map(|decided| decided.plan.replay()),
        field_write: None,
        picture_found: false,
        object: None,
        alternates: Vec::new(),
        used: BTreeSet::new(),
        base: prepared.offset,
        part,
        ctx,
    };
    match filter.run() {
        Ok(()) => {
            // Text that had to be decoded has no place in the bytes.
            let offset = match prepared.text {
                Cow::Borrowed(_) => Some(prepared.offset as usize),
                Cow::Owned(_) => None,
            };
            let Filter { output, used, ctx, .. } = filter;
            let (xml, runs) = output.finish(input, offset, ctx.budget());
            let xml = Some(xml).filter(|xml| xml.len() > xml::DECLARATION.len());
            let holds = match (&fields, &xml) {
                // What was left out may have stood between the words of an instruction.
                (Some(decided), Some(Cow::Owned(written))) => {
                    let written = written.strip_prefix(xml::DECLARATION).unwrap_or(written);
                    let written =
                        std::str::from_utf8(written).map_err(|_| Error::Internal("XML in UTF-8"))?;
                    decided.holds_in(written, ctx.budget())?
                }
                _ => true,
            };
            Ok((Markup { xml, runs, used }, holds))
        }
        Err(error) => Err(refusal(error, filter.ctx)),
    }
}

/// Some ways of not being XML are attacks of their own, and are reported as such.
pub(in crate::formats::ooxml) fn refusal(error: Error, ctx: &mut Ctx<'_>) -> Error {
    let Error::Malformed { what, offset } = error else { return error };
    match what {
        xml::DOCTYPE => ctx.refuse(&threats::OPC_XML_DTD_DOCTYPE, offset),
        xml::ENCODING => ctx.refuse(&threats::OPC_XML_ENCODING_EVASION, offset),
        xml::CHARACTER | xml::VERSION | xml::REFERENCE => ctx.refuse(&threats::FILE_XML_CHAR_ILLEGAL, offset),
        _ => error,
    }
}

/// An open element whose children are being judged.
pub(super) struct Frame {
    /// By which children are judged: the element's own class, or its parent's where the element is
    /// transparent.
    pub(super) class: Class,
    pub(super) role: Role,
    /// Where the output can be put back to, to leave the whole element out.
    pub(super) mark: Option<Mark>,
    /// Written in it of what its class is there for: any child and text, for most.
    pub(super) kept: u32,
    /// Elements met in it.
    pub(super) met: u32,
    /// Anything is written in it.
    pub(super) stands: bool,
}

impl Frame {
    pub(super) fn new(class: Class, role: Role, mark: Option<Mark>) -> Self {
        Self { class, role, mark, kept: 0, met: 0, stands: false }
    }
}

/// What closing a frame means for the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Written with its tags.
    Element,
    /// Written under another local name.
    Renamed(&'static str),
    /// On the way from an object's frame to its picture: only the picture is written.
    PictureOnly,
    /// Its children are written, its tags are not.
    Unwrapped,
    /// A part of `mc:AlternateContent`.
    Branch(Branch),
}

/// What becomes of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Keep,
    Leave,
    Replace(String),
}

/// What becomes of an element once its attributes are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Keep,
    Leave,
    /// The rule around it goes with it.
    LeaveRule,
    Unwrap,
}

pub(super) struct Filter<'a, 'c, 'run> {
    pub(super) tokenizer: Tokenizer<'a, 'c>,
    pub(super) namespaces: Namespaces<'a, Option<Namespace>>,
    pub(super) output: Output<'a>,
    pub(super) frames: Vec<Frame>,
    /// Attributes of the element at hand, and what becomes of each.
    pub(super) attributes: Vec<Attribute<'a>>,
    /// How many of them may mean something; those behind are not written, whatever their local names are.
    pub(super) known_attributes: usize,
    pub(super) fates: Vec<Fate>,
    children: Cache<'a, Option<Child>>,
    pub(super) known: Cache<'a, Option<allow::Attribute>>,
    /// Classes of rows and cells, in a worksheet.
    pub(super) cells: Option<Cells>,
    /// Shared formulas whose master was left out, by their index.
    pub(super) shared: BTreeSet<u32>,
    /// The plan of the part's fields, followed token by token; what it says of the token at hand.
    pub(super) fields: Option<field::Replay<'c>>,
    pub(super) field_write: Option<field::Write<'c>>,
    /// The picture of the object at hand was met.
    pub(super) picture_found: bool,
    /// The object at hand.
    pub(super) object: Option<Object>,
    /// Tags of the open alternate contents, to be written with the first branch that stays.
    pub(super) alternates: Vec<Vec<u8>>,
    /// Ids of relationships that the part names.
    pub(super) used: BTreeSet<String>,
    pub(super) base: u64,
    pub(super) part: &'c Part<'c>,
    pub(super) ctx: &'c mut Ctx<'run>,
}

impl<'a> Filter<'a, '_, '_> {
    fn run(&mut self) -> Result<(), Error> {
        loop {
            // Matched where it is made: a token per line of this loop is millions of copies saved.
            let token = self.tokenizer.next();
            if let (Some(_), Ok(Some(token))) = (&self.fields, &token) {
                self.follow_fields(token);
            }
            match token {
                Err(error) => return Err(error),
                Ok(None) => return Ok(()),
                Ok(Some(Token::Start { name, empty, canonical })) => self.start(name, empty, canonical)?,
                Ok(Some(Token::End { canonical, name })) => self.end(name, canonical)?,
                Ok(Some(Token::Text { raw, canonical, blank })) => self.text(raw, canonical, blank)?,
                Ok(Some(Token::CData(text))) => self.characters(text)?,
                Ok(Some(Token::Comment | Token::Instruction)) => {
                    self.output.omit(self.tokenizer.span());
                    self.removed(&threats::OPC_XML_PI_AND_COMMENTS, None)?;
                }
            }
        }
    }

    /// The next token, with the plan of the fields kept in step.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>, Error> {
        let token = self.tokenizer.next()?;
        if let Some(token) = &token {
            self.follow_fields(token);
        }
        Ok(token)
    }

    /// Where the token at hand starts in the part.
    pub(super) fn offset(&self) -> u64 {
        self.base + self.tokenizer.span().0 as u64
    }

    pub(super) fn removed(&mut self, threat: &'static Threat, detail: Option<Detail>) -> Result<(), Error> {
        self.ctx.removed_with(threat, self.offset(), detail)
    }

    fn start(&mut self, name: &'a [u8], empty: bool, canonical: bool) -> Result<(), Error> {
        let depth = self.tokenizer.depth() + usize::from(empty);
        let declares = self.tokenizer.declares_namespaces();
        self.tokenizer.take_attributes(&mut self.attributes);
        self.known_attributes = usize::MAX;
        if declares {
            self.bind(depth)?;
        }
        self.element(name, empty, canonical)?;
        if empty {
            self.namespaces.leave(depth);
        }
        Ok(())
    }

    /// Takes the element's namespace declarations into force.
    fn bind(&mut self, depth: usize) -> Result<(), Error> {
        let Self { attributes, namespaces, .. } = self;
        for attribute in attributes.iter().filter(|attribute| attribute.name.starts_with(b"xmlns")) {
            let prefix = match attribute.name.get(5..).unwrap_or_default() {
                [] => &[],
                [b':', prefix @ ..] => prefix,
                _ => continue,
            };
            if matches!(prefix, b"xml" | b"xmlns") {
                return Err(malformed("reserved namespace prefix", attribute.offset as u64));
            }
            let uri = escape::decode(attribute.raw, escape::Within::Attribute, attribute.offset as u64)?;
            namespaces.bind(prefix, allow::namespace(uri.trim().as_bytes()), depth);
        }
        Ok(())
    }

    /// The namespace that a prefix stands for: `None` when it is one nothing may be written in.
    pub(super) fn namespace(&self, prefix: &[u8]) -> Result<Option<Namespace>, Error> {
        match prefix {
            b"xml" => Ok(Some(Namespace::XML)),
            b"" => Ok(self.namespaces.resolve(b"").map_or(Some(Namespace::NONE), |found| found)),
            _ => match self.namespaces.resolve(prefix) {
                Some(namespace) => Ok(namespace),
                // Legacy drawings are read by programs that know the prefixes by heart.
                None if self.part.kind == PartKind::VmlDrawing => Ok(None),
                None => Err(malformed("namespace prefix without a declaration", self.offset())),
            },
        }
    }

    fn element(&mut self, name: &'a [u8], empty: bool, canonical: bool) -> Result<(), Error> {
        let (prefix, local) = split(name);
        let Some(parent) = self.frames.last_mut() else { return self.root(name, empty, canonical) };
        parent.met = parent.met.saturating_add(1);
        let (class, role) = (parent.class, parent.role);
        if role == Role::PictureOnly && self.towards_picture(class, local, empty)? {
            return Ok(());
        }
        let epoch = self.namespaces.epoch();
        let child = match self.children.get(class, name, epoch) {
            Some(known) => known,
            None => {
                let namespace = self.namespace(prefix)?;
                if namespace == Some(Namespace::MC) {
                    return self.branch(name, local, empty, canonical);
                }
                let child = namespace.and_then(|namespace| class.child(namespace, local));
                self.children.put(class, name, epoch, child);
                child
            }
        };
        if matches!(role, Role::Branch(Branch::Alternate { .. })) {
            return self.leave(empty, &threats::OPC_MCE_ALTERNATE_BRANCHES, name);
        }
        if self.hidden_by_field() && class.usual_name() == ("w", "r") && !is_field_run_content(local) {
            // Word does not show what stands in an instruction, so nothing of it needs to be written.
            return self.skip(empty);
        }
        match child {
            Some(Child::Keep(class)) => self.keep(class, None, name, empty, canonical),
            Some(Child::Hook(hook, class)) => self.keep(class, Some(hook), name, empty, canonical),
            Some(Child::Unwrap(threat)) => {
                self.removed(threat, Some(detail(name)))?;
                self.unwrap(empty);
                Ok(())
            }
            Some(Child::Drop(threat)) => self.leave(empty, threat, name),
            None if class.usual_name().1 == "ext" => {
                self.leave(empty, &threats::OPC_EXTLST_UNKNOWN_URI, name)
            }
            None => self.leave(empty, &threats::OPC_MCE_IGNORABLE_NAMESPACE, name),
        }
    }

    fn root(&mut self, name: &'a [u8], empty: bool, canonical: bool) -> Result<(), Error> {
        let (prefix, local) = split(name);
        let namespace = self.namespace(prefix)?;
        let class = namespace.and_then(|namespace| self.part.kind.root(namespace, local));
        let class = class.ok_or_else(|| malformed("root element of the part", self.offset()))?;
        self.cells = Cells::below(class);
        if class.usual_name() == ("p", "sld")
            && matches!(self.attribute_value(b"show")?.as_deref(), Some("0" | "false"))
        {
            let shows = self.ctx.choose(&threats::OOXML_HIDDEN_CONTENT, self.offset())? != Action::Keep;
            if shows {
                self.attributes.retain(|attribute| attribute.split().1 != b"show");
                return self.keep(class, None, name, empty, false);
            }
        }
        self.keep(class, None, name, empty, canonical)
    }

    /// Writes an element of `class`, if its attributes and what the hook finds let it stand.
    fn keep(
        &mut self,
        class: Class,
        hook: Option<Hook>,
        name: &'a [u8],
        empty: bool,
        canonical: bool,
    ) -> Result<(), Error> {
        if let Some(hook) = hook
            && self.hooked(hook, class, name, empty, canonical)?
        {
            return Ok(());
        }
        let standing = self.judge_attributes(class, hook)?;
        match standing {
            Standing::Keep => {}
            Standing::Leave => {
                self.skip(empty)?;
                return Ok(());
            }
            Standing::LeaveRule => {
                if !self.leave_enclosing(super::formulas::is_rule)? {
                    self.skip(empty)?;
                }
                return Ok(());
            }
            Standing::Unwrap => {
                self.unwrap(empty);
                return Ok(());
            }
        }
        if class.text() == TextKind::Formula && !empty {
            return self.formula_element(class, name, canonical);
        }
        let can_go = !empty && (class.needs_child() || super::formulas::is_rule(class));
        let mark = can_go.then(|| self.output.mark(self.tokenizer.span().0));
        self.write_start(name, empty, canonical);
        if empty {
            self.count_element(class);
        } else {
            self.frames.push(Frame::new(class, Role::Element, mark));
            self.plain_cells()?;
        }
        Ok(())
    }

    /// One more element of `class` stands in the innermost open element; whether that is what the outer one is
    /// there for, its own class says.
    pub(super) fn count_element(&mut self, class: Class) {
        self.count_elements(class, 1);
    }

    /// `count` more of them.
    pub(super) fn count_elements(&mut self, class: Class, count: u32) {
        let Some(frame) = self.frames.last_mut().filter(|_| count > 0) else { return };
        frame.stands = true;
        let (namespace, local) = match frame.class.needs_child() {
            true => class.name(),
            false => return frame.kept = frame.kept.saturating_add(count),
        };
        if frame.class.counts(namespace, local.as_bytes()) {
            frame.kept = frame.kept.saturating_add(count);
        }
    }

    /// One more thing stands in the innermost open element.
    pub(super) fn count(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.stands = true;
            frame.kept = frame.kept.saturating_add(1);
        }
    }

    /// True when the start tag at hand is canonical and keeps every attribute as it is.
    pub(super) fn tag_stands(&self, canonical: bool) -> bool {
        canonical && self.fates.iter().all(|fate| *fate == Fate::Keep)
    }

    /// Writes the start tag at hand, as it stands where nothing about it changes.
    pub(super) fn write_start(&mut self, name: &[u8], empty: bool, canonical: bool) {
        if self.tag_stands(canonical) {
            return;
        }
        let Self { output, attributes, fates, tokenizer, .. } = self;
        output.replace(tokenizer.span(), |written| write_tag(written, name, attributes, fates, empty));
    }

    /// Leaves the element at hand out with everything in it, and records why.
    pub(super) fn leave(&mut self, empty: bool, threat: &'static Threat, name: &[u8]) -> Result<(), Error> {
        self.removed(threat, Some(detail(name)))?;
        self.skip(empty)
    }

    /// Passes over the element at hand, whose start tag was read, and writes nothing of it.
    pub(super) fn skip(&mut self, empty: bool) -> Result<(), Error> {
        let (start, mut end) = self.tokenizer.span();
        if !empty {
            let outside = self.tokenizer.depth() - 1;
            while self.tokenizer.depth() > outside {
                if self.next()?.is_none() {
                    break;
                }
            }
            end = self.tokenizer.span().1;
            self.namespaces.leave(outside + 1);
        }
        self.output.omit((start, end));
        Ok(())
    }

    /// Writes no tags for the element at hand; its children are judged as children of its parent.
    pub(super) fn unwrap(&mut self, empty: bool) {
        self.output.omit(self.tokenizer.span());
        if let (false, Some(parent)) = (empty, self.frames.last()) {
            let class = parent.class;
            self.frames.push(Frame::new(class, Role::Unwrapped, None));
        }
    }

    fn end(&mut self, name: &'a [u8], canonical: bool) -> Result<(), Error> {
        let Some(frame) = self.frames.pop() else { return Err(malformed("end tag", self.offset())) };
        let (start, end) = self.tokenizer.span();
        self.namespaces.leave(self.tokenizer.depth() + 1);
        match frame.role {
            Role::Branch(branch) => return self.close_branch(branch, &frame, name, canonical),
            Role::Unwrapped | Role::PictureOnly => {
                self.output.omit((start, end));
                if frame.role == Role::PictureOnly {
                    self.end_object(frame.class);
                }
                if let Some(parent) = self.frames.last_mut() {
                    parent.kept = parent.kept.saturating_add(frame.kept);
                    parent.stands |= frame.stands;
                }
                return Ok(());
            }
            Role::Renamed(local) => self.write_end(&renamed(name, local)),
            Role::Element if !canonical => self.write_end(name),
            Role::Element => {}
        }
        // An element that is nothing without children, and lost all it had, goes with them.
        match frame.mark {
            Some(mark) if frame.met > 0 && frame.kept == 0 && frame.class.needs_child() => {
                self.output.roll_back(mark, end);
            }
            _ => self.count_element(frame.class),
        }
        self.plain_cells()
    }

    pub(super) fn write_end(&mut self, name: &[u8]) {
        self.output.replace(self.tokenizer.span(), |written| {
            written.extend_from_slice(b"</");
            written.extend_from_slice(name);
            written.push(b'>');
        });
    }

    fn text(&mut self, raw: &'a str, canonical: bool, blank: bool) -> Result<(), Error> {
        let span = self.tokenizer.span();
        let holds_text = self.holds_text();
        if !holds_text {
            if !blank {
                self.removed(&threats::OPC_XML_PI_AND_COMMENTS, None)?;
            }
            // White space between elements is layout of the source.
            self.output.omit(span);
            return Ok(());
        }
        self.count();
        if canonical {
            return Ok(());
        }
        let value = escape::decode(raw, escape::Within::Text, span.0 as u64)?;
        self.output.replace(span, |written| escape::encode(&value, escape::Within::Text, written));
        Ok(())
    }

    /// Text out of a CDATA section: the same characters, escaped.
    fn characters(&mut self, text: &str) -> Result<(), Error> {
        if self.holds_text() {
            self.count();
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            self.output.replace(self.tokenizer.span(), |written| {
                escape::encode(&text, escape::Within::Text, written);
            });
            return Ok(());
        }
        self.output.omit(self.tokenizer.span());
        self.removed(&threats::OPC_XML_PI_AND_COMMENTS, None)
    }

    fn holds_text(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| frame.role == Role::Element && frame.class.text() != TextKind::None)
            && !self.hidden_by_field()
    }

    /// The characters of the element whose start tag was read, up to its end tag, elements in it left out.
    /// Also says whether they stand in the source as this engine would write them.
    pub(super) fn element_text(&mut self) -> Result<(String, bool), Error> {
        let outside = self.tokenizer.depth() - 1;
        let mut value = String::new();
        let mut canonical = true;
        while let Some(token) = self.next()? {
            match token {
                Token::Text { raw, canonical: written_so, .. } if self.tokenizer.depth() == outside + 1 => {
                    canonical &= written_so;
                    let offset = self.tokenizer.span().0 as u64;
                    value.push_str(&escape::decode(raw, escape::Within::Text, offset)?);
                }
                Token::CData(text) if self.tokenizer.depth() == outside + 1 => {
                    canonical = false;
                    value.push_str(text);
                }
                Token::End { canonical: written_so, .. } if self.tokenizer.depth() == outside => {
                    canonical &= written_so;
                    self.namespaces.leave(outside + 1);
                    return Ok((value, canonical));
                }
                _ => canonical = false,
            }
        }
        Err(malformed("element that is never closed", self.offset()))
    }

    /// Leaves out the nearest open element of one of these hooks' classes, with everything in it.
    pub(super) fn leave_enclosing(&mut self, is_wanted: impl Fn(Class) -> bool) -> Result<bool, Error> {
        let Some(index) =
            self.frames.iter().rposition(|frame| frame.mark.is_some() && is_wanted(frame.class))
        else {
            return Ok(false);
        };
        let Some(mark) = self.frames.get(index).and_then(|frame| frame.mark) else { return Ok(false) };
        // The frames stand for the open elements one by one, so their number is the depth to leave to.
        while self.tokenizer.depth() > index {
            if self.next()?.is_none() {
                break;
            }
        }
        self.namespaces.leave(index + 1);
        self.frames.truncate(index);
        self.output.roll_back(mark, self.tokenizer.span().1);
        Ok(true)
    }
}

/// `name` with another local name under the same prefix.
pub(super) fn renamed(name: &[u8], local: &str) -> Vec<u8> {
    let prefix = name.iter().position(|byte| *byte == b':').and_then(|colon| name.get(..=colon));
    [prefix.unwrap_or_default(), local.as_bytes()].concat()
}

/// What a run holds besides what it shows.
fn is_field_run_content(local: &[u8]) -> bool {
    matches!(local, b"fldChar" | b"instrText" | b"delInstrText" | b"rPr")
}

/// A name from the source as a detail of a finding.
pub(super) fn detail(name: &[u8]) -> Detail {
    Detail::name(&String::from_utf8_lossy(name))
}

/// Writes a start tag in the canonical form.
pub(super) fn write_tag(
    written: &mut Vec<u8>,
    name: &[u8],
    attributes: &[Attribute<'_>],
    fates: &[Fate],
    empty: bool,
) {
    written.push(b'<');
    written.extend_from_slice(name);
    for (attribute, fate) in attributes.iter().zip(fates) {
        let value = match fate {
            Fate::Leave => continue,
            Fate::Replace(value) => value.as_str().into(),
            // It was read once when it was judged, so it reads again.
            Fate::Keep => escape::decode(attribute.raw, escape::Within::Attribute, 0).unwrap_or_default(),
        };
        written.push(b' ');
        written.extend_from_slice(attribute.name);
        written.extend_from_slice(b"=\"");
        escape::encode(&value, escape::Within::Attribute, written);
        written.push(b'"');
    }
    written.extend_from_slice(if empty { b"/>" } else { b">" });
}
