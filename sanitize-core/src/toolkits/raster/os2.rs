//! OS/2 bitmap arrays, icons and pointers: file headers that lead to device-independent bitmaps.
//!
//! An array holds the same picture for several screens, each behind a file header of its own. Icons and pointers
//! of one colour are a bitmap of twice the height, what is kept of the screen above what is turned over on it;
//! those with colours have such a bitmap and behind its header that of the colours.

use super::{Color, Dib, DibError, Raster, packed, read_dib};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// Bytes of a file header, and of what an array puts in front of each.
const HEADER: usize = 14;

/// What a file header says its bitmap is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Os2Kind {
    Bitmap,
    Icon,
    Pointer,
}

/// A file header in an array, or the only one of a file without.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Os2Element {
    pub(crate) kind: Os2Kind,
    /// Where the file header stands.
    pub(crate) offset: usize,
    /// A second header, with the colours, follows that of the masks.
    has_colors: bool,
    /// From the lower left.
    hot_spot: (u16, u16),
    /// Where the pixels start, from the start of the file.
    pixels: usize,
}

/// The file headers of an OS/2 file.
#[derive(Debug)]
pub(crate) struct Os2File {
    pub(crate) elements: Vec<Os2Element>,
    /// Where the chain of an array leads out of the file, or back.
    pub(crate) broken_chain: Option<usize>,
    /// What the array's own headers take.
    pub(crate) ranges: Vec<(usize, usize)>,
}

/// A decoded bitmap, and the parts of the file that it takes.
#[derive(Debug)]
pub(crate) struct Os2Bitmap {
    pub(crate) dib: Dib,
    /// From the upper left; only of icons and pointers.
    pub(crate) hot_spot: (u16, u16),
    pub(crate) ranges: Vec<(usize, usize)>,
}

/// What the file is for, by its first file header; `None` for what is no OS/2 file. A bitmap outside an array is
/// not told from one of Windows, and left to who reads those.
pub(crate) fn os2_kind(input: &[u8]) -> Option<Os2Kind> {
    let start = if input.starts_with(b"BA") { HEADER } else { 0 };
    let element = element(input, start).ok()?;
    // Two letters begin many a text; a bitmap's header has one plane and says its size.
    let mut reader = Reader::new(input.get(start + HEADER..)?);
    let length = reader.u32_le("header size").ok()?;
    reader.skip(if length == 12 { 4_u8 } else { 8 }, "size").ok()?;
    let is_header = matches!(length, 12 | 16..=64) && reader.u16_le("planes").ok()? == 1;
    (is_header && (start > 0 || element.kind != Os2Kind::Bitmap)).then_some(element.kind)
}

/// Reads the file headers. An array's chain only leads onwards, as its writers wrote it.
pub(crate) fn os2_file(input: &[u8], budget: &Budget) -> Result<Os2File, Error> {
    let mut file = Os2File { elements: Vec::new(), broken_chain: None, ranges: Vec::new() };
    if !input.starts_with(b"BA") {
        file.elements.push(element(input, 0)?);
        return Ok(file);
    }
    let mut at = 0;
    loop {
        budget.objects(1)?;
        let mut reader = Reader::new(input);
        let read = reader.seek(at, "array").and_then(|()| reader.array::<2>("array"));
        if read.ok() != Some(*b"BA") {
            file.broken_chain = Some(at);
            break;
        }
        reader.skip(4, "array header size")?;
        let next = reader.u32_le("next array header")? as usize;
        reader.skip(4, "screen")?;
        file.ranges.push((at, reader.position()));
        match element(input, reader.position()) {
            Ok(element) => file.elements.push(element),
            Err(_) => file.broken_chain = Some(at),
        }
        if next == 0 {
            break;
        }
        if next <= at {
            file.broken_chain = Some(at);
            break;
        }
        at = next;
    }
    if file.elements.is_empty() { Err(malformed("bitmap array", 0)) } else { Ok(file) }
}

fn element(input: &[u8], offset: usize) -> Result<Os2Element, Error> {
    let mut reader = Reader::new(input);
    reader.seek(offset, "file header")?;
    let (kind, has_colors) = match &reader.array("kind of bitmap")? {
        b"BM" => (Os2Kind::Bitmap, false),
        b"IC" => (Os2Kind::Icon, false),
        b"CI" => (Os2Kind::Icon, true),
        b"PT" => (Os2Kind::Pointer, false),
        b"CP" => (Os2Kind::Pointer, true),
        _ => return Err(malformed("kind of bitmap", offset as u64)),
    };
    reader.skip(4, "size")?;
    let hot_spot = (reader.u16_le("hot spot")?, reader.u16_le("hot spot")?);
    let pixels = reader.u32_le("start of pixels")? as usize;
    Ok(Os2Element { kind, offset, has_colors, hot_spot, pixels })
}

/// Width and height of the bitmap, both as its header claims; zero where it cannot be read. Bitmaps of an array
/// may share their bytes, so that only their sizes bound what reading all of them costs.
pub(crate) fn os2_size(input: &[u8], element: &Os2Element) -> (u32, u32) {
    size_at(input, element.offset + HEADER).unwrap_or((0, 0))
}

fn size_at(input: &[u8], header: usize) -> Option<(u32, u32)> {
    let mut reader = Reader::new(input.get(header..)?);
    let is_short = reader.u32_le("header size").ok()? == 12;
    let mut side = || match is_short {
        true => reader.u16_le("size").map(u32::from),
        false => reader.i32_le("size").map(i32::unsigned_abs),
    };
    Some((side().ok()?, side().ok()?))
}

/// Reads a bitmap; its positions count from its header.
pub(crate) fn read_os2_bitmap(
    input: &[u8],
    element: &Os2Element,
    budget: &Budget,
) -> Result<Os2Bitmap, DibError> {
    let start = element.offset + HEADER;
    let header = input.get(start..).unwrap_or_default();
    // Pixels may stand anywhere behind the header; where none are said to be, they follow it.
    let pixels = element.pixels.checked_sub(start).filter(|from| *from < header.len());
    let dib = read_dib(header, pixels, false, budget)?;
    let ranges = vec![
        (element.offset, start + dib.pixels_by_layout.min(dib.start)),
        (start + dib.start, start + dib.end),
    ];
    Ok(Os2Bitmap { dib, hot_spot: (0, 0), ranges })
}

/// Reads an icon or pointer: colours, or black and white, with the mask beside them.
pub(crate) fn read_os2_icon(
    input: &[u8],
    element: &Os2Element,
    budget: &Budget,
) -> Result<Os2Bitmap, DibError> {
    let Os2Bitmap { dib: masks, mut ranges, .. } = read_os2_bitmap(input, element, budget)?;
    let broken = || malformed("masks of an icon", element.offset as u64);
    if masks.raster.bits != 1 || masks.raster.color != Color::Indexed || masks.raster.height % 2 != 0 {
        return Err(broken().into());
    }
    let (width, height) = (masks.raster.width as usize, masks.raster.height / 2);
    let stride = masks.raster.stride();
    let (kept, turned) = masks.raster.samples.split_at(stride * height as usize);
    let mut mask = budget.reserve(width as u64 * u64::from(height))?;
    for row in kept.chunks_exact(stride.max(1)) {
        mask.extend(packed(row, 1).take(width));
    }
    let mut dib = if element.has_colors {
        let second = self::element(input, element.offset + HEADER + masks.pixels_by_layout)?;
        if !second.has_colors || os2_size(input, &second) != (masks.raster.width, height) {
            return Err(broken().into());
        }
        let Os2Bitmap { mut dib, ranges: more, .. } = read_os2_bitmap(input, &second, budget)?;
        ranges.extend(more);
        let turned = turned.chunks_exact(stride.max(1)).flat_map(|row| packed(row, 1).take(width));
        clear_masked(&mut dib, mask.iter().copied().zip(turned));
        dib
    } else {
        let samples = turned.to_vec();
        Dib { raster: Raster { height, samples, ..masks.raster }, ..masks }
    };
    dib.mask = Some(mask);
    let (x, y) = element.hot_spot;
    let from_top = u16::try_from(height).unwrap_or(u16::MAX).saturating_sub(1).saturating_sub(y);
    Ok(Os2Bitmap { dib, hot_spot: (x, from_top), ranges })
}

/// Makes pixels black where the screen is kept and white where it is turned over: OS/2 does not look at their
/// colour, and Windows turns the screen over by it. A palette without the two is left as it is.
fn clear_masked(dib: &mut Dib, masks: impl Iterator<Item = (u8, u8)>) {
    let Dib { raster, palette, .. } = dib;
    if raster.color == Color::Indexed {
        let index = |color: [u8; 3]| palette.as_chunks::<3>().0.iter().position(|entry| *entry == color);
        let colors = [index([0; 3]), index([255; 3])];
        let (bits, width, stride) = (usize::from(raster.bits), raster.width as usize, raster.stride());
        for (place, (kept, turned)) in masks.enumerate() {
            let color = colors.get(usize::from(turned)).copied().flatten();
            let (y, x) = (place / width.max(1), place % width.max(1) * bits);
            if let (1, Some(color), Some(byte)) = (kept, color, raster.samples.get_mut(y * stride + x / 8)) {
                let shift = 8 - bits - x % 8;
                let field = ((1_u16 << bits) - 1) as u8;
                *byte = *byte & !(field << shift) | (color as u8 & field) << shift;
            }
        }
    } else {
        let pixel = raster.pixel_bytes();
        for (pixel, (kept, turned)) in raster.samples.chunks_exact_mut(pixel).zip(masks) {
            if kept == 1 {
                pixel.fill(turned * 255);
            }
        }
    }
}

/// Whether bytes of the file are in none of the ranges before the end of the last, and where that is.
pub(crate) fn uncovered(mut ranges: Vec<(usize, usize)>) -> (bool, usize) {
    ranges.sort_unstable();
    ranges
        .into_iter()
        .fold((false, 0), |(gap, covered), (start, end)| (gap || start > covered, covered.max(end)))
}
