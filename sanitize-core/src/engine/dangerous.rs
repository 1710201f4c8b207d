//! Files that are dangerous in themselves, by name and by first bytes, for the containers that hold them.

/// What kind of danger a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Danger {
    /// It leads to another file or address.
    Shortcut,
    /// It is mounted when it is opened, and what is in it loses its mark of the web.
    DiskImage,
    /// A program, a script, or a file that a program acts on.
    Other,
}

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

/// The danger that a file of this extension is.
pub(crate) fn by_extension(extension: &str) -> Option<Danger> {
    let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(extension));
    if is_in(SHORTCUTS) {
        Some(Danger::Shortcut)
    } else if is_in(DISK_IMAGES) {
        Some(Danger::DiskImage)
    } else if is_in(DANGEROUS) {
        Some(Danger::Other)
    } else {
        None
    }
}

/// The danger that a file with these bytes is under any name. Programs are recognised with all formats.
pub(crate) fn by_content(plain: &[u8]) -> Option<Danger> {
    let has_at =
        |offset: usize, magic: &[u8]| plain.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    let tail = plain.len().checked_sub(512);
    let is_disk = has_at(0x8001, b"CD001")
        || has_at(0, b"vhdxfile")
        || has_at(0, b"conectix")
        || has_at(0, b"MSWIM\0\0\0")
        || tail.is_some_and(|tail| has_at(tail, b"conectix") || has_at(tail, b"koly"));
    if is_disk {
        return Some(Danger::DiskImage);
    }
    // Internet shortcuts are text, so that only their first line tells.
    let head = plain.get(..256).unwrap_or(plain);
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let starts = |line: &[u8]| head.get(..line.len()).is_some_and(|start| start.eq_ignore_ascii_case(line));
    let is_shortcut = [&b"[InternetShortcut]"[..], b"[Desktop Entry]", b"[.ShellClassInfo]", b"[Shell]"];
    if is_shortcut.into_iter().any(starts) {
        return Some(Danger::Shortcut);
    }
    (has_at(0, b"ITSF") || has_at(0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d")).then_some(Danger::Other)
}
