//! Stream filters (ISO 32000-2, 7.4) up to the ones that decode pictures.

use std::borrow::Cow;

use weezl::{BitOrder, LzwStatus, decode::Configuration};

use super::object::{Dict, Object};
use crate::{
    budget::Budget,
    error::Error,
    limits::Resource,
    toolkits::{
        codec::{
            flate::{self, Wrapper},
            repack,
        },
        deflate::Symbols,
    },
};

/// How many filters may stand on one stream.
pub(crate) const CHAIN: usize = 4;

/// A filter that ends the chain because what it holds is a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    Dct,
    Jpx,
    Ccitt,
    Jbig2,
}

/// One step of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filter {
    Flate,
    Lzw,
    Ascii85,
    AsciiHex,
    RunLength,
    /// Decryption was decided before the chain starts.
    Crypt,
    Picture(Picture),
}

impl Filter {
    /// The filter of this name; the short names of inline pictures are read anywhere, as viewers do.
    pub(crate) fn by_name(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"ASCII85Decode" | b"A85" => Self::Ascii85,
            b"ASCIIHexDecode" | b"AHx" => Self::AsciiHex,
            b"RunLengthDecode" | b"RL" => Self::RunLength,
            b"Crypt" => Self::Crypt,
            b"DCTDecode" | b"DCT" => Self::Picture(Picture::Dct),
            b"JPXDecode" => Self::Picture(Picture::Jpx),
            b"CCITTFaxDecode" | b"CCF" => Self::Picture(Picture::Ccitt),
            b"JBIG2Decode" => Self::Picture(Picture::Jbig2),
            _ => return None,
        })
    }
}

/// What a chain of filters left.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) bytes: Cow<'a, [u8]>,
    /// Set when the bytes are a picture in this encoding.
    pub(crate) picture: Option<Picture>,
    /// False when a filter met damage and `bytes` is what came before it.
    pub(crate) whole: bool,
    /// The symbols of Deflate that `bytes` were packed in last, where they were and it was asked for them.
    pub(crate) symbols: Option<Symbols>,
}

/// Whether the symbols of Deflate are kept, for bytes that are to be packed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    Bytes,
    Symbols,
}

/// Runs `steps` over `raw`. `None` for a chain that is too long or has a picture in its middle.
pub(crate) fn decode<'a>(
    raw: Cow<'a, [u8]>,
    steps: &[(Filter, Dict<'_>)],
    keep: Keep,
    budget: &Budget,
) -> Result<Option<Decoded<'a>>, Error> {
    if steps.len() > CHAIN {
        return Ok(None);
    }
    let mut decoded = Decoded { bytes: raw, picture: None, whole: true, symbols: None };
    for (filter, parameters) in steps {
        if decoded.picture.is_some() {
            return Ok(None);
        }
        let input = &decoded.bytes;
        let mut symbols = None;
        let (bytes, whole) = match filter {
            Filter::Flate if keep == Keep::Symbols => match repack::inflate_zlib(input, budget)? {
                Some(unpacked) => {
                    symbols = unpacked.symbols;
                    (unpacked.plain.into_owned(), true)
                }
                None => inflate(input, budget)?,
            },
            Filter::Flate => inflate(input, budget)?,
            Filter::Lzw => lzw(input, parameters.get(b"EarlyChange") != &Object::Int(0), budget)?,
            Filter::Ascii85 => ascii85(input, budget)?,
            Filter::AsciiHex => ascii_hex(input, budget)?,
            Filter::RunLength => run_length(input, budget)?,
            Filter::Crypt => continue,
            Filter::Picture(picture) => {
                decoded.picture = Some(*picture);
                continue;
            }
        };
        decoded.whole &= whole;
        decoded.bytes = Cow::Owned(bytes);
        decoded.symbols = symbols;
        if matches!(filter, Filter::Flate | Filter::Lzw) {
            if predictor(parameters) >= 2 {
                // They are symbols of other bytes.
                decoded.symbols = None;
            }
            let Some(bytes) = unpredict(decoded.bytes, parameters) else { return Ok(None) };
            decoded.bytes = bytes;
        }
    }
    Ok(Some(decoded))
}

/// Keeps `block`, paid for, in `output`.
fn keep(output: &mut Vec<u8>, block: &[u8], budget: &Budget) -> Result<(), Error> {
    budget.expand(block.len() as u64)?;
    if output.len().saturating_add(block.len()) as u64 > budget.limits().buffer_bytes {
        return Err(budget.trip(Resource::BufferBytes));
    }
    output.try_reserve(block.len()).map_err(|_| budget.trip(Resource::BufferBytes))?;
    output.extend_from_slice(block);
    Ok(())
}

/// Inflates as much as there is. Viewers show what a damaged or cut stream yields, so this does too.
pub(crate) fn inflate(input: &[u8], budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let (output, whole) = flate::inflate_what_there_is(input, Wrapper::Zlib, budget)?;
    if output.is_empty() && !whole && input.len() > 2 {
        // A wrong or missing zlib header: the blocks themselves may be in order.
        let headless = input.get(2..).unwrap_or_default();
        let after_header = flate::inflate_what_there_is(headless, Wrapper::None, budget)?;
        if !after_header.0.is_empty() {
            return Ok((after_header.0, false));
        }
        let bare = flate::inflate_what_there_is(input, Wrapper::None, budget)?;
        if bare.1 {
            return Ok((bare.0, false));
        }
    }
    Ok((output, whole))
}

fn lzw(input: &[u8], early_change: bool, budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let configuration = match early_change {
        true => Configuration::with_tiff_size_switch(BitOrder::Msb, 8),
        false => Configuration::new(BitOrder::Msb, 8),
    };
    let mut decoder = configuration.build();
    let mut output = Vec::new();
    let mut block = vec![0; 16 << 10];
    let mut rest = input;
    loop {
        let result = decoder.decode_bytes(rest, &mut block);
        keep(&mut output, block.get(..result.consumed_out).unwrap_or_default(), budget)?;
        rest = rest.get(result.consumed_in..).unwrap_or_default();
        match result.status {
            Ok(LzwStatus::Done) => return Ok((output, true)),
            Ok(LzwStatus::Ok) if result.consumed_in != 0 || result.consumed_out != 0 => (),
            Ok(_) | Err(_) => return Ok((output, false)),
        }
    }
}

fn ascii85(input: &[u8], budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let mut output = budget.buffer((input.len() as u64).saturating_mul(4) / 5 + 8)?;
    let mut group = [0_u8; 5];
    let mut filled = 0;
    let mut zeros = 0_u64;
    for &byte in input {
        match byte {
            b'z' if filled == 0 => {
                zeros += 1;
                if zeros.is_multiple_of(4096) {
                    budget.expand(4 * 4096)?;
                }
                output.extend_from_slice(&[0; 4]);
            }
            b'!'..=b'u' => {
                if let Some(slot) = group.get_mut(filled) {
                    *slot = byte - b'!';
                }
                filled += 1;
                if filled == 5 {
                    output.extend_from_slice(&value85(&group));
                    filled = 0;
                }
            }
            b'~' => break,
            _ => (),
        }
    }
    if filled > 1 {
        for slot in group.iter_mut().skip(filled) {
            *slot = 84;
        }
        output.extend_from_slice(value85(&group).get(..filled - 1).unwrap_or_default());
    }
    Ok((output, true))
}

fn value85(group: &[u8; 5]) -> [u8; 4] {
    group
        .iter()
        .fold(0_u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit)))
        .to_be_bytes()
}

fn ascii_hex(input: &[u8], budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let mut output = budget.buffer(input.len() as u64 / 2 + 1)?;
    let mut high = None;
    for byte in input.iter().take_while(|byte| **byte != b'>') {
        let Some(digit) = char::from(*byte).to_digit(16) else { continue };
        match high.take() {
            None => high = Some(digit as u8),
            Some(high) => output.push(high << 4 | digit as u8),
        }
    }
    if let Some(high) = high {
        output.push(high << 4);
    }
    Ok((output, true))
}

fn run_length(input: &[u8], budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let mut output = Vec::new();
    let mut rest = input;
    while let [length, tail @ ..] = rest {
        match *length {
            128 => return Ok((output, true)),
            0..=127 => {
                let count = (usize::from(*length) + 1).min(tail.len());
                let (run, after) = tail.split_at_checked(count).unwrap_or((tail, &[]));
                keep(&mut output, run, budget)?;
                rest = after;
            }
            _ => {
                let [byte, after @ ..] = tail else { break };
                keep(
                    &mut output,
                    [*byte; 128].get(..257 - usize::from(*length)).unwrap_or_default(),
                    budget,
                )?;
                rest = after;
            }
        }
    }
    Ok((output, false))
}

fn predictor(parameters: &Dict<'_>) -> i64 {
    parameters.get(b"Predictor").as_int().unwrap_or(1)
}

/// Undoes the predictor of `parameters`; `None` when they make no sense.
fn unpredict<'a>(bytes: Cow<'a, [u8]>, parameters: &Dict<'_>) -> Option<Cow<'a, [u8]>> {
    let number = |key: &[u8], default: i64| parameters.get(key).as_int().unwrap_or(default);
    let predictor = predictor(parameters);
    if predictor < 2 {
        return Some(bytes);
    }
    let colors = usize::try_from(number(b"Colors", 1)).ok().filter(|colors| (1..=32).contains(colors))?;
    let bits = usize::try_from(number(b"BitsPerComponent", 8)).ok()?;
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return None;
    }
    let columns =
        usize::try_from(number(b"Columns", 1)).ok().filter(|columns| (1..=1 << 24).contains(columns))?;
    let pixel = (colors * bits).div_ceil(8);
    let row = (columns.checked_mul(colors * bits)?).div_ceil(8);
    if predictor == 2 {
        let mut bytes = bytes.into_owned();
        for line in bytes.chunks_mut(row) {
            tiff_line(line, colors, bits);
        }
        return Some(Cow::Owned(bytes));
    }
    png_lines(&bytes, row, pixel).map(Cow::Owned)
}

fn tiff_line(line: &mut [u8], colors: usize, bits: usize) {
    match bits {
        8 => {
            for at in colors..line.len() {
                let left = line.get(at - colors).copied().unwrap_or(0);
                if let Some(byte) = line.get_mut(at) {
                    *byte = byte.wrapping_add(left);
                }
            }
        }
        16 => {
            let mut at = colors * 2;
            while at + 1 < line.len() {
                let word = |at: usize| {
                    u16::from_be_bytes([
                        line.get(at).copied().unwrap_or(0),
                        line.get(at + 1).copied().unwrap_or(0),
                    ])
                };
                let sum = word(at).wrapping_add(word(at - colors * 2)).to_be_bytes();
                if let Some(pair) = line.get_mut(at..at + 2) {
                    pair.copy_from_slice(&sum);
                }
                at += 2;
            }
        }
        _ => {
            let mask = (1_u8 << bits) - 1;
            let mut left = vec![0_u8; colors];
            let samples = line.len() * 8 / bits;
            for sample in 0..samples {
                let (at, shift) = (sample * bits / 8, 8 - bits - sample * bits % 8);
                let Some(byte) = line.get_mut(at) else { break };
                let Some(left) = left.get_mut(sample % colors) else { break };
                *left = left.wrapping_add(*byte >> shift) & mask;
                *byte = (*byte & !(mask << shift)) | (*left << shift);
            }
        }
    }
}

fn png_lines(bytes: &[u8], row: usize, pixel: usize) -> Option<Vec<u8>> {
    let mut output: Vec<u8> = Vec::new();
    output.try_reserve_exact(bytes.len()).ok()?;
    let mut above = vec![0_u8; row.min(bytes.len())];
    let mut line = Vec::with_capacity(above.len());
    for coded in bytes.chunks(row + 1) {
        let (tag, coded) = coded.split_first()?;
        line.clear();
        line.extend_from_slice(coded);
        // The last line may be cut; it is kept as far as it goes.
        match tag {
            1 => {
                for at in pixel..line.len() {
                    let left = *line.get(at - pixel)?;
                    let byte = line.get_mut(at)?;
                    *byte = byte.wrapping_add(left);
                }
            }
            2 => {
                for (byte, up) in line.iter_mut().zip(&above) {
                    *byte = byte.wrapping_add(*up);
                }
            }
            3 => {
                for at in 0..line.len() {
                    let left = at.checked_sub(pixel).and_then(|at| line.get(at)).copied().unwrap_or(0);
                    let mean = (u16::from(left) + u16::from(*above.get(at)?)) / 2;
                    let byte = line.get_mut(at)?;
                    *byte = byte.wrapping_add(mean as u8);
                }
            }
            4 => {
                for at in 0..line.len() {
                    let before = at.checked_sub(pixel);
                    let left = before.and_then(|at| line.get(at)).copied().unwrap_or(0);
                    let corner = before.and_then(|at| above.get(at)).copied().unwrap_or(0);
                    let guess = paeth(left, *above.get(at)?, corner);
                    let byte = line.get_mut(at)?;
                    *byte = byte.wrapping_add(guess);
                }
            }
            _ => (),
        }
        output.extend_from_slice(&line);
        if let Some(above) = above.get_mut(..line.len()) {
            above.copy_from_slice(&line);
        }
    }
    Some(output)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 1_000, Cancel::new())
    }

    #[test]
    fn text_filters_decode() {
        assert_eq!(ascii85(b"87cUR D]j7BEbo80~>", &budget()).unwrap().0, b"Hello world!");
        assert_eq!(ascii_hex(b"48 65 6c6C 6>", &budget()).unwrap().0, b"Hell`");
        assert_eq!(run_length(&[2, b'a', b'b', b'c', 254, b'x', 128], &budget()).unwrap().0, b"abcxxx");
    }

    #[test]
    fn png_predictors_are_undone() {
        assert_eq!(png_lines(&[1, 1, 1, 1, 2, 1, 1, 1], 3, 1).unwrap(), [1, 2, 3, 2, 3, 4]);
        assert_eq!(png_lines(&[4, 5, 1, 4, 1, 1], 2, 1).unwrap(), [5, 6, 6, 7]);
    }

    #[test]
    fn a_cut_flate_stream_yields_what_came_before() {
        let packed =
            flate::deflate(&(0..20_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>(), 2, Wrapper::Zlib)
                .unwrap();
        let (bytes, whole) = inflate(packed.get(..packed.len() / 2).unwrap(), &budget()).unwrap();
        assert!(!whole && bytes.len() > 1_000 && bytes.starts_with(&[0, 0, 0, 0, 1, 0, 0, 0]));
    }
}
