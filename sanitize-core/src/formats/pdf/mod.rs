//! PDF.
pub(crate) mod parse;
pub(crate) mod model;
pub(crate) mod threats;
pub(crate) mod write;
