//! Threats of Outlook's containers.

use crate::report::{
    ContentKind::{EmbeddedObject, ExternalReference, Reencoding, Slack},
    Severity::{High, Low},
    Threat,
};

pub(super) static CONVERTED: Threat =
    Threat::new("mail.tnef-winmail", Reencoding, High, "an Outlook container, written as a mail");

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[&CONVERTED];

/// The same as in a message of Outlook.
pub(super) static TRIGGER: Threat = Threat::new(
    "mail.reminder-unc-property",
    ExternalReference,
    High,
    "a property or form by which a message acts when it is shown",
);
pub(super) static OBJECT: Threat = Threat::new(
    "mail.tnef-winmail",
    EmbeddedObject,
    High,
    "an attached object, or one that is somewhere else",
);
/// Attributes that cannot be read.
pub(super) static CUT: Threat =
    Threat::new("mail.tnef-winmail", Slack, Low, "attributes that cannot be read");
