//! v
use crate::{budget::Budget, error::Error};
pub(crate) fn verify(_output: &[u8], _budget: &Budget) -> Result<(), Error> { Ok(()) }
