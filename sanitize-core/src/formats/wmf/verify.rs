//! Reads what was written as strictly as the writer writes: records that fill the file, of the functions that may
//! be there, each as long as what is in it, and bitmaps of one form.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// Fails unless `output` is a Windows metafile as the engine writes it.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let wrong = |what| Err(malformed(what, 0));
    let mut reader = Reader::new(output);
    if output.starts_with(&[0xd7, 0xcd, 0xc6, 0x9a]) {
        let header = reader.take(22_u32, "placeable header")?;
        let sum = (0..11).fold(0, |sum, at| sum ^ word(header, at));
        if sum != 0 || word(header, 2) != 0 || word(header, 8) != 0 || word(header, 9) != 0 {
            return wrong("placeable header");
        }
    }
    let words = reader.remaining() / 2;
    let header = reader.take(18_u32, "header")?;
    let long = |at: usize| u32::from(word(header, at)) | u32::from(word(header, at + 1)) << 16;
    if header.get(..6) != Some(&[1, 0, 9, 0, 0, 3]) || long(3) as usize != words || word(header, 8) != 0 {
        return wrong("header");
    }
    let mut longest = 0;
    loop {
        budget.objects(1)?;
        let size = reader.u32_le("size")?;
        let kind = reader.u16_le("function")?;
        longest = longest.max(size);
        let length = size.checked_sub(3).and_then(|words| words.checked_mul(2));
        let body = reader.take(length.ok_or_else(|| malformed("size", 0))?, "record")?;
        if kind == 0 {
            let ends = body.is_empty() && reader.is_empty() && long(6) == longest;
            return if ends { Ok(()) } else { wrong("end") };
        }
        if expected(kind, body) != Some(body.len()) {
            return Err(malformed("record", reader.offset()));
        }
    }
}

fn word(bytes: &[u8], index: usize) -> u16 {
    let two = bytes.get(index * 2..index * 2 + 2).and_then(|two| two.try_into().ok());
    two.map_or(0, u16::from_le_bytes)
}

/// How long the body of a record must be by what it says; `None` for a function that is never written.
fn expected(kind: u16, body: &[u8]) -> Option<usize> {
    let at = |index: usize| usize::from(word(body, index));
    Some(match kind {
        0x001e | 0x0035 => 0,
        0x0102..=0x0108 | 0x0127 | 0x012a..=0x012e | 0x0139 | 0x0149 | 0x01f0 | 0x0234 => 2,
        0x0201 | 0x0209..=0x020f | 0x0211 | 0x0213 | 0x0214 | 0x0220 | 0x0228 | 0x0231 => 4,
        0x02fc | 0x0410 | 0x0412 | 0x0415 | 0x0416 | 0x0418 | 0x0419 | 0x041b | 0x041f | 0x0429 => 8,
        0x02fa | 0x0548 => 10,
        0x061c | 0x061d => 12,
        0x0817 | 0x081a | 0x0830 => 16,
        0x0324 | 0x0325 => 2 + at(0) * 4,
        0x0538 => {
            let points: usize = (1..=at(0)).map(at).sum();
            2 + at(0) * 2 + points * 4
        }
        0x00f7 | 0x0037 | 0x0436 => 4 + at(1) * 4,
        0x02fb => 50,
        0x0521 => 6 + at(0).next_multiple_of(2),
        0x0a32 => {
            let rectangle = if at(3) & 6 == 0 { 0 } else { 8 };
            let letters = 8 + rectangle + at(2).next_multiple_of(2);
            // Advances are all there, or none is.
            if body.len() == letters { letters } else { letters + at(2) * 2 }
        }
        0x06ff => region(body)?,
        0x0922 => 18,
        0x0b23 => 22,
        0x0940 if body.len() == 18 => 18,
        0x0b41 if body.len() == 22 => 22,
        0x0142 => bitmap(body, 4)?,
        0x0940 => bitmap(body, 16)?,
        0x0b41 => bitmap(body, 20)?,
        0x0d33 => bitmap(body, 18)?,
        0x0f43 => bitmap(body, 22)?,
        _ => return None,
    })
}

/// The end of the scans of a region.
fn region(body: &[u8]) -> Option<usize> {
    let mut place = 11;
    for _ in 0..word(body, 5) {
        let sides = word(body, place);
        let end = place + 3 + usize::from(sides);
        if !sides.is_multiple_of(2) || word(body, end) != sides {
            return None;
        }
        place = end + 1;
    }
    Some(place * 2)
}

/// The end of a bitmap that stands at `start`: a header of 40 bytes without compression, a whole palette, all rows.
fn bitmap(body: &[u8], start: usize) -> Option<usize> {
    let header = body.get(start..start.checked_add(40)?)?;
    let long = |at: usize| u64::from(word(header, at)) | u64::from(word(header, at + 1)) << 16;
    let bits = u64::from(word(header, 7));
    let palette = match bits {
        1 | 4 | 8 => 1 << bits,
        24 => 0,
        _ => return None,
    };
    let height = u64::from((long(4) as u32 as i32).unsigned_abs());
    let rows = long(2).checked_mul(bits)?.div_ceil(32).checked_mul(4)?.checked_mul(height)?;
    let is_whole = long(0) == 40 && long(8) == 0 && long(16) == palette;
    let end = (start as u64).checked_add(40 + palette * 4)?.checked_add(rows)?;
    usize::try_from(end).ok().filter(|_| is_whole)
}
