//! References in text and attribute values: read, and written in one form.

use std::borrow::Cow;

use crate::error::{Error, malformed};

/// Where a value stands decides what must be escaped in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Within {
    /// Between tags.
    Text,
    /// Between double quotes.
    Attribute,
}

/// The value that `raw` means: references resolved, line ends and attribute white space normalised as
/// XML 1.0 §2.11 and §3.3.3 ask. `offset` is where `raw` stands, for errors.
pub(crate) fn decode(raw: &str, within: Within, offset: u64) -> Result<Cow<'_, str>, Error> {
    let special = |byte: u8| match within {
        Within::Text => matches!(byte, b'&' | b'\r'),
        Within::Attribute => matches!(byte, b'&' | b'\r' | b'\n' | b'\t'),
    };
    let Some(first) = raw.bytes().position(special) else { return Ok(Cow::Borrowed(raw)) };
    let mut value = String::with_capacity(raw.len());
    let (plain, mut rest) = raw.split_at(first);
    value.push_str(plain);
    loop {
        let end = rest.bytes().position(special).unwrap_or(rest.len());
        let (plain, tail) = rest.split_at(end);
        value.push_str(plain);
        let mut characters = tail.chars();
        rest = match characters.next() {
            None => return Ok(Cow::Owned(value)),
            Some('&') => {
                let (character, behind) = reference(tail)
                    .ok_or_else(|| malformed(super::REFERENCE, offset + (raw.len() - tail.len()) as u64))?;
                value.push(character);
                behind
            }
            Some('\r') => {
                value.push(if within == Within::Text { '\n' } else { ' ' });
                tail.strip_prefix("\r\n").unwrap_or(characters.as_str())
            }
            Some(_) => {
                value.push(' ');
                characters.as_str()
            }
        };
    }
}

/// The character that the reference at the start of `text` means, and what follows it.
pub(crate) fn reference(text: &str) -> Option<(char, &str)> {
    let body = text.strip_prefix('&')?;
    let end = body.bytes().take(12).position(|byte| byte == b';')?;
    let (name, rest) = (body.get(..end)?, body.get(end + 1..)?);
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) if hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hex, 16).ok()?
                }
                None if number.bytes().all(|byte| byte.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            char::from_u32(code).filter(|character| is_char(*character))?
        }
    };
    Some((character, rest))
}

fn is_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        && !('\u{e0000}'..='\u{e007f}').contains(&character)
}

/// True when the reference at the start of `raw` is one the writer itself uses; its length then.
pub(crate) fn canonical_reference(raw: &[u8], within: Within) -> Option<usize> {
    let known: &[&[u8]] = match within {
        Within::Text => &[b"&amp;", b"&lt;", b"&gt;", b"&#13;"],
        Within::Attribute => &[b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&#9;", b"&#10;", b"&#13;"],
    };
    known.iter().find(|reference| raw.starts_with(reference)).map(|reference| reference.len())
}

/// Appends `value` to `output` with everything escaped that must be where it stands.
pub(crate) fn encode(value: &str, within: Within, output: &mut Vec<u8>) {
    let mut copied = 0;
    for (at, byte) in value.bytes().enumerate() {
        let escaped: &[u8] = match (byte, within) {
            (b'&', _) => b"&amp;",
            (b'<', _) => b"&lt;",
            (b'>', _) => b"&gt;",
            (b'\r', _) => b"&#13;",
            (b'"', Within::Attribute) => b"&quot;",
            (b'\t', Within::Attribute) => b"&#9;",
            (b'\n', Within::Attribute) => b"&#10;",
            _ => continue,
        };
        output.extend_from_slice(value.as_bytes().get(copied..at).unwrap_or_default());
        output.extend_from_slice(escaped);
        copied = at + 1;
    }
    output.extend_from_slice(value.as_bytes().get(copied..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_the_specification_says() {
        assert_eq!(decode("a&#x68;&#104;&amp;\r\nb", Within::Text, 0).unwrap(), "ahh&\nb");
        assert_eq!(decode("a\tb&#9;c\n", Within::Attribute, 0).unwrap(), "a b\tc ");
        for wrong in ["&", "&;", "&x;", "&#;", "&#x;", "&#0;", "&#xD800;", "&#x110000;", "&#+1;", "&amp"] {
            assert!(decode(wrong, Within::Text, 0).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_encoded_reads_back() {
        let value = "<\"&'>\t\r\n表";
        for within in [Within::Text, Within::Attribute] {
            let mut raw = Vec::new();
            encode(value, within, &mut raw);
            assert_eq!(decode(std::str::from_utf8(&raw).unwrap(), within, 0).unwrap(), value);
        }
    }
}
