//! Threats of calendars and cards, by the ids of the catalogue.

use crate::{
    engine::text::{CONTROLS, INVISIBLE, UNBALANCED},
    report::{
        ContentKind::{self, *},
        Severity::{self, *},
        Threat,
    },
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(super) static CALENDAR: Threat = threat(
    "ics.standalone",
    ExternalReference,
    Medium,
    "attachments, alarms that do more than show, addresses and properties that are not listed",
);
pub(super) static CARD: Threat = threat(
    "vcf.standalone",
    ExternalReference,
    Low,
    "agents, keys, sounds, addresses and properties that are not listed",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[&CALENDAR, &CARD, &CONTROLS, &UNBALANCED, &INVISIBLE];

// The same threats, where another kind of content says better what the policy decides about.

pub(super) static CALENDAR_LINK: Threat = threat("ics.standalone", Hyperlink, Low, "addresses in a calendar");
pub(super) static CARD_LINK: Threat = threat("vcf.standalone", Hyperlink, Low, "addresses in a card");
pub(super) static CARD_FORM: Threat =
    threat("vcf.standalone", Reencoding, Low, "an old card, written as vCard 3.0");
