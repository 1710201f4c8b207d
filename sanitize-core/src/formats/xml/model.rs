//! What may be written: elements with their attributes, and characters.

/// A document, as the steps of writing it. There is no step for a comment, an instruction, a document type or a
/// reference.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub(super) steps: Vec<Step<'a>>,
}

/// One step of writing.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// A start tag. Names are valid and have their prefixes declared.
    Start(&'a str, Vec<Attribute<'a>>),
    /// The end of the innermost element.
    End(&'a str),
    /// Characters, as they are meant.
    Text(String),
}

/// An attribute, or the declaration of a namespace.
#[derive(Debug)]
pub(super) struct Attribute<'a> {
    pub(super) name: &'a str,
    /// As it is meant.
    pub(super) value: String,
}
