//! Coefficients (RFC 6386, 13): read from their partitions, counted by token, and written again.

use super::{
    bool_coder::{BoolReader, BoolWriter},
    modes::{Macroblock, Modes, SUBBLOCKS},
    tables::{BANDS, TokenProbabilities},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    limits::Resource,
};

/// Bytes that the coefficients of one macroblock may take.
const LARGEST: usize = 25 + 400 * 3;
/// Stands before a coefficient that takes two bytes.
const LONG: i8 = i8::MIN;

/// Kinds of blocks, each with probabilities of its own.
const LUMA_WITHOUT_DC: usize = 0;
const LUMA_DC: usize = 1;
const CHROMA: usize = 2;
const LUMA: usize = 3;

/// Tokens as they are counted.
pub(super) mod token {
    pub(crate) const END: usize = 0;
    pub(crate) const ZERO: usize = 1;
    pub(crate) const ONE: usize = 2;
    pub(crate) const TWO: usize = 3;
    pub(crate) const THREE: usize = 4;
    pub(crate) const CATEGORY_1: usize = 6;
    pub(crate) const CATEGORY_2: usize = 7;
    pub(crate) const CATEGORY_3: usize = 8;
    /// How many there are.
    pub(crate) const ALL: usize = 12;
}

/// Probabilities of the bits behind a token of the four largest categories, and the first number of each.
const CATEGORIES: [(i16, &[u8]); 4] = [
    (11, &[173, 148, 140]),
    (19, &[176, 155, 140, 135]),
    (35, &[180, 157, 141, 134, 130]),
    (67, &[254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129]),
];

/// How often each token came, by context; from [`token::ALL`] on those that follow a zero, where no block ends.
type Counts<const PLACES: usize> = [[[u32; token::ALL * 2]; 3]; PLACES];
/// By kind of block and band.
pub(super) type TokenCounts = [Counts<8>; 4];

/// What one kind of block is told by, at each place in zigzag order.
type Plane = [[[u8; 11]; 3]; 17];

/// All coefficients of a frame.
#[derive(Debug)]
pub(super) struct Tokens {
    /// For each block how many places its tokens reach, then what stands there: one byte each, or [`LONG`]
    /// and two.
    levels: Vec<u8>,
    pub(super) counts: Box<TokenCounts>,
}

/// Which blocks at an edge of a macroblock have tokens.
#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    luma: [bool; 4],
    chroma: [[bool; 2]; 2],
    dc: bool,
}

impl Edge {
    /// Nothing, but what a macroblock without a block of DC coefficients does not touch.
    fn clear(&mut self, has_dc: bool) {
        *self = Self { dc: self.dc && !has_dc, ..Self::default() };
    }
}

/// Visits the blocks of one macroblock: `block` takes kind, context, first place, and says where the tokens end.
#[inline(always)]
fn blocks(
    has_dc: bool,
    above: &mut Edge,
    left: &mut Edge,
    mut block: impl FnMut(usize, usize, usize) -> usize,
) {
    let (kind, first) = if has_dc { (LUMA_WITHOUT_DC, 1) } else { (LUMA, 0) };
    if has_dc {
        let context = usize::from(above.dc) + usize::from(left.dc);
        let has_tokens = block(LUMA_DC, context, 0) > 0;
        (above.dc, left.dc) = (has_tokens, has_tokens);
    }
    for left in &mut left.luma {
        for above in &mut above.luma {
            let context = usize::from(*above) + usize::from(*left);
            let has_tokens = block(kind, context, first) > first;
            (*above, *left) = (has_tokens, has_tokens);
        }
    }
    for (above, left) in above.chroma.iter_mut().zip(&mut left.chroma) {
        for left in left {
            for above in above.iter_mut() {
                let context = usize::from(*above) + usize::from(*left);
                let has_tokens = block(CHROMA, context, 0) > 0;
                (*above, *left) = (has_tokens, has_tokens);
            }
        }
    }
}

/// The probabilities of a kind of block at each place.
fn planes(probabilities: &TokenProbabilities) -> Box<[Plane; 4]> {
    let mut planes = Box::new([[[[0; 11]; 3]; 17]; 4]);
    for (plane, bands) in planes.iter_mut().zip(probabilities) {
        for (place, band) in plane.iter_mut().zip(BANDS) {
            *place = bands.get(band).copied().unwrap_or([[128; 11]; 3]);
        }
    }
    planes
}

/// What stands at a place; nothing at one that no block has.
#[inline(always)]
fn at<T>(table: &[[T; 3]; 17], place: usize, context: usize) -> Option<&T> {
    table.get(place).and_then(|contexts| contexts.get(context))
}

impl Tokens {
    /// Reads the coefficients of all macroblocks, rows in turn from `partitions`.
    pub(super) fn read(
        partitions: &mut [BoolReader<'_>],
        modes: &Modes,
        probabilities: &TokenProbabilities,
        budget: &Budget,
    ) -> Result<Self, Error> {
        let planes = planes(probabilities);
        let mut counts: Box<[Counts<17>; 4]> = Box::new([[[[0; token::ALL * 2]; 3]; 17]; 4]);
        let mut levels: Vec<u8> = Vec::new();
        let mut above = vec![Edge::default(); modes.columns];
        let turns = partitions.len().max(1);
        for (row, macroblocks) in modes.macroblocks.chunks_exact(modes.columns.max(1)).enumerate() {
            let reader = partitions.get_mut(row % turns).ok_or(Error::Internal("VP8 without partitions"))?;
            let before = levels.len();
            let room = modes.columns * LARGEST;
            if before as u64 > budget.limits().buffer_bytes || levels.try_reserve(room).is_err() {
                return Err(budget.trip(Resource::BufferBytes));
            }
            let mut left = Edge::default();
            for (above, byte) in above.iter_mut().zip(macroblocks) {
                let macroblock = Macroblock::unpacked(*byte);
                let has_dc = macroblock.luma != SUBBLOCKS;
                if macroblock.skipped {
                    above.clear(has_dc);
                    left.clear(has_dc);
                    continue;
                }
                blocks(has_dc, above, &mut left, |kind, context, first| {
                    match (planes.get(kind & 3), counts.get_mut(kind & 3)) {
                        (Some(plane), Some(counts)) => {
                            read_block(reader, plane, counts, (context, first), &mut levels)
                        }
                        _ => first,
                    }
                });
            }
            if reader.overrun() {
                return Err(malformed("VP8 coefficients", 0));
            }
            budget.expand((levels.len() - before) as u64)?;
        }
        Ok(Self { levels, counts: by_band(&counts) })
    }

    /// Writes the coefficients of all macroblocks into one partition.
    pub(super) fn write(&self, modes: &Modes, probabilities: &TokenProbabilities, writer: &mut BoolWriter) {
        let planes = planes(probabilities);
        let mut levels = self.levels.iter();
        let mut above = vec![Edge::default(); modes.columns];
        for macroblocks in modes.macroblocks.chunks_exact(modes.columns.max(1)) {
            let mut left = Edge::default();
            for (above, byte) in above.iter_mut().zip(macroblocks) {
                let macroblock = Macroblock::unpacked(*byte);
                let has_dc = macroblock.luma != SUBBLOCKS;
                if macroblock.skipped {
                    above.clear(has_dc);
                    left.clear(has_dc);
                    continue;
                }
                blocks(has_dc, above, &mut left, |kind, context, first| match planes.get(kind & 3) {
                    Some(plane) => write_block(writer, plane, (context, first), &mut levels),
                    None => first,
                });
            }
        }
    }
}

/// Counts of places of one band together.
fn by_band(counts: &[Counts<17>; 4]) -> Box<TokenCounts> {
    let mut bands: Box<TokenCounts> = Box::new([[[[0; token::ALL * 2]; 3]; 8]; 4]);
    for (to, from) in bands.iter_mut().zip(counts) {
        for (place, band) in from.iter().zip(BANDS).take(16) {
            let Some(to) = to.get_mut(band) else { continue };
            let sums = to.as_flattened_mut().iter_mut().zip(place.as_flattened());
            sums.for_each(|(sum, count)| *sum = sum.saturating_add(*count));
        }
    }
    bands
}

/// Reads one block from its place `first` on; returns the place behind its last token.
#[inline(always)]
fn read_block(
    input: &mut BoolReader<'_>,
    plane: &Plane,
    counts: &mut Counts<17>,
    (mut context, first): (usize, usize),
    levels: &mut Vec<u8>,
) -> usize {
    // A copy of its own stays in registers.
    let mut own = input.clone();
    let reader = &mut own;
    let reach = levels.len();
    levels.push(first as u8);
    let mut place = first;
    let mut after_zero = 0;
    while place < 16 {
        let Some(p) = at(plane, place, context) else { break };
        let count = counts.get_mut(place).and_then(|contexts| contexts.get_mut(context));
        let Some(count) = count else { break };
        let mut tally = |token: usize| {
            if let Some(count) = count.get_mut(token + after_zero) {
                *count = count.wrapping_add(1);
            }
        };
        if after_zero == 0 && !reader.bit(p[0]) {
            tally(token::END);
            break;
        }
        place += 1;
        if !reader.bit(p[1]) {
            tally(token::ZERO);
            (context, after_zero) = (0, token::ALL);
            levels.push(0);
            continue;
        }
        if !reader.bit(p[2]) {
            tally(token::ONE);
            context = 1;
            levels.push(if reader.flag() { u8::MAX } else { 1 });
        } else {
            let (value, token) = read_large(reader, p);
            tally(token);
            context = 2;
            let value = if reader.flag() { -value } else { value };
            match i8::try_from(value) {
                Ok(short) if short != LONG => levels.push(short as u8),
                _ => {
                    levels.push(LONG as u8);
                    levels.extend_from_slice(&value.to_le_bytes());
                }
            }
        }
        after_zero = 0;
    }
    *input = own;
    if place > first
        && let Some(reach) = levels.get_mut(reach)
    {
        *reach = place as u8;
    }
    place
}

/// A number above one, and its token.
#[inline(always)]
fn read_large(reader: &mut BoolReader<'_>, p: &[u8; 11]) -> (i16, usize) {
    if !reader.bit(p[3]) {
        if !reader.bit(p[4]) {
            return (2, token::TWO);
        }
        let more = usize::from(reader.bit(p[5]));
        return (3 + more as i16, token::THREE + more);
    }
    if !reader.bit(p[6]) {
        if !reader.bit(p[7]) {
            return (5 + i16::from(reader.bit(159)), token::CATEGORY_1);
        }
        let high = i16::from(reader.bit(165));
        return (7 + 2 * high + i16::from(reader.bit(145)), token::CATEGORY_2);
    }
    let category = match reader.bit(p[8]) {
        false => usize::from(reader.bit(p[9])),
        true => 2 + usize::from(reader.bit(p[10])),
    };
    let (start, bits) = CATEGORIES.get(category).copied().unwrap_or_default();
    let rest = bits.iter().fold(0, |rest, bit| rest << 1 | i16::from(reader.bit(*bit)));
    (start + rest, token::CATEGORY_3 + category)
}

/// Writes the next block of `levels` from its place `first` on; returns the place behind its last token.
#[inline(always)]
fn write_block(
    writer: &mut BoolWriter,
    plane: &Plane,
    (mut context, first): (usize, usize),
    levels: &mut std::slice::Iter<'_, u8>,
) -> usize {
    let reach = levels.next().map_or(first, |reach| usize::from(*reach));
    let mut after_zero = false;
    for place in first..reach {
        let (Some(p), Some(level)) = (at(plane, place, context), levels.next()) else { break };
        let mut value = i16::from(*level as i8);
        if !after_zero {
            writer.bit(true, p[0]);
        }
        after_zero = value == 0;
        writer.bit(!after_zero, p[1]);
        if after_zero {
            context = 0;
            continue;
        }
        if value == i16::from(LONG)
            && let (Some(low), Some(high)) = (levels.next(), levels.next())
        {
            value = i16::from_le_bytes([*low, *high]);
        }
        let size = value.unsigned_abs();
        context = usize::from(size.min(2));
        writer.bit(size > 1, p[2]);
        if size > 1 {
            write_large(writer, p, size as i16);
        }
        writer.flag(value < 0);
    }
    // A block that ends with a zero reaches the last place, and none needs a word there.
    if reach < 16
        && let Some(p) = at(plane, reach, context)
    {
        writer.bit(false, p[0]);
    }
    reach
}

#[inline]
fn write_large(writer: &mut BoolWriter, p: &[u8; 11], size: i16) {
    writer.bit(size > 4, p[3]);
    if size <= 4 {
        writer.bit(size > 2, p[4]);
        if size > 2 {
            writer.bit(size > 3, p[5]);
        }
        return;
    }
    writer.bit(size > 10, p[6]);
    if size <= 10 {
        writer.bit(size > 6, p[7]);
        if size > 6 {
            writer.bit(size > 8, 165);
            writer.bit((size - 7) & 1 == 1, 145);
        } else {
            writer.bit(size == 6, 159);
        }
        return;
    }
    let category = CATEGORIES.iter().rposition(|(start, _)| size >= *start).unwrap_or(0);
    writer.bit(category > 1, p[8]);
    writer.bit(category & 1 == 1, if category > 1 { p[10] } else { p[9] });
    let (start, bits) = CATEGORIES.get(category).copied().unwrap_or_default();
    for (place, probability) in (0..bits.len()).rev().zip(bits) {
        writer.bit((size - start) >> place & 1 == 1, *probability);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_of_a_coefficient_comes_back() {
        let plane = [[[77; 11]; 3]; 17];
        let sizes: Vec<i16> = (1..=70).chain([127, 128, 129, 1_000, 2_114]).flat_map(|v| [v, -v]).collect();
        for value in sizes {
            let mut block = vec![3, 0, 5];
            match i8::try_from(value) {
                Ok(short) if short != LONG => block.push(short as u8),
                _ => block.extend([&[LONG as u8], &value.to_le_bytes()[..]].concat()),
            }
            let mut writer = BoolWriter::onto(Vec::new());
            assert_eq!(write_block(&mut writer, &plane, (1, 0), &mut block.iter()), 3);
            let coded = writer.finish();
            let mut reader = BoolReader::new(&coded);
            let (mut levels, mut counts) = (Vec::new(), [[[0; token::ALL * 2]; 3]; 17]);
            assert_eq!(read_block(&mut reader, &plane, &mut counts, (1, 0), &mut levels), 3);
            assert!(!reader.overrun());
            assert_eq!(levels, block);
        }
    }

    #[test]
    fn zeros_up_to_the_last_place_stay_and_are_no_empty_block() {
        let plane = [[[99; 11]; 3]; 17];
        let block = [&[16_u8][..], &[0; 15]].concat();
        let mut writer = BoolWriter::onto(Vec::new());
        write_block(&mut writer, &plane, (0, 1), &mut block.iter());
        let coded = writer.finish();
        let (mut levels, mut counts) = (Vec::new(), [[[0; token::ALL * 2]; 3]; 17]);
        let end = read_block(&mut BoolReader::new(&coded), &plane, &mut counts, (0, 1), &mut levels);
        assert_eq!((end, levels), (16, block));
    }
}
