//! The released command beside other programs, on the same inputs in the same run.

mod peers;
mod table;

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use sanitize_corpus::bench::{CLASSES, Class};

use crate::{
    Outcome, root, say,
    timing::{self, Run},
    tools,
};

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

/// What a program needed for a class: medians over the rounds.
#[derive(Clone, Debug)]
struct Measured {
    program: &'static str,
    run: Run,
    output: u64,
}

/// All programs on one class: the engine on one thread and on all, then the others.
struct Row {
    class: &'static Class,
    input: u64,
    programs: Vec<Measured>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let wanted: Vec<&'static Class> = CLASSES.iter().filter(|class| arguments.wants(class)).collect();
    if let Some(folder) = &arguments.inputs {
        return wanted.iter().try_for_each(|class| write_input(class, folder));
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
        let write = |name: &str, text: String| {
            let path = root().join("docs").join(name);
            std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        write("performance.md", text)?;
        write("performance.tsv", table::tsv(&rows))?;
        write("performance.svg", table::plot(&rows))?;
    }
    Ok(())
}

impl Arguments {
    fn wants(&self, class: &Class) -> bool {
        self.classes.is_empty() || self.classes.iter().any(|wanted| class.name.starts_with(wanted.as_str()))
    }
}

/// The file of a class below `folder`, or the folder of its files.
fn input_of(class: &Class, folder: &Path) -> PathBuf {
    match class.files {
        1 => folder.join(format!("{}.{}", class.name, class.extension)),
        _ => folder.join(class.name),
    }
}

fn write_input(class: &Class, folder: &Path) -> Outcome {
    let path = input_of(class, folder);
    let bytes = class.bytes();
    let write =
        |path: &Path| std::fs::write(path, &bytes).map_err(|error| format!("{}: {error}", path.display()));
    if class.files == 1 {
        return write(&path);
    }
    std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    (1..=class.files).try_for_each(|number| write(&path.join(format!("{number:03}.{}", class.extension))))
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
    let input = input_of(class, inputs);
    let runners = peers::runners(class, command, &input, folder)?;
    let mut runs: Vec<Vec<Run>> = vec![Vec::new(); runners.len()];
    let mut sizes = vec![0; runners.len()];
    for _ in 0..rounds {
        for ((runner, runs), size) in runners.iter().zip(&mut runs).zip(&mut sizes) {
            let output = folder.join("output");
            let _ = std::fs::remove_dir_all(&output);
            std::fs::create_dir_all(&output).map_err(|error| error.to_string())?;
            runs.push(timing::once(&mut runner.command(), runner.name)?);
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
        run: timing::median(runs),
        output: *size,
    });
    let sizes = if class.files == 1 { vec![input] } else { tools::files_below(&input) };
    let input = sizes.iter().filter_map(|path| path.metadata().ok()).map(|metadata| metadata.len()).sum();
    Ok(Row { class, input, programs: programs.collect() })
}
