//! A text as the symbols of Deflate.

use crate::budget::Budget;

use super::alphabet::{FARTHEST, LONGEST_COPY, SHORTEST_COPY, distance_symbol};

/// A text as literals and copies of what stands before.
///
/// A symbol takes four bytes. The lower nine bits are the byte of a literal, or 256 and the length of a copy less 3;
/// five bits further up are the symbol of the copy's distance and one more, and the upper sixteen the distance: both
/// are 0 for a literal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Symbols {
    words: Vec<u32>,
}

/// In a word, above the length of a copy.
const COPY: u32 = 256;
/// A text of more symbols is deflated anew: 256 MiB.
pub(super) const MOST: usize = 64 << 20;

/// A literal as a word.
#[inline(always)]
pub(super) fn literal(byte: u8) -> u32 {
    u32::from(byte)
}

/// A copy as a word, whose length and distance are of those that Deflate knows.
#[inline(always)]
pub(super) fn copy(length: usize, distance: usize) -> u32 {
    let distance = distance as u32;
    let of_distance = u32::from(distance_symbol(distance.wrapping_sub(1))) + 1;
    distance << 16 | of_distance << 9 | COPY | (length.wrapping_sub(SHORTEST_COPY) as u32 & 255)
}

/// The byte of a literal, or 256 and the length of a copy less 3.
#[inline(always)]
pub(super) fn index(word: u32) -> usize {
    (word & 511) as usize
}

/// The symbol of a copy's distance and one more, 0 for a literal.
#[inline(always)]
pub(super) fn of_distance(word: u32) -> usize {
    (word >> 9 & 31) as usize
}

/// The distance of a copy, 0 for a literal.
#[inline(always)]
pub(super) fn distance(word: u32) -> usize {
    (word >> 16) as usize
}

/// How many bytes of the text it is.
#[inline(always)]
pub(super) fn length(word: u32) -> usize {
    if word & COPY == 0 { 1 } else { (word & 255) as usize + SHORTEST_COPY }
}

/// As [`Symbols::says_little_twice`], of so many symbols.
pub(super) fn says_little_twice(symbols: usize, bytes: usize) -> bool {
    symbols > bytes / 4 * 3
}

impl Symbols {
    /// None yet, with room for so many.
    pub(super) fn with_room(symbols: usize, budget: &Budget) -> Self {
        Self { words: budget.words(symbols) }
    }

    /// Gives the buffer to whoever reads next.
    pub(crate) fn give_back(self, budget: &Budget) {
        budget.give_back_words(self.words);
    }

    /// The symbols in their order.
    pub(super) fn words(&self) -> &[u32] {
        &self.words
    }

    /// Adds symbols as they are; false when there are too many.
    pub(super) fn extend(&mut self, words: &[u32]) -> bool {
        self.words.extend_from_slice(words);
        self.words.len() <= MOST
    }

    /// Adds literals.
    pub(crate) fn literals(&mut self, bytes: &[u8]) {
        self.words.extend(bytes.iter().map(|byte| literal(*byte)));
    }

    /// Forgets the first symbols.
    pub(super) fn leave_out_first(&mut self, count: usize) {
        self.words.drain(..count.min(self.words.len()));
    }

    /// Puts a text behind this one.
    pub(crate) fn append(&mut self, other: &Self) {
        self.words.extend_from_slice(&other.words);
    }

    /// Adds a copy, in the last one where that has the same distance and room for it. False for one that Deflate does
    /// not know, which is not added.
    pub(super) fn copy(&mut self, length: usize, distance: usize) -> bool {
        if distance == 0 || distance > FARTHEST {
            return false;
        }
        if let Some(last) = self.words.last_mut()
            && self::distance(*last) == distance
            && self::length(*last) + length <= LONGEST_COPY
        {
            *last += length as u32;
            return true;
        }
        let is_one = (SHORTEST_COPY..=LONGEST_COPY).contains(&length);
        if is_one {
            self.words.push(copy(length, distance));
        }
        is_one
    }

    /// Whether a text of so many bytes says little twice: then it was not packed, or there is not much to pack.
    pub(crate) fn says_little_twice(&self, bytes: usize) -> bool {
        says_little_twice(self.words.len(), bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_they_were_made_of() {
        for (long, far) in [(3, 1), (258, 32_768), (17, 255)] {
            let word = copy(long, far);
            assert_eq!((length(word), distance(word), index(word)), (long, far, 256 + long - 3));
            assert_eq!(of_distance(word), usize::from(distance_symbol(far as u32 - 1)) + 1);
        }
        let word = literal(200);
        assert_eq!((length(word), distance(word), index(word), of_distance(word)), (1, 0, 200, 0));
    }

    #[test]
    fn a_copy_grows_only_by_its_own_kind_and_to_its_length() {
        let mut symbols = Symbols::default();
        assert!(
            !symbols.copy(2, 7) && !symbols.copy(259, 7) && !symbols.copy(9, 0) && !symbols.copy(9, 32_769)
        );
        assert!(symbols.copy(200, 7) && symbols.copy(58, 7) && !symbols.copy(1, 7) && symbols.copy(3, 7));
        symbols.literals(b"a");
        assert!(!symbols.copy(2, 7) && symbols.copy(4, 7) && symbols.copy(1, 7));
        assert_eq!(symbols.words(), [copy(258, 7), copy(3, 7), literal(b'a'), copy(5, 7)]);
    }
}
