//! Eight threads and one engine over a collection, through the C interface, for a while.

use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use crate::{Outcome, root, say, tools};

#[derive(clap::Args)]
pub struct Arguments {
    /// Folders of files to clean again and again [default: corpus in ../shared, or the planted files].
    folders: Vec<PathBuf>,
    /// How long.
    #[arg(long, default_value = "30")]
    minutes: f64,
    /// How many threads share the engine.
    #[arg(long, default_value = "8")]
    threads: usize,
    /// KiB past which a file is left out, so that many files have their turn.
    #[arg(long, default_value = "4096")]
    largest: u64,
}

/// Runs `sanitize-ffi/tests/c/soak.c`, which says what it found and fails where anything differed or memory grew.
pub fn run(arguments: &Arguments) -> Outcome {
    let files = files(arguments)?;
    let program = tools::program_in_c("soak", &tools::fresh_folder("soak")?)?;
    say(&format!("{} files, {} threads, {} minutes", files.len(), arguments.threads, arguments.minutes));
    let mut list = Vec::new();
    for file in &files {
        list.extend_from_slice(file.as_os_str().as_encoded_bytes());
        list.push(b'\n');
    }
    let mut soak = Command::new(&program)
        .arg((arguments.minutes * 60.0).to_string())
        .arg(arguments.threads.to_string())
        .stdin(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if let Some(mut input) = soak.stdin.take() {
        input.write_all(&list).map_err(|error| format!("the list: {error}"))?;
    }
    let status = soak.wait().map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("the soak ended with {status}")) }
}

/// The files of the folders, or the planted ones where there is no collection.
fn files(arguments: &Arguments) -> Result<Vec<PathBuf>, String> {
    let collected = root().join("../shared/corpus");
    let folders = match arguments.folders.as_slice() {
        [] if collected.is_dir() => vec![collected],
        [] => vec![planted()?],
        folders => folders.to_vec(),
    };
    let small =
        |path: &PathBuf| path.metadata().is_ok_and(|metadata| metadata.len() <= arguments.largest << 10);
    let mut files: Vec<PathBuf> = folders.iter().flat_map(|folder| tools::files_below(folder)).collect();
    files.retain(small);
    if files.is_empty() { Err("no files".to_owned()) } else { Ok(files) }
}

fn planted() -> Result<PathBuf, String> {
    let folder = tools::fresh_folder("soak-files")?;
    for sample in sanitize_corpus::samples() {
        let path = folder.join(sample.name());
        std::fs::write(&path, sample.bytes()).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(folder)
}
