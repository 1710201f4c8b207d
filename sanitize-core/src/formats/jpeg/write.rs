//! Image → bytes, by the encoder alone.

use super::model::Image;
use crate::{error::Error, toolkits::raster};

/// Writes the image as baseline JPEG.
pub(super) fn write(image: &Image) -> Result<Vec<u8>, Error> {
    raster::encode_jpeg(&image.raster, &image.settings)
}
