//! Encoded words (RFC 2047), and what stands in headers without any encoding.

use super::{field::hex, transfer};
use crate::toolkits::charset::label;

/// Decoded text of a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Encoded words stood in it.
    pub(crate) has_words: bool,
    /// A word was in a charset nobody knows, not valid in its own, or not encoded as it said.
    pub(crate) is_broken: bool,
}

/// Longest name of a charset, its language (RFC 2231, 5) included.
const CHARSET_LEN: usize = 64;

/// Bytes as characters: ASCII, or else the Japanese encoding or UTF-8 they are valid in.
pub(crate) fn characters(bytes: &[u8]) -> String {
    label::decode(bytes, None).text
}

/// Decodes the words in an unfolded value. White space between two of them belongs to neither.
pub(crate) fn decode(unfolded: &[u8]) -> Decoded {
    let text = characters(unfolded);
    let mut decoded = Decoded::default();
    // Bytes of one charset that several words carry: writers cut characters in two.
    let mut pending: Option<(String, Vec<u8>)> = None;
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let Some(start) = rest.find("=?") else { break };
        let (before, from) = rest.split_at_checked(start).unwrap_or(("", rest));
        let Some(word) = word(from) else {
            flush(&mut pending, &mut decoded);
            decoded.text.push_str(before);
            decoded.text.push_str("=?");
            rest = from.get(2..).unwrap_or_default();
            continue;
        };
        decoded.has_words = true;
        decoded.is_broken |= word.is_broken;
        if !(pending.is_some() && before.trim_ascii().is_empty()) {
            flush(&mut pending, &mut decoded);
            decoded.text.push_str(before);
        }
        match &mut pending {
            Some((charset, bytes)) if charset.eq_ignore_ascii_case(word.charset) => bytes.extend(word.bytes),
            _ => {
                flush(&mut pending, &mut decoded);
                pending = Some((word.charset.to_owned(), word.bytes));
            }
        }
        rest = word.rest;
    }
    flush(&mut pending, &mut decoded);
    decoded.text.push_str(rest);
    decoded
}

fn flush(pending: &mut Option<(String, Vec<u8>)>, decoded: &mut Decoded) {
    if let Some((charset, bytes)) = pending.take() {
        let text = label::decode(&bytes, Some(&charset));
        decoded.is_broken |= text.fault.is_some();
        decoded.text.push_str(&text.text);
    }
}

struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    is_broken: bool,
    rest: &'a str,
}

/// The word at the start of `text`, which begins with `=?`.
fn word(text: &str) -> Option<Word<'_>> {
    let body = text.get(2..)?;
    let mark = body.bytes().take(CHARSET_LEN).position(|byte| byte == b'?')?;
    let charset = body.get(..mark)?;
    let charset = charset.split('*').next().unwrap_or_default();
    let mut behind = body.get(mark + 1..)?.chars();
    let encoding = behind.next()?;
    let payload = behind.as_str().strip_prefix('?')?;
    let end = payload.find('?')?;
    let rest = payload.get(end..)?.strip_prefix("?=")?;
    let encoded = payload.get(..end)?;
    let (bytes, is_exact) = match encoding {
        'B' | 'b' => {
            let decoded = transfer::base64_leniently(encoded.as_bytes());
            (decoded.bytes, decoded.is_exact)
        }
        'Q' | 'q' => (q_decoded(encoded.as_bytes()), true),
        _ => return None,
    };
    let is_broken = !is_exact || charset.is_empty() || encoded.contains(' ');
    Some(Word { charset, bytes, is_broken, rest })
}

fn q_decoded(encoded: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        match (byte, behind) {
            (b'_', _) => bytes.push(b' '),
            (b'=', [high, low, ..]) => match hex(*high).zip(hex(*low)) {
                Some((high, low)) => {
                    bytes.push(high << 4 | low);
                    rest = behind.get(2..).unwrap_or_default();
                }
                None => bytes.push(b'='),
            },
            _ => bytes.push(*byte),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> String {
        decode(value.as_bytes()).text
    }

    #[test]
    fn words_of_japanese_mailers_are_read() {
        assert_eq!(text("=?ISO-2022-JP?B?GyRCN1cyaBsoQg==?="), "計画");
        assert_eq!(text("Re: =?UTF-8?B?6KiI?= =?UTF-8?B?55S7?= x"), "Re: 計画 x");
        assert_eq!(text("=?utf-8?q?a=20b_c?="), "a b c");
        assert_eq!(text("=?Shift_JIS?B?jHaJ5g==?="), "計画");
        assert_eq!(text("=?EUC-JP?Q?=B7=D7=B2=E8?="), "計画");
        // Half-width katakana of CP50220, which RFC 1468 does not have.
        assert_eq!(text("=?ISO-2022-JP?B?GyhJMTIzGyhC?="), "ｱｲｳ");
    }

    #[test]
    fn a_character_cut_in_two_is_whole_again() {
        assert_eq!(text("=?UTF-8?B?6Kg=?= =?UTF-8?B?iOeUuw==?="), "計画");
    }

    #[test]
    fn headers_without_an_encoding_are_read_by_validity() {
        assert_eq!(decode(b"\x8cv\x89\xe6").text, "計画");
        assert_eq!(decode("計画".as_bytes()).text, "計画");
        assert_eq!(decode(b"\x1b$B7W2h\x1b(B").text, "計画");
    }

    #[test]
    fn what_only_looks_like_a_word_stays() {
        assert_eq!(text("=?utf-8?x?abc?="), "=?utf-8?x?abc?=");
        assert_eq!(text("a =? b"), "a =? b");
        assert_eq!(text("=?utf-8?b?abc"), "=?utf-8?b?abc");
    }
}
