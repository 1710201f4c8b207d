//! Web archives (MHTML, RFC 2557): recognised, and refused (P27).
//!
//! Word and browsers open them with the rights of the place they claim to come from, scripts, frames and objects
//! included.

mod threats;

use crate::{
    budget::Budget,
    engine::{
        ctx::Ctx,
        handler::{Handler, Rebuilt},
        identify::Probe,
    },
    error::Error,
    format::{self, Format},
    report::{Spot, Threat},
};

pub(super) struct Mhtml;

impl Handler for Mhtml {
    fn formats(&self) -> &'static [Format] {
        &[format::MHTML]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// A message whose header says that it is a saved page, or any message under the name of one.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        const HEADER: usize = 8 << 10;
        let head = probe.bytes().get(..HEADER).unwrap_or(probe.bytes()).to_ascii_lowercase();
        let header_len =
            memchr::memmem::find(&head, b"\n\r\n").or_else(|| memchr::memmem::find(&head, b"\n\n"));
        let header = head.get(..header_len.unwrap_or(head.len())).unwrap_or_default();
        let has = |wanted: &[u8]| memchr::memmem::find(header, wanted).is_some();
        let is_message = has(b"mime-version:") && has(b"content-type:");
        let named = Format::by_extension(probe.extension()) == Some(format::MHTML);
        let saved = has(b"snapshot-content-location:") || has(b"from: <saved by");
        (is_message && (named || saved)).then_some(format::MHTML)
    }

    fn rebuild(&self, _input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        Err(ctx.refuse(&threats::ARCHIVE, Spot::Here))
    }

    /// Nothing of this format is ever written.
    fn verify(&self, _output: &[u8], _format: Format, _budget: &Budget) -> Result<(), Error> {
        Err(Error::Internal("a web archive was written"))
    }
}
