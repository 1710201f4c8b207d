//! Inputs of the benchmarks, made once and kept for the run.
//!
//! The generators are those of `cargo xtask compare`, so that a figure of the command and one of the library
//! speak of the same bytes.

use sanitize_corpus::bench::{CLASSES, Class};

/// The classes measured in-process: all but those that take more than a second, or are many files.
pub fn classes() -> impl Iterator<Item = &'static Class> {
    CLASSES.iter().filter(|class| class.files == 1 && class.name != "xlsx_40mb")
}
