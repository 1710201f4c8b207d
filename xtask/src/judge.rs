use std::{ffi::OsStr, fmt::Write as _, path::PathBuf};

use serde_json::json;

use crate::{Outcome, corpus, root, say, tools};

#[derive(clap::Args)]
pub struct Arguments {
    /// Only samples whose name begins with one of these; the table is not written then.
    #[arg(long, value_delimiter = ',')]
    ids: Vec<String>,
}

/// Cleans every planted file with the released command, twice, and has the judges look at input and output.
pub fn run(arguments: &Arguments) -> Outcome {
    let command = tools::released()?;
    let samples = corpus::chosen(&arguments.ids);
    let folder = tools::fresh_folder("judge")?;
    let given = folder.join("in");
    corpus::write(&samples, &given)?;
    let paths: Vec<PathBuf> = samples.iter().map(|sample| given.join(sample.name())).collect();
    say(&format!("cleaning {} samples …", samples.len()));
    let first = tools::clean(&command, &paths, &folder.join("out"))?;
    let outputs: Vec<PathBuf> = first.values().filter_map(|entry| entry.output.clone()).collect();
    let second = match outputs.as_slice() {
        [] => std::collections::BTreeMap::new(),
        outputs => tools::clean(&command, outputs, &folder.join("again"))?,
    };

    let mut cases = String::new();
    for (sample, path) in samples.iter().zip(&paths) {
        let entry =
            first.get(path).ok_or_else(|| format!("the command said nothing of {}", path.display()))?;
        let (same_twice, note) = match &entry.output {
            None => (true, String::new()),
            Some(output) => compare(output, second.get(output)),
        };
        let marks = sample.marks();
        let case = json!({
            "id": sample.id,
            "name": sample.name(),
            "expect": sample.expect.word(),
            "marker": sample.kill_marker.word(),
            "must_keep": sample.keep,
            "also": sample.also,
            "kill": marks.kill,
            "keep": marks.keep,
            "host": marks.host,
            "input": path,
            "output": entry.output,
            "verdict": entry.verdict,
            "report": entry.report,
            "same_twice": same_twice,
            "second": note,
        });
        let _ = writeln!(cases, "{case}");
    }
    let list = folder.join("cases.jsonl");
    std::fs::write(&list, cases).map_err(|error| format!("{}: {error}", list.display()))?;

    let table = match arguments.ids.as_slice() {
        [] => root().join("docs/coverage.md"),
        _ => folder.join("coverage.md"),
    };
    let catalogue = root().join("../shared/threats.toml");
    let mut words: Vec<&OsStr> = vec![list.as_os_str(), OsStr::new("--table"), table.as_os_str()];
    if catalogue.exists() {
        words.extend([OsStr::new("--catalogue"), catalogue.as_os_str()]);
    }
    say("judging …");
    if tools::judge("judge.py", &words)? { Ok(()) } else { Err(format!("holes; see {}", table.display())) }
}

/// Whether the second pass changed nothing, and what it did otherwise.
fn compare(output: &std::path::Path, second: Option<&tools::Entry>) -> (bool, String) {
    let Some(second) = second else { return (false, "not cleaned again".to_owned()) };
    let Some(again) = &second.output else {
        let reason = second.report.pointer("/reason/message").map(ToString::to_string).unwrap_or_default();
        return (false, format!("{} {reason}", second.verdict));
    };
    if std::fs::read(output).ok() != std::fs::read(again).ok() {
        return (false, "other bytes".to_owned());
    }
    match second.verdict.as_str() {
        "clean" => (true, String::new()),
        verdict => {
            let threats: Vec<&str> = second
                .report
                .get("findings")
                .and_then(|findings| findings.as_array())
                .into_iter()
                .flatten()
                .filter(|finding| finding.get("action").and_then(|action| action.as_str()) != Some("keep"))
                .filter_map(|finding| finding.get("threat").and_then(|threat| threat.as_str()))
                .collect();
            (false, format!("{verdict}: {}", threats.join(", ")))
        }
    }
}
