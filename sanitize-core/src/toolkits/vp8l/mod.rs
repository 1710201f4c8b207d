//! VP8L (RFC 9649, 3), the lossless pictures of WebP and their alpha: down to their symbols, and back to a new stream.
//!
//! Nothing of the input's bit stream is copied. [`Stream::read`] reads transforms, codes, and every symbol of the
//! picture; [`Stream::write`] writes the same symbols with codes computed from them. A decoder shows the same
//! pixels to the bit, and what code lengths, codes that nothing uses, channels that do not act, or bytes behind may
//! have carried is gone. No pixel is computed: a stream whose symbols are all read holds no others.
//!
//! - Every code must be complete, and every copy lie within the picture, or the stream is an error: the overflow of
//!   CVE-2023-4863 starts from codes that are not, and the engine writes its own.
//! - Small images, of transforms and of which codes read what, are one level deep. Of their pixels only what acts
//!   is written, and their colour cache is resolved.
//! - Groups of codes are read one by one and paid for; those that nothing uses are left out.
//! - The symbols of the picture are not held: they are read once to be counted, and once to be written.
//! - [`Stream::conceals`] says what a decoder does not show.
//! - `write(read(write(x)))` gives the bytes of `write(x)`.
//! - [`verify`] reads a written stream up to the symbols of the picture.

mod bits;
mod image;
mod prefix;
mod small;
mod stream;
#[cfg(test)]
mod tests;

pub(crate) use stream::{Conceals, Kind, Stream, verify};
