//! The engine around the formats: how a file is recognised, rebuilt, verified and reported, whatever it is.

pub(crate) mod ctx;
pub(crate) mod dangerous;
pub(crate) mod handler;
pub(crate) mod identify;
pub(crate) mod metafile;
pub(crate) mod name;
pub(crate) mod notice;
pub(crate) mod pictures;
pub(crate) mod run;
pub(crate) mod text;
pub(crate) mod threats;
pub(crate) mod verify;

pub use name::{output_name, safe_name};
pub use verify::Verified;
