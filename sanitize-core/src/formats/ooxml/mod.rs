//! Office Open XML: Word, Excel and PowerPoint documents.

#[allow(dead_code, unused_imports, reason = "read by the rebuild")]
pub(crate) mod allow;
#[allow(dead_code, reason = "read by the rebuild")]
pub(crate) mod threats;
