//! The header of the C library, made from its exports, committed, and compared by a test.

use std::{fs, path::PathBuf};

use crate::{Outcome, root, say};

#[derive(clap::Args)]
pub struct Arguments {
    /// Compare instead of writing; fails when the header is not current.
    #[arg(long)]
    check: bool,
}

/// Writes or compares the header.
pub fn run(arguments: &Arguments) -> Outcome {
    let (path, text) = (path(), header()?);
    if fs::read_to_string(&path).is_ok_and(|committed| committed == text) {
        return Ok(());
    }
    if arguments.check {
        return Err("sanitize.h is not current, run `cargo xtask header`".to_owned());
    }
    fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    say("wrote sanitize-ffi/include/sanitize.h");
    Ok(())
}

fn path() -> PathBuf {
    root().join("sanitize-ffi/include/sanitize.h")
}

/// The header as it should be.
fn header() -> Result<String, String> {
    let folder = root().join("sanitize-ffi");
    let config = cbindgen::Config::from_file(folder.join("cbindgen.toml"))?;
    // The sources by name, so that neither cargo nor the dependencies are asked.
    let mut builder = cbindgen::Builder::new().with_config(config);
    for source in ["boundary.rs", "engine.rs", "exports.rs", "outcome.rs"] {
        builder = builder.with_src(folder.join("src").join(source));
    }
    let bindings = builder.generate().map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).map_err(|error| error.to_string())?;
    Ok(text.trim_end().to_owned() + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_header_is_current() {
        run(&Arguments { check: true }).unwrap();
    }
}
