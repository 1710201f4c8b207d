//! What may be written: a WebP of streams the engine made, or a JPEG where samples of a lossy picture change.

use crate::toolkits::{
    icc::Wide,
    raster::{JpegSettings, Raster},
};

/// A picture to be written.
#[derive(Debug)]
pub(super) enum Image {
    /// A WebP, still or animated.
    Webp(File),
    /// A JPEG.
    Jpeg { raster: Raster, settings: JpegSettings },
}

/// A WebP.
#[derive(Debug)]
pub(super) struct File {
    /// Width and height of the canvas.
    pub(super) canvas: (u32, u32),
    pub(super) space: Option<Wide>,
    pub(super) content: Content,
}

/// What stands on the canvas.
#[derive(Debug)]
pub(super) enum Content {
    /// One picture of the size of the canvas.
    Still(Picture),
    Animated {
        /// How often it plays; 0 is for ever.
        plays: u16,
        frames: Vec<Frame>,
    },
}

/// One frame.
#[derive(Debug)]
pub(super) struct Frame {
    /// Left and top are even.
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Milliseconds.
    pub(super) duration: u32,
    /// Is laid over what it covers by its alpha, instead of replacing it.
    pub(super) blends: bool,
    /// Is cleared before the next.
    pub(super) disposes: bool,
    pub(super) picture: Picture,
}

/// The streams of one picture.
#[derive(Debug)]
pub(super) enum Picture {
    /// A newly made VP8 stream, and the body of an ALPH chunk where it has alpha.
    Lossy { alpha: Option<Vec<u8>>, stream: Vec<u8> },
    /// A newly made VP8L stream.
    Lossless { stream: Vec<u8>, has_alpha: bool },
}

impl Picture {
    /// True where the file has to say that there is transparency.
    pub(super) fn has_alpha(&self) -> bool {
        match self {
            Self::Lossy { alpha, .. } => alpha.is_some(),
            Self::Lossless { has_alpha, .. } => *has_alpha,
        }
    }
}
