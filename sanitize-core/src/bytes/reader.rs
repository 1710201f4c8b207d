use crate::error::{Error, malformed};

/// A cursor over borrowed bytes in which no read can go past the end.
///
/// Offsets in errors count from the start of the slice the reader was made from, plus
/// [`Reader::at`]'s `base` for a reader over a part of something larger.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
    base: u64,
}

impl<'a> Reader<'a> {
    /// Reads `bytes` from their start.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0, base: 0 }
    }

    /// Reads `bytes`, which stand at `base` of the whole input: errors then name the place in the whole.
    pub fn at(bytes: &'a [u8], base: u64) -> Self {
        Self { bytes, position: 0, base }
    }

    /// Where the next read starts, counted from the start of the whole input.
    pub fn offset(&self) -> u64 {
        self.base.saturating_add(self.position as u64)
    }

    /// Where the next read starts, counted from the start of this reader's own bytes.
    pub fn position(&self) -> usize {
        self.position
    }

    /// How many bytes are left.
    pub fn remaining(&self) -> usize {
        self.bytes.len() - self.position
    }

    /// True when every byte has been read.
    pub fn is_empty(&self) -> bool {
        self.remaining() == 0
    }

    /// The bytes that are left, without reading them.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.position..).unwrap_or_default()
    }

    /// Moves to `position` of this reader's own bytes; the end itself is allowed.
    pub fn seek(&mut self, position: usize, what: &'static str) -> Result<(), Error> {
        if position > self.bytes.len() {
            return Err(malformed(what, self.base.saturating_add(position as u64)));
        }
        self.position = position;
        Ok(())
    }

    /// The next `len` bytes. `len` is any integer: one that does not fit is an error, not a wrap.
    pub fn take(&mut self, len: impl TryInto<usize>, what: &'static str) -> Result<&'a [u8], Error> {
        let here = self.offset();
        let len = len.try_into().map_err(|_| malformed(what, here))?;
        let end = self.position.checked_add(len).ok_or_else(|| malformed(what, here))?;
        let taken = self.bytes.get(self.position..end).ok_or_else(|| malformed(what, here))?;
        self.position = end;
        Ok(taken)
    }

    /// Passes over `len` bytes.
    pub fn skip(&mut self, len: impl TryInto<usize>, what: &'static str) -> Result<(), Error> {
        self.take(len, what).map(drop)
    }

    /// The next `N` bytes as an array.
    pub fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], Error> {
        let here = self.offset();
        self.take(N, what)?.try_into().map_err(|_| malformed(what, here))
    }

    /// Looks at the next `len` bytes without reading them; `None` past the end.
    pub fn peek(&self, len: usize) -> Option<&'a [u8]> {
        self.bytes.get(self.position..self.position.checked_add(len)?)
    }

    /// One byte.
    pub fn u8(&mut self, what: &'static str) -> Result<u8, Error> {
        self.array::<1>(what).map(|[byte]| byte)
    }

    /// Two bytes, least significant first.
    pub fn u16_le(&mut self, what: &'static str) -> Result<u16, Error> {
        self.array(what).map(u16::from_le_bytes)
    }

    /// Two bytes, most significant first.
    pub fn u16_be(&mut self, what: &'static str) -> Result<u16, Error> {
        self.array(what).map(u16::from_be_bytes)
    }

    /// Four bytes, least significant first.
    pub fn u32_le(&mut self, what: &'static str) -> Result<u32, Error> {
        self.array(what).map(u32::from_le_bytes)
    }

    /// Four bytes, most significant first.
    pub fn u32_be(&mut self, what: &'static str) -> Result<u32, Error> {
        self.array(what).map(u32::from_be_bytes)
    }

    /// Four bytes, least significant first, signed.
    pub fn i32_le(&mut self, what: &'static str) -> Result<i32, Error> {
        self.array(what).map(i32::from_le_bytes)
    }

    /// Eight bytes, least significant first.
    pub fn u64_le(&mut self, what: &'static str) -> Result<u64, Error> {
        self.array(what).map(u64::from_le_bytes)
    }

    /// Eight bytes, most significant first.
    pub fn u64_be(&mut self, what: &'static str) -> Result<u64, Error> {
        self.array(what).map(u64::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_past_the_end_is_an_error_with_its_place() {
        let mut reader = Reader::at(&[0, 0, 0, 9, 1, 2], 100);
        let len = reader.u32_be("chunk length").unwrap();
        assert_eq!(reader.take(len, "chunk body"), Err(malformed("chunk body", 104)));
        assert_eq!(reader.remaining(), 2, "a failed read takes nothing");
    }

    #[test]
    fn a_length_that_does_not_fit_the_machine_is_an_error() {
        assert!(Reader::new(b"abc").take(u64::MAX, "body").is_err());
        assert!(Reader::new(b"abc").take(-1_i64, "body").is_err());
    }
}
