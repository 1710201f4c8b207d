//! The parts of PNG that know only samples: rows out of a zlib stream, rows into one, chunks with checksums.

use flate2::{Decompress, FlushDecompress, Status};

use super::{Color, Raster};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::codec::repack,
};

/// What IHDR says of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PngHeader {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) color: Color,
    pub(crate) bits: u8,
    pub(crate) interlaced: bool,
}

impl PngHeader {
    pub(crate) fn bits_per_pixel(&self) -> u32 {
        self.color.channels() as u32 * u32::from(self.bits)
    }
}

/// Rows that were read, and what stood behind them.
#[derive(Debug)]
pub(crate) struct PngData {
    pub(crate) raster: Raster,
    /// Bytes followed the last row, inside the zlib stream or behind it.
    pub(crate) excess: bool,
}

/// First column, first row, columns apart, rows apart of the seven passes.
const ADAM7: [(u32, u32, u32, u32); 7] =
    [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

/// Reads the rows of a picture from the zlib stream that `data` is cut into. The caller has checked the size
/// against the limits; memory is taken only when the stream is long enough to fill it.
pub(crate) fn inflate_rows(header: &PngHeader, data: &[&[u8]], budget: &Budget) -> Result<PngData, Error> {
    budget.check()?;
    let passes: Vec<_> = if header.interlaced {
        ADAM7
            .iter()
            .map(|(x, y, across, down)| {
                let steps = |size: u32, first: u32, apart: u32| size.saturating_sub(first).div_ceil(apart);
                (steps(header.width, *x, *across), steps(header.height, *y, *down))
            })
            .filter(|(width, height)| *width > 0 && *height > 0)
            .collect()
    } else {
        vec![(header.width, header.height)]
    };
    let row_bytes = |width| Raster::row_bytes(width, header.color, header.bits);
    let size: u64 = passes.iter().map(|(width, height)| (row_bytes(*width) + 1) * u64::from(*height)).sum();
    let packed: u64 = data.iter().map(|part| part.len() as u64).sum();
    if !repack::can_hold(packed, size) {
        return Err(malformed("image data shorter than the picture", packed));
    }
    let (mut filtered, excess) = inflate(data, size, budget)?;
    let pixel = (header.color.channels() * usize::from(header.bits) / 8).max(1);
    let (mut read, mut written) = (0, 0);
    for (width, height) in &passes {
        let stride = usize::try_from(row_bytes(*width)).unwrap_or(usize::MAX);
        unfilter(&mut filtered, &mut read, &mut written, stride, *height, pixel)?;
        budget.check()?;
    }
    filtered.truncate(written);
    let raster = |samples| Raster {
        width: header.width,
        height: header.height,
        color: header.color,
        bits: header.bits,
        samples,
    };
    if !header.interlaced {
        return Ok(PngData { raster: raster(filtered), excess });
    }
    let samples = weave(header, &filtered, pixel, budget)?;
    let mut woven = raster(samples);
    if header.bits < 8 {
        woven.bits = 8;
        woven = woven.packed(header.bits, budget)?;
    }
    Ok(PngData { raster: woven, excess })
}

/// Inflates exactly `size` bytes, and says whether there was more.
fn inflate(data: &[&[u8]], size: u64, budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let mut output = budget.reserve(size)?;
    let mut inflater = Decompress::new(true);
    let mut before = 0;
    let mut ended = false;
    let mut spare = Vec::new();
    for part in data {
        let mut rest = *part;
        while !rest.is_empty() && !ended {
            let (total, length) = (inflater.total_in(), output.len());
            let full = output.len() as u64 == size;
            // One spare byte tells a stream that goes on from one that only has its checksum left.
            let status = if full {
                spare.reserve_exact(1);
                inflater.decompress_vec(rest, &mut spare, FlushDecompress::None)
            } else {
                inflater.decompress_vec(rest, &mut output, FlushDecompress::None)
            };
            let read = usize::try_from(inflater.total_in() - total).unwrap_or(usize::MAX);
            match status {
                Ok(Status::StreamEnd) => ended = true,
                Ok(_) if !spare.is_empty() => return Ok((output, true)),
                Ok(_) if read == 0 && output.len() == length && !full => {
                    return Err(malformed("image data", before + total));
                }
                Ok(_) if read == 0 && full => return Ok((output, true)),
                Ok(_) => (),
                // A wrong checksum behind the last row harms nobody; anywhere else the data is broken.
                Err(_) if full => return Ok((output, true)),
                Err(_) => return Err(malformed("image data", total)),
            }
            rest = rest.get(read..).unwrap_or_default();
        }
        if ended && !rest.is_empty() {
            return check_size(output, size, true);
        }
        before += part.len() as u64;
    }
    check_size(output, size, false)
}

/// Inflates a zlib stream that should be small; `None` where it is broken or larger than `limit`. A stream that
/// says it is larger costs no more than the limit, and ends nothing but itself.
pub(crate) fn inflate_at_most(stream: &[u8], limit: usize) -> Option<Vec<u8>> {
    let mut output = Vec::new();
    let mut inflater = Decompress::new(true);
    loop {
        let rest = stream.get(usize::try_from(inflater.total_in()).ok()?..)?;
        let before = (inflater.total_in(), output.len());
        output.reserve((output.len() * 2).clamp(8 << 10, 1 << 20));
        match inflater.decompress_vec(rest, &mut output, FlushDecompress::None).ok()? {
            _ if output.len() > limit => return None,
            Status::StreamEnd => return Some(output),
            _ if before == (inflater.total_in(), output.len()) => return None,
            _ => (),
        }
    }
}

fn check_size(output: Vec<u8>, size: u64, excess: bool) -> Result<(Vec<u8>, bool), Error> {
    if output.len() as u64 == size {
        Ok((output, excess))
    } else {
        Err(malformed("image data shorter than the picture", output.len() as u64))
    }
}

/// Undoes the filters of one pass in place: rows with their filter byte stand at `read`, and move to `written`.
fn unfilter(
    bytes: &mut [u8],
    read: &mut usize,
    written: &mut usize,
    stride: usize,
    height: u32,
    pixel: usize,
) -> Result<(), Error> {
    let cut = || malformed("image data", 0);
    let mut above: Vec<u8> = vec![0; stride];
    for _ in 0..height {
        let filter = *bytes.get(*read).ok_or_else(cut)?;
        let from = *read + 1;
        bytes.copy_within(from..from + stride, *written);
        let row = bytes.get_mut(*written..*written + stride).ok_or_else(cut)?;
        if !undo(filter, row, &above, pixel) {
            return Err(malformed("filter type", *read as u64));
        }
        above.copy_from_slice(row);
        *read = from + stride;
        *written += stride;
    }
    Ok(())
}

/// Undoes the filter of one row (PNG 9); false where there is none of this number.
pub(super) fn undo(filter: u8, row: &mut [u8], above: &[u8], pixel: usize) -> bool {
    match pixel {
        1 => undo_by::<1>(filter, row, above),
        2 => undo_by::<2>(filter, row, above),
        3 => undo_by::<3>(filter, row, above),
        4 => undo_by::<4>(filter, row, above),
        6 => undo_by::<6>(filter, row, above),
        _ => undo_by::<8>(filter, row, above),
    }
}

fn undo_by<const PIXEL: usize>(filter: u8, row: &mut [u8], above: &[u8]) -> bool {
    match filter {
        0 => (),
        1 => sub::<PIXEL>(row),
        2 => row.iter_mut().zip(above).for_each(|(byte, up)| *byte = byte.wrapping_add(*up)),
        3 => average::<PIXEL>(row, above),
        4 if PIXEL < 4 => paeth::<PIXEL>(row, above),
        4 => wide_paeth::<PIXEL>(row, above),
        _ => return false,
    }
    true
}

fn sub<const PIXEL: usize>(row: &mut [u8]) {
    let mut left = [0_u8; PIXEL];
    let (pixels, _) = row.as_chunks_mut::<PIXEL>();
    for pixel in pixels {
        for (byte, left) in pixel.iter_mut().zip(left) {
            *byte = byte.wrapping_add(left);
        }
        left = *pixel;
    }
}

fn average<const PIXEL: usize>(row: &mut [u8], above: &[u8]) {
    let mut left = [0_u8; PIXEL];
    let (pixels, _) = row.as_chunks_mut::<PIXEL>();
    let (ups, _) = above.as_chunks::<PIXEL>();
    for (pixel, up) in pixels.iter_mut().zip(ups) {
        for ((byte, left), up) in pixel.iter_mut().zip(left).zip(up) {
            *byte = byte.wrapping_add(((u16::from(left) + u16::from(*up)) / 2) as u8);
        }
        left = *pixel;
    }
}

/// Undoes the filter of Paeth for pixels of up to three bytes: those are fastest whole, in arrays of wider numbers.
fn paeth<const PIXEL: usize>(row: &mut [u8], above: &[u8]) {
    let (mut left, mut corner) = ([0_i16; PIXEL], [0_i16; PIXEL]);
    let (pixels, _) = row.as_chunks_mut::<PIXEL>();
    let (ups, _) = above.as_chunks::<PIXEL>();
    for (pixel, up) in pixels.iter_mut().zip(ups) {
        let up = up.map(i16::from);
        let mut sums = [0_i16; PIXEL];
        let around = left.into_iter().zip(up).zip(corner);
        for ((sum, byte), ((a, b), c)) in sums.iter_mut().zip(&*pixel).zip(around) {
            let (to_a, to_b) = (b.wrapping_sub(c), a.wrapping_sub(c));
            let to_c = to_a.wrapping_add(to_b).wrapping_abs();
            let (to_a, to_b) = (to_a.wrapping_abs(), to_b.wrapping_abs());
            let other = if to_b <= to_c { b } else { c };
            let best = if to_a <= to_b.min(to_c) { a } else { other };
            *sum = best.wrapping_add(i16::from(*byte)) & 255;
        }
        pixel.iter_mut().zip(sums).for_each(|(byte, sum)| *byte = sum as u8);
        (left, corner) = (sums, up);
    }
}

/// As [`paeth`], for pixels of more bytes. What is foretold is a + b − c; which of the three is nearest to it follows
/// from where 3c − a − b stands: the greater neighbour if not above the least, the lesser if not below the most.
#[allow(clippy::indexing_slicing, reason = "all four arrays are of this length")]
fn wide_paeth<const PIXEL: usize>(row: &mut [u8], above: &[u8]) {
    let (mut left, mut corner) = ([0_i16; PIXEL], [0_i16; PIXEL]);
    let (pixels, _) = row.as_chunks_mut::<PIXEL>();
    let (ups, _) = above.as_chunks::<PIXEL>();
    for (pixel, up) in pixels.iter_mut().zip(ups) {
        for at in 0..PIXEL {
            let (a, b, c) = (left[at], i16::from(up[at]), corner[at]);
            let bound = c.wrapping_mul(3).wrapping_sub(a.wrapping_add(b));
            let (least, most) = (a.min(b), a.max(b));
            let other = if most <= bound { least } else { c };
            let best = if bound <= least { most } else { other };
            pixel[at] = pixel[at].wrapping_add(best as u8);
            (left[at], corner[at]) = (i16::from(pixel[at]), b);
        }
    }
}

/// Puts the pixels of the seven passes in their places; samples below 8 bits come out one byte each.
fn weave(header: &PngHeader, passes: &[u8], pixel: usize, budget: &Budget) -> Result<Vec<u8>, Error> {
    let (width, height) = (header.width as usize, header.height as usize);
    let size = width.saturating_mul(height).saturating_mul(pixel);
    let mut samples = budget.reserve(size as u64)?;
    samples.resize(size, 0);
    let mut rest = passes;
    for (x, y, across, down) in ADAM7 {
        let (x, y, across, down) = (x as usize, y as usize, across as usize, down as usize);
        let columns = width.saturating_sub(x).div_ceil(across);
        if columns == 0 {
            continue;
        }
        let stride = usize::try_from(Raster::row_bytes(columns as u32, header.color, header.bits));
        for line in (y..height).step_by(down) {
            let (row, behind) = rest
                .split_at_checked(stride.unwrap_or(usize::MAX))
                .ok_or(Error::Internal("interlaced rows"))?;
            rest = behind;
            let start = line.saturating_mul(width).saturating_mul(pixel);
            let target = samples.get_mut(start..start + width * pixel).ok_or(Error::Internal("row"))?;
            let places = target.chunks_exact_mut(pixel).skip(x).step_by(across);
            if header.bits < 8 {
                places.zip(super::packed(row, header.bits)).for_each(|(place, sample)| place.fill(sample));
            } else {
                places.zip(row.chunks_exact(pixel)).for_each(|(place, source)| place.copy_from_slice(source));
            }
        }
    }
    Ok(samples)
}

/// Appends one chunk: length, type, body, checksum.
pub(crate) fn push_chunk(output: &mut Vec<u8>, kind: &[u8; 4], body: &[&[u8]]) {
    let length: usize = body.iter().map(|part| part.len()).sum();
    output.reserve(length + 12);
    output.extend_from_slice(&(length as u32).to_be_bytes());
    output.extend_from_slice(kind);
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(kind);
    for part in body {
        output.extend_from_slice(part);
        checksum.update(part);
    }
    output.extend_from_slice(&checksum.finalize().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::{
        super::{compress, png_rows::filter},
        *,
    };
    use crate::{Cancel, Limits};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 0, Cancel::new())
    }

    #[test]
    fn rows_come_back_as_they_went_in() {
        let shapes =
            [(Color::Grey, 1), (Color::Grey, 16), (Color::Indexed, 4), (Color::Rgb, 8), (Color::Rgba, 16)];
        for (color, bits) in shapes {
            let (width, height) = (61, 37);
            let size = Raster::row_bytes(width, color, bits) as usize * height as usize;
            // Slow slopes with a little noise, so that every filter is chosen somewhere.
            let samples: Vec<u8> = (0..size).map(|at| (at / 7 + (at * at) % 5 * (at / 600)) as u8).collect();
            let raster = Raster { width, height, color, bits, samples };
            let raster = raster.unpacked(&budget()).unwrap().packed(bits, &budget()).unwrap();
            let stream = compress(&raster, &budget()).unwrap();
            let header = PngHeader { width, height, color, bits, interlaced: false };
            let (front, back) = stream.split_at(stream.len() / 2);
            let read = inflate_rows(&header, &[front, back], &budget()).unwrap();
            assert_eq!(read.raster, raster, "{color:?} {bits}");
            assert!(!read.excess);
            let more = inflate_rows(&header, &[&stream, b"KILL"], &budget()).unwrap();
            assert!(more.excess);
            assert!(inflate_rows(&header, &[front], &budget()).is_err());
        }
    }

    #[test]
    fn every_filter_is_undone_for_every_size_of_a_pixel() {
        let bytes = |seed: u64, count: usize| -> Vec<u8> {
            let mixed = |at: u64| (at ^ seed << 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 53;
            // Close to each other and far apart, so that every neighbour is nearest somewhere.
            (0..count as u64).map(|at| if at % 90 < 45 { mixed(at) & 3 } else { mixed(at) } as u8).collect()
        };
        for pixel in [1, 2, 3, 4, 6, 8] {
            let (row, above) = (bytes(1, pixel * 1_000), bytes(2, pixel * 1_000));
            for number in 0..5 {
                let mut filtered = vec![0; row.len()];
                filter(number, &row, &above, pixel, &mut filtered);
                assert_eq!(filtered == row, number == 0);
                assert!(undo(number, &mut filtered, &above, pixel));
                assert!(filtered == row, "filter {number}, pixels of {pixel}");
            }
            assert!(!undo(5, &mut [0; 8], &[0; 8], pixel));
        }
    }

    #[test]
    fn a_size_that_no_stream_can_fill_takes_no_memory() {
        let header =
            PngHeader { width: 10_000, height: 10_000, color: Color::Rgb, bits: 8, interlaced: false };
        assert!(inflate_rows(&header, &[&[0x78, 0x9c, 3, 0]], &budget()).is_err());
    }
}
