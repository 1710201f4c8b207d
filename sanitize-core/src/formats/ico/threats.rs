//! What an icon or cursor can carry besides its pictures.

pub(crate) use crate::engine::pictures::*;
use crate::report::{ContentKind::Slack, Severity::Medium, Threat};

pub(crate) static STRUCTURE: Threat = Threat::new(
    "img.ico-cur-ani",
    Slack,
    Medium,
    "an animated cursor, or icon entries that point at something else",
);

pub(crate) static ALL: &[&Threat] =
    &[&STRUCTURE, &TRAILING, &POLYGLOT, &DIMENSIONS, &HIDDEN_COLOR, &STEGANOGRAPHY];
