//! `sanitize clean` where things go as they should: outputs, names, reports, flags.

mod common;

use std::fs;

use common::{Place, below, json, picture, rebuilds, sample, sanitize, stderr, stdout};
use sanitize_core::format::{DOCM, PNG, TXT};

#[test]
fn a_folder_is_delivered_with_its_folders_and_reports() {
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[("図面.png", &picture()), ("下/計画.png", &picture())]);
    let done = place.clean().output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert_eq!(
        below(&place.output()),
        [
            "sanitize-report.json",
            "下/計画.png",
            "下/計画.png.report.json",
            "図面.png",
            "図面.png.report.json"
        ]
    );
    let report = place.run_report();
    assert_eq!(report["totals"]["files"], 2);
    assert_eq!(report["files"][1]["output_path"], place.output().join("図面.png").to_str().unwrap());
    assert_eq!(json(&place.output().join("図面.png.report.json"))["report"]["input"]["name"], "図面.png");
    assert!(stdout(&done).contains("2 files: "), "{}", stdout(&done));
}

#[test]
fn outputs_and_reports_do_not_depend_on_the_number_of_jobs() {
    if !rebuilds(PNG) {
        return;
    }
    let names: Vec<String> = (0..40).map(|number| format!("{number}.png")).collect();
    let picture = picture();
    let mut files: Vec<(&str, &[u8])> =
        names.iter().map(|name| (name.as_str(), picture.as_slice())).collect();
    files.push(("x.bin", b"unknown \0\x01"));
    let place = Place::new(&files);
    let run = |jobs: &str| {
        fs::remove_dir_all(place.output()).ok();
        place.clean().args(["--jobs", jobs, "--quiet"]).assert().code(1);
        (below(&place.output()), fs::read(place.output().join("sanitize-report.json")).unwrap())
    };
    assert_eq!(run("1"), run("7"));
}

#[test]
fn a_macro_type_gets_the_extension_of_its_twin_and_names_stay_distinct() {
    if !rebuilds(DOCM) {
        return;
    }
    let (docm, docx) = (sample("企画書.docm"), sample("企画書.docx"));
    let place = Place::new(&[("plan.docm", &docm), ("plan.docx", &docx), ("alone.docm", &docm)]);
    place.clean().assert().code(0);
    assert_eq!(place.outputs(), ["alone.docx", "plan (2).docx", "plan.docx"]);
    let report = place.run_report();
    let output_of = |input: &str| {
        let entries = report["files"].as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["path"].as_str().unwrap().ends_with(input)).unwrap();
        entry["output_path"].as_str().unwrap().to_owned()
    };
    assert!(output_of("plan.docx").ends_with("plan.docx"), "the one that keeps its name has it");
    assert!(output_of("plan.docm").ends_with("plan (2).docx"));
}

#[test]
fn keep_names_keeps_the_extension_and_warns() {
    if !rebuilds(DOCM) {
        return;
    }
    let place = Place::new(&[("plan.docm", &sample("企画書.docm"))]);
    let done = place.clean().arg("--keep-names").output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(place.outputs(), ["plan.docm"]);
    assert!(stderr(&done).contains("its content is docx now"), "{}", stderr(&done));
}

#[cfg(unix)]
#[test]
fn names_that_deceive_are_made_safe_and_escaped_at_the_terminal() {
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[("in\u{202e}pmb.x\u{1b}[2J.png", &picture()), ("con.png", &picture())]);
    let done = place.clean().args(["--progress", "always"]).output().unwrap();
    assert_eq!(place.outputs(), ["_con.png", "inpmb.x[2J.png"]);
    for text in [stdout(&done), stderr(&done)] {
        assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text:?}");
    }
    let report = fs::read_to_string(place.output().join("sanitize-report.json")).unwrap();
    assert!(!report.contains(['\u{202e}', '\u{1b}']) && report.contains("file.output-name-sanitised"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_in_shift_jis_becomes_utf_8() {
    use std::os::unix::ffi::OsStrExt;
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[]);
    let name = std::ffi::OsStr::from_bytes(b"\x8c\x76\x89\xe6.png");
    fs::write(place.input().join(name), picture()).unwrap();
    place.clean().assert().code(0);
    assert_eq!(place.outputs(), ["計画.png"]);
}

#[test]
fn what_exists_stays_unless_overwrite_is_given() {
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[("a.png", &picture()), ("b.png", &picture())]);
    fs::create_dir(place.output()).unwrap();
    fs::write(place.output().join("a.png"), "mine").unwrap();
    let done = place.clean().output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stdout(&done).contains("exists already; --overwrite replaces it"));
    assert_eq!(fs::read(place.output().join("a.png")).unwrap(), b"mine");
    assert!(place.output().join("b.png").exists(), "the other file is delivered");

    place.clean().arg("--overwrite").assert().code(0);
    assert_ne!(fs::read(place.output().join("a.png")).unwrap(), b"mine");
}

#[test]
fn an_input_is_never_replaced() {
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[("a.png", &picture())]);
    let input = place.input().join("a.png");
    let before = fs::read(&input).unwrap();
    let done =
        sanitize().arg("clean").arg(&input).arg("-o").arg(place.input()).arg("--overwrite").output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(stdout(&done).contains("would replace an input"), "{}", stdout(&done));
    assert_eq!(fs::read(&input).unwrap(), before);
}

#[test]
fn a_dry_run_writes_nothing() {
    let place = Place::new(&[("a.png", &picture())]);
    let done = place.clean().arg("--dry-run").output().unwrap();
    assert!(!place.output().exists());
    assert!(stdout(&done).contains("1 files: ") && stderr(&done).contains("nothing was written"));
    sanitize().arg("clean").arg(place.input()).arg("--dry-run").assert().code(done.status.code().unwrap());
}

#[test]
fn ndjson_is_one_line_per_file_on_standard_output() {
    let place = Place::new(&[("a.png", &picture()), ("b.bin", b"\0\x01\x02")]);
    let done = place.clean().args(["--report", "ndjson"]).output().unwrap();
    let text = stdout(&done);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[0]["path"].as_str().unwrap().ends_with("a.png"));
    assert!(stderr(&done).contains("2 files: "), "the summary makes way");
    assert!(!place.output().join("sanitize-report.json").exists());
}

#[test]
fn reports_go_where_they_are_sent_or_nowhere() {
    let place = Place::new(&[("下/a.png", &picture())]);
    let reports = place.path().join("reports");
    place.clean().arg("--report-dir").arg(&reports).output().unwrap();
    assert_eq!(below(&reports), ["sanitize-report.json", "下/a.png.report.json"]);
    assert!(below(&place.output()).iter().all(|path| !path.ends_with(".json")));

    fs::remove_dir_all(place.output()).unwrap();
    place.clean().args(["--report", "none"]).output().unwrap();
    assert!(below(&place.output()).iter().all(|path| !path.ends_with(".json")));
}

#[test]
fn a_second_run_leaves_the_first_report() {
    let place = Place::new(&[("b.bin", b"\0\x01\x02")]);
    place.clean().assert().code(1);
    place.clean().assert().code(1);
    let reports = below(&place.output());
    assert!(reports.contains(&"sanitize-report (2).json".to_owned()), "{reports:?}");
    assert!(reports.contains(&"b.bin (2).report.json".to_owned()), "{reports:?}");
}

#[test]
fn standard_input_goes_to_standard_output() {
    if !rebuilds(PNG) {
        return;
    }
    let done = sanitize().args(["clean", "-", "--name", "a.png"]).write_stdin(picture()).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert!(done.stdout.starts_with(b"\x89PNG") && done.stderr.is_empty());

    let done = sanitize().args(["clean", "-", "--report", "json"]).write_stdin(picture()).output().unwrap();
    let entry: serde_json::Value = serde_json::from_str(&stderr(&done)).unwrap();
    assert_eq!(entry["report"]["output"]["format"], "png");

    let place = Place::new(&[]);
    let mut command = sanitize();
    command.args(["clean", "-", "--name", "a.png", "--report-dir"]).arg(place.output());
    let done = command.write_stdin(picture()).output().unwrap();
    assert!(done.stderr.is_empty());
    assert_eq!(below(&place.output()), ["a.png.report.json"]);
}

#[test]
fn a_rejected_standard_input_gives_no_output() {
    let done = sanitize().args(["clean", "-"]).write_stdin(&b"\0\x01\x02"[..]).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(done.stdout.is_empty() && stderr(&done).contains("not supported"));
    sanitize().args(["clean", "-", "a"]).assert().code(2);
    sanitize().args(["clean", "-", "-o", "x"]).assert().code(2);
    sanitize().args(["clean", "a", "-o", "x", "--name", "b"]).assert().code(2);
}

#[test]
fn a_single_file_and_several_paths_are_taken() {
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[("a.png", &picture()), ("下/a.png", &picture())]);
    let mut command = sanitize();
    command
        .arg("clean")
        .arg(place.input().join("a.png"))
        .arg(place.input().join("下"))
        .arg("-o")
        .arg(place.output());
    command.args(["--jobs", "4", "--sync"]).assert().code(0);
    assert_eq!(place.outputs(), ["a (2).png", "a.png"], "two paths may hold the same name");
}

#[test]
fn quiet_prints_nothing_and_progress_prints_a_line_per_file() {
    let place = Place::new(&[("a.png", &picture()), ("b.png", &picture())]);
    let done = place.clean().arg("--quiet").output().unwrap();
    assert!(done.stdout.is_empty() && done.stderr.is_empty());
    let done = place.clean().args(["--overwrite", "--progress", "always"]).output().unwrap();
    assert!(stderr(&done).contains("[2/2] b.png"), "{}", stderr(&done));
    let done = place.clean().args(["--overwrite", "--progress", "never"]).output().unwrap();
    assert!(done.stderr.is_empty());
}

#[test]
fn the_summary_speaks_japanese_when_asked() {
    let place = Place::new(&[("b.bin", b"\0\x01\x02")]);
    let asked = place.clean().args(["--lang", "ja"]).output().unwrap();
    assert!(stdout(&asked).contains("拒否") && stdout(&asked).contains("1 件"));
    let by_locale = place.clean().env("LC_ALL", "ja_JP.UTF-8").output().unwrap();
    assert!(stdout(&by_locale).contains("拒否"));
    let english = place.clean().env("LC_ALL", "ja_JP.UTF-8").args(["--lang", "en"]).output().unwrap();
    assert!(stdout(&english).contains("rejected"));
}

#[cfg(target_os = "linux")]
#[test]
fn the_mark_of_the_web_is_kept_without_its_addresses() {
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[("a.png", &picture())]);
    let mark = b"[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://example.invalid/\r\n";
    if xattr::set(place.input().join("a.png"), "user.Zone.Identifier", mark).is_err() {
        common::skipped("this file system has no user attributes");
        return;
    }
    place.clean().assert().code(0);
    let kept = xattr::get(place.output().join("a.png"), "user.Zone.Identifier").unwrap();
    assert_eq!(kept.as_deref(), Some(&b"[ZoneTransfer]\r\nZoneId=3\r\n"[..]));
}

#[cfg(unix)]
#[test]
fn outputs_are_readable_as_the_umask_says() {
    use std::os::unix::fs::PermissionsExt;
    if !rebuilds(PNG) {
        return;
    }
    let place = Place::new(&[("a.png", &picture())]);
    place.clean().assert().code(0);
    let reference = place.path().join("reference");
    fs::write(&reference, "").unwrap();
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&place.output().join("a.png")), mode(&reference));
}

#[test]
fn an_empty_folder_is_no_error() {
    Place::new(&[]).clean().assert().code(0);
}

#[test]
fn text_keeps_its_japanese_name_and_content() {
    if !rebuilds(TXT) {
        return;
    }
    let place = Place::new(&[("お知らせ.txt", "予算について\r\n".as_bytes())]);
    place.clean().assert().code(0);
    assert_eq!(fs::read(place.output().join("お知らせ.txt")).unwrap(), "予算について\r\n".as_bytes());
}
