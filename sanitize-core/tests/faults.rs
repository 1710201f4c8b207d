//! Limits at every value: whatever a run may use, it gives what it gives without a limit, or nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use sanitize_core::{Action, Cancel, Input, Limits, Outcome, Sanitizer, Verdict};
use sanitize_corpus::{Marks, office, pdf, pictures};

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let marks = Marks::new("faults");
    let document = office::docx::with_picture(&marks).zip();
    let archive = sanitize_corpus::zip::Archive::of([
        sanitize_corpus::zip::Member::new("a.docx", &document),
        sanitize_corpus::zip::Member::new("b.csv", b"a,=1+1\r\n"),
    ]);
    vec![
        ("a.docx", document),
        ("a.xlsx", office::xlsx::xlsx(&marks).zip()),
        ("a.pptx", office::pptx::with_picture(&marks).zip()),
        ("a.zip", archive.build()),
        ("a.pdf", pdf::Page::new(&marks).file()),
        ("a.png", pictures::rgb_png(&[])),
        ("a.jpg", pictures::jpeg(&[], b"")),
        ("a.gif", pictures::gif(b"", 3, b"")),
        ("a.csv", "名,値\r\n=1+1,2\r\n".as_bytes().to_vec()),
        ("a.txt", b"\x82\xa0\x1b[31m\r\n".to_vec()),
    ]
}

fn run(limits: Limits, threads: usize, name: &str, bytes: &[u8]) -> Outcome {
    let sanitizer = Sanitizer::builder().limits(limits).threads(threads).build().unwrap();
    sanitizer.sanitize(Input::new(bytes).named(name))
}

/// Up to `most` values below `end`, the lowest and the highest among them.
fn values(end: u64, most: u64) -> Vec<u64> {
    let step = (end / most).max(1);
    let mut values: Vec<u64> = (0..end).step_by(step as usize).chain([end.saturating_sub(1), end]).collect();
    values.extend(0..end.min(8));
    values.sort_unstable();
    values.dedup();
    values
}

/// One limit at a value.
type Tight = fn(u64) -> Limits;

#[test]
fn a_limit_at_any_value_rejects_or_changes_nothing() {
    let all = Limits::default;
    let mut tripped = 0;
    let mut broken = Vec::new();
    for (name, bytes) in files() {
        let free = run(all(), 1, name, &bytes);
        let whole = free.bytes().unwrap_or_else(|| panic!("{name}: {}", free.report().to_json())).to_vec();
        let used = free.report().used();
        let limits: [(&str, u64, Tight); 9] = [
            ("input-bytes", bytes.len() as u64, |n| Limits { input_bytes: n, ..Limits::default() }),
            ("expanded-bytes", used.expanded_bytes, |n| Limits { expanded_bytes: n, ..Limits::default() }),
            ("members", used.members, |n| Limits { members: n, ..Limits::default() }),
            ("objects", used.objects, |n| Limits { objects: n, ..Limits::default() }),
            ("buffer-bytes", used.expanded_bytes, |n| Limits { buffer_bytes: n, ..Limits::default() }),
            ("depth", 3, |n| Limits { depth: n as u32, ..Limits::default() }),
            ("xml-depth", 24, |n| Limits { xml_depth: n as u32, ..Limits::default() }),
            ("pixels", 160, |n| Limits { pixels: n, ..Limits::default() }),
            ("frames", 4, |n| Limits { frames: n as u32, ..Limits::default() }),
        ];
        for (limit, end, tight) in limits {
            for value in values(end, 24) {
                for threads in [1, 3] {
                    let outcome = run(tight(value), threads, name, &bytes);
                    let report = outcome.report();
                    // A picture over its limit is left out by itself, and the report says so.
                    let is_said = report.findings().iter().any(|finding| {
                        finding.threat.id == "img.dimension-bomb" && finding.action == Action::Refuse
                    });
                    match (outcome.bytes(), report.verdict()) {
                        (None, Verdict::Rejected(_)) => tripped += 1,
                        (Some(some), _) if some == whole || is_said => (),
                        (_, verdict) => broken.push(format!("{name}: {limit} of {value}: {verdict:?}")),
                    }
                }
            }
        }
        // What was used is what is needed: with exactly that, nothing changes.
        let enough = Limits {
            expanded_bytes: used.expanded_bytes,
            members: used.members,
            objects: used.objects,
            ..all()
        };
        if run(enough, 1, name, &bytes).bytes() != Some(&whole[..]) {
            broken.push(format!("{name}: not delivered with what it used"));
        }
    }
    assert!(tripped > 200, "only {tripped} limits tripped");
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn a_run_cancelled_at_any_moment_gives_all_or_nothing() {
    let marks = Marks::new("faults");
    let document = office::docx::with_picture(&marks).zip();
    let sanitizer = Sanitizer::builder().threads(2).build().unwrap();
    let whole = sanitizer.sanitize(Input::new(&document).named("a.docx")).bytes().unwrap().to_vec();
    for pause in 0..60_u64 {
        let cancel = Cancel::new();
        let other = cancel.clone();
        let canceller = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_micros(pause * pause * 8));
            other.cancel();
        });
        let outcome = sanitizer.sanitize(Input::new(&document).named("a.docx").cancel(cancel));
        canceller.join().unwrap();
        match (outcome.bytes(), outcome.report().verdict()) {
            (Some(bytes), _) => assert!(bytes == whole),
            (None, Verdict::Rejected(rejection)) => assert_eq!(rejection.reason, "limit"),
            (None, verdict) => panic!("{verdict:?}"),
        }
    }
}
