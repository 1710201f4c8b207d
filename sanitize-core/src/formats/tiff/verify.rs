//! Reads what was written as strictly as the writer writes: known tags in order, strips that fill the file, and the
//! codes of those that were not packed anew.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::{
        codec::flate::{self, Wrapper},
        icc, jpeg, lzw,
    },
};

/// Fails unless `output` is a TIFF as the engine writes it.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    if reader.array("header")? != *b"II\x2a\0" {
        return Err(malformed("header", 0));
    }
    let mut next = reader.u32_le("first directory")? as usize;
    let mut done = 8;
    while next != 0 {
        // Everything lies in the order it was written, so nothing can loop, overlap or hide between.
        if next < done || next > output.len() {
            return Err(malformed("place of a directory", next as u64));
        }
        (next, done) = directory(output, next, done, budget)?;
    }
    if done != output.len() || done == 8 { Err(malformed("end of the file", done as u64)) } else { Ok(()) }
}

/// Where a JPEG starts.
const START: &[u8] = b"\xff\xd8";

/// What a directory says about its strips.
#[derive(Default)]
struct Shape<'a> {
    width: u64,
    height: u64,
    bits: u64,
    channels: u64,
    compression: u64,
    /// Of each strip but the last.
    rows: u64,
    /// Those of all strips that are JPEG.
    tables: &'a [u8],
}

impl Shape<'_> {
    /// Checks the codes of a strip, where they are those that the page had.
    fn strip(&self, strip: &[u8], index: u64, budget: &Budget) -> Result<(), Error> {
        let above = index.saturating_mul(self.rows);
        let rows = self.rows.min(self.height.saturating_sub(above));
        let size = (self.width * self.channels).saturating_mul(self.bits).div_ceil(8).saturating_mul(rows);
        match self.compression {
            4 => Ok(()),
            8 => flate::inflate_by_windows(strip, size, Wrapper::Zlib, budget, |_| Ok(())),
            5 => {
                let is_right = lzw::is_as_written(strip, lzw::Kind::Tiff, 8, size);
                if is_right { Ok(()) } else { Err(malformed("LZW codes", index)) }
            }
            7 if self.tables.is_empty() => jpeg::verify(strip, budget),
            7 => {
                let tables = self.tables.strip_suffix(b"\xff\xd9").filter(|tables| tables.starts_with(START));
                let parts = tables.zip(strip.strip_prefix(START));
                let (tables, strip) = parts.ok_or_else(|| malformed("JPEG tables", index))?;
                jpeg::verify(&[tables, strip].concat(), budget)
            }
            _ => Err(malformed("compression", index)),
        }
    }
}

/// Checks one directory, whose strips start at `strips_from`. Returns where the next is, and the end of this one.
fn directory(output: &[u8], at: usize, strips_from: usize, budget: &Budget) -> Result<(usize, usize), Error> {
    let wrong = |what| malformed(what, at as u64);
    let mut reader = Reader::new(output);
    reader.seek(at, "directory")?;
    let count = reader.u16_le("entries")?;
    let mut values_at = at + 2 + usize::from(count) * 12 + 4;
    let (mut offsets, mut lengths, mut last) = (&[][..], &[][..], 0);
    let mut shape = Shape::default();
    for _ in 0..count {
        let tag = reader.u16_le("tag")?;
        let kind = reader.u16_le("type")?;
        let items = reader.u32_le("count")? as usize;
        let inline = reader.take(4_u8, "value")?;
        let size = match (tag, kind) {
            (254 | 256 | 257 | 273 | 278 | 279, 4) => 4,
            (258 | 259 | 262 | 277 | 284 | 296 | 317 | 320 | 338 | 339 | 530, 3) => 2,
            (282 | 283, 5) => 8,
            (347 | 34_675, 7) => 1,
            _ => return Err(wrong("a tag the engine does not write")),
        };
        if tag <= last {
            return Err(wrong("order of tags"));
        }
        last = tag;
        let length = items.checked_mul(size).ok_or_else(|| wrong("count"))?;
        let value = if length <= 4 {
            inline.get(..length)
        } else {
            let start = Reader::new(inline).u32_le("value")? as usize;
            if start != values_at {
                return Err(wrong("place of a value"));
            }
            values_at = start + length.next_multiple_of(2);
            output.get(start..start + length)
        };
        let value = value.ok_or_else(|| wrong("value"))?;
        let number = || value.iter().take(size).rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
        match tag {
            256 => shape.width = number(),
            257 => shape.height = number(),
            258 => shape.bits = number(),
            259 => shape.compression = number(),
            277 => shape.channels = number(),
            278 => shape.rows = number(),
            273 => offsets = value,
            279 => lengths = value,
            347 => shape.tables = value,
            34_675 if icc::Wide::owning(value).is_none() => {
                return Err(wrong("a profile that is not the engine's"));
            }
            _ => (),
        }
    }
    let next = reader.u32_le("next directory")? as usize;
    let mut expected = strips_from;
    let numbers =
        |bytes: &[u8]| bytes.as_chunks::<4>().0.iter().map(|n| u32::from_le_bytes(*n) as usize).collect();
    let (offsets, lengths): (Vec<usize>, Vec<usize>) = (numbers(offsets), numbers(lengths));
    for (index, (offset, length)) in offsets.iter().zip(&lengths).enumerate() {
        if *offset != expected.next_multiple_of(2) {
            return Err(wrong("place of a strip"));
        }
        expected = offset.saturating_add(*length);
        let strip = output.get(*offset..expected).ok_or_else(|| wrong("strip"))?;
        shape.strip(strip, index as u64, budget)?;
    }
    if offsets.is_empty() || offsets.len() != lengths.len() || expected.next_multiple_of(2) != at {
        return Err(wrong("strips"));
    }
    Ok((next, values_at))
}
