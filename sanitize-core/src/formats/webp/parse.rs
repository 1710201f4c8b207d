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

/// The streams of one picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Streams<'a> {
    /// The transparency of a lossy picture.
    pub(super) alpha: Option<Chunk<'a>>,
    /// A VP8 or VP8L chunk.
    pub(super) image: Chunk<'a>,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl<'a> Streams<'a> {
    /// The picture in `image`, a VP8 or VP8L chunk, with the alpha before it.
    pub(super) fn new(alpha: Option<Chunk<'a>>, image: Chunk<'a>) -> Result<Self, Error> {
        let (width, height) = size(&image).ok_or(malformed("picture", image.offset))?;
        Ok(Self { alpha, image, width, height })
    }

    pub(super) fn is_lossy(&self) -> bool {
        self.image.kind == *b"VP8 "
    }
}

/// A frame of an animation.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    /// Of its chunk in the file.
    pub(super) offset: u64,
    pub(super) left: u32,
    pub(super) top: u32,
    /// Milliseconds.
    pub(super) duration: u32,
    /// Is laid over what it covers by its alpha, instead of replacing it.
    pub(super) blends: bool,
    /// Is cleared before the next.
    pub(super) disposes: bool,
    pub(super) picture: Streams<'a>,
    /// Chunks inside that are none of these, and where bytes are that are no chunk.
    pub(super) others: Vec<Chunk<'a>>,
}

/// The frame in an ANMF chunk, which must be of the size it states.
pub(super) fn frame<'a>(anmf: &Chunk<'a>, budget: &Budget) -> Result<Frame<'a>, Error> {
    let wrong = || malformed("frame", anmf.offset);
    let stated = size(anmf).ok_or_else(wrong)?;
    // The body stands behind eight bytes of chunk header.
    let mut reader = Reader::at(anmf.body, anmf.offset + 8);
    let mut u24 = |skip| {
        reader.skip(skip, "frame")?;
        let [low, middle, high] = reader.array::<3>("frame")?;
        Ok::<u32, Error>(u32::from_le_bytes([low, middle, high, 0]))
    };
    let (left, top, duration) = (u24(0)? * 2, u24(0)? * 2, u24(6)?);
    let flags = reader.u8("frame")?;
    let (mut alpha, mut image, mut others) = (None, None, Vec::new());
    while !reader.is_empty() {
        budget.objects(1)?;
        let Some(chunk) = chunk(&mut reader)? else { break };
        match &chunk.kind {
            b"ALPH" if alpha.is_none() && image.is_none() => alpha = Some(chunk),
            b"VP8 " | b"VP8L" if image.is_none() => {
                image = Some(chunk);
                // A lossless picture has alpha of its own.
                others.extend(alpha.take_if(|_| chunk.kind == *b"VP8L"));
            }
            _ => others.push(chunk),
        }
    }
    let picture = Streams::new(alpha, image.ok_or_else(wrong)?)?;
    if (picture.width, picture.height) != stated {
        return Err(wrong());
    }
    let (blends, disposes) = (flags & 2 == 0, flags & 1 != 0);
    Ok(Frame { offset: anmf.offset, left, top, duration, blends, disposes, picture, others })
}
