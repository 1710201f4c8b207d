//! Deflate (RFC 1951) and zlib (RFC 1950) through zlib-rs.

use std::cell::RefCell;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

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

/// Inflates into `output`, which has room for exactly `size` bytes.
fn inflate_into(
    input: &[u8],
    mut output: Vec<u8>,
    size: u64,
    wrapper: Wrapper,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    let mut inflater = Decompress::new(wrapper == Wrapper::Zlib);
    loop {
        let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let rest = input.get(read..).unwrap_or_default();
        let (before_in, before_out) = (inflater.total_in(), output.len());
        let status = inflater
            .decompress_vec(rest, &mut output, FlushDecompress::Finish)
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
        return Err(malformed("deflate stream shorter than declared", inflater.total_in()));
    }
    if inflater.total_in() != input.len() as u64 {
        return Err(malformed("bytes behind the deflate stream", inflater.total_in()));
    }
    Ok(output)
}

thread_local! {
    /// A deflater is 300 KB of tables; one per thread and setting is kept.
    static DEFLATERS: RefCell<Vec<(u32, Wrapper, Compress)>> = const { RefCell::new(Vec::new()) };
}

/// Deflates `plain` at `level` (0 to 9).
pub(crate) fn deflate(plain: &[u8], level: u32, wrapper: Wrapper) -> Result<Vec<u8>, Error> {
    DEFLATERS.with_borrow_mut(|deflaters| {
        let known = deflaters.iter().position(|(l, w, _)| (*l, *w) == (level, wrapper));
        let index = match known {
            Some(index) => index,
            None => {
                deflaters.push((
                    level,
                    wrapper,
                    Compress::new(Compression::new(level), wrapper == Wrapper::Zlib),
                ));
                deflaters.len() - 1
            }
        };
        let Some((_, _, deflater)) = deflaters.get_mut(index) else {
            return Err(Error::Internal("deflater not found"));
        };
        deflater.reset();
        deflate_with(deflater, plain)
    })
}

fn deflate_with(deflater: &mut Compress, plain: &[u8]) -> Result<Vec<u8>, Error> {
    let mut output = Vec::with_capacity(plain.len() / 3 + 64);
    loop {
        let read = usize::try_from(deflater.total_in()).unwrap_or(usize::MAX);
        let rest = plain.get(read..).unwrap_or_default();
        match deflater.compress_vec(rest, &mut output, FlushCompress::Finish) {
            Ok(Status::StreamEnd) => {
                // Thousands of these are held at once in a large document.
                output.shrink_to_fit();
                return Ok(output);
            }
            Ok(_) => output.reserve(output.capacity().max(1 << 12) / 2),
            Err(_) => return Err(Error::Internal("deflate failed")),
        }
    }
}

thread_local! {
    /// An inflater is 50 KB of tables; one per thread is kept.
    static INFLATER: RefCell<Option<Decompress>> = const { RefCell::new(None) };
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
    let mut inflater = INFLATER.take().unwrap_or_else(|| Decompress::new(true));
    inflater.reset(wrapper == Wrapper::Zlib);
    let inflated = inflate_with(&mut inflater, input, budget);
    INFLATER.set(Some(inflater));
    inflated
}

fn inflate_with(inflater: &mut Decompress, input: &[u8], budget: &Budget) -> Result<(Vec<u8>, bool), Error> {
    let mut output: Vec<u8> = Vec::new();
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
        let status = inflater.decompress_vec(rest, &mut output, FlushDecompress::None);
        let new = output.len() - before_out;
        budget.expand(new as u64)?;
        if output.len() as u64 > budget.limits().buffer_bytes {
            return Err(budget.trip(Resource::BufferBytes));
        }
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
}
