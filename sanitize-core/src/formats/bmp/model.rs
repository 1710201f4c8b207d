//! What may be written as a BMP.

use crate::toolkits::raster::Raster;

/// A BMP to be written.
#[derive(Debug)]
pub(super) struct Image {
    /// Indexed with 1, 4 or 8 bits, RGB or RGBA with 8.
    pub(super) raster: Raster,
    /// Red, green, blue; only with indices.
    pub(super) palette: Vec<u8>,
    /// Pixels per metre; 0 says nothing.
    pub(super) density: (u32, u32),
}
