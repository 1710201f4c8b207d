//! VP8 key frames (RFC 6386), the lossy pictures of WebP: down to their symbols, and back to a new stream.
//!
//! Nothing of the input's bit stream is copied. [`read`] decodes every decision of the boolean coder: how each
//! macroblock is predicted, and all quantised coefficients. [`write`] codes the same ones anew with probabilities
//! computed from them. A decoder shows the same samples to the bit, and what probabilities, partitions, values
//! that do not act, or bytes between and behind them may have carried is gone. No sample is computed: a stream
//! whose symbols are all read holds no others, and each is one the format names.
//!
//! - Written are one key frame that is shown, one partition of tokens, probabilities where they pay, and nothing
//!   behind. Version, colour space, clamping, quantisers and filters are those of the input.
//! - Zero is written for what a key frame does not act on: how a player may enlarge it, filter differences for
//!   other frames, values of segments without macroblocks, everything of a filter that is off.
//! - A partition that ends too early is an error, as in libwebp; one that is stated longer than the bytes is not.
//! - Frames that refer to others, or are not shown, are none of WebP's and are errors.
//! - `write(read(write(x)))` gives the bytes of `write(x)`.
//! - [`verify`] reads a written stream, but for the tokens, and takes no other form than what is written.

mod bool_coder;
mod header;
mod modes;
mod probabilities;
mod tables;
#[cfg(test)]
mod tests;
mod tokens;

use bool_coder::{BoolReader, BoolWriter};
use header::{Header, START, Start};
use modes::{Macroblock, Modes};
use tokens::Tokens;

use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// A key frame as symbols.
#[derive(Debug)]
pub(crate) struct Frame {
    start: Start,
    header: Header,
    modes: Modes,
    tokens: Tokens,
}

/// Reads all symbols of a frame.
pub(crate) fn read(input: &[u8], budget: &Budget) -> Result<Frame, Error> {
    let start = Start::read(input)?;
    budget.pixels(start.width.into(), start.height.into(), 8)?;
    let (first, rest) = input
        .get(START..)
        .and_then(|body| body.split_at_checked(start.first_partition))
        .ok_or(malformed("VP8 first partition", START as u64))?;
    let mut reader = BoolReader::new(first);
    let (mut header, probabilities) = Header::read(&mut reader);
    let modes = Modes::read(&mut reader, &header, macroblocks(&start), budget)?;
    let mut partitions = partitions(rest, header.partitions)?;
    let tokens = Tokens::read(&mut partitions, &modes, &probabilities, budget)?;
    settle(&mut header, &modes);
    Ok(Frame { start, header, modes, tokens })
}

/// Macroblocks in a row, and rows.
fn macroblocks(start: &Start) -> (usize, usize) {
    (usize::from(start.width.div_ceil(16)), usize::from(start.height.div_ceil(16)))
}

/// The partitions of tokens: their sizes but the last one's, and they themselves, cut where the bytes end.
fn partitions(input: &[u8], count: u8) -> Result<Vec<BoolReader<'_>>, Error> {
    let count = 1_usize << count.min(3);
    let (sizes, mut rest) =
        input.split_at_checked((count - 1) * 3).ok_or(malformed("VP8 partition sizes", START as u64))?;
    let mut readers = Vec::with_capacity(count);
    for [low, middle, high] in sizes.as_chunks::<3>().0 {
        let size = u32::from_le_bytes([*low, *middle, *high, 0]) as usize;
        let (partition, behind) = rest.split_at(size.min(rest.len()));
        readers.push(BoolReader::new(partition));
        rest = behind;
    }
    if rest.is_empty() {
        return Err(malformed("VP8 partitions", START as u64));
    }
    readers.push(BoolReader::new(rest));
    Ok(readers)
}

/// Chooses what is written in the header for what `modes` hold.
fn settle(header: &mut Header, modes: &Modes) {
    let (mut segments, mut skipped) = ([0_u64; 4], 0);
    for byte in &modes.macroblocks {
        let macroblock = Macroblock::unpacked(*byte);
        skipped += u64::from(macroblock.skipped);
        if let Some(count) = segments.get_mut(usize::from(macroblock.segment)) {
            *count += 1;
        }
    }
    let [first, second, third, fourth] = segments;
    if let Some(map) = header.segments.as_mut().and_then(|segments| segments.map.as_mut()) {
        *map = [
            probabilities::fitting(first + second, third + fourth),
            probabilities::fitting(first, second),
            probabilities::fitting(third, fourth),
        ];
    }
    let coded = modes.macroblocks.len() as u64 - skipped;
    header.coded = (skipped > 0).then(|| probabilities::fitting(coded, skipped));
    header.partitions = 0;
    header.settle(segments.map(|count| count > 0));
}

/// Writes a frame.
pub(crate) fn write(frame: &Frame, budget: &Budget) -> Result<Vec<u8>, Error> {
    budget.check()?;
    let probabilities = probabilities::tokens(&frame.tokens.counts);
    let mut writer = BoolWriter::onto(vec![0; START]);
    frame.header.write(&probabilities, &mut writer);
    frame.modes.write(&frame.header, &mut writer);
    let mut output = writer.finish();
    let start = Start { first_partition: output.len() - START, ..frame.start };
    if let Some(head) = output.first_chunk_mut::<START>() {
        *head = start.bytes()?;
    }
    budget.check()?;
    let mut writer = BoolWriter::onto(output);
    frame.tokens.write(&frame.modes, &probabilities, &mut writer);
    let output = writer.finish();
    if output.len() as u64 > budget.limits().buffer_bytes {
        return Err(budget.trip(crate::limits::Resource::BufferBytes));
    }
    Ok(output)
}

/// Fails unless `output` is a frame in the form [`write`] gives it; returns its size.
pub(crate) fn verify(output: &[u8], budget: &Budget) -> Result<(u32, u32), Error> {
    let wrong = |what| Err(malformed(what, 0));
    let start = Start::read(output)?;
    if output.get(..START) != Some(start.bytes()?.as_slice()) {
        return wrong("VP8 frame header that is not written");
    }
    let body = output.get(START..).and_then(|body| body.split_at_checked(start.first_partition));
    let Some((first, tokens)) = body else { return wrong("VP8 first partition") };
    let mut reader = BoolReader::new(first);
    let (header, _) = Header::read(&mut reader);
    let modes = Modes::read(&mut reader, &header, macroblocks(&start), budget)?;
    let mut settled = header;
    settle(&mut settled, &modes);
    if settled != header || reader.used_bytes() != first.len() as u64 || tokens.is_empty() {
        return wrong("VP8 frame that is not written");
    }
    Ok((u32::from(start.width), u32::from(start.height)))
}
