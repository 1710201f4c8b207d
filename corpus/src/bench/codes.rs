//! GIF and TIFF files of pictures that compress like photographs, screens and scans.

use fax::{Color, VecWriter, encoder::Encoder as Fax};
use weezl::{BitOrder, encode::Encoder as Lzw};

use super::{chance::Chance, pictures::Picture};

/// Frames of one palette of 216 even colours, each for six hundredths of a second, for ever.
pub(super) fn gif(frames: &[Picture]) -> Vec<u8> {
    let Some(first) = frames.first() else { return Vec::new() };
    let mut file = b"GIF89a".to_vec();
    let sides = [first.width.to_le_bytes(), first.height.to_le_bytes()].concat();
    file.extend_from_slice(&sides);
    file.extend_from_slice(&[0xf7, 0, 0]);
    let steps = 0..216_u8;
    let mut palette: Vec<u8> =
        steps.flat_map(|entry| [entry / 36 * 51, entry / 6 % 6 * 51, entry % 6 * 51]).collect();
    palette.resize(768, 0);
    file.extend_from_slice(&palette);
    file.extend_from_slice(b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
    for frame in frames {
        file.extend_from_slice(b"\x21\xf9\x04\0\x06\0\0\0\x2c\0\0\0\0");
        file.extend_from_slice(&sides);
        file.extend_from_slice(&[0, 8]);
        let colors = frame.pixels.as_chunks::<3>().0;
        let indices: Vec<u8> =
            colors.iter().map(|color| color.iter().fold(0, |index, value| index * 6 + value / 43)).collect();
        let codes = Lzw::new(BitOrder::Lsb, 8).encode(&indices).expect("indices of 8 bits");
        for block in codes.chunks(255) {
            file.push(block.len() as u8);
            file.extend_from_slice(block);
        }
        file.push(0);
    }
    file.push(b';');
    file
}

/// A disc that moves over a photograph.
pub(super) fn disc(photo: &Picture, number: usize) -> Picture {
    let mut frame = photo.clone();
    let (middle, width) = (45 + 8 * number as i64, i64::from(photo.width));
    for (place, pixel) in (0_i64..).zip(frame.pixels.as_chunks_mut::<3>().0) {
        let (across, down) = (place % width - middle, place / width - middle * 3 / 4);
        if across * across + down * down < 2_000 {
            *pixel = [250, 40, 40];
        }
    }
    frame
}

/// How the samples of a page are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// LZW in strips of about 64 KiB.
    Lzw,
    /// Deflate of differences, level 6, in strips of about 64 KiB.
    Deflate,
    /// Group 4 of the pixels that are dark, in one strip.
    Fax,
}

/// Pages, one behind the other, at 200 dots an inch.
pub(super) fn tiff(pages: &[Picture], packing: Packing) -> Vec<u8> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for page in pages {
        link = add_page(&mut file, page, packing, link);
    }
    file
}

/// Adds a page whose offset belongs at `link`. Returns where the offset of the next one belongs.
fn add_page(file: &mut Vec<u8>, page: &Picture, packing: Packing, link: usize) -> usize {
    let stride = usize::from(page.width) * 3;
    let rows = if packing == Packing::Fax { usize::from(page.height) } else { (64 << 10) / stride };
    let (mut offsets, mut lengths) = (Vec::new(), Vec::new());
    for strip in page.pixels.chunks(rows * stride) {
        let packed = match packing {
            Packing::Lzw => Lzw::with_tiff_size_switch(BitOrder::Msb, 8).encode(strip).expect("bytes"),
            Packing::Deflate => deflated(strip, stride),
            Packing::Fax => faxed(strip, page.width),
        };
        offsets.push(file.len() as u32);
        lengths.push(packed.len() as u32);
        file.extend_from_slice(&packed);
        file.resize(file.len().next_multiple_of(2), 0);
    }
    let mut place = |numbers: &[u32]| {
        let start = file.len() as u32;
        numbers.iter().for_each(|number| file.extend_from_slice(&number.to_le_bytes()));
        start
    };
    let count = offsets.len() as u32;
    let (offsets, lengths) = match (offsets.as_slice(), lengths.as_slice()) {
        ([offset], [length]) => (*offset, *length),
        (offsets, lengths) => (place(offsets), place(lengths)),
    };
    let density = place(&[200, 1]);
    let (bits, compression, photometric, channels) = match packing {
        Packing::Lzw => (place(&[8 << 16 | 8, 8]), 5, 2, 3),
        Packing::Deflate => (place(&[8 << 16 | 8, 8]), 8, 2, 3),
        Packing::Fax => (1, 4, 0, 1),
    };
    let mut entries: Vec<(u16, u16, u32, u32)> = vec![
        (256, 4, 1, page.width.into()),
        (257, 4, 1, page.height.into()),
        (258, 3, channels, bits),
        (259, 3, 1, compression),
        (262, 3, 1, photometric),
        (273, 4, count, offsets),
        (277, 3, 1, channels),
        (278, 4, 1, rows as u32),
        (279, 4, count, lengths),
        (282, 5, 1, density),
        (283, 5, 1, density),
        (284, 3, 1, 1),
        (296, 3, 1, 2),
    ];
    if packing == Packing::Deflate {
        entries.push((317, 3, 1, 2));
    }
    let start = (file.len() as u32).to_le_bytes();
    file.get_mut(link..link + 4).expect("a link that was written").copy_from_slice(&start);
    crate::pictures::put_entries(file, &entries);
    file.extend_from_slice(&[0; 4]);
    file.len() - 4
}

fn deflated(strip: &[u8], stride: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    for row in strip.chunks(stride) {
        let lefts = std::iter::repeat_n(&0, 3).chain(row);
        let differences: Vec<u8> =
            row.iter().zip(lefts).map(|(sample, left)| sample.wrapping_sub(*left)).collect();
        encoder.write_all(&differences).expect("writing to memory");
    }
    encoder.finish().expect("writing to memory")
}

fn faxed(strip: &[u8], width: u16) -> Vec<u8> {
    let mut encoder = Fax::new(VecWriter::new());
    for row in strip.chunks(usize::from(width) * 3) {
        let inks = row.chunks(3).map(|pixel| match pixel.first() {
            Some(0..128) => Color::Black,
            _ => Color::White,
        });
        let Ok(()) = encoder.encode_line(inks, width);
    }
    let Ok(writer) = encoder.finish();
    writer.finish()
}

/// Letters on paper, as a scanner with two colours sees them.
pub(super) fn page(chance: &mut Chance, width: u16, height: u16) -> Picture {
    let (columns, rows) = (usize::from(width), usize::from(height));
    let mut pixels = vec![255; columns * rows * 3];
    // Letters of three times as many dots as there are bits.
    let glyphs: Vec<u64> = (0..64).map(|_| chance.next() & chance.next()).collect();
    for top in (150..rows.saturating_sub(150)).step_by(42) {
        let letters = chance.below((columns as u64).saturating_sub(300) / 27 + 1) as usize;
        for letter in 0..letters {
            let glyph = glyphs.get(chance.rank(64) as usize).copied().unwrap_or(0);
            for dot in 0..24 * 24 {
                let (x, y) = (dot % 24, dot / 24);
                let is_ink = glyph >> (y / 3 * 8 + x / 3) & 1 == 1;
                // An edge now and then is rough.
                let (x, y) = if chance.below(20) == 0 { (x + 1, y) } else { (x, y) };
                let start = ((top + y) * columns + 150 + letter * 27 + x) * 3;
                if is_ink && let Some(pixel) = pixels.get_mut(start..start + 3) {
                    pixel.fill(0);
                }
            }
        }
    }
    Picture { width, height, pixels }
}
