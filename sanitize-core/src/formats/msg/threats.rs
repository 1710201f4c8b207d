//! Threats of Outlook messages.

use crate::report::{
    ContentKind::{EmbeddedObject, ExternalReference, Reencoding, Slack},
    Severity::{High, Low},
    Threat,
};

pub(super) static OBJECT: Threat = Threat::new(
    "mail.msg-ole-attachments",
    EmbeddedObject,
    High,
    "an attached object, or one that is somewhere else",
);
pub(super) static TRIGGER: Threat = Threat::new(
    "mail.reminder-unc-property",
    ExternalReference,
    High,
    "a property or form by which a message acts when it is shown",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[&OBJECT, &TRIGGER];

/// The container itself: the message is written as a mail.
pub(super) static CONVERTED: Threat =
    Threat::new("mail.msg-ole-attachments", Reencoding, Low, "an Outlook message, written as a mail");
/// Parts of the container that cannot be read.
pub(super) static CUT: Threat =
    Threat::new("mail.msg-ole-attachments", Slack, Low, "properties that cannot be read");
