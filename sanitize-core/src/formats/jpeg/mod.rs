//! JPEG (ITU-T T.81, JFIF): the markers are walked, the picture is decoded and coded anew.
//!
//! Kept: the picture upright, its size, grey, colour or CMYK, chroma sampling, quantisers, density, and a wide
//! colour space under the engine's own profile. `docs/formats/jpeg.md` has the subset that is written.

mod model;
mod parse;
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
    toolkits::raster,
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
        let markers = parse::markers(input, ctx.budget())?;
        let image = rebuild::rebuild(input, &markers, ctx)?;
        Ok(Rebuilt { bytes: write::write(&image)?, format: format::JPEG })
    }

    fn verify(&self, output: &[u8], _format: Format, _budget: &Budget) -> Result<(), Error> {
        raster::check_jpeg(output)
    }
}
