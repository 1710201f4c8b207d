//! Drawings: static SVG by allow-list, without entities, scripts and animations, and nothing outside them.
//!
//! Kept: shapes, paths, text, gradients, patterns, clips, masks, markers, filters within measure, references to
//! parts of the drawing, pictures in it (`data:`, rebuilt by their own formats), links of allowed schemes,
//! style sheets and style attributes property by property.

mod allow;
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
    format::{self, Format},
    report::{Spot, Threat},
    toolkits::{codec::gzip, markup},
};

pub(super) struct Svg;

impl Handler for Svg {
    fn formats(&self) -> &'static [Format] {
        &[format::SVG, format::SVGZ]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// Told by the name of the first element; compressed ones by their name as well, since gzip says nothing of
    /// what is in it.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let named = ["svg", "svgz"].iter().any(|known| known.eq_ignore_ascii_case(probe.extension()));
        if named && probe.starts_with(gzip::MAGIC) {
            return Some(format::SVGZ);
        }
        let tag = markup::first_tag(probe.bytes())?;
        let name = tag.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next()?;
        (name == b"svg" || name.ends_with(b":svg")).then_some(format::SVG)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let source = parse::parse(input, ctx.budget())?;
        if source.compressed {
            ctx.replaced(&threats::COMPRESSED, Spot::Here, None)?;
        }
        match source.doctype {
            parse::Doctype::None => {}
            parse::Doctype::Plain => ctx.replaced(&threats::DOCTYPE, Spot::Here, None)?,
            parse::Doctype::Acts => return Err(ctx.refuse(&threats::ENTITIES, Spot::Here)),
        }
        let drawing = rebuild::rebuild(&source.text, ctx)?;
        Ok(Rebuilt { bytes: write::write(&drawing), format: format::SVG })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}
