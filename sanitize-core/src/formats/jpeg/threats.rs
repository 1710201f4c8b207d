//! What a JPEG can carry besides its picture.

pub(crate) use crate::engine::pictures::*;
use crate::report::{
    ContentKind::{Exhaustion, Media, Metadata, Reencoding},
    Severity::{Low, Medium},
    Threat,
};

pub(crate) static SEGMENTS: Threat = Threat::new(
    "img.jpeg-app-segments",
    Metadata,
    Low,
    "comments, application segments and bytes between segments",
);
pub(crate) static SECONDARY: Threat = Threat::new(
    "img.jpeg-mpf-and-gainmap",
    Media,
    Medium,
    "a second picture, gain map or film behind the picture",
);
pub(crate) static SLOW: Threat = Threat::new(
    "img.decoder-limits-progressive",
    Exhaustion,
    Medium,
    "a rare or slow kind of JPEG: too many scans, arithmetic, lossless or 12-bit coding",
);

pub(crate) static DAMAGED: Threat = Threat::new(
    "img.reencode-principle",
    Reencoding,
    Low,
    "coded data that was cut short or broken: what could be read is written anew",
);

pub(crate) static ALL: &[&Threat] = &[
    &SEGMENTS,
    &SECONDARY,
    &SLOW,
    &DAMAGED,
    &TRAILING,
    &POLYGLOT,
    &DIMENSIONS,
    &EXIF,
    &THUMBNAIL,
    &ORIENTATION,
    &XMP,
    &IPTC,
    &ICC,
    &C2PA,
    &STEGANOGRAPHY,
    &DENSITY,
];
