//! What was run so far: a row for each target in `fuzz/ledger.tsv`, from which `docs/fuzzing.md` has its table.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf};

use sanitize_corpus::fuzz::TARGETS;

use super::Tally;
use crate::{Outcome, root};

/// What a target should have been run in all.
const ASKED: u64 = 30 * 60;

const HEAD: &str = "target\tseconds\texecutions\tfeatures\n";

/// The sums of one target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Row {
    seconds: u64,
    executions: u64,
    /// Of the last run.
    features: u64,
}

fn path() -> PathBuf {
    root().join("fuzz/ledger.tsv")
}

/// Adds a run of the target `name`.
pub(super) fn add(name: &str, tally: &Tally) -> Outcome {
    let mut rows = read()?;
    let row = rows.entry(name.to_owned()).or_default();
    row.seconds += tally.seconds;
    row.executions += tally.executions;
    if tally.features > 0 {
        row.features = tally.features;
    }
    fs::write(path(), written(&rows)).map_err(|error| format!("{}: {error}", path().display()))
}

/// The ledger as a table of a document, every target in it, and what is missing.
pub(crate) fn table() -> Result<String, String> {
    Ok(tabled(&read()?))
}

fn read() -> Result<BTreeMap<String, Row>, String> {
    let text = fs::read_to_string(path()).map_err(|error| format!("{}: {error}", path().display()))?;
    parsed(&text)
}

fn parsed(text: &str) -> Result<BTreeMap<String, Row>, String> {
    let row = |line: &str| -> Option<(String, Row)> {
        let mut fields = line.split('\t');
        let name = fields.next()?.to_owned();
        let [seconds, executions, features] = [0; 3].map(|_| fields.next()?.parse::<u64>().ok());
        let row = Row { seconds: seconds?, executions: executions?, features: features? };
        Some((name, row))
    };
    text.lines()
        .skip(1)
        .map(|line| row(line).ok_or_else(|| format!("no row of the ledger: {line}")))
        .collect()
}

fn written(rows: &BTreeMap<String, Row>) -> String {
    ordered(rows).fold(HEAD.to_owned(), |mut text, (name, row)| {
        let _ = writeln!(text, "{name}\t{}\t{}\t{}", row.seconds, row.executions, row.features);
        text
    })
}

/// Every target with its sums, in the order in which they are run.
fn ordered(rows: &BTreeMap<String, Row>) -> impl Iterator<Item = (&'static str, Row)> {
    TARGETS.iter().map(|target| (target.name, rows.get(target.name).copied().unwrap_or_default()))
}

fn tabled(rows: &BTreeMap<String, Row>) -> String {
    let mut text =
        "| target | seconds | executions | per second | features |\n|---|---|---|---|---|\n".to_owned();
    let mut all = Row::default();
    for (name, row) in ordered(rows) {
        let Row { seconds, executions, features } = row;
        let rate = executions / seconds.max(1);
        let _ = writeln!(text, "| {name} | {seconds} | {executions} | {rate} | {features} |");
        all.seconds += seconds;
        all.executions += executions;
    }
    let _ = writeln!(text, "| all | {} | {} | | |", all.seconds, all.executions);
    let short: Vec<&str> =
        ordered(rows).filter(|(_, row)| row.seconds < ASKED).map(|(name, _)| name).collect();
    let _ = match short.as_slice() {
        [] => writeln!(text, "\nEvery target has had its {} minutes.", ASKED / 60),
        short => writeln!(
            text,
            "\n{} of {} targets have had their {} minutes. Not yet: {}.",
            TARGETS.len() - short.len(),
            TARGETS.len(),
            ASKED / 60,
            short.join(", ")
        ),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ledger_reads_what_it_writes_and_has_every_target() {
        let mut rows = read().unwrap();
        assert!(rows.keys().all(|name| TARGETS.iter().any(|target| target.name == name)));
        rows.insert("svg".to_owned(), Row { seconds: 1, executions: 2, features: 3 });
        let again = parsed(&written(&rows)).unwrap();
        assert_eq!((again.len(), again.get("svg")), (TARGETS.len(), rows.get("svg")));
        assert!(parsed("head\nsvg\t1\t2\n").is_err());
    }

    #[test]
    fn what_was_not_run_long_enough_is_said() {
        let long = |target: &sanitize_corpus::fuzz::Target| {
            (target.name.to_owned(), Row { seconds: ASKED, executions: ASKED * 2, features: 1 })
        };
        let mut rows: BTreeMap<String, Row> = TARGETS.iter().map(long).collect();
        assert!(tabled(&rows).ends_with("\nEvery target has had its 30 minutes.\n"));
        rows.remove("svg");
        let table = tabled(&rows);
        assert!(table.contains("| svg | 0 | 0 | 0 | 0 |") && table.ends_with("Not yet: svg.\n"), "{table}");
        assert!(table.contains("| png | 1800 | 3600 | 2 | 1 |"));
    }
}
