//! Image → bytes.

use super::model::{Content, File, Image, Picture};
use crate::{budget::Budget, bytes::Writer, error::Error, toolkits::raster};

/// Writes the image.
pub(super) fn write(image: &Image, budget: &Budget) -> Result<Vec<u8>, Error> {
    match image {
        Image::Webp(file) => webp(file),
        Image::Jpeg { raster, settings } => raster::encode_jpeg(raster, settings, budget),
    }
}

fn webp(file: &File) -> Result<Vec<u8>, Error> {
    let mut body = Writer::new();
    let (width, height) = file.canvas;
    let profile = if file.space.is_some() { 0x20 } else { 0 };
    let flags = match &file.content {
        // A lossless stream says by itself whether it has alpha.
        Content::Still(Picture::Lossless { .. }) if profile == 0 => 0,
        Content::Still(picture) => profile | if picture.has_alpha() { 0x10 } else { 0 },
        Content::Animated { frames, .. } => {
            let alpha = if frames.iter().any(|frame| frame.picture.has_alpha()) { 0x10 } else { 0 };
            2 | alpha | profile
        }
    };
    if flags != 0 {
        extended(&mut body, flags, width, height);
    }
    if let Some(wide) = file.space {
        chunk(&mut body, b"ICCP", &[&wide.bytes()?]);
    }
    match &file.content {
        Content::Still(still) => picture(&mut body, still),
        Content::Animated { plays, frames } => {
            // The background is transparent; readers that show another choose it themselves.
            chunk(&mut body, b"ANIM", &[&[0; 4], &plays.to_le_bytes()]);
            for frame in frames {
                let mut header = Vec::with_capacity(16);
                for number in
                    [frame.left / 2, frame.top / 2, frame.width - 1, frame.height - 1, frame.duration]
                {
                    header.extend_from_slice(u24(number).as_slice());
                }
                header.push(u8::from(frame.disposes) | u8::from(!frame.blends) << 1);
                let mut inside = Writer::new();
                picture(&mut inside, &frame.picture);
                chunk(&mut body, b"ANMF", &[&header, inside.as_slice()]);
            }
        }
    }
    Ok(riff(&body))
}

fn picture(output: &mut Writer, picture: &Picture) {
    match picture {
        Picture::Lossy { alpha, stream } => {
            if let Some(alpha) = alpha {
                chunk(output, b"ALPH", &[alpha]);
            }
            chunk(output, b"VP8 ", &[stream]);
        }
        Picture::Lossless { stream, .. } => chunk(output, b"VP8L", &[stream]),
    }
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
