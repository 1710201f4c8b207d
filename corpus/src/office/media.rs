//! Small pictures, sounds and fonts for Office samples.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

/// A PNG of 16 × 16 pixels in one colour, with further chunks before `IDAT`.
pub fn png_with(colour: [u8; 3], chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |kind: &[u8; 4], body: &[u8]| {
        file.extend((body.len() as u32).to_be_bytes());
        let start = file.len();
        file.extend(kind);
        file.extend(body);
        let checksum = crc32fast::hash(&file[start..]);
        file.extend(checksum.to_be_bytes());
    };
    chunk(b"IHDR", &[0, 0, 0, 16, 0, 0, 0, 16, 8, 2, 0, 0, 0]);
    for (kind, body) in chunks {
        chunk(kind, body);
    }
    let mut rows = Vec::new();
    for _ in 0..16 {
        rows.push(0);
        rows.extend(colour.repeat(16));
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let pixels = encoder.write_all(&rows).and_then(|()| encoder.finish()).unwrap_or_default();
    chunk(b"IDAT", &pixels);
    chunk(b"IEND", b"");
    file
}

/// A PNG of 16 × 16 pixels in one colour.
pub fn png(colour: [u8; 3]) -> Vec<u8> {
    png_with(colour, &[])
}

/// A grey JPEG of 8 × 8 pixels.
pub fn jpeg() -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    file.extend(b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00");
    file.extend([0xff, 0xdb, 0, 67, 0]);
    file.extend([1; 64]);
    file.extend([0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    // One code each: DC category 0 and end of block, both `0`.
    file.extend([0xff, 0xc4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    file.extend([0xff, 0xc4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    file.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x3f, 0xff, 0xd9]);
    file
}

/// An EMF that draws a line and holds `comment` in an `EMR_COMMENT`.
pub fn emf(comment: &[u8]) -> Vec<u8> {
    let record = |kind: u32, body: &[u8]| {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let mut record = kind.to_le_bytes().to_vec();
        record.extend((body.len() as u32 + 8).to_le_bytes());
        record.extend(body);
        record
    };
    let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
    let mut noted = words(&[comment.len() as u32]);
    noted.extend(comment);
    let mut records = record(70, &noted);
    records.extend(record(27, &words(&[10, 10])));
    records.extend(record(54, &words(&[90, 90])));
    records.extend(record(14, &words(&[0, 16, 20])));
    let total = 88 + records.len() as u32;
    let mut header = words(&[0, 0, 100, 100, 0, 0, 2600, 2600, 0x464d_4520, 0x0001_0000, total, 5]);
    header.extend(words(&[1, 0, 0, 0, 1000, 1000, 260, 260]));
    let mut file = record(1, &header);
    file.extend(records);
    file
}

/// A WAV with one silent sample and a further chunk.
pub fn wav(extra: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], body: &[u8]| {
        let mut chunk = kind.to_vec();
        chunk.extend((body.len() as u32).to_le_bytes());
        chunk.extend(body);
        if body.len() % 2 == 1 {
            chunk.push(0);
        }
        chunk
    };
    let mut body = b"WAVE".to_vec();
    body.extend(chunk(b"fmt ", &[1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0]));
    body.extend(chunk(b"note", extra));
    body.extend(chunk(b"data", &[0x80, 0x80]));
    chunk(b"RIFF", &body)
}

/// `bytes` in base64 (RFC 4648).
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let number =
            three.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for digit in 0..4 {
            if digit > three.len() {
                text.push('=');
            } else {
                text.push(char::from(DIGITS[(number >> (18 - 6 * digit)) as usize & 63]));
            }
        }
    }
    text
}
