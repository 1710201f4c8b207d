//! libsanitize: the engine for C and everything that can call C.
//!
//! `exports.rs` is the interface and the only file with `unsafe` in it; `include/sanitize.h` is made from it by
//! `cargo xtask header`. Handles are numbers that look like pointers (`handles.rs`): nothing is ever read through
//! one, so that a handle that was freed, or never was one, is an error and not a crash. Every export runs inside
//! [`boundary::call`], which turns a panic into a status.
//!
//! Programs in Rust use `sanitize-core`; what is public here is so for the tests and the header.
#![deny(unsafe_code)]
#![warn(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable
)]

pub mod boundary;
mod builder;
mod engine;
pub mod exports;
mod file;
mod handles;
mod outcome;
mod stack;
mod stream;
mod text;
