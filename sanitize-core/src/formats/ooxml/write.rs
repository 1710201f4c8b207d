//! The model as a package: content types first, then the parts in the order of the walk, each followed by
//! its relationships; every header fresh.

use std::collections::BTreeMap;

use super::model::{Document, Link, Part};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::{
        archive::zip::{ArchiveWriter, DosTime, Packed},
        markup::xml::{DECLARATION, escape},
    },
};

/// Writes `document`; `level` is the Deflate level.
pub(super) fn write(document: Document, level: u32, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut archive = ArchiveWriter::new();
    let xml = |archive: &mut ArchiveWriter, name: &str, body: &[u8]| {
        archive.add(name, DosTime::EPOCH, &Packed::deflated(body, level)?)
    };
    xml(&mut archive, "[Content_Types].xml", &content_types(&document))?;
    xml(&mut archive, "_rels/.rels", &relationships("", &document.roots))?;
    for part in &document.parts {
        archive.add(&part.name, DosTime::EPOCH, &part.content)?;
        if !part.links.is_empty() {
            xml(&mut archive, &relationships_name(&part.name), &relationships(&part.name, &part.links))?;
        }
    }
    drop(document);
    archive.finish(budget)
}

fn relationships_name(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{name}.rels"),
    }
}

fn content_types(document: &Document) -> Vec<u8> {
    // Pictures and packages are declared by extension, as every producer does; XML parts one by one.
    let mut defaults: BTreeMap<&str, &str> = BTreeMap::new();
    defaults.insert("rels", "application/vnd.openxmlformats-package.relationships+xml");
    defaults.insert("xml", "application/xml");
    let mut overrides = Vec::new();
    for part in &document.parts {
        match extension_of(part) {
            Some(extension) => {
                defaults.insert(extension, &part.content_type);
            }
            None => overrides.push(part),
        }
    }
    let mut xml = DECLARATION.to_vec();
    xml.extend_from_slice(b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">");
    for (extension, content_type) in defaults {
        element(&mut xml, "Default", &[("Extension", extension), ("ContentType", content_type)]);
    }
    for part in overrides {
        let name = format!("/{}", part.name);
        element(&mut xml, "Override", &[("PartName", &name), ("ContentType", &part.content_type)]);
    }
    xml.extend_from_slice(b"</Types>");
    xml
}

/// The extension by which the part's type is declared, where that is enough.
fn extension_of(part: &Part) -> Option<&str> {
    let (_, extension) = part.name.rsplit_once('.')?;
    (part.by_extension && extension != "xml").then_some(extension)
}

fn relationships(source: &str, links: &[Link]) -> Vec<u8> {
    let mut xml = DECLARATION.to_vec();
    xml.extend_from_slice(
        b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for link in links {
        match link {
            Link::Part { id, kind, name } => {
                let target = relative(source, name);
                element(&mut xml, "Relationship", &[("Id", id), ("Type", kind), ("Target", &target)]);
            }
            Link::Web { id, kind, target } => {
                let attributes =
                    [("Id", id.as_str()), ("Type", kind), ("Target", target), ("TargetMode", "External")];
                element(&mut xml, "Relationship", &attributes);
            }
        }
    }
    xml.extend_from_slice(b"</Relationships>");
    xml
}

fn element(xml: &mut Vec<u8>, name: &str, attributes: &[(&str, &str)]) {
    xml.push(b'<');
    xml.extend_from_slice(name.as_bytes());
    for (name, value) in attributes {
        xml.push(b' ');
        xml.extend_from_slice(name.as_bytes());
        xml.extend_from_slice(b"=\"");
        escape::encode(value, escape::Within::Attribute, xml);
        xml.push(b'"');
    }
    xml.extend_from_slice(b"/>");
}

/// The target that leads from the part `source` to the part `name`: relative within and below the source's
/// folder and its parent, as Office writes them.
fn relative(source: &str, name: &str) -> String {
    let folder: Vec<&str> = source.split('/').collect();
    let folder = folder.split_last().map(|(_, folders)| folders).unwrap_or_default();
    let path: Vec<&str> = name.split('/').collect();
    let shared = folder.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = folder.len() - shared;
    let mut target = "../".repeat(up);
    target.push_str(&path.get(shared..).unwrap_or_default().join("/"));
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_their_source() {
        assert_eq!(relative("word/document.xml", "word/media/image1.png"), "media/image1.png");
        assert_eq!(
            relative("xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml"),
            "../drawings/drawing1.xml"
        );
        assert_eq!(relative("", "word/document.xml"), "word/document.xml");
    }

    #[test]
    fn hostile_targets_are_escaped() {
        let link = Link::Web { id: "r1".into(), kind: "t".into(), target: "https://h/?a&b=\"<".into() };
        let xml = String::from_utf8(relationships("", &[link])).unwrap();
        assert!(xml.contains("Target=\"https://h/?a&amp;b=&quot;&lt;\" TargetMode=\"External\"/>"), "{xml}");
    }
}
