use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::charset::{Document, HiddenKind, hidden_in_file},
};

/// The output is text in an encoding that is told from it, nothing in it is hidden, and Excel takes it for a
/// table. Formulas are the policy's to keep, so that they cannot be ruled out here.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let document = Document::decode(output, budget)?.ok_or_else(|| malformed("text encoding", 0))?;
    let left = hidden_in_file(&document.text, budget)?
        .into_iter()
        .find(|hidden| hidden.kind != HiddenKind::Balanced);
    if document.conversion.is_some() || document.text.starts_with("ID;P") {
        return Err(malformed("text table", 0));
    }
    match left {
        Some(left) => Err(malformed("hidden character", left.range.start as u64)),
        None => Ok(()),
    }
}
