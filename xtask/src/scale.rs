//! How cost grows with the size of a file, and what more threads give.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use sanitize_corpus::bench::{LARGE, SERIES, Series};

use crate::{
    Outcome, root, say,
    timing::{self, Run, middle},
    tools,
};

#[derive(clap::Args)]
pub struct Arguments {
    /// Only these series, by the start of their names.
    #[arg(long, value_delimiter = ',')]
    series: Vec<String>,
    /// Rounds, of which the median counts.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Write the tables to `docs/scaling.md`.
    #[arg(long)]
    write: bool,
    /// Only this of the large files, and only the inputs.
    #[arg(long, hide = true)]
    large: Option<usize>,
    /// Only write the inputs into this folder. The task starts itself with it: what a process has held counts
    /// as the memory of those it starts.
    #[arg(long, hide = true)]
    inputs: Option<PathBuf>,
}

const TIMES: [u32; 3] = [1, 4, 16];
/// Files of the batch, of the smallest size and taken from all series in turn.
const BATCH: usize = 44;

pub fn run(arguments: &Arguments) -> Outcome {
    let is_wanted = |series: &&Series| {
        arguments.series.is_empty() || arguments.series.iter().any(|wanted| series.name.starts_with(wanted))
    };
    let series: Vec<&Series> = SERIES.iter().filter(is_wanted).collect();
    if let (Some(folder), Some(number)) = (&arguments.inputs, arguments.large) {
        return write_large(folder, number);
    }
    if let Some(folder) = &arguments.inputs {
        return write_inputs(folder, &series);
    }
    let command = tools::released()?;
    let folder = tools::fresh_folder("scale")?;
    let inputs = folder.join("inputs");
    say("making the inputs …");
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut making = Command::new(this);
    making.args(["scale", "--inputs"]).arg(&inputs);
    if !arguments.series.is_empty() {
        making.args(["--series", &arguments.series.join(",")]);
    }
    if !making.status().is_ok_and(|status| status.success()) {
        return Err("the inputs were not made".to_owned());
    }
    let bench = Bench { command, output: folder.join("output"), rounds: arguments.rounds.max(1) };
    let mut text = HEAD.to_owned();
    bench.growth(&series, &inputs, &mut text)?;
    bench.threads(&series, &inputs, &mut text)?;
    if arguments.series.is_empty() {
        bench.large(&inputs, &mut text)?;
    }
    say(&text);
    if arguments.write {
        let path = root().join("docs/scaling.md");
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

const HEAD: &str = "# Scaling\n\n\
    `cargo xtask scale --write` makes the inputs, runs the released command on them and writes this page.\n\n\
    ## Size\n\n\
    The same kind of file in three sizes, one thread. Nanoseconds are processor time (user and system) for a byte of\n\
    input, without what the command needs for an empty text; memory is the peak of the process for a byte of input and\n\
    output. The spread is the greatest of the three figures by the least: 1 where cost grows as size does.\n\n\
    | series | MiB | ns a byte | spread | peak MiB | peak by input and output |\n\
    |---|---|---|---|---|---|\n";

fn path(folder: &Path, series: &Series, times: u32) -> PathBuf {
    folder.join(format!("{} {times}.{}", series.name, series.extension).replace(' ', "-"))
}

fn write_inputs(folder: &Path, series: &[&Series]) -> Outcome {
    std::fs::create_dir_all(folder.join("batch")).map_err(|error| error.to_string())?;
    let write = |path: PathBuf, bytes: &[u8]| {
        std::fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))
    };
    write(folder.join("empty.txt"), b"-")?;
    for (number, series) in series.iter().enumerate() {
        for times in TIMES {
            let bytes = series.bytes(times);
            write(path(folder, series, times), &bytes)?;
            if times == 1 {
                for copy in (number..BATCH).step_by(SERIES.len()) {
                    write(folder.join(format!("batch/{copy}.{}", series.extension)), &bytes)?;
                }
            }
        }
    }
    Ok(())
}

/// Writes one of the large files. Each is made in a process of its own, which holds much.
fn write_large(folder: &Path, number: usize) -> Outcome {
    let Some(class) = LARGE.get(number) else { return Ok(()) };
    let path = folder.join(format!("large.{}", class.extension));
    std::fs::write(&path, class.bytes()).map_err(|error| format!("{}: {error}", path.display()))
}

struct Bench {
    command: PathBuf,
    output: PathBuf,
    rounds: usize,
}

impl Bench {
    fn growth(&self, series: &[&Series], inputs: &Path, text: &mut String) -> Outcome {
        let (idle, _) = self.median(&inputs.join("empty.txt"), 1)?;
        for series in series {
            say(series.name);
            let (mut sizes, mut costs, mut peaks, mut shares) = (vec![], vec![], vec![], vec![]);
            for times in TIMES {
                let input = path(inputs, series, times);
                let size = input.metadata().map_err(|error| error.to_string())?.len() as f64;
                let (run, written) = self.median(&input, 1)?;
                sizes.push(size / MIB);
                costs.push((run.cpu - idle.cpu).max(0.0) * 1e9 / size);
                peaks.push(run.peak as f64 / MIB);
                shares.push(run.peak as f64 / (size + written as f64));
            }
            let greatest = costs.iter().copied().fold(0.0, f64::max);
            let least = costs.iter().copied().fold(f64::INFINITY, f64::min).max(1e-9);
            let _ = writeln!(
                text,
                "| {} | {} | {} | {:.2} | {} | {} |",
                series.name,
                listed(&sizes, 1),
                listed(&costs, 1),
                greatest / least,
                listed(&peaks, 0),
                listed(&shares, 1),
            );
        }
        Ok(())
    }

    fn threads(&self, series: &[&Series], inputs: &Path, text: &mut String) -> Outcome {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        text.push_str("\n## Threads\n\n");
        if cores < 2 {
            text.push_str("Not measured: one core.\n");
            return Ok(());
        }
        let _ = writeln!(
            text,
            "Wall time with one thread by wall time with two, on a machine of {cores} cores: a batch of {BATCH} files of the\n\
             smallest size, and one file of the greatest.\n\n\
             | input | one thread ms | two threads ms | ratio |\n|---|---|---|---|"
        );
        let mut measured = vec![("batch", inputs.join("batch"))];
        let largest = TIMES.last().copied().unwrap_or(1);
        measured.extend(series.iter().map(|series| (series.name, path(inputs, series, largest))));
        for (name, input) in measured {
            say(&format!("{name}, two threads"));
            let mut runs: [Vec<f64>; 2] = [vec![], vec![]];
            for _ in 0..self.rounds {
                for (runs, jobs) in runs.iter_mut().zip([1, 2]) {
                    runs.push(self.once(&input, jobs)?.wall);
                }
            }
            let [one, two] = runs.map(middle);
            let _ = writeln!(
                text,
                "| {name} | {:.0} | {:.0} | {:.2} |",
                one * 1e3,
                two * 1e3,
                one / two.max(1e-9)
            );
        }
        Ok(())
    }

    /// Once each: what counts is memory, which does not vary.
    fn large(&self, inputs: &Path, text: &mut String) -> Outcome {
        text.push_str(
            "\n## Large files\n\n\
             One thread, one run, with `--max-expanded 8G`: by default decoders put out 2 GiB. An archive holds its input,\n\
             its output and the member at hand; a package its input, its packed parts, twice the part at hand and its\n\
             output; a PDF file its input and its output; a PNG file its pixels twice. A part, a stream or a picture may\n\
             have 512 MiB by default (`--max-buffer`), which bounds what is held beside input and output.\n\n\
             | file | MiB | output MiB | cpu s | peak MiB | peak by input and output |\n|---|---|---|---|---|---|\n",
        );
        for (number, class) in LARGE.iter().enumerate() {
            say(class.name);
            let this = std::env::current_exe().map_err(|error| error.to_string())?;
            let mut making = Command::new(this);
            making.args(["scale", "--large", &number.to_string(), "--inputs"]).arg(inputs);
            if !making.status().is_ok_and(|status| status.success()) {
                return Err(format!("the {} was not made", class.name));
            }
            let input = inputs.join(format!("large.{}", class.extension));
            let size = input.metadata().map_err(|error| error.to_string())?.len() as f64;
            let run = self.once(&input, 1)?;
            let written = self.written() as f64;
            let _ = writeln!(
                text,
                "| {} | {:.0} | {:.0} | {:.1} | {:.0} | {:.2} |",
                class.name,
                size / MIB,
                written / MIB,
                run.cpu,
                run.peak as f64 / MIB,
                run.peak as f64 / (size + written)
            );
            std::fs::remove_file(&input).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn written(&self) -> u64 {
        let written = tools::files_below(&self.output).into_iter().filter_map(|path| path.metadata().ok());
        written.map(|metadata| metadata.len()).sum()
    }

    /// The medians over the rounds, and how many bytes were written.
    fn median(&self, input: &Path, jobs: usize) -> Result<(Run, u64), String> {
        let runs: Vec<Run> = (0..self.rounds).map(|_| self.once(input, jobs)).collect::<Result<_, _>>()?;
        Ok((timing::median(&runs), self.written()))
    }

    fn once(&self, input: &Path, jobs: usize) -> Result<Run, String> {
        let _ = std::fs::remove_dir_all(&self.output);
        let mut command = Command::new(&self.command);
        command.arg("clean").arg(input).arg("-o").arg(&self.output);
        command.args(["--jobs", &jobs.to_string(), "--quiet", "--report", "none", "--timeout", "0"]);
        command.args(["--max-expanded", "8G"]);
        timing::once(&mut command, &format!("the command on {}", input.display()))
    }
}

const MIB: f64 = 1024.0 * 1024.0;

fn listed(figures: &[f64], digits: usize) -> String {
    figures.iter().map(|figure| format!("{figure:.digits$}")).collect::<Vec<_>>().join(", ")
}
