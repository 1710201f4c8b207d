//! Writing: blocks of so many symbols, each with codes made for it.

use super::{
    alphabet::{
        DISTANCE_RANGES, DISTANCES, END, LENGTH_ORDER, LENGTH_RANGES, LENGTH_SYMBOLS, LITERALS, LONGEST,
        LONGEST_OF_LENGTHS, SHORTEST_COPY, USED_DISTANCES, USED_LITERALS,
    },
    code::{codes, is_complete, lengths},
    symbols::{Symbols, distance, index, of_distance},
};

/// Symbols of a block.
const BLOCK: usize = 24 << 10;

/// Writes a text of these symbols behind what `output` holds. `None` where what was written is not what was to be: the
/// codes must be complete, and the bits as many as the counts of the symbols say.
pub(crate) fn write(symbols: &Symbols, output: Vec<u8>) -> Option<Vec<u8>> {
    let mut writer = Writer::onto(output);
    let words = symbols.words();
    let mut blocks = words.chunks(BLOCK).peekable();
    if words.is_empty() {
        writer.block(&[], true);
    }
    while let Some(block) = blocks.next() {
        writer.block(block, blocks.peek().is_none());
    }
    writer.finish()
}

/// A stream that is written while its symbols come: those of a block are held, and a few.
pub(super) struct Stream {
    writer: Writer,
    held: Symbols,
    /// Symbols of the blocks that are written.
    written: usize,
}

impl Stream {
    /// Goes on behind what `output` holds.
    pub(super) fn onto(output: Vec<u8>) -> Self {
        Self { writer: Writer::onto(output), held: Symbols::default(), written: 0 }
    }

    /// Adds symbols as they are.
    pub(super) fn extend(&mut self, words: &[u32]) {
        for part in words.chunks(BLOCK) {
            self.held.extend(part);
            self.write_full();
        }
    }

    /// Adds literals.
    pub(super) fn literals(&mut self, bytes: &[u8]) {
        for part in bytes.chunks(BLOCK) {
            self.held.literals(part);
            self.write_full();
        }
    }

    /// Adds a copy, as [`Symbols::copy`] does.
    pub(super) fn copy(&mut self, length: usize, distance: usize) -> bool {
        let added = self.held.copy(length, distance);
        self.write_full();
        added
    }

    /// Writes what is a whole block; of the last one it is not yet known that it is.
    fn write_full(&mut self) {
        while let Some((block, rest)) = self.held.words().split_at_checked(BLOCK)
            && !rest.is_empty()
        {
            self.writer.block(block, false);
            self.held.leave_out_first(BLOCK);
            self.written += BLOCK;
        }
    }

    /// How many symbols there are so far.
    pub(super) fn symbols(&self) -> usize {
        self.written + self.held.words().len()
    }

    /// Writes the last block; as [`write`].
    pub(super) fn finish(mut self) -> Option<Vec<u8>> {
        self.writer.block(self.held.words(), true);
        self.writer.finish()
    }
}

/// How often each symbol comes in a block.
struct Counts {
    literals: [u32; USED_LITERALS],
    distances: [u32; USED_DISTANCES],
}

impl Counts {
    fn of(words: &[u32]) -> Self {
        // Two of each, so that a symbol that comes again need not wait for the last.
        let mut of_words = [[0_u32; 512]; 2];
        let mut of_distances = [[0_u32; 32]; 2];
        let mut count = |word: u32, half: usize| {
            if let Some(count) = of_words.get_mut(half).and_then(|counts| counts.get_mut(index(word))) {
                *count = count.wrapping_add(1);
            }
            let distances = of_distances.get_mut(half);
            if let Some(count) = distances.and_then(|counts| counts.get_mut(of_distance(word) & 31)) {
                *count = count.wrapping_add(1);
            }
        };
        let (pairs, last) = words.as_chunks::<2>();
        for [first, second] in pairs {
            count(*first, 0);
            count(*second, 1);
        }
        last.iter().for_each(|word| count(*word, 0));
        let [mut counts, others] = of_words;
        counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
        let mut all = Self { literals: [0; USED_LITERALS], distances: [0; USED_DISTANCES] };
        let (bytes, lengths) = counts.split_at(END);
        let (of_bytes, of_others) = all.literals.split_at_mut(END);
        of_bytes.copy_from_slice(bytes);
        for (count, symbol) in lengths.iter().zip(LENGTH_SYMBOLS) {
            if let Some(sum) = of_others.get_mut(1 + usize::from(symbol)) {
                *sum += count;
            }
        }
        if let Some(end) = of_others.first_mut() {
            *end = 1;
        }
        let [counts, others] = of_distances;
        for (to, (count, other)) in all.distances.iter_mut().zip(counts.into_iter().zip(others).skip(1)) {
            *to = count + other;
        }
        all
    }
}

/// Bits and, in the lower eight, how many.
type Bits = u32;

/// The bits of everything that a block can say.
struct Codes {
    /// Literals, then lengths by length less 3: code and what follows it.
    words: [Bits; 512],
    /// By symbol and one more; the first is nothing, of a literal.
    distances: [Distance; 32],
    end: Bits,
}

impl Codes {
    fn new<const L: usize, const D: usize>(literal_lengths: &[u8; L], distance_lengths: &[u8; D]) -> Self {
        let of_literals = codes(literal_lengths);
        let bits = |code: u32, length: u8| code << 8 | u32::from(length);
        let mut all = Self { words: [0; 512], distances: [Distance::default(); 32], end: 0 };
        let (literals, lengths) = all.words.split_at_mut(256);
        for ((slot, code), length) in literals.iter_mut().zip(of_literals).zip(literal_lengths) {
            *slot = bits(code, *length);
        }
        let others = of_literals.iter().zip(literal_lengths).skip(END);
        let mut others = others.map(|(code, length)| (*code, *length));
        all.end = others.next().map_or(0, |(code, length)| bits(code, length));
        for (range, (code, length)) in LENGTH_RANGES.iter().zip(others) {
            let first = usize::from(range.first) - SHORTEST_COPY;
            for (over, slot) in (0..1_u32 << range.bits).zip(lengths.iter_mut().skip(first)) {
                *slot = bits(code | over << length, length + range.bits);
            }
        }
        let distances = codes(distance_lengths).into_iter().zip(distance_lengths).zip(DISTANCE_RANGES);
        for (slot, ((code, length), range)) in all.distances.iter_mut().skip(1).zip(distances) {
            *slot =
                Distance { code: code as u16, first: range.first, length: *length, all: length + range.bits };
        }
        all
    }
}

/// The bits of a distance.
#[derive(Clone, Copy, Default)]
struct Distance {
    code: u16,
    /// The first distance of the symbol.
    first: u16,
    /// Bits of the code, and with what follows it.
    length: u8,
    all: u8,
}

struct Writer {
    /// What is written up to `end`, and room behind it.
    output: Vec<u8>,
    end: usize,
    window: u64,
    held: u32,
    /// Everything that was written is what was to be.
    is_sound: bool,
}

/// Bytes that are written at a time.
const WORD: usize = 8;

impl Writer {
    /// Writes behind what `output` holds.
    fn onto(output: Vec<u8>) -> Self {
        let end = output.len();
        Self { output, end, window: 0, held: 0, is_sound: true }
    }

    /// Bits that are written.
    fn written(&self) -> u64 {
        self.end as u64 * 8 + u64::from(self.held)
    }

    /// Adds bits that the window has room for.
    #[inline(always)]
    fn put(&mut self, bits: Bits) {
        self.window |= u64::from(bits >> 8) << (self.held & 63);
        self.held = self.held.wrapping_add(bits & 255);
    }

    /// Writes all whole bytes of the window.
    #[inline(always)]
    fn flush(&mut self) {
        let slot = self.output.get_mut(self.end..).and_then(|rest| rest.first_chunk_mut::<WORD>());
        if let Some(slot) = slot {
            *slot = self.window.to_le_bytes();
        }
        self.end = self.end.wrapping_add((self.held >> 3) as usize);
        self.window >>= self.held & 56;
        self.held &= 7;
    }

    fn bits(&mut self, bits: u32, count: u32) {
        self.put(bits << 8 | count);
        self.flush();
    }

    /// Makes room for so many bits more.
    fn make_room(&mut self, bits: u64) {
        self.output.resize(self.end + (bits / 8) as usize + 2 * WORD, 0);
    }

    fn block(&mut self, words: &[u32], is_last: bool) {
        let counts = Counts::of(words);
        let of_literals = lengths(&counts.literals, LONGEST);
        let of_distances = lengths(&counts.distances, LONGEST);
        let head = Head::new(&of_literals, &of_distances);
        let in_own = size(&counts, &of_literals, &of_distances) + head.bits;
        let in_fixed = size(&counts, &FIXED_LITERALS, &FIXED_DISTANCES);
        // Three bits of the block, and what is held.
        self.make_room(in_own.min(in_fixed) + 16);
        let end = self.written() + 3 + in_own.min(in_fixed);
        self.bits(u32::from(is_last), 1);
        let codes = if in_fixed <= in_own {
            self.bits(1, 2);
            Codes::new(&FIXED_LITERALS, &FIXED_DISTANCES)
        } else {
            self.bits(2, 2);
            head.write(self);
            self.is_sound &= is_complete(&of_literals) && is_complete(&of_distances);
            Codes::new(&of_literals, &of_distances)
        };
        self.symbols(&codes, words);
        self.is_sound &= self.written() == end;
    }

    fn symbols(&mut self, codes: &Codes, words: &[u32]) {
        // By value, so that it can stay in registers.
        let mut writer = Self { output: std::mem::take(&mut self.output), ..*self };
        for word in words {
            let code = codes.words.get(index(*word)).copied().unwrap_or(0);
            let of_distance = codes.distances.get(of_distance(*word)).copied().unwrap_or_default();
            let over = (distance(*word) as u64).wrapping_sub(u64::from(of_distance.first));
            // 13 bits behind 15 behind 20, beside the seven that may be held. A literal has no more than the first.
            let (before, all) = (code & 63, (code & 63) + u32::from(of_distance.length & 63));
            let bits =
                u64::from(code >> 8) | u64::from(of_distance.code) << (before & 63) | over << (all & 63);
            writer.window |= bits << (writer.held & 63);
            writer.held = (writer.held & 63) + before + u32::from(of_distance.all);
            writer.flush();
        }
        writer.put(codes.end);
        writer.flush();
        *self = writer;
    }

    fn finish(mut self) -> Option<Vec<u8>> {
        self.make_room(u64::from(self.held));
        self.held += 7;
        self.flush();
        self.output.truncate(self.end);
        Some(self.output).filter(|_| self.is_sound)
    }
}

#[allow(clippy::indexing_slicing, reason = "run by the compiler")]
/// The lengths of the codes of blocks that have none of their own (3.2.6). Symbols that are never used have codes, too.
const FIXED_LITERALS: [u8; LITERALS] = {
    let mut lengths = [8; LITERALS];
    let mut symbol = 144;
    while symbol < 280 {
        lengths[symbol] = if symbol < 256 { 9 } else { 7 };
        symbol += 1;
    }
    lengths
};
const FIXED_DISTANCES: [u8; DISTANCES] = [5; DISTANCES];

/// Bits of all symbols of a block, with codes of these lengths.
fn size(block: &Counts, of_literals: &[u8], of_distances: &[u8]) -> u64 {
    let sum = |counts: &[u32], lengths: &[u8]| -> u64 {
        counts.iter().zip(lengths).map(|(count, length)| u64::from(*count) * u64::from(*length)).sum()
    };
    let behind_lengths = block.literals.iter().skip(END + 1).zip(LENGTH_RANGES);
    let behind_distances = block.distances.iter().zip(DISTANCE_RANGES);
    let behind = behind_lengths.chain(behind_distances);
    sum(&block.literals, of_literals)
        + sum(&block.distances, of_distances)
        + behind.map(|(count, range)| u64::from(*count) * u64::from(range.bits)).sum::<u64>()
}

/// How the lengths of a block's codes are written (3.2.7).
struct Head {
    literals: usize,
    distances: usize,
    /// Symbols of the code for lengths, each with what follows it: how much, in how many bits.
    symbols: Vec<(u8, u8, u8)>,
    of_lengths: [u8; 19],
    /// Lengths of that code that are stored.
    stored: usize,
    /// Bits it takes.
    bits: u64,
}

impl Head {
    fn new(of_literals: &[u8; USED_LITERALS], of_distances: &[u8; USED_DISTANCES]) -> Self {
        let used =
            |lengths: &[u8]| lengths.iter().rposition(|length| *length != 0).map_or(0, |last| last + 1);
        let (literals, distances) = (used(of_literals).max(257), used(of_distances).max(1));
        let mut all = [0_u8; USED_LITERALS + USED_DISTANCES];
        let both = of_literals.iter().take(literals).chain(of_distances.iter().take(distances));
        all.iter_mut().zip(both).for_each(|(slot, length)| *slot = *length);
        let symbols = runs(all.get(..literals + distances).unwrap_or_default());
        let mut counts = [0_u32; 19];
        for (symbol, ..) in &symbols {
            if let Some(count) = counts.get_mut(usize::from(*symbol)) {
                *count += 1;
            }
        }
        let of_lengths = lengths(&counts, LONGEST_OF_LENGTHS);
        let length_of = |symbol: u8| of_lengths.get(usize::from(symbol)).copied().unwrap_or(0);
        let stored =
            LENGTH_ORDER.iter().rposition(|symbol| length_of(*symbol) != 0).map_or(4, |last| last + 1).max(4);
        let in_symbols: u64 =
            symbols.iter().map(|(symbol, _, bits)| u64::from(length_of(*symbol) + bits)).sum();
        let bits = 14 + 3 * stored as u64 + in_symbols;
        Self { literals, distances, symbols, of_lengths, stored, bits }
    }

    fn write(&self, writer: &mut Writer) {
        writer.bits(self.literals as u32 - 257, 5);
        writer.bits(self.distances as u32 - 1, 5);
        writer.bits(self.stored as u32 - 4, 4);
        for symbol in LENGTH_ORDER.into_iter().take(self.stored) {
            writer.bits(self.of_lengths.get(usize::from(symbol)).copied().unwrap_or(0).into(), 3);
        }
        let codes = codes(&self.of_lengths);
        for (symbol, behind, bits) in &self.symbols {
            let symbol = usize::from(*symbol);
            let code = codes.get(symbol).copied().unwrap_or(0);
            writer.bits(code, self.of_lengths.get(symbol).copied().unwrap_or(0).into());
            writer.bits(u32::from(*behind), u32::from(*bits));
        }
    }
}

/// Lengths as symbols of the code for lengths: runs of the same are one.
fn runs(lengths: &[u8]) -> Vec<(u8, u8, u8)> {
    let mut symbols = Vec::with_capacity(lengths.len());
    for run in lengths.chunk_by(|a, b| a == b) {
        let length = run.first().copied().unwrap_or(0);
        let mut left = run.len();
        if length != 0 {
            symbols.push((length, 0, 0));
            left -= 1;
        }
        while left >= 3 {
            let (symbol, part, bits) = match (length, left) {
                (0, 11..) => (18, left.min(138), 7),
                (0, _) => (17, left.min(10), 3),
                _ => (16, left.min(6), 2),
            };
            let least = if symbol == 18 { 11 } else { 3 };
            symbols.push((symbol, (part - least) as u8, bits));
            left -= part;
        }
        symbols.extend(std::iter::repeat_n((length, 0, 0), left));
    }
    symbols
}
