//! Reads what was written as strictly as the writer writes: its chunks, in its order, nothing else.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::{
        codec::flate::{self, Wrapper},
        icc,
    },
};

/// A step that may come next; chunks stand in this order, each once but the frames.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Header,
    Space,
    Density,
    Animation,
    Palette,
    Transparency,
    Frames,
    End,
}

/// Fails unless `output` is a PNG as the engine writes it, each of its streams the rows of a picture and nothing more.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    if reader.array::<8>("signature")? != *b"\x89PNG\r\n\x1a\n" {
        return Err(malformed("signature", 0));
    }
    let mut done = None;
    let (mut frames_stated, mut frames, mut sequence, mut pictures) = (None, 0_u32, 0_u32, 0_u32);
    let mut controlled = false;
    let mut layout = Layout { pixel_bits: 0, width: 0, height: 0 };
    // The sides of the frame whose data comes next.
    let mut frame = (0, 0);
    while !reader.is_empty() {
        let offset = reader.offset();
        let wrong = |what| malformed(what, offset);
        let length = reader.u32_be("chunk length")?;
        let kind = reader.array::<4>("chunk type")?;
        let body = reader.take(length, "chunk body")?;
        let mut checksum = crc32fast::Hasher::new();
        checksum.update(&kind);
        checksum.update(body);
        if reader.u32_be("chunk checksum")? != checksum.finalize() {
            return Err(wrong("chunk checksum"));
        }
        let step = match &kind {
            b"IHDR" => {
                let [w0, w1, w2, w3, h0, h1, h2, h3, bits, color, 0, 0, 0] = *body else {
                    return Err(wrong("header"));
                };
                let sides = [u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3])];
                let depth = matches!(
                    (color, bits),
                    (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16)
                );
                if sides.contains(&0) || !depth {
                    return Err(wrong("header"));
                }
                let channels = match color {
                    2 => 3,
                    4 => 2,
                    6 => 4,
                    _ => 1,
                };
                let [width, height] = sides;
                layout = Layout { pixel_bits: channels * u64::from(bits), width, height };
                Step::Header
            }
            b"sRGB" if body == [0] => Step::Space,
            b"iCCP" => {
                let stream = body.strip_prefix(b"icc\0\0").ok_or_else(|| wrong("profile name"))?;
                let known = [icc::Wide::DisplayP3, icc::Wide::AdobeRgb].iter().any(|wide| {
                    wide.bytes()
                        .and_then(|bytes| flate::deflate(&bytes, 9, Wrapper::Zlib))
                        .is_ok_and(|own| own == stream)
                });
                if !known {
                    return Err(wrong("a profile that is not the engine's"));
                }
                Step::Space
            }
            b"pHYs" if body.len() == 9 => Step::Density,
            b"acTL" if body.len() == 8 => {
                frames_stated = body.first_chunk().map(|count| u32::from_be_bytes(*count));
                Step::Animation
            }
            b"PLTE" if !body.is_empty() && body.len() <= 768 && body.len().is_multiple_of(3) => Step::Palette,
            b"tRNS" if !body.is_empty() && body.len() <= 256 => Step::Transparency,
            b"fcTL" | b"fdAT" => {
                let number = body.first_chunk().map(|number| u32::from_be_bytes(*number));
                if number != Some(sequence) || frames_stated.is_none() {
                    return Err(wrong("sequence number"));
                }
                sequence += 1;
                if kind == *b"fcTL" {
                    let [_, _, _, _, w0, w1, w2, w3, h0, h1, h2, h3, ..] = *body else {
                        return Err(wrong("frame control"));
                    };
                    frame = (u32::from_be_bytes([w0, w1, w2, w3]), u32::from_be_bytes([h0, h1, h2, h3]));
                    let is_inside =
                        (1..=layout.width).contains(&frame.0) && (1..=layout.height).contains(&frame.1);
                    if body.len() != 26 || controlled || !is_inside {
                        return Err(wrong("frame control"));
                    }
                    frames += 1;
                    controlled = true;
                } else {
                    if !controlled || pictures == 0 {
                        return Err(wrong("frame data"));
                    }
                    let (width, height) = frame;
                    rows(body.get(4..).unwrap_or_default(), Layout { width, height, ..layout }, budget)?;
                    controlled = false;
                }
                Step::Frames
            }
            b"IDAT" if pictures == 0 => {
                if controlled && frame != (layout.width, layout.height) {
                    return Err(wrong("frame control"));
                }
                rows(body, layout, budget)?;
                pictures = 1;
                controlled = false;
                Step::Frames
            }
            b"IEND" if body.is_empty() && pictures == 1 && !controlled => Step::End,
            _ => return Err(wrong("a chunk the engine does not write")),
        };
        let in_order = match done {
            None => step == Step::Header,
            Some(before) => before < step || (before == Step::Frames && step == Step::Frames),
        };
        if !in_order {
            return Err(wrong("order of chunks"));
        }
        done = Some(step);
    }
    if done != Some(Step::End) || frames_stated.unwrap_or(0) != frames {
        return Err(malformed("end of the picture", reader.offset()));
    }
    Ok(())
}

/// How large a picture is.
#[derive(Clone, Copy)]
struct Layout {
    pixel_bits: u64,
    width: u32,
    height: u32,
}

/// Fails unless a zlib stream is the rows of such a picture, each with a filter that there is, and nothing more. It is
/// not read by the code that wrote it.
fn rows(stream: &[u8], layout: Layout, budget: &Budget) -> Result<(), Error> {
    let row = (u64::from(layout.width) * layout.pixel_bits).div_ceil(8) + 1;
    let step = usize::try_from(row).map_err(|_| malformed("header", 0))?;
    // Where the next filter stands, seen from the start of the window.
    let mut next = 0_usize;
    let size = row.saturating_mul(u64::from(layout.height));
    flate::inflate_by_windows(stream, size, Wrapper::Zlib, budget, |window| {
        while let Some(filter) = window.get(next) {
            if *filter > 4 {
                return Err(malformed("filter type", 0));
            }
            next = next.saturating_add(step);
        }
        next -= window.len();
        Ok(())
    })
}
