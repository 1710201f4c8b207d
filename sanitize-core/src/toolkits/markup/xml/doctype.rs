//! Document types: what stands in front of the root, taken apart and left out.

use std::collections::BTreeMap;

use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// What the document type was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doctype {
    /// There was none.
    None,
    /// One without entities, or with such as stand for plain text, which are written in full.
    Plain,
    /// One that reads from outside, or whose parts do.
    Outside,
    /// One whose entities stand in each other, hold markup, or are too many or too long.
    Nested,
}

/// A text without its document type.
pub(crate) struct Without {
    pub(crate) doctype: Doctype,
    /// The text that is left; `None` where it had no document type and stays as it is. Empty where the document
    /// type acts.
    pub(crate) text: Option<String>,
}

/// How many entities a document type may declare, and how long they are. Editors declare a dozen namespaces.
const ENTITIES: usize = 256;
const ENTITY_BYTES: usize = 1_024;

/// Takes the document type out of a prepared text.
pub(crate) fn without(text: &str, budget: &Budget) -> Result<Without, Error> {
    let Some(start) = doctype_start(text) else { return Ok(Without { doctype: Doctype::None, text: None }) };
    let (head, declaration) = text.split_at_checked(start).unwrap_or((text, ""));
    let mut reader = Reader { rest: declaration };
    match reader.doctype().ok_or_else(|| malformed("document type", start as u64))? {
        Ok(entities) => {
            let text = resolved(head, reader.rest, &entities, budget)?;
            Ok(Without { doctype: Doctype::Plain, text: Some(text) })
        }
        Err(doctype) => Ok(Without { doctype, text: Some(String::new()) }),
    }
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
    let mut text = String::with_capacity(head.len() + rest.len());
    text.push_str(head);
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

    /// Passes over a document type declaration. `None`: it is not one. An error says how it acts.
    fn doctype(&mut self) -> Option<Result<BTreeMap<&'a str, String>, Doctype>> {
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
                        return Some(Err(Doctype::Outside));
                    }
                    let name = self.name()?;
                    self.space();
                    if !self.rest.starts_with(['"', '\'']) {
                        return Some(Err(Doctype::Outside));
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
                        return Some(Err(Doctype::Nested));
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
                    return if self.rest.is_empty() { None } else { Some(Err(Doctype::Outside)) };
                }
            }
            self.space();
        }
        self.takes(">").then_some(Ok(entities))
    }
}
