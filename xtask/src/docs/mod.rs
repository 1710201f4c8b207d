//! Documents made from the code, committed so that they can be read without building anything, and compared
//! by a test so that they stay true.

mod lock;
mod policy;
mod threats;

use std::{fs, path::PathBuf};

use crate::{Outcome, fuzz, root, say};

#[derive(clap::Args)]
pub struct Arguments {
    /// Compare instead of writing; fails when a document is not current.
    #[arg(long)]
    check: bool,
}

/// Writes or compares every document.
pub fn run(arguments: &Arguments) -> Outcome {
    let mut stale = Vec::new();
    for (path, text) in documents()? {
        let shown = path.strip_prefix(root()).unwrap_or(&path).display().to_string();
        if fs::read_to_string(&path).is_ok_and(|committed| committed == text) {
            continue;
        }
        if arguments.check {
            stale.push(shown);
        } else {
            fs::write(&path, text).map_err(|error| format!("{shown}: {error}"))?;
            say(&format!("wrote {shown}"));
        }
    }
    match stale.is_empty() {
        true => Ok(()),
        false => Err(format!("not current, run `cargo xtask docs`: {}", stale.join(", "))),
    }
}

/// Writes every document that is not current.
pub fn write() -> Outcome {
    run(&Arguments { check: false })
}

/// Every document with the text it should have.
fn documents() -> Result<Vec<(PathBuf, String)>, String> {
    let docs = root().join("docs");
    let read = |name: &str| {
        let path = docs.join(name);
        fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    };
    let schema = serde_json::to_string_pretty(&sanitize_core::policy::schema());
    Ok(vec![
        (docs.join("threats.md"), threats::document()),
        (docs.join("threats.lock"), lock::extended(&read("threats.lock").unwrap_or_default())?),
        (docs.join("policy.md"), policy::document(&read("policy.md")?)?),
        (docs.join("fuzzing.md"), between(&read("fuzzing.md")?, "ledger", &fuzz::ledger::table()?)?),
        (docs.join("policy.schema.json"), schema.map_err(|error| error.to_string())? + "\n"),
    ])
}

/// `text` with `generated` between the markers called `name`, in place of what stood there.
fn between(text: &str, name: &str, generated: &str) -> Result<String, String> {
    let (open, close) = (format!("<!-- generated: {name} -->\n"), "<!-- end -->");
    let (head, rest) = text.split_once(&open).ok_or_else(|| format!("no marker {}", open.trim()))?;
    let (_, tail) = rest.split_once(close).ok_or_else(|| format!("nothing ends {}", open.trim()))?;
    Ok(format!("{head}{open}{generated}{close}{tail}"))
}

/// A cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn committed_documents_are_current() {
        run(&Arguments { check: true }).unwrap();
    }

    #[test]
    fn only_what_stands_between_the_markers_is_replaced() {
        let text = "a\n<!-- generated: x -->\nold\n<!-- end -->\nb\n";
        assert_eq!(between(text, "x", "new\n").unwrap(), "a\n<!-- generated: x -->\nnew\n<!-- end -->\nb\n");
        assert!(between(text, "y", "").is_err());
    }
}
