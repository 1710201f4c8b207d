//! Checked reading and writing of bytes: the only way formats touch untrusted input.
//!
//! A number read from a file is a claim. [`Reader`] never panics and never reads past its end; every
//! failure says what was being read and where.

mod reader;
mod writer;

pub use reader::Reader;
pub use writer::Writer;
