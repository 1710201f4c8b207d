//! Image → bytes: file header, then the bitmap.

use super::{model::Image, parse::FILE_HEADER};
use crate::{bytes::Writer, error::Error, toolkits::raster};

/// Writes the image.
pub(super) fn write(image: &Image) -> Result<Vec<u8>, Error> {
    let bitmap = raster::write_dib(&image.raster, &image.palette, image.density, None)?;
    let rows = image.raster.stride().div_ceil(4) * 4 * image.raster.height as usize;
    let length = bitmap.len() + FILE_HEADER;
    let mut output = Writer::onto(Vec::with_capacity(length));
    output.bytes(b"BM");
    output.u32_le(length as u32);
    output.u32_le(0);
    output.u32_le((length - rows) as u32);
    output.bytes(&bitmap);
    Ok(output.into_bytes())
}
