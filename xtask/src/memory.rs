//! The C library under AddressSanitizer and valgrind.

use std::{path::Path, process::Command};

use crate::{Outcome, root, say, tools};

#[derive(clap::Args)]
pub struct Arguments {
    /// The toolchain that has AddressSanitizer.
    #[arg(long, default_value = "nightly")]
    toolchain: String,
}

/// Says what is missing, and fails on what was found.
pub fn run(arguments: &Arguments) -> Outcome {
    let folder = tools::fresh_folder("memory")?;
    let list = folder.join("list");
    let mut text = String::new();
    for file in sanitize_corpus::tryout::files() {
        let path = folder.join(file.path.replace('/', "-"));
        std::fs::write(&path, &file.bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        text.push_str(&format!("{}\n", path.display()));
    }
    std::fs::write(&list, text).map_err(|error| error.to_string())?;
    address_sanitizer(&arguments.toolchain)?;
    valgrind(&folder, &list)
}

/// Runs the tests of the interface with everything but the standard library instrumented.
fn address_sanitizer(toolchain: &str) -> Outcome {
    let version = Command::new("rustup").args(["run", toolchain, "rustc", "--version", "--verbose"]).output();
    let version = version.ok().filter(|output| output.status.success());
    let version =
        version.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let Some(host) = version.lines().find_map(|line| line.strip_prefix("host: ")) else {
        say(&format!("skipped: AddressSanitizer (there is no toolchain {toolchain})"));
        return Ok(());
    };
    let tests = Command::new("rustup")
        .args([
            "run",
            toolchain,
            "cargo",
            "test",
            "--quiet",
            "--profile",
            "quick",
            "--package",
            "sanitize-ffi",
        ])
        .args(["--target", host, "--lib", "--test", "calls", "--test", "misuse", "--test", "stack"])
        .env("RUSTFLAGS", "-Zsanitizer=address")
        .env("CARGO_TARGET_DIR", root().join("target/address-sanitizer"))
        .current_dir(root())
        .status()
        .map_err(|error| format!("cargo: {error}"))?;
    if !tests.success() {
        return Err("AddressSanitizer: the tests fail".to_owned());
    }
    say("AddressSanitizer: the tests of the interface pass");
    Ok(())
}

/// Runs the programs in C under valgrind.
fn valgrind(folder: &Path, list: &Path) -> Outcome {
    if !Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success()) {
        say("skipped: valgrind is not there");
        return Ok(());
    }
    for (name, arguments) in [("misuse", &[][..]), ("soak", &["0", "8"])] {
        let program = tools::program_in_c(name, folder)?;
        let input = std::fs::File::open(list).map_err(|error| error.to_string())?;
        let status = Command::new("valgrind")
            .args(["-q", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite"])
            .arg(&program)
            .args(arguments)
            .stdin(input)
            .status();
        if !status.is_ok_and(|status| status.success()) {
            return Err(format!("valgrind: {name} is not clean"));
        }
        say(&format!("valgrind: {name} is clean"));
    }
    Ok(())
}
