//! How each macroblock is predicted (RFC 6386, 9.3, 11.2, 11.3): read from the first partition and written there.

use super::{
    bool_coder::{BoolReader, BoolWriter},
    header::Header,
    tables::SUBBLOCK_MODES,
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// Luma that has a mode for each subblock.
pub(super) const SUBBLOCKS: u8 = 4;

/// What the first partition says of one macroblock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Macroblock {
    /// 0 to 3.
    pub(super) segment: u8,
    /// Has no tokens at all.
    pub(super) skipped: bool,
    /// One of the four modes of RFC 6386, or [`SUBBLOCKS`].
    pub(super) luma: u8,
    /// One of four.
    pub(super) chroma: u8,
}

impl Macroblock {
    fn packed(self) -> u8 {
        self.segment | u8::from(self.skipped) << 2 | self.luma << 3 | self.chroma << 6
    }

    /// The reverse of packing into a byte.
    #[inline]
    pub(super) fn unpacked(byte: u8) -> Self {
        Self { segment: byte & 3, skipped: byte & 4 != 0, luma: byte >> 3 & 7, chroma: byte >> 6 }
    }
}

/// What the first partition says of all macroblocks.
#[derive(Debug)]
pub(super) struct Modes {
    /// Macroblocks in a row.
    pub(super) columns: usize,
    /// One for each macroblock, row by row.
    pub(super) macroblocks: Vec<u8>,
    /// Two modes a byte, for the macroblocks with [`SUBBLOCKS`].
    subblocks: Vec<u8>,
}

/// Modes of subblocks above and to the left, by which the next are told.
struct Around {
    above: Vec<[u8; 4]>,
    left: [u8; 4],
}

/// Subblock modes in the order of their numbers (RFC 6386, 11.2): those of a whole macroblock have the number
/// of the subblock mode that stands for them.
const DC: u8 = 0;
const TRUE_MOTION: u8 = 1;
const VERTICAL: u8 = 2;
const HORIZONTAL: u8 = 3;

/// For a macroblock of one luma mode, what its subblocks count as. Luma modes are numbered in that order too.
fn all_of(luma: u8) -> [u8; 4] {
    [luma; 4]
}

impl Modes {
    /// Reads the modes of `columns` × `rows` macroblocks.
    pub(super) fn read(
        reader: &mut BoolReader<'_>,
        header: &Header,
        (columns, rows): (usize, usize),
        budget: &Budget,
    ) -> Result<Self, Error> {
        budget.objects(columns as u64 * rows as u64)?;
        let mut macroblocks = budget.buffer(columns as u64 * rows as u64)?;
        let mut subblocks = Vec::new();
        let mut around = Around { above: vec![[DC; 4]; columns], left: [DC; 4] };
        let map = header.segments.and_then(|segments| segments.map);
        for _ in 0..rows {
            // All of a row may have a mode for each subblock.
            budget.expand(columns as u64 * 8)?;
            around.left = [DC; 4];
            for above in &mut around.above {
                let segment = map.map_or(0, |[first, low, high]| {
                    if reader.bit(first) { 2 + u8::from(reader.bit(high)) } else { u8::from(reader.bit(low)) }
                });
                let skipped = header.coded.is_some_and(|coded| reader.bit(coded));
                let luma = if !reader.bit(145) {
                    let packed = read_subblocks(reader, above, &mut around.left);
                    subblocks.extend_from_slice(&packed);
                    SUBBLOCKS
                } else {
                    let luma = match reader.bit(156) {
                        true if reader.flag() => TRUE_MOTION,
                        true => HORIZONTAL,
                        false if reader.bit(163) => VERTICAL,
                        false => DC,
                    };
                    (*above, around.left) = (all_of(luma), all_of(luma));
                    luma
                };
                let chroma = match reader.bit(142) {
                    false => DC,
                    true if !reader.bit(114) => VERTICAL,
                    true if reader.bit(183) => TRUE_MOTION,
                    true => HORIZONTAL,
                };
                macroblocks.push(Macroblock { segment, skipped, luma, chroma }.packed());
            }
            if reader.overrun() {
                return Err(malformed("VP8 modes", 0));
            }
        }
        Ok(Self { columns, macroblocks, subblocks })
    }

    /// Writes them as [`Modes::read`] reads them.
    pub(super) fn write(&self, header: &Header, writer: &mut BoolWriter) {
        let mut subblocks = self.subblocks.as_chunks::<8>().0.iter();
        let mut around = Around { above: vec![[DC; 4]; self.columns], left: [DC; 4] };
        let map = header.segments.and_then(|segments| segments.map);
        for row in self.macroblocks.chunks_exact(self.columns.max(1)) {
            around.left = [DC; 4];
            for (above, byte) in around.above.iter_mut().zip(row) {
                let Macroblock { segment, skipped, luma, chroma } = Macroblock::unpacked(*byte);
                if let Some([first, low, high]) = map {
                    writer.bit(segment > 1, first);
                    writer.bit(segment & 1 == 1, if segment > 1 { high } else { low });
                }
                if let Some(coded) = header.coded {
                    writer.bit(skipped, coded);
                }
                writer.bit(luma != SUBBLOCKS, 145);
                if luma == SUBBLOCKS {
                    if let Some(packed) = subblocks.next() {
                        write_subblocks(*packed, above, &mut around.left, writer);
                    }
                } else {
                    let horizontal = matches!(luma, TRUE_MOTION | HORIZONTAL);
                    writer.bit(horizontal, 156);
                    match horizontal {
                        true => writer.flag(luma == TRUE_MOTION),
                        false => writer.bit(luma == VERTICAL, 163),
                    }
                    (*above, around.left) = (all_of(luma), all_of(luma));
                }
                writer.bit(chroma != DC, 142);
                if chroma != DC {
                    writer.bit(chroma != VERTICAL, 114);
                    if chroma != VERTICAL {
                        writer.bit(chroma == TRUE_MOTION, 183);
                    }
                }
            }
        }
    }
}

/// The path to each subblock mode in their tree (RFC 6386, 11.2): which probability each branch goes by, and
/// whether it is taken; the last branch is the last of them with a probability.
const PATHS: [&[(usize, bool)]; 10] = [
    &[(0, false)],
    &[(0, true), (1, false)],
    &[(0, true), (1, true), (2, false)],
    &[(0, true), (1, true), (2, true), (3, false), (4, false)],
    &[(0, true), (1, true), (2, true), (3, false), (4, true), (5, false)],
    &[(0, true), (1, true), (2, true), (3, false), (4, true), (5, true)],
    &[(0, true), (1, true), (2, true), (3, true), (6, false)],
    &[(0, true), (1, true), (2, true), (3, true), (6, true), (7, false)],
    &[(0, true), (1, true), (2, true), (3, true), (6, true), (7, true), (8, false)],
    &[(0, true), (1, true), (2, true), (3, true), (6, true), (7, true), (8, true)],
];

fn probabilities(above: u8, left: u8) -> &'static [u8; 9] {
    const NONE: &[u8; 9] = &[128; 9];
    SUBBLOCK_MODES.get(usize::from(above)).and_then(|by_left| by_left.get(usize::from(left))).unwrap_or(NONE)
}

fn read_subblocks(reader: &mut BoolReader<'_>, above: &mut [u8; 4], left: &mut [u8; 4]) -> [u8; 8] {
    let mut packed = [0; 8];
    let mut pairs = packed.iter_mut();
    for left in left {
        for above in above.as_chunks_mut::<2>().0 {
            for above in above.iter_mut() {
                *above = read_subblock(reader, probabilities(*above, *left));
                *left = *above;
            }
            if let Some(pair) = pairs.next() {
                let [first, second] = *above;
                *pair = first | second << 4;
            }
        }
    }
    packed
}

#[inline]
fn read_subblock(reader: &mut BoolReader<'_>, p: &[u8; 9]) -> u8 {
    if !reader.bit(p[0]) {
        return DC;
    }
    if !reader.bit(p[1]) {
        return TRUE_MOTION;
    }
    if !reader.bit(p[2]) {
        return VERTICAL;
    }
    if !reader.bit(p[3]) {
        return match reader.bit(p[4]) {
            false => HORIZONTAL,
            true => 4 + u8::from(reader.bit(p[5])),
        };
    }
    if !reader.bit(p[6]) {
        return 6;
    }
    if !reader.bit(p[7]) {
        return 7;
    }
    8 + u8::from(reader.bit(p[8]))
}

fn write_subblocks(packed: [u8; 8], above: &mut [u8; 4], left: &mut [u8; 4], writer: &mut BoolWriter) {
    let mut modes = packed.into_iter().flat_map(|pair| [pair & 15, pair >> 4]);
    for left in left {
        for (above, mode) in above.iter_mut().zip(&mut modes) {
            let p = probabilities(*above, *left);
            for (branch, taken) in PATHS.get(usize::from(mode)).copied().unwrap_or_default() {
                writer.bit(*taken, p.get(*branch).copied().unwrap_or(128));
            }
            (*above, *left) = (mode, mode);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subblock_mode_is_read_by_the_path_it_is_written_by() {
        for mode in 0..10_u8 {
            let packed = [mode | mode << 4; 8];
            let mut writer = BoolWriter::onto(Vec::new());
            write_subblocks(packed, &mut [DC; 4], &mut [DC; 4], &mut writer);
            let coded = writer.finish();
            let read = read_subblocks(&mut BoolReader::new(&coded), &mut [DC; 4], &mut [DC; 4]);
            assert_eq!(read, packed);
        }
    }
}
