//! GIF (87a and 89a): the codes of frames are read and written anew; nothing is quantised again.
//!
//! Kept: frames with their place, delay, disposal, transparency and palette, and how often they play.
//! `docs/formats/gif.md` has the subset that is written.

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

/// The GIF handler.
pub(crate) struct Gif;

impl Handler for Gif {
    fn formats(&self) -> &'static [Format] {
        &[format::GIF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        (probe.starts_with(b"GIF87a") || probe.starts_with(b"GIF89a")).then_some(format::GIF)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let blocks = parse::blocks(input, ctx.budget())?;
        let image = rebuild::rebuild(blocks, ctx)?;
        Ok(Rebuilt { bytes: write::write(&image, ctx.budget())?, format: format::GIF })
    }

    fn verify(&self, output: &[u8], _format: Format, _budget: &Budget) -> Result<(), Error> {
        verify::verify(output)
    }
}
