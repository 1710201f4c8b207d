//! Kinds of documents: by the content type of the main part, and what each is written as.

use super::allow::PartKind;
use crate::format::{self, Format};

/// One kind of document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kind {
    /// The content type of the main part.
    content_type: &'static str,
    /// What the file is.
    pub(super) format: Format,
    /// What it is written as; `None` for kinds that are refused.
    pub(super) written: Option<Written>,
}

/// What a document is written as.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) format: Format,
    pub(super) main: PartKind,
    /// The folder of its parts.
    pub(super) folder: &'static str,
    /// The content type of its main part.
    pub(super) content_type: &'static str,
}

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const WORD_TEMPLATE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml";
const EXCEL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const EXCEL_TEMPLATE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml";
const POWERPOINT: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
const POWERPOINT_TEMPLATE: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml";
const POWERPOINT_SHOW: &str =
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml";

const fn word(format: Format, content_type: &'static str) -> Option<Written> {
    Some(Written { format, main: PartKind::MainDocument, folder: "word", content_type })
}

const fn excel(format: Format, content_type: &'static str) -> Option<Written> {
    Some(Written { format, main: PartKind::Workbook, folder: "xl", content_type })
}

const fn powerpoint(format: Format, content_type: &'static str) -> Option<Written> {
    Some(Written { format, main: PartKind::Presentation, folder: "ppt", content_type })
}

const fn kind(content_type: &'static str, format: Format, written: Option<Written>) -> Kind {
    Kind { content_type, format, written }
}

/// A macro-enabled type is written as its macro-free twin (P17); add-ins and binary workbooks are refused.
static KINDS: &[Kind] = &[
    kind(WORD, format::DOCX, word(format::DOCX, WORD)),
    kind(WORD_TEMPLATE, format::DOTX, word(format::DOTX, WORD_TEMPLATE)),
    kind("application/vnd.ms-word.document.macroEnabled.main+xml", format::DOCM, word(format::DOCX, WORD)),
    kind(
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
        format::DOTM,
        word(format::DOTX, WORD_TEMPLATE),
    ),
    kind(EXCEL, format::XLSX, excel(format::XLSX, EXCEL)),
    kind(EXCEL_TEMPLATE, format::XLTX, excel(format::XLTX, EXCEL_TEMPLATE)),
    kind("application/vnd.ms-excel.sheet.macroEnabled.main+xml", format::XLSM, excel(format::XLSX, EXCEL)),
    kind(
        "application/vnd.ms-excel.template.macroEnabled.main+xml",
        format::XLTM,
        excel(format::XLTX, EXCEL_TEMPLATE),
    ),
    kind("application/vnd.ms-excel.addin.macroEnabled.main+xml", format::XLAM, None),
    kind("application/vnd.ms-excel.sheet.binary.macroEnabled.main", format::XLSB, None),
    kind(POWERPOINT, format::PPTX, powerpoint(format::PPTX, POWERPOINT)),
    kind(POWERPOINT_TEMPLATE, format::POTX, powerpoint(format::POTX, POWERPOINT_TEMPLATE)),
    kind(POWERPOINT_SHOW, format::PPSX, powerpoint(format::PPSX, POWERPOINT_SHOW)),
    kind(
        "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
        format::PPTM,
        powerpoint(format::PPTX, POWERPOINT),
    ),
    kind(
        "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
        format::POTM,
        powerpoint(format::POTX, POWERPOINT_TEMPLATE),
    ),
    kind(
        "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
        format::PPSM,
        powerpoint(format::PPSX, POWERPOINT_SHOW),
    ),
    kind("application/vnd.ms-powerpoint.addin.macroEnabled.main+xml", format::PPAM, None),
];

/// Every format a package can be.
pub(super) static FORMATS: &[Format] = &[
    format::DOCX,
    format::DOTX,
    format::DOCM,
    format::DOTM,
    format::XLSX,
    format::XLTX,
    format::XLSM,
    format::XLTM,
    format::PPTX,
    format::POTX,
    format::PPSX,
    format::PPTM,
    format::POTM,
    format::PPSM,
];

/// The kind whose main part has this content type.
pub(super) fn by_content_type(content_type: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.content_type.eq_ignore_ascii_case(content_type))
}

/// The content type of the main part of `format`.
pub(super) fn main_content_type(format: Format) -> Option<&'static str> {
    KINDS.iter().find(|kind| kind.format == format).map(|kind| kind.content_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_macro_enabled_main_part_is_written_as_its_twin() {
        let docm = by_content_type("application/vnd.ms-word.document.macroEnabled.main+xml").unwrap();
        assert_eq!(docm.format, format::DOCM);
        let written = docm.written.unwrap();
        assert_eq!((written.format, written.content_type), (format::DOCX, WORD));
        assert!(
            by_content_type("application/vnd.ms-excel.addin.macroEnabled.main+xml")
                .unwrap()
                .written
                .is_none()
        );
        assert!(by_content_type("application/vnd.ms-office.vbaProject").is_none());
    }
}
