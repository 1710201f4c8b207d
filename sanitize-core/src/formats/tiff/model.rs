//! What may be written as a TIFF: pages of samples, and how large they are printed.

use crate::toolkits::{icc::Wide, raster::Raster};

/// One page.
#[derive(Debug)]
pub(super) struct Page {
    /// Upright; grey is 0 for black. Samples of 32 bits are numbers that no picture program shows as colours.
    pub(super) raster: Raster,
    /// Three bytes for each of the entries that the depth can name; only with indices.
    pub(super) palette: Vec<u8>,
    pub(super) alpha: Alpha,
    pub(super) numbers: Numbers,
    pub(super) density: Option<Density>,
    pub(super) space: Option<Wide>,
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
