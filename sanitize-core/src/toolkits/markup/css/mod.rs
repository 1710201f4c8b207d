//! Style sheets, read as CSS Syntax Level 3 says and written anew by allow-list.
//!
//! [`sheet`] takes a style sheet and [`declarations`] the value of a `style` attribute. What comes out holds
//! listed properties, functions, selectors and at-rules alone, in one form: escapes are resolved and made anew
//! where they must be, so that `\75rl(` is told as what it is. An address gets out only if the [`Host`] gives
//! another one for it; nothing that is written contains a `<`.
//!
//! Writing is a fixed point: what is read from the output is the output.

mod property;
mod reread;
mod rule;
mod selector;
mod token;
mod value;

pub(crate) use reread::is_harmless;
pub(crate) use rule::{declarations, sheet};

use crate::error::Error;

/// Which properties there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Those of pages.
    Html,
    /// Those of drawings.
    Svg,
}

/// Why something is not carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dropped {
    /// It would fetch something.
    Fetch,
    /// Some program ran it, once.
    Code,
    /// It lays one thing over another, or takes it out of sight.
    Overlay,
    /// Nothing of it is listed.
    Unlisted,
}

/// Whoever holds the style sheet.
pub(crate) trait Host {
    /// The address to write in place of `url` in a value of `property`; `None` where there is none.
    fn url(&mut self, property: &str, url: &str) -> Result<Option<String>, Error>;

    /// The name under which the element `id` is known in the output.
    fn id(&mut self, id: &str) -> String;

    /// Told of everything that is left out, by its name.
    fn dropped(&mut self, why: Dropped, name: &str) -> Result<(), Error>;
}

/// A declaration that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Declaration {
    /// The property, in lower case unless it is a custom one.
    pub(crate) property: String,
    /// The value in its written form, `!important` included.
    pub(crate) value: String,
}

/// The declarations as the value of a `style` attribute.
pub(crate) fn written(declarations: &[Declaration]) -> String {
    let one = |declaration: &Declaration| format!("{}:{}", declaration.property, declaration.value);
    declarations.iter().map(one).collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests;
