//! Characters.

use super::{Scribe, threats};
use crate::{
    error::Error,
    report::Spot,
    toolkits::charset::{HiddenKind, hidden, is_plain_ascii},
};

impl Scribe<'_, '_, '_> {
    /// `text` without characters that nobody sees, with line ends as HTML reads them.
    pub(super) fn cleaned(&mut self, text: &str) -> Result<String, Error> {
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        };
        if is_plain_ascii(text.as_bytes()) {
            return Ok(text);
        }
        let mut kept = String::with_capacity(text.len());
        let mut copied = 0;
        for hidden in hidden(&text) {
            self.ctx.budget().objects(1)?;
            match hidden.kind {
                HiddenKind::Control => self.ctx.removed(&threats::CONTROLS, Spot::Here)?,
                HiddenKind::Unbalanced => self.ctx.removed(&threats::UNBALANCED, Spot::Here)?,
                HiddenKind::Invisible => self.ctx.removed(&threats::INVISIBLE, Spot::Here)?,
                HiddenKind::Balanced => {
                    self.ctx.choose(&threats::BALANCED, Spot::Here)?;
                    continue;
                }
            }
            kept.push_str(text.get(copied..hidden.range.start).unwrap_or_default());
            copied = hidden.range.end;
        }
        kept.push_str(text.get(copied..).unwrap_or_default());
        Ok(kept)
    }
}
