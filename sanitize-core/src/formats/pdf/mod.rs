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
    report::Threat,
};

/// The handler of PDF files.
pub(crate) struct Pdf;

/// How far into a file viewers look for the header.
const HEADER_WITHIN: usize = 1024;

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
        // Viewers open a file that starts with the letters alone; behind other bytes the whole mark must stand.
        let found = bytes.starts_with(b"%PDF") || memchr::memmem::find(head, b"%PDF-").is_some();
        found.then_some(PDF)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let graph = rebuild::rebuild(input, ctx)?;
        let bytes = write::write(graph, ctx.switches().compression.deflate_level())?;
        Ok(Rebuilt { bytes, format: PDF })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
