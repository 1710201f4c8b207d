//! Pictures that compress like photographs and like screens.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::chance::Chance;
use crate::pictures as png_file;

/// Rows of red, green and blue.
#[derive(Clone, Debug)]
pub(super) struct Picture {
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) pixels: Vec<u8>,
}

/// Soft shapes of every size, and the noise of a sensor.
pub(super) fn photo(chance: &mut Chance, width: u16, height: u16) -> Picture {
    let (columns, rows) = (usize::from(width), usize::from(height));
    let mut light = vec![[128.0_f32; 3]; columns * rows];
    let (mut cells, mut strength) = (4, 45.0_f32);
    while cells < columns.max(rows) / 3 {
        let across = cells + 2;
        let grid: Vec<[f32; 3]> = (0..across * across)
            .map(|_| {
                let shared = chance.unit() as f32 - 0.5;
                [0; 3].map(|_| (shared * 2.2 + (chance.unit() as f32 - 0.5) * 1.2) * strength)
            })
            .collect();
        let at = |row: usize, column: usize| grid.get(row * across + column).copied().unwrap_or_default();
        let side = columns.max(rows) as f32 / cells as f32;
        for (row, line) in light.chunks_mut(columns).enumerate() {
            let y = row as f32 / side;
            let (top, down) = (y as usize, y.fract());
            for (column, pixel) in line.iter_mut().enumerate() {
                let x = column as f32 / side;
                let (left, right) = (x as usize, x.fract());
                let corners = [at(top, left), at(top, left + 1), at(top + 1, left), at(top + 1, left + 1)];
                for (channel, value) in pixel.iter_mut().enumerate() {
                    let [a, b, c, d] = corners.map(|corner| corner.get(channel).copied().unwrap_or(0.0));
                    let (upper, lower) = (a + (b - a) * right, c + (d - c) * right);
                    *value += upper + (lower - upper) * down;
                }
            }
        }
        cells *= 3;
        strength *= 0.52;
    }
    let mut pixels = Vec::with_capacity(light.len() * 3);
    for pixel in light {
        // Three even numbers make a bell curve that is close enough.
        let noise: f32 = (0..3).map(|_| chance.unit() as f32 - 0.5).sum::<f32>() * 10.0;
        pixels.extend(pixel.map(|value| (value + noise) as u8));
    }
    Picture { width, height, pixels }
}

/// Flat areas, lines and rows of letters.
pub(super) fn screen(chance: &mut Chance, width: u16, height: u16) -> Picture {
    let (columns, rows) = (usize::from(width), usize::from(height));
    let mut pixels = Vec::with_capacity(columns * rows * 3);
    let glyphs: Vec<u64> = (0..64).map(|_| chance.next() & chance.next()).collect();
    let mut line: Vec<usize> = Vec::new();
    for row in 0..rows {
        if row % 24 == 0 {
            let letters = chance.below(columns as u64 / 8 + 1);
            line = (0..letters).map(|_| chance.rank(64) as usize).collect();
        }
        for column in 0..columns {
            let ink = line.get(column / 8).and_then(|letter| glyphs.get(*letter)).is_some_and(|glyph| {
                (6..14).contains(&(row % 24)) && glyph >> ((row % 24 - 6) * 8 + column % 8) & 1 == 1
            });
            pixels.extend_from_slice(match (ink, row / 40, column / 260) {
                (true, ..) => &[30, 30, 40],
                (_, 0, _) => &[43, 87, 154],
                (_, _, 0) => &[247, 248, 250],
                _ if row % 96 == 0 => &[210, 214, 220],
                _ => &[255, 255, 255],
            });
        }
    }
    Picture { width, height, pixels }
}

/// A JPEG file, colour at half the resolution.
pub(super) fn jpeg(picture: &Picture, quality: u8, progressive: bool) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(progressive);
    encoder
        .encode(&picture.pixels, picture.width, picture.height, ColorType::Rgb)
        .expect("a picture whose size is right");
    file
}

/// A PNG file, each row as its difference from the one above.
pub(super) fn png(picture: &Picture) -> Vec<u8> {
    let rows = filtered(&picture.pixels, usize::from(picture.width) * 3);
    png_of(picture, 2, &[], &rows)
}

/// A PNG file whose pixels grow opaque from the first row to the last.
pub(super) fn png_with_alpha(picture: &Picture) -> Vec<u8> {
    let (width, height) = (usize::from(picture.width), usize::from(picture.height));
    let opacity = |at: usize| (at / width * 255 / height.saturating_sub(1).max(1)) as u8;
    let pixels = picture.pixels.chunks_exact(3).enumerate();
    let pixels: Vec<u8> = pixels.flat_map(|(at, pixel)| pixel.iter().copied().chain([opacity(at)])).collect();
    png_of(picture, 6, &[], &filtered(&pixels, width * 4))
}

/// A PNG file of a picture of at most 256 colours, by its palette; its rows are as they are.
pub(super) fn png_with_palette(picture: &Picture) -> Vec<u8> {
    let pixels = || picture.pixels.as_chunks::<3>().0.iter();
    let colours: std::collections::BTreeSet<[u8; 3]> = pixels().copied().collect();
    let palette: Vec<[u8; 3]> = colours.into_iter().take(256).collect();
    let indices: Vec<u8> =
        pixels().map(|pixel| palette.binary_search(pixel).map_or(0, |index| index as u8)).collect();
    let rows =
        indices.chunks(usize::from(picture.width)).flat_map(|row| [&[0], row].concat()).collect::<Vec<_>>();
    png_of(picture, 3, palette.as_flattened(), &rows)
}

/// Rows through the filter that takes what stands above from each byte.
fn filtered(pixels: &[u8], stride: usize) -> Vec<u8> {
    let mut above = vec![0; stride];
    let mut rows = Vec::with_capacity(pixels.len() + pixels.len() / stride);
    for row in pixels.chunks(stride) {
        rows.push(2);
        rows.extend(row.iter().zip(&above).map(|(a, b)| a.wrapping_sub(*b)));
        above.copy_from_slice(row);
    }
    rows
}

fn png_of(picture: &Picture, colour: u8, palette: &[u8], rows: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(rows).expect("writing to memory");
    let data = encoder.finish().expect("writing to memory");
    let header = png_file::ihdr(picture.width.into(), picture.height.into(), 8, colour);
    if palette.is_empty() {
        png_file::png(&[(b"IHDR", &header), (b"IDAT", &data)])
    } else {
        png_file::png(&[(b"IHDR", &header), (b"PLTE", palette), (b"IDAT", &data)])
    }
}
