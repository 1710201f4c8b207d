use std::{fmt, io, process::ExitCode};

/// What the command tells its caller by number, as documented in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Every file was delivered.
    Delivered = 0,
    /// At least one file was rejected; every other one was delivered.
    Rejected = 1,
    /// The command was not understood, or a file could not be read or written.
    Failed = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why the command stopped before it had done what was asked: one sentence, printable, in the user's language.
#[derive(Debug)]
pub struct Stop(String);

impl Stop {
    /// Stops with `sentence`, in which every name is already printable.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Standard output could not be written.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self(format!("standard output: {error}"))
    }
}
