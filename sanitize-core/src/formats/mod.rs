//! One folder per format. This table is all there is to registering one.

mod ooxml;

use crate::engine::handler::Handler;

pub(crate) mod pdf;

/// Handlers in the order they are asked: the more specific first, text last.
pub(crate) static HANDLERS: &[&dyn Handler] = &[&ooxml::Ooxml, &pdf::Pdf];
