//! Threats of mailboxes.

use crate::report::{ContentKind, Severity, Threat};

pub(super) static POSTMARK: Threat = Threat::new(
    "mail.mbox-and-emlx-containers",
    ContentKind::Slack,
    Severity::Low,
    "what the lines between mails say",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[&POSTMARK];

/// A mail of the mailbox.
pub(super) static MESSAGE: Threat = Threat::new(
    "mail.mbox-and-emlx-containers",
    ContentKind::RejectedMember,
    Severity::Medium,
    "a mail of a mailbox that could not be rebuilt",
);
