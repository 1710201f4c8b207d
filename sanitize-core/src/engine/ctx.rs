//! What a format is given besides its input: the policy, the budget, the report, and a way to nested documents.

use std::sync::Arc;

use crate::{
    budget::{Budget, on_all},
    engine::{
        handler::{Envelope, Handler},
        notice::{self, Reason},
        run,
        verify::Verified,
    },
    error::Error,
    format::Format,
    limits::Resource,
    policy::{Policy, Switches},
    report::{Action, Detail, Findings, Place, Rejection, Spot, Threat},
};

/// What all documents of one run share.
pub(crate) struct Run<'run> {
    pub(crate) policy: &'run Policy,
    pub(crate) budget: &'run Budget,
    pub(crate) passwords: &'run [Vec<u8>],
    pub(crate) handlers: &'static [&'static dyn Handler],
    pub(crate) envelopes: &'static [&'static dyn Envelope],
    /// Threads for the parts of the outermost document; `None` does everything in order on this one.
    pub(crate) pool: Option<&'run rayon::ThreadPool>,
}

/// The view one document, or one part of it, has of the run.
pub(crate) struct Ctx<'run> {
    run: &'run Run<'run>,
    format: Option<Format>,
    place: Place,
    depth: u32,
    /// Passwords to try: the caller's, and behind them those that documents around this one gave.
    passwords: Arc<[Vec<u8>]>,
    findings: Findings,
    parallel: bool,
    /// The part in which the rebuild failed, once it has.
    failed: Option<Place>,
}

/// A nested document after its own rebuild.
#[derive(Debug)]
pub(crate) enum Nested {
    /// Rebuilt and verified; may be written into the outer document.
    Rebuilt {
        /// The new file.
        bytes: Verified,
        /// What it is now.
        format: Format,
    },
    /// Not rebuilt. The finding is recorded; the outer document decides what stands in its place.
    Rejected(Rejection),
}

impl<'run> Ctx<'run> {
    /// The view of a document at `place`, nested `depth` deep (the file that was given is 1).
    pub(crate) fn new(run: &'run Run<'run>, place: Place, depth: u32) -> Self {
        let findings = Findings::new(run.budget.limits().findings);
        Self {
            run,
            format: None,
            place,
            depth,
            passwords: Arc::from(run.passwords),
            findings,
            parallel: depth == 1 && run.pool.is_some(),
            failed: None,
        }
    }

    /// Says what the document is, so that the policy's rules for that format apply.
    pub(crate) fn identified(&mut self, format: Format) {
        self.format = Some(format);
    }

    /// Goes on with the file that was in an envelope: at the same place, one level deeper.
    pub(crate) fn opened(&mut self) {
        self.depth = self.depth.saturating_add(1);
    }

    /// The budget of the run.
    pub(crate) fn budget(&self) -> &'run Budget {
        self.run.budget
    }

    /// What a kind of content is too coarse for.
    pub(crate) fn switches(&self) -> &'run Switches {
        self.run.policy.switches()
    }

    /// Passwords the caller gave, in order, and behind them those that were found in documents around this one.
    pub(crate) fn passwords(&self) -> &[Vec<u8>] {
        &self.passwords
    }

    /// Has `found` tried behind all other passwords, in what is nested in this document.
    pub(crate) fn add_passwords(&mut self, found: impl IntoIterator<Item = Vec<u8>>) {
        self.passwords = self.passwords.iter().cloned().chain(found).collect();
    }

    /// How deep this document is nested; the file that was given is 1.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    /// Records that no allow-list names something, and that it is left out. A policy that refuses files
    /// with this threat ends the file here.
    pub(crate) fn removed<'a>(
        &mut self,
        threat: &'static Threat,
        spot: impl Into<Spot<'a>>,
    ) -> Result<(), Error> {
        self.removed_with(threat, spot, None)
    }

    /// As [`Ctx::removed`], with a fact for the reader of the report.
    pub(crate) fn removed_with<'a>(
        &mut self,
        threat: &'static Threat,
        spot: impl Into<Spot<'a>>,
        detail: impl Into<Option<Detail>>,
    ) -> Result<(), Error> {
        let chosen = self.run.policy.action(self.format, threat.kind);
        // Where the policy knows a softer way, the caller has none: it has no field to write this in.
        let action = match chosen {
            Action::Refuse => Action::Refuse,
            Action::Keep | Action::Remove => Action::Remove,
            Action::Flatten | Action::Replace => chosen,
        };
        self.record(threat, action, spot.into(), detail.into())
    }

    /// Asks the policy what to do about something that could be written, and records the answer.
    pub(crate) fn choose<'a>(
        &mut self,
        threat: &'static Threat,
        spot: impl Into<Spot<'a>>,
    ) -> Result<Action, Error> {
        self.choose_with(threat, spot, None)
    }

    /// As [`Ctx::choose`], with a fact for the reader of the report.
    pub(crate) fn choose_with<'a>(
        &mut self,
        threat: &'static Threat,
        spot: impl Into<Spot<'a>>,
        detail: impl Into<Option<Detail>>,
    ) -> Result<Action, Error> {
        let action = self.run.policy.action(self.format, threat.kind);
        self.record(threat, action, spot.into(), detail.into())?;
        Ok(action)
    }

    /// Records what was done where there was no choice: an encoding written anew, a value made sane.
    pub(crate) fn replaced<'a>(
        &mut self,
        threat: &'static Threat,
        spot: impl Into<Spot<'a>>,
        detail: impl Into<Option<Detail>>,
    ) -> Result<(), Error> {
        let refuse = self.run.policy.action(self.format, threat.kind) == Action::Refuse;
        let action = if refuse { Action::Refuse } else { Action::Replace };
        self.record(threat, action, spot.into(), detail.into())
    }

    /// Refuses the file for `threat`, whatever the policy says.
    pub(crate) fn refuse<'a>(&mut self, threat: &'static Threat, spot: impl Into<Spot<'a>>) -> Error {
        self.record(threat, Action::Refuse, spot.into(), None).err().unwrap_or(Error::Refused(threat))
    }

    /// Records that the document as a whole is rejected, why, and in which part where that is known.
    pub(crate) fn refuse_with(&mut self, threat: &'static Threat, detail: Detail) -> Error {
        if let Some(place) = self.failed.take() {
            self.place = place;
        }
        let recorded = self.record(threat, Action::Refuse, Spot::Here, Some(detail));
        recorded.err().unwrap_or(Error::Refused(threat))
    }

    fn record(
        &mut self,
        threat: &'static Threat,
        action: Action,
        spot: Spot<'_>,
        detail: Option<Detail>,
    ) -> Result<(), Error> {
        self.findings.add(threat, action, &self.place, spot, detail);
        if action == Action::Refuse { Err(Error::Refused(threat)) } else { Ok(()) }
    }

    /// Rebuilds a document that stands in this one under `name`, by whatever handler recognises it.
    ///
    /// Its findings are recorded under its own place. Fails only where the run itself must end.
    pub(crate) fn nested(&mut self, name: &str, input: &[u8]) -> Result<Nested, Error> {
        self.nested_at(name, self.place.nested(name), input)
    }

    /// As [`Ctx::nested`], for a view whose own part is the nested document.
    pub(crate) fn nested_here(&mut self, name: &str, input: &[u8]) -> Result<Nested, Error> {
        self.nested_at(name, self.place.clone(), input)
    }

    /// The text that stands in place of a nested file that was left out. It is a nested file itself, so there is
    /// none where one could not be read again: the run ends as it does for any file too deep.
    pub(crate) fn notice(&self, reason: Reason) -> Result<Vec<u8>, Error> {
        if self.depth >= self.budget().limits().depth {
            return Err(self.budget().trip(Resource::Depth));
        }
        Ok(notice::text(reason).into_bytes())
    }

    fn nested_at(&mut self, name: &str, place: Place, input: &[u8]) -> Result<Nested, Error> {
        let mut inner = Ctx {
            passwords: Arc::clone(&self.passwords),
            ..Ctx::new(self.run, place, self.depth.saturating_add(1))
        };
        let outcome = run::rebuild(name, input, &mut inner);
        self.findings.append(inner.findings);
        match outcome {
            Ok(done) => Ok(Nested::Rebuilt { bytes: done.bytes, format: done.format }),
            Err(rejected) if rejected.error.ends_run() => Err(rejected.error),
            Err(rejected) => Ok(Nested::Rejected(rejected.rejection())),
        }
    }

    /// Runs `f` on each part with a view of its own, in parallel where the run allows; answers and findings
    /// come in the order of `parts` either way, and the first error in that order is the one returned.
    ///
    /// `name` gives the part's name for findings, `weight` about how long it takes.
    pub(crate) fn each_part<T: Sync, R: Send>(
        &mut self,
        parts: &[T],
        name: impl Fn(&T) -> &str + Sync,
        weight: impl Fn(&T) -> u64,
        f: impl Fn(&T, &mut Ctx<'_>) -> Result<R, Error> + Sync,
    ) -> Result<Vec<R>, Error> {
        let view = |part: &T| Ctx {
            run: self.run,
            format: self.format,
            place: self.place.part(name(part)),
            depth: self.depth,
            passwords: Arc::clone(&self.passwords),
            findings: Findings::new(self.run.budget.limits().findings),
            parallel: false,
            failed: None,
        };
        let one = |part: &T| {
            let mut view = view(part);
            let answer = f(part, &mut view);
            (answer, view.findings)
        };
        let mut answers = Vec::with_capacity(parts.len());
        match self.run.pool.filter(|_| self.parallel && parts.len() > 1) {
            Some(pool) => {
                let gathered = on_all(pool, parts, weight, one);
                for (part, (answer, findings)) in parts.iter().zip(gathered) {
                    self.findings.append(findings);
                    answers.push(answer.inspect_err(|_| self.failed = Some(self.place.part(name(part))))?);
                }
            }
            None => {
                for part in parts {
                    let (answer, findings) = one(part);
                    self.findings.append(findings);
                    answers.push(answer.inspect_err(|_| self.failed = Some(self.place.part(name(part))))?);
                }
            }
        }
        Ok(answers)
    }

    /// Runs `f` with a view whose findings stand at the part `name`.
    pub(crate) fn in_part<R>(
        &mut self,
        name: &str,
        f: impl FnOnce(&mut Ctx<'_>) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let mut view = Ctx {
            run: self.run,
            format: self.format,
            place: self.place.part(name),
            depth: self.depth,
            passwords: Arc::clone(&self.passwords),
            findings: Findings::new(self.run.budget.limits().findings),
            parallel: false,
            failed: None,
        };
        let answer = f(&mut view);
        if answer.is_err() {
            self.failed = Some(view.place.clone());
        }
        self.findings.append(view.findings);
        answer
    }

    /// What was recorded, when the document is done.
    pub(crate) fn into_findings(self) -> Findings {
        self.findings
    }

    pub(crate) fn run(&self) -> &'run Run<'run> {
        self.run
    }
}
