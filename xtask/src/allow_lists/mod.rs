//! `cargo xtask allow-lists`: what Office Open XML may hold, as static tables.
//!
//! Two inputs: the schema and part descriptions of the Open XML SDK (`schemas/*.json`, `parts/*.json`,
//! `namespaces.json`), which say what *exists*, and `overlay.toml`, which says what of it may *not* be written
//! and why. Only what can be reached from an allowed part's root is emitted.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

mod emit;
mod overlay;
mod parts;
mod schema;
mod tables;
#[cfg(test)]
mod tests;

/// A problem with the inputs, in words.
type Error = Box<dyn std::error::Error>;

/// What to do with the tables.
#[derive(Args)]
pub(crate) struct Options {
    /// Compare with the committed files instead of writing them.
    #[arg(long)]
    check: bool,
    /// Also write the tables as JSON to this file, for surveys over real documents.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// The directory of the schema descriptions.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

/// Generates, then writes or compares.
pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let models = options.models.clone().unwrap_or_else(|| workspace.join("../shared/models/ooxml"));
    if !models.is_dir() {
        if options.check {
            say("allow-lists: skipped, no schema descriptions on this machine");
            return Ok(());
        }
        return Err(format!("no schema descriptions at {}", models.display()).into());
    }
    let folder = workspace.join("sanitize-core/src/formats/ooxml/allow");
    let generated = generate(&models, &folder.join("overlay.toml"))?;
    if let Some(path) = &options.json {
        fs::write(path, &generated.json)?;
    }
    let mut stale = Vec::new();
    for (name, text) in &generated.files {
        let path = folder.join("generated").join(name);
        if options.check {
            if fs::read_to_string(&path).ok().as_deref() != Some(text) {
                stale.push(*name);
            }
        } else {
            fs::create_dir_all(folder.join("generated"))?;
            fs::write(path, text)?;
        }
    }
    if !stale.is_empty() {
        return Err(format!("run `cargo xtask allow-lists`: {} out of date", stale.join(", ")).into());
    }
    say(&generated.summary);
    Ok(())
}

/// The files, by name, and one line about them.
struct Generated {
    files: Vec<(&'static str, String)>,
    json: String,
    summary: String,
}

fn generate(models: &Path, overlay: &Path) -> Result<Generated, Error> {
    let overlay: overlay::Overlay =
        toml::from_str(&fs::read_to_string(overlay)?).map_err(|error| format!("overlay.toml: {error}"))?;
    let mut schema = schema::Schema::read(models)?;
    schema.extend(&overlay)?;
    let parts = parts::Parts::read(models, &overlay)?;
    let tables = tables::Tables::build(&schema, &parts, &overlay)?;
    let unused = overlay.unused(&tables);
    if !unused.is_empty() {
        return Err(format!("overlay rules that match nothing: {}", unused.join(", ")).into());
    }
    Ok(emit::files(&schema, &parts, &tables))
}

#[expect(clippy::print_stdout, reason = "a task speaks to a person at a terminal")]
fn say(line: &str) {
    println!("{line}");
}
