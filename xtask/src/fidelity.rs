use std::{ffi::OsStr, fmt::Write as _, path::PathBuf};

use serde_json::json;

use crate::{Outcome, root, say, tools};

#[derive(clap::Args)]
pub struct Arguments {
    /// Benign files, one folder per format [default: ../shared/corpus/benign].
    #[arg(long)]
    corpus: Option<PathBuf>,
    /// Only the generated checklist of what Japanese offices write, which otherwise comes before the benign files.
    #[arg(long)]
    japanese: bool,
    /// Only this many files of each format, taken evenly.
    #[arg(long)]
    sample: Option<usize>,
    /// Only these formats, by the names of their folders.
    #[arg(long, value_delimiter = ',')]
    formats: Vec<String>,
    /// Folder for the page and the tables [default: target/fidelity].
    #[arg(long)]
    out: Option<PathBuf>,
}

const FORMATS: &str = "docx docm dotx dotm xlsx xlsm xltx xltm pptx pptm potx potm ppsx ppsm pdf zip jpg png gif bmp tiff webp ico";

/// Cleans benign files in one batch, renders them before and after, and prints how alike they are.
///
/// Renders are kept in `target/fidelity-cache` by the SHA-256 of the file, so that only what changed is
/// rendered again.
pub fn run(arguments: &Arguments) -> Outcome {
    let command = tools::released()?;
    let corpus = arguments.corpus.clone().unwrap_or_else(|| root().join("../shared/corpus/benign"));
    let formats: Vec<String> = match arguments.formats.as_slice() {
        [] => FORMATS.split(' ').map(str::to_owned).collect(),
        formats => formats.to_vec(),
    };
    let out = arguments.out.clone().unwrap_or_else(|| root().join("target/fidelity"));
    let _ = std::fs::remove_dir_all(&out);
    let checklist = checklist(&out.join("japanese"))?;
    let mut lines = String::new();
    for format in &formats {
        let mut files = match arguments.japanese {
            true => Vec::new(),
            false => sampled(tools::files_below(&corpus.join(format)), arguments.sample),
        };
        files.extend(checklist.iter().filter(|path| path.extension() == Some(OsStr::new(format))).cloned());
        if files.is_empty() && arguments.japanese {
            continue;
        }
        if files.is_empty() {
            say(&format!("no files of {format} in {}", corpus.display()));
            continue;
        }
        let entries = tools::clean(&command, &files, &out.join("clean").join(format))?;
        for file in &files {
            let entry =
                entries.get(file).ok_or_else(|| format!("the command said nothing of {}", file.display()))?;
            let pair = json!({
                "format": format,
                "input": file,
                "output": entry.output,
                "verdict": entry.verdict,
                "report": entry.report,
            });
            let _ = writeln!(lines, "{pair}");
        }
    }
    if lines.is_empty() {
        return Err(format!("{} holds no files to compare", corpus.display()));
    }
    let list = out.join("pairs.jsonl");
    std::fs::write(&list, lines).map_err(|error| format!("{}: {error}", list.display()))?;
    let cache = root().join("target/fidelity-cache");
    let words =
        [list.as_os_str(), OsStr::new("--cache"), cache.as_os_str(), OsStr::new("--out"), out.as_os_str()];
    if !tools::judge("fidelity.py", &words)? {
        return Err("the comparison failed".to_owned());
    }
    say(&format!("the page: {}", out.join("index.html").display()));
    Ok(())
}

/// Writes the generated checklist into `folder`.
fn checklist(folder: &std::path::Path) -> Result<Vec<PathBuf>, String> {
    std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let write = |file: sanitize_corpus::japanese::File| {
        let path = folder.join(file.name);
        std::fs::write(&path, &file.bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(path)
    };
    sanitize_corpus::japanese::files().into_iter().map(write).collect()
}

/// At most `count` of `files`, evenly spread.
fn sampled(files: Vec<PathBuf>, count: Option<usize>) -> Vec<PathBuf> {
    match count {
        Some(count) if count < files.len() && count > 0 => {
            let total = files.len();
            (0..count).filter_map(|index| files.get(index * total / count).cloned()).collect()
        }
        _ => files,
    }
}
