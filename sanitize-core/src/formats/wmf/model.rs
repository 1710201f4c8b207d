//! What may be written as a Windows metafile: drawing, and no escape to a driver.

/// A metafile.
#[derive(Debug)]
pub(super) struct Metafile<B> {
    /// What stands before the header in most files.
    pub(super) placeable: Option<Placeable>,
    /// In memory or on disk, by the header; no reader cares.
    pub(super) objects: u16,
    pub(super) records: Vec<Record<B>>,
}

/// Where the drawing is and how large, MS-WMF 2.3.2.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placeable {
    /// Left, top, right, bottom.
    pub(super) bounds: [u16; 4],
    /// Units of an inch.
    pub(super) inch: u16,
}

/// A record. `B` is its bitmap, as it stands in the file or decoded; `kind` is its function, one of those of
/// [`super::kinds`] with this shape. Numbers are as wide as the file has them: 16 bits.
#[derive(Debug)]
pub(super) enum Record<B> {
    /// Nothing but fields.
    Plain {
        kind: u32,
        values: Vec<u16>,
    },
    /// A line or polygon.
    Poly {
        kind: u32,
        points: Vec<[u16; 2]>,
    },
    /// Polygons; the counts add up to the points.
    PolyPolygon {
        counts: Vec<u16>,
        points: Vec<[u16; 2]>,
    },
    /// A bitmap that is drawn, or makes a brush, behind these fields.
    Bitmap {
        kind: u32,
        values: Vec<u16>,
        bitmap: B,
    },
    Font(Font),
    /// CREATEPALETTE, or entries that are set from the one at `start`.
    Palette {
        kind: u32,
        start: u16,
        entries: Vec<[u8; 4]>,
    },
    Region(Region),
    Text(Text),
    ExtText(ExtText),
}

/// A font by name, MS-WMF 2.2.1.2.
#[derive(Debug)]
pub(super) struct Font {
    /// Height, width, escapement, orientation, weight.
    pub(super) measures: [u16; 5],
    /// Italic, underline, strike-out, character set, precision of output and clipping, quality, pitch.
    pub(super) style: [u8; 8],
    /// At most 31 bytes in the font's own character set.
    pub(super) face: Vec<u8>,
}

/// Scans: each a top, a bottom, and pairs of left and right.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) bounds: [u16; 4],
    pub(super) scans: Vec<([u16; 2], Vec<u16>)>,
}

/// TEXTOUT: letters, y, x.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) letters: Vec<u8>,
    pub(super) at: [u16; 2],
}

/// EXTTEXTOUT.
#[derive(Debug)]
pub(super) struct ExtText {
    /// y, x.
    pub(super) at: [u16; 2],
    pub(super) options: u16,
    pub(super) rectangle: Option<[u16; 4]>,
    pub(super) letters: Vec<u8>,
    /// One advance for each letter, or none at all.
    pub(super) advances: Vec<u16>,
}
