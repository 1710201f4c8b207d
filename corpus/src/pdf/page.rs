//! A PDF file of one page, and the ways its objects may lie in the file.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

use super::encryption::Lock;
use crate::sample::Marks;

/// A file of one page whose parts a sample adds to.
///
/// Objects 1 to 5 are the catalog, the page tree, the page, its content and a font; [`Page::object`] adds more.
#[derive(Clone, Debug)]
pub struct Page {
    /// Entries of the catalog.
    pub catalog: String,
    /// Entries of the page.
    pub page: String,
    /// Entries of the page's resources besides its font.
    pub resources: String,
    /// Fonts besides `F1`.
    pub fonts: String,
    /// Operators behind the text.
    pub content: Vec<u8>,
    /// Objects from number 6 on.
    pub objects: Vec<Vec<u8>>,
    /// Entries of the trailer.
    pub trailer: String,
    layout: Layout,
    keep: String,
}

/// How the objects lie in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One after the other, with a cross-reference table.
    #[default]
    Plain,
    /// As [`Layout::Plain`], a letter of every name as `#xx` (7.3.5).
    EscapedNames,
    /// All but streams in an object stream, with a cross-reference stream.
    ObjectStream,
    /// As [`Layout::ObjectStream`], the stream deflated, in hexadecimal and in ASCII85.
    FilteredObjectStream,
    /// A harmless file, and an update that plants.
    Update,
    /// As [`Layout::ObjectStream`], encrypted with AES-256 and no password to open.
    Encrypted,
    /// As [`Layout::Encrypted`], with a password nobody tells.
    Locked,
}

impl Page {
    /// A page that shows the KEEP marker.
    pub fn new(marks: &Marks) -> Self {
        Self {
            catalog: String::new(),
            page: String::new(),
            resources: String::new(),
            fonts: String::new(),
            content: Vec::new(),
            objects: Vec::new(),
            trailer: String::new(),
            layout: Layout::default(),
            keep: marks.keep.clone(),
        }
    }

    /// With entries in the catalog.
    pub fn catalog(mut self, entries: impl Into<String>) -> Self {
        self.catalog = entries.into();
        self
    }

    /// With entries in the page.
    pub fn page(mut self, entries: impl Into<String>) -> Self {
        self.page = entries.into();
        self
    }

    /// With entries in the resources.
    pub fn resources(mut self, entries: impl Into<String>) -> Self {
        self.resources = entries.into();
        self
    }

    /// With fonts besides its own.
    pub fn fonts(mut self, entries: impl Into<String>) -> Self {
        self.fonts = entries.into();
        self
    }

    /// With operators behind the text.
    pub fn content(mut self, operators: impl Into<Vec<u8>>) -> Self {
        self.content = operators.into();
        self
    }

    /// With entries in the trailer.
    pub fn trailer(mut self, entries: impl Into<String>) -> Self {
        self.trailer = entries.into();
        self
    }

    /// With one more object; the first one is number 6.
    pub fn object(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.objects.push(body.into());
        self
    }

    /// With one more stream.
    pub fn stream(self, entries: &str, data: &[u8]) -> Self {
        self.object(stream(entries, data))
    }

    /// With its objects laid out otherwise.
    pub fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// The objects in the order of their numbers.
    fn bodies(&self) -> Vec<Vec<u8>> {
        let mut content = format!("BT /F1 18 Tf 40 700 Td ({}) Tj ET\n", self.keep).into_bytes();
        content.extend_from_slice(&self.content);
        let mut bodies = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                 /Resources << /Font << /F1 5 0 R {} >> {} >> {} >>",
                self.fonts, self.resources, self.page
            )
            .into_bytes(),
            stream("", &content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        ];
        bodies.extend(self.objects.iter().cloned());
        bodies
    }

    /// The file.
    pub fn file(&self) -> Vec<u8> {
        let bodies = self.bodies();
        match self.layout {
            Layout::Plain => write(&bodies, &self.trailer),
            Layout::EscapedNames => {
                let bodies: Vec<_> = bodies.iter().map(|body| escaped(body)).collect();
                write(&bodies, &self.trailer)
            }
            Layout::ObjectStream => packed(&bodies, &self.trailer, false, None),
            Layout::FilteredObjectStream => packed(&bodies, &self.trailer, true, None),
            Layout::Encrypted => packed(&bodies, &self.trailer, false, Some(&Lock::new(b""))),
            Layout::Locked => packed(&bodies, &self.trailer, false, Some(&Lock::new(b"nobody tells"))),
            Layout::Update => {
                let harmless = Self { keep: self.keep.clone(), ..Self::new(&Marks::new("")) };
                updated(&harmless.bodies(), &bodies, &self.trailer)
            }
        }
    }
}

/// A stream object without its number.
pub fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut body = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    body.extend_from_slice(data);
    body.extend_from_slice(b"\nendstream");
    body
}

/// A file of numbered objects with its table.
pub fn write(bodies: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = HEADER.to_vec();
    let mut offsets = Vec::new();
    for (index, body) in bodies.iter().enumerate() {
        offsets.push(file.len());
        put(&mut file, index + 1, body);
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", bodies.len() + 1).as_bytes());
    for offset in offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    end(&mut file, bodies.len() + 1, trailer, start);
    file
}

/// `data` deflated.
pub fn zlib(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    let _never_fails = encoder.write_all(data);
    encoder.finish().unwrap_or_default()
}

/// Where `what` stands for the last time.
pub fn find_last(file: &[u8], what: &[u8]) -> usize {
    file.windows(what.len()).rposition(|window| window == what).unwrap_or(0)
}

const HEADER: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

fn put(file: &mut Vec<u8>, number: usize, body: &[u8]) {
    file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    file.extend_from_slice(body);
    file.extend_from_slice(b"\nendobj\n");
}

fn end(file: &mut Vec<u8>, size: usize, trailer: &str, start: usize) {
    file.extend_from_slice(
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
}

/// The dictionary of a stream object and its data.
fn split(body: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = body.windows(8).position(|window| window == b"\nstream\n")?;
    let data = body.get(at + 8..)?.strip_suffix(b"\nendstream")?;
    Some((body.get(..at)?, data))
}

/// Objects that are not streams in an object stream, with a cross-reference stream.
fn packed(bodies: &[Vec<u8>], trailer: &str, filters: bool, lock: Option<&Lock>) -> Vec<u8> {
    let mut file = HEADER.to_vec();
    let container = bodies.len() + 1;
    let mut places = vec![(0_u8, 0_usize, 65_535_usize)];
    let (mut heads, mut members, mut count) = (String::new(), Vec::new(), 0);
    for (index, body) in bodies.iter().enumerate() {
        let number = index + 1;
        match split(body) {
            Some((dict, data)) => {
                places.push((1, file.len(), 0));
                let data = lock.map_or_else(|| data.to_vec(), |lock| lock.seal(number, data));
                let dict = String::from_utf8_lossy(dict).into_owned();
                let dict = dict.rsplit_once("/Length ").map_or(dict.as_str(), |(before, _)| before);
                let dict = dict.strip_prefix("<<").unwrap_or(dict);
                put(&mut file, number, &stream(dict, &data));
            }
            None => {
                places.push((2, container, count));
                count += 1;
                heads.push_str(&format!("{number} {} ", members.len()));
                members.extend_from_slice(body);
                members.push(b'\n');
            }
        }
    }
    let mut data = zlib(&[heads.as_bytes(), &members].concat());
    let mut filter = "/FlateDecode";
    if filters {
        data = ascii_85(&hexadecimal(&data));
        filter = "[/ASCII85Decode /ASCIIHexDecode /FlateDecode]";
    }
    if let Some(lock) = lock {
        data = lock.seal(container, &data);
    }
    places.push((1, file.len(), 0));
    let first = heads.len();
    put(
        &mut file,
        container,
        &stream(&format!("/Type /ObjStm /N {count} /First {first} /Filter {filter}"), &data),
    );
    let mut entries = format!("/Root 1 0 R {trailer}");
    if let Some(lock) = lock {
        entries.push_str(&format!(" /Encrypt {} 0 R /ID [<00> <00>]", container + 1));
        places.push((1, file.len(), 0));
        put(&mut file, container + 1, lock.dictionary().as_bytes());
    }
    let start = file.len();
    let number = places.len();
    places.push((1, start, 0));
    let mut table = Vec::new();
    for (kind, place, index) in &places {
        table.push(*kind);
        table.extend_from_slice(&(*place as u32).to_be_bytes());
        table.extend_from_slice(&(*index as u16).to_be_bytes());
    }
    let entries = format!("/Type /XRef /Size {} /W [1 4 2] /Filter /FlateDecode {entries}", number + 1);
    put(&mut file, number, &stream(&entries, &zlib(&table)));
    file.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    file
}

/// The objects `before`, and an update that makes them `after`.
pub fn updated(before: &[Vec<u8>], after: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = write(before, "");
    let first = find_last(&file, b"xref\n0 ");
    let mut table = String::from("xref\n");
    for (index, body) in after.iter().enumerate() {
        if before.get(index) != Some(body) {
            table.push_str(&format!("{} 1\n{:010} 00000 n \n", index + 1, file.len()));
            put(&mut file, index + 1, body);
        }
    }
    let start = file.len();
    file.extend_from_slice(table.as_bytes());
    end(&mut file, after.len().max(before.len()) + 1, &format!("/Prev {first} {trailer}"), start);
    file
}

/// `body` with a letter of each name outside strings and stream data as `#xx`.
fn escaped(body: &[u8]) -> Vec<u8> {
    let end = split(body).map_or(body.len(), |(dict, _)| dict.len());
    let (text, rest) = body.split_at(end);
    let mut out = Vec::new();
    let (mut depth, mut letter) = (0_u32, 0);
    for (at, byte) in text.iter().enumerate() {
        let after_backslash = at > 0 && text.get(at - 1) == Some(&b'\\');
        match byte {
            b'(' if !after_backslash => depth += 1,
            b')' if !after_backslash => depth = depth.saturating_sub(1),
            _ => (),
        }
        letter = match byte {
            _ if depth > 0 => 0,
            b'/' => 1,
            byte if letter > 0 && byte.is_ascii_alphanumeric() => letter + 1,
            _ => 0,
        };
        // The second letter after the slash.
        if letter == 3 {
            out.extend_from_slice(format!("#{byte:02x}").as_bytes());
        } else {
            out.push(*byte);
        }
    }
    out.extend_from_slice(rest);
    out
}

/// As `ASCIIHexDecode` reads it.
pub fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let mut text: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
    text.push('>');
    text.into_bytes()
}

/// As `ASCII85Decode` reads it.
pub fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for group in data.chunks(4) {
        let mut bytes = [0; 4];
        bytes[..group.len()].copy_from_slice(group);
        let mut value = u32::from_be_bytes(bytes);
        if value == 0 && group.len() == 4 {
            text.push(b'z');
            continue;
        }
        let mut digits = [0; 5];
        for digit in digits.iter_mut().rev() {
            *digit = b'!' + (value % 85) as u8;
            value /= 85;
        }
        text.extend_from_slice(&digits[..group.len() + 1]);
    }
    text.extend_from_slice(b"~>");
    text
}
