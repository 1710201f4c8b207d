//! From path to path: the output is whole or is not there, and never over the input.
//!
//! It is written under a temporary name beside its target and renamed, as the command does it.

use std::{
    fs::{self, File, Metadata},
    io::{self, Read, Write},
    path::Path,
};

use crate::{
    boundary::{Failure, Status},
    engine::{Engine, Level, Options},
    mark,
    outcome::Held,
};

/// What reading gave.
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// At least so many bytes, which is over the limit.
    TooLarge(u64),
}

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
    if !metadata.is_file() || !same_file(&metadata, found) {
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

/// Reads `reader` to its end, which is expected after `expected` bytes, and stops past `limit`.
pub fn read_up_to(reader: impl Read, expected: u64, limit: u64) -> io::Result<Content> {
    let mut bytes = Vec::new();
    let expected = usize::try_from(expected).map_err(|_| io::ErrorKind::OutOfMemory)?;
    bytes.try_reserve_exact(expected).map_err(|_| io::ErrorKind::OutOfMemory)?;
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        length if length > limit => Ok(Content::TooLarge(length)),
        _ => Ok(Content::Bytes(bytes)),
    }
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
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sanitize-").suffix(".tmp");
    #[cfg(unix)]
    {
        // The umask decides who may read an output, as with any other program.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(|error| unwritable(&error))?;
    // Locked while its writer lives, which is how the command tells those that were left behind.
    let _locked = file.as_file().try_lock();
    file.write_all(bytes).map_err(|error| unwritable(&error))?;
    mark::write(file.path(), &mark::read(input)).map_err(|error| unwritable(&error))?;
    if options.sync {
        file.as_file().sync_all().map_err(|error| unwritable(&error))?;
    }
    let named = match options.replace {
        true => file.persist(output),
        false => file.persist_noclobber(output),
    };
    named.map_err(|error| unwritable(&error.error))?;
    if options.sync {
        // The name is in the folder, and a folder is a file of its own.
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| unwritable(&error))?;
    }
    Ok(())
}

/// Fails where the output must not go.
fn refuse_output(input: &Metadata, output: &Path, options: &Options) -> Result<(), Failure> {
    let Ok(standing) = fs::symlink_metadata(output) else { return Ok(()) };
    if standing.is_dir() {
        return Err(Failure::new(Status::Exists, format!("{}: a folder", shown(output))));
    }
    // Also by another name, or through a link.
    let is_input = |metadata: &Metadata| same_file(metadata, input);
    if is_input(&standing) || fs::metadata(output).is_ok_and(|target| is_input(&target)) {
        return Err(Failure::new(Status::Exists, format!("{}: the input itself", shown(output))));
    }
    match options.replace {
        true => Ok(()),
        false => Err(Failure::new(Status::Exists, format!("{}: exists already", shown(output)))),
    }
}

#[cfg(unix)]
fn same_file(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.dev(), a.ino()) == (b.dev(), b.ino())
}

/// Without numbers of files, files that differ in length or time are told apart, and others taken for the same.
#[cfg(not(unix))]
fn same_file(a: &Metadata, b: &Metadata) -> bool {
    a.len() == b.len() && a.modified().ok() == b.modified().ok()
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(Status::ReadFailed, format!("{}: {error}", shown(path)))
}

/// A path as a message may show it.
fn shown(path: &Path) -> String {
    sanitize_core::report::printable(&path.to_string_lossy())
}
