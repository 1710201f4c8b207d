//! CFF.
pub(crate) fn rebuild(_program: &[u8]) -> Option<Vec<u8>> {
    None
}
