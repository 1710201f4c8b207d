//! What a run did, for a person: a table of files, totals, and what was found most.

use std::{collections::BTreeMap, fmt::Write, time::Duration};

use sanitize_core::{Action, Severity, Threat, report::printable};

use crate::{
    lang::Lang,
    report::{Entry, Totals},
    table::{Side, Table, fit},
    text::{size, time},
};

/// Rows of the table; a run over more files shows those that were not delivered, and refers to the report.
const ROWS: usize = 50;
/// Kinds of findings in the closing list.
const TOP: usize = 10;
/// Columns a file's path may take.
const PATH: usize = 48;

/// Gathers what a summary shows.
pub struct Summary {
    lang: Lang,
    rows: Vec<Row>,
    totals: Totals,
    found: BTreeMap<&'static str, (&'static Threat, u64)>,
    input_bytes: u64,
    output_bytes: u64,
}

struct Row {
    path: String,
    verdict: &'static str,
    /// Why there is no output.
    reason: Option<String>,
    removed: u64,
    changed: u64,
    input: Option<u64>,
    output: Option<u64>,
    elapsed: Duration,
}

impl Summary {
    /// An empty summary.
    pub fn new(lang: Lang) -> Self {
        let (rows, found) = (Vec::new(), BTreeMap::new());
        Self { lang, rows, totals: Totals::default(), found, input_bytes: 0, output_bytes: 0 }
    }

    /// Adds what became of one file, which took `elapsed`.
    pub fn add(&mut self, entry: &Entry, elapsed: Duration) {
        self.totals.count(entry.verdict);
        let (mut removed, mut changed) = (0_u64, 0_u64);
        for finding in entry.report.iter().flat_map(|report| report.findings()) {
            match finding.action {
                Action::Remove => removed = removed.saturating_add(finding.count),
                Action::Flatten | Action::Replace => changed = changed.saturating_add(finding.count),
                Action::Keep | Action::Refuse => (),
            }
            if finding.action != Action::Keep {
                let (_, count) = self.found.entry(finding.threat.id).or_insert((finding.threat, 0));
                *count = count.saturating_add(finding.count);
            }
        }
        let input = entry.report.as_ref().map(|report| report.input().bytes);
        let delivered = matches!(entry.verdict, "clean" | "sanitized");
        let output = entry.report.as_ref().and_then(|report| report.output()).filter(|_| delivered);
        let output = output.map(|output| output.bytes);
        self.input_bytes = self.input_bytes.saturating_add(input.unwrap_or(0));
        self.output_bytes = self.output_bytes.saturating_add(output.unwrap_or(0));
        let reason = entry.problem.as_ref().map(|problem| problem.message.clone());
        let rejection = || {
            let rejection = entry.rejection()?;
            // The message is English and says the reason; in Japanese a word for it comes before.
            let reason = self.lang.pick(String::new(), format!("{} — ", self.lang.reason(rejection.reason)));
            Some(format!("{reason}{} [{}]", printable(&rejection.message), rejection.threat))
        };
        let reason = reason.or_else(rejection);
        let path = printable(&entry.path);
        self.rows.push(Row {
            path,
            verdict: entry.verdict,
            reason,
            removed,
            changed,
            input,
            output,
            elapsed,
        });
    }

    /// How many files had which verdict.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// The summary as text, after a run that took `elapsed`.
    pub fn to_text(&self, elapsed: Duration) -> String {
        let lang = self.lang;
        let mut text = self.table();
        text.push_str(&self.not_delivered());
        let Totals { files, clean, sanitized, rejected, failed } = self.totals;
        let (input, output, elapsed) = (size(self.input_bytes), size(self.output_bytes), time(elapsed));
        let _infallible = writeln!(
            text,
            "\n{}",
            lang.pick(
                format!("{files} files: {clean} clean, {sanitized} sanitized, {rejected} rejected, {failed} failed; {input} in, {output} out, {elapsed}"),
                format!("{files} 件: 変更なし {clean}、無害化 {sanitized}、拒否 {rejected}、エラー {failed}。入力 {input}、出力 {output}、{elapsed}"),
            )
        );
        text.push_str(&self.top());
        text
    }

    fn table(&self) -> String {
        let lang = self.lang;
        let mut table = Table::new([
            (lang.pick("file", "ファイル"), Side::Left),
            (lang.pick("verdict", "判定"), Side::Left),
            (lang.pick("removed", "除去"), Side::Right),
            (lang.pick("changed", "変更"), Side::Right),
            (lang.pick("in", "入力"), Side::Right),
            (lang.pick("out", "出力"), Side::Right),
            (lang.pick("time", "時間"), Side::Right),
        ]);
        let all = self.rows.len() <= ROWS;
        let chosen = self.rows.iter().filter(|row| all || row.reason.is_some()).take(ROWS);
        let mut shown = 0;
        for row in chosen {
            shown += 1;
            let or_none = |bytes: Option<u64>| bytes.map_or_else(|| "–".to_owned(), size);
            table.row([
                fit(&row.path, PATH),
                lang.verdict(row.verdict).to_owned(),
                row.removed.to_string(),
                row.changed.to_string(),
                or_none(row.input),
                or_none(row.output),
                time(row.elapsed),
            ]);
        }
        let mut text = table.to_text();
        let hidden = self.rows.len() - shown;
        if hidden > 0 {
            let english = format!("… and {hidden} more; the report has all of them\n");
            text.push_str(&lang.pick(english, format!("… ほか {hidden} 件（全件はレポートを参照）\n")));
        }
        text
    }

    fn not_delivered(&self) -> String {
        let mut text = String::new();
        for row in self.rows.iter().filter(|row| row.reason.is_some()).take(ROWS) {
            if text.is_empty() {
                text.push_str(self.lang.pick("\nNot delivered:\n", "\n出力しなかったファイル:\n"));
            }
            let _infallible = writeln!(text, "  {}: {}", row.path, row.reason.as_deref().unwrap_or_default());
        }
        text
    }

    fn top(&self) -> String {
        let mut found: Vec<_> = self.found.values().collect();
        found.sort_by_key(|(threat, count)| {
            (std::cmp::Reverse(threat.severity), std::cmp::Reverse(*count), threat.id)
        });
        let mut text = String::new();
        for (threat, count) in found.iter().take(TOP) {
            if text.is_empty() {
                text.push_str(self.lang.pick("\nFound, most harmful first:\n", "\n主な検出（危険度順）:\n"));
            }
            let severity = severity(threat.severity, self.lang);
            let kind = self.lang.pick(String::new(), format!("{}: ", self.lang.kind(threat.kind)));
            let _infallible =
                writeln!(text, "  {count:>6} × [{severity}] {kind}{} ({})", threat.summary, threat.id);
        }
        text
    }
}

/// A severity in a word.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::High => lang.pick("high", "高"),
        Severity::Medium => lang.pick("medium", "中"),
        Severity::Low => lang.pick("low", "低"),
        Severity::Info => lang.pick("info", "情報"),
    }
}
