//! Reads a page that was written, strictly: one form of tag, attribute and reference, listed names alone, and
//! no element where the parser of the standard would not leave it.

use super::{
    allow::{self, Element, Value},
    nesting,
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::markup::{css, html::Doctype},
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let text = simdutf8::basic::from_utf8(output).map_err(|_| malformed("text encoding", 0))?;
    let mut reader = Reader { text, at: 0, budget, quirks: false };
    reader.page()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    budget: &'a Budget,
    quirks: bool,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn wrong(&self, what: &'static str) -> Error {
        malformed(what, self.at as u64)
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    fn expect(&mut self, wanted: &str, what: &'static str) -> Result<(), Error> {
        if self.takes(wanted) { Ok(()) } else { Err(self.wrong(what)) }
    }

    fn page(&mut self) -> Result<(), Error> {
        let standard = [Doctype::Standards, Doctype::Transitional];
        self.quirks = !standard.into_iter().any(|doctype| self.takes(super::write::doctype(doctype)));
        self.expect("<html", "root element")?;
        self.attributes("html")?;
        self.expect("\n<head>\n<meta charset=\"utf-8\">\n", "head")?;
        if self.takes("<title>") {
            self.characters()?;
            self.expect("</title>\n", "title")?;
        }
        while self.takes("<style>\n") {
            let len = self.rest().find('<').unwrap_or_default();
            self.style(len)?;
            self.expect("</style>\n", "style sheet")?;
        }
        self.expect("</head>\n<body", "body")?;
        self.attributes("body")?;
        self.expect("\n", "body")?;
        let mut open: Vec<&'static Element> = Vec::new();
        loop {
            self.budget.objects(1)?;
            self.characters()?;
            if open.is_empty() && self.rest() == "</body>\n</html>\n" {
                return Ok(());
            }
            if self.takes("</") {
                let name = self.name();
                if open.pop().is_none_or(|element| element.name != name) {
                    return Err(self.wrong("end tag"));
                }
                self.expect(">", "end tag")?;
            } else if self.takes("<") {
                let element = allow::by_name(self.name()).ok_or_else(|| self.wrong("element"))?;
                if !nesting::permits(&open, element, self.quirks) {
                    return Err(self.wrong("nesting"));
                }
                self.attributes(element.name)?;
                if !element.is_void() {
                    open.push(element);
                }
            } else {
                return Err(self.wrong("page"));
            }
        }
    }

    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let len = rest.bytes().take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()).count();
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    /// Attributes, each listed for the element, up to the end of the tag.
    fn attributes(&mut self, element: &str) -> Result<(), Error> {
        let mut seen: Vec<&str> = Vec::new();
        while !self.takes(">") {
            self.expect(" ", "attribute")?;
            let rest = self.rest();
            let len = rest.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'-').count();
            let name = rest.get(..len).unwrap_or_default();
            let (_, kind) = allow::attribute(element, name).ok_or_else(|| self.wrong("attribute"))?;
            if seen.contains(&name) {
                return Err(self.wrong("attribute given twice"));
            }
            seen.push(name);
            self.at += len;
            self.expect("=\"", "attribute")?;
            let start = self.at;
            self.characters()?;
            let value = self.text.get(start..self.at).unwrap_or_default();
            if !is_harmless(kind, value) {
                return Err(self.wrong("attribute value"));
            }
            self.expect("\"", "attribute value")?;
        }
        Ok(())
    }

    /// Characters and references up to the next `<` or quotation mark.
    fn characters(&mut self) -> Result<(), Error> {
        let bytes = self.rest().as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at += match byte {
                b'<' | b'"' => break,
                b'>' | 0..=8 | 0xb..=0x1f | 0x7f => return Err(self.wrong("character")),
                b'&' => {
                    let known = ["&amp;", "&lt;", "&gt;", "&quot;"];
                    let rest = bytes.get(at..).unwrap_or_default();
                    let found = known.iter().find(|reference| rest.starts_with(reference.as_bytes()));
                    found.ok_or_else(|| self.wrong("reference"))?.len()
                }
                _ => 1,
            };
        }
        self.at += at;
        Ok(())
    }

    /// A style sheet of `len` bytes: nothing that fetches, by the letter.
    fn style(&mut self, len: usize) -> Result<(), Error> {
        let sheet = self.rest().get(..len).unwrap_or_default();
        if !is_harmless_style(sheet) {
            return Err(self.wrong("style sheet"));
        }
        self.at += len;
        Ok(())
    }
}

/// What a value of this kind may be at most, in its escaped form.
fn is_harmless(kind: Value, value: &str) -> bool {
    match kind {
        Value::Link => ["http://", "https://", "ftp://", "mailto:", "tel:", "#"]
            .iter()
            .any(|start| value.starts_with(start)),
        Value::Picture => is_picture(value),
        Value::Style => is_harmless_style(value),
        Value::Id => value.starts_with("user-content-"),
        Value::Fragment => value.starts_with("#user-content-"),
        Value::Flag => value.is_empty(),
        Value::Text | Value::Classes | Value::Ids | Value::Word | Value::Length | Value::Color => true,
    }
}

fn is_picture(address: &str) -> bool {
    let kinds = [
        "data:image/png;base64,",
        "data:image/jpeg;base64,",
        "data:image/gif;base64,",
        "data:image/webp;base64,",
    ];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    match kinds.iter().find_map(|kind| address.strip_prefix(kind)) {
        Some(body) => body.bytes().all(plain),
        None => address.starts_with("cid:"),
    }
}

/// The only at-rules are those for media and pages, and every address is one of a picture in the file.
fn is_harmless_style(style: &str) -> bool {
    css::every_reach(style, |reach| {
        let Some(address) = reach.strip_prefix("url(") else {
            return reach.starts_with("@media ") || reach.starts_with("@page");
        };
        let address =
            address.strip_prefix('"').or_else(|| address.strip_prefix("&quot;")).unwrap_or_default();
        let len = address.find(['"', '&', ')']).unwrap_or_default();
        address.get(..len).is_some_and(is_picture)
    })
}
