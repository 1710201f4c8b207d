//! Directory → icon: every picture through its own reader, in the order of the directory.

use super::{
    model::{Icon, Picture},
    parse::{Directory, Entry},
    threats,
};
use crate::{
    bytes::Reader,
    engine::ctx::{Ctx, Nested},
    error::{Error, malformed},
    format,
    report::Spot,
    toolkits::raster::{self, Color, Dib, DibError, DibUse},
};

/// What cleaning the pictures found.
#[derive(Default)]
struct Traces {
    hidden: bool,
    scrubbed: bool,
}

pub(super) fn rebuild(input: &[u8], directory: &Directory<'_>, ctx: &mut Ctx<'_>) -> Result<Icon, Error> {
    for offset in &directory.missing {
        ctx.removed(&threats::STRUCTURE, *offset)?;
    }
    if directory.has_gaps {
        ctx.removed(&threats::STRUCTURE, 6_u64)?;
    }
    let trailing = input.get(directory.end..).unwrap_or_default();
    if !trailing.is_empty() {
        ctx.removed(threats::trailing(trailing), directory.end as u64)?;
    }
    let mut pictures = Vec::new();
    let mut traces = Traces::default();
    let mut pixels = 0;
    for (index, entry) in directory.entries.iter().enumerate() {
        let picture = if entry.picture.starts_with(b"\x89PNG") {
            png(index, entry, ctx)?
        } else {
            bitmap(entry, &mut traces, ctx)?
        };
        match picture {
            Some(picture) => {
                pixels += u64::from(picture.width) * u64::from(picture.height);
                if pixels > ctx.budget().limits().pixels {
                    return Err(ctx.refuse(&threats::DIMENSIONS, entry.offset));
                }
                pictures.push(picture);
            }
            None => ctx.removed(&threats::STRUCTURE, entry.offset)?,
        }
    }
    if traces.hidden {
        ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
    }
    if traces.scrubbed {
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    if pictures.is_empty() {
        return Err(malformed("no picture that can be read", 6));
    }
    Ok(Icon { is_cursor: directory.kind == 2, pictures })
}

fn png(index: usize, entry: &Entry<'_>, ctx: &mut Ctx<'_>) -> Result<Option<Picture>, Error> {
    let Nested::Rebuilt { bytes, format } = ctx.nested(&format!("{index}.png"), entry.picture)? else {
        return Ok(None);
    };
    if format != format::PNG {
        return Ok(None);
    }
    let bytes = bytes.into_bytes();
    let mut reader = Reader::new(&bytes);
    reader.seek(16, "header")?;
    let (width, height) = (reader.u32_be("width")?, reader.u32_be("height")?);
    let [depth, color] = reader.array("depth")?;
    if width > 65_535 || height > 65_535 {
        return Ok(None);
    }
    let channels = match color {
        2 => 3,
        4 => 2,
        6 => 4,
        _ => 1,
    };
    Ok(Some(Picture { width, height, bits: u16::from(depth) * channels, hot_spot: entry.hot_spot, bytes }))
}

fn bitmap(entry: &Entry<'_>, traces: &mut Traces, ctx: &mut Ctx<'_>) -> Result<Option<Picture>, Error> {
    let dib = match raster::read_dib(entry.picture, None, DibUse::Icon, ctx.budget()) {
        Ok(dib) => dib,
        Err(DibError::Dimensions) => return Err(ctx.refuse(&threats::DIMENSIONS, entry.offset)),
        Err(DibError::Other(limit @ Error::Limit(_))) => return Err(limit),
        Err(DibError::Nested | DibError::Other(_)) => return Ok(None),
    };
    let Dib { mut raster, mut palette, end, mask, .. } = dib;
    if entry.picture.get(end..).is_some_and(|behind| behind.iter().any(|byte| *byte != 0)) {
        ctx.removed(&threats::STRUCTURE, entry.offset + end as u64)?;
    }
    let mask = mask.unwrap_or_default();
    // Without any alpha the mask alone says what is seen.
    if raster.color == Color::Rgba && raster.samples.iter().skip(3).step_by(4).all(|alpha| *alpha == 0) {
        raster.samples = raster
            .samples
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
            .collect();
        raster.color = Color::Rgb;
    }
    if ctx.switches().scrub_pictures {
        traces.scrubbed |= raster::add_noise(&mut raster);
    }
    traces.hidden |= raster::clear_hidden_colors(&mut raster);
    if raster.color == Color::Indexed {
        let mut used = [false; 256];
        for row in raster.samples.chunks_exact(raster.stride().max(1)) {
            for index in raster::packed(row, raster.bits).take(raster.width as usize) {
                if let Some(used) = used.get_mut(usize::from(index)) {
                    *used = true;
                }
            }
        }
        palette.resize(3 << raster.bits, 0);
        traces.hidden |= raster::clear_hidden_palette(&mut palette, &[], &used);
    }
    let bits = raster.bits as u16 * raster.color.channels() as u16;
    let bytes = raster::write_dib(&raster, &palette, (0, 0), Some(&mask))?;
    let inside = u32::from(entry.hot_spot.0) <= raster.width && u32::from(entry.hot_spot.1) <= raster.height;
    let hot_spot = if inside { entry.hot_spot } else { (0, 0) };
    Ok(Some(Picture { width: raster.width, height: raster.height, bits, hot_spot, bytes }))
}
