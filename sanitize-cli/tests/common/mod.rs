//! What the tests of the command share: running it, and files it can deliver.
#![allow(dead_code, reason = "each test file is a crate of its own and uses a part")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use sanitize_core::{Format, supported_formats};
use serde_json::Value;

/// The command, speaking English.
pub fn sanitize() -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("sanitize"));
    command.env("LC_ALL", "C");
    command
}

/// The content of the file at `path` among the samples to try the command with.
pub fn sample(path: &str) -> Vec<u8> {
    let file = sanitize_corpus::tryout::files().into_iter().find(|file| file.path == path);
    file.unwrap_or_else(|| panic!("no sample {path}")).bytes
}

/// True when `format` is rebuilt; says so when not.
pub fn rebuilds(format: Format) -> bool {
    let rebuilt = supported_formats().contains(&format);
    if !rebuilt {
        skipped(&format!("{format} is not rebuilt"));
    }
    rebuilt
}

/// Says why a test was left out.
#[expect(clippy::print_stdout, reason = "a test that is left out says so")]
pub fn skipped(why: &str) {
    println!("skipped: {why}");
}

/// A PNG that is delivered as it is to the eye.
pub fn picture() -> Vec<u8> {
    sample("写真_拡張子違い.jpg")
}

/// A folder with an input folder `in` and no output folder yet.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A place whose input folder holds `files`, by path.
    pub fn new(files: &[(&str, &[u8])]) -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(place.input()).unwrap();
        for (path, bytes) in files {
            let path = place.input().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn input(&self) -> PathBuf {
        self.path().join("in")
    }

    pub fn output(&self) -> PathBuf {
        self.path().join("out")
    }

    /// `sanitize clean in -o out`.
    pub fn clean(&self) -> Command {
        let mut command = sanitize();
        command.arg("clean").arg(self.input()).arg("-o").arg(self.output());
        command
    }

    /// The outputs below `out` without reports and temporary files, by path with `/`, sorted.
    pub fn outputs(&self) -> Vec<String> {
        let all = below(&self.output());
        all.into_iter().filter(|path| !path.ends_with(".json") && !path.ends_with(".tmp")).collect()
    }

    /// The report over the run.
    pub fn run_report(&self) -> Value {
        json(&self.output().join("sanitize-report.json"))
    }
}

/// Files below `folder`, by path with `/`, sorted.
pub fn below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut stack = vec![folder.to_path_buf()];
    while let Some(at) = stack.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                stack.push(path);
            } else {
                files.push(path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files
}

/// The JSON document at `path`.
pub fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Standard output of a finished command.
pub fn stdout(output: &std::process::Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Standard error of a finished command.
pub fn stderr(output: &std::process::Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
