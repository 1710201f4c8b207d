use jpeg_encoder::{ColorType, Encoder, QuantizationTableType, SamplingFactor};

use super::{Color, Raster};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::jpeg::{self, Density},
};

/// How a JPEG is written.
#[derive(Clone, Debug)]
pub(crate) struct JpegSettings {
    /// Quantisers for luma and chroma in row order, each 1 to 255.
    pub(crate) quantisers: [Box<[u16; 64]>; 2],
    /// How much finer luma is sampled than chroma, across and down: 1 or 2 (or 4 across).
    pub(crate) sampling: (u8, u8),
    pub(crate) density: Density,
    /// An engine-owned colour profile to attach.
    pub(crate) profile: Option<Vec<u8>>,
}

/// Writes 8-bit grey, RGB or CMYK (full ink is 255) as a sequential JPEG. The encoder is deterministic, and what
/// it makes is written as the coefficient writer writes, so that cleaning it again changes nothing.
pub(crate) fn encode_jpeg(
    raster: &Raster,
    settings: &JpegSettings,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
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
    // Tables made for the picture come with the coefficient writer.
    encoder.set_optimized_huffman_tables(false);
    encoder
        .encode(&raster.samples, width, height, color)
        .map_err(|_| Error::Internal("JPEG encoder failed"))?;
    budget.check()?;
    let mut picture = jpeg::read(&output, budget)?;
    picture.density = Some(settings.density);
    jpeg::write(&picture, settings.profile.as_deref(), budget)
}

/// The quantisers of Annex K of ITU-T T.81 for luma and chroma, scaled to a quality of 1 to 100 as libjpeg does.
pub(crate) fn standard_quantisers(quality: u16) -> [Box<[u16; 64]>; 2] {
    let scale = if quality < 50 { 5_000 / quality.max(1) } else { 200 - quality.min(100) * 2 };
    [LUMA, CHROMA].map(|table| {
        Box::new(table.map(|value| ((u32::from(value) * u32::from(scale) + 50) / 100).clamp(1, 255) as u16))
    })
}

const LUMA: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17,
    22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78,
    87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];

const CHROMA: [u8; 64] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];
