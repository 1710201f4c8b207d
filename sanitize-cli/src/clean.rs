//! `sanitize clean`: files in, new files out, a report beside them.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use sanitize_core::{Format, Outcome, Report, output_name, safe_name};
use sanitize_files::{Content, Flush, Staged, mark, read_up_to};

use crate::{
    args::{Clean, ReportKind},
    batch,
    engine::Engine,
    exit::{Exit, Stop},
    lang::Lang,
    output::{self, Existing, Names, write_problem},
    progress::Progress,
    report::{Entry, Problem, RunReport, lossy},
    run,
    summary::Summary,
    text::{self, inert_json, shown},
    walk::{self, Source},
};

/// Cleans what `arguments` name.
pub fn clean(arguments: &Clean, lang: Lang) -> Result<Exit, Stop> {
    if arguments.paths.iter().any(|path| path.as_os_str() == "-") {
        return standard_input(arguments, lang);
    }
    if arguments.name.is_some() {
        return Err(Stop::new(
            lang.pick("--name is for standard input (`-`)", "--name は標準入力（`-`）用です"),
        ));
    }
    let output = match (&arguments.output, arguments.dry_run) {
        (Some(output), _) => output.clone(),
        (None, true) => PathBuf::new(),
        (None, false) => {
            let message = lang.pick(
                "say where the outputs go, with -o DIR; or give --dry-run",
                "出力フォルダーを -o DIR で指定するか、--dry-run を付けてください",
            );
            return Err(Stop::new(message));
        }
    };
    let found = walk::walk(&arguments.paths, lang);
    let mut folders = vec![output.as_path()];
    folders.extend(arguments.report_dir.as_deref());
    if !arguments.dry_run {
        refuse_inside(&folders, &arguments.paths, lang)?;
    }
    let has_reports = arguments.report != Some(ReportKind::None) && !arguments.dry_run;
    let engine = Engine::new(&arguments.engine, found.sources.len(), has_reports, lang)?;
    if !arguments.dry_run {
        for folder in &folders {
            std::fs::create_dir_all(folder)
                .map_err(|error| Stop::new(write_problem(&error, folder, lang).message))?;
            sanitize_files::sweep(folder);
        }
    }
    engine.heed_signals()?;
    Run::new(arguments, &engine, &output, &found.sources, lang)?.all(&found)
}

/// An output folder inside an input folder would be an input of the next run, and mixes what is clean with
/// what is not.
fn refuse_inside(folders: &[&Path], inputs: &[PathBuf], lang: Lang) -> Result<(), Stop> {
    for folder in folders {
        for input in inputs.iter().filter(|input| input.is_dir()) {
            if walk::is_inside(folder, input) {
                return Err(Stop::new(walk::inside_sentence(folder, input, lang)));
            }
        }
    }
    Ok(())
}

/// One file after the engine, its output whole under a temporary name.
struct Cleaned {
    entry: Entry,
    staged: Option<Staged>,
    warning: Option<String>,
    elapsed: Duration,
}

/// A run over many files.
struct Run<'a> {
    arguments: &'a Clean,
    engine: &'a Engine,
    output: &'a Path,
    report: ReportKind,
    names: Names,
    /// Report names are given apart when they have a folder of their own.
    report_names: Option<Names>,
    run_report: Option<RunReport<Staged>>,
    summary: Summary,
    problems: Vec<Problem>,
    lang: Lang,
}

impl<'a> Run<'a> {
    fn new(
        arguments: &'a Clean,
        engine: &'a Engine,
        output: &'a Path,
        sources: &[Source],
        lang: Lang,
    ) -> Result<Self, Stop> {
        let flush = flush(arguments);
        let report = arguments.report.unwrap_or(ReportKind::Json);
        let run_report = if report == ReportKind::Json && !arguments.dry_run {
            let folder = arguments.report_dir.as_deref().unwrap_or(output);
            let begun = std::fs::create_dir_all(folder)
                .and_then(|()| Staged::empty(folder))
                .and_then(|staged| RunReport::begin(staged, engine.sanitizer.policy().name()));
            Some(begun.map_err(|error| Stop::new(write_problem(&error, folder, lang).message))?)
        } else {
            None
        };
        Ok(Self {
            arguments,
            engine,
            output,
            report,
            names: Names::new(output, sources, flush),
            report_names: arguments.report_dir.as_ref().map(|_| Names::new(Path::new(""), &[], flush)),
            run_report,
            summary: Summary::new(lang),
            problems: Vec::new(),
            lang,
        })
    }

    fn all(mut self, found: &walk::Found) -> Result<Exit, Stop> {
        let begun = Instant::now();
        let quiet = self.arguments.engine.quiet;
        let mut progress = Progress::new(&self.arguments.engine, found.sources.len(), self.lang);
        for (path, problem) in &found.problems {
            let entry = Entry::failed(path, problem.clone());
            self.record(None, entry, Duration::ZERO)?;
        }
        let (arguments, engine, output, lang) = (self.arguments, self.engine, self.output, self.lang);
        let work = |(_, source): &(usize, &Source)| clean_one(arguments, engine, output, source, lang);
        let numbered: Vec<_> = found.sources.iter().enumerate().collect();
        let mut stopped = Ok(());
        let started = batch::in_order(&numbered, engine.workers, work, |(number, source), cleaned| {
            let cleaned = cleaned.unwrap_or_else(|| Cleaned {
                entry: Entry::failed(&source.path, run::failed(lang)),
                staged: None,
                warning: None,
                elapsed: Duration::ZERO,
            });
            if let Some(warning) = cleaned.warning.as_ref().filter(|_| !quiet) {
                progress.notice(&format!("{}: {warning}", shown(&source.path)));
            }
            if stopped.is_ok() {
                stopped = self.deliver(*number, source, cleaned);
            }
            progress.step(&source.name);
        });
        progress.end();
        started?;
        stopped?;
        self.end(begun.elapsed())
    }

    /// Gives the output its name, and records what became of the file.
    fn deliver(&mut self, number: usize, source: &Source, cleaned: Cleaned) -> Result<(), Stop> {
        let Cleaned { mut entry, staged, elapsed, .. } = cleaned;
        if let (Some(staged), Some(report)) = (staged, &entry.report) {
            let folder = self.output.join(&source.folder);
            let name = self.name_for(source, report);
            match self.names.commit(staged, &folder, &name, Some(number), self.existing(), self.lang) {
                Ok(path) => entry.output_path = Some(lossy(&path)),
                Err(problem) => entry.fail(problem),
            }
        }
        self.record(Some(source), entry, elapsed)
    }

    fn name_for(&self, source: &Source, report: &Report) -> String {
        let format = report.output().and_then(|output| Format::by_id(output.format?));
        match format {
            Some(format) if !self.arguments.keep_names => output_name(&source.name, format),
            _ => safe_name(&source.name),
        }
    }

    fn existing(&self) -> Existing {
        if self.arguments.overwrite { Existing::Replaced } else { Existing::Stays }
    }

    fn record(&mut self, source: Option<&Source>, entry: Entry, elapsed: Duration) -> Result<(), Stop> {
        match self.report {
            ReportKind::Ndjson => writeln!(io::stdout().lock(), "{}", entry.to_line())?,
            ReportKind::Json if !self.arguments.dry_run => self.report_on(source, &entry),
            ReportKind::Json | ReportKind::None => (),
        }
        if self.arguments.engine.quiet
            && let Some(problem) = &entry.problem
        {
            text::notice(&format!("{}: {problem}", sanitize_core::report::printable(&entry.path)));
        }
        self.summary.add(&entry, elapsed);
        Ok(())
    }

    /// Writes the file's own report and adds it to the run's.
    fn report_on(&mut self, source: Option<&Source>, entry: &Entry) {
        if let Some(report) = &mut self.run_report
            && let Err(error) = report.add(entry)
        {
            self.problems.push(write_problem(&error, Path::new(RUN_REPORT), self.lang));
            self.run_report = None;
        }
        let (Some(source), Some(_)) = (source, &entry.report) else { return };
        let delivered = entry.output_path.as_deref().map(Path::new).and_then(Path::file_name);
        let name = delivered.map_or_else(|| safe_name(&source.name), |name| walk::decoded(Some(name)));
        let root = self.arguments.report_dir.as_deref().unwrap_or(self.output);
        let folder = root.join(&source.folder);
        let json = serde_json::to_string_pretty(entry).unwrap_or_default();
        let json = format!("{}\n", inert_json(&json));
        let name = safe_name(&format!("{name}.report.json"));
        let written = output::stage(&folder, json.as_bytes(), flush(self.arguments))
            .map_err(|error| write_problem(&error, &folder.join(&name), self.lang))
            .and_then(|staged| self.commit_report(staged, &folder, &name));
        if let Err(problem) = written {
            self.problems.push(problem);
        }
    }

    fn commit_report(&mut self, staged: Staged, folder: &Path, name: &str) -> Result<(), Problem> {
        let existing = if self.arguments.overwrite { Existing::Replaced } else { Existing::Avoided };
        let names = self.report_names.as_mut().unwrap_or(&mut self.names);
        names.commit(staged, folder, name, None, existing, self.lang).map(|_: PathBuf| ())
    }

    fn end(mut self, elapsed: Duration) -> Result<Exit, Stop> {
        if let Some(report) = self.run_report.take() {
            let folder = self.arguments.report_dir.clone().unwrap_or_else(|| self.output.to_path_buf());
            let target = folder.join(RUN_REPORT);
            let ended = report.end(self.summary.totals()).and_then(|mut staged| {
                staged.finish(flush(self.arguments))?;
                Ok(staged)
            });
            let written = ended
                .map_err(|error| write_problem(&error, &target, self.lang))
                .and_then(|staged| self.commit_report(staged, &folder, RUN_REPORT));
            self.problems.extend(written.err());
        }
        for problem in &self.problems {
            text::notice(&format!("sanitize: {problem}"));
        }
        if !self.arguments.engine.quiet {
            let text = self.summary.to_text(elapsed);
            if self.report == ReportKind::Ndjson {
                text::notice(text.trim_end());
            } else {
                io::stdout().lock().write_all(text.as_bytes())?;
            }
            if self.arguments.dry_run {
                text::notice(
                    self.lang.pick("dry run: nothing was written", "ドライラン: 何も書き込んでいません"),
                );
            }
        }
        if self.engine.is_interrupted() {
            text::notice(self.lang.pick("sanitize: interrupted", "sanitize: 中断されました"));
            return Ok(Exit::Failed);
        }
        let exit = self.summary.totals().exit();
        Ok(if self.problems.is_empty() { exit } else { Exit::Failed })
    }
}

/// The report over all files of a run.
const RUN_REPORT: &str = "sanitize-report.json";

fn flush(arguments: &Clean) -> Flush {
    if arguments.sync { Flush::ToDisk } else { Flush::ByTheSystem }
}

/// Rebuilds one file and writes it under a temporary name. Runs on a worker's thread.
fn clean_one(arguments: &Clean, engine: &Engine, output: &Path, source: &Source, lang: Lang) -> Cleaned {
    let begun = Instant::now();
    let failed = |problem| Entry::failed(&source.path, problem);
    let (entry, staged, warning) = match run::rebuild(engine, source, lang) {
        Err(problem) => (failed(problem), None, None),
        Ok(Outcome::Rejected { report }) => (Entry::of(&source.path, report), None, None),
        Ok(Outcome::Delivered { report, .. }) if arguments.dry_run => {
            (Entry::of(&source.path, report), None, None)
        }
        Ok(Outcome::Delivered { bytes, report }) => {
            let mut warning = wrong_extension(arguments, source, &report, lang);
            let folder = output.join(&source.folder);
            match output::stage(&folder, &bytes, flush(arguments)) {
                Ok(staged) => {
                    // P31: an output without its mark would be opened with less care than the input.
                    if let Err(error) = staged.mark(&mark::read(&source.path)) {
                        let english = format!("its Mark of the Web could not be kept: {error}");
                        let japanese = format!("Mark of the Web を引き継げませんでした: {error}");
                        warning = Some(lang.pick(english, japanese));
                    }
                    (Entry::of(&source.path, report), Some(staged), warning)
                }
                Err(error) => {
                    let mut entry = Entry::of(&source.path, report);
                    entry.fail(write_problem(&error, &folder, lang));
                    (entry, None, None)
                }
            }
        }
    };
    Cleaned { entry, staged, warning, elapsed: begun.elapsed() }
}

/// What there is to say when a kept name has the extension of another type.
fn wrong_extension(arguments: &Clean, source: &Source, report: &Report, lang: Lang) -> Option<String> {
    let format = Format::by_id(report.output()?.format?)?;
    if !arguments.keep_names || output_name(&source.name, format) == safe_name(&source.name) {
        return None;
    }
    Some(lang.pick(
        format!("keeps its name, but its content is {} now; programs may not open it", format.id()),
        format!("名前はそのままですが、中身は {} です。開けないことがあります", format.id()),
    ))
}

/// `sanitize clean -`: standard input to standard output or into the output folder.
fn standard_input(arguments: &Clean, lang: Lang) -> Result<Exit, Stop> {
    if arguments.paths.len() > 1 || arguments.output.is_some() {
        let english = "`-` stands alone: standard input goes to standard output";
        return Err(Stop::new(
            lang.pick(english, "`-` は単独で指定してください。標準入力を標準出力へ無害化します"),
        ));
    }
    let kind = kind_on_standard_input(arguments);
    let engine = Engine::new(&arguments.engine, 1, kind != ReportKind::None, lang)?;
    let name = arguments.name.as_deref().unwrap_or_default();
    let content = read_up_to(io::stdin().lock(), 0, engine.limits.input_bytes);
    // Until here a signal ends the process as usual: there is nothing to put in order.
    engine.heed_signals()?;
    let content = content.map_err(|error| Stop::new(format!("standard input: {error}")))?;
    let (bytes, report) = match content {
        Content::Bytes(bytes) => match engine.sanitize(name, &bytes) {
            Outcome::Delivered { bytes, report } => (Some(bytes), report),
            Outcome::Rejected { report } => (None, report),
        },
        Content::TooLarge(length) => (None, engine.sanitizer.reject_unread(name, length)),
    };
    let entry = Entry::of(Path::new("-"), report);
    report_on_standard_input(arguments, kind, name, &entry, lang)?;
    if let Some(rejection) = entry.rejection() {
        if engine.is_interrupted() {
            return Err(Stop::new(run::interrupted(lang).message));
        }
        let message = sanitize_core::report::printable(&rejection.message);
        text::notice(&format!(
            "sanitize: {}: {message} [{}]",
            lang.reason(rejection.reason),
            rejection.threat
        ));
        return Ok(Exit::Rejected);
    }
    if let Some(bytes) = bytes.filter(|_| !arguments.dry_run) {
        let mut stdout = io::stdout().lock();
        stdout.write_all(&bytes)?;
        stdout.flush()?;
    }
    Ok(Exit::Delivered)
}

/// The reports that go with standard input.
fn kind_on_standard_input(arguments: &Clean) -> ReportKind {
    match (arguments.report, &arguments.report_dir) {
        (Some(kind), _) => kind,
        (None, Some(_)) => ReportKind::Json,
        (None, None) => ReportKind::None,
    }
}

fn report_on_standard_input(
    arguments: &Clean,
    kind: ReportKind,
    name: &str,
    entry: &Entry,
    lang: Lang,
) -> Result<(), Stop> {
    let json = match kind {
        ReportKind::None => return Ok(()),
        ReportKind::Ndjson => entry.to_line(),
        ReportKind::Json => inert_json(&serde_json::to_string_pretty(entry).unwrap_or_default()),
    };
    let Some(folder) = arguments.report_dir.as_ref().filter(|_| !arguments.dry_run) else {
        text::notice(&json);
        return Ok(());
    };
    let name = if name.is_empty() { "stdin" } else { name };
    let name = safe_name(&format!("{}.report.json", safe_name(name)));
    let existing = if arguments.overwrite { Existing::Replaced } else { Existing::Avoided };
    let flush = flush(arguments);
    output::stage(folder, format!("{json}\n").as_bytes(), flush)
        .map_err(|error| write_problem(&error, folder, lang))
        .and_then(|staged| Names::new(folder, &[], flush).commit(staged, folder, &name, None, existing, lang))
        .map(|_: PathBuf| ())
        .map_err(|problem| Stop::new(problem.message))
}
