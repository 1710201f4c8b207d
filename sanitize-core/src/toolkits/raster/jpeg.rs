use jpeg_encoder::{
    ColorType, Encoder, PixelDensity, PixelDensityUnit, QuantizationTableType, SamplingFactor,
};

use super::{Color, Raster};
use crate::error::Error;

/// How a JPEG is written.
#[derive(Clone, Debug)]
pub(crate) struct JpegSettings {
    /// Quantisers for luma and chroma in row order, each 1 to 255.
    pub(crate) quantisers: [Box<[u16; 64]>; 2],
    /// How much finer luma is sampled than chroma, across and down: 1 or 2 (or 4 across).
    pub(crate) sampling: (u8, u8),
    /// Dots per inch (1) or per centimetre (2), or an aspect ratio (0), as JFIF says it.
    pub(crate) density: (u8, u16, u16),
    /// An engine-owned colour profile to attach.
    pub(crate) profile: Option<Vec<u8>>,
}

/// Writes 8-bit grey, RGB or CMYK (full ink is 255) as baseline JPEG. The encoder is deterministic.
pub(crate) fn encode_jpeg(raster: &Raster, settings: &JpegSettings) -> Result<Vec<u8>, Error> {
    let color = match raster.color {
        Color::Grey => ColorType::Luma,
        Color::Rgb => ColorType::Rgb,
        Color::Cmyk => ColorType::CmykAsYcck,
        _ => return Err(Error::Internal("a JPEG has no such colour")),
    };
    let (Ok(width), Ok(height), 8) = (u16::try_from(raster.width), u16::try_from(raster.height), raster.bits)
    else {
        return Err(Error::Unsupported("a picture larger than JPEG can hold"));
    };
    let mut output = Vec::new();
    let mut encoder = Encoder::new(&mut output, 100);
    let [luma, chroma] = settings.quantisers.clone();
    encoder
        .set_quantization_tables(QuantizationTableType::Custom(luma), QuantizationTableType::Custom(chroma));
    let sampling = SamplingFactor::from_factors(settings.sampling.0, settings.sampling.1);
    encoder.set_sampling_factor(sampling.unwrap_or(SamplingFactor::F_1_1));
    encoder.set_optimized_huffman_tables(true);
    let unit = match settings.density.0 {
        1 => PixelDensityUnit::Inches,
        2 => PixelDensityUnit::Centimeters,
        _ => PixelDensityUnit::PixelAspectRatio,
    };
    encoder.set_density(PixelDensity { density: (settings.density.1, settings.density.2), unit });
    if let Some(profile) = &settings.profile {
        encoder.add_icc_profile(profile).map_err(|_| Error::Internal("colour profile too large"))?;
    }
    encoder
        .encode(&raster.samples, width, height, color)
        .map_err(|_| Error::Internal("JPEG encoder failed"))?;
    Ok(output)
}
