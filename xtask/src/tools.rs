//! What the measuring tasks share: the released command, Python with the judges, and one line per cleaned file.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{root, say};

/// Builds the command as it is released and returns where it is.
pub fn released() -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("SANITIZE") {
        return Ok(PathBuf::from(path));
    }
    say("building the command …");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--release", "--quiet", "--package", "sanitize-cli"]).current_dir(root());
    let status = build.status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the command does not build".to_owned());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release/sanitize"))
}

/// Builds the program that copies a PDF file with lopdf, which has no command of its own.
pub fn lopdf() -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("LOPDF_COPY") {
        return Ok(PathBuf::from(path));
    }
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--release", "--quiet", "--package", "sanitize-benches", "--example", "lopdf_copy"]);
    let status = build.current_dir(root()).status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the copy of lopdf does not build".to_owned());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release/examples/lopdf_copy"))
}

/// Builds the C library as it is released and returns the folder it is in.
pub fn library() -> Result<PathBuf, String> {
    if let Some(path) = std::env::var_os("LIBSANITIZE_DIR") {
        return Ok(PathBuf::from(path));
    }
    say("building the library …");
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--release", "--quiet", "--package", "sanitize-ffi"]).current_dir(root());
    let status = build.status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the library does not build".to_owned());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    Ok(target.join("release"))
}

/// Compiles `sanitize-ffi/tests/c/<name>.c` against the library, into `folder`.
pub fn program_in_c(name: &str, folder: &Path) -> Result<PathBuf, String> {
    let library = library()?;
    let source = root().join("sanitize-ffi");
    let program = folder.join(name);
    let compiled = Command::new("cc")
        .args(["-std=c11", "-D_GNU_SOURCE", "-g", "-O1", "-o"])
        .arg(&program)
        .arg(source.join(format!("tests/c/{name}.c")))
        .arg(format!("-I{}", source.join("include").display()))
        .arg(format!("-L{}", library.display()))
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .args(["-lsanitize", "-lpthread"])
        .status()
        .map_err(|error| format!("cc: {error}"))?;
    if compiled.success() { Ok(program) } else { Err(format!("{name}.c does not build")) }
}

/// What became of one path: a line of `--report ndjson`.
#[derive(Clone, Debug)]
pub struct Entry {
    pub verdict: String,
    pub output: Option<PathBuf>,
    pub report: Value,
}

/// Cleans `paths` into `output` in one run; an entry for each file, by its path.
pub fn clean(command: &Path, paths: &[PathBuf], output: &Path) -> Result<BTreeMap<PathBuf, Entry>, String> {
    let _ = std::fs::remove_dir_all(output);
    std::fs::create_dir_all(output).map_err(|error| format!("{}: {error}", output.display()))?;
    let answer = Command::new(command)
        .arg("clean")
        .args(paths)
        .arg("-o")
        .arg(output)
        .args(["--report", "ndjson", "--quiet", "--overwrite"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{}: {error}", command.display()))?;
    // 0 and 1 are verdicts; a file that cannot be read is an entry of its own.
    if answer.status.code().is_none() {
        return Err(format!("the command was killed: {}", answer.status));
    }
    let mut entries = BTreeMap::new();
    for line in String::from_utf8_lossy(&answer.stdout).lines() {
        let Ok(value) = serde_json::from_str::<Value>(line) else { continue };
        let Some(path) = value.get("path").and_then(Value::as_str) else { continue };
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        entries.insert(
            PathBuf::from(path),
            Entry {
                verdict: text("verdict").unwrap_or_default(),
                output: text("output_path").map(PathBuf::from),
                report: value.get("report").cloned().unwrap_or(Value::Null),
            },
        );
    }
    if entries.is_empty() {
        return Err(format!("the command said nothing; it ended with {}", answer.status));
    }
    Ok(entries)
}

/// Runs one of the judges; true when it is content.
pub fn judge(script: &str, arguments: &[&std::ffi::OsStr]) -> Result<bool, String> {
    let script = root().join("corpus/judges").join(script);
    let mut python = Command::new("python3");
    python.arg(&script).args(arguments).stdin(Stdio::null());
    let status = python.status().map_err(|error| format!("python3: {error}"))?;
    Ok(status.success())
}

/// A folder under `target/`, made anew.
pub fn fresh_folder(name: &str) -> Result<PathBuf, String> {
    let folder = root().join("target").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Every file below `folder`, in order.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
