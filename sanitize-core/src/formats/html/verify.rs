//! Reads a page that was written, strictly: one form of tag, attribute and reference, listed names alone, and
//! no element where the parser of the standard would not leave it.

use super::{
    allow::{self, Element, Value},
    nesting,
};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::markup::{Cursor, css, html::Doctype},
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    Reader { cursor: Cursor::new(output)?, budget, quirks: false }.page()
}

/// References that stand in text and in attributes.
const REFERENCES: [&str; 4] = ["&amp;", "&lt;", "&gt;", "&quot;"];

struct Reader<'a> {
    cursor: Cursor<'a>,
    budget: &'a Budget,
    quirks: bool,
}

impl<'a> Reader<'a> {
    fn page(&mut self) -> Result<(), Error> {
        let standard = [Doctype::Standards, Doctype::Transitional];
        self.quirks = !standard.into_iter().any(|doctype| self.cursor.takes(super::write::doctype(doctype)));
        self.cursor.expect("<html", "root element")?;
        self.attributes("html")?;
        self.cursor.expect("\n<head>\n<meta charset=\"utf-8\">\n", "head")?;
        if self.cursor.takes("<title>") {
            self.characters()?;
            self.cursor.expect("</title>\n", "title")?;
        }
        while self.cursor.takes("<style>\n") {
            if !css::is_harmless(self.cursor.run(|byte| byte != b'<'), is_picture) {
                return Err(self.cursor.wrong("style sheet"));
            }
            self.cursor.expect("</style>\n", "style sheet")?;
        }
        self.cursor.expect("</head>\n<body", "body")?;
        self.attributes("body")?;
        self.cursor.expect("\n", "body")?;
        let mut open: Vec<&'static Element> = Vec::new();
        loop {
            self.budget.objects(1)?;
            self.characters()?;
            if open.is_empty() && self.cursor.rest() == "</body>\n</html>\n" {
                return Ok(());
            }
            if self.cursor.takes("</") {
                let name = self.name();
                if open.pop().is_none_or(|element| element.name != name) {
                    return Err(self.cursor.wrong("end tag"));
                }
                self.cursor.expect(">", "end tag")?;
            } else if self.cursor.takes("<") {
                let element = allow::by_name(self.name()).ok_or_else(|| self.cursor.wrong("element"))?;
                if !nesting::permits(&open, element, self.quirks) {
                    return Err(self.cursor.wrong("nesting"));
                }
                self.attributes(element.name)?;
                if !element.is_void() {
                    open.push(element);
                }
            } else {
                return Err(self.cursor.wrong("page"));
            }
        }
    }

    fn name(&mut self) -> &'a str {
        self.cursor.run(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    }

    /// Characters and references of text up to the next `<` or quotation mark.
    fn characters(&mut self) -> Result<&'a str, Error> {
        let [amp, lt, gt, quot] = REFERENCES;
        self.cursor.characters(b"<\"", &[amp, lt, gt, quot, "&#37;"])
    }

    /// Attributes, each listed for the element, up to the end of the tag.
    fn attributes(&mut self, element: &str) -> Result<(), Error> {
        let mut seen: Vec<&str> = Vec::new();
        while !self.cursor.takes(">") {
            self.cursor.expect(" ", "attribute")?;
            let name = self.cursor.run(|byte| byte.is_ascii_lowercase() || byte == b'-');
            let (_, kind) = allow::attribute(element, name).ok_or_else(|| self.cursor.wrong("attribute"))?;
            if seen.contains(&name) {
                return Err(self.cursor.wrong("attribute given twice"));
            }
            seen.push(name);
            self.cursor.expect("=\"", "attribute")?;
            if !is_harmless(kind, self.cursor.characters(b"<\"", &REFERENCES)?) {
                return Err(self.cursor.wrong("attribute value"));
            }
            self.cursor.expect("\"", "attribute value")?;
        }
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
        Value::Style => css::is_harmless(value, is_picture),
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
