//! A part looked through before it is rebuilt, for what others must know of it.

use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::ooxml::parse::Package,
    toolkits::markup::xml::{Token, Tokenizer, escape, prepare, split},
};

/// Calls `see` with each element's local name, a way to its attributes, and the text right behind its tag.
pub(super) fn scan(
    package: &Package<'_>,
    key: &str,
    ctx: &mut Ctx<'_>,
    mut see: impl FnMut(&[u8], &dyn Fn(&[u8]) -> Option<String>, &str),
) -> Result<(), Error> {
    let Some(bytes) = package.bytes(key, ctx.budget())? else { return Ok(()) };
    let prepared = super::breaks::closed(prepare::text(&bytes, ctx.budget())?, ctx.budget())?;
    let mut tokenizer = Tokenizer::new(&prepared.text, ctx.budget());
    let mut token = tokenizer.next()?;
    // Leading comments and white space lead to the root.
    while token.is_some_and(|token| !matches!(token, Token::Start { .. })) {
        token = tokenizer.next()?;
    }
    while let Some(Token::Start { name, empty, .. }) = token {
        let local = split(name).1;
        let attributes = tokenizer.attributes().to_vec();
        let attribute = |wanted: &[u8]| {
            let found = attributes.iter().find(|attribute| attribute.name == wanted)?;
            escape::decode(found.raw, escape::Within::Attribute, 0).ok().map(|value| value.into_owned())
        };
        let mut text = String::new();
        token = tokenizer.next()?;
        if !empty {
            while let Some(Token::Text { raw, .. } | Token::CData(raw)) = token {
                text.push_str(&escape::decode(raw, escape::Within::Text, 0).unwrap_or_default());
                token = tokenizer.next()?;
            }
        }
        see(local, &attribute, &text);
        while token.is_some_and(|token| !matches!(token, Token::Start { .. })) {
            token = tokenizer.next()?;
        }
    }
    Ok(())
}
