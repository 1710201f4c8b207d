//! Text tables: cells that a spreadsheet would calculate become text, everything else stays as it is.
//!
//! Kept: the grid, quoting, delimiter, line ends, byte order mark and encoding. A cell is a formula for
//! whoever opens the file, and programs do not agree on where cells begin: positions behind every delimiter in
//! use are looked at, in quotes and outside.

mod model;
mod number;
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
    toolkits::charset::looks_like_text,
};

pub(super) struct Csv;

impl Handler for Csv {
    fn formats(&self) -> &'static [Format] {
        &[format::CSV]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// A table is told from text by its name alone. Content that a program takes for something else under
    /// any name is none.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let named = Format::by_extension(probe.extension()) == Some(format::CSV);
        (named && looks_like_text(probe.bytes())).then_some(format::CSV)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let document = parse::decode(input, ctx.budget())?;
        let model = rebuild::rebuild(document, ctx)?;
        Ok(Rebuilt { bytes: write::write(model), format: format::CSV })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
