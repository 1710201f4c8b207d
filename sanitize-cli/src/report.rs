//! Reports of a run: one entry for each path, and totals.
//!
//! An entry wraps the engine's report, or says why there is none. `docs/report.md` describes both.

use std::{
    fmt,
    io::{self, Write},
    path::Path,
};

use sanitize_core::{Report, Verdict};
use serde::Serialize;

use crate::{exit::Exit, text::inert_json};

/// Why a file was neither delivered nor rejected: it could not be read or written.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// A stable word: `missing`, `unreadable`, `not-a-file`, `link`, `exists`, `unwritable`, `interrupted`
    /// or `internal`.
    pub code: &'static str,
    /// One sentence for a person, printable.
    pub message: String,
}

impl Problem {
    /// A problem of the kind `code`.
    pub fn new(code: &'static str, message: impl AsRef<str>) -> Self {
        Self { code, message: message.as_ref().to_owned() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// What became of one path.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The path as it was given or found.
    pub path: String,
    /// `clean`, `sanitized`, `rejected`, or `failed` where the file could not be read or written.
    pub verdict: &'static str,
    /// Where the new file is; missing when there is none.
    pub output_path: Option<String>,
    /// Why it failed.
    pub problem: Option<Problem>,
    /// What the engine says.
    pub report: Option<Report>,
}

impl Entry {
    /// An entry for a file the engine has seen.
    pub fn of(path: &Path, report: Report) -> Self {
        let verdict = report.verdict().word();
        Self { path: lossy(path), verdict, output_path: None, problem: None, report: Some(report) }
    }

    /// An entry for a path that did not get so far.
    pub fn failed(path: &Path, problem: Problem) -> Self {
        Self { path: lossy(path), verdict: "failed", output_path: None, problem: Some(problem), report: None }
    }

    /// Notes that the output could not be written: nothing was delivered, whatever the engine said.
    pub fn fail(&mut self, problem: Problem) {
        self.verdict = "failed";
        self.output_path = None;
        self.problem = Some(problem);
    }

    /// Why the engine rejected it, if it did.
    pub fn rejection(&self) -> Option<sanitize_core::report::Rejection> {
        match self.report.as_ref()?.verdict() {
            Verdict::Rejected(rejection) => Some(rejection),
            _ => None,
        }
    }

    /// The entry on one line of JSON.
    pub fn to_line(&self) -> String {
        inert_json(&serde_json::to_string(self).unwrap_or_default())
    }
}

/// A path as JSON can hold it.
pub fn lossy(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// How many files had which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub files: u64,
    pub clean: u64,
    pub sanitized: u64,
    pub rejected: u64,
    pub failed: u64,
}

impl Totals {
    /// Counts one more file.
    pub fn count(&mut self, verdict: &str) {
        self.files += 1;
        match verdict {
            "clean" => self.clean += 1,
            "sanitized" => self.sanitized += 1,
            "rejected" => self.rejected += 1,
            _ => self.failed += 1,
        }
    }

    /// The exit code that these totals mean.
    pub fn exit(&self) -> Exit {
        match self {
            Self { failed: 1.., .. } => Exit::Failed,
            Self { rejected: 1.., .. } => Exit::Rejected,
            _ => Exit::Delivered,
        }
    }
}

/// The report on a whole run, written as it goes so that a run over any number of files needs no memory for it.
pub struct RunReport<W: Write> {
    writer: W,
    entries: u64,
}

impl<W: Write> RunReport<W> {
    /// Begins the report of a run under the policy called `policy`.
    pub fn begin(mut writer: W, policy: &str) -> io::Result<Self> {
        let policy = inert_json(&serde_json::to_string(policy)?);
        let version = env!("CARGO_PKG_VERSION");
        write!(
            writer,
            "{{\n\"schema\": \"sanitize-run\",\n\"schema_version\": 1,\n\"version\": \"{version}\",\n\"policy\": {policy},\n\"files\": ["
        )?;
        Ok(Self { writer, entries: 0 })
    }

    /// Adds what became of one path.
    pub fn add(&mut self, entry: &Entry) -> io::Result<()> {
        let comma = if self.entries == 0 { "" } else { "," };
        self.entries += 1;
        write!(self.writer, "{comma}\n{}", entry.to_line())
    }

    /// Ends the report and gives the writer back.
    pub fn end(mut self, totals: &Totals) -> io::Result<W> {
        writeln!(self.writer, "\n],\n\"totals\": {}\n}}", serde_json::to_string(totals)?)?;
        Ok(self.writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_report_is_json_however_many_files_there_are() {
        for files in 0..3 {
            let mut report = RunReport::begin(Vec::new(), "a\"b\u{1b}").unwrap();
            let mut totals = Totals::default();
            for _ in 0..files {
                let entry = Entry::failed(Path::new("a\u{202e}\n"), Problem::new("missing", "gone"));
                totals.count(entry.verdict);
                report.add(&entry).unwrap();
            }
            let text = String::from_utf8(report.end(&totals).unwrap()).unwrap();
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(value["files"].as_array().unwrap().len(), files);
            assert_eq!(value["totals"]["failed"], files);
            assert!(!text.contains(['\u{202e}', '\u{1b}']));
        }
    }
}
