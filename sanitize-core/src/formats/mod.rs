//! One folder per format. This table is all there is to registering one.

mod jpeg;
mod png;

use crate::engine::handler::Handler;

/// Handlers in the order they are asked: the more specific first, text last.
pub(crate) static HANDLERS: &[&dyn Handler] = &[&png::Png, &jpeg::Jpeg];
