//! Parts and relationships: what a package is walked by.

use super::{
    Class, Namespace, PartKind, PartRow,
    generated::parts::{KINDS, PACKAGE, PARTS, RELATIONSHIPS, TYPES},
    local,
};
use crate::report::Threat;

/// What a part is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// XML, rebuilt by the tables.
    Xml,
    /// A picture, rebuilt by its own format.
    Image,
    /// An embedded document, rebuilt by its own format.
    Package,
}

/// What a relationship leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Relationship {
    /// A part of this kind, inside the package.
    Part(PartKind),
    /// The main part; its content type says of which document.
    Main,
    /// A hyperlink: the only type whose target may stand outside.
    Hyperlink,
    /// Not followed.
    Drop(&'static Threat),
}

/// Every kind, in the order of the rows.
pub(crate) const ALL: &[PartKind] = KINDS;

const HYPERLINK: &[&str] = &[
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
];
const MAIN: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";

/// What a relationship of this type may lead to from a part, or from the package itself (`None`).
///
/// Transitional, Strict and Microsoft types alike; no answer for a type that no table knows, or that does not
/// belong here.
pub(crate) fn relationship(from: Option<PartKind>, kind: &str) -> Option<Relationship> {
    if HYPERLINK.contains(&kind) {
        return from.map(|_| Relationship::Hyperlink);
    }
    let number = number(kind)?;
    let (canonical, drop) = TYPES.get(usize::from(number))?;
    if *canonical == MAIN {
        return from.is_none().then_some(Relationship::Main);
    }
    let refers = from.map_or(PACKAGE, |from| from.row().map_or(&[], |row| row.refers));
    match refers.iter().find(|(by, _)| *by == number) {
        Some((_, kind)) => Some(Relationship::Part(*kind)),
        None => drop.map(Relationship::Drop),
    }
}

fn number(kind: &str) -> Option<u8> {
    let at = RELATIONSHIPS.binary_search_by(|(known, _)| (*known).cmp(kind)).ok()?;
    RELATIONSHIPS.get(at).map(|(_, number)| *number)
}

impl PartKind {
    fn row(self) -> Option<&'static PartRow> {
        PARTS.get(self as usize)
    }

    /// What it is made of.
    pub(crate) fn content(self) -> Content {
        self.row().map_or(Content::Xml, |row| row.content)
    }

    /// The content types it is accepted under; the first is the one written, but for main parts, pictures and
    /// embedded documents.
    pub(crate) fn content_types(self) -> &'static [&'static str] {
        self.row().map_or(&[], |row| row.content_types)
    }

    /// The class of its root element, where it may have this one.
    pub(crate) fn root(self, namespace: Namespace, name: &[u8]) -> Option<Class> {
        let (.., class) = self
            .row()?
            .roots
            .iter()
            .find(|(ns, number, _)| *ns == namespace.0 && local(*number).as_bytes() == name)?;
        Some(*class)
    }

    /// A fresh name in the package, without the leading slash. `folder` is that of the document: `word`, `xl`,
    /// `ppt`, `word/glossary`; `number` counts parts of the kind from 1; `extension` is that of rebuilt content.
    pub(crate) fn path(self, folder: &str, number: usize, extension: &str) -> String {
        let pattern = self.row().map_or("", |row| row.path);
        let number_or_not = if number == 1 { String::new() } else { number.to_string() };
        pattern
            .replace("{dir}", folder)
            .replace("{n}", &number.to_string())
            .replace("{m}", &number_or_not)
            .replace("{ext}", extension)
    }
}
