//! The markers of a JPEG (ITU-T T.81): what stands in which segment, and where the picture ends.

use std::ops::Range;

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// Start of image.
pub(super) const SOI: u8 = 0xd8;
/// End of image.
pub(super) const EOI: u8 = 0xd9;
/// Start of scan; its segment is followed by entropy-coded data.
pub(super) const SOS: u8 = 0xda;
/// Quantisation tables.
pub(super) const DQT: u8 = 0xdb;
/// Huffman tables.
pub(super) const DHT: u8 = 0xc4;
/// Restart interval.
pub(super) const DRI: u8 = 0xdd;
/// Comment.
pub(super) const COM: u8 = 0xfe;
/// The first application segment; the others follow it.
pub(super) const APP0: u8 = 0xe0;

/// One marker segment.
#[derive(Clone, Debug)]
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    /// Behind the length.
    pub(super) body: &'a [u8],
    /// Of the marker.
    pub(super) offset: u64,
    /// The whole segment in the file, entropy-coded data of a scan included.
    pub(super) range: Range<usize>,
}

/// A JPEG as it stands in the file.
#[derive(Debug)]
pub(super) struct Markers<'a> {
    pub(super) segments: Vec<Segment<'a>>,
    /// Places of bytes between segments that belong to none.
    pub(super) stray: Vec<u64>,
    /// What stands behind EOI.
    pub(super) trailing: &'a [u8],
    pub(super) trailing_offset: u64,
}

/// Walks from SOI to EOI. A file that ends before EOI ends there: many cameras and programs forget it.
pub(super) fn markers<'a>(input: &'a [u8], budget: &Budget) -> Result<Markers<'a>, Error> {
    let mut reader = Reader::new(input);
    if reader.array("start of image")? != [0xff, SOI] {
        return Err(malformed("start of image", 0));
    }
    let (mut segments, mut stray) = (Vec::new(), Vec::new());
    while let Some((marker, offset, passed)) = next_marker(&mut reader) {
        budget.objects(1)?;
        if passed && stray.len() < 64 {
            stray.push(offset);
        }
        match marker {
            EOI => {
                let trailing_offset = reader.offset();
                return Ok(Markers { segments, stray, trailing: reader.rest(), trailing_offset });
            }
            // Standing alone, without a length: a second SOI, restarts outside a scan, TEM.
            SOI | 0xd0..=0xd7 | 0x01 => {
                stray.push(offset);
                continue;
            }
            _ => (),
        }
        let Ok(length) = reader.u16_be("segment length") else { break };
        let length = length.checked_sub(2).ok_or_else(|| malformed("segment length", offset))?;
        let Ok(body) = reader.take(length, "segment") else { break };
        if marker == SOS {
            let data = entropy_coded(reader.rest());
            reader.skip(data, "scan")?;
        }
        let start = usize::try_from(offset).unwrap_or(usize::MAX);
        segments.push(Segment { marker, body, offset, range: start..reader.position() });
    }
    Ok(Markers { segments, stray, trailing: &[], trailing_offset: reader.offset() })
}

/// The next marker with its offset, and whether other bytes were passed over before it.
fn next_marker(reader: &mut Reader<'_>) -> Option<(u8, u64, bool)> {
    let mut passed = false;
    loop {
        let skip = memchr::memchr(0xff, reader.rest())?;
        passed |= skip > 0;
        reader.skip(skip, "bytes between segments").ok()?;
        // Any number of 0xff may fill the place before a marker.
        let fill = reader.rest().iter().take_while(|byte| **byte == 0xff).count();
        let offset = reader.offset() + fill as u64 - 1;
        reader.skip(fill, "fill bytes").ok()?;
        match reader.u8("marker").ok()? {
            0 => passed = true,
            marker => return Some((marker, offset, passed)),
        }
    }
}

/// Length of the entropy-coded data at the start of `bytes`: up to a marker that is no restart.
fn entropy_coded(bytes: &[u8]) -> usize {
    for at in memchr::memchr_iter(0xff, bytes) {
        match bytes.get(at + 1) {
            Some(0 | 0xd0..=0xd7 | 0xff) => (),
            _ => return at,
        }
    }
    bytes.len()
}

/// A component of the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Component {
    pub(super) id: u8,
    pub(super) across: u8,
    pub(super) down: u8,
    pub(super) table: u8,
}

/// SOF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) marker: u8,
    pub(super) precision: u8,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: Vec<Component>,
}

/// True for the markers that start a frame of any kind.
pub(super) fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, DHT | 0xc8 | 0xcc)
}

/// Reads SOF.
pub(super) fn frame(segment: &Segment<'_>) -> Result<Frame, Error> {
    let mut reader = Reader::at(segment.body, segment.offset + 4);
    let precision = reader.u8("sample precision")?;
    let height = u32::from(reader.u16_be("height")?);
    let width = u32::from(reader.u16_be("width")?);
    let count = reader.u8("components")?;
    let mut components = Vec::new();
    for _ in 0..count {
        let [id, factors, table] = reader.array("component")?;
        components.push(Component { id, across: factors >> 4, down: factors & 15, table });
    }
    let in_order = |component: &Component| {
        (1..=4).contains(&component.across) && (1..=4).contains(&component.down) && component.table < 4
    };
    if !matches!(components.len(), 1 | 3 | 4) || !components.iter().all(in_order) {
        return Err(malformed("components", segment.offset));
    }
    Ok(Frame { marker: segment.marker, precision, width, height, components })
}

/// Reads the tables of one DQT into `tables`, in row order.
pub(super) fn quantisers(body: &[u8], tables: &mut [Option<Box<[u16; 64]>>; 4]) -> Result<(), Error> {
    let mut reader = Reader::new(body);
    while !reader.is_empty() {
        let id = reader.u8("table id")?;
        let mut table = Box::new([1_u16; 64]);
        for place in ZIGZAG {
            let value =
                if id >> 4 == 0 { u16::from(reader.u8("quantiser")?) } else { reader.u16_be("quantiser")? };
            if let Some(slot) = table.get_mut(usize::from(place)) {
                *slot = value.max(1);
            }
        }
        *tables.get_mut(usize::from(id & 15)).ok_or_else(|| malformed("table id", 0))? = Some(table);
    }
    Ok(())
}

/// Row order of the coefficients as they stand in the file.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// JFIF's density: unit, across, down; and whether a thumbnail follows.
pub(super) fn jfif(body: &[u8]) -> Option<((u8, u16, u16), bool)> {
    let mut reader = Reader::new(body.strip_prefix(b"JFIF\0")?);
    reader.skip(2, "version").ok()?;
    let unit = reader.u8("unit").ok()?;
    let across = reader.u16_be("density").ok()?;
    let down = reader.u16_be("density").ok()?;
    Some(((unit, across, down), body.len() > 14))
}

/// Adobe's colour transform: 0 is none, 1 is YCbCr, 2 is YCCK.
pub(super) fn adobe_transform(body: &[u8]) -> Option<u8> {
    body.strip_prefix(b"Adobe")?.get(6).copied()
}

/// One piece of a colour profile: its number, how many there are, and its bytes.
pub(super) fn profile_piece(body: &[u8]) -> Option<(u8, u8, &[u8])> {
    match body.strip_prefix(b"ICC_PROFILE\0")? {
        [number, count, piece @ ..] => Some((*number, *count, piece)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_bytes_and_restarts_do_not_end_the_walk() {
        let file = b"\xff\xd8junk\xff\xfe\0\x04hi\xff\xff\xda\0\x02ab\xff\0c\xff\xd0d\xff\xd9rest";
        let budget = Budget::new(&crate::Limits::default(), 0, crate::Cancel::new());
        let found = markers(file, &budget).unwrap();
        assert_eq!(found.segments.iter().map(|s| s.marker).collect::<Vec<_>>(), [COM, SOS]);
        assert_eq!(found.stray, [6]);
        assert_eq!(found.trailing, b"rest");
    }
}
