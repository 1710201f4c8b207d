//! Chunks → image: pictures are decoded from a container that holds nothing else, and coded anew.

use std::io::Cursor;

use image_webp::{LoopCount, WebPDecoder};

use super::{
    compose::Canvas,
    model::{Animation, Frame, Image},
    parse::{self, Chunk, Chunks},
    threats, write,
};
use crate::{
    bytes::Writer,
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Action, Detail, Spot},
    toolkits::{
        exif,
        icc::{self, Meaning},
        jpeg::Density,
        raster::{self, Color, JpegSettings, Orientation, Raster},
    },
};

pub(super) fn rebuild(chunks: &Chunks<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let mut kept: Vec<Chunk<'_>> = Vec::new();
    let (mut profile, mut turn) = (None, None);
    let extended = chunks.list.first().is_some_and(|chunk| chunk.kind == *b"VP8X");
    let (mut frames, mut has_picture) = (0_u64, false);
    for (index, chunk) in chunks.list.iter().enumerate() {
        let name = String::from_utf8_lossy(&chunk.kind).into_owned();
        let name = Detail::name(&name);
        match &chunk.kind {
            b"VP8X" if index == 0 => kept.push(*chunk),
            b"VP8 " | b"VP8L" if !has_picture && frames == 0 => {
                has_picture = true;
                kept.push(*chunk);
            }
            b"ALPH" if extended && !has_picture && frames == 0 => kept.push(*chunk),
            b"ANIM" if extended && frames == 0 => kept.push(*chunk),
            b"ANMF" if extended && !has_picture => {
                frames += 1;
                kept.push(*chunk);
            }
            b"ICCP" if extended && profile.is_none() => profile = Some(chunk),
            b"EXIF" => {
                let exif = exif::read(chunk.body.strip_prefix(b"Exif\0\0").unwrap_or(chunk.body));
                turn = exif
                    .orientation
                    .filter(|turn| *turn != Orientation::Upright)
                    .map(|turn| (turn, chunk.offset));
                ctx.removed(&threats::EXIF, chunk.offset)?;
                if exif.has_thumbnail {
                    ctx.removed(&threats::THUMBNAIL, chunk.offset)?;
                }
            }
            b"XMP " => ctx.removed(&threats::XMP, chunk.offset)?,
            b"C2PA" => ctx.removed(&threats::C2PA, chunk.offset)?,
            _ => ctx.removed_with(&threats::CHUNKS, chunk.offset, name)?,
        }
    }
    if !chunks.trailing.is_empty() {
        ctx.removed(threats::trailing(chunks.trailing), chunks.trailing_offset)?;
    }
    check_size(&kept, frames, ctx)?;
    let file = container(&kept, frames > 0);
    ctx.budget().check()?;
    let mut decoder = WebPDecoder::new(Cursor::new(file.as_slice())).map_err(|_| malformed("picture", 12))?;
    decoder.set_memory_limit(usize::try_from(ctx.budget().limits().buffer_bytes).unwrap_or(usize::MAX));
    let (width, height) = decoder.dimensions();
    if frames > 0 {
        let meaning = meaning(profile, Color::Rgba, ctx)?;
        let plays = match decoder.loop_count() {
            LoopCount::Forever => 0,
            LoopCount::Times(times) => times.get(),
        };
        let mut frames = kept.iter().filter(|chunk| chunk.kind == *b"ANMF");
        let mut canvas = Canvas::new(width, height, ctx.budget())?;
        if frames.clone().count() > 1 && ctx.choose(&threats::ANIMATION_ABUSE, Spot::Here)? == Action::Keep {
            return animation(frames, canvas, plays, meaning, ctx).map(Image::Animated);
        }
        if let Some(first) = frames.next() {
            canvas.show(first, ctx.budget())?;
        }
        return still(canvas.picture, decoder.is_lossy(), meaning, turn, ctx);
    }
    let color = if decoder.has_alpha() { Color::Rgba } else { Color::Rgb };
    let size = decoder.output_buffer_size().ok_or(malformed("size", 12))?;
    let mut samples = ctx.budget().reserve(size as u64)?;
    samples.resize(size, 0);
    let mut picture = Raster { width, height, color, bits: 8, samples };
    let meaning = meaning(profile, color, ctx)?;
    decoder.read_image(&mut picture.samples).map_err(|_| malformed("picture", 12))?;
    still(picture, decoder.is_lossy(), meaning, turn, ctx)
}

/// Every size that is stated is checked before anything is decoded.
fn check_size(kept: &[Chunk<'_>], frames: u64, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let limits = ctx.budget().limits();
    let canvas = kept.iter().find_map(parse::size).unwrap_or((0, 0));
    let mut pixels = 0_u64;
    for chunk in kept {
        if let Some((width, height)) = parse::size(chunk) {
            if !raster::fits(limits, width, height) {
                return Err(ctx.refuse(&threats::DIMENSIONS, chunk.offset));
            }
            // Frames are shown, and so composed, on the whole canvas.
            pixels += u64::from(canvas.0) * u64::from(canvas.1) * u64::from(chunk.kind == *b"ANMF");
        }
    }
    if frames > u64::from(limits.frames) || pixels > limits.pixels.saturating_mul(2) {
        return Err(ctx.refuse(&threats::ANIMATION_ABUSE, Spot::Here));
    }
    Ok(())
}

/// A file of the kept chunks alone, its flags saying what is there.
fn container(kept: &[Chunk<'_>], animated: bool) -> Vec<u8> {
    let mut body = Writer::new();
    for chunk in kept {
        match (&chunk.kind, chunk.body) {
            (b"VP8X", [flags, rest @ ..]) => {
                let flags = flags & 0x10 | if animated { 2 } else { 0 };
                write::chunk(&mut body, b"VP8X", &[&[flags], rest]);
            }
            (kind, bytes) => write::chunk(&mut body, kind, &[bytes]),
        }
    }
    write::riff(&body)
}

fn meaning(profile: Option<&Chunk<'_>>, color: Color, ctx: &mut Ctx<'_>) -> Result<Option<Meaning>, Error> {
    let Some(chunk) = profile else { return Ok(None) };
    if let Some(own) = icc::Wide::owning(chunk.body) {
        return Ok(Some(Meaning::Wide(own)));
    }
    ctx.replaced(&threats::ICC, chunk.offset, None)?;
    Ok(icc::read(chunk.body, color))
}

fn still(
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
    if picture.color == Color::Rgba && picture.samples.iter().skip(3).step_by(4).all(|alpha| *alpha == 255) {
        picture.samples = picture
            .samples
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|[red, green, blue, _]| [*red, *green, *blue])
            .collect();
        picture.color = Color::Rgb;
    }
    if !lossy || picture.color == Color::Rgba {
        return Ok(Image::Still { raster: picture, space });
    }
    ctx.replaced(&threats::LOSSY, Spot::Here, Detail::name("jpeg"))?;
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
fn animation<'a>(
    chunks: impl Iterator<Item = &'a Chunk<'a>>,
    mut canvas: Canvas,
    plays: u16,
    meaning: Option<Meaning>,
    ctx: &mut Ctx<'_>,
) -> Result<Animation, Error> {
    let mut shown: Option<Raster> = None;
    let mut frames = Vec::new();
    let mut has_alpha = false;
    for chunk in chunks {
        ctx.budget().check()?;
        let duration = canvas.show(chunk, ctx.budget())?;
        let mut picture = canvas.picture.clone();
        match &meaning {
            Some(Meaning::Convert(conversion)) => conversion.raster(&mut picture)?,
            Some(Meaning::Wide(wide)) => icc::Conversion::to_srgb_from(*wide).raster(&mut picture)?,
            _ => (),
        }
        clean(&mut picture, ctx)?;
        has_alpha |= picture.samples.iter().skip(3).step_by(4).any(|alpha| *alpha != 255);
        let (left, top, width, height) = match &shown {
            Some(before) => changed(before, &picture),
            None => (0, 0, picture.width, picture.height),
        };
        let part = cut(&picture, left, top, width, height);
        frames.push(Frame { left, top, width, height, duration, stream: write::vp8l(&part)? });
        shown = Some(picture);
    }
    Ok(Animation { width: canvas.picture.width, height: canvas.picture.height, has_alpha, plays, frames })
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
