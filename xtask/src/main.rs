//! Tasks of this project that are not part of a build.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod allow_lists;
mod allow_lists_pdf;

#[derive(Parser)]
#[command(about = "Tasks of this project that are not part of a build.")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Writes the Office Open XML allow-lists from the published schemas and the overlay.
    AllowLists(allow_lists::Options),
    /// Writes the PDF allow-list from the Arlington model and the overlay.
    AllowListsPdf(allow_lists_pdf::Options),
}

fn main() -> ExitCode {
    let done = match Cli::parse().task {
        Task::AllowLists(options) => allow_lists::run(&options),
        Task::AllowListsPdf(options) => allow_lists_pdf::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a task speaks to a person at a terminal")]
            {
                eprintln!("xtask: {error}");
            }
            ExitCode::FAILURE
        }
    }
}
