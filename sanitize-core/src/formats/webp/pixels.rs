//! Where samples have to change: pictures are decoded from a container that holds nothing else, and coded anew.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::{
    compose::Canvas,
    model::{Content, File, Frame, Image, Picture},
    parse::{self, Streams},
    threats, write,
};
use crate::{
    budget::Budget,
    bytes::Writer,
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Detail, Spot},
    toolkits::{
        icc::{self, Meaning},
        jpeg::Density,
        raster::{self, Color, JpegSettings, Orientation, Raster},
        vp8l,
    },
};

/// Decodes a picture.
pub(super) fn decode(picture: &Streams<'_>, budget: &Budget) -> Result<Raster, Error> {
    let Streams { width, height, image, .. } = *picture;
    let mut body = Writer::new();
    if let Some(alpha) = picture.alpha {
        write::extended(&mut body, 0x10, width, height);
        write::chunk(&mut body, b"ALPH", &[alpha.body]);
    }
    write::chunk(&mut body, &image.kind, &[image.body]);
    let file = write::riff(&body);
    let wrong = || malformed("picture", image.offset);
    budget.check()?;
    let mut decoder = WebPDecoder::new(Cursor::new(file.as_slice())).map_err(|_| wrong())?;
    decoder.set_memory_limit(usize::try_from(budget.limits().buffer_bytes).unwrap_or(usize::MAX));
    if decoder.dimensions() != (width, height) {
        return Err(wrong());
    }
    let color = if decoder.has_alpha() { Color::Rgba } else { Color::Rgb };
    let size = decoder.output_buffer_size().ok_or_else(wrong)?;
    let mut samples = budget.reserve(size as u64)?;
    samples.resize(size, 0);
    decoder.read_image(&mut samples).map_err(|_| wrong())?;
    Ok(Raster { width, height, color, bits: 8, samples })
}

/// The VP8L stream of a raster, in the form the engine writes.
pub(super) fn vp8l(raster: &Raster, budget: &Budget) -> Result<Vec<u8>, Error> {
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
    let stream = stream.ok_or(Error::Internal("WebP encoder wrote no stream"))?;
    vp8l::Stream::read(stream, vp8l::Kind::Picture, budget)?.write(budget)
}

/// A raster as a lossless picture; alpha that is full everywhere is left out.
pub(super) fn lossless(mut raster: Raster, budget: &Budget) -> Result<Picture, Error> {
    if raster.color == Color::Rgba && raster.samples.iter().skip(3).step_by(4).all(|alpha| *alpha == 255) {
        raster = without_alpha(raster);
    }
    let has_alpha = raster.color.has_alpha();
    Ok(Picture::Lossless { stream: vp8l(&raster, budget)?, has_alpha })
}

/// A raster of full alpha without it.
pub(super) fn without_alpha(raster: Raster) -> Raster {
    let pixels = raster.samples.as_chunks::<4>().0.iter();
    let samples = pixels.flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
    Raster { color: Color::Rgb, samples, ..raster }
}

/// A still picture whose samples change, of one that was lossy or not.
pub(super) fn still(
    mut picture: Raster,
    lossy: bool,
    meaning: Option<Meaning>,
    turn: Option<(Orientation, u64)>,
    ctx: &mut Ctx<'_>,
) -> Result<Image, Error> {
    let space = match meaning {
        Some(Meaning::Wide(wide)) => Some(wide),
        Some(Meaning::Convert(conversion)) => {
            conversion.raster(&mut picture)?;
            conversion.target()
        }
        Some(Meaning::Srgb) | None => None,
    };
    if let Some((turn, offset)) = turn {
        ctx.replaced(&threats::ORIENTATION, offset, None)?;
        picture = turn.apply(picture, ctx.budget())?;
    }
    clean(&mut picture, ctx)?;
    let opaque = !picture.color.has_alpha() || picture.samples.iter().skip(3).step_by(4).all(|a| *a == 255);
    if !lossy || !opaque {
        let canvas = (picture.width, picture.height);
        let content = Content::Still(lossless(picture, ctx.budget())?);
        return Ok(Image::Webp(File { canvas, space, content }));
    }
    if picture.color.has_alpha() {
        picture = without_alpha(picture);
    }
    ctx.replaced(&threats::VP8L, Spot::Here, Detail::name("jpeg"))?;
    let settings = JpegSettings {
        quantisers: raster::standard_quantisers(92),
        sampling: (2, 2),
        density: Density { units: 0, x: 1, y: 1 },
        profile: space.map(icc::Wide::bytes).transpose()?,
    };
    Ok(Image::Jpeg { raster: picture, settings })
}

fn clean(picture: &mut Raster, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    if ctx.switches().scrub_pictures && raster::add_noise(picture) {
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    if raster::clear_hidden_colors(picture) {
        ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
    }
    Ok(())
}

/// Each frame as it is seen, of which only what changed is written.
pub(super) fn animation(
    frames: &[parse::Frame<'_>],
    mut canvas: Canvas,
    plays: u16,
    meaning: Option<&Meaning>,
    ctx: &mut Ctx<'_>,
) -> Result<Image, Error> {
    let mut shown: Option<Raster> = None;
    let mut written = Vec::new();
    for frame in frames {
        ctx.budget().check()?;
        canvas.show(frame, ctx.budget())?;
        let mut picture = canvas.picture.clone();
        match meaning {
            Some(Meaning::Convert(conversion)) => conversion.raster(&mut picture)?,
            Some(Meaning::Wide(wide)) => icc::Conversion::to_srgb_from(*wide).raster(&mut picture)?,
            _ => (),
        }
        clean(&mut picture, ctx)?;
        let (left, top, width, height) = match &shown {
            Some(before) => changed(before, &picture),
            None => (0, 0, picture.width, picture.height),
        };
        // Replaces what it covers, and stays.
        let (blends, disposes, duration) = (false, false, frame.duration);
        let part = lossless(cut(&picture, left, top, width, height), ctx.budget())?;
        written.push(Frame { left, top, width, height, duration, blends, disposes, picture: part });
        shown = Some(picture);
    }
    let size = (canvas.picture.width, canvas.picture.height);
    Ok(Image::Webp(File { canvas: size, space: None, content: Content::Animated { plays, frames: written } }))
}
/// The smallest rectangle from an even place that holds every difference; one pixel where there is none.
fn changed(before: &Raster, after: &Raster) -> (u32, u32, u32, u32) {
    let stride = after.stride().max(1);
    let size = after.pixel_bytes();
    let rows = || before.samples.chunks_exact(stride).zip(after.samples.chunks_exact(stride));
    let differs = |(a, b): (&[u8], &[u8])| a != b;
    let Some(top) = rows().position(differs) else { return (0, 0, 1, 1) };
    let bottom = rows().rposition(differs).unwrap_or(top);
    let (mut left, mut right) = (usize::MAX, 0);
    for (a, b) in rows().skip(top).take(bottom - top + 1) {
        let mut columns = a.chunks_exact(size).zip(b.chunks_exact(size));
        left = left.min(columns.position(differs).unwrap_or(usize::MAX));
        let last = a.chunks_exact(size).zip(b.chunks_exact(size)).rposition(differs);
        right = right.max(last.unwrap_or(0));
    }
    let (left, top) = (left & !1, top & !1);
    (left as u32, top as u32, (right - left + 1) as u32, (bottom - top + 1) as u32)
}

fn cut(picture: &Raster, left: u32, top: u32, width: u32, height: u32) -> Raster {
    let size = picture.pixel_bytes();
    let (from, length) = (left as usize * size, width as usize * size);
    let rows = picture.samples.chunks_exact(picture.stride().max(1)).skip(top as usize).take(height as usize);
    let samples = rows.filter_map(|row| row.get(from..from + length)).flatten().copied().collect();
    Raster { width, height, samples, ..*picture }
}
