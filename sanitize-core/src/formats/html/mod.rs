//! Pages: static HTML by allow-list, in UTF-8, every address that would be fetched left out.
//!
//! Kept: text, headings, lists, tables, ruby, links of allowed schemes, pictures that stand in the page
//! (`data:`, rebuilt by their own formats) or in the mail around it (`cid:`), style sheets and style attributes
//! property by property. Forms become their text, pictures outside the page their alternative text.
//!
//! The page is read by the parser of the HTML standard and written from a tree in which nothing stands that
//! this parser would read in another way; see [`nesting`].

mod allow;
mod model;
mod nesting;
mod parse;
mod rebuild;
mod threats;
mod verify;
mod write;

use crate::{
    budget::Budget,
    engine::{
        ctx::Ctx,
        handler::{Handler, Rebuilt},
        identify::Probe,
    },
    error::Error,
    format::{self, Format},
    report::Threat,
    toolkits::charset::looks_like_text,
};

pub(super) struct Html;

impl Handler for Html {
    fn formats(&self) -> &'static [Format] {
        &[format::HTML]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// What begins like a page, and text under the name of one: parts of mails begin with anything.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let named = Format::by_extension(probe.extension()) == Some(format::HTML);
        let is = begins_like_a_page(probe.bytes()) || named && looks_like_text(probe.bytes());
        is.then_some(format::HTML)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let parsed = parse::parse(input, ctx.budget())?;
        let page = rebuild::rebuild(&parsed, ctx)?;
        Ok(Rebuilt { bytes: write::write(&page), format: format::HTML })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}

/// True for bytes whose first tag is one of HTML (after WHATWG MIME Sniffing, section 7.1), in any encoding
/// that has ASCII in it. Comments, declarations and instructions before it are passed over.
fn begins_like_a_page(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 16 << 10;
    const TAGS: [&str; 28] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "script",
        "iframe",
        "frameset",
        "title",
        "style",
        "meta",
        "base",
        "link",
        "h1",
        "h2",
        "div",
        "span",
        "font",
        "table",
        "a",
        "p",
        "b",
        "i",
        "br",
        "center",
        "form",
        "img",
        "hta:application",
        "scriptlet",
    ];
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let mut narrow: Vec<u8>;
    let mut rest = head;
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        narrow = head.get(2..).unwrap_or_default().to_vec();
        narrow.retain(|byte| *byte != 0);
        rest = &narrow;
    }
    rest = rest.strip_prefix(b"\xef\xbb\xbf").unwrap_or(rest);
    loop {
        rest = rest.trim_ascii_start();
        let Some(tag) = rest.strip_prefix(b"<") else { return false };
        let is = |name: &str| {
            let ends = tag
                .get(name.len())
                .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
            ends && tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
        };
        if TAGS.iter().any(|name| is(name)) {
            return true;
        }
        let end = if tag.starts_with(b"!--") {
            memchr::memmem::find(tag, b"-->").map(|end| end + 3)
        } else if tag.starts_with(b"?") || tag.starts_with(b"!") {
            memchr::memchr(b'>', tag).map(|end| end + 1)
        } else {
            None
        };
        let Some(end) = end else { return false };
        rest = tag.get(end..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests;
