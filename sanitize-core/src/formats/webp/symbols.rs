//! Pictures whose symbols stay: streams are read and written anew, and what they would show to whoever ignores
//! their alpha is taken away.

use super::{
    model::Picture,
    parse::{Chunk, Streams},
    pixels, threats,
};
use crate::{
    budget::Budget,
    engine::ctx::Ctx,
    error::{Error, malformed},
    toolkits::{
        raster::{self, Raster},
        vp8,
        vp8l::{Conceals, Kind, Stream},
    },
};

/// One picture, of the symbols it has.
pub(super) fn picture(streams: &Streams<'_>, ctx: &mut Ctx<'_>) -> Result<Picture, Error> {
    if streams.is_lossy() { lossy(streams, ctx) } else { lossless(streams, ctx) }
}

/// A stream without order is refused by name: damage to its codes has been an attack (CVE-2023-4863).
fn ordered<T>(result: Result<T, Error>, chunk: &Chunk<'_>, ctx: &mut Ctx<'_>) -> Result<T, Error> {
    match result {
        Err(Error::Malformed { .. }) => Err(ctx.refuse(&threats::VP8L, chunk.offset)),
        result => result,
    }
}

fn lossless(streams: &Streams<'_>, ctx: &mut Ctx<'_>) -> Result<Picture, Error> {
    let image = streams.image;
    let read = Stream::read(image.body, Kind::Picture, ctx.budget());
    let read = ordered(read, &image, ctx)?;
    let has_alpha = read.uses_alpha();
    let (conceals, cleared) = (read.conceals() != Conceals::Nothing, read.was_cleared());
    let mut stream = read.write(ctx.budget())?;
    if cleared {
        ctx.replaced(&threats::HIDDEN_COLOR, image.offset, None)?;
    }
    if !conceals {
        return Ok(Picture::Lossless { stream, has_alpha });
    }
    // The decoder is told that alpha is used, to see what is there.
    let header = stream.get(4).copied().unwrap_or(0);
    set(&mut stream, header | 0x10);
    let body = stream.as_slice();
    let shown = Streams { image: Chunk { body, ..image }, ..*streams };
    let mut raster = pixels::decode(&shown, ctx.budget())?;
    let hidden = if has_alpha {
        read.has_hidden_colors(&raster.samples, ctx.budget())? && raster::clear_hidden_colors(&mut raster)
    } else {
        let mut hidden = false;
        for alpha in raster.samples.iter_mut().skip(3).step_by(4) {
            hidden |= *alpha != 255;
            *alpha = 255;
        }
        hidden
    };
    if hidden {
        ctx.replaced(&threats::HIDDEN_COLOR, image.offset, None)?;
        return pixels::lossless(raster, ctx.budget());
    }
    set(&mut stream, header);
    Ok(Picture::Lossless { stream, has_alpha })
}

/// Sets the byte of a VP8L header that says whether alpha is used.
fn set(stream: &mut [u8], header: u8) {
    if let Some(slot) = stream.get_mut(4) {
        *slot = header;
    }
}

fn lossy(streams: &Streams<'_>, ctx: &mut Ctx<'_>) -> Result<Picture, Error> {
    let frame = vp8::read(streams.image.body, ctx.budget())?;
    let stream = vp8::write(&frame, ctx.budget())?;
    drop(frame);
    let Some(chunk) = streams.alpha else { return Ok(Picture::Lossy { alpha: None, stream }) };
    let alpha = alpha(&chunk, (streams.width, streams.height), ctx)?;
    let shown = Streams {
        alpha: Some(Chunk { body: &alpha, ..chunk }),
        image: Chunk { body: &stream, ..streams.image },
        ..*streams
    };
    let mut raster = pixels::decode(&shown, ctx.budget())?;
    if hides_a_picture(&raster) && raster::clear_hidden_colors(&mut raster) {
        ctx.replaced(&threats::HIDDEN_COLOR, chunk.offset, None)?;
        return pixels::lossless(raster, ctx.budget());
    }
    Ok(Picture::Lossy { alpha: Some(alpha), stream })
}

/// The body of an ALPH chunk (RFC 9649, 2.7.1.2), written anew.
fn alpha(chunk: &Chunk<'_>, (width, height): (u32, u32), ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let (header, body) = chunk.body.split_first().ok_or(malformed("alpha", chunk.offset))?;
    if header & 0xe2 != 0 {
        return Err(malformed("alpha", chunk.offset));
    }
    if header & 1 == 0 {
        let size = u64::from(width) * u64::from(height);
        let samples = usize::try_from(size).ok().and_then(|size| body.get(..size));
        let samples = samples.ok_or(malformed("alpha", chunk.offset))?;
        let mut output = ctx.budget().reserve(size + 1)?;
        output.push(*header);
        output.extend_from_slice(samples);
        return Ok(output);
    }
    let kind = Kind::Alpha(width, height);
    let read = Stream::read(body, kind, ctx.budget());
    let read = ordered(read, chunk, ctx)?;
    let (conceals, cleared) = (read.conceals() != Conceals::Nothing, read.was_cleared());
    let mut stream = read.write(ctx.budget())?;
    let mut changed = cleared;
    if conceals && let Some(alone) = green_alone(&stream, (width, height), chunk.offset, ctx.budget())? {
        (stream, changed) = (alone, true);
    }
    if changed {
        ctx.replaced(&threats::HIDDEN_COLOR, chunk.offset, None)?;
    }
    let mut output = ctx.budget().reserve(stream.len() as u64 + 1)?;
    output.push(*header);
    output.extend_from_slice(&stream);
    Ok(output)
}

/// A stream of alpha coded again from its pixels, if the channels that do not act hold anything.
fn green_alone(
    stream: &[u8],
    (width, height): (u32, u32),
    offset: u64,
    budget: &Budget,
) -> Result<Option<Vec<u8>>, Error> {
    // A header that says alpha is used: all four channels are looked at.
    let sides = u64::from(width - 1) | u64::from(height - 1) << 14 | 1 << 28;
    let header = (0x2f | sides << 8).to_le_bytes();
    let body = [header.get(..5).unwrap_or_default(), stream].concat();
    let image = Chunk { kind: *b"VP8L", body: &body, offset };
    let mut raster = pixels::decode(&Streams { alpha: None, image, width, height }, budget)?;
    let pixels = raster.samples.as_chunks_mut::<4>().0;
    let others = |[red, _, blue, alpha]: [u8; 4]| [red, blue, alpha];
    if pixels.windows(2).all(|pair| matches!(pair, [a, b] if others(*a) == others(*b))) {
        return Ok(None);
    }
    for pixel in pixels {
        let [_, green, ..] = *pixel;
        *pixel = [green, green, green, 255];
    }
    // Where all are alike, the encoder subtracts green from the others, and nothing is left of them.
    let coded = pixels::vp8l(&pixels::without_alpha(raster), budget)?;
    let kind = Kind::Alpha(width, height);
    let stream = Stream::read(coded.get(5..).unwrap_or_default(), kind, budget)?;
    stream.write(budget).map(Some)
}

/// Side of the squares that encoders fill with one colour where nothing of them is seen.
const SQUARE: usize = 8;
/// How much colours of squares that were filled alike may differ after lossy coding.
const APART: u8 = 96;

/// The lowest and highest samples of a square that is wholly transparent.
type Range = Option<[[u8; 3]; 2]>;

/// True where the colour of a lossy picture changes by more than its coding explains where nobody sees it.
///
/// Lossy coding leaves no area exactly zero, and squares next to what is seen take of its colour. Encoders fill each
/// row of squares that are wholly transparent with one colour, and so a picture that is hidden there shows by its
/// differences.
fn hides_a_picture(raster: &Raster) -> bool {
    let stride = raster.stride().max(1);
    let columns = raster.width as usize / SQUARE;
    let rows = raster.samples.chunks_exact(stride * SQUARE);
    let squares: Vec<Vec<Range>> = rows
        .map(|rows| (0..columns).map(|column| square(rows, stride, column * SQUARE * 4)).collect())
        .collect();
    let at = |row: Option<usize>, column: Option<usize>| {
        // Beyond the edge nothing is seen.
        let row = row.and_then(|row| squares.get(row));
        let square = row.zip(column).and_then(|(row, column)| row.get(column));
        square.is_none_or(Option::is_some)
    };
    let is_inside = |row: usize, column: usize| {
        [row.checked_sub(1), Some(row), Some(row + 1)].into_iter().all(|row| {
            [column.checked_sub(1), Some(column), Some(column + 1)].into_iter().all(|column| at(row, column))
        })
    };
    squares.iter().enumerate().any(|(row, squares)| {
        let mut together: Range = None;
        squares.iter().enumerate().any(|(column, square)| {
            let square = square.filter(|_| is_inside(row, column));
            together = match (together, square) {
                (Some([low, high]), Some([lower, higher])) => {
                    Some([each(low, lower, u8::min), each(high, higher, u8::max)])
                }
                (_, square) => square,
            };
            together.is_some_and(|[low, high]| low.iter().zip(high).any(|(low, high)| high - low > APART))
        })
    })
}

fn each([a0, a1, a2]: [u8; 3], [b0, b1, b2]: [u8; 3], of: impl Fn(u8, u8) -> u8) -> [u8; 3] {
    [of(a0, b0), of(a1, b1), of(a2, b2)]
}

/// The colours of the square that begins at the byte `left` of each of `rows`, if all of it is transparent.
fn square(rows: &[u8], stride: usize, left: usize) -> Range {
    let lines = rows.chunks_exact(stride).filter_map(|line| line.get(left..left + SQUARE * 4));
    let mut pixels = lines.flat_map(|line| line.as_chunks::<4>().0);
    pixels.try_fold([[255; 3], [0; 3]], |[low, high], [red, green, blue, alpha]| {
        let color = [*red, *green, *blue];
        (*alpha == 0).then(|| [each(low, color, u8::min), each(high, color, u8::max)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toolkits::raster::Color;

    /// Transparent but for one edge, of the colour that `hidden` gives.
    fn picture(hidden: impl Fn(usize, usize) -> u8) -> Raster {
        let samples = (0..64 * 64).flat_map(|place| {
            let (x, y) = (place % 64, place / 64);
            if x < 4 { [255; 4] } else { [9, hidden(x, y), 9, 0] }
        });
        Raster { width: 64, height: 64, color: Color::Rgba, bits: 8, samples: samples.collect() }
    }

    #[test]
    fn a_picture_under_full_transparency_is_told_from_what_coding_leaves() {
        assert!(!hides_a_picture(&picture(|_, y| (y * 3) as u8)), "each row has a colour of its own");
        assert!(!hides_a_picture(&picture(|x, y| 100 + (x * 7 + y * 5) as u8 % 60)), "noise");
        assert!(!hides_a_picture(&picture(|x, _| if x < 12 { 255 } else { 0 })), "the edge of what is seen");
        assert!(hides_a_picture(&picture(|x, y| if (x / 4 + y / 4) % 3 == 0 { 255 } else { 0 })));
    }
}
