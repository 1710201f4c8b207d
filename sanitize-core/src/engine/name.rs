//! Names of files: the extension as a claim, and the name an output should have.

use crate::format::Format;

/// The extension of `name` without its dot, or nothing. A name that is only an extension has none.
pub(crate) fn extension(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match base.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    }
}

/// `name` with the extension of `format`, unless it already has one of that format's.
///
/// An extension that names another known format is replaced; one that names none (`report.2026`) stays as
/// part of the name.
pub(crate) fn with_extension(name: &str, format: Format) -> String {
    let claimed = extension(name);
    if format.extensions().iter().any(|known| known.eq_ignore_ascii_case(claimed)) {
        return name.to_owned();
    }
    let stem = match Format::by_extension(claimed) {
        Some(_) => name.get(..name.len() - claimed.len() - 1).unwrap_or(name),
        None => name,
    };
    format!("{stem}.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{DOCX, JPEG};

    #[test]
    fn the_extension_follows_the_format() {
        assert_eq!(with_extension("plan.docm", DOCX), "plan.docx");
        assert_eq!(with_extension("写真.JPEG", JPEG), "写真.JPEG");
        assert_eq!(with_extension("report.2026", DOCX), "report.2026.docx");
        assert_eq!(with_extension("a.b/plan", DOCX), "a.b/plan.docx");
        assert_eq!(with_extension(".docm", DOCX), ".docm.docx");
    }
}
