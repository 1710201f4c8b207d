use super::{model::Model, sniff, threats};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    report::{Detail, Spot},
    toolkits::charset::{Conversion, Document, Edit, HiddenKind, acts_at_its_start, hidden},
};

pub(super) fn rebuild<'a>(document: Document<'a>, ctx: &mut Ctx<'_>) -> Result<Model<'a>, Error> {
    if let Some(conversion) = document.conversion {
        let how = match conversion {
            Conversion::Western => "read as Windows-1252",
            Conversion::Replaced => "meaningless bytes became U+FFFD",
        };
        ctx.replaced(&threats::ENCODING, Spot::Here, Detail::excerpt(how))?;
    }
    let mut edits = Vec::new();
    for hidden in hidden(&document.text) {
        ctx.budget().objects(1)?;
        let at = hidden.range.start;
        match hidden.kind {
            HiddenKind::Control => ctx.removed(&threats::CONTROLS, at)?,
            HiddenKind::Unbalanced => ctx.removed(&threats::UNBALANCED, at)?,
            HiddenKind::Invisible => ctx.removed(&threats::INVISIBLE, at)?,
            HiddenKind::Balanced => {
                ctx.choose(&threats::BALANCED, at)?;
                continue;
            }
        }
        edits.push(Edit { range: hidden.range, insert: "" });
    }
    let (document, is_mistaken) = document.edited(&edits, ctx.budget())?.settled(ctx.budget())?;
    if is_mistaken {
        ctx.replaced(&threats::ENCODING, Spot::Here, Detail::excerpt("written as UTF-8"))?;
    }
    if !edits.is_empty() && acts_at_its_start(&document.text) {
        return Err(Error::Unsupported("a script or markup under the name of a text"));
    }
    sniff::sniff(&document.text, ctx)?;
    Ok(Model(document))
}
