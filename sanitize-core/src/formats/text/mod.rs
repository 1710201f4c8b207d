//! Plain text: characters that act are left out, everything else stays byte for byte in its encoding.
//!
//! Kept: text, line ends, byte order mark, encoding (UTF-8, UTF-16, code page 932, EUC-JP, ISO-2022-JP),
//! emoji sequences, variants of ideographs, right-to-left text. Script lines and addresses are reported and
//! stay: as text they do nothing.

mod model;
mod parse;
mod rebuild;
mod sniff;
mod threats;
mod verify;
mod write;

use crate::{
    budget::Budget,
    engine::{
        ctx::Ctx,
        handler::{Handler, Rebuilt},
        identify::Probe,
    },
    error::Error,
    format::{self, Format},
    report::Threat,
    toolkits::charset::looks_like_text,
};

pub(super) struct Text;

impl Handler for Text {
    fn formats(&self) -> &'static [Format] {
        &[format::TXT]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// Text under a name that says so, or says nothing. A name that promises another format is not kept by
    /// text; content that a browser or viewer would take for another format is not text.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let claimed = Format::by_extension(probe.extension());
        let may_be_text = claimed.is_none_or(|claimed| claimed == format::TXT);
        // Excel takes whatever begins like this for a SYLK file, macros included, under any name.
        let is_sylk = probe.starts_with(b"ID;");
        (may_be_text && !is_sylk && looks_like_text(probe.bytes())).then_some(format::TXT)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let document = parse::parse(input, ctx.budget())?;
        let model = rebuild::rebuild(document, ctx)?;
        Ok(Rebuilt { bytes: write::write(model), format: format::TXT })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
