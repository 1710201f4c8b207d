//! Text and fonts.

use super::{
    super::{
        kinds,
        model::{Font, Letters, Point, Record, Rect, SmallText, Text},
    },
    Parsed, at, has_gaps, holds_something, i32s, is_finite, rect, u32s,
};
use crate::{budget::Budget, bytes::Reader, error::Error, toolkits::metafile::BitmapSource};

/// Options of a text (MS-EMF 2.1.11) that may be written.
const OPTIONS: u32 = 0x0001_3f96;
/// The text of a SMALLTEXTOUT has no bounds.
const NO_RECT: u32 = 0x100;
/// The letters of a SMALLTEXTOUT have one byte each.
const SMALL_CHARS: u32 = 0x200;
/// Advances are pairs, across and down.
const PDY: u32 = 0x2000;

/// What one of the texts of a record has in common with the others.
struct Frame {
    bounds: Rect,
    mode: u32,
    scale: [u32; 2],
}

fn frame(reader: &mut Reader<'_>) -> Option<Frame> {
    let bounds = rect(reader)?;
    let mode = reader.u32_le("graphics mode").ok()?;
    let scale = u32s(reader)?;
    ((1..=2).contains(&mode) && is_finite(scale)).then_some(Frame { bounds, mode, scale })
}

/// EXTTEXTOUTA and EXTTEXTOUTW.
pub(super) fn one(kind: u32, body: &[u8]) -> Option<Parsed<'_>> {
    let mut reader = Reader::new(body);
    let frame = frame(&mut reader)?;
    let mut parts = Vec::new();
    let text = text(kind == kinds::EXTTEXTOUTW, &frame, body, &mut reader, &mut parts)?;
    parts.push((0, reader.position()));
    Some(Parsed { records: vec![Record::Text(text)], has_slack: has_gaps(body, &mut parts) })
}

/// POLYTEXTOUTA and POLYTEXTOUTW: as many single texts, which look the same.
pub(super) fn many<'a>(kind: u32, body: &'a [u8], budget: &Budget) -> Result<Option<Parsed<'a>>, Error> {
    let mut reader = Reader::new(body);
    let head = (|| Some((frame(&mut reader)?, reader.u32_le("texts").ok()?)))();
    let Some((frame, count)) = head else { return Ok(None) };
    let mut parts = Vec::new();
    let mut records: Vec<Record<BitmapSource<'a>>> = Vec::new();
    for _ in 0..count {
        let Some(text) = text(kind == kinds::POLYTEXTOUTW, &frame, body, &mut reader, &mut parts) else {
            return Ok(None);
        };
        // Several may say that they are the same letters: each pays for its own.
        budget.objects(1)?;
        budget.expand((text.letters.len() * 2 + text.advances.len() * 4) as u64)?;
        records.push(Record::Text(text));
    }
    parts.push((0, reader.position()));
    Ok(Some(Parsed { records, has_slack: has_gaps(body, &mut parts) }))
}

/// An EmrText object, MS-EMF 2.2.5.
fn text(
    is_wide: bool,
    frame: &Frame,
    body: &[u8],
    reader: &mut Reader<'_>,
    parts: &mut Vec<(usize, usize)>,
) -> Option<Text> {
    let reference: Point = i32s(reader)?;
    let [count, letters_at, options] = u32s(reader)?;
    let rectangle = rect(reader)?;
    let advances_at = reader.u32_le("offset of advances").ok()?;
    let count = usize::try_from(count).ok()?;
    let mut options = options & OPTIONS;
    let letters = if count == 0 {
        &[]
    } else {
        let (start, bytes) = at(body, letters_at, count.checked_mul(if is_wide { 2 } else { 1 })?)?;
        parts.push((start, bytes.len()));
        bytes
    };
    let wanted = count.checked_mul(if options & PDY == 0 { 4 } else { 8 })?;
    let advances = match at(body, advances_at, wanted).filter(|_| count > 0) {
        Some((start, bytes)) => {
            parts.push((start, bytes.len()));
            bytes.as_chunks::<4>().0.iter().map(|advance| u32::from_le_bytes(*advance)).collect()
        }
        // Without advances the font has them.
        None => {
            options &= !PDY;
            Vec::new()
        }
    };
    let letters = if is_wide { Letters::Wide(units(letters)) } else { Letters::Narrow(letters.to_vec()) };
    let Frame { bounds, mode, scale } = *frame;
    Some(Text { bounds, mode, scale, reference, options, rectangle, letters, advances })
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect()
}

/// SMALLTEXTOUT.
pub(super) fn small<'a>(reader: &mut Reader<'a>) -> Option<Record<BitmapSource<'a>>> {
    let reference = i32s(reader)?;
    let [count, options, mode] = u32s(reader)?;
    let scale = u32s(reader)?;
    let options = options & OPTIONS & !PDY;
    let bounds = if options & NO_RECT == 0 { Some(rect(reader)?) } else { None };
    let letters = if options & SMALL_CHARS == 0 {
        Letters::Wide(units(reader.take(count.checked_mul(2)?, "text").ok()?))
    } else {
        Letters::Narrow(reader.take(count, "text").ok()?.to_vec())
    };
    ((1..=2).contains(&mode) && is_finite(scale)).then_some(Record::SmallText(SmallText {
        reference,
        options,
        mode,
        scale,
        bounds,
        letters,
    }))
}

/// EXTCREATEFONTINDIRECTW. What may stand behind the LogFont names the same font once more.
pub(super) fn font(body: &[u8]) -> Option<Parsed<'_>> {
    let mut reader = Reader::new(body);
    let number = reader.u32_le("font").ok()?;
    let measures = i32s(&mut reader)?;
    let style = reader.array("style").ok()?;
    let name = units(reader.take(64_u32, "face name").ok()?);
    let end = name.iter().position(|unit| *unit == 0).unwrap_or(name.len()).min(31);
    let (face, behind) = name.split_at_checked(end)?;
    let is_letter = |unit: &&u16| **unit >= 0x20;
    let has_slack = behind.iter().any(|unit| *unit != 0)
        || face.iter().any(|unit| *unit < 0x20)
        || holds_something(reader.rest());
    let face = face.iter().filter(is_letter).copied().collect();
    Some(Parsed { records: vec![Record::Font(Font { number, measures, style, face })], has_slack })
}
