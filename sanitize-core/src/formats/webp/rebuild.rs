//! Chunks → image: what is reported, and whether the symbols of its pictures can stay as they are.

use super::{
    compose::Canvas,
    model::{Content, File, Frame, Image},
    parse::{self, Chunk, Chunks, Streams},
    pixels, symbols, threats,
};
use crate::{
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Action, Detail, Spot},
    toolkits::{
        exif,
        icc::{self, Meaning},
        raster::{self, Color, Orientation},
    },
};

/// The chunks that make up the picture.
#[derive(Default)]
struct Kept<'a> {
    /// VP8X.
    extended: Option<Chunk<'a>>,
    alpha: Option<Chunk<'a>>,
    /// VP8 or VP8L.
    image: Option<Chunk<'a>>,
    animation: Option<Chunk<'a>>,
    frames: Vec<Chunk<'a>>,
    profile: Option<Chunk<'a>>,
    /// What EXIF says, and where.
    turn: Option<(Orientation, u64)>,
}

pub(super) fn rebuild(chunks: &Chunks<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let kept = kept(chunks, ctx)?;
    check_size(&kept, ctx)?;
    ctx.budget().check()?;
    let meaning = match &kept.profile {
        Some(profile) => meaning(profile, ctx)?,
        None => None,
    };
    if kept.frames.is_empty() {
        return still(&kept, meaning, ctx);
    }
    let canvas = kept.extended.as_ref().and_then(parse::size).ok_or(malformed("canvas", 12))?;
    let plays = kept.animation.and_then(|chunk| chunk.body.get(4..6)?.try_into().ok());
    let plays = u16::from_le_bytes(plays.ok_or(malformed("ANIM chunk", 12))?);
    let mut frames = Vec::with_capacity(kept.frames.len());
    for anmf in &kept.frames {
        frames.push(parse::frame(anmf, ctx.budget())?);
    }
    let animated = frames.len() > 1 && ctx.choose(&threats::ANIMATION_ABUSE, Spot::Here)? == Action::Keep;
    if !animated {
        frames.truncate(1);
    }
    for chunk in frames.iter().flat_map(|frame| &frame.others) {
        other(chunk, ctx)?;
    }
    let keeps_symbols = !ctx.switches().scrub_pictures && !matches!(meaning, Some(Meaning::Convert(_)));
    if animated && keeps_symbols {
        return animation(canvas, plays, &frames, meaning.as_ref(), ctx);
    }
    if animated {
        let shown = Canvas::new(canvas.0, canvas.1, ctx.budget())?;
        return pixels::animation(&frames, shown, plays, meaning.as_ref(), ctx);
    }
    let Some(first) = frames.first() else { return Err(malformed("frames", 12)) };
    let covers = (first.left, first.top, first.picture.width, first.picture.height);
    if covers == (0, 0, canvas.0, canvas.1) {
        return one(&first.picture, meaning, kept.turn, ctx);
    }
    let mut shown = Canvas::new(canvas.0, canvas.1, ctx.budget())?;
    shown.show(first, ctx.budget())?;
    pixels::still(shown.picture, first.picture.is_lossy(), meaning, kept.turn, ctx)
}

/// Sorts the chunks, and reports those that are not carried over.
fn kept<'a>(chunks: &Chunks<'a>, ctx: &mut Ctx<'_>) -> Result<Kept<'a>, Error> {
    let mut kept = Kept::default();
    for (index, chunk) in chunks.list.iter().enumerate() {
        let is_extended = kept.extended.is_some();
        let (has_image, is_animated) = (kept.image.is_some(), !kept.frames.is_empty());
        match &chunk.kind {
            b"VP8X" if index == 0 => kept.extended = Some(*chunk),
            b"VP8 " | b"VP8L" if !has_image && !is_animated => {
                kept.image = Some(*chunk);
                // A lossless picture has alpha of its own.
                if let Some(alpha) = kept.alpha.take_if(|_| chunk.kind == *b"VP8L") {
                    other(&alpha, ctx)?;
                }
            }
            b"ALPH" if is_extended && !has_image && !is_animated && kept.alpha.is_none() => {
                kept.alpha = Some(*chunk);
            }
            b"ANIM" if is_extended && !is_animated && kept.animation.is_none() => {
                kept.animation = Some(*chunk);
            }
            b"ANMF" if is_extended && !has_image => kept.frames.push(*chunk),
            b"ICCP" if is_extended && kept.profile.is_none() => kept.profile = Some(*chunk),
            b"EXIF" => {
                let exif = exif::read(chunk.body.strip_prefix(b"Exif\0\0").unwrap_or(chunk.body));
                kept.turn = exif
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
            _ => other(chunk, ctx)?,
        }
    }
    if !chunks.trailing.is_empty() {
        ctx.removed(threats::trailing(chunks.trailing), chunks.trailing_offset)?;
    }
    Ok(kept)
}

fn other(chunk: &Chunk<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let name = String::from_utf8_lossy(&chunk.kind).into_owned();
    ctx.removed_with(&threats::CHUNKS, chunk.offset, Detail::name(&name))
}

/// Every size that is stated is checked before anything is decoded.
fn check_size(kept: &Kept<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let limits = ctx.budget().limits();
    let canvas = kept.extended.as_ref().or(kept.image.as_ref()).and_then(parse::size).unwrap_or((0, 0));
    for chunk in kept.extended.iter().chain(&kept.image).chain(&kept.frames) {
        if parse::size(chunk).is_some_and(|(width, height)| !raster::fits(limits, width, height, 8)) {
            return Err(ctx.refuse(&threats::DIMENSIONS, chunk.offset));
        }
    }
    // Frames are shown, and so composed, on the whole canvas.
    let frames = kept.frames.len() as u64;
    let pixels = u64::from(canvas.0) * u64::from(canvas.1) * frames;
    if frames > u64::from(limits.frames) || pixels > limits.pixels.saturating_mul(2) {
        return Err(ctx.refuse(&threats::ANIMATION_ABUSE, Spot::Here));
    }
    Ok(())
}

fn meaning(profile: &Chunk<'_>, ctx: &mut Ctx<'_>) -> Result<Option<Meaning>, Error> {
    if let Some(own) = icc::Wide::owning(profile.body) {
        return Ok(Some(Meaning::Wide(own)));
    }
    ctx.replaced(&threats::ICC, profile.offset, None)?;
    Ok(icc::read(profile.body, Color::Rgb))
}

/// A file of one picture.
fn still(kept: &Kept<'_>, meaning: Option<Meaning>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let image = kept.image.ok_or(malformed("no picture", 12))?;
    let picture = Streams::new(kept.alpha, image)?;
    let canvas = kept.extended.as_ref().and_then(parse::size);
    if canvas.is_some_and(|canvas| canvas != (picture.width, picture.height)) {
        return Err(malformed("canvas", 12));
    }
    one(&picture, meaning, kept.turn, ctx)
}

fn one(
    streams: &Streams<'_>,
    meaning: Option<Meaning>,
    turn: Option<(Orientation, u64)>,
    ctx: &mut Ctx<'_>,
) -> Result<Image, Error> {
    let space = match &meaning {
        Some(Meaning::Wide(wide)) => Some(*wide),
        _ => None,
    };
    let changes = matches!(meaning, Some(Meaning::Convert(_))) || turn.is_some();
    if changes || ctx.switches().scrub_pictures {
        let raster = pixels::decode(streams, ctx.budget())?;
        return pixels::still(raster, streams.is_lossy(), meaning, turn, ctx);
    }
    let canvas = (streams.width, streams.height);
    Ok(Image::Webp(File { canvas, space, content: Content::Still(symbols::picture(streams, ctx)?) }))
}

/// The frames as they stand in the file.
fn animation(
    canvas: (u32, u32),
    plays: u16,
    frames: &[parse::Frame<'_>],
    meaning: Option<&Meaning>,
    ctx: &mut Ctx<'_>,
) -> Result<Image, Error> {
    let mut written = Vec::with_capacity(frames.len());
    for frame in frames {
        let (left, top, duration) = (frame.left, frame.top, frame.duration);
        let Streams { width, height, .. } = frame.picture;
        if left + width > canvas.0 || top + height > canvas.1 {
            return Err(malformed("frame", frame.offset));
        }
        let (blends, disposes) = (frame.blends, frame.disposes);
        let picture = symbols::picture(&frame.picture, ctx)?;
        written.push(Frame { left, top, width, height, duration, blends, disposes, picture });
    }
    let space = match meaning {
        Some(Meaning::Wide(wide)) => Some(*wide),
        _ => None,
    };
    Ok(Image::Webp(File { canvas, space, content: Content::Animated { plays, frames: written } }))
}
