//! The boolean entropy coder (RFC 6386, 7): one decision at a time, by the probability that it is false.

/// Reads decisions.
#[derive(Clone, Debug)]
pub(super) struct BoolReader<'a> {
    input: &'a [u8],
    /// Bits not used up yet; those that are compared with the range begin at `bits`.
    value: u64,
    /// One less than the range, 127 to 254 after each decision.
    range: u32,
    /// Bits in `value` behind the eight that are compared; below zero where more are needed.
    bits: i32,
    /// Bytes taken so far, those behind the end among them.
    taken: u64,
    overrun: bool,
}

impl<'a> BoolReader<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { input, value: 0, range: 254, bits: -8, taken: 0, overrun: false }
    }

    /// True once a decision needed bytes that are not there. libwebp shows no such picture.
    pub(super) fn overrun(&self) -> bool {
        self.overrun
    }

    /// How many bytes a writer needs for what was read.
    pub(super) fn used_bytes(&self) -> u64 {
        (self.taken * 8).wrapping_add_signed(-i64::from(self.bits)).div_ceil(8)
    }

    /// The next decision, which is false with a probability of `probability` / 256.
    #[inline(always)]
    pub(super) fn bit(&mut self, probability: u8) -> bool {
        if self.bits < 0 {
            self.load();
        }
        let split = (self.range * u32::from(probability)) >> 8;
        let value = (self.value >> (self.bits & 63)) as u32;
        let bit = value > split;
        let range = if bit {
            self.value = self.value.wrapping_sub(u64::from(split + 1) << (self.bits & 63));
            self.range - split
        } else {
            split + 1
        };
        // `range` is one more than what is stored, and 1 to 254.
        let shift = 7 ^ (31 - (range | 1).leading_zeros().min(31));
        self.range = (range << shift) - 1;
        self.bits -= shift as i32;
        bit
    }

    /// A decision that is as often false as true.
    #[inline(always)]
    pub(super) fn flag(&mut self) -> bool {
        self.bit(128)
    }

    /// A number of `bits` bits.
    pub(super) fn number(&mut self, bits: u32) -> u8 {
        (0..bits).fold(0, |number, _| (number << 1) | u8::from(self.flag()))
    }

    /// A number of `bits` bits and its sign.
    pub(super) fn signed(&mut self, bits: u32) -> i8 {
        let number = self.number(bits) as i8;
        if self.flag() { -number } else { number }
    }

    /// A signed number that a flag announces; zero without.
    pub(super) fn optional(&mut self, bits: u32) -> i8 {
        if self.flag() { self.signed(bits) } else { 0 }
    }

    #[inline(always)]
    fn load(&mut self) {
        if let Some((eight, _)) = self.input.split_first_chunk::<8>() {
            self.value = (self.value << 56) | (u64::from_be_bytes(*eight) >> 8);
            self.input = self.input.get(7..).unwrap_or_default();
            self.bits += 56;
            self.taken += 7;
        } else {
            let (byte, rest) = last(self.input);
            self.overrun |= byte.is_none();
            self.value = (self.value << 8) | u64::from(byte.unwrap_or(0));
            self.input = rest;
            self.bits += 8;
            self.taken += 1;
        }
    }
}

/// One byte where fewer than eight are left. By value, so that the reader can stay in registers.
#[cold]
#[inline(never)]
fn last(input: &[u8]) -> (Option<u8>, &[u8]) {
    match input.split_first() {
        Some((byte, rest)) => (Some(*byte), rest),
        None => (None, input),
    }
}

/// Writes decisions.
#[derive(Debug)]
pub(super) struct BoolWriter {
    output: Vec<u8>,
    /// Lower end of the range, of which eight bits and `bits` more are not written, and a carry may stand above.
    low: u64,
    /// One less than the range.
    range: u32,
    bits: u32,
    /// Where the coder's own bytes begin; what stands before is never carried into.
    start: usize,
}

impl BoolWriter {
    /// Writes behind what `output` holds.
    pub(super) fn onto(output: Vec<u8>) -> Self {
        let start = output.len();
        Self { output, low: 0, range: 254, bits: 0, start }
    }

    /// Writes one decision, which is false with a probability of `probability` / 256.
    #[inline(always)]
    pub(super) fn bit(&mut self, bit: bool, probability: u8) {
        let split = (self.range * u32::from(probability)) >> 8;
        let range = if bit {
            self.low += u64::from(split + 1);
            self.range - split
        } else {
            split + 1
        };
        let shift = 7 ^ (31 - (range | 1).leading_zeros().min(31));
        self.range = (range << shift) - 1;
        self.low <<= shift;
        self.bits += shift;
        if self.bits >= 40 {
            let rest = self.bits - 24;
            put(&mut self.output, self.start, self.low >> rest);
            self.low &= (1 << rest) - 1;
            self.bits -= 32;
        }
    }

    /// Writes a decision that is as often false as true.
    #[inline(always)]
    pub(super) fn flag(&mut self, bit: bool) {
        self.bit(bit, 128);
    }

    /// Writes the lower `bits` bits of a number.
    pub(super) fn number(&mut self, number: u8, bits: u32) {
        (0..bits).rev().for_each(|bit| self.flag(number >> bit & 1 == 1));
    }

    /// Writes a flag, and a number of `bits` bits with its sign unless it is zero.
    pub(super) fn optional(&mut self, number: i8, bits: u32) {
        self.flag(number != 0);
        if number != 0 {
            self.number(number.unsigned_abs(), bits);
            self.flag(number < 0);
        }
    }

    /// Writes what is left, in as few bytes as readers ask for, and returns everything.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let held = self.bits + 8;
        if self.low >> held != 0 {
            carry(&mut self.output, self.start);
        }
        let filled = held.next_multiple_of(8);
        let low = (self.low & ((1 << held) - 1)) << (filled - held);
        let bytes = low.to_be_bytes();
        self.output.extend_from_slice(bytes.get(8 - (filled / 8) as usize..).unwrap_or_default());
        self.output
    }
}

/// Puts four bytes out, and a carry that may stand above them.
#[inline(never)]
fn put(output: &mut Vec<u8>, start: usize, top: u64) {
    if top >> 32 != 0 {
        carry(output, start);
    }
    output.extend_from_slice(&(top as u32).to_be_bytes());
}

#[cold]
fn carry(output: &mut [u8], start: usize) {
    for byte in output.get_mut(start..).unwrap_or_default().iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decisions of many probabilities, the extreme ones among them, that follow them or do not.
    fn decisions(seed: u32, count: usize) -> Vec<(bool, u8)> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let all = (0..count).map(|_| {
            let probability = match next() % 4 {
                0 => 255,
                1 => 0,
                _ => next(),
            };
            (next() >= probability || next() == 0, probability)
        });
        all.collect()
    }

    #[test]
    fn decisions_written_read_back_and_need_every_byte() {
        for count in [0, 1, 2, 7, 100, 5_000] {
            let decisions = decisions(count as u32 + 9, count);
            let mut writer = BoolWriter::onto(vec![255; 3]);
            decisions.iter().for_each(|(bit, probability)| writer.bit(*bit, *probability));
            let output = writer.finish();
            let (head, coded) = output.split_at(3);
            assert_eq!(head, [255; 3]);
            let mut reader = BoolReader::new(coded);
            for (bit, probability) in &decisions {
                assert_eq!(reader.bit(*probability), *bit);
            }
            assert!(!reader.overrun());
            if count > 0 {
                assert_eq!(reader.used_bytes(), coded.len() as u64, "{count}");
            }
        }
    }

    #[test]
    fn a_carry_runs_through_full_bytes() {
        // A long run of unlikely decisions pushes the lower end up to the brim, and the last one over it.
        for ending in 0..64 {
            let mut all = vec![(true, 255); 3];
            all.extend(std::iter::repeat_n((true, 1), 300));
            all.extend((0..ending).map(|n| (n % 3 == 0, 128)));
            let mut writer = BoolWriter::onto(Vec::new());
            all.iter().for_each(|(bit, probability)| writer.bit(*bit, *probability));
            let coded = writer.finish();
            let mut reader = BoolReader::new(&coded);
            assert!(all.iter().all(|(bit, probability)| reader.bit(*probability) == *bit));
        }
    }

    #[test]
    fn reading_past_the_end_is_noticed() {
        let mut reader = BoolReader::new(&[1, 2]);
        let noticed = (0..20).position(|_| {
            reader.flag();
            reader.overrun()
        });
        // Eight bits are compared with each decision, and each takes about one.
        assert!(matches!(noticed, Some(9..=11)), "{noticed:?}");
    }

    #[test]
    fn numbers_and_signs_come_back() {
        let mut writer = BoolWriter::onto(Vec::new());
        writer.number(0x5a, 7);
        [-63, 0, 63, -1].iter().for_each(|number| writer.optional(*number, 6));
        let coded = writer.finish();
        let mut reader = BoolReader::new(&coded);
        assert_eq!(reader.number(7), 0x5a);
        assert_eq!([0; 4].map(|_: i32| reader.optional(6)), [-63, 0, 63, -1]);
    }
}
