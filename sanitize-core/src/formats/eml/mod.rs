//! Mail: the MIME tree is rebuilt, not edited.
//!
//! Kept: sender, recipients, subject, date and the ids of the thread, text in UTF-8, alternatives, HTML text by
//! its own handler with the pictures that belong to it, attachments rebuilt by theirs, mails inside the mail.
//! Everything is written anew in one form: ASCII, CRLF, fresh boundaries, one of each header. A mail whose tree
//! programs see differently is refused as a whole; what cannot be rebuilt leaves a notice.

mod model;
mod parse;
mod rebuild;
mod threats;
mod verify;
mod write;

use crate::{
    budget::{Budget, Cancel},
    engine::{
        ctx::Ctx,
        handler::{Handler, Rebuilt},
        identify::Probe,
    },
    error::Error,
    format::{self, Family, Format},
    limits::{Limits, Resource},
    report::{Spot, Threat},
};
use parse::Likeness;

pub(super) struct Eml;

impl Handler for Eml {
    fn formats(&self) -> &'static [Format] {
        &[format::EML]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// A file that begins with headers of a mail. Its beginning alone counts: whatever else may be in it is text
    /// of a part. Under the name of a mail anything without a signature of its own is taken, to say why it is
    /// none; under the name of another format nothing is.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let claimed = Format::by_extension(probe.extension());
        if claimed == Some(format::EML) || claimed == Some(format::MBOX) {
            let is_binary = probe.bytes().get(..512).unwrap_or(probe.bytes()).contains(&0);
            let is_other = probe.is_zip() || probe.starts_with(b"%PDF-") || is_binary;
            return (!is_other || parse::likeness(probe.bytes()) == Likeness::Plain).then_some(format::EML);
        }
        let may_be = claimed.is_none_or(|claimed| claimed.family() == Family::Mail);
        (may_be && parse::likeness(probe.bytes()) == Likeness::Plain).then_some(format::EML)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let rebuilt = rebuild_mail(input, ctx);
        let bytes = rebuilt.map_err(|error| exhausted(error, ctx))?;
        Ok(Rebuilt { bytes, format: format::EML })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}

/// What the texts of a mail give as passwords, for encrypted files in a mail that comes later. Bounded by the limits of
/// a run of its own; a mail that cannot be read gives none.
pub(crate) fn passwords_of(mail: &[u8]) -> Vec<Vec<u8>> {
    let budget = Budget::new(&Limits::default(), mail.len() as u64, Cancel::new());
    rebuild::passwords_of(mail, &budget).unwrap_or_default()
}

fn rebuild_mail(input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let message = rebuild::message(input, ctx)?;
    let tree = parse::parse(message, ctx.budget())?;
    rebuild::structure(&tree, ctx)?;
    let mail = rebuild::rebuild(&tree, ctx)?;
    write::write(&mail, ctx.budget())
}

/// The outermost mail says by its own threat what used up the run. Inside it a limit is the run's end.
fn exhausted(error: Error, ctx: &mut Ctx<'_>) -> Error {
    let is_of_parts = matches!(error, Error::Limit(Resource::Members));
    if is_of_parts && ctx.depth() == 1 { ctx.refuse(&threats::BOMB, Spot::Here) } else { error }
}
