use std::ops::Deref;

use crate::{
    budget::Budget,
    engine::handler::{Handler, Rebuilt},
    error::Error,
    format::Format,
};

/// Bytes that a verifier has read and found to hold only what the engine writes.
///
/// There is no other way to make one, and nothing else leaves the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified(Vec<u8>);

impl Verified {
    /// The bytes, to be written where they are wanted.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl Deref for Verified {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Verified {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Has `handler` re-read what it wrote. A failure is the engine's fault, and rejects the file.
pub(crate) fn verify(
    handler: &dyn Handler,
    rebuilt: Rebuilt,
    budget: &Budget,
) -> Result<(Verified, Format), Error> {
    let Rebuilt { bytes, format } = rebuilt;
    match handler.verify(&bytes, format, budget) {
        Ok(()) => Ok((Verified(bytes), format)),
        Err(Error::Limit(resource)) => Err(Error::Limit(resource)),
        Err(Error::Malformed { what, .. } | Error::Unsupported(what) | Error::Internal(what)) => {
            Err(Error::Internal(what))
        }
        Err(_) => Err(Error::Internal("the rebuilt file did not verify")),
    }
}
