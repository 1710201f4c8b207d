//! The examples, compiled with the compilers that are there and run on files of every kind: their outputs and
//! reports are those of the engine. A compiler that is missing is named in a printed line.
#![cfg(unix)]

mod common;

use std::{fs, path::Path, process::Command};

use common::native::{CRATE, flags, library, scratch, succeed, there};
use sanitize_core::{Input, Sanitizer};

/// Runs a program that is called with an input and an output on a few files, and compares.
fn compare(program: &dyn Fn() -> Command, folder: &Path) {
    let sanitizer = Sanitizer::builder().build().unwrap();
    let (mut delivered, mut rejected) = (0, 0);
    for file in sanitize_corpus::tryout::files() {
        let name = file.path.rsplit('/').next().unwrap();
        let (input, output) = (folder.join(name), folder.join(format!("cleaned {name}")));
        fs::write(&input, &file.bytes).unwrap();
        let answer = program().arg(&input).arg(&output).output().unwrap();
        let errors = String::from_utf8_lossy(&answer.stderr);
        let expected = sanitizer.sanitize(Input::new(&file.bytes).named(name));
        let report = String::from_utf8(answer.stdout).unwrap();
        assert_eq!(report.trim_end(), expected.report().to_json(), "{name}: {errors}");
        assert_eq!(fs::read(&output).ok().as_deref(), expected.bytes(), "{name}: {errors}");
        match expected.bytes() {
            Some(_) => delivered += 1,
            None => rejected += 1,
        }
        let code = i32::from(expected.bytes().is_none());
        assert_eq!(answer.status.code(), Some(code), "{name}: {errors}");
    }
    assert!(delivered > 10 && rejected > 1);
    let missing = program().arg(folder.join("none")).arg(folder.join("output")).output().unwrap();
    assert_eq!(missing.status.code(), Some(2), "a file that is not there is a failure");
    let parts = fs::read_dir(folder).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .path()
            .extension()
            .is_some_and(|extension| extension == "part" || extension == "tmp")
    });
    assert_eq!(parts.count(), 0, "nothing half written is left");
    opened_by_an_earlier_mail(program, folder);
}

/// A program that is called with an earlier mail as well opens what is encrypted with the password of that mail.
fn opened_by_an_earlier_mail(program: &dyn Fn() -> Command, folder: &Path) {
    let files = sanitize_corpus::tryout::files();
    let workbook = files.into_iter().find(|file| file.path.ends_with(".xlsx")).unwrap();
    let (input, output) = (folder.join("locked.xlsx"), folder.join("opened.xlsx"));
    fs::write(&input, sanitize_corpus::encryption::encrypted(&workbook.bytes, "q9Zt4Lw2")).unwrap();
    let earlier = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, format!("From: a@b.example\r\nSubject: x\r\n\r\n{text}\r\n")).unwrap();
        path
    };
    let mails = [earlier("other.eml", "password: another1"), earlier("password.eml", "Password: q9Zt4Lw2")];
    for (mail, code) in mails.iter().zip([1, 0]) {
        let answer = program().args([&input, &output, mail]).output().unwrap();
        let errors = String::from_utf8_lossy(&answer.stderr);
        assert_eq!(answer.status.code(), Some(code), "{}: {errors}", mail.display());
        assert_eq!(output.exists(), code == 0);
    }
}

#[test]
fn the_c_example_cleans_files() {
    if !there("cc", "--version") {
        return;
    }
    let folder = scratch("c");
    let program = folder.join("clean");
    succeed(
        Command::new("cc")
            .args(["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-o"])
            .arg(&program)
            .arg(format!("{CRATE}/examples/c/clean.c"))
            .args(flags()),
    );
    compare(&|| Command::new(&program), &folder);
}

#[test]
fn the_c_example_cleans_files_with_the_library_in_it() {
    if !there("cc", "--version") {
        return;
    }
    let folder = scratch("c-static");
    let program = folder.join("clean");
    succeed(
        Command::new("cc")
            .args(["-std=c99", "-O1", "-o"])
            .arg(&program)
            .arg(format!("{CRATE}/examples/c/clean.c"))
            .arg(format!("-I{CRATE}/include"))
            .arg(library().join("libsanitize.a"))
            // What `rustc --print native-static-libs` names on Linux.
            .args(["-lgcc_s", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl", "-lc"]),
    );
    compare(&|| Command::new(&program), &folder);
}

#[test]
fn the_cpp_example_cleans_files() {
    if !there("c++", "--version") {
        return;
    }
    let folder = scratch("cpp");
    let program = folder.join("clean");
    succeed(
        Command::new("c++")
            .args(["-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-O1", "-o"])
            .arg(&program)
            .arg(format!("{CRATE}/examples/cpp/clean.cpp"))
            .args(flags()),
    );
    compare(&|| Command::new(&program), &folder);
}

#[test]
fn the_python_example_cleans_files() {
    if !there("python3", "--version") {
        return;
    }
    let folder = scratch("python");
    let program = || {
        let mut python = Command::new("python3");
        python.arg(format!("{CRATE}/examples/python/clean.py"));
        python.env("LIBSANITIZE", library().join("libsanitize.so")).env("PYTHONDONTWRITEBYTECODE", "1");
        python
    };
    compare(&program, &folder);
}

#[test]
fn the_go_example_cleans_files() {
    if !there("go", "version") || !there("cc", "--version") || !there("pkg-config", "--version") {
        return;
    }
    let folder = scratch("go");
    let program = folder.join("clean");
    // As it is installed, with the folders of this build.
    fs::write(
        folder.join("sanitize.pc"),
        format!(
            "Name: sanitize\nDescription: this build\nVersion: 1\nCflags: -I{CRATE}/include\nLibs: -L{0} -lsanitize -Wl,-rpath,{0}\n",
            library().display()
        ),
    )
    .unwrap();
    succeed(
        Command::new("go")
            .args(["build", "-o"])
            .arg(&program)
            .arg(".")
            .current_dir(format!("{CRATE}/examples/go"))
            .env("PKG_CONFIG_PATH", &folder)
            .env("GOCACHE", Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-cache"))
            .env("GOFLAGS", "-mod=mod -buildvcs=false")
            .env("GOTOOLCHAIN", "local")
            .env("CGO_LDFLAGS_ALLOW", "-Wl,-rpath,.*"),
    );
    compare(&|| Command::new(&program), &folder);
}
