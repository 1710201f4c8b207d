//! What may be written as an enhanced metafile: drawing, and nothing that asks for a file, a driver or a program.

/// A metafile.
#[derive(Debug)]
pub(super) struct Metafile<B> {
    pub(super) header: Header,
    /// How many places its table of objects has, the reserved first one among them.
    pub(super) objects: u16,
    pub(super) records: Vec<Record<B>>,
}

/// A rectangle: left, top, right, bottom.
pub(super) type Rect = [i32; 4];

/// A point: x, y.
pub(super) type Point = [i32; 2];

/// Where the drawing is and how large, MS-EMF 2.2.9 and its extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Device units.
    pub(super) bounds: Rect,
    /// Hundredths of a millimetre.
    pub(super) frame: Rect,
    /// The reference device in pixels, millimetres and micrometres.
    pub(super) device: [u32; 2],
    pub(super) millimeters: [u32; 2],
    pub(super) micrometers: [u32; 2],
}

/// A record. `B` is its bitmap, as it stands in the file or decoded; `kind` is its type, one of those of
/// [`super::kinds`] with this shape.
#[derive(Debug)]
pub(super) enum Record<B> {
    /// Nothing but fields.
    Plain {
        kind: u32,
        values: Vec<u32>,
    },
    /// A line or curve.
    Poly {
        kind: u32,
        bounds: Rect,
        points: Vec<Point>,
    },
    /// Several lines or polygons; the counts add up to the points.
    PolyPoly {
        kind: u32,
        bounds: Rect,
        counts: Vec<u32>,
        points: Vec<Point>,
    },
    /// Lines and curves, by a type for each point.
    PolyDraw {
        kind: u32,
        bounds: Rect,
        points: Vec<Point>,
        types: Vec<u8>,
    },
    /// A region that is painted, or clips. `values` is what stands beside it.
    Region {
        kind: u32,
        bounds: Option<Rect>,
        values: Vec<u32>,
        region: Option<Region>,
    },
    /// A bitmap that is drawn, or makes a brush; the fields that say where it stands are written anew.
    Bitmaps {
        kind: u32,
        values: Vec<u32>,
        bitmap: Option<B>,
        mask: Option<B>,
    },
    Font(Font),
    Pen {
        number: u32,
        pen: Pen,
        bitmap: Option<B>,
    },
    /// CREATEPALETTE, or SETPALETTEENTRIES with the first entry that is set.
    Palette {
        kind: u32,
        number: u32,
        start: Option<u32>,
        entries: Vec<[u8; 4]>,
    },
    Text(Text),
    SmallText(SmallText),
    Gradient(Gradient),
}

/// Rectangles, and one around them all.
#[derive(Debug)]
pub(super) struct Region {
    pub(super) bounds: Rect,
    pub(super) rectangles: Vec<Rect>,
}

/// A font by name: a LogFont, MS-EMF 2.2.13.
#[derive(Debug)]
pub(super) struct Font {
    pub(super) number: u32,
    /// Height, width, escapement, orientation, weight.
    pub(super) measures: [i32; 5],
    /// Italic, underline, strike-out, character set, precision of output and clipping, quality, pitch.
    pub(super) style: [u8; 8],
    /// At most 31 units of UTF-16.
    pub(super) face: Vec<u16>,
}

/// A LogPenEx, MS-EMF 2.2.20.
#[derive(Debug)]
pub(super) struct Pen {
    pub(super) style: u32,
    pub(super) width: u32,
    pub(super) brush: u32,
    pub(super) color: u32,
    pub(super) hatch: u32,
    /// Lengths of dashes and gaps.
    pub(super) dashes: Vec<u32>,
}

/// Letters of a text, one or two bytes each.
#[derive(Debug)]
pub(super) enum Letters {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

impl Letters {
    /// How many letters there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Narrow(letters) => letters.len(),
            Self::Wide(letters) => letters.len(),
        }
    }
}

/// EXTTEXTOUTA and EXTTEXTOUTW.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) bounds: Rect,
    pub(super) mode: u32,
    /// Scale across and down, floats.
    pub(super) scale: [u32; 2],
    pub(super) reference: Point,
    pub(super) options: u32,
    pub(super) rectangle: Rect,
    pub(super) letters: Letters,
    /// One advance for each letter, or two where the options say so; or none at all.
    pub(super) advances: Vec<u32>,
}

/// SMALLTEXTOUT.
#[derive(Debug)]
pub(super) struct SmallText {
    pub(super) reference: Point,
    pub(super) options: u32,
    pub(super) mode: u32,
    pub(super) scale: [u32; 2],
    pub(super) bounds: Option<Rect>,
    pub(super) letters: Letters,
}

/// GRADIENTFILL.
#[derive(Debug)]
pub(super) struct Gradient {
    pub(super) bounds: Rect,
    /// 0 and 1 fill rectangles, 2 triangles.
    pub(super) mode: u32,
    pub(super) vertices: Vec<(Point, [u16; 4])>,
    /// Numbers of vertices: two for each rectangle, three for each triangle.
    pub(super) corners: Vec<u32>,
}

impl<B> Record<B> {
    /// The type of the record.
    pub(super) fn kind(&self) -> u32 {
        use super::kinds;
        match self {
            Self::Plain { kind, .. }
            | Self::Poly { kind, .. }
            | Self::PolyPoly { kind, .. }
            | Self::PolyDraw { kind, .. }
            | Self::Region { kind, .. }
            | Self::Bitmaps { kind, .. }
            | Self::Palette { kind, .. } => *kind,
            Self::Font(_) => kinds::EXTCREATEFONTINDIRECTW,
            Self::Pen { .. } => kinds::EXTCREATEPEN,
            Self::Text(Text { letters: Letters::Narrow(_), .. }) => kinds::EXTTEXTOUTA,
            Self::Text(Text { letters: Letters::Wide(_), .. }) => kinds::EXTTEXTOUTW,
            Self::SmallText(_) => kinds::SMALLTEXTOUT,
            Self::Gradient(_) => kinds::GRADIENTFILL,
        }
    }
}
