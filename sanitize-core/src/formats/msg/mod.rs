//! Outlook messages: a compound file that becomes a mail.
//!
//! An envelope: properties are read into a mail in its simplest form, which is then rebuilt like one that was given.
//! Kept is what a mail has: sender, recipients, subject, dates, ids, text as HTML (taken out of RTF where it stands
//! there) and as plain text, attachments, attached messages. Of the compound file nothing is ever written.

mod threats;

use crate::{
    engine::{ctx::Ctx, handler::Envelope, identify::Probe},
    error::Error,
    format::{self, Format},
    report::{Detail, Spot, Threat},
    toolkits::{
        archive::cfb::{CompoundFile, EntryKind},
        mapi::{Attachment, Content, Message, compose, msg, tag},
    },
};

/// Classes of messages that Outlook shows with a form of its own (MS-OXCMSG, 2.2.1.3). Any other has a form that
/// somebody brought along.
const CLASSES: [&str; 12] = [
    "IPM",
    "IPM.Activity",
    "IPM.Appointment",
    "IPM.Contact",
    "IPM.DistList",
    "IPM.Document",
    "IPM.Note",
    "IPM.Post",
    "IPM.Schedule",
    "IPM.StickyNote",
    "IPM.Task",
    "REPORT",
];

pub(super) struct Msg;

impl Envelope for Msg {
    fn formats(&self) -> &'static [Format] {
        &[format::MSG]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let entry = probe.compound()?.find(msg::PROPERTIES)?;
        (entry.kind == EntryKind::Stream).then_some(format::MSG)
    }

    fn open(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
        let file = CompoundFile::read(input, ctx.budget())?;
        let message = msg::read(&file, ctx.budget())?;
        ctx.replaced(&threats::CONVERTED, Spot::Here, None)?;
        record(&message, ctx)?;
        compose::mail(&message, ctx.budget())
    }
}

/// Records what a mail has no place for. Attached messages are asked one after the other, none twice.
fn record(message: &Message, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let mut pending = vec![message];
    while let Some(message) = pending.pop() {
        ctx.budget().objects(1)?;
        let class = message.properties.text(tag::MESSAGE_CLASS, None).unwrap_or_default();
        let is_known = |known: &&str| {
            let head = class.get(..known.len()).unwrap_or_default();
            let next = class.as_bytes().get(known.len());
            head.eq_ignore_ascii_case(known) && (next.is_none() || *known != "IPM" && next == Some(&b'.'))
        };
        let is_custom = !class.is_empty() && !CLASSES.iter().any(|known| is_known(&known));
        if is_custom || message.properties.has_trigger() {
            ctx.removed_with(&threats::TRIGGER, Spot::Here, Detail::name(&class))?;
        }
        if message.is_cut {
            ctx.removed(&threats::CUT, Spot::Here)?;
        }
        for Attachment { properties, content } in &message.attachments {
            match content {
                Content::File(_) => (),
                Content::Message(inner) => pending.push(inner),
                Content::Object | Content::Elsewhere => {
                    let name = properties.text(tag::ATTACH_LONG_NAME, None).unwrap_or_default();
                    ctx.removed_with(&threats::OBJECT, Spot::Here, Detail::name(&name))?;
                }
            }
        }
    }
    Ok(())
}
