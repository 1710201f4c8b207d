use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

const WIDTH: u32 = 96;
const HEIGHT: u32 = 64;

/// What a picture carries beside its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extras {
    /// Nothing.
    None,
    /// A comment with an author, and bytes after the end.
    Text,
}

/// A colour gradient, red to the right and green to the bottom.
fn pixel(x: u32, y: u32) -> [u8; 3] {
    [(x * 255 / WIDTH) as u8, (y * 255 / HEIGHT) as u8, 128]
}

/// A PNG in eight-bit RGB.
pub fn png(extras: Extras) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    chunk(&mut png, b"IHDR", &header);
    if extras == Extras::Text {
        chunk(&mut png, b"tEXt", b"Author\0somebody@example.invalid");
    }
    let mut rows = Vec::new();
    for y in 0..HEIGHT {
        rows.push(0);
        (0..WIDTH).for_each(|x| rows.extend(pixel(x, y)));
    }
    chunk(&mut png, b"IDAT", &deflated(&rows));
    chunk(&mut png, b"IEND", &[]);
    if extras == Extras::Text {
        png.extend(b"bytes after the end of the picture");
    }
    png
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], body: &[u8]) {
    png.extend((body.len() as u32).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(body);
    let checksum = crc32fast::hash(png.get(start..).unwrap_or_default());
    png.extend(checksum.to_be_bytes());
}

/// Compressing into memory does not fail; if it did, the picture would be broken, which a test would see.
fn deflated(plain: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// A BMP in 24 bits.
pub fn bmp() -> Vec<u8> {
    let body = WIDTH * HEIGHT * 3;
    let mut bmp = b"BM".to_vec();
    bmp.extend((54 + body).to_le_bytes());
    bmp.extend([0; 4]);
    bmp.extend(54_u32.to_le_bytes());
    bmp.extend(40_u32.to_le_bytes());
    bmp.extend(WIDTH.to_le_bytes());
    bmp.extend(HEIGHT.to_le_bytes());
    bmp.extend([1, 0, 24, 0]);
    bmp.extend([0; 4]);
    bmp.extend(body.to_le_bytes());
    bmp.extend([0; 16]);
    // Rows from the bottom up, blue first; a row of 96 pixels needs no padding.
    for y in (0..HEIGHT).rev() {
        for x in 0..WIDTH {
            let [red, green, blue] = pixel(x, y);
            bmp.extend([blue, green, red]);
        }
    }
    bmp
}
