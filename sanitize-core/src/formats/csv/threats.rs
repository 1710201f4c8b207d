//! Threats of text tables.

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
