//! Tasks of this project that are not part of a build.

use std::process::ExitCode;

use std::path::Path;

mod allow_lists_pdf;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["allow-lists", "pdf", models, output] => allow_lists_pdf::run(Path::new(models), Path::new(output)),
        _ => Err("usage: xtask allow-lists pdf MODELS OUTPUT".to_owned()),
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
