//! Whether a marker stands anywhere in a file, however it is packed.
//!
//! Looks for what any program might unpack: members of ZIP archives and streams of PDF files, wherever their
//! headers stand, to some depth.

use std::io::Read as _;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use memchr::memmem;

/// What is unpacked in all.
const MOST: u64 = 64 << 20;
/// How often unpacked bytes are looked into again.
const DEEPEST: u32 = 4;

/// True when `marker` stands in `bytes` or in what is packed there, as UTF-8, UTF-16 or hexadecimal digits.
pub fn holds(bytes: &[u8], marker: &str) -> bool {
    let forms = forms(marker);
    let mut room = MOST;
    let mut found = vec![(bytes.to_vec(), 0)];
    while let Some((body, depth)) = found.pop() {
        if forms.iter().any(|form| memmem::find(&body, form).is_some()) {
            return true;
        }
        if depth < DEEPEST {
            found.extend(packed(&body, &mut room).into_iter().map(|inner| (inner, depth + 1)));
        }
    }
    false
}

fn forms(marker: &str) -> Vec<Vec<u8>> {
    let digits = |upper| {
        let digit = |byte: u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        marker.bytes().map(digit).collect::<String>().into_bytes()
    };
    vec![
        marker.as_bytes().to_vec(),
        marker.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        marker.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        digits(true),
        digits(false),
    ]
}

/// Everything that unpacks in `body`.
fn packed(body: &[u8], room: &mut u64) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (start, data) in starts(body, b"PK\x03\x04") {
        let Some(header) = body.get(start..start + 30) else { continue };
        let len = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let plain = data.get(26 + len(26) + len(28)..).unwrap_or_default();
        if len(8) == 8 {
            found.extend(unpacked(DeflateDecoder::new(plain), room));
        }
    }
    for (_, data) in starts(body, b"stream") {
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        if let Some(data) = data.strip_prefix(b"\n") {
            found.extend(unpacked(ZlibDecoder::new(data), room));
        }
    }
    found
}

/// Each place where `word` stands, and what is behind it.
fn starts<'a>(body: &'a [u8], word: &'a [u8]) -> impl Iterator<Item = (usize, &'a [u8])> {
    memmem::find_iter(body, word).filter_map(move |start| Some((start, body.get(start + word.len()..)?)))
}

/// What comes out before the first fault.
fn unpacked(reader: impl std::io::Read, room: &mut u64) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    let _cut = reader.take(*room).read_to_end(&mut plain);
    *room = room.saturating_sub(plain.len() as u64);
    (!plain.is_empty()).then_some(plain)
}

/// The members of an honest archive, inflated, in the order of their local headers.
pub fn members(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut room = MOST;
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(header) = archive.get(from..from + 30).filter(|header| header.starts_with(b"PK\x03\x04")) {
        let short = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let size = short(18) | short(20) << 16;
        let start = from + 30 + short(26) + short(28);
        let name = archive.get(from + 30..from + 30 + short(26)).unwrap_or_default();
        let Some(data) = archive.get(start..start + size) else { break };
        let body = match short(8) {
            8 => unpacked(DeflateDecoder::new(data), &mut room).unwrap_or_default(),
            _ => data.to_vec(),
        };
        found.push((String::from_utf8_lossy(name).into_owned(), body));
        from = start + size;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zip::{Archive, Member};

    #[test]
    fn a_marker_is_found_in_an_archive_in_an_archive() {
        let inner = Archive::of([Member::new("a.txt", &b"CDRKILL-x and more".repeat(9))]).build();
        let outer = Archive::of([Member::new("inner.zip", &inner)]).build();
        assert!(holds(&outer, "CDRKILL-x"));
        assert!(!holds(&outer, "CDRKILL-y"));
    }

    #[test]
    fn a_marker_is_found_in_a_stream_and_in_utf_16() {
        let wide: Vec<u8> = "CDRKILL-x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let file = [b"stream\r\n".as_slice(), &crate::pictures::zlib(&wide), b"\nendstream"].concat();
        assert!(holds(&file, "CDRKILL-x"));
    }

    #[test]
    fn members_are_those_of_the_archive() {
        let archive = Archive::of([Member::new("a", b"1"), Member::stored("b", b"22")]).build();
        assert_eq!(members(&archive), [("a".to_owned(), b"1".to_vec()), ("b".to_owned(), b"22".to_vec())]);
    }
}
