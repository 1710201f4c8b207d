//! The released command beside other programs, on the same inputs in the same run.

mod peers;
mod table;

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use sanitize_corpus::bench::{CLASSES, Class};
use wait4::Wait4;

use crate::{Outcome, root, say, tools};
use peers::Runner;

#[derive(clap::Args)]
pub struct Arguments {
    /// Three rounds instead of seven.
    #[arg(long)]
    quick: bool,
    /// Only these classes, by name or by the start of it: `xlsx_1mb,docx`.
    #[arg(long, value_delimiter = ',')]
    classes: Vec<String>,
    /// Write the table to `docs/performance.md`.
    #[arg(long)]
    write: bool,
    /// Only write the inputs into this folder. The task starts itself with it: what a process has held counts
    /// as the memory of those it starts.
    #[arg(long, hide = true)]
    inputs: Option<PathBuf>,
}

/// One run of one program.
#[derive(Clone, Copy, Debug)]
struct Run {
    wall: f64,
    /// User and system time.
    cpu: f64,
    /// Peak memory in bytes.
    peak: u64,
}

/// What a program needed for a class: medians over the rounds.
#[derive(Clone, Debug)]
struct Measured {
    program: &'static str,
    run: Run,
    output: u64,
}

/// All programs on one class, the engine first.
struct Row {
    class: &'static Class,
    input: u64,
    programs: Vec<Measured>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let wanted: Vec<&'static Class> = CLASSES.iter().filter(|class| arguments.wants(class)).collect();
    if let Some(folder) = &arguments.inputs {
        return wanted.iter().try_for_each(|class| {
            let path = folder.join(format!("{}.{}", class.name, class.extension));
            std::fs::write(&path, class.bytes()).map_err(|error| format!("{}: {error}", path.display()))
        });
    }
    let command = tools::released()?;
    let folder = tools::fresh_folder("compare")?;
    let inputs = folder.join("inputs");
    std::fs::create_dir_all(&inputs).map_err(|error| error.to_string())?;
    say("making the inputs …");
    make(&inputs, &wanted)?;
    let rounds = if arguments.quick { 3 } else { 7 };
    let mut rows = Vec::new();
    for class in wanted {
        say(class.name);
        rows.push(measure(class, &command, &inputs, &folder.join(class.name), rounds)?);
    }
    let tsv = folder.join("compare.tsv");
    std::fs::write(&tsv, table::tsv(&rows)).map_err(|error| error.to_string())?;
    let text = table::markdown(&rows, rounds);
    say(&text);
    say(&format!("every figure: {}", tsv.display()));
    if arguments.write {
        let path = root().join("docs/performance.md");
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(())
}

impl Arguments {
    fn wants(&self, class: &Class) -> bool {
        self.classes.is_empty() || self.classes.iter().any(|wanted| class.name.starts_with(wanted.as_str()))
    }
}

fn make(folder: &Path, classes: &[&Class]) -> Outcome {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let names: Vec<&str> = classes.iter().map(|class| class.name).collect();
    let status = Command::new(this)
        .args(["compare", "--classes", &names.join(","), "--inputs"])
        .arg(folder)
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("the inputs were not made".to_owned()) }
}

/// Runs every program once per round, so that a slow moment of the machine falls on all of them.
fn measure(
    class: &'static Class,
    command: &Path,
    inputs: &Path,
    folder: &Path,
    rounds: usize,
) -> Result<Row, String> {
    let input = inputs.join(format!("{}.{}", class.name, class.extension));
    let runners = peers::runners(class, command, &input, folder)?;
    let mut runs: Vec<Vec<Run>> = vec![Vec::new(); runners.len()];
    let mut sizes = vec![0; runners.len()];
    for _ in 0..rounds {
        for ((runner, runs), size) in runners.iter().zip(&mut runs).zip(&mut sizes) {
            let output = folder.join("output");
            let _ = std::fs::remove_dir_all(&output);
            std::fs::create_dir_all(&output).map_err(|error| error.to_string())?;
            runs.push(once(runner)?);
            *size = tools::files_below(&output)
                .iter()
                .filter_map(|path| path.metadata().ok())
                .map(|metadata| metadata.len())
                .sum();
            if *size == 0 {
                return Err(format!("{} wrote nothing for {}", runner.name, class.name));
            }
        }
    }
    let programs = runners.iter().zip(&runs).zip(&sizes).map(|((runner, runs), size)| Measured {
        program: runner.name,
        run: median(runs),
        output: *size,
    });
    let input = input.metadata().map_err(|error| error.to_string())?.len();
    Ok(Row { class, input, programs: programs.collect() })
}

fn once(runner: &Runner) -> Result<Run, String> {
    let mut command = Command::new(&runner.program);
    command.args(&runner.arguments).current_dir(&runner.folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let child = command.spawn().map_err(|error| format!("{}: {error}", runner.name))?;
    let used = child.wait4().map_err(|error| format!("{}: {error}", runner.name))?;
    let wall = start.elapsed().as_secs_f64();
    if !used.status.success() {
        return Err(format!("{} ended with {}", runner.name, used.status));
    }
    let cpu = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    Ok(Run { wall, cpu, peak: used.rusage.maxrss })
}

/// The median of each figure.
fn median(runs: &[Run]) -> Run {
    let middle = |figure: fn(&Run) -> f64| {
        let mut figures: Vec<f64> = runs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        figures.get(figures.len() / 2).copied().unwrap_or_default()
    };
    Run {
        wall: middle(|run| run.wall),
        cpu: middle(|run| run.cpu),
        peak: middle(|run| run.peak as f64) as u64,
    }
}
