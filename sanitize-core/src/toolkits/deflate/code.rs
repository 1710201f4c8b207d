//! Huffman codes (RFC 1951, 3.2.2): tables that read them, and lengths for what is to be written.

use super::alphabet::LONGEST;
use crate::toolkits::codec::prefix_code;

/// Marks an entry that is a literal.
pub(super) const LITERAL: u32 = 1 << 31;
/// Marks an entry that is neither literal nor range.
pub(super) const SPECIAL: u32 = 1 << 15;
/// Of those, one that ends a block, and one that refers to a further table.
pub(super) const ENDS: u32 = 1 << 14;
pub(super) const FURTHER: u32 = 1 << 13;

/// Bits that an entry takes, those that follow the code included.
#[inline(always)]
pub(super) fn taken(entry: u32) -> u32 {
    entry & 63
}

/// Bits of the code alone.
#[inline(always)]
pub(super) fn of_code(entry: u32) -> u32 {
    entry >> 8 & 15
}

/// The byte, the first number of a range, or where a further table begins.
#[inline(always)]
pub(super) fn value(entry: u32) -> u32 {
    entry >> 16 & 0x7fff
}

/// Finds what a code stands for. `ENTRIES` is a power of two and has room for every code there can be.
///
/// An entry holds from bit 16 on its value; in bits 8 to 11 the length of the code, or how many bits a further table
/// looks at; in the lower ones how many bits it takes. Codes longer than `LOOK` bits have a further table.
#[derive(Clone, Debug)]
pub(super) struct Decoder<const ENTRIES: usize, const LOOK: u32> {
    table: [u32; ENTRIES],
}

impl<const ENTRIES: usize, const LOOK: u32> Decoder<ENTRIES, LOOK> {
    pub(super) const fn new() -> Self {
        Self { table: [0; ENTRIES] }
    }

    /// The entry at a place of the table.
    #[inline(always)]
    fn at(&self, index: usize) -> u32 {
        self.table.get(index & (ENTRIES - 1)).copied().unwrap_or(0)
    }

    /// The entry for the next bits, which may refer to a further table.
    #[inline(always)]
    pub(super) fn first(&self, bits: u64) -> u32 {
        self.at((bits & ((1 << LOOK) - 1)) as usize)
    }

    /// The entry that `entry` refers to, for the bits behind those of the first look.
    #[inline(always)]
    pub(super) fn further(&self, entry: u32, bits: u64) -> u32 {
        let index = (bits & ((1 << of_code(entry)) - 1)) as usize;
        self.at(value(entry) as usize + index)
    }

    /// Takes up the code with these lengths; what a symbol stands for is `meaning`, an entry whose lower bits are
    /// those that follow the code. False where it is none that an inflater takes: more codes than there is room for,
    /// or fewer, but for a single code of one bit.
    pub(super) fn set(&mut self, lengths: &[u8], meaning: impl Fn(usize) -> u32) -> bool {
        let mut counts = [0_u32; LONGEST + 1];
        for length in lengths {
            if let Some(count) = counts.get_mut(usize::from(*length)) {
                *count += 1;
            }
        }
        counts[0] = 0;
        let space: u32 = (0..).zip(counts).skip(1).map(|(length, count)| count << (LONGEST - length)).sum();
        if space != 1 << LONGEST {
            // What no code stands for is 0, at which reading ends.
            let used: u32 = counts.iter().sum();
            if used > 1 || used != counts[1] {
                return false;
            }
            self.table.iter_mut().take(1 << LOOK).for_each(|slot| *slot = 0);
        }
        let longest = counts.iter().rposition(|count| *count > 0).unwrap_or(0);
        let mut starts = [0_usize; LONGEST + 2];
        let mut sum = 0;
        for (start, count) in starts.iter_mut().skip(1).zip(counts.iter().skip(1)) {
            *start = sum;
            sum += *count as usize;
        }
        // Symbols by rising code.
        let mut order = [0_u16; 320];
        for (symbol, length) in (0_u16..).zip(lengths).filter(|(_, length)| **length > 0) {
            if let Some(start) = starts.get_mut(usize::from(*length)) {
                if let Some(slot) = order.get_mut(*start) {
                    *slot = symbol;
                }
                *start += 1;
            }
        }
        let mut symbols = order.iter().map(|symbol| usize::from(*symbol));
        let mut code = 0_u32;
        let mut further: Option<(u32, usize, usize)> = None;
        let mut next = 1_usize << LOOK;
        for length in 1..=longest.max(LOOK as usize) {
            code <<= 1;
            // What was set for shorter codes stands for those bits whatever follows them.
            if length as u32 <= LOOK {
                self.table.copy_within(..1 << (length - 1), 1 << (length - 1));
            }
            let count = counts.get(length).copied().unwrap_or(0);
            for left in (1..=count).rev() {
                let Some(symbol) = symbols.next() else { return false };
                let reversed = code.reverse_bits() >> (32 - length as u32);
                code += 1;
                let (start, end, reversed, look) = if length as u32 <= LOOK {
                    (0, 1 << length, reversed as usize, length as u32)
                } else {
                    let prefix = reversed & ((1 << LOOK) - 1);
                    // Codes that begin alike follow each other.
                    if further.is_none_or(|(known, ..)| known != prefix) {
                        let bits = bits_of_rest(&counts, length, left, LOOK as usize);
                        let entry = SPECIAL | FURTHER | (next as u32) << 16 | bits << 8 | LOOK;
                        let Some(slot) = self.table.get_mut(prefix as usize) else { return false };
                        *slot = entry;
                        further = Some((prefix, next, next + (1 << bits)));
                        next += 1 << bits;
                    }
                    let Some((_, start, end)) = further else { return false };
                    (start, end, (reversed >> LOOK) as usize, length as u32 - LOOK)
                };
                let entry = meaning(symbol) + (look << 8 | look);
                let Some(slots) = self.table.get_mut(start..end) else { return false };
                slots.iter_mut().skip(reversed).step_by(1 << look).for_each(|slot| *slot = entry);
            }
        }
        true
    }
}

/// How many bits tell apart the codes that begin like one of `length` bits, of which and of whose equals `left` are
/// still to come.
fn bits_of_rest(counts: &[u32; LONGEST + 1], length: usize, left: u32, look: usize) -> u32 {
    let mut bits = length - look;
    let mut space = left;
    while space < 1 << bits && look + bits < LONGEST {
        bits += 1;
        space = (space << 1) + counts.get(look + bits).copied().unwrap_or(0);
    }
    bits as u32
}

/// Lengths of a good code for how often each symbol comes, none above `longest`. There are always two codes at least:
/// not every inflater takes fewer.
pub(super) fn lengths<const SYMBOLS: usize>(counts: &[u32; SYMBOLS], longest: usize) -> [u8; SYMBOLS] {
    // The rarest first; equals in their order.
    let mut order = [0_u64; SYMBOLS];
    let mut used = 0;
    for (symbol, count) in (0_u64..).zip(counts).filter(|(_, count)| **count > 0) {
        if let Some(slot) = order.get_mut(used) {
            *slot = u64::from(*count) << 16 | symbol;
        }
        used += 1;
    }
    let mut symbol = 0;
    while used < 2 {
        if counts.get(symbol as usize).is_none_or(|count| *count == 0)
            && let Some(slot) = order.get_mut(used)
        {
            *slot = symbol;
            used += 1;
        }
        symbol += 1;
    }
    let order = order.get_mut(..used).unwrap_or_default();
    order.sort_unstable();
    let optimal = prefix_code::lengths(order.iter().map(|key| key >> 16));
    let mut of_length = [0_u32; 64];
    for length in &optimal {
        if let Some(count) = of_length.get_mut(*length as usize) {
            *count += 1;
        }
    }
    prefix_code::shorten(&mut of_length, longest);
    // The longest codes go to the rarest symbols.
    let mut lengths = [0; SYMBOLS];
    let by_length = of_length.into_iter().enumerate().rev();
    let sorted = by_length.flat_map(|(length, count)| std::iter::repeat_n(length as u8, count as usize));
    for (key, length) in order.iter().zip(sorted) {
        if let Some(slot) = lengths.get_mut((key & 0xffff) as usize) {
            *slot = length;
        }
    }
    lengths
}

/// Whether these are lengths of a code that leaves nothing over and overlaps nowhere.
pub(super) fn is_complete(lengths: &[u8]) -> bool {
    let used = lengths.iter().filter(|length| **length > 0);
    used.map(|length| 1_u64 << (LONGEST as u32).saturating_sub(u32::from(*length))).sum::<u64>()
        == 1 << LONGEST
}

/// The codes for these lengths, their first bit lowest.
pub(super) fn codes<const SYMBOLS: usize>(lengths: &[u8; SYMBOLS]) -> [u32; SYMBOLS] {
    let mut counts = [0_u32; LONGEST + 1];
    for length in lengths.iter().filter(|length| **length > 0) {
        if let Some(count) = counts.get_mut(usize::from(*length)) {
            *count += 1;
        }
    }
    let mut next = [0_u32; LONGEST + 1];
    let mut code = 0;
    for (slot, count) in next.iter_mut().skip(1).zip(counts.iter().skip(1)) {
        code <<= 1;
        *slot = code;
        code += count;
    }
    let mut codes = [0; SYMBOLS];
    for (slot, length) in codes.iter_mut().zip(lengths).filter(|(_, length)| **length > 0) {
        if let Some(next) = next.get_mut(usize::from(*length)) {
            *slot = next.reverse_bits() >> (32 - u32::from(*length));
            *next += 1;
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space(lengths: &[u8]) -> u32 {
        lengths
            .iter()
            .filter(|length| **length > 0)
            .map(|length| 1 << (LONGEST as u32 - u32::from(*length)))
            .sum()
    }

    /// Counts of which an optimal code is as deep as can be.
    fn fibonacci() -> [u32; 40] {
        let (mut a, mut b) = (1, 1);
        std::array::from_fn(|_| {
            let count = a;
            (a, b) = (b, a + b);
            count
        })
    }

    #[test]
    fn lengths_are_a_complete_code_within_the_limit_whatever_the_counts() {
        let fibonacci = fibonacci();
        for longest in [7, 8, 15] {
            let lengths = lengths(&fibonacci, longest);
            assert_eq!(space(&lengths), 1 << LONGEST, "{longest}");
            assert!(lengths.iter().all(|length| (1..=longest as u8).contains(length)));
            assert!(lengths.windows(2).all(|pair| pair[0] >= pair[1]), "rarer symbols have longer codes");
        }
        for counts in [[0; 19], [5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1; 19]] {
            assert_eq!(space(&lengths(&counts, 7)), 1 << LONGEST);
        }
    }

    #[test]
    fn codes_are_found_again_in_the_table() {
        let lengths = lengths(&fibonacci(), LONGEST);
        let mut decoder = Decoder::<1024, 8>::new();
        assert!(decoder.set(&lengths, |symbol| (symbol as u32) << 16));
        for (symbol, (code, length)) in codes(&lengths).into_iter().zip(lengths).enumerate() {
            // What follows the code must not matter.
            for rest in [0, u64::MAX] {
                let bits = u64::from(code) | rest << length;
                let mut entry = decoder.first(bits);
                let mut all = taken(entry);
                if entry & FURTHER != 0 {
                    entry = decoder.further(entry, bits >> all);
                    all += taken(entry);
                }
                assert_eq!((value(entry), all), (symbol as u32, u32::from(length)));
            }
        }
    }

    #[test]
    fn codes_that_inflaters_refuse_are_refused() {
        let mut decoder = Decoder::<1024, 8>::new();
        let mut set = |lengths: &[u8]| decoder.set(lengths, |_| 0);
        assert!(set(&[1, 1]) && set(&[2, 1, 2]) && set(&[0, 1]) && set(&[0, 0]));
        assert!(!set(&[1, 1, 1]) && !set(&[2, 2, 2]) && !set(&[2]) && !set(&[15; 2]));
    }
}
