//! The threat of web archives.

use crate::report::{ContentKind, Severity, Threat};

pub(super) static ARCHIVE: Threat = Threat::new(
    "mhtml.archive",
    ContentKind::Structure,
    Severity::High,
    "a web archive, which acts with the rights of where it says it is from",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[&ARCHIVE];
