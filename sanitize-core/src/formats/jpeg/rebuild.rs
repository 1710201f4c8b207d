//! Parts of the stream → image: what is reported, and whether the coefficients can stay as they are.

use super::{model::Image, pixels, threats};
use crate::{
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Detail, Spot},
    toolkits::{
        exif::{self, Exif},
        icc::{self, Meaning},
        jpeg::{self, Decoded, Density, Segment, SegmentKind},
        raster::{Color, Orientation},
    },
};

/// What the segments say about the picture.
#[derive(Default)]
struct Facts {
    exif: Exif,
    /// Of the segment that `exif` comes from.
    exif_offset: Option<u64>,
    /// Of the first piece of a colour profile.
    profile: Option<u64>,
    /// An index of further pictures was met.
    secondary: bool,
}

/// Takes the stream apart; `frame` is where its frame header stands.
pub(super) fn rebuild<'a>(input: &'a [u8], frame: u64, ctx: &mut Ctx<'_>) -> Result<Image<'a>, Error> {
    let mut picture = match jpeg::read(input, ctx.budget()) {
        Err(Error::Unsupported(_)) => return Err(ctx.refuse(&threats::SLOW, frame)),
        picture => picture?,
    };
    let color = samples(&picture).ok_or_else(|| malformed("components", frame))?;
    let mut facts = Facts::default();
    for segment in &picture.segments {
        report(segment, &mut facts, ctx)?;
    }
    if let Some(offset) = picture.trailing {
        let from = usize::try_from(offset).unwrap_or(usize::MAX);
        trailing(input.get(from..).unwrap_or_default(), offset, facts.secondary, ctx)?;
    }
    if picture.damaged {
        ctx.replaced(&threats::DAMAGED, frame, None)?;
    }
    picture.density = Some(density(&picture, &facts, ctx)?);

    let (profile, conversion) = match profile(&picture, &facts, color, ctx)? {
        Some(Meaning::Wide(wide)) => (Some(wide.bytes()?), None),
        Some(Meaning::Convert(conversion)) => {
            (conversion.target().map(icc::Wide::bytes).transpose()?, Some(conversion))
        }
        Some(Meaning::Srgb) | None => (None, None),
    };
    let turn = facts.exif.orientation.unwrap_or_default();
    if turn != Orientation::Upright {
        ctx.replaced(&threats::ORIENTATION, facts.exif_offset.unwrap_or(frame), None)?;
    }
    let scrub = ctx.switches().scrub_pictures;
    if scrub {
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    if conversion.is_none() && !scrub && picture.transform(turn, ctx.budget())? {
        return Ok(Image::Coefficients { picture, profile });
    }
    let changes = pixels::Changes { conversion: conversion.as_deref(), turn, scrub };
    pixels::image(picture, color, profile, &changes, ctx.budget())
}

/// What the samples of the picture are. Two components, or more than four, mean nothing to any reader.
fn samples(picture: &Decoded<'_>) -> Option<Color> {
    match picture.color {
        jpeg::Color::Grey => Some(Color::Grey),
        jpeg::Color::YCbCr | jpeg::Color::Rgb => Some(Color::Rgb),
        jpeg::Color::Cmyk | jpeg::Color::AdobeCmyk | jpeg::Color::Ycck => Some(Color::Cmyk),
        jpeg::Color::Unknown => None,
    }
}

/// Reports a segment, unless the picture or its density needs it.
fn report(segment: &Segment<'_>, facts: &mut Facts, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let offset = segment.offset;
    match segment.kind {
        SegmentKind::Jfif => {
            // Behind the fourteen bytes of the header stands a thumbnail.
            if segment.body.len() > 14 {
                ctx.removed(&threats::THUMBNAIL, offset)?;
            }
        }
        SegmentKind::Adobe => {
            if segment.body.len() > 12 {
                ctx.removed(&threats::SEGMENTS, offset)?;
            }
        }
        SegmentKind::Icc => match segment.body.len() {
            0..14 => ctx.removed(&threats::SEGMENTS, offset)?,
            _ => facts.profile = facts.profile.or(Some(offset)),
        },
        SegmentKind::Exif => {
            let exif = exif::read(segment.body.get(6..).unwrap_or_default());
            ctx.removed(&threats::EXIF, offset)?;
            if exif.has_thumbnail {
                ctx.removed(&threats::THUMBNAIL, offset)?;
            }
            if facts.exif_offset.is_none() {
                (facts.exif, facts.exif_offset) = (exif, Some(offset));
            }
        }
        SegmentKind::Jfxx => ctx.removed(&threats::THUMBNAIL, offset)?,
        SegmentKind::Xmp | SegmentKind::XmpExtension => ctx.removed(&threats::XMP, offset)?,
        SegmentKind::Mpf => {
            facts.secondary = true;
            ctx.removed(&threats::SECONDARY, offset)?;
        }
        SegmentKind::Jumbf => ctx.removed(&threats::C2PA, offset)?,
        SegmentKind::Photoshop => ctx.removed(&threats::IPTC, offset)?,
        SegmentKind::Comment => ctx.removed_with(&threats::SEGMENTS, offset, Detail::name("comment"))?,
        SegmentKind::Ducky | SegmentKind::Stray | SegmentKind::Other => {
            ctx.removed(&threats::SEGMENTS, offset)?;
        }
    }
    Ok(())
}

/// Reports what stands behind the end of the picture.
fn trailing(bytes: &[u8], offset: u64, secondary: bool, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let film = bytes.get(4..8) == Some(b"ftyp");
    let picture = bytes.windows(3).take(4_096).any(|start| start == [0xff, 0xd8, 0xff]);
    let other = secondary || film || picture;
    ctx.removed(if other { &threats::SECONDARY } else { threats::trailing(bytes) }, offset)
}

/// What the colour profile means. Reported unless it is the engine's own.
fn profile(
    picture: &Decoded<'_>,
    facts: &Facts,
    color: Color,
    ctx: &mut Ctx<'_>,
) -> Result<Option<Meaning>, Error> {
    let Some(offset) = facts.profile else { return Ok(None) };
    let bytes = assembled(picture);
    let own = bytes.as_deref().and_then(icc::Wide::owning).filter(|_| color == Color::Rgb);
    if let Some(own) = own {
        return Ok(Some(Meaning::Wide(own)));
    }
    ctx.replaced(&threats::ICC, offset, None)?;
    Ok(bytes.and_then(|bytes| icc::read(&bytes, color)))
}

/// The profile, if its pieces are all there, each once.
fn assembled(picture: &Decoded<'_>) -> Option<Vec<u8>> {
    let length: usize = picture.icc_chunks().map(|(_, _, piece)| piece.len()).sum();
    if length > icc::LARGEST {
        return None;
    }
    let mut sorted: Vec<_> = picture.icc_chunks().collect();
    sorted.sort_by_key(|(number, _, _)| *number);
    let whole = sorted.iter().enumerate().all(|(index, (number, count, _))| {
        usize::from(*number) == index + 1 && usize::from(*count) == sorted.len()
    });
    whole.then(|| sorted.iter().flat_map(|(_, _, piece)| piece.iter().copied()).collect())
}

/// The density that JFIF will state: JFIF's, else EXIF's, where a printer could have it.
fn density(picture: &Decoded<'_>, facts: &Facts, ctx: &mut Ctx<'_>) -> Result<Density, Error> {
    const NONE: Density = Density { units: 0, x: 1, y: 1 };
    let from_exif = facts.exif.density.map(|(across, down)| Density {
        units: 1,
        x: across.round() as u16,
        y: down.round() as u16,
    });
    let Some(Density { units, x, y }) = picture.density else { return Ok(from_exif.unwrap_or(NONE)) };
    let per_inch = if units == 2 { 2.54 } else { 1.0 };
    let sane = match units {
        0 => x > 0 && y > 0,
        1 | 2 => exif::sane((f64::from(x) * per_inch, f64::from(y) * per_inch)).is_some(),
        _ => false,
    };
    if !sane {
        ctx.replaced(&threats::DENSITY, Spot::Here, None)?;
        return Ok(from_exif.unwrap_or(NONE));
    }
    match (units, from_exif) {
        (0, Some(density)) => Ok(density),
        _ => Ok(Density { units, x, y }),
    }
}
