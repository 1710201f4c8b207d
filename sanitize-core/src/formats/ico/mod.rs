//! ICO and CUR, and the icons and pointers of OS/2: every picture is read and written anew, PNG by the PNG handler, bitmaps with their masks.
//!
//! Kept: all sizes, depths, masks, and the hot spots of cursors. Animated cursors are refused.
//! `docs/formats/ico.md` has the subset that is written.

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

/// The icon handler.
pub(crate) struct Ico;

impl Handler for Ico {
    fn formats(&self) -> &'static [Format] {
        &[format::ICO]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let directory = |kind: u8| {
            // The picture of the first entry starts behind the directory, and its reserved byte is zero.
            let [0, 0, found, 0, low, high, _, _, _, 0, ..] = *probe.bytes() else { return false };
            let count = usize::from(u16::from_le_bytes([low, high]));
            let first =
                probe.bytes().get(18..22).and_then(|offset| offset.try_into().ok()).map(u32::from_le_bytes);
            found == kind
                && count > 0
                && first.is_some_and(|first| {
                    first as usize >= 6 + count * 16 && (first as usize) < probe.bytes().len()
                })
        };
        let is_os2 = || matches!(raster::os2_kind(probe.bytes()), Some(Os2Kind::Icon | Os2Kind::Pointer));
        (directory(1) || directory(2) || is_animated(probe.bytes()) || is_os2()).then_some(format::ICO)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        if is_animated(input) {
            return Err(ctx.refuse(&threats::STRUCTURE, 8_u64));
        }
        let icon = if raster::os2_kind(input).is_some() {
            rebuild::rebuild_os2(input, &raster::os2_file(input, ctx.budget())?, ctx)?
        } else {
            rebuild::rebuild(input, &parse::directory(input, ctx.budget())?, ctx)?
        };
        Ok(Rebuilt { bytes: write::write(&icon), format: format::ICO })
    }

    fn verify(&self, output: &[u8], _format: Format, _budget: &Budget) -> Result<(), Error> {
        verify::verify(output)
    }
}

/// An animated cursor: RIFF of the form ACON.
fn is_animated(bytes: &[u8]) -> bool {
    bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"ACON")
}
