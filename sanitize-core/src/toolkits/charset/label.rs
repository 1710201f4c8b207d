//! Text under the name of a charset, as MIME and HTML declare it.

use super::{Document, Encoding, is_plain_ascii, jis};
use crate::{
    budget::{Budget, Cancel},
    limits::Limits,
};

/// Text decoded by its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Labelled {
    pub(crate) text: String,
    /// Why the label alone did not tell what the bytes mean.
    pub(crate) fault: Option<Fault>,
}

/// What is wrong between bytes and their label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nobody knows this charset, or browsers refuse to: ISO-2022-CN, HZ, UTF-7.
    Unknown,
    /// The bytes are not valid in it; they were read in the encoding they are valid in.
    Mislabelled,
    /// The bytes are valid in none; what means nothing became U+FFFD.
    Invalid,
}

/// Decodes `bytes` by `label`; without one, by what they are valid in.
pub(crate) fn decode(bytes: &[u8], label: Option<&str>) -> Labelled {
    let label = label.unwrap_or_default().trim();
    if is_plain_ascii(bytes) && !is_stateful(label) {
        return Labelled { text: String::from_utf8_lossy(bytes).into_owned(), fault: None };
    }
    if label.is_empty() || is_ascii_label(label) {
        let fault = if label.is_empty() { None } else { Some(Fault::Mislabelled) };
        return guessed(bytes, fault);
    }
    if label.eq_ignore_ascii_case("utf-7") {
        return Labelled { text: utf7(bytes), fault: Some(Fault::Unknown) };
    }
    let Some(table) = table(label) else { return guessed(bytes, Some(Fault::Unknown)) };
    let exact = if table == encoding_rs::ISO_2022_JP {
        if !bytes.is_ascii() {
            return guessed(bytes, Some(Fault::Mislabelled));
        }
        // With the katakana and the supplementary kanji that mailers put in, and RFC 1468 does not have.
        let euc = jis::to_euc(bytes);
        let (text, has_errors) = encoding_rs::EUC_JP.decode_without_bom_handling(&euc);
        return Labelled { text: text.into_owned(), fault: has_errors.then_some(Fault::Invalid) };
    } else {
        table.decode_without_bom_handling_and_without_replacement(bytes)
    };
    match exact {
        Some(text) => Labelled { text: text.into_owned(), fault: None },
        None => {
            // A Japanese text is often mislabelled as another encoding of Japanese; and what is valid UTF-8 is
            // hardly ever anything else.
            let guess = guessed(bytes, Some(Fault::Mislabelled));
            let is_utf_8 = || str::from_utf8(bytes).is_ok();
            if guess.fault == Some(Fault::Mislabelled) && (is_japanese(table) || is_utf_8()) {
                return guess;
            }
            let text = table.decode_without_bom_handling(bytes).0.into_owned();
            Labelled { text, fault: Some(Fault::Invalid) }
        }
    }
}

/// The encoding of a label, with the aliases of Japanese mailers; nothing for those that browsers refuse.
fn table(label: &str) -> Option<&'static encoding_rs::Encoding> {
    let lower = label.to_ascii_lowercase().replace('_', "-");
    let alias = match lower.as_str() {
        "cp932" | "ms932" | "windows-31j" | "x-sjis" | "sjis" | "shift-jis" | "mskanji" => "shift_jis",
        "cp50220" | "cp50221" | "iso-2022-jp-1" | "iso-2022-jp-2" | "iso-2022-jp-3" | "iso-2022-jp-ms"
        | "csiso2022jp" | "iso-2022-jp" => "iso-2022-jp",
        "eucjp" | "eucjp-ms" | "cp51932" | "x-euc-jp" | "euc-jp" => "euc-jp",
        "utf8" => "utf-8",
        _ => label,
    };
    let table = encoding_rs::Encoding::for_label(alias.as_bytes())?;
    let is_refused = table == encoding_rs::REPLACEMENT || table == encoding_rs::X_USER_DEFINED;
    (!is_refused).then_some(table)
}

fn is_japanese(table: &'static encoding_rs::Encoding) -> bool {
    [encoding_rs::SHIFT_JIS, encoding_rs::EUC_JP, encoding_rs::UTF_8].contains(&table)
}

/// Labels under which plain ASCII bytes are other characters.
fn is_stateful(label: &str) -> bool {
    let starts =
        |prefix: &str| label.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    starts("utf-16") || starts("utf16") || starts("utf-7") || starts("hz-") || starts("unicode")
}

/// Labels that claim plain ASCII.
pub(crate) fn is_ascii_label(label: &str) -> bool {
    ["us-ascii", "ascii", "ansi_x3.4-1968", "646"].iter().any(|known| label.eq_ignore_ascii_case(known))
}

/// True for the labels of UTF-8 and of ASCII, which is part of it.
pub(crate) fn is_utf8_label(label: &str) -> bool {
    label.eq_ignore_ascii_case("utf-8") || is_ascii_label(label)
}

fn guessed(bytes: &[u8], fault: Option<Fault>) -> Labelled {
    // What is decoded here was paid for by whoever read it.
    let budget = Budget::new(&Limits { timeout_ms: 0, ..Limits::default() }, u64::MAX, Cancel::new());
    match Document::decode(bytes, &budget) {
        Ok(Some(document)) => {
            let fault = if document.conversion.is_some() { Some(Fault::Invalid) } else { fault };
            Labelled { text: document.text.into_owned(), fault }
        }
        _ => Labelled { text: String::from_utf8_lossy(bytes).into_owned(), fault: Some(Fault::Invalid) },
    }
}

/// The label of the encoding that `bytes` are valid in, for text that stays in its own.
pub(crate) fn detected(bytes: &[u8], budget: &Budget) -> Option<&'static str> {
    let document = Document::decode(bytes, budget).ok()??;
    Some(match document.encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf16Le | Encoding::Utf16Be => "utf-16",
        Encoding::Cp932 => "shift_jis",
        Encoding::EucJp => "euc-jp",
        Encoding::Iso2022Jp => "iso-2022-jp",
    })
}

/// RFC 2152. A run of base64 between `+` and `-` is UTF-16; what is cut or no pair becomes U+FFFD.
fn utf7(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((byte, behind)) = rest.split_first() {
        rest = behind;
        if *byte != b'+' {
            text.push(if byte.is_ascii() { char::from(*byte) } else { char::REPLACEMENT_CHARACTER });
            continue;
        }
        if let Some(behind) = rest.strip_prefix(b"-") {
            text.push('+');
            rest = behind;
            continue;
        }
        let (mut bits, mut held, mut units) = (0_u32, 0_u32, Vec::new());
        while let Some((six, behind)) =
            rest.split_first().and_then(|(byte, behind)| Some((six(*byte)?, behind)))
        {
            bits = bits << 6 | u32::from(six);
            held += 6;
            if held >= 16 {
                held -= 16;
                units.push((bits >> held & 0xffff) as u16);
            }
            rest = behind;
        }
        text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
        rest = rest.strip_prefix(b"-").unwrap_or(rest);
    }
    text
}

fn six(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], label: &str) -> (String, Option<Fault>) {
        let decoded = decode(bytes, Some(label));
        (decoded.text, decoded.fault)
    }

    #[test]
    fn encodings_of_japanese_mail_are_decoded() {
        let plan = "計画".to_owned();
        assert_eq!(text(b"\x1b$B7W2h\x1b(B", "ISO-2022-JP"), (plan.clone(), None));
        assert_eq!(text(b"\x8cv\x89\xe6", "cp932"), (plan.clone(), None));
        assert_eq!(text(b"\xb7\xd7\xb2\xe8", "EUC-JP"), (plan.clone(), None));
        assert_eq!(text(b"\x8cv\x89\xe6", "utf-8"), (plan.clone(), Some(Fault::Mislabelled)));
        assert_eq!(text("計画".as_bytes(), "big5"), (plan.clone(), Some(Fault::Mislabelled)));
        assert_eq!(text(b"\x8cv\x89\xe6", "iso-2022-jp"), (plan, Some(Fault::Mislabelled)));
    }

    #[test]
    fn utf_7_is_read_as_text() {
        assert_eq!(text(b"Hi +ADw-b+AD4- 1+-1 +Jjo-", "utf-7").0, "Hi <b> 1+1 ☺");
    }

    #[test]
    fn a_charset_nobody_knows_is_guessed_and_told() {
        assert_eq!(text("計画".as_bytes(), "us-askey"), ("計画".to_owned(), Some(Fault::Unknown)));
        assert_eq!(text(b"~{<:Ky~}", "hz-gb-2312").1, Some(Fault::Unknown));
    }
}
