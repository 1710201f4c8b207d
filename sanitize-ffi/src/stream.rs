//! From callback to callback. Nothing is written before the whole output was made and verified.

use std::io::{self, Read};

use sanitize_files::{Content, read_up_to};

use crate::{
    boundary::{Failure, Status},
    engine::{Engine, Level, Options},
    outcome::Held,
};

/// The largest piece that is given to a writer at a time.
const PIECE: usize = 64 << 10;

/// A callback that reads: fills the front of a buffer and says how much, 0 at the end; nothing where it failed.
pub type Reading<'a> = &'a mut dyn FnMut(&mut [u8]) -> Option<usize>;

/// A callback that writes a whole piece, and says whether it could.
pub type Writing<'a> = &'a mut dyn FnMut(&[u8]) -> bool;

/// A callback as a reader, with what it says checked.
struct Source<'a>(Reading<'a>);

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.0)(buffer) {
            Some(length) if length <= buffer.len() => Ok(length),
            Some(_) => Err(io::Error::other("the read callback returned more than there was room for")),
            None => Err(io::Error::other("the read callback failed")),
        }
    }
}

/// Cleans what `read` gives and hands the output to `write`, piece by piece.
pub fn sanitize(
    engine: &Engine,
    name: &str,
    read: Reading<'_>,
    write: Writing<'_>,
    options: &Options,
) -> Result<Held, Failure> {
    let content = read_up_to(Source(read), 0, engine.limits.input_bytes);
    let held = match content {
        Ok(Content::Bytes(bytes)) => engine.sanitize(name, &bytes, options),
        Ok(Content::TooLarge(length)) => engine.reject_unread(name, length),
        Err(error) => return Err(failed(engine, error.to_string())),
    };
    for piece in held.bytes().unwrap_or_default().chunks(PIECE) {
        if !write(piece) {
            return Err(failed(engine, "the write callback failed".to_owned()));
        }
    }
    Ok(held)
}

fn failed(engine: &Engine, message: String) -> Failure {
    engine.tell(Level::Error, || message.clone());
    Failure::new(Status::CallbackFailed, message)
}
