//! Image → bytes, by the coefficient writer alone.

use super::model::Image;
use crate::{
    budget::Budget,
    error::Error,
    toolkits::{jpeg, raster},
};

/// Writes the image.
pub(super) fn write(image: &Image<'_>, budget: &Budget) -> Result<Vec<u8>, Error> {
    match image {
        Image::Coefficients { picture, profile } => jpeg::write(picture, profile.as_deref(), budget),
        Image::Samples { raster, settings } => raster::encode_jpeg(raster, settings, budget),
    }
}
