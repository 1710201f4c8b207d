//! Compression, each decoder paid for by the budget block by block, and encodings of bytes as text.

pub(crate) mod base64;
pub(crate) mod flate;
pub(crate) mod gzip;
pub(crate) mod prefix_code;
pub(crate) mod quoted_printable;
pub(crate) mod repack;
