//! The symbols of RFC 1951, 3.2.5: what lengths and distances they stand for.

/// Literals and lengths: bytes, the end of a block, 29 lengths, and two that stand for nothing.
pub(super) const LITERALS: usize = 288;
/// Distances, and two symbols that stand for nothing.
pub(super) const DISTANCES: usize = 32;
/// The symbol that ends a block.
pub(super) const END: usize = 256;
/// Lengths and distances that symbols stand for.
pub(super) const USED_LITERALS: usize = 286;
pub(super) const USED_DISTANCES: usize = 30;
/// The longest code of literals and distances, and that of the code for lengths.
pub(super) const LONGEST: usize = 15;
pub(super) const LONGEST_OF_LENGTHS: usize = 7;
/// Symbols of the code for lengths, in the order in which their own lengths are stored.
pub(super) const LENGTH_ORDER: [u8; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The shortest and the longest copy.
pub(super) const SHORTEST_COPY: usize = 3;
pub(super) const LONGEST_COPY: usize = 258;
/// How far back a copy reaches.
pub(super) const FARTHEST: usize = 32_768;

/// The first number a symbol stands for, and how many bits say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) first: u16,
    pub(super) bits: u8,
}

/// Lengths by symbol, from symbol 257 on.
pub(super) const LENGTH_RANGES: [Range; 29] = {
    let mut ranges = ranges(3, 4);
    // 258 has a symbol of its own, with which the last range would begin one earlier.
    ranges[28] = Range { first: 258, bits: 0 };
    ranges
};

/// Distances by symbol.
pub(super) const DISTANCE_RANGES: [Range; 30] = ranges(1, 2);

/// Ranges one behind another, from `first` on: of two times `same` symbols without bits, then of `same` with one bit,
/// with two, and so on.
#[allow(clippy::indexing_slicing, reason = "run by the compiler")]
const fn ranges<const N: usize>(first: u16, same: usize) -> [Range; N] {
    let mut ranges = [Range { first: 0, bits: 0 }; N];
    let (mut next, mut symbol) = (first as u32, 0);
    while symbol < N {
        let bits = if symbol < 2 * same { 0 } else { symbol / same - 1 };
        ranges[symbol] = Range { first: next as u16, bits: bits as u8 };
        next += 1 << bits;
        symbol += 1;
    }
    ranges
}

/// Symbols of lengths, by length less 3.
#[allow(clippy::indexing_slicing, reason = "run by the compiler")]
pub(super) const LENGTH_SYMBOLS: [u8; 256] = {
    let mut symbols = [0; 256];
    let mut index = 0;
    while index < LENGTH_RANGES.len() {
        let range = LENGTH_RANGES[index];
        let mut length = range.first as usize;
        while length < range.first as usize + (1 << range.bits) && length <= LONGEST_COPY {
            // Symbols rise, so that 258 ends with its own.
            symbols[length - SHORTEST_COPY] = index as u8;
            length += 1;
        }
        index += 1;
    }
    symbols
};

/// Symbols of distances: of those up to 256 by distance less 1, of those above by its upper bits.
#[allow(clippy::indexing_slicing, reason = "run by the compiler")]
const DISTANCE_SYMBOLS: [u8; 512] = {
    let mut symbols = [0; 512];
    let mut index = 0;
    while index < DISTANCE_RANGES.len() {
        let range = DISTANCE_RANGES[index];
        let mut distance = range.first as usize;
        while distance < range.first as usize + (1 << range.bits) {
            let less = distance - 1;
            symbols[if less < 256 { less } else { 256 + (less >> 7) }] = index as u8;
            distance += 1;
        }
        index += 1;
    }
    symbols
};

/// The symbol of a distance.
#[inline(always)]
pub(super) fn distance_symbol(less_one: u32) -> u8 {
    let index = if less_one < 256 { less_one } else { 256 + (less_one >> 7) };
    DISTANCE_SYMBOLS.get((index & 511) as usize).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_those_of_the_standard() {
        let lengths: Vec<u16> = LENGTH_RANGES.iter().map(|range| range.first).collect();
        let expected = [
            3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
            163, 195, 227, 258,
        ];
        assert_eq!(lengths, expected);
        let last = DISTANCE_RANGES.last().unwrap();
        assert_eq!((last.first, last.bits), (24_577, 13));
        assert_eq!(LENGTH_SYMBOLS.last(), Some(&28));
        assert_eq!(LENGTH_SYMBOLS[254], 27);
        for (index, range) in DISTANCE_RANGES.iter().enumerate() {
            let first = u32::from(range.first) - 1;
            assert_eq!(usize::from(distance_symbol(first)), index);
            assert_eq!(usize::from(distance_symbol(first + (1 << range.bits) - 1)), index);
        }
    }
}
