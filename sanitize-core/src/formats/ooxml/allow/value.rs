//! Kinds of attribute values.

/// What an attribute's value is, and so what a rebuild has to do with it.
///
/// Kinds from [`Token`](Self::Token) to [`DateTime`](Self::DateTime) are a matter of characters alone
/// ([`accepts`](Self::accepts)): schemas list fewer values than programs write, and a value that is new to a
/// list must not cost the document its look. The others need a parser of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// Any characters.
    String,
    /// A word of an enumeration.
    Token,
    /// `true`, `1`, `on`, `t` and their opposites.
    Boolean,
    /// A number, in Strict with a unit: `12`, `-0.5`, `12pt`, `50%`.
    Number,
    /// Hexadecimal digits.
    Hex,
    /// Base64.
    Base64,
    /// A date, with or without a time.
    DateTime,
    /// The id of a relationship of the part.
    Relationship,
    /// A place inside the document: a bookmark, a cell, a name.
    Location,
    /// A list of cell ranges.
    Reference,
    /// A formula.
    Formula,
    /// A Word field instruction.
    FieldInstruction,
    /// A PowerPoint action: `ppaction://hlinksldjump`.
    Action,
    /// A VML or HTML style: `name:value` pairs.
    Style,
}

/// Longest value of a kind that is a matter of characters alone; the longest known is a list of colours.
const MAX_WORD: usize = 256;

impl Value {
    /// Whether a value needs a parser of its own.
    pub(crate) fn acts(self) -> bool {
        self >= Self::Relationship
    }

    /// Whether a value holds only characters of its kind.
    ///
    /// Always true for kinds that need a parser, and for [`String`](Self::String) and
    /// [`Base64`](Self::Base64) no length is set.
    pub(crate) fn accepts(self, value: &[u8]) -> bool {
        match self {
            Self::Token | Self::Boolean => value.len() <= MAX_WORD && value.iter().all(|&byte| is_word(byte)),
            Self::Number => {
                value.len() <= MAX_WORD
                    && value.iter().all(|&byte| {
                        byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'%' | b' ')
                    })
            }
            Self::Hex => value.len() <= MAX_WORD && value.iter().all(u8::is_ascii_alphanumeric),
            Self::DateTime => {
                value.len() <= MAX_WORD
                    && value.iter().all(|&byte| {
                        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b':' | b'.' | b'+' | b' ')
                    })
            }
            Self::Base64 => value.iter().all(|&byte| {
                byte.is_ascii_alphanumeric()
                    || matches!(byte, b'+' | b'/' | b'=' | b' ' | b'\t' | b'\r' | b'\n')
            }),
            Self::String
            | Self::Relationship
            | Self::Location
            | Self::Reference
            | Self::Formula
            | Self::FieldInstruction
            | Self::Action
            | Self::Style => true,
        }
    }
}

/// Characters of words in enumerations. No colon and no backslash: a word is no address.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'_' | b'-' | b'.' | b'+' | b'/' | b' ' | b'#' | b'%' | b',' | b'(' | b')' | b'[' | b']'
        )
}
