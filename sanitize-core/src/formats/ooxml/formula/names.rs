//! Defined names, judged together.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
};

use unicode_normalization::UnicodeNormalization;

use super::{Context, NameStatus, Threat, Verdict, Workbook, judge::judge};

/// A name and what it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DefinedName<'a> {
    /// The name as it stands in the file.
    pub(crate) name: &'a str,
    /// Its formula.
    pub(crate) formula: &'a str,
}

/// A name in the form in which Excel compares names.
pub(crate) fn fold(name: &str) -> String {
    name.to_lowercase()
}

/// Decides about each of `names`. A name that uses one that is left out is left out too, under the same threat.
///
/// `tables` says whether something is a table's name, `sheet` whether it is a sheet's.
pub(crate) fn judge_names(
    names: &[DefinedName<'_>],
    tables: &dyn Fn(&str) -> bool,
    sheet: &dyn Fn(&str) -> bool,
    schemes: &[String],
) -> Vec<Verdict> {
    // The same name may stand once for the workbook and once for each sheet: what uses it, uses any of them.
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, defined) in names.iter().enumerate() {
        places.entry(fold(defined.name)).or_default().push(index);
    }
    let mut users: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut verdicts = Vec::with_capacity(names.len());
    for (index, defined) in names.iter().enumerate() {
        let used = RefCell::new(Vec::new());
        let status = |name: &str| {
            let folded = fold(name);
            if places.contains_key(&folded) {
                used.borrow_mut().push(folded);
                NameStatus::Kept
            } else if tables(name) {
                NameStatus::Kept
            } else {
                NameStatus::Unknown
            }
        };
        let workbook = Workbook { name: &status, sheet };
        verdicts.push(match starts_by_itself(defined.name) {
            Some(threat) => Verdict::Flatten(threat),
            None => judge(defined.formula, Context::Name, &workbook, schemes),
        });
        for name in used.into_inner() {
            users.entry(name).or_default().push(index);
        }
    }
    spread(names, &users, &mut verdicts);
    verdicts
}

/// Carries what is left out to what uses it. Each name is visited once.
fn spread(names: &[DefinedName<'_>], users: &BTreeMap<String, Vec<usize>>, verdicts: &mut [Verdict]) {
    let flattened = |(index, verdict): (usize, &Verdict)| match verdict {
        Verdict::Flatten(threat) => Some((index, *threat)),
        _ => None,
    };
    let mut queue: VecDeque<(usize, Threat)> = verdicts.iter().enumerate().filter_map(flattened).collect();
    let mut done = BTreeMap::new();
    while let Some((index, threat)) = queue.pop_front() {
        let Some(defined) = names.get(index) else { continue };
        let folded = fold(defined.name);
        if done.insert(folded.clone(), ()).is_some() {
            continue;
        }
        for &user in users.get(&folded).map(Vec::as_slice).unwrap_or_default() {
            if let Some(verdict) = verdicts.get_mut(user)
                && !matches!(verdict, Verdict::Flatten(_))
            {
                *verdict = Verdict::Flatten(threat);
                queue.push_back((user, threat));
            }
        }
    }
}

/// Names that run when a workbook is opened, closed or activated: `Auto_Open` and its family in any spelling.
pub(crate) fn starts_by_itself(name: &str) -> Option<Threat> {
    let folded: String = name
        .nfkc()
        .filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{200b}')
        .collect::<String>()
        .to_lowercase();
    let bare = folded.strip_prefix("_xlnm.").unwrap_or(&folded);
    bare.starts_with("auto_").then_some("xlsx.auto-open-names")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(names: &[(&str, &str)]) -> Vec<Verdict> {
        let names: Vec<_> = names.iter().map(|&(name, formula)| DefinedName { name, formula }).collect();
        judge_names(&names, &|name| fold(name) == "table1", &|_| false, &[])
    }

    #[test]
    fn names_that_run_by_themselves_are_left_out_in_any_spelling() {
        for name in [
            "Auto_Open",
            "_xlnm.Auto_Open",
            "auto_open_1",
            "AUTO_CLOSE",
            "Auto_Activate",
            "Auto_ouvrir",
            "Ａｕｔｏ＿Ｏｐｅｎ",
            "Auto\0_Open",
            " auto_deactivate",
            "Au\u{200b}to_Open",
        ] {
            assert_eq!(
                verdicts(&[(name, "Sheet1!$A$1")]),
                [Verdict::Flatten("xlsx.auto-open-names")],
                "{name:?}"
            );
        }
        assert_eq!(
            verdicts(&[("_xlnm.Print_Area", "Sheet1!$A$1:$B$2"), ("自動", "1")]),
            [Verdict::Keep, Verdict::Keep]
        );
    }

    #[test]
    fn macro_functions_in_names_are_left_out() {
        for formula in [
            "EXEC(\"calc.exe\")",
            "GET.CELL(48,Sheet1!A1)",
            "EVALUATE(A1)",
            "FILES(\"*\")&T(NOW())",
            "ACTIVE.CELL()",
            "GET.WORKBOOK(1)",
        ] {
            assert_eq!(
                verdicts(&[("K", formula)]),
                [Verdict::Flatten("xlsx.xlm-in-defined-names")],
                "{formula}"
            );
        }
    }

    #[test]
    fn what_uses_a_name_that_is_left_out_goes_with_it() {
        let names = [
            ("third", "Second+1"),
            ("second", "FIRST*2"),
            ("first", "EXEC(\"x\")"),
            ("fine", "LAMBDA(_xlpm.x,_xlpm.x+1)"),
            ("uses", "fine(1)+Table1[a]"),
            ("loop", "loop(1)"),
        ];
        let threat = Verdict::Flatten("xlsx.xlm-in-defined-names");
        let keep = Verdict::Keep;
        assert_eq!(
            verdicts(&names),
            [threat.clone(), threat.clone(), threat, keep.clone(), keep.clone(), keep]
        );
    }
}
