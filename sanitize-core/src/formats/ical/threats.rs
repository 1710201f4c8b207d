//! Threats of calendars and contacts.

use crate::report::{
    ContentKind::{Reencoding, Unknown},
    Severity::{Low, Medium},
    Threat,
};

pub(super) static CALENDAR: Threat = Threat::new(
    "ics.standalone",
    Unknown,
    Medium,
    "a property of a calendar that fetches, plays, sends, runs or is not known",
);
pub(super) static CONTACT: Threat = Threat::new(
    "vcf.standalone",
    Unknown,
    Low,
    "a property of a contact that fetches, hides something or is not known",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[&CALENDAR, &CONTACT];

/// Values made sane.
pub(super) static CALENDAR_VALUE: Threat =
    Threat::new("ics.standalone", Reencoding, Low, "a value written in its one form");
pub(super) static CONTACT_VALUE: Threat =
    Threat::new("vcf.standalone", Reencoding, Low, "a value written in its one form");
