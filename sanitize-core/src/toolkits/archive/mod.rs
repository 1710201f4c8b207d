//! Containers of files.

pub(crate) mod zip;
