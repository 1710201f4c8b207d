//! Reads a drawing that was written, strictly: one form of tag, attribute and reference, listed names alone, and
//! no address but those of links, of pictures in the drawing and of its own parts.

use super::{
    allow::{self, Element, Holds, Value},
    write::{ROOT, XLINK},
};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::markup::{Cursor, css},
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    Reader { cursor: Cursor::new(output)?, budget }.drawing()
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    budget: &'a Budget,
}

impl<'a> Reader<'a> {
    fn name(&mut self) -> &'a str {
        self.cursor.run(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':'))
    }

    fn characters(&mut self, end: u8) -> Result<&'a str, Error> {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#9;", "&#10;", "&#13;"];
        self.cursor.characters(&[end], &known)
    }

    fn drawing(&mut self) -> Result<(), Error> {
        self.cursor.expect(ROOT, "root element")?;
        let has_addresses = self.cursor.takes(XLINK);
        let root = allow::by_name(b"svg").ok_or_else(|| self.cursor.wrong("root element"))?;
        let mut open: Vec<&'static Element> = Vec::new();
        if !self.tag(root, has_addresses)? {
            open.push(root);
        }
        while let Some(parent) = open.last().copied() {
            self.budget.objects(1)?;
            let text = self.characters(b'<')?;
            if parent.holds == Holds::Elements && !text.is_empty() {
                return Err(self.cursor.wrong("text"));
            }
            if parent.holds == Holds::Style && !is_harmless_style(text) {
                return Err(self.cursor.wrong("style sheet"));
            }
            if self.cursor.takes("</") {
                if self.name() != parent.name {
                    return Err(self.cursor.wrong("end tag"));
                }
                open.pop();
                self.cursor.expect(">", "end tag")?;
                continue;
            }
            self.cursor.expect("<", "tag")?;
            if matches!(parent.holds, Holds::Words | Holds::Style) {
                return Err(self.cursor.wrong("element"));
            }
            let name = self.name();
            let element = allow::by_name(name.as_bytes()).ok_or_else(|| self.cursor.wrong("element"))?;
            if !self.tag(element, has_addresses)? {
                open.push(element);
            }
        }
        if self.cursor.rest() == "\n" { Ok(()) } else { Err(self.cursor.wrong("end of the drawing")) }
    }

    /// Attributes up to the end of the tag; true where the element is empty.
    fn tag(&mut self, element: &Element, has_addresses: bool) -> Result<bool, Error> {
        let mut seen: Vec<&str> = Vec::new();
        loop {
            if self.cursor.takes("/>") {
                return Ok(true);
            }
            if self.cursor.takes(">") {
                return Ok(false);
            }
            self.cursor.expect(" ", "attribute")?;
            let name = self.name();
            if seen.contains(&name) {
                return Err(self.cursor.wrong("attribute given twice"));
            }
            seen.push(name);
            self.cursor.expect("=\"", "attribute")?;
            let value = self.characters(b'"')?;
            self.cursor.expect("\"", "attribute value")?;
            let fine = match name {
                "xlink:href" => has_addresses && is_harmless_address(element.name, value),
                "xml:lang" | "xml:space" => true,
                "href" => false,
                _ => match allow::attribute(name.as_bytes()) {
                    Some((_, Value::Style | Value::Property)) => is_harmless_style(value),
                    Some((_, Value::Numbers)) => is_plain(value, b"+-.,%;"),
                    Some((_, Value::Path)) => is_plain(value, b"+-.,"),
                    // Without parentheses a word calls nothing, whatever it is.
                    Some((_, Value::Words)) => is_plain(value, b"_-."),
                    Some((_, Value::Transform)) => {
                        is_plain(value, b"+-.,%()") && !value.to_ascii_lowercase().contains("url")
                    }
                    Some((_, Value::Text | Value::Id)) => true,
                    Some((_, Value::Address)) | None => false,
                },
            };
            if !fine {
                return Err(self.cursor.wrong("attribute"));
            }
        }
    }
}

fn is_harmless_address(element: &str, address: &str) -> bool {
    let is_picture = ["png", "jpeg", "gif", "webp"].iter().any(|kind| {
        let body = address
            .strip_prefix("data:image/")
            .and_then(|rest| rest.strip_prefix(kind))
            .and_then(|rest| rest.strip_prefix(";base64,"));
        body.is_some_and(|body| {
            body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
        })
    });
    match element {
        "a" => ["http://", "https://", "ftp://", "mailto:", "tel:", "#"]
            .iter()
            .any(|start| address.starts_with(start)),
        "image" => is_picture,
        "feImage" => is_picture || address.starts_with('#'),
        _ => address.starts_with('#'),
    }
}

/// Every address is one of a part of the drawing.
fn is_harmless_style(style: &str) -> bool {
    css::is_harmless(style, |address| address.starts_with('#'))
}

/// Letters, digits, white space and `marks` alone.
fn is_plain(value: &str, marks: &[u8]) -> bool {
    // White space other than spaces is written by its number.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b' ' || marks.contains(&byte);
    let mut pieces = value.split('&');
    pieces.next().is_some_and(|first| first.bytes().all(plain))
        && pieces.all(|piece| {
            ["#9;", "#10;", "#13;"]
                .iter()
                .any(|space| piece.strip_prefix(space).is_some_and(|rest| rest.bytes().all(plain)))
        })
}
