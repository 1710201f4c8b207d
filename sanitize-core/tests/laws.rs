//! The laws of the engine, over every sample and a part of the shared corpus.
//!
//! Each test is one law of `ARCHITECTURE.md`. None of them knows a format.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use sanitize_core::{Action, Cancel, Input, Limits, Outcome, Policy, Preset, Sanitizer, Verdict, threats};

/// An input and the name it comes under.
struct Case {
    name: String,
    bytes: Vec<u8>,
}

/// The samples the project makes, and the smaller files of the shared corpus where it is there.
fn cases() -> Vec<Case> {
    let samples = sanitize_corpus::tryout::files();
    let mut cases: Vec<Case> =
        samples.into_iter().map(|file| Case { name: file.path, bytes: file.bytes }).collect();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !corpus.is_dir() {
        skipped("the shared corpus is not there");
        return cases;
    }
    for kind in ["benign", "malicious", "broken"] {
        for folder in sorted(&corpus.join(kind)) {
            let small = sorted(&folder).into_iter().filter(|path| {
                fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() < SMALL)
            });
            for path in small.take(PER_FOLDER) {
                let name = path.file_name().unwrap().to_string_lossy().into_owned();
                cases.push(Case { name, bytes: fs::read(&path).unwrap() });
            }
        }
    }
    cases
}

/// Files of the shared corpus that are taken: small ones, a few of each format, so that the laws take seconds.
const SMALL: u64 = 60_000;
const PER_FOLDER: usize = 4;

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[expect(clippy::print_stdout, reason = "a test that is left out says so")]
fn skipped(why: &str) {
    println!("skipped: {why}");
}

fn sanitizer(preset: Preset, threads: usize) -> Sanitizer {
    Sanitizer::builder().policy(Policy::preset(preset)).threads(threads).build().unwrap()
}

fn with_limits(limits: Limits) -> Sanitizer {
    Sanitizer::builder().limits(limits).build().unwrap()
}

fn run(sanitizer: &Sanitizer, name: &str, bytes: &[u8]) -> Outcome {
    sanitizer.sanitize(Input::new(bytes).named(name))
}

fn rejection(outcome: &Outcome) -> Option<&'static str> {
    match outcome.report().verdict() {
        Verdict::Rejected(rejection) => Some(rejection.reason),
        _ => None,
    }
}

/// The deepest nesting needs a stack of its own, as `docs/embedding.md` asks of every host.
fn on_a_large_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(16 << 20).spawn(test).unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

#[test]
fn law_1_a_run_that_ends_early_gives_no_bytes() {
    on_a_large_stack(|| {
        let cancel = Cancel::new();
        cancel.cancel();
        let sanitizer = sanitizer(Preset::Default, 1);
        for case in cases() {
            let outcome =
                sanitizer.sanitize(Input::new(&case.bytes).named(&case.name).cancel(cancel.clone()));
            assert_eq!(rejection(&outcome), Some("limit"), "{}", case.name);
            assert!(outcome.bytes().is_none() && outcome.report().output().is_none());
        }
    });
}

#[test]
fn law_3_what_is_reported_is_what_is_delivered() {
    on_a_large_stack(|| {
        let sanitizer = sanitizer(Preset::Default, 1);
        for case in cases() {
            let outcome = run(&sanitizer, &case.name, &case.bytes);
            let output = outcome.report().output();
            assert_eq!(outcome.bytes().map(|bytes| bytes.len() as u64), output.map(|output| output.bytes));
            assert_eq!(outcome.bytes().is_none(), rejection(&outcome).is_some(), "{}", case.name);
        }
    });
}

#[test]
fn law_4_cleaning_clean_output_changes_nothing() {
    on_a_large_stack(|| {
        for preset in Preset::ALL {
            let sanitizer = sanitizer(preset, 1);
            for case in cases() {
                let Outcome::Delivered { bytes, report } = run(&sanitizer, &case.name, &case.bytes) else {
                    continue;
                };
                let output = report.output().unwrap();
                let format = output.format.unwrap_or_default();
                let again = run(&sanitizer, &output.name, &bytes);
                assert_eq!(
                    again.report().verdict(),
                    Verdict::Clean,
                    "{}: {}",
                    case.name,
                    again.report().to_json()
                );
                assert!(again.bytes() == Some(&bytes), "{} ({format}) under {}", case.name, preset.word());
            }
        }
    });
}

#[test]
fn law_5_threads_change_neither_bytes_nor_report() {
    on_a_large_stack(|| {
        let (one, four) = (sanitizer(Preset::Default, 1), sanitizer(Preset::Default, 4));
        for case in cases() {
            let (a, b) = (run(&one, &case.name, &case.bytes), run(&four, &case.name, &case.bytes));
            assert_eq!(a.report().to_json(), b.report().to_json());
            assert!(a.bytes() == b.bytes(), "{}", case.name);
        }
    });
}

#[test]
fn law_6_a_limit_rejects_or_does_not_matter() {
    on_a_large_stack(|| {
        let free = sanitizer(Preset::Default, 1);
        let limits = Limits::default;
        let tight = [
            Limits { input_bytes: 10, ..limits() },
            Limits { expanded_bytes: 100, ..limits() },
            Limits { buffer_bytes: 100, ..limits() },
            Limits { members: 1, ..limits() },
            Limits { objects: 3, ..limits() },
            Limits { pixels: 10, ..limits() },
            Limits { depth: 1, ..limits() },
            Limits { xml_depth: 2, ..limits() },
            Limits { expansion_ratio: 1, expansion_ratio_from: 0, ..limits() },
        ];
        for case in cases() {
            let expected = run(&free, &case.name, &case.bytes);
            for limits in &tight {
                let outcome = run(&with_limits(limits.clone()), &case.name, &case.bytes);
                let unchanged = outcome.bytes() == expected.bytes() && outcome.bytes().is_some();
                // A picture over the limit is refused by itself; what holds it goes on without it and says so.
                let picture = outcome.report().findings().iter().any(|finding| {
                    finding.threat.id == "img.dimension-bomb" && finding.action == Action::Refuse
                });
                assert!(
                    unchanged || picture || rejection(&outcome).is_some(),
                    "{} under {limits:?}",
                    case.name
                );
            }
        }
    });
}

#[test]
fn law_7_every_finding_is_in_the_catalogue_and_every_rejection_is_a_finding() {
    on_a_large_stack(|| {
        let known: BTreeSet<&str> = threats().iter().map(|threat| threat.id).collect();
        for preset in Preset::ALL {
            let sanitizer = sanitizer(preset, 1);
            for case in cases() {
                let outcome = run(&sanitizer, &case.name, &case.bytes);
                let report = outcome.report();
                for finding in report.findings() {
                    assert!(known.contains(finding.threat.id), "{}: {}", case.name, finding.threat.id);
                    let root = case.name.split('/').next().unwrap_or_default();
                    assert!(
                        finding.place.to_string().starts_with(root) && finding.count > 0,
                        "{}",
                        finding.place
                    );
                }
                if let Verdict::Rejected(rejection) = report.verdict() {
                    let refused = report.findings().iter().any(|finding| {
                        finding.action == Action::Refuse && finding.threat.id == rejection.threat
                    });
                    assert!(refused, "{}: {}", case.name, report.to_json());
                }
            }
        }
    });
}

/// `bytes` with something wrong: cut, a byte changed, a piece left out, a piece doubled. The same for the same
/// number, spread over the file.
fn damaged(bytes: &[u8], number: usize) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    let at = number.wrapping_mul(2_654_435_761) % bytes.len().max(1);
    match number % 4 {
        0 => damaged.truncate(at),
        1 => damaged[at] ^= [0xff, 0x01, 0x80, 0x20][number / 4 % 4],
        2 => drop(damaged.drain(at..(at + 7).min(bytes.len()))),
        _ => drop(damaged.splice(at..at, bytes[..16.min(bytes.len())].to_vec())),
    }
    damaged
}

#[test]
fn law_8_no_damage_makes_the_engine_fail() {
    on_a_large_stack(|| {
        let sanitizer = sanitizer(Preset::Default, 1);
        for case in sanitize_corpus::tryout::files().iter().filter(|file| !file.bytes.is_empty()) {
            for number in 0..60 {
                let input = damaged(&case.bytes, number);
                let outcome = run(&sanitizer, &case.path, &input);
                assert_ne!(rejection(&outcome), Some("internal"), "{} damaged by {number}", case.path);
            }
        }
        for case in cases() {
            let outcome = run(&sanitizer, &case.name, &case.bytes);
            let report = outcome.report().to_json();
            assert_ne!(rejection(&outcome), Some("internal"), "{}: {report}", case.name);
        }
    });
}
