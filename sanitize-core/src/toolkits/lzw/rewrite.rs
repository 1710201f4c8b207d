//! Codes → the same codes in a fresh stream.

use super::{
    Kind, Rewritten, TABLE, WIDEST,
    bits::{Sink, Source},
};
use crate::{budget::Budget, error::Error};

/// Codes between two looks at the clock.
const STEP: u32 = 1 << 16;

/// Reads the codes of `input` until they have given `size` symbols of `symbol_bits` bits, 2 to 8, and writes them
/// anew. `None` where they do not give exactly as many, or are not in order.
pub(crate) fn rewrite(
    input: &[u8],
    kind: Kind,
    symbol_bits: u8,
    size: u64,
    budget: &Budget,
) -> Result<Option<Rewritten>, Error> {
    if !(2..=8).contains(&symbol_bits) || size == 0 {
        return Ok(None);
    }
    match kind {
        Kind::Gif => Rewriter::<false>::new(input, symbol_bits, budget)?.run(size, budget),
        Kind::Tiff => Rewriter::<true>::new(input, symbol_bits, budget)?.run(size, budget),
    }
}

/// Of TIFF where `TIFF`, else of GIF.
struct Rewriter<'a, const TIFF: bool> {
    source: Source<'a, TIFF>,
    sink: Sink<TIFF>,
    /// The code that clears the table; those below are literals, the next one is the end.
    clear: u32,
    /// Bits of a code while the table is empty.
    narrowest: u32,
    /// How many symbols the string of each code has; none for codes that stand for no string.
    lengths: [u16; TABLE],
    /// Which codes were met, whatever they stood for at the time.
    met: [bool; TABLE],
}

impl<'a, const TIFF: bool> Rewriter<'a, TIFF> {
    fn new(input: &'a [u8], symbol_bits: u8, budget: &Budget) -> Result<Self, Error> {
        let clear = 1 << symbol_bits;
        let mut lengths = [0; TABLE];
        lengths.iter_mut().take(clear as usize).for_each(|length| *length = 1);
        Ok(Self {
            source: Source::new(input),
            // A clear code and an end code may be added.
            sink: Sink::new(budget.reserve(input.len() as u64 + 8)?),
            clear,
            narrowest: u32::from(symbol_bits) + 1,
            lengths,
            met: [false; TABLE],
        })
    }

    fn run(mut self, size: u64, budget: &Budget) -> Result<Option<Rewritten>, Error> {
        let end = self.clear + 1;
        let mut width = self.narrowest;
        // The width of a clear code that is written when a symbol follows.
        let mut due = Some(width);
        // The code that the next string gets.
        let mut next = end + 1;
        // Symbols of the string before, which with one more become a new string; none behind a clear code.
        let mut previous = 0_u16;
        let mut total = 0_u64;
        while total < size {
            budget.check()?;
            for _ in 0..STEP {
                let Some(code) = self.source.take(width) else { return Ok(None) };
                if previous == 0 {
                    if code < self.clear {
                        if let Some(width) = due.take() {
                            self.sink.put(self.clear, width);
                        }
                    } else if code == self.clear {
                        continue;
                    } else {
                        return Ok(None);
                    }
                } else if let Some(length) = self.lengths.get_mut(next as usize) {
                    *length = previous + 1;
                    next += 1;
                } else if TIFF && code != self.clear {
                    return Ok(None);
                }
                if code >= next {
                    return Ok(None);
                }
                let length = self.lengths.get(code as usize).copied().unwrap_or(0);
                if length == 0 {
                    if code == end {
                        return Ok(None);
                    }
                    due = Some(width);
                    (width, next, previous) = (self.narrowest, end + 1, 0);
                    continue;
                }
                if let Some(met) = self.met.get_mut(code as usize) {
                    *met = true;
                }
                self.sink.put(code, width);
                previous = length;
                total += u64::from(length);
                width += u32::from((next + u32::from(TIFF)) >> width != 0 && width < WIDEST);
                if total >= size {
                    break;
                }
            }
        }
        if total > size {
            return Ok(None);
        }
        self.sink.put(end, width);
        let Some(behind) = self.behind(width) else { return Ok(None) };
        let mut symbols = [false; 256];
        let literals = self.met.iter().take(self.clear as usize);
        symbols.iter_mut().zip(literals).for_each(|(symbol, met)| *symbol = *met);
        Ok(Some(Rewritten { stream: self.sink.finish(), symbols, behind }))
    }

    /// How many bytes stand behind the end code, which may be missing. `None` where there are other codes.
    fn behind(&mut self, mut width: u32) -> Option<usize> {
        loop {
            let is_filling = self.source.unread() == 0;
            match self.source.take(width) {
                Some(code) if code == self.clear + 1 => return Some(self.source.unread()),
                Some(code) if code == self.clear => width = self.narrowest,
                Some(_) if !is_filling => return None,
                _ => return Some(0),
            }
        }
    }
}
