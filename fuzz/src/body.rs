//! What must hold of any file at all, under the limits of production. Panics where it does not.

use std::sync::OnceLock;

use sanitize_core::{Input, Limits, Outcome, Policy, Preset, Sanitizer, Verdict, safe_name};
use sanitize_corpus::fuzz::survives;

/// Asks everything of the engine that can be asked without knowing what the file is.
pub fn check(name: &str, bytes: &[u8], planted: bool) {
    match name {
        "policy.toml" => check_policy(bytes),
        "name" => check_name(bytes),
        _ => check_file(name, bytes, planted),
    }
}

struct Engine {
    /// The default policy on this thread, the default policy on two more, the strict policy.
    default: Sanitizer,
    threaded: Sanitizer,
    strict: Sanitizer,
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| {
        let of = |preset, threads| {
            let builder = Sanitizer::builder().policy(Policy::preset(preset)).threads(threads);
            builder.build().expect("threads for a pool")
        };
        Engine {
            default: of(Preset::Default, 1),
            threaded: of(Preset::Default, 2),
            strict: of(Preset::Strict, 1),
        }
    })
}

fn check_file(name: &str, bytes: &[u8], planted: bool) {
    let engine = engine();
    let first = run(&engine.default, name, bytes);
    judge(&engine.default, bytes, &first, planted);
    // The costlier questions are asked of a part of the files, always the same ones.
    match bytes.iter().fold(bytes.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)))
        % 8
    {
        0 => same(&first, &run(&engine.threaded, name, bytes)),
        1 => same(&first, &run(&engine.default, name, bytes)),
        2 => judge(&engine.strict, bytes, &run(&engine.strict, name, bytes), planted),
        _ => (),
    }
}

fn run(sanitizer: &Sanitizer, name: &str, bytes: &[u8]) -> Outcome {
    sanitizer.sanitize(Input::new(bytes).named(name))
}

/// The reason of a rejection.
fn reason(outcome: &Outcome) -> Option<&'static str> {
    match outcome.report().verdict() {
        Verdict::Rejected(rejection) => Some(rejection.reason),
        _ => None,
    }
}

/// Time that ran out says nothing of the file on a machine that does other things too.
fn ran_out_of_time(outcome: &Outcome) -> bool {
    outcome.report().to_json().contains("limit reached: time")
}

fn judge(sanitizer: &Sanitizer, input: &[u8], outcome: &Outcome, planted: bool) {
    let report = outcome.report();
    let json = report.to_json();
    let (used, limits) = (report.used(), Limits::default());
    match outcome {
        Outcome::Rejected { .. } => {
            assert_ne!(reason(outcome), Some("internal"), "the engine failed: {json}");
            assert!(report.output().is_none(), "a rejection with an output: {json}");
        }
        Outcome::Delivered { bytes, .. } => {
            let within = used.expanded_bytes <= limits.expanded_bytes
                && used.members <= limits.members
                && used.objects <= limits.objects;
            assert!(within, "delivered over the budget: {json}");
            let Some(facts) = report.output() else { panic!("an output without facts: {json}") };
            // A file that came under the name of another type leaves under its own, its bytes as they were.
            let given = &report.input().extension;
            let renamed = !given.is_empty() && *given != facts.extension;
            let clean = report.verdict() == Verdict::Clean;
            assert!(clean || renamed || input != &bytes[..], "changed, they say, yet the same: {json}");
            let again = run(sanitizer, &facts.name, bytes);
            if !ran_out_of_time(&again) {
                let second = again.report().to_json();
                assert!(
                    again.report().verdict() == Verdict::Clean,
                    "not clean when cleaned: {json}\n{second}"
                );
                assert!(again.bytes() == Some(bytes), "other bytes when cleaned again: {json}\n{second}");
            }
            assert!(!planted || !survives(bytes), "what was planted got out: {json}");
        }
    }
}

/// Two runs over one file.
fn same(one: &Outcome, other: &Outcome) {
    if ran_out_of_time(one) || ran_out_of_time(other) {
        return;
    }
    assert_eq!(one.report().to_json(), other.report().to_json(), "two reports on one file");
    assert!(one.bytes() == other.bytes(), "two outputs of one file: {}", one.report().to_json());
}

/// A policy is read or not; one that is read comes back from its own words.
fn check_policy(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(policy) = Policy::from_toml(text) {
        let again = Policy::from_toml(&policy.to_toml()).expect("a policy reads what it writes");
        assert_eq!(again.fingerprint(), policy.fingerprint(), "{text}");
    }
    if let Ok(policy) = Policy::from_json(text) {
        let again = Policy::from_json(&policy.to_json()).expect("a policy reads what it writes");
        assert_eq!(again.fingerprint(), policy.fingerprint(), "{text}");
    }
}

/// A safe name is one, stays one, and leads nowhere.
fn check_name(bytes: &[u8]) {
    let name = String::from_utf8_lossy(bytes);
    let safe = safe_name(&name);
    assert!(!safe.is_empty() && safe != "." && safe != "..", "{name:?} gives {safe:?}");
    assert!(safe.len() <= 255, "{} bytes", safe.len());
    let bad = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    assert!(!safe.contains(bad), "{name:?} gives {safe:?}");
    assert_eq!(safe_name(&safe), safe, "{name:?}");
}
