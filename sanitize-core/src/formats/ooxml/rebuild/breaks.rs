//! Breaks in the text boxes of legacy drawings, which Excel writes as HTML has them: with no end.

use std::borrow::Cow;

use crate::{budget::Budget, error::Error, toolkits::markup::xml::prepare::Prepared};

/// The part with its breaks as XML has them.
pub(super) fn closed<'a>(prepared: Prepared<'a>, budget: &Budget) -> Result<Prepared<'a>, Error> {
    let text = &prepared.text;
    if !text.contains("<br>") || text.contains("</br>") {
        return Ok(prepared);
    }
    budget.expand(text.len() as u64)?;
    let text = Cow::Owned(text.replace("<br>", "<br/>"));
    Ok(Prepared { text, ..prepared })
}
