//! Bits, the least significant of each byte first (RFC 9649, 3.2).

use crate::error::{Error, malformed};

/// Reads bits.
#[derive(Clone, Debug)]
pub(super) struct BitReader<'a> {
    input: &'a [u8],
    /// The next bits, of which `held` are of the input.
    window: u64,
    held: u32,
    /// Bits taken that the input does not have.
    overrun: bool,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { input, window: 0, held: 0, overrun: false }
    }

    /// True once more bits were taken than there are.
    #[inline(always)]
    pub(super) fn overrun(&self) -> bool {
        self.overrun
    }

    /// Makes sure that the window holds 56 bits or all there are.
    #[inline(always)]
    pub(super) fn refill(&mut self) {
        if let Some(eight) = self.input.first_chunk::<8>() {
            self.window |= u64::from_le_bytes(*eight) << self.held;
            let bytes = (63 - self.held) >> 3;
            self.input = self.input.get(bytes as usize..).unwrap_or_default();
            self.held += bytes * 8;
            // Bits above are those of the next byte, and will come again.
        } else {
            (self.window, self.held, self.input) = last(self.window, self.held, self.input);
        }
    }

    /// The next bits without taking them; what is not there is zero.
    #[inline(always)]
    pub(super) fn peek(&self) -> u64 {
        self.window
    }

    /// Takes up to 56 bits that were looked at since [`BitReader::refill`].
    #[inline(always)]
    pub(super) fn take(&mut self, count: u32) {
        self.window >>= count & 63;
        match self.held.checked_sub(count) {
            Some(held) => self.held = held,
            None => (self.held, self.window, self.overrun) = (0, 0, true),
        }
    }

    /// The next `count` bits, at most 32, that the window holds.
    #[inline(always)]
    pub(super) fn held_bits(&mut self, count: u32) -> u32 {
        let bits = (self.window & ((1 << count) - 1)) as u32;
        self.take(count);
        bits
    }

    /// The next `count` bits, at most 32.
    pub(super) fn bits(&mut self, count: u32) -> Result<u32, Error> {
        self.refill();
        let bits = self.held_bits(count);
        if self.overrun { Err(malformed("VP8L stream, which is cut", 0)) } else { Ok(bits) }
    }

    /// The next bit.
    pub(super) fn flag(&mut self) -> Result<bool, Error> {
        Ok(self.bits(1)? == 1)
    }
}

/// Fills a window with the last bytes. By value, so that the reader can stay in registers.
#[cold]
#[inline(never)]
fn last(mut window: u64, mut held: u32, mut input: &[u8]) -> (u64, u32, &[u8]) {
    window &= (1_u64 << held).wrapping_sub(1);
    while held <= 48
        && let Some((byte, rest)) = input.split_first()
    {
        window |= u64::from(*byte) << held;
        held += 8;
        input = rest;
    }
    (window, held, input)
}

/// Writes bits.
#[derive(Debug)]
pub(super) struct BitWriter {
    output: Vec<u8>,
    window: u64,
    held: u32,
}

impl BitWriter {
    /// Writes behind what `output` holds.
    pub(super) fn onto(output: Vec<u8>) -> Self {
        Self { output, window: 0, held: 0 }
    }

    /// Writes the lower `count` bits, at most 32; those above are zero.
    #[inline(always)]
    pub(super) fn bits(&mut self, bits: u32, count: u32) {
        self.window |= u64::from(bits) << self.held;
        self.held += count;
        if self.held >= 32 {
            self.output.extend_from_slice(&(self.window as u32).to_le_bytes());
            self.window >>= 32;
            self.held -= 32;
        }
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.bits(u32::from(flag), 1);
    }

    /// Fills the last byte with zeros and returns everything.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let bytes = self.held.div_ceil(8) as usize;
        self.output.extend_from_slice(self.window.to_le_bytes().get(..bytes).unwrap_or_default());
        self.output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_written_read_back_and_end_where_they_end() {
        let mut writer = BitWriter::onto(Vec::new());
        let numbers: Vec<(u32, u32)> = (0..500_u32)
            .map(|n| (n.wrapping_mul(0x9e37_79b9), n % 33))
            .map(|(n, count)| (((u64::from(n)) & ((1 << count) - 1)) as u32, count))
            .collect();
        numbers.iter().for_each(|(bits, count)| writer.bits(*bits, *count));
        let bytes = writer.finish();
        let mut reader = BitReader::new(&bytes);
        for (bits, count) in numbers {
            assert_eq!(reader.bits(count).unwrap(), bits);
        }
        assert!(reader.bits(8).is_err());
    }
}
