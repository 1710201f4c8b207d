//! One file, from path to outcome.

use sanitize_core::{Outcome, Verdict};
use sanitize_files::Content;

use crate::{engine::Engine, input, lang::Lang, report::Problem, walk::Source};

/// Reads and rebuilds `source`. A problem is the machine's or the user's; a rejection is an outcome.
pub fn rebuild(engine: &Engine, source: &Source, lang: Lang) -> Result<Outcome, Problem> {
    if engine.is_interrupted() {
        return Err(interrupted(lang));
    }
    let outcome = match input::read(source, &engine.limits, lang)? {
        Content::Bytes(bytes) => engine.sanitize(&source.name, &bytes),
        Content::TooLarge(length) => {
            Outcome::Rejected { report: engine.sanitizer.reject_unread(&source.name, length) }
        }
    };
    if engine.is_interrupted() && matches!(outcome.report().verdict(), Verdict::Rejected(_)) {
        // Rejected because the user ended the run, which says nothing about the file.
        return Err(interrupted(lang));
    }
    Ok(outcome)
}

/// The problem of a file that a signal left unfinished.
pub fn interrupted(lang: Lang) -> Problem {
    Problem::new("interrupted", lang.pick("the run was interrupted", "処理が中断されました"))
}

/// The problem of a file on which this program itself failed.
pub fn failed(lang: Lang) -> Problem {
    Problem::new(
        "internal",
        lang.pick("internal error; nothing was written", "内部エラーのため出力していません"),
    )
}
