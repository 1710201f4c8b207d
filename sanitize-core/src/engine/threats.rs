//! Threats of any file, whatever its format.

use crate::report::{
    ContentKind::{self, *},
    Severity::{self, *},
    Threat,
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(crate) static TYPE_MISMATCH: Threat =
    threat("file.type-extension-mismatch", WrongFamily, Medium, "the extension names another kind of file");
pub(crate) static WRONG_EXTENSION: Threat = threat(
    "img.name-mime-mismatch",
    WrongExtension,
    Low,
    "the extension names another type of the same family",
);
pub(crate) static MACRO_TYPE: Threat =
    threat("opc.macro-main-content-type", MacroType, High, "a macro-enabled file type");
pub(crate) static TRUNCATED: Threat =
    threat("file.truncated-input", Structure, Low, "the file is empty, cut short or damaged");
pub(crate) static PADDING: Threat = threat(
    "file.size-inflated-padding",
    Structure,
    Medium,
    "a file that cannot be read, most of it filling that takes it past scanners",
);
pub(crate) static POLYGLOT: Threat =
    threat("file.polyglot-two-formats", Slack, High, "the file is valid as a file of two formats at once");
pub(crate) static DEPTH: Threat =
    threat("file.nested-depth-limit", Exhaustion, High, "documents are nested deeper than the limit");
pub(crate) static EXPANSION: Threat = threat(
    "file.global-expansion-budget",
    Exhaustion,
    High,
    "the file needs more than a limit of the run allows",
);
pub(crate) static UNSUPPORTED: Threat =
    threat("file.unsupported-format", Structure, Medium, "no rebuilder for this kind of file");
pub(crate) static JAPANESE_OFFICE: Threat =
    threat("file.japanese-office-formats", Structure, Medium, "Ichitaro, DocuWorks or Hancom file");
pub(crate) static DANGEROUS: Threat =
    threat("zip.dangerous-types", DangerousFile, High, "a program, script or shortcut");
pub(crate) static DANGEROUS_CONTENT: Threat =
    threat("zip.type-by-magic-not-name", DangerousFile, High, "a program under a harmless name");
pub(crate) static ENCRYPTED: Threat =
    threat("opc.encrypted-agile", Encryption, Medium, "the file is encrypted and no given password opens it");
pub(crate) static FAILED: Threat =
    threat("file.fail-open-on-error", Structure, High, "the file could not be rebuilt");
pub(crate) static OUTPUT_NAME: Threat =
    threat("file.output-name-sanitised", Name, Medium, "a name that a file system or a person would misread");

/// All of them, for the catalogue.
pub(crate) static ALL: &[&Threat] = &[
    &TYPE_MISMATCH,
    &WRONG_EXTENSION,
    &MACRO_TYPE,
    &TRUNCATED,
    &PADDING,
    &POLYGLOT,
    &DEPTH,
    &EXPANSION,
    &UNSUPPORTED,
    &JAPANESE_OFFICE,
    &DANGEROUS,
    &DANGEROUS_CONTENT,
    &ENCRYPTED,
    &FAILED,
    &OUTPUT_NAME,
];
