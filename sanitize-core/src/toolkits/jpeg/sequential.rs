//! Sequential scans (ITU T.81, F.2): codes to tokens.

use std::rc::Rc;

use super::{
    bits::{BitReader, DC, TOKENS, token, token_index, top},
    blocks::{Counted, Plane, category, clamp_dc, spread_block, table_of, value},
    huffman::{DecodeTable, Entry},
    pairs::{AcTable, Pair},
    scan::McuDecoder,
};
use crate::{budget::Budget, error::Error, limits::Resource};

/// Tokens of one scan in the order they are written, and how often each occurs.
#[derive(Debug)]
pub(super) struct Tokens {
    /// See [`token`].
    pub(super) tokens: Vec<u32>,
    /// By token number.
    pub(super) counts: Box<[u32; TOKENS]>,
    /// Tokens paid for.
    paid: usize,
}

impl Tokens {
    pub(super) fn new() -> Self {
        Self { tokens: Vec::new(), counts: Box::new([0; TOKENS]), paid: 0 }
    }

    pub(super) fn counted(&mut self) -> Counted<'_> {
        Counted { tokens: &mut self.tokens, counts: &mut self.counts }
    }

    /// Forgets the tokens, not what was paid for them.
    pub(super) fn clear(&mut self) {
        self.tokens.clear();
        self.counts.fill(0);
    }

    /// Pays for the tokens that were added since.
    pub(super) fn pay(&mut self, budget: &Budget) -> Result<(), Error> {
        let more = self.tokens.len().saturating_sub(self.paid);
        if more > 0 {
            budget.expand(more as u64 * 4)?;
            self.paid = self.tokens.len();
            if self.paid as u64 * 4 > budget.limits().buffer_bytes {
                return Err(budget.trip(Resource::BufferBytes));
            }
        }
        Ok(())
    }
}

/// Tokens held back before they are added to the others: a power of two, and a multiple of one MCU.
const HELD: usize = 2048;
/// Tokens of one MCU at most: each block has one of DC and up to 63 of AC, and one behind the last may be written
/// that does not count.
const MCU_TOKENS: usize = super::MCU_BLOCKS as usize * 64 + 1;

/// One block of an MCU.
pub(super) struct Unit {
    /// Number of the component in the frame, below 4.
    pub(super) component: usize,
    /// Sampling factors in this scan.
    pub(super) h: u32,
    pub(super) v: u32,
    /// Place of the block within the MCU.
    pub(super) right: u32,
    pub(super) down: u32,
    /// Blocks of the component that hold pixels.
    pub(super) columns: u32,
    pub(super) rows: u32,
    pub(super) dc: Rc<DecodeTable>,
    pub(super) ac: Rc<AcTable>,
}

/// Where decoded MCUs go.
pub(super) enum Sink<'p> {
    /// All blocks of the picture in the order they are written.
    Tokens(Tokens),
    /// Into the planes of the components.
    Planes(&'p mut [Plane]),
}

/// Tokens of the last MCUs, held back.
struct Held {
    tokens: Box<[u32; HELD]>,
    len: usize,
    counts: Box<[u32; TOKENS]>,
    /// DC coefficient of the last block that was put out, by component.
    last_dc: [i32; 4],
}

impl Held {
    #[inline(always)]
    fn push(&mut self, token: u32) {
        put(&mut self.tokens, &mut self.counts, self.len, token);
        self.len = self.len.wrapping_add(1);
    }

    /// Takes back all tokens from `len` on.
    fn truncate(&mut self, len: usize) {
        for token in self.tokens.get(len..self.len).unwrap_or_default() {
            if let Some(count) = self.counts.get_mut(token_index(*token)) {
                *count = count.wrapping_sub(1);
            }
        }
        self.len = len;
    }

    fn all(&self) -> &[u32] {
        self.tokens.get(..self.len).unwrap_or_default()
    }

    /// Decodes the AC coefficients of one block; whether it ended before its last, or none when they are not valid.
    #[inline(always)]
    fn coefficients(&mut self, bits: &mut BitReader<'_>, table: &AcTable) -> Option<bool> {
        let mut filling = Filling {
            tokens: &mut self.tokens,
            counts: &mut self.counts,
            len: self.len,
            position: 1,
            last_step: 0,
        };
        // The code before and the codes of two calls, with their bits, take at most 53 of the 56 bits that stand
        // after a refill.
        while filling.symbols(bits, table) {
            bits.refill();
            if !filling.symbols(bits, table) {
                break;
            }
        }
        let Filling { len, position, last_step, .. } = filling;
        self.len = len;
        let ended = last_step == Entry::END;
        (position == 64 || ended).then_some(ended)
    }

    /// Puts a block without detail out, its DC coefficient `dc`.
    fn plain_block(&mut self, component: usize, dc: i32) {
        let table = table_of(component);
        let Some(last_dc) = self.last_dc.get_mut(component & 3) else { return };
        let (bits, size) = category(dc - *last_dc);
        *last_dc = dc;
        self.push(token(DC + table * 16 + size, bits));
        self.push(token(table << 8, 0));
    }

    /// Takes runs of sixteen zeros away that no coefficient follows, and ends the block behind what is left.
    #[cold]
    #[inline(never)]
    fn trim_zeros(&mut self, start: usize, zeros: u32, ended: bool) {
        let mut len = if ended { self.len - 1 } else { self.len };
        while len > start && self.tokens.get(len - 1) == Some(&zeros) {
            len -= 1;
        }
        self.truncate(len);
        self.push(token(zeros & !0xFF, 0));
    }
}

/// The AC coefficients of a block that is being decoded.
struct Filling<'h> {
    tokens: &'h mut [u32; HELD],
    counts: &'h mut [u32; TOKENS],
    /// Tokens that are held.
    len: usize,
    /// Of the next coefficient; from 64 on the block has no more.
    position: u32,
    /// How far the last code of the block moved the position.
    last_step: u32,
}

impl Filling<'_> {
    /// Decodes what one look-up gives; false behind the end of the block, and where there is no code.
    #[inline(always)]
    fn symbols(&mut self, bits: &mut BitReader<'_>, table: &AcTable) -> bool {
        let pair = table.pair(bits.window());
        if pair.is_some() {
            let position = self.position.wrapping_add(pair.step());
            if position >= 64 {
                self.last(pair, bits);
                return false;
            }
            self.set(0, pair.first());
            self.set(1, pair.second());
            self.len = self.len.wrapping_add(pair.count());
            self.position = position;
            bits.consume(pair.total());
            return true;
        }
        let entry = table.codes.look_up(bits.window());
        self.push(token(entry.index(), appended(bits, entry)));
        self.position = self.position.wrapping_add(entry.step());
        self.last_step = entry.step();
        bits.consume(entry.total());
        entry.0 != 0 && self.position < 64
    }

    /// The last one or two codes of a block. Where the first reaches its end, the second is of the next.
    #[inline(always)]
    fn last(&mut self, pair: Pair, bits: &mut BitReader<'_>) {
        self.push(pair.first());
        self.last_step = pair.step_of_first();
        self.position = self.position.wrapping_add(self.last_step);
        if pair.count() == 1 || self.position >= 64 {
            bits.consume(pair.total_of_first());
            return;
        }
        self.push(pair.second());
        self.last_step = pair.step().wrapping_sub(self.last_step);
        self.position = self.position.wrapping_add(self.last_step);
        bits.consume(pair.total());
    }

    /// Adds a token.
    #[inline(always)]
    fn push(&mut self, token: u32) {
        self.set(0, token);
        self.len = self.len.wrapping_add(1);
    }

    /// Writes a token so far behind the last and counts it.
    #[inline(always)]
    fn set(&mut self, behind: usize, token: u32) {
        put(self.tokens, self.counts, self.len.wrapping_add(behind), token);
    }
}

/// Writes a token in its place and counts it.
#[inline(always)]
fn put(tokens: &mut [u32; HELD], counts: &mut [u32; TOKENS], place: usize, token: u32) {
    if let Some(slot) = tokens.get_mut(place & (HELD - 1)) {
        *slot = token;
    }
    if let Some(count) = counts.get_mut(token_index(token)) {
        *count = count.wrapping_add(1);
    }
}

/// Decodes the MCUs of one scan.
pub(super) struct Sequential<'p> {
    units: Vec<Unit>,
    sink: Sink<'p>,
    held: Held,
    /// DC predictions of the input, by component.
    predictions: [i32; 4],
    /// How many tokens were held, and the last DC coefficients, before the MCU that was decoded last.
    before: (usize, [i32; 4]),
    /// True when a DC coefficient was out of range.
    pub(super) clamped: bool,
}

impl<'p> Sequential<'p> {
    pub(super) fn new(units: Vec<Unit>, sink: Sink<'p>) -> Self {
        Self {
            units,
            sink,
            held: Held {
                tokens: Box::new([0; HELD]),
                len: 0,
                counts: Box::new([0; TOKENS]),
                last_dc: [0; 4],
            },
            predictions: [0; 4],
            before: (0, [0; 4]),
            clamped: false,
        }
    }

    /// What was put into the sink.
    pub(super) fn finish(mut self, budget: &Budget) -> Result<Option<Tokens>, Error> {
        self.flush();
        match self.sink {
            Sink::Tokens(mut tokens) => {
                tokens.counts = self.held.counts;
                tokens.pay(budget)?;
                Ok(Some(tokens))
            }
            Sink::Planes(_) => Ok(None),
        }
    }

    fn flush(&mut self) {
        if let Sink::Tokens(tokens) = &mut self.sink {
            tokens.tokens.extend_from_slice(self.held.all());
        }
        self.held.len = 0;
    }

    /// Moves the blocks of the last MCU into the planes.
    fn place(&mut self, row: u32, column: u32) {
        let Sink::Planes(planes) = &mut self.sink else { return };
        let mut tokens = self.held.all();
        let mut last_dc = self.before.1;
        for unit in &self.units {
            let (Some(plane), Some(last_dc)) =
                (planes.get_mut(unit.component), last_dc.get_mut(unit.component & 3))
            else {
                return;
            };
            if let Some(place) = plane.block_mut(row * unit.v + unit.down, column * unit.h + unit.right) {
                let taken = spread_block(tokens, place, last_dc);
                tokens = tokens.get(taken..).unwrap_or_default();
            }
        }
        self.held.truncate(0);
    }
}

impl Unit {
    /// True when the block of the MCU in this row and column holds pixels of the picture.
    #[inline(always)]
    fn is_inside(&self, row: u32, column: u32) -> bool {
        column.wrapping_mul(self.h).wrapping_add(self.right) < self.columns
            && row.wrapping_mul(self.v).wrapping_add(self.down) < self.rows
    }
}

impl McuDecoder for Sequential<'_> {
    #[inline(always)]
    fn mcu(&mut self, bits: &mut BitReader<'_>, row: u32, column: u32) -> bool {
        if self.held.len > HELD - MCU_TOKENS {
            self.flush();
        }
        let held = &mut self.held;
        self.before = (held.len, held.last_dc);
        for unit in &self.units {
            let component = unit.component & 3;
            let inside = unit.is_inside(row, column);
            bits.refill();
            let entry = unit.dc.look_up(bits.window());
            if entry.0 == 0 {
                return false;
            }
            let extra = appended(bits, entry);
            bits.consume(entry.total());
            let (Some(prediction), Some(last_dc)) =
                (self.predictions.get_mut(component), held.last_dc.get_mut(component))
            else {
                return false;
            };
            *prediction = prediction.wrapping_add(value(extra, entry.extra()));
            let dc = clamp_dc(*prediction);
            self.clamped |= dc != *prediction;
            let (dc_bits, size) = category(if inside { dc.wrapping_sub(*last_dc) } else { 0 });
            if inside {
                *last_dc = dc;
            }
            let table = table_of(component);
            held.push(token(DC + (table << 4 | size), dc_bits));

            let start = held.len;
            let Some(ended) = held.coefficients(bits, &unit.ac) else { return false };
            if !inside {
                held.truncate(start);
                held.push(token(table << 8, 0));
            } else {
                // Runs of sixteen zeros before the end of the block say nothing.
                let zeros = table << 8 | 0xF0;
                let last = held.len.wrapping_sub(if ended { 2 } else { 1 });
                if last >= start && held.tokens.get(last & (HELD - 1)) == Some(&zeros) {
                    held.trim_zeros(start, zeros, ended);
                }
            }
        }
        if matches!(self.sink, Sink::Planes(_)) {
            self.place(row, column);
        }
        true
    }

    fn undo(&mut self) {
        let (len, last_dc) = self.before;
        self.held.truncate(len);
        self.held.last_dc = last_dc;
    }

    fn blank(&mut self, row: u32, column: u32) {
        if matches!(self.sink, Sink::Planes(_)) {
            return;
        }
        if self.held.len > HELD - MCU_TOKENS {
            self.flush();
        }
        for unit in &self.units {
            let last_dc = self.held.last_dc.get(unit.component & 3).copied().unwrap_or(0);
            let dc = if unit.is_inside(row, column) { 0 } else { last_dc };
            self.held.plain_block(unit.component, dc);
        }
    }

    fn restart(&mut self) {
        self.predictions = [0; 4];
    }

    fn row(&mut self, budget: &Budget) -> Result<(), Error> {
        match &mut self.sink {
            Sink::Tokens(tokens) => tokens.pay(budget),
            Sink::Planes(_) => Ok(()),
        }
    }
}

/// The bits appended to the code at the front of the window.
#[inline(always)]
fn appended(bits: &BitReader<'_>, entry: Entry) -> u32 {
    top(bits.window().wrapping_shl(entry.total().wrapping_sub(entry.extra())), entry.extra())
}
