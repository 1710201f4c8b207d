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
    toolkits::{charset::looks_like_text, markup::first_tag},
};

pub(super) struct Html;

impl Handler for Html {
    fn formats(&self) -> &'static [Format] {
        &[format::HTML, format::XHTML]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// What begins like a page. Parts of mails begin with anything: text is a page under the name of one, and
    /// what begins with a lesser tag under that or no name.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let claimed = Format::by_extension(probe.extension());
        let named = [Some(format::HTML), Some(format::XHTML)].contains(&claimed);
        let is = match begins_with(probe.bytes()) {
            Some(Tag::Page) => true,
            Some(Tag::Part) => named || claimed.is_none(),
            None => named && looks_like_text(probe.bytes()),
        };
        // What is written is no XML: a browser that goes by the name would show an error instead of it.
        let is_xml = claimed == Some(format::XHTML);
        is.then_some(if is_xml { format::XHTML } else { format::HTML })
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

/// What the first tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    /// This is a page, or what some program takes for one.
    Page,
    /// This may be part of a page.
    Part,
}

/// What the first tag of `bytes` says, if it is one of HTML (after WHATWG MIME Sniffing, section 7.1).
fn begins_with(bytes: &[u8]) -> Option<Tag> {
    const PAGES: [&str; 8] =
        ["!doctype html", "html", "head", "body", "script", "iframe", "hta:application", "scriptlet"];
    const PARTS: [&str; 45] = [
        "a", "article", "aside", "b", "base", "br", "center", "details", "div", "dl", "em", "fieldset",
        "figure", "font", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "i", "img", "label", "link", "main", "meta", "nav", "ol", "p", "pre", "section", "small", "span",
        "strong", "style", "table", "template", "title", "u", "ul",
    ];
    let tag = first_tag(bytes)?;
    let is = |name: &&str| {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        tag.get(name.len()).is_some_and(ends)
            && tag.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    if PAGES.iter().any(is) { Some(Tag::Page) } else { PARTS.iter().any(is).then_some(Tag::Part) }
}

#[cfg(test)]
mod tests;
