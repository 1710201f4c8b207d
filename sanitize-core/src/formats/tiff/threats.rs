//! What a TIFF can carry besides its pages.

pub(crate) use crate::engine::pictures::*;
use crate::report::{
    ContentKind::{Deception, Metadata, Slack, Structure},
    Severity::{High, Low, Medium},
    Threat,
};

pub(crate) static DIRECTORIES: Threat = Threat::new(
    "img.tiff-ifd-tricks",
    Slack,
    High,
    "directories that loop or nest, strips outside the file, rare compressions",
);
pub(crate) static PAGES: Threat = Threat::new(
    "img.tiff-multipage-and-hidden-ifd",
    Deception,
    Medium,
    "pages behind the first, which some viewers do not show",
);
pub(crate) static TAGS: Threat =
    Threat::new("img.tiff-metadata-tags", Metadata, Low, "descriptions, names, places and private tags");
pub(crate) static RAW: Threat =
    Threat::new("img.jp2-jxl-psd-raw", Structure, Medium, "a camera's raw picture");

pub(crate) static ALL: &[&Threat] = &[
    &DIRECTORIES,
    &PAGES,
    &TAGS,
    &RAW,
    &TRAILING,
    &POLYGLOT,
    &DIMENSIONS,
    &EXIF,
    &THUMBNAIL,
    &ORIENTATION,
    &XMP,
    &IPTC,
    &ICC,
    &STEGANOGRAPHY,
    &HIDDEN_COLOR,
    &DENSITY,
];
