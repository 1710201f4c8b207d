//! Deflating a text again that was inflated before, with what is known of how it was packed.
//!
//! A text that came packed has had its repetitions found. Where it goes out as it came, or nearly, the symbols it
//! came in are written anew, in codes made for them; see [`deflate`]. Else it is deflated from scratch.

use std::borrow::Cow;

use super::flate::{self, Wrapper};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::deflate::{self, Inflated, Runs, Symbols},
};

/// A text, and the symbols it was packed in, where it was.
#[derive(Debug, Default)]
pub(crate) struct Unpacked<'a> {
    pub(crate) plain: Cow<'a, [u8]>,
    pub(crate) symbols: Option<Symbols>,
}

impl<'a> From<Cow<'a, [u8]>> for Unpacked<'a> {
    fn from(plain: Cow<'a, [u8]>) -> Self {
        Self { plain, symbols: None }
    }
}

impl Unpacked<'_> {
    /// The same, which borrows nothing.
    pub(crate) fn into_owned(self) -> Unpacked<'static> {
        Unpacked { plain: Cow::Owned(self.plain.into_owned()), symbols: self.symbols }
    }

    /// Puts another text behind this one, and something between them.
    pub(crate) fn append(&mut self, between: &[u8], other: &Unpacked<'_>) {
        let plain = self.plain.to_mut();
        plain.extend_from_slice(between);
        plain.extend_from_slice(&other.plain);
        self.symbols = match (self.symbols.take(), &other.symbols) {
            (Some(mut symbols), Some(others)) => {
                symbols.literals(between);
                symbols.append(others);
                Some(symbols)
            }
            _ => None,
        };
    }

    /// What a text is to be packed like in which `runs` of this one stand.
    pub(crate) fn source<'s>(&'s self, runs: &'s Runs) -> Option<Source<'s>> {
        let symbols = self.symbols.as_ref()?;
        Some(Source { plain: &self.plain, symbols, runs })
    }

    /// Gives the buffers to whoever inflates next.
    pub(crate) fn give_back(self, budget: &Budget) {
        match self.plain {
            Cow::Owned(plain) if plain.capacity() > flate::LARGEST_SPARE => budget.give_back(plain),
            Cow::Owned(plain) => flate::give_back(plain),
            Cow::Borrowed(_) => (),
        }
        if let Some(symbols) = self.symbols {
            symbols.give_back(budget);
        }
    }
}

/// What a text is to be packed like.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    /// The text that was unpacked.
    pub(crate) plain: &'a [u8],
    /// The symbols it was packed in.
    pub(crate) symbols: &'a Symbols,
    /// What of it stands in the text to be packed; whether that is the same is not asked here.
    pub(crate) runs: &'a Runs,
}

/// Shorter texts are deflated from scratch: codes take longer than the search.
const SHORT: usize = 512;

/// As [`flate::inflate_exact`], with the symbols.
pub(crate) fn inflate_exact(input: &[u8], size: u64, budget: &Budget) -> Result<Unpacked<'static>, Error> {
    budget.expand(size)?;
    if size < SHORT as u64 {
        let plain = flate::inflate_paid(input, size, Wrapper::None, budget)?;
        return Ok(Unpacked { plain: Cow::Owned(plain), symbols: None });
    }
    match deflate::read(input, deflate::room(size, budget)?, Some(size), budget) {
        Ok(Inflated { plain, symbols, read }) if read == input.len() => {
            Ok(Unpacked { plain: Cow::Owned(plain), symbols })
        }
        Err(error @ Error::Limit(_)) => Err(error),
        // What is wrong with it, the inflater of all others says.
        _ => {
            let plain = flate::inflate_paid(input, size, Wrapper::None, budget)?;
            Ok(Unpacked { plain: Cow::Owned(plain), symbols: None })
        }
    }
}

/// As [`flate::inflate_what_there_is`] for a stream in zlib's wrapper, where that is in order and all there; what stands
/// behind its end is left unread. The output is paid for as it comes.
pub(crate) fn inflate_zlib(input: &[u8], budget: &Budget) -> Result<Option<Unpacked<'static>>, Error> {
    Ok(in_wrapper(input, || Ok(flate::spare()), None, budget)?.map(|(unpacked, _)| unpacked))
}

/// As [`inflate_zlib`], where that is exactly `size` bytes, with what stands behind its end. Whoever calls has paid for
/// them.
pub(crate) fn inflate_zlib_sized<'a>(
    input: &'a [u8],
    size: u64,
    budget: &Budget,
) -> Result<Option<(Unpacked<'static>, &'a [u8])>, Error> {
    in_wrapper(input, || deflate::room(size, budget), Some(size), budget)
}

/// As [`inflate_zlib_sized`], where nothing stands behind its end.
pub(crate) fn inflate_zlib_exact(
    input: &[u8],
    size: u64,
    budget: &Budget,
) -> Result<Option<Unpacked<'static>>, Error> {
    let read = inflate_zlib_sized(input, size, budget)?;
    Ok(read.filter(|(_, behind)| behind.is_empty()).map(|(unpacked, _)| unpacked))
}

/// A stream in zlib's wrapper, as [`deflate::read`] reads it into `room`, and what stands behind it. `None` where it is not in order.
fn in_wrapper<'a>(
    input: &'a [u8],
    room: impl FnOnce() -> Result<Vec<u8>, Error>,
    size: Option<u64>,
    budget: &Budget,
) -> Result<Option<(Unpacked<'static>, &'a [u8])>, Error> {
    let Some(body) = behind_head(input) else { return Ok(None) };
    match deflate::read(body, room()?, size, budget) {
        Ok(Inflated { plain, symbols, read }) => {
            let behind = behind_checksum(body, read, &plain);
            Ok(behind.map(|behind| (Unpacked { plain: Cow::Owned(plain), symbols }, behind)))
        }
        Err(error @ Error::Limit(_)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// What stands behind zlib's header, where that is one (RFC 1950, 2.2).
fn behind_head(input: &[u8]) -> Option<&[u8]> {
    let (head, body) = input.split_first_chunk::<2>()?;
    // Deflate, a window of at most 32 KiB, no dictionary, and the check of these bits.
    let [method, flags] = *head;
    let is_head = method & 15 == 8 && method >> 4 <= 7 && flags & 32 == 0;
    (is_head && u16::from_be_bytes(*head).is_multiple_of(31)).then_some(body)
}

/// What stands behind the checksum at `end`, where that is the one of `plain`.
fn behind_checksum<'a>(body: &'a [u8], end: usize, plain: &[u8]) -> Option<&'a [u8]> {
    let (sum, behind) = body.get(end..)?.split_first_chunk::<4>()?;
    (*sum == simd_adler32::adler32(&plain).to_be_bytes()).then_some(behind)
}

/// Whether a stream is about as long as what was packed in it: its symbols are not worth keeping.
pub(crate) fn is_hardly_packed(packed: u64, size: u64) -> bool {
    packed > size / 16 * 15
}

/// Deflate cannot expand more than 1,032 times: a size no stream of this length reaches is a lie.
pub(crate) fn can_hold(packed: u64, size: u64) -> bool {
    packed.saturating_mul(1_040) >= size
}

/// Whether a stream of so many bytes may hold `size` bytes in symbols that are worth keeping, and these fit a buffer.
pub(crate) fn may_keep(packed: u64, size: u64, budget: &Budget) -> bool {
    can_hold(packed, size) && !is_hardly_packed(packed, size) && size <= budget.limits().buffer_bytes
}

/// The level at which speed is asked for. At others, how small the output is to be is decided by the search for copies.
pub(crate) const FASTEST: u32 = 1;

/// Deflates `plain`: at the fastest level by the symbols of `source`, where most of them are still true, else from
/// scratch.
///
/// What comes of it, inflated and deflated again by its own symbols, comes again. It is put into `output`, which is
/// empty.
pub(crate) fn deflate(
    output: Vec<u8>,
    plain: &[u8],
    source: Option<Source<'_>>,
    level: u32,
    wrapper: Wrapper,
    budget: &Budget,
) -> Result<Vec<u8>, Error> {
    if plain.len() < SHORT || level != FASTEST {
        return flate::deflate_into(output, plain, level, wrapper);
    }
    if let Some(source) = source
        && let Some(packed) = from_source(source, plain, headed(output, wrapper))
    {
        return Ok(summed(packed, plain, wrapper));
    }
    let packed = flate::deflate_briefly(plain, level, Wrapper::None)?;
    let size = plain.len() as u64;
    let Inflated { plain: again, symbols, .. } =
        deflate::read(&packed, deflate::room(size, budget)?, Some(size), budget)?;
    let written = symbols
        .as_ref()
        .filter(|symbols| !symbols.says_little_twice(plain.len()))
        .and_then(|symbols| deflate::write(symbols, headed(flate::spare(), wrapper)));
    let output = written.unwrap_or_else(|| {
        let mut output = headed(flate::spare(), wrapper);
        output.extend_from_slice(&packed);
        output
    });
    flate::give_back(packed);
    Unpacked { plain: Cow::Owned(again), symbols }.give_back(budget);
    Ok(summed(output, plain, wrapper))
}

/// Writes a text in the symbols of another, where most are still true, behind what `output` holds.
fn from_source(source: Source<'_>, plain: &[u8], output: Vec<u8>) -> Option<Vec<u8>> {
    let Source { plain: read, symbols, runs } = source;
    if read != plain {
        return deflate::follow(symbols, read, runs, plain, output);
    }
    match symbols.says_little_twice(plain.len()) {
        true => None,
        false => deflate::write(symbols, output),
    }
}

/// A zlib stream of these symbols, which are those of `plain`; `None` as [`deflate::write`] has it.
pub(crate) fn of_symbols(symbols: &Symbols, plain: &[u8]) -> Option<Vec<u8>> {
    let output = deflate::write(symbols, headed(Vec::new(), Wrapper::Zlib))?;
    Some(summed(output, plain, Wrapper::Zlib))
}

/// A zlib stream of what is still true in `plain` of the symbols of `source`; `None` as [`deflate::follow`] has it.
pub(crate) fn of_source(source: Source<'_>, plain: &[u8]) -> Option<Vec<u8>> {
    let Source { plain: read, symbols, runs } = source;
    let output = deflate::follow(symbols, read, runs, plain, headed(Vec::new(), Wrapper::Zlib))?;
    Some(summed(output, plain, Wrapper::Zlib))
}

/// A zlib stream of `plain`, whose copies are looked for at `level`. Read again, its symbols make the same stream.
pub(crate) fn from_scratch(plain: &[u8], level: u32, budget: &Budget) -> Result<Vec<u8>, Error> {
    settled(flate::deflate(plain, level, Wrapper::None)?, plain, budget)
}

/// As [`from_scratch`], of blocks that are `plain`.
pub(crate) fn settled(packed: Vec<u8>, plain: &[u8], budget: &Budget) -> Result<Vec<u8>, Error> {
    let size = plain.len() as u64;
    let Inflated { plain: again, symbols, .. } =
        deflate::read(&packed, deflate::room(size, budget)?, Some(size), budget)?;
    // So many symbols that they are not kept are not taken up when it is read again, either.
    let written = symbols.as_ref().and_then(|symbols| of_symbols(symbols, plain));
    Unpacked { plain: Cow::Owned(again), symbols }.give_back(budget);
    Ok(written.unwrap_or_else(|| in_zlib(&packed, plain)))
}

/// A zlib stream of Deflate blocks that are `plain`.
pub(crate) fn in_zlib(blocks: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut output = headed(Vec::with_capacity(blocks.len() + 6), Wrapper::Zlib);
    output.extend_from_slice(blocks);
    summed(output, plain, Wrapper::Zlib)
}

/// The head of a wrapper (RFC 1950, 2.2): a window of 32 KiB, no dictionary, "fastest".
fn headed(mut output: Vec<u8>, wrapper: Wrapper) -> Vec<u8> {
    if wrapper == Wrapper::Zlib {
        output.extend_from_slice(&[0x78, 0x01]);
    }
    output
}

/// The end of a wrapper.
fn summed(mut output: Vec<u8>, plain: &[u8], wrapper: Wrapper) -> Vec<u8> {
    if wrapper == Wrapper::Zlib {
        output.extend_from_slice(&simd_adler32::adler32(&plain).to_be_bytes());
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits, toolkits::deflate::Run};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 1 << 30, Cancel::new())
    }

    fn text(rows: usize) -> Vec<u8> {
        (0..rows).flat_map(|n| format!("<c r=\"A{n}\"><v>{}</v></c>\n", n * n % 977).into_bytes()).collect()
    }

    /// Inflated and deflated again as it is.
    fn again(packed: &[u8], size: usize) -> Vec<u8> {
        let unpacked = inflate_exact(packed, size as u64, &budget()).unwrap();
        let runs = Runs::default();
        deflate(Vec::new(), &unpacked.plain, unpacked.source(&runs), 1, Wrapper::None, &budget()).unwrap()
    }

    #[test]
    fn what_comes_of_it_comes_again_with_and_without_a_source() {
        let mut noise = 1_u32;
        let noise: Vec<u8> = (0..9_000)
            .map(|_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (noise >> 24) as u8
            })
            .collect();
        for plain in [text(0), text(3), text(40), text(20_000), noise.clone(), [noise, text(900)].concat()] {
            let sources = [0, 1, 9].map(|level| {
                let level = flate2::Compression::new(level);
                let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), level);
                std::io::Write::write_all(&mut encoder, &plain).unwrap();
                encoder.finish().unwrap()
            });
            let alone = deflate(Vec::new(), &plain, None, 1, Wrapper::None, &budget()).unwrap();
            let from_sources = sources.iter().map(|source| again(source, plain.len()));
            for packed in from_sources.chain([alone]) {
                let back = flate::inflate_exact(&packed, plain.len() as u64, Wrapper::None, &budget());
                assert!(back.unwrap() == plain);
                assert!(again(&packed, plain.len()) == packed);
            }
        }
    }

    #[test]
    fn a_text_that_changed_little_keeps_its_symbols_and_one_that_changed_much_does_not() {
        let plain = text(5_000);
        let packed = flate::deflate(&plain, 9, Wrapper::None).unwrap();
        let unpacked = inflate_exact(&packed, plain.len() as u64, &budget()).unwrap();
        let mut runs = Runs::default();
        runs.push(Run { from: 0, to: 7, len: 60_000 });
        runs.push(Run { from: 60_003, to: 60_007, len: plain.len() - 60_003 });
        let changed = [b"changed", &plain[..60_000], &plain[60_003..]].concat();
        let of_source = unpacked.source(&runs);
        let deflated = |text: &[u8], source| {
            let packed = deflate(Vec::new(), text, source, 1, Wrapper::None, &budget()).unwrap();
            let back = flate::inflate_exact(&packed, text.len() as u64, Wrapper::None, &budget()).unwrap();
            assert!(back == text && again(&packed, text.len()) == packed);
            packed.len()
        };
        assert!(deflated(&changed, of_source) < deflated(&changed, None));
        let other: Vec<u8> = plain.iter().rev().copied().collect();
        assert_eq!(deflated(&other, of_source), deflated(&other, None));
    }

    #[test]
    fn zlib_streams_that_are_not_in_order_are_left_to_others() {
        let plain = text(100);
        let packed = flate::deflate(&plain, 6, Wrapper::Zlib).unwrap();
        let read = |packed: &[u8]| inflate_zlib(packed, &budget()).unwrap().map(|unpacked| unpacked.plain);
        assert_eq!(read(&packed).as_deref(), Some(plain.as_slice()));
        assert_eq!(read(&[packed.as_slice(), b"behind"].concat()).as_deref(), Some(plain.as_slice()));
        for place in [0, 1, packed.len() - 1] {
            let mut wrong = packed.clone();
            wrong[place] ^= 1;
            assert_eq!(read(&wrong), None, "{place}");
        }
        assert_eq!(read(&packed[..packed.len() - 1]), None);
        assert_eq!(read(b"x"), None);
    }
}
