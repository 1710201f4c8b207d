//! Pictures whose samples are packed by Deflate: by the symbols they came in, or from scratch.

use super::{
    image::{Samples, row},
    walk::Walk,
};
use crate::{
    error::Error,
    formats::pdf::{
        model::{Encoding, Fields, Item},
        parse::{
            filter::Filter,
            object::{Dict, Stream},
        },
    },
    toolkits::{
        codec::{
            flate::{self, Wrapper},
            repack,
        },
        raster::{Color, PngHeader, PngStream, SMALL},
    },
};

/// What a dictionary says of the samples of its picture; all of it is above 0.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) width: u32,
    pub(super) height: u32,
    /// Of a sample.
    pub(super) bits: u32,
    pub(super) colors: u32,
}

/// Samples as they are written.
#[derive(Debug)]
pub(super) struct Flat {
    /// Colours, bits and columns, where a predictor has to be undone.
    predictor: Option<[u32; 3]>,
    bytes: Vec<u8>,
}

impl Flat {
    /// Bytes that it takes.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// A stream of it.
    pub(super) fn item(self, fields: Fields) -> Item {
        Item::Stream { fields, encoding: Encoding::Flate, predictor: self.predictor, bytes: self.bytes }
    }
}

/// What may stand behind a zlib stream: the end of its line.
const LINE_ENDS: [&[u8]; 4] = [b"", b"\n", b"\r", b"\r\n"];

impl<'s> Walk<'_, 's, '_, '_> {
    /// The samples of a picture in the symbols they came in. `None` where they are not in one stream of Deflate that is
    /// in order and gives exactly the picture, where they are hardly packed or few, and where the policy asks for small
    /// outputs: then they are packed from scratch.
    pub(super) fn kept(&mut self, stream: &Stream<'s>, shape: Shape) -> Result<Option<Flat>, Error> {
        let Shape { width, height, bits, colors } = shape;
        let samples = row(width, bits, colors).saturating_mul(height.into());
        if !self.keeps_symbols(samples) {
            return Ok(None);
        }
        let Some(packed) = self.document.source().packed(stream)? else { return Ok(None) };
        let [(Filter::Flate, parameters)] = packed.steps.as_slice() else { return Ok(None) };
        let Some(predicted) = predicted(parameters, shape) else { return Ok(None) };
        let budget = self.ctx.budget();
        let size = samples + if predicted { u64::from(height) } else { 0 };
        if !repack::may_keep(packed.raw.len() as u64, size, budget) {
            return Ok(None);
        }
        let unpacked = match repack::inflate_zlib_sized(&packed.raw, size, budget)? {
            Some((unpacked, behind)) if LINE_ENDS.contains(&behind) => unpacked,
            _ => return Ok(None),
        };
        budget.expand(size)?;
        let bytes = if predicted {
            let header =
                PngHeader { width, height, color: channels(colors), bits: bits as u8, interlaced: false };
            match PngStream::of(&header, unpacked) {
                Some(rows) => rows.same()?,
                None => None,
            }
        } else {
            let bytes =
                unpacked.symbols.as_ref().and_then(|symbols| repack::of_symbols(symbols, &unpacked.plain));
            let bytes = bytes.filter(|bytes| !repack::is_hardly_packed(bytes.len() as u64, size));
            let bytes = match bytes {
                Some(bytes) if is_packed_well(&unpacked.plain, shape, bytes.len())? => Some(bytes),
                _ => None,
            };
            unpacked.give_back(budget);
            bytes
        };
        let Some(bytes) = bytes else { return Ok(None) };
        // Verification does not inflate pictures. The checksum at the end says that these are the samples.
        flate::inflate_by_windows(&bytes, size, Wrapper::Zlib, budget, |_| Ok(()))?;
        Ok(Some(Flat { predictor: predicted.then_some([colors, bits, width]), bytes }))
    }

    /// Samples packed from scratch, so that what comes of it stays as it is when it is read again.
    pub(super) fn flat(&self, samples: &Samples) -> Result<Flat, Error> {
        let Samples { width, bits, colors, bytes, .. } = samples;
        let level = self.level();
        let mut predictor = None;
        let mut packed = flate::deflate(bytes, level, Wrapper::None)?;
        let mut rows = Vec::new();
        // Photographs shrink by half when each row is written as its difference from the one above.
        if *bits == 8 && bytes.len() > 4096 && *colors <= 4 {
            rows = up_rows(bytes, row(*width, *bits, *colors) as usize);
            let of_rows = flate::deflate(&rows, level, Wrapper::None)?;
            if of_rows.len() < packed.len() {
                packed = of_rows;
                predictor = Some([*colors, *bits, *width]);
            }
        }
        let plain = if predictor.is_some() { &rows } else { bytes };
        let bytes = match self.keeps_symbols(bytes.len() as u64) {
            true => repack::settled(packed, plain, self.ctx.budget())?,
            false => repack::in_zlib(&packed, plain),
        };
        Ok(Flat { predictor, bytes })
    }

    /// Whether the symbols of so many bytes of samples are kept. As with PNG not of few: what was written into the bits
    /// of a stream does not come out as it came in.
    fn keeps_symbols(&self, samples: u64) -> bool {
        samples > SMALL as u64 && self.level() == repack::FASTEST
    }
}

/// Whether rows have filters in front, as those of PNG have; `None` where what the parameters say is not of this shape,
/// or another predictor.
fn predicted(parameters: &Dict<'_>, shape: Shape) -> Option<bool> {
    let number = |key: &[u8], default: i64| parameters.get(key).as_int().unwrap_or(default);
    let is_of_shape = || {
        number(b"Colors", 1) == i64::from(shape.colors)
            && number(b"BitsPerComponent", 8) == i64::from(shape.bits)
            && number(b"Columns", 1) == i64::from(shape.width)
    };
    match number(b"Predictor", 1) {
        ..2 => Some(false),
        10.. if shape.colors <= 4 && is_of_shape() => Some(true),
        _ => None,
    }
}

/// How rows are chosen that are packed on trial: in so many bands, one byte of so many, and not less than so many.
const BANDS: usize = 8;
const PART: usize = 32;
const LEAST: usize = 32 << 10;

/// Whether samples that take `packed` bytes would not take much less if they were packed from scratch, judged by a part
/// of them. It depends on the samples and on what their symbols take, which are the same when the output is read again.
fn is_packed_well(samples: &[u8], shape: Shape, packed: usize) -> Result<bool, Error> {
    let line = row(shape.width, shape.bits, shape.colors).max(1) as usize;
    let height = samples.len() / line;
    let of_band = (LEAST.max(samples.len() / PART) / BANDS / line).max(2);
    let mut trial = Vec::new();
    for band in samples.chunks((height / BANDS).max(of_band).saturating_mul(line)) {
        trial.extend_from_slice(band.get(..of_band * line).unwrap_or(band));
    }
    let mut least = flate::deflate(&trial, 1, Wrapper::None)?.len();
    if shape.bits == 8 && shape.colors <= 4 {
        least = least.min(flate::deflate(&up_rows(&trial, line), 1, Wrapper::None)?.len());
    }
    // Of as many bytes of both. What was searched less well, or predicted less well, is not twice as long.
    let (here, there) = (packed as u64 * trial.len() as u64, least as u64 * samples.len() as u64);
    Ok(here / 2 <= there)
}

/// Any meaning that has as many channels, 1 to 4.
fn channels(colors: u32) -> Color {
    match colors {
        1 => Color::Grey,
        2 => Color::GreyAlpha,
        3 => Color::Rgb,
        _ => Color::Cmyk,
    }
}

/// Rows with the PNG predictor `Up`.
fn up_rows(bytes: &[u8], width: usize) -> Vec<u8> {
    let mut output = Vec::with_capacity(bytes.len() + bytes.len() / width.max(1) + 1);
    let mut above: &[u8] = &[];
    for line in bytes.chunks(width.max(1)) {
        output.push(2);
        if above.is_empty() {
            output.extend_from_slice(line);
        } else {
            output.extend(line.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(*up)));
        }
        above = line;
    }
    output
}
