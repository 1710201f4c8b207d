//! Characters.

use super::Scribe;
use crate::{engine::text, error::Error, report::Spot};
use std::borrow::Cow;

impl Scribe<'_, '_, '_> {
    /// `text` without characters that nobody sees, with line ends as HTML reads them.
    pub(super) fn cleaned(&mut self, text: &str) -> Result<String, Error> {
        let text = if text.contains('\r') {
            Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(text)
        };
        Ok(text::cleaned(&text, Spot::Here, self.ctx)?.into_owned())
    }
}
