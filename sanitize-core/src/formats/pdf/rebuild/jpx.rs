//! Pictures of JPEG 2000 (ITU T.800). How many pieces a picture is cut into is paid for before it is decoded: the
//! headers cost nothing, and the decoder makes something for each.

use super::image::Samples;
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    limits::Resource,
};

/// What the decoder holds for a tile, precinct or code-block, in bytes.
const PIECE: u64 = 128;
/// Start of codestream and the marker behind it.
const START: [u8; 4] = [0xFF, 0x4F, 0xFF, 0x51];
/// Start of data.
const SOD: u8 = 0x93;
/// Start of a tile-part.
const SOT: u8 = 0x90;
/// Coding style.
const COD: u8 = 0x52;
/// Coding style of a component.
const COC: u8 = 0x53;

/// The samples of a picture; `None` where it cannot be decoded. Where they are `indexed` into a palette of the
/// document, a palette that the picture may have is not asked (ISO 32000-1, 7.4.9).
pub(super) fn samples(bytes: &[u8], indexed: bool, budget: &Budget) -> Result<Option<Samples>, Error> {
    let pieces = pieces(bytes);
    budget.objects(pieces)?;
    budget.expand(pieces.saturating_mul(PIECE))?;
    let settings = hayro_jpeg2000::DecodeSettings {
        resolve_palette_indices: !indexed,
        ..hayro_jpeg2000::DecodeSettings::default()
    };
    let Ok(image) = hayro_jpeg2000::Image::new(bytes, &settings) else { return Ok(None) };
    let (width, height) = (image.width(), image.height());
    let pixels = budget.pixels(width, height, 8)?;
    let alpha = image.has_alpha();
    let colors = u32::from(image.color_space().num_channels());
    let channels = u64::from(colors) + u64::from(alpha);
    budget.expand(pixels.saturating_mul(channels))?;
    // Every channel is held in 32 bits, and one more while it is made: no larger than any other picture may become.
    if pixels.saturating_mul(4 * (channels + 1)) > budget.limits().buffer_bytes {
        return Err(budget.trip(Resource::BufferBytes));
    }
    let space = match colors {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        4 => "DeviceCMYK",
        _ => return Ok(None),
    };
    let mut context = hayro_jpeg2000::DecoderContext::default();
    let Ok(decoded) = image.decode(&mut context) else { return Ok(None) };
    let channels = decoded.components().len();
    let mut all = decoded.data_u8();
    if indexed {
        let depth = decoded.components().first().map_or(8, |component| component.bit_depth());
        unscale(&mut all, depth);
    }
    let colors = colors as usize;
    if channels != colors + usize::from(alpha) || all.len() as u64 != pixels.saturating_mul(channels as u64) {
        return Ok(None);
    }
    let (bytes, alpha) = if alpha {
        let mut plain = Vec::with_capacity(all.len());
        let mut mask = Vec::new();
        for pixel in all.chunks(channels) {
            plain.extend_from_slice(pixel.get(..colors).unwrap_or_default());
            mask.extend(pixel.get(colors));
        }
        (plain, Some(mask))
    } else {
        (all, None)
    };
    Ok(Some(Samples { width, height, bits: 8, colors: colors as u32, bytes, alpha, space: Some(space) }))
}

/// Samples as they were before the decoder spread them over eight bits.
fn unscale(samples: &mut [u8], depth: u8) {
    let most = (1_u32 << depth.clamp(1, 8)) - 1;
    for sample in samples {
        *sample = ((u32::from(*sample) * most + 127) / 255) as u8;
    }
}

/// The tiles, precincts and code-blocks of the codestream, or of the worst one where there seem to be several.
fn pieces(bytes: &[u8]) -> u64 {
    let starts = memchr::memmem::find_iter(bytes, &START).take(16);
    starts.filter_map(|at| of_codestream(bytes.get(at + START.len()..)?).ok()).max().unwrap_or(0)
}

/// The finest division that any header of a codestream asks for.
#[derive(Clone, Copy)]
struct Division {
    /// Resolutions of a component.
    resolutions: u64,
    /// Width and height of precincts and of code-blocks, as powers of two.
    precinct: (u32, u32),
    block: (u32, u32),
}

impl Division {
    /// Takes the parameters that coding styles share (A.6.1, table A.15).
    fn take(&mut self, body: &mut Reader<'_>, has_precincts: bool) -> Result<(), Error> {
        let [levels, width, height, _, _] = body.array("coding style")?;
        self.resolutions = self.resolutions.max(u64::from(levels.min(32)) + 1);
        self.block.0 = self.block.0.min(u32::from(width & 15) + 2);
        self.block.1 = self.block.1.min(u32::from(height & 15) + 2);
        for _ in 0..if has_precincts { u32::from(levels.min(32)) + 1 } else { 0 } {
            let size = body.u8("precinct size")?;
            self.precinct.0 = self.precinct.0.min(u32::from(size & 15));
            self.precinct.1 = self.precinct.1.min(u32::from(size >> 4));
        }
        Ok(())
    }
}

/// The pieces of a codestream, from the length of its SIZ segment on.
fn of_codestream(stream: &[u8]) -> Result<u64, Error> {
    let mut reader = Reader::new(stream);
    let length = usize::from(reader.u16_be("segment length")?);
    let mut size = Reader::new(reader.take(length.saturating_sub(2), "picture size")?);
    size.u16_be("capabilities")?;
    let [right, bottom, left, top, tile_width, tile_height, tile_left, tile_top] =
        [(); 8].map(|()| size.u32_be("picture size").unwrap_or(0)).map(u64::from);
    let components = u64::from(size.u16_be("components")?);
    if tile_width == 0 || tile_height == 0 {
        return Err(malformed("tile size", 0));
    }
    let tiles = right.saturating_sub(tile_left).div_ceil(tile_width)
        * bottom.saturating_sub(tile_top).div_ceil(tile_height);
    let division = division(&mut reader, components > 256);
    let ((wide, high), (width, height)) = (division.precinct, division.block);
    // Precincts are of a resolution, code-blocks of its subbands, which are half as wide and high (B.7).
    let block = width.min(wide.saturating_sub(1)) + height.min(high.saturating_sub(1));
    // All resolutions together have a third more samples than the largest.
    let samples = right.saturating_sub(left).saturating_mul(bottom.saturating_sub(top)).saturating_mul(4) / 3;
    let of_component = (samples >> (wide + high))
        .saturating_add(samples >> block)
        .saturating_add(tiles.saturating_mul(4 * division.resolutions));
    Ok(of_component.saturating_mul(components))
}

/// The finest division of all headers, as far as they can be read.
fn division(reader: &mut Reader<'_>, wide_numbers: bool) -> Division {
    let mut division = Division { resolutions: 1, precinct: (15, 15), block: (10, 10) };
    // A decoder fails where this does.
    let _ended = headers(reader, wide_numbers, &mut division);
    division
}

fn headers(reader: &mut Reader<'_>, wide_numbers: bool, division: &mut Division) -> Result<(), Error> {
    // Where the tile-part at hand ends.
    let mut end = None;
    loop {
        let at = reader.position();
        let [_, marker] = reader.array("marker")?;
        if marker == SOD {
            let end = end.take().filter(|end| *end > at).ok_or_else(|| malformed("tile-part", at as u64))?;
            reader.seek(end, "tile-part")?;
            continue;
        }
        let length = usize::from(reader.u16_be("segment length")?);
        let mut body = Reader::new(reader.take(length.saturating_sub(2), "segment")?);
        match marker {
            SOT => {
                body.u16_be("tile number")?;
                let length = body.u32_be("tile-part length")? as usize;
                end = Some(at.saturating_add(length));
            }
            COD => {
                let [style, _, _, _, _] = body.array("coding style")?;
                division.take(&mut body, style & 1 != 0)?;
            }
            COC => {
                body.take(if wide_numbers { 2 } else { 1 }, "component number")?;
                let style = body.u8("coding style")?;
                division.take(&mut body, style & 1 != 0)?;
            }
            _ => (),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A codestream of one component, with one tile-part that has a coding style of its own.
    fn stream(side: u32, tile: u32, main: &[u8], own: &[u8]) -> Vec<u8> {
        let mut stream = START.to_vec();
        stream.extend_from_slice(&[0, 41, 0, 0]);
        for value in [side, side, 0, 0, tile, tile, 0, 0] {
            stream.extend_from_slice(&value.to_be_bytes());
        }
        stream.extend_from_slice(&[0, 1, 7, 1, 1]);
        let style = |sizes: &[u8]| {
            let mut style = vec![0xFF, COD, 0, 12 + sizes.len() as u8, u8::from(!sizes.is_empty())];
            style.extend_from_slice(&[0, 0, 1, 0, 5, 4, 4, 0, 0]);
            style.extend_from_slice(sizes);
            style
        };
        stream.extend_from_slice(&style(main));
        let own = if own.is_empty() { Vec::new() } else { style(own) };
        stream.extend_from_slice(&[0xFF, SOT, 0, 10, 0, 0, 0, 0, 0, 14 + own.len() as u8, 0, 1]);
        stream.extend_from_slice(&own);
        stream.extend_from_slice(&[0xFF, SOD, 0xFF, 0xD9]);
        stream
    }

    #[test]
    fn pieces_are_counted_in_every_header() {
        assert!(pieces(&stream(3_000, 3_000, &[], &[])) < 4_000);
        assert!(pieces(&stream(2_400, 1, &[], &[])) > 5_000_000, "tiles of one sample");
        assert!(pieces(&stream(3_000, 3_000, &[0x11; 6], &[])) > 3_000_000, "precincts of four samples");
        assert!(pieces(&stream(3_000, 3_000, &[], &[0x11; 6])) > 3_000_000, "of one tile");
        let decoy = [stream(10, 10, &[], &[]), stream(2_400, 1, &[], &[])].concat();
        assert!(pieces(&decoy) > 5_000_000, "behind another");
        for end in 0..80 {
            pieces(stream(9, 9, &[], &[]).get(..end).unwrap_or_default());
        }
    }
}
