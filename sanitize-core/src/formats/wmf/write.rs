//! Metafile → bytes: headers that count the records, the records in their order, and the end.

use super::{
    kinds,
    model::{ExtText, Metafile, Placeable, Record, Region, Text},
    parse::PLACEABLE,
};
use crate::{bytes::Writer, error::Error, toolkits::metafile::Bitmap};

/// Writes the metafile.
pub(super) fn write(metafile: &Metafile<Bitmap>) -> Result<Vec<u8>, Error> {
    let mut output = Writer::new();
    if let Some(placeable) = &metafile.placeable {
        write_placeable(placeable, &mut output);
    }
    let start = output.len();
    // In memory, nine words, Windows 3.
    words(&[1, 9, 0x300], &mut output);
    // Words of the file and of the longest record, known at the end.
    output.u32_le(0);
    output.u16_le(metafile.objects);
    output.u32_le(0);
    output.u16_le(0);
    let mut longest = 3;
    for record in &metafile.records {
        let from = output.len();
        output.u32_le(0);
        output.u16_le(kind(record));
        body(record, &mut output);
        if !output.len().is_multiple_of(2) {
            output.u8(0);
        }
        let size = ((output.len() - from) / 2) as u32;
        longest = longest.max(size);
        output.overwrite(from, &size.to_le_bytes());
    }
    output.u32_le(3);
    output.u16_le(0);
    let size =
        u32::try_from((output.len() - start) / 2).map_err(|_| Error::Unsupported("a metafile of 8 GB"))?;
    output.overwrite(start + 6, &size.to_le_bytes());
    output.overwrite(start + 12, &longest.to_le_bytes());
    Ok(output.into_bytes())
}

fn write_placeable(placeable: &Placeable, output: &mut Writer) {
    let start = output.len();
    output.bytes(PLACEABLE);
    output.u16_le(0);
    words(&placeable.bounds, output);
    output.u16_le(placeable.inch);
    output.u32_le(0);
    let fields = output.as_slice().get(start..).unwrap_or_default();
    let (fields, _) = fields.as_chunks::<2>();
    let checksum = fields.iter().fold(0, |sum, word| sum ^ u16::from_le_bytes(*word));
    output.u16_le(checksum);
}

fn kind(record: &Record<Bitmap>) -> u16 {
    let kind = match record {
        Record::Plain { kind, .. }
        | Record::Poly { kind, .. }
        | Record::Bitmap { kind, .. }
        | Record::Palette { kind, .. } => *kind,
        Record::PolyPolygon { .. } => kinds::POLYPOLYGON,
        Record::Font(_) => kinds::CREATEFONTINDIRECT,
        Record::Region(_) => kinds::CREATEREGION,
        Record::Text(_) => kinds::TEXTOUT,
        Record::ExtText(_) => kinds::EXTTEXTOUT,
    };
    kind as u16
}

fn body(record: &Record<Bitmap>, output: &mut Writer) {
    match record {
        Record::Plain { values, .. } => words(values, output),
        Record::Poly { points, .. } => {
            output.u16_le(points.len() as u16);
            points.iter().for_each(|point| words(point, output));
        }
        Record::PolyPolygon { counts, points } => {
            output.u16_le(counts.len() as u16);
            words(counts, output);
            points.iter().for_each(|point| words(point, output));
        }
        Record::Bitmap { values, bitmap, .. } => {
            words(values, output);
            let (head, rows) = bitmap.write();
            output.bytes(&head);
            output.bytes(&rows);
        }
        Record::Font(font) => {
            words(&font.measures, output);
            output.bytes(&font.style);
            output.bytes(&font.face);
            output.bytes([0; 32].get(font.face.len()..).unwrap_or_default());
        }
        Record::Palette { start, entries, .. } => {
            words(&[*start, entries.len() as u16], output);
            entries.iter().for_each(|entry| output.bytes(entry));
        }
        Record::Region(region) => write_region(region, output),
        Record::Text(Text { letters, at }) => {
            output.u16_le(letters.len() as u16);
            write_letters(letters, output);
            words(at, output);
        }
        Record::ExtText(ExtText { at, options, rectangle, letters, advances }) => {
            words(at, output);
            words(&[letters.len() as u16, *options], output);
            if let Some(rectangle) = rectangle {
                words(rectangle, output);
            }
            write_letters(letters, output);
            words(advances, output);
        }
    }
}

fn write_letters(letters: &[u8], output: &mut Writer) {
    output.bytes(letters);
    if !letters.len().is_multiple_of(2) {
        output.u8(0);
    }
}

fn write_region(region: &Region, output: &mut Writer) {
    let longest = region.scans.iter().map(|(_, sides)| sides.len()).max().unwrap_or_default();
    let size: usize = region.scans.iter().map(|(_, sides)| 8 + sides.len() * 2).sum();
    words(&[0, 6, 0, 0, (size + 22) as u16, region.scans.len() as u16, longest as u16], output);
    words(&region.bounds, output);
    for (edges, sides) in &region.scans {
        output.u16_le(sides.len() as u16);
        words(edges, output);
        words(sides, output);
        output.u16_le(sides.len() as u16);
    }
}

fn words(values: &[u16], output: &mut Writer) {
    values.iter().for_each(|value| output.u16_le(*value));
}
