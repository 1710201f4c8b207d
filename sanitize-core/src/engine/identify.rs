//! What a file is, decided by its content.
//!
//! Handlers are asked first, in their order. What none of them takes is named where it can be, so that a
//! person learns why it was rejected; naming a file never lets it through.

use std::cell::OnceCell;

use crate::{
    budget::{Budget, Cancel},
    bytes::Reader,
    engine::{
        handler::{Envelope, Handler},
        name, threats,
    },
    error::Error,
    format::{self, Family, Format},
    limits::Limits,
    report::Threat,
    toolkits::archive::cfb::{self, CompoundFile},
};

/// What a handler may look at to recognise its format.
pub(crate) struct Probe<'a> {
    bytes: &'a [u8],
    extension: &'a str,
    member_names: OnceCell<Vec<&'a [u8]>>,
    compound: OnceCell<Option<CompoundFile<'a>>>,
}

impl<'a> Probe<'a> {
    /// Looks at `bytes`, which came under `file_name`.
    pub(crate) fn new(bytes: &'a [u8], file_name: &'a str) -> Self {
        let extension = name::extension(file_name);
        Self { bytes, extension, member_names: OnceCell::new(), compound: OnceCell::new() }
    }

    /// The whole file.
    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// True when the file starts with `magic`.
    pub(crate) fn starts_with(&self, magic: &[u8]) -> bool {
        self.bytes.starts_with(magic)
    }

    /// The bytes of `magic` stand at `offset`.
    pub(crate) fn has_at(&self, offset: usize, magic: &[u8]) -> bool {
        self.bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic))
    }

    /// The extension that the name claims, as written; empty when there is none.
    pub(crate) fn extension(&self) -> &'a str {
        self.extension
    }

    /// True when the file is laid out as a ZIP archive: a central directory with at least one member, or
    /// an empty one, found from the end as readers do.
    pub(crate) fn is_zip(&self) -> bool {
        self.bytes.starts_with(b"PK\x05\x06") || !self.member_names().is_empty()
    }

    /// Raw names of the first members of the ZIP central directory; empty when there is none. Reads at
    /// most 4,096 of them: enough to recognise a package, bounded for everything else.
    pub(crate) fn member_names(&self) -> &[&'a [u8]] {
        self.member_names.get_or_init(|| zip_names(self.bytes).unwrap_or_default())
    }

    /// True when a ZIP member with exactly this name is among the first.
    pub(crate) fn has_member(&self, name: &[u8]) -> bool {
        self.member_names().contains(&name)
    }

    /// What a member with the name `mimetype` holds, where it is the first of an archive and stored: the type of an
    /// OpenDocument or EPUB package, seen from outside. More may follow it.
    pub(crate) fn package_type(&self) -> Option<&'a [u8]> {
        let header = self.bytes.strip_prefix(b"PK\x03\x04")?.get(22..)?;
        let ([8, 0, a, b], name) = header.split_first_chunk()? else { return None };
        name.strip_prefix(b"mimetype")?.get(usize::from(u16::from_le_bytes([*a, *b]))..)
    }

    /// The file as a compound file; `None` when it is none, or cannot be read as one. Its directory is read
    /// under limits of its own, once for all who ask.
    pub(crate) fn compound(&self) -> Option<&CompoundFile<'a>> {
        let read = || {
            let budget = Budget::new(&Limits::default(), self.bytes.len() as u64, Cancel::new());
            self.starts_with(cfb::SIGNATURE).then(|| CompoundFile::read(self.bytes, &budget).ok()).flatten()
        };
        self.compound.get_or_init(read).as_ref()
    }
}

/// Names in the central directory of the last end record. A looser reading than the archive reader's: its
/// answer only chooses who reads the file in earnest.
fn zip_names(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    const END: &[u8] = b"PK\x05\x06";
    let tail = bytes.len().saturating_sub(22 + 65_535 + 4_096);
    let searched = bytes.get(tail..)?;
    // Few files have the third byte at all, and one byte is looked for faster than four.
    let ends = memchr::memrchr_iter(5, searched).filter_map(|third| third.checked_sub(2));
    let mut ends = ends.filter(|start| searched.get(*start..).is_some_and(|rest| rest.starts_with(END)));
    let end = tail + ends.next()?;
    let mut record = Reader::new(bytes.get(end..)?);
    record.skip(12, "end record").ok()?;
    let size = u64::from(record.u32_le("directory size").ok()?);
    let start = u64::from(record.u32_le("directory offset").ok()?);
    // The directory stands right before the end record; its stated offset is wrong where bytes were put
    // before the archive, and a placeholder in ZIP64.
    let by_size = (end as u64).checked_sub(size);
    let names = [by_size, Some(start)].into_iter().flatten().map(|start| names_from(bytes, start));
    names.max_by_key(Vec::len)
}

fn names_from(bytes: &[u8], start: u64) -> Vec<&[u8]> {
    let mut names = Vec::new();
    let directory = usize::try_from(start).ok().and_then(|start| bytes.get(start..)).unwrap_or_default();
    let mut reader = Reader::new(directory);
    while names.len() < 4_096 && reader.peek(4) == Some(b"PK\x01\x02") {
        let Ok(name) = directory_name(&mut reader) else { break };
        names.push(name);
    }
    names
}

fn directory_name<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Error> {
    reader.skip(28, "directory header")?;
    let name = reader.u16_le("name length")?;
    let extra = reader.u16_le("extra length")?;
    let comment = reader.u16_le("comment length")?;
    reader.skip(12, "directory header")?;
    let name = reader.take(name, "name")?;
    reader.skip(u32::from(extra) + u32::from(comment), "extra fields")?;
    Ok(name)
}

/// The handler that takes the file, and the format it sees.
pub(crate) fn identify(
    handlers: &[&'static dyn Handler],
    probe: &Probe<'_>,
) -> Result<(&'static dyn Handler, Format), Unknown> {
    if probe.bytes().is_empty() {
        return Err(Unknown { format: None, threat: &threats::TRUNCATED, what: "an empty file" });
    }
    if let Some((format, what)) = program(probe) {
        let threat =
            if probe.extension().is_empty() || Format::by_extension(probe.extension()) == Some(format) {
                &threats::DANGEROUS
            } else {
                &threats::DANGEROUS_CONTENT
            };
        return Err(Unknown { format: Some(format), threat, what });
    }
    if probe.is_zip() && !probe.starts_with(b"PK") && signature(probe).is_some() {
        // An archive at the end of a file of another kind is something in it, not the file.
        return Err(named(probe));
    }
    for handler in handlers {
        if let Some(format) = handler.probe(probe) {
            if format.family() == Family::Text && has_japanese_name(probe) {
                break;
            }
            return Ok((*handler, format));
        }
    }
    Err(named(probe))
}

/// The envelope that the file is, and the format it sees.
pub(crate) fn envelope(
    envelopes: &[&'static dyn Envelope],
    probe: &Probe<'_>,
) -> Option<(&'static dyn Envelope, Format)> {
    envelopes.iter().find_map(|envelope| envelope.probe(probe).map(|format| (*envelope, format)))
}

/// A file no handler takes.
#[derive(Debug)]
pub(crate) struct Unknown {
    pub(crate) format: Option<Format>,
    pub(crate) threat: &'static Threat,
    pub(crate) what: &'static str,
}

/// Programs and shortcuts by content: no policy lets them through, whatever they are named (P16).
fn program(probe: &Probe<'_>) -> Option<(Format, &'static str)> {
    let shell_link = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46";
    let mach = [b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"];
    if probe.starts_with(b"\x7fELF") {
        Some((format::EXECUTABLE, "an ELF program"))
    } else if probe.starts_with(b"MZ") && is_dos_program(probe.bytes()) {
        Some((format::EXECUTABLE, "a DOS or Windows program"))
    } else if mach.iter().any(|magic| probe.starts_with(*magic)) {
        Some((format::EXECUTABLE, "a macOS program"))
    } else if probe.starts_with(b"\xca\xfe\xba\xbe") {
        Some((format::EXECUTABLE, "a Java class or a macOS program"))
    } else if probe.starts_with(shell_link) {
        Some((format::SHORTCUT, "a Windows shortcut"))
    } else if probe.starts_with(b"#!") && Format::by_extension(probe.extension()) != Some(format::TXT) {
        // Under the name of a text nothing runs it; the text handler reports the line.
        Some((format::SCRIPT, "a script"))
    } else {
        None
    }
}

/// `MZ` alone is also two letters of text: the header's page count must not be absurd, or a PE header follows.
fn is_dos_program(bytes: &[u8]) -> bool {
    let mut reader = Reader::new(bytes);
    let is_text = bytes.iter().take(64).all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7e));
    !is_text
        && reader.seek(2, "header").is_ok()
        && reader.u16_le("bytes on last page").is_ok_and(|last| last <= 512)
        || pe_header(bytes).is_some()
}

fn pe_header(bytes: &[u8]) -> Option<()> {
    let mut reader = Reader::new(bytes);
    reader.seek(0x3c, "PE offset").ok()?;
    let offset = usize::try_from(reader.u32_le("PE offset").ok()?).ok()?;
    bytes.get(offset..)?.starts_with(b"PE\0\0").then_some(())
}

/// The name of a format the engine does not rebuild.
fn named(probe: &Probe<'_>) -> Unknown {
    let unknown = |format, what| Unknown { format: Some(format), threat: &threats::UNSUPPORTED, what };
    if let Some((format, what)) = signature(probe) {
        return unknown(format, what);
    }
    if probe.is_zip() {
        return zip_based(probe);
    }
    let leading = probe.bytes().get(..1_024).unwrap_or(probe.bytes());
    if memchr::memmem::find(leading, b"%PDF-").is_some() {
        return unknown(format::PDF, "a PDF document");
    }
    if probe.starts_with(cfb::SIGNATURE) {
        return compound(probe);
    }
    if has_japanese_name(probe) {
        return Unknown {
            format: None,
            threat: &threats::JAPANESE_OFFICE,
            what: "an Ichitaro, DocuWorks or Hancom file",
        };
    }
    Unknown { format: None, threat: &threats::UNSUPPORTED, what: "an unknown kind of file" }
}

/// The format and its name, where the first bytes are of one that is known and not rebuilt.
fn signature(probe: &Probe<'_>) -> Option<(Format, &'static str)> {
    let found = SIGNATURES.iter().find(|(offset, magic, ..)| probe.has_at(*offset, magic));
    found.map(|(_, _, format, what)| (*format, *what))
}

/// True for the extensions of Ichitaro, DocuWorks and Hancom, whose files begin with few bytes that a text could
/// not begin with.
fn has_japanese_name(probe: &Probe<'_>) -> bool {
    let known = ["jtd", "jtdc", "jttc", "xdw", "xbd", "xct", "hwp", "hwpx"];
    known.iter().any(|known| known.eq_ignore_ascii_case(probe.extension()))
}

fn zip_based(probe: &Probe<'_>) -> Unknown {
    let unknown = |format, what| Unknown { format: Some(format), threat: &threats::UNSUPPORTED, what };
    let mimetype = probe.package_type().unwrap_or_default();
    if mimetype.starts_with(b"application/epub+zip") || probe.has_member(b"META-INF/container.xml") {
        unknown(format::EPUB, "an EPUB book")
    } else if mimetype.starts_with(b"application/vnd.oasis.opendocument.")
        || probe.has_member(b"META-INF/manifest.xml")
    {
        let by_name = Format::by_extension(probe.extension());
        let known = [format::ODT, format::ODS, format::ODP, format::ODG];
        unknown(
            by_name.filter(|format| known.contains(format)).unwrap_or(format::ODT),
            "an OpenDocument file",
        )
    } else if probe.has_member(b"META-INF/MANIFEST.MF") {
        Unknown { format: Some(format::JAR), threat: &threats::DANGEROUS, what: "a Java archive" }
    } else {
        unknown(format::ZIP, "an archive this engine cannot read")
    }
}

/// Compound files: what they hold is told by their directory's stream names, UTF-16 in the file.
fn compound(probe: &Probe<'_>) -> Unknown {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(probe.bytes(), &wide).is_some()
    };
    let unknown = |format, threat, what| Unknown { format: Some(format), threat, what };
    if holds("EncryptedPackage") {
        unknown(format::COMPOUND, &threats::ENCRYPTED, "an encrypted Office document")
    } else if holds("WordDocument") {
        unknown(format::DOC, &threats::UNSUPPORTED, "a Word 97-2003 document")
    } else if holds("Workbook") || holds("Book") {
        unknown(format::XLS, &threats::UNSUPPORTED, "an Excel 97-2003 workbook")
    } else if holds("PowerPoint Document") {
        unknown(format::PPT, &threats::UNSUPPORTED, "a PowerPoint 97-2003 presentation")
    } else if holds("__properties_version1.0") {
        unknown(format::MSG, &threats::UNSUPPORTED, "an Outlook message")
    } else if holds("DocumentText") || holds("HwpSummaryInformation") {
        unknown(format::COMPOUND, &threats::JAPANESE_OFFICE, "an Ichitaro or Hancom document")
    } else {
        unknown(format::COMPOUND, &threats::UNSUPPORTED, "a compound file")
    }
}

/// Magic numbers of formats that are known and not rebuilt. Handlers are asked before this table.
const SIGNATURES: &[(usize, &[u8], Format, &str)] = &[
    (0, b"{\\rtf", format::RTF, "a rich text document"),
    (0, b"7z\xbc\xaf\x27\x1c", format::SEVEN_ZIP, "a 7-Zip archive"),
    (0, b"Rar!\x1a\x07", format::RAR, "a RAR archive"),
    (0, b"MSCF", format::CAB, "a cabinet archive"),
    (2, b"-lh", format::LZH, "an LZH archive"),
    (0, b"\x1f\x8b", format::GZIP, "a gzip file"),
    (0, b"\xfd7zXZ\0", format::XZ, "an xz file"),
    (0, b"BZh", format::BZIP2, "a bzip2 file"),
    (0, b"\x28\xb5\x2f\xfd", format::ZSTD, "a Zstandard file"),
    (257, b"ustar", format::TAR, "a tar archive"),
    (0x8001, b"CD001", format::ISO, "a disk image"),
    (0, b"MSWIM\0\0\0", format::ISO, "a disk image"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", format::ONENOTE, "a OneNote section"),
    (0, b"\x78\x9f\x3e\x22", format::TNEF, "an Outlook attachment container"),
    (0, b"8BPS", format::PSD, "a Photoshop picture"),
    (4, b"ftyp", format::HEIF, "an ISO media file"),
    (4, b"jP  \r\n\x87\n", format::JP2, "a JPEG 2000 picture"),
    (0, b"\xff\x4f\xff\x51", format::JP2, "a JPEG 2000 picture"),
    (0, b"\xff\x0a", format::JXL, "a JPEG XL picture"),
    (4, b"JXL \r\n\x87\n", format::JXL, "a JPEG XL picture"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_one_under_any_name() {
        let mut bytes = b"MZ\x90\0\x03\0".to_vec();
        bytes.resize(64, 0);
        let unknown = identify(&[], &Probe::new(&bytes, "見積書.pdf")).err().unwrap();
        assert_eq!(unknown.threat.id, "zip.type-by-magic-not-name");
    }

    #[test]
    fn text_that_starts_with_the_letters_mz_is_no_program() {
        assert!(
            program(&Probe::new(
                b"MZ is the magic number of DOS programs, by Mark Zbikowski, and so on and on.",
                "a.txt"
            ))
            .is_none()
        );
    }

    #[test]
    fn what_nobody_takes_is_named() {
        assert_eq!(named(&Probe::new(b"Rar!\x1a\x07\x01\0", "a.rar")).format, Some(format::RAR));
        assert_eq!(named(&Probe::new(b"x", "一太郎.jtd")).threat.id, "file.japanese-office-formats");
    }

    /// An archive of one empty member, as far as identification reads it.
    fn archive(member: &[u8]) -> Vec<u8> {
        let mut bytes = b"PK\x03\x04".to_vec();
        bytes.resize(30, 0);
        let start = bytes.len() as u32;
        bytes.extend_from_slice(b"PK\x01\x02");
        bytes.extend_from_slice(&[0; 24]);
        bytes.extend_from_slice(&(member.len() as u16).to_le_bytes());
        bytes.extend_from_slice(&[0; 16]);
        bytes.extend_from_slice(member);
        let size = bytes.len() as u32 - start;
        bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        bytes.extend_from_slice(&size.to_le_bytes());
        bytes.extend_from_slice(&start.to_le_bytes());
        bytes.extend_from_slice(&[0; 2]);
        bytes
    }

    #[test]
    fn an_archive_at_the_end_of_a_notebook_is_not_the_file() {
        let seen = |bytes: &[u8]| {
            identify(crate::formats::HANDLERS, &Probe::new(bytes, "a.bin")).map(|(_, format)| format)
        };
        assert_eq!(seen(&archive(b"a.txt")).unwrap(), format::ZIP);
        let notebook = [b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d".to_vec(), archive(b"a.txt")].concat();
        assert_eq!(seen(&notebook).unwrap_err().format, Some(format::ONENOTE));
    }

    #[test]
    fn a_package_is_one_wherever_its_type_stands() {
        for (member, format) in
            [("META-INF/manifest.xml", format::ODT), ("META-INF/container.xml", format::EPUB)]
        {
            let bytes = archive(member.as_bytes());
            let unknown = identify(crate::formats::HANDLERS, &Probe::new(&bytes, "a.zip")).err().unwrap();
            assert_eq!(unknown.format, Some(format), "{member}");
        }
    }
}
