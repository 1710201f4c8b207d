//! LZW at the level of its codes: the streams of GIF and TIFF, read and written anew without a symbol put out.
//!
//! Nothing of the input's bit stream is copied. [`rewrite`] reads every code under the table that a decoder would
//! have by then, and writes it again into a fresh stream. It keeps of each string only how long it is: that says
//! whether exactly the symbols come out that the picture has room for. Symbols themselves are literal codes, for the
//! first of every string has been one, so that those met are all that a decoder will put out.
//!
//! - What is written starts with a clear code, ends with an end code, and has zeros in the bits of its last byte.
//! - Clear codes that clear nothing are left out; what stands behind the last symbol is.
//! - A code that no decoder could know, or another number of symbols, is no stream ([`rewrite`] gives `None`).
//! - `rewrite(rewrite(x))` gives the bytes of `rewrite(x)`.
//! - [`is_as_written`] checks a written stream, with no part of the reader or the writer.

mod bits;
mod check;
mod rewrite;

pub(crate) use check::is_as_written;
pub(crate) use rewrite::rewrite;

/// The two customs of putting codes into bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// GIF89a, appendix F: least significant bit first. Codes go on when the table is full.
    Gif,
    /// TIFF 6.0, section 13: most significant bit first, and codes widen one early. A full table has to be cleared.
    Tiff,
}

/// A stream written anew.
#[derive(Debug)]
pub(crate) struct Rewritten {
    pub(crate) stream: Vec<u8>,
    /// Which symbols it gives.
    pub(crate) symbols: [bool; 256],
    /// Bytes that the input held behind its end code.
    pub(crate) behind: usize,
}

/// Codes have no more bits than this.
const WIDEST: u32 = 12;

/// Strings that a table has room for.
const TABLE: usize = 1 << WIDEST;

#[cfg(test)]
mod tests;
