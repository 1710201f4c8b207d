//! What may be written as a JPEG: samples, and how they are coded. There is no field for any segment.

use crate::toolkits::raster::{JpegSettings, Raster};

/// A JPEG to be written.
#[derive(Debug)]
pub(super) struct Image {
    /// 8-bit grey, RGB or CMYK, upright.
    pub(super) raster: Raster,
    pub(super) settings: JpegSettings,
}
