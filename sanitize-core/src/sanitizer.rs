//! The main path: identify → rebuild → verify → report.
//!
//! [`Sanitizer::sanitize`] is the only way in, [`Outcome`] the only way out.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use crate::{
    budget::{Budget, Cancel},
    engine::{
        Verified,
        ctx::{Ctx, Run},
        name,
        run::{self, Done, Rejected},
        threats,
    },
    error::Error,
    format::Format,
    formats::{self, ENVELOPES, HANDLERS},
    limits::{Limits, Resource},
    policy::Policy,
    report::{self, FileFacts, Findings, Place, Report, Threat},
};

/// Rebuilds files by one policy, under the same limits for each.
///
/// `Send + Sync`, without global state: one sanitizer serves any number of threads.
#[derive(Debug)]
pub struct Sanitizer {
    policy: Policy,
    fingerprint: String,
    limits: Limits,
    pool: Option<Arc<rayon::ThreadPool>>,
    hashes_files: bool,
}

/// Makes a [`Sanitizer`].
#[derive(Debug)]
pub struct Builder {
    policy: Policy,
    limits: Option<Limits>,
    threads: Option<usize>,
    hashes_files: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self { policy: Policy::default(), limits: None, threads: None, hashes_files: true }
    }
}

/// A sanitizer could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildError(String);

impl std::fmt::Display for BuildError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BuildError {}

impl Builder {
    /// Decides by `policy`; the `default` preset otherwise.
    pub fn policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// Uses these limits instead of the policy's own.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Rebuilds the parts of one file on `threads` threads. One, the default, uses the calling thread alone:
    /// right wherever many files are cleaned at a time. The output does not depend on the number.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Whether reports have the SHA-256 of input and output, as they do otherwise. Worth leaving out where nobody
    /// reads them: it takes a twentieth of the time, of pictures a tenth.
    pub fn file_hashes(mut self, are_made: bool) -> Self {
        self.hashes_files = are_made;
        self
    }

    /// The sanitizer. Fails only where the system gives no threads.
    pub fn build(self) -> Result<Sanitizer, BuildError> {
        let pool = match self.threads {
            Some(threads) if threads > 1 => {
                // A worker never waits for another inside a part, so its stack holds one part's frames.
                let pool = rayon::ThreadPoolBuilder::new()
                    .num_threads(threads)
                    .stack_size(16 << 20)
                    .thread_name(|index| format!("sanitize-{index}"))
                    .build();
                Some(Arc::new(pool.map_err(|error| BuildError(error.to_string()))?))
            }
            _ => None,
        };
        let limits = self.limits.unwrap_or_else(|| self.policy.limits().clone());
        Ok(Sanitizer {
            fingerprint: self.policy.fingerprint(),
            policy: self.policy,
            limits,
            pool,
            hashes_files: self.hashes_files,
        })
    }
}

/// A file to clean.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    bytes: &'a [u8],
    name: &'a str,
    passwords: &'a [Vec<u8>],
    cancel: Cancel,
}

impl<'a> Input<'a> {
    /// The bytes of a file.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, name: "", passwords: &[], cancel: Cancel::new() }
    }

    /// The name it came under. Its extension is a claim that is checked; the report uses it.
    pub fn named(mut self, name: &'a str) -> Self {
        self.name = name;
        self
    }

    /// Passwords to try, in order, on whatever is encrypted.
    pub fn passwords(mut self, passwords: &'a [Vec<u8>]) -> Self {
        self.passwords = passwords;
        self
    }

    /// A flag with which another thread can end the run.
    pub fn cancel(mut self, cancel: Cancel) -> Self {
        self.cancel = cancel;
        self
    }
}

/// What became of a file. There is no outcome that holds bytes and a rejection.
#[derive(Debug)]
#[must_use]
pub enum Outcome {
    /// A new, verified file.
    Delivered {
        /// The new file.
        bytes: Verified,
        /// What was left out or changed.
        report: Report,
    },
    /// No file.
    Rejected {
        /// Why.
        report: Report,
    },
}

impl Outcome {
    /// The report, which there always is.
    pub fn report(&self) -> &Report {
        match self {
            Self::Delivered { report, .. } | Self::Rejected { report } => report,
        }
    }

    /// The new file, if there is one.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Delivered { bytes, .. } => Some(bytes),
            Self::Rejected { .. } => None,
        }
    }
}

impl Sanitizer {
    /// A builder with the `default` preset.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Rebuilds `input`. Never panics and never passes bytes through: whatever goes wrong is a rejection.
    pub fn sanitize(&self, input: Input<'_>) -> Outcome {
        let pool = self.pool.as_ref();
        let (result, findings, budget) = self.attempt(&input, pool);
        // Which part fails first, and how far the others got, depends on the schedule. Run in order again, so
        // that the same input always gives the same report. Time and cancellation depend on the clock anyway.
        let by_clock = matches!(budget.tripped(), Some(Resource::Time | Resource::Cancelled));
        if pool.is_some() && result.is_err() && !by_clock {
            let (result, findings, budget) = self.attempt(&input, None);
            return self.outcome(&input, result, findings, &budget);
        }
        self.outcome(&input, result, findings, &budget)
    }

    /// The report on a file of `bytes` bytes, larger than [`Limits::input_bytes`], which for that reason
    /// its caller has not read.
    pub fn reject_unread(&self, name: &str, bytes: u64) -> Report {
        let budget = Budget::new(&self.limits, bytes, Cancel::new());
        let error = budget.trip(Resource::InputBytes);
        let rejected = Rejected { error, threat: &threats::EXPANSION, from: None };
        let mut findings = Findings::new(self.limits.findings);
        let place = Place::root(name);
        findings.add(&threats::EXPANSION, report::Action::Refuse, &place, report::Spot::Here, None);
        Report::new(report::Parts {
            policy: self.policy.name().to_owned(),
            policy_sha256: self.fingerprint.clone(),
            input: FileFacts::new(name, None, name::extension(name), bytes),
            output: None,
            rejection: Some(rejected.rejection()),
            findings,
            used: budget.used(),
        })
    }

    fn attempt(
        &self,
        input: &Input<'_>,
        pool: Option<&Arc<rayon::ThreadPool>>,
    ) -> (Result<Done, Rejected>, Findings, Budget) {
        let length = input.bytes.len() as u64;
        let budget = Budget::new(&self.limits, length, input.cancel.clone()).on(pool);
        #[cfg(test)]
        let budget = budget.fused();
        let fresh = || Findings::new(self.limits.findings);
        if length > self.limits.input_bytes {
            let error = budget.trip(Resource::InputBytes);
            let rejected = Rejected { error, threat: &threats::EXPANSION, from: None };
            return (Err(rejected), fresh(), budget);
        }
        let work = || {
            let run = Run {
                policy: &self.policy,
                budget: &budget,
                passwords: input.passwords,
                handlers: HANDLERS,
                envelopes: ENVELOPES,
                pool: pool.map(Arc::as_ref),
            };
            let mut ctx = Ctx::new(&run, Place::root(input.name), 1);
            let result = run::rebuild(input.name, input.bytes, &mut ctx);
            (result, ctx.into_findings())
        };
        match catch_unwind(AssertUnwindSafe(work)) {
            Ok((result, findings)) => (result, findings, budget),
            Err(_panic) => {
                let error = Error::Internal("a panic was caught");
                (Err(Rejected { error, threat: &threats::FAILED, from: None }), fresh(), budget)
            }
        }
    }

    fn outcome(
        &self,
        input: &Input<'_>,
        result: Result<Done, Rejected>,
        findings: Findings,
        budget: &Budget,
    ) -> Outcome {
        let from = match &result {
            Ok(done) => Some(done.from),
            Err(rejected) => rejected.from,
        };
        let facts = |name: &str, format, extension: &str, bytes: &[u8]| {
            let facts = FileFacts::new(name, format, extension, bytes.len() as u64);
            if self.hashes_files { facts.hashed(bytes) } else { facts }
        };
        let input_facts = facts(input.name, from, name::extension(input.name), input.bytes);
        let parts = |output, rejection| report::Parts {
            policy: self.policy.name().to_owned(),
            policy_sha256: self.fingerprint.clone(),
            input: input_facts,
            output,
            rejection,
            findings,
            used: budget.used(),
        };
        match result {
            Ok(done) => {
                let name = name::output_name(input.name, done.format);
                let output = facts(&name, Some(done.format), done.format.extension(), &done.bytes);
                Outcome::Delivered { bytes: done.bytes, report: Report::new(parts(Some(output), None)) }
            }
            Err(rejected) => {
                let rejection = Some(rejected.rejection());
                Outcome::Rejected { report: Report::new(parts(None, rejection)) }
            }
        }
    }
}

/// The formats that are rebuilt, in the order they are recognised.
pub fn supported_formats() -> Vec<Format> {
    let of_envelopes = ENVELOPES.iter().flat_map(|envelope| envelope.formats());
    let of_handlers = HANDLERS.iter().flat_map(|handler| handler.formats());
    of_envelopes.chain(of_handlers).copied().collect()
}

/// What the texts of a mail give as passwords, for encrypted files in a mail that comes later: at most a dozen, in the
/// order they stand. In Japan an encrypted archive is mailed in one mail and its password in another.
///
/// They are tried with [`Input::passwords`]; whoever keeps them decides how long, and for whose mails.
pub fn mail_passwords(mail: &[u8]) -> Vec<Vec<u8>> {
    catch_unwind(|| formats::passwords_of_mail(mail)).unwrap_or_default()
}

/// Every threat the engine can report, sorted by id.
pub fn threats() -> Vec<&'static Threat> {
    let of_formats = HANDLERS.iter().flat_map(|handler| handler.threats()).copied();
    let of_envelopes = ENVELOPES.iter().flat_map(|envelope| envelope.threats()).copied();
    let mut all: Vec<_> = threats::ALL.iter().copied().chain(of_envelopes).chain(of_formats).collect();
    all.sort_by_key(|threat| threat.id);
    all.dedup_by_key(|threat| threat.id);
    all
}

#[cfg(test)]
mod faults;
