//! Files around the engine, which itself knows bytes alone: inputs are read up to a limit and are the files that
//! were found, outputs are whole or not there, and marks of where a file came from stay on it.
//!
//! The command and the C library share this, so that neither is more careful than the other.
#![forbid(unsafe_code)]

mod identity;
pub mod mark;
mod read;
mod staged;

pub use identity::Identity;
pub use read::{Content, read_up_to};
pub use staged::{Flush, Staged, sweep};
