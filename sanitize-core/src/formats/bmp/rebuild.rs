//! Bitmap → image.

use super::{
    model::Image,
    parse::{FILE_HEADER, FileHeader, Headers},
    threats,
};
use crate::{
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Detail, Spot},
    toolkits::{
        exif,
        icc::{self, Meaning},
        raster::{self, Color, Dib, DibError, DibProfile, Os2Bitmap, Os2Element, Os2File, Os2Kind, Raster},
    },
};

pub(super) fn rebuild(input: &[u8], headers: &Headers, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let (bitmap, dib) = match headers {
        Headers::Single(header) => {
            let bitmap = input.get(FILE_HEADER..).unwrap_or_default();
            let dib = match raster::read_dib(bitmap, header.pixels, false, ctx.budget()) {
                Ok(dib) => dib,
                Err(DibError::Dimensions) => {
                    return Err(ctx.refuse(&threats::DIMENSIONS, FILE_HEADER as u64));
                }
                Err(DibError::Nested) => return Err(ctx.refuse(&threats::STRUCTURE, FILE_HEADER as u64)),
                Err(DibError::Other(error)) => return Err(error),
            };
            leftovers(bitmap, header, &dib, ctx)?;
            (bitmap, dib)
        }
        // OS/2's headers have no profiles.
        Headers::Array(file) => (&[][..], best(input, file, ctx)?),
    };
    let Dib { mut raster, mut palette, mut density, profile, .. } = dib;
    convert(bitmap, profile, &mut raster, &mut palette, ctx)?;

    let per_inch = |per_metre: u32| f64::from(per_metre) * 0.0254;
    if density != (0, 0) && exif::sane((per_inch(density.0), per_inch(density.1))).is_none() {
        ctx.replaced(&threats::DENSITY, FILE_HEADER as u64, None)?;
        density = (0, 0);
    }
    let mut scrubbed = false;
    if ctx.switches().scrub_pictures {
        scrubbed = raster::add_noise(&mut raster);
        for (place, byte) in palette.iter_mut().enumerate() {
            let noisy = (*byte & !1) | raster::noise(*byte >> 1, place);
            scrubbed |= noisy != *byte;
            *byte = noisy;
        }
    }
    let mut hidden = raster::clear_hidden_colors(&mut raster);
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
        hidden |= raster::clear_hidden_palette(&mut palette, &[], &used);
    }
    if hidden {
        ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
    }
    if scrubbed {
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    Ok(Image { raster, palette, density })
}

/// The bitmap with the most pixels, and of those the deepest: the others are the same picture for lesser screens.
fn best(input: &[u8], file: &Os2File, ctx: &mut Ctx<'_>) -> Result<Dib, Error> {
    if let Some(offset) = file.broken_chain {
        ctx.removed(&threats::STRUCTURE, offset as u64)?;
    }
    let mut ranges = file.ranges.clone();
    let mut pixels = 0_u64;
    let mut best: Option<(&Os2Element, Dib)> = None;
    for element in &file.elements {
        let (width, height) = raster::os2_size(input, element);
        pixels = pixels.saturating_add(u64::from(width) * u64::from(height));
        if pixels > ctx.budget().limits().pixels {
            return Err(ctx.refuse(&threats::DIMENSIONS, element.offset as u64));
        }
        let read = match element.kind {
            Os2Kind::Bitmap => raster::read_os2_bitmap(input, element, ctx.budget()),
            Os2Kind::Icon | Os2Kind::Pointer => {
                Err(malformed("kind of bitmap", element.offset as u64).into())
            }
        };
        let dropped = match read {
            Ok(Os2Bitmap { dib, ranges: taken, .. }) => {
                ranges.extend(taken);
                let rank = |dib: &Dib| {
                    let Raster { width, height, ref color, bits, .. } = dib.raster;
                    (u64::from(width) * u64::from(height), color.channels() * usize::from(bits))
                };
                if best.as_ref().is_none_or(|(_, best)| rank(&dib) > rank(best)) {
                    best.replace((element, dib)).map(|(element, _)| element)
                } else {
                    Some(element)
                }
            }
            Err(DibError::Other(error @ Error::Limit(_))) => return Err(error),
            Err(_) => Some(element),
        };
        if let Some(element) = dropped {
            ctx.removed(&threats::STRUCTURE, element.offset as u64)?;
        }
    }
    let (has_gaps, end) = raster::uncovered(ranges);
    if has_gaps {
        ctx.removed(&threats::STRUCTURE, FILE_HEADER as u64)?;
    }
    let trailing = input.get(end..).unwrap_or_default();
    if trailing.len() > 3 || trailing.iter().any(|byte| *byte != 0) {
        ctx.removed(threats::trailing(trailing), end as u64)?;
    }
    best.map(|(_, dib)| dib).ok_or_else(|| malformed("bitmap array", 0))
}

/// Bytes that are neither header, palette, pixels nor profile.
fn leftovers(bitmap: &[u8], header: &FileHeader, dib: &Dib, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    if header.pixels.is_some_and(|start| start > dib.pixels_by_layout) {
        ctx.removed(&threats::STRUCTURE, (FILE_HEADER + dib.pixels_by_layout) as u64)?;
    }
    let mut end = dib.end;
    if let DibProfile::Linked { offset, length } | DibProfile::Embedded { offset, length } = dib.profile
        && offset >= end
    {
        end = offset.saturating_add(length);
    }
    let trailing = bitmap.get(end..).unwrap_or_default();
    // Run-length rows may be filled to four bytes.
    if trailing.len() > 3 || trailing.iter().any(|byte| *byte != 0) {
        ctx.removed(threats::trailing(trailing), (FILE_HEADER + end) as u64)?;
    }
    Ok(())
}

/// BMP has no profile of the engine's: everything becomes sRGB.
fn convert(
    bitmap: &[u8],
    profile: DibProfile,
    raster: &mut Raster,
    palette: &mut [u8],
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    match profile {
        DibProfile::None => Ok(()),
        DibProfile::Linked { offset, length } => {
            let path = bitmap.get(offset..offset.saturating_add(length.min(260))).unwrap_or_default();
            let path = String::from_utf8_lossy(path);
            ctx.removed_with(
                &threats::LINKED_PROFILE,
                (FILE_HEADER + offset) as u64,
                Detail::url(path.trim_end_matches('\0')),
            )
        }
        DibProfile::Embedded { offset, length } => {
            ctx.replaced(&threats::ICC, (FILE_HEADER + offset) as u64, None)?;
            let bytes = bitmap.get(offset..offset.saturating_add(length)).unwrap_or_default();
            let Some(meaning) = icc::read(bytes, raster.color) else { return Ok(()) };
            let conversion = match meaning {
                Meaning::Srgb => return Ok(()),
                Meaning::Wide(wide) => icc::Conversion::to_srgb_from(wide),
                Meaning::Convert(conversion) => conversion.into_srgb(),
            };
            if raster.color == Color::Indexed {
                conversion.palette(palette)
            } else {
                conversion.raster(raster)
            }
        }
    }
}
