//! Bits of entropy-coded segments, in and out, with their byte stuffing (ITU T.81, F.1.2.3).

/// True when a byte of `word` may be 0xFF; never false when one is.
#[inline(always)]
fn may_hold_ff(word: u64) -> bool {
    word & 0x8080_8080_8080_8080 & !word.wrapping_add(0x0101_0101_0101_0101) != 0
}

/// Reads bits up to the next marker; past it zeros come, and are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitReader<'a> {
    /// The next bits, from the top. Below the first `count` stand zeros or bits that `rest` starts with.
    window: u64,
    count: u32,
    /// How many of the last of the `count` bits are not from the input.
    padding: u32,
    rest: &'a [u8],
}

/// What stands where a restart marker is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Restart {
    /// The marker; whether bytes had to be passed over to reach it.
    Found(bool),
    /// A marker of a later interval: this one is lost.
    Lost,
    /// Another marker, or the end: nothing more comes.
    End,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(input: &'a [u8]) -> Self {
        Self { window: 0, count: 0, padding: 0, rest: input }
    }

    /// The bytes not read yet; no marker stands before them.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Whole bytes that were fetched and not used.
    pub(super) fn unused_bytes(&self) -> usize {
        (self.count.saturating_sub(self.padding) / 8) as usize
    }

    /// True when bits were used that the input does not have.
    #[inline(always)]
    pub(super) fn overrun(&self) -> bool {
        self.count < self.padding
    }

    /// Makes at least 56 bits stand in the window.
    #[inline(always)]
    pub(super) fn refill(&mut self) {
        if let Some((word, _)) = self.rest.split_first_chunk::<8>() {
            let word = u64::from_be_bytes(*word);
            if !may_hold_ff(word) {
                self.window |= word.wrapping_shr(self.count);
                let taken = ((63 ^ self.count) >> 3 & 7) as usize;
                self.rest = self.rest.get(taken..).unwrap_or_default();
                self.count |= 56;
                return;
            }
        }
        *self = self.refilled_by_bytes();
    }

    #[cold]
    #[inline(never)]
    fn refilled_by_bytes(mut self) -> Self {
        self.window &= !(u64::MAX.checked_shr(self.count).unwrap_or(0));
        while self.count < 56 {
            let byte = match *self.rest {
                [0xFF, 0x00, ref rest @ ..] => {
                    self.rest = rest;
                    0xFF
                }
                [0xFF, ..] | [] => {
                    self.padding += 8;
                    0
                }
                [byte, ref rest @ ..] => {
                    self.rest = rest;
                    byte
                }
            };
            self.window |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
        self
    }

    /// The next bits, from the top of the word.
    #[inline(always)]
    pub(super) fn window(&self) -> u64 {
        self.window
    }

    /// Passes over `count` bits, at most as many as stand in the window.
    #[inline(always)]
    pub(super) fn consume(&mut self, count: u32) {
        self.window = self.window.wrapping_shl(count);
        self.count = self.count.wrapping_sub(count);
    }

    /// The next `count` bits as a number, at most 32, from a window that holds them.
    #[inline(always)]
    pub(super) fn take(&mut self, count: u32) -> u32 {
        let bits = top(self.window, count);
        self.consume(count);
        bits
    }

    /// Goes on behind the restart marker number `expected`, as libjpeg resynchronises: a marker one or two
    /// ahead means that this one was lost, one or two behind is passed over, any other is taken.
    pub(super) fn restart(&mut self, expected: u8) -> Restart {
        let mut passed = self.unused_bytes() > 0;
        loop {
            let Some((skipped, rest)) = to_marker(self.rest) else {
                *self = Self::new(&[]);
                return Restart::End;
            };
            passed |= skipped > 0;
            let [_, code, behind @ ..] = rest else { return Restart::End };
            *self = Self::new(rest);
            if !matches!(code, 0xD0..=0xD7) {
                return Restart::End;
            }
            match code.wrapping_sub(0xD0).wrapping_sub(expected) & 7 {
                1 | 2 => return Restart::Lost,
                6 | 7 => {
                    passed = true;
                    *self = Self::new(behind);
                }
                _ => {
                    *self = Self::new(behind);
                    return Restart::Found(passed);
                }
            }
        }
    }
}

/// The top `count` bits of `window`, at most 32.
#[inline(always)]
pub(super) fn top(window: u64, count: u32) -> u32 {
    // Two shifts, because `count` may be zero.
    ((window >> 1) >> (63 ^ (count & 63))) as u32
}

/// The bytes from the next marker on, its fill bytes passed over, and how many other bytes stand before it.
pub(super) fn to_marker(input: &[u8]) -> Option<(usize, &[u8])> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(0xFF, input.get(from..)?)?;
        let fill = input.get(at + 1..)?.iter().take_while(|byte| **byte == 0xFF).count();
        match input.get(at + 1 + fill)? {
            0x00 => from = at + fill + 2,
            _ => return Some((at, input.get(at + fill..)?)),
        }
    }
}

/// What to write for each token: the code, moved up by the bits that are appended to it, and the length of both.
pub(super) struct Codes([u64; TOKENS]);

/// Numbers of tokens: two AC tables of 256, two DC tables of 16, and some that nothing has.
pub(super) const TOKENS: usize = 1024;
/// The first token of the DC tables.
pub(super) const DC: u32 = 512;
/// A token that nothing has.
pub(super) const NOTHING: u32 = TOKENS as u32 - 1;

impl Codes {
    /// No codes.
    pub(super) fn new() -> Box<Self> {
        Box::new(Self([0; TOKENS]))
    }

    /// Makes `token` be written as `code` of `length` bits, `extra` bits appended.
    pub(super) fn set(&mut self, token: u32, code: u32, length: u32, extra: u32) {
        if let Some(slot) = self.0.get_mut(token as usize) {
            *slot = u64::from(code) << (extra + 8) | u64::from(length + extra);
        }
    }

    /// The bits that `token` becomes, and how many they are.
    #[inline(always)]
    fn of(&self, token: u32) -> (u64, u32) {
        let code = self.0.get(token_index(token)).copied().unwrap_or(0);
        (code >> 8 | u64::from(token >> 10), (code & 63) as u32)
    }

    /// How many bits `token` takes.
    pub(super) fn length(&self, token: usize) -> u64 {
        self.0.get(token).map_or(0, |code| code & 0xFF)
    }
}

/// One token: number in the low 10 bits, appended bits above.
#[inline(always)]
pub(super) fn token(index: u32, extra: u32) -> u32 {
    extra << 10 | index
}

/// The number of a token.
#[inline(always)]
pub(super) fn token_index(token: u32) -> usize {
    (token & 1023) as usize
}

/// Tokens written at a time.
const PIECE: usize = 512;
/// What they take at most: 26 bits each, and as much again where every byte is stuffed; a word is written behind.
const PIECE_BYTES: usize = PIECE * 26 / 8 * 2 + 16;

/// What some tokens become.
struct Piece {
    bytes: [u8; PIECE_BYTES],
    len: usize,
    /// The last `count` bits are still to be written, less than eight; above them stand old ones.
    window: u64,
    count: u32,
}

impl Piece {
    /// Writes `length` bits, at most 52.
    #[inline(always)]
    fn put(&mut self, bits: u64, length: u32) {
        self.window = self.window.wrapping_shl(length) | bits;
        self.count = self.count.wrapping_add(length);
        // The bits that are left stand at the top; those below are written again.
        let word = self.window.wrapping_shl(64_u32.wrapping_sub(self.count));
        let whole = (self.count >> 3) as usize;
        self.count &= 7;
        if may_hold_ff(word) {
            self.stuffed(word, whole);
        } else if let Some(place) = self.bytes.get_mut(self.len..).and_then(<[u8]>::first_chunk_mut::<8>) {
            *place = word.to_be_bytes();
            self.len = self.len.wrapping_add(whole);
        }
    }

    #[cold]
    #[inline(never)]
    fn stuffed(&mut self, word: u64, whole: usize) {
        for byte in word.to_be_bytes().into_iter().take(whole) {
            for byte in [byte, 0].into_iter().take(1 + usize::from(byte == 0xFF)) {
                if let Some(place) = self.bytes.get_mut(self.len) {
                    *place = byte;
                    self.len += 1;
                }
            }
        }
    }
}

/// Writes entropy-coded segments.
pub(super) struct BitWriter {
    output: Vec<u8>,
    /// The last `count` bits are still to be written; above them stand old ones.
    window: u64,
    count: u32,
}

impl BitWriter {
    /// Writes behind `output`.
    pub(super) fn onto(output: Vec<u8>) -> Self {
        Self { output, window: 0, count: 0 }
    }

    /// Writes all `tokens`.
    pub(super) fn tokens(&mut self, tokens: &[u32], codes: &Codes) {
        for tokens in tokens.chunks(PIECE) {
            let mut piece = Piece { bytes: [0; PIECE_BYTES], len: 0, window: self.window, count: self.count };
            let (pairs, last) = tokens.as_chunks::<2>();
            for [first, second] in pairs {
                let (first, first_length) = codes.of(*first);
                let (second, second_length) = codes.of(*second);
                piece.put(
                    first.wrapping_shl(second_length) | second,
                    first_length.wrapping_add(second_length),
                );
            }
            for token in last {
                let (bits, length) = codes.of(*token);
                piece.put(bits, length);
            }
            (self.window, self.count) = (piece.window, piece.count);
            self.output.extend_from_slice(piece.bytes.get(..piece.len).unwrap_or_default());
        }
    }

    /// Fills the last byte with ones and returns everything written.
    pub(super) fn finish(mut self) -> Vec<u8> {
        while self.count > 0 {
            let byte = if self.count >= 8 {
                self.count -= 8;
                (self.window >> self.count) as u8
            } else {
                let missing = 8 - self.count;
                self.count = 0;
                (self.window << missing) as u8 | ((1_u16 << missing) - 1) as u8
            };
            self.output.push(byte);
            if byte == 0xFF {
                self.output.push(0);
            }
        }
        self.output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_written_read_back_through_stuffed_bytes() {
        const RAW: u32 = 544;
        let mut codes = Codes::new();
        (0..=16).for_each(|count| codes.set(RAW + count, 0, 0, count));
        let tokens: Vec<u32> = (0..2_000_u32)
            .map(|n| (n % 16 + 1, if n % 3 == 0 { u32::MAX } else { n.wrapping_mul(0x9E37_79B9) }))
            .map(|(count, bits)| token(RAW + count, bits & ((1 << count) - 1)))
            .collect();
        let mut writer = BitWriter::onto(Vec::new());
        writer.tokens(&tokens, &codes);
        let mut output = writer.finish();
        output.extend_from_slice(&[0xFF, 0xD9]);
        let mut reader = BitReader::new(&output);
        for token in tokens {
            reader.refill();
            assert_eq!(reader.take((token & 1023) - RAW), token >> 10);
            assert!(!reader.overrun());
        }
        reader.refill();
        assert_eq!(reader.unused_bytes(), 0);
        reader.consume(16);
        assert!(reader.overrun());
    }

    #[test]
    fn a_marker_is_found_behind_stuffing_and_fill_bytes() {
        assert_eq!(to_marker(&[1, 0xFF, 0, 2, 0xFF, 0xFF, 0xD9, 7]), Some((4, &[0xFF, 0xD9, 7][..])));
        assert_eq!(to_marker(&[1, 0xFF, 0, 0xFF]), None);
    }
}
