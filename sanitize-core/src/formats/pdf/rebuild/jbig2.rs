//! Pictures of JBIG2 (ITU T.88), looked at segment by segment before they are decoded: the decoder makes room for
//! whatever a segment claims, and claims cost nothing.

use super::image::{Samples, fit_rows, row};
use crate::{
    bytes::Reader,
    error::{Error, malformed},
};

/// Pixels that all segments of a picture may have for each pixel of the picture: its parts, and bitmaps they are made
/// of.
const PIXELS: u64 = 8;
/// Pixels that a picture of any size may have.
const FEW: u64 = 1 << 20;
/// Symbols, and places of symbols, that a byte of a segment may stand for. Each takes some bits.
const SYMBOLS: u64 = 64;

/// Segment types (7.3).
mod kind {
    pub(super) const SYMBOL_DICTIONARY: u8 = 0;
    pub(super) const TEXT: [u8; 3] = [4, 6, 7];
    pub(super) const PATTERN_DICTIONARY: u8 = 16;
    pub(super) const HALFTONE: [u8; 3] = [20, 22, 23];
    pub(super) const GENERIC: [u8; 3] = [36, 38, 39];
    pub(super) const REFINEMENT: [u8; 3] = [40, 42, 43];
}

struct Pixels {
    bytes: Vec<u8>,
    bit: u32,
    limit: usize,
}

impl hayro_jbig2::Decoder for Pixels {
    fn push_pixel(&mut self, black: bool) {
        if self.bit == 0 {
            if self.bytes.len() >= self.limit {
                return;
            }
            self.bytes.push(0);
        }
        // In PDF black is 0 unless inverted by Decode; JBIG2 counts black as 1 (7.4.7).
        if !black && let Some(last) = self.bytes.last_mut() {
            *last |= 0x80 >> self.bit;
        }
        self.bit = (self.bit + 1) % 8;
    }

    fn push_pixel_chunk(&mut self, black: bool, chunk_count: u32) {
        let count = (chunk_count as usize).min(self.limit.saturating_sub(self.bytes.len()));
        self.bytes.resize(self.bytes.len() + count, if black { 0 } else { 0xff });
    }

    fn next_line(&mut self) {
        self.bit = 0;
    }
}

/// The samples of a picture of `width` by `height`, which were paid for; `None` where it cannot be decoded, or asks
/// for far more than that.
pub(super) fn samples(bytes: &[u8], globals: &[u8], width: u32, height: u32) -> Option<Samples> {
    let most = (u64::from(width) * u64::from(height)).saturating_mul(PIXELS).saturating_add(FEW);
    if claimed(globals).ok()?.saturating_add(claimed(bytes).ok()?) > most {
        return None;
    }
    let settings = hayro_jbig2::DecodeSettings::default();
    let globals = match globals {
        [] => None,
        globals => Some(hayro_jbig2::Globals::new(globals, &settings).ok()?),
    };
    let page = hayro_jbig2::Page::new_embedded(bytes, globals.as_ref(), &settings).ok()?;
    // The page inside must not be larger than what was paid for.
    if u64::from(page.width()) * u64::from(page.height()) > 4 * u64::from(width) * u64::from(height) + 65_536
    {
        return None;
    }
    let line = row(page.width(), 1, 1) as usize;
    let limit = line.checked_mul(page.height() as usize)?;
    let mut pixels = Pixels { bytes: Vec::new(), bit: 0, limit };
    page.decode(&mut pixels).ok()?;
    let mut bytes = fit_rows(pixels.bytes, height, line, row(width, 1, 1) as usize, 0xff);
    bytes.resize((row(width, 1, 1) as usize).checked_mul(height as usize)?, 0xff);
    Some(Samples { width, height, bits: 1, colors: 1, bytes, alpha: None, space: None })
}

/// The pixels that the segments of `stream` claim, without those of symbols, which nobody knows before they are decoded.
/// An error where a segment cannot be read or claims more symbols than it has room for.
fn claimed(stream: &[u8]) -> Result<u64, Error> {
    let mut reader = Reader::new(stream);
    let mut pixels = 0_u64;
    while !reader.is_empty() {
        let Segment { kind, data } = segment(&mut reader)?;
        let mut body = Reader::new(data);
        let room = SYMBOLS * (data.len() as u64 + 1);
        if kind == kind::PATTERN_DICTIONARY {
            let [_, width, height] = body.array("pattern dictionary")?;
            let patterns = u64::from(body.u32_be("pattern dictionary")?) + 1;
            pixels = pixels.saturating_add(patterns * u64::from(width) * u64::from(height));
        } else if kind == kind::SYMBOL_DICTIONARY {
            let flags = body.u16_be("symbol dictionary")?;
            // Bits for Huffman coding, for refinement, and for the templates of both (7.4.2.1.1).
            let (huffman, refines) = (flags & 1 != 0, flags & 2 != 0);
            let template = if huffman {
                0
            } else if flags >> 10 & 3 == 0 {
                8
            } else {
                2
            };
            let refinement = if refines && flags >> 12 & 1 == 0 { 4 } else { 0 };
            body.take(template + refinement, "symbol dictionary")?;
            let (exported, new) = (body.u32_be("symbol count")?, body.u32_be("symbol count")?);
            // Those of other dictionaries may be exported as well.
            if u64::from(new) > room || u64::from(exported) > room.max(1 << 16) {
                return Err(malformed("symbol count", 0));
            }
        } else if is_region(kind) {
            let (width, height) = (body.u32_be("region")?, body.u32_be("region")?);
            body.take(9, "region")?;
            pixels = pixels.saturating_add(u64::from(width) * u64::from(height));
            if kind::TEXT.contains(&kind) {
                let flags = body.u16_be("text region")?;
                // As above (7.4.3.1.1).
                let refinement = if flags & 2 != 0 && flags >> 15 == 0 { 4 } else { 0 };
                body.take(if flags & 1 == 0 { refinement } else { 2 + refinement }, "text region")?;
                if u64::from(body.u32_be("places of symbols")?) > room {
                    return Err(malformed("places of symbols", 0));
                }
            }
            if kind::HALFTONE.contains(&kind) {
                body.take(1, "halftone")?;
                let (width, height) = (body.u32_be("halftone")?, body.u32_be("halftone")?);
                // A byte and more is held for each place of the grid.
                pixels = pixels.saturating_add((u64::from(width) * u64::from(height)).saturating_mul(8));
            }
        }
    }
    Ok(pixels)
}

fn is_region(kind: u8) -> bool {
    [kind::TEXT, kind::HALFTONE, kind::GENERIC, kind::REFINEMENT].iter().any(|kinds| kinds.contains(&kind))
}

/// A segment as its header says.
struct Segment<'a> {
    kind: u8,
    data: &'a [u8],
}

/// Reads a segment header (7.2) and the data behind it; data that is cut short is taken as far as it goes.
fn segment<'a>(reader: &mut Reader<'a>) -> Result<Segment<'a>, Error> {
    let number = reader.u32_be("segment number")?;
    let flags = reader.u8("segment flags")?;
    let first = reader.u8("referred-to segments")?;
    let count = match first >> 5 {
        7 => {
            let [second, third, fourth] = reader.array("referred-to segments")?;
            let count = u32::from_be_bytes([first & 0x1F, second, third, fourth]) as usize;
            reader.take(count / 8 + 1, "retention flags")?;
            count
        }
        count => usize::from(count),
    };
    let width = match number {
        0..=256 => 1,
        257..=65_536 => 2,
        _ => 4,
    };
    reader.take(count.saturating_mul(width), "referred-to segments")?;
    reader.take(if flags & 0x40 == 0 { 1 } else { 4 }, "page association")?;
    let length = reader.u32_be("segment length")?;
    let rest = reader.rest();
    let length = match length {
        u32::MAX => unknown_length(rest),
        length => (length as usize).min(rest.len()),
    };
    Ok(Segment { kind: flags & 0x3F, data: reader.take(length, "segment")? })
}

/// The length of a generic region that does not say it: up to a mark and the four bytes behind it (7.2.7).
fn unknown_length(rest: &[u8]) -> usize {
    let is_mmr = rest.get(17).is_some_and(|flags| flags & 1 != 0);
    let mark: &[u8] = if is_mmr { &[0, 0] } else { &[0xFF, 0xAC] };
    let from = 18.min(rest.len());
    let found = memchr::memmem::find(rest.get(from..).unwrap_or_default(), mark);
    found.map_or(rest.len(), |at| (from + at + 6).min(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A segment of page 1.
    fn segment(number: u32, kind: u8, body: &[u8]) -> Vec<u8> {
        let mut segment = number.to_be_bytes().to_vec();
        segment.extend_from_slice(&[kind, 0, 1]);
        segment.extend_from_slice(&(body.len() as u32).to_be_bytes());
        segment.extend_from_slice(body);
        segment
    }

    fn region(width: u32, height: u32, rest: &[u8]) -> Vec<u8> {
        [&width.to_be_bytes()[..], &height.to_be_bytes(), &[0; 9], rest].concat()
    }

    #[test]
    fn what_segments_claim_is_counted() {
        let grid = [&[0][..], &30_000_u32.to_be_bytes(), &30_000_u32.to_be_bytes(), &[0; 12]].concat();
        let halftone = segment(2, 22, &region(64, 64, &grid));
        assert!(claimed(&halftone).unwrap() > 7_000_000_000);
        let generic = segment(1, 38, &region(100, 100, &[0; 30]));
        assert_eq!(claimed(&[generic.clone(), generic].concat()).unwrap(), 20_000);
        let patterns = segment(1, 16, &[&[0, 255, 255][..], &[0, 1, 0, 0], &[0; 8]].concat());
        assert!(claimed(&patterns).unwrap() > 4_000_000_000);
        assert_eq!(claimed(&[]).unwrap(), 0);
    }

    #[test]
    fn more_symbols_than_bits_are_refused() {
        let dictionary = |new: u32| {
            let head = [&[0_u8, 0][..], &[3, 255, 253, 255, 2, 254, 254, 254]].concat();
            segment(0, 0, &[&head[..], &new.to_be_bytes(), &new.to_be_bytes(), &[0; 20]].concat())
        };
        assert!(claimed(&dictionary(1_000)).is_ok());
        assert!(claimed(&dictionary(100_000)).is_err());
    }

    #[test]
    fn a_picture_that_claims_far_more_than_it_is_is_not_decoded() {
        let page = segment(0, 48, &[&64_u32.to_be_bytes()[..], &64_u32.to_be_bytes(), &[0; 11]].concat());
        let large = segment(1, 38, &region(30_000, 30_000, &[0; 30]));
        assert!(samples(&[page.clone(), large].concat(), &[], 64, 64).is_none());
        let small = segment(1, 38, &region(64, 64, &[0, 3, 255, 253, 255, 2, 254, 254, 254, 0, 0, 0, 0]));
        assert!(samples(&[page, small].concat(), &[], 64, 64).is_some());
    }
}
