//! What a PNG can carry besides its picture.

pub(crate) use crate::engine::pictures::*;
use crate::report::{
    ContentKind::{Metadata, Reencoding, Slack, Unknown},
    Severity::{Low, Medium},
    Threat,
};

pub(crate) static TEXT: Threat =
    Threat::new("img.png-text-chunks", Metadata, Low, "text and time chunks of a PNG");
pub(crate) static PRIVATE: Threat =
    Threat::new("img.png-private-chunks", Unknown, Medium, "a chunk that no allow-list names");
pub(crate) static CGBI: Threat =
    Threat::new("img.png-cgbi", Unknown, Low, "an Apple CgBI picture, which only some programs can read");
pub(crate) static STRUCTURE: Threat =
    Threat::new("img.png-structure-abuse", Slack, Medium, "a PNG that programs read differently");
pub(crate) static GAMMA: Threat = Threat::new(
    "img.png-gamma-dual-image",
    Reencoding,
    Low,
    "a gamma that shows another picture where it is ignored",
);

pub(crate) static ALL: &[&Threat] = &[
    &TEXT,
    &PRIVATE,
    &CGBI,
    &STRUCTURE,
    &GAMMA,
    &APNG,
    &ANIMATION_ABUSE,
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
    &HIDDEN_COLOR,
    &DENSITY,
];
