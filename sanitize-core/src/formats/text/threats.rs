//! Threats of plain text.

pub(super) use crate::engine::text::CONFUSABLE;
use crate::{
    engine::text::{CONTROLS, ENCODING, INVISIBLE, UNBALANCED},
    report::{
        ContentKind::{self, *},
        Severity::{self, *},
        Threat,
    },
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(super) static SCRIPT: Threat = threat(
    "txt.script-content-sniffing",
    Deception,
    Medium,
    "lines of a script, markup or a shortcut in plain text",
);
pub(super) static ADDRESS: Threat = threat(
    "txt.dangerous-urls-autolink",
    Deception,
    Low,
    "an address that programs act on when it becomes a link",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] =
    &[&CONTROLS, &UNBALANCED, &INVISIBLE, &CONFUSABLE, &ENCODING, &SCRIPT, &ADDRESS];
