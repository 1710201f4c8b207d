//! The chunks of a PNG, and what they say where that is a matter of form alone.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::raster::{Color, PngHeader},
};

/// The eight bytes every PNG starts with.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// One chunk as it stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk<'a> {
    pub(super) kind: [u8; 4],
    pub(super) body: &'a [u8],
    pub(super) offset: u64,
    /// The checksum is the one of type and body.
    pub(super) sound: bool,
}

impl Chunk<'_> {
    /// Decoders must understand it: its first letter is upper case.
    pub(super) fn is_critical(&self) -> bool {
        self.kind.first().is_some_and(u8::is_ascii_uppercase)
    }

    /// The type as a report shows it.
    pub(super) fn name(&self) -> String {
        String::from_utf8_lossy(&self.kind).into_owned()
    }
}

/// All chunks up to IEND, and what follows it.
#[derive(Debug)]
pub(super) struct Chunks<'a> {
    pub(super) list: Vec<Chunk<'a>>,
    /// IEND was there.
    pub(super) ended: bool,
    pub(super) trailing: &'a [u8],
    pub(super) trailing_offset: u64,
}

/// Cuts the file into chunks. A file that ends inside a chunk ends before it.
pub(super) fn chunks<'a>(input: &'a [u8], budget: &Budget) -> Result<Chunks<'a>, Error> {
    let mut reader = Reader::new(input);
    reader.skip(SIGNATURE.len(), "signature")?;
    let mut list = Vec::new();
    while let Ok(chunk) = chunk(&mut reader) {
        budget.objects(1)?;
        if chunk.kind == *b"IEND" {
            let trailing_offset = reader.offset();
            return Ok(Chunks { list, ended: true, trailing: reader.rest(), trailing_offset });
        }
        list.push(chunk);
    }
    let trailing_offset = reader.offset();
    Ok(Chunks { list, ended: false, trailing: reader.rest(), trailing_offset })
}

fn chunk<'a>(reader: &mut Reader<'a>) -> Result<Chunk<'a>, Error> {
    let mut ahead = reader.clone();
    let offset = ahead.offset();
    let length = ahead.u32_be("chunk length")?;
    let kind = ahead.array::<4>("chunk type")?;
    if !kind.iter().all(u8::is_ascii_alphabetic) {
        return Err(malformed("chunk type", offset));
    }
    let body = ahead.take(length, "chunk body")?;
    let stated = ahead.u32_be("chunk checksum")?;
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(&kind);
    checksum.update(body);
    *reader = ahead;
    Ok(Chunk { kind, body, offset, sound: checksum.finalize() == stated })
}

/// IHDR.
pub(super) fn header(chunk: &Chunk<'_>) -> Result<PngHeader, Error> {
    let mut reader = Reader::at(chunk.body, chunk.offset + 8);
    let width = reader.u32_be("width")?;
    let height = reader.u32_be("height")?;
    let [bits, color, compression, filter, interlace] = reader.array("header")?;
    let color = match color {
        0 => Color::Grey,
        2 => Color::Rgb,
        3 => Color::Indexed,
        4 => Color::GreyAlpha,
        6 => Color::Rgba,
        _ => return Err(malformed("colour type", chunk.offset)),
    };
    let allowed: &[u8] = match color {
        Color::Grey => &[1, 2, 4, 8, 16],
        Color::Indexed => &[1, 2, 4, 8],
        _ => &[8, 16],
    };
    if !allowed.contains(&bits) {
        return Err(malformed("bit depth", chunk.offset));
    }
    if compression != 0 || filter != 0 || interlace > 1 || !reader.is_empty() {
        return Err(malformed("header", chunk.offset));
    }
    Ok(PngHeader { width, height, color, bits, interlaced: interlace == 1 })
}

/// fcTL: where a frame stands, how long, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameControl {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) delay: (u16, u16),
    pub(super) dispose: u8,
    pub(super) blend: u8,
}

/// Reads fcTL without its sequence number; `None` where a frame cannot be so.
pub(super) fn frame_control(body: &[u8], header: &PngHeader) -> Option<FrameControl> {
    let mut reader = Reader::new(body);
    reader.skip(4, "sequence number").ok()?;
    let mut next = || reader.u32_be("frame").ok();
    let (width, height, x, y) = (next()?, next()?, next()?, next()?);
    let delay = (reader.u16_be("delay").ok()?, reader.u16_be("delay").ok()?);
    let [dispose, blend] = reader.array("frame").ok()?;
    let inside = width > 0
        && height > 0
        && x.checked_add(width).is_some_and(|right| right <= header.width)
        && y.checked_add(height).is_some_and(|bottom| bottom <= header.height);
    (inside && dispose <= 2 && blend <= 1 && reader.is_empty()).then_some(FrameControl {
        width,
        height,
        x,
        y,
        delay,
        dispose,
        blend,
    })
}

/// The zlib stream of iCCP, behind the profile's name.
pub(super) fn profile_stream(body: &[u8]) -> Option<&[u8]> {
    let name = memchr::memchr(0, body.get(..80).unwrap_or(body))?;
    body.get(name + 1..)?.strip_prefix(&[0])
}

/// Eight numbers of cHRM.
pub(super) fn chromaticities(body: &[u8]) -> Option<[u32; 8]> {
    let (numbers, []) = body.as_chunks::<4>() else { return None };
    let numbers: [[u8; 4]; 8] = numbers.try_into().ok()?;
    Some(numbers.map(u32::from_be_bytes))
}
