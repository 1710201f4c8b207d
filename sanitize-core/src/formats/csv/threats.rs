//! Threats of text tables.

use crate::report::{
    ContentKind::{self, *},
    Severity::{self, *},
    Threat,
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(super) static FORMULA: Threat =
    threat("csv.formula-injection", TableFormula, High, "a cell that a spreadsheet reads as a formula");
pub(super) static NETWORK: Threat = threat(
    "csv.dde-and-network-functions",
    TableFormula,
    High,
    "a formula that starts programs or reaches out",
);
pub(super) static BORDERS: Threat = threat(
    "csv.delimiter-quote-confusion",
    TableFormula,
    Medium,
    "a formula that stands at the start of a cell for who splits the line elsewhere",
);
pub(super) static SYLK: Threat = threat(
    "csv.encoding-and-sylk-magic",
    Reencoding,
    Medium,
    "first letters by which Excel takes the file for SYLK",
);
pub(super) static SIZE: Threat =
    threat("csv.size-and-shape-bomb", Exhaustion, Low, "more cells than the limit");
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
pub(super) static ENCODING: Threat = threat(
    "txt.encoding-confusion",
    Reencoding,
    Medium,
    "bytes that are valid in no encoding, written as UTF-8",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] =
    &[&FORMULA, &NETWORK, &BORDERS, &SYLK, &SIZE, &CONTROLS, &UNBALANCED, &INVISIBLE, &ENCODING];

/// Borders that can be seen differently, without a formula behind them: reported only.
pub(super) static AMBIGUOUS: Threat = threat(
    "csv.delimiter-quote-confusion",
    Deception,
    Medium,
    "quotes or a separator line that programs read differently",
);
/// Pairs of bidirectional controls stay: the same threat, reported only.
pub(super) static BALANCED: Threat = threat(
    "txt.bidi-trojan-source",
    Deception,
    Medium,
    "bidirectional controls that change the order of text",
);
