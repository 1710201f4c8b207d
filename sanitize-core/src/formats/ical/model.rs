//! What a calendar or a card may hold.

/// Components and their properties, in the order in which they are written.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) pieces: Vec<Piece>,
}

/// One line.
#[derive(Debug)]
pub(super) enum Piece {
    Begin(&'static str),
    End(&'static str),
    /// A listed property with listed parameters and a checked value.
    Property {
        name: &'static str,
        parameters: Vec<(&'static str, String)>,
        value: String,
    },
}
