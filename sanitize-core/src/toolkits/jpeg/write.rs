//! Coefficients to a new stream.
//!
//! Order of markers: SOI, APP0 `JFIF` or APP14 `Adobe` or neither, APP2 `ICC_PROFILE`, DQT, SOF, and for each
//! scan DHT, SOS and its data; EOI.

use super::{
    Coefficients, Color, Component, Decoded, Density,
    bits::{BitWriter, Codes, DC, TOKENS},
    blocks::{table_of, tokenize},
    huffman::Spec,
    sequential::Tokens,
    write_progressive,
};
use crate::{
    budget::Budget,
    bytes::Writer,
    error::{Error, malformed},
};

/// Content of one `ICC_PROFILE` segment: a segment holds 65,533 bytes, the name and the numbers take 14.
const ICC_CHUNK: usize = 65_519;

/// Writes the picture, with `profile` as its colour profile, as a new stream: progressive if it was, else
/// sequential.
pub(crate) fn write(
    decoded: &Decoded<'_>,
    profile: Option<&[u8]>,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let mut head = Writer::new();
    head.bytes(&[0xFF, 0xD8]);
    application(&mut head, decoded, profile)?;
    for (number, table) in (0_u8..).zip(&decoded.quantization) {
        let wide = table.iter().any(|step| *step > 255);
        head.bytes(&[0xFF, 0xDB]);
        head.u16_be(if wide { 131 } else { 67 });
        head.u8(u8::from(wide) << 4 | number);
        for step in table {
            if wide { head.u16_be(*step) } else { head.u8(*step as u8) }
        }
    }
    frame_header(&mut head, decoded);

    let mut output = match (&decoded.coefficients, decoded.progressive) {
        (Coefficients::Tokens(tokens), _) => sequential(head, decoded, std::slice::from_ref(tokens), budget)?,
        (Coefficients::Blocks(planes), false) => {
            sequential(head, decoded, &tokenize(decoded, planes, budget)?, budget)?
        }
        (Coefficients::Blocks(planes), true) => write_progressive::scans(head, decoded, planes, budget)?,
    };
    output.extend_from_slice(&[0xFF, 0xD9]);
    Ok(output)
}

/// The application segments, as libjpeg chooses them.
fn application(head: &mut Writer, decoded: &Decoded<'_>, profile: Option<&[u8]>) -> Result<(), Error> {
    let transform = match decoded.color {
        Color::Rgb | Color::AdobeCmyk => Some(0),
        Color::Ycck => Some(2),
        Color::Grey | Color::YCbCr | Color::Cmyk | Color::Unknown => None,
    };
    if let Some(transform) = transform {
        head.bytes(&[0xFF, 0xEE, 0, 14]);
        head.bytes(b"Adobe\0\x64\0\0\0\0");
        head.u8(transform);
    } else if matches!(decoded.color, Color::Grey | Color::YCbCr) {
        let density = decoded.density.unwrap_or(Density { units: 0, x: 1, y: 1 });
        // Version 1.01, no thumbnail. A density of nothing would make readers divide by zero.
        head.bytes(&[0xFF, 0xE0, 0, 16]);
        head.bytes(b"JFIF\0\x01\x01");
        let valid = density.units <= 2 && density.x > 0 && density.y > 0;
        let density = if valid { density } else { Density { units: 0, x: 1, y: 1 } };
        head.u8(density.units);
        head.u16_be(density.x);
        head.u16_be(density.y);
        head.bytes(&[0, 0]);
    }
    if let Some(profile) = profile.filter(|profile| !profile.is_empty()) {
        let count = u8::try_from(profile.len().div_ceil(ICC_CHUNK))
            .map_err(|_| Error::Unsupported("ICC profile of more than 255 segments"))?;
        for (number, chunk) in (1..=count).zip(profile.chunks(ICC_CHUNK)) {
            head.bytes(&[0xFF, 0xE2]);
            head.u16_be((chunk.len() + 16) as u16);
            head.bytes(b"ICC_PROFILE\0");
            head.bytes(&[number, count]);
            head.bytes(chunk);
        }
    }
    Ok(())
}

/// The identifier the component number `index` is written with.
fn identifier(decoded: &Decoded<'_>, index: usize) -> u8 {
    let red_green_blue = (decoded.color == Color::Rgb).then(|| b"RGB".get(index)).flatten();
    red_green_blue.copied().unwrap_or(index as u8 + 1)
}

fn frame_header(head: &mut Writer, decoded: &Decoded<'_>) {
    let wide = decoded.quantization.iter().flatten().any(|step| *step > 255);
    let marker = match (decoded.progressive, wide) {
        (true, _) => 0xC2,
        (false, true) => 0xC1,
        (false, false) => 0xC0,
    };
    head.bytes(&[0xFF, marker]);
    head.u16_be(8 + 3 * decoded.components.len() as u16);
    head.u8(8);
    head.u16_be(decoded.height);
    head.u16_be(decoded.width);
    head.u8(decoded.components.len() as u8);
    for (index, Component { h, v, quantization, .. }) in decoded.components.iter().enumerate() {
        head.bytes(&[identifier(decoded, index), h << 4 | v, *quantization]);
    }
}

/// A scan header: components, the DC and AC table of each, first and last coefficient, and both approximations.
pub(super) fn scan_header(
    head: &mut Writer,
    decoded: &Decoded<'_>,
    components: &[(usize, u8)],
    [start, end, approximation]: [u8; 3],
) {
    head.bytes(&[0xFF, 0xDA]);
    head.u16_be(6 + 2 * components.len() as u16);
    head.u8(components.len() as u8);
    for (index, tables) in components {
        head.bytes(&[identifier(decoded, *index), *tables]);
    }
    head.bytes(&[start, end, approximation]);
}

/// Makes the tables for what `counts` has, writes them, and sets their codes. Returns the bits that all
/// counted tokens take together.
///
/// `progressive` says what the symbols of size zero mean: with it, runs whose length follows in bits.
pub(super) fn tables(
    head: &mut Writer,
    codes: &mut Codes,
    counts: &[u32; TOKENS],
    progressive: Symbols,
) -> u64 {
    let ranges = [(0x00, DC, 16), (0x01, DC + 16, 16), (0x10, 0, 256), (0x11, 256, 256)];
    for (number, first, len) in ranges {
        let first_index = first as usize;
        let part = counts.get(first_index..first_index + len).unwrap_or_default();
        if part.iter().all(|count| *count == 0) {
            continue;
        }
        let spec = Spec::optimal(part);
        head.bytes(&[0xFF, 0xC4]);
        head.u16_be(19 + spec.symbols.len() as u16);
        head.u8(number);
        head.bytes(&spec.counts);
        head.bytes(&spec.symbols);
        for (symbol, code, length) in spec.codes() {
            let symbol = u32::from(symbol);
            let (run, size) = (symbol >> 4, symbol & 15);
            let extra = match progressive {
                Symbols::Progressive if first < DC && size == 0 && run < 15 => run,
                _ => size,
            };
            codes.set(first + symbol, code, length, extra);
        }
    }
    counts.iter().enumerate().map(|(token, count)| u64::from(*count) * codes.length(token)).sum()
}

/// What AC symbols of size zero mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbols {
    /// The end of the block.
    Sequential,
    /// The end of the band in a number of blocks.
    Progressive,
}

/// Makes room for `bits` of entropy-coded data behind `head`, and for what byte stuffing and markers add.
fn with_room(head: Writer, bits: u64, budget: &Budget) -> Result<Vec<u8>, Error> {
    let data = bits / 8 + bits / 512;
    let mut output = budget.reserve(head.len() as u64 + data + 64)?;
    output.extend_from_slice(head.as_slice());
    Ok(output)
}

fn sequential(
    mut head: Writer,
    decoded: &Decoded<'_>,
    scans: &[Tokens],
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let mut counts = Box::new([0_u32; TOKENS]);
    for scan in scans {
        for (sum, count) in counts.iter_mut().zip(scan.counts.iter()) {
            *sum = sum.checked_add(*count).ok_or_else(|| malformed("number of coefficients", 0))?;
        }
    }
    let mut codes = Codes::new();
    let bits = tables(&mut head, &mut codes, &counts, Symbols::Sequential);
    let all: Vec<(usize, u8)> = (0..decoded.components.len())
        .map(|index| (index, if table_of(index) == 0 { 0x00 } else { 0x11 }))
        .collect();
    let mut output = with_room(head, bits, budget)?;
    let groups = if scans.len() == 1 { all.len() } else { 1 };
    for (scan, components) in scans.iter().zip(all.chunks(groups)) {
        let mut header = Writer::onto(output);
        scan_header(&mut header, decoded, components, [0, 63, 0]);
        let mut writer = BitWriter::onto(header.into_bytes());
        // In pieces, so that the clock is looked at.
        for tokens in scan.tokens.chunks(1 << 20) {
            budget.check()?;
            writer.tokens(tokens, &codes);
        }
        output = writer.finish();
    }
    Ok(output)
}
