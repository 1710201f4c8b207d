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

#[test]
fn the_unit_is_one_that_systemd_takes_and_calls_safe() {
    if !there("systemd-analyze", "--version") {
        return;
    }
    let unit = Path::new(CRATE).join("examples/milter/sanitize-milter.service");
    // Where the unit expects the program, below a folder that stands for the system.
    let system = scratch("systemd");
    let program = system.join("usr/local/sbin/sanitize-milter");
    fs::create_dir_all(program.parent().unwrap()).unwrap();
    fs::copy("/bin/true", &program).unwrap();
    fs::create_dir_all(system.join("etc/systemd/system")).unwrap();
    fs::copy(&unit, system.join("etc/systemd/system/sanitize-milter.service")).unwrap();
    let verified = Command::new("systemd-analyze")
        .args(["verify", "--man=no", "--recursive-errors=no"])
        .arg(format!("--root={}", system.display()))
        .arg("sanitize-milter.service")
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&verified.stderr);
    // Other units are not there; what is wrong with this one is said with its line, or a word on the program.
    let is_of_unit = |line: &&str| line.contains(".service:") && !line.contains(" not found.");
    let of_unit: Vec<&str> =
        errors.lines().filter(is_of_unit).filter(|line| !line.contains("/start:")).collect();
    assert!(verified.status.success() && of_unit.is_empty(), "{errors}");
    // Tenths of the exposure from 0 to 10.
    succeed(
        Command::new("systemd-analyze").args(["security", "--offline=true", "--threshold=10"]).arg(&unit),
    );
}
