//! The types of records (MS-EMF 2.1.1) that may be written, and the layouts of those that have a fixed one.

use crate::toolkits::metafile::Field::{self, Any, Bits, Float, NonZero, Range};

pub(super) const HEADER: u32 = 1;
pub(super) const POLYBEZIER: u32 = 2;
pub(super) const POLYLINETO: u32 = 6;
pub(super) const POLYPOLYLINE: u32 = 7;
pub(super) const POLYPOLYGON: u32 = 8;
pub(super) const EOF: u32 = 14;
pub(super) const SAVEDC: u32 = 33;
pub(super) const RESTOREDC: u32 = 34;
pub(super) const SELECTOBJECT: u32 = 37;
pub(super) const CREATEPEN: u32 = 38;
pub(super) const CREATEBRUSHINDIRECT: u32 = 39;
pub(super) const DELETEOBJECT: u32 = 40;
pub(super) const SELECTPALETTE: u32 = 48;
pub(super) const CREATEPALETTE: u32 = 49;
pub(super) const SETPALETTEENTRIES: u32 = 50;
pub(super) const RESIZEPALETTE: u32 = 51;
pub(super) const POLYDRAW: u32 = 56;
pub(super) const COMMENT: u32 = 70;
pub(super) const FILLRGN: u32 = 71;
pub(super) const FRAMERGN: u32 = 72;
pub(super) const EXTSELECTCLIPRGN: u32 = 75;
pub(super) const BITBLT: u32 = 76;
pub(super) const STRETCHBLT: u32 = 77;
pub(super) const MASKBLT: u32 = 78;
pub(super) const PLGBLT: u32 = 79;
pub(super) const SETDIBITSTODEVICE: u32 = 80;
pub(super) const STRETCHDIBITS: u32 = 81;
pub(super) const EXTCREATEFONTINDIRECTW: u32 = 82;
pub(super) const EXTTEXTOUTA: u32 = 83;
pub(super) const EXTTEXTOUTW: u32 = 84;
pub(super) const POLYBEZIER16: u32 = 85;
pub(super) const POLYLINETO16: u32 = 89;
pub(super) const POLYPOLYLINE16: u32 = 90;
pub(super) const POLYPOLYGON16: u32 = 91;
pub(super) const POLYDRAW16: u32 = 92;
pub(super) const CREATEMONOBRUSH: u32 = 93;
pub(super) const CREATEDIBPATTERNBRUSHPT: u32 = 94;
pub(super) const EXTCREATEPEN: u32 = 95;
pub(super) const POLYTEXTOUTA: u32 = 96;
pub(super) const POLYTEXTOUTW: u32 = 97;
pub(super) const SETICMMODE: u32 = 98;
pub(super) const SMALLTEXTOUT: u32 = 108;
pub(super) const ALPHABLEND: u32 = 114;
pub(super) const TRANSPARENTBLT: u32 = 116;
pub(super) const GRADIENTFILL: u32 = 118;

/// A colour: red, green, blue, and whether it is one of the palette or like one of it.
pub(super) const COLOR: Field = Bits(0x03ff_ffff);
/// A raster operation, with the two flags that go with one.
const ROP: Field = Bits(0xc0ff_ffff);
/// The four fields that say where a bitmap stands in the record; what they say is read by what stands there.
const BITMAP: Field = Any;

/// The layout of a record that is nothing but fields; `None` for all others.
pub(super) fn plain(kind: u32) -> Option<&'static [Field]> {
    const TRANSFORM: [Field; 6] = [Float; 6];
    let layout: &[Field] = match kind {
        // Window and viewport: extents, origins; brush origin.
        9..=13 => &[Any; 2],
        // SETPIXELV
        15 => &[Any, Any, COLOR],
        // SETMAPPERFLAGS
        16 => &[Range(0, 1)],
        // SETMAPMODE
        17 => &[Range(1, 8)],
        // SETBKMODE, SETPOLYFILLMODE
        18 | 19 => &[Range(1, 2)],
        // SETROP2
        20 => &[Range(1, 16)],
        // SETSTRETCHBLTMODE
        21 => &[Range(1, 4)],
        // SETTEXTALIGN
        22 => &[Bits(0x1ff)],
        // SETCOLORADJUSTMENT: size, flags, illuminant and gammas, references and contrast …
        23 => &[Range(0x0000_0018, 0x0003_0018), Any, Any, Any, Any, Any],
        // SETTEXTCOLOR, SETBKCOLOR
        24 | 25 => &[COLOR],
        // OFFSETCLIPRGN, MOVETOEX, LINETO
        26 | 27 | 54 => &[Any; 2],
        // SETMETARGN, SAVEDC, REALIZEPALETTE, BEGINPATH, ENDPATH, CLOSEFIGURE, FLATTENPATH, WIDENPATH, ABORTPATH
        28 | SAVEDC | 52 | 59..=61 | 65 | 66 | 68 => &[],
        // EXCLUDECLIPRECT, INTERSECTCLIPRECT, ELLIPSE, RECTANGLE; the bounds of a path that is drawn
        29 | 30 | 42 | 43 | 62..=64 => &[Any; 4],
        // SCALEVIEWPORTEXTEX, SCALEWINDOWEXTEX
        31 | 32 => &[Any, NonZero, Any, NonZero],
        RESTOREDC | SELECTOBJECT | DELETEOBJECT | SELECTPALETTE => &[Any],
        // SETWORLDTRANSFORM, MODIFYWORLDTRANSFORM
        35 => &TRANSFORM,
        36 => &[Float, Float, Float, Float, Float, Float, Range(1, 4)],
        // Number, style, width (two fields), colour
        CREATEPEN => &[Any, Bits(0x000f_ff0f), Any, Any, COLOR],
        // Number, style, colour, hatch
        CREATEBRUSHINDIRECT => &[Any, Range(0, 2), COLOR, Range(0, 12)],
        // ANGLEARC
        41 => &[Any, Any, Any, Float, Float],
        // ROUNDRECT
        44 => &[Any; 6],
        // ARC, CHORD, PIE, ARCTO
        45..=47 | 55 => &[Any; 8],
        RESIZEPALETTE => &[Any, Range(0, 1_024)],
        // EXTFLOODFILL
        53 => &[Any, Any, COLOR, Range(0, 1)],
        // SETARCDIRECTION
        57 => &[Range(1, 2)],
        // SETMITERLIMIT: a whole number as Windows writes it, a float by the specification
        58 => &[Any],
        // SELECTCLIPPATH
        67 => &[Range(1, 5)],
        // Off, and nothing else: on, a profile would be asked for.
        SETICMMODE => &[Range(1, 1)],
        // SETLAYOUT
        115 => &[Bits(0x8000_000f)],
        // SETTEXTJUSTIFICATION
        120 => &[Any; 2],
        _ => return None,
    };
    Some(layout)
}

/// Where the fields of a record with bitmaps stand: `bitmap` and `mask` count fields, each the first of the four
/// `offBmi`, `cbBmi`, `offBits`, `cbBits`, and `usage` before them says what a palette holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitmapLayout {
    pub(super) fields: &'static [Field],
    pub(super) usage: usize,
    pub(super) bitmap: usize,
    pub(super) mask: Option<usize>,
}

/// The layout of a record with bitmaps.
pub(super) fn with_bitmap(kind: u32) -> Option<BitmapLayout> {
    const B: Field = BITMAP;
    const F: Field = Float;
    const A: Field = Any;
    let layout = |fields, usage, bitmap, mask| BitmapLayout { fields, usage, bitmap, mask };
    // The usage of a palette is checked where the bitmap is read.
    Some(match kind {
        // Bounds, destination, operation, source, transform, background; usage, bitmap, source extents.
        BITBLT => {
            layout(&[A, A, A, A, A, A, A, A, ROP, A, A, F, F, F, F, F, F, COLOR, A, B, B, B, B], 18, 19, None)
        }
        STRETCHBLT => layout(
            &[A, A, A, A, A, A, A, A, ROP, A, A, F, F, F, F, F, F, COLOR, A, B, B, B, B, A, A],
            18,
            19,
            None,
        ),
        // Operation, flags, opacity of the whole, and whether pixels have their own.
        ALPHABLEND => layout(
            &[A, A, A, A, A, A, A, A, Bits(0x01ff_0000), A, A, F, F, F, F, F, F, COLOR, A, B, B, B, B, A, A],
            18,
            19,
            None,
        ),
        TRANSPARENTBLT => layout(
            &[A, A, A, A, A, A, A, A, COLOR, A, A, F, F, F, F, F, F, COLOR, A, B, B, B, B, A, A],
            18,
            19,
            None,
        ),
        MASKBLT => layout(
            &[A, A, A, A, A, A, A, A, A, A, A, F, F, F, F, F, F, COLOR, A, B, B, B, B, A, A, A, B, B, B, B],
            18,
            19,
            Some(26),
        ),
        // Bounds, three points, source, transform, background; usage, bitmap; mask.
        PLGBLT => layout(
            &[
                A, A, A, A, A, A, A, A, A, A, A, A, A, A, F, F, F, F, F, F, COLOR, A, B, B, B, B, A, A, A, B,
                B, B, B,
            ],
            21,
            22,
            Some(29),
        ),
        // Bounds, destination, source; bitmap, usage, first scan, scans.
        SETDIBITSTODEVICE => layout(&[A, A, A, A, A, A, A, A, A, A, B, B, B, B, A, A, A], 14, 10, None),
        // Bounds, destination, source; bitmap, usage, operation, extents.
        STRETCHDIBITS => layout(&[A, A, A, A, A, A, A, A, A, A, B, B, B, B, A, ROP, A, A], 14, 10, None),
        // Number, usage, bitmap.
        CREATEMONOBRUSH | CREATEDIBPATTERNBRUSHPT => layout(&[A, A, B, B, B, B], 1, 2, None),
        _ => return None,
    })
}
