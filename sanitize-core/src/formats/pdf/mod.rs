//! PDF (ISO 32000): a new file with one revision, written from an allow-list of typed dictionaries.
//!
//! Kept: pages with their content, fonts, pictures, colours and transparency; links, bookmarks and named places;
//! annotations and form fields that do nothing; layers, tags, page labels; title and language by policy.

mod model;
mod parse;
mod rebuild;
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
    format::{Format, PDF},
    report::{Spot, Threat},
};

/// The handler of PDF files.
pub(crate) struct Pdf;

/// How far into a file viewers look for the header.
const HEADER_WITHIN: usize = 1024;

/// The threat that a file is which programs for PDF open, and which is none.
fn is_relative(bytes: &[u8]) -> Option<&'static Threat> {
    match bytes {
        [b'%', b'F', b'D', b'F', b'-', ..] => Some(&threats::FORM_DATA),
        // Behind the mark of PostScript a header of PDF may follow, which old programs wrote.
        [b'%', b'!', rest @ ..] => {
            let line = rest.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
            (memchr::memmem::find(line, b"PDF-").is_none()).then_some(&threats::POSTSCRIPT)
        }
        [0xc5, 0xd0, 0xd3, 0xc6, ..] => Some(&threats::POSTSCRIPT),
        _ => None,
    }
}

impl Handler for Pdf {
    fn formats(&self) -> &'static [Format] {
        &[PDF]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let bytes = probe.bytes();
        // A package whose first member is a PDF file is no PDF file.
        if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            return None;
        }
        let head = bytes.get(..HEADER_WITHIN.min(bytes.len()))?;
        if is_relative(bytes).is_some() {
            return Some(PDF);
        }
        // Viewers open a file that starts with the letters alone; behind other bytes the whole mark must stand.
        let found = bytes.starts_with(b"%PDF") || memchr::memmem::find(head, b"%PDF-").is_some();
        found.then_some(PDF)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        if let Some(threat) = is_relative(input) {
            return Err(ctx.refuse(threat, Spot::Here));
        }
        let graph = rebuild::rebuild(input, ctx)?;
        let bytes = write::write(graph, ctx.switches().compression.deflate_level(), ctx.budget())?;
        Ok(Rebuilt { bytes, format: PDF })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
