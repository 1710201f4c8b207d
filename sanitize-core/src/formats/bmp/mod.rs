//! BMP (Windows and OS/2 bitmaps of every version): pixels are read and written under a fresh header.
//!
//! Kept: every pixel, the palette and its depth, alpha, density; of an OS/2 bitmap array its best bitmap. `docs/formats/bmp.md` has the subset that is
//! written.

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
    toolkits::raster::{self, Os2Kind},
};

/// The BMP handler.
pub(crate) struct Bmp;

impl Handler for Bmp {
    fn formats(&self) -> &'static [Format] {
        &[format::BMP]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        // Two letters are little; the header's size is one of a few, below 256.
        let header = probe.has_at(15, b"\0\0\0");
        let is_single = probe.starts_with(b"BM") && header && probe.bytes().len() > 26;
        (is_single || raster::os2_kind(probe.bytes()) == Some(Os2Kind::Bitmap)).then_some(format::BMP)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let headers = parse::headers(input, ctx.budget())?;
        let image = rebuild::rebuild(input, &headers, ctx)?;
        Ok(Rebuilt { bytes: write::write(&image)?, format: format::BMP })
    }

    fn verify(&self, output: &[u8], _format: Format, _budget: &Budget) -> Result<(), Error> {
        verify::verify(output)
    }
}
