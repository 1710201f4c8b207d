//! An engine as C holds it, and what belongs to one call.

use std::sync::Arc;

use sanitize_core::{Cancel, Input, Limits, Outcome, Report, Sanitizer, Verdict};

use crate::{outcome::Held, stack};

/// What takes messages.
pub type Log = dyn Fn(Level, &str) + Send + Sync;

/// How much a message matters.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The engine failed, or was kept from its work.
    Error = 1,
    /// An input was rejected.
    Warning = 2,
    /// An input was delivered.
    Info = 3,
}

/// A sanitizer and what it was made with. Serves any number of threads.
pub struct Engine {
    pub sanitizer: Sanitizer,
    pub limits: Limits,
    pub passwords: Vec<Vec<u8>>,
    pub log: Option<Arc<Log>>,
}

/// What belongs to one call, or to several that are alike.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Passwords tried before those of the engine.
    pub passwords: Vec<Vec<u8>>,
    /// Ends the call.
    pub cancel: Option<Cancel>,
    /// A file that stands where the output should go is replaced.
    pub replace: bool,
    /// The output is on disk before it gets its name.
    pub sync: bool,
}

impl Engine {
    /// Rebuilds `bytes`, which came under `name`.
    pub fn sanitize(&self, name: &str, bytes: &[u8], options: &Options) -> Held {
        let both: Vec<Vec<u8>>;
        let passwords = match (options.passwords.as_slice(), self.passwords.as_slice()) {
            (own, []) => own,
            ([], general) => general,
            (own, general) => {
                both = [own, general].concat();
                &both
            }
        };
        let mut input = Input::new(bytes).named(name).passwords(passwords);
        if let Some(cancel) = &options.cancel {
            input = input.cancel(cancel.clone());
        }
        let outcome = stack::with_room(|| self.sanitizer.sanitize(input));
        self.tell_outcome(outcome.report());
        Held::new(outcome, name)
    }

    /// The outcome of an input of `length` bytes or more, which is over the limit and was not read.
    pub fn reject_unread(&self, name: &str, length: u64) -> Held {
        let report = self.sanitizer.reject_unread(name, length);
        self.tell_outcome(&report);
        Held::new(Outcome::Rejected { report }, name)
    }

    /// Tells the log, if there is one.
    pub fn tell(&self, level: Level, message: impl FnOnce() -> String) {
        if let Some(log) = &self.log {
            log(level, &message());
        }
    }

    fn tell_outcome(&self, report: &Report) {
        if self.log.is_none() {
            return;
        }
        let verdict = report.verdict();
        let level = match &verdict {
            Verdict::Rejected(rejection) if rejection.reason == "internal" => Level::Error,
            Verdict::Rejected(_) => Level::Warning,
            Verdict::Clean | Verdict::Sanitized => Level::Info,
        };
        self.tell(level, || {
            let name = &report.input().name;
            let findings = report.findings().len() as u64 + report.findings_not_listed();
            match &verdict {
                Verdict::Rejected(rejection) => format!("{name}: rejected: {}", rejection.message),
                delivered => format!("{name}: {}, findings: {findings}", delivered.word()),
            }
        });
    }
}
