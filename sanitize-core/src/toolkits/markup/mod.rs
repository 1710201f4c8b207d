//! Markup languages.

pub(crate) mod xml;
