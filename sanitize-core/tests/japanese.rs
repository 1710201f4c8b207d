//! What Japanese offices write stays: every fragment of the generated checklist is there before and after.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use sanitize_core::{Input, Outcome, Sanitizer, Verdict};
use sanitize_corpus::{japanese, markers};

fn cleaned(name: &str, bytes: &[u8]) -> (Vec<u8>, Verdict, String) {
    let sanitizer = Sanitizer::builder().build().unwrap();
    match sanitizer.sanitize(Input::new(bytes).named(name)) {
        Outcome::Delivered { bytes, report } => (bytes.into_bytes(), report.verdict(), report.to_json()),
        Outcome::Rejected { report } => panic!("{name}: {}", report.to_json()),
    }
}

#[test]
fn every_fragment_of_the_checklist_survives() {
    let mut lost = Vec::new();
    for file in japanese::files() {
        let (output, ..) = cleaned(file.name, &file.bytes);
        for fragment in &file.keeps {
            // Names in archives are written anew; everything else stands in the input as it is.
            let is_there = file.name.ends_with(".zip") || markers::holds(&file.bytes, fragment);
            assert!(is_there, "{} never had {fragment}", file.name);
            if !markers::holds(&output, fragment) {
                lost.push(format!("{}: {fragment}", file.name));
            }
        }
    }
    assert!(lost.is_empty(), "\n{}", lost.join("\n"));
}

#[test]
fn nothing_in_an_office_file_of_the_checklist_is_changed() {
    let mut changed = Vec::new();
    for file in japanese::files().iter().filter(|file| !file.name.ends_with(".zip")) {
        let (output, verdict, report) = cleaned(file.name, &file.bytes);
        if verdict != Verdict::Clean {
            changed.push(format!("{}: {report}", file.name));
        }
        let is_text = file.name.ends_with(".csv") || file.name.ends_with(".txt");
        assert!(!is_text || output == file.bytes, "{}: other bytes", file.name);
    }
    assert!(changed.is_empty(), "\n{}", changed.join("\n"));
}

#[test]
fn a_checklist_that_lost_something_is_seen() {
    let file = japanese::files().into_iter().find(|file| file.name == "縦書き.docx").unwrap();
    let without = sanitize_corpus::office::docx::docx(&sanitize_corpus::Marks::new("japanese")).zip();
    assert!(file.keeps.iter().any(|fragment| !markers::holds(&without, fragment)));
}
