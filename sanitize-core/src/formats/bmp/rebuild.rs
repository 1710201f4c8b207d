//! Bitmap → image.

use super::{
    model::Image,
    parse::{FILE_HEADER, FileHeader},
    threats,
};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    report::{Detail, Spot},
    toolkits::{
        exif,
        icc::{self, Meaning},
        raster::{self, Color, Dib, DibError, DibProfile, DibUse, Raster},
    },
};

pub(super) fn rebuild(header: &FileHeader<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let dib = match raster::read_dib(header.bitmap, header.pixels, DibUse::File, ctx.budget()) {
        Ok(dib) => dib,
        Err(DibError::Dimensions) => return Err(ctx.refuse(&threats::DIMENSIONS, FILE_HEADER as u64)),
        Err(DibError::Nested) => return Err(ctx.refuse(&threats::STRUCTURE, FILE_HEADER as u64)),
        Err(DibError::Other(error)) => return Err(error),
    };
    leftovers(header, &dib, ctx)?;
    let Dib { mut raster, mut palette, mut density, profile, .. } = dib;
    convert(header, profile, &mut raster, &mut palette, ctx)?;

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

/// Bytes that are neither header, palette, pixels nor profile.
fn leftovers(header: &FileHeader<'_>, dib: &Dib, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    if header.pixels.is_some_and(|start| start > dib.pixels_by_layout) {
        ctx.removed(&threats::STRUCTURE, (FILE_HEADER + dib.pixels_by_layout) as u64)?;
    }
    let mut end = dib.end;
    if let DibProfile::Linked { offset, length } | DibProfile::Embedded { offset, length } = dib.profile
        && offset >= end
    {
        end = offset.saturating_add(length);
    }
    let trailing = header.bitmap.get(end..).unwrap_or_default();
    // Run-length rows may be filled to four bytes.
    if trailing.len() > 3 || trailing.iter().any(|byte| *byte != 0) {
        ctx.removed(threats::trailing(trailing), (FILE_HEADER + end) as u64)?;
    }
    Ok(())
}

/// BMP has no profile of the engine's: everything becomes sRGB.
fn convert(
    header: &FileHeader<'_>,
    profile: DibProfile,
    raster: &mut Raster,
    palette: &mut [u8],
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    match profile {
        DibProfile::None => Ok(()),
        DibProfile::Linked { offset, length } => {
            let path = header.bitmap.get(offset..offset.saturating_add(length.min(260))).unwrap_or_default();
            let path = String::from_utf8_lossy(path);
            ctx.removed_with(
                &threats::LINKED_PROFILE,
                (FILE_HEADER + offset) as u64,
                Detail::url(path.trim_end_matches('\0')),
            )
        }
        DibProfile::Embedded { offset, length } => {
            ctx.replaced(&threats::ICC, (FILE_HEADER + offset) as u64, None)?;
            let bytes = header.bitmap.get(offset..offset.saturating_add(length)).unwrap_or_default();
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
