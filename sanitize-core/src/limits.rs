//! How much one run may use. Limits are data; [`crate::budget::Budget`] spends them.

use std::{fmt, time::Duration};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Upper bounds of one run: the file that was given and everything nested in it share them.
///
/// The defaults are those of P25 in the policy document: depth 8, 10,000 members, 2 GiB of expansion,
/// ratio 200:1 past 100 MB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Bytes of the file that was given.
    pub input_bytes: u64,
    /// Bytes that all decoders of the run may put out together.
    pub expanded_bytes: u64,
    /// How many times the input the expansion may be, once it is past `expansion_ratio_from`.
    pub expansion_ratio: u64,
    /// Bytes of expansion below which the ratio is not asked for.
    pub expansion_ratio_from: u64,
    /// Bytes of one buffer: a decoded part, a decompressed stream, a decoded picture.
    pub buffer_bytes: u64,
    /// How many documents may be nested in each other; the file that was given is depth 1.
    pub depth: u32,
    /// Members of all archives and parts of all packages together.
    pub members: u64,
    /// Depth of elements in one XML part.
    pub xml_depth: u32,
    /// Attributes of one XML element, namespace declarations among them.
    pub xml_attributes: u32,
    /// Elements, objects, records and operators of all documents together.
    pub objects: u64,
    /// Pixels of one picture, all its frames or pages together. Pixels of fewer than eight bits count by their bits:
    /// a drawing of one bit a pixel takes an eighth of the memory, and is scanned the larger for it.
    pub pixels: u64,
    /// Frames of one animation, or pages of one picture file.
    pub frames: u32,
    /// Findings kept in the report; later ones are only counted.
    pub findings: u64,
    /// Wall-clock time of the run in milliseconds; 0 means no limit.
    pub timeout_ms: u64,
}

impl Limits {
    /// The time limit, or `None` when there is none.
    pub fn timeout(&self) -> Option<Duration> {
        (self.timeout_ms != 0).then(|| Duration::from_millis(self.timeout_ms))
    }

    /// The pixels of a picture of `width` × `height` pixels of `bits` bits each; `None` where that is too large.
    pub(crate) fn picture(&self, width: u64, height: u64, bits: u32) -> Option<u64> {
        let pixels = width.checked_mul(height)?;
        let weight = u128::from(pixels) * u128::from(bits.clamp(1, 8)) / 8;
        (weight <= u128::from(self.pixels)).then_some(pixels)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 2 << 30,
            expanded_bytes: 2 << 30,
            expansion_ratio: 200,
            expansion_ratio_from: 100_000_000,
            buffer_bytes: 512 << 20,
            depth: 8,
            members: 10_000,
            xml_depth: 256,
            xml_attributes: 1_000,
            objects: 100_000_000,
            pixels: 100_000_000,
            frames: 2_000,
            findings: 10_000,
            timeout_ms: 60_000,
        }
    }
}

/// What a run can run out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resource {
    /// [`Limits::input_bytes`].
    InputBytes,
    /// [`Limits::expanded_bytes`].
    ExpandedBytes,
    /// [`Limits::expansion_ratio`].
    ExpansionRatio,
    /// [`Limits::buffer_bytes`], or the machine had no memory for a buffer.
    BufferBytes,
    /// [`Limits::depth`].
    Depth,
    /// [`Limits::members`].
    Members,
    /// [`Limits::xml_depth`], and the depth of any other tree inside one document.
    TreeDepth,
    /// [`Limits::xml_attributes`].
    Attributes,
    /// [`Limits::objects`].
    Objects,
    /// [`Limits::pixels`].
    Pixels,
    /// [`Limits::frames`].
    Frames,
    /// [`Limits::timeout_ms`].
    Time,
    /// The caller cancelled the run.
    Cancelled,
}

impl Resource {
    /// The stable name, as in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::InputBytes => "input-bytes",
            Self::ExpandedBytes => "expanded-bytes",
            Self::ExpansionRatio => "expansion-ratio",
            Self::BufferBytes => "buffer-bytes",
            Self::Depth => "depth",
            Self::Members => "members",
            Self::TreeDepth => "tree-depth",
            Self::Attributes => "attributes",
            Self::Objects => "objects",
            Self::Pixels => "pixels",
            Self::Frames => "frames",
            Self::Time => "time",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
