//! The bytes of a part, made into checked UTF-8 without byte order mark and declaration.

use std::borrow::Cow;

use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// A part's text, ready to be walked.
#[derive(Debug)]
pub(crate) struct Prepared<'a> {
    /// UTF-8 whose every character XML allows; starts behind the declaration.
    pub(crate) text: Cow<'a, str>,
    /// Where `text` starts in the input; 0 when the input had to be decoded.
    pub(crate) offset: u64,
    /// The input was in another encoding than UTF-8.
    pub(crate) reencoded: bool,
    /// Tag characters (U+E0000 to U+E007F) were dropped: they are invisible, and carry hidden text.
    pub(crate) tags_dropped: bool,
}

/// Decodes and checks `input`. Encodings other than UTF-8 are taken at a byte order mark or a declaration
/// that does not contradict it.
pub(crate) fn text<'a>(input: &'a [u8], budget: &Budget) -> Result<Prepared<'a>, Error> {
    budget.check()?;
    let (decoded, reencoded) = decode(input, budget)?;
    let (body, skipped) = match &decoded {
        Cow::Borrowed(text) => {
            let body = without_declaration(text)?;
            (Cow::Borrowed(body), text.len() - body.len())
        }
        Cow::Owned(text) => (Cow::Owned(without_declaration(text)?.to_owned()), 0),
    };
    check_characters(body.as_bytes())?;
    let bom = if reencoded { 0 } else { input.len() - decoded.len() };
    let offset = if reencoded { 0 } else { (bom + skipped) as u64 };
    let (text, tags_dropped) = without_tag_characters(body);
    Ok(Prepared { text, offset, reencoded, tags_dropped })
}

fn decode<'a>(input: &'a [u8], budget: &Budget) -> Result<(Cow<'a, str>, bool), Error> {
    let wide = |encoding: &'static encoding_rs::Encoding, body: &[u8]| {
        budget.expand(body.len() as u64)?;
        match encoding.decode_without_bom_handling_and_without_replacement(body) {
            Some(text) => Ok((Cow::Owned(text.into_owned()), true)),
            None => Err(malformed(super::ENCODING, 0)),
        }
    };
    match input {
        [0xff, 0xfe, body @ ..] => return wide(encoding_rs::UTF_16LE, body),
        [0xfe, 0xff, body @ ..] => return wide(encoding_rs::UTF_16BE, body),
        // Without a mark, the first character is `<` or white space in two bytes.
        [b'<', 0, ..] => return wide(encoding_rs::UTF_16LE, input),
        [0, b'<', ..] => return wide(encoding_rs::UTF_16BE, input),
        _ => {}
    }
    let body = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    match declared_encoding(body)? {
        None => {}
        Some(label) if is_utf8_label(label) => {}
        Some(label) if label.eq_ignore_ascii_case(b"utf-16") => {
            // Said by a text that is plainly not UTF-16: some producers decode and forget the label.
        }
        Some(label) => match encoding_rs::Encoding::for_label(label) {
            // Encodings in which ASCII bytes may mean something else are not text a viewer reads alike.
            Some(encoding) if encoding.is_ascii_compatible() && body.len() == input.len() => {
                return wide(encoding, body);
            }
            _ => return Err(malformed(super::ENCODING, 0)),
        },
    }
    let text = simdutf8::compat::from_utf8(body).map_err(|error| {
        malformed(super::ENCODING, (input.len() - body.len() + error.valid_up_to()) as u64)
    })?;
    Ok((Cow::Borrowed(text), false))
}

fn is_utf8_label(label: &[u8]) -> bool {
    [&b"utf-8"[..], b"utf8", b"us-ascii", b"ascii"].iter().any(|known| label.eq_ignore_ascii_case(known))
}

/// The `encoding` of the declaration, if there is one.
fn declared_encoding(body: &[u8]) -> Result<Option<&[u8]>, Error> {
    let Some(declaration) = declaration_of(body)? else { return Ok(None) };
    Ok(pseudo_attribute(declaration, b"encoding"))
}

/// The bytes between `<?xml` and `?>` at the start.
fn declaration_of(body: &[u8]) -> Result<Option<&[u8]>, Error> {
    let Some(rest) = body.strip_prefix(b"<?xml") else { return Ok(None) };
    if !rest.first().is_some_and(u8::is_ascii_whitespace) {
        return Ok(None);
    }
    let window = rest.get(..512).unwrap_or(rest);
    let end = memchr::memmem::find(window, b"?>").ok_or_else(|| malformed("XML declaration", 0))?;
    Ok(rest.get(..end))
}

fn pseudo_attribute<'a>(declaration: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let start = memchr::memmem::find(declaration, name)? + name.len();
    let rest = declaration.get(start..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, rest) = rest.split_first()?;
    let end = rest.iter().position(|byte| byte == quote)?;
    rest.get(..end)
}

fn without_declaration(text: &str) -> Result<&str, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(declaration) = declaration_of(text.as_bytes())? else { return Ok(text) };
    if pseudo_attribute(declaration, b"version").is_some_and(|version| version != b"1.0") {
        return Err(malformed(super::VERSION, 0));
    }
    Ok(text.get("<?xml".len() + declaration.len() + "?>".len()..).unwrap_or_default())
}

/// The Char production of XML 1.0: no C0 control but TAB, LF and CR, no U+FFFE and U+FFFF.
fn check_characters(text: &[u8]) -> Result<(), Error> {
    let is_control = |byte: u8| byte < 0x20 && byte != b'\n' && byte != b'\r' && byte != b'\t';
    let mut offset = 0;
    for block in text.chunks(4_096) {
        // Without an early exit the loop runs at the speed of memory.
        let any = block.iter().fold(false, |any, byte| any | is_control(*byte));
        if any {
            let at = block.iter().position(|byte| is_control(*byte)).unwrap_or_default();
            return Err(malformed(super::CHARACTER, (offset + at) as u64));
        }
        offset += block.len();
    }
    for at in memchr::memmem::find_iter(text, b"\xef\xbf") {
        if matches!(text.get(at + 2), Some(0xbe | 0xbf)) {
            return Err(malformed(super::CHARACTER, at as u64));
        }
    }
    Ok(())
}

fn without_tag_characters(text: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    let is_tag = |character: char| ('\u{e0000}'..='\u{e007f}').contains(&character);
    if memchr::memmem::find(text.as_bytes(), b"\xf3\xa0").is_none() || !text.contains(is_tag) {
        return (text, false);
    }
    (Cow::Owned(text.chars().filter(|character| !is_tag(*character)).collect()), true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn prepared(input: &[u8]) -> Result<String, Error> {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        text(input, &budget).map(|prepared| prepared.text.into_owned())
    }

    #[test]
    fn every_encoding_that_readers_agree_on_becomes_utf8() {
        let wide: Vec<u8> = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>表</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(prepared(&wide).unwrap(), "<a>表</a>");
        assert_eq!(prepared(b"\xef\xbb\xbf<a/>").unwrap(), "<a/>");
        let sjis = b"<?xml version='1.0' encoding='Shift_JIS'?><a>\x95\x5c</a>";
        assert_eq!(prepared(sjis).unwrap(), "<a>表</a>");
    }

    #[test]
    fn what_readers_do_not_agree_on_is_refused() {
        assert!(prepared(b"<?xml version='1.0' encoding='UTF-7'?><a/>").is_err());
        assert!(prepared(b"<?xml version='1.0' encoding='ISO-2022-JP'?><a/>").is_err());
        assert_eq!(prepared(b"<?xml version='1.1'?><a/>"), Err(malformed(super::super::VERSION, 0)));
        assert_eq!(prepared(b"<a>\x01</a>"), Err(malformed(super::super::CHARACTER, 3)));
        assert!(prepared("<a>\u{ffff}</a>".as_bytes()).is_err());
        assert!(prepared(b"<a>\xff</a>").is_err());
    }

    #[test]
    fn tag_characters_are_dropped_and_ideographic_variants_stay() {
        assert_eq!(prepared("<a>葛\u{e0100}\u{e0041}</a>".as_bytes()).unwrap(), "<a>葛\u{e0100}</a>");
    }
}
