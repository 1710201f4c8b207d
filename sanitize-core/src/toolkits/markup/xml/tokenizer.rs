use std::borrow::Cow;

use super::{DOCTYPE, escape};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    limits::Resource,
};

/// One piece of a part. Attributes of a start tag are at [`Tokenizer::attributes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name …>`, or `<name …/>` when `empty`; an empty element has no [`Token::End`].
    Start {
        /// The name as written, prefix included.
        name: &'a [u8],
        /// No end tag follows.
        empty: bool,
        /// Written as this engine would write it.
        canonical: bool,
    },
    /// `</name>`.
    End {
        /// The name as written, prefix included.
        name: &'a [u8],
        /// Written as this engine would write it.
        canonical: bool,
    },
    /// Characters between tags, references unresolved.
    Text {
        /// As written.
        raw: &'a str,
        /// Written as this engine would write it.
        canonical: bool,
        /// Nothing but white space.
        blank: bool,
    },
    /// The characters of a CDATA section, in which nothing is escaped.
    CData(&'a str),
    /// A comment.
    Comment,
    /// A processing instruction.
    Instruction,
}

/// An attribute of the start tag last read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute<'a> {
    /// The name as written, prefix included.
    pub(crate) name: &'a [u8],
    /// The value as written between its quotes.
    pub(crate) raw: &'a str,
    /// Where the value starts in the text.
    pub(crate) offset: usize,
}

impl<'a> Attribute<'a> {
    /// The prefix, empty when there is none, and the local name.
    pub(crate) fn split(&self) -> (&'a [u8], &'a [u8]) {
        split(self.name)
    }
}

/// A qualified name as its prefix, empty when there is none, and its local name.
pub(crate) fn split(name: &[u8]) -> (&[u8], &[u8]) {
    match name.iter().position(|byte| *byte == b':') {
        Some(colon) => (name.get(..colon).unwrap_or_default(), name.get(colon + 1..).unwrap_or_default()),
        None => (&[], name),
    }
}

/// Walks a prepared text from token to token and checks that it is well formed: one root, tags in balance,
/// names and attributes in order, no attribute twice, no document type.
#[derive(Debug)]
pub(crate) struct Tokenizer<'a, 'b> {
    text: &'a str,
    bytes: &'a [u8],
    position: usize,
    start: usize,
    open: Vec<&'a [u8]>,
    /// The most elements that were open at a time, so that the depth is looked at once for each.
    deepest: usize,
    attributes: Vec<Attribute<'a>>,
    /// An attribute of the start tag last read declares a namespace.
    declares: bool,
    root_seen: bool,
    /// The text has a carriage return somewhere; hardly any has.
    has_returns: bool,
    unpaid: u64,
    budget: &'b Budget,
}

/// [`Token::Start`] on its way out of the function that reads it.
struct Start<'a> {
    name: &'a [u8],
    empty: bool,
    canonical: bool,
}

/// How many tokens are paid for at a time.
const PAID_AT_ONCE: u64 = 1_024;

impl<'a, 'b> Tokenizer<'a, 'b> {
    pub(crate) fn new(text: &'a str, budget: &'b Budget) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            position: 0,
            start: 0,
            open: Vec::new(),
            deepest: 0,
            attributes: Vec::new(),
            declares: false,
            root_seen: false,
            has_returns: memchr::memchr(b'\r', text.as_bytes()).is_some(),
            unpaid: 0,
            budget,
        }
    }

    /// Attributes of the start tag last read, in the order they stand.
    pub(crate) fn attributes(&self) -> &[Attribute<'a>] {
        &self.attributes
    }

    /// Gives the attributes of the start tag last read away, for what `into` held.
    pub(crate) fn take_attributes(&mut self, into: &mut Vec<Attribute<'a>>) {
        into.clear();
        std::mem::swap(&mut self.attributes, into);
    }

    /// Whether an attribute of the start tag last read declares a namespace.
    pub(crate) fn declares_namespaces(&self) -> bool {
        self.declares
    }

    /// The text behind the token last read.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.slice(self.position, self.bytes.len())
    }

    /// Passes over `length` bytes of elements that the caller read to their ends: `tokens` of them, start and end
    /// tags and text between them.
    pub(crate) fn pass(&mut self, length: usize, tokens: u64) -> Result<(), Error> {
        self.unpaid += tokens;
        if self.unpaid >= PAID_AT_ONCE {
            self.budget.objects(std::mem::take(&mut self.unpaid))?;
        }
        self.position = self.position.saturating_add(length).min(self.bytes.len());
        Ok(())
    }

    /// The value of the attribute of the start tag last read that is named exactly `name`, references resolved.
    pub(crate) fn value(&self, name: &[u8]) -> Result<Option<Cow<'a, str>>, Error> {
        let found = self.attributes.iter().find(|attribute| attribute.name == name);
        found
            .map(|found| escape::decode(found.raw, escape::Within::Attribute, found.offset as u64))
            .transpose()
    }

    /// Where the token last read starts and ends in the text.
    pub(crate) fn span(&self) -> (usize, usize) {
        (self.start, self.position)
    }

    /// How many elements are open; right after a start tag its own counts, unless it was empty.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next token, or `None` behind a text whose every element was closed.
    ///
    /// Inlined with what makes the tokens of a sheet, so that a token stays in registers instead of being
    /// copied from caller to caller.
    #[inline(always)]
    pub(crate) fn next(&mut self) -> Result<Option<Token<'a>>, Error> {
        self.unpaid += 1;
        if self.unpaid >= PAID_AT_ONCE {
            self.budget.objects(std::mem::take(&mut self.unpaid))?;
        }
        self.start = self.position;
        let Some(first) = self.bytes.get(self.position) else { return self.end().map(|()| None) };
        let token = match (*first, self.bytes.get(self.position + 1)) {
            (b'<', Some(b'/')) => self.end_tag()?,
            (b'<', Some(b'!')) => self.declaration()?,
            (b'<', Some(b'?')) => self.instruction()?,
            (b'<', _) => {
                let Start { name, empty, canonical } = self.start_tag()?;
                Token::Start { name, empty, canonical }
            }
            _ => self.characters()?,
        };
        Ok(Some(token))
    }

    fn end(&mut self) -> Result<(), Error> {
        self.budget.objects(std::mem::take(&mut self.unpaid))?;
        if !self.open.is_empty() {
            return Err(self.wrong("element that is never closed"));
        }
        if self.root_seen { Ok(()) } else { Err(self.wrong("root element")) }
    }

    fn wrong(&self, what: &'static str) -> Error {
        malformed(what, self.position as u64)
    }

    fn slice(&self, from: usize, to: usize) -> &'a [u8] {
        self.bytes.get(from..to).unwrap_or_default()
    }

    #[inline(always)]
    fn characters(&mut self) -> Result<Token<'a>, Error> {
        let rest = self.rest();
        // What is written as this engine writes it mostly ends where it is first looked at.
        let (run, plain) = match memchr::memchr3(b'<', b'&', b'>', rest) {
            None => (rest, true),
            Some(at) if rest.get(at) == Some(&b'<') => (rest.get(..at).unwrap_or_default(), true),
            Some(at) => {
                let behind = rest.get(at..).unwrap_or_default();
                let length = memchr::memchr(b'<', behind).map_or(rest.len(), |more| at + more);
                (rest.get(..length).unwrap_or_default(), false)
            }
        };
        let end = self.position + run.len();
        let blank = run.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
        if self.open.is_empty() && !blank {
            return Err(self.wrong("text outside the root element"));
        }
        let canonical = match plain {
            true => !self.has_returns || memchr::memchr(b'\r', run).is_none(),
            false => canonical_text(run, self.position)?,
        };
        let raw = self.text.get(self.position..end).ok_or_else(|| self.wrong("text"))?;
        self.position = end;
        Ok(Token::Text { raw, canonical, blank })
    }

    fn name(&mut self, what: &'static str) -> Result<&'a [u8], Error> {
        let rest = self.slice(self.position, self.bytes.len());
        let (mut length, mut colons) = (0, 0_u32);
        for byte in rest {
            match NAME_BYTES.get(usize::from(*byte)) {
                Some(Named::Byte) => {}
                Some(Named::Colon) => colons = colons.saturating_add(1),
                _ => break,
            }
            length += 1;
        }
        let name = rest.get(..length).unwrap_or_default();
        let starts_well = name.first().is_some_and(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'.' | b':'));
        let qualified = colons == 0 || (colons == 1 && name.last() != Some(&b':'));
        if !starts_well || !qualified || length > 4_096 {
            return Err(self.wrong(what));
        }
        self.position += length;
        Ok(name)
    }

    /// Passes over white space; says whether there was any, and whether it was a single space.
    fn space(&mut self) -> (bool, bool) {
        let rest = self.slice(self.position, self.bytes.len());
        let length =
            rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(rest.len());
        self.position += length;
        (length > 0, length == 1 && rest.first() == Some(&b' '))
    }

    fn start_tag(&mut self) -> Result<Start<'a>, Error> {
        if self.open.is_empty() && self.root_seen {
            return Err(self.wrong("second root element"));
        }
        self.position += 1;
        let name = self.name("element name")?;
        self.attributes.clear();
        self.declares = false;
        let mut canonical = true;
        loop {
            match self.bytes.get(self.position) {
                Some(b'>') => {
                    self.position += 1;
                    self.open.push(name);
                    if self.open.len() > self.deepest {
                        self.deepest = self.open.len();
                        self.budget.tree_depth(u32::try_from(self.deepest).unwrap_or(u32::MAX))?;
                    }
                    break self.finish_start(name, false, canonical);
                }
                Some(b'/') if self.bytes.get(self.position + 1) == Some(&b'>') => {
                    self.position += 2;
                    break self.finish_start(name, true, canonical);
                }
                _ => {
                    let (any, single) = self.space();
                    canonical &= single;
                    match self.bytes.get(self.position) {
                        Some(b'>') => canonical = false,
                        Some(b'/') if self.bytes.get(self.position + 1) == Some(&b'>') => canonical = false,
                        _ if !any => return Err(self.wrong("start tag")),
                        _ => canonical &= self.attribute()?,
                    }
                }
            }
        }
    }

    #[inline]
    fn finish_start(&mut self, name: &'a [u8], empty: bool, canonical: bool) -> Result<Start<'a>, Error> {
        self.root_seen = true;
        if self.attributes.len() > 1 {
            self.check_twice()?;
        }
        Ok(Start { name, empty, canonical })
    }

    /// Reads one attribute; true when it is written as this engine would write it.
    fn attribute(&mut self) -> Result<bool, Error> {
        if self.attributes.len() >= self.budget.limits().xml_attributes as usize {
            return Err(self.budget.trip(Resource::Attributes));
        }
        let name = self.name("attribute name")?;
        let mut canonical = true;
        if self.bytes.get(self.position) != Some(&b'=') {
            canonical = false;
            self.space();
        }
        if self.bytes.get(self.position) != Some(&b'=') {
            return Err(self.wrong("attribute without a value"));
        }
        self.position += 1;
        let quote = loop {
            match self.bytes.get(self.position) {
                Some(quote @ (b'"' | b'\'')) => break *quote,
                Some(b' ' | b'\t' | b'\r' | b'\n') => {
                    canonical = false;
                    self.position += 1;
                }
                _ => return Err(self.wrong("attribute value")),
            }
        };
        self.declares |= name.starts_with(b"xmlns");
        let offset = self.position + 1;
        let rest = self.slice(offset, self.bytes.len());
        let mut length = 0;
        canonical &= quote == b'"';
        loop {
            let byte = *rest.get(length).ok_or_else(|| self.wrong("attribute value"))?;
            match VALUE_BYTES.get(usize::from(byte)) {
                Some(Valued::Plain) => length += 1,
                Some(Valued::Quote) if byte == quote => break,
                Some(Valued::Less) => {
                    return Err(malformed("`<` in an attribute value", (offset + length) as u64));
                }
                Some(Valued::Ampersand) => {
                    length +=
                        canonical_step(rest, length, offset, escape::Within::Attribute, &mut canonical)?;
                }
                Some(Valued::Quote) if byte == b'\'' => length += 1,
                _ => {
                    canonical = false;
                    length += 1;
                }
            }
        }
        let raw = self.text.get(offset..offset + length).ok_or_else(|| self.wrong("attribute value"))?;
        self.position = offset + length + 1;
        self.attributes.push(Attribute { name, raw, offset });
        Ok(canonical)
    }

    fn check_twice(&self) -> Result<(), Error> {
        let twice = if self.attributes.len() <= 12 {
            let mut rest = self.attributes.as_slice();
            loop {
                let Some((first, others)) = rest.split_first() else { break false };
                if others.iter().any(|other| same(other.name, first.name)) {
                    break true;
                }
                rest = others;
            }
        } else {
            let mut names: Vec<_> = self.attributes.iter().map(|attribute| attribute.name).collect();
            names.sort_unstable();
            names.windows(2).any(|pair| pair.first() == pair.last())
        };
        if twice { Err(self.wrong("attribute given twice")) } else { Ok(()) }
    }

    #[inline(always)]
    fn end_tag(&mut self) -> Result<Token<'a>, Error> {
        self.position += 2;
        let open = self.open.last().copied().ok_or_else(|| self.wrong("end tag"))?;
        // The name must be that of the open element, so it is compared rather than read.
        let end = self.position + open.len();
        if !same(self.slice(self.position, end), open) {
            return Err(self.wrong("end tag of another element"));
        }
        self.position = end;
        let canonical = self.bytes.get(self.position) == Some(&b'>');
        if !canonical {
            self.space();
        }
        if self.bytes.get(self.position) != Some(&b'>') {
            return Err(self.wrong("end tag of another element"));
        }
        self.position += 1;
        self.open.pop();
        Ok(Token::End { name: open, canonical })
    }

    fn declaration(&mut self) -> Result<Token<'a>, Error> {
        let rest = self.slice(self.position, self.bytes.len());
        if rest.starts_with(b"<!--") {
            let body = rest.get(4..).unwrap_or_default();
            let length = memchr::memmem::find(body, b"--").ok_or_else(|| self.wrong("comment"))?;
            if body.get(length + 2) != Some(&b'>') {
                return Err(self.wrong("comment"));
            }
            self.position += 4 + length + 3;
            return Ok(Token::Comment);
        }
        if rest.starts_with(b"<![CDATA[") && !self.open.is_empty() {
            let from = self.position + 9;
            let body = self.slice(from, self.bytes.len());
            let length = memchr::memmem::find(body, b"]]>").ok_or_else(|| self.wrong("CDATA section"))?;
            self.position = from + length + 3;
            let text = self.text.get(from..from + length).ok_or_else(|| self.wrong("CDATA section"))?;
            return Ok(Token::CData(text));
        }
        Err(self.wrong(DOCTYPE))
    }

    fn instruction(&mut self) -> Result<Token<'a>, Error> {
        let body = self.slice(self.position + 2, self.bytes.len());
        if body.get(..3).is_some_and(|target| target.eq_ignore_ascii_case(b"xml"))
            && body.get(3).is_some_and(|next| !is_name_byte(*next))
        {
            return Err(self.wrong("XML declaration inside the text"));
        }
        let length = memchr::memmem::find(body, b"?>").ok_or_else(|| self.wrong("processing instruction"))?;
        self.position += 2 + length + 2;
        Ok(Token::Instruction)
    }
}

/// Bytes of names. Characters outside ASCII are taken as they are: no such name is on an allow-list.
const fn is_name_byte(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b':' | b'_' | b'-' | b'.' | 0x80..)
}

/// What a byte is to a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Outside,
    Byte,
    Colon,
}

/// [`is_name_byte`] as a table.
static NAME_BYTES: [Named; 256] = {
    let mut table = [Named::Outside; 256];
    let mut rest: &mut [Named] = &mut table;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        *first = match byte {
            b':' => Named::Colon,
            _ if is_name_byte(byte) => Named::Byte,
            _ => Named::Outside,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    table
};

/// What a byte is to an attribute's value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Valued {
    /// Written as it is.
    Plain,
    /// The end of the value, if it is the one it began with.
    Quote,
    Less,
    Ampersand,
    /// Written as a reference.
    Escaped,
}

static VALUE_BYTES: [Valued; 256] = {
    let mut table = [Valued::Plain; 256];
    let mut rest: &mut [Valued] = &mut table;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        *first = match byte {
            b'"' | b'\'' => Valued::Quote,
            b'<' => Valued::Less,
            b'&' => Valued::Ampersand,
            b'>' | b'\t' | b'\r' | b'\n' => Valued::Escaped,
            _ => Valued::Plain,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    table
};

/// Whether two names are the same. They are a few bytes long: a loop beats the call of a library.
#[inline]
pub(crate) fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a == b)
}

/// True when a text is written as this engine would write it; an error when it is not XML at all.
fn canonical_text(run: &[u8], offset: usize) -> Result<bool, Error> {
    let mut canonical = true;
    if memchr::memchr2(b'>', b'\r', run).is_some() {
        canonical = false;
    }
    let mut from = 0;
    while let Some(length) = run.get(from..).and_then(|rest| memchr::memchr(b'&', rest)) {
        from += length;
        from += canonical_step(run, from, offset, escape::Within::Text, &mut canonical)?;
    }
    Ok(canonical)
}

/// How far to go past the reference at `from`.
fn canonical_step(
    run: &[u8],
    from: usize,
    offset: usize,
    within: escape::Within,
    canonical: &mut bool,
) -> Result<usize, Error> {
    let rest = run.get(from..).unwrap_or_default();
    if let Some(length) = escape::canonical_reference(rest, within) {
        return Ok(length);
    }
    *canonical = false;
    // ASCII up to the semicolon is all a reference can be; the tail is cut so that no long text is copied.
    let window = rest.get(..12).unwrap_or(rest);
    let ascii = window.iter().position(|byte| !byte.is_ascii()).unwrap_or(window.len());
    let head = std::str::from_utf8(window.get(..ascii).unwrap_or_default()).unwrap_or_default();
    match escape::reference(head) {
        Some((_, behind)) => Ok(head.len() - behind.len()),
        None => Err(malformed(super::REFERENCE, (offset + from) as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn tokens(text: &str) -> Result<Vec<String>, Error> {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        let mut tokenizer = Tokenizer::new(text, &budget);
        let mut seen = Vec::new();
        while let Some(token) = tokenizer.next()? {
            seen.push(match token {
                Token::Start { name, empty, canonical } => {
                    let name = String::from_utf8_lossy(name);
                    let attributes: Vec<_> =
                        tokenizer.attributes().iter().map(|attribute| attribute.raw).collect();
                    format!(
                        "<{name}{attributes:?}{}{}",
                        if empty { "/" } else { "" },
                        if canonical { "" } else { "!" }
                    )
                }
                Token::End { canonical, .. } => if canonical { ">" } else { ">!" }.to_owned(),
                Token::Text { raw, canonical, .. } => format!("{raw}{}", if canonical { "" } else { "!" }),
                Token::CData(text) => format!("[{text}]"),
                Token::Comment => "--".to_owned(),
                Token::Instruction => "??".to_owned(),
            });
        }
        Ok(seen)
    }

    #[test]
    fn canonical_bytes_are_told_from_others() {
        assert_eq!(tokens("<a b=\"1\" c=\"&amp;\"/>").unwrap(), ["<a[\"1\", \"&amp;\"]/"]);
        assert_eq!(tokens("<a  b='1'>x&#x41;</a >").unwrap(), ["<a[\"1\"]!", "x&#x41;!", ">!"]);
        assert_eq!(tokens("<a b=\"1\" >t</a>").unwrap(), ["<a[\"1\"]!", "t", ">"]);
        assert_eq!(tokens("<a><![CDATA[<]]><!--c--><?p i?></a>").unwrap(), ["<a[]", "[<]", "--", "??", ">"]);
    }

    #[test]
    fn what_is_not_well_formed_is_an_error() {
        for wrong in [
            // A slash that ends no tag must not be waited on.
            "<a/b>",
            "<a /b=\"1\"/>",
            "<a/ >",
            "<a/",
            "",
            "x",
            "<a>",
            "</a>",
            "<a></b>",
            "<a></ab>",
            "<ab></a>",
            "<a/><b/>",
            "<a/>x",
            "<a b/>",
            "<a b=1/>",
            "<a b=\"<\"/>",
            "<a b=\"1\" b=\"2\"/>",
            "<a b=\"1\"c=\"2\"/>",
            "<1/>",
            "<:a/>",
            "<a:/>",
            "<a:b:c/>",
            "<a>&x;</a>",
            "<a b=\"&\"/>",
            "<!DOCTYPE a><a/>",
            "<a><!-- -- --></a>",
            "<a><?xml version=\"1.0\"?></a>",
            "<a",
            "<a b=\"1",
            "<a><![CDATA[x]]</a>",
        ] {
            assert!(tokens(wrong).is_err(), "{wrong}");
        }
        assert_eq!(tokens("<!DOCTYPE a><a/>"), Err(malformed(DOCTYPE, 0)));
    }

    #[test]
    fn depth_and_attributes_are_limited() {
        assert!(matches!(tokens(&"<a>".repeat(300)), Err(Error::Limit(Resource::TreeDepth))));
        let many: String = (0..1_001).map(|n| format!(" a{n}=\"\"")).collect();
        assert!(matches!(tokens(&format!("<a{many}/>")), Err(Error::Limit(Resource::Attributes))));
    }

    /// A second opinion: whatever quick-xml rejects, this rejects too, and both see the same text.
    #[test]
    fn agrees_with_another_parser_on_what_is_text() {
        let text = "<a xmlns=\"u\"><b c=\"1\">x &amp; y</b><d/>表\n</a>";
        let mut reader = quick_xml::Reader::from_str(text);
        let mut theirs = String::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Text(text) => theirs.push_str(&text),
                quick_xml::events::Event::GeneralRef(name) => theirs.push_str(&format!("&{};", &*name)),
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        let mut tokenizer = Tokenizer::new(text, &budget);
        let mut ours = String::new();
        while let Some(token) = tokenizer.next().unwrap() {
            if let Token::Text { raw, .. } = token {
                ours.push_str(raw);
            }
        }
        assert_eq!(ours, theirs);
    }
}
