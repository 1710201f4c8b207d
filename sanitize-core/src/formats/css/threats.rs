//! The threat of style sheets, by what the policy decides about.

use crate::report::{
    ContentKind::{self, *},
    Severity::{self, *},
    Threat,
};

const fn threat(kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new("css.standalone", kind, severity, summary)
}

pub(super) static FETCH: Threat =
    threat(ExternalReference, Medium, "style sheets that fetch, run, or hold what is not listed");

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[&FETCH];

pub(super) static CODE: Threat = threat(Script, High, "style sheets that some program ran");
pub(super) static UNLISTED: Threat =
    threat(Unknown, Low, "properties, selectors and rules that are not listed");
pub(super) static ENCODING: Threat =
    threat(Reencoding, Low, "a style sheet in another encoding, written as UTF-8");
