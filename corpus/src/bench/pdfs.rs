//! PDF files: reports of running text, documents tagged for screen readers, pages of photographs.

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};

use super::{chance::Chance, pictures};

/// Objects by number, in the order they are added.
struct File {
    bytes: Vec<u8>,
    offsets: Vec<usize>,
}

impl File {
    fn new() -> Self {
        Self { bytes: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec(), offsets: Vec::new() }
    }

    fn add(&mut self, body: &[u8]) -> usize {
        self.offsets.push(self.bytes.len());
        let number = self.offsets.len();
        self.bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        self.bytes.extend_from_slice(body);
        self.bytes.extend_from_slice(b"\nendobj\n");
        number
    }

    fn stream(&mut self, entries: &str, filter: &str, body: &[u8]) -> usize {
        let length = body.len();
        let head = format!("<<{entries}/Filter{filter}/Length {length}>>\nstream\n");
        self.add(&[head.as_bytes(), body, b"\nendstream"].concat())
    }

    /// The file, whose catalog is the object `root`.
    fn end(mut self, root: usize) -> Vec<u8> {
        let start = self.bytes.len();
        let size = self.offsets.len() + 1;
        self.bytes.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
        for offset in &self.offsets {
            self.bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
        }
        let tail = format!("trailer\n<</Size {size}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF\n");
        self.bytes.extend_from_slice(tail.as_bytes());
        self.bytes
    }
}

fn deflated(text: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    // Writing to memory does not fail.
    let _written = encoder.write_all(text.as_bytes());
    encoder.finish().unwrap_or_default()
}

const FONTS: [&str; 2] = ["Helvetica", "Times-Roman"];

fn fonts(file: &mut File) -> String {
    let numbers: Vec<String> = FONTS
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let body = format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>");
            format!("/F{} {} 0 R", index + 1, file.add(body.as_bytes()))
        })
        .collect();
    format!("<</Font<<{}>>>>", numbers.concat())
}

/// The catalog over `pages`, with what else stands in it; the page tree was promised the number `tree`.
fn catalog(mut file: File, tree: usize, pages: &[usize], entries: &str) -> Vec<u8> {
    let kids: String = pages.iter().map(|page| format!("{page} 0 R ")).collect();
    put(&mut file, tree, &format!("<</Type/Pages/Count {}/Kids[{kids}]>>", pages.len()));
    let root = file.add(format!("<</Type/Catalog/Pages {tree} 0 R{entries}>>").as_bytes());
    file.end(root)
}

/// Keeps a number for an object that is written later.
fn promise(file: &mut File) -> usize {
    file.offsets.push(0);
    file.offsets.len()
}

/// The filter by its name, as most programs write it. qpdf copies such a stream unopened.
pub(super) const NAMED: &str = "/FlateDecode";

/// The filter in a list of its own, as ReportLab writes it. qpdf inflates and deflates such a stream.
pub(super) const LISTED: &str = "[/FlateDecode]";

/// Lines of running text, a ruled table every fourth page, a link on each.
pub(super) fn text(pages: usize, filter: &str) -> Vec<u8> {
    let mut chance = Chance::new(pages as u64);
    let mut file = File::new();
    let tree = promise(&mut file);
    let resources = fonts(&mut file);
    let mut numbers = Vec::new();
    for page in 0..pages {
        let mut content = String::from("1 0 0 1 0 0 cm BT /F1 12 Tf 14.4 TL ET\n");
        let mut y = 800.0;
        while y > 80.0 {
            let (font, x) = (1 + chance.below(2), 56.0 + chance.unit());
            let words = 9 + chance.below(6);
            let line = chance.sentence(words);
            content
                .push_str(&format!("BT 1 0 0 1 {x:.5} {y:.1} Tm /F{font} 10 Tf 12 TL ({line}) Tj T* ET\n"));
            y -= if chance.below(9) == 0 { 22.2 } else { 13.2 };
            if page % 4 == 1 && (440.0..452.0).contains(&y) {
                for cell in 0..50 {
                    let (left, value) = (56 + 96 * (cell % 5), chance.unit() * 1e5);
                    let low = y - f64::from(15 * (cell / 5 + 1));
                    content.push_str(&format!(
                        "n {left} {low:.1} 96 15 re S\nBT 1 0 0 1 {} {:.1} Tm ({value:.2}) Tj T* ET\n",
                        left + 52,
                        low + 4.0
                    ));
                }
                y -= 162.0;
            }
        }
        let content = file.stream("", filter, &deflated(&content));
        let link = file.add(
            format!("<</Type/Annot/Subtype/Link/Rect[56 60 200 72]/Border[0 0 0]/A<</S/URI/URI(https://example.com/{page})>>>>")
                .as_bytes(),
        );
        numbers.push(file.add(
            format!("<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595.2756 841.8898]/Resources{resources}/Contents {content} 0 R/Annots[{link} 0 R]>>")
                .as_bytes(),
        ));
    }
    catalog(file, tree, &numbers, "")
}

/// A tagged document: little text, and an object for each of its paragraphs, cells and links.
pub(super) fn tagged(pages: usize) -> Vec<u8> {
    const PARAGRAPHS: usize = 62;
    let mut chance = Chance::new(pages as u64);
    let mut file = File::new();
    let tree = promise(&mut file);
    let structure = promise(&mut file);
    let whole = promise(&mut file);
    let resources = fonts(&mut file);
    let (mut numbers, mut sections, mut parents) = (Vec::new(), Vec::new(), String::new());
    for page in 0..pages {
        let mut content = String::from("/F1 10 Tf\n");
        let number = promise(&mut file);
        let section = promise(&mut file);
        let mut kids = Vec::new();
        for mark in 0..PARAGRAPHS {
            let role = ["P", "TD", "Span", "H2"].get(mark % 4).copied().unwrap_or_default();
            content.push_str(&format!(
                "/{role} <</MCID {mark}>> BDC BT 56 {} Td ({}) Tj ET EMC\n",
                800 - 12 * mark,
                chance.sentence(2)
            ));
            kids.push(file.add(
                format!("<</Type/StructElem/S/{role}/P {section} 0 R/Pg {number} 0 R/K {mark}>>").as_bytes(),
            ));
        }
        let links: Vec<usize> = (0..6)
            .map(|link| {
                let low = 60 + 12 * link;
                file.add(
                    format!("<</Type/Annot/Subtype/Link/Rect[56 {low} 200 {}]/Border[0 0 0]/F 4/Dest[{number} 0 R/XYZ 0 {low} null]>>", low + 12)
                        .as_bytes(),
                )
            })
            .collect();
        let list =
            |numbers: &[usize]| -> String { numbers.iter().map(|number| format!("{number} 0 R ")).collect() };
        let parent = file.add(format!("[{}]", list(&kids)).as_bytes());
        parents.push_str(&format!("{page} {parent} 0 R "));
        let content = file.stream("", NAMED, &deflated(&content));
        put(&mut file, section, &format!("<</Type/StructElem/S/Sect/P {whole} 0 R/K[{}]>>", list(&kids)));
        put(
            &mut file,
            number,
            &format!(
                "<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595 842]/Resources{resources}/Contents {content} 0 R/StructParents {page}/Annots[{}]>>",
                list(&links)
            ),
        );
        numbers.push(number);
        sections.push(format!("{section} 0 R "));
    }
    let kids = sections.concat();
    put(&mut file, whole, &format!("<</Type/StructElem/S/Document/P {structure} 0 R/K[{kids}]>>"));
    put(
        &mut file,
        structure,
        &format!(
            "<</Type/StructTreeRoot/K {whole} 0 R/ParentTree<</Nums[{parents}]>>/ParentTreeNextKey {pages}>>"
        ),
    );
    let entries = format!("/StructTreeRoot {structure} 0 R/MarkInfo<</Marked true>>/Lang(en)");
    catalog(file, tree, &numbers, &entries)
}

/// Writes an object whose number was promised.
fn put(file: &mut File, number: usize, body: &str) {
    let place = file.bytes.len();
    file.bytes.extend_from_slice(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes());
    if let Some(offset) = file.offsets.get_mut(number - 1) {
        *offset = place;
    }
}

/// A photograph on each page.
pub(super) fn photos(pages: u64, width: u16, height: u16) -> Vec<u8> {
    let jpeg = |page| pictures::jpeg(&pictures::photo(&mut Chance::new(page), width, height), 90, false);
    of_pictures((0..pages).map(|page| ((width, height), jpeg(page))))
}

/// A JPEG picture of this width and height on each page.
pub(super) fn of_pictures(pictures: impl Iterator<Item = ((u16, u16), impl AsRef<[u8]>)>) -> Vec<u8> {
    let mut file = File::new();
    let tree = promise(&mut file);
    let mut numbers = Vec::new();
    for ((width, height), picture) in pictures {
        let entries = format!(
            "/Type/XObject/Subtype/Image/Width {width}/Height {height}/ColorSpace/DeviceRGB/BitsPerComponent 8"
        );
        let image = file.stream(&entries, "/DCTDecode", picture.as_ref());
        let content = file.stream("", NAMED, &deflated("q 480 0 0 320 56 470 cm /Im0 Do Q\n"));
        let body = format!(
            "<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</Im0 {image} 0 R>>>>/Contents {content} 0 R>>"
        );
        numbers.push(file.add(body.as_bytes()));
    }
    catalog(file, tree, &numbers, "")
}
