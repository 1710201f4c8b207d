//! The archive as it is there. Form only: what it means is for the rebuild to say.

use crate::{budget::Budget, error::Error, toolkits::archive::zip::Archive};

pub(super) fn parse<'a>(input: &'a [u8], budget: &Budget) -> Result<Archive<'a>, Error> {
    Archive::read(input, budget)
}
