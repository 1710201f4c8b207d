//! The frame header (RFC 6386, 9.2 to 9.11): what of it acts on a picture, read and written.

use super::{
    bool_coder::{BoolReader, BoolWriter},
    tables::{DEFAULT_TOKENS, TOKEN_UPDATES, TokenProbabilities},
};
use crate::error::{Error, malformed};

/// Bytes before the first partition.
pub(super) const START: usize = 10;

/// What stands before the first partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Start {
    /// 0 to 3.
    pub(super) version: u8,
    pub(super) width: u16,
    pub(super) height: u16,
    /// Bytes of the first partition.
    pub(super) first_partition: usize,
}

impl Start {
    /// Reads the tag of a key frame that is shown, and its size. How a player may enlarge it is left out.
    pub(super) fn read(input: &[u8]) -> Result<Self, Error> {
        let Some(([low, middle, high, code @ .., w0, w1, h0, h1], _)) = input.split_first_chunk::<START>()
        else {
            return Err(malformed("VP8 frame header", 0));
        };
        let tag = u32::from_le_bytes([*low, *middle, *high, 0]);
        let start = Self {
            version: (tag >> 1 & 7) as u8,
            width: u16::from_le_bytes([*w0, *w1]) & 0x3fff,
            height: u16::from_le_bytes([*h0, *h1]) & 0x3fff,
            first_partition: (tag >> 5) as usize,
        };
        let is_shown_key_frame = tag & 1 == 0 && tag >> 4 & 1 == 1 && start.version <= 3;
        if !is_shown_key_frame || *code != [0x9d, 0x01, 0x2a] || start.width == 0 || start.height == 0 {
            return Err(malformed("VP8 frame header", 0));
        }
        Ok(start)
    }

    /// The bytes of it; the size of the first partition has 19 bits.
    pub(super) fn bytes(&self) -> Result<[u8; START], Error> {
        let first = u32::try_from(self.first_partition).ok().filter(|size| *size < 1 << 19);
        let first =
            first.ok_or(Error::Unsupported("a VP8 frame with a first partition that is too large"))?;
        let [low, middle, high, _] = (u32::from(self.version) << 1 | 1 << 4 | first << 5).to_le_bytes();
        let ([w0, w1], [h0, h1]) = (self.width.to_le_bytes(), self.height.to_le_bytes());
        Ok([low, middle, high, 0x9d, 0x01, 0x2a, w0, w1, h0, h1])
    }
}

/// Segments of macroblocks with quantisers and filters of their own (RFC 6386, 9.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Segments {
    /// Each macroblock says to which it belongs, by these probabilities; else all belong to the first.
    pub(super) map: Option<[u8; 3]>,
    pub(super) values: Option<SegmentValues>,
}

/// What segments have of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SegmentValues {
    pub(super) absolute: bool,
    pub(super) quantizers: [i8; 4],
    pub(super) filter_levels: [i8; 4],
}

/// The loop filter (RFC 6386, 9.6). Of the adjustments only those a key frame can meet are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) simple: bool,
    /// 0 is no filter at all.
    pub(super) level: u8,
    pub(super) sharpness: u8,
    /// For what is predicted from the same frame, which is everything.
    pub(super) intra_delta: i8,
    /// For macroblocks with a mode for each subblock.
    pub(super) subblock_delta: i8,
}

/// The frame header inside the first partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) color_space: bool,
    pub(super) clamping: bool,
    pub(super) segments: Option<Segments>,
    pub(super) filter: Filter,
    /// Of how many partitions the tokens are, as a power of two.
    pub(super) partitions: u8,
    /// Index, and differences for Y DC, Y2 DC, Y2 AC, chroma DC and chroma AC.
    pub(super) quantizer: (u8, [i8; 5]),
    /// The probability that a macroblock has coefficients, where each says whether it does.
    pub(super) coded: Option<u8>,
}

impl Header {
    /// Reads the header with the probabilities of tokens, which only the reader of tokens needs.
    pub(super) fn read(reader: &mut BoolReader<'_>) -> (Self, Box<TokenProbabilities>) {
        let (color_space, clamping) = (reader.flag(), reader.flag());
        let segments = reader.flag().then(|| segments(reader));
        let mut filter = Filter {
            simple: reader.flag(),
            level: reader.number(6),
            sharpness: reader.number(3),
            ..Filter::default()
        };
        // Differences by reference frame, of which the first is this one, and by mode, of which the first is
        // the only one of key frames.
        if reader.flag() && reader.flag() {
            let [intra, _, _, _, subblock, ..] = [0; 8].map(|_: u8| reader.optional(6));
            (filter.intra_delta, filter.subblock_delta) = (intra, subblock);
        }
        let partitions = reader.number(2);
        let quantizer = (reader.number(7), [0; 5].map(|_: u8| reader.optional(4)));
        // Whether later frames start from these probabilities: there are none.
        reader.flag();
        let mut tokens = Box::new(DEFAULT_TOKENS);
        let flat = tokens.as_flattened_mut().as_flattened_mut().as_flattened_mut();
        let updates = TOKEN_UPDATES.as_flattened().as_flattened().as_flattened();
        for (probability, update) in flat.iter_mut().zip(updates) {
            if reader.bit(*update) {
                *probability = reader.number(8);
            }
        }
        let coded = reader.flag().then(|| reader.number(8));
        (Self { color_space, clamping, segments, filter, partitions, quantizer, coded }, tokens)
    }

    /// Writes the header as [`Header::read`] reads it.
    pub(super) fn write(&self, tokens: &TokenProbabilities, writer: &mut BoolWriter) {
        writer.flag(self.color_space);
        writer.flag(self.clamping);
        writer.flag(self.segments.is_some());
        if let Some(segments) = &self.segments {
            write_segments(segments, writer);
        }
        let filter = &self.filter;
        writer.flag(filter.simple);
        writer.number(filter.level, 6);
        writer.number(filter.sharpness, 3);
        let deltas = [filter.intra_delta, 0, 0, 0, filter.subblock_delta, 0, 0, 0];
        let adjusts = deltas != [0; 8];
        writer.flag(adjusts);
        if adjusts {
            writer.flag(true);
            deltas.iter().for_each(|delta| writer.optional(*delta, 6));
        }
        writer.number(self.partitions, 2);
        writer.number(self.quantizer.0, 7);
        self.quantizer.1.iter().for_each(|difference| writer.optional(*difference, 4));
        writer.flag(false);
        let tokens = tokens.as_flattened().as_flattened().as_flattened();
        let defaults = DEFAULT_TOKENS.as_flattened().as_flattened().as_flattened();
        let updates = TOKEN_UPDATES.as_flattened().as_flattened().as_flattened();
        for ((probability, default), update) in tokens.iter().zip(defaults).zip(updates) {
            writer.bit(probability != default, *update);
            if probability != default {
                writer.number(*probability, 8);
            }
        }
        writer.flag(self.coded.is_some());
        if let Some(coded) = self.coded {
            writer.number(coded, 8);
        }
    }

    /// Sets to zero what does not act: values of segments `in_use` does not name, and a filter of level zero.
    pub(super) fn settle(&mut self, in_use: [bool; 4]) {
        if self.filter.level == 0 {
            self.filter = Filter::default();
        }
        if let Some(values) = self.segments.as_mut().and_then(|segments| segments.values.as_mut()) {
            for (segment, in_use) in in_use.into_iter().enumerate() {
                if let Some(quantizer) = values.quantizers.get_mut(segment).filter(|_| !in_use) {
                    *quantizer = 0;
                }
                if let Some(level) = values.filter_levels.get_mut(segment)
                    && (!in_use || self.filter.level == 0)
                {
                    *level = 0;
                }
            }
        }
    }
}

fn segments(reader: &mut BoolReader<'_>) -> Segments {
    let has_map = reader.flag();
    let values = reader.flag().then(|| SegmentValues {
        absolute: reader.flag(),
        quantizers: [0; 4].map(|_: u8| reader.optional(7)),
        filter_levels: [0; 4].map(|_: u8| reader.optional(6)),
    });
    let mut probability = |_: u8| if reader.flag() { reader.number(8) } else { 255 };
    let map = has_map.then(|| [0; 3].map(&mut probability));
    Segments { map, values }
}

fn write_segments(segments: &Segments, writer: &mut BoolWriter) {
    writer.flag(segments.map.is_some());
    writer.flag(segments.values.is_some());
    if let Some(values) = &segments.values {
        writer.flag(values.absolute);
        values.quantizers.iter().for_each(|quantizer| writer.optional(*quantizer, 7));
        values.filter_levels.iter().for_each(|level| writer.optional(*level, 6));
    }
    for probability in segments.map.into_iter().flatten() {
        writer.flag(probability != 255);
        if probability != 255 {
            writer.number(probability, 8);
        }
    }
}
