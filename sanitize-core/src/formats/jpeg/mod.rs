//! JPEG (ITU-T T.81, JFIF): the stream is taken apart down to its coefficients, and a new one is made of them.
//!
//! Kept without loss: the picture upright, its size, grey, colour or CMYK, chroma sampling, quantisers, density,
//! and a wide colour space under the engine's own profile. Only where samples have to change is the picture
//! decoded and coded again. `docs/formats/jpeg.md` has the subset that is written.

mod model;
mod parse;
mod pixels;
mod rebuild;
pub(crate) mod threats;
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

/// The JPEG handler.
pub(crate) struct Jpeg;

impl Handler for Jpeg {
    fn formats(&self) -> &'static [Format] {
        &[format::JPEG]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        probe.starts_with(b"\xff\xd8\xff").then_some(format::JPEG)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let frame = parse::frame(input, ctx)?;
        let image = rebuild::rebuild(input, frame, ctx)?;
        Ok(Rebuilt { bytes: write::write(&image, ctx.budget())?, format: format::JPEG })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        jpeg::verify(output, budget)
    }
}
