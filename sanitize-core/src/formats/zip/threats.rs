//! Threats of ZIP archives.

use crate::report::{
    ContentKind::{self, *},
    Severity::{self, *},
    Threat,
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

macro_rules! threats {
    ($($name:ident = $id:literal, $kind:ident, $severity:ident, $summary:literal;)*) => {
        $(pub(super) static $name: Threat = threat($id, $kind, $severity, $summary);)*
        /// All of them, for the catalogue.
        pub(super) static ALL: &[&Threat] = &[$(&$name),*];
    };
}

threats! {
    SLIP = "zip.slip-dotdot", Structure, High, "a member name that leaves the directory it is extracted to";
    ABSOLUTE = "zip.absolute-path", Name, High, "a member name that starts at the root of a file system";
    DRIVE = "zip.drive-letter", Name, High, "a member name with a drive letter";
    NTFS_STREAM = "zip.ntfs-stream", Structure, High, "a member name that names an alternate data stream";
    DEVICE = "zip.reserved-device-names", Name, Medium, "a member name that Windows keeps for a device, or cannot hold";
    LINK = "zip.symlink-hardlink", Structure, High, "a link or device among the members";
    DUPLICATE = "zip.duplicate-names", Structure, High, "two members of one name";
    COLLISION = "zip.case-collision", Name, Medium, "member names that are one file where case or form does not count";
    CANONICAL = "zip.canonical-path-variants", Name, Medium, "a member name spelled in other than the one canonical way";
    HIDDEN_CHARACTERS = "zip.bidi-and-control-names", Name, High, "control or invisible characters in a member name";
    DECEPTIVE = "zip.homoglyph-and-double-extension", Deception, Medium, "a member name made to be misread";
    HEADERS = "zip.local-central-mismatch", Structure, High, "the headers of a member disagree with the directory";
    DESCRIPTOR = "zip.data-descriptor-tricks", Structure, High, "a member whose end readers find in different places";
    END_RECORDS = "zip.multiple-eocd", Structure, High, "several archives in one, by which end record is believed";
    ZIP64 = "zip.zip64-tricks", Structure, Medium, "ZIP64 records that contradict the plain ones";
    UNICODE_PATH = "zip.unicode-path-extra", Name, High, "a second name in an extra field, other than the first";
    CP932 = "zip.cp932-names", Reencoding, Medium, "names in code page 932 without a mark";
    UNMARKED = "zip.euc-and-utf8-without-flag", Reencoding, Low, "names in UTF-8 or code page 437 without a mark";
    OVERLAP = "zip.overlapping-files", Structure, High, "members that share bytes";
    RATIO = "zip.ratio-bomb", Exhaustion, High, "members expand beyond the limit";
    RECURSIVE = "zip.quine-and-recursive", Exhaustion, High, "archives nested deeper than the limit";
    MEMBER_COUNT = "zip.member-count-bomb", Exhaustion, Medium, "more members than the limit";
    ENCRYPTED = "zip.encrypted-entries", Encryption, Medium, "encrypted members that no given password opens";
    MIXED_ENCRYPTION = "zip.bad-password-oracle-mixed", Structure, Low, "headers disagree on whether a member is encrypted";
    METHOD = "zip.unsupported-method", RejectedMember, Medium, "a member compressed in a way this engine does not read";
    PREFIX = "zip.prepended-and-sfx", Slack, High, "bytes in front of the first member";
    GAPS = "zip.appended-data-gaps", Slack, Medium, "bytes between or behind the members that belong to none";
    COMMENTS = "zip.comments-extra-attrs", Metadata, Low, "comments and extra fields";
    MEMBER = "zip.mime-and-ooxml-inside", RejectedMember, Medium, "a member that could not be rebuilt";
    SHORTCUT = "zip.lnk-and-url-files", DangerousFile, High, "a shortcut among the members";
    DISK_IMAGE = "zip.disk-images", DangerousFile, High, "a disk image among the members";
    SPLIT = "zip.split-and-spanned", Structure, Medium, "a part of an archive in several files";
    DIRECTORY = "zip.directory-file-confusion", Structure, Medium, "a directory with content, or a file used as a directory";
    ODD_HEADER = "zip.timestamp-and-version-abuse", Reencoding, Low, "times and versions that do not exist";
    SIDE_FILE = "zip.os-metadata-files", CustomData, Low, "files an operating system left for itself";
    LENGTH = "zip.path-length-and-depth", Name, Low, "a member name too long or too deep to be extracted everywhere";
}

/// The same threat once a given password opened the member: it is written without encryption (P10).
pub(super) static OPENED: Threat = threat(
    "zip.encrypted-entries",
    OpenedEncryption,
    Medium,
    "encrypted members that a given password opens",
);
