//! What Office Open XML may hold: namespaces, elements, attributes, parts and relationships.
//!
//! The tables in `generated/` are written by `cargo xtask allow-lists` from the Open XML SDK's schema data,
//! filtered by `overlay.toml`, which says for everything left out or handed to code why. They are `static`
//! slices: no start-up cost; a look-up is a hash of the local name and a binary search among numbers.
//!
//! A [`Class`] is one element as one type of the schema. A rebuild starts from the root of a part
//! ([`PartKind::root`]) and asks each class for its children, attributes and text:
//!
//! ```text
//! let document = PartKind::MainDocument.root(Namespace::W, b"document")?;
//! match document.child(Namespace::W, b"body") {
//!     Some(Child::Keep(body)) => …,               // written, and its content judged by `body`
//!     Some(Child::Hook(hook, class)) => …,        // written by the code that `hook` names
//!     Some(Child::Unwrap(threat)) => …,           // not written; its children are judged as `document`'s
//!     Some(Child::Drop(threat)) => …,             // left out with all it holds
//!     None => …,                                  // no schema knows it here: left out
//! }
//! ```
//!
//! Markup compatibility (`mc:AlternateContent`, `mc:Ignorable`) is the rebuild's own work and not in the tables.

use crate::report::Threat;

mod generated;
mod parts;
#[cfg(test)]
mod tests;
mod value;

pub(crate) use generated::parts::PartKind;
use generated::{
    attributes::{ATTRIBUTES, VERDICTS as ATTRIBUTE_VERDICTS},
    children::{CHILDREN, VERDICTS as CHILD_VERDICTS},
    classes::{CLASSES, NEEDS},
    names::{NAMES, SLOTS},
    namespaces::{ANYWHERE, NAMESPACES, URIS},
};
pub(crate) use parts::{ALL as PARTS, Content, Relationship, relationship};
pub(crate) use value::Value;

/// A namespace the tables know. Transitional and Strict URIs of one namespace are the same `Namespace`.
///
/// There is a constant for each, by its usual prefix in capitals: [`Namespace::W`], [`Namespace::MC`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Namespace(u8);

/// Prefix, threat by which all of it is left out.
struct NamespaceRow(&'static str, Option<&'static Threat>);

/// The namespace of a URI; `None` for one that no table knows.
pub(crate) fn namespace(uri: &[u8]) -> Option<Namespace> {
    let at = URIS.binary_search_by(|(known, _)| known.as_bytes().cmp(uri)).ok()?;
    URIS.get(at).map(|(_, number)| Namespace(*number))
}

impl Namespace {
    fn row(self) -> Option<&'static NamespaceRow> {
        NAMESPACES.get(usize::from(self.0))
    }

    /// The prefix it is written with.
    pub(crate) fn prefix(self) -> &'static str {
        self.row().map_or("", |row| row.0)
    }

    /// Why nothing of this namespace is written, where that is so.
    pub(crate) fn dropped(self) -> Option<&'static Threat> {
        self.row().and_then(|row| row.1)
    }
}

/// One element as one type of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Class(u16);

/// Namespace, name, children from and count, attributes from and count, text, what it needs, whether it goes
/// with its target.
struct ClassRow(u8, u16, u16, u16, u16, u16, TextKind, u8, bool);

/// What happens to a child of a class.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Child {
    /// Written, its content judged by the class.
    Keep(Class),
    /// Left out with all it holds.
    Drop(&'static Threat),
    /// Not written; its children are judged as children of the parent.
    Unwrap(&'static Threat),
    /// Written by code that knows what is special about it; its content is judged by the class.
    Hook(Hook, Class),
}

/// What happens to an attribute of a class.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Attribute {
    /// Written when its value is of this kind.
    Keep(Value),
    /// Left out.
    Drop(&'static Threat),
}

/// What the text inside an element is. White space between elements is never text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// The element holds no text.
    None,
    /// Text a person reads, or a plain value.
    Text,
    /// A formula of a cell, name, rule or chart.
    Formula,
    /// A list of cell ranges, or the anchor of a legacy control.
    Reference,
    /// A piece of a Word field instruction.
    FieldInstruction,
}

/// Elements that more is to be said about than a table can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Hook {
    /// `a:blip`: the picture of a shape, by relationship.
    Blip,
    /// `x:cacheSource`: only a range of this workbook is a source that may be kept.
    CacheSource,
    /// `x:f` of a cell.
    CellFormula,
    /// `w:commentReference` and the marks of a comment's range.
    CommentMark,
    /// `x:definedName`.
    DefinedName,
    /// `c:externalData`: the workbook behind a chart, embedded or elsewhere.
    ExternalData,
    /// `w:fldChar`: begin, separator and end of a field.
    FieldChar,
    /// `w:instrText`, `w:delInstrText`: a piece of a field's instruction.
    FieldInstruction,
    /// `a:graphicData`: what its URI names must be what it holds.
    GraphicData,
    /// `w:vanish`, `w:webHidden`: text that is there and not shown.
    HiddenText,
    /// `w:hyperlink`, `x:hyperlink`, `a:hlinkClick`.
    Hyperlink,
    /// `p:cNvPr` of a picture, which may stand for an object.
    PictureName,
    /// A core property that names people or dates; the policy decides.
    Property,
    /// `ap:Application`, `ap:AppVersion`: kept where it names a known program.
    Producer,
    /// `w:documentProtection`, `w:writeProtection`: kept and reported.
    Protection,
    /// Kept, and reported where its attributes hide something or act on opening.
    Reported,
    /// `x:sheet`: a sheet of the workbook, by relationship; it may be hidden.
    Sheet,
    /// `x:controls`: form controls stay inert, ActiveX controls become their picture.
    SheetControls,
    /// `x:oleObjects`: each becomes its preview picture.
    SheetObjects,
    /// `w:fldSimple`: a field with its result inside.
    SimpleField,
    /// `p:controls`: ActiveX controls of a slide become their picture.
    SlideControls,
    /// `p:oleObj`: becomes its preview picture.
    SlideObject,
    /// `w:ins`, `w:del`, `w:moveFrom`, `w:moveTo` and the former formatting of a tracked change.
    TrackedChange,
    /// `v:imagedata`: the picture of a legacy shape, by relationship.
    VmlImage,
    /// `w:object`: becomes its preview picture.
    WordObject,
}

impl Class {
    fn row(self) -> Option<&'static ClassRow> {
        CLASSES.get(usize::from(self.0))
    }

    /// A number that tells classes apart.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The usual prefix and the local name: `("w", "p")`.
    pub(crate) fn usual_name(self) -> (&'static str, &'static str) {
        let (namespace, local) = self.name();
        (namespace.prefix(), local)
    }

    /// Namespace and local name of the element.
    pub(crate) fn name(self) -> (Namespace, &'static str) {
        self.row().map_or((Namespace::NONE, ""), |row| (Namespace(row.0), local(row.1)))
    }

    /// What happens to a child element; `None` for one that no schema knows here.
    pub(crate) fn child(self, namespace: Namespace, name: &[u8]) -> Option<Child> {
        let row = self.row()?;
        let Some(number) = number(name) else { return namespace.dropped().map(Child::Drop) };
        let from = usize::from(row.2);
        let list = CHILDREN.get(from..from.checked_add(usize::from(row.3))?)?;
        if let Some((.., verdict)) = find(list, namespace, number, |(ns, name, _)| (*ns, *name)) {
            let verdict = usize::from(*verdict);
            return match verdict.checked_sub(CLASSES.len()) {
                None => Some(Child::Keep(Class(u16::try_from(verdict).ok()?))),
                Some(at) => CHILD_VERDICTS.get(at).copied(),
            };
        }
        // What must be reported under its own threat is known wherever a hostile file puts it.
        find(ANYWHERE, namespace, number, |(ns, name, _)| (*ns, *name))
            .map(|(.., verdict)| *verdict)
            .or_else(|| namespace.dropped().map(Child::Drop))
    }

    /// What happens to an attribute; `None` for one that no schema knows here.
    ///
    /// An attribute without a prefix is in [`Namespace::NONE`]. `xml:space` may stand everywhere.
    pub(crate) fn attribute(self, namespace: Namespace, name: &[u8]) -> Option<Attribute> {
        let row = self.row()?;
        let Some(number) = number(name) else { return namespace.dropped().map(Attribute::Drop) };
        let from = usize::from(row.4);
        let list = ATTRIBUTES.get(from..from.checked_add(usize::from(row.5))?)?;
        if let Some((.., verdict)) = find(list, namespace, number, |(ns, name, _)| (*ns, *name)) {
            return ATTRIBUTE_VERDICTS.get(usize::from(*verdict)).copied();
        }
        if namespace == Namespace::XML && name == b"space" {
            return Some(Attribute::Keep(Value::Token));
        }
        namespace.dropped().map(Attribute::Drop)
    }

    /// What its text is.
    pub(crate) fn text(self) -> TextKind {
        self.row().map_or(TextKind::None, |row| row.6)
    }

    /// Whether it means nothing without a child that [`counts`](Self::counts): an `ext` whose content was left
    /// out goes with it, and so does the frame of a chart that was not written.
    pub(crate) fn needs_child(self) -> bool {
        self.row().is_some_and(|row| row.7 != 0)
    }

    /// Whether a written child is one that it needs.
    pub(crate) fn counts(self, namespace: Namespace, name: &[u8]) -> bool {
        let needs = self.row().and_then(|row| NEEDS.get(usize::from(row.7).checked_sub(1)?));
        needs.is_some_and(|list| {
            list.is_empty() || number(name).is_some_and(|number| list.contains(&(namespace.0, number)))
        })
    }

    /// Whether it means nothing without the target of its relationship: a `drawing` whose part was not written
    /// goes with it. Other elements only lose the attribute.
    pub(crate) fn needs_target(self) -> bool {
        self.row().is_some_and(|row| row.8)
    }
}

/// A local name by its number.
fn local(number: u16) -> &'static str {
    NAMES.get(usize::from(number)).copied().unwrap_or_default()
}

/// The number of a local name: one hash and, nearly always, one comparison.
fn number(name: &[u8]) -> Option<u16> {
    let mut slot = slot(name);
    // The table has twice as many slots as names, so that an empty one ends the search soon.
    loop {
        match SLOTS.get(slot)?.checked_sub(1) {
            None => return None,
            Some(number) if local(number).as_bytes() == name => return Some(number),
            Some(_) => slot = (slot + 1) % SLOTS.len(),
        }
    }
}

/// Where the search for a name starts: FNV-1a, folded. The generator computes the same.
fn slot(name: &[u8]) -> usize {
    let hash =
        name.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) as usize % SLOTS.len()
}

/// The row of a sorted list that has this name.
fn find<T>(list: &[T], namespace: Namespace, number: u16, key: impl Fn(&T) -> (u8, u16)) -> Option<&T> {
    let at = list.binary_search_by_key(&(namespace.0, number), key).ok()?;
    list.get(at)
}

/// A part kind: its path, content, content types, roots and relationships.
struct PartRow {
    path: &'static str,
    content: Content,
    content_types: &'static [&'static str],
    roots: &'static [(u8, u16, Class)],
    refers: &'static [(u8, PartKind)],
}
