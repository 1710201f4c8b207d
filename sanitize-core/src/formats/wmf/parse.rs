//! Bytes → records: each by its own fields, all of them inside their record.

use super::{
    kinds,
    model::{ExtText, Font, Placeable, Record, Region, Text},
};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::metafile::{self, Alpha, BitmapSource, Colors, Fields},
};

/// How a placeable metafile starts.
pub(super) const PLACEABLE: &[u8] = b"\xd7\xcd\xc6\x9a";

/// What the headers say.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) placeable: Option<Placeable>,
    /// Where the first record starts.
    pub(super) start: usize,
    /// The checksum of the placeable header is not that of its fields.
    pub(super) is_wrong: bool,
}

/// True for a header without a placeable one: type, its own length in words, version.
pub(super) fn is_header(bytes: &[u8]) -> bool {
    matches!(bytes, [1 | 2, 0, 9, 0, 0, 1 | 3, ..])
}

/// Reads the headers.
pub(super) fn head(input: &[u8]) -> Result<Head, Error> {
    let mut reader = Reader::new(input);
    let mut placeable = None;
    let mut is_wrong = false;
    if input.starts_with(PLACEABLE) {
        let mut fields = Reader::new(reader.take(22_u32, "placeable header")?);
        let words: Vec<u16> = std::iter::from_fn(|| fields.u16_le("field").ok()).collect();
        let [_, _, _, left, top, right, bottom, inch, _, _, checksum] = *words else {
            return Err(malformed("placeable header", 0));
        };
        is_wrong = words.iter().take(10).fold(0, |sum, word| sum ^ word) != checksum;
        placeable = Some(Placeable { bounds: [left, top, right, bottom], inch: inch.max(1) });
    }
    let header = reader.take(18_u32, "header")?;
    if !is_header(header) {
        return Err(malformed("header", 0));
    }
    Ok(Head { placeable, start: reader.position(), is_wrong })
}

/// How a record fared that was looked at.
#[derive(Debug)]
pub(super) enum Reading<'a> {
    Read {
        record: Record<BitmapSource<'a>>,
        /// It held bytes that no field has room for.
        has_slack: bool,
    },
    /// Of an allowed function, but its lengths or values cannot be.
    Wrong,
    /// Of a function that is not written.
    Foreign,
}

/// Reads one record. Only limits fail.
pub(super) fn record<'a>(record: &metafile::Record<'a>, budget: &Budget) -> Result<Reading<'a>, Error> {
    let (kind, body) = (record.kind, record.body);
    // What a record holds is at most what it is long: each number in it is paid for once.
    budget.objects(body.len() as u64 / 8)?;
    let mut reader = Reader::new(body);
    let mut changed = false;
    let read = if let Some(layout) = kinds::plain(kind) {
        Fields::short(layout, &mut reader).map(|fields| {
            changed = fields.changed;
            Record::Plain { kind, values: fields.values.iter().map(|value| *value as u16).collect() }
        })
    } else if kinds::without_bitmap(kind).is_some_and(|words| words * 2 == body.len()) {
        words(&mut reader, body.len() / 2).map(|values| Record::Plain { kind, values: unused(values) })
    } else if let Some((count, usage)) = kinds::with_bitmap(kind) {
        bitmap(kind, count, usage, &mut reader)
    } else {
        match kind {
            kinds::POLYGON | kinds::POLYLINE => count(&mut reader)
                .and_then(|count| points(&mut reader, count))
                .map(|points| Record::Poly { kind, points }),
            kinds::POLYPOLYGON => poly_polygon(&mut reader),
            kinds::CREATEFONTINDIRECT => font(&mut reader).map(|(font, slack)| {
                changed = slack;
                Record::Font(font)
            }),
            kinds::CREATEPALETTE | kinds::SETPALENTRIES | kinds::ANIMATEPALETTE => palette(kind, &mut reader),
            kinds::CREATEREGION => region(&mut reader).map(Record::Region),
            kinds::TEXTOUT => text(&mut reader).map(Record::Text),
            kinds::EXTTEXTOUT => ext_text(&mut reader).map(Record::ExtText),
            _ => return Ok(Reading::Foreign),
        }
    };
    let Some(record) = read else { return Ok(Reading::Wrong) };
    let has_slack = changed || reader.rest().iter().any(|byte| *byte != 0);
    Ok(Reading::Read { record, has_slack })
}

/// Fields of a record without its bitmap: the word behind the source means nothing.
fn unused(mut values: Vec<u16>) -> Vec<u16> {
    let place = if values.len() == 9 { 4 } else { 6 };
    if let Some(value) = values.get_mut(place) {
        *value = 0;
    }
    values
}

fn count(reader: &mut Reader<'_>) -> Option<usize> {
    reader.u16_le("count").ok().map(usize::from)
}

fn words(reader: &mut Reader<'_>, count: usize) -> Option<Vec<u16>> {
    let bytes = reader.take(count.checked_mul(2)?, "words").ok()?;
    Some(bytes.as_chunks::<2>().0.iter().map(|word| u16::from_le_bytes(*word)).collect())
}

fn array<const N: usize>(reader: &mut Reader<'_>) -> Option<[u16; N]> {
    words(reader, N)?.try_into().ok()
}

fn points(reader: &mut Reader<'_>, count: usize) -> Option<Vec<[u16; 2]>> {
    words(reader, count.checked_mul(2)?).map(|words| words.as_chunks::<2>().0.to_vec())
}

fn poly_polygon<'a>(reader: &mut Reader<'_>) -> Option<Record<BitmapSource<'a>>> {
    let polygons = count(reader)?;
    let counts = words(reader, polygons)?;
    let total = counts.iter().map(|count| usize::from(*count)).sum();
    Some(Record::PolyPolygon { counts, points: points(reader, total)? })
}

/// A record with a bitmap behind its fields.
fn bitmap<'a>(
    kind: u32,
    count: usize,
    usage: Option<usize>,
    reader: &mut Reader<'a>,
) -> Option<Record<BitmapSource<'a>>> {
    let mut values = words(reader, count)?;
    let bytes = reader.rest();
    let stated = usage.and_then(|usage| values.get(usage)).copied().unwrap_or_default();
    let (head, rows) = metafile::split_packed(bytes, stated == 1)?;
    reader.skip(bytes.len(), "bitmap").ok()?;
    if kind == kinds::DIBCREATEPATTERNBRUSH && !matches!(values.first(), Some(3 | 5)) {
        return None;
    }
    if kind == kinds::SETDIBTODEV {
        // Only whole bitmaps: of others the header tells more rows than there are.
        let height = Reader::new(head.get(8..)?).i32_le("height").ok()?.unsigned_abs();
        if u32::from(*values.get(1)?) != height || *values.get(2)? != 0 {
            return None;
        }
    }
    let colors = if stated == 0 { Colors::Palette } else { Colors::BlackAndWhite };
    if let Some(value) = usage.and_then(|usage| values.get_mut(usage)) {
        *value = 0;
    }
    Some(Record::Bitmap { kind, values, bitmap: BitmapSource { head, rows, colors, alpha: Alpha::Unused } })
}

fn font(reader: &mut Reader<'_>) -> Option<(Font, bool)> {
    let measures = array(reader)?;
    let style = reader.array("style").ok()?;
    let name = reader.take(reader.remaining(), "face name").ok()?;
    let end = name.iter().position(|byte| *byte == 0).unwrap_or(name.len()).min(31);
    let (face, behind) = name.split_at_checked(end)?;
    let has_slack = behind.iter().any(|byte| *byte != 0) || face.iter().any(|byte| *byte < 0x20);
    let face = face.iter().copied().filter(|byte| *byte >= 0x20).collect();
    Some((Font { measures, style, face }, has_slack))
}

fn palette<'a>(kind: u32, reader: &mut Reader<'_>) -> Option<Record<BitmapSource<'a>>> {
    let [start, count] = array(reader)?;
    if kind == kinds::CREATEPALETTE && start != 0x300 {
        return None;
    }
    let bytes = reader.take(usize::from(count) * 4, "entries").ok()?;
    Some(Record::Palette { kind, start, entries: bytes.as_chunks::<4>().0.to_vec() })
}

/// A region, MS-WMF 2.2.1.5.
fn region(reader: &mut Reader<'_>) -> Option<Region> {
    let [_, kind, _, _, _, count, _] = array(reader)?;
    if kind != 6 {
        return None;
    }
    let bounds = array(reader)?;
    let mut scans = Vec::new();
    for _ in 0..count {
        let [count, top, bottom] = array(reader)?;
        let sides = words(reader, usize::from(count))?;
        if array(reader)? != [count] || !count.is_multiple_of(2) {
            return None;
        }
        scans.push(([top, bottom], sides));
    }
    Some(Region { bounds, scans })
}

fn text(reader: &mut Reader<'_>) -> Option<Text> {
    let count = count(reader)?;
    let letters = letters(reader, count)?;
    Some(Text { letters, at: array(reader)? })
}

/// Letters, filled to an even number; the last filling may be left out.
fn letters(reader: &mut Reader<'_>, count: usize) -> Option<Vec<u8>> {
    let letters = reader.take(count, "text").ok()?.to_vec();
    if count % 2 == 1 && !reader.is_empty() {
        reader.skip(1, "filling").ok()?;
    }
    Some(letters)
}

fn ext_text(reader: &mut Reader<'_>) -> Option<ExtText> {
    // Opaque and clipped texts have a rectangle.
    const WITH_RECTANGLE: u16 = 0x0006;
    const OPTIONS: u16 = 0x1c96;
    let at = array(reader)?;
    let count = count(reader)?;
    let options = reader.u16_le("options").ok()? & OPTIONS;
    let rectangle = if options & WITH_RECTANGLE == 0 { None } else { Some(array(reader)?) };
    let letters = letters(reader, count)?;
    let has_advances = count > 0 && reader.remaining() >= count * 2;
    let advances = if has_advances { words(reader, count)? } else { Vec::new() };
    Some(ExtText { at, options, rectangle, letters, advances })
}
