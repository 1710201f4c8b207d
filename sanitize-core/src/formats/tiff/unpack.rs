//! What the strips and tiles of a TIFF are packed with.

use std::io::Cursor;

use flate2::{Decompress, FlushDecompress, Status};
use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};
use image_webp::WebPDecoder;
use weezl::{BitOrder, decode::Configuration};
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

use super::decode::Layout;
use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// Old writers put the least significant bit first; such a stream starts with a clear code the other way round.
pub(super) fn is_old_lzw(body: &[u8]) -> bool {
    matches!(body, [0, second, ..] if second & 1 == 1)
}

pub(super) fn lzw(body: &[u8], size: usize, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = budget.reserve(size as u64)?;
    output.resize(size, 0);
    let mut decoder = if is_old_lzw(body) {
        Configuration::new(BitOrder::Lsb, 8).with_yield_on_full_buffer(true).build()
    } else {
        Configuration::with_tiff_size_switch(BitOrder::Msb, 8).with_yield_on_full_buffer(true).build()
    };
    let (mut read, mut written) = (0, 0);
    while let (Some(rest), Some(space)) = (body.get(read..), output.get_mut(written..)) {
        let step = decoder.decode_bytes(rest, space);
        read += step.consumed_in;
        written += step.consumed_out;
        let goes_on =
            matches!(step.status, Ok(weezl::LzwStatus::Ok)) && step.consumed_in + step.consumed_out > 0;
        if !goes_on {
            break;
        }
    }
    output.truncate(written);
    Ok(output)
}

pub(super) fn inflate(body: &[u8], size: usize, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = budget.reserve(size as u64)?;
    let mut inflater = Decompress::new(true);
    loop {
        let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let before = (read, output.len());
        let rest = body.get(read..).unwrap_or_default();
        let status = inflater.decompress_vec(rest, &mut output, FlushDecompress::None);
        let after = (usize::try_from(inflater.total_in()).unwrap_or(usize::MAX), output.len());
        if !matches!(status, Ok(Status::Ok | Status::BufError)) || before == after || output.len() >= size {
            output.truncate(size);
            return Ok(output);
        }
    }
}

pub(super) fn pack_bits(body: &[u8], size: usize, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = budget.reserve(size as u64)?;
    let mut rest = body;
    while let [count, behind @ ..] = rest {
        if output.len() >= size {
            break;
        }
        let room = size - output.len();
        match *count {
            128 => rest = behind,
            count if count < 128 => {
                let (literal, behind) = behind.split_at(behind.len().min(usize::from(count) + 1));
                output.extend(literal.iter().take(room));
                rest = behind;
            }
            count => {
                let Some((byte, behind)) = behind.split_first() else { break };
                output.extend(std::iter::repeat_n(*byte, (257 - usize::from(count)).min(room)));
                rest = behind;
            }
        }
    }
    Ok(output)
}

/// CCITT group 2, 3 and 4: rows of one bit, 1 for black. Rows behind what can be read are white.
pub(super) fn fax(
    body: &[u8],
    layout: &Layout,
    width: u32,
    rows: u32,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    if layout.bits != 1 || layout.channels != 1 {
        return Err(malformed("fax of more than one bit", 0));
    }
    let row = layout.row(width, 1) as usize;
    let size = row.saturating_mul(rows as usize);
    let mut sink = FaxRows { output: budget.reserve(size as u64)?, row, size };
    let read = fax_rows(body, layout, width, rows, &mut sink);
    let mut output = sink.output;
    if !output.is_empty() {
        output.resize(size, 0);
        return Ok(output);
    }
    read.map(|()| vec![0; size])
}

/// Gives the rows of a fax to `sink`, as many as can be read and no more than `rows`. Fails where not one can.
pub(super) fn fax_rows(
    body: &[u8],
    layout: &Layout,
    width: u32,
    rows: u32,
    sink: &mut impl hayro_ccitt::Decoder,
) -> Result<(), Error> {
    let encoding = match (layout.compression, layout.two_dimensional) {
        (4, _) => EncodingMode::Group4,
        (3, true) => EncodingMode::Group3_2D,
        _ => EncodingMode::Group3_1D,
    };
    let settings = DecodeSettings {
        columns: width,
        rows,
        end_of_block: layout.compression != 2,
        // Every line of group 3 has one, though the first may do without.
        end_of_line: layout.compression == 3,
        rows_are_byte_aligned: layout.compression == 2,
        encoding,
        strict: false,
    };
    let read = hayro_ccitt::decode(body, sink, &mut DecoderContext::new(settings));
    read.map(|_| ()).map_err(|_| malformed("fax", 0))
}

/// Gathers the rows of a fax.
struct FaxRows {
    output: Vec<u8>,
    row: usize,
    size: usize,
}

impl hayro_ccitt::Decoder for FaxRows {
    fn push_row(&mut self, changes: &[u32]) {
        let start = self.output.len();
        if start >= self.size {
            return;
        }
        self.output.resize(start + self.row, 0);
        let Some(line) = self.output.get_mut(start..) else { return };
        for run in changes.chunks(2) {
            let from = run.first().copied().unwrap_or(0) as usize;
            let to = run.get(1).map_or(line.len() * 8, |to| *to as usize);
            blacken(line, from, to);
        }
    }
}

/// Sets the bits of a row from one place up to another.
fn blacken(line: &mut [u8], from: usize, to: usize) {
    let (first, last) = (from / 8, to / 8);
    let (head, tail) = (0xff_u8 >> (from % 8), !(0xff_u8 >> (to % 8)));
    if first == last {
        if let Some(byte) = line.get_mut(first) {
            *byte |= head & tail;
        }
        return;
    }
    if let Some(byte) = line.get_mut(first) {
        *byte |= head;
    }
    line.get_mut(first + 1..last).unwrap_or_default().fill(0xff);
    if let Some(byte) = line.get_mut(last) {
        *byte |= tail;
    }
}

/// The whole stream of a strip or tile that is a JPEG, its tables in a tag of their own.
pub(super) fn jpeg_stream(
    body: &[u8],
    layout: &Layout,
    channels: usize,
    tables: Option<&[u8]>,
) -> Result<Vec<u8>, Error> {
    let mut stream = vec![0xff, 0xd8];
    if matches!((layout.photometric, channels), (2, 3) | (5, 4)) {
        // Colours are as they are.
        stream.extend_from_slice(b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0");
    }
    let tables = tables.unwrap_or_default();
    let tables = tables.strip_prefix(b"\xff\xd8").unwrap_or(tables);
    stream.extend_from_slice(tables.strip_suffix(b"\xff\xd9").unwrap_or(tables));
    let body = body.strip_prefix(b"\xff\xd8").ok_or_else(|| malformed("JPEG strip", 0))?;
    stream.extend_from_slice(body);
    Ok(stream)
}

/// The samples of a strip or tile that is a JPEG.
pub(super) fn jpeg(
    body: &[u8],
    layout: &Layout,
    channels: usize,
    width: u32,
    rows: u32,
    tables: Option<&[u8]>,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let broken = || malformed("JPEG strip", 0);
    let color = match (layout.photometric, channels) {
        (_, 1) => ColorSpace::Luma,
        (2 | 6, 3) => ColorSpace::RGB,
        (5, 4) => ColorSpace::CMYK,
        _ => return Err(Error::Unsupported("a JPEG of such colour in a TIFF")),
    };
    let stream = jpeg_stream(body, layout, channels, tables)?;
    let options = DecoderOptions::default()
        .set_max_width(65_535)
        .set_max_height(65_535)
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(color);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&stream), options);
    decoder.decode_headers().map_err(|_| broken())?;
    let (found_width, found_height) =
        decoder.info().map(|info| (info.width, info.height)).ok_or_else(broken)?;
    let size = decoder.output_buffer_size().ok_or_else(broken)?;
    let expected = u64::from(width) * (u64::from(rows) + 64) * channels as u64;
    if u32::from(found_width) != width || u32::from(found_height) < rows || size as u64 > expected {
        return Err(broken());
    }
    let mut output = budget.reserve(size as u64)?;
    output.resize(size, 0);
    decoder.decode_into(&mut output).map_err(|_| broken())?;
    output.truncate(width as usize * rows as usize * channels);
    Ok(output)
}

/// A strip or tile that is a WebP, which may leave out an alpha that is full everywhere.
pub(super) fn webp(
    body: &[u8],
    layout: &Layout,
    channels: usize,
    width: u32,
    rows: u32,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let broken = || malformed("WebP strip", 0);
    if layout.bits != 8 || !matches!(channels, 3 | 4) {
        return Err(Error::Unsupported("a WebP of such colour in a TIFF"));
    }
    let mut decoder = WebPDecoder::new(Cursor::new(body)).map_err(|_| broken())?;
    decoder.set_memory_limit(usize::try_from(budget.limits().buffer_bytes).unwrap_or(usize::MAX));
    let (found_width, found_height) = decoder.dimensions();
    if decoder.is_animated() || found_width != width || !(rows..=rows + 64).contains(&found_height) {
        return Err(broken());
    }
    let found = if decoder.has_alpha() { 4 } else { 3 };
    let size = decoder.output_buffer_size().ok_or_else(broken)?;
    let mut plain = budget.reserve(size as u64)?;
    plain.resize(size, 0);
    decoder.read_image(&mut plain).map_err(|_| broken())?;
    let pixels = plain.chunks_exact(found).take(width as usize * rows as usize);
    if found == channels {
        return Ok(pixels.flatten().copied().collect());
    }
    let mut output = budget.reserve((width as usize * rows as usize * channels) as u64)?;
    for pixel in pixels {
        output.extend(pixel.iter().copied().chain([255]).take(channels));
    }
    Ok(output)
}
