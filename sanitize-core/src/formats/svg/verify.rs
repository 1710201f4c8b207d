//! Reads a drawing that was written, strictly: one form of tag, attribute and reference, listed names alone, and
//! no address but those of links, of pictures in the drawing and of its own parts.

use super::{
    allow::{self, Element, Holds, Value},
    write::{ROOT, XLINK},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::markup::css,
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let text = simdutf8::basic::from_utf8(output).map_err(|_| malformed("text encoding", 0))?;
    Reader { text, at: 0, budget }.drawing()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    budget: &'a Budget,
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

    fn name(&mut self) -> &'a str {
        let rest = self.rest();
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':');
        let len = rest.bytes().take_while(|byte| plain(byte)).count();
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    fn drawing(&mut self) -> Result<(), Error> {
        self.expect(ROOT, "root element")?;
        let has_addresses = self.takes(XLINK);
        let root = allow::by_name(b"svg").ok_or_else(|| self.wrong("root element"))?;
        let mut open: Vec<&'static Element> = Vec::new();
        if !self.tag(root, has_addresses)? {
            open.push(root);
        }
        while let Some(parent) = open.last().copied() {
            self.budget.objects(1)?;
            let start = self.at;
            self.characters(b'<')?;
            if parent.holds == Holds::Elements && self.at > start {
                return Err(self.wrong("text"));
            }
            if parent.holds == Holds::Style
                && !is_harmless_style(self.text.get(start..self.at).unwrap_or_default())
            {
                return Err(self.wrong("style sheet"));
            }
            if self.takes("</") {
                if self.name() != parent.name {
                    return Err(self.wrong("end tag"));
                }
                open.pop();
                self.expect(">", "end tag")?;
                continue;
            }
            self.expect("<", "tag")?;
            if matches!(parent.holds, Holds::Words | Holds::Style) {
                return Err(self.wrong("element"));
            }
            let name = self.name();
            let element = allow::by_name(name.as_bytes()).ok_or_else(|| self.wrong("element"))?;
            if !self.tag(element, has_addresses)? {
                open.push(element);
            }
        }
        if self.rest() == "\n" { Ok(()) } else { Err(self.wrong("end of the drawing")) }
    }

    /// Attributes up to the end of the tag; true where the element is empty.
    fn tag(&mut self, element: &Element, has_addresses: bool) -> Result<bool, Error> {
        let mut seen: Vec<&str> = Vec::new();
        loop {
            if self.takes("/>") {
                return Ok(true);
            }
            if self.takes(">") {
                return Ok(false);
            }
            self.expect(" ", "attribute")?;
            let name = self.name();
            if seen.contains(&name) {
                return Err(self.wrong("attribute given twice"));
            }
            seen.push(name);
            self.expect("=\"", "attribute")?;
            let start = self.at;
            self.characters(b'"')?;
            let value = self.text.get(start..self.at).unwrap_or_default();
            self.expect("\"", "attribute value")?;
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
                return Err(self.wrong("attribute"));
            }
        }
    }

    /// Characters and references up to `end`.
    fn characters(&mut self, end: u8) -> Result<(), Error> {
        let bytes = self.rest().as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at += match byte {
                byte if *byte == end => break,
                b'<' | b'>' | 0..=8 | 0xb..=0x1f | 0x7f => return Err(self.wrong("character")),
                b'&' => {
                    let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#9;", "&#10;", "&#13;"];
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

/// The only at-rules are those for media and pages, and every address is one of a part of the drawing.
fn is_harmless_style(style: &str) -> bool {
    css::every_reach(style, |reach| {
        ["@media ", "@page", "url(#", "url(\"#", "url(&quot;#"].iter().any(|start| reach.starts_with(start))
    })
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
