//! Types by name and by first bytes.

use super::{notice::Reason, threats};
use crate::{
    engine::threats as engine,
    format::{self, Family, Format},
    report::Threat,
};

/// Names that make an archive a package of another format.
pub(super) const PACKAGE_PARTS: [&str; 2] = ["[Content_Types].xml", "META-INF/MANIFEST.MF"];
/// What the first member of other packages holds, 38 bytes from the start.
pub(super) const PACKAGE_TYPES: [&[u8]; 2] =
    [b"application/vnd.oasis.opendocument.", b"application/epub+zip"];

/// Types that programs act on when they are opened, after Microsoft's list of blocked attachments and the
/// abuse of the last years. This list chooses the words of a notice: what may be written is decided by who
/// can rebuild it.
const DANGEROUS: &[&str] = &[
    "ade",
    "adp",
    "accde",
    "accdb",
    "app",
    "appinstaller",
    "application",
    "appref-ms",
    "appx",
    "appxbundle",
    "apk",
    "asp",
    "aspx",
    "bas",
    "bat",
    "chm",
    "class",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "diagcab",
    "diagcfg",
    "diagpkg",
    "dll",
    "dqy",
    "drv",
    "dsn",
    "elf",
    "exe",
    "fxp",
    "gadget",
    "grp",
    "hlp",
    "hpj",
    "hta",
    "htc",
    "inf",
    "ins",
    "iqy",
    "isp",
    "jar",
    "jnlp",
    "js",
    "jse",
    "ksh",
    "library-ms",
    "mad",
    "maf",
    "mam",
    "maq",
    "mar",
    "mas",
    "mau",
    "mav",
    "maw",
    "mcf",
    "mda",
    "mdb",
    "mde",
    "mdt",
    "mdw",
    "mdz",
    "msc",
    "msh",
    "msh1",
    "msh2",
    "mshxml",
    "msi",
    "msix",
    "msixbundle",
    "msp",
    "mst",
    "msu",
    "ocx",
    "odc",
    "oqy",
    "one",
    "onepkg",
    "ops",
    "osd",
    "pcd",
    "php",
    "pif",
    "pkg",
    "pl",
    "plg",
    "ppam",
    "prf",
    "prg",
    "printerexport",
    "ps1",
    "ps1xml",
    "ps2",
    "ps2xml",
    "psc1",
    "psc2",
    "psd1",
    "psdm1",
    "psm1",
    "py",
    "pyc",
    "pyo",
    "pyw",
    "pyz",
    "pyzw",
    "rb",
    "rdp",
    "reg",
    "rpm",
    "rqy",
    "scr",
    "sct",
    "search-ms",
    "searchconnector-ms",
    "settingcontent-ms",
    "sh",
    "shb",
    "shs",
    "slk",
    "swf",
    "sys",
    "theme",
    "themepack",
    "udl",
    "vbe",
    "vbp",
    "vbs",
    "vsmacros",
    "vsw",
    "vxd",
    "wcx",
    "webpnp",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "wll",
    "xbap",
    "xlam",
    "xll",
    "xnk",
    "xsl",
    "xslt",
];
const SHORTCUTS: &[&str] = &["lnk", "url", "website", "scf", "desktop", "webloc", "inetloc"];
const DISK_IMAGES: &[&str] = &["iso", "img", "vhd", "vhdx", "vmdk", "wim", "dmg", "udf"];

/// The threat that a file of this extension is in itself.
pub(super) fn dangerous_extension(extension: &str) -> Option<&'static Threat> {
    let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(extension));
    if is_in(SHORTCUTS) {
        Some(&threats::SHORTCUT)
    } else if is_in(DISK_IMAGES) {
        Some(&threats::DISK_IMAGE)
    } else if is_in(DANGEROUS) {
        Some(&engine::DANGEROUS)
    } else {
        None
    }
}

/// The threat that a file with these bytes is under any name. Programs are the engine's to recognise.
pub(super) fn dangerous_content(plain: &[u8]) -> Option<&'static Threat> {
    let has_at =
        |offset: usize, magic: &[u8]| plain.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    let tail = plain.len().checked_sub(512);
    let is_disk = has_at(0x8001, b"CD001")
        || has_at(0, b"vhdxfile")
        || has_at(0, b"conectix")
        || has_at(0, b"MSWIM\0\0\0")
        || tail.is_some_and(|tail| has_at(tail, b"conectix") || has_at(tail, b"koly"));
    if is_disk {
        return Some(&threats::DISK_IMAGE);
    }
    // Internet shortcuts are text, so that only their first line tells.
    let head = plain.get(..256).unwrap_or(plain);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |line: &[u8]| head.get(..line.len()).is_some_and(|start| start.eq_ignore_ascii_case(line));
    let is_shortcut = [&b"[InternetShortcut]"[..], b"[Desktop Entry]", b"[.ShellClassInfo]", b"[Shell]"];
    if is_shortcut.into_iter().any(starts) {
        return Some(&threats::SHORTCUT);
    }
    (has_at(0, b"ITSF") || has_at(0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d"))
        .then_some(&engine::DANGEROUS_CONTENT)
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

/// The words for a nested file that was rejected, by the report's stable reason.
pub(super) fn reason(word: &str) -> Reason {
    match word {
        "unsupported" => Reason::NotSupported,
        "malformed" | "encrypted" => Reason::NotReadable,
        _ => Reason::Refused,
    }
}
