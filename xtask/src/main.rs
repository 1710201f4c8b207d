//! Tasks of this project that are not part of a build. One module per task: `cargo xtask --help` lists them.

mod allow_lists;
mod allow_lists_pdf;
mod compare;
mod corpus;
mod day;
mod docs;
mod fidelity;
mod fuzz;
mod gateway;
mod header;
mod hostile;
mod judge;
mod mails;
mod memory;
mod plot;
mod samples;
mod scale;
mod soak;
mod timing;
mod tools;

use std::{path::Path, process::ExitCode};

use clap::{Parser, Subcommand};

/// What a task ends with: nothing, or a sentence that says what is wrong.
type Outcome = Result<(), String>;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks of this project that are not part of a build.")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write the Office Open XML allow-lists from the published schemas and the overlay.
    AllowLists(allow_lists::Options),
    /// Write the PDF allow-list from the Arlington model and the overlay.
    AllowListsPdf(allow_lists_pdf::Options),
    /// Write the documents that are made from the code; `--check` only compares them.
    Docs(docs::Arguments),
    /// Write the planted files, one or more for each threat, and their manifest.
    Corpus(corpus::Arguments),
    /// Clean every planted file and have independent judges look at input and output.
    Judge(judge::Arguments),
    /// Render benign files before and after and say how alike they are.
    Fidelity(fidelity::Arguments),
    /// Prepare seeds, run the fuzz targets and say what came of each.
    Fuzz(fuzz::Arguments),
    /// Send mail through a Postfix of its own with the milter, let things fail, and compare what is delivered.
    Gateway(gateway::Arguments),
    /// Write the header of the C library from its exports; `--check` only compares it.
    Header(header::Arguments),
    /// Run the command on hostile files, each in a process of its own, and look at what it delivers.
    Hostile(hostile::Arguments),
    /// Clean benign mails and have other mail programs compare them before and after.
    Mails(mails::Arguments),
    /// Try the C library under AddressSanitizer and valgrind.
    Memory(memory::Arguments),
    /// Have threads clean a collection through the C library for a while, and watch answers and memory.
    Soak(soak::Arguments),
    /// Measure how cost grows with size, and what a second core gives.
    Scale(scale::Arguments),
    /// Time the released command beside other programs on the same inputs.
    Compare(compare::Arguments),
    /// Clean the files of a gateway's day beside other libraries, and for a while.
    Day(day::Arguments),
    /// Write harmless sample files to try the command with.
    Samples(samples::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::AllowLists(options) => allow_lists::run(&options).map_err(|error| error.to_string()),
        Task::AllowListsPdf(options) => allow_lists_pdf::run(&options).map_err(|error| error.to_string()),
        Task::Docs(arguments) => docs::run(&arguments),
        Task::Corpus(arguments) => corpus::run(&arguments),
        Task::Judge(arguments) => judge::run(&arguments),
        Task::Fidelity(arguments) => fidelity::run(&arguments),
        Task::Fuzz(arguments) => fuzz::run(&arguments),
        Task::Gateway(arguments) => gateway::run(&arguments),
        Task::Header(arguments) => header::run(&arguments),
        Task::Hostile(arguments) => hostile::run(&arguments),
        Task::Mails(arguments) => mails::run(&arguments),
        Task::Memory(arguments) => memory::run(&arguments),
        Task::Soak(arguments) => soak::run(&arguments),
        Task::Scale(arguments) => scale::run(&arguments),
        Task::Compare(arguments) => compare::run(&arguments),
        Task::Day(arguments) => day::run(&arguments),
        Task::Samples(arguments) => samples::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&format!("error: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// The folder of the workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Tells the person who runs the task.
#[expect(clippy::print_stderr, reason = "the one place where tasks speak")]
fn say(line: &str) {
    eprintln!("{line}");
}
