//! WebP: pictures are taken apart down to their symbols, and new streams are made of them.
//!
//! Kept: every pixel as it was decoded, alpha, frames and their times, a wide colour space under the engine's
//! own profile. `docs/formats/webp.md` has the subset that is written and why.

mod compose;
mod model;
mod parse;
mod pixels;
mod rebuild;
mod symbols;
pub(crate) mod threats;
mod verify;
mod write;

use crate::{
    budget::Budget,
    engine::{
        ctx::Ctx,
        handler::{Handler, Rebuilt},
        identify::Probe,
    },
    error::Error,
    format::{self, Format},
    report::Threat,
    toolkits::jpeg,
};

/// The WebP handler.
pub(crate) struct Webp;

impl Handler for Webp {
    fn formats(&self) -> &'static [Format] {
        &[format::WEBP]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        (probe.starts_with(b"RIFF") && probe.has_at(8, b"WEBP")).then_some(format::WEBP)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let chunks = parse::chunks(input, ctx.budget())?;
        let image = rebuild::rebuild(&chunks, ctx)?;
        let format = if matches!(image, model::Image::Jpeg { .. }) { format::JPEG } else { format::WEBP };
        Ok(Rebuilt { bytes: write::write(&image, ctx.budget())?, format })
    }

    fn verify(&self, output: &[u8], format: Format, budget: &Budget) -> Result<(), Error> {
        if format == format::JPEG { jpeg::verify(output, budget) } else { verify::verify(output, budget) }
    }
}
