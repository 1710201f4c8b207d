//! JSON: one strict document (RFC 8259) in UTF-8, the same to every reader.
//!
//! Kept: values, the order of members, numbers as they are written, white space. Of members with the same name the
//! last one stays, as JavaScript and Python read them. What only some readers take (comments, a comma too many, a
//! call around the value) is left out; what ends a script in a page is escaped.

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
    limits::Resource,
    report::{Spot, Threat},
    toolkits::charset::looks_like_text,
};

pub(super) struct Json;

impl Handler for Json {
    fn formats(&self) -> &'static [Format] {
        &[format::JSON]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// Text under a name of JSON: nothing in it tells it from other text.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let is_named = Format::by_extension(probe.extension()) == Some(format::JSON);
        (is_named && looks_like_text(probe.bytes())).then_some(format::JSON)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let rebuilt = rebuild_document(input, ctx);
        let bytes = rebuilt.map_err(|error| exhausted(error, ctx))?;
        Ok(Rebuilt { bytes, format: format::JSON })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}

fn rebuild_document(input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let text = parse::text(input, ctx.budget())?;
    let document = rebuild::rebuild(&text, ctx)?;
    write::write(&document, ctx.budget())
}

/// The outermost document says by its own threat what used up the run. Inside another a limit is the run's end.
fn exhausted(error: Error, ctx: &mut Ctx<'_>) -> Error {
    let is_own = matches!(error, Error::Limit(Resource::TreeDepth | Resource::Objects));
    if is_own && ctx.depth() == 1 { ctx.refuse(&threats::DEEP, Spot::Here) } else { error }
}
