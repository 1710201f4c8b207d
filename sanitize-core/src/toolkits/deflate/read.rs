//! Reading: blocks, their codes, and what they say.

use std::cell::RefCell;

use super::{
    alphabet::{
        DISTANCE_RANGES, DISTANCES, END, LENGTH_ORDER, LENGTH_RANGES, LITERALS, LONGEST_COPY, USED_DISTANCES,
        USED_LITERALS,
    },
    code::{Decoder, ENDS, FURTHER, LITERAL, SPECIAL, of_code, taken, value},
    symbols::{self, Symbols},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    limits::Resource,
};

/// A text, and the symbols it was read from.
#[derive(Debug)]
pub(crate) struct Inflated {
    pub(crate) plain: Vec<u8>,
    /// `None` where they are too many to be worth holding.
    pub(crate) symbols: Option<Symbols>,
    /// Bytes of the input up to the end of the last block.
    pub(crate) read: usize,
}

/// Room behind the text, into which whole words are copied.
const SLACK: usize = LONGEST_COPY + 64;
/// How much of the output is made ready, and paid for, at a time.
const STEP: usize = 64 << 10;

type LiteralDecoder = Decoder<4096, 11>;
type DistanceDecoder = Decoder<512, 8>;

/// The tables of a thread: 20 KB that need not be made for each stream.
struct Tables {
    literals: LiteralDecoder,
    distances: DistanceDecoder,
    lengths: Decoder<128, 7>,
    /// Symbols that were read last.
    words: [u32; WORDS],
}

/// How many symbols are put aside together.
const WORDS: usize = 1 << 10;

thread_local! {
    static TABLES: RefCell<Box<Tables>> = RefCell::new(Box::new(Tables {
        literals: Decoder::new(),
        distances: Decoder::new(),
        lengths: Decoder::new(),
        words: [0; WORDS],
    }));
}

/// An empty buffer for a text of `size` bytes that were paid for.
pub(crate) fn room(size: u64, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut plain = budget.reserve(size)?;
    let all = usize::try_from(size).ok().and_then(|size| size.checked_add(SLACK));
    let reserved = all.is_some_and(|all| plain.try_reserve_exact(all).is_ok());
    if reserved { Ok(plain) } else { Err(budget.trip(Resource::BufferBytes)) }
}

/// Reads a stream into `plain`, which is empty. Where `size` is known, memory was paid for by whoever made
/// [`room`], and the text must not be longer; else it is paid for as it grows.
pub(crate) fn read(
    input: &[u8],
    plain: Vec<u8>,
    size: Option<u64>,
    budget: &Budget,
) -> Result<Inflated, Error> {
    TABLES.with_borrow_mut(|tables| {
        let mut reader = Reader {
            bits: Bits { input, at: 0, window: 0, held: 0 },
            plain,
            end: 0,
            paid: 0,
            // Most symbols take about a byte.
            symbols: Symbols::with_room(input.len() + 16, budget),
            keeps_symbols: true,
            size,
            budget,
        };
        reader.stream(tables)?;
        reader.finish()
    })
}

/// The next bits of the input.
#[derive(Clone, Copy)]
struct Bits<'a> {
    input: &'a [u8],
    at: usize,
    window: u64,
    held: u32,
}

impl Bits<'_> {
    /// Fills the window to 56 bits, or to all there are.
    #[inline(always)]
    fn refill(&mut self) {
        if !self.refill_whole() {
            self.refill_last();
        }
    }

    /// As `refill`, where eight bytes are left; false where not.
    #[inline(always)]
    fn refill_whole(&mut self) -> bool {
        let Some(eight) = self.input.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) else {
            return false;
        };
        self.window |= u64::from_le_bytes(*eight) << (self.held & 63);
        self.at += ((63 - (self.held & 63)) >> 3) as usize;
        // Bits above those held are those of the next byte, and will come again.
        self.held |= 56;
        true
    }

    #[cold]
    fn refill_last(&mut self) {
        self.window &= (1_u64 << (self.held & 63)).wrapping_sub(1);
        while self.held <= 48
            && let Some(byte) = self.input.get(self.at)
        {
            self.window |= u64::from(*byte) << self.held;
            self.held += 8;
            self.at += 1;
        }
    }

    /// Takes bits that are known to be held.
    #[inline(always)]
    fn take(&mut self, count: u32) {
        self.window >>= count & 63;
        self.held = self.held.wrapping_sub(count);
    }

    /// Takes bits, if they are there.
    #[inline(always)]
    fn take_checked(&mut self, count: u32) -> Result<(), Error> {
        if count > self.held {
            return Err(self.cut());
        }
        self.take(count);
        Ok(())
    }

    /// The next `count` bits, at most 16.
    fn bits(&mut self, count: u32) -> Result<u32, Error> {
        self.refill();
        let bits = (self.window & ((1 << count) - 1)) as u32;
        self.take_checked(count)?;
        Ok(bits)
    }

    /// Goes on at the next whole byte of the input.
    fn align(&mut self) {
        self.take(self.held % 8);
        self.at -= (self.held / 8) as usize;
        (self.window, self.held) = (0, 0);
    }

    fn cut(&self) -> Error {
        malformed("deflate stream cut short", self.at as u64)
    }

    fn wrong(&self) -> Error {
        malformed("deflate stream", self.at as u64)
    }
}

struct Reader<'a, 'b> {
    bits: Bits<'a>,
    /// The text up to `end`, and room behind it.
    plain: Vec<u8>,
    end: usize,
    /// How much of it is paid for.
    paid: usize,
    symbols: Symbols,
    keeps_symbols: bool,
    size: Option<u64>,
    budget: &'b Budget,
}

impl Reader<'_, '_> {
    fn stream(&mut self, tables: &mut Tables) -> Result<(), Error> {
        loop {
            self.budget.check()?;
            let is_last = self.bits.bits(1)? == 1;
            match self.bits.bits(2)? {
                0 => self.stored()?,
                1 => {
                    fixed(tables);
                    self.block(tables)?;
                }
                2 => {
                    self.codes(tables)?;
                    self.block(tables)?;
                }
                _ => return Err(self.bits.wrong()),
            }
            if is_last {
                return Ok(());
            }
        }
    }

    fn finish(mut self) -> Result<Inflated, Error> {
        self.pay()?;
        if self.size.is_some_and(|size| size != self.end as u64) {
            return Err(malformed("deflate stream shorter than declared", self.bits.at as u64));
        }
        self.bits.align();
        self.plain.truncate(self.end);
        let symbols = self.keeps_symbols.then_some(self.symbols);
        Ok(Inflated { plain: self.plain, symbols, read: self.bits.at })
    }

    /// Makes room for some more of the text; an error where there may be no more.
    #[cold]
    #[inline(never)]
    fn make_room(&mut self) -> Result<(), Error> {
        self.pay()?;
        let left = match self.size {
            Some(size) => usize::try_from(size).unwrap_or(usize::MAX).saturating_sub(self.end),
            None => STEP,
        };
        let len = self.end + left.min(STEP) + SLACK;
        let further = len.saturating_sub(self.plain.len());
        self.plain.try_reserve(further).map_err(|_| self.budget.trip(Resource::BufferBytes))?;
        self.plain.resize(len.max(self.plain.len()), 0);
        Ok(())
    }

    /// Pays for what was put out since it was paid last, where its size was not known.
    fn pay(&mut self) -> Result<(), Error> {
        if self.size.is_some() {
            return self.budget.check();
        }
        self.budget.expand_buffer(self.paid, self.end)?;
        self.paid = self.end;
        Ok(())
    }

    /// How far the text may go before room must be made.
    fn room(&self) -> usize {
        self.plain.len().saturating_sub(SLACK)
    }

    /// An error where the text is to be longer than declared.
    fn check_size(&self, end: usize) -> Result<(), Error> {
        match self.size {
            Some(size) if end as u64 > size => {
                Err(malformed("deflate stream longer than declared", self.bits.at as u64))
            }
            _ => Ok(()),
        }
    }

    fn stored(&mut self) -> Result<(), Error> {
        self.bits.align();
        let rest = self.bits.input.get(self.bits.at..).unwrap_or_default();
        let (head, rest) = rest.split_first_chunk::<4>().ok_or_else(|| self.bits.cut())?;
        let [a, b, c, d] = *head;
        let len = u16::from_le_bytes([a, b]);
        if len != !u16::from_le_bytes([c, d]) {
            return Err(self.bits.wrong());
        }
        let bytes = rest.get(..usize::from(len)).ok_or_else(|| self.bits.cut())?;
        self.check_size(self.end + bytes.len())?;
        let mut left = bytes;
        while !left.is_empty() {
            if self.end >= self.room() {
                self.make_room()?;
            }
            let (part, behind) = left.split_at(left.len().min(self.room() - self.end));
            if let Some(slots) = self.plain.get_mut(self.end..self.end + part.len()) {
                slots.copy_from_slice(part);
            }
            self.end += part.len();
            if self.keeps_symbols {
                self.symbols.literals(part);
                self.keeps_symbols = self.symbols.words().len() <= symbols::MOST;
            }
            left = behind;
        }
        self.bits.at += 4 + bytes.len();
        Ok(())
    }

    /// Reads the codes of a block (3.2.7).
    fn codes(&mut self, tables: &mut Tables) -> Result<(), Error> {
        let literals = self.bits.bits(5)? as usize + 257;
        let distances = self.bits.bits(5)? as usize + 1;
        let stored = self.bits.bits(4)? as usize + 4;
        if literals > USED_LITERALS || distances > USED_DISTANCES {
            return Err(self.bits.wrong());
        }
        let mut of_lengths = [0_u8; 19];
        for index in LENGTH_ORDER.into_iter().take(stored) {
            let length = self.bits.bits(3)? as u8;
            if let Some(slot) = of_lengths.get_mut(usize::from(index)) {
                *slot = length;
            }
        }
        if !tables.lengths.set(&of_lengths, |symbol| (symbol as u32) << 16) {
            return Err(self.bits.wrong());
        }
        let mut lengths = [0_u8; USED_LITERALS + USED_DISTANCES];
        let (mut at, all) = (0, literals + distances);
        while at < all {
            self.bits.refill();
            let entry = tables.lengths.first(self.bits.window);
            if entry == 0 {
                return Err(self.bits.wrong());
            }
            self.bits.take_checked(taken(entry))?;
            let (length, count) = match value(entry) {
                symbol @ 0..=15 => (symbol as u8, 1),
                16 => {
                    let before = at.checked_sub(1).and_then(|before| lengths.get(before));
                    (*before.ok_or_else(|| self.bits.wrong())?, 3 + self.bits.bits(2)?)
                }
                17 => (0, 3 + self.bits.bits(3)?),
                _ => (0, 11 + self.bits.bits(7)?),
            };
            let end = at + count as usize;
            let slots = lengths.get_mut(at..end).filter(|_| end <= all);
            slots.ok_or_else(|| self.bits.wrong())?.fill(length);
            at = end;
        }
        let (of_literals, rest) = lengths.split_at(literals);
        let of_distances = rest.get(..distances).unwrap_or_default();
        let is_ended = of_literals.get(END).is_some_and(|length| *length > 0);
        if is_ended && tables.take_up(of_literals, of_distances) { Ok(()) } else { Err(self.bits.wrong()) }
    }

    /// Reads the symbols of a block.
    fn block(&mut self, tables: &mut Tables) -> Result<(), Error> {
        loop {
            if self.symbols_in_bulk(tables)? || self.symbol(tables)? {
                return Ok(());
            }
        }
    }

    /// Reads symbols while there is much of the input and much room; true when the block has ended.
    #[inline(always)]
    fn symbols_in_bulk(&mut self, tables: &mut Tables) -> Result<bool, Error> {
        // Held by value, so that they can stay in registers.
        let (mut bits, mut end) = (self.bits, self.end);
        let room = self.room();
        let plain = self.plain.as_mut_slice();
        let Tables { literals, distances, words, .. } = tables;
        let mut known = 0;
        let mut is_ended = false;
        // A round takes five literals and a copy at most.
        while end + 6 < room && bits.refill_whole() {
            if known > WORDS - 8 {
                if self.keeps_symbols {
                    self.keeps_symbols = self.symbols.extend(words.get(..known).unwrap_or_default());
                }
                known = 0;
            }
            let mut entry = literals.first(bits.window);
            let mut put = |entry: u32| {
                if let Some(slot) = plain.get_mut(end) {
                    *slot = value(entry) as u8;
                }
                if let Some(slot) = words.get_mut(known & (WORDS - 1)) {
                    *slot = value(entry);
                }
                end += 1;
                known += 1;
            };
            // 56 bits are four first looks of eleven.
            if entry & LITERAL != 0 {
                bits.take(taken(entry));
                put(entry);
                entry = literals.first(bits.window);
                if entry & LITERAL != 0 {
                    bits.take(taken(entry));
                    put(entry);
                    entry = literals.first(bits.window);
                    if entry & LITERAL != 0 {
                        bits.take(taken(entry));
                        put(entry);
                        entry = literals.first(bits.window);
                        if entry & LITERAL != 0 {
                            bits.take(taken(entry));
                            put(entry);
                            continue;
                        }
                    }
                }
                if !bits.refill_whole() {
                    break;
                }
            }
            if entry & SPECIAL != 0 {
                if entry & FURTHER != 0 {
                    bits.take(taken(entry));
                    entry = literals.further(entry, bits.window);
                    if entry & LITERAL != 0 {
                        bits.take(taken(entry));
                        put(entry);
                        continue;
                    }
                }
                if entry & ENDS != 0 {
                    bits.take(taken(entry));
                    is_ended = true;
                    break;
                }
            }
            if entry & SPECIAL != 0 || entry == 0 {
                return Err(bits.wrong());
            }
            let length = ranged(entry, &mut bits);
            // 36 bits are held at least: a distance takes 28.
            let mut entry = distances.first(bits.window);
            if entry & FURTHER != 0 {
                bits.take(taken(entry));
                entry = distances.further(entry, bits.window);
            }
            if entry & SPECIAL != 0 || entry == 0 {
                return Err(bits.wrong());
            }
            let distance = ranged(entry, &mut bits);
            if distance > end {
                return Err(bits.wrong());
            }
            if let Some(slot) = words.get_mut(known & (WORDS - 1)) {
                *slot = symbols::copy(length, distance);
            }
            known += 1;
            copy(plain, end, distance, length);
            end += length;
        }
        if self.keeps_symbols {
            self.keeps_symbols = self.symbols.extend(words.get(..known).unwrap_or_default());
        }
        (self.bits, self.end) = (bits, end);
        self.check_size(end)?;
        Ok(is_ended)
    }

    /// Reads one symbol; true when it ends the block.
    fn symbol(&mut self, tables: &Tables) -> Result<bool, Error> {
        // The last copy of a bulk may have taken what room there was.
        if self.end >= self.room() {
            self.make_room()?;
        }
        self.bits.refill();
        let mut entry = tables.literals.first(self.bits.window);
        if entry & FURTHER != 0 {
            self.bits.take_checked(taken(entry))?;
            entry = tables.literals.further(entry, self.bits.window);
        }
        if entry & LITERAL != 0 {
            self.bits.take_checked(taken(entry))?;
            self.check_size(self.end + 1)?;
            if let Some(slot) = self.plain.get_mut(self.end) {
                *slot = value(entry) as u8;
            }
            self.end += 1;
            self.keep(value(entry));
            return Ok(false);
        }
        if entry & ENDS != 0 {
            self.bits.take_checked(taken(entry))?;
            return Ok(true);
        }
        let length = self.ranged(entry)?;
        let mut entry = tables.distances.first(self.bits.window);
        if entry & FURTHER != 0 {
            self.bits.take_checked(taken(entry))?;
            entry = tables.distances.further(entry, self.bits.window);
        }
        let distance = self.ranged(entry)?;
        if distance > self.end {
            return Err(self.bits.wrong());
        }
        self.check_size(self.end + length)?;
        self.keep(symbols::copy(length, distance));
        copy(&mut self.plain, self.end, distance, length);
        self.end += length;
        Ok(false)
    }

    fn keep(&mut self, word: u32) {
        if self.keeps_symbols {
            self.keeps_symbols = self.symbols.extend(&[word]);
        }
    }

    fn ranged(&mut self, entry: u32) -> Result<usize, Error> {
        if entry & SPECIAL != 0 || entry == 0 {
            return Err(self.bits.wrong());
        }
        if taken(entry) > self.bits.held {
            return Err(self.bits.cut());
        }
        Ok(ranged(entry, &mut self.bits))
    }
}

/// The number that an entry of a range and the bits behind its code stand for.
#[inline(always)]
fn ranged(entry: u32, bits: &mut Bits<'_>) -> usize {
    let behind = (bits.window & ((1 << taken(entry)) - 1)) >> of_code(entry);
    bits.take(taken(entry));
    value(entry) as usize + behind as usize
}

/// Copies within the text, in whole words: what it writes beyond `length` is written over later.
#[inline(always)]
fn copy(plain: &mut [u8], end: usize, distance: usize, length: usize) {
    if distance >= WORD {
        in_words(plain, end, distance, length);
    } else {
        within_a_word(plain, end, distance, length);
    }
}

/// Bytes that are moved together.
const WORD: usize = 16;

#[inline(always)]
fn in_words(plain: &mut [u8], end: usize, distance: usize, length: usize) {
    let from = end - distance;
    let mut done = 0;
    loop {
        // Two at a time: most copies are no longer.
        let Some(both) = plain.get_mut(from + done..end + done + 2 * WORD) else { return };
        both.copy_within(..WORD, distance);
        both.copy_within(WORD..2 * WORD, distance + WORD);
        done += 2 * WORD;
        if done >= length {
            break;
        }
    }
}

/// Copies what repeats itself within a word.
#[inline(never)]
fn within_a_word(plain: &mut [u8], end: usize, distance: usize, length: usize) {
    let from = end - distance;
    let mut word = [0; WORD];
    if let (Some(slots), Some(bytes)) = (word.get_mut(..distance), plain.get(from..end)) {
        slots.copy_from_slice(bytes);
    }
    let mut period = distance.max(1);
    while period * 2 <= WORD {
        word.copy_within(..period, period);
        period *= 2;
    }
    word.copy_within(..WORD - period, period);
    let mut done = 0;
    while done < length {
        if let Some(slot) = plain.get_mut(end + done..).and_then(|rest| rest.first_chunk_mut::<WORD>()) {
            *slot = word;
        }
        done += period;
    }
}

impl Tables {
    /// Takes up the codes of a block; false where they are none.
    fn take_up(&mut self, literals: &[u8], distances: &[u8]) -> bool {
        self.literals.set(literals, literal_meaning) && self.distances.set(distances, distance_meaning)
    }
}

/// The codes of blocks that have none of their own (3.2.6).
fn fixed(tables: &mut Tables) {
    let literals: [u8; LITERALS] = std::array::from_fn(|symbol| match symbol {
        0..=143 => 8,
        144..=255 => 9,
        256..=279 => 7,
        _ => 8,
    });
    tables.take_up(&literals, &[5; DISTANCES]);
}

fn literal_meaning(symbol: usize) -> u32 {
    match symbol.checked_sub(END) {
        None => LITERAL | (symbol as u32) << 16,
        Some(0) => SPECIAL | ENDS,
        Some(over) => match LENGTH_RANGES.get(over - 1) {
            Some(range) => u32::from(range.first) << 16 | u32::from(range.bits),
            None => SPECIAL,
        },
    }
}

fn distance_meaning(symbol: usize) -> u32 {
    match DISTANCE_RANGES.get(symbol) {
        Some(range) => u32::from(range.first) << 16 | u32::from(range.bits),
        None => SPECIAL,
    }
}
