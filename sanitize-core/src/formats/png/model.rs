//! What may be written as a PNG. There is no field for text, private chunks or anything else.

use super::parse::FrameControl;
use crate::toolkits::{icc::Wide, raster::PngHeader};

/// A PNG to be written.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) header: PngHeader,
    /// Red, green, blue of each entry; only with indexed samples.
    pub(super) palette: Vec<u8>,
    /// tRNS as the colour type has it; empty when there is none.
    pub(super) transparency: Vec<u8>,
    pub(super) space: Space,
    /// pHYs: pixels per unit across and down; the unit is the metre, or unknown.
    pub(super) density: Option<Density>,
    pub(super) pictures: Pictures,
}

/// The colour space of the samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// Nothing said: readers take sRGB.
    Unstated,
    /// sRGB by its chunk.
    Srgb,
    /// A wide space under the engine's own profile.
    Wide(Wide),
}

/// pHYs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Density {
    pub(super) across: u32,
    pub(super) down: u32,
    pub(super) per_metre: bool,
}

/// Newly compressed rows: of one picture, or of an animation.
#[derive(Debug)]
pub(super) enum Pictures {
    /// One still picture.
    Still(Vec<u8>),
    /// An animation.
    Animated {
        /// The still picture shown where animation is not understood, if it is none of the frames.
        fallback: Option<Vec<u8>>,
        /// Each frame with its place; never empty.
        frames: Vec<(FrameControl, Vec<u8>)>,
        /// How often it plays; 0 is for ever.
        plays: u32,
    },
}
