//! A first walk over the markers (ITU-T T.81, annex B): is this a picture that may be decoded at all?
//!
//! It says so without spending the run's budget: a picture that is too large or too slow is refused, and what
//! stands around it goes on.

use super::threats;
use crate::{
    bytes::Reader,
    engine::ctx::Ctx,
    error::{Error, malformed},
    toolkits::raster,
};

/// Scans of one picture; encoders write about ten, and each costs a pass over all coefficients.
const SCANS: usize = 100;

/// Looks at frame headers and counts scans; returns where the frame header stands.
pub(super) fn frame(input: &[u8], ctx: &mut Ctx<'_>) -> Result<u64, Error> {
    let mut reader = Reader::new(input);
    if reader.array("start of image")? != [0xff, 0xd8] {
        return Err(malformed("start of image", 0));
    }
    let (mut frame, mut scans) = (None, 0);
    while let Some((marker, offset)) = next_marker(&mut reader) {
        ctx.budget().objects(1)?;
        match marker {
            0xd9 => break,
            // Standing alone, without a length: start of image, restarts, TEM.
            0xd8 | 0xd0..=0xd7 | 0x01 => continue,
            _ => (),
        }
        let Some(length) = reader.u16_be("segment length").ok().and_then(|length| length.checked_sub(2))
        else {
            break;
        };
        let Ok(body) = reader.take(length, "segment") else { break };
        match marker {
            0xda => {
                scans += 1;
                if scans > SCANS {
                    return Err(ctx.refuse(&threats::SLOW, offset));
                }
            }
            // DHT, DAC and a reserved one stand among the frames.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let [precision, high, low, left, right, ..] = *body else {
                    return Err(malformed("frame header", offset));
                };
                let (height, width) = (u16::from_be_bytes([high, low]), u16::from_be_bytes([left, right]));
                if !raster::fits(ctx.budget().limits(), u32::from(width), u32::from(height.max(1)), 8) {
                    return Err(ctx.refuse(&threats::DIMENSIONS, offset));
                }
                // A height of zero is stated behind the first scan, where few decoders look.
                let common = matches!(marker, 0xc0..=0xc2) && precision == 8 && height > 0;
                if !common || frame.is_some() {
                    return Err(ctx.refuse(&threats::SLOW, offset));
                }
                frame = Some(offset);
            }
            _ => (),
        }
    }
    frame.ok_or_else(|| malformed("no frame", 2))
}

/// The next marker that is neither a stuffed byte nor a restart, with its offset.
fn next_marker(reader: &mut Reader<'_>) -> Option<(u8, u64)> {
    loop {
        let skip = memchr::memchr(0xff, reader.rest())?;
        reader.skip(skip, "bytes between segments").ok()?;
        // Any number of 0xff may fill the place before a marker.
        let fill = reader.rest().iter().take_while(|byte| **byte == 0xff).count();
        let offset = reader.offset() + fill as u64 - 1;
        reader.skip(fill, "fill bytes").ok()?;
        let marker = reader.u8("marker").ok()?;
        if !matches!(marker, 0 | 0xd0..=0xd7) {
            return Some((marker, offset));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_bytes_stuffing_and_restarts_do_not_end_the_walk() {
        let file = b"\xff\xd8junk\xff\xfe\0\x04hi\xff\xff\xda\0\x02ab\xff\0c\xff\xd0d\xff\xd9rest";
        let mut reader = Reader::new(file);
        let mut found = Vec::new();
        while let Some(marker) = next_marker(&mut reader) {
            found.push(marker);
        }
        assert_eq!(found, [(0xd8, 0), (0xfe, 6), (0xda, 13), (0xd9, 25)]);
    }
}
