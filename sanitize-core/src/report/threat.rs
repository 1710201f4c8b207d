use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Action, Severity};

/// One thing that must not reach the other side as it is. Its id is stable and never reused.
#[derive(Debug)]
pub struct Threat {
    /// `area.name`, as in the threat catalogue: `ooxml.vba-project`.
    pub id: &'static str,
    /// The kind by which a policy decides about it.
    pub kind: ContentKind,
    /// The harm it does where nobody stops it.
    pub severity: Severity,
    /// One line that says what it is.
    pub summary: &'static str,
}

impl Threat {
    /// A row of a format's threat table.
    pub(crate) const fn new(
        id: &'static str,
        kind: ContentKind,
        severity: Severity,
        summary: &'static str,
    ) -> Self {
        Self { id, kind, severity, summary }
    }
}

impl PartialEq for Threat {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Threat {}

macro_rules! content_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $word:literal, [$($allowed:ident),+], $strict:ident, $default:ident, $lenient:ident;)*) => {
        /// Kinds of content, the words in which a policy speaks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        pub enum ContentKind {
            $($(#[doc = $doc])+ #[serde(rename = $word)] $kind,)*
        }

        impl ContentKind {
            /// Every kind, in the order of the policy document.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The word in policies: `hyperlink`.
            pub fn word(self) -> &'static str {
                match self { $(Self::$kind => $word,)* }
            }

            /// What the kind covers, in one or two sentences.
            pub fn summary(self) -> &'static str {
                match self { $(Self::$kind => concat!($($doc),+).trim_ascii_start(),)* }
            }

            /// The actions a policy may choose: only those the engine can carry out.
            pub fn allowed(self) -> &'static [Action] {
                match self { $(Self::$kind => &[$(Action::$allowed),+],)* }
            }

            /// The actions of the presets `strict`, `default` and `lenient`.
            pub(crate) fn presets(self) -> [Action; 3] {
                match self { $(Self::$kind => [Action::$strict, Action::$default, Action::$lenient],)* }
            }
        }
    };
}

content_kinds! {
    /// Macros: VBA projects, Excel 4 macro sheets, macro names on shapes and fields.
    Macro = "macro", [Remove, Refuse], Remove, Remove, Remove;
    /// Macro-enabled file types: written as their macro-free twin (P17).
    MacroType = "macro-type", [Replace, Refuse], Replace, Replace, Replace;
    /// Scripts: JavaScript, VBScript, event handlers.
    Script = "script", [Remove, Refuse], Remove, Remove, Remove;
    /// ActiveX and other program controls: their picture or text stays.
    ActiveControl = "active-control", [Flatten, Remove, Refuse], Flatten, Flatten, Flatten;
    /// Embedded OLE objects: their preview picture stays (P03).
    EmbeddedObject = "embedded-object", [Flatten, Remove, Refuse], Flatten, Flatten, Flatten;
    /// Embedded documents of a supported type, such as the workbook behind a chart: rebuilt like any file (P03).
    EmbeddedDocument = "embedded-document", [Keep, Remove, Refuse], Keep, Keep, Keep;
    /// Files attached inside a document (P03).
    Attachment = "attachment", [Remove, Refuse], Remove, Remove, Remove;
    /// Anything that makes a program fetch or update from outside: templates, links, connections, queries (P22).
    ExternalReference = "external-reference", [Remove, Refuse], Remove, Remove, Remove;
    /// Pictures that stand outside the file (P15).
    RemoteImage = "remote-image", [Replace, Refuse], Replace, Replace, Replace;
    /// Hyperlinks to an allowed scheme (P02).
    Hyperlink = "hyperlink", [Keep, Flatten, Refuse], Flatten, Keep, Keep;
    /// Hyperlinks to any other scheme (P02).
    DangerousLink = "dangerous-link", [Flatten, Refuse], Flatten, Flatten, Flatten;
    /// Actions: of slides, of PDF, run on a click or on opening.
    DocumentAction = "document-action", [Remove, Refuse], Remove, Remove, Remove;
    /// Fields whose type is not on the allow-list: their result stays as text.
    Field = "field", [Flatten, Refuse], Flatten, Flatten, Flatten;
    /// Formulas that use a function or reference not on the allow-list: their value stays.
    Formula = "formula", [Flatten, Refuse], Flatten, Flatten, Flatten;
    /// Cells of text tables that a spreadsheet would read as a formula (P21).
    TableFormula = "table-formula", [Replace, Keep, Refuse], Replace, Replace, Keep;
    /// Form fields and controls: kept inert, or as text (P13).
    Form = "form", [Keep, Flatten, Refuse], Flatten, Keep, Keep;
    /// Data connections, data models, pivot caches of outside sources (P22, P23).
    DataConnection = "data-connection", [Remove, Refuse], Remove, Remove, Remove;
    /// Data beside the document: custom XML, tags, printer settings, thumbnails.
    CustomData = "custom-data", [Remove, Refuse], Remove, Remove, Remove;
    /// Metadata: authors, dates, revisions, EXIF, XMP (P04). Title and language are a switch of their own.
    Metadata = "metadata", [Remove, Keep, Refuse], Remove, Remove, Keep;
    /// Comments and notes of people (P09).
    Comment = "comment", [Keep, Remove, Refuse], Remove, Keep, Keep;
    /// Account ids and other marks of persons in comments and changes (P09).
    Identity = "identity", [Remove, Refuse], Remove, Remove, Remove;
    /// Tracked changes (P08): kept, or accepted with `flatten`.
    TrackedChange = "tracked-change", [Keep, Flatten, Refuse], Flatten, Keep, Keep;
    /// Older versions of the content that the file still carries (P08).
    OldRevision = "old-revision", [Remove, Refuse], Remove, Remove, Remove;
    /// Hidden text, sheets, slides, layers, picture parts (P14).
    HiddenContent = "hidden-content", [Keep, Remove, Refuse], Remove, Keep, Keep;
    /// Embedded fonts (P05).
    Font = "font", [Remove, Refuse], Remove, Remove, Remove;
    /// Colour profiles: pictures are converted to sRGB or to a profile the engine owns (P06).
    ColorProfile = "color-profile", [Replace, Refuse], Replace, Replace, Replace;
    /// Digital signatures: reported, then removed, since no rebuilt file can carry one (P11).
    Signature = "signature", [Remove, Refuse], Refuse, Remove, Remove;
    /// Audio, video and 3D models: their poster picture stays (P12).
    Media = "media", [Flatten, Remove, Refuse], Flatten, Flatten, Flatten;
    /// Animations: kept, or their first frame (P28).
    Animation = "animation", [Keep, Flatten, Refuse], Flatten, Keep, Keep;
    /// Vector pictures and metafiles (P20).
    Drawing = "drawing", [Replace, Refuse], Replace, Replace, Replace;
    /// Members of archives whose type is dangerous in itself (P16).
    DangerousFile = "dangerous-file", [Replace, Remove, Refuse], Refuse, Replace, Replace;
    /// Members of archives that cannot be rebuilt: a notice stands in their place (P01).
    RejectedMember = "rejected-member", [Replace, Remove, Refuse], Refuse, Replace, Replace;
    /// Names that a file system or a person would misread: made safe (P24).
    Name = "name", [Replace, Refuse], Replace, Replace, Replace;
    /// An extension that is not the content's, of the same family, or a drawing's for a picture (P33).
    WrongExtension = "wrong-extension", [Replace, Refuse], Refuse, Replace, Replace;
    /// An extension that is not the content's, of another family (P33).
    WrongFamily = "wrong-family", [Replace, Refuse], Refuse, Refuse, Replace;
    /// Encrypted input that no given password opens (P10).
    Encryption = "encryption", [Refuse], Refuse, Refuse, Refuse;
    /// Encrypted input that a known or given password opens: written without encryption (P10).
    OpenedEncryption = "opened-encryption", [Replace, Refuse], Replace, Replace, Replace;
    /// Attacks on a container's own structure: overlap, disagreement of headers, traversal (P01).
    Structure = "structure", [Refuse], Refuse, Refuse, Refuse;
    /// Bytes that belong to nothing: before, between and after the content.
    Slack = "slack", [Remove, Refuse], Remove, Remove, Remove;
    /// Elements, attributes, chunks, keys and records the engine has no field for.
    Unknown = "unknown", [Remove, Refuse], Remove, Remove, Remove;
    /// Extensions that a document says are required, and the engine does not know (P29).
    RequiredExtension = "required-extension", [Refuse], Refuse, Refuse, Refuse;
    /// Control characters, unbalanced bidirectional controls, invisible tag characters (P32).
    ControlCharacter = "control-character", [Remove, Refuse], Remove, Remove, Remove;
    /// Anything that uses up the reader's time or memory.
    Exhaustion = "exhaustion", [Refuse], Refuse, Refuse, Refuse;
    /// Encodings written anew in the form every reader takes alike.
    Reencoding = "reencoding", [Replace], Replace, Replace, Replace;
    /// Content that may deceive a person; reported only.
    Deception = "deception", [Keep, Refuse], Keep, Keep, Keep;
    /// Room for hidden messages in pictures (P07).
    Steganography = "steganography", [Keep, Refuse], Keep, Keep, Keep;
}
