//! From path to path: the output is whole or is not there, and never over the input.
//!
//! It is written under a temporary name beside its target and renamed.

use std::{
    fs::{self, File, Metadata},
    io,
    path::Path,
};

use sanitize_files::{Content, Flush, Identity, Staged, mark, read_up_to};

use crate::{
    boundary::{Failure, Status},
    engine::{Engine, Level, Options},
    outcome::Held,
};

/// Cleans the file at `input` into a new file at `output`. A rejection writes nothing.
pub fn sanitize(engine: &Engine, input: &Path, output: &Path, options: &Options) -> Result<Held, Failure> {
    let result = attempt(engine, input, output, options);
    if let Err(failure) = &result {
        engine.tell(Level::Error, || failure.message.clone());
    }
    result
}

fn attempt(engine: &Engine, input: &Path, output: &Path, options: &Options) -> Result<Held, Failure> {
    let name = input.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let found = fs::metadata(input).map_err(|error| unreadable(input, &error))?;
    // Asked before anything is read, for a caller's sake; renaming without replacing is what holds it.
    refuse_output(&found, output, options)?;
    let held = match read(input, &found, engine.limits.input_bytes)? {
        Content::Bytes(bytes) => engine.sanitize(&name, &bytes, options),
        Content::TooLarge(length) => engine.reject_unread(&name, length),
    };
    if let Some(bytes) = held.bytes() {
        write(bytes, input, output, options)?;
    }
    Ok(held)
}

/// Reads the file that was found at `path`.
fn read(path: &Path, found: &Metadata, limit: u64) -> Result<Content, Failure> {
    // Opening a pipe would wait for whoever writes to it.
    if !found.is_file() {
        return Err(Failure::new(Status::ReadFailed, format!("{}: not a file", shown(path))));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let metadata = file.metadata().map_err(|error| unreadable(path, &error))?;
    if !metadata.is_file() || !Identity::may_be_same(&metadata, found) {
        return Err(Failure::new(Status::ReadFailed, format!("{}: it was exchanged", shown(path))));
    }
    if metadata.len() > limit {
        return Ok(Content::TooLarge(metadata.len()));
    }
    read_up_to(file, metadata.len(), limit).map_err(|error| match error.kind() {
        io::ErrorKind::OutOfMemory => Failure::new(Status::OutOfResources, "no memory for the input"),
        _ => unreadable(path, &error),
    })
}

/// Writes `bytes` beside `output`, gives them the marks of `input`, and then the name.
fn write(bytes: &[u8], input: &Path, output: &Path, options: &Options) -> Result<(), Failure> {
    let unwritable = |error: &io::Error| {
        let status = match error.kind() {
            io::ErrorKind::AlreadyExists => Status::Exists,
            _ => Status::WriteFailed,
        };
        Failure::new(status, format!("{}: {error}", shown(output)))
    };
    let folder = match output.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Err(Failure::new(Status::InvalidArgument, "the output is a folder")),
    };
    let flush = if options.sync { Flush::ToDisk } else { Flush::ByTheSystem };
    let staged = Staged::holding(folder, bytes, Flush::ByTheSystem);
    let named = staged.and_then(|mut staged| {
        staged.mark(&mark::read(input))?;
        staged.finish(flush)?;
        staged.persist(output, options.replace, flush)
    });
    named.map_err(|error| unwritable(&error))
}

/// Fails where the output must not go.
fn refuse_output(input: &Metadata, output: &Path, options: &Options) -> Result<(), Failure> {
    let Ok(standing) = fs::symlink_metadata(output) else { return Ok(()) };
    if standing.is_dir() {
        return Err(Failure::new(Status::Exists, format!("{}: a folder", shown(output))));
    }
    // Also by another name, or through a link.
    let is_input = |metadata: &Metadata| Identity::may_be_same(metadata, input);
    if is_input(&standing) || fs::metadata(output).is_ok_and(|target| is_input(&target)) {
        return Err(Failure::new(Status::Exists, format!("{}: the input itself", shown(output))));
    }
    match options.replace {
        true => Ok(()),
        false => Err(Failure::new(Status::Exists, format!("{}: exists already", shown(output)))),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(Status::ReadFailed, format!("{}: {error}", shown(path)))
}

/// A path as a message may show it.
fn shown(path: &Path) -> String {
    sanitize_core::report::printable(&path.to_string_lossy())
}
