//! An outcome as C reads it: every text with its end marked, made when it is first asked for, and living as long
//! as the outcome.

use std::{ffi::CString, sync::OnceLock};

use sanitize_core::{Format, Outcome, Verdict as CoreVerdict, report};

use crate::text::c_text;

/// What became of an input.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No outcome was asked about.
    None = 0,
    /// Nothing was left out or changed; the output is newly written all the same.
    Clean = 1,
    /// Something was left out or changed.
    Sanitized = 2,
    /// There is no output.
    Rejected = 3,
}

/// What was done about a finding.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Written as it was read, on the policy's word.
    Keep = 0,
    /// Left out.
    Remove = 1,
    /// The look stays, the act goes.
    Flatten = 2,
    /// Something harmless stands in its place.
    Replace = 3,
    /// The input is rejected.
    Refuse = 4,
}

/// How much harm a finding would have done.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Tells something, does nothing.
    Info = 0,
    /// Leaks or annoys.
    Low = 1,
    /// Part of attacks.
    Medium = 2,
    /// Runs code or reaches out.
    High = 3,
}

/// An outcome and the texts that were asked for.
pub struct Held {
    outcome: Outcome,
    /// The name the input came under.
    name: String,
    texts: OnceLock<Texts>,
    json: OnceLock<CString>,
    findings: OnceLock<Vec<FindingTexts>>,
}

/// Texts about the whole outcome. Empty where there is nothing to say.
#[derive(Debug, Default)]
pub struct Texts {
    pub reason: CString,
    pub threat: CString,
    pub message: CString,
    pub limit: CString,
    pub name: CString,
    pub format: CString,
    pub extension: CString,
    pub media_type: CString,
}

/// Texts and numbers of one finding.
#[derive(Debug)]
pub struct FindingTexts {
    pub threat: CString,
    pub kind: CString,
    pub summary: CString,
    pub place: CString,
    pub detail: Option<CString>,
    pub action: Action,
    pub severity: Severity,
    pub offset: Option<u64>,
    pub count: u64,
}

impl Held {
    /// Keeps `outcome` of an input called `name`.
    pub fn new(outcome: Outcome, name: &str) -> Self {
        let name = name.to_owned();
        Self { outcome, name, texts: OnceLock::new(), json: OnceLock::new(), findings: OnceLock::new() }
    }

    /// The verdict as a number.
    pub fn verdict(&self) -> Verdict {
        match self.outcome.report().verdict() {
            CoreVerdict::Clean => Verdict::Clean,
            CoreVerdict::Sanitized => Verdict::Sanitized,
            CoreVerdict::Rejected(_) => Verdict::Rejected,
        }
    }

    /// The new file, if there is one.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.outcome.bytes()
    }

    /// The report as JSON on one line.
    pub fn json(&self) -> &CString {
        self.json.get_or_init(|| c_text(&self.outcome.report().to_json()))
    }

    /// The texts about the whole.
    pub fn texts(&self) -> &Texts {
        self.texts.get_or_init(|| self.make_texts())
    }

    /// The findings, in the order of the report.
    pub fn findings(&self) -> &[FindingTexts] {
        self.findings.get_or_init(|| self.outcome.report().findings().iter().map(finding).collect())
    }

    /// How many findings there are.
    pub fn finding_count(&self) -> usize {
        self.outcome.report().findings().len()
    }

    /// Findings beyond the limit, which are only counted.
    pub fn findings_not_listed(&self) -> u64 {
        self.outcome.report().findings_not_listed()
    }

    fn make_texts(&self) -> Texts {
        let mut texts = Texts::default();
        let report = self.outcome.report();
        if let CoreVerdict::Rejected(rejection) = report.verdict() {
            texts.reason = c_text(rejection.reason);
            texts.threat = c_text(rejection.threat);
            texts.limit = c_text(limit(&rejection));
            texts.message = c_text(&rejection.message);
        }
        if let Some(output) = report.output() {
            texts.extension = c_text(&output.extension);
            if let Some(format) = output.format.and_then(Format::by_id) {
                // As a file system takes it; the report's own name is made for showing.
                texts.name = c_text(&sanitize_core::output_name(&self.name, format));
                texts.format = c_text(format.id());
                texts.media_type = c_text(format.media_type());
            }
        }
        texts
    }
}

/// The limit that ended a run, by its name in reports.
fn limit(rejection: &report::Rejection) -> &str {
    match rejection.reason {
        "limit" => rejection.message.rsplit(' ').next().unwrap_or_default(),
        _ => "",
    }
}

fn finding(finding: &report::Finding) -> FindingTexts {
    FindingTexts {
        threat: c_text(finding.threat.id),
        kind: c_text(finding.threat.kind.word()),
        summary: c_text(finding.threat.summary),
        place: c_text(&finding.place.to_string()),
        detail: finding.detail.as_ref().map(|detail| c_text(detail.value())),
        action: match finding.action {
            report::Action::Keep => Action::Keep,
            report::Action::Remove => Action::Remove,
            report::Action::Flatten => Action::Flatten,
            report::Action::Replace => Action::Replace,
            report::Action::Refuse => Action::Refuse,
        },
        severity: match finding.severity {
            report::Severity::Info => Severity::Info,
            report::Severity::Low => Severity::Low,
            report::Severity::Medium => Severity::Medium,
            report::Severity::High => Severity::High,
        },
        offset: finding.offset,
        count: finding.count,
    }
}
