//! Records with bitmaps: where each part stands is a claim of the record.

use super::{
    super::{
        kinds::{self, BitmapLayout},
        model::{Pen, Record},
    },
    Parsed, at, has_gaps, u32s,
};
use crate::{
    bytes::Reader,
    toolkits::metafile::{Alpha, BitmapSource, Colors, Fields},
};

/// BITBLT and its like, and brushes with a pattern.
pub(super) fn bitmaps(kind: u32, body: &[u8]) -> Option<Parsed<'_>> {
    let BitmapLayout { fields, usage, bitmap, mask } = kinds::with_bitmap(kind)?;
    let mut reader = Reader::new(body);
    let Fields { mut values, changed } = Fields::wide(fields, &mut reader)?;
    let mut parts = vec![(0, reader.position())];
    // Of a mask the colours do not matter; a brush of two colours has those of the drawing.
    let state = if kind == kinds::CREATEMONOBRUSH { Colors::State } else { Colors::Palette };
    let first = source(body, &values, usage, bitmap, state, &mut parts)?;
    let mask_usage = mask.map(|mask| mask.saturating_sub(1));
    let second = match (mask, mask_usage) {
        (Some(mask), Some(usage)) => source(body, &values, usage, mask, Colors::State, &mut parts)?,
        _ => None,
    };
    let is_brush = matches!(kind, kinds::CREATEMONOBRUSH | kinds::CREATEDIBPATTERNBRUSHPT);
    if first.is_none() && (is_brush || matches!(kind, kinds::SETDIBITSTODEVICE | kinds::STRETCHDIBITS)) {
        return None;
    }
    if kind == kinds::SETDIBITSTODEVICE {
        // Only whole bitmaps: of others the header tells more rows than there are.
        let height = first.and_then(|source| rows_of(source.head))?;
        let [start, count] = [values.get(15).copied()?, values.get(16).copied()?];
        if start != 0 || count != height {
            return None;
        }
    }
    let first = first.map(|source| BitmapSource {
        alpha: if kind == kinds::ALPHABLEND { Alpha::Shown } else { Alpha::Unused },
        ..source
    });
    // What a palette holds and where the parts stand is written by what is written.
    for start in [Some(bitmap), mask].into_iter().flatten() {
        values.iter_mut().skip(start).take(4).for_each(|place| *place = 0);
    }
    for place in [Some(usage), mask_usage].into_iter().flatten() {
        if let Some(value) = values.get_mut(place) {
            *value = 0;
        }
    }
    let has_slack = changed || has_gaps(body, &mut parts);
    Some(Parsed { records: vec![Record::Bitmaps { kind, values, bitmap: first, mask: second }], has_slack })
}

/// The bitmap whose four fields start at `place`: `Some(None)` where there is none, `None` where it is wrong.
fn source<'a>(
    body: &'a [u8],
    values: &[u32],
    usage: usize,
    place: usize,
    colors: Colors,
    parts: &mut Vec<(usize, usize)>,
) -> Option<Option<BitmapSource<'a>>> {
    let field = |index: usize| values.get(index).copied();
    let places = [field(place)?, field(place + 1)?, field(place + 2)?, field(place + 3)?];
    if places[1] == 0 {
        return Some(None);
    }
    // The entries of a palette are colours, or numbers of colours that the device has.
    let colors = match field(usage)? {
        0 => colors,
        _ => Colors::State,
    };
    read(body, places, colors, parts).map(Some)
}

fn read<'a>(
    body: &'a [u8],
    [head_at, head, rows_at, rows]: [u32; 4],
    colors: Colors,
    parts: &mut Vec<(usize, usize)>,
) -> Option<BitmapSource<'a>> {
    let (start, head) = at(body, head_at, usize::try_from(head).ok()?)?;
    parts.push((start, head.len()));
    let (start, rows) = at(body, rows_at, usize::try_from(rows).ok()?)?;
    parts.push((start, rows.len()));
    Some(BitmapSource { head, rows, colors, alpha: Alpha::Unused })
}

/// How many rows a bitmap has by its header.
fn rows_of(head: &[u8]) -> Option<u32> {
    let mut reader = Reader::new(head);
    if reader.u32_le("header size").ok()? == 12 {
        reader.skip(2, "width").ok()?;
        return reader.u16_le("height").ok().map(u32::from);
    }
    reader.skip(4, "width").ok()?;
    reader.i32_le("height").ok().map(i32::unsigned_abs)
}

/// EXTCREATEPEN.
pub(super) fn pen(body: &[u8]) -> Option<Parsed<'_>> {
    let mut reader = Reader::new(body);
    let number = reader.u32_le("pen").ok()?;
    let places = u32s::<4>(&mut reader)?;
    let [style, width, brush, color, hatch, count] = u32s(&mut reader)?;
    let bytes = reader.take(count.checked_mul(4).filter(|_| count <= 16)?, "dashes").ok()?;
    let dashes = bytes.as_chunks::<4>().0.iter().map(|length| u32::from_le_bytes(*length)).collect();
    let mut parts = vec![(0, reader.position())];
    // BS_SOLID, BS_NULL, BS_HATCHED; patterns are bitmaps.
    let (bitmap, hatch) = match brush {
        0 | 1 => (None, 0),
        2 => (None, Some(hatch).filter(|hatch| *hatch <= 12)?),
        3 | 5 | 6 => {
            let colors = if color & 0xffff == 0 { Colors::Palette } else { Colors::State };
            (Some(read(body, places, colors, &mut parts)?), 0)
        }
        _ => return None,
    };
    let color = match bitmap {
        Some(_) => 0,
        None => kinds::COLOR.checked(color)?,
    };
    let brush = if bitmap.is_some() { 6 } else { brush };
    let pen = Pen { style: style & 0x000f_ff0f, width, brush, color, hatch, dashes };
    let has_slack = has_gaps(body, &mut parts);
    Some(Parsed { records: vec![Record::Pen { number, pen, bitmap }], has_slack })
}
