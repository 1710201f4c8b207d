//! Law 1 from outside: no memory, no room for a file, a killed process, input that cannot be read. Whatever stands
//! under a name of its own afterwards is whole, and the exit code is not that of success.
#![cfg(target_os = "linux")]

mod common;

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use common::{Place, picture, rebuilds, sample};
use sanitize_core::format::{DOCX, PNG};

/// Files of several kinds, and what each becomes.
fn mixed(copies: usize) -> (Place, Vec<(String, Vec<u8>)>) {
    let (document, table, photo) = (sample("企画書.docx"), sample("申請一覧.csv"), picture());
    let mut files: Vec<(String, &[u8])> = Vec::new();
    for number in 0..copies {
        files.push((format!("{number:03}a.docx"), &document));
        files.push((format!("{number:03}b.csv"), &table));
        files.push((format!("{number:03}c.png"), &photo));
    }
    let named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let place = Place::new(&named);
    let reference = Place::new(&named[..3]);
    reference.clean().args(["--report", "none"]).assert().code(0);
    let whole: Vec<Vec<u8>> =
        named[..3].iter().map(|(name, _)| fs::read(reference.output().join(name)).unwrap()).collect();
    let expected =
        files.iter().enumerate().map(|(index, (name, _))| (name.clone(), whole[index % 3].clone()));
    (place, expected.collect())
}

/// Every output is one that is expected, and whole. Returns how many there are.
fn only_whole(place: &Place, expected: &[(String, Vec<u8>)]) -> usize {
    let outputs = place.outputs();
    for name in &outputs {
        let (_, whole) = expected.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
        assert!(fs::read(place.output().join(name)).unwrap() == *whole, "{name} is not whole");
    }
    outputs.len()
}

/// `sanitize clean in -o out` behind a shell that sets a limit first.
fn limited(place: &Place, limit: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{limit} && exec \"$0\" \"$@\"")])
        .arg(assert_cmd::cargo::cargo_bin!("sanitize"))
        .arg("clean")
        .arg(place.input())
        .arg("-o")
        .arg(place.output())
        .args(["--jobs", "1", "--report", "none", "--quiet"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[test]
fn without_memory_nothing_half_done_is_left() {
    if !rebuilds(DOCX) {
        return;
    }
    let (mut failed, mut done) = (0, 0);
    // KiB of address space: from too little to start to enough.
    for kib in [3_000, 6_000, 9_000, 12_000, 16_000, 20_000, 24_000, 28_000, 32_000, 40_000, 4_000_000] {
        let (place, expected) = mixed(2);
        let status = limited(&place, &format!("ulimit -v {kib}")).status().unwrap();
        let delivered = only_whole(&place, &expected);
        if status.success() {
            assert_eq!(delivered, expected.len(), "{kib} KiB");
            done += 1;
        } else {
            failed += 1;
        }
    }
    assert!(failed > 0 && done > 0, "{failed} failed, {done} done: the limits tell nothing apart");
}

#[test]
fn without_room_for_a_file_nothing_half_done_is_left() {
    if !rebuilds(DOCX) {
        return;
    }
    let (mut failed, mut done) = (0, 0);
    for blocks in [0, 1, 2, 4, 8, 16, 64, 10_000] {
        // With the signal that comes with it ignored, writing gives an error; otherwise the process ends.
        for ignored in ["trap '' XFSZ; ", ""] {
            let (place, expected) = mixed(1);
            let status = limited(&place, &format!("{ignored}ulimit -f {blocks}")).status().unwrap();
            let delivered = only_whole(&place, &expected);
            if status.success() {
                assert_eq!(delivered, expected.len(), "{blocks} blocks");
                done += 1;
            } else {
                assert!(delivered < expected.len(), "{blocks} blocks: all delivered, and yet {status}");
                if !ignored.is_empty() {
                    assert_eq!(status.code(), Some(2), "{blocks} blocks");
                }
                failed += 1;
            }
        }
    }
    assert!(failed > 0 && done > 0, "{failed} failed, {done} done: the limits tell nothing apart");
}

#[test]
fn killed_at_any_moment_nothing_half_done_is_left() {
    if !rebuilds(DOCX) || !rebuilds(PNG) {
        return;
    }
    let (mut during, mut state) = (0, 7_u64);
    for _ in 0..12 {
        let (place, expected) = mixed(40);
        let mut child: Child = limited(&place, "true").spawn().unwrap();
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        thread::sleep(Duration::from_micros(state >> 47));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        let delivered = only_whole(&place, &expected);
        if status.success() {
            assert_eq!(delivered, expected.len());
        } else {
            during += 1;
        }
        // The next run finds its way from wherever this one ended.
        place.clean().args(["--overwrite", "--quiet", "--report", "none"]).assert().code(0);
        assert_eq!(only_whole(&place, &expected), expected.len());
    }
    assert!(during > 0, "never killed in time");
}

#[test]
fn input_that_cannot_be_read_is_a_failure_without_output() {
    // A folder opens and does not read.
    let folder = fs::File::open("/").unwrap();
    let done = Command::new(assert_cmd::cargo::cargo_bin!("sanitize"))
        .args(["clean", "-", "--name", "a.docx"])
        .stdin(folder)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{}", common::stderr(&done));
    assert!(done.stdout.is_empty());

    // The first page of a process is never mapped: its memory opens, and gives an error when read.
    let place = Place::new(&[("good.csv", b"a,b\r\n")]);
    let done = place.clean().args(["/proc/self/mem", "--quiet"]).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(place.outputs(), ["good.csv"]);
}
