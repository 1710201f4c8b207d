//! Prefix codes (RFC 9649, 3.7.2): read and checked, computed from what comes, written.

use super::bits::{BitReader, BitWriter};
use crate::{
    error::{Error, malformed},
    toolkits::codec::prefix_code,
};

/// The longest code.
pub(super) const LONGEST: u8 = 15;
/// Bits that one look-up takes at once.
const LOOK: u32 = 8;

/// The order in which lengths of the code for lengths are stored.
const LENGTH_ORDER: [usize; 19] = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Finds the symbol of a code. Entries are a symbol and, in the lower four bits, the length of its code; longer
/// codes have a table of their own, which begins where the entry says.
#[derive(Clone, Debug)]
pub(super) struct Decoder {
    table: Vec<u32>,
    /// Of the bits that are looked up at once; none where there is one symbol.
    mask: usize,
}

/// Marks an entry that refers to a further table.
const FURTHER: u32 = 1 << 31;

impl Decoder {
    /// The code with these lengths, if they are those of exactly one complete code, or of a single symbol.
    pub(super) fn new(lengths: &[u8]) -> Option<Self> {
        let mut counts = [0_u32; 16];
        for length in lengths {
            *counts.get_mut(usize::from(*length))? += 1;
        }
        counts[0] = 0;
        let used: u32 = counts.iter().sum();
        if used == 1 {
            // It takes no bits.
            let symbol = lengths.iter().position(|length| *length != 0)? as u32;
            return Some(Self { table: vec![symbol << 4], mask: 0 });
        }
        let space: u32 =
            (1_u32..).zip(counts.iter().skip(1)).map(|(length, count)| count << (15 - length)).sum();
        if space != 1 << 15 {
            return None;
        }
        let mut table = vec![0; 1 << LOOK];
        for (symbol, code, length) in codes(lengths) {
            let entry = symbol << 4 | length;
            if length <= LOOK {
                // The tables of longer codes stand behind.
                let slots = table.iter_mut().take(1 << LOOK).skip(code as usize).step_by(1 << length);
                slots.for_each(|slot| *slot = entry);
                continue;
            }
            // Canonical codes that begin alike stand together, so that the further table is the last made or new.
            let start = (code & ((1 << LOOK) - 1)) as usize;
            let further = LONGEST as usize - LOOK as usize;
            if table.get(start)? & FURTHER == 0 {
                let base = table.len() as u32;
                *table.get_mut(start)? = FURTHER | base;
                table.resize(base as usize + (1 << further), 0);
            }
            let base = (table.get(start)? & !FURTHER) as usize;
            let slots = table.get_mut(base..base + (1 << further))?;
            slots.iter_mut().skip((code >> LOOK) as usize).step_by(1 << (length - LOOK)).for_each(|slot| {
                *slot = entry;
            });
        }
        Some(Self { table, mask: (1 << LOOK) - 1 })
    }

    /// Bytes it takes in memory.
    pub(super) fn bytes(&self) -> u64 {
        self.table.len() as u64 * 4
    }

    /// The next symbol; the window holds a longest code or all there is.
    #[inline(always)]
    pub(super) fn symbol(&self, reader: &mut BitReader<'_>) -> u32 {
        let peek = reader.peek();
        let mut entry = self.entry(peek as usize & self.mask);
        if entry & FURTHER != 0 {
            let further = (peek >> LOOK) as usize & ((1 << (u32::from(LONGEST) - LOOK)) - 1);
            entry = self.entry((entry & !FURTHER) as usize + further);
        }
        reader.take(entry & 15);
        entry >> 4
    }

    #[inline(always)]
    fn entry(&self, index: usize) -> u32 {
        self.table.get(index).copied().unwrap_or(0)
    }
}

/// Each symbol with its code, first bit lowest, and the length of the code.
fn codes(lengths: &[u8]) -> impl Iterator<Item = (u32, u32, u32)> {
    let mut next = [0_u32; 17];
    let mut code = 0;
    for (length, slot) in next.iter_mut().enumerate().skip(1) {
        let shorter = lengths.iter().filter(|other| usize::from(**other) == length - 1 && length > 1).count();
        code = (code + shorter as u32) << 1;
        *slot = code;
    }
    (0_u32..).zip(lengths).filter(|(_, length)| **length > 0).map(move |(symbol, length)| {
        let slot = next.get_mut(usize::from(*length));
        let code = slot.map_or(0, |slot| {
            *slot += 1;
            *slot - 1
        });
        (symbol, code.reverse_bits() >> (32 - u32::from(*length)), u32::from(*length))
    })
}

/// Reads the lengths of a code for an alphabet of `symbols`.
pub(super) fn read(reader: &mut BitReader<'_>, symbols: usize) -> Result<Vec<u8>, Error> {
    let wrong = || malformed("VP8L prefix code", 0);
    let mut lengths = vec![0; symbols];
    if reader.flag()? {
        let two = reader.flag()?;
        let wide = reader.flag()?;
        let first = reader.bits(if wide { 8 } else { 1 })? as usize;
        *lengths.get_mut(first).ok_or_else(wrong)? = 1;
        if two {
            let second = reader.bits(8)? as usize;
            *lengths.get_mut(second).ok_or_else(wrong)? = 1;
        }
        return Ok(lengths);
    }
    let mut of_lengths = [0; 19];
    let count = reader.bits(4)? as usize + 4;
    for index in LENGTH_ORDER.into_iter().take(count) {
        if let Some(length) = of_lengths.get_mut(index) {
            *length = reader.bits(3)? as u8;
        }
    }
    let code = Decoder::new(&of_lengths).ok_or_else(wrong)?;
    let mut left = symbols;
    if reader.flag()? {
        let bits = 2 + 2 * reader.bits(3)?;
        left = 2 + reader.bits(bits)? as usize;
        if left > symbols {
            return Err(wrong());
        }
    }
    let (mut place, mut previous) = (0, 8);
    while place < symbols && left > 0 {
        left -= 1;
        reader.refill();
        let symbol = code.symbol(reader);
        let (length, repeat) = match symbol {
            0..=15 => (symbol as u8, 1),
            16 => (previous, 3 + reader.bits(2)?),
            17 => (0, 3 + reader.bits(3)?),
            _ => (0, 11 + reader.bits(7)?),
        };
        let end = place + repeat as usize;
        lengths.get_mut(place..end).ok_or_else(wrong)?.fill(length);
        if length != 0 {
            previous = length;
        }
        place = end;
    }
    if reader.overrun() { Err(malformed("VP8L stream, which is cut", 0)) } else { Ok(lengths) }
}

/// Writes symbols.
#[derive(Clone, Debug)]
pub(super) struct Encoder {
    /// Code and, in the lower four bits, its length.
    codes: Vec<u32>,
}

impl Encoder {
    /// Chooses a code for how often each symbol comes, writes it, and returns it.
    pub(super) fn write(counts: &[u32], writer: &mut BitWriter) -> Self {
        let mut used = (0_u32..).zip(counts).filter(|(_, count)| **count > 0).map(|(symbol, _)| symbol);
        let (first, second, third) = (used.next(), used.next(), used.next());
        let mut code = Self { codes: vec![0; counts.len()] };
        let mut lengths = vec![0; counts.len()];
        match (first, second, third) {
            // What is not used must have a code as well: that of one symbol takes no bits.
            (None, ..) => writer.bits(0b0001, 4),
            (Some(only), None, _) if only < 256 => simple(only, None, writer),
            (Some(first), Some(second), None) if second < 256 => {
                simple(first, Some(second), writer);
                for (symbol, bit) in [(first, 0), (second, 1)] {
                    if let Some(slot) = code.codes.get_mut(symbol as usize) {
                        *slot = bit << 4 | 1;
                    }
                }
            }
            (Some(only), None, _) => {
                if let Some(length) = lengths.get_mut(only as usize) {
                    *length = 1;
                }
                write_lengths(&lengths, writer);
            }
            _ => {
                let mut counts = counts.to_vec();
                even_out(&mut counts);
                lengths = optimal(&counts, LONGEST);
                write_lengths(&lengths, writer);
                for (symbol, bits, length) in codes(&lengths) {
                    if let Some(slot) = code.codes.get_mut(symbol as usize) {
                        *slot = bits << 4 | length;
                    }
                }
            }
        }
        code
    }

    /// Writes the code of a symbol.
    #[inline(always)]
    pub(super) fn symbol(&self, symbol: u32, writer: &mut BitWriter) {
        let code = self.codes.get(symbol as usize).copied().unwrap_or(0);
        writer.bits(code >> 4, code & 15);
    }
}

/// A code of one or two symbols, of which the second is the larger.
fn simple(first: u32, second: Option<u32>, writer: &mut BitWriter) {
    writer.flag(true);
    writer.flag(second.is_some());
    writer.flag(first > 1);
    writer.bits(first, if first > 1 { 8 } else { 1 });
    if let Some(second) = second {
        writer.bits(second, 8);
    }
}

/// Writes lengths by a code of their own.
fn write_lengths(lengths: &[u8], writer: &mut BitWriter) {
    let runs = runs(lengths);
    let mut counts = [0_u32; 19];
    for (symbol, _) in &runs {
        if let Some(count) = counts.get_mut(*symbol as usize) {
            *count += 1;
        }
    }
    let of_lengths = match counts.iter().filter(|count| **count > 0).count() {
        // A code of one symbol still has to have a length.
        1 => counts.map(|count| u8::from(count > 0)).to_vec(),
        _ => optimal(&counts, 7),
    };
    let ordered = LENGTH_ORDER.map(|index| of_lengths.get(index).copied().unwrap_or(0));
    let stored = ordered.iter().rposition(|length| *length != 0).map_or(4, |last| (last + 1).max(4));
    writer.flag(false);
    writer.bits(stored as u32 - 4, 4);
    ordered.iter().take(stored).for_each(|length| writer.bits(u32::from(*length), 3));
    let mut code = [(0, 0); 19];
    if counts.iter().filter(|count| **count > 0).count() > 1 {
        for (symbol, bits, length) in codes(&of_lengths) {
            if let Some(slot) = code.get_mut(symbol as usize) {
                *slot = (bits, length);
            }
        }
    }
    // Zeros at the end need no words where that is said.
    let needed =
        runs.iter().rposition(|(symbol, _)| !matches!(symbol, 0 | 17 | 18)).map_or(0, |last| last + 1);
    let cost = |(symbol, _): &(u32, u32)| {
        code.get(*symbol as usize).map_or(0, |(_, length)| *length) + extra_bits(*symbol)
    };
    let saved: u32 = runs.iter().skip(needed).map(cost).sum();
    let count = needed.max(2) as u32 - 2;
    let pairs = (32 - count.leading_zeros()).div_ceil(2).max(1);
    let trims = needed >= 2 && saved > 3 + pairs * 2;
    writer.flag(trims);
    if trims {
        writer.bits(pairs - 1, 3);
        writer.bits(count, pairs * 2);
    }
    for (symbol, extra) in runs.iter().take(if trims { needed } else { runs.len() }) {
        let (bits, length) = code.get(*symbol as usize).copied().unwrap_or((0, 0));
        writer.bits(bits, length);
        writer.bits(*extra, extra_bits(*symbol));
    }
}

fn extra_bits(symbol: u32) -> u32 {
    match symbol {
        16 => 2,
        17 => 3,
        18 => 7,
        _ => 0,
    }
}

/// Lengths as symbols of the code for lengths, with the bits behind each.
fn runs(lengths: &[u8]) -> Vec<(u32, u32)> {
    let mut runs = Vec::new();
    let mut previous = 8;
    for run in lengths.chunk_by(|a, b| a == b) {
        let length = run.first().copied().unwrap_or(0);
        let mut left = run.len() as u32;
        if length == 0 {
            while left > 0 {
                let (symbol, count) = match left {
                    0..3 => (0, 1),
                    3..=10 => (17, left),
                    _ => (18, left.min(138)),
                };
                runs.push((
                    symbol,
                    match symbol {
                        17 => count - 3,
                        18 => count - 11,
                        _ => 0,
                    },
                ));
                left -= count;
            }
            continue;
        }
        if length != previous {
            runs.push((u32::from(length), 0));
            left -= 1;
            previous = length;
        }
        while left > 0 {
            // Six at a time, but so that no one or two are left over.
            let count = match left {
                1 | 2 => 1,
                7 | 8 => left - 3,
                _ => left.min(6),
            };
            runs.push(if count == 1 { (u32::from(length), 0) } else { (16, count - 3) });
            left -= count;
        }
    }
    runs
}

/// Lengths of an optimal code for `counts` with none longer than `longest`. Where a code is too long, rare symbols
/// count as less rare, until it is not.
fn optimal(counts: &[u32], longest: u8) -> Vec<u8> {
    let mut least = 1;
    loop {
        let lengths = unlimited(counts, least);
        if lengths.iter().all(|length| *length <= longest) {
            return lengths;
        }
        least *= 2;
    }
}

/// Lengths of an optimal code, every count that is not zero taken as `least` or more.
fn unlimited(counts: &[u32], least: u32) -> Vec<u8> {
    let mut leaves: Vec<(u64, usize)> = counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(symbol, count)| (u64::from((*count).max(least)), symbol))
        .collect();
    leaves.sort_unstable();
    let depths = prefix_code::lengths(leaves.iter().map(|(count, _)| *count));
    let mut lengths = vec![0; counts.len()];
    for ((_, symbol), depth) in leaves.iter().zip(depths) {
        if let Some(length) = lengths.get_mut(*symbol) {
            *length = u8::try_from(depth).unwrap_or(u8::MAX);
        }
    }
    lengths
}

/// Makes neighbours that come about as often count alike, so that the lengths of their codes are told as runs.
fn even_out(counts: &mut [u32]) {
    let length = counts.iter().rposition(|count| *count != 0).map_or(0, |last| last + 1);
    let counts = counts.get_mut(..length).unwrap_or_default();
    // Runs that are good as they are.
    let mut good = Vec::with_capacity(length + 1);
    for run in counts.chunk_by(|a, b| a == b) {
        let enough = if run.first() == Some(&0) { 5 } else { 7 };
        good.extend(std::iter::repeat_n(run.len() >= enough, run.len()));
    }
    let at = |counts: &[u32], index: usize| counts.get(index).copied().unwrap_or(0);
    let is_good = |index: usize| good.get(index).copied().unwrap_or(false);
    let (mut stride, mut sum, mut limit) = (0, 0_u64, at(counts, 0));
    for index in 0..=length {
        let ends = index == length
            || is_good(index)
            || index > 0 && is_good(index - 1)
            || at(counts, index).abs_diff(limit) >= 4;
        if ends {
            if stride >= 4 || stride >= 3 && sum == 0 {
                let average = (sum + stride as u64 / 2) / stride as u64;
                let average = if sum == 0 { 0 } else { average.max(1) as u32 };
                counts.get_mut(index - stride..index).unwrap_or_default().fill(average);
            }
            (stride, sum) = (0, 0);
            limit = match counts.get(index..index + 4) {
                Some(four) => (four.iter().map(|count| u64::from(*count)).sum::<u64>().div_ceil(4)) as u32,
                None => at(counts, index),
            };
        }
        stride += 1;
        if index < length {
            sum += u64::from(at(counts, index));
            if stride >= 4 {
                limit = ((sum + stride as u64 / 2) / stride as u64) as u32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads back what is written for `counts`, and each symbol of them.
    fn comes_back(counts: &[u32]) {
        let mut writer = BitWriter::onto(Vec::new());
        let encoder = Encoder::write(counts, &mut writer);
        let used: Vec<u32> =
            (0_u32..).zip(counts).filter(|(_, count)| **count > 0).map(|(symbol, _)| symbol).collect();
        used.iter().for_each(|symbol| encoder.symbol(*symbol, &mut writer));
        let bytes = writer.finish();
        let mut reader = BitReader::new(&bytes);
        let lengths = read(&mut reader, counts.len()).unwrap();
        let decoder = Decoder::new(&lengths).unwrap();
        for symbol in used {
            reader.refill();
            assert_eq!(decoder.symbol(&mut reader), symbol, "{counts:?}");
        }
        assert!(!reader.overrun());
    }

    #[test]
    fn codes_of_any_counts_come_back() {
        comes_back(&[0; 40]);
        comes_back(&[0, 7, 0, 0]);
        let mut counts = vec![0; 280];
        counts[279] = 3;
        comes_back(&counts);
        counts[0] = 9;
        comes_back(&counts);
        counts[200] = 1;
        comes_back(&counts);
        comes_back(&[5; 256]);
        comes_back(&(0..2_328).map(|n| n % 97 * (n % 5)).collect::<Vec<u32>>());
        // Fibonacci numbers ask for the longest codes.
        let mut fibonacci = vec![1_u32, 1];
        (0..40).for_each(|n| fibonacci.push(fibonacci[n] + fibonacci[n + 1]));
        comes_back(&fibonacci);
        for length in 1..300 {
            comes_back(&[&vec![4; length][..], &[0; 3], &vec![90; 300 - length]].concat());
        }
    }

    #[test]
    fn codes_that_are_too_full_or_not_full_are_none() {
        assert!(Decoder::new(&[1, 1]).is_some());
        assert!(Decoder::new(&[1, 1, 1]).is_none());
        assert!(Decoder::new(&[2, 2, 2]).is_none());
        assert!(Decoder::new(&[0, 0, 9]).is_some(), "one symbol takes no bits, whatever its length");
        assert!(Decoder::new(&[0, 0]).is_none());
        assert!(Decoder::new(&[15; 1 << 15]).is_some());
    }
}
