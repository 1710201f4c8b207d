use std::path::PathBuf;

use crate::{Outcome, say};

#[derive(clap::Args)]
pub struct Arguments {
    /// Folder to write into; made when missing.
    folder: PathBuf,
}

/// Writes every file of the tryout below the folder.
pub fn run(arguments: &Arguments) -> Outcome {
    let files = sanitize_corpus::tryout::files();
    for file in &files {
        let path = arguments.folder.join(&file.path);
        let folder = path.parent().unwrap_or(&arguments.folder);
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&path, &file.bytes))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    say(&format!("{} sample files in {}", files.len(), arguments.folder.display()));
    Ok(())
}
