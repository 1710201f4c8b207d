use std::path::{Path, PathBuf};

use sanitize_corpus::Sample;

use crate::{Outcome, say};

#[derive(clap::Args)]
pub struct Arguments {
    /// Folder to write into; made when missing.
    folder: PathBuf,
    /// Only samples whose name begins with one of these.
    #[arg(long, value_delimiter = ',')]
    ids: Vec<String>,
}

/// Writes the planted files and `MANIFEST.toml`.
pub fn run(arguments: &Arguments) -> Outcome {
    let samples = chosen(&arguments.ids);
    write(&samples, &arguments.folder)?;
    say(&format!("{} samples in {}", samples.len(), arguments.folder.display()));
    Ok(())
}

/// The samples whose name begins with one of `ids`; all without any.
pub fn chosen(ids: &[String]) -> Vec<Sample> {
    let wanted =
        |sample: &Sample| ids.is_empty() || ids.iter().any(|id| sample.name().starts_with(id.as_str()));
    sanitize_corpus::samples().into_iter().filter(wanted).collect()
}

/// Writes `samples` and their manifest into `folder`.
pub fn write(samples: &[Sample], folder: &Path) -> Outcome {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut manifest = String::from(
        "# Written by `cargo xtask corpus`: what each sample plants and what must become of it.\n",
    );
    for sample in samples {
        std::fs::write(folder.join(sample.name()), sample.bytes()).map_err(failed)?;
        let findings: Vec<String> =
            [sample.id].iter().chain(sample.also).map(|id| format!("\"{id}\"")).collect();
        manifest += &format!(
            "\n[[sample]]\nid = \"{}\"\nfile = \"{}\"\nexpect = \"{}\"\nkill_marker = \"{}\"\nkeep = {}\nfindings = [{}]\n",
            sample.id,
            sample.name(),
            sample.expect.word(),
            sample.kill_marker.word(),
            sample.keep,
            findings.join(", "),
        );
    }
    std::fs::write(folder.join("MANIFEST.toml"), manifest).map_err(failed)
}
