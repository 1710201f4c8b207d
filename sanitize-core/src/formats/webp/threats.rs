//! What a WebP can carry besides its picture.

pub(crate) use crate::engine::pictures::*;
use crate::report::{
    ContentKind::{Reencoding, Unknown},
    Severity::{High, Low},
    Threat,
};

pub(crate) static CHUNKS: Threat =
    Threat::new("img.webp-chunks", Unknown, Low, "chunks of a WebP that no allow-list names");
pub(crate) static VP8L: Threat = Threat::new(
    "img.webp-vp8l",
    Reencoding,
    High,
    "a lossless or alpha stream that is not in order, or a lossy picture that is written in another coding",
);

pub(crate) static ALL: &[&Threat] = &[
    &CHUNKS,
    &VP8L,
    &ANIMATION_ABUSE,
    &TRAILING,
    &POLYGLOT,
    &DIMENSIONS,
    &EXIF,
    &THUMBNAIL,
    &ORIENTATION,
    &XMP,
    &ICC,
    &C2PA,
    &STEGANOGRAPHY,
    &HIDDEN_COLOR,
];
