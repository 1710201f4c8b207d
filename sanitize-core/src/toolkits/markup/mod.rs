//! Markup languages.

pub(crate) mod text;
pub(crate) mod xml;
