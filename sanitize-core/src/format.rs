//! The formats the engine knows by name, whether it rebuilds them or not.

use std::fmt;

/// A file format: a stable id, its extensions and its media type.
///
/// A newtype over a static description rather than an enum, so that a format can be added in one folder.
#[derive(Clone, Copy)]
pub struct Format(&'static Description);

/// What is known of a format by name alone.
#[derive(Debug)]
pub struct Description {
    id: &'static str,
    name: &'static str,
    /// The first is the one written.
    extensions: &'static [&'static str],
    media_type: &'static str,
    family: Family,
}

/// Formats whose extensions a person takes for one another (P33): a JPEG named `.png` is put right,
/// an executable named `.pdf` is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Raster pictures.
    Picture,
    /// Vector pictures and metafiles.
    Drawing,
    /// Word processing.
    Document,
    /// Spreadsheets.
    Workbook,
    /// Slides.
    Presentation,
    /// PDF.
    Pdf,
    /// ZIP and other archives.
    Archive,
    /// Text without markup.
    Text,
    /// HTML, XML, JSON and other markup.
    Markup,
    /// Mail.
    Mail,
    /// Programs, scripts, shortcuts: never written.
    Program,
    /// Everything else.
    Other,
}

impl Family {
    /// True when a file of this family under a name of the `claimed` one is a slip and no disguise (P33). Office
    /// programs name pictures after the metafiles they stand for; a drawing under the name of a picture can act
    /// where a picture cannot.
    pub(crate) fn passes_for(self, claimed: Self) -> bool {
        self == claimed || (self, claimed) == (Self::Picture, Self::Drawing)
    }
}

impl Format {
    /// Describes a format. The first of `extensions` is the one output is written under.
    pub(crate) const fn new(description: &'static Description) -> Self {
        Self(description)
    }

    /// The stable id, as in reports and policies: `docx`.
    pub fn id(self) -> &'static str {
        self.0.id
    }

    /// The name a person reads: `Word document`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The extension output is written under, without the dot.
    pub fn extension(self) -> &'static str {
        self.0.extensions.first().copied().unwrap_or_default()
    }

    /// Every extension that names this format, without dots.
    pub fn extensions(self) -> &'static [&'static str] {
        self.0.extensions
    }

    /// The media type: `image/png`.
    pub fn media_type(self) -> &'static str {
        self.0.media_type
    }

    /// The family for P33.
    pub fn family(self) -> Family {
        self.0.family
    }

    /// The format that `extension` (any case, no dot) names, if it names one.
    pub fn by_extension(extension: &str) -> Option<Self> {
        ALL.iter()
            .copied()
            .find(|format| format.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension)))
    }

    /// The format with this id.
    pub fn by_id(id: &str) -> Option<Self> {
        ALL.iter().copied().find(|format| format.id() == id)
    }

    /// Every format known by name, in a fixed order.
    pub fn all() -> &'static [Self] {
        ALL
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

macro_rules! formats {
    ($($constant:ident = $id:literal, $name:literal, [$($extension:literal),*], $media_type:literal, $family:ident;)*) => {
        $(
            #[doc = $name]
            pub const $constant: Format = Format::new(&Description {
                id: $id,
                name: $name,
                extensions: &[$($extension),*],
                media_type: $media_type,
                family: Family::$family,
            });
        )*
        const ALL: &[Format] = &[$($constant),*];
    };
}

formats! {
    DOCX = "docx", "Word document", ["docx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Document;
    DOCM = "docm", "Word document with macros", ["docm"], "application/vnd.ms-word.document.macroEnabled.12", Document;
    DOTX = "dotx", "Word template", ["dotx"], "application/vnd.openxmlformats-officedocument.wordprocessingml.template", Document;
    DOTM = "dotm", "Word template with macros", ["dotm"], "application/vnd.ms-word.template.macroEnabled.12", Document;
    XLSX = "xlsx", "Excel workbook", ["xlsx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Workbook;
    XLSM = "xlsm", "Excel workbook with macros", ["xlsm"], "application/vnd.ms-excel.sheet.macroEnabled.12", Workbook;
    XLTX = "xltx", "Excel template", ["xltx"], "application/vnd.openxmlformats-officedocument.spreadsheetml.template", Workbook;
    XLTM = "xltm", "Excel template with macros", ["xltm"], "application/vnd.ms-excel.template.macroEnabled.12", Workbook;
    XLAM = "xlam", "Excel add-in", ["xlam"], "application/vnd.ms-excel.addin.macroEnabled.12", Workbook;
    XLSB = "xlsb", "Excel binary workbook", ["xlsb"], "application/vnd.ms-excel.sheet.binary.macroEnabled.12", Workbook;
    PPTX = "pptx", "PowerPoint presentation", ["pptx"], "application/vnd.openxmlformats-officedocument.presentationml.presentation", Presentation;
    PPTM = "pptm", "PowerPoint presentation with macros", ["pptm"], "application/vnd.ms-powerpoint.presentation.macroEnabled.12", Presentation;
    POTX = "potx", "PowerPoint template", ["potx"], "application/vnd.openxmlformats-officedocument.presentationml.template", Presentation;
    POTM = "potm", "PowerPoint template with macros", ["potm"], "application/vnd.ms-powerpoint.template.macroEnabled.12", Presentation;
    PPSX = "ppsx", "PowerPoint show", ["ppsx"], "application/vnd.openxmlformats-officedocument.presentationml.slideshow", Presentation;
    PPSM = "ppsm", "PowerPoint show with macros", ["ppsm"], "application/vnd.ms-powerpoint.slideshow.macroEnabled.12", Presentation;
    PPAM = "ppam", "PowerPoint add-in", ["ppam"], "application/vnd.ms-powerpoint.addin.macroEnabled.12", Presentation;
    PDF = "pdf", "PDF document", ["pdf"], "application/pdf", Pdf;
    ZIP = "zip", "ZIP archive", ["zip"], "application/zip", Archive;
    JPEG = "jpeg", "JPEG picture", ["jpg", "jpeg", "jpe", "jfif"], "image/jpeg", Picture;
    PNG = "png", "PNG picture", ["png", "apng"], "image/png", Picture;
    GIF = "gif", "GIF picture", ["gif"], "image/gif", Picture;
    BMP = "bmp", "BMP picture", ["bmp", "dib"], "image/bmp", Picture;
    TIFF = "tiff", "TIFF picture", ["tif", "tiff"], "image/tiff", Picture;
    WEBP = "webp", "WebP picture", ["webp"], "image/webp", Picture;
    ICO = "ico", "Icon", ["ico", "cur"], "image/vnd.microsoft.icon", Picture;
    TXT = "txt", "Plain text", ["txt", "text", "log", "md"], "text/plain", Text;
    CSV = "csv", "Comma-separated values", ["csv", "tsv", "tab"], "text/csv", Text;
    ICS = "ics", "Calendar", ["ics", "ical", "ifb"], "text/calendar", Text;
    VCF = "vcf", "Contact card", ["vcf", "vcard"], "text/vcard", Text;
    DOC = "doc", "Word 97-2003 document", ["doc", "dot"], "application/msword", Document;
    XLS = "xls", "Excel 97-2003 workbook", ["xls", "xlt"], "application/vnd.ms-excel", Workbook;
    PPT = "ppt", "PowerPoint 97-2003 presentation", ["ppt", "pps", "pot"], "application/vnd.ms-powerpoint", Presentation;
    RTF = "rtf", "Rich text", ["rtf"], "application/rtf", Document;
    ODT = "odt", "OpenDocument text", ["odt", "ott", "fodt"], "application/vnd.oasis.opendocument.text", Document;
    ODS = "ods", "OpenDocument spreadsheet", ["ods", "ots", "fods"], "application/vnd.oasis.opendocument.spreadsheet", Workbook;
    ODP = "odp", "OpenDocument presentation", ["odp", "otp", "fodp"], "application/vnd.oasis.opendocument.presentation", Presentation;
    ODG = "odg", "OpenDocument drawing", ["odg", "otg", "fodg"], "application/vnd.oasis.opendocument.graphics", Drawing;
    SVG = "svg", "SVG drawing", ["svg"], "image/svg+xml", Drawing;
    SVGZ = "svgz", "Compressed SVG drawing", ["svgz"], "image/svg+xml", Drawing;
    EMF = "emf", "Enhanced metafile", ["emf"], "image/x-emf", Drawing;
    WMF = "wmf", "Windows metafile", ["wmf"], "image/x-wmf", Drawing;
    EMZ = "emz", "Compressed enhanced metafile", ["emz"], "image/x-emz", Drawing;
    WMZ = "wmz", "Compressed Windows metafile", ["wmz"], "image/x-wmz", Drawing;
    HEIF = "heif", "HEIF picture", ["heic", "heif", "avif"], "image/heif", Picture;
    JP2 = "jp2", "JPEG 2000 picture", ["jp2", "jpx", "j2k"], "image/jp2", Picture;
    JXL = "jxl", "JPEG XL picture", ["jxl"], "image/jxl", Picture;
    PSD = "psd", "Photoshop picture", ["psd"], "image/vnd.adobe.photoshop", Picture;
    EML = "eml", "Mail message", ["eml"], "message/rfc822", Mail;
    MBOX = "mbox", "Mailbox", ["mbox", "mbx"], "application/mbox", Mail;
    MSG = "msg", "Outlook message", ["msg"], "application/vnd.ms-outlook", Mail;
    TNEF = "tnef", "Outlook attachment container", ["dat", "tnef"], "application/ms-tnef", Mail;
    HTML = "html", "HTML page", ["html", "htm"], "text/html", Markup;
    XHTML = "xhtml", "XHTML page", ["xhtml", "xht"], "application/xhtml+xml", Markup;
    MHTML = "mhtml", "Web archive", ["mht", "mhtml"], "multipart/related", Markup;
    CSS = "css", "Style sheet", ["css"], "text/css", Markup;
    XML = "xml", "XML document", ["xml", "xbrl"], "application/xml", Markup;
    JSON = "json", "JSON document", ["json"], "application/json", Markup;
    SEVEN_ZIP = "7z", "7-Zip archive", ["7z"], "application/x-7z-compressed", Archive;
    RAR = "rar", "RAR archive", ["rar"], "application/vnd.rar", Archive;
    CAB = "cab", "Cabinet archive", ["cab"], "application/vnd.ms-cab-compressed", Archive;
    LZH = "lzh", "LZH archive", ["lzh", "lha"], "application/x-lzh", Archive;
    GZIP = "gz", "gzip file", ["gz", "tgz"], "application/gzip", Archive;
    TAR = "tar", "tar archive", ["tar"], "application/x-tar", Archive;
    XZ = "xz", "xz file", ["xz"], "application/x-xz", Archive;
    BZIP2 = "bz2", "bzip2 file", ["bz2"], "application/x-bzip2", Archive;
    ZSTD = "zst", "Zstandard file", ["zst"], "application/zstd", Archive;
    ISO = "iso", "Disk image", ["iso", "img", "vhd", "vhdx", "wim", "dmg"], "application/x-iso9660-image", Archive;
    JAR = "jar", "Java archive", ["jar", "war", "apk"], "application/java-archive", Program;
    EPUB = "epub", "EPUB book", ["epub"], "application/epub+zip", Document;
    ONENOTE = "one", "OneNote section", ["one"], "application/onenote", Document;
    VISIO = "vsdx", "Visio drawing", ["vsdx", "vsdm", "vsd"], "application/vnd.ms-visio.drawing", Drawing;
    ENCRYPTED_OFFICE = "encrypted-office", "Encrypted Office document", [], "application/x-cfb", Document;
    COMPOUND = "cfb", "Compound file", [], "application/x-cfb", Other;
    EXECUTABLE = "exe", "Program", ["exe", "dll", "com", "scr", "pif", "cpl", "sys", "ocx"], "application/x-msdownload", Program;
    SCRIPT = "script", "Script", ["js", "jse", "vbs", "vbe", "wsf", "wsh", "bat", "cmd", "ps1", "hta", "sh", "py"], "text/x-script", Program;
    SHORTCUT = "lnk", "Shortcut", ["lnk", "url", "scf", "desktop", "webloc"], "application/x-ms-shortcut", Program;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_and_extensions_name_one_format_each() {
        let ids: BTreeSet<_> = ALL.iter().map(|format| format.id()).collect();
        assert_eq!(ids.len(), ALL.len());
        let extensions: Vec<_> = ALL.iter().flat_map(|format| format.extensions()).collect();
        assert_eq!(extensions.iter().collect::<BTreeSet<_>>().len(), extensions.len());
    }

    #[test]
    fn an_extension_is_found_in_any_case() {
        assert_eq!(Format::by_extension("JPG"), Some(JPEG));
        assert_eq!(Format::by_extension("unknown"), None);
    }
}
