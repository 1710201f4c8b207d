//! What a page may hold.

use super::allow::Element;
use crate::toolkits::markup::html::Doctype;

/// A page. It has no field for anything that acts: no script, no element nobody listed, no address but those of
/// links and of pictures in the page itself.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) doctype: Doctype,
    pub(super) html: Vec<Attribute>,
    pub(super) title: Option<String>,
    /// Style sheets, in order, in their written form.
    pub(super) styles: Vec<String>,
    pub(super) body: Vec<Attribute>,
    pub(super) content: Vec<Piece>,
}

/// A listed attribute with its checked value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Attribute {
    pub(super) name: &'static str,
    pub(super) value: String,
}

/// The content of the body in the order in which it is written.
#[derive(Debug)]
pub(super) enum Piece {
    /// A start tag; of an element with content, an [`Piece::End`] follows.
    Start(&'static Element, Vec<Attribute>),
    /// The end of the innermost element.
    End(&'static Element),
    /// Characters.
    Text(String),
}
