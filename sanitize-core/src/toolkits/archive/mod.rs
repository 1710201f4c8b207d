//! Containers of files.

pub(crate) mod cfb;
pub(crate) mod zip;
