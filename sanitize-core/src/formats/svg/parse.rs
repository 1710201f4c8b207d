//! Bytes to text: compression undone, the document type taken apart and left out.

use std::borrow::Cow;

use crate::{
    budget::Budget,
    error::Error,
    toolkits::{
        codec::gzip,
        markup::xml::{doctype, prepare},
    },
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

pub(super) fn parse(input: &[u8], budget: &Budget) -> Result<Source, Error> {
    let compressed = input.starts_with(gzip::MAGIC);
    let plain = if compressed { Cow::Owned(gzip::inflate(input, budget)?) } else { Cow::Borrowed(input) };
    let prepared = prepare::text(&plain, budget)?.text;
    let without = doctype::without(&prepared, budget)?;
    let doctype = match without.doctype {
        doctype::Doctype::None => Doctype::None,
        doctype::Doctype::Plain => Doctype::Plain,
        doctype::Doctype::Outside | doctype::Doctype::Nested => Doctype::Acts,
    };
    let text = match without.text {
        Some(text) => text,
        None => {
            budget.expand(prepared.len() as u64)?;
            prepared.into_owned()
        }
    };
    Ok(Source { text, compressed, doctype })
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
