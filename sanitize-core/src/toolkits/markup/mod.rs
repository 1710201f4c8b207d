//! Markup languages.

pub(crate) mod html;
pub(crate) mod xml;
