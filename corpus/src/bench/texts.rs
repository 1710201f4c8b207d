//! Documents, presentations and plain text: prose with the marks that word processors put into it.

use super::{Media, chance::Chance};
use crate::{
    Marks,
    office::{
        archive::{Archive, Member},
        docx::{docx, drawing},
        pptx::{picture, pptx, shape, slide_type},
    },
};

const DOCUMENT: &str = "word/document.xml";
const PRESENTATION: &str = "ppt/presentation.xml";

/// A document of `pages` pages: headings, paragraphs of several runs, tables, and pictures along the way.
pub(super) fn document(pages: usize, media: &[Media]) -> Vec<u8> {
    let mut chance = Chance::new(pages as u64);
    let mut package = docx(&Marks::new("bench")).default_type("jpeg", "image/jpeg");
    let mut body = String::new();
    let step = pages / media.len().max(1);
    for page in 0..pages {
        let heading = chance.sentence(6);
        body.push_str(&format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Heading{}\"/></w:pPr><w:r><w:t>{heading}</w:t></w:r></w:p>",
            1 + page % 3
        ));
        for _ in 0..4 {
            body.push_str("<w:p>");
            (0..4).for_each(|_| run(&mut chance, &mut body));
            body.push_str("</w:p>");
        }
        if page % 4 == 1 {
            table(&mut chance, &mut body);
        }
        if let Some(found) = media.get(page / step.max(1)).filter(|_| page % step.max(1) == 0) {
            let (id, name) = (format!("rIdPicture{page}"), format!("image{page}.{}", found.extension));
            package = package.item(&format!("word/media/{name}"), found.bytes.clone()).relate(
                DOCUMENT,
                &id,
                "image",
                &format!("media/{name}"),
            );
            body.push_str(&drawing(&format!("r:embed=\"{id}\""), "", ""));
        }
    }
    package.fill(DOCUMENT, "body", &body).zip()
}

fn run(chance: &mut Chance, body: &mut String) {
    let properties = match chance.below(8) {
        0 => "<w:rPr><w:b/></w:rPr>",
        1 => "<w:rPr><w:i/></w:rPr>",
        2 => "<w:rPr><w:b/><w:i/></w:rPr>",
        _ => "<w:rPr/>",
    };
    let words = 10 + chance.below(35);
    let text = chance.sentence(words);
    body.push_str(&format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text} </w:t></w:r>"));
}

fn table(chance: &mut Chance, body: &mut String) {
    body.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:type=\"auto\" w:w=\"0\"/></w:tblPr><w:tblGrid>");
    body.push_str(&"<w:gridCol w:w=\"1728\"/>".repeat(5));
    body.push_str("</w:tblGrid>");
    for _ in 0..12 {
        body.push_str("<w:tr>");
        for _ in 0..5 {
            let (words, number) = (chance.sentence(2), chance.unit() * 1e4);
            body.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:type=\"dxa\" w:w=\"1728\"/></w:tcPr><w:p><w:r><w:t>{words} {number:.2}</w:t></w:r></w:p></w:tc>"
            ));
        }
        body.push_str("</w:tr>");
    }
    body.push_str("</w:tbl>");
}

/// A presentation of `slides` slides with text, and the pictures spread over them.
pub(super) fn presentation(slides: usize, media: &[Media]) -> Vec<u8> {
    let mut chance = Chance::new(slides as u64);
    let mut package = pptx(&Marks::new("bench")).default_type("jpeg", "image/jpeg");
    let model = String::from_utf8(slide_model()).unwrap_or_default();
    for number in 0..slides {
        let source = format!("ppt/slides/slide{}.xml", number + 2);
        let mut shapes: String = (3..9).map(|id| shape(id, &chance.sentence(14), "", "")).collect();
        for (index, found) in media.iter().enumerate().skip(number).step_by(slides.max(1)) {
            let (id, name) = (format!("rIdPicture{index}"), format!("image{index}.{}", found.extension));
            package = package.item(&format!("ppt/media/{name}"), found.bytes.clone()).relate(
                &source,
                &id,
                "image",
                &format!("../media/{name}"),
            );
            shapes.push_str(&picture(20 + index as u32, &format!("r:embed=\"{id}\""), "", ""));
        }
        let listed = format!("<p:sldId id=\"{}\" r:id=\"rIdSlide{number}\"/>", 300 + number);
        package = package
            .part(&source, &slide_type("slide"), model.replace("{{shapes}}", &shapes))
            .relate(&source, "rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
            .relate(
                PRESENTATION,
                &format!("rIdSlide{number}"),
                "slide",
                &format!("slides/slide{}.xml", number + 2),
            )
            .fill(PRESENTATION, "slides", &listed);
    }
    package.zip()
}

/// A slide with a slot for its shapes.
fn slide_model() -> Vec<u8> {
    b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<p:sld xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
    <p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{{shapes}}</p:spTree></p:cSld>\
    <p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        .to_vec()
}

/// An archive of `count` short texts in twenty folders.
pub(super) fn small_files(count: u64) -> Vec<u8> {
    let mut chance = Chance::new(count);
    let members = (0..count).map(|number| {
        let words = (200 + chance.below(8_800)) / 6;
        Member::new(&format!("dir{:02}/note_{number:04}.txt", number % 20), chance.sentence(words))
    });
    Archive { members: members.collect(), ..Archive::default() }.bytes()
}

/// Prose of about `length` bytes, in lines.
pub(super) fn plain(length: usize) -> Vec<u8> {
    let mut chance = Chance::new(length as u64);
    let mut text = String::new();
    while text.len() < length {
        text.push_str(&chance.sentence(14));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A table of about `length` bytes as CSV.
pub(super) fn rows(length: usize) -> Vec<u8> {
    let mut chance = Chance::new(length as u64);
    let mut text = String::from("number,name,price,day,count\r\n");
    for number in 1_u32.. {
        if text.len() >= length {
            break;
        }
        let (name, price) = (chance.sentence(2), chance.unit() * 1e4);
        let (day, count) = (1 + chance.below(28), chance.below(100));
        let name = name.trim_end_matches('.');
        text.push_str(&format!("{number},\"{name}\",{price:.2},2026-05-{day:02},{count}\r\n"));
    }
    text.into_bytes()
}
