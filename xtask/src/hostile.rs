use std::{
    ffi::{OsStr, OsString},
    path::PathBuf,
};

use crate::{Outcome, root, tools};

#[derive(clap::Args)]
pub struct Arguments {
    /// Folders of hostile files [default: malicious, broken and hostile-parsers in ../shared].
    folders: Vec<PathBuf>,
    /// Seconds one file may take.
    #[arg(long, default_value = "10")]
    seconds: u32,
    /// MiB of memory one file may take.
    #[arg(long, default_value = "1024")]
    memory: u32,
}

/// Runs the released command on each hostile file in a process of its own and looks at what it delivers.
pub fn run(arguments: &Arguments) -> Outcome {
    let command = tools::released()?;
    let shared = root().join("../shared");
    let folders = match arguments.folders.as_slice() {
        [] => ["corpus/malicious", "corpus/broken", "hostile-parsers"]
            .iter()
            .map(|name| shared.join(name))
            .collect(),
        folders => folders.to_vec(),
    };
    let folders: Vec<PathBuf> = folders.into_iter().filter(|folder| folder.is_dir()).collect();
    if folders.is_empty() {
        return Err("no folder of hostile files".to_owned());
    }
    let out = tools::fresh_folder("hostile")?;
    let (seconds, memory) =
        (OsString::from(arguments.seconds.to_string()), OsString::from(arguments.memory.to_string()));
    let mut words: Vec<&OsStr> = vec![command.as_os_str(), OsStr::new("--out"), out.as_os_str()];
    words.extend([OsStr::new("--seconds"), &seconds, OsStr::new("--memory"), &memory]);
    words.extend(folders.iter().map(|folder| folder.as_os_str()));
    if tools::judge("hostile.py", &words)? {
        Ok(())
    } else {
        Err(format!("problems; see {}", out.join("table.md").display()))
    }
}
