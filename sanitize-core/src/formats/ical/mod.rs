//! Calendars and cards: the lines of iCalendar and vCard by allow-list.
//!
//! Kept: events, tasks, journals, free time, time zones, alarms that show something, recurrences within measure,
//! people by their mail address; names and their readings, addresses, telephones, notes, the picture of a card.

mod allow;
mod model;
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
    toolkits::content_line,
};

pub(super) struct Ical;

impl Handler for Ical {
    fn formats(&self) -> &'static [Format] {
        &[format::ICS, format::VCF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// Told by the first line.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let head = probe.bytes().get(..256).unwrap_or(probe.bytes());
        let narrow: Vec<u8> = head
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(head)
            .iter()
            .copied()
            .filter(|byte| !matches!(byte, 0 | 0xfe | 0xff))
            .collect();
        let first = narrow.trim_ascii_start().split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
        let line = first.trim_ascii().to_ascii_uppercase();
        match line.as_slice() {
            b"BEGIN:VCALENDAR" => Some(format::ICS),
            b"BEGIN:VCARD" => Some(format::VCF),
            _ => None,
        }
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let lines = content_line::lines(input, ctx.budget())?;
        let (model, format) = rebuild::rebuild(lines, ctx)?;
        Ok(Rebuilt { bytes: write::write(&model), format })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
