//! PNG (ISO/IEC 15948, with APNG): read, cleaned and written anew.
//!
//! Kept: every pixel, the bit depth, the palette, transparency, density, sRGB or a wide space under the
//! engine's own profile, and the frames of an animation. `docs/formats/png.md` has the subset that is written.

mod model;
mod parse;
mod rebuild;
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
};

/// The PNG handler.
pub(crate) struct Png;

impl Handler for Png {
    fn formats(&self) -> &'static [Format] {
        &[format::PNG]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        probe.starts_with(parse::SIGNATURE).then_some(format::PNG)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let chunks = parse::chunks(input, ctx.budget())?;
        let image = rebuild::rebuild(&chunks, ctx)?;
        Ok(Rebuilt { bytes: write::write(&image)?, format: format::PNG })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
