//! WMF: Windows metafiles, the drawings of older clip art and equations.
//!
//! Every record is read by its own fields and written anew. Kept: lines, shapes, regions, clipping, pens, brushes,
//! fonts by name, text with its advances, palettes, bitmaps. No escape is written. `docs/formats/wmf.md` has the
//! subset that is written.

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

/// The handler of Windows metafiles.
pub(super) struct Wmf;

impl Handler for Wmf {
    fn formats(&self) -> &'static [Format] {
        &[format::WMF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let is_metafile = probe.starts_with(parse::PLACEABLE) || parse::is_header(probe.bytes());
        is_metafile.then_some(format::WMF)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let metafile = rebuild::rebuild(input, ctx)?;
        Ok(Rebuilt { bytes: write::write(&metafile)?, format: format::WMF })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
