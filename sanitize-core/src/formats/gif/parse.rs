//! The blocks of a GIF (GIF89a), as they stand in the file.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// The logical screen.
#[derive(Clone, Debug)]
pub(super) struct Screen<'a> {
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) background: u8,
    pub(super) aspect: u8,
    pub(super) palette: Option<&'a [u8]>,
}

/// A graphic control extension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Control {
    pub(super) dispose: u8,
    pub(super) waits_for_input: bool,
    pub(super) delay: u16,
    pub(super) transparent: Option<u8>,
}

/// An image descriptor with its data.
#[derive(Clone, Debug)]
pub(super) struct Picture<'a> {
    pub(super) left: u16,
    pub(super) top: u16,
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) interlaced: bool,
    pub(super) palette: Option<&'a [u8]>,
    pub(super) code_size: u8,
    /// The LZW stream, its sub-blocks joined.
    pub(super) stream: Vec<u8>,
    pub(super) offset: u64,
}

/// A block behind the screen descriptor.
#[derive(Clone, Debug)]
pub(super) enum Block<'a> {
    Control(Control),
    Picture(Picture<'a>),
    /// How often the animation plays; 0 is for ever.
    Loop(u16),
    /// Any other extension: its label, and for applications their name.
    Extension {
        label: u8,
        application: &'a [u8],
        offset: u64,
    },
}

/// A GIF as it stands in the file.
#[derive(Debug)]
pub(super) struct Blocks<'a> {
    pub(super) screen: Screen<'a>,
    pub(super) list: Vec<Block<'a>>,
    /// What stands behind the trailer, or at what is no block.
    pub(super) trailing: &'a [u8],
    pub(super) trailing_offset: u64,
}

/// Cuts the file into blocks. A file that ends inside a block ends before it, or with the data that is there.
pub(super) fn blocks<'a>(input: &'a [u8], budget: &Budget) -> Result<Blocks<'a>, Error> {
    let mut reader = Reader::new(input);
    reader.skip(6, "signature")?;
    let width = reader.u16_le("screen width")?;
    let height = reader.u16_le("screen height")?;
    let [flags, background, aspect] = reader.array("screen descriptor")?;
    let palette = palette(&mut reader, flags)?;
    let screen = Screen { width, height, background, aspect, palette };
    let mut list = Vec::new();
    loop {
        budget.objects(1)?;
        let mut ahead = reader.clone();
        match block(&mut ahead, budget) {
            Ok(Some(block)) => list.push(block),
            Ok(None) => {
                let ended = reader.peek(1) == Some(b";");
                let behind = if ended { ahead } else { reader };
                let trailing_offset = behind.offset();
                return Ok(Blocks { screen, list, trailing: behind.rest(), trailing_offset });
            }
            Err(Error::Malformed { .. }) => {
                return Ok(Blocks { screen, list, trailing: &[], trailing_offset: reader.offset() });
            }
            Err(other) => return Err(other),
        }
        reader = ahead;
    }
}

fn palette<'a>(reader: &mut Reader<'a>, flags: u8) -> Result<Option<&'a [u8]>, Error> {
    if flags & 0x80 == 0 {
        return Ok(None);
    }
    reader.take(3_usize << ((flags & 7) + 1), "colour table").map(Some)
}

fn block<'a>(reader: &mut Reader<'a>, budget: &Budget) -> Result<Option<Block<'a>>, Error> {
    // Some writers leave empty sub-blocks between blocks.
    while reader.peek(1) == Some(&[0]) {
        reader.skip(1, "filling")?;
    }
    let offset = reader.offset();
    match reader.u8("block")? {
        0x21 => extension(reader, offset, budget).map(Some),
        0x2c => picture(reader, offset, budget).map(Some),
        _ => Ok(None),
    }
}

fn extension<'a>(reader: &mut Reader<'a>, offset: u64, budget: &Budget) -> Result<Block<'a>, Error> {
    let label = reader.u8("extension label")?;
    let first = if reader.peek(1) == Some(&[0]) { &[] } else { sub_block(reader)? };
    let second = if first.is_empty() || reader.peek(1) == Some(&[0]) { &[] } else { sub_block(reader)? };
    while reader.peek(1) != Some(&[0]) {
        budget.objects(1)?;
        sub_block(reader)?;
    }
    reader.skip(1, "block terminator")?;
    Ok(match (label, first, second) {
        (0xf9, [flags, low, high, transparent], []) => Block::Control(Control {
            dispose: (flags >> 2) & 7,
            waits_for_input: flags & 2 != 0,
            delay: u16::from_le_bytes([*low, *high]),
            transparent: (flags & 1 != 0).then_some(*transparent),
        }),
        (0xff, b"NETSCAPE2.0" | b"ANIMEXTS1.0", [1, low, high]) => {
            Block::Loop(u16::from_le_bytes([*low, *high]))
        }
        (0xff, application, _) => Block::Extension { label, application, offset },
        _ => Block::Extension { label, application: &[], offset },
    })
}

fn sub_block<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Error> {
    let length = reader.u8("sub-block length")?;
    reader.take(length, "sub-block")
}

fn picture<'a>(reader: &mut Reader<'a>, offset: u64, budget: &Budget) -> Result<Block<'a>, Error> {
    let left = reader.u16_le("image left")?;
    let top = reader.u16_le("image top")?;
    let width = reader.u16_le("image width")?;
    let height = reader.u16_le("image height")?;
    let flags = reader.u8("image flags")?;
    let palette = palette(reader, flags)?;
    let code_size = reader.u8("LZW code size")?;
    if !(1..=11).contains(&code_size) {
        return Err(malformed("LZW code size", offset));
    }
    let mut stream = Vec::new();
    while let Some([length]) = reader.peek(1) {
        budget.objects(1)?;
        reader.skip(1, "sub-block length")?;
        if *length == 0 {
            break;
        }
        let whole = usize::from(*length).min(reader.remaining());
        stream.extend_from_slice(reader.take(whole, "sub-block")?);
    }
    let interlaced = flags & 0x40 != 0;
    Ok(Block::Picture(Picture { left, top, width, height, interlaced, palette, code_size, stream, offset }))
}
