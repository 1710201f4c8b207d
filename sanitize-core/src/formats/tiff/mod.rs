//! TIFF 6.0 and BigTIFF: every page's samples are read and written into fresh strips.
//!
//! Kept: all pages, their depth, grey, colour, palette, CMYK, alpha, bilevel as bilevel, density, and a wide
//! colour space under the engine's own profile. `docs/formats/tiff.md` has the subset that is written.

mod decode;
mod model;
mod parse;
mod rebuild;
mod strips;
pub(crate) mod threats;
mod unpack;
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

/// The TIFF handler.
pub(crate) struct Tiff;

impl Handler for Tiff {
    fn formats(&self) -> &'static [Format] {
        &[format::TIFF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let starts: [&[u8]; 4] = [b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"];
        starts.iter().any(|start| probe.starts_with(start)).then_some(format::TIFF)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let file = parse::file(input, ctx.budget())?;
        // Pages are about as large as they were, and room that is not written to costs nothing.
        let mut writer = write::TiffWriter::new(ctx.budget().output(input.len() as u64)?);
        rebuild::rebuild(input, &file, ctx, |page, budget| writer.page(page, budget))?;
        Ok(Rebuilt { bytes: writer.into_bytes(), format: format::TIFF })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
