//! Image → bytes: screen, palette, repetition, frames, trailer.

use super::model::{Frame, Image};
use crate::{budget::Budget, bytes::Writer, error::Error};

/// Writes the image.
pub(super) fn write(image: &Image, budget: &Budget) -> Result<Vec<u8>, Error> {
    // Beside its stream a frame has a byte for each sub-block, and less than a kilobyte.
    let streams: u64 = image.frames.iter().map(|frame| frame.stream.len() as u64 / 255 * 256 + 1_024).sum();
    let mut output = Writer::onto(budget.output(streams + 1_024)?);
    output.bytes(b"GIF89a");
    output.u16_le(image.width);
    output.u16_le(image.height);
    output.u8(if image.palette.is_empty() { 0x70 } else { 0xf0 | size_flag(&image.palette) });
    output.u8(image.background);
    output.u8(image.aspect);
    output.bytes(&image.palette);
    if let Some(plays) = image.plays {
        output.bytes(b"\x21\xff\x0bNETSCAPE2.0\x03\x01");
        output.u16_le(plays);
        output.u8(0);
    }
    for frame in &image.frames {
        write_frame(frame, &mut output);
    }
    output.u8(b';');
    Ok(output.into_bytes())
}

/// The size of a colour table as its flags say it: the power of two, less one.
fn size_flag(palette: &[u8]) -> u8 {
    ((palette.len() / 3).max(2).ilog2() - 1) as u8
}

fn write_frame(frame: &Frame, output: &mut Writer) {
    if frame.delay != 0 || frame.dispose != 0 || frame.transparent.is_some() {
        output.bytes(&[0x21, 0xf9, 4]);
        output.u8(frame.dispose << 2 | u8::from(frame.transparent.is_some()));
        output.u16_le(frame.delay);
        output.u8(frame.transparent.unwrap_or(0));
        output.u8(0);
    }
    output.u8(0x2c);
    for number in [frame.left, frame.top, frame.width, frame.height] {
        output.u16_le(number);
    }
    let interlaced = u8::from(frame.interlaced) << 6;
    match &frame.palette {
        Some(palette) => {
            output.u8(0x80 | interlaced | size_flag(palette));
            output.bytes(palette);
        }
        None => output.u8(interlaced),
    }
    output.u8(frame.code_size);
    for block in frame.stream.chunks(255) {
        output.u8(block.len() as u8);
        output.bytes(block);
    }
    output.u8(0);
}
