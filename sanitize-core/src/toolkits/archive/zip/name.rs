use std::borrow::Cow;

/// A decoded member name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) encoding: NameEncoding,
}

/// What the bytes of a name were read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameEncoding {
    /// Nothing above 0x7f.
    Ascii,
    /// UTF-8, and flagged as such.
    Utf8,
    /// UTF-8 without the flag, as macOS and many Linux programs write it.
    UnflaggedUtf8,
    /// Windows code page 932, as the Japanese Windows Explorer writes it.
    Cp932,
    /// IBM code page 437, what the specification falls back to: every byte has a meaning there.
    Cp437,
}

/// Decodes `raw`: the flag wins when it is true, else the first encoding in which the bytes are valid.
pub(super) fn decode(raw: &[u8], flagged_utf8: bool) -> Name {
    if raw.is_ascii() {
        return Name { text: String::from_utf8_lossy(raw).into_owned(), encoding: NameEncoding::Ascii };
    }
    if let Ok(text) = std::str::from_utf8(raw) {
        let encoding = if flagged_utf8 { NameEncoding::Utf8 } else { NameEncoding::UnflaggedUtf8 };
        return Name { text: text.to_owned(), encoding };
    }
    if let Some(text) = cp932(raw) {
        return Name { text: text.into_owned(), encoding: NameEncoding::Cp932 };
    }
    Name { text: raw.iter().map(|byte| cp437(*byte)).collect(), encoding: NameEncoding::Cp437 }
}

fn cp932(raw: &[u8]) -> Option<Cow<'_, str>> {
    let text = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(raw)?;
    // The single bytes 0x80 decode to themselves in the web's table; no Japanese name has them.
    (!text.contains('\u{80}')).then_some(text)
}

fn cp437(byte: u8) -> char {
    const UPPER: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    match byte.checked_sub(0x80) {
        Some(index) => UPPER.chars().nth(usize::from(index)).unwrap_or('_'),
        None => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_in_the_first_encoding_it_is_valid_in() {
        let cases: [(&[u8], bool, &str, NameEncoding); 6] = [
            (b"a.txt", true, "a.txt", NameEncoding::Ascii),
            ("表.txt".as_bytes(), true, "表.txt", NameEncoding::Utf8),
            ("表.txt".as_bytes(), false, "表.txt", NameEncoding::UnflaggedUtf8),
            (b"\x95\x5c.txt", false, "表.txt", NameEncoding::Cp932),
            (b"\x95\x5c.txt", true, "表.txt", NameEncoding::Cp932),
            (b"caf\x82.txt", false, "café.txt", NameEncoding::Cp437),
        ];
        for (raw, flagged, text, encoding) in cases {
            assert_eq!(decode(raw, flagged), Name { text: text.to_owned(), encoding }, "{raw:x?}");
        }
    }

    #[test]
    fn every_byte_has_a_character_in_code_page_437() {
        let upper: Vec<char> = (0x80..=0xff).map(cp437).collect();
        assert_eq!((upper[0], upper[0x63], upper[0x7f]), ('Ç', 'π', '\u{a0}'));
        assert!(upper.iter().all(|character| *character != '_'));
    }
}
