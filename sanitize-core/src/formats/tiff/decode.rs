//! Strips and tiles → samples in rows.

use std::borrow::Cow;

use super::{
    parse::Directory,
    unpack::{fax, inflate, jpeg, lzw, pack_bits, webp},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// A compression that libtiff added.
const WEBP: u64 = 50_001;

/// How the samples of a page are laid out and packed.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Of a sample once it is read.
    pub(super) bits: u8,
    /// Of a sample as it is stored: 10, 12 and 14 are read as the upper ones of 16.
    stored_bits: u8,
    pub(super) channels: usize,
    pub(super) photometric: u64,
    pub(super) compression: u64,
    predictor: u64,
    /// Of a group 3 fax: rows may be coded as differences from the one above.
    pub(super) two_dimensional: bool,
    pub(super) reversed_bits: bool,
    planar: bool,
    tiled: bool,
    /// Width and height of a strip or tile.
    chunk: (u32, u32),
    chunks: Vec<(u64, u64)>,
    /// How much coarser chroma is sampled across and down.
    chroma: (usize, usize),
    big_endian: bool,
}

/// Reads the layout of a page.
pub(super) fn layout(directory: &Directory<'_>, big_endian: bool, budget: &Budget) -> Result<Layout, Error> {
    let here = directory.offset;
    let number = |tag, default| Ok(directory.number(tag, budget)?.unwrap_or(default));
    let side = |value: u64, what| u32::try_from(value).map_err(|_| malformed(what, here));
    let width = side(number(256, 0)?, "width")?;
    let height = side(number(257, 0)?, "height")?;
    let channels = usize::try_from(number(277, 1)?).unwrap_or(usize::MAX);
    let bits = directory.numbers(258, budget)?;
    let depth = bits.first().copied().unwrap_or(1);
    if bits.iter().any(|other| *other != depth) {
        return Err(Error::Unsupported("samples of different depths"));
    }
    if !matches!(depth, 1 | 2 | 4 | 8 | 10 | 12 | 14 | 16 | 32) || !(1..=8).contains(&channels) {
        return Err(Error::Unsupported("samples of this depth"));
    }
    // Some programs write the places of tiles as those of strips; what there are is what has a size.
    let has = |tag| directory.bytes(tag).is_some();
    let tiled = has(324) || has(322) && has(323);
    let (offsets, counts, chunk) = if tiled {
        let chunk = (side(number(322, 0)?, "tile width")?, side(number(323, 0)?, "tile height")?);
        let places = if has(324) { (324, 325) } else { (273, 279) };
        (directory.numbers(places.0, budget)?, directory.numbers(places.1, budget)?, chunk)
    } else {
        let rows = number(278, height.into())?.clamp(1, u64::from(height.max(1))) as u32;
        (directory.numbers(273, budget)?, directory.numbers(279, budget)?, (width, rows))
    };
    let chroma = directory.numbers(530, budget)?;
    let chroma = |index: usize| chroma.get(index).map_or(2, |factor| (*factor).clamp(1, 4) as usize);
    let missing = u64::MAX;
    Ok(Layout {
        width,
        height,
        bits: if (10..=14).contains(&depth) { 16 } else { depth as u8 },
        stored_bits: depth as u8,
        channels,
        // Fax without a word about it has white as zero.
        photometric: number(262, if (2..=4).contains(&number(259, 1)?) { 0 } else { 1 })?,
        compression: number(259, 1)?,
        predictor: number(317, 1)?,
        reversed_bits: number(266, 1)? == 2,
        two_dimensional: number(292, 0)? & 1 == 1,
        planar: number(284, 1)? == 2 && channels > 1,
        tiled,
        chunk,
        chunks: offsets
            .iter()
            .enumerate()
            // Old programs leave the lengths out, or write zero for them.
            .map(|(index, offset)| (*offset, counts.get(index).copied().filter(|count| *count > 0)))
            .map(|(offset, count)| (offset, count.unwrap_or(missing)))
            .collect(),
        chroma: (chroma(0), chroma(1)),
        big_endian,
    })
}

impl Layout {
    /// Bytes of all samples, their rows filled to bytes.
    pub(super) fn size(&self) -> u64 {
        self.row(self.width, self.channels) * u64::from(self.height)
    }

    pub(super) fn bits_per_pixel(&self) -> u32 {
        u32::try_from(self.channels).unwrap_or(u32::MAX).saturating_mul(self.bits.into())
    }

    /// Where the last strip or tile ends.
    pub(super) fn end(&self) -> u64 {
        self.chunks.iter().map(|(offset, length)| offset.saturating_add(*length)).max().unwrap_or(0)
    }

    pub(super) fn row(&self, width: u32, channels: usize) -> u64 {
        (u64::from(width) * channels as u64 * u64::from(self.bits)).div_ceil(8)
    }

    /// Samples have more bits than the file gives them.
    pub(super) fn is_widened(&self) -> bool {
        self.bits != self.stored_bits
    }

    /// Bytes of a row as it is stored.
    fn stored_row(&self, width: u32, channels: usize) -> u64 {
        (u64::from(width) * channels as u64 * u64::from(self.stored_bits)).div_ceil(8)
    }

    /// One pair of chroma for several pixels; with JPEG that is the JPEG's business.
    fn is_subsampled(&self) -> bool {
        self.photometric == 6 && !self.is_jpeg() && self.compression != WEBP && self.chroma != (1, 1)
    }

    /// Rows of each strip but the last, unless there are tiles or planes. The size is one that can be.
    pub(super) fn rows_of_strips(&self) -> Option<u32> {
        let (width, rows) = self.chunk;
        (width == self.width && rows > 0 && width > 0 && self.height > 0 && !self.tiled && !self.planar)
            .then_some(rows)
    }

    /// Where the strips or tiles lie, and how long they are.
    pub(super) fn chunks(&self) -> &[(u64, u64)] {
        &self.chunks
    }

    /// Whether samples are stored as differences, if they are otherwise stored as they are written.
    pub(super) fn is_plain(&self) -> Option<bool> {
        let is_plain = matches!(self.photometric, 1 | 2 | 3 | 5)
            && (self.bits == 8 || self.bits == 16 && !self.big_endian)
            && !self.is_widened()
            && !self.reversed_bits;
        match self.predictor {
            1 if is_plain => Some(false),
            2 if is_plain => Some(true),
            _ => None,
        }
    }

    /// JPEG says itself how its colours are coded; what comes out of it is RGB.
    pub(super) fn is_jpeg(&self) -> bool {
        self.compression == 7
    }
}

/// The samples of a page in rows, big-endian, channels together. The caller has checked the size.
pub(super) fn samples(
    input: &[u8],
    layout: &Layout,
    jpeg_tables: Option<&[u8]>,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let (chunk_width, chunk_height) = layout.chunk;
    if chunk_width == 0 || chunk_height == 0 {
        return Err(malformed("tile size", 0));
    }
    let (across, down) = (layout.width.div_ceil(chunk_width), layout.height.div_ceil(chunk_height));
    let planes = if layout.planar { layout.channels } else { 1 };
    let needed = u64::from(across) * u64::from(down) * planes as u64;
    // A strip or tile may be larger than the page, but not by more than a page's worth.
    let area = u64::from(chunk_width) * u64::from(chunk_height);
    if (layout.chunks.len() as u64) < needed
        || area > (u64::from(layout.width) + 2_048) * (u64::from(layout.height) + 2_048)
    {
        return Err(malformed("number of strips", 0));
    }
    let size = usize::try_from(layout.size()).unwrap_or(usize::MAX);
    let mut output = budget.reserve(size as u64)?;
    let tiled = across > 1 || chunk_width != layout.width;
    let in_order = !tiled && planes == 1;
    if !in_order {
        output.resize(size, 0);
    }
    let channels = if layout.planar { 1 } else { layout.channels };
    let packed_tiles = layout.bits < 8 && across > 1;
    if packed_tiles && !(u64::from(chunk_width) * u64::from(layout.bits)).is_multiple_of(8) {
        return Err(malformed("tile width", 0));
    }
    if layout.planar && layout.bits < 8 {
        return Err(Error::Unsupported("planes of fewer than 8 bits"));
    }
    for plane in 0..planes {
        for place in 0..across * down {
            budget.check()?;
            let (left, top) = (place % across * chunk_width, place / across * chunk_height);
            let index = plane * (across * down) as usize + place as usize;
            let Some((offset, length)) = layout.chunks.get(index).copied() else { continue };
            let start = usize::try_from(offset).unwrap_or(usize::MAX);
            let stop = usize::try_from(offset.saturating_add(length)).unwrap_or(usize::MAX).min(input.len());
            let body = input.get(start..stop).ok_or_else(|| malformed("strip", offset))?;
            // Strips end with the page; tiles are always whole.
            let rows = if tiled { chunk_height } else { chunk_height.min(layout.height - top) };
            let plain = if plane > 0 && layout.is_subsampled() {
                Cow::Owned(chroma_plane(body, layout, chunk_width, rows, budget)?)
            } else {
                chunk(body, layout, channels, chunk_width, rows, jpeg_tables, budget)?
            };
            if in_order {
                let end = output.len() + layout.row(chunk_width, channels) as usize * rows as usize;
                output.extend_from_slice(plain.get(..plain.len().min(end - output.len())).unwrap_or(&plain));
                output.resize(end, 0);
            } else {
                place_rows(&plain, layout, channels, plane, (left, top), rows, &mut output);
            }
        }
    }
    output.resize(size, 0);
    Ok(output)
}

/// Puts the rows of one strip or tile in their places.
fn place_rows(
    plain: &[u8],
    layout: &Layout,
    channels: usize,
    plane: usize,
    (left, top): (u32, u32),
    rows: u32,
    output: &mut [u8],
) {
    let stride = layout.row(layout.width, layout.channels) as usize;
    let source = layout.row(layout.chunk.0, channels) as usize;
    let width = layout.chunk.0.min(layout.width - left);
    let used = layout.row(width, channels) as usize;
    for (y, row) in (top..layout.height).zip(plain.chunks(source.max(1)).take(rows as usize)) {
        let row = row.get(..used.min(row.len())).unwrap_or_default();
        if layout.planar {
            let bytes = usize::from(layout.bits / 8);
            let pixel = bytes * layout.channels;
            let start = y as usize * stride + left as usize * pixel + plane * bytes;
            let places = output.get_mut(start..).unwrap_or_default();
            for (sample, place) in row.chunks_exact(bytes).zip(places.chunks_mut(pixel)) {
                if let Some(place) = place.get_mut(..bytes) {
                    place.copy_from_slice(sample);
                }
            }
        } else {
            let start = y as usize * stride + layout.row(left, channels) as usize;
            if let Some(place) = output.get_mut(start..start + row.len()) {
                place.copy_from_slice(row);
            }
        }
    }
}

/// One strip or tile, unpacked to `rows` rows of `width` pixels.
fn chunk<'a>(
    body: &'a [u8],
    layout: &Layout,
    channels: usize,
    width: u32,
    rows: u32,
    jpeg_tables: Option<&[u8]>,
    budget: &Budget,
) -> Result<Cow<'a, [u8]>, Error> {
    let row = layout.stored_row(width, channels);
    let in_blocks = layout.is_subsampled() && !layout.planar;
    let size = if in_blocks {
        let (across, down) = layout.chroma;
        let blocks = (width as usize).div_ceil(across) * (rows as usize).div_ceil(down);
        (blocks * (across * down + 2)) as u64
    } else {
        row * u64::from(rows)
    };
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let is_as_stored = layout.compression == 1
        && layout.predictor == 1
        && !in_blocks
        && !layout.is_widened()
        && !layout.reversed_bits
        && (layout.bits <= 8 || layout.big_endian);
    if is_as_stored && let Some(samples) = body.get(..size) {
        return Ok(Cow::Borrowed(samples));
    }
    let mut reversed = Vec::new();
    let body = if layout.reversed_bits {
        reversed.extend(body.iter().map(|byte| byte.reverse_bits()));
        reversed.as_slice()
    } else {
        body
    };
    let mut plain = match layout.compression {
        1 => body.get(..size).unwrap_or(body).to_vec(),
        2..=4 => return fax(body, layout, width, rows, budget).map(Cow::Owned),
        5 => lzw(body, size, budget)?,
        8 | 32_946 => inflate(body, size, budget)?,
        32_773 => pack_bits(body, size, budget)?,
        7 => return jpeg(body, layout, channels, width, rows, jpeg_tables, budget).map(Cow::Owned),
        WEBP => return webp(body, layout, channels, width, rows, budget).map(Cow::Owned),
        _ => return Err(Error::Unsupported("a TIFF compression this engine does not read")),
    };
    // Many writers leave out the end of the last strip; a page of which most is missing is broken.
    if plain.len() < size / 2 {
        return Err(malformed("strip cut short", plain.len() as u64));
    }
    plain.resize(size, 0);
    if in_blocks {
        return Ok(Cow::Owned(spread_chroma(&plain, width as usize, rows as usize, layout.chroma)));
    }
    if layout.is_widened() {
        let row = row as usize;
        let mut wide = budget.reserve(layout.row(width, channels).saturating_mul(rows.into()))?;
        plain
            .chunks_exact(row.max(1))
            .for_each(|line| unpack_samples(line, layout, width, channels, &mut wide));
        predict(&mut wide, layout, channels, layout.row(width, channels) as usize)?;
        fill_upper_bits(&mut wide, layout.stored_bits);
        return Ok(Cow::Owned(wide));
    }
    to_big_endian(&mut plain, layout);
    predict(&mut plain, layout, channels, row as usize)?;
    Ok(Cow::Owned(plain))
}

/// Samples of 10 to 14 bits, most significant bit first, as big-endian numbers of 16.
fn unpack_samples(line: &[u8], layout: &Layout, width: u32, channels: usize, wide: &mut Vec<u8>) {
    let bits = u32::from(layout.stored_bits);
    let (mut held, mut count) = (0_u32, 0);
    let mut bytes = line.iter();
    for _ in 0..width as usize * channels {
        while count < bits {
            held = held << 8 | u32::from(bytes.next().copied().unwrap_or(0));
            count += 8;
        }
        count -= bits;
        wide.extend_from_slice(&((held >> count) as u16).to_be_bytes());
        held &= (1 << count) - 1;
    }
}

/// Numbers of `bits` bits in 16, spread so that the largest is the largest.
fn fill_upper_bits(wide: &mut [u8], bits: u8) {
    for sample in wide.as_chunks_mut::<2>().0 {
        // What differences carried over is not of the sample.
        let value = u16::from_be_bytes(*sample) << (16 - bits);
        *sample = (value | value >> bits).to_be_bytes();
    }
}

/// A plane of chroma with fewer samples than pixels → one for each pixel.
fn chroma_plane(
    body: &[u8],
    layout: &Layout,
    width: u32,
    rows: u32,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let (across, down) = layout.chroma;
    let (columns, lines) = ((width as usize).div_ceil(across), (rows as usize).div_ceil(down));
    let coarse = chunk(body, layout, 1, columns as u32, lines as u32, None, budget)?;
    let mut output = budget.reserve(u64::from(width) * u64::from(rows))?;
    for y in 0..rows as usize {
        let start = y / down * columns;
        let line = coarse.get(start..start + columns).unwrap_or_default();
        output
            .extend(line.iter().flat_map(|sample| std::iter::repeat_n(*sample, across)).take(width as usize));
    }
    Ok(output)
}

fn to_big_endian(plain: &mut [u8], layout: &Layout) {
    // A floating-point predictor has put the bytes in its own order.
    if layout.big_endian || layout.bits < 16 || layout.predictor == 3 {
        return;
    }
    plain.chunks_exact_mut(usize::from(layout.bits / 8)).for_each(<[u8]>::reverse);
}

fn predict(plain: &mut [u8], layout: &Layout, channels: usize, row: usize) -> Result<(), Error> {
    match (layout.predictor, layout.bits) {
        (1, _) => (),
        (2, 8) => match channels {
            1 => add_left(plain, row, |[a], [x]| [a.wrapping_add(x)]),
            3 => add_left(plain, row, |[a, b, c], [x, y, z]| {
                [a.wrapping_add(x), b.wrapping_add(y), c.wrapping_add(z)]
            }),
            _ => {
                for line in plain.chunks_mut(row.max(1)) {
                    for at in channels..line.len() {
                        let left = line.get(at - channels).copied().unwrap_or(0);
                        if let Some(sample) = line.get_mut(at) {
                            *sample = sample.wrapping_add(left);
                        }
                    }
                }
            }
        },
        (2, 16) => {
            for line in plain.chunks_mut(row.max(1)) {
                let samples = line.as_chunks_mut::<2>().0;
                for at in channels..samples.len() {
                    let left = samples.get(at - channels).copied().map_or(0, u16::from_be_bytes);
                    if let Some(sample) = samples.get_mut(at) {
                        *sample = u16::from_be_bytes(*sample).wrapping_add(left).to_be_bytes();
                    }
                }
            }
        }
        (2, 32) => {
            for line in plain.chunks_mut(row.max(1)) {
                let samples = line.as_chunks_mut::<4>().0;
                for at in channels..samples.len() {
                    let left = samples.get(at - channels).copied().map_or(0, u32::from_be_bytes);
                    if let Some(sample) = samples.get_mut(at) {
                        *sample = u32::from_be_bytes(*sample).wrapping_add(left).to_be_bytes();
                    }
                }
            }
        }
        (3, 16 | 32) => {
            // Bytes of one significance stand together, most significant first, each as a difference.
            let bytes = usize::from(layout.bits / 8);
            for line in plain.chunks_mut(row.max(1)) {
                for at in channels..line.len() {
                    let left = line.get(at - channels).copied().unwrap_or(0);
                    if let Some(byte) = line.get_mut(at) {
                        *byte = byte.wrapping_add(left);
                    }
                }
                let apart = line.to_vec();
                let samples = line.len() / bytes;
                for (index, sample) in line.chunks_exact_mut(bytes).enumerate() {
                    for (place, byte) in sample.iter_mut().enumerate() {
                        *byte = apart.get(place * samples + index).copied().unwrap_or(0);
                    }
                }
            }
        }
        _ => return Err(Error::Unsupported("a TIFF predictor this engine does not read")),
    }
    Ok(())
}

/// Differences of pixels of `N` bytes from those to their left → pixels.
fn add_left<const N: usize>(plain: &mut [u8], row: usize, add: impl Fn([u8; N], [u8; N]) -> [u8; N]) {
    for line in plain.chunks_mut(row.max(1)) {
        let mut left = [0; N];
        for pixel in line.as_chunks_mut::<N>().0 {
            left = add(left, *pixel);
            *pixel = left;
        }
    }
}

/// Blocks of luma with one pair of chroma each → three samples for each pixel.
fn spread_chroma(plain: &[u8], width: usize, rows: usize, (across, down): (usize, usize)) -> Vec<u8> {
    let mut output = vec![0; width * rows * 3];
    let columns = width.div_ceil(across);
    for (index, block) in plain.chunks_exact(across * down + 2).enumerate() {
        let (left, top) = (index % columns * across, index / columns * down);
        let (luma, chroma) = block.split_at(across * down);
        for (place, sample) in luma.iter().enumerate() {
            let (x, y) = (left + place % across, top + place / across);
            let start = (y * width + x) * 3;
            if x < width
                && let (Some(pixel), [blue, red]) = (output.get_mut(start..start + 3), chroma)
            {
                pixel.copy_from_slice(&[*sample, *blue, *red]);
            }
        }
    }
    output
}
