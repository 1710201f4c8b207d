//! Blocks → image: the codes of frames are written anew; palettes lose the entries nobody sees.

use weezl::{BitOrder, LzwStatus, decode, encode};

use super::{
    model::{Frame, Image},
    parse::{Block, Blocks, Control, Picture},
    threats,
};
use crate::{
    budget::Budget,
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Action, Detail, Spot},
    toolkits::{
        lzw::{self, Rewritten},
        raster,
    },
};

pub(super) fn rebuild(blocks: Blocks<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let Blocks { screen, list, trailing, trailing_offset } = blocks;
    let mut control = Control::default();
    let mut pictures: Vec<(Control, Picture<'_>)> = Vec::new();
    let mut plays = None;
    for block in list {
        match block {
            Block::Control(found) => control = found,
            Block::Loop(count) => plays = plays.or(Some(count)),
            Block::Extension { label, application, offset } => {
                let threat = match application {
                    b"XMP DataXMP" => &threats::XMP,
                    b"ICCRGBG1012" => &threats::ICC,
                    _ => &threats::EXTENSIONS,
                };
                let name = if application.is_empty() {
                    format!("{label:#04x}")
                } else {
                    String::from_utf8_lossy(application).into_owned()
                };
                ctx.removed_with(threat, offset, Detail::name(&name))?;
            }
            Block::Picture(picture) => {
                if control.waits_for_input {
                    ctx.removed_with(&threats::EXTENSIONS, picture.offset, Detail::name("user input"))?;
                }
                if picture.width > 0 && picture.height > 0 {
                    pictures.push((control, picture));
                }
                control = Control::default();
            }
        }
    }
    if !trailing.is_empty() {
        ctx.removed(threats::trailing(trailing), trailing_offset)?;
    }
    let (width, height) = size(&screen.width, &screen.height, &pictures)?;
    check_size(width, height, &pictures, ctx)?;
    if let [_, (_, second), ..] = pictures.as_slice() {
        let offset = second.offset;
        if ctx.choose(&threats::ANIMATION_ABUSE, offset)? != Action::Keep {
            pictures.truncate(1);
            plays = None;
        }
    }

    let mut palette = screen.palette.unwrap_or_default().to_vec();
    let mut shown = [false; 256];
    let mut highest = 0;
    let mut traces = Traces::default();
    let mut frames = Vec::with_capacity(pictures.len());
    for (control, picture) in pictures {
        let Codes { code_size, stream, interlaced, mut seen, excess } = codes(&picture, ctx.budget())?;
        if excess {
            ctx.removed(&threats::TRAILING, picture.offset)?;
        }
        let last = seen.iter().rposition(|seen| *seen).unwrap_or(0);
        if let Some(seen) = control.transparent.and_then(|index| seen.get_mut(usize::from(index))) {
            *seen = false;
        }
        // Without any palette readers make up their own; grey is what most do.
        let grey = || (0..=255_u8).flat_map(|value| [value; 3]).collect();
        let own = match picture.palette {
            Some(own) => Some(own.to_vec()),
            None if palette.is_empty() => Some(grey()),
            None => None,
        };
        let own = match own {
            Some(mut own) => {
                clean(&mut own, last, &seen, &mut traces, ctx);
                Some(own)
            }
            None => {
                shown.iter_mut().zip(seen).for_each(|(shown, seen)| *shown |= seen);
                highest = highest.max(last);
                None
            }
        };
        frames.push(Frame {
            left: picture.left,
            top: picture.top,
            width: picture.width,
            height: picture.height,
            delay: control.delay,
            dispose: if control.dispose > 3 { 0 } else { control.dispose },
            transparent: control.transparent,
            palette: own,
            interlaced,
            code_size,
            stream,
        });
    }
    let entries = palette.len() / 3;
    let background = if usize::from(screen.background) < entries { screen.background } else { 0 };
    if !palette.is_empty() {
        // The background is seen where no frame is.
        if let Some(seen) = shown.get_mut(usize::from(background)) {
            *seen = true;
        }
        clean(&mut palette, highest, &shown, &mut traces, ctx);
    }
    if traces.hidden {
        ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
    }
    if traces.scrubbed {
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    Ok(Image { width, height, background, aspect: screen.aspect, palette, plays, frames })
}

/// The screen's size; where it states none, what the frames cover.
fn size(width: &u16, height: &u16, pictures: &[(Control, Picture<'_>)]) -> Result<(u16, u16), Error> {
    let right = pictures.iter().map(|(_, picture)| picture.left.saturating_add(picture.width)).max();
    let bottom = pictures.iter().map(|(_, picture)| picture.top.saturating_add(picture.height)).max();
    let (Some(right), Some(bottom)) = (right, bottom) else { return Err(malformed("no image", 13)) };
    Ok((if *width == 0 { right } else { *width }, if *height == 0 { bottom } else { *height }))
}

fn check_size(
    width: u16,
    height: u16,
    pictures: &[(Control, Picture<'_>)],
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    let limits = ctx.budget().limits();
    let fits = |width: u16, height: u16| raster::fits(limits, width.into(), height.into(), 8);
    if !fits(width, height) || !pictures.iter().all(|(_, picture)| fits(picture.width, picture.height)) {
        return Err(ctx.refuse(&threats::DIMENSIONS, 6_u64));
    }
    let area = |picture: &Picture<'_>| u64::from(picture.width) * u64::from(picture.height);
    let pixels: u64 = pictures.iter().map(|(_, picture)| area(picture)).sum();
    if pictures.len() as u64 > u64::from(limits.frames) || pixels > limits.pixels.saturating_mul(2) {
        return Err(ctx.refuse(&threats::ANIMATION_ABUSE, Spot::Here));
    }
    Ok(())
}

/// What cleaning palettes found.
#[derive(Default)]
struct Traces {
    hidden: bool,
    scrubbed: bool,
}

fn clean(palette: &mut Vec<u8>, highest: usize, shown: &[bool; 256], traces: &mut Traces, ctx: &Ctx<'_>) {
    // A colour table has a power of two of entries; indices behind it are black in readers that go on.
    let entries = (palette.len() / 3).max(highest + 1).next_power_of_two().clamp(2, 256);
    palette.resize(entries * 3, 0);
    if ctx.switches().scrub_pictures {
        for (place, byte) in palette.iter_mut().enumerate() {
            let scrubbed = (*byte & !1) | raster::noise(*byte >> 1, place);
            traces.scrubbed |= scrubbed != *byte && shown.get(place / 3) == Some(&true);
            *byte = scrubbed;
        }
    }
    traces.hidden |= raster::clear_hidden_palette(palette, &[], shown);
}

/// The frame's indices in rows from top to bottom, and whether its stream held more.
fn indices(picture: &Picture<'_>, budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    budget.check()?;
    let (width, height) = (usize::from(picture.width), usize::from(picture.height));
    let mut output = budget.reserve((width * height) as u64)?;
    output.resize(width * height, 0);
    let mut decoder =
        decode::Configuration::new(BitOrder::Lsb, picture.code_size).with_yield_on_full_buffer(true).build();
    let (mut read, mut written) = (0, 0);
    let mut ended = false;
    // Clear codes give nothing, and stand in bits that were read with those before them: a run of them looks like
    // no progress for as many steps as the decoder holds bits.
    let mut idle = 0;
    // What a broken stream does not give stays at index 0, as browsers show it.
    while let (Some(rest), Some(space)) = (picture.stream.get(read..), output.get_mut(written..)) {
        if space.is_empty() {
            break;
        }
        // The decoder may hold bits back: with nothing left to read it still gives what they mean.
        let step = decoder.decode_bytes(rest, space);
        read += step.consumed_in;
        written += step.consumed_out;
        match step.status {
            Ok(LzwStatus::Ok) if step.consumed_in + step.consumed_out > 0 => idle = 0,
            Ok(LzwStatus::Ok) if idle < 64 => idle += 1,
            Ok(LzwStatus::Done) => {
                ended = true;
                break;
            }
            _ => break,
        }
    }
    if written == 0 {
        return Err(malformed("image data", picture.offset));
    }
    if !ended && written == output.len() {
        // Only the end code may be left: a few bits, and what fills its byte.
        let mut spare = [0];
        let step = decoder.decode_bytes(picture.stream.get(read..).unwrap_or_default(), &mut spare);
        read += step.consumed_in;
        if step.consumed_out > 0 {
            read = 0;
        }
    }
    let excess = picture.stream.len().saturating_sub(read) > 2;
    if !picture.interlaced {
        return Ok((output, excess));
    }
    let mut woven = budget.reserve(output.len() as u64)?;
    woven.resize(output.len(), 0);
    let lines = [(0, 8), (4, 8), (2, 4), (1, 2)]
        .into_iter()
        .flat_map(|(first, apart)| (first..height).step_by(apart));
    for (line, row) in lines.zip(output.chunks_exact(width)) {
        if let Some(place) = woven.get_mut(line * width..(line + 1) * width) {
            place.copy_from_slice(row);
        }
    }
    Ok((woven, excess))
}

/// A frame's indices as a newly made stream.
struct Codes {
    code_size: u8,
    stream: Vec<u8>,
    /// The stream has the frame's lines in the order of interlacing.
    interlaced: bool,
    /// Which indices it gives.
    seen: [bool; 256],
    /// The frame held more than its pixels.
    excess: bool,
}

/// The frame's codes, where they give exactly its pixels; else its indices, compressed anew.
fn codes(picture: &Picture<'_>, budget: &Budget) -> Result<Codes, Error> {
    let size = u64::from(picture.width) * u64::from(picture.height);
    let rewrite = |stream: &[u8], code_size| lzw::rewrite(stream, lzw::Kind::Gif, code_size, size, budget);
    let Picture { code_size, interlaced, .. } = *picture;
    if let Some(Rewritten { stream, symbols, behind }) = rewrite(&picture.stream, code_size)? {
        return Ok(Codes { code_size, stream, interlaced, seen: symbols, excess: behind > 2 });
    }
    let (indices, excess) = indices(picture, budget)?;
    let highest = indices.iter().copied().max().unwrap_or(0);
    let code_size = (8 - highest.leading_zeros() as u8).max(2);
    let mut encoder = encode::Encoder::new(BitOrder::Lsb, code_size);
    let stream = encoder.encode(&indices).map_err(|_| Error::Internal("LZW encoder failed"))?;
    // Whatever the encoder's customs are, they become the one form.
    let Some(Rewritten { stream, symbols, .. }) = rewrite(&stream, code_size)? else {
        return Err(Error::Internal("LZW encoder failed"));
    };
    Ok(Codes { code_size, stream, interlaced: false, seen: symbols, excess })
}
