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
    for scan in script(decoded) {
        tokens.clear();
        match scan.component {
            Some(component) if scan.start > 0 => {
                if let Some(plane) = planes.get(component) {
                    ac_scan(&mut tokens, plane, table_of(component) << 8, scan, budget)?;
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
                for (down, right) in (0..v).flat_map(|down| (0..h).map(move |right| (down, right))) {
                    let (y, x) = (row * v + down, column * h + right);
                    let inside = y < plane.extent.rows && x < plane.extent.columns;
                    let dc = plane
                        .block(y, x)
                        .filter(|_| inside)
                        .map(|(block, _)| i32::from(block[0]) >> scan.low);
                    if scan.high == 0 {
                        // A block outside the picture is as the one before it.
                        let dc = dc.unwrap_or(*last);
                        let (bits, size) = category(dc - *last);
                        *last = dc;
                        out.push(DC + table_of(index) * 16 + size, bits);
                    } else {
                        raw.add(dc.unwrap_or(0) as u32 & 1, 1, &mut out);
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
    fn flush(&mut self, table: u32, out: &mut Counted<'_>) {
        if self.count == 0 {
            return;
        }
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

/// A scan of a band of AC coefficients of one component; `table` is the first token of its table.
fn ac_scan(tokens: &mut Tokens, plane: &Plane, table: u32, scan: Scan, budget: &Budget) -> Result<(), Error> {
    let mut ended = EndedBlocks::default();
    let band = (u64::MAX >> (63 - scan.end)) & (u64::MAX << scan.start);
    for row in 0..plane.extent.rows {
        tokens.pay(budget)?;
        budget.check()?;
        let mut out = tokens.counted();
        let first = plane.index(row, 0);
        let columns = plane.extent.columns as usize;
        let blocks = plane.blocks.iter().skip(first).take(columns);
        let masks = plane.masks.iter().skip(first).take(columns);
        for (block, mask) in blocks.zip(masks) {
            let present = mask & band;
            if present == 0 {
                ended.count += 1;
            } else if scan.high == 0 {
                first_block(block, present, scan, table, &mut ended, &mut out);
            } else {
                refined_block(block, present, scan, table, &mut ended, &mut out);
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
    block: &Block,
    mut present: u64,
    scan: Scan,
    table: u32,
    ended: &mut EndedBlocks,
    out: &mut Counted<'_>,
) {
    let mut next = u32::from(scan.start);
    while present != 0 {
        let place = present.trailing_zeros();
        present &= present - 1;
        let value = i32::from(block.get((place & 63) as usize).copied().unwrap_or(0));
        let size = value.unsigned_abs() >> scan.low;
        if size == 0 {
            continue;
        }
        ended.flush(table, out);
        let mut run = place - next;
        while run > 15 {
            out.push(table | 0xF0, 0);
            run -= 16;
        }
        let (bits, size) = category(if value < 0 { -(size as i32) } else { size as i32 });
        out.push(table | run << 4 | size, bits);
        next = place + 1;
    }
    if next <= u32::from(scan.end) {
        ended.count += 1;
    }
}

/// One block of a refinement (T.81, Figure G.7).
#[inline(always)]
fn refined_block(
    block: &Block,
    present: u64,
    scan: Scan,
    table: u32,
    ended: &mut EndedBlocks,
    out: &mut Counted<'_>,
) {
    // Which coefficients come new in this scan, which were there before and get a correction bit.
    let (mut new, mut old, mut ones) = (0_u64, 0_u64, 0_u64);
    let mut left = present;
    while left != 0 {
        let place = left.trailing_zeros();
        left &= left - 1;
        let value = block.get((place & 63) as usize).copied().unwrap_or(0);
        match value.unsigned_abs() >> scan.low {
            0 => (),
            1 => new |= 1 << place,
            bits => {
                old |= 1 << place;
                ones |= u64::from(bits & 1) << place;
            }
        }
    }
    let mut next = u32::from(scan.start);
    while new != 0 {
        let place = new.trailing_zeros();
        new &= new - 1;
        ended.flush(table, out);
        loop {
            // Zeros between here and the new coefficient; those that get a correction are not counted.
            let before = (1_u64 << place) - 1;
            let mut zeros = before & !old & (u64::MAX << next);
            if zeros.count_ones() < 16 {
                break;
            }
            for _ in 0..15 {
                zeros &= zeros - 1;
            }
            let sixteenth = zeros.trailing_zeros();
            out.push(table | 0xF0, 0);
            let passed = ((1_u64 << sixteenth) - 1) & (u64::MAX << next);
            correct(old & passed, ones, out);
            next = sixteenth + 1;
        }
        let span = ((1_u64 << place) - 1) & (u64::MAX << next);
        let run = (span & !old).count_ones();
        let negative = block.get((place & 63) as usize).is_some_and(|value| *value < 0);
        out.push(table | run << 4 | 1, u32::from(!negative));
        correct(old & span, ones, out);
        next = place + 1;
    }
    if next <= u32::from(scan.end) {
        let rest = old & (u64::MAX << next);
        let (word, count) = gather(rest, ones);
        ended.count += 1;
        if count > 0 {
            ended.corrections.push((word, count));
            ended.bits += count;
        }
    }
}

/// The bits of `ones` at the places of `which`, first place highest, and how many.
#[inline(always)]
fn gather(mut which: u64, ones: u64) -> (u64, u32) {
    let (mut word, count) = (0_u64, which.count_ones());
    while which != 0 {
        let place = which.trailing_zeros();
        which &= which - 1;
        word = word << 1 | (ones >> place & 1);
    }
    (word, count)
}

/// Adds the correction bits of the coefficients in `which`.
#[inline(always)]
fn correct(which: u64, ones: u64, out: &mut Counted<'_>) {
    if which != 0 {
        let (word, count) = gather(which, ones);
        let mut raw = RawBits::default();
        corrections(word, count, &mut raw, out);
        raw.flush(out);
    }
}
