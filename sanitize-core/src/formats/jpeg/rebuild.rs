//! Markers → image: which segments say something about the picture, and the picture decoded and coded anew.

use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::{
    model::Image,
    parse::{self, APP0, COM, DHT, DQT, DRI, Frame, Markers, SOS, Segment},
    threats,
};
use crate::{
    budget::Budget,
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Detail, Spot, Threat},
    toolkits::{
        exif,
        icc::{self, Meaning},
        raster::{self, Color, JpegSettings, Orientation, Raster},
    },
};

/// Scans of one picture; encoders write about ten, and each costs a pass over all coefficients.
const SCANS: usize = 100;

/// What the segments say.
#[derive(Default)]
struct Facts<'a> {
    frame: Option<Frame>,
    tables: [Option<Box<[u16; 64]>>; 4],
    scans: usize,
    density: Option<(u8, u16, u16)>,
    exif_density: Option<(f64, f64)>,
    orientation: Option<(Orientation, u64)>,
    adobe: Option<u8>,
    profile: Vec<(u8, u8, &'a [u8])>,
    profile_offset: u64,
    /// The stream that the decoder reads: tables, frame and scans, and nothing else.
    stream: Vec<u8>,
}

pub(super) fn rebuild(input: &[u8], markers: &Markers<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let mut facts = Facts { stream: ctx.budget().reserve(input.len() as u64)?, ..Facts::default() };
    facts.stream.extend_from_slice(&[0xff, parse::SOI]);
    for offset in &markers.stray {
        ctx.removed(&threats::SEGMENTS, *offset)?;
    }
    let mut secondary = false;
    for segment in &markers.segments {
        read(input, segment, &mut facts, &mut secondary, ctx)?;
    }
    if !markers.trailing.is_empty() {
        let film = markers.trailing.get(4..8) == Some(b"ftyp");
        let picture = markers.trailing.windows(3).take(4_096).any(|start| start == [0xff, 0xd8, 0xff]);
        let threat = if secondary || film || picture {
            &threats::SECONDARY
        } else {
            threats::trailing(markers.trailing)
        };
        ctx.removed(threat, markers.trailing_offset)?;
    }
    facts.stream.extend_from_slice(&[0xff, parse::EOI]);
    image(facts, ctx)
}

fn read<'a>(
    input: &[u8],
    segment: &Segment<'a>,
    facts: &mut Facts<'a>,
    secondary: &mut bool,
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    let body = segment.body;
    let leave = |threat: &'static Threat, ctx: &mut Ctx<'_>| ctx.removed(threat, segment.offset);
    let keep = |facts: &mut Facts<'a>| {
        facts.stream.extend_from_slice(input.get(segment.range.clone()).unwrap_or_default());
    };
    match segment.marker {
        DQT => {
            if facts.scans == 0 {
                parse::quantisers(body, &mut facts.tables)?;
            }
            keep(facts);
        }
        DHT | DRI => keep(facts),
        SOS => {
            facts.scans += 1;
            if facts.scans > SCANS {
                return Err(ctx.refuse(&threats::SLOW, segment.offset));
            }
            keep(facts);
        }
        marker if parse::is_frame(marker) => {
            let frame = parse::frame(segment)?;
            if !raster::fits(ctx.budget().limits(), frame.width, frame.height.max(1)) {
                return Err(ctx.refuse(&threats::DIMENSIONS, segment.offset));
            }
            // A height of zero is stated behind the first scan, where few decoders look.
            let common = matches!(marker, 0xc0..=0xc2) && frame.precision == 8 && frame.height > 0;
            if !common || facts.frame.is_some() {
                return Err(ctx.refuse(&threats::SLOW, segment.offset));
            }
            facts.frame = Some(frame);
            keep(facts);
        }
        APP0 => match parse::jfif(body) {
            Some((density, thumbnail)) => {
                facts.density = facts.density.or(Some(density));
                if thumbnail {
                    leave(&threats::THUMBNAIL, ctx)?;
                }
            }
            None if body.starts_with(b"JFXX\0") => leave(&threats::THUMBNAIL, ctx)?,
            None => leave(&threats::SEGMENTS, ctx)?,
        },
        0xe1 if body.starts_with(b"Exif\0") => {
            let exif = exif::read(body.get(6..).unwrap_or_default());
            if facts.orientation.is_none() {
                facts.orientation = exif
                    .orientation
                    .filter(|turn| *turn != Orientation::Upright)
                    .map(|turn| (turn, segment.offset));
                facts.exif_density = exif.density;
            }
            leave(&threats::EXIF, ctx)?;
            if exif.has_thumbnail {
                leave(&threats::THUMBNAIL, ctx)?;
            }
        }
        0xe1 if body.starts_with(b"http://ns.adobe.com/x") => leave(&threats::XMP, ctx)?,
        0xe2 if body.starts_with(b"MPF\0") => {
            *secondary = true;
            leave(&threats::SECONDARY, ctx)?;
        }
        0xe2 => match parse::profile_piece(body) {
            Some(piece) => {
                if facts.profile.is_empty() {
                    facts.profile_offset = segment.offset;
                }
                facts.profile.push(piece);
            }
            None => leave(&threats::SEGMENTS, ctx)?,
        },
        0xeb if body.starts_with(b"JP") => leave(&threats::C2PA, ctx)?,
        0xed if body.starts_with(b"Photoshop") || body.starts_with(b"Adobe_Photoshop") => {
            leave(&threats::IPTC, ctx)?;
        }
        0xee if parse::adobe_transform(body).is_some() => {
            facts.adobe = parse::adobe_transform(body);
            if body.len() > 12 {
                leave(&threats::SEGMENTS, ctx)?;
            }
        }
        COM => ctx.removed_with(&threats::SEGMENTS, segment.offset, Detail::name("comment"))?,
        _ => leave(&threats::SEGMENTS, ctx)?,
    }
    Ok(())
}

fn image(facts: Facts<'_>, ctx: &mut Ctx<'_>) -> Result<Image, Error> {
    let Some(frame) = &facts.frame else { return Err(malformed("no frame", 2)) };
    if facts.scans == 0 {
        return Err(malformed("no scan", 2));
    }
    // The decoder reads such pictures wrongly, and a wrong picture is worse than none.
    if frame.marker != 0xc2 && facts.scans > 1 {
        return Err(Error::Unsupported("a baseline JPEG in several scans"));
    }
    let table = |component: usize| {
        let id = frame.components.get(component).map_or(0, |component| component.table);
        let table = facts.tables.get(usize::from(id)).and_then(Option::as_ref);
        table.cloned().ok_or(malformed("no quantisers", 2))
    };
    let luma = table(0)?;
    let coding = Coding::of(frame, facts.adobe);
    // Red, green and blue are coded alike; written as luma and chroma, chroma may not be coarser.
    let chroma = if matches!(coding, Coding::Ycc) { table(1)? } else { luma.clone() };
    let mut quantisers = [luma, chroma].map(|table| Box::new(table.map(|value| value.min(255))));
    let mut sampling = match (coding, frame.components.as_slice()) {
        (Coding::Ycc, [luma, blue, red]) if (blue.across, blue.down) == (red.across, red.down) => {
            (luma.across / blue.across.max(1), luma.down / blue.down.max(1))
        }
        _ => (1, 1),
    };
    // A picture of a few blocks has most of its chroma at its edges, where decoders differ.
    let few_blocks = frame.width * frame.height <= 64 * 64;
    if few_blocks || !matches!(sampling, (1 | 2, 1 | 2) | (4, 1)) {
        sampling = (1, 1);
    }

    let mut raster = decode(&facts.stream, frame, coding, ctx.budget())?;
    let profile = convert(&facts, &mut raster, ctx)?;
    let mut density = density(&facts, ctx)?;
    if let Some((turn, offset)) = facts.orientation {
        ctx.replaced(&threats::ORIENTATION, offset, None)?;
        raster = turn.apply(raster, ctx.budget())?;
        if turn.swaps_sides() {
            sampling = if sampling == (4, 1) { (1, 1) } else { (sampling.1, sampling.0) };
            density = (density.0, density.2, density.1);
            quantisers = quantisers.map(|table| Box::new(transposed(&table)));
        }
    }
    if ctx.switches().scrub_pictures {
        // Finer quantisers move every coefficient off the place where a message was put.
        raster::add_noise(&mut raster);
        quantisers = quantisers.map(|table| Box::new(table.map(|value| (value * 7 / 8).max(1))));
        ctx.replaced(&threats::STEGANOGRAPHY, Spot::Here, None)?;
    }
    Ok(Image { raster, settings: JpegSettings { quantisers, sampling, density, profile } })
}

fn transposed(table: &[u16; 64]) -> [u16; 64] {
    std::array::from_fn(|place| table.get(place % 8 * 8 + place / 8).copied().unwrap_or(1))
}

/// How the components are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Grey,
    Ycc,
    Rgb,
    /// Ink, 255 is full.
    Cmyk,
    /// Adobe: 0 is full.
    InvertedCmyk,
    /// Adobe, with cyan, magenta and yellow coded as luma and chroma.
    Ycck,
}

impl Coding {
    /// As libjpeg decides: by Adobe's segment, else by the components' names.
    fn of(frame: &Frame, adobe: Option<u8>) -> Self {
        let ids: Vec<u8> = frame.components.iter().map(|component| component.id).collect();
        match (ids.as_slice(), adobe) {
            ([_], _) => Self::Grey,
            ([_, _, _], Some(0)) | ([b'R', b'G', b'B'], None) => Self::Rgb,
            ([_, _, _], _) => Self::Ycc,
            (_, None) => Self::Cmyk,
            (_, Some(2)) => Self::Ycck,
            _ => Self::InvertedCmyk,
        }
    }
}

/// Decodes the picture. The stream holds nothing but tables, frame and scans, so that no decoder meets metadata.
fn decode(stream: &[u8], frame: &Frame, coding: Coding, budget: &Budget) -> Result<Raster, Error> {
    budget.check()?;
    let color = match coding {
        Coding::Grey => Color::Grey,
        Coding::Ycc | Coding::Rgb => Color::Rgb,
        _ => Color::Cmyk,
    };
    let size = Raster::row_bytes(frame.width, color, 8) * u64::from(frame.height);
    let mut samples = budget.reserve(size)?;
    samples.resize(usize::try_from(size).unwrap_or(usize::MAX), 0);
    // Adobe's segment as the decoder wants it, made here.
    let transform = match coding {
        Coding::Rgb | Coding::Cmyk | Coding::InvertedCmyk => Some(0),
        Coding::Ycck => Some(2),
        Coding::Grey | Coding::Ycc => None,
    };
    let mut whole = budget.reserve(stream.len() as u64 + 16)?;
    let (start, rest) = stream.split_at_checked(2).ok_or(malformed("start of image", 0))?;
    whole.extend_from_slice(start);
    if let Some(transform) = transform {
        whole.extend_from_slice(b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0");
        whole.push(transform);
    }
    whole.extend_from_slice(rest);
    let wanted = match coding {
        Coding::Grey => ColorSpace::Luma,
        Coding::Ycc | Coding::Rgb => ColorSpace::RGB,
        Coding::Cmyk | Coding::InvertedCmyk => ColorSpace::CMYK,
        Coding::Ycck => ColorSpace::YCCK,
    };
    let options = DecoderOptions::default()
        .set_max_width(65_535)
        .set_max_height(65_535)
        .set_strict_mode(false)
        .jpeg_set_max_scans(SCANS + 1)
        .jpeg_set_out_colorspace(wanted);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&whole), options);
    decoder.decode_headers().map_err(|_| malformed("header", 0))?;
    if decoder.output_buffer_size() != Some(samples.len()) {
        return Err(malformed("size of the picture", 0));
    }
    decoder.decode_into(&mut samples).map_err(|_| malformed("scan", 0))?;
    match coding {
        Coding::InvertedCmyk => samples.iter_mut().for_each(|sample| *sample = 255 - *sample),
        Coding::Ycck => samples.as_chunks_mut::<4>().0.iter_mut().for_each(ycck_to_cmyk),
        _ => (),
    }
    Ok(Raster { width: frame.width, height: frame.height, color, bits: 8, samples })
}

/// Adobe's YCCK holds inverted inks; what JFIF would call red is then cyan, the right way round.
fn ycck_to_cmyk(pixel: &mut [u8; 4]) {
    let [luma, blue, red, black] = *pixel;
    let (luma, blue, red) = (i32::from(luma), i32::from(blue) - 128, i32::from(red) - 128);
    let fixed = |value: i32| ((value + 32_768) >> 16).clamp(0, 255) as u8;
    *pixel = [
        fixed((luma << 16) + 91_881 * red),
        fixed((luma << 16) - 22_554 * blue - 46_802 * red),
        fixed((luma << 16) + 116_130 * blue),
        255 - black,
    ];
}

/// Applies the colour profile. Returns the engine's own where the samples stay in, or go to, a wide space.
fn convert(facts: &Facts<'_>, raster: &mut Raster, ctx: &mut Ctx<'_>) -> Result<Option<Vec<u8>>, Error> {
    if facts.profile.is_empty() {
        return Ok(None);
    }
    let bytes = assembled(&facts.profile);
    if let Some(own) = bytes.as_deref().and_then(icc::Wide::owning).filter(|_| raster.color == Color::Rgb) {
        return own.bytes().map(Some);
    }
    ctx.replaced(&threats::ICC, facts.profile_offset, None)?;
    match bytes.and_then(|bytes| icc::read(&bytes, raster.color)) {
        Some(Meaning::Wide(wide)) => wide.bytes().map(Some),
        Some(Meaning::Convert(conversion)) => {
            conversion.raster(raster)?;
            conversion.target().map(icc::Wide::bytes).transpose()
        }
        Some(Meaning::Srgb) | None => Ok(None),
    }
}

/// The profile, if its pieces are all there, each once.
fn assembled(pieces: &[(u8, u8, &[u8])]) -> Option<Vec<u8>> {
    let length: usize = pieces.iter().map(|(_, _, piece)| piece.len()).sum();
    if length > icc::LARGEST {
        return None;
    }
    let mut sorted = pieces.to_vec();
    sorted.sort_by_key(|(number, _, _)| *number);
    let whole = sorted.iter().enumerate().all(|(index, (number, count, _))| {
        usize::from(*number) == index + 1 && usize::from(*count) == pieces.len()
    });
    whole.then(|| sorted.iter().flat_map(|(_, _, piece)| piece.iter().copied()).collect())
}

/// The density that JFIF will state.
fn density(facts: &Facts<'_>, ctx: &mut Ctx<'_>) -> Result<(u8, u16, u16), Error> {
    const NONE: (u8, u16, u16) = (0, 1, 1);
    let from_exif = facts.exif_density.map(|(across, down)| (1, across.round() as u16, down.round() as u16));
    let Some((unit, across, down)) = facts.density else { return Ok(from_exif.unwrap_or(NONE)) };
    let per_inch = if unit == 2 { 2.54 } else { 1.0 };
    let sane = match unit {
        0 => across > 0 && down > 0,
        1 | 2 => exif::sane((f64::from(across) * per_inch, f64::from(down) * per_inch)).is_some(),
        _ => false,
    };
    if !sane {
        ctx.replaced(&threats::DENSITY, Spot::Here, None)?;
        return Ok(from_exif.unwrap_or(NONE));
    }
    match (unit, from_exif) {
        (0, Some(density)) => Ok(density),
        _ => Ok((unit, across, down)),
    }
}
