//! Compression, each decoder paid for by the budget block by block.

pub(crate) mod flate;
