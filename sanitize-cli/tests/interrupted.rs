//! A run that is killed or interrupted leaves whole files only.
#![cfg(unix)]

mod common;

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use common::{Place, below, picture, rebuilds};
use sanitize_core::format::PNG;

const FILES: usize = 600;

/// A run over many files, once it has delivered some of them.
fn running(place: &Place) -> Child {
    let child = Command::new(assert_cmd::cargo::cargo_bin!("sanitize"))
        .arg("clean")
        .arg(place.input())
        .arg("-o")
        .arg(place.output())
        .args(["--jobs", "2", "--sync"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while place.outputs().len() < 5 && begun.elapsed() < Duration::from_secs(30) {
        thread::sleep(Duration::from_millis(2));
    }
    child
}

fn signal(child: &Child, signal: &str) {
    let status = Command::new("kill").arg(signal).arg(child.id().to_string()).status().unwrap();
    assert!(status.success());
}

fn many() -> Place {
    let names: Vec<String> = (0..FILES).map(|number| format!("{number:04}.png")).collect();
    let picture = picture();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), picture.as_slice())).collect();
    Place::new(&files)
}

/// Every file in the output folder that has a name of its own is as long as a whole one.
fn only_whole_files(place: &Place, whole: &[u8]) -> usize {
    let outputs = place.outputs();
    for name in &outputs {
        assert!(fs::read(place.output().join(name)).unwrap() == whole, "{name}");
    }
    for name in below(&place.output()).iter().filter(|name| name.ends_with(".report.json")) {
        common::json(&place.output().join(name));
    }
    outputs.len()
}

/// What a whole output is.
fn whole() -> Vec<u8> {
    let place = Place::new(&[("a.png", &picture())]);
    place.clean().assert().code(0);
    fs::read(place.output().join("a.png")).unwrap()
}

#[test]
fn a_killed_run_leaves_no_half_file_and_the_next_sweeps_up() {
    if !rebuilds(PNG) {
        return;
    }
    let (place, whole) = (many(), whole());
    let mut child = running(&place);
    signal(&child, "-KILL");
    child.wait().unwrap();
    let delivered = only_whole_files(&place, &whole);
    assert!((5..FILES).contains(&delivered), "{delivered} of {FILES}: the run was under way");
    let left = below(&place.output()).iter().filter(|name| name.ends_with(".tmp")).count();
    assert!(left > 0, "at least the report of the run was being written");

    place.clean().args(["--overwrite", "--quiet"]).assert().code(0);
    assert_eq!(only_whole_files(&place, &whole), FILES);
    assert!(below(&place.output()).iter().all(|name| !name.ends_with(".tmp")));
}

#[test]
fn an_interrupted_run_ends_in_order() {
    if !rebuilds(PNG) {
        return;
    }
    let (place, whole) = (many(), whole());
    let mut child = running(&place);
    signal(&child, "-INT");
    assert_eq!(child.wait().unwrap().code(), Some(2));
    let delivered = only_whole_files(&place, &whole);
    assert!((5..FILES).contains(&delivered), "{delivered} of {FILES}");
    assert!(below(&place.output()).iter().all(|name| !name.ends_with(".tmp")));
    let report = place.run_report();
    assert_eq!(report["totals"]["files"], FILES);
    assert_eq!(report["totals"]["failed"], FILES - delivered, "what was not done is named");
}
