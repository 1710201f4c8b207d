//! Markup languages.

pub(crate) mod css;
pub(crate) mod html;
pub(crate) mod text;
pub(crate) mod xml;
