//! What an enhanced metafile can carry besides its drawing.

pub(crate) use crate::engine::pictures::{
    DIMENSIONS, HIDDEN_COLOR, POLYGLOT, STEGANOGRAPHY, TRAILING, trailing,
};
use crate::report::{
    ContentKind::{self, Exhaustion, ExternalReference, Metadata, Reencoding, Slack, Unknown},
    Severity::{self, High, Info, Low, Medium},
    Threat,
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(crate) static COMMENT: Threat = threat(
    "emf.comment-and-emfplus",
    Unknown,
    Medium,
    "comments: a second picture for other programs, or data of any kind",
);
pub(crate) static COLOR_SPACE: Threat = threat(
    "emf.colorspace-filename",
    ExternalReference,
    High,
    "colour spaces and profiles by the name of a file",
);
pub(crate) static ESCAPE: Threat =
    threat("emf.opengl-and-escape", Unknown, High, "records for drivers, for OpenGL, or of no known type");
pub(crate) static WRONG: Threat = threat(
    "emf.bitmap-records",
    Slack,
    High,
    "records whose lengths, offsets, objects or pictures are not what they say",
);
/// Unused bytes in a record that is written without them.
pub(crate) static SLACK: Threat =
    threat("emf.bitmap-records", Slack, Low, "bytes in a record that nothing of the drawing uses");
pub(crate) static EXHAUSTION: Threat = threat(
    "emf.size-and-recursion",
    Exhaustion,
    Medium,
    "a drawing without end, beyond measure, or with too many saved states",
);
/// What the header says of the file is written anew.
pub(crate) static CLAIMS: Threat =
    threat("emf.size-and-recursion", Reencoding, Low, "a header that does not tell the file's size");
pub(crate) static TEXT: Threat = threat(
    "emf.text-content",
    Metadata,
    Info,
    "the name of the program, of the file, and of fonts beside the one that is used",
);

pub(crate) static ALL: &[&Threat] = &[
    &COMMENT,
    &COLOR_SPACE,
    &ESCAPE,
    &WRONG,
    &SLACK,
    &EXHAUSTION,
    &CLAIMS,
    &TEXT,
    &TRAILING,
    &POLYGLOT,
    &DIMENSIONS,
    &HIDDEN_COLOR,
    &STEGANOGRAPHY,
];
