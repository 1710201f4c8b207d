//! Reads a drawing that was written, strictly: one form of tag, attribute and reference, listed names alone, and
//! no address but those of links, of pictures in the drawing and of its own parts.

use super::{
    allow::{self, Element, Holds, Value},
    write::{ROOT, XLINK},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
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
                    Some((_, Value::Numbers | Value::Path | Value::Transform | Value::Words)) => {
                        let plain =
                            |byte: u8| byte.is_ascii_alphanumeric() || b"+-.,%();_ &#\t\n\r".contains(&byte);
                        value.bytes().all(plain) && !value.contains("url")
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

/// The only at-rules are those for media and pages, and every address is one of a part of the drawing. In
/// strings, which have no line ends and no quotation marks in them, anything may stand.
fn is_harmless_style(style: &str) -> bool {
    let in_string = |at: usize| {
        let line = style.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        (line.matches('"').count() + line.matches("&quot;").count()) % 2 == 1
    };
    let behind = |at: usize| style.get(at..).unwrap_or_default();
    let at_rules = memchr::memchr_iter(b'@', style.as_bytes())
        .all(|at| behind(at).starts_with("@media ") || behind(at).starts_with("@page") || in_string(at));
    let addresses = memchr::memmem::find_iter(style.as_bytes(), b"url(").all(|at| {
        ["url(#", "url(\"#", "url(&quot;#"].iter().any(|start| behind(at).starts_with(start)) || in_string(at)
    });
    at_rules && addresses
}
