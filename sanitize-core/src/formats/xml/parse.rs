use std::borrow::Cow;

use crate::{
    budget::Budget,
    error::Error,
    toolkits::markup::xml::{
        doctype::{self, Doctype},
        prepare,
    },
};

/// A text, ready to be walked.
pub(super) struct Source<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) doctype: Doctype,
    /// It was in another encoding than UTF-8.
    pub(super) reencoded: bool,
    /// Characters were in it that nobody sees.
    pub(super) tags_dropped: bool,
}

pub(super) fn parse<'a>(input: &'a [u8], budget: &Budget) -> Result<Source<'a>, Error> {
    let prepared = prepare::text(input, budget)?;
    let without = doctype::without(&prepared.text, budget)?;
    Ok(Source {
        text: without.text.map_or(prepared.text, Cow::Owned),
        doctype: without.doctype,
        reencoded: prepared.reencoded,
        tags_dropped: prepared.tags_dropped,
    })
}

/// True for what begins with the declaration of XML, in any encoding that has ASCII in it.
pub(super) fn is_declared(bytes: &[u8]) -> bool {
    let head = bytes.get(..64).unwrap_or(bytes);
    let narrow: Vec<u8> =
        head.iter().copied().filter(|byte| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff)).collect();
    narrow.starts_with(b"<?xml") && narrow.get(5).is_some_and(u8::is_ascii_whitespace)
}
