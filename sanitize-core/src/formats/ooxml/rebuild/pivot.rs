//! Pivot caches: kept when their source is in the workbook, left out with their tables when it is not (P23).

use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::ooxml::parse::{
        Package, TargetMode,
        part_name::{self, Resolved},
        relationships,
    },
    toolkits::markup::xml::{Token, Tokenizer, prepare, split},
};

/// True when the cache definition with `key` has a source on a worksheet of this workbook.
pub(super) fn is_inside(package: &Package<'_>, key: &str, ctx: &mut Ctx<'_>) -> Result<bool, Error> {
    let Some(bytes) = package.bytes(key, ctx.budget())? else { return Ok(false) };
    let prepared = prepare::text(&bytes, ctx.budget()).map_err(|error| super::filter::refusal(error, ctx))?;
    let mut tokenizer = Tokenizer::new(&prepared.text, ctx.budget());
    while let Some(token) = tokenizer.next()? {
        let Token::Start { name, .. } = token else { continue };
        let attribute = |local: &[u8]| {
            tokenizer
                .attributes()
                .iter()
                .find(|attribute| attribute.split().1 == local)
                .map(|found| found.raw)
        };
        match split(name).1 {
            b"cacheSource"
                if attribute(b"type") != Some("worksheet") || attribute(b"connectionId").is_some() =>
            {
                return Ok(false);
            }
            b"worksheetSource" => return Ok(attribute(b"id").is_none()),
            b"cacheFields" => break,
            _ => {}
        }
    }
    Ok(true)
}

/// True when the pivot table with `key` shows a cache that will be written.
pub(super) fn shows_inside(package: &Package<'_>, key: &str, ctx: &mut Ctx<'_>) -> Result<bool, Error> {
    let Some(bytes) = package.bytes(&part_name::relationships_of(key), ctx.budget())? else {
        return Ok(false);
    };
    for relationship in relationships::read(&bytes, ctx.budget())?.0 {
        let is_cache = relationship.complete && relationship.kind.ends_with("/pivotCacheDefinition");
        if is_cache && relationship.mode == TargetMode::Internal {
            return match part_name::resolve(key, &relationship.target) {
                Resolved::Part(cache) if package.has(&cache) => is_inside(package, &cache, ctx),
                _ => Ok(false),
            };
        }
    }
    Ok(false)
}
