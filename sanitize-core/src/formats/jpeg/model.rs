//! What may be written as a JPEG: coefficients or samples, and how they are coded. There is no field for any
//! segment of the input.

use crate::toolkits::{
    jpeg::Decoded,
    raster::{JpegSettings, Raster},
};

/// A JPEG to be written.
#[derive(Debug)]
pub(super) enum Image<'a> {
    /// The input's own coefficients: nothing is lost.
    Coefficients {
        /// Upright, with the density that is to be written. What is listed in it is never written.
        picture: Decoded<'a>,
        /// An engine-owned colour profile.
        profile: Option<Vec<u8>>,
    },
    /// Samples that had to be changed.
    Samples {
        /// 8-bit grey, RGB or CMYK, upright.
        raster: Raster,
        settings: JpegSettings,
    },
}
