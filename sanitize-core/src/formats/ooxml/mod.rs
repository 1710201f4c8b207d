//! Office Open XML: Word, Excel and PowerPoint files since 2007, Transitional and Strict (ISO/IEC 29500).
//!
//! A package is walked from its root along allowed relationships ([`rebuild::walk`]); every XML part goes
//! through allow-lists of elements and attributes that are generated from the published schemas
//! ([`rebuild::filter`], [`allow`]); fields, formulas, links and actions are parsed and judged; pictures and
//! chart workbooks are rebuilt as files of their own. Macro-enabled types become their macro-free twin.
//!
//! Kept: text, styles, sections, tables, shapes, charts with their cached points, equations, fields of allowed
//! types, links the policy allows, comments, tracked changes, formulas of allowed functions, pivot tables on
//! worksheets, transitions and animations. `docs/formats/ooxml.md` is the whole list.

mod action;
mod allow;
#[cfg(test)]
mod corpus_tests;
mod field;
mod formula;
mod kinds;
mod model;
mod parse;
mod rebuild;
mod threats;
mod verify;
mod write;

use crate::{
    budget::{Budget, Cancel},
    engine::{
        ctx::Ctx,
        handler::{Handler, Rebuilt},
        identify::Probe,
    },
    error::{Error, malformed},
    format::{self, Format},
    limits::Limits,
    report::Threat,
};
use kinds::Kind;
use parse::{Package, part_name::Resolved};

/// The handler of all Office Open XML formats.
pub(crate) struct Ooxml;

impl Handler for Ooxml {
    fn formats(&self) -> &'static [Format] {
        kinds::FORMATS
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let is_package = |name: &&[u8]| name.eq_ignore_ascii_case(b"[Content_Types].xml");
        if !probe.member_names().iter().any(is_package) {
            // A package that lost its directory is still one by what stands first in it: programs repair it.
            let claimed = Format::by_extension(probe.extension());
            let is_damaged = !probe.is_zip() && probe.starts_with(b"PK\x03\x04");
            return claimed.filter(|claimed| is_damaged && kinds::FORMATS.contains(claimed));
        }
        // Which of the formats it is stands in its content types, read here under limits of their own.
        let limits = Limits { expanded_bytes: 16 << 20, ..Limits::default() };
        let budget = Budget::new(&limits, probe.bytes().len() as u64, Cancel::new());
        let found = Package::read(probe.bytes(), &budget)
            .and_then(|package| main_part(&package, &budget))
            .map(|(_, kind)| kind.format);
        let by_folder = || {
            let folders: [(&[u8], Format); 3] =
                [(b"word/", format::DOCX), (b"xl/", format::XLSX), (b"ppt/", format::PPTX)];
            let has = |folder: &[u8]| probe.member_names().iter().any(|name| name.starts_with(folder));
            folders.into_iter().find(|(folder, _)| has(folder)).map(|(_, format)| format)
        };
        // A package that cannot be read is still this handler's to reject, with the reason.
        found.ok().or_else(by_folder)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let package =
            Package::read(input, ctx.budget()).map_err(|error| rebuild::filter::refusal(error, ctx))?;
        rebuild::structure::check(&package, ctx)?;
        let (main, kind) = main_part(&package, ctx.budget())?;
        let Some(written) = kind.written else {
            return Err(match kind.format == format::XLSB {
                true => Error::Unsupported("a binary workbook"),
                false => ctx.refuse(&threats::OPC_ADDIN_PACKAGE, 0_u64),
            });
        };
        if written.format != kind.format {
            ctx.replaced(&crate::engine::threats::MACRO_TYPE, 0_u64, None)?;
        }
        let walk = rebuild::walk::walk(&package, (&main, written.main, written.folder), ctx)?;
        let document = rebuild::document(&package, &walk, written.content_type, ctx)?;
        let level = ctx.switches().compression.deflate_level();
        let bytes = write::write(document, level, ctx.budget())?;
        Ok(Rebuilt { bytes, format: written.format })
    }

    fn verify(&self, output: &[u8], format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, format, budget)
    }
}

/// The main part, by the package's own relationships, and the kind of document its content type makes it.
fn main_part(package: &Package<'_>, budget: &Budget) -> Result<(String, &'static Kind), Error> {
    let roots = package.bytes("_rels/.rels", budget)?.ok_or_else(|| malformed("package relationships", 0))?;
    for relationship in parse::relationships::read(&roots, budget)?.0 {
        // The same rule as the walk's, so that the package that is written has its main part too.
        let is_main =
            matches!(allow::relationship(None, &relationship.kind), Some(allow::Relationship::Main));
        if !is_main || !relationship.complete {
            continue;
        }
        let Resolved::Part(key) = parse::part_name::resolve("", &relationship.target) else { continue };
        let kind = package.types.of(&key).and_then(kinds::by_content_type);
        if let (Some(kind), true) = (kind, package.has(&key)) {
            return Ok((key, kind));
        }
    }
    Err(Error::Unsupported("a package that is no Word, Excel or PowerPoint file"))
}
