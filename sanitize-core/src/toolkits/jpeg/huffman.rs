//! Huffman tables: read from DHT, looked up fast when decoding, computed from statistics when encoding.

use crate::{
    error::{Error, malformed},
    toolkits::codec::prefix_code,
};

/// Bits that one look-up takes at once. Longer codes are rare and go the long way.
pub(super) const LOOK: u32 = 11;
/// Entries of the look-up table.
pub(super) const FAST: usize = 1 << LOOK;

/// A table as DHT defines it (ITU T.81, B.2.4.2): how many codes of each length, and their symbols in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spec {
    /// Codes of length 1 to 16.
    pub(super) counts: [u8; 16],
    /// Symbols by rising code.
    pub(super) symbols: Vec<u8>,
}

impl Spec {
    /// A table whose codes do not overflow their lengths and that has a symbol for each code.
    pub(super) fn new(counts: [u8; 16], symbols: &[u8], offset: u64) -> Result<Self, Error> {
        let spec = Self { counts, symbols: symbols.to_vec() };
        let mut space = 1_u32;
        for count in counts {
            // `space` is the number of codes of this length that shorter codes left free.
            space = (space * 2)
                .checked_sub(u32::from(count))
                .ok_or_else(|| malformed("Huffman code lengths", offset))?;
            space = space.min(1 << 16);
        }
        Ok(spec)
    }

    /// Each symbol with its code and the length of the code, by rising code.
    pub(super) fn codes(&self) -> impl Iterator<Item = (u8, u32, u32)> {
        let lengths = (1_u32..).zip(self.counts).flat_map(|(len, count)| (0..count).map(move |_| len));
        let mut next = 0_u32;
        let mut last = 0_u32;
        lengths.zip(&self.symbols).map(move |(len, symbol)| {
            next <<= len - last.min(len);
            last = len;
            let code = next;
            next += 1;
            (*symbol, code, len)
        })
    }

    /// The best table for these frequencies with no code longer than 16 bits and none of all ones
    /// (ITU T.81, Annex K.2). `frequencies` has at most 256 entries, one a symbol.
    pub(super) fn optimal(frequencies: &[u32]) -> Self {
        // Symbol 256 stands for the code of all ones, which must stay free; as the rarest it gets the longest code.
        let mut leaves: Vec<(u64, u16)> = (0_u16..256)
            .zip(frequencies)
            .filter(|(_, count)| **count > 0)
            .map(|(symbol, count)| (u64::from(*count), symbol))
            .collect();
        leaves.push((0, 256));
        leaves.sort_unstable_by_key(|(count, symbol)| (*count, u16::MAX - symbol));
        let mut lengths = prefix_code::lengths(leaves.iter().map(|(count, _)| *count));
        if let [only] = lengths.as_mut_slice() {
            // Only the reserved symbol: a table that codes nothing.
            *only = 1;
        }

        let mut counts = [0_u32; 64];
        for length in &lengths {
            if let Some(count) = counts.get_mut(*length as usize) {
                *count += 1;
            }
        }
        prefix_code::shorten(&mut counts, 16);
        // Annex K.2, Figure K.3, last step: the reserved code is one of the longest.
        if let Some(longest) = counts.iter_mut().rev().find(|count| **count > 0) {
            *longest -= 1;
        }

        let mut order: Vec<(u32, u16)> =
            lengths.iter().zip(&leaves).map(|(length, (_, symbol))| (*length, *symbol)).collect();
        order.sort_unstable();
        let symbols = order.iter().filter_map(|(_, symbol)| u8::try_from(*symbol).ok()).collect();
        let mut of_length = [0_u8; 16];
        for (to, from) in of_length.iter_mut().zip(counts.iter().skip(1)) {
            *to = *from as u8;
        }
        Self { counts: of_length, symbols }
    }
}

/// What the symbols of a table mean.
#[derive(Clone, Copy, Debug)]
pub(super) enum Role {
    /// Categories of DC differences.
    Dc,
    /// Runs and sizes of a sequential scan; tokens go to this one of the two output tables.
    Ac(u32),
    /// Runs and sizes of a progressive scan, with runs of ended blocks.
    ProgressiveAc,
}

/// One decoded code, packed: bits 0–5 length of code and appended bits together, 8–11 how many bits are
/// appended, 16–25 index of the token, or the symbol, 26–31 how far the position in the block moves.
/// Zero is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry(pub(super) u32);

impl Entry {
    fn new(length: u32, extra: u32, index: u32, step: u32) -> Self {
        Self((length + extra) | extra << 8 | index << 16 | step << 26)
    }

    /// The step of a code that ends its block.
    pub(super) const END: u32 = 63;

    fn of(role: Role, symbol: u8, length: u32) -> Self {
        let (run, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        let symbol = u32::from(symbol);
        match role {
            // 8-bit samples: differences have at most 11 bits, AC coefficients at most 10 (T.81, F.1.2).
            Role::Dc if symbol <= 11 => Self::new(length, symbol, symbol, 0),
            Role::Ac(_) | Role::ProgressiveAc if size > 10 => Self(0),
            Role::Ac(table) => match (run, size) {
                (15, 0) => Self::new(length, 0, table << 8 | 0xF0, 16),
                // Size 0 with another run is no valid symbol; every decoder takes it for the end of the block.
                (_, 0) => Self::new(length, 0, table << 8, Self::END),
                _ => Self::new(length, size, table << 8 | symbol, run + 1),
            },
            Role::ProgressiveAc => match (run, size) {
                (15, 0) => Self::new(length, 0, symbol, 16),
                (_, 0) => Self::new(length, run, symbol, 0),
                _ => Self::new(length, size, symbol, run + 1),
            },
            Role::Dc => Self(0),
        }
    }

    #[inline(always)]
    pub(super) fn total(self) -> u32 {
        self.0 & 63
    }

    #[inline(always)]
    pub(super) fn extra(self) -> u32 {
        self.0 >> 8 & 15
    }

    #[inline(always)]
    pub(super) fn index(self) -> u32 {
        self.0 >> 16 & 1023
    }

    #[inline(always)]
    pub(super) fn step(self) -> u32 {
        self.0 >> 26
    }
}

/// A table made ready for decoding.
#[derive(Clone, Debug)]
pub(super) struct DecodeTable {
    fast: [u32; FAST],
    /// For each length, the first 16-bit prefix that is past its last code.
    limits: [u32; 17],
    /// For each length, what to add to a code to get its entry.
    offsets: [i32; 17],
    entries: [u32; 256],
}

impl DecodeTable {
    pub(super) fn new(spec: &Spec, role: Role) -> Box<Self> {
        let mut table =
            Box::new(Self { fast: [0; FAST], limits: [0; 17], offsets: [0; 17], entries: [0; 256] });
        for ((symbol, code, length), slot) in spec.codes().zip(&mut table.entries) {
            let entry = Entry::of(role, symbol, length);
            *slot = entry.0;
            if length <= LOOK {
                let first = (code << (LOOK - length)) as usize;
                let last = first + (1 << (LOOK - length));
                if let Some(same) = table.fast.get_mut(first..last) {
                    same.fill(entry.0);
                }
            }
        }
        let (mut code, mut index) = (0_u32, 0_u32);
        let per_length =
            table.limits.iter_mut().zip(&mut table.offsets).zip(0_u32..).skip(1).zip(spec.counts);
        for (((limit, offset), length), count) in per_length {
            code <<= 1;
            *offset = index as i32 - code as i32;
            code += u32::from(count);
            index += u32::from(count);
            *limit = code << (16 - length);
        }
        table
    }

    /// The entry of the code that `bits`, filled from the top, starts with.
    #[inline(always)]
    pub(super) fn look_up(&self, bits: u64) -> Entry {
        self.look_up_short(bits).unwrap_or_else(|| self.look_up_long(bits))
    }

    /// The entry of the code that `bits` starts with, if it is a short one.
    #[inline(always)]
    pub(super) fn look_up_short(&self, bits: u64) -> Option<Entry> {
        let entry = self.fast.get((bits >> (64 - LOOK)) as usize).copied().unwrap_or(0);
        (entry != 0).then_some(Entry(entry))
    }

    #[cold]
    #[inline(never)]
    fn look_up_long(&self, bits: u64) -> Entry {
        let prefix = (bits >> 48) as u32;
        for ((limit, offset), length) in self.limits.iter().zip(&self.offsets).zip(0_u32..).skip(1) {
            if prefix < *limit {
                let index = (prefix >> (16 - length)) as i32 + offset;
                let entry = usize::try_from(index).ok().and_then(|index| self.entries.get(index));
                return Entry(entry.copied().unwrap_or(0));
            }
        }
        Entry(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_fibonacci_frequencies_stay_within_sixteen_bits_and_leave_all_ones_free() {
        let mut frequencies = vec![1_u32, 1];
        while frequencies.len() < 44 {
            frequencies.push(frequencies[frequencies.len() - 1] + frequencies[frequencies.len() - 2]);
        }
        let spec = Spec::optimal(&frequencies);
        assert_eq!(spec.symbols.len(), 44);
        assert_eq!(spec.counts.iter().map(|count| usize::from(*count)).sum::<usize>(), 44);
        Spec::new(spec.counts, &spec.symbols, 0).unwrap();
        for (_, code, length) in spec.codes() {
            assert_ne!(code, (1 << length) - 1, "the code of all ones is reserved");
        }
    }

    #[test]
    fn every_code_of_a_table_looks_up_its_own_symbol() {
        let frequencies: Vec<u32> =
            (0..200_u32).map(|n| if n & 15 > 10 { 0 } else { 1 << (n / 8) }).collect();
        let spec = Spec::optimal(&frequencies);
        let table = DecodeTable::new(&spec, Role::ProgressiveAc);
        for (symbol, code, length) in spec.codes() {
            let entry = table.look_up(u64::from(code) << (64 - length));
            assert_eq!(entry.index(), u32::from(symbol));
            assert_eq!(entry.total() - entry.extra(), length);
        }
    }

    #[test]
    fn a_table_with_more_codes_than_its_lengths_have_is_malformed() {
        let mut counts = [0; 16];
        counts[0] = 3;
        assert!(Spec::new(counts, &[1, 2, 3], 0).is_err());
    }

    #[test]
    fn a_single_symbol_gets_a_code_of_one_bit() {
        let spec = Spec::optimal(&[0, 0, 7]);
        assert_eq!(spec.codes().collect::<Vec<_>>(), [(2, 0, 1)]);
    }
}
