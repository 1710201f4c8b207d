//! Chunks → image, by allow-list. Pixels are read, cleaned and compressed anew one picture at a time.

use super::{
    model::{Density, Image, Pictures, Space},
    parse::{self, Chunk, Chunks, FrameControl},
    threats,
};
use crate::{
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Action, Detail, Spot, Threat},
    toolkits::{
        exif,
        icc::{self, Meaning},
        raster::{self, Color, Orientation, PngHeader, PngStream, Raster},
    },
};

/// What the chunks before and between the pixels say.
#[derive(Default)]
struct Facts<'a> {
    palette: Option<Vec<u8>>,
    transparency: Option<Vec<u8>>,
    density: Option<Density>,
    srgb: bool,
    code_points: Option<[u8; 4]>,
    profile: Option<Chunk<'a>>,
    gamma: Option<(u32, u64)>,
    chromaticities: Option<[u32; 8]>,
    orientation: Option<(Orientation, u64)>,
    plays: Option<(u32, u64)>,
    data: Vec<&'a [u8]>,
    data_closed: bool,
    /// Frames with their stream; the first one's is the picture itself where `first_is_picture`.
    frames: Vec<(FrameControl, Vec<&'a [u8]>)>,
    first_is_picture: bool,
    sequence: u32,
    animation_broken: bool,
}

pub(super) fn rebuild(chunks: &Chunks<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let Some((first, rest)) = chunks.list.split_first() else { return Err(malformed("first chunk", 8)) };
    if first.kind == *b"CgBI" {
        return Err(ctx.refuse(&threats::CGBI, first.offset));
    }
    if first.kind != *b"IHDR" || !first.sound {
        return Err(ctx.refuse(&threats::STRUCTURE, first.offset));
    }
    let header = parse::header(first)?;
    if !raster::fits(ctx.budget().limits(), header.width, header.height, header.bits_per_pixel()) {
        return Err(ctx.refuse(&threats::DIMENSIONS, first.offset));
    }
    let mut facts = Facts::default();
    for chunk in rest {
        read(chunk, &header, &mut facts, ctx)?;
    }
    if !chunks.trailing.is_empty() {
        let threat = if chunks.ended { threats::trailing(chunks.trailing) } else { &threats::STRUCTURE };
        ctx.removed(threat, chunks.trailing_offset)?;
    }
    image(header, facts, ctx)
}

fn read<'a>(
    chunk: &Chunk<'a>,
    header: &PngHeader,
    facts: &mut Facts<'a>,
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    if chunk.kind != *b"IDAT" && !facts.data.is_empty() {
        facts.data_closed = true;
    }
    if !chunk.sound {
        if matches!(&chunk.kind, b"PLTE" | b"IDAT" | b"IHDR") {
            return Err(ctx.refuse(&threats::STRUCTURE, chunk.offset));
        }
        // Readers pass over an ancillary chunk whose checksum is wrong.
        return ctx.removed_with(&threats::STRUCTURE, chunk.offset, Detail::name(&chunk.name()));
    }
    let leave = |threat: &'static Threat, ctx: &mut Ctx<'_>| {
        ctx.removed_with(threat, chunk.offset, Detail::name(&chunk.name()))
    };
    let before_data = facts.data.is_empty();
    match &chunk.kind {
        b"IHDR" => return Err(ctx.refuse(&threats::STRUCTURE, chunk.offset)),
        b"PLTE" if header.color == Color::Indexed => {
            if facts.palette.is_some() || !before_data {
                return Err(ctx.refuse(&threats::STRUCTURE, chunk.offset));
            }
            facts.palette = Some(palette(chunk, header, ctx)?);
        }
        b"IDAT" if !facts.data_closed => facts.data.push(chunk.body),
        b"IDAT" => leave(&threats::STRUCTURE, ctx)?,
        b"tRNS" if before_data && facts.transparency.is_none() => {
            match transparency(chunk.body, header, facts) {
                Some(transparency) => facts.transparency = Some(transparency),
                None => leave(&threats::STRUCTURE, ctx)?,
            }
        }
        b"pHYs" if before_data && facts.density.is_none() => match density(chunk.body) {
            Some(density) => facts.density = Some(density),
            None => ctx.replaced(&threats::DENSITY, chunk.offset, None)?,
        },
        b"sRGB" => facts.srgb = true,
        b"cICP" if facts.code_points.is_none() => facts.code_points = chunk.body.try_into().ok(),
        b"iCCP" if facts.profile.is_none() => facts.profile = Some(*chunk),
        b"iCCP" | b"mDCV" | b"cLLI" => leave(&threats::ICC, ctx)?,
        b"gAMA" if facts.gamma.is_none() => match chunk.body.try_into().map(u32::from_be_bytes) {
            Ok(gamma) if gamma > 0 => facts.gamma = Some((gamma, chunk.offset)),
            _ => leave(&threats::GAMMA, ctx)?,
        },
        b"cHRM" => facts.chromaticities = parse::chromaticities(chunk.body),
        b"eXIf" => {
            let exif = exif::read(chunk.body);
            facts.orientation = exif
                .orientation
                .filter(|turn| *turn != Orientation::Upright)
                .map(|turn| (turn, chunk.offset));
            leave(&threats::EXIF, ctx)?;
            if exif.has_thumbnail {
                leave(&threats::THUMBNAIL, ctx)?;
            }
        }
        b"acTL" | b"fcTL" | b"fdAT" => animation(chunk, header, facts, ctx)?,
        b"tEXt" | b"zTXt" | b"iTXt" => leave(text(chunk.body), ctx)?,
        b"tIME" | b"dSIG" => leave(&threats::TEXT, ctx)?,
        b"caBX" => leave(&threats::C2PA, ctx)?,
        b"PLTE" | b"tRNS" | b"pHYs" if chunk.is_critical() || !before_data => {
            leave(&threats::STRUCTURE, ctx)?
        }
        _ => leave(&threats::PRIVATE, ctx)?,
    }
    Ok(())
}

/// What a text chunk counts as, by its keyword: ImageMagick keeps whole metadata blocks in them.
fn text(body: &[u8]) -> &'static Threat {
    let keyword = body.get(..80).unwrap_or(body).split(|byte| *byte == 0).next().unwrap_or_default();
    match keyword {
        b"XML:com.adobe.xmp" | b"Raw profile type xmp" => &threats::XMP,
        b"Raw profile type exif" | b"Raw profile type APP1" => &threats::EXIF,
        b"Raw profile type iptc" | b"Raw profile type 8bim" => &threats::IPTC,
        b"Raw profile type icc" | b"Raw profile type icm" => &threats::ICC,
        _ => &threats::TEXT,
    }
}

fn palette(chunk: &Chunk<'_>, header: &PngHeader, ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    if chunk.body.is_empty() || !chunk.body.len().is_multiple_of(3) || chunk.body.len() > 768 {
        return Err(ctx.refuse(&threats::STRUCTURE, chunk.offset));
    }
    let largest = 3 << header.bits;
    if chunk.body.len() > largest {
        ctx.removed(&threats::STRUCTURE, chunk.offset)?;
    }
    Ok(chunk.body.get(..largest).unwrap_or(chunk.body).to_vec())
}

fn transparency(body: &[u8], header: &PngHeader, facts: &Facts<'_>) -> Option<Vec<u8>> {
    let in_depth = |sample: [u8; 2]| {
        let value = u32::from(u16::from_be_bytes(sample));
        ((value & ((1_u32 << header.bits) - 1)) as u16).to_be_bytes()
    };
    match header.color {
        Color::Grey => Some(in_depth(body.try_into().ok()?).to_vec()),
        Color::Rgb => {
            let (samples, []) = body.as_chunks::<2>() else { return None };
            (samples.len() == 3).then(|| samples.iter().flat_map(|sample| in_depth(*sample)).collect())
        }
        Color::Indexed => {
            let entries = facts.palette.as_ref()?.len() / 3;
            let body = body.get(..entries).unwrap_or(body);
            // Entries behind the last that is not opaque say nothing.
            let used = body.iter().rposition(|alpha| *alpha != 255).map_or(0, |last| last + 1);
            Some(body.get(..used)?.to_vec())
        }
        _ => None,
    }
}

fn density(body: &[u8]) -> Option<Density> {
    let [a, b, c, d, e, f, g, h, unit] = body.try_into().ok()?;
    let (across, down) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
    let per_inch = |per_metre: u32| f64::from(per_metre) * 0.0254;
    let sane = match unit {
        0 => (1..=100_000).contains(&across) && (1..=100_000).contains(&down),
        1 => exif::sane((per_inch(across), per_inch(down))).is_some(),
        _ => false,
    };
    sane.then_some(Density { across, down, per_metre: unit == 1 })
}

fn animation<'a>(
    chunk: &Chunk<'a>,
    header: &PngHeader,
    facts: &mut Facts<'a>,
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    let broken = |facts: &mut Facts<'a>, ctx: &mut Ctx<'_>| {
        facts.animation_broken = true;
        ctx.removed_with(&threats::STRUCTURE, chunk.offset, Detail::name(&chunk.name()))
    };
    if chunk.kind == *b"acTL" {
        let plays = chunk.body.get(4..8).and_then(|plays| plays.try_into().ok()).map(u32::from_be_bytes);
        return match plays {
            Some(plays) if facts.plays.is_none() && facts.data.is_empty() => {
                facts.plays = Some((plays, chunk.offset));
                Ok(())
            }
            _ => broken(facts, ctx),
        };
    }
    let sequence = chunk.body.first_chunk().map(|number| u32::from_be_bytes(*number));
    if facts.plays.is_none() || facts.animation_broken || sequence != Some(facts.sequence) {
        return broken(facts, ctx);
    }
    facts.sequence = facts.sequence.saturating_add(1);
    if chunk.kind == *b"fdAT" {
        // The first frame's data is the picture's own where its control stands before IDAT.
        let expected = !facts.data.is_empty() && (facts.frames.len() > 1 || !facts.first_is_picture);
        match facts.frames.last_mut().filter(|_| expected) {
            Some((_, stream)) => {
                stream.push(chunk.body.get(4..).unwrap_or_default());
                return Ok(());
            }
            None => return broken(facts, ctx),
        }
    }
    let Some(control) = parse::frame_control(chunk.body, header) else { return broken(facts, ctx) };
    if facts.data.is_empty() {
        if !facts.frames.is_empty() || (control.width, control.height) != (header.width, header.height) {
            return broken(facts, ctx);
        }
        facts.first_is_picture = true;
    }
    facts.frames.push((control, Vec::new()));
    Ok(())
}

fn image(mut header: PngHeader, mut facts: Facts<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let animate = match facts.plays {
        Some((_, offset)) => {
            let whole = facts
                .frames
                .iter()
                .enumerate()
                .all(|(index, (_, stream))| !stream.is_empty() || (index == 0 && facts.first_is_picture));
            if facts.animation_broken || facts.frames.is_empty() || !whole {
                ctx.removed(&threats::STRUCTURE, offset)?;
                false
            } else {
                ctx.choose(&threats::APNG, offset)? == Action::Keep
            }
        }
        None => false,
    };
    let frames = if animate { std::mem::take(&mut facts.frames) } else { Vec::new() };
    let limits = ctx.budget().limits();
    let pixels: u64 = frames.iter().map(|(frame, _)| u64::from(frame.width) * u64::from(frame.height)).sum();
    if frames.len() as u64 > u64::from(limits.frames) || pixels > limits.pixels.saturating_mul(2) {
        return Err(ctx.refuse(&threats::ANIMATION_ABUSE, Spot::Here));
    }

    let (space, meaning) = space(&header, &facts, ctx)?;
    let mut cleaner = Cleaner {
        meaning,
        used: [false; 256],
        hidden: false,
        scrubbed: false,
        highest: 0,
        entries: facts.palette.as_ref().map_or(0, |palette| palette.len() / 3),
    };
    if header.color == Color::Indexed && facts.palette.is_none() {
        return Err(malformed("missing palette", 8));
    }
    let turn = facts.orientation.filter(|_| !animate);
    if turn.is_some_and(|(turn, _)| turn.swaps_sides()) {
        facts.density =
            facts.density.map(|density| Density { across: density.down, down: density.across, ..density });
    }
    // The colour that counts as transparent would not survive a conversion; alpha does.
    let key = match &cleaner.meaning {
        Some(Meaning::Convert(_)) if header.color != Color::Indexed => facts.transparency.take(),
        _ => None,
    };
    let source = header;
    let default_stream;
    (header, default_stream) = picture(&source, &facts.data, key.as_deref(), turn, &mut cleaner, ctx)?;

    let pictures = if frames.is_empty() {
        Pictures::Still(default_stream)
    } else {
        let mut written = Vec::with_capacity(frames.len());
        let (first, fallback) =
            if facts.first_is_picture { (Some(default_stream), None) } else { (None, Some(default_stream)) };
        let mut first = first;
        for (control, data) in frames {
            let stream = match first.take() {
                Some(stream) => stream,
                None => {
                    // The bytes of an animation's frames are laid out as the picture's were.
                    let frame = PngHeader { width: control.width, height: control.height, ..source };
                    picture(&frame, &data, key.as_deref(), None, &mut cleaner, ctx)?.1
                }
            };
            written.push((control, stream));
        }
        let plays = facts.plays.map_or(0, |(plays, _)| plays);
        Pictures::Animated { fallback, frames: written, plays }
    };

    let mut palette = facts.palette.unwrap_or_default();
    let transparency = facts.transparency.unwrap_or_default();
    if header.color == Color::Indexed {
        cleaner.palette(&mut palette, &transparency, ctx)?;
    }
    if cleaner.hidden {
        ctx.replaced(&threats::HIDDEN_COLOR, Spot::Here, None)?;
    }
    if cleaner.scrubbed {
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    Ok(Image { header, palette, transparency, space, density: facts.density, pictures })
}

/// The zlib stream of one picture, and what its header says then.
fn picture(
    header: &PngHeader,
    data: &[&[u8]],
    key: Option<&[u8]>,
    turn: Option<(Orientation, u64)>,
    cleaner: &mut Cleaner,
    ctx: &mut Ctx<'_>,
) -> Result<(PngHeader, Vec<u8>), Error> {
    if turn.is_none()
        && !cleaner.changes_every_sample(header, ctx)
        && let Some(stream) = PngStream::read(header, data, ctx.budget())?
    {
        let (picture, packed) = if cleaner.must_see(header) {
            let read = stream.raster(header, ctx.budget())?;
            let Cleaned { picture, is_changed } = cleaner.clean(read, ctx)?;
            let packed = if is_changed { stream.changed(&picture, ctx.budget())? } else { stream.same()? };
            (picture, packed)
        } else if let Some(packed) = stream.same()? {
            return Ok((*header, packed));
        } else {
            (stream.raster(header, ctx.budget())?, None)
        };
        drop(stream);
        let packed = match packed {
            Some(packed) => packed,
            None => raster::compress(&picture, ctx.budget())?,
        };
        return Ok((*header, packed));
    }
    let read = raster::inflate_rows(header, data, ctx.budget())?;
    if read.excess {
        ctx.removed(&threats::STRUCTURE, Spot::Here)?;
    }
    let mut picture = read.raster;
    if let Some((turn, offset)) = turn {
        ctx.replaced(&threats::ORIENTATION, offset, None)?;
        picture = turn.apply(picture, ctx.budget())?;
    }
    if let Some(key) = key {
        picture = picture.with_alpha(key, ctx.budget())?;
    }
    let Cleaned { picture, .. } = cleaner.clean(picture, ctx)?;
    let Raster { width, height, color, bits, .. } = picture;
    let header = PngHeader { width, height, color, bits, interlaced: false };
    Ok((header, raster::compress(&picture, ctx.budget())?))
}

/// A picture as it may be shown.
struct Cleaned {
    picture: Raster,
    /// Not all of its samples are what they were.
    is_changed: bool,
}

/// What happens to the samples of every picture of the file.
struct Cleaner {
    meaning: Option<Meaning>,
    used: [bool; 256],
    highest: usize,
    entries: usize,
    hidden: bool,
    scrubbed: bool,
}

impl Cleaner {
    /// Whether samples change wherever they are.
    fn changes_every_sample(&self, header: &PngHeader, ctx: &Ctx<'_>) -> bool {
        let is_converted = matches!(self.meaning, Some(Meaning::Convert(_)));
        header.color != Color::Indexed && (is_converted || ctx.switches().scrub_pictures)
    }

    /// Whether something must be known of the samples of such a picture: which entries of the palette they show, or
    /// what stands where nothing is shown.
    fn must_see(&self, header: &PngHeader) -> bool {
        header.color == Color::Indexed || header.color.has_alpha() || header.bits < 8
    }

    fn clean(&mut self, mut picture: Raster, ctx: &mut Ctx<'_>) -> Result<Cleaned, Error> {
        let mut is_changed = raster::clear_padding(&mut picture);
        self.hidden |= is_changed;
        if picture.color == Color::Indexed {
            picture.mark_values(&mut self.used);
            self.highest = self.used.iter().rposition(|used| *used).unwrap_or(0);
            return Ok(Cleaned { picture, is_changed });
        }
        if let Some(Meaning::Convert(conversion)) = &self.meaning {
            picture = picture.widened(ctx.budget())?;
            conversion.raster(&mut picture)?;
            is_changed = true;
        }
        if ctx.switches().scrub_pictures {
            let is_scrubbed = raster::add_noise(&mut picture);
            self.scrubbed |= is_scrubbed;
            is_changed |= is_scrubbed;
        }
        let is_hidden = raster::clear_hidden_colors(&mut picture);
        self.hidden |= is_hidden;
        Ok(Cleaned { picture, is_changed: is_changed || is_hidden })
    }

    fn palette(&mut self, palette: &mut Vec<u8>, alpha: &[u8], ctx: &mut Ctx<'_>) -> Result<(), Error> {
        if self.highest >= self.entries {
            // Pixels of an index without an entry are black in every reader that shows them.
            ctx.replaced(&threats::STRUCTURE, Spot::Here, None)?;
            palette.resize((self.highest + 1) * 3, 0);
        }
        if let Some(Meaning::Convert(conversion)) = &self.meaning {
            conversion.palette(palette)?;
        }
        if ctx.switches().scrub_pictures {
            for (place, byte) in palette.iter_mut().enumerate() {
                let scrubbed = (*byte & !1) | raster::noise(*byte >> 1, place);
                let shown = self.used.get(place / 3) == Some(&true) && alpha.get(place / 3) != Some(&0);
                self.scrubbed |= shown && scrubbed != *byte;
                *byte = scrubbed;
            }
        }
        self.hidden |= raster::clear_hidden_palette(palette, alpha, &self.used);
        Ok(())
    }
}

/// The colour space that is written, and the conversion that leads there.
fn space(
    header: &PngHeader,
    facts: &Facts<'_>,
    ctx: &mut Ctx<'_>,
) -> Result<(Space, Option<Meaning>), Error> {
    let stated = |meaning: &Meaning| match meaning {
        Meaning::Srgb => Space::Srgb,
        Meaning::Wide(wide) => Space::Wide(*wide),
        Meaning::Convert(conversion) => conversion.target().map_or(Space::Srgb, Space::Wide),
    };
    let in_color = matches!(header.color, Color::Rgb | Color::Rgba | Color::Indexed);
    match facts.code_points {
        Some([1, 13, 0, 1]) => return Ok((Space::Srgb, None)),
        Some([12, 13, 0, 1]) if in_color => {
            ctx.replaced(&threats::ICC, Spot::Here, Detail::name("cICP"))?;
            return Ok((Space::Wide(icc::Wide::DisplayP3), None));
        }
        Some(_) => ctx.removed_with(&threats::ICC, Spot::Here, Detail::name("cICP"))?,
        None => (),
    }
    if let Some(chunk) = facts.profile {
        let bytes = parse::profile_stream(chunk.body)
            .and_then(|stream| raster::inflate_at_most(stream, icc::LARGEST));
        if let Some(own) = bytes.as_deref().and_then(icc::Wide::owning).filter(|_| in_color) {
            return Ok((Space::Wide(own), None));
        }
        ctx.replaced(&threats::ICC, chunk.offset, None)?;
        if let Some(meaning) = bytes.and_then(|bytes| icc::read(&bytes, header.color)) {
            return Ok((stated(&meaning), Some(meaning)));
        }
    }
    if facts.srgb {
        return Ok((Space::Srgb, None));
    }
    let Some((gamma, offset)) = facts.gamma else {
        return Ok((Space::Unstated, None));
    };
    match icc::from_gamma(gamma, facts.chromaticities, header.color) {
        Some(Meaning::Srgb) => Ok((Space::Srgb, None)),
        Some(meaning) => {
            ctx.replaced(&threats::GAMMA, offset, Detail::excerpt(&gamma.to_string()))?;
            Ok((stated(&meaning), Some(meaning)))
        }
        None => {
            ctx.removed(&threats::GAMMA, offset)?;
            Ok((Space::Unstated, None))
        }
    }
}
