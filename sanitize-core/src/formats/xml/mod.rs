//! XML data of whatever vocabulary: elements, attributes and text in one form, nothing that acts on its reader.
//!
//! Kept: elements, attributes and their order, namespaces, text, white space. Comments, processing instructions and
//! CDATA sections have no place in the model; what fetches, includes, signs or is run has none either. A file whose
//! instructions or root make it the document of a program is refused: its own format would have to rebuild it.

mod model;
mod parse;
mod rebuild;
mod threats;
mod verify;
mod vocabulary;
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
    toolkits::markup,
};

pub(super) struct Xml;

impl Handler for Xml {
    fn formats(&self) -> &'static [Format] {
        &[format::XML]
    }

    fn threats(&self) -> &'static [&'static Threat] {
        threats::ALL
    }

    /// Whatever begins with a tag under a name of XML, and with the declaration of XML under none. What has a
    /// handler of its own was asked before.
    fn probe(&self, probe: &Probe<'_>) -> Option<Format> {
        let is_xml = match Format::by_extension(probe.extension()) {
            Some(claimed) => claimed == format::XML && markup::first_tag(probe.bytes()).is_some(),
            None => parse::is_declared(probe.bytes()),
        };
        is_xml.then_some(format::XML)
    }

    fn rebuild(&self, input: &[u8], ctx: &mut Ctx<'_>) -> Result<Rebuilt, Error> {
        let rebuilt = rebuild_data(input, ctx);
        let bytes = rebuilt.map_err(|error| refusal(error, ctx))?;
        Ok(Rebuilt { bytes, format: format::XML })
    }

    fn verify(&self, output: &[u8], _format: Format, budget: &Budget) -> Result<(), Error> {
        verify::verify(output, budget)
    }
}

fn rebuild_data(input: &[u8], ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let source = parse::parse(input, ctx.budget())?;
    rebuild::source(&source, ctx)?;
    let document = rebuild::rebuild(&source.text, ctx)?;
    write::write(&document, ctx.budget())
}

/// Ways of not being XML that are attacks of their own. Inside another document a limit is the run's end.
fn refusal(error: Error, ctx: &mut Ctx<'_>) -> Error {
    match error {
        Error::Limit(Resource::TreeDepth | Resource::Attributes) if ctx.depth() == 1 => {
            ctx.refuse(&threats::DEEP, Spot::Here)
        }
        Error::Malformed { what: markup::xml::CHARACTER, offset } => ctx.refuse(&threats::CHARACTER, offset),
        error => error,
    }
}
