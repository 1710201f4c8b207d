//! XML 1.0 as documents use it, read strictly and without ever building a tree.
//!
//! [`prepare::text`] turns the bytes of a part into checked UTF-8; [`Tokenizer`] walks it, checks that it is
//! well formed, and says of each token whether its bytes are already in the one form a writer of this engine
//! would give them. Whoever rebuilds a part can then copy runs of unchanged tokens as they stand.
//!
//! A document type declaration is an error, so there are no entities but the five built in; nothing outside
//! the text is ever read.

pub(crate) mod doctype;
pub(crate) mod escape;
pub(crate) mod namespaces;
pub(crate) mod prepare;
mod tokenizer;

pub(crate) use tokenizer::{Attribute, Token, Tokenizer, same, split};

/// What [`crate::error::Error::Malformed`] names when a part has a document type declaration.
pub(crate) const DOCTYPE: &str = "document type declaration";
/// What it names when a part holds a character XML does not allow.
pub(crate) const CHARACTER: &str = "character not allowed in XML";
/// What it names when a part declares itself to be XML 1.1.
pub(crate) const VERSION: &str = "XML version";
/// What it names when a reference means no character.
pub(crate) const REFERENCE: &str = "reference";
/// What it names when a part's encoding cannot be read.
pub(crate) const ENCODING: &str = "XML encoding";
/// The declaration every part is written with.
pub(crate) const DECLARATION: &[u8] = b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
