//! The commands beside `clean`: inspect, formats, threats, policy, completions, man, and the help.

mod common;

use std::fs;

use common::{Place, below, picture, sanitize, stderr, stdout};
use serde_json::Value;

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let done = sanitize().args(arguments).output().unwrap();
    (done.status.code(), stdout(&done), stderr(&done))
}

#[test]
fn inspect_reports_and_writes_nothing() {
    let place = Place::new(&[("a.png", &picture()), ("b.bin", b"\0\x01\x02")]);
    let inspect = |arguments: &[&str]| {
        let done = sanitize().arg("inspect").arg(place.input()).args(arguments).output().unwrap();
        assert_eq!(done.status.code(), Some(1));
        stdout(&done)
    };
    let text = inspect(&[]);
    assert!(
        text.contains("b.bin: rejected")
            && text.contains("file.unsupported-format")
            && text.contains("2 files: ")
    );
    let document: Value = serde_json::from_str(&inspect(&["--report", "json"])).unwrap();
    assert_eq!((&document["schema"], &document["totals"]["files"]), (&"sanitize-run".into(), &2.into()));
    assert_eq!(inspect(&["--report", "ndjson"]).lines().count(), 2);
    assert_eq!(below(place.path()), ["in/a.png", "in/b.bin"]);
    let done =
        sanitize().args(["inspect", "-", "--name", "b.bin"]).write_stdin(&b"\0\x01"[..]).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(stdout(&done).contains("-: rejected"));
}

#[test]
fn formats_say_what_is_rebuilt() {
    let (code, text, _) = run(&["formats"]);
    assert_eq!(code, Some(0));
    assert!(text.contains("docx") && text.contains("recognised, rejected"));
    let list: Value = serde_json::from_str(&run(&["formats", "--json"]).1).unwrap();
    let rebuilt = list.as_array().unwrap().iter().filter(|format| format["rebuilt"] == true).count();
    assert_eq!(rebuilt, sanitize_core::supported_formats().len());
    assert!(run(&["formats", "--lang", "ja"]).1.contains("判別のみ"));
}

#[test]
fn threats_are_listed_and_described() {
    let (_, text, _) = run(&["threats"]);
    for threat in sanitize_core::threats() {
        assert!(text.contains(threat.id), "{}", threat.id);
    }
    let (code, text, _) = run(&["threats", "file.truncated-input"]);
    assert_eq!(code, Some(0));
    assert!(text.contains("structure") && text.contains("default refuse"), "{text}");
    let one: Value = serde_json::from_str(&run(&["threats", "--json", "file.truncated-input"]).1).unwrap();
    assert_eq!(one["kind"], "structure");
    let (code, _, text) = run(&["threats", "ooxml.truncated-input"]);
    assert_eq!(code, Some(2));
    assert!(text.contains("near: file.truncated-input"), "{text}");
}

#[test]
fn a_shown_policy_is_one_that_can_be_read() {
    let place = Place::new(&[]);
    for preset in ["strict", "default", "lenient"] {
        for format in ["toml", "json"] {
            let (code, text, _) = run(&["policy", "show", "--preset", preset, "--format", format]);
            assert_eq!(code, Some(0));
            let file = place.path().join(format!("{preset}.{format}"));
            fs::write(&file, text).unwrap();
            let (code, text, errors) = run(&["policy", "check", file.to_str().unwrap()]);
            assert_eq!(code, Some(0), "{errors}");
            assert!(text.contains(&format!("policy {preset}")));
            let (_, completed, _) =
                run(&["policy", "show", "--policy", file.to_str().unwrap(), "--format", format]);
            assert_eq!(completed, fs::read_to_string(&file).unwrap());
        }
    }
}

#[test]
fn a_policy_check_names_line_and_key() {
    let place = Place::new(&[]);
    let file = place.path().join("p.json");
    fs::write(&file, "{\n  \"actions\": {},\n  \"acitons\": {}\n}").unwrap();
    let (code, _, text) = run(&["policy", "check", file.to_str().unwrap()]);
    assert_eq!(code, Some(2));
    assert!(text.contains("line 3") && text.contains("acitons"), "{text}");
    assert_eq!(run(&["policy", "check", "missing.toml"]).0, Some(2));
}

#[test]
fn the_policy_schema_is_json_and_published() {
    let (code, text, _) = run(&["policy", "schema"]);
    assert_eq!(code, Some(0));
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/policy.schema.json");
    assert_eq!(text, fs::read_to_string(published).unwrap());
}

#[test]
fn completions_and_manual_pages_come_from_the_arguments() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, text, _) = run(&["completions", shell]);
        assert!(code == Some(0) && text.contains("keep-names"), "{shell}");
    }
    assert_eq!(run(&["completions", "tcl"]).0, Some(2));
    assert!(run(&["man"]).1.contains(".TH sanitize"));
    assert!(run(&["man", "clean"]).1.contains("keep\\-names"));
    assert_eq!(run(&["man", "wash"]).0, Some(2));
}

#[test]
fn the_help_documents_the_exit_codes() {
    for arguments in [&["--help"][..], &["clean", "--help"]] {
        let (code, text, _) = run(arguments);
        assert_eq!(code, Some(0));
        assert!(text.contains("1  at least one file was rejected"), "{text}");
    }
    assert_eq!(run(&["--version"]).0, Some(0));
}
