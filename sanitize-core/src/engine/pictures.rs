//! Threats that several raster picture formats share: one row each, so that all of them report alike.

use crate::report::{ContentKind, Severity, Threat};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

use ContentKind::{
    Animation, ColorProfile, Exhaustion, Metadata, Reencoding, Signature, Slack, Steganography,
};
use Severity::{High, Info, Low, Medium};

pub(crate) static TRAILING: Threat =
    threat("img.trailing-data", Slack, Medium, "bytes behind the end of the picture");
pub(crate) static POLYGLOT: Threat =
    threat("img.polyglot-header-abuse", Slack, High, "the picture is a file of another kind as well");
pub(crate) static DIMENSIONS: Threat =
    threat("img.dimension-bomb", Exhaustion, High, "the picture has too many pixels, or none");
/// Kept or flattened by the policy; refused where it is a bomb.
pub(crate) static ANIMATION_ABUSE: Threat = threat(
    "img.gif-animation-abuse",
    Animation,
    Medium,
    "an animation, or one with too many frames or pixels",
);
pub(crate) static EXIF: Threat =
    threat("img.exif-block", Metadata, Medium, "EXIF: camera, place, time, notes");
pub(crate) static THUMBNAIL: Threat =
    threat("img.exif-thumbnail", Metadata, Medium, "an embedded thumbnail or preview");
pub(crate) static ORIENTATION: Threat =
    threat("img.exif-orientation", Reencoding, Low, "the picture was turned as its EXIF asked");
pub(crate) static XMP: Threat = threat("img.xmp", Metadata, Medium, "an XMP packet");
pub(crate) static IPTC: Threat =
    threat("img.iptc-photoshop", Metadata, Low, "IPTC captions and Photoshop resources");
pub(crate) static ICC: Threat =
    threat("img.icc-profile", ColorProfile, Medium, "a colour profile of the file's own");
pub(crate) static C2PA: Threat =
    threat("img.c2pa-jumbf", Signature, Info, "content credentials, which no rebuilt picture can carry");
pub(crate) static STEGANOGRAPHY: Threat =
    threat("img.steganography-lsb", Steganography, Info, "low bits that can carry a message");
pub(crate) static HIDDEN_COLOR: Threat = threat(
    "img.transparent-pixel-data",
    Steganography,
    Low,
    "colour under full transparency, or palette entries no pixel shows",
);
pub(crate) static DENSITY: Threat =
    threat("img.resolution-and-physical-size", Reencoding, Info, "a density no printer has");
pub(crate) static APNG: Threat = threat("img.apng", Animation, Medium, "an animation behind a still picture");

/// What bytes behind a picture count as: by how they start, something else that would open, or slack.
pub(crate) fn trailing(bytes: &[u8]) -> &'static Threat {
    let start = bytes.trim_ascii_start();
    let kinds: [&[u8]; 11] = [
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"%PDF-",
        b"MZ",
        b"\x7fELF",
        b"Rar!",
        b"7z\xbc\xaf",
        b"<?",
        b"<script",
        b"<html",
        b"#!",
    ];
    let other = kinds.iter().any(|magic| start.get(..magic.len()).is_some_and(|x| x.eq_ignore_ascii_case(magic)))
        // An appended archive is found from its end, wherever it starts.
        || memchr::memmem::find(bytes, b"PK\x03\x04").is_some();
    if other { &POLYGLOT } else { &TRAILING }
}
