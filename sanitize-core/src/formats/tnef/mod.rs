//! `winmail.dat`, in which Outlook sends what a mail cannot say: it becomes a mail.
//!
//! An envelope, as for Outlook messages: attributes are read into a mail in its simplest form, which is then rebuilt
//! like one that was given. Of the stream nothing is ever written. Inside of a mail the handler of mails opens it.

mod threats;

use crate::{
    engine::{ctx::Ctx, handler::Envelope, identify::Probe},
    error::Error,
    format::{self, Format},
    report::{Spot, Threat},
    toolkits::mapi::{Content, compose, tnef},
};

pub(super) struct Tnef;

impl Envelope for Tnef {
    fn formats(&self) -> &'static [Format] {
        &[format::TNEF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        probe.starts_with(tnef::SIGNATURE).then_some(format::TNEF)
    }

    fn open(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
        let message = tnef::read(input, ctx.budget())?;
        ctx.replaced(&threats::CONVERTED, Spot::Here, None)?;
        if message.properties.has_trigger() {
            ctx.removed(&threats::TRIGGER, Spot::Here)?;
        }
        if message.is_cut {
            ctx.removed(&threats::CUT, Spot::Here)?;
        }
        for attachment in &message.attachments {
            if matches!(attachment.content, Content::Object | Content::Elsewhere) {
                ctx.removed(&threats::OBJECT, Spot::Here)?;
            }
        }
        compose::mail(&message, ctx.budget())
    }
}
