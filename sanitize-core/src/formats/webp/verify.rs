//! Reads what was written as strictly as the writer writes.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::{icc, vp8, vp8l},
};

/// Flags of an extended file.
const PROFILE: u8 = 0x20;
const ALPHA: u8 = 0x10;
const ANIMATION: u8 = 2;

/// Fails unless `output` is a WebP as the engine writes it.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    let start = reader.array("signature")? == *b"RIFF"
        && reader.u32_le("file size")? as usize == output.len().saturating_sub(8)
        && reader.array("signature")? == *b"WEBP";
    if !start {
        return wrong("file header");
    }
    let (kind, body) = chunk(&mut reader)?;
    if matches!(&kind, b"VP8 " | b"VP8L") {
        let mut whole = Reader::new(output.get(12..).unwrap_or_default());
        let _ = picture(&mut whole, budget)?;
        return if whole.is_empty() { Ok(()) } else { wrong("chunks") };
    }
    if kind != *b"VP8X" {
        return wrong("first chunk");
    }
    let [flags, 0, 0, 0, w0, w1, w2, h0, h1, h2] = *body else { return wrong("VP8X chunk") };
    let canvas = (u32::from_le_bytes([w0, w1, w2, 0]) + 1, u32::from_le_bytes([h0, h1, h2, 0]) + 1);
    if flags & !(PROFILE | ALPHA | ANIMATION) != 0 || flags == 0 {
        return wrong("VP8X flags");
    }
    if flags & PROFILE != 0 {
        let (kind, body) = chunk(&mut reader)?;
        if kind != *b"ICCP" || icc::Wide::owning(body).is_none() {
            return wrong("colour profile of another");
        }
    }
    let has_alpha = if flags & ANIMATION != 0 {
        let (kind, body) = chunk(&mut reader)?;
        if kind != *b"ANIM" || !matches!(body, [0, 0, 0, 0, _, _]) {
            return wrong("ANIM chunk");
        }
        frames(&mut reader, canvas, budget)?
    } else {
        let (size, has_alpha) = picture(&mut reader, budget)?;
        if size != canvas {
            return wrong("canvas");
        }
        has_alpha
    };
    if !reader.is_empty() || has_alpha != (flags & ALPHA != 0) {
        return wrong("chunks");
    }
    Ok(())
}

fn wrong<T>(what: &'static str) -> Result<T, Error> {
    Err(malformed(what, 0))
}

fn chunk<'a>(reader: &mut Reader<'a>) -> Result<([u8; 4], &'a [u8]), Error> {
    let kind = reader.array::<4>("chunk type")?;
    let length = reader.u32_le("chunk size")?;
    let body = reader.take(length, "chunk")?;
    if length % 2 == 1 && reader.u8("filling")? != 0 {
        return wrong("filling");
    }
    Ok((kind, body))
}

/// Frames up to the end; true where one has alpha.
fn frames(reader: &mut Reader<'_>, canvas: (u32, u32), budget: &Budget) -> Result<bool, Error> {
    let (mut any_alpha, mut count) = (false, 0);
    while !reader.is_empty() {
        budget.objects(1)?;
        let (kind, body) = chunk(reader)?;
        let mut frame = Reader::new(body);
        let numbers = frame.array::<15>("frame place")?;
        let (numbers, _) = numbers.as_chunks::<3>();
        let mut numbers =
            numbers.iter().map(|[low, middle, high]| u32::from_le_bytes([*low, *middle, *high, 0]));
        let mut next = || numbers.next().unwrap_or_default();
        let (left, top, width, height) = (next() * 2, next() * 2, next() + 1, next() + 1);
        let flags = frame.u8("frame flags")?;
        let (size, has_alpha) = picture(&mut frame, budget)?;
        let is_inside = left + width <= canvas.0 && top + height <= canvas.1;
        if kind != *b"ANMF" || flags > 3 || size != (width, height) || !is_inside || !frame.is_empty() {
            return wrong("frame");
        }
        any_alpha |= has_alpha;
        count += 1;
    }
    if count == 0 { wrong("no frame") } else { Ok(any_alpha) }
}

/// The streams of one picture: its size, and whether it has alpha.
fn picture(reader: &mut Reader<'_>, budget: &Budget) -> Result<((u32, u32), bool), Error> {
    let (kind, body) = chunk(reader)?;
    match &kind {
        b"VP8 " => Ok((vp8::verify(body, budget)?, false)),
        b"VP8L" => {
            let (width, height, uses_alpha) = vp8l::verify(body, vp8l::Kind::Picture, budget)?;
            Ok(((width, height), uses_alpha))
        }
        b"ALPH" => {
            let (kind, stream) = chunk(reader)?;
            if kind != *b"VP8 " {
                return wrong("alpha of no picture");
            }
            let (width, height) = vp8::verify(stream, budget)?;
            match body.split_first() {
                Some((header, samples)) if header & 0xe3 == 0 => {
                    if samples.len() as u64 != u64::from(width) * u64::from(height) {
                        return wrong("alpha");
                    }
                }
                Some((header, stream)) if header & 0xe3 == 1 => {
                    vp8l::verify(stream, vp8l::Kind::Alpha(width, height), budget)?;
                }
                _ => return wrong("alpha"),
            }
            Ok(((width, height), true))
        }
        _ => wrong("a chunk the engine does not write"),
    }
}
