use std::fmt::Write;

use sanitize_core::{Severity, threats};

use super::cell;

/// `docs/threats.md`: the catalogue by area.
pub fn document() -> String {
    let all = threats();
    let mut text = format!(
        "# Threats\n\n\
         Everything the engine reports by name, {} ids. `cargo xtask docs` writes this file from the tables in the code.\n\
         What is done about a threat is decided by the policy through its kind: see [policy.md](policy.md).\n\
         Ids are stable: [threats.lock](threats.lock) holds every one ever issued, and none is used for another thing.\n",
        all.len()
    );
    let mut area = "";
    for threat in all {
        let of = threat.id.split('.').next().unwrap_or_default();
        if of != area {
            area = of;
            let _infallible =
                write!(text, "\n## {area}\n\n| id | severity | kind | what it is |\n|---|---|---|---|\n");
        }
        let severity = match threat.severity {
            Severity::High => "high",
            Severity::Medium => "medium",
            Severity::Low => "low",
            Severity::Info => "info",
        };
        let (id, kind, summary) = (threat.id, threat.kind.word(), cell(threat.summary));
        let _infallible = writeln!(text, "| `{id}` | {severity} | `{kind}` | {summary} |");
    }
    text
}
