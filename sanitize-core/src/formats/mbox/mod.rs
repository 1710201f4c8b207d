//! Mailboxes of several mails (mbox, RFC 4155): each mail is rebuilt as one, and they are put together again.
//!
//! Kept: the mails in their order. The lines between them say nothing of who sent which mail when: that stands in
//! the mails. A mail that cannot be rebuilt leaves one that says so.

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
    format::{self, Family, Format},
    report::Threat,
    toolkits::mime::mailbox,
};

pub(super) struct Mbox;

impl Handler for Mbox {
    fn formats(&self) -> &'static [Format] {
        &[format::MBOX]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// A file that begins with the line of a mailbox, and holds several mails or is named one. A single mail with
    /// that line in front is a mail.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let behind = probe.bytes().get(mailbox::postmark(probe.bytes())?..)?;
        let claimed = Format::by_extension(probe.extension());
        let may_be = claimed.is_none_or(|claimed| claimed.family() == Family::Mail);
        let is_one = may_be && mailbox::likeness(behind) != mailbox::Likeness::None;
        (is_one && (claimed == Some(format::MBOX) || mailbox::holds_more(probe.bytes())))
            .then_some(format::MBOX)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let messages = parse::parse(input, ctx.budget())?;
        let model = rebuild::rebuild(&messages, ctx)?;
        Ok(Rebuilt { bytes: write::write(&model, ctx.budget())?, format: format::MBOX })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
