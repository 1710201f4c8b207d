//! Excel's formulas: what a formula would reach when it is calculated, decided before it is written.
//!
//! Formulas stand in cells, names, conditional formats, validations, charts, sparklines and shapes; the same
//! judge serves all. A formula is cut into tokens ([`token`]) and walked once with a stack of its own
//! ([`judge`]). It stays when every function is on the allow-list ([`functions`]) or is a name of the workbook,
//! every reference leads into the workbook, and every token stands where one may stand. Otherwise it is
//! *flattened*: the cached value stays as a constant.
//!
//! A formula that stays is written as it stands, but for the addresses of `HYPERLINK`, which are written as the
//! link toolkit normalises them.
//!
//! Names are judged together ([`judge_names`]), since a name that is left out takes along the names and
//! cells that use it.

mod functions;
mod judge;
mod names;
mod token;

pub(crate) use judge::judge;
pub(crate) use names::{DefinedName, fold, judge_names, starts_by_itself};

/// An id of the threat catalogue.
pub(crate) type Threat = &'static str;

/// Where a formula stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// A cell, also shared and array formulas, and columns of tables.
    Cell,
    /// A defined name.
    Name,
    /// Conditional formats, also of extensions.
    ConditionalFormat,
    /// Data validation.
    DataValidation,
    /// Series, titles and labels of charts.
    Chart,
    /// Everywhere else: sparklines, linked texts of shapes, calculated items of pivots.
    Other,
}

/// What becomes of a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It stays as it is.
    Keep,
    /// It stays with the addresses in it normalised.
    Rewrite(String),
    /// Its cached value stays in its place.
    Flatten(Threat),
}

/// What the workbook knows about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameStatus {
    /// Neither a defined name nor a table.
    Unknown,
    /// A defined name or a table that is written.
    Kept,
    /// A defined name that is left out, and why.
    Dropped(Threat),
}

/// What a formula can refer to by name. Both compare as Excel does: see [`fold`].
pub(crate) struct Workbook<'a> {
    /// Defined names and tables.
    pub(crate) name: &'a dyn Fn(&str) -> NameStatus,
    /// Whether there is a sheet of this name.
    pub(crate) sheet: &'a dyn Fn(&str) -> bool,
}
