//! Lines, curves, regions, palettes and gradients.

use super::{
    super::{
        kinds,
        model::{Gradient, Point, Record, Region},
    },
    i32s, rect, u32s,
};
use crate::{bytes::Reader, toolkits::metafile::BitmapSource};

type Shape<'a> = Record<BitmapSource<'a>>;

/// POLYBEZIER to POLYLINETO, and their forms with short points.
pub(super) fn poly<'a>(kind: u32, reader: &mut Reader<'a>) -> Option<Shape<'a>> {
    let bounds = rect(reader)?;
    let count = reader.u32_le("points").ok()?;
    Some(Record::Poly { kind, bounds, points: points(kind, count, reader)? })
}

/// POLYPOLYLINE and POLYPOLYGON.
pub(super) fn poly_poly<'a>(kind: u32, reader: &mut Reader<'a>) -> Option<Shape<'a>> {
    let bounds = rect(reader)?;
    let [polygons, total] = u32s(reader)?;
    let counts = numbers(polygons, reader)?;
    let sum = counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count))?;
    // What is in none of the polygons is not drawn.
    if sum > total {
        return None;
    }
    Some(Record::PolyPoly { kind, bounds, counts, points: points(kind, sum, reader)? })
}

/// POLYDRAW.
pub(super) fn poly_draw<'a>(kind: u32, reader: &mut Reader<'a>) -> Option<Shape<'a>> {
    let bounds = rect(reader)?;
    let count = reader.u32_le("points").ok()?;
    let points = points(kind, count, reader)?;
    let types = reader.take(count, "types").ok()?.to_vec();
    // PT_LINETO, PT_BEZIERTO and PT_MOVETO, with or without PT_CLOSEFIGURE.
    let is_known = |kind: &u8| matches!(kind, 2..=7);
    types.iter().all(is_known).then_some(Record::PolyDraw { kind, bounds, points, types })
}

/// Points of 16 bits in the types from POLYBEZIER16 on, else of 32.
fn points(kind: u32, count: u32, reader: &mut Reader<'_>) -> Option<Vec<Point>> {
    let is_short = kind >= kinds::POLYBEZIER16;
    let bytes = reader.take(count.checked_mul(if is_short { 4 } else { 8 })?, "points").ok()?;
    Some(if is_short {
        let short = |[a, b, c, d]: &[u8; 4]| [i16::from_le_bytes([*a, *b]), i16::from_le_bytes([*c, *d])];
        bytes.as_chunks::<4>().0.iter().map(|point| short(point).map(i32::from)).collect()
    } else {
        let (words, _) = bytes.as_chunks::<4>();
        words.as_chunks::<2>().0.iter().map(|point| point.map(i32::from_le_bytes)).collect()
    })
}

fn numbers(count: u32, reader: &mut Reader<'_>) -> Option<Vec<u32>> {
    let bytes = reader.take(count.checked_mul(4)?, "numbers").ok()?;
    Some(bytes.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect())
}

/// FILLRGN, FRAMERGN, INVERTRGN, PAINTRGN, EXTSELECTCLIPRGN.
pub(super) fn region<'a>(kind: u32, reader: &mut Reader<'a>) -> Option<Shape<'a>> {
    let bounds = if kind == kinds::EXTSELECTCLIPRGN { None } else { Some(rect(reader)?) };
    let size = reader.u32_le("region size").ok()?;
    let values = match kind {
        kinds::FILLRGN => vec![reader.u32_le("brush").ok()?],
        kinds::FRAMERGN => u32s::<3>(reader)?.to_vec(),
        kinds::EXTSELECTCLIPRGN => {
            vec![reader.u32_le("mode").ok().filter(|mode| (1..=5).contains(mode))?]
        }
        _ => Vec::new(),
    };
    // RGN_COPY without a region takes all clipping away.
    if kind == kinds::EXTSELECTCLIPRGN && size == 0 {
        return (values == [5]).then_some(Record::Region { kind, bounds, values, region: None });
    }
    let mut data = Reader::new(reader.take(size, "region").ok()?);
    let [32, 1, count, _] = u32s(&mut data)? else { return None };
    let around = rect(&mut data)?;
    let bytes = data.take(count.checked_mul(16)?, "rectangles").ok()?;
    let (words, _) = bytes.as_chunks::<4>();
    let rectangles = words.as_chunks::<4>().0.iter().map(|rect| rect.map(i32::from_le_bytes)).collect();
    Some(Record::Region { kind, bounds, values, region: Some(Region { bounds: around, rectangles }) })
}

/// CREATEPALETTE and SETPALETTEENTRIES.
pub(super) fn palette<'a>(kind: u32, reader: &mut Reader<'a>) -> Option<Shape<'a>> {
    let number = reader.u32_le("palette").ok()?;
    let (start, count) = if kind == kinds::CREATEPALETTE {
        if reader.u16_le("version").ok()? != 0x300 {
            return None;
        }
        (None, u32::from(reader.u16_le("entries").ok()?))
    } else {
        let [start, count] = u32s(reader)?;
        (Some(start), count)
    };
    let bytes = reader.take(count.checked_mul(4).filter(|_| count <= 1_024)?, "entries").ok()?;
    Some(Record::Palette { kind, number, start, entries: bytes.as_chunks::<4>().0.to_vec() })
}

/// GRADIENTFILL.
pub(super) fn gradient<'a>(reader: &mut Reader<'a>) -> Option<Shape<'a>> {
    let bounds = rect(reader)?;
    let [vertices, shapes, mode] = u32s(reader)?;
    if mode > 2 {
        return None;
    }
    let bytes = reader.take(vertices.checked_mul(16)?, "vertices").ok()?;
    let vertices: Vec<(Point, [u16; 4])> = bytes
        .chunks_exact(16)
        .map_while(|vertex| {
            let mut vertex = Reader::new(vertex);
            let point = i32s(&mut vertex)?;
            let mut color = [0; 4];
            for part in &mut color {
                *part = vertex.u16_le("color").ok()?;
            }
            Some((point, color))
        })
        .collect();
    let corners = numbers(shapes.checked_mul(if mode == 2 { 3 } else { 2 })?, reader)?;
    let exists = |corner: &u32| usize::try_from(*corner).is_ok_and(|corner| corner < vertices.len());
    corners.iter().all(exists).then_some(Record::Gradient(Gradient { bounds, mode, vertices, corners }))
}
