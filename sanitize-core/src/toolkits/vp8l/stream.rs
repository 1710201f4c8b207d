//! A whole stream: its header, transforms, codes and picture.

use super::{
    bits::{BitReader, BitWriter},
    image::{Coder, Counts, Group, Shape, Tiles, walk},
    small::{self, Pixels, SmallImage},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    limits::Resource,
};

/// What the stream is of, which says where it starts and which channels act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A picture, under a header of its own.
    Picture,
    /// The alpha of another picture of this width and height: green alone acts.
    Alpha(u32, u32),
}

/// What a stream holds that decoders do not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conceals {
    Nothing,
    /// Pixels may be transparent and have a colour, or have alpha that the header says is not used: only
    /// decoding tells.
    Perhaps,
    /// Channels that do not act hold more than one value.
    Channels,
}

/// A transform in the order of the stream (RFC 9649, 3.5).
#[derive(Debug)]
enum Transform {
    Predictor { bits: u32, modes: SmallImage },
    CrossColor { bits: u32, multipliers: SmallImage },
    SubtractGreen,
    ColorIndexing { colors: Vec<u32>, image: SmallImage },
}

/// A stream, read.
#[derive(Debug)]
pub(crate) struct Stream<'a> {
    kind: Kind,
    width: u32,
    height: u32,
    uses_alpha: bool,
    transforms: Vec<Transform>,
    /// Of the picture as it is coded: narrower where several pixels share one.
    shape: Shape,
    cache_bits: u32,
    tiles: Tiled,
    groups: Vec<Group>,
    /// The symbols of the picture.
    symbols: BitReader<'a>,
    counts: Counts,
    /// A palette was changed: it held what no pixel shows.
    cleared: bool,
}

const SIGNATURE: u32 = 0x2f;

impl<'a> Stream<'a> {
    /// Reads a stream, and counts its symbols.
    pub(crate) fn read(input: &'a [u8], kind: Kind, budget: &Budget) -> Result<Self, Error> {
        let mut stream = Self::start(input, kind, budget)?;
        let tiles = stream.tiles.as_ref().map(|(tiles, _)| tiles);
        let mut reader = stream.symbols.clone();
        walk(&mut reader, stream.shape, &stream.groups, tiles, &mut stream.counts, budget)?;
        stream.clear_palette();
        Ok(stream)
    }

    /// Reads everything before the symbols of the picture.
    fn start(input: &'a [u8], kind: Kind, budget: &Budget) -> Result<Self, Error> {
        let mut reader = BitReader::new(input);
        let (width, height, uses_alpha) = match kind {
            Kind::Alpha(width, height) => (width, height, false),
            Kind::Picture => {
                let signature = reader.bits(8)?;
                let (width, height) = (reader.bits(14)? + 1, reader.bits(14)? + 1);
                let uses_alpha = reader.flag()?;
                if signature != SIGNATURE || reader.bits(3)? != 0 {
                    return Err(malformed("VP8L header", 0));
                }
                (width, height, uses_alpha)
            }
        };
        budget.pixels(width, height, 8)?;
        let mut shape = Shape { width: width as usize, height: height as usize };
        let transforms = transforms(&mut reader, &mut shape, budget)?;
        let cache_bits = small::cache_bits(&mut reader)?;
        let mut tiles = None;
        if reader.flag()? {
            let bits = reader.bits(3)? + 2;
            let size = (shape.width.div_ceil(1 << bits), shape.height.div_ceil(1 << bits));
            tiles = Some((bits, SmallImage::read(&mut reader, size, budget)?));
        }
        let (groups, tiles) = groups(&mut reader, cache_bits, tiles, budget)?;
        let counts = Counts::new(groups.len(), cache_bits, budget)?;
        Ok(Self {
            kind,
            width,
            height,
            uses_alpha,
            transforms,
            shape,
            cache_bits,
            tiles,
            groups,
            symbols: reader,
            counts,
            cleared: false,
        })
    }

    /// True where the header says that alpha is used.
    pub(crate) fn uses_alpha(&self) -> bool {
        self.uses_alpha
    }

    /// True where the palette had colours that no pixel shows, which are not written.
    pub(crate) fn was_cleared(&self) -> bool {
        self.cleared
    }

    /// What the symbols may hold that is not shown.
    pub(crate) fn conceals(&self) -> Conceals {
        let only = |channel: usize, value: usize| {
            let literals = self.counts.literals(channel);
            literals.iter().enumerate().all(|(at, used)| !used || at == value)
        };
        if matches!(self.kind, Kind::Alpha(..)) {
            let constant = |channel| self.counts.literals(channel).iter().filter(|used| **used).count() <= 1;
            return if (1..4).all(constant) { Conceals::Nothing } else { Conceals::Channels };
        }
        // The cache starts with zeros, which are literals like any.
        let zeros_alone = only(3, 0);
        let opaque = match self.transforms.first() {
            // Its colours are final, and were looked at.
            Some(Transform::ColorIndexing { .. }) => return Conceals::Nothing,
            _ if self.has_indexing() => false,
            // Where alpha is full in all neighbours, every predictor says full; they start from full.
            _ if self.has_predictor() => zeros_alone,
            _ => only(3, 255) && !self.counts.uses_cache(),
        };
        if opaque { Conceals::Nothing } else { Conceals::Perhaps }
    }

    /// True where a pixel has a colour of its own though its alpha is zero; `shown` is the decoded picture, four
    /// bytes a pixel, alpha last.
    ///
    /// What a predictor says of such a pixel is not of its own: encoders leave it there where nothing is seen.
    pub(crate) fn has_hidden_colors(&self, shown: &[u8], budget: &Budget) -> Result<bool, Error> {
        let has_color = |[red, green, blue, alpha]: &[u8; 4]| *alpha == 0 && red | green | blue != 0;
        let shown = shown.as_chunks::<4>().0;
        if !shown.iter().any(has_color) || self.has_indexing() {
            return Ok(shown.iter().any(has_color));
        }
        let count = self.shape.width * self.shape.height;
        budget.expand(count as u64 * 4)?;
        let mut told = Pixels::new(count, self.cache_bits, budget)?;
        let tiles = self.tiles.as_ref().map(|(tiles, _)| tiles);
        walk(&mut self.symbols.clone(), self.shape, &self.groups, tiles, &mut told, budget)?;
        let mut pixels = shown.iter().zip(told.pixels);
        Ok(pixels.any(|(shown, told)| has_color(shown) && told & 0x00ff_ffff != 0))
    }

    fn has_indexing(&self) -> bool {
        self.transforms.iter().any(|transform| matches!(transform, Transform::ColorIndexing { .. }))
    }

    fn has_predictor(&self) -> bool {
        self.transforms.iter().any(|transform| matches!(transform, Transform::Predictor { .. }))
    }

    /// Takes away what colours of a palette do not show: those of no pixel, colour under alpha 0, alpha that is
    /// not used. Only where the palette makes the final pixels.
    fn clear_palette(&mut self) {
        let shown = self.shown_indices();
        let (kind, uses_alpha) = (self.kind, self.uses_alpha);
        let Some(Transform::ColorIndexing { colors, image }) = self.transforms.first_mut() else { return };
        let mut changed = false;
        for (color, shown) in colors.iter_mut().zip(shown) {
            let kept = match kind {
                _ if !shown => 0,
                Kind::Alpha(..) => *color & 0xff00 | 0xff00_0000,
                Kind::Picture if !uses_alpha => *color | 0xff00_0000,
                Kind::Picture if *color >> 24 == 0 => 0,
                Kind::Picture => *color,
            };
            changed |= kept != *color;
            *color = kept;
        }
        if changed {
            *image = SmallImage::of(differences(colors));
            self.cleared = true;
        }
    }

    /// Which indices of a palette may come: those of literals, where nothing is done to these before they are
    /// looked up.
    fn shown_indices(&self) -> [bool; 256] {
        let Some((Transform::ColorIndexing { colors, .. }, rest)) = self.transforms.split_first() else {
            return [true; 256];
        };
        if !rest.is_empty() {
            return [true; 256];
        }
        let bits = index_bits(colors.len());
        let mut shown = [false; 256];
        // The cache starts with zeros.
        shown[0] = self.counts.uses_cache();
        let literals = self.counts.literals(0);
        for packed in (0..256_usize).filter(|green| literals.get(*green) == Some(&true)) {
            for place in (0..8).step_by(bits) {
                if let Some(slot) = shown.get_mut(packed >> place & ((1 << bits) - 1)) {
                    *slot = true;
                }
            }
        }
        shown
    }

    /// Writes the stream anew.
    pub(crate) fn write(&self, budget: &Budget) -> Result<Vec<u8>, Error> {
        let mut writer = BitWriter::onto(Vec::new());
        if self.kind == Kind::Picture {
            writer.bits(SIGNATURE, 8);
            writer.bits(self.width - 1, 14);
            writer.bits(self.height - 1, 14);
            writer.bits(u32::from(self.uses_alpha), 4);
        }
        for transform in &self.transforms {
            writer.flag(true);
            writer = match transform {
                Transform::Predictor { bits, modes: image } => small(0, *bits, image, writer, budget)?,
                Transform::CrossColor { bits, multipliers: image } => small(1, *bits, image, writer, budget)?,
                Transform::SubtractGreen => {
                    writer.bits(2, 2);
                    writer
                }
                Transform::ColorIndexing { colors, image } => {
                    writer.bits(3, 2);
                    writer.bits(colors.len() as u32 - 1, 8);
                    image.write(writer, budget)?
                }
            };
        }
        writer.flag(false);
        writer.flag(self.cache_bits > 0);
        if self.cache_bits > 0 {
            writer.bits(self.cache_bits, 4);
        }
        writer.flag(self.tiles.is_some());
        if let Some((tiles, image)) = &self.tiles {
            writer.bits(tiles.bits - 2, 3);
            writer = image.write(writer, budget)?;
        }
        let mut coder = Coder::new(&self.counts, writer, budget)?;
        let tiles = self.tiles.as_ref().map(|(tiles, _)| tiles);
        walk(&mut self.symbols.clone(), self.shape, &self.groups, tiles, &mut coder, budget)?;
        let output = coder.into_writer().finish();
        if output.len() as u64 > budget.limits().buffer_bytes {
            return Err(budget.trip(Resource::BufferBytes));
        }
        Ok(output)
    }
}

/// Writes a predictor or colour transform.
fn small(
    kind: u32,
    bits: u32,
    image: &SmallImage,
    mut writer: BitWriter,
    budget: &Budget,
) -> Result<BitWriter, Error> {
    writer.bits(kind, 2);
    writer.bits(bits - 2, 3);
    image.write(writer, budget)
}

/// Reads the transforms; of their images only what acts is kept.
fn transforms(
    reader: &mut BitReader<'_>,
    shape: &mut Shape,
    budget: &Budget,
) -> Result<Vec<Transform>, Error> {
    let mut transforms = Vec::new();
    let mut seen = [false; 4];
    while reader.flag()? {
        let kind = reader.bits(2)?;
        // Each may come once.
        match seen.get_mut(kind as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => return Err(malformed("VP8L transform", 0)),
        }
        let mut tiled = |shape: &Shape| {
            let bits = reader.bits(3)? + 2;
            let size = (shape.width.div_ceil(1 << bits), shape.height.div_ceil(1 << bits));
            Ok::<(u32, SmallImage), Error>((bits, SmallImage::read(reader, size, budget)?))
        };
        transforms.push(match kind {
            0 => {
                let (bits, mut modes) = tiled(shape)?;
                // Modes 14 and 15 are not named; decoders predict black, as mode 0 does.
                modes.map(|pixel| match pixel & 0x0f00 {
                    0x0e00.. => 0xff00_0000,
                    mode => 0xff00_0000 | mode,
                });
                Transform::Predictor { bits, modes }
            }
            1 => {
                let (bits, mut multipliers) = tiled(shape)?;
                multipliers.map(|pixel| 0xff00_0000 | pixel);
                Transform::CrossColor { bits, multipliers }
            }
            2 => Transform::SubtractGreen,
            _ => {
                let count = reader.bits(8)? as usize + 1;
                let image = SmallImage::read(reader, (count, 1), budget)?;
                shape.width = shape.width.div_ceil(8 / index_bits(count));
                Transform::ColorIndexing { colors: sums(&image.pixels), image }
            }
        });
    }
    Ok(transforms)
}

/// Bits of one index into a palette of so many colours.
fn index_bits(colors: usize) -> usize {
    match colors {
        0..=2 => 1,
        3..=4 => 2,
        5..=16 => 4,
        _ => 8,
    }
}

/// Channel by channel, without a carry.
fn each_channel(a: u32, b: u32, change: impl Fn(u8, u8) -> u8) -> u32 {
    let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a.to_be_bytes(), b.to_be_bytes());
    u32::from_be_bytes([change(a0, b0), change(a1, b1), change(a2, b2), change(a3, b3)])
}

/// Colours from their differences.
fn sums(differences: &[u32]) -> Vec<u32> {
    let mut last = 0;
    let next = differences.iter().map(|difference| {
        last = each_channel(last, *difference, u8::wrapping_add);
        last
    });
    next.collect()
}

/// Differences of colours.
fn differences(colors: &[u32]) -> Vec<u32> {
    let before = [0].iter().chain(colors);
    colors.iter().zip(before).map(|(color, last)| each_channel(*color, *last, u8::wrapping_sub)).collect()
}

/// Which group reads what, and the image that tells so.
type Tiled = Option<(Tiles, SmallImage)>;

/// Reads the groups of codes that are used, and renames them in the order of their names.
fn groups(
    reader: &mut BitReader<'_>,
    cache_bits: u32,
    tiles: Option<(u32, SmallImage)>,
    budget: &Budget,
) -> Result<(Vec<Group>, Tiled), Error> {
    let Some((bits, mut image)) = tiles else {
        return Ok((vec![Group::read(reader, cache_bits, budget)?], None));
    };
    let name = |pixel: u32| (pixel >> 8 & 0xffff) as usize;
    let count = image.pixels.iter().map(|pixel| name(*pixel) + 1).max().unwrap_or(1);
    let mut used = vec![false; count];
    for pixel in &image.pixels {
        if let Some(used) = used.get_mut(name(*pixel)) {
            *used = true;
        }
    }
    let mut groups = Vec::new();
    let mut names = Vec::with_capacity(count);
    for used in used {
        names.push(groups.len() as u32);
        let group = Group::read(reader, cache_bits, budget)?;
        if used {
            groups.push(group);
        }
    }
    image.map(|pixel| names.get(name(pixel)).copied().unwrap_or(0) << 8);
    let tiles = Tiles { bits, groups: image.pixels.iter().map(|pixel| name(*pixel) as u16).collect() };
    Ok((groups, Some((tiles, image))))
}

/// Fails unless `output` starts as [`Stream::write`] would; returns width, height, and whether alpha is used.
pub(crate) fn verify(output: &[u8], kind: Kind, budget: &Budget) -> Result<(u32, u32, bool), Error> {
    let stream = Stream::start(output, kind, budget)?;
    Ok((stream.width, stream.height, stream.uses_alpha))
}
