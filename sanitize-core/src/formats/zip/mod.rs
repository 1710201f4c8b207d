//! ZIP archives: every member by its own format, names made safe, headers written anew.
//!
//! Kept: members that can be rebuilt, their order, directories, names as a person reads them, modification
//! times. A member that cannot be rebuilt leaves a notice. An archive whose structure readers understand
//! differently is refused as a whole: there is no telling which of the archives in it was meant.

mod model;
mod name;
mod parse;
mod rebuild;
mod threats;
mod types;
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
};

pub(super) struct Zip;

impl Handler for Zip {
    fn formats(&self) -> &'static [Format] {
        &[format::ZIP]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// Anything laid out as a ZIP archive that is not a package of another format. Packages have parts
    /// that mean something only together, and their own handlers.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let is_cut_or_split =
            || [&b"PK\x03\x04"[..], b"PK\x07\x08PK\x03\x04"].iter().any(|magic| probe.starts_with(magic));
        if !probe.is_zip() && !is_cut_or_split() && !has_zip64_end(probe.bytes()) {
            return None;
        }
        let is_package = types::PACKAGE_PARTS.iter().any(|part| probe.has_member(part.as_bytes()));
        // The first member of an OpenDocument or EPUB package is stored, so that it can be seen from outside.
        let package_type = probe.package_type().unwrap_or_default();
        let is_book = types::PACKAGE_TYPES.iter().any(|kind| package_type.starts_with(kind));
        (!is_package && !is_book).then_some(format::ZIP)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let rebuilt = rebuild_archive(input, ctx);
        let bytes = rebuilt.map_err(|error| rebuild::exhausted(error, ctx))?;
        Ok(Rebuilt { bytes, format: format::ZIP })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}

/// True when the file ends as ZIP64 archives do. With bytes in front of such an archive no stated offset is
/// right, and the directory is found only by who reads the ZIP64 records.
fn has_zip64_end(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(42)..).unwrap_or_default();
    tail.len() == 42
        && tail.starts_with(b"PK\x06\x07")
        && tail.ends_with(b"\0\0")
        && tail.get(20..24) == Some(b"PK\x05\x06")
}

fn rebuild_archive(input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let archive = parse::parse(input, ctx.budget())?;
    rebuild::structure(&archive, ctx)?;
    let model = rebuild::rebuild(&archive, ctx)?;
    write::write(model, ctx.budget())
}
