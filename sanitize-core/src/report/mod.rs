//! What a run tells its caller: a verdict, and one finding for everything that was left out or changed.

mod finding;
mod place;
mod threat;

pub(crate) use finding::Findings;
pub use finding::{Action, Detail, Finding, Severity, printable};
pub use place::{Place, Spot};
pub use threat::{ContentKind, Threat};

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::{budget::Used, error::Error, format::Format};

/// The name of the report's schema; its version changes when a field changes its meaning or goes.
pub const SCHEMA: &str = "sanitize-report";
/// The version of the report's schema.
pub const SCHEMA_VERSION: u32 = 1;

/// The outcome in one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was left out or changed; the output is still newly written.
    Clean,
    /// Something was left out or changed; the findings say what.
    Sanitized,
    /// No output.
    Rejected(Rejection),
}

impl Verdict {
    /// The word in reports: `clean`, `sanitized` or `rejected`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Sanitized => "sanitized",
            Self::Rejected(_) => "rejected",
        }
    }
}

/// Why a file was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Rejection {
    /// A stable word: `malformed`, `unsupported`, `limit`, `refused`, `encrypted` or `internal`.
    pub reason: &'static str,
    /// The threat it counts as.
    pub threat: &'static str,
    /// One sentence for a person, in English.
    pub message: String,
}

impl Rejection {
    /// The rejection that `error` means for a whole file.
    pub(crate) fn new(error: &Error, threat: &'static Threat) -> Self {
        let reason = match error {
            Error::Malformed { .. } => "malformed",
            Error::Unsupported(_) => "unsupported",
            Error::Limit(_) => "limit",
            Error::Refused(_) => "refused",
            Error::Encrypted => "encrypted",
            Error::Internal(_) => "internal",
        };
        Self { reason, threat: threat.id, message: error.to_string() }
    }
}

/// A file as the report names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileFacts {
    /// The name that was given, or the name the output should have.
    pub name: String,
    /// The format's id, or nothing when it was not recognised.
    pub format: Option<&'static str>,
    /// The extension without the dot: of the format for output, of the name for input.
    pub extension: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 as lower-case hex; empty when the file was larger than the limit and therefore not read, or when
    /// [`file_hashes`](crate::Builder::file_hashes) are not asked for.
    pub sha256: String,
}

impl FileFacts {
    /// Without a hash.
    pub(crate) fn new(name: &str, format: Option<Format>, extension: &str, bytes: u64) -> Self {
        Self {
            name: printable(name),
            format: format.map(Format::id),
            extension: printable(extension),
            bytes,
            sha256: String::new(),
        }
    }

    /// With the hash of its bytes.
    pub(crate) fn hashed(self, bytes: &[u8]) -> Self {
        Self { sha256: hex(&Sha256::digest(bytes)), ..self }
    }
}

/// Everything one run has to say. Serialises to the JSON that `docs/report.md` describes.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    schema: &'static str,
    schema_version: u32,
    engine_version: &'static str,
    policy: String,
    policy_sha256: String,
    verdict: &'static str,
    reason: Option<Rejection>,
    input: FileFacts,
    output: Option<FileFacts>,
    findings: Vec<Finding>,
    findings_not_listed: u64,
    used: Used,
    #[serde(skip)]
    rejected: Option<Rejection>,
}

/// What [`Report::new`] is made from.
pub(crate) struct Parts {
    pub(crate) policy: String,
    pub(crate) policy_sha256: String,
    pub(crate) input: FileFacts,
    pub(crate) output: Option<FileFacts>,
    pub(crate) rejection: Option<Rejection>,
    pub(crate) findings: Findings,
    pub(crate) used: Used,
}

impl Report {
    pub(crate) fn new(parts: Parts) -> Self {
        let (findings, findings_not_listed) = parts.findings.into_list();
        let verdict = if parts.rejection.is_some() {
            "rejected"
        } else if findings.iter().all(|finding| finding.action == Action::Keep) {
            "clean"
        } else {
            "sanitized"
        };
        Self {
            schema: SCHEMA,
            schema_version: SCHEMA_VERSION,
            engine_version: env!("CARGO_PKG_VERSION"),
            policy: parts.policy,
            policy_sha256: parts.policy_sha256,
            verdict,
            reason: parts.rejection.clone(),
            input: parts.input,
            output: parts.output,
            findings,
            findings_not_listed,
            used: parts.used,
            rejected: parts.rejection,
        }
    }

    /// The outcome.
    pub fn verdict(&self) -> Verdict {
        match &self.rejected {
            Some(rejection) => Verdict::Rejected(rejection.clone()),
            None if self.verdict == "clean" => Verdict::Clean,
            None => Verdict::Sanitized,
        }
    }

    /// The file that was given.
    pub fn input(&self) -> &FileFacts {
        &self.input
    }

    /// The file that was written; `None` when the input was rejected.
    pub fn output(&self) -> Option<&FileFacts> {
        self.output.as_ref()
    }

    /// What was left out, changed, kept on the policy's word, or refused, in document order.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Findings beyond [`crate::Limits::findings`], which are counted only.
    pub fn findings_not_listed(&self) -> u64 {
        self.findings_not_listed
    }

    /// What the run has used.
    pub fn used(&self) -> Used {
        self.used
    }

    /// The report as JSON on one line.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The report as JSON for a person to read.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| DIGITS.get(usize::from(nibble)).map(|digit| char::from(*digit)))
        .collect()
}
