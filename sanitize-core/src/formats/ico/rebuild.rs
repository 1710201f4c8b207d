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
    toolkits::raster::{self, Color, Dib, DibError, Os2Bitmap, Os2File, Os2Kind},
};

/// What cleaning the pictures found.
#[derive(Default)]
struct Traces {
    hidden: bool,
    scrubbed: bool,
}

impl Traces {
    fn report(&self, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        if self.hidden {
            ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
        }
        if self.scrubbed {
            ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
        }
        Ok(())
    }
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
    traces.report(ctx)?;
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
    let dib = match raster::read_dib(entry.picture, None, true, ctx.budget()) {
        Ok(dib) => dib,
        Err(DibError::Dimensions) => return Err(ctx.refuse(&threats::DIMENSIONS, entry.offset)),
        Err(DibError::Other(limit @ Error::Limit(_))) => return Err(limit),
        Err(DibError::Nested | DibError::Other(_)) => return Ok(None),
    };
    if entry.picture.get(dib.end..).is_some_and(|behind| behind.iter().any(|byte| *byte != 0)) {
        ctx.removed(&threats::STRUCTURE, entry.offset + dib.end as u64)?;
    }
    picture(dib, entry.hot_spot, traces, ctx).map(Some)
}

/// Every icon or pointer of an OS/2 file, as one of Windows.
pub(super) fn rebuild_os2(input: &[u8], file: &Os2File, ctx: &mut Ctx<'_>) -> Result<Icon, Error> {
    if let Some(offset) = file.broken_chain {
        ctx.removed(&threats::STRUCTURE, offset as u64)?;
    }
    let mut ranges = file.ranges.clone();
    let mut pictures = Vec::new();
    let mut traces = Traces::default();
    let mut pixels = 0_u64;
    for element in &file.elements {
        let (width, height) = raster::os2_size(input, element);
        pixels = pixels.saturating_add(u64::from(width) * u64::from(height));
        if pixels > ctx.budget().limits().pixels {
            return Err(ctx.refuse(&threats::DIMENSIONS, element.offset as u64));
        }
        let read = match element.kind {
            Os2Kind::Icon | Os2Kind::Pointer => raster::read_os2_icon(input, element, ctx.budget()),
            Os2Kind::Bitmap => Err(malformed("kind of bitmap", element.offset as u64).into()),
        };
        match read {
            Ok(Os2Bitmap { dib, hot_spot, ranges: taken }) => {
                ranges.extend(taken);
                pictures.push(picture(dib, hot_spot, &mut traces, ctx)?);
            }
            Err(DibError::Other(limit @ Error::Limit(_))) => return Err(limit),
            Err(_) => ctx.removed(&threats::STRUCTURE, element.offset as u64)?,
        }
    }
    let (has_gaps, end) = raster::uncovered(ranges);
    if has_gaps {
        ctx.removed(&threats::STRUCTURE, 0_u64)?;
    }
    let trailing = input.get(end..).unwrap_or_default();
    if trailing.iter().any(|byte| *byte != 0) {
        ctx.removed(threats::trailing(trailing), end as u64)?;
    }
    traces.report(ctx)?;
    let is_cursor = file.elements.first().is_some_and(|element| element.kind == Os2Kind::Pointer);
    if pictures.is_empty() || pictures.len() > usize::from(u16::MAX) {
        return Err(malformed("no picture that can be read", 0));
    }
    Ok(Icon { is_cursor, pictures })
}

/// A bitmap with its mask, cleaned and written.
fn picture(dib: Dib, hot_spot: (u16, u16), traces: &mut Traces, ctx: &mut Ctx<'_>) -> Result<Picture, Error> {
    let Dib { mut raster, mut palette, mask, .. } = dib;
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
    let inside = u32::from(hot_spot.0) <= raster.width && u32::from(hot_spot.1) <= raster.height;
    let hot_spot = if inside { hot_spot } else { (0, 0) };
    Ok(Picture { width: raster.width, height: raster.height, bits, hot_spot, bytes })
}
