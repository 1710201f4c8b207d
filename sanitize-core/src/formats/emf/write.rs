//! Metafile → bytes: records in their order, a header that counts them, and the end.

use super::{
    kinds,
    model::{Gradient, Header, Letters, Metafile, Pen, Point, Record, Rect, Region, SmallText, Text},
};
use crate::{bytes::Writer, error::Error, toolkits::metafile::Bitmap};

/// Bytes of the header with both extensions.
pub(super) const HEADER_SIZE: u32 = 108;
/// Bytes of a LogFont and what stands behind it in a LogFontPanose, MS-EMF 2.2.16.
const PANOSE: usize = 320 - 92;

/// Writes the metafile.
pub(super) fn write(metafile: &Metafile<Bitmap>) -> Result<Vec<u8>, Error> {
    let mut output = Writer::new();
    header(metafile, &mut output);
    for record in &metafile.records {
        let start = output.len();
        output.u32_le(record.kind());
        output.u32_le(0);
        body(record, &mut output);
        while !output.len().is_multiple_of(4) {
            output.u8(0);
        }
        let size = u32::try_from(output.len() - start).map_err(|_| Error::Internal("record size"))?;
        output.overwrite(start + 4, &size.to_le_bytes());
    }
    for value in [kinds::EOF, 20, 0, 16, 20] {
        output.u32_le(value);
    }
    let bytes = u32::try_from(output.len()).map_err(|_| Error::Unsupported("a metafile of 4 GB"))?;
    let records = u32::try_from(metafile.records.len() + 2).map_err(|_| Error::Internal("records"))?;
    output.overwrite(48, &bytes.to_le_bytes());
    output.overwrite(52, &records.to_le_bytes());
    Ok(output.into_bytes())
}

fn header(metafile: &Metafile<Bitmap>, output: &mut Writer) {
    let Header { bounds, frame, device, millimeters, micrometers } = metafile.header;
    output.u32_le(kinds::HEADER);
    output.u32_le(HEADER_SIZE);
    rect(&bounds, output);
    rect(&frame, output);
    output.bytes(b" EMF");
    output.u32_le(0x0001_0000);
    // Bytes and records of the file, known at its end.
    output.bytes(&[0; 8]);
    output.u16_le(metafile.objects);
    output.u16_le(0);
    // No description, no colours at the end.
    output.bytes(&[0; 12]);
    words(&device, output);
    words(&millimeters, output);
    // No pixel format, no OpenGL.
    output.bytes(&[0; 12]);
    words(&micrometers, output);
}

fn body(record: &Record<Bitmap>, output: &mut Writer) {
    match record {
        Record::Plain { values, .. } => words(values, output),
        Record::Poly { kind, bounds, points } => {
            rect(bounds, output);
            output.u32_le(points.len() as u32);
            write_points(*kind, points, output);
        }
        Record::PolyPoly { kind, bounds, counts, points } => {
            rect(bounds, output);
            output.u32_le(counts.len() as u32);
            output.u32_le(points.len() as u32);
            words(counts, output);
            write_points(*kind, points, output);
        }
        Record::PolyDraw { kind, bounds, points, types } => {
            rect(bounds, output);
            output.u32_le(points.len() as u32);
            write_points(*kind, points, output);
            output.bytes(types);
        }
        Record::Region { bounds, values, region, .. } => {
            if let Some(bounds) = bounds {
                rect(bounds, output);
            }
            let size = region.as_ref().map_or(0, |region| 32 + 16 * region.rectangles.len());
            output.u32_le(size as u32);
            words(values, output);
            if let Some(region) = region {
                write_region(region, output);
            }
        }
        Record::Bitmaps { kind, values, bitmap, mask } => {
            let start = output.len();
            words(values, output);
            let Some(layout) = kinds::with_bitmap(*kind) else { return };
            for (bitmap, field) in [(bitmap, Some(layout.bitmap)), (mask, layout.mask)] {
                if let (Some(bitmap), Some(field)) = (bitmap, field) {
                    write_bitmap(bitmap, start, field, output);
                }
            }
        }
        Record::Font(font) => {
            output.u32_le(font.number);
            font.measures.iter().for_each(|measure| output.u32_le(*measure as u32));
            output.bytes(&font.style);
            font.face.iter().for_each(|unit| output.u16_le(*unit));
            output.bytes([0; 64].get(font.face.len() * 2..).unwrap_or_default());
            output.bytes(&[0; PANOSE]);
        }
        Record::Pen { number, pen, bitmap } => {
            let start = output.len();
            let Pen { style, width, brush, color, hatch, dashes } = pen;
            output.u32_le(*number);
            output.bytes(&[0; 16]);
            words(&[*style, *width, *brush, *color, *hatch, dashes.len() as u32], output);
            words(dashes, output);
            if let Some(bitmap) = bitmap {
                write_bitmap(bitmap, start, 1, output);
            }
        }
        Record::Palette { kind, number, start, entries } => {
            output.u32_le(*number);
            if *kind == kinds::CREATEPALETTE {
                output.u16_le(0x300);
                output.u16_le(entries.len() as u16);
            } else {
                output.u32_le(start.unwrap_or_default());
                output.u32_le(entries.len() as u32);
            }
            entries.iter().for_each(|entry| output.bytes(entry));
        }
        Record::Text(text) => write_text(text, output),
        Record::SmallText(text) => write_small_text(text, output),
        Record::Gradient(Gradient { bounds, mode, vertices, corners }) => {
            rect(bounds, output);
            let corner_count = if *mode == 2 { 3 } else { 2 };
            words(&[vertices.len() as u32, (corners.len() / corner_count) as u32, *mode], output);
            for (point, color) in vertices {
                write_points(0, &[*point], output);
                color.iter().for_each(|part| output.u16_le(*part));
            }
            words(corners, output);
        }
    }
}

/// Header and rows behind what stands, and where they stand into four fields from `field` on.
fn write_bitmap(bitmap: &Bitmap, start: usize, field: usize, output: &mut Writer) {
    let (head, rows) = bitmap.write();
    // Places count from the start of the record, eight bytes before its body.
    let places = [output.len() - start + 8, head.len(), output.len() - start + 8 + head.len(), rows.len()];
    output.bytes(&head);
    output.bytes(&rows);
    for (index, value) in places.into_iter().enumerate() {
        output.overwrite(start + (field + index) * 4, &(value as u32).to_le_bytes());
    }
}

fn write_region(region: &Region, output: &mut Writer) {
    let count = region.rectangles.len() as u32;
    words(&[32, 1, count, count * 16], output);
    rect(&region.bounds, output);
    region.rectangles.iter().for_each(|rectangle| rect(rectangle, output));
}

fn write_text(text: &Text, output: &mut Writer) {
    let start = output.len();
    rect(&text.bounds, output);
    output.u32_le(text.mode);
    words(&text.scale, output);
    write_points(0, &[text.reference], output);
    output.u32_le(text.letters.len() as u32);
    // The letters stand right behind the fields.
    output.u32_le(76);
    output.u32_le(text.options);
    rect(&text.rectangle, output);
    let place = output.len();
    output.u32_le(0);
    letters(&text.letters, output);
    while !output.len().is_multiple_of(4) {
        output.u8(0);
    }
    if !text.advances.is_empty() {
        let at = (output.len() - start + 8) as u32;
        output.overwrite(place, &at.to_le_bytes());
    }
    words(&text.advances, output);
}

fn write_small_text(text: &SmallText, output: &mut Writer) {
    write_points(0, &[text.reference], output);
    words(&[text.letters.len() as u32, text.options, text.mode], output);
    words(&text.scale, output);
    if let Some(bounds) = &text.bounds {
        rect(bounds, output);
    }
    letters(&text.letters, output);
}

fn letters(letters: &Letters, output: &mut Writer) {
    match letters {
        Letters::Narrow(letters) => output.bytes(letters),
        Letters::Wide(letters) => letters.iter().for_each(|unit| output.u16_le(*unit)),
    }
}

fn rect(rect: &Rect, output: &mut Writer) {
    rect.iter().for_each(|side| output.u32_le(*side as u32));
}

fn words(values: &[u32], output: &mut Writer) {
    values.iter().for_each(|value| output.u32_le(*value));
}

/// Points of 16 bits in the types that have such, else of 32.
fn write_points(kind: u32, points: &[Point], output: &mut Writer) {
    let is_short = (kinds::POLYBEZIER16..=kinds::POLYDRAW16).contains(&kind);
    for point in points {
        for side in point {
            if is_short { output.u16_le(*side as u16) } else { output.u32_le(*side as u32) }
        }
    }
}
