//! The chunks of a WebP (RFC 9649).

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// One chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chunk<'a> {
    pub(super) kind: [u8; 4],
    pub(super) body: &'a [u8],
    pub(super) offset: u64,
}

/// A WebP as it stands in the file.
#[derive(Debug)]
pub(super) struct Chunks<'a> {
    pub(super) list: Vec<Chunk<'a>>,
    pub(super) trailing: &'a [u8],
    pub(super) trailing_offset: u64,
}

/// Cuts the file into chunks. The last one may be cut short by the end of the file.
pub(super) fn chunks<'a>(input: &'a [u8], budget: &Budget) -> Result<Chunks<'a>, Error> {
    let mut reader = Reader::new(input);
    reader.skip(4, "signature")?;
    let size = reader.u32_le("file size")? as usize;
    reader.skip(4, "signature")?;
    let end = size.saturating_add(8).min(input.len());
    let mut list = Vec::new();
    while reader.position() < end {
        budget.objects(1)?;
        let Some(chunk) = chunk(&mut reader)? else { break };
        list.push(chunk);
    }
    if list.is_empty() {
        return Err(malformed("no chunk", 12));
    }
    Ok(Chunks { list, trailing: reader.rest(), trailing_offset: reader.offset() })
}

/// The next chunk, cut short where the bytes are; nothing where they do not hold a header.
pub(super) fn chunk<'a>(reader: &mut Reader<'a>) -> Result<Option<Chunk<'a>>, Error> {
    let offset = reader.offset();
    let Ok(kind) = reader.array::<4>("chunk type") else { return Ok(None) };
    let Ok(length) = reader.u32_le("chunk size") else { return Ok(None) };
    let body = reader.take((length as usize).min(reader.remaining()), "chunk")?;
    if length % 2 == 1 && !reader.is_empty() {
        reader.skip(1, "filling")?;
    }
    Ok(Some(Chunk { kind, body, offset }))
}

/// Width and height of the picture in a VP8, VP8L, VP8X or ANMF chunk.
pub(super) fn size(chunk: &Chunk<'_>) -> Option<(u32, u32)> {
    let mut reader = Reader::new(chunk.body);
    let u24 = |reader: &mut Reader<'_>| {
        reader
            .array::<3>("size")
            .ok()
            .map(|[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]) + 1)
    };
    match &chunk.kind {
        b"VP8 " => {
            reader.skip(6, "frame header").ok()?;
            let side =
                |reader: &mut Reader<'_>| reader.u16_le("size").ok().map(|side| u32::from(side & 0x3fff));
            Some((side(&mut reader)?, side(&mut reader)?))
        }
        b"VP8L" => {
            reader.skip(1, "signature").ok()?;
            let bits = reader.u32_le("size").ok()?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => {
            reader.skip(4, "flags").ok()?;
            Some((u24(&mut reader)?, u24(&mut reader)?))
        }
        b"ANMF" => {
            reader.skip(6, "place").ok()?;
            Some((u24(&mut reader)?, u24(&mut reader)?))
        }
        _ => None,
    }
}
