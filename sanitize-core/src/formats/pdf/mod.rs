//! PDF.
pub(crate) mod parse;
