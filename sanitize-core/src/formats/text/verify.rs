use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::charset::{Document, HiddenKind, hidden_in_file, is_plain_ascii},
};

/// The output is text in an encoding that is told from it, and nothing in it is hidden.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    if is_plain_ascii(output) {
        return Ok(());
    }
    let document = Document::decode(output, budget)?.ok_or_else(|| malformed("text encoding", 0))?;
    if document.conversion.is_some() {
        return Err(malformed("text encoding", 0));
    }
    let left = hidden_in_file(&document.text, budget)?
        .into_iter()
        .find(|hidden| hidden.kind != HiddenKind::Balanced);
    match left {
        Some(left) => Err(malformed("hidden character", left.range.start as u64)),
        None => Ok(()),
    }
}
