//! `sanitize inspect`: what would be left out or changed, and no output.

use std::{
    io::{self, Write},
    path::Path,
    time::Instant,
};

use sanitize_core::Outcome;
use sanitize_files::{Content, read_up_to};

use crate::{
    args::{Inspect, InspectReport},
    batch,
    engine::Engine,
    exit::{Exit, Stop},
    lang::Lang,
    progress::Progress,
    report::{Entry, RunReport},
    run,
    summary::{Summary, severity},
    text,
    walk::{self, Source},
};

/// Inspects what `arguments` name.
pub fn inspect(arguments: &Inspect, lang: Lang) -> Result<Exit, Stop> {
    let begun = Instant::now();
    let from_stdin = arguments.paths.iter().any(|path| path.as_os_str() == "-");
    if from_stdin && arguments.paths.len() > 1 {
        return Err(Stop::new(lang.pick("`-` stands alone", "`-` は単独で指定してください")));
    }
    if arguments.name.is_some() && !from_stdin {
        return Err(Stop::new(
            lang.pick("--name is for standard input (`-`)", "--name は標準入力（`-`）用です"),
        ));
    }
    let found = if from_stdin { walk::Found::default() } else { walk::walk(&arguments.paths, lang) };
    let engine = Engine::new(
        &arguments.engine,
        found.sources.len().max(1),
        arguments.report != InspectReport::Text,
        lang,
    )?;
    let mut printer = Printer::new(arguments, engine.sanitizer.policy().name(), lang)?;
    if from_stdin {
        let entry = standard_input(arguments, &engine)?;
        printer.print(entry, begun.elapsed())?;
        return printer.end(begun.elapsed());
    }
    engine.heed_signals()?;
    let mut progress = Progress::new(&arguments.engine, found.sources.len(), lang);
    for (path, problem) in found.problems {
        printer.print(Entry::failed(&path, problem), begun.elapsed())?;
    }
    let work = |source: &Source| {
        let begun = Instant::now();
        let entry = match run::rebuild(&engine, source, lang) {
            Ok(outcome) => Entry::of(&source.path, into_report(outcome)),
            Err(problem) => Entry::failed(&source.path, problem),
        };
        (entry, begun.elapsed())
    };
    let mut stopped = Ok(());
    batch::in_order(&found.sources, engine.workers, work, |source, answer| {
        let failed = || (Entry::failed(&source.path, run::failed(lang)), begun.elapsed());
        let (entry, elapsed) = answer.unwrap_or_else(failed);
        if stopped.is_ok() {
            stopped = printer.print(entry, elapsed);
        }
        progress.step(&source.name);
    })?;
    progress.end();
    stopped?;
    let exit = printer.end(begun.elapsed())?;
    Ok(if engine.is_interrupted() { Exit::Failed } else { exit })
}

fn standard_input(arguments: &Inspect, engine: &Engine) -> Result<Entry, Stop> {
    let name = arguments.name.as_deref().unwrap_or_default();
    let content = read_up_to(io::stdin().lock(), 0, engine.limits.input_bytes);
    let report = match content.map_err(|error| Stop::new(format!("standard input: {error}")))? {
        Content::Bytes(bytes) => into_report(engine.sanitize(name, &bytes)),
        Content::TooLarge(length) => engine.sanitizer.reject_unread(name, length),
    };
    Ok(Entry::of(Path::new("-"), report))
}

fn into_report(outcome: Outcome) -> sanitize_core::Report {
    match outcome {
        Outcome::Delivered { report, .. } | Outcome::Rejected { report } => report,
    }
}

/// Prints entries as they come.
struct Printer<'a> {
    arguments: &'a Inspect,
    json: Option<RunReport<io::Stdout>>,
    summary: Summary,
    lang: Lang,
}

impl<'a> Printer<'a> {
    fn new(arguments: &'a Inspect, policy: &str, lang: Lang) -> Result<Self, Stop> {
        let json = match arguments.report {
            InspectReport::Json => Some(RunReport::begin(io::stdout(), policy)?),
            InspectReport::Text | InspectReport::Ndjson => None,
        };
        Ok(Self { arguments, json, summary: Summary::new(lang), lang })
    }

    fn print(&mut self, entry: Entry, elapsed: std::time::Duration) -> Result<(), Stop> {
        match (self.arguments.report, &mut self.json) {
            (InspectReport::Json, Some(json)) => json.add(&entry)?,
            (InspectReport::Ndjson, _) => writeln!(io::stdout().lock(), "{}", entry.to_line())?,
            _ => self.findings(&entry)?,
        }
        self.summary.add(&entry, elapsed);
        Ok(())
    }

    /// The findings of one file for a person.
    fn findings(&self, entry: &Entry) -> io::Result<()> {
        let mut out = io::stdout().lock();
        let path = sanitize_core::report::printable(&entry.path);
        writeln!(out, "{path}: {}", self.lang.verdict(entry.verdict))?;
        if let Some(problem) = &entry.problem {
            writeln!(out, "  {problem}")?;
        }
        let Some(report) = &entry.report else { return Ok(()) };
        for finding in report.findings() {
            let severity = severity(finding.severity, self.lang);
            let times = if finding.count > 1 { format!(" ×{}", finding.count) } else { String::new() };
            let detail =
                finding.detail.as_ref().map(|detail| format!(": {}", detail.value())).unwrap_or_default();
            let (action, threat) = (finding.action.word(), finding.threat);
            writeln!(out, "  {action:<8}[{severity}] {}{times} — {}{detail}", threat.id, finding.place)?;
        }
        match report.findings_not_listed() {
            0 => Ok(()),
            more => writeln!(out, "  {}", self.lang.pick(format!("{more} more"), format!("ほか {more} 件"))),
        }
    }

    fn end(self, elapsed: std::time::Duration) -> Result<Exit, Stop> {
        if let Some(json) = self.json {
            json.end(self.summary.totals())?.flush()?;
        }
        if !self.arguments.engine.quiet {
            let text = self.summary.to_text(elapsed);
            if self.arguments.report == InspectReport::Text {
                write!(io::stdout().lock(), "\n{text}")?;
            } else {
                text::notice(text.trim_end());
            }
        }
        Ok(self.summary.totals().exit())
    }
}
