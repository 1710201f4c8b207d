//! What a drawing may hold.

use super::allow::Element;

/// A drawing: a root of the kind `svg` and what is in it, in the order in which it is written. It has no field
/// for a script, an entity, or an address but those of links, of pictures in the drawing and of its own parts.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) pieces: Vec<Piece>,
    /// Some attribute is an address.
    pub(super) has_addresses: bool,
}

/// One step of writing.
#[derive(Debug)]
pub(super) enum Piece {
    /// A start tag.
    Start(&'static Element, Vec<Attribute>),
    /// The end of the innermost element.
    End(&'static Element),
    /// Characters.
    Text(String),
}

/// A listed attribute with its checked value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    /// As it is written, prefix included.
    pub(super) name: &'static str,
    pub(super) value: String,
}
