//! Rows of samples into the zlib stream of a PNG: filtered (PNG 9), then deflated.

use super::{Color, Raster};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::codec::{
        flate::{self, Wrapper},
        repack,
    },
};

/// Up to so many bytes of samples, every way is tried as hard as can be.
pub(crate) const SMALL: usize = 64 << 10;

/// Rows that are looked at together when filters are compared, and how many such bands there are to one that is.
const BAND: usize = 32;
const BANDS: usize = 4;

/// The zlib stream of a raster's filtered rows.
///
/// How hard it tries depends on the pixels alone, never on the file they came from, so that cleaning a clean
/// file chooses the same again: filters are taken if they help on a sample of the rows, and drawings and screens,
/// which shrink far, are deflated harder than photographs, which do not. What comes of it, read and written again by
/// its own symbols, comes again.
pub(crate) fn compress(raster: &Raster, budget: &Budget) -> Result<Vec<u8>, Error> {
    if raster.color == Color::Cmyk {
        return Err(Error::Internal("a PNG has no inks"));
    }
    let rows = Rows::of(raster)?;
    if raster.samples.len() <= SMALL {
        let [plain, filtered] = [Filters::None, Filters::Adaptive]
            .map(|filters| flate::deflate(&rows.filtered(filters, 1), 9, Wrapper::Zlib));
        let (plain, filtered) = (plain?, filtered?);
        return Ok(if filtered.len() < plain.len() { filtered } else { plain });
    }
    let sample = |filters| flate::deflate(&rows.filtered(filters, BANDS), 1, Wrapper::Zlib);
    let (plain, filtered) = (sample(Filters::None)?.len(), sample(Filters::Adaptive)?.len());
    let filters = if filtered < plain { Filters::Adaptive } else { Filters::None };
    let shrinks_far = plain.min(filtered) < raster.samples.len() / BANDS / 10;
    let filtered = rows.filtered(filters, 1);
    repack::from_scratch(&filtered, if shrinks_far { 7 } else { 4 }, budget)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Filters {
    None,
    /// Each row by the filter that suits it best.
    Adaptive,
}

struct Rows<'a> {
    samples: &'a [u8],
    stride: usize,
    /// Bytes from a sample to its like in the pixel to the left.
    pixel: usize,
}

impl<'a> Rows<'a> {
    fn of(raster: &'a Raster) -> Result<Self, Error> {
        let stride = Raster::row_bytes(raster.width, raster.color, raster.bits);
        let stride = usize::try_from(stride).ok().filter(|stride| *stride > 0);
        Ok(Self {
            samples: &raster.samples,
            stride: stride.ok_or(Error::Internal("a picture without columns"))?,
            pixel: (raster.color.channels() * usize::from(raster.bits) / 8).max(1),
        })
    }

    /// The rows with their filter bytes; of every `bands` bands of rows, the first.
    fn filtered(&self, filters: Filters, bands: usize) -> Vec<u8> {
        let mut written =
            Vec::with_capacity((self.samples.len() + self.samples.len() / self.stride + 1) / bands);
        let nothing = vec![0; self.stride];
        let mut candidates = Candidates::new(self.stride);
        let mut above = nothing.as_slice();
        for (index, row) in self.samples.chunks_exact(self.stride).enumerate() {
            if (index / BAND).is_multiple_of(bands) {
                match filters {
                    Filters::None => {
                        written.push(0);
                        written.extend_from_slice(row);
                    }
                    Filters::Adaptive => candidates.write_best(row, above, self.pixel, &mut written),
                }
            }
            above = row;
        }
        written
    }
}

/// A row through each of the four filters that change it.
pub(super) struct Candidates {
    sub: Vec<u8>,
    up: Vec<u8>,
    average: Vec<u8>,
    paeth: Vec<u8>,
}

impl Candidates {
    pub(super) fn new(stride: usize) -> Self {
        let [sub, up, average, paeth] = std::array::from_fn(|_| vec![0; stride]);
        Self { sub, up, average, paeth }
    }

    /// Writes the row with the filter whose output, taken as signed bytes, is smallest in sum (PNG 12.8).
    pub(super) fn write_best(&mut self, row: &[u8], above: &[u8], pixel: usize, written: &mut Vec<u8>) {
        filter(1, row, above, pixel, &mut self.sub);
        filter(2, row, above, pixel, &mut self.up);
        filter(3, row, above, pixel, &mut self.average);
        filter(4, row, above, pixel, &mut self.paeth);
        let all = [(0, row), (1, &*self.sub), (2, &*self.up), (3, &*self.average), (4, &*self.paeth)];
        if let Some((filter, best)) = all.into_iter().min_by_key(|(_, row)| sum(row)) {
            written.push(filter);
            written.extend_from_slice(best);
        }
    }
}

/// Puts a row through a filter (PNG 9); one of an unknown number changes nothing.
pub(super) fn filter(number: u8, row: &[u8], above: &[u8], pixel: usize, target: &mut [u8]) {
    // The first pixel has none to its left: it is compared with zero.
    let first = pixel.min(row.len());
    let (head, tail) = row.split_at(first);
    let (above_head, above_tail) = above.split_at(first);
    let lefts = row.get(..row.len() - first).unwrap_or_default();
    let corners = above.get(..above.len() - first).unwrap_or_default();
    let (target_head, target_tail) = target.split_at_mut(first);
    match number {
        1 => {
            target_head.copy_from_slice(head);
            less(tail, lefts, target_tail);
        }
        2 => less(row, above, target),
        3 => {
            for ((byte, above), target) in head.iter().zip(above_head).zip(target_head) {
                *target = byte.wrapping_sub(above / 2);
            }
            for (((byte, left), above), target) in tail.iter().zip(lefts).zip(above_tail).zip(target_tail) {
                *target = byte.wrapping_sub(((u16::from(*left) + u16::from(*above)) / 2) as u8);
            }
        }
        4 => {
            less(head, above_head, target_head);
            let around = lefts.iter().zip(above_tail).zip(corners);
            for ((byte, ((left, above), corner)), target) in tail.iter().zip(around).zip(target_tail) {
                *target = byte.wrapping_sub(predicted(*left, *above, *corner));
            }
        }
        _ => target.copy_from_slice(row),
    }
}

fn less(row: &[u8], other: &[u8], target: &mut [u8]) {
    for ((byte, other), target) in row.iter().zip(other).zip(target) {
        *target = byte.wrapping_sub(*other);
    }
}

/// The neighbour nearest to what a plane through all three would have here (PNG 9.4).
#[inline(always)]
fn predicted(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (to_a, to_b, to_c) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        above
    } else {
        corner
    }
}

/// The sum of the bytes, each taken as a signed one.
fn sum(row: &[u8]) -> u64 {
    row.iter().map(|byte| u64::from((*byte as i8).unsigned_abs())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cancel, Limits};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 0, Cancel::new())
    }

    fn raster(width: u32, height: u32, sample: impl Fn(usize) -> u8) -> Raster {
        let samples = (0..width as usize * height as usize * 3).map(sample).collect();
        Raster { width, height, color: Color::Rgb, bits: 8, samples }
    }

    fn noise(at: usize) -> u8 {
        ((at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8
    }

    #[test]
    fn slopes_are_filtered_and_flat_pictures_are_not() {
        let slope = raster(300, 300, |at| ((at / 3 + at / 900) as u8).wrapping_add(noise(at) & 7));
        let plain = Rows::of(&slope).unwrap().filtered(Filters::None, 1);
        let plain = flate::deflate(&plain, 9, Wrapper::Zlib).unwrap();
        assert!(compress(&slope, &budget()).unwrap().len() < plain.len() * 9 / 10);
        let flat = raster(300, 300, |at| if (at / 3_000) % 2 == 0 { 255 } else { (at % 3) as u8 });
        assert!(compress(&flat, &budget()).unwrap().len() < 2_000);
    }

    #[test]
    fn a_sample_is_a_quarter_of_the_rows() {
        let raster = raster(10, 256, noise);
        let rows = Rows::of(&raster).unwrap();
        assert_eq!(rows.filtered(Filters::None, BANDS).len(), 64 * 31);
        assert_eq!(rows.filtered(Filters::Adaptive, 1).len(), 256 * 31);
    }
}
