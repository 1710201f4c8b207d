//! What a Windows metafile can carry besides its drawing.

pub(crate) use crate::engine::pictures::{DIMENSIONS, HIDDEN_COLOR, STEGANOGRAPHY};
use crate::report::{
    ContentKind::{self, Exhaustion, Reencoding, Slack, Unknown},
    Severity::{self, High, Low, Medium},
    Threat,
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(crate) static ESCAPE: Threat = threat(
    "wmf.escape-setabortproc",
    Unknown,
    High,
    "escapes to the driver: code to be called, PostScript, data of any kind",
);
pub(crate) static WRONG: Threat = threat(
    "wmf.record-overflows",
    Slack,
    High,
    "records whose sizes, objects or pictures are not what they say, or that no end closes",
);
/// Unused bytes in a record that is written without them.
pub(crate) static SLACK: Threat =
    threat("wmf.record-overflows", Slack, Low, "bytes in a record that nothing of the drawing uses");
/// What the headers say of the file is written anew.
pub(crate) static CLAIMS: Threat =
    threat("wmf.record-overflows", Reencoding, Low, "a header whose checksum is not that of its fields");
pub(crate) static EXHAUSTION: Threat =
    threat("emf.size-and-recursion", Exhaustion, Medium, "a drawing with too many saved states");

pub(crate) static ALL: &[&Threat] =
    &[&ESCAPE, &WRONG, &SLACK, &CLAIMS, &EXHAUSTION, &DIMENSIONS, &HIDDEN_COLOR, &STEGANOGRAPHY];
