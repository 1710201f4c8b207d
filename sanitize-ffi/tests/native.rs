//! Programs in C that use the interface carelessly, and from many threads.
#![cfg(unix)]

mod common;

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use common::native::{CRATE, flags, scratch, succeed, there};

/// Compiles `tests/c/<name>.c`.
fn compile(name: &str, folder: &Path) -> PathBuf {
    let program = folder.join(name);
    succeed(
        Command::new("cc")
            .args([
                "-std=c11",
                "-D_GNU_SOURCE",
                "-Wall",
                "-Wextra",
                "-Wpedantic",
                "-Werror",
                "-g",
                "-O1",
                "-o",
            ])
            .arg(&program)
            .arg(format!("{CRATE}/tests/c/{name}.c"))
            .args(flags())
            .arg("-lpthread"),
    );
    program
}

#[test]
fn a_careless_program_gets_statuses_and_touches_no_memory_it_must_not() {
    if !there("cc", "--version") {
        return;
    }
    let program = compile("misuse", &scratch("misuse"));
    succeed(&mut Command::new(&program));
    if there("valgrind", "--version") {
        succeed(
            Command::new("valgrind").args(["-q", "--error-exitcode=9", "--leak-check=full"]).arg(&program),
        );
    }
}

#[test]
fn eight_threads_of_a_c_program_get_what_one_gets() {
    if !there("cc", "--version") {
        return;
    }
    let folder = scratch("soak");
    let program = compile("soak", &folder);
    let mut list = String::new();
    for file in sanitize_corpus::tryout::files() {
        let path = folder.join(file.path.replace('/', "-"));
        fs::write(&path, &file.bytes).unwrap();
        list.push_str(path.to_str().unwrap());
        list.push('\n');
    }
    let mut soak =
        Command::new(&program).args(["0", "8"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    soak.stdin.take().unwrap().write_all(list.as_bytes()).unwrap();
    let output = soak.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("8 threads: 136 cleaned"), "{said}");
}
