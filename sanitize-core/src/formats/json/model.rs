//! What may be written: the tokens of one value, and white space between them.

use std::ops::Range;

/// A document, as the tokens it is written with. There is none for a comment.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    /// Tokens that are not written: members whose names come again, commas behind which nothing stands. In the order
    /// in which they end; some may stand in others.
    pub(super) without: Vec<Range<usize>>,
}

/// A token of RFC 8259.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`, `}`, `[`, `]`, `:` or `,`.
    Mark(u8),
    /// Spaces, tabs and line ends.
    Space(&'a str),
    /// A number of the one grammar, or `true`, `false`, `null`.
    Word(&'a str),
    /// A string between quotation marks, every character of which stands for itself or is escaped.
    Plain(&'a str),
    /// A string that is escaped when it is written.
    Escaped(String),
}
