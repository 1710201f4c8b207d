//! The zlib stream of a PNG that is in order, and the same stream anew.
//!
//! Whoever wrote a picture chose filters for its rows and looked for what repeats in them. Where no pixel changes, the
//! filtered rows go out as they came, in the symbols they came in; where some do, their rows pass through the same
//! filters, and of the symbols is kept what is still true.

use std::borrow::Cow;

use super::{
    PngHeader, Raster,
    png::undo,
    png_rows::{Candidates, SMALL, filter},
};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::{
        codec::{
            flate::{self, Wrapper},
            repack::{self, Source, Unpacked},
        },
        deflate::{Run, Runs, Symbols},
    },
};

/// Filtered rows, and the symbols they came in.
#[derive(Debug)]
pub(crate) struct PngStream {
    filtered: Vec<u8>,
    symbols: Symbols,
    /// Bytes of a row, without the one that names its filter.
    stride: usize,
    /// Bytes from a sample to its like in the pixel to the left.
    pixel: usize,
}

impl PngStream {
    /// Reads the rows of a picture from the zlib stream that `data` is cut into. `None` where that is not in order to
    /// the last byte, where the picture is interlaced, and where it is small. The caller has checked the size against
    /// the limits; memory is taken only when the stream is long enough to fill it.
    pub(crate) fn read(header: &PngHeader, data: &[&[u8]], budget: &Budget) -> Result<Option<Self>, Error> {
        let row = Raster::row_bytes(header.width, header.color, header.bits);
        let height = u64::from(header.height);
        let (samples, size) = (row.saturating_mul(height), (row + 1).saturating_mul(height));
        let packed: u64 = data.iter().map(|part| part.len() as u64).sum();
        // Small pictures are packed from scratch: that takes little time, and what was written into the bits of a
        // stream, which is done in small ones, does not come out as it came in.
        let is_small = samples <= SMALL as u64;
        if header.interlaced || is_small || !repack::may_keep(packed, size, budget) {
            return Ok(None);
        }
        let stream = match data {
            [whole] => Cow::Borrowed(*whole),
            parts => {
                let mut joined = budget.reserve(packed)?;
                parts.iter().for_each(|part| joined.extend_from_slice(part));
                Cow::Owned(joined)
            }
        };
        let unpacked = repack::inflate_zlib_exact(&stream, size, budget)?;
        if let Cow::Owned(joined) = stream {
            budget.give_back(joined);
        }
        Ok(unpacked.and_then(|unpacked| Self::of(header, unpacked)))
    }

    /// The rows of a picture, filters in front of them, of which the caller has checked that they are as many as there
    /// should be. `None` where one has a filter that there is not, and without their symbols.
    pub(crate) fn of(header: &PngHeader, unpacked: Unpacked<'_>) -> Option<Self> {
        let Unpacked { plain, symbols: Some(symbols) } = unpacked else { return None };
        let row = Raster::row_bytes(header.width, header.color, header.bits);
        let stride = usize::try_from(row).unwrap_or(usize::MAX);
        let pixel = (header.color.channels() * usize::from(header.bits) / 8).max(1);
        let read = Self { filtered: plain.into_owned(), symbols, stride, pixel };
        let are_filters = read.rows().all(|(filter, _)| filter <= 4);
        are_filters.then_some(read)
    }

    /// The rows, each with the number of its filter.
    fn rows(&self) -> impl Iterator<Item = (u8, &[u8])> {
        let rows = self.filtered.chunks_exact(self.stride.saturating_add(1));
        rows.filter_map(|row| row.split_first().map(|(filter, row)| (*filter, row)))
    }

    /// The picture itself.
    pub(crate) fn raster(&self, header: &PngHeader, budget: &Budget) -> Result<Raster, Error> {
        let mut samples = budget.reserve(self.filtered.len() as u64)?;
        let nothing = vec![0; self.stride];
        for (filter, row) in self.rows() {
            let start = samples.len();
            samples.extend_from_slice(row);
            let (before, row) = samples.split_at_mut(start);
            let above = start.checked_sub(self.stride).and_then(|above| before.get(above..));
            undo(filter, row, above.unwrap_or(&nothing), self.pixel);
        }
        budget.check()?;
        let PngHeader { width, height, color, bits, .. } = *header;
        Ok(Raster { width, height, color, bits, samples })
    }

    /// The same rows again. `None` where they are packed so badly that they are better packed from scratch.
    pub(crate) fn same(&self) -> Result<Option<Vec<u8>>, Error> {
        self.if_well(&self.filtered, repack::of_symbols(&self.symbols, &self.filtered))
    }

    /// The rows of `raster`, each through the filter it came in: this picture, with a few pixels changed. `None` where
    /// they are better packed from scratch.
    pub(crate) fn changed(&self, raster: &Raster, budget: &Budget) -> Result<Option<Vec<u8>>, Error> {
        let mut filtered = budget.reserve(self.filtered.len() as u64)?;
        let mut runs = Runs::default();
        let nothing = vec![0; self.stride];
        let mut above = nothing.as_slice();
        for ((number, before), row) in self.rows().zip(raster.samples.chunks_exact(self.stride.max(1))) {
            let place = filtered.len();
            filtered.resize(place + 1 + self.stride, number);
            let target = filtered.get_mut(place + 1..).unwrap_or_default();
            filter(number, row, above, self.pixel, target);
            keep_equal(before, target, place, &mut runs);
            above = row;
        }
        budget.check()?;
        let source = Source { plain: &self.filtered, symbols: &self.symbols, runs: &runs };
        self.if_well(&filtered, repack::of_source(source, &filtered))
    }

    /// The stream of such rows, where it is packed well.
    fn if_well(&self, filtered: &[u8], packed: Option<Vec<u8>>) -> Result<Option<Vec<u8>>, Error> {
        let Some(packed) = packed else { return Ok(None) };
        let is_well = !repack::is_hardly_packed(packed.len() as u64, filtered.len() as u64)
            && self.is_packed_well(filtered, packed.len())?;
        Ok(is_well.then_some(packed))
    }

    /// Whether rows that take `packed` bytes would not take much less if they were packed from scratch, judged by a
    /// part of them: packed as they are, and through filters that suit them where they have none that depend on the
    /// row above.
    ///
    /// It depends on the rows and on what their symbols take, which are the same when the output is read again.
    fn is_packed_well(&self, filtered: &[u8], packed: usize) -> Result<bool, Error> {
        let line = self.stride.saturating_add(1);
        let height = filtered.len() / line;
        let of_band = (LEAST.max(filtered.len() / PART) / BANDS / line).max(2).min(height);
        let mut as_they_are = Vec::with_capacity((of_band * BANDS).min(height) * line);
        let mut suited = Vec::with_capacity(as_they_are.capacity());
        let mut candidates = Candidates::new(self.stride);
        let nothing = vec![0; self.stride];
        let mut end = 0;
        for band in 0..BANDS {
            let first = (height / BANDS * band).max(end);
            end = (first + of_band).min(height);
            let rows = filtered.get(first * line..end * line).unwrap_or_default();
            as_they_are.extend_from_slice(rows);
            let mut rows = rows.chunks_exact(line).filter_map(<[u8]>::split_first);
            if self.pixel == 1 || rows.clone().any(|(filter, _)| *filter > 1) {
                suited.extend(rows.flat_map(|(filter, row)| std::iter::once(filter).chain(row)));
                continue;
            }
            let mut above: Cow<'_, [u8]> = Cow::Borrowed(&nothing);
            for (filter, row) in &mut rows {
                let mut row = Cow::Borrowed(row);
                if *filter == 1 {
                    undo(1, row.to_mut(), &nothing, self.pixel);
                }
                candidates.write_best(&row, &above, self.pixel, &mut suited);
                above = row;
            }
        }
        let mut least = flate::deflate(&as_they_are, 1, Wrapper::None)?.len();
        if suited != as_they_are {
            least = least.min(flate::deflate(&suited, 1, Wrapper::None)?.len());
        }
        // Of as many bytes of both. What was searched less well, or filtered less well, is not twice as long.
        let (here, there) = (packed as u64 * as_they_are.len() as u64, least as u64 * filtered.len() as u64);
        Ok(here / 2 <= there)
    }
}

/// How the rows are chosen that are packed on trial: in so many bands, one byte of so many, and not less than so many.
const BANDS: usize = 8;
const PART: usize = 16;
const LEAST: usize = 32 << 10;

/// Equal bytes that are fewer are not worth following.
const SHORTEST_RUN: usize = 4;

/// Adds what is equal in a row that stands behind `place` in both texts, its filter among it.
fn keep_equal(before: &[u8], after: &[u8], place: usize, runs: &mut Runs) {
    if before == after {
        runs.push(Run { from: place, to: place, len: after.len() + 1 });
        return;
    }
    runs.push(Run { from: place, to: place, len: 1 });
    let equal: Vec<bool> = before.iter().zip(after).map(|(a, b)| a == b).collect();
    let mut at = place + 1;
    for run in equal.chunk_by(|a, b| a == b) {
        if run.first() == Some(&true) && run.len() >= SHORTEST_RUN {
            runs.push(Run { from: at, to: at, len: run.len() });
        }
        at += run.len();
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Color, compress, inflate_rows},
        *,
    };
    use crate::{Cancel, Limits};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 1 << 30, Cancel::new())
    }

    const HEADER: PngHeader =
        PngHeader { width: 300, height: 250, color: Color::Rgba, bits: 8, interlaced: false };

    /// Slopes with a little noise, and a corner that is transparent.
    fn picture() -> Raster {
        let pixel = |at: usize| {
            let (x, y) = (at % 300, at / 300);
            let noise = ((at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 62) as u8;
            [(x / 3) as u8 + noise, (y / 2) as u8, 200, if x + y < 60 { 0 } else { 255 }]
        };
        let samples = (0..300 * 250).flat_map(pixel).collect();
        Raster { width: 300, height: 250, color: Color::Rgba, bits: 8, samples }
    }

    /// Rows through the filters 0 to 4 in turn, deflated at `level`.
    fn stream(raster: &Raster, level: u32) -> Vec<u8> {
        let mut filtered = Vec::new();
        let nothing = vec![0; raster.stride()];
        let mut above = nothing.as_slice();
        for (number, row) in (0..5).cycle().zip(raster.samples.chunks_exact(raster.stride())) {
            let mut line = vec![0; row.len()];
            filter(number, row, above, 4, &mut line);
            filtered.push(number);
            filtered.extend_from_slice(&line);
            above = row;
        }
        flate::deflate(&filtered, level, Wrapper::Zlib).unwrap()
    }

    fn read(data: &[&[u8]]) -> Option<PngStream> {
        PngStream::read(&HEADER, data, &budget()).unwrap()
    }

    #[test]
    fn rows_go_out_as_they_came_and_so_again() {
        let (raster, budget) = (picture(), budget());
        let packed = stream(&raster, 6);
        let (front, back) = packed.split_at(1_000);
        let source = read(&[front, &[], back]).unwrap();
        assert_eq!(source.raster(&HEADER, &budget).unwrap(), raster);
        let once = source.same().unwrap().unwrap();
        assert!(once.len() < packed.len() + packed.len() / 20);
        let again = read(&[&once]).unwrap();
        assert!(again.filtered == source.filtered && again.symbols == source.symbols);
        assert!(again.same().unwrap().unwrap() == once);
    }

    #[test]
    fn a_changed_picture_keeps_its_filters_and_most_of_its_symbols() {
        let (mut raster, budget) = (picture(), budget());
        let source = read(&[&stream(&raster, 6)]).unwrap();
        raster.samples.chunks_exact_mut(4).filter(|pixel| pixel[3] == 0).for_each(|pixel| pixel.fill(0));
        let packed = source.changed(&raster, &budget).unwrap().unwrap();
        assert_eq!(inflate_rows(&HEADER, &[&packed], &budget).unwrap().raster, raster);
        let again = read(&[&packed]).unwrap();
        assert!(again.rows().map(|(filter, _)| filter).eq(source.rows().map(|(filter, _)| filter)));
        assert!(again.same().unwrap().unwrap() == packed);
    }

    #[test]
    fn what_was_stored_or_filtered_in_vain_is_packed_from_scratch_and_stays_so() {
        let budget = budget();
        // The same row again and again, each through no filter, and codes but no copies.
        let row: Vec<u8> = (0..1_200_u32).map(|at| (at * at / 97 % 90) as u8).collect();
        let raster = Raster { samples: row.repeat(250), ..picture() };
        let filtered: Vec<u8> = raster.samples.chunks(1_200).flat_map(|row| [&[0], row].concat()).collect();
        let mut symbols = Symbols::default();
        symbols.literals(&filtered);
        let in_codes = repack::of_symbols(&symbols, &filtered).unwrap();
        assert!(read(&[&in_codes]).unwrap().same().unwrap().is_none());
        let mut stored = vec![0x78, 0x01];
        let mut blocks = filtered.chunks(0xffff).peekable();
        while let Some(block) = blocks.next() {
            let len = block.len() as u16;
            stored.push(u8::from(blocks.peek().is_none()));
            stored.extend([len.to_le_bytes(), (!len).to_le_bytes()].as_flattened());
            stored.extend_from_slice(block);
        }
        stored.extend(simd_adler32::adler32(&filtered.as_slice()).to_be_bytes());
        assert!(read(&[&stored]).is_none());
        assert_eq!(inflate_rows(&HEADER, &[&stored], &budget).unwrap().raster, raster);
        let scratch = compress(&raster, &budget).unwrap();
        assert!(scratch.len() < 3_000);
        assert!(read(&[&scratch]).unwrap().same().unwrap().unwrap() == scratch);
    }

    #[test]
    fn a_stream_that_is_not_in_order_is_not_taken_up() {
        let raster = picture();
        let packed = stream(&raster, 6);
        assert!(read(&[&packed]).is_some());
        assert!(read(&[&packed, b"x"]).is_none());
        let mut other = packed.clone();
        *other.last_mut().unwrap() ^= 1;
        assert!(read(&[&other]).is_none(), "a wrong checksum");
        let longer = PngHeader { height: 251, ..HEADER };
        assert!(PngStream::read(&longer, &[&packed], &budget()).unwrap().is_none());
        let shorter = PngHeader { height: 249, ..HEADER };
        assert!(PngStream::read(&shorter, &[&packed], &budget()).unwrap().is_none());
        let interlaced = PngHeader { interlaced: true, ..HEADER };
        assert!(PngStream::read(&interlaced, &[&packed], &budget()).unwrap().is_none());
        let mut filtered = read(&[&packed]).unwrap().filtered;
        filtered[0] = 5;
        let unknown = flate::deflate(&filtered, 6, Wrapper::Zlib).unwrap();
        assert!(read(&[&unknown]).is_none(), "a filter that there is not");
    }
}
