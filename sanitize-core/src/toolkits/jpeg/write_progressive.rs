//! Progressive scans of a new stream (ITU T.81, annex G), in the order of libjpeg's `jpeg_simple_progression`.

use super::{
    Color, Decoded,
    bits::{BitWriter, Codes, DC, RAW},
    blocks::{Block, Counted, Plane, category, table_of},
    sequential::Tokens,
    write::{Symbols, scan_header, tables},
};
use crate::{budget::Budget, bytes::Writer, error::Error, limits::Resource};

/// One scan: the component, or all of them, the band, and the bits that came before and come later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Scan {
    component: Option<usize>,
    start: u8,
    end: u8,
    high: u8,
    low: u8,
}

/// The scans a picture is written with.
fn script(decoded: &Decoded<'_>) -> Vec<Scan> {
    let count = decoded.components.len();
    let ac = |component, start, end, high, low| Scan { component: Some(component), start, end, high, low };
    let dc = |high, low| -> Vec<Scan> {
        let scan = |component| Scan { component, start: 0, end: 0, high, low };
        if super::interleaves(&decoded.components) {
            vec![scan(None)]
        } else {
            (0..count).map(|component| scan(Some(component))).collect()
        }
    };
    let mut scans = dc(0, 1);
    if decoded.color == Color::YCbCr {
        scans.extend([ac(0, 1, 5, 0, 2), ac(2, 1, 63, 0, 1), ac(1, 1, 63, 0, 1)]);
        scans.extend([ac(0, 6, 63, 0, 2), ac(0, 1, 63, 2, 1)]);
        scans.extend(dc(1, 0));
        scans.extend([ac(2, 1, 63, 1, 0), ac(1, 1, 63, 1, 0), ac(0, 1, 63, 1, 0)]);
    } else {
        scans.extend((0..count).map(|component| ac(component, 1, 5, 0, 2)));
        scans.extend((0..count).map(|component| ac(component, 6, 63, 0, 2)));
        scans.extend((0..count).map(|component| ac(component, 1, 63, 2, 1)));
        scans.extend(dc(1, 0));
        scans.extend((0..count).map(|component| ac(component, 1, 63, 1, 0)));
    }
    scans
}

/// Writes all scans behind `head`.
pub(super) fn scans(
    head: Writer,
    decoded: &Decoded<'_>,
    planes: &[Plane],
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let mut output = head.into_bytes();
    let mut tokens = Tokens::new();
    let magnitudes: Vec<Vec<Magnitudes>> =
        planes.iter().map(|plane| Magnitudes::of(plane, budget)).collect::<Result<_, _>>()?;
    for scan in script(decoded) {
        tokens.clear();
        match scan.component {
            Some(component) if scan.start > 0 => {
                if let (Some(plane), Some(magnitudes)) = (planes.get(component), magnitudes.get(component)) {
                    ac_scan(&mut tokens, plane, magnitudes, table_of(component) << 8, scan, budget)?;
                }
            }
            _ => dc_scan(&mut tokens, decoded, planes, scan, budget)?,
        }
        let mut head = Writer::onto(output);
        let mut codes = Codes::new();
        let bits = tables(&mut head, &mut codes, &tokens.counts, Symbols::Progressive);
        let parts: Vec<(usize, u8)> = match scan.component {
            None => {
                (0..decoded.components.len()).map(|index| (index, table_of(index) as u8 * 0x10)).collect()
            }
            Some(index) if scan.start == 0 => vec![(index, table_of(index) as u8 * 0x10)],
            Some(index) => vec![(index, table_of(index) as u8)],
        };
        scan_header(&mut head, decoded, &parts, [scan.start, scan.end, scan.high << 4 | scan.low]);
        let mut bytes = head.into_bytes();
        let room = usize::try_from(bits / 8 + bits / 512 + 64).unwrap_or(0);
        bytes.try_reserve(room).map_err(|_| budget.trip(Resource::BufferBytes))?;
        let mut writer = BitWriter::onto(bytes);
        for tokens in tokens.tokens.chunks(1 << 20) {
            budget.check()?;
            writer.tokens(tokens, &codes);
        }
        output = writer.finish();
    }
    Ok(output)
}

/// A scan of DC coefficients, of one component or of all interleaved.
fn dc_scan(
    tokens: &mut Tokens,
    decoded: &Decoded<'_>,
    planes: &[Plane],
    scan: Scan,
    budget: &Budget,
) -> Result<(), Error> {
    let grid = decoded.grid();
    let mut last = [0_i32; 4];
    let mut raw = RawBits::default();
    let (columns, rows) = match scan.component.and_then(|component| planes.get(component)) {
        Some(plane) => (plane.extent.columns, plane.extent.rows),
        None => (grid.mcus_x, grid.mcus_y),
    };
    for row in 0..rows {
        tokens.pay(budget)?;
        budget.check()?;
        let mut out = tokens.counted();
        for column in 0..columns {
            let parts = decoded.components.iter().zip(planes).zip(&mut last).enumerate();
            for (index, ((component, plane), last)) in parts {
                let (h, v) = match scan.component {
                    None => (u32::from(component.h), u32::from(component.v)),
                    Some(only) if only == index => (1, 1),
                    Some(_) => continue,
                };
                let first = DC + table_of(index) * 16;
                for y in row * v..row * v + v {
                    for x in column * h..column * h + h {
                        let inside = y < plane.extent.rows && x < plane.extent.columns;
                        let dc = plane.dc.get(plane.index(y, x)).filter(|_| inside);
                        let dc = dc.map(|dc| i32::from(dc >> scan.low));
                        if scan.high == 0 {
                            // A block outside the picture is as the one before it.
                            let dc = dc.unwrap_or(*last);
                            let (bits, size) = category(dc.wrapping_sub(*last));
                            *last = dc;
                            out.push(first + size, bits);
                        } else {
                            raw.add(dc.unwrap_or(0) as u32 & 1, 1, &mut out);
                        }
                    }
                }
            }
        }
    }
    raw.flush(&mut tokens.counted());
    tokens.pay(budget)
}

/// Raw bits gathered into as few tokens as possible.
#[derive(Default)]
struct RawBits {
    bits: u32,
    count: u32,
}

impl RawBits {
    /// Adds up to 16 bits.
    fn add(&mut self, bits: u32, count: u32, out: &mut Counted<'_>) {
        if self.count + count > 16 {
            self.flush(out);
        }
        self.bits = self.bits << count | bits;
        self.count += count;
    }

    fn flush(&mut self, out: &mut Counted<'_>) {
        if self.count > 0 {
            out.push(RAW + self.count, self.bits);
        }
        (self.bits, self.count) = (0, 0);
    }
}

/// Blocks that ended early and wait for others, to be written with one code.
#[derive(Default)]
struct EndedBlocks {
    count: u32,
    /// Correction bits of these blocks, up to 64 a word, and how many.
    corrections: Vec<(u64, u32)>,
    bits: u32,
}

/// Most blocks that one code ends.
const MOST_ENDED: u32 = 0x7FFF;
/// Correction bits that may wait: as many as libjpeg lets, so that sizes are comparable.
const MOST_BITS: u32 = 937;

impl EndedBlocks {
    #[inline(always)]
    fn flush(&mut self, table: u32, out: &mut Counted<'_>) {
        if self.count > 0 {
            self.flush_all(table, out);
        }
    }

    #[inline(never)]
    fn flush_all(&mut self, table: u32, out: &mut Counted<'_>) {
        let size = 31 - self.count.leading_zeros();
        out.push(table | size << 4, self.count & ((1 << size) - 1));
        let mut raw = RawBits::default();
        for (word, count) in self.corrections.drain(..) {
            corrections(word, count, &mut raw, out);
        }
        raw.flush(out);
        (self.count, self.bits) = (0, 0);
    }
}

/// Adds the low `count` bits of `word`, first bit highest.
fn corrections(word: u64, count: u32, raw: &mut RawBits, out: &mut Counted<'_>) {
    let mut left = count;
    while left > 0 {
        let part = left.min(16);
        left -= part;
        raw.add((word >> left) as u32 & ((1 << part) - 1), part, out);
    }
}

/// What later scans ask about the coefficients of one block, a bit a coefficient: with it they need not look
/// into the block again.
#[derive(Clone, Copy)]
struct Magnitudes {
    /// Those 2 or more, and 4 or more, away from zero: what is there once one or two bits are left out.
    two: u64,
    four: u64,
    /// Those below zero.
    negative: u64,
    /// The lowest bit of the amount, and the one above.
    bit_0: u64,
    bit_1: u64,
}

impl Magnitudes {
    /// Of all blocks of a plane.
    fn of(plane: &Plane, budget: &Budget) -> Result<Vec<Self>, Error> {
        budget.expand(plane.masks.len() as u64 * 40)?;
        let mut magnitudes = Vec::with_capacity(plane.masks.len());
        for (index, mask) in plane.masks.iter().enumerate() {
            if index % (1 << 14) == 0 {
                budget.check()?;
            }
            if let Some(block) = plane.at(index) {
                magnitudes.push(Self::of_block(block, *mask));
            }
        }
        Ok(magnitudes)
    }

    #[inline(always)]
    fn of_block(block: Block<'_>, mask: u64) -> Self {
        let mut all = Self { two: 0, four: 0, negative: 0, bit_0: 0, bit_1: 0 };
        let mut left = mask;
        while left != 0 {
            let value = block.value(left.trailing_zeros());
            let bit = left & left.wrapping_neg();
            left ^= bit;
            let amount = u64::from(value.unsigned_abs());
            let when = |condition: bool| bit & u64::from(condition).wrapping_neg();
            all.two |= when(amount > 1);
            all.four |= when(amount > 3);
            all.negative |= when(value < 0);
            all.bit_0 |= when(amount & 1 != 0);
            all.bit_1 |= when(amount & 2 != 0);
        }
        all
    }
}

/// A scan of a band of AC coefficients of one component; `table` is the first token of its table.
fn ac_scan(
    tokens: &mut Tokens,
    plane: &Plane,
    magnitudes: &[Magnitudes],
    table: u32,
    scan: Scan,
    budget: &Budget,
) -> Result<(), Error> {
    let mut ended = EndedBlocks::default();
    let band = (u64::MAX >> (63 - scan.end)) & (u64::MAX << scan.start);
    for row in 0..plane.extent.rows {
        tokens.pay(budget)?;
        budget.check()?;
        let mut out = tokens.counted();
        let first = plane.index(row, 0);
        let range = first..first + plane.extent.columns as usize;
        let masks = plane.masks.get(range.clone()).unwrap_or_default();
        let magnitudes = magnitudes.get(range).unwrap_or_default();
        for ((index, one), marks) in (first..).zip(masks).zip(magnitudes) {
            // What is there with the bits of this scan, what was there before, and the bits that come now.
            let (now, before, bits) = match (scan.low, scan.high) {
                (0, 0) => (*one, 0, 0),
                (0, _) => (*one, marks.two, marks.bit_0),
                (1, 0) => (marks.two, 0, 0),
                (1, _) => (marks.two, marks.four, marks.bit_1),
                _ => (marks.four, 0, 0),
            };
            let now = now & band;
            if now == 0 {
                ended.count += 1;
            } else if scan.high == 0 {
                let Some(block) = plane.at(index) else { continue };
                first_block(block, now, scan, table, &mut ended, &mut out);
            } else {
                let block =
                    Refined { new: now & !before, old: before & band, negative: marks.negative, bits };
                block.write(scan, table, &mut ended, &mut out);
            }
            if ended.count == MOST_ENDED || ended.bits > MOST_BITS {
                ended.flush(table, &mut out);
            }
        }
    }
    ended.flush(table, &mut tokens.counted());
    tokens.pay(budget)
}

/// One block of a first scan; `present` are its coefficients that are not zero.
#[inline(always)]
fn first_block(
    block: Block<'_>,
    mut present: u64,
    scan: Scan,
    table: u32,
    ended: &mut EndedBlocks,
    out: &mut Counted<'_>,
) {
    ended.flush(table, out);
    let mut next = u32::from(scan.start);
    while present != 0 {
        let place = present.trailing_zeros();
        present &= present.wrapping_sub(1);
        let value = i32::from(block.value(place));
        let mut run = place.wrapping_sub(next);
        while run > 15 {
            out.push(table | 0xF0, 0);
            run -= 16;
        }
        // Towards zero: the bits left out are of the amount (T.81, G.1.2.2).
        let sign = value >> 31;
        let amount = ((value ^ sign).wrapping_sub(sign)) >> (scan.low & 31);
        let (bits, size) = category((amount ^ sign).wrapping_sub(sign));
        out.push(table | run << 4 | size, bits);
        next = place.wrapping_add(1);
    }
    if next <= u32::from(scan.end) {
        ended.count += 1;
    }
}

/// One block of a refinement (T.81, Figure G.7).
struct Refined {
    /// Coefficients that come with this scan.
    new: u64,
    /// Coefficients that were there before and get a correction bit.
    old: u64,
    negative: u64,
    /// The correction bits.
    bits: u64,
}

impl Refined {
    #[inline(always)]
    fn write(&self, scan: Scan, table: u32, ended: &mut EndedBlocks, out: &mut Counted<'_>) {
        if self.new != 0 {
            ended.flush(table, out);
        }
        let (mut new, old) = (self.new, self.old);
        let mut next = u32::from(scan.start);
        while new != 0 {
            let place = new.trailing_zeros();
            new &= new.wrapping_sub(1);
            let mut span = ((1_u64 << place).wrapping_sub(1)) & (u64::MAX << next);
            // Zeros between here and the new coefficient; those that get a correction are not counted.
            let mut run = place.wrapping_sub(next);
            if old & span != 0 {
                run = run.wrapping_sub((old & span).count_ones());
            }
            while run > 15 {
                let mut zeros = span & !old;
                for _ in 0..15 {
                    zeros &= zeros.wrapping_sub(1);
                }
                let behind = u64::MAX.checked_shl(zeros.trailing_zeros() + 1).unwrap_or(0);
                out.push(table | 0xF0, 0);
                correct(old & span & !behind, self.bits, out);
                span &= behind;
                run -= 16;
            }
            let positive = !self.negative >> place & 1;
            out.push(table | run << 4 | 1, positive as u32);
            correct(old & span, self.bits, out);
            next = place.wrapping_add(1);
        }
        if next <= u32::from(scan.end) {
            let rest = old & (u64::MAX << next);
            ended.count += 1;
            if rest != 0 {
                let (word, count) = gather(rest, self.bits);
                ended.corrections.push((word, count));
                ended.bits += count;
            }
        }
    }
}

/// The bits of `bits` at the places in `which`, first one highest, and how many.
#[inline(always)]
fn gather(mut which: u64, bits: u64) -> (u64, u32) {
    let (mut word, mut count) = (0_u64, 0_u32);
    while which != 0 {
        let place = which.trailing_zeros();
        which &= which.wrapping_sub(1);
        count = count.wrapping_add(1);
        word = word << 1 | (bits >> place & 1);
    }
    (word, count)
}

/// Adds the correction bits of the coefficients in `which`.
#[inline(always)]
fn correct(which: u64, bits: u64, out: &mut Counted<'_>) {
    if which != 0 {
        let (word, count) = gather(which, bits);
        if count <= 16 {
            out.push(RAW + count, word as u32);
        } else {
            let mut raw = RawBits::default();
            corrections(word, count, &mut raw, out);
            raw.flush(out);
        }
    }
}
