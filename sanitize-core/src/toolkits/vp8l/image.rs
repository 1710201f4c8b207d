//! Entropy-coded images (RFC 9649, 3.7): codes, and the walk over the symbols of an image.

use super::{
    bits::{BitReader, BitWriter},
    prefix::{self, Decoder, Encoder},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// Symbols for literals of green, and for lengths; those of the colour cache follow.
pub(super) const LITERALS: usize = 256;
const LENGTHS: usize = 24;
const DISTANCES: usize = 40;

/// Where copies within reach of a few rows come from: rows up, and eight less columns to the left
/// (RFC 9649, 3.6.2.2).
const NEAR: [u8; 120] = [
    0x18, 0x07, 0x17, 0x19, 0x28, 0x06, 0x27, 0x29, 0x16, 0x1a, 0x26, 0x2a, 0x38, 0x05, 0x37, 0x39, 0x15,
    0x1b, 0x36, 0x3a, 0x25, 0x2b, 0x48, 0x04, 0x47, 0x49, 0x14, 0x1c, 0x35, 0x3b, 0x46, 0x4a, 0x24, 0x2c,
    0x58, 0x45, 0x4b, 0x34, 0x3c, 0x03, 0x57, 0x59, 0x13, 0x1d, 0x56, 0x5a, 0x23, 0x2d, 0x44, 0x4c, 0x55,
    0x5b, 0x33, 0x3d, 0x68, 0x02, 0x67, 0x69, 0x12, 0x1e, 0x66, 0x6a, 0x22, 0x2e, 0x54, 0x5c, 0x43, 0x4d,
    0x65, 0x6b, 0x32, 0x3e, 0x78, 0x01, 0x77, 0x79, 0x53, 0x5d, 0x11, 0x1f, 0x64, 0x6c, 0x42, 0x4e, 0x76,
    0x7a, 0x21, 0x2f, 0x75, 0x7b, 0x31, 0x3f, 0x63, 0x6d, 0x52, 0x5e, 0x00, 0x74, 0x7c, 0x41, 0x4f, 0x10,
    0x20, 0x62, 0x6e, 0x30, 0x73, 0x7d, 0x51, 0x5f, 0x40, 0x72, 0x7e, 0x61, 0x6f, 0x50, 0x71, 0x7f, 0x60,
    0x70,
];

/// Symbols of each of the five codes of a group: green with lengths and cache, red, blue, alpha, distances.
pub(super) fn alphabets(cache_bits: u32) -> [usize; 5] {
    let cache = if cache_bits > 0 { 1 << cache_bits } else { 0 };
    [LITERALS + LENGTHS + cache, 256, 256, 256, DISTANCES]
}

/// The five codes that read one part of an image.
#[derive(Debug)]
pub(super) struct Group {
    green: Decoder,
    red: Decoder,
    blue: Decoder,
    alpha: Decoder,
    distance: Decoder,
}

impl Group {
    pub(super) fn read(reader: &mut BitReader<'_>, cache_bits: u32, budget: &Budget) -> Result<Self, Error> {
        budget.objects(5)?;
        let mut bytes = 0;
        let mut next = |symbols: usize| {
            let lengths = prefix::read(reader, symbols)?;
            let decoder = Decoder::new(&lengths).ok_or(malformed("VP8L prefix code", 0))?;
            bytes += decoder.bytes();
            Ok::<Decoder, Error>(decoder)
        };
        let [green, red, blue, alpha, distance] = alphabets(cache_bits);
        let group = Self {
            green: next(green)?,
            red: next(red)?,
            blue: next(blue)?,
            alpha: next(alpha)?,
            distance: next(distance)?,
        };
        budget.expand(bytes)?;
        Ok(group)
    }
}

/// Which group reads which square of the image.
#[derive(Debug)]
pub(super) struct Tiles {
    /// Side of a square, as a power of two.
    pub(super) bits: u32,
    /// Index of the group of each, row by row; a row has as many as cover the image.
    pub(super) groups: Vec<u16>,
}

/// The size of an image.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) width: usize,
    pub(super) height: usize,
}

/// A number in its prefix and the bits behind it (RFC 9649, 3.6.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) prefix: u32,
    pub(super) extra: u32,
}

impl Number {
    fn extra_bits(prefix: u32) -> u32 {
        (prefix >> 1).saturating_sub(1)
    }

    #[inline]
    fn read(prefix: u32, reader: &mut BitReader<'_>) -> Self {
        Self { prefix, extra: reader.held_bits(Self::extra_bits(prefix)) }
    }

    #[inline]
    pub(super) fn value(self) -> usize {
        match self.prefix {
            0..4 => self.prefix as usize + 1,
            prefix => (((2 + (prefix & 1)) << Self::extra_bits(prefix)) + self.extra) as usize + 1,
        }
    }
}

/// Takes the symbols of an image one by one, each with the index of its group.
pub(super) trait Sink {
    /// A pixel: green, red, blue, alpha.
    fn literal(&mut self, group: usize, pixel: [u32; 4]);
    /// Pixels like earlier ones: how many, from where, and how many pixels before that is.
    fn copy(&mut self, group: usize, length: Number, from: Number, distance: usize);
    /// A pixel of the colour cache.
    fn cached(&mut self, group: usize, key: u32);
}

/// Walks over an image. Each copy must lie within what is there and what is to come.
pub(super) fn walk(
    input: &mut BitReader<'_>,
    shape: Shape,
    groups: &[Group],
    tiles: Option<&Tiles>,
    sink: &mut impl Sink,
    budget: &Budget,
) -> Result<(), Error> {
    let wrong = |what| Err(malformed(what, 0));
    // A copy of its own stays in registers.
    let mut own = input.clone();
    let reader = &mut own;
    let Shape { width, height } = shape;
    let bits = tiles.map_or(usize::BITS - 1, |tiles| tiles.bits);
    let mask = (1_usize << bits) - 1;
    let columns = width.div_ceil(1 << bits).max(1);
    let index = |column: usize, row: usize| {
        let tile = (row >> bits) * columns + (column >> bits);
        tiles.and_then(|tiles| tiles.groups.get(tile)).map_or(0, |index| usize::from(*index))
    };
    let (mut column, mut row, mut done) = (0_usize, 0_usize, 0_usize);
    let total = width * height;
    let mut current = index(0, 0);
    let mut until_check = 0_usize;
    while done < total {
        if done >= until_check {
            budget.check()?;
            until_check = done + (1 << 16);
        }
        if column & mask == 0 {
            current = index(column, row);
        }
        let Some(group) = groups.get(current) else { return wrong("VP8L group of codes") };
        reader.refill();
        let green = group.green.symbol(reader);
        let length = if (green as usize) < LITERALS {
            let red = group.red.symbol(reader);
            reader.refill();
            let blue = group.blue.symbol(reader);
            let alpha = group.alpha.symbol(reader);
            sink.literal(current, [green, red, blue, alpha]);
            1
        } else if (green as usize) < LITERALS + LENGTHS {
            let length = Number::read(green - LITERALS as u32, reader);
            let prefix = group.distance.symbol(reader);
            reader.refill();
            let from = Number::read(prefix, reader);
            let distance = distance(from.value(), width);
            let count = length.value();
            if distance > done || count > total - done {
                return wrong("VP8L copy");
            }
            sink.copy(current, length, from, distance);
            count
        } else {
            sink.cached(current, green - (LITERALS + LENGTHS) as u32);
            1
        };
        if reader.overrun() {
            return wrong("VP8L stream, which is cut");
        }
        done += length;
        column += length;
        if column >= width {
            row += column / width;
            column %= width;
        }
        if length > 1 && done < total {
            current = index(column, row);
        }
    }
    *input = own;
    Ok(())
}

/// Pixels back to where a copy comes from.
fn distance(code: usize, width: usize) -> usize {
    match code.checked_sub(NEAR.len()) {
        Some(distance) if distance > 0 => distance,
        _ => {
            let near = NEAR.get(code.wrapping_sub(1)).copied().unwrap_or(0);
            let (rows, left) = (usize::from(near >> 4), 8 - i64::from(near & 15));
            ((rows * width) as i64 + left).max(1) as usize
        }
    }
}

/// How often each symbol comes, by group.
#[derive(Debug)]
pub(super) struct Counts {
    counts: Vec<u32>,
    alphabets: [usize; 5],
}

impl Counts {
    pub(super) fn new(groups: usize, cache_bits: u32, budget: &Budget) -> Result<Self, Error> {
        let alphabets = alphabets(cache_bits);
        let length = groups * alphabets.iter().sum::<usize>();
        // Codes of as many symbols will be made of them.
        budget.expand(length as u64 * 8)?;
        let mut counts = Vec::new();
        let room = counts.try_reserve_exact(length);
        room.map_err(|_| budget.trip(crate::limits::Resource::BufferBytes))?;
        counts.resize(length, 0);
        Ok(Self { counts, alphabets })
    }

    #[inline(always)]
    fn add(&mut self, group: usize, place: usize) {
        let stride = self.alphabets[0] + 3 * 256 + DISTANCES;
        if let Some(count) = self.counts.get_mut(group * stride + place) {
            *count = count.wrapping_add(1);
        }
    }

    /// The counts of the five codes of each group.
    pub(super) fn groups(&self) -> impl Iterator<Item = [&[u32]; 5]> {
        let [green, red, blue, alpha, _] = self.alphabets;
        self.counts.chunks_exact(self.alphabets.iter().sum::<usize>().max(1)).map(move |counts| {
            let (greens, counts) = counts.split_at_checked(green).unwrap_or_default();
            let (reds, counts) = counts.split_at_checked(red).unwrap_or_default();
            let (blues, counts) = counts.split_at_checked(blue).unwrap_or_default();
            let (alphas, distances) = counts.split_at_checked(alpha).unwrap_or_default();
            [greens, reds, blues, alphas, distances]
        })
    }

    /// True where a pixel comes from the colour cache.
    pub(super) fn uses_cache(&self) -> bool {
        self.groups().any(|[green, ..]| green.iter().skip(LITERALS + LENGTHS).any(|count| *count > 0))
    }

    /// Which values literals have in one of green, red, blue and alpha.
    pub(super) fn literals(&self, channel: usize) -> [bool; 256] {
        let mut used = [false; 256];
        for group in self.groups() {
            let counts = group.get(channel).copied().unwrap_or_default();
            used.iter_mut().zip(counts).for_each(|(used, count)| *used |= *count > 0);
        }
        used
    }
}

impl Sink for Counts {
    #[inline(always)]
    fn literal(&mut self, group: usize, [green, red, blue, alpha]: [u32; 4]) {
        let first = self.alphabets[0];
        self.add(group, green as usize);
        self.add(group, first + red as usize);
        self.add(group, first + 256 + blue as usize);
        self.add(group, first + 512 + alpha as usize);
    }

    #[inline]
    fn copy(&mut self, group: usize, length: Number, from: Number, _: usize) {
        self.add(group, LITERALS + length.prefix as usize);
        self.add(group, self.alphabets[0] + 768 + from.prefix as usize);
    }

    #[inline]
    fn cached(&mut self, group: usize, key: u32) {
        self.add(group, LITERALS + LENGTHS + key as usize);
    }
}

/// Writes the symbols of an image with codes made for them.
#[derive(Debug)]
pub(super) struct Coder {
    groups: Vec<[Encoder; 5]>,
    writer: BitWriter,
}

impl Coder {
    /// Writes the codes.
    pub(super) fn new(counts: &Counts, mut writer: BitWriter, budget: &Budget) -> Result<Self, Error> {
        let mut groups = Vec::new();
        for counts in counts.groups() {
            budget.objects(5)?;
            groups.push(counts.map(|counts| Encoder::write(counts, &mut writer)));
        }
        Ok(Self { groups, writer })
    }

    pub(super) fn into_writer(self) -> BitWriter {
        self.writer
    }
}

impl Sink for Coder {
    #[inline(always)]
    fn literal(&mut self, group: usize, [green, red, blue, alpha]: [u32; 4]) {
        let Some([greens, reds, blues, alphas, _]) = self.groups.get(group) else { return };
        greens.symbol(green, &mut self.writer);
        reds.symbol(red, &mut self.writer);
        blues.symbol(blue, &mut self.writer);
        alphas.symbol(alpha, &mut self.writer);
    }

    #[inline]
    fn copy(&mut self, group: usize, length: Number, from: Number, _: usize) {
        let Some([greens, _, _, _, distances]) = self.groups.get(group) else { return };
        greens.symbol(LITERALS as u32 + length.prefix, &mut self.writer);
        self.writer.bits(length.extra, Number::extra_bits(length.prefix));
        distances.symbol(from.prefix, &mut self.writer);
        self.writer.bits(from.extra, Number::extra_bits(from.prefix));
    }

    #[inline]
    fn cached(&mut self, group: usize, key: u32) {
        let Some([greens, ..]) = self.groups.get(group) else { return };
        greens.symbol((LITERALS + LENGTHS) as u32 + key, &mut self.writer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_places_are_rows_up_and_columns_to_the_left_and_never_ahead() {
        assert_eq!(distance(1, 100), 100);
        assert_eq!(distance(2, 100), 1);
        assert_eq!(distance(3, 100), 101);
        assert_eq!(distance(4, 100), 99);
        assert_eq!(distance(4, 1), 1);
        assert_eq!(distance(121, 100), 1);
        assert_eq!(distance(1_000, 100), 880);
    }

    #[test]
    fn numbers_are_told_by_prefix_and_bits() {
        let value = |prefix, extra| Number { prefix, extra }.value();
        assert_eq!([value(0, 0), value(3, 0), value(4, 0), value(4, 1), value(5, 0)], [1, 4, 5, 6, 7]);
        assert_eq!(value(23, (1 << 10) - 1), 4_096);
        assert_eq!(value(39, (1 << 18) - 1), 1 << 20);
    }
}
