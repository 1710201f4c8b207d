//! Bytes → records: each by its own fields, all of them inside their record.

mod bitmaps;
mod header;
mod shapes;
mod text;

use super::{
    kinds,
    model::{Record, Rect},
};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::Error,
    toolkits::metafile::{self, BitmapSource, Fields},
};

pub(super) use header::{SIGNATURE, header};

/// What a record of an allowed type is, once it was read.
#[derive(Debug)]
pub(super) struct Parsed<'a> {
    /// One record; several where one that draws many texts is taken apart.
    pub(super) records: Vec<Record<BitmapSource<'a>>>,
    /// It held bytes that no field has room for.
    pub(super) has_slack: bool,
}

/// How a record fared that was looked at.
#[derive(Debug)]
pub(super) enum Reading<'a> {
    Read(Parsed<'a>),
    /// Of an allowed type, but its lengths, offsets or values cannot be.
    Wrong,
    /// Of a type that is not written.
    Foreign,
}

/// Reads one record. Only limits fail.
pub(super) fn record<'a>(record: &metafile::Record<'a>, budget: &Budget) -> Result<Reading<'a>, Error> {
    let body = record.body;
    let mut reader = Reader::new(body);
    if let Some(layout) = kinds::plain(record.kind) {
        let read = Fields::wide(layout, &mut reader).map(|fields| {
            let has_slack = fields.changed || holds_something(reader.rest());
            Parsed { records: vec![Record::Plain { kind: record.kind, values: fields.values }], has_slack }
        });
        return Ok(read.map_or(Reading::Wrong, Reading::Read));
    }
    // What a record holds is at most what it is long: each number in it is paid for once.
    budget.objects(body.len() as u64 / 8)?;
    let read = match record.kind {
        kinds::POLYTEXTOUTA | kinds::POLYTEXTOUTW => text::many(record.kind, body, budget)?,
        kinds::EXTTEXTOUTA | kinds::EXTTEXTOUTW => text::one(record.kind, body),
        kinds::SMALLTEXTOUT => sequential(&mut reader, text::small),
        kinds::EXTCREATEFONTINDIRECTW => text::font(body),
        kinds::EXTCREATEPEN => bitmaps::pen(body),
        kind if kinds::with_bitmap(kind).is_some() => bitmaps::bitmaps(kind, body),
        kinds::POLYBEZIER..=kinds::POLYLINETO | kinds::POLYBEZIER16..=kinds::POLYLINETO16 => {
            sequential(&mut reader, |reader| shapes::poly(record.kind, reader))
        }
        kinds::POLYPOLYLINE | kinds::POLYPOLYGON | kinds::POLYPOLYLINE16 | kinds::POLYPOLYGON16 => {
            sequential(&mut reader, |reader| shapes::poly_poly(record.kind, reader))
        }
        kinds::POLYDRAW | kinds::POLYDRAW16 => {
            sequential(&mut reader, |reader| shapes::poly_draw(record.kind, reader))
        }
        kinds::FILLRGN..=kinds::EXTSELECTCLIPRGN => {
            sequential(&mut reader, |reader| shapes::region(record.kind, reader))
        }
        kinds::CREATEPALETTE | kinds::SETPALETTEENTRIES => {
            sequential(&mut reader, |reader| shapes::palette(record.kind, reader))
        }
        kinds::GRADIENTFILL => sequential(&mut reader, shapes::gradient),
        _ => return Ok(Reading::Foreign),
    };
    Ok(read.map_or(Reading::Wrong, Reading::Read))
}

/// A record whose fields follow each other to its end.
fn sequential<'a>(
    reader: &mut Reader<'a>,
    read: impl FnOnce(&mut Reader<'a>) -> Option<Record<BitmapSource<'a>>>,
) -> Option<Parsed<'a>> {
    let record = read(reader)?;
    Some(Parsed { records: vec![record], has_slack: holds_something(reader.rest()) })
}

/// Filling is zero.
fn holds_something(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| *byte != 0)
}

/// True where bytes that are not zero stand in none of the `parts` of a body.
fn has_gaps(body: &[u8], parts: &mut [(usize, usize)]) -> bool {
    parts.sort_unstable();
    let mut end = 0;
    for (start, length) in parts {
        if holds_something(body.get(end..*start).unwrap_or_default()) {
            return true;
        }
        end = end.max(start.saturating_add(*length));
    }
    holds_something(body.get(end..).unwrap_or_default())
}

/// The bytes at `offset` of the whole record, whose type and size stand before `body`.
fn at(body: &[u8], offset: u32, length: usize) -> Option<(usize, &[u8])> {
    let start = usize::try_from(offset).ok()?.checked_sub(8)?;
    Some((start, body.get(start..start.checked_add(length)?)?))
}

fn i32s<const N: usize>(reader: &mut Reader<'_>) -> Option<[i32; N]> {
    let mut values = [0; N];
    for value in &mut values {
        *value = reader.i32_le("field").ok()?;
    }
    Some(values)
}

fn u32s<const N: usize>(reader: &mut Reader<'_>) -> Option<[u32; N]> {
    i32s(reader).map(|values: [i32; N]| values.map(|value| value as u32))
}

fn rect(reader: &mut Reader<'_>) -> Option<Rect> {
    i32s(reader)
}

fn is_finite(values: [u32; 2]) -> bool {
    values.iter().all(|value| f32::from_bits(*value).is_finite())
}
