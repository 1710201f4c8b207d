//! The header: the first record, MS-EMF 2.3.4.2.

use super::super::model::Header;
use super::{i32s, rect, u32s};
use crate::{
    bytes::Reader,
    error::{Error, malformed},
};

/// What stands in every header, behind bounds and frame.
pub(in super::super) const SIGNATURE: &[u8] = b" EMF";

/// What a header says of the file, besides the drawing.
#[derive(Debug)]
pub(in super::super) struct Claims {
    /// Where the first record behind the header starts.
    pub(in super::super) start: usize,
    /// Bytes and records of the file.
    pub(in super::super) bytes: u32,
    pub(in super::super) records: u32,
    /// A text that names the program and the drawing.
    pub(in super::super) has_description: bool,
    /// A pixel format of OpenGL.
    pub(in super::super) has_pixel_format: bool,
}

/// Reads the header.
pub(in super::super) fn header(input: &[u8]) -> Result<(Header, Claims), Error> {
    let mut reader = Reader::new(input);
    let cut = |at| move || malformed("header", at);
    if reader.u32_le("header")? != super::kinds::HEADER {
        return Err(malformed("header", 0));
    }
    let size = reader.u32_le("header size")?;
    let body = reader.take(size.checked_sub(8).ok_or_else(cut(4))?, "header")?;
    let mut fields = Reader::at(body, 8);
    let bounds = rect(&mut fields).ok_or_else(cut(8))?;
    let frame = rect(&mut fields).ok_or_else(cut(24))?;
    if fields.take(4_u32, "signature")? != SIGNATURE {
        return Err(malformed("signature", 40));
    }
    fields.skip(4, "version")?;
    let [bytes, records] = u32s(&mut fields).ok_or_else(cut(48))?;
    fields.skip(4, "objects")?;
    let description = u32s::<2>(&mut fields).ok_or_else(cut(60))?;
    fields.skip(4, "palette entries")?;
    let device = i32s::<2>(&mut fields).ok_or_else(cut(72))?;
    let millimeters = i32s::<2>(&mut fields).ok_or_else(cut(80))?;
    // The extensions are there where the description, or the end of the record, leaves room for them.
    let [length, offset] = description;
    let end = if length > 0 && offset >= 88 { offset.min(size) } else { size };
    let mut pixel_format = 0;
    if end >= 100 {
        pixel_format = u32s::<3>(&mut fields).ok_or_else(cut(88))?.into_iter().take(1).sum();
    }
    let stated = if end >= 108 { i32s::<2>(&mut fields).ok_or_else(cut(100))? } else { [0; 2] };

    // A device without a size is a screen like any other.
    let sane = |[width, height]: [i32; 2], otherwise: [u32; 2], most: i32| {
        let fits = |side| (1..=most).contains(&side);
        if fits(width) && fits(height) { [width as u32, height as u32] } else { otherwise }
    };
    let device = sane(device, [1_920, 1_080], 1 << 20);
    let millimeters = sane(millimeters, [508, 286], 1 << 20);
    let micrometers = sane(stated, millimeters.map(|side| side.saturating_mul(1_000)), 1 << 30);
    let header = Header { bounds, frame, device, millimeters, micrometers };
    let claims = Claims {
        start: usize::try_from(size).map_err(|_| malformed("header size", 4))?,
        bytes,
        records,
        has_description: length > 0,
        has_pixel_format: pixel_format > 0,
    };
    Ok((header, claims))
}
