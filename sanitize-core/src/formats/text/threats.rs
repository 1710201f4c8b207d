//! Threats of plain text.

use crate::report::{
    ContentKind::{self, *},
    Severity::{self, *},
    Threat,
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(super) static CONTROLS: Threat =
    threat("txt.terminal-escapes", ControlCharacter, Medium, "control characters and escape sequences");
pub(super) static UNBALANCED: Threat = threat(
    "txt.bidi-trojan-source",
    ControlCharacter,
    Medium,
    "bidirectional controls without a counterpart",
);
pub(super) static INVISIBLE: Threat =
    threat("txt.invisible-and-tag-characters", ControlCharacter, Medium, "characters that nobody sees");
pub(super) static CONFUSABLE: Threat =
    threat("txt.homoglyphs-and-confusables", Deception, Low, "an address in letters that look like others");
pub(super) static ENCODING: Threat = threat(
    "txt.encoding-confusion",
    Reencoding,
    Medium,
    "bytes that are valid in no encoding, written as UTF-8",
);
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

/// Pairs of bidirectional controls stay: the same threat, reported only.
pub(super) static BALANCED: Threat = threat(
    "txt.bidi-trojan-source",
    Deception,
    Medium,
    "bidirectional controls that change the order of text",
);
