//! Image → bytes.

use super::model::{Animation, Image};
use crate::{
    budget::Budget,
    bytes::Writer,
    error::Error,
    toolkits::{
        icc::Wide,
        raster::{self, Color, Raster},
    },
};

/// Writes the image.
pub(super) fn write(image: &Image, budget: &Budget) -> Result<Vec<u8>, Error> {
    match image {
        Image::Still { raster, space } => still(raster, *space),
        Image::Animated(animation) => Ok(animated(animation)),
        Image::Jpeg { raster, settings } => raster::encode_jpeg(raster, settings, budget),
    }
}

/// The VP8L stream of a raster.
pub(super) fn vp8l(raster: &Raster) -> Result<Vec<u8>, Error> {
    let color = match raster.color {
        Color::Rgb => image_webp::ColorType::Rgb8,
        Color::Rgba => image_webp::ColorType::Rgba8,
        _ => return Err(Error::Internal("a WebP has no such colour")),
    };
    let mut file = Vec::new();
    image_webp::WebPEncoder::new(&mut file)
        .encode(&raster.samples, raster.width, raster.height, color)
        .map_err(|_| Error::Unsupported("a picture larger than WebP can hold"))?;
    // The encoder writes a simple file of one chunk.
    let length = file.get(16..20).and_then(|length| length.try_into().ok()).map(u32::from_le_bytes);
    let stream = length.and_then(|length| file.get(20..)?.get(..length as usize));
    stream.map(<[u8]>::to_vec).ok_or(Error::Internal("WebP encoder wrote no stream"))
}

fn still(raster: &Raster, space: Option<Wide>) -> Result<Vec<u8>, Error> {
    let mut body = Writer::new();
    if let Some(wide) = space {
        extended(
            &mut body,
            0x20 | if raster.color.has_alpha() { 0x10 } else { 0 },
            raster.width,
            raster.height,
        );
        chunk(&mut body, b"ICCP", &[&wide.bytes()?]);
    }
    chunk(&mut body, b"VP8L", &[&vp8l(raster)?]);
    Ok(riff(&body))
}

fn animated(animation: &Animation) -> Vec<u8> {
    let mut body = Writer::new();
    let alpha = if animation.has_alpha { 0x10 } else { 0 };
    extended(&mut body, 2 | alpha, animation.width, animation.height);
    // The background is transparent; readers that show another choose it themselves.
    chunk(&mut body, b"ANIM", &[&[0; 4], &animation.plays.to_le_bytes()]);
    for frame in &animation.frames {
        let mut header = Vec::with_capacity(16);
        for number in [frame.left / 2, frame.top / 2, frame.width - 1, frame.height - 1, frame.duration] {
            header.extend_from_slice(u24(number).as_slice());
        }
        // Replaces what it covers, and stays.
        header.push(2);
        let mut picture = Writer::new();
        chunk(&mut picture, b"VP8L", &[&frame.stream]);
        chunk(&mut body, b"ANMF", &[&header, picture.as_slice()]);
    }
    riff(&body)
}

fn u24(number: u32) -> [u8; 3] {
    let [low, middle, high, _] = number.to_le_bytes();
    [low, middle, high]
}

/// The chunk that says what an extended file holds.
pub(super) fn extended(output: &mut Writer, flags: u8, width: u32, height: u32) {
    chunk(output, b"VP8X", &[&[flags, 0, 0, 0], &u24(width - 1), &u24(height - 1)]);
}

/// One chunk, filled to an even length.
pub(super) fn chunk(output: &mut Writer, kind: &[u8; 4], body: &[&[u8]]) {
    let length: usize = body.iter().map(|part| part.len()).sum();
    output.bytes(kind);
    output.u32_le(length as u32);
    body.iter().for_each(|part| output.bytes(part));
    if length % 2 == 1 {
        output.u8(0);
    }
}

/// A file of these chunks.
pub(super) fn riff(body: &Writer) -> Vec<u8> {
    let mut output = Writer::onto(Vec::with_capacity(body.len() + 12));
    output.bytes(b"RIFF");
    output.u32_le(body.len() as u32 + 4);
    output.bytes(b"WEBP");
    output.bytes(body.as_slice());
    output.into_bytes()
}
