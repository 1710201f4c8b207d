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
