//! What formulas of a workbook may refer to by name: its sheets, its tables, its defined names.

use std::collections::{BTreeMap, BTreeSet};

use super::{scan::scan, walk::Walk};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::ooxml::{
        allow::PartKind,
        formula::{self, DefinedName, NameStatus, Verdict, Workbook},
        parse::Package,
    },
};

/// Names of a workbook. Empty, and then every sheet exists, for documents that are none: the formulas of their
/// charts speak of the workbook behind the chart.
#[derive(Debug, Default)]
pub(super) struct Names {
    sheets: Option<BTreeSet<String>>,
    tables: BTreeSet<String>,
    /// By name and formula as they stand.
    defined: BTreeMap<(String, String), Verdict>,
    status: BTreeMap<String, NameStatus>,
}

impl Names {
    /// Reads the names of the document, if it is a workbook, and judges them.
    pub(super) fn read(package: &Package<'_>, walk: &Walk, ctx: &mut Ctx<'_>) -> Result<Self, Error> {
        let mut names = Self::default();
        let Some(main) = walk.parts.first().filter(|main| main.kind == PartKind::Workbook) else {
            return Ok(names);
        };
        let mut sheets = BTreeSet::new();
        let mut defined = Vec::new();
        scan_part(package, &main.key, ctx, |local, attribute, text| match local {
            b"sheet" => sheets.extend(attribute(b"name").map(|name| formula::fold(&name))),
            b"definedName" => defined.extend(attribute(b"name").map(|name| (name, text.to_owned()))),
            _ => {}
        })?;
        for table in walk.parts.iter().filter(|part| part.kind == PartKind::TableDefinition) {
            scan_part(package, &table.key, ctx, |local, attribute, _| {
                if local == b"table" {
                    names.tables.extend(
                        [b"name".as_slice(), b"displayName"]
                            .into_iter()
                            .filter_map(attribute)
                            .map(|name| formula::fold(&name)),
                    );
                }
            })?;
        }
        let given: Vec<_> = defined.iter().map(|(name, formula)| DefinedName { name, formula }).collect();
        let verdicts = formula::judge_names(
            &given,
            &|name| names.tables.contains(&formula::fold(name)),
            &|name| sheets.contains(&formula::fold(name)),
            &ctx.switches().link_schemes,
        );
        for ((name, text), verdict) in defined.into_iter().zip(verdicts) {
            let status = match &verdict {
                Verdict::Flatten(threat) => NameStatus::Dropped(threat),
                _ => NameStatus::Kept,
            };
            // A name of several scopes stays usable while one of them stays.
            let slot = names.status.entry(formula::fold(&name)).or_insert(status);
            if status == NameStatus::Kept {
                *slot = status;
            }
            names.defined.insert((name, text), verdict);
        }
        names.sheets = Some(sheets);
        Ok(names)
    }

    /// What was decided about a defined name.
    pub(super) fn verdict(&self, name: &str, text: &str) -> Option<&Verdict> {
        self.defined.get(&(name.to_owned(), text.to_owned()))
    }

    /// Judges one formula.
    pub(super) fn judge(&self, text: &str, context: formula::Context, schemes: &[String]) -> Verdict {
        let none = self.tables.is_empty() && self.status.is_empty();
        let name = |name: &str| {
            if none {
                return NameStatus::Unknown;
            }
            let folded = formula::fold(name);
            if self.tables.contains(&folded) {
                return NameStatus::Kept;
            }
            self.status.get(&folded).copied().unwrap_or(NameStatus::Unknown)
        };
        let sheet =
            |name: &str| self.sheets.as_ref().is_none_or(|sheets| sheets.contains(&formula::fold(name)));
        formula::judge(text, context, &Workbook { name: &name, sheet: &sheet }, schemes)
    }
}

/// As [`scan`], with its errors told apart and placed.
fn scan_part(
    package: &Package<'_>,
    key: &str,
    ctx: &mut Ctx<'_>,
    see: impl FnMut(&[u8], &dyn Fn(&[u8]) -> Option<String>, &str),
) -> Result<(), Error> {
    let name = package.name(key).unwrap_or(key).to_owned();
    ctx.in_part(&name, |ctx| scan(package, key, ctx, see).map_err(|error| super::filter::refusal(error, ctx)))
}
