//! Calendars (RFC 5545) and contacts (RFC 6350, 2426, vCard 2.1): lines of names and values by allow-list.
//!
//! Kept: events, tasks, journals, free and busy times, time zones, alarms that show a text; of contacts names,
//! phonetic names, organisations, addresses, numbers, notes. Written in UTF-8. Whatever fetches, plays, sends or runs
//! has no name in the table.

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

pub(super) struct Ical;

impl Handler for Ical {
    fn formats(&self) -> &'static [Format] {
        &[format::ICS, format::VCF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        parse::kind(probe.bytes())
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let format = parse::kind(input).ok_or(Error::Internal("neither a calendar nor a contact"))?;
        let lines = parse::parse(input, ctx.budget())?;
        let model = rebuild::rebuild(&lines, format, ctx)?;
        Ok(Rebuilt { bytes: write::write(&model), format })
    }

    fn verify(&self, output: &[u8], format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, format, budget)
    }
}
