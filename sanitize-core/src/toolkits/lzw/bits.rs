//! Codes out of bytes and into bytes, in both orders of bits.

/// Reads codes.
pub(super) struct Source<'a, const MSB: bool> {
    rest: &'a [u8],
    /// Bits that are read next; the first of them is the lowest, or the highest where the most significant is first.
    held: u64,
    /// How many of them count. Those behind may hold bits of the next byte, which come again with it.
    count: u32,
}

impl<'a, const MSB: bool> Source<'a, MSB> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { rest: input, held: 0, count: 0 }
    }

    /// The next code of `width` bits, at most 32; `None` where there are not as many.
    #[inline(always)]
    pub(super) fn take(&mut self, width: u32) -> Option<u32> {
        if self.count < width {
            self.refill();
            if self.count < width {
                return None;
            }
        }
        self.count -= width;
        if MSB {
            let code = self.held >> (64 - width);
            self.held <<= width;
            Some(code as u32)
        } else {
            let code = self.held & ((1 << width) - 1);
            self.held >>= width;
            Some(code as u32)
        }
    }

    #[inline(always)]
    fn refill(&mut self) {
        if let Some(eight) = self.rest.first_chunk::<8>() {
            self.held |= if MSB {
                u64::from_be_bytes(*eight) >> self.count
            } else {
                u64::from_le_bytes(*eight) << self.count
            };
            let bytes = (63 - self.count) / 8;
            self.rest = self.rest.get(bytes as usize..).unwrap_or_default();
            self.count += bytes * 8;
        } else {
            self.refill_slowly();
        }
    }

    #[cold]
    fn refill_slowly(&mut self) {
        while self.count <= 56
            && let Some((byte, behind)) = self.rest.split_first()
        {
            let byte = u64::from(*byte);
            self.held |= if MSB { byte << (56 - self.count) } else { byte << self.count };
            self.count += 8;
            self.rest = behind;
        }
    }

    /// Whole bytes that no code was read from.
    pub(super) fn unread(&self) -> usize {
        self.rest.len() + (self.count / 8) as usize
    }
}

/// Writes codes.
pub(super) struct Sink<const MSB: bool> {
    output: Vec<u8>,
    held: u64,
    count: u32,
}

impl<const MSB: bool> Sink<MSB> {
    /// A stream into `output`, which is empty.
    pub(super) fn new(output: Vec<u8>) -> Self {
        Self { output, held: 0, count: 0 }
    }

    /// A code of `width` bits, at most 32.
    #[inline(always)]
    pub(super) fn put(&mut self, code: u32, width: u32) {
        let code = u64::from(code);
        self.held |= if MSB { code << (64 - self.count - width) } else { code << self.count };
        self.count += width;
        if self.count >= 32 {
            if MSB {
                self.output.extend_from_slice(&((self.held >> 32) as u32).to_be_bytes());
                self.held <<= 32;
            } else {
                self.output.extend_from_slice(&(self.held as u32).to_le_bytes());
                self.held >>= 32;
            }
            self.count -= 32;
        }
    }

    /// The bytes, the last filled with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let bytes = if MSB { self.held.to_be_bytes() } else { self.held.to_le_bytes() };
        let used = self.count.div_ceil(8) as usize;
        self.output.extend_from_slice(bytes.get(..used).unwrap_or_default());
        self.output
    }
}
