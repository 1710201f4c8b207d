//! What may be written: lossless WebP, still or animated, or a JPEG where a lossy picture has no other coding.

use crate::toolkits::{
    icc::Wide,
    raster::{JpegSettings, Raster},
};

/// A picture to be written.
#[derive(Debug)]
pub(super) enum Image {
    /// A lossless WebP.
    Still {
        /// 8-bit RGB or RGBA.
        raster: Raster,
        space: Option<Wide>,
    },
    /// An animated, lossless WebP.
    Animated(Animation),
    /// A JPEG.
    Jpeg { raster: Raster, settings: JpegSettings },
}

/// An animation.
#[derive(Debug)]
pub(super) struct Animation {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) has_alpha: bool,
    /// How often it plays; 0 is for ever.
    pub(super) plays: u16,
    /// Frames that replace what they cover; left and top are even.
    pub(super) frames: Vec<Frame>,
}

/// One frame.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
    /// Milliseconds.
    pub(super) duration: u32,
    /// A newly made VP8L stream.
    pub(super) stream: Vec<u8>,
}
