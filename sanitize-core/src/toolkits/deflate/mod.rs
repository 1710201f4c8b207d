//! Deflate (RFC 1951) down to its symbols, and back to a new stream.
//!
//! Most of what a document's text says is said again as it was. Finding in it anew what an encoder found already
//! takes most of the time that a document needs. So the symbols are kept that a text was read from: [`read`] returns
//! both. Where the text changes, [`follow`] keeps of them what is still true of the new text, and [`write`] makes a
//! stream of that, with blocks and codes of its own.
//!
//! Nothing of the input's bits is copied. Where blocks end, how long codes are, codes that nothing uses, bits behind
//! the end: all that may carry something or lead a reader astray is decided here, from the text and the copies in it.
//!
//! - A code must be complete, or one that every inflater takes; a copy must lie within the text. Else it is an error.
//! - Copies are followed through what stands in both texts byte for byte, and nothing else: a fault in the
//!   book-keeping of changes makes a stream longer, not wrong.
//! - What is written is counted: a block of other bits than its symbols have in its codes is no stream.
//! - `write(read(write(x)))` gives the bytes of `write(x)`.

mod alphabet;
mod code;
mod follow;
mod read;
mod symbols;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use follow::{Run, Runs, follow};
pub(crate) use read::{Inflated, read, room};
pub(crate) use symbols::Symbols;
pub(crate) use write::write;
