//! Threats of XML data.

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

pub(super) static EXTERNAL_ENTITIES: Threat =
    threat("xml.external-entities", Structure, High, "a document type that reads from outside");
pub(super) static EXPANSION: Threat =
    threat("xml.entity-expansion", Exhaustion, High, "entities in each other, or too many");
pub(super) static PROGRAM: Threat = threat(
    "xml.pi-application-hijack",
    Script,
    High,
    "a document of a program, or what some program runs, under the name of data",
);
pub(super) static FLAT_PACKAGE: Threat =
    threat("opc.flat-opc-xml", Structure, High, "Flat OPC single-XML document");
pub(super) static WORD_2003: Threat =
    threat("opc.word2003-xml", Structure, High, "Word 2003 XML with macros");
pub(super) static EXCEL_2003: Threat = threat("opc.excel2003-xml", Structure, Medium, "SpreadsheetML 2003");
pub(super) static FORM: Threat =
    threat("pdf.external-fdf-xfdf", Structure, High, "FDF, XFDF and XDP as top-level files");
pub(super) static DEEP: Threat = threat(
    "xml.deep-wide-structures",
    Exhaustion,
    Medium,
    "elements too deep, or too many attributes or namespaces",
);
pub(super) static SIGNATURE: Threat = threat(
    "xml.signature-and-encryption",
    Signature,
    Low,
    "a signature or an encrypted part, which no rebuilt file can carry",
);
pub(super) static COMMENT: Threat =
    threat("xml.comments-cdata-smuggling", Metadata, Low, "comments, which programs pass over or do not");
pub(super) static CHARACTER: Threat =
    threat("file.xml-char-illegal", Structure, Medium, "a character that XML does not allow");
pub(super) static ENCODING: Threat =
    threat("txt.encoding-confusion", Reencoding, Medium, "another encoding than UTF-8, written as UTF-8");

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] = &[
    &EXTERNAL_ENTITIES,
    &EXPANSION,
    &PROGRAM,
    &FLAT_PACKAGE,
    &WORD_2003,
    &EXCEL_2003,
    &FORM,
    &DEEP,
    &SIGNATURE,
    &COMMENT,
    &CHARACTER,
    &ENCODING,
    &CONTROLS,
    &UNBALANCED,
    &INVISIBLE,
];

// The same threats, where another kind of content says better what the policy decides about.

pub(super) static DOCTYPE: Threat = threat(
    "xml.external-entities",
    Reencoding,
    Medium,
    "a document type, left out; its names written in full",
);
pub(super) static INCLUDE: Threat =
    threat("xml.external-entities", ExternalReference, High, "another document that is to stand in this one");
pub(super) static REFERENCE: Threat =
    threat("xml.external-entities", ExternalReference, Medium, "where a schema or a base of addresses is");
pub(super) static LINK: Threat =
    threat("xml.external-entities", DangerousLink, Medium, "links that run or open something");
pub(super) static INSTRUCTION: Threat = threat(
    "xml.pi-application-hijack",
    ExternalReference,
    Medium,
    "instructions for programs, such as which style sheet to fetch",
);
pub(super) static PAGE: Threat = threat(
    "xml.pi-application-hijack",
    Unknown,
    Medium,
    "parts of a page or drawing, of which the words stay",
);
pub(super) static CDATA: Threat = threat(
    "xml.comments-cdata-smuggling",
    Reencoding,
    Low,
    "a section in which markup is text, written as text",
);
