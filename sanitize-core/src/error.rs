//! What can go wrong inside the engine. One place, [`crate::Sanitizer`], turns these into verdicts.

use std::fmt;

use crate::{limits::Resource, report::Threat};

/// Why a file, or a part of one, could not be rebuilt.
///
/// An error carries no bytes of the input: there is nothing in it that could be passed through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// The input breaks its format: `what` names the field as its specification does, `offset` its place in bytes.
    Malformed {
        /// The field that could not be read.
        what: &'static str,
        /// Where it stands, in bytes from the start of the file or part.
        offset: u64,
    },
    /// The input is in order but uses something the engine has no rebuilder for.
    Unsupported(&'static str),
    /// A limit of the run was reached; the run ends.
    Limit(Resource),
    /// The policy refuses files with this threat.
    Refused(&'static Threat),
    /// The input is encrypted and no given password opens it.
    Encrypted,
    /// The engine contradicts itself, or a library did what it must not. Never the input's fault alone.
    Internal(&'static str),
}

/// Shorthand for [`Error::Malformed`].
pub fn malformed(what: &'static str, offset: u64) -> Error {
    Error::Malformed { what, offset }
}

impl Error {
    /// Limits and refusals end the whole run; other errors end only the file they occurred in.
    pub fn ends_run(&self) -> bool {
        matches!(self, Self::Limit(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { what, offset } => write!(f, "malformed: {what} at byte {offset}"),
            Self::Unsupported(what) => write!(f, "not supported: {what}"),
            Self::Limit(resource) => write!(f, "limit reached: {resource}"),
            Self::Refused(threat) => write!(f, "refused: {} ({})", threat.summary, threat.id),
            Self::Encrypted => f.write_str("encrypted, and no given password opens it"),
            Self::Internal(what) => write!(f, "internal error: {what}"),
        }
    }
}

impl std::error::Error for Error {}
