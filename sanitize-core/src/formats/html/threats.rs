//! Threats of pages, by the ids of the catalogue. Several rows may share an id where one kind of content is too
//! coarse for what it covers.

pub(super) use crate::engine::text::CONFUSABLE;
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

pub(super) static SCRIPT: Threat = threat(
    "html.element-allowlist",
    Script,
    High,
    "scripts, frames, objects and whatever else is no text or picture",
);
pub(super) static EVENT: Threat = threat("html.event-attributes", Script, High, "event handlers");
pub(super) static DANGEROUS_LINK: Threat =
    threat("html.url-attributes", DangerousLink, High, "addresses that run, open or fetch something");
pub(super) static MUTATION: Threat = threat(
    "html.mutation-xss",
    Reencoding,
    High,
    "elements nested as no source can say it, written so that every parser reads the same",
);
pub(super) static CONDITIONAL: Threat = threat(
    "html.conditional-comments-and-mso",
    Unknown,
    Medium,
    "conditional comments, and elements of Office in pages",
);
pub(super) static CSS_FETCH: Threat = threat(
    "html.css-fetch-and-code",
    ExternalReference,
    High,
    "style sheets that fetch, or that some program ran",
);
pub(super) static FOREIGN: Threat =
    threat("html.svg-math-inline", Drawing, High, "drawings and formulas inside a page");
pub(super) static CHARSET: Threat =
    threat("html.meta-and-charset", Reencoding, Medium, "encodings and declarations, written as UTF-8");
pub(super) static SHADOW: Threat =
    threat("html.shadow-dom-and-popover", Script, Medium, "templates, pop-overs, editing and focus");
pub(super) static OVERLAY: Threat =
    threat("html.clickjacking-overlays", Unknown, Low, "positions and sizes that lay one thing over another");
pub(super) static IDS: Threat = threat(
    "html.dom-clobbering-and-ids",
    Reencoding,
    Low,
    "names of elements that scripts of a viewer could take for their own",
);
pub(super) static COMMENT: Threat = threat(
    "html.comments-and-source",
    Metadata,
    Low,
    "comments, data attributes and descriptions for machines",
);
pub(super) static SMUGGLING: Threat =
    threat("html.htm-attachment-smuggling", Structure, High, "a page that shows nothing without its script");
pub(super) static HTA: Threat =
    threat("html.hta-and-scriptlets", Structure, High, "an application or scriptlet in the form of a page");
pub(super) static DATA_IMAGE: Threat =
    threat("svg.data-uri-images", ExternalReference, Medium, "a data: address that is no picture");

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[
    &SCRIPT,
    &EVENT,
    &DANGEROUS_LINK,
    &MUTATION,
    &CONDITIONAL,
    &CSS_FETCH,
    &FOREIGN,
    &CHARSET,
    &SHADOW,
    &OVERLAY,
    &IDS,
    &COMMENT,
    &SMUGGLING,
    &HTA,
    &DATA_IMAGE,
    &CONTROLS,
    &UNBALANCED,
    &INVISIBLE,
    &CONFUSABLE,
];

// The same threats, where another kind of content says better what the policy decides about.

pub(super) static ELEMENT: Threat =
    threat("html.element-allowlist", Unknown, Low, "elements and attributes that are not listed");
pub(super) static FORM: Threat =
    threat("html.element-allowlist", Form, Medium, "form fields, written as their text");
pub(super) static MEDIA: Threat = threat("html.element-allowlist", Media, Medium, "sound and film");
pub(super) static LINK: Threat = threat("html.url-attributes", Hyperlink, Low, "hyperlinks");
pub(super) static FETCH: Threat =
    threat("html.url-attributes", ExternalReference, High, "addresses that are fetched");
pub(super) static REMOTE_IMAGE: Threat =
    threat("html.url-attributes", RemoteImage, Medium, "pictures outside the file");
pub(super) static CSS_CODE: Threat =
    threat("html.css-fetch-and-code", Script, High, "style sheets that some program ran");
pub(super) static CSS_UNLISTED: Threat =
    threat("html.css-fetch-and-code", Unknown, Low, "properties, selectors and rules that are not listed");
pub(super) static CSS_IMAGE: Threat =
    threat("html.css-fetch-and-code", RemoteImage, Medium, "pictures outside the file, by style sheet");
pub(super) static REFRESH: Threat = threat(
    "html.meta-and-charset",
    DocumentAction,
    Medium,
    "declarations that act: refresh, cookies, policies",
);
pub(super) static HIDDEN: Threat =
    threat("html.clickjacking-overlays", HiddenContent, Low, "content that is not shown");
