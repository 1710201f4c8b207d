//! One folder per format. This table is all there is to registering one.

mod csv;
mod text;
mod zip;

use crate::engine::handler::Handler;

/// Handlers in the order they are asked: the more specific first, text last.
pub(crate) static HANDLERS: &[&dyn Handler] = &[&zip::Zip, &csv::Csv, &text::Text];
