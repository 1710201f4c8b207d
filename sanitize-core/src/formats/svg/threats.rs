//! Threats of drawings, by the ids of the catalogue.

use crate::{
    engine::text::{CONTROLS, INVISIBLE, UNBALANCED},
    report::{
        ContentKind::{self, *},
        Severity::{self, *},
        Threat,
    },
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(super) static SCRIPT: Threat = threat("svg.script", Script, High, "script elements");
pub(super) static EVENT: Threat = threat("svg.event-attributes", Script, High, "event handlers");
pub(super) static DANGEROUS_LINK: Threat =
    threat("svg.href-schemes", DangerousLink, High, "links that run or open something");
pub(super) static EXTERNAL: Threat =
    threat("svg.external-resources", ExternalReference, High, "anything that stands outside the drawing");
pub(super) static FOREIGN: Threat =
    threat("svg.foreign-object", Unknown, High, "elements that are not SVG's, and those nobody listed");
pub(super) static CSS: Threat =
    threat("svg.css", ExternalReference, High, "style that fetches, or that is not listed");
pub(super) static ANIMATION: Threat =
    threat("svg.smil-animation-injection", DocumentAction, High, "animations; the first picture stays");
pub(super) static ENTITIES: Threat = threat(
    "svg.entities-and-doctype",
    Structure,
    High,
    "a document type with entities from outside or in each other",
);
pub(super) static DATA_IMAGE: Threat =
    threat("svg.data-uri-images", ExternalReference, Medium, "a data: address that is no picture");
pub(super) static METADATA: Threat = threat(
    "svg.metadata-and-editor-data",
    Metadata,
    Low,
    "metadata, comments and what editors leave for themselves",
);
pub(super) static RECURSION: Threat = threat(
    "svg.recursion-and-filters",
    Exhaustion,
    Medium,
    "references in circles or in multitudes, and filters without measure",
);
pub(super) static COMPRESSED: Threat =
    threat("svg.compressed-svgz", Reencoding, Low, "a compressed drawing, written as it is");
pub(super) static FONTS: Threat = threat(
    "svg.text-and-fonts",
    Font,
    Low,
    "fonts in the drawing, which may show other letters than the text has",
);

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[
    &SCRIPT,
    &EVENT,
    &DANGEROUS_LINK,
    &EXTERNAL,
    &FOREIGN,
    &CSS,
    &ANIMATION,
    &ENTITIES,
    &DATA_IMAGE,
    &METADATA,
    &RECURSION,
    &COMPRESSED,
    &FONTS,
    &CONTROLS,
    &UNBALANCED,
    &INVISIBLE,
];

// The same threats, where another kind of content says better what the policy decides about.

pub(super) static LINK: Threat = threat("svg.href-schemes", Hyperlink, Low, "hyperlinks");
pub(super) static REMOTE_IMAGE: Threat =
    threat("svg.external-resources", RemoteImage, Medium, "pictures outside the drawing");
pub(super) static CSS_CODE: Threat = threat("svg.css", Script, High, "style that some program ran");
pub(super) static UNLISTED: Threat =
    threat("svg.metadata-and-editor-data", Unknown, Low, "attributes that are not listed");
pub(super) static DOCTYPE: Threat = threat(
    "svg.entities-and-doctype",
    Reencoding,
    Medium,
    "a document type, left out; its names written in full",
);
