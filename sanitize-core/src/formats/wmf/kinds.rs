//! The functions of records (MS-WMF 2.1.1.1) that may be written, and the layouts of those that have a fixed one.

use crate::toolkits::metafile::Field::{self, Any, Bits, NonZero, Range};

pub(super) const EOF: u32 = 0x0000;
pub(super) const SAVEDC: u32 = 0x001e;
pub(super) const SETPALENTRIES: u32 = 0x0037;
pub(super) const CREATEPALETTE: u32 = 0x00f7;
pub(super) const RESTOREDC: u32 = 0x0127;
pub(super) const INVERTREGION: u32 = 0x012a;
pub(super) const PAINTREGION: u32 = 0x012b;
pub(super) const SELECTCLIPREGION: u32 = 0x012c;
pub(super) const SELECTOBJECT: u32 = 0x012d;
pub(super) const RESIZEPALETTE: u32 = 0x0139;
pub(super) const DIBCREATEPATTERNBRUSH: u32 = 0x0142;
pub(super) const DELETEOBJECT: u32 = 0x01f0;
pub(super) const CREATEPATTERNBRUSH: u32 = 0x01f9;
pub(super) const FILLREGION: u32 = 0x0228;
pub(super) const SELECTPALETTE: u32 = 0x0234;
pub(super) const CREATEPENINDIRECT: u32 = 0x02fa;
pub(super) const CREATEFONTINDIRECT: u32 = 0x02fb;
pub(super) const CREATEBRUSHINDIRECT: u32 = 0x02fc;
pub(super) const POLYGON: u32 = 0x0324;
pub(super) const POLYLINE: u32 = 0x0325;
pub(super) const FRAMEREGION: u32 = 0x0429;
pub(super) const ANIMATEPALETTE: u32 = 0x0436;
pub(super) const TEXTOUT: u32 = 0x0521;
pub(super) const POLYPOLYGON: u32 = 0x0538;
pub(super) const ESCAPE: u32 = 0x0626;
pub(super) const CREATEREGION: u32 = 0x06ff;
pub(super) const BITBLT: u32 = 0x0922;
pub(super) const DIBBITBLT: u32 = 0x0940;
pub(super) const EXTTEXTOUT: u32 = 0x0a32;
pub(super) const STRETCHBLT: u32 = 0x0b23;
pub(super) const DIBSTRETCHBLT: u32 = 0x0b41;
pub(super) const SETDIBTODEV: u32 = 0x0d33;
pub(super) const STRETCHDIB: u32 = 0x0f43;

/// The second half of a colour: blue, and whether it is one of the palette or like one of it.
const BLUE: Field = Bits(0x03ff);

/// The layout of a record that is nothing but fields; `None` for all others.
pub(super) fn plain(kind: u32) -> Option<&'static [Field]> {
    let layout: &[Field] = match kind {
        // SAVEDC, REALIZEPALETTE
        SAVEDC | 0x0035 => &[],
        // SETBKMODE, SETPOLYFILLMODE
        0x0102 | 0x0106 => &[Range(1, 2)],
        // SETMAPMODE
        0x0103 => &[Range(1, 8)],
        // SETROP2
        0x0104 => &[Range(1, 16)],
        // SETRELABS, which means nothing any more
        0x0105 => &[Any],
        // SETSTRETCHBLTMODE
        0x0107 => &[Range(1, 4)],
        // SETTEXTCHAREXTRA
        0x0108 => &[Any],
        // SETTEXTALIGN
        0x012e => &[Bits(0x1ff)],
        // SETLAYOUT
        0x0149 => &[Bits(0x800f)],
        RESTOREDC | INVERTREGION | PAINTREGION | SELECTCLIPREGION | SELECTOBJECT | RESIZEPALETTE
        | DELETEOBJECT | SELECTPALETTE => &[Any],
        // SETBKCOLOR, SETTEXTCOLOR
        0x0201 | 0x0209 => &[Any, BLUE],
        // SETTEXTJUSTIFICATION; origins and extents of window and viewport, set and moved; LINETO, MOVETO,
        // OFFSETCLIPRGN; FILLREGION
        0x020a..=0x020f | 0x0211 | 0x0213 | 0x0214 | 0x0220 | FILLREGION => &[Any; 2],
        // SETMAPPERFLAGS
        0x0231 => &[Range(0, 1), Range(0, 0)],
        // SCALEWINDOWEXT, SCALEVIEWPORTEXT
        0x0410 | 0x0412 => &[NonZero, Any, NonZero, Any],
        // EXCLUDECLIPRECT, INTERSECTCLIPRECT, ELLIPSE, RECTANGLE; FRAMEREGION
        0x0415 | 0x0416 | 0x0418 | 0x041b | FRAMEREGION => &[Any; 4],
        // FLOODFILL, SETPIXEL
        0x0419 | 0x041f => &[Any, BLUE, Any, Any],
        // EXTFLOODFILL
        0x0548 => &[Range(0, 1), Any, BLUE, Any, Any],
        // ROUNDRECT
        0x061c => &[Any; 6],
        // PATBLT
        0x061d => &[Any; 6],
        // ARC, PIE, CHORD
        0x0817 | 0x081a | 0x0830 => &[Any; 8],
        // Style, width (two fields), colour
        CREATEPENINDIRECT => &[Bits(0xff0f), Any, Any, Any, BLUE],
        // Style, colour, hatch
        CREATEBRUSHINDIRECT => &[Range(0, 2), Any, BLUE, Any],
        _ => return None,
    };
    Some(layout)
}

/// How many words stand before the bitmap of a record, and which of them says what its palette holds.
pub(super) fn with_bitmap(kind: u32) -> Option<(usize, Option<usize>)> {
    match kind {
        DIBCREATEPATTERNBRUSH => Some((2, Some(1))),
        // Operation (two words), source; extents and destination.
        DIBBITBLT => Some((8, None)),
        DIBSTRETCHBLT => Some((10, None)),
        // Usage, scans, first scan, source, extents, destination.
        SETDIBTODEV => Some((9, Some(0))),
        // Operation, usage, extents and place of source and destination.
        STRETCHDIB => Some((11, Some(2))),
        _ => None,
    }
}

/// How many words a record has that draws with a brush alone, where others of its function have a bitmap: one
/// in the middle means nothing.
pub(super) fn without_bitmap(kind: u32) -> Option<usize> {
    match kind {
        BITBLT | DIBBITBLT => Some(9),
        STRETCHBLT | DIBSTRETCHBLT => Some(11),
        _ => None,
    }
}

/// True for records that put an object into the table.
pub(super) fn makes_object(kind: u32) -> bool {
    // CREATEBRUSH, CREATEBITMAPINDIRECT and CREATEBITMAP are in no specification any more.
    let old = [0x00f8, 0x02fd, 0x06fe];
    let known = [
        CREATEPALETTE,
        DIBCREATEPATTERNBRUSH,
        CREATEPATTERNBRUSH,
        CREATEPENINDIRECT,
        CREATEFONTINDIRECT,
        CREATEBRUSHINDIRECT,
        CREATEREGION,
    ];
    known.contains(&kind) || old.contains(&kind)
}
