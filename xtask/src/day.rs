//! The day of a mail gateway: 600 files of all kinds, beside what other libraries need for them, and for as long as
//! one likes.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use sanitize_core::{Input, Outcome as Cleaned, Policy, Sanitizer};
use sanitize_corpus::bench;

use crate::{
    Outcome, plot, root, say,
    timing::{self, Run, middle, percentile},
    tools,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// How long the files are cleaned again and again in one process; none by default.
    #[arg(long, default_value_t = 0)]
    minutes: usize,
    /// Rounds of the comparison, of which the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Write `docs/day.md` and its plot.
    #[arg(long)]
    write: bool,
    /// Only write the files into this folder. The task starts itself with it: what a process has held counts as the
    /// memory of those it starts.
    #[arg(long, hide = true)]
    inputs: Option<PathBuf>,
}

/// Packs, saves and copies what the engine cleans: pikepdf, Pillow and zipfile, glued together in one process.
const GLUE: &str = "import os, shutil, sys, zipfile
import pikepdf
from PIL import Image
source, target = sys.argv[1:]
for name in sorted(os.listdir(source)):
    here, there = os.path.join(source, name), os.path.join(target, name)
    kind = name.rsplit('.', 1)[-1]
    if kind == 'pdf':
        with pikepdf.open(here) as pdf:
            pdf.save(there)
    elif kind == 'jpg':
        Image.open(here).save(there, quality='keep')
    elif kind == 'png':
        Image.open(here).save(there)
    elif kind in ('docx', 'xlsx', 'pptx', 'zip'):
        with zipfile.ZipFile(here) as read, zipfile.ZipFile(there, 'w', zipfile.ZIP_DEFLATED, compresslevel=1) as write:
            for member in read.infolist():
                write.writestr(member.filename, read.read(member))
    else:
        shutil.copy(here, there)
";

const MB: f64 = 1e6;
const MIB: f64 = 1024.0 * 1024.0;

pub fn run(arguments: &Arguments) -> Outcome {
    if let Some(folder) = &arguments.inputs {
        return write_inputs(folder);
    }
    let command = tools::released()?;
    let folder = tools::fresh_folder("day")?;
    let inputs = folder.join("inputs");
    say("making the files …");
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let made = Command::new(this).args(["day", "--inputs"]).arg(&inputs).status();
    if !made.is_ok_and(|status| status.success()) {
        return Err("the files were not made".to_owned());
    }
    let day = Day { command, inputs, output: folder.join("output"), rounds: arguments.rounds.max(1) };
    let mut text = day.beside()?;
    text.push_str(&day.latency()?);
    let mut rates = Vec::new();
    if arguments.minutes > 0 {
        let minutes = day.for_minutes(arguments.minutes)?;
        text.push_str(&flatness(&minutes));
        rates = minutes.iter().map(|minute| rate(std::slice::from_ref(minute))).collect();
    }
    say(&text);
    if arguments.write {
        let write = |name: &str, text: &str| {
            let path = root().join("docs").join(name);
            std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        write("day.md", &text)?;
        if !rates.is_empty() {
            write(
                "day.svg",
                &plot::line("The mixed day by processor time, minute by minute", "MB/s", &rates),
            )?;
        }
    }
    Ok(())
}

fn write_inputs(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let mut outcome = Ok(());
    bench::day(|name, bytes| {
        let path = folder.join(name);
        if let Err(error) = std::fs::write(&path, bytes) {
            outcome = Err(format!("{}: {error}", path.display()));
        }
    });
    outcome
}

struct Day {
    command: PathBuf,
    inputs: PathBuf,
    output: PathBuf,
    rounds: usize,
}

/// What was done in a minute, the processor time it took, and the memory of the process at its end.
struct Minute {
    bytes: f64,
    cpu: f64,
    resident: f64,
}

impl Day {
    /// The command on one thread and on all, and the other libraries on one.
    fn beside(&self) -> Result<String, String> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let size = size_of(&self.inputs);
        let mut runs: [Vec<Run>; 3] = Default::default();
        let mut sizes = [0.0; 3];
        for round in 1..=self.rounds {
            say(&format!("round {round} of {}", self.rounds));
            let glue = || {
                let mut glue = Command::new("python3");
                glue.args(["-c", GLUE]).arg(&self.inputs).arg(&self.output);
                glue
            };
            let programs =
                [("one thread", self.clean(1)), ("all threads", self.clean(cores)), ("glue", glue())];
            for ((runs, size), (name, mut command)) in runs.iter_mut().zip(&mut sizes).zip(programs) {
                let _ = std::fs::remove_dir_all(&self.output);
                std::fs::create_dir_all(&self.output).map_err(|error| error.to_string())?;
                runs.push(timing::once(&mut command, name)?);
                *size = size_of(&self.output);
            }
        }
        let [one, all, glue] = runs.map(|runs| timing::median(&runs));
        let mut text = format!(
            "# The mixed day\n\n\
             `cargo xtask day --minutes 30 --write` makes {} files of {:.0} MB, as a mail gateway sees them in a day,\n\
             runs the released command on their folder and beside it pikepdf, Pillow and zipfile glued together in one\n\
             process, which save and pack the same files and look at nothing, and writes this page. Medians of {}\n\
             rounds. Ratios are processor time (user and system) of the libraries by the engine's.\n\n\
             | program | threads | wall s | cpu s | MB/s of cpu | MB/s of wall | out/in | peak MiB | ratio |\n\
             |---|---|---|---|---|---|---|---|---|\n",
            bench::FILES,
            size / MB,
            self.rounds
        );
        let [of_one, of_all, of_glue] = sizes;
        for (name, threads, run, output) in [
            ("sanitize", 1, one, of_one),
            ("sanitize", cores, all, of_all),
            ("glued libraries", 1, glue, of_glue),
        ] {
            let _ = writeln!(
                text,
                "| {name} | {threads} | {:.1} | {:.1} | {:.1} | {:.1} | {:.2} | {:.0} | {:.2} |",
                run.wall,
                run.cpu,
                size / MB / run.cpu,
                size / MB / run.wall,
                output / size,
                run.peak as f64 / MIB,
                glue.cpu / run.cpu
            );
        }
        Ok(text)
    }

    /// The command started anew for each file.
    fn latency(&self) -> Result<String, String> {
        say("one file at a time …");
        let mut walls = Vec::new();
        for path in tools::files_below(&self.inputs) {
            let _ = std::fs::remove_dir_all(&self.output);
            let mut command = self.command(1);
            walls.push(timing::once(command.arg(&path), &path.to_string_lossy())?.wall * 1e3);
        }
        let total: f64 = walls.iter().sum();
        Ok(format!(
            "\n## One file at a time\n\n\
             The command started anew for each file: {:.0} files a second; half of the files take {:.1} ms or less, 95 of\n\
             a hundred {:.1} ms, 99 of a hundred {:.1} ms.\n",
            walls.len() as f64 / total * 1e3,
            middle(walls.clone()),
            percentile(walls.clone(), 95),
            percentile(walls, 99)
        ))
    }

    /// The files again and again in this process, on all cores, for so many minutes.
    fn for_minutes(&self, minutes: usize) -> Result<Vec<Minute>, String> {
        let mut files = Vec::new();
        for path in tools::files_below(&self.inputs) {
            let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((name, bytes));
        }
        let sanitizer =
            Sanitizer::builder().policy(Policy::default()).build().map_err(|error| error.to_string())?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let done = Mutex::new((0.0, None::<String>));
        let mut measured = Vec::new();
        std::thread::scope(|scope| {
            for _ in 0..cores {
                let worker = || {
                    while !is_over.load(Ordering::Relaxed) {
                        // Large files and small ones in turn, so that every minute has some of each.
                        let number =
                            next.fetch_add(1, Ordering::Relaxed).wrapping_mul(223) % files.len().max(1);
                        let Some((name, bytes)) = files.get(number) else { return };
                        let outcome = sanitizer.sanitize(Input::new(bytes).named(name));
                        let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                        match outcome {
                            Cleaned::Delivered { .. } => done.0 += bytes.len() as f64,
                            Cleaned::Rejected { .. } => done.1 = Some(format!("{name} was rejected")),
                        }
                    }
                };
                let builder = std::thread::Builder::new().stack_size(16 << 20);
                if builder.spawn_scoped(scope, worker).is_err() {
                    break;
                }
            }
            let begun = Instant::now();
            let mut used = processor_time();
            for minute in 1..=minutes {
                let end = Duration::from_secs(60 * minute as u64);
                std::thread::sleep(end.saturating_sub(begun.elapsed()));
                let bytes = std::mem::take(&mut done.lock().unwrap_or_else(PoisonError::into_inner).0);
                let before = std::mem::replace(&mut used, processor_time());
                let last = Minute { bytes, cpu: used - before, resident: resident() };
                say(&format!("minute {minute}: {:.1} MB/s", rate(std::slice::from_ref(&last))));
                measured.push(last);
            }
            is_over.store(true, Ordering::Relaxed);
        });
        let (_, failed) = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        failed.map_or(Ok(measured), Err)
    }

    fn command(&self, jobs: usize) -> Command {
        let mut command = Command::new(&self.command);
        command
            .args(["clean", "--quiet", "--report", "none", "--jobs", &jobs.to_string(), "-o"])
            .arg(&self.output);
        command
    }

    fn clean(&self, jobs: usize) -> Command {
        let mut command = self.command(jobs);
        command.arg(&self.inputs);
        command
    }
}

/// MB of input by second of processor time. Wall time would tell what else the machine did.
fn rate(minutes: &[Minute]) -> f64 {
    let sum = |figure: fn(&Minute) -> f64| minutes.iter().map(figure).sum::<f64>();
    sum(|minute| minute.bytes) / MB / sum(|minute| minute.cpu).max(1e-9)
}

/// The minutes as a table, and the last third by the first.
fn flatness(minutes: &[Minute]) -> String {
    let third = (minutes.len() / 3).max(1);
    let first = rate(minutes.get(..third).unwrap_or_default());
    let last = rate(minutes.get(minutes.len().saturating_sub(third)..).unwrap_or_default());
    let mut text = format!(
        "\n## For a long time\n\n\
         The same files again and again through one engine in one process, on all cores, for {} minutes. By\n\
         processor time it is {first:.1} MB/s in the first third and {last:.1} MB/s in the last, which is {:.2} of it.\n\n\
         ![MB/s of processor time by minute](day.svg)\n\n\
         | minute | MB | cpu s | MB/s of cpu | resident MiB |\n|---|---|---|---|---|\n",
        minutes.len(),
        last / first.max(1e-9)
    );
    for (number, minute) in minutes.iter().enumerate() {
        let _ = writeln!(
            text,
            "| {} | {:.0} | {:.1} | {:.1} | {:.0} |",
            number + 1,
            minute.bytes / MB,
            minute.cpu,
            rate(std::slice::from_ref(minute)),
            minute.resident / MIB
        );
    }
    text
}

/// Seconds of processor time this process has used, where the system says so in hundredths.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program stands in parentheses and may hold anything.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Bytes of this process that are in memory, where the system says so.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib =
        line.and_then(|line| line.split_whitespace().next()).and_then(|figure| figure.parse::<f64>().ok());
    kib.unwrap_or_default() * 1024.0
}

fn size_of(folder: &Path) -> f64 {
    let files = tools::files_below(folder).into_iter();
    files.filter_map(|path| path.metadata().ok()).map(|metadata| metadata.len() as f64).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throughput_that_falls_is_seen() {
        let minute = |bytes: f64| Minute { bytes, cpu: 120.0, resident: 0.0 };
        let text = flatness(&[minute(60.0 * MB), minute(45.0 * MB), minute(30.0 * MB)]);
        assert!(text.contains("which is 0.50 of it"), "{text}");
    }
}
