//! What may be written as a TIFF: pages of samples or of codes, and how large they are printed.

use crate::toolkits::{icc::Wide, raster::Color};

/// One page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) color: Color,
    pub(super) bits: u8,
    pub(super) pixels: Pixels,
    /// Three bytes for each of the entries that the depth can name; only with indices.
    pub(super) palette: Vec<u8>,
    pub(super) alpha: Alpha,
    pub(super) numbers: Numbers,
    pub(super) density: Option<Density>,
    pub(super) space: Option<Wide>,
}

/// The pixels of a page.
#[derive(Debug)]
pub(super) enum Pixels {
    /// In rows, upright, as in a raster; grey is 0 for black. Samples of 32 bits are numbers that no picture program
    /// shows as colours.
    Samples(Vec<u8>),
    /// In strips, newly made of the codes that the page had.
    Strips(Strips),
}

/// Strips of codes.
#[derive(Debug)]
pub(super) struct Strips {
    pub(super) packing: Packing,
    /// Rows of each strip but the last.
    pub(super) rows: u32,
    pub(super) list: Vec<Vec<u8>>,
}

/// What strips are packed with.
#[derive(Debug)]
pub(super) enum Packing {
    /// CCITT group 4, white as zero.
    Group4,
    /// LZW of the samples, or, where `predicted`, of their differences from the ones to the left.
    Lzw { predicted: bool },
    /// Deflate of the samples, or, where `predicted`, of their differences from the ones to the left.
    Deflate { predicted: bool },
    /// JPEG; of colours as luma and chroma where `chroma` says how much coarser the latter is across and down.
    Jpeg {
        chroma: Option<(u8, u8)>,
        /// A stream of the tables that all strips have, where those do not bring their own.
        tables: Option<Vec<u8>>,
    },
}

/// What the sample behind the colours means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alpha {
    /// There is none.
    None,
    /// Colours are multiplied by it.
    Associated,
    /// Colours stand for themselves.
    Unassociated,
}

/// How samples are read as numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    Unsigned,
    Signed,
    Float,
}

/// Dots per inch or centimetre, as fractions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Density {
    pub(super) across: (u32, u32),
    pub(super) down: (u32, u32),
    pub(super) unit: u16,
}
