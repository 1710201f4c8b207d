//! The command `sanitize`: cleans files and folders of files nobody trusts.
//!
//! Reads arguments, walks folders, writes outputs safely and says what happened. Everything that decides
//! about content is in `sanitize_core`, of which only the public API is used.
#![forbid(unsafe_code)]

mod args;
mod batch;
mod clean;
mod engine;
mod exit;
mod formats;
mod input;
mod inspect;
mod lang;
mod manual;
mod output;
mod policy;
mod progress;
mod report;
mod run;
mod summary;
mod table;
mod text;
mod threats;
mod walk;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    args::{Arguments, Command},
    exit::Exit,
};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lang = arguments.lang.resolve();
    let result = match &arguments.command {
        Command::Clean(clean) => clean::clean(clean, lang),
        Command::Inspect(inspect) => inspect::inspect(inspect, lang),
        Command::Formats(formats) => formats::formats(formats, lang),
        Command::Threats(threats) => threats::threats(threats, lang),
        Command::Policy(command) => policy::policy(command, lang),
        Command::Completions { shell } => manual::completions(*shell, lang),
        Command::Man { command } => manual::man(command.as_deref(), lang),
    };
    match result {
        Ok(exit) => exit.into(),
        Err(problem) => {
            text::notice(&format!("sanitize: {problem}"));
            Exit::Failed.into()
        }
    }
}
