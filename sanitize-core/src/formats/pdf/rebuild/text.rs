//! Text strings (7.9.2.2): UTF-16, UTF-8 or PDFDocEncoding.

/// `text` as characters, for links and reports.
pub(crate) fn decode(text: &[u8]) -> String {
    match text {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // Addresses are often UTF-8 without a mark; else the Latin-1 part of PDFDocEncoding.
        plain => match std::str::from_utf8(plain) {
            Ok(text) => text.to_owned(),
            Err(_) => plain.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// `text` without language escapes (7.9.2.2.2), which may hold anything; `None` where it has none.
pub(crate) fn without_escapes(text: &[u8]) -> Option<Vec<u8>> {
    let [0xfe, 0xff, units @ ..] = text else { return None };
    let is_escape = |unit: &[u8]| unit == [0, 0x1b];
    if !units.chunks(2).any(is_escape) {
        return None;
    }
    let mut output = vec![0xfe, 0xff];
    let mut inside = false;
    for unit in units.chunks(2) {
        if is_escape(unit) {
            inside = !inside;
        } else if !inside {
            output.extend_from_slice(unit);
        }
    }
    // An escape that does not end takes nothing with it.
    if inside {
        output.truncate(2);
        output.extend(units.chunks(2).filter(|unit| !is_escape(unit)).flatten());
    }
    Some(output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_escapes_go_and_the_text_stays() {
        assert_eq!(
            without_escapes(b"\xfe\xff\0\x1b\0j\0a\0\x1b\0A\x65\xe5").unwrap(),
            b"\xfe\xff\0A\x65\xe5"
        );
        assert_eq!(without_escapes(b"\xfe\xff\0A\0\x1b\0B").unwrap(), b"\xfe\xff\0A\0B");
        assert_eq!(without_escapes(b"\xfe\xff\0A"), None);
        assert_eq!(without_escapes(b"A\x1b"), None);
    }
}
