//! What a BMP can carry besides its picture.

pub(crate) use crate::engine::pictures::*;
use crate::report::{
    ContentKind::{ExternalReference, Slack},
    Severity::{High, Medium},
    Threat,
};

pub(crate) static LINKED_PROFILE: Threat = Threat::new(
    "img.bmp-linked-profile",
    ExternalReference,
    High,
    "the path of a colour profile that the reader's machine would open",
);
pub(crate) static STRUCTURE: Threat =
    Threat::new("img.bmp-structure", Slack, Medium, "gaps between headers and pixels, or a picture inside");

pub(crate) static ALL: &[&Threat] = &[
    &LINKED_PROFILE,
    &STRUCTURE,
    &TRAILING,
    &POLYGLOT,
    &DIMENSIONS,
    &ICC,
    &STEGANOGRAPHY,
    &HIDDEN_COLOR,
    &DENSITY,
];
