use std::{ffi::OsStr, fmt::Write as _, path::PathBuf};

use serde_json::json;

use crate::{Outcome, root, say, tools};

#[derive(clap::Args)]
pub struct Arguments {
    /// Benign files, one folder per format [default: ../shared/corpus/benign].
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Only these formats, by the names of their folders.
    #[arg(long, value_delimiter = ',', default_value = "eml,msg,tnef")]
    formats: Vec<String>,
    /// Folder for the table [default: target/mails].
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Cleans benign mails in one batch, and has other mail programs compare what a reader sees of them before and
/// after. Fails where less than 98 of 100 are delivered and read alike by each of them.
pub fn run(arguments: &Arguments) -> Outcome {
    let command = tools::released()?;
    let corpus = arguments.corpus.clone().unwrap_or_else(|| root().join("../shared/corpus/benign"));
    let out = arguments.out.clone().unwrap_or_else(|| root().join("target/mails"));
    let mut lines = String::new();
    for format in &arguments.formats {
        let files = tools::files_below(&corpus.join(format));
        if files.is_empty() {
            say(&format!("no files of {format} in {}", corpus.display()));
            continue;
        }
        let entries = tools::clean(&command, &files, &out.join("clean").join(format))?;
        for file in &files {
            let entry =
                entries.get(file).ok_or_else(|| format!("the command said nothing of {}", file.display()))?;
            let pair = json!({ "format": format, "input": file, "output": entry.output });
            let _ = writeln!(lines, "{pair}");
        }
    }
    if lines.is_empty() {
        return Err(format!("{} holds no mails to compare", corpus.display()));
    }
    let list = out.join("pairs.jsonl");
    std::fs::write(&list, lines).map_err(|error| format!("{}: {error}", list.display()))?;
    let words = [list.as_os_str(), OsStr::new("--out"), out.as_os_str()];
    match tools::judge("mails.py", &words)? {
        true => Ok(()),
        false => Err("a mail is not what it was".to_owned()),
    }
}
