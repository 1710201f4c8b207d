//! A package as it may be written: parts with a known kind, relationships to them, and web links. There is no
//! field for a macro, a control, a script, an attachment or a target outside but a checked link.

use crate::toolkits::archive::zip::Packed;

/// A package.
#[derive(Debug)]
pub(super) struct Document {
    /// Relationships of the package itself.
    pub(super) roots: Vec<Link>,
    /// Parts, in the order of the walk.
    pub(super) parts: Vec<Part>,
}

/// A part.
#[derive(Debug)]
pub(super) struct Part {
    /// The fresh name, without a leading separator.
    pub(super) name: String,
    pub(super) content_type: String,
    /// The extension is enough to declare the type.
    pub(super) by_extension: bool,
    /// Rebuilt and packed; the plain bytes are gone by the time the package is written.
    pub(super) content: Packed,
    pub(super) links: Vec<Link>,
}

/// A relationship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// To a part of this package, by its fresh name.
    Part { id: String, kind: String, name: String },
    /// To an address that the policy lets a reader click.
    Web { id: String, kind: String, target: String },
}
