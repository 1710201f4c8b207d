//! Bytes to text: compression undone, the document type taken apart and left out.

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::{codec::gzip, markup::xml::prepare},
};

/// The text of a drawing, ready to be walked.
pub(super) struct Source {
    pub(super) text: String,
    /// It was compressed.
    pub(super) compressed: bool,
    pub(super) doctype: Doctype,
}

/// What the document type was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doctype {
    /// There was none.
    None,
    /// One without entities, or with such as stand for plain text, which are written in full.
    Plain,
    /// One that reads from outside, or whose entities stand in each other.
    Acts,
}

/// How many entities a document type may declare, and how long they are. Editors declare a dozen namespaces.
const ENTITIES: usize = 256;
const ENTITY_BYTES: usize = 1_024;

pub(super) fn parse(input: &[u8], budget: &Budget) -> Result<Source, Error> {
    let compressed = input.starts_with(gzip::MAGIC);
    let plain = if compressed { Cow::Owned(gzip::inflate(input, budget)?) } else { Cow::Borrowed(input) };
    let text = prepare::text(&plain, budget)?.text;
    let Some(start) = doctype_start(&text) else {
        budget.expand(text.len() as u64)?;
        return Ok(Source { text: text.into_owned(), compressed, doctype: Doctype::None });
    };
    let (head, declaration) = text.split_at_checked(start).unwrap_or((&text, ""));
    let mut reader = Reader { rest: declaration };
    let Some(entities) = reader.doctype().ok_or_else(|| malformed("document type", start as u64))? else {
        return Ok(Source { text: String::new(), compressed, doctype: Doctype::Acts });
    };
    let text = resolved(head, reader.rest, &entities, budget)?;
    Ok(Source { text, compressed, doctype: Doctype::Plain })
}

/// Where the document type declaration starts: in front of the root, behind comments and instructions.
fn doctype_start(text: &str) -> Option<usize> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.starts_with("<!DOCTYPE") {
            return Some(text.len() - rest.len());
        }
        let end = if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else {
            return None;
        };
        rest = rest.get(end..)?;
    }
}

/// `head` and `rest` with the references to `entities` replaced by what they stand for.
fn resolved(
    head: &str,
    rest: &str,
    entities: &BTreeMap<&str, String>,
    budget: &Budget,
) -> Result<String, Error> {
    budget.expand((head.len() + rest.len()) as u64)?;
    let mut text = head.to_owned();
    let mut rest = rest;
    while let Some(at) = rest.find('&').filter(|_| !entities.is_empty()) {
        let (plain, reference) = rest.split_at_checked(at).unwrap_or((rest, ""));
        text.push_str(plain);
        let name = reference.get(1..).and_then(|name| name.split_once(';')).map(|(name, _)| name);
        match name.and_then(|name| entities.get(name).map(|value| (name, value))) {
            Some((name, value)) => {
                budget.expand(value.len() as u64)?;
                text.push_str(value);
                rest = reference.get(name.len() + 2..).unwrap_or_default();
            }
            None => {
                text.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    Ok(text)
}

struct Reader<'a> {
    rest: &'a str,
}

impl<'a> Reader<'a> {
    fn takes(&mut self, wanted: &str) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn name(&mut self) -> Option<&'a str> {
        let end = self.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':')))?;
        let (name, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!name.is_empty()).then_some(name)
    }

    fn quoted(&mut self) -> Option<&'a str> {
        let quote = self.rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (text, rest) = self.rest.get(1..)?.split_once(quote)?;
        self.rest = rest;
        Some(text)
    }

    /// Passes over a document type declaration. Outer `None`: it is not one. Inner `None`: it acts.
    #[expect(clippy::option_option, reason = "not a declaration, and one that acts, are two answers")]
    fn doctype(&mut self) -> Option<Option<BTreeMap<&'a str, String>>> {
        let mut entities = BTreeMap::new();
        self.takes("<!DOCTYPE");
        self.space();
        self.name()?;
        self.space();
        if self.takes("PUBLIC") {
            self.space();
            self.quoted()?;
            self.space();
            if self.rest.starts_with(['"', '\'']) {
                self.quoted()?;
            }
        } else if self.takes("SYSTEM") {
            self.space();
            self.quoted()?;
        }
        self.space();
        if self.takes("[") {
            loop {
                self.space();
                if self.takes("]") {
                    break;
                } else if self.takes("<!--") {
                    self.rest = self.rest.split_once("-->")?.1;
                } else if self.takes("<?") {
                    self.rest = self.rest.split_once("?>")?.1;
                } else if self.takes("<!ENTITY") {
                    self.space();
                    // A parameter entity, or one that stands elsewhere.
                    if self.rest.starts_with('%') {
                        return Some(None);
                    }
                    let name = self.name()?;
                    self.space();
                    if !self.rest.starts_with(['"', '\'']) {
                        return Some(None);
                    }
                    let value = self.quoted()?;
                    self.space();
                    if !self.takes(">") {
                        return None;
                    }
                    if entities.len() >= ENTITIES
                        || value.len() > ENTITY_BYTES
                        || value.contains(['&', '%', '<'])
                    {
                        return Some(None);
                    }
                    let value = value.replace('"', "&quot;").replace('\'', "&apos;");
                    entities.entry(name).or_insert(value);
                } else if self.takes("<!ATTLIST") || self.takes("<!ELEMENT") {
                    // Defaults and models say nothing that a viewer shows.
                    loop {
                        let end = self.rest.find(['>', '"', '\''])?;
                        self.rest = self.rest.get(end..)?;
                        if self.takes(">") {
                            break;
                        }
                        self.quoted()?;
                    }
                } else {
                    return if self.rest.is_empty() { None } else { Some(None) };
                }
            }
            self.space();
        }
        self.takes(">").then_some(Some(entities))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn read(text: &str) -> Result<(String, Doctype), Error> {
        let budget = Budget::new(&Limits::default(), text.len() as u64, Cancel::new());
        parse(text.as_bytes(), &budget).map(|source| (source.text, source.doctype))
    }

    #[test]
    fn names_that_editors_declare_are_written_in_full() {
        let text = "<?xml version='1.0'?><!-- x --><!DOCTYPE svg PUBLIC \"a\" \"b\" [\n<!ENTITY ns \"http://x/\">\n<!ATTLIST svg a CDATA '>'>]>\n<svg a='&ns;' b='&amp;&#10;'/>";
        let (text, doctype) = read(text).ok().unwrap();
        assert_eq!(text, "<!-- x -->\n<svg a='http://x/' b='&amp;&#10;'/>");
        assert_eq!(doctype, Doctype::Plain);
    }

    #[test]
    fn document_types_that_act_are_told() {
        for text in [
            "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///x\">]><svg/>",
            "<!DOCTYPE svg [<!ENTITY % x \"y\">]><svg/>",
            "<!DOCTYPE svg [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]><svg/>",
            "<!DOCTYPE svg [<!ENTITY a \"<rect/>\">]><svg/>",
            "<!DOCTYPE svg [%x;]><svg/>",
        ] {
            assert_eq!(read(text).ok().unwrap().1, Doctype::Acts, "{text}");
        }
        assert!(read("<!DOCTYPE svg [<svg/>").is_ok_and(|(_, doctype)| doctype == Doctype::Acts));
        assert!(read("<!DOCTYPE").is_err());
    }
}
