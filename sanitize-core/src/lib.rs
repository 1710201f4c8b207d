//! A file goes in that nobody trusts; a **new** file comes out that holds only what is known to be harmless.
//!
//! The engine does not search for what is bad. Each format is read into a tree of what is there, the tree is
//! copied into a model that has fields only for what may be written, and the model is written as a new file,
//! which a verifier reads again before it leaves. What the model cannot express cannot get out.
//!
//! ```
//! use sanitize_core::{Input, Outcome, Sanitizer};
//!
//! let sanitizer = Sanitizer::builder().build()?;
//! match sanitizer.sanitize(Input::new(b"a,b\n1,=1+1\n").named("table.csv")) {
//!     Outcome::Delivered { bytes, report } => println!("{} bytes, {}", bytes.len(), report.to_json()),
//!     Outcome::Rejected { report } => println!("rejected: {}", report.to_json()),
//! }
//! # Ok::<(), sanitize_core::BuildError>(())
//! ```
//!
//! The main path is `sanitizer.rs`; `ARCHITECTURE.md` has the map of the rooms.
#![forbid(unsafe_code)]
#![warn(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable
)]

pub mod budget;
mod bytes;
mod engine;
mod error;
pub mod format;
mod formats;
mod limits;
pub mod policy;
pub mod report;
mod sanitizer;
mod toolkits;

/// The example of README.md is a doc test of this crate.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

pub use budget::Cancel;
pub use engine::{Verified, output_name, safe_name};
pub use format::Format;
pub use limits::{Limits, Resource};
pub use policy::{Policy, PolicyError, Preset};
pub use report::{Action, ContentKind, Finding, Place, Report, Severity, Threat, Verdict};
pub use sanitizer::{
    BuildError, Builder, Input, Outcome, Sanitizer, mail_passwords, supported_formats, threats,
};
