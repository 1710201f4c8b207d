use super::{model::Model, sniff};
use crate::{
    engine::{ctx::Ctx, text},
    error::Error,
    toolkits::charset::Document,
};

pub(super) fn rebuild<'a>(document: Document<'a>, ctx: &mut Ctx<'_>) -> Result<Model<'a>, Error> {
    let document = text::visible(document, ctx)?;
    let document = text::settled(document, ctx)?;
    sniff::sniff(&document.text, ctx)?;
    Ok(Model(document))
}
