//! Image → bytes: one fixed order of chunks.

use super::{
    model::{Image, Pictures, Space},
    parse::{FrameControl, SIGNATURE},
};
use crate::{
    error::Error,
    toolkits::{
        codec::flate::{self, Wrapper},
        raster::{Color, push_chunk},
    },
};

/// Writes the image.
pub(super) fn write(image: &Image) -> Result<Vec<u8>, Error> {
    let mut output = SIGNATURE.to_vec();
    let color = match image.header.color {
        Color::Grey => 0,
        Color::Rgb => 2,
        Color::Indexed => 3,
        Color::GreyAlpha => 4,
        Color::Rgba => 6,
        Color::Cmyk => return Err(Error::Internal("a PNG has no inks")),
    };
    let (width, height) = (image.header.width.to_be_bytes(), image.header.height.to_be_bytes());
    push_chunk(&mut output, b"IHDR", &[&width, &height, &[image.header.bits, color, 0, 0, 0]]);
    match image.space {
        Space::Unstated => (),
        Space::Srgb => push_chunk(&mut output, b"sRGB", &[&[0]]),
        Space::Wide(wide) => {
            let profile = flate::deflate(&wide.bytes()?, 9, Wrapper::Zlib)?;
            push_chunk(&mut output, b"iCCP", &[b"icc\0\0", &profile]);
        }
    }
    if let Some(density) = image.density {
        let (across, down) = (density.across.to_be_bytes(), density.down.to_be_bytes());
        push_chunk(&mut output, b"pHYs", &[&across, &down, &[u8::from(density.per_metre)]]);
    }
    if let Pictures::Animated { frames, plays, .. } = &image.pictures {
        let count = frames.len() as u32;
        push_chunk(&mut output, b"acTL", &[&count.to_be_bytes(), &plays.to_be_bytes()]);
    }
    if !image.palette.is_empty() {
        push_chunk(&mut output, b"PLTE", &[&image.palette]);
    }
    if !image.transparency.is_empty() {
        push_chunk(&mut output, b"tRNS", &[&image.transparency]);
    }
    pictures(&image.pictures, &mut output);
    push_chunk(&mut output, b"IEND", &[]);
    Ok(output)
}

fn pictures(pictures: &Pictures, output: &mut Vec<u8>) {
    let (fallback, frames) = match pictures {
        Pictures::Still(stream) => return push_chunk(output, b"IDAT", &[stream]),
        Pictures::Animated { fallback, frames, .. } => (fallback, frames),
    };
    if let Some(stream) = fallback {
        push_chunk(output, b"IDAT", &[stream]);
    }
    let mut sequence = 0_u32;
    for (index, (control, stream)) in frames.iter().enumerate() {
        push_control(output, sequence, control);
        sequence += 1;
        if index == 0 && fallback.is_none() {
            push_chunk(output, b"IDAT", &[stream]);
        } else {
            push_chunk(output, b"fdAT", &[&sequence.to_be_bytes(), stream]);
            sequence += 1;
        }
    }
}

fn push_control(output: &mut Vec<u8>, sequence: u32, control: &FrameControl) {
    let numbers = [sequence, control.width, control.height, control.x, control.y];
    let numbers: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
    let (above, below) = (control.delay.0.to_be_bytes(), control.delay.1.to_be_bytes());
    push_chunk(output, b"fcTL", &[&numbers, &above, &below, &[control.dispose, control.blend]]);
}
