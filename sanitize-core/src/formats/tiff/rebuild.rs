//! Directories → pages, by allow-list; one page at a time.

use super::{
    decode::{self, Layout},
    model::{Alpha, Density, Numbers, Page, Pixels},
    parse::{Directory, File},
    strips, threats,
};
use crate::{
    budget::Budget,
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Action, Detail, Spot},
    toolkits::{
        exif,
        icc::{self, Meaning},
        raster::{self, Color, Orientation, Raster},
    },
};

/// Bytes of the samples of all pages together.
const ALL_PAGES: u64 = 2 << 30;

/// Rebuilds every page and gives each to `write`, so that only one is in memory.
pub(super) fn rebuild(
    input: &[u8],
    file: &File<'_>,
    ctx: &mut Ctx<'_>,
    mut write: impl FnMut(Page, &Budget) -> Result<(), Error>,
) -> Result<(), Error> {
    if let Some(offset) = file.broken_chain {
        ctx.removed(&threats::DIRECTORIES, offset)?;
    }
    let mut end = file.end as u64;
    let mut pages: Vec<(&Directory<'_>, Layout)> = Vec::new();
    let mut total = 0_u64;
    for directory in &file.directories {
        tags(directory, ctx)?;
        let budget = ctx.budget();
        let kind = directory.number(254, budget)?.unwrap_or(0);
        let layout = decode::layout(directory, file.big_endian, budget);
        if kind & 5 != 0 && !pages.is_empty() {
            // A smaller copy of a page, or a mask over one.
            end = end.max(layout.map_or(0, |layout| layout.end()));
            ctx.removed(if kind & 1 != 0 { &threats::THUMBNAIL } else { &threats::PAGES }, directory.offset)?;
            continue;
        }
        let layout = layout?;
        if matches!(layout.photometric, 32_803 | 34_892) || directory.bytes(50_706).is_some() {
            return Err(ctx.refuse(&threats::RAW, directory.offset));
        }
        if !raster::fits(budget.limits(), layout.width, layout.height, layout.bits_per_pixel()) {
            return Err(ctx.refuse(&threats::DIMENSIONS, directory.offset));
        }
        total = total.saturating_add(layout.size());
        if total > ALL_PAGES {
            return Err(ctx.refuse(&threats::DIMENSIONS, directory.offset));
        }
        if directory.number(259, budget)? == Some(6) {
            return Err(ctx.refuse(&threats::DIRECTORIES, directory.offset));
        }
        end = end.max(layout.end());
        pages.push((directory, layout));
    }
    if pages.is_empty() {
        return Err(malformed("no page", 4));
    }
    let trailing = usize::try_from(end).ok().and_then(|end| input.get(end..)).unwrap_or_default();
    if trailing.len() > 3 {
        ctx.removed(threats::trailing(trailing), end)?;
    }
    if let [_, (second, _), ..] = pages.as_slice()
        && ctx.choose_with(
            &threats::PAGES,
            second.offset,
            Detail::excerpt(&format!("{} pages", pages.len())),
        )? != Action::Keep
    {
        pages.truncate(1);
    }
    for (directory, layout) in &pages {
        write(page(input, directory, layout, ctx)?, ctx.budget())?;
    }
    Ok(())
}

/// Reports every tag that is not carried over. Those that say how the samples are laid out are used up.
fn tags(directory: &Directory<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    for entry in &directory.entries {
        let threat = match entry.tag {
            254..=259
            | 262
            | 266
            | 273
            | 274
            | 277..=284
            | 292
            | 293
            | 296
            | 297
            | 317
            | 318..=325
            | 327
            | 328
            | 338
            | 339
            | 347
            | 529..=532 => continue,
            330 => &threats::DIRECTORIES,
            34_665 | 34_853 | 40_965 => &threats::EXIF,
            700 => &threats::XMP,
            33_723 | 34_377 | 37_724 => &threats::IPTC,
            // Reported where it is read.
            34_675 => continue,
            513 | 514 => &threats::THUMBNAIL,
            _ => &threats::TAGS,
        };
        ctx.removed_with(threat, directory.offset, Detail::name(&entry.tag.to_string()))?;
    }
    Ok(())
}

fn page(input: &[u8], directory: &Directory<'_>, layout: &Layout, ctx: &mut Ctx<'_>) -> Result<Page, Error> {
    let budget = ctx.budget();
    let numbers = match directory.number(339, budget)?.unwrap_or(1) {
        2 => Numbers::Signed,
        3 => Numbers::Float,
        _ => Numbers::Unsigned,
    };
    if layout.is_widened() && numbers != Numbers::Unsigned {
        return Err(Error::Unsupported("signed samples of this depth"));
    }
    let base = match layout.photometric {
        0 | 1 | 3 | 4 => 1,
        2 | 6 | 8 | 9 => 3,
        5 => 4,
        _ => return Err(Error::Unsupported("a TIFF colour space this engine does not read")),
    };
    if layout.channels < base {
        return Err(malformed("samples of a pixel", directory.offset));
    }
    let extra = directory.numbers(338, budget)?;
    let alpha = match (base, layout.channels > base, extra.first()) {
        (1 | 3, true, Some(1)) if layout.photometric != 3 => Alpha::Associated,
        (1 | 3, true, Some(2)) if layout.photometric != 3 => Alpha::Unassociated,
        _ => Alpha::None,
    };
    let kept = base + usize::from(alpha != Alpha::None);
    let color = match (layout.photometric, alpha) {
        (3, _) => Color::Indexed,
        (5, _) => Color::Cmyk,
        (0 | 1 | 4, Alpha::None) => Color::Grey,
        (0 | 1 | 4, _) => Color::GreyAlpha,
        (_, Alpha::None) => Color::Rgb,
        _ => Color::Rgba,
    };
    let bits = layout.bits;
    let mut palette = palette(directory, color, bits, budget)?;
    let meaning = profile(directory, color, bits, ctx)?;
    let mut density = density(directory, ctx)?;
    let turn = directory.number(274, ctx.budget())?.and_then(|value| Orientation::from_tag(value as u32));
    let turn = turn.unwrap_or_default();
    let converts = matches!(meaning, Some(Meaning::Convert(_))) && color != Color::Indexed;
    if turn == Orientation::Upright
        && !converts
        && !ctx.switches().scrub_pictures
        && layout.channels == base
        && let Some(strips) = strips::kept(input, layout, directory.bytes(347), ctx.budget())?
    {
        let space = convert(meaning, None, &mut palette)?;
        if color == Color::Indexed && raster::clear_hidden_palette(&mut palette, &[], &strips.symbols) {
            ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
        }
        let pixels = Pixels::Strips(strips.strips);
        let (width, height) = (layout.width, layout.height);
        return Ok(Page { width, height, color, bits, pixels, palette, alpha, numbers, density, space });
    }
    let samples = decode::samples(input, layout, directory.bytes(347), ctx.budget())?;
    let samples = if kept == layout.channels { samples } else { narrowed(&samples, layout, kept)? };
    let mut raster = Raster { width: layout.width, height: layout.height, color, bits, samples };
    clear_filling(&mut raster);
    match layout.photometric {
        0 => inverted(&mut raster),
        6 if !layout.is_jpeg() => ycc_to_rgb(&mut raster)?,
        8 | 9 => {
            // The white is that of print unless a tag says that of screens.
            let white = match directory.fraction(318) {
                Some((x, one)) if one > 0 && f64::from(x) / f64::from(one) < 0.33 => D65,
                _ => D50,
            };
            lab_to_rgb(&mut raster, layout.photometric == 9, &white)?;
        }
        _ => (),
    }
    let space = convert(meaning, Some(&mut raster), &mut palette)?;
    if turn != Orientation::Upright {
        ctx.replaced(&threats::ORIENTATION, directory.offset, None)?;
        raster = turn.apply(raster, ctx.budget())?;
        if turn.swaps_sides() {
            density =
                density.map(|density| Density { across: density.down, down: density.across, ..density });
        }
    }
    clean(&mut raster, &mut palette, ctx)?;
    let Raster { width, height, color, bits, samples } = raster;
    let pixels = Pixels::Samples(samples);
    Ok(Page { width, height, color, bits, pixels, palette, alpha, numbers, density, space })
}

fn clean(raster: &mut Raster, palette: &mut [u8], ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let mut scrubbed = false;
    if ctx.switches().scrub_pictures && raster.bits <= 16 {
        scrubbed = raster::add_noise(raster);
        for (place, byte) in palette.iter_mut().enumerate() {
            let noisy = (*byte & !1) | raster::noise(*byte >> 1, place);
            scrubbed |= noisy != *byte;
            *byte = noisy;
        }
    }
    let mut hidden = raster.bits <= 16 && raster::clear_hidden_colors(raster);
    if raster.color == Color::Indexed {
        let mut used = [false; 256];
        for row in raster.samples.chunks_exact(raster.stride().max(1)) {
            for index in raster::packed(row, raster.bits.min(8)).take(raster.width as usize) {
                if let Some(used) = used.get_mut(usize::from(index)) {
                    *used = true;
                }
            }
        }
        hidden |= raster::clear_hidden_palette(palette, &[], &used);
    }
    if hidden {
        ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
    }
    if scrubbed {
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    Ok(())
}

/// Leaves out the samples behind the first `kept` of each pixel.
fn narrowed(samples: &[u8], layout: &Layout, kept: usize) -> Result<Vec<u8>, Error> {
    let bytes = usize::from(layout.bits / 8);
    if bytes == 0 {
        return Err(Error::Unsupported("extra samples of fewer than 8 bits"));
    }
    let pixels = samples.chunks_exact(bytes * layout.channels);
    Ok(pixels.filter_map(|pixel| pixel.get(..bytes * kept)).flatten().copied().collect())
}

/// Zeroes the bits that fill the last byte of each row: nobody sees what stands there.
fn clear_filling(raster: &mut Raster) {
    let used = raster.width as usize * raster.color.channels() * usize::from(raster.bits) % 8;
    let stride = raster.stride().max(1);
    if used != 0 {
        for row in raster.samples.chunks_exact_mut(stride) {
            if let Some(last) = row.last_mut() {
                *last &= !(0xff_u8 >> used);
            }
        }
    }
}

fn inverted(raster: &mut Raster) {
    let step = usize::from(raster.bits / 8).max(1);
    let pixel = if raster.bits < 8 { 1 } else { raster.pixel_bytes() };
    for pixel in raster.samples.chunks_exact_mut(pixel) {
        if let Some(grey) = pixel.get_mut(..step) {
            grey.iter_mut().for_each(|byte| *byte = !*byte);
        }
    }
    clear_filling(raster);
}

fn ycc_to_rgb(raster: &mut Raster) -> Result<(), Error> {
    if raster.color != Color::Rgb || raster.bits != 8 {
        return Err(Error::Unsupported("YCbCr of this depth"));
    }
    for pixel in raster.samples.as_chunks_mut::<3>().0 {
        let [luma, blue, red] = pixel.map(i32::from);
        let (blue, red) = (blue - 128, red - 128);
        let fixed = |value: i32| ((value + 32_768) >> 16).clamp(0, 255) as u8;
        *pixel = [
            fixed((luma << 16) + 91_881 * red),
            fixed((luma << 16) - 22_554 * blue - 46_802 * red),
            fixed((luma << 16) + 116_130 * blue),
        ];
    }
    Ok(())
}

/// CIE L*a*b* to sRGB of the same depth. In TIFF's own coding a* and b* are signed; in that of ICC their
/// zero is in the middle, and with 16 bits the scale of L* ends at 0xff00.
fn lab_to_rgb(raster: &mut Raster, is_icc: bool, white: &White) -> Result<(), Error> {
    let pixel = raster.pixel_bytes();
    match (raster.color, raster.bits) {
        (Color::Rgb | Color::Rgba, 8) => {
            for pixel in raster.samples.chunks_exact_mut(pixel) {
                let Some(([light, a, b], _)) = pixel.split_first_chunk_mut::<3>() else { continue };
                let side = |value: u8| if is_icc { f64::from(value) - 128.0 } else { f64::from(value as i8) };
                let colors = white.color(f64::from(*light) * 100.0 / 255.0, side(*a), side(*b));
                [*light, *a, *b] = colors.map(|value| (value * 255.0).round() as u8);
            }
        }
        (Color::Rgb | Color::Rgba, 16) => {
            for pixel in raster.samples.chunks_exact_mut(pixel) {
                let Some((lab, _)) = pixel.split_first_chunk_mut::<6>() else { continue };
                let [l0, l1, a0, a1, b0, b1] = *lab;
                let side = |value: [u8; 2]| {
                    let signed = f64::from(i16::from_be_bytes(value)) / 256.0;
                    if is_icc { f64::from(u16::from_be_bytes(value)) / 256.0 - 128.0 } else { signed }
                };
                let whole = if is_icc { 65_280.0 } else { 65_535.0 };
                let light = f64::from(u16::from_be_bytes([l0, l1])) * 100.0 / whole;
                let colors = white.color(light, side([a0, a1]), side([b0, b1]));
                let [red, green, blue] =
                    colors.map(|value| ((value * 65_535.0).round() as u16).to_be_bytes());
                *lab = [red[0], red[1], green[0], green[1], blue[0], blue[1]];
            }
        }
        _ => return Err(Error::Unsupported("L*a*b* of this depth")),
    }
    Ok(())
}

/// The white that L*a*b* is relative to, and the way from there to the linear colours of sRGB.
struct White {
    white: [f64; 3],
    to_rgb: [[f64; 3]; 3],
}

const D50: White = White {
    white: [0.9642, 1.0, 0.8249],
    to_rgb: [
        [3.133_856_1, -1.616_866_7, -0.490_614_6],
        [-0.978_768_4, 1.916_141_5, 0.033_454],
        [0.071_945_3, -0.228_991_4, 1.405_242_7],
    ],
};

const D65: White = White {
    white: [0.950_47, 1.0, 1.088_83],
    to_rgb: [
        [3.240_454_2, -1.537_138_5, -0.498_531_4],
        [-0.969_266, 1.876_010_8, 0.041_556],
        [0.055_643_4, -0.204_025_9, 1.057_225_2],
    ],
};

impl White {
    /// Red, green and blue of sRGB from 0 to 1.
    fn color(&self, light: f64, a: f64, b: f64) -> [f64; 3] {
        let fy = (light + 16.0) / 116.0;
        let (fx, fz) = (fy + a / 500.0, fy - b / 200.0);
        let part = |f: f64| if f > 6.0 / 29.0 { f * f * f } else { (f - 4.0 / 29.0) * 108.0 / 841.0 };
        let [x0, y0, z0] = self.white;
        let (x, y, z) = (part(fx) * x0, part(fy) * y0, part(fz) * z0);
        self.to_rgb.map(|[by_x, by_y, by_z]| {
            let value = (by_x * x + by_y * y + by_z * z).clamp(0.0, 1.0);
            if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }
        })
    }
}

fn palette(directory: &Directory<'_>, color: Color, bits: u8, budget: &Budget) -> Result<Vec<u8>, Error> {
    if color != Color::Indexed {
        return Ok(Vec::new());
    }
    if bits > 8 {
        return Err(Error::Unsupported("a palette of more than 256 colours"));
    }
    let entries = 1_usize << bits;
    let map = directory.numbers(320, budget)?;
    if map.len() < entries * 3 {
        return Err(malformed("colour map", directory.offset));
    }
    // Some writers put bytes where the format has 16 bits.
    let shift = if map.iter().all(|value| *value < 256) { 0 } else { 8 };
    let at = |plane: usize, entry: usize| {
        map.get(plane * entries + entry).map_or(0, |value| (value >> shift) as u8)
    };
    Ok((0..entries).flat_map(|entry| [at(0, entry), at(1, entry), at(2, entry)]).collect())
}

/// What the colour profile means for samples of this kind. Reported unless it is the engine's own.
fn profile(
    directory: &Directory<'_>,
    color: Color,
    bits: u8,
    ctx: &mut Ctx<'_>,
) -> Result<Option<Meaning>, Error> {
    let Some(bytes) = directory.bytes(34_675) else { return Ok(None) };
    if let Some(own) = icc::Wide::owning(bytes) {
        return Ok(Some(Meaning::Wide(own)));
    }
    ctx.replaced(&threats::ICC, directory.offset, None)?;
    // L*a*b* and numbers have colours, or none, of their own.
    if bits > 16 || matches!(directory.number(262, ctx.budget())?, Some(8 | 9)) {
        return Ok(None);
    }
    let converts = color == Color::Indexed || bits == 8 || (bits == 16 && color != Color::Cmyk);
    Ok(icc::read(bytes, color).filter(|meaning| converts || !matches!(meaning, Meaning::Convert(_))))
}

/// Converts the palette, or the samples where there are any, and says what they mean then.
fn convert(
    meaning: Option<Meaning>,
    raster: Option<&mut Raster>,
    palette: &mut [u8],
) -> Result<Option<icc::Wide>, Error> {
    match meaning {
        Some(Meaning::Wide(wide)) => Ok(Some(wide)),
        Some(Meaning::Convert(conversion)) => {
            match raster {
                Some(raster) if raster.color != Color::Indexed => conversion.raster(raster)?,
                _ => conversion.palette(palette)?,
            }
            Ok(conversion.target())
        }
        Some(Meaning::Srgb) | None => Ok(None),
    }
}

fn density(directory: &Directory<'_>, ctx: &mut Ctx<'_>) -> Result<Option<Density>, Error> {
    let (Some(across), Some(down)) = (directory.fraction(282), directory.fraction(283)) else {
        return Ok(None);
    };
    let unit = directory.number(296, ctx.budget())?.unwrap_or(2);
    let per_inch = if unit == 3 { 2.54 } else { 1.0 };
    let value = |(above, below): (u32, u32)| f64::from(above) / f64::from(below.max(1)) * per_inch;
    let sane = across.1 != 0
        && down.1 != 0
        && (unit == 1 || exif::sane((value(across), value(down))).is_some())
        && across.0 != 0
        && down.0 != 0;
    if !sane || !(1..=3).contains(&unit) {
        ctx.replaced(&threats::DENSITY, directory.offset, None)?;
        return Ok(None);
    }
    Ok(Some(Density { across, down, unit: unit as u16 }))
}
