//! What a GIF can carry besides its frames.

pub(crate) use crate::engine::pictures::*;
use crate::report::{ContentKind::Metadata, Severity::Low, Threat};

pub(crate) static EXTENSIONS: Threat =
    Threat::new("img.gif-extensions", Metadata, Low, "comments, text and application blocks of a GIF");

pub(crate) static ALL: &[&Threat] = &[
    &EXTENSIONS,
    &ANIMATION_ABUSE,
    &TRAILING,
    &POLYGLOT,
    &DIMENSIONS,
    &XMP,
    &ICC,
    &STEGANOGRAPHY,
    &HIDDEN_COLOR,
];
