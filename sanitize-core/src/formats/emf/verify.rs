//! Reads what was written as strictly as the writer writes: records that fill the file, of the types that may be
//! there, each as long as what is in it, and bitmaps of one form.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// Fails unless `output` is an enhanced metafile as the engine writes it.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    let wrong = |what| Err(malformed(what, 0));
    let header = reader.take(108_u32, "header")?;
    let field = |at: usize| word(header, at);
    let fixed = [(0, 1), (4, 108), (44, 0x0001_0000), (60, 0), (64, 0), (68, 0), (88, 0), (92, 0), (96, 0)];
    if header.get(40..44) != Some(b" EMF") || fixed.iter().any(|(at, value)| field(*at) != *value) {
        return wrong("header");
    }
    if field(48) as usize != output.len() || !(1..=0xffff).contains(&field(56)) {
        return wrong("file size");
    }
    let mut records = 1_u32;
    loop {
        budget.objects(1)?;
        records = records.saturating_add(1);
        let kind = reader.u32_le("type")?;
        let size = reader.u32_le("size")?;
        let body = reader.take(size.checked_sub(8).ok_or_else(|| malformed("size", 0))?, "record")?;
        if !size.is_multiple_of(4) {
            return wrong("size of a record");
        }
        if kind == 14 {
            if body != [0, 0, 0, 0, 16, 0, 0, 0, 20, 0, 0, 0] || !reader.is_empty() {
                return wrong("end");
            }
            return if records == field(52) { Ok(()) } else { wrong("number of records") };
        }
        if expected(kind, body) != Some(body.len() as u64) {
            return Err(malformed("record", reader.offset()));
        }
    }
}

fn word(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..at.saturating_add(4)).and_then(|four| four.try_into().ok());
    four.map_or(0, u32::from_le_bytes)
}

/// How long the body of a record must be by what it says; `None` for a type that is never written.
fn expected(kind: u32, body: &[u8]) -> Option<u64> {
    let at = |index: usize| u64::from(word(body, index * 4));
    let padded = |length: u64| length.next_multiple_of(4);
    Some(match kind {
        28 | 33 | 52 | 59..=61 | 65 | 66 | 68 => 0,
        16..=22 | 24 | 25 | 34 | 37 | 40 | 48 | 57 | 58 | 67 | 98 | 115 => 4,
        9..=13 | 26 | 27 | 51 | 54 | 120 => 8,
        15 => 12,
        29..=32 | 39 | 42 | 43 | 53 | 62..=64 => 16,
        38 | 41 => 20,
        23 | 35 | 44 => 24,
        36 => 28,
        45..=47 | 55 => 32,
        2..=6 => 20 + at(4) * 8,
        85..=89 => 20 + at(4) * 4,
        7 | 8 => 24 + at(4) * 4 + at(5) * 8,
        90 | 91 => 24 + at(4) * 4 + at(5) * 4,
        56 => padded(20 + at(4) * 9),
        92 => padded(20 + at(4) * 5),
        49 => 8 + (at(1) >> 16) * 4,
        50 => 12 + at(2) * 4,
        71 => region(body, 24, at(4))?,
        72 => region(body, 32, at(4))?,
        73 | 74 => region(body, 20, at(4))?,
        75 if at(0) == 0 => 8,
        75 => region(body, 8, at(0))?,
        76 => bitmap(body, 92, 19)?,
        77 | 114 | 116 => bitmap(body, 100, 19)?,
        78 => bitmap(body, bitmap(body, 120, 19)?, 26)?,
        79 => bitmap(body, bitmap(body, 132, 22)?, 29)?,
        80 if at(11) > 0 => bitmap(body, 68, 10)?,
        81 if at(11) > 0 => bitmap(body, 72, 10)?,
        93 | 94 if at(3) > 0 => bitmap(body, 24, 2)?,
        82 => 324,
        83 => text(body, padded(at(9)))?,
        84 => text(body, padded(at(9) * 2))?,
        95 => bitmap(body, 44 + at(10) * 4, 1)?,
        108 => {
            let bounds = if at(3) & 0x100 == 0 { 16 } else { 0 };
            let letters = if at(3) & 0x200 == 0 { at(2) * 2 } else { at(2) };
            padded(28 + bounds + letters)
        }
        118 => 28 + at(4) * 16 + at(5) * if at(6) == 2 { 12 } else { 8 },
        _ => return None,
    })
}

/// A region behind `start` bytes, by its own count.
fn region(body: &[u8], start: u64, size: u64) -> Option<u64> {
    let place = usize::try_from(start).ok()?;
    let data = body.get(place..)?;
    let count = u64::from(word(data, 8));
    let is_whole = word(data, 0) == 32 && word(data, 4) == 1 && u64::from(word(data, 12)) == count * 16;
    (is_whole && size == 32 + count * 16).then_some(start + size)
}

/// Letters behind the fields, advances behind them.
fn text(body: &[u8], letters: u64) -> Option<u64> {
    let (place, advances) = (word(body, 40), u64::from(word(body, 64)));
    let count = u64::from(word(body, 36)) * if word(body, 44) & 0x2000 == 0 { 4 } else { 8 };
    let end = 68 + letters;
    match advances {
        _ if place != 76 => None,
        0 => Some(end),
        _ => (advances == end + 8).then_some(end + count),
    }
}

/// The end of a bitmap that stands at `end`, by the four fields from `field` on: a header of 40 bytes without
/// compression, a whole palette, and all rows.
fn bitmap(body: &[u8], end: u64, field: usize) -> Option<u64> {
    let at = |index: usize| u64::from(word(body, (field + index) * 4));
    let [head_at, head, rows_at, rows] = [at(0), at(1), at(2), at(3)];
    if head == 0 {
        return (head_at == 0 && rows_at == 0 && rows == 0).then_some(end);
    }
    let place = usize::try_from(end).ok()?;
    let header = body.get(place..place.checked_add(40)?)?;
    let bits = u64::from(word(header, 14) & 0xffff);
    let colors = u64::from(word(header, 32));
    let (width, height) = (u64::from(word(header, 4)), u64::from((word(header, 8) as i32).unsigned_abs()));
    let palette = match bits {
        1 | 4 | 8 => 1 << bits,
        24 | 32 => 0,
        _ => return None,
    };
    let stride = width.checked_mul(bits)?.div_ceil(32) * 4;
    let is_whole = word(header, 0) == 40
        && word(header, 16) == 0
        && colors == palette
        && head == 40 + palette * 4
        && rows == stride.checked_mul(height)?
        && head_at == end + 8
        && rows_at == head_at + head;
    is_whole.then_some(end + head + rows)
}
