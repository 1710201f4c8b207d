//! EMF: enhanced metafiles, the drawings that Office shows for charts, sheets, equations and clip art.
//!
//! Every record is read by its own fields and written anew. Kept: lines, curves, shapes, paths, regions, clipping,
//! transforms, pens, brushes, fonts by name, text with its advances, gradients, bitmaps. Where a picture stands
//! twice in the file, as EMF and as EMF+, the former is kept. `docs/formats/emf.md` has the subset that is written.

mod kinds;
mod model;
mod parse;
mod rebuild;
mod threats;
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

/// The handler of enhanced metafiles.
pub(super) struct Emf;

impl Handler for Emf {
    fn formats(&self) -> &'static [Format] {
        &[format::EMF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        (probe.starts_with(&[1, 0, 0, 0]) && probe.has_at(40, parse::SIGNATURE)).then_some(format::EMF)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let metafile = rebuild::rebuild(input, ctx)?;
        Ok(Rebuilt { bytes: write::write(&metafile)?, format: format::EMF })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
