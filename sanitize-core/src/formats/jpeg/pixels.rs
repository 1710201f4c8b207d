//! Coefficients → samples, for what coefficients cannot do: converting colours, turning a picture whose sides
//! end inside a block, adding noise.

use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::model::Image;
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::{
        icc::Conversion,
        jpeg::{self, Decoded, Density},
        raster::{self, Color, JpegSettings, Orientation, Raster},
    },
};

/// What is to be done to the samples.
pub(super) struct Changes<'c> {
    pub(super) conversion: Option<&'c Conversion>,
    pub(super) turn: Orientation,
    pub(super) scrub: bool,
}

/// Decodes and changes the picture, and says how it is to be coded: as it was, as far as that goes.
pub(super) fn image<'a>(
    mut picture: Decoded<'a>,
    color: Color,
    profile: Option<Vec<u8>>,
    changes: &Changes<'_>,
    budget: &Budget,
) -> Result<Image<'a>, Error> {
    let coding = picture.color;
    let steps = |index| picture.steps(index).ok_or(malformed("no quantisers", 2));
    let luma = steps(0)?;
    // Red, green and blue are coded alike; written as luma and chroma, chroma may not be coarser.
    let chroma = if coding == jpeg::Color::YCbCr { steps(1)? } else { luma };
    let mut quantisers = [luma, chroma].map(|table| Box::new(table.map(|value| value.min(255))));
    let mut sampling = match (coding, picture.components.as_slice()) {
        (jpeg::Color::YCbCr, [luma, blue, red]) if (blue.h, blue.v) == (red.h, red.v) => {
            (luma.h / blue.h.max(1), luma.v / blue.v.max(1))
        }
        _ => (1, 1),
    };
    // A picture of a few blocks has most of its chroma at its edges, where decoders differ.
    let few_blocks = u32::from(picture.width) * u32::from(picture.height) <= 64 * 64;
    if few_blocks || !matches!(sampling, (1 | 2, 1 | 2) | (4, 1)) {
        sampling = (1, 1);
    }
    let mut density = picture.density.unwrap_or(Density { units: 0, x: 1, y: 1 });

    let (width, height) = (u32::from(picture.width), u32::from(picture.height));
    if coding == jpeg::Color::Cmyk {
        // The decoder wants Adobe's segment to be told that there is nothing to transform.
        picture.color = jpeg::Color::AdobeCmyk;
    }
    let stream = jpeg::write(&picture, None, budget)?;
    drop(picture);
    let mut raster = decode(&stream, (width, height), color, coding, budget)?;
    drop(stream);
    if let Some(conversion) = changes.conversion {
        conversion.raster(&mut raster)?;
    }
    raster = changes.turn.apply(raster, budget)?;
    if changes.turn != Orientation::Upright {
        // Blocks and chroma begin elsewhere now: coded as before they would lose as much once more.
        quantisers = quantisers.map(|table| Box::new(table.map(|value| (value * 2).div_ceil(3))));
        sampling = (1, 1);
    }
    if changes.turn.swaps_sides() {
        density = Density { x: density.y, y: density.x, ..density };
        quantisers = quantisers.map(|table| Box::new(transposed(&table)));
    }
    if changes.scrub {
        // Finer quantisers move every coefficient off the place where a message was put.
        raster::add_noise(&mut raster);
        quantisers = quantisers.map(|table| Box::new(table.map(|value| (value * 7 / 8).max(1))));
    }
    Ok(Image::Samples { raster, settings: JpegSettings { quantisers, sampling, density, profile } })
}

fn transposed(table: &[u16; 64]) -> [u16; 64] {
    std::array::from_fn(|place| table.get(place % 8 * 8 + place / 8).copied().unwrap_or(1))
}

/// Decodes a stream of the engine's own making: the decoder never meets one of the input.
fn decode(
    stream: &[u8],
    (width, height): (u32, u32),
    color: Color,
    coding: jpeg::Color,
    budget: &Budget,
) -> Result<Raster, Error> {
    budget.check()?;
    let size = Raster::row_bytes(width, color, 8) * u64::from(height);
    let mut samples = budget.reserve(size)?;
    samples.resize(usize::try_from(size).unwrap_or(usize::MAX), 0);
    let wanted = match coding {
        jpeg::Color::Grey => ColorSpace::Luma,
        jpeg::Color::YCbCr | jpeg::Color::Rgb => ColorSpace::RGB,
        jpeg::Color::Ycck => ColorSpace::YCCK,
        jpeg::Color::Cmyk | jpeg::Color::AdobeCmyk => ColorSpace::CMYK,
        jpeg::Color::Unknown => return Err(Error::Unsupported("a JPEG of unknown colours")),
    };
    let options = DecoderOptions::default()
        .set_max_width(65_535)
        .set_max_height(65_535)
        .jpeg_set_out_colorspace(wanted);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(stream), options);
    decoder.decode_headers().map_err(|_| UNREAD)?;
    if decoder.output_buffer_size() != Some(samples.len()) {
        return Err(UNREAD);
    }
    decoder.decode_into(&mut samples).map_err(|_| UNREAD)?;
    match coding {
        jpeg::Color::AdobeCmyk => samples.iter_mut().for_each(|sample| *sample = 255 - *sample),
        jpeg::Color::Ycck => samples.as_chunks_mut::<4>().0.iter_mut().for_each(ycck_to_cmyk),
        _ => (),
    }
    Ok(Raster { width, height, color, bits: 8, samples })
}

/// Factors of sampling that no encoder uses are beyond the decoder.
const UNREAD: Error = Error::Unsupported("a JPEG of rare sampling that has to be turned or converted");

/// Adobe's YCCK holds inverted inks; what JFIF would call red is then cyan, the right way round.
fn ycck_to_cmyk(pixel: &mut [u8; 4]) {
    let [luma, blue, red, black] = *pixel;
    let (luma, blue, red) = (i32::from(luma), i32::from(blue) - 128, i32::from(red) - 128);
    let fixed = |value: i32| ((value + 32_768) >> 16).clamp(0, 255) as u8;
    *pixel = [
        fixed((luma << 16) + 91_881 * red),
        fixed((luma << 16) - 22_554 * blue - 46_802 * red),
        fixed((luma << 16) + 116_130 * blue),
        255 - black,
    ];
}
