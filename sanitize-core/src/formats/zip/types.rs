//! Types by name and by first bytes.

use super::threats;
use crate::{
    engine::{
        dangerous::{self, Danger},
        threats as engine,
    },
    format::{self, Family, Format},
    report::Threat,
};

/// Names that make an archive a package of another format.
pub(super) const PACKAGE_PARTS: [&str; 4] =
    ["[Content_Types].xml", "META-INF/MANIFEST.MF", "META-INF/manifest.xml", "META-INF/container.xml"];
/// What the first member of other packages holds.
pub(super) const PACKAGE_TYPES: [&[u8]; 2] =
    [b"application/vnd.oasis.opendocument.", b"application/epub+zip"];

/// The threat that a file of this extension is in itself.
pub(super) fn dangerous_extension(extension: &str) -> Option<&'static Threat> {
    dangerous::by_extension(extension).map(|danger| threat_of(danger, &engine::DANGEROUS))
}

/// The threat that a file with these bytes is under any name. Programs are the engine's to recognise.
pub(super) fn dangerous_content(plain: &[u8]) -> Option<&'static Threat> {
    dangerous::by_content(plain).map(|danger| threat_of(danger, &engine::DANGEROUS_CONTENT))
}

fn threat_of(danger: Danger, other: &'static Threat) -> &'static Threat {
    match danger {
        Danger::Shortcut => &threats::SHORTCUT,
        Danger::DiskImage => &threats::DISK_IMAGE,
        Danger::Other => other,
    }
}

/// Files that operating systems and version control leave for themselves, by path.
pub(super) fn is_side_file(path: &str) -> bool {
    let mut segments = path.trim_end_matches('/').split('/');
    let base = segments.next_back().unwrap_or_default();
    let any = |known: &[&str], name: &str| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    let folders = ["__MACOSX", ".git", ".svn", ".hg", "$RECYCLE.BIN", "System Volume Information"];
    let files = [".DS_Store", "Thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "autorun.inf"];
    segments.any(|folder| any(&folders, folder))
        || any(&folders, base)
        || any(&files, base)
        || base.starts_with("._")
        || base.starts_with("~$")
}

/// True for formats whose bytes are compressed already.
pub(super) fn is_compressed(format: Format) -> bool {
    let plain = [format::BMP, format::TIFF, format::ICO, format::DOC, format::XLS, format::PPT, format::RTF];
    !plain.contains(&format) && !matches!(format.family(), Family::Text | Family::Markup | Family::Mail)
}
