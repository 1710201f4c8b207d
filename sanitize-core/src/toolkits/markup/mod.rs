//! Markup languages.
