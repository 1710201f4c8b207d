//! Deflate (RFC 1951) and zlib (RFC 1950).
//!
//! What comes from outside is inflated by zlib-rs, in Rust. What the engine wrote itself is deflated by
//! libdeflate, which needs two thirds of the time for fewer bytes, and is C that never parses anything.

use std::cell::RefCell;

use flate2::{Decompress, FlushDecompress, Status};
use libdeflater::{CompressionLvl, Compressor};

use crate::{
    budget::Budget,
    error::{Error, malformed},
    limits::Resource,
};

/// What a stream looks like around its Deflate blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrapper {
    /// Bare Deflate, as in ZIP.
    None,
    /// zlib header and checksum, as in PNG and PDF.
    Zlib,
}

/// Inflates `input`, whose output must be exactly `size` bytes: neither more nor less, and with nothing left
/// of the input.
pub(crate) fn inflate_exact(
    input: &[u8],
    size: u64,
    wrapper: Wrapper,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    inflate_into(input, budget.buffer(size)?, size, wrapper, budget)
}

/// As [`inflate_exact`], for bytes that this run deflated itself and so has paid for.
pub(crate) fn inflate_paid(
    input: &[u8],
    size: u64,
    wrapper: Wrapper,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    inflate_into(input, budget.reserve(size)?, size, wrapper, budget)
}

/// As [`inflate_paid`], without holding the plain bytes: `each` is called with one window of them after another,
/// all of [`WINDOW`] bytes but the last.
pub(crate) fn inflate_by_windows(
    input: &[u8],
    size: u64,
    wrapper: Wrapper,
    budget: &Budget,
    mut each: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    with_inflater(wrapper, |inflater| {
        let mut window = WINDOWS.take();
        let outcome = windows(inflater, input, size, budget, &mut window, &mut each);
        WINDOWS.set(window);
        outcome
    })
}

/// How many plain bytes are looked at together: few enough to stay in the processor's cache.
pub(crate) const WINDOW: usize = 256 << 10;

fn windows(
    inflater: &mut Decompress,
    input: &[u8],
    size: u64,
    budget: &Budget,
    window: &mut Vec<u8>,
    each: &mut impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<(), Error> {
    let room = usize::try_from(size).map_or(WINDOW, |size| size.clamp(1, WINDOW));
    if window.len() < room {
        window.resize(room, 0);
    }
    loop {
        budget.check()?;
        let mut filled = 0;
        let is_end = loop {
            let (before_in, before_out) = (inflater.total_in(), inflater.total_out());
            let read = usize::try_from(before_in).unwrap_or(usize::MAX);
            let rest = input.get(read..).unwrap_or_default();
            let free = window.get_mut(filled..).unwrap_or_default();
            let status = inflater
                .decompress(rest, free, FlushDecompress::None)
                .map_err(|_| malformed("deflate stream", before_in))?;
            filled += (inflater.total_out() - before_out) as usize;
            match status {
                Status::StreamEnd => break true,
                _ if filled == window.len() => break false,
                _ if (inflater.total_in(), inflater.total_out()) == (before_in, before_out) => {
                    return Err(malformed("deflate stream cut short", before_in));
                }
                _ => (),
            }
        };
        if inflater.total_out() > size {
            return Err(malformed("deflate stream longer than declared", inflater.total_in()));
        }
        if filled > 0 {
            each(window.get(..filled).unwrap_or_default())?;
        }
        if is_end {
            break;
        }
    }
    if inflater.total_out() != size {
        return Err(malformed("deflate stream shorter than declared", inflater.total_in()));
    }
    if inflater.total_in() != input.len() as u64 {
        return Err(malformed("bytes behind the deflate stream", inflater.total_in()));
    }
    Ok(())
}

/// Inflates into `output`, which has room for `size` bytes and perhaps an eighth more.
fn inflate_into(
    input: &[u8],
    mut output: Vec<u8>,
    size: u64,
    wrapper: Wrapper,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    with_inflater(wrapper, |inflater| {
        inflate_all(inflater, input, &mut output, size, budget)?;
        Ok(output)
    })
}

fn inflate_all(
    inflater: &mut Decompress,
    input: &[u8],
    output: &mut Vec<u8>,
    size: u64,
    budget: &Budget,
) -> Result<(), Error> {
    loop {
        let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let rest = input.get(read..).unwrap_or_default();
        let (before_in, before_out) = (inflater.total_in(), output.len());
        let status = inflater
            .decompress_vec(rest, output, FlushDecompress::Finish)
            .map_err(|_| malformed("deflate stream", before_in))?;
        match status {
            Status::StreamEnd => break,
            Status::Ok | Status::BufError
                if inflater.total_in() == before_in && output.len() == before_out =>
            {
                let what = if output.len() as u64 == size {
                    "deflate stream longer than declared"
                } else {
                    "deflate stream cut short"
                };
                // A stream whose last block ends exactly at the declared size may still owe its end marker,
                // which needs no room; whoever asks for more room than declared lies.
                return Err(malformed(what, before_in));
            }
            Status::Ok | Status::BufError => budget.check()?,
        }
    }
    if output.len() as u64 != size {
        let what = match output.len() as u64 > size {
            true => "deflate stream longer than declared",
            false => "deflate stream shorter than declared",
        };
        return Err(malformed(what, inflater.total_in()));
    }
    if inflater.total_in() != input.len() as u64 {
        return Err(malformed("bytes behind the deflate stream", inflater.total_in()));
    }
    Ok(())
}

thread_local! {
    /// Where short streams are deflated before their size is known.
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };

    /// A compressor is hundreds of kilobytes of tables; one per thread and level is kept.
    static COMPRESSORS: RefCell<Vec<(u32, Compressor)>> = const { RefCell::new(Vec::new()) };
}

/// Deflates `plain` at `level` (1 to 12).
pub(crate) fn deflate(plain: &[u8], level: u32, wrapper: Wrapper) -> Result<Vec<u8>, Error> {
    deflate_into(Vec::new(), plain, level, wrapper)
}

/// As [`deflate`], for bytes that are [given back](give_back) soon.
pub(crate) fn deflate_briefly(plain: &[u8], level: u32, wrapper: Wrapper) -> Result<Vec<u8>, Error> {
    deflate_into(spare(), plain, level, wrapper)
}

/// Deflates into `output`, which is empty.
pub(crate) fn deflate_into(
    output: Vec<u8>,
    plain: &[u8],
    level: u32,
    wrapper: Wrapper,
) -> Result<Vec<u8>, Error> {
    COMPRESSORS.with_borrow_mut(|compressors| {
        let index = match compressors.iter().position(|(known, _)| *known == level) {
            Some(index) => index,
            None => {
                let of_library = i32::try_from(level).ok().and_then(|level| CompressionLvl::new(level).ok());
                let of_library = of_library.ok_or(Error::Internal("level of compression"))?;
                compressors.push((level, Compressor::new(of_library)));
                compressors.len() - 1
            }
        };
        let Some((_, compressor)) = compressors.get_mut(index) else {
            return Err(Error::Internal("compressor not found"));
        };
        deflate_with(compressor, output, plain, wrapper)
    })
}

/// The longest stream that is deflated into a buffer which is kept.
const SHORT: usize = 256 << 10;

fn deflate_with(
    compressor: &mut Compressor,
    mut output: Vec<u8>,
    plain: &[u8],
    wrapper: Wrapper,
) -> Result<Vec<u8>, Error> {
    let bound = match wrapper {
        Wrapper::None => compressor.deflate_compress_bound(plain.len()),
        Wrapper::Zlib => compressor.zlib_compress_bound(plain.len()),
    };
    let mut deflate = |packed: &mut [u8]| {
        let written = match wrapper {
            Wrapper::None => compressor.deflate_compress(plain, packed),
            Wrapper::Zlib => compressor.zlib_compress(plain, packed),
        };
        written.map_err(|_| Error::Internal("deflate failed"))
    };
    if bound <= SHORT {
        return SCRATCH.with_borrow_mut(|scratch| {
            if scratch.len() < bound {
                scratch.resize(bound, 0);
            }
            let written = deflate(scratch)?;
            output.extend_from_slice(scratch.get(..written).unwrap_or_default());
            Ok(output)
        });
    }
    // Of a large buffer, pages that are never written to are never given.
    let mut packed = vec![0; bound];
    let written = deflate(&mut packed)?;
    packed.truncate(written);
    packed.shrink_to_fit();
    Ok(packed)
}

thread_local! {
    /// An inflater is 50 KB of tables; one per thread is kept.
    static INFLATER: RefCell<Option<Decompress>> = const { RefCell::new(None) };

    /// Where windows are inflated.
    static WINDOWS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Calls `inflate` with the thread's inflater, at its start.
fn with_inflater<R>(wrapper: Wrapper, inflate: impl FnOnce(&mut Decompress) -> R) -> R {
    let mut inflater = INFLATER.take().unwrap_or_else(|| Decompress::new(true));
    inflater.reset(wrapper == Wrapper::Zlib);
    let answer = inflate(&mut inflater);
    INFLATER.set(Some(inflater));
    answer
}

thread_local! {
    /// Buffers that were read and are needed no more.
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// How many buffers are kept on a thread, and how large they may be.
const SPARES: usize = 4;
pub(crate) const LARGEST_SPARE: usize = 64 << 10;

/// An empty buffer, one that has room where there is one.
pub(crate) fn spare() -> Vec<u8> {
    SPARE.with_borrow_mut(Vec::pop).unwrap_or_default()
}

/// Gives a buffer to whoever inflates next. A document inflates a stream for every page.
pub(crate) fn give_back(mut buffer: Vec<u8>) {
    if (1..=LARGEST_SPARE).contains(&buffer.capacity()) {
        buffer.clear();
        SPARE.with_borrow_mut(|spare| {
            if spare.len() < SPARES {
                spare.push(buffer);
            }
        });
    }
}

/// How much is inflated before it is paid for, at most.
const STEP: usize = 1 << 20;

/// Inflates as much of `input` as there is, and says whether its end was met. What stands behind the end is
/// left unread.
pub(crate) fn inflate_what_there_is(
    input: &[u8],
    wrapper: Wrapper,
    budget: &Budget,
) -> Result<(Vec<u8>, bool), Error> {
    with_inflater(wrapper, |inflater| inflate_with(inflater, input, budget))
}

fn inflate_with(inflater: &mut Decompress, input: &[u8], budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let mut output = spare();
    // Text shrinks to a third or fourth.
    let mut step = input.len().saturating_mul(4).clamp(512, STEP);
    loop {
        if output.len() == output.capacity() {
            output.try_reserve_exact(step).map_err(|_| budget.trip(Resource::BufferBytes))?;
            step = output.capacity().clamp(step, STEP);
        }
        let (before_in, before_out) = (inflater.total_in(), output.len());
        let read = usize::try_from(before_in).unwrap_or(usize::MAX);
        let rest = input.get(read..).unwrap_or_default();
        // Most streams end in the room there is: what was inflated is then not kept for a next call.
        let status = inflater.decompress_vec(rest, &mut output, FlushDecompress::Finish);
        let new = output.len() - before_out;
        budget.expand_buffer(before_out, output.len())?;
        match status {
            Ok(Status::StreamEnd) => return Ok((output, true)),
            Err(_) => return Ok((output, false)),
            Ok(_) if inflater.total_in() == before_in && new == 0 => return Ok((output, false)),
            Ok(_) => (),
        }
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
    fn what_was_deflated_inflates_to_itself_and_to_nothing_else() {
        let plain = b"abc".repeat(100_000);
        let packed = deflate(&plain, 2, Wrapper::None).unwrap();
        assert_eq!(inflate_exact(&packed, plain.len() as u64, Wrapper::None, &budget()).unwrap(), plain);
        assert!(inflate_exact(&packed, plain.len() as u64 - 1, Wrapper::None, &budget()).is_err());
        assert!(inflate_exact(&packed, plain.len() as u64 + 1, Wrapper::None, &budget()).is_err());
        let trailing = [packed.as_slice(), b"x"].concat();
        assert!(inflate_exact(&trailing, plain.len() as u64, Wrapper::None, &budget()).is_err());
        let cut = packed.get(..packed.len() - 3).unwrap();
        assert!(inflate_exact(cut, plain.len() as u64, Wrapper::None, &budget()).is_err());
        assert!(
            inflate_exact(&deflate(b"", 2, Wrapper::None).unwrap(), 0, Wrapper::None, &budget())
                .unwrap()
                .is_empty()
        );
    }

    #[test]
    fn windows_are_the_plain_bytes_and_their_number_is_held_to() {
        for len in [0, 1, WINDOW - 1, WINDOW, WINDOW + 1, 3 * WINDOW + 7] {
            let plain: Vec<u8> = (0..len).map(|index| (index * index / 7) as u8).collect();
            let packed = deflate(&plain, 1, Wrapper::None).unwrap();
            let read = |packed: &[u8], size: usize| {
                let mut joined = Vec::new();
                let each = |window: &[u8]| {
                    assert!(joined.len() % WINDOW == 0, "only the last window is short");
                    joined.extend_from_slice(window);
                    Ok(())
                };
                inflate_by_windows(packed, size as u64, Wrapper::None, &budget(), each).map(|()| joined)
            };
            assert_eq!(read(&packed, len).unwrap(), plain);
            assert!(read(&packed, len + 1).is_err());
            assert!(len == 0 || read(&packed, len - 1).is_err());
            assert!(read(&[&packed[..], b"x"].concat(), len).is_err());
            assert!(read(&packed[..packed.len() - 1], len).is_err());
        }
    }
}
