//! The small images inside a stream: what a transform needs, and which codes read which square.

use super::{
    bits::{BitReader, BitWriter},
    image::{Coder, Counts, Group, Number, Shape, Sink, walk},
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    limits::Resource,
};

/// A small image: its pixels, and the symbols it was told by.
#[derive(Debug)]
pub(super) struct SmallImage {
    /// Alpha, red, green, blue, from the highest byte on.
    pub(super) pixels: Vec<u32>,
    symbols: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug)]
enum Symbol {
    Literal(u32),
    Copy { length: Number, from: Number, distance: u32 },
}

/// Gathers pixels.
pub(super) struct Pixels {
    pub(super) pixels: Vec<u32>,
    /// The colour cache; empty where there is none.
    cache: Vec<u32>,
    shift: u32,
}

impl Pixels {
    /// For `count` pixels, which the caller has paid for.
    pub(super) fn new(count: usize, cache_bits: u32, budget: &Budget) -> Result<Self, Error> {
        let cache = vec![0; if cache_bits > 0 { 1 << cache_bits } else { 0 }];
        let mut pixels = Vec::new();
        pixels.try_reserve_exact(count).map_err(|_| budget.trip(Resource::BufferBytes))?;
        Ok(Self { pixels, cache, shift: (32 - cache_bits).min(31) })
    }

    #[inline]
    fn push(&mut self, pixel: u32) {
        let key = pixel.wrapping_mul(0x1e35_a7bd) >> self.shift;
        if let Some(slot) = self.cache.get_mut(key as usize) {
            *slot = pixel;
        }
        self.pixels.push(pixel);
    }
}

impl Sink for Pixels {
    #[inline]
    fn literal(&mut self, _: usize, [green, red, blue, alpha]: [u32; 4]) {
        self.push(alpha << 24 | red << 16 | green << 8 | blue);
    }

    fn copy(&mut self, _: usize, length: Number, _: Number, distance: usize) {
        for _ in 0..length.value() {
            let place = self.pixels.len().wrapping_sub(distance);
            let pixel = self.pixels.get(place).copied().unwrap_or(0);
            self.push(pixel);
        }
    }

    fn cached(&mut self, _: usize, key: u32) {
        let pixel = self.cache.get(key as usize).copied().unwrap_or(0);
        self.push(pixel);
    }
}

/// Gathers pixels and the symbols they are told by.
struct Gather {
    pixels: Pixels,
    symbols: Vec<Symbol>,
}

impl Sink for Gather {
    fn literal(&mut self, group: usize, literal: [u32; 4]) {
        self.pixels.literal(group, literal);
        self.symbols.extend(self.pixels.pixels.last().copied().map(Symbol::Literal));
    }

    fn copy(&mut self, group: usize, length: Number, from: Number, distance: usize) {
        self.symbols.push(Symbol::Copy { length, from, distance: distance as u32 });
        self.pixels.copy(group, length, from, distance);
    }

    fn cached(&mut self, group: usize, key: u32) {
        self.pixels.cached(group, key);
        self.symbols.extend(self.pixels.pixels.last().copied().map(Symbol::Literal));
    }
}

/// Bytes in memory for each pixel of a small image.
const PIXEL: u64 = 4 + size_of::<Symbol>() as u64;

impl SmallImage {
    /// Reads an image of `width` × `height`.
    pub(super) fn read(
        reader: &mut BitReader<'_>,
        (width, height): (usize, usize),
        budget: &Budget,
    ) -> Result<Self, Error> {
        let cache_bits = cache_bits(reader)?;
        let group = Group::read(reader, cache_bits, budget)?;
        budget.expand(width as u64 * height as u64 * PIXEL)?;
        let pixels = Pixels::new(width * height, cache_bits, budget)?;
        let mut gather = Gather { pixels, symbols: Vec::new() };
        walk(reader, Shape { width, height }, &[group], None, &mut gather, budget)?;
        Ok(Self { pixels: gather.pixels.pixels, symbols: gather.symbols })
    }

    /// An image of these pixels, each told by itself.
    pub(super) fn of(pixels: Vec<u32>) -> Self {
        Self { symbols: pixels.iter().map(|pixel| Symbol::Literal(*pixel)).collect(), pixels }
    }

    /// Changes every pixel by itself; copies stay copies.
    pub(super) fn map(&mut self, change: impl Fn(u32) -> u32) {
        self.pixels.iter_mut().for_each(|pixel| *pixel = change(*pixel));
        for symbol in &mut self.symbols {
            if let Symbol::Literal(pixel) = symbol {
                *pixel = change(*pixel);
            }
        }
    }

    /// Writes the image, without a colour cache.
    pub(super) fn write(&self, mut writer: BitWriter, budget: &Budget) -> Result<BitWriter, Error> {
        writer.flag(false);
        let mut counts = Counts::new(1, 0, budget)?;
        self.symbols(&mut counts);
        let mut coder = Coder::new(&counts, writer, budget)?;
        self.symbols(&mut coder);
        Ok(coder.into_writer())
    }

    fn symbols(&self, sink: &mut impl Sink) {
        for symbol in &self.symbols {
            match *symbol {
                Symbol::Literal(pixel) => {
                    let [alpha, red, green, blue] = pixel.to_be_bytes().map(u32::from);
                    sink.literal(0, [green, red, blue, alpha]);
                }
                Symbol::Copy { length, from, distance } => sink.copy(0, length, from, distance as usize),
            }
        }
    }
}

/// The size of the colour cache, as a power of two; 0 is none.
pub(super) fn cache_bits(reader: &mut BitReader<'_>) -> Result<u32, Error> {
    if !reader.flag()? {
        return Ok(0);
    }
    match reader.bits(4)? {
        bits @ 1..=11 => Ok(bits),
        _ => Err(malformed("VP8L colour cache", 0)),
    }
}
