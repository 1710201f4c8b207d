//! From the package that is there to the package that may be written.

pub(super) mod alternate;
mod attributes;
mod cache;
mod fields;
pub(super) mod filter;
mod formulas;
mod hooks;
mod output;
mod pivot;
pub(super) mod structure;
pub(super) mod walk;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    allow::Content,
    model::{Document, Link, Part},
    parse::Package,
    threats,
};
use crate::{
    engine::ctx::{Ctx, Nested},
    error::{Error, malformed},
    format::{Family, Format},
    report::Spot,
    toolkits::archive::zip::Packed,
};
use walk::{Edge, Planned, Target, Walk};

/// Rebuilds every part of the walk.
pub(super) fn document(
    package: &Package<'_>,
    walk: &Walk,
    main_content_type: &str,
    ctx: &mut Ctx<'_>,
) -> Result<Document, Error> {
    let level = ctx.switches().compression.deflate_level();
    let mut parts: BTreeMap<usize, (Packed, Option<Format>)> = BTreeMap::new();

    // Files in the file first: whether a relationship to one may be written depends on how it fares.
    let files = numbered(walk, |planned| planned.kind.content() != Content::Xml);
    let rebuilt = ctx.each_part(&files, name_of, |(_, planned), ctx| file(package, planned, ctx))?;
    let mut placeholders = BTreeSet::new();
    let mut lost = BTreeSet::new();
    for ((index, _), outcome) in files.iter().zip(rebuilt) {
        match outcome {
            File::Rebuilt(packed, format) => drop(parts.insert(*index, (packed, Some(format)))),
            File::Placeholder => drop(placeholders.insert(*index)),
            File::Left => drop(lost.insert(*index)),
        }
    }

    let names = workbook::Names::read(package, walk, ctx)?;
    let markup = numbered(walk, |planned| planned.kind.content() == Content::Xml);
    let rebuilt = ctx.each_part(&markup, name_of, |(_, planned), ctx| {
        let relations: BTreeSet<String> =
            planned.edges.iter().filter(|edge| stays(edge, &lost)).map(|edge| edge.id.clone()).collect();
        let part = filter::Part { kind: planned.kind, relations: &relations, names: &names };
        let bytes = bytes_of(package, planned, ctx)?;
        let xml = filter::rebuild(&bytes, &part, ctx)?;
        xml.map(|xml| Packed::deflated(&xml, level)).transpose()
    })?;
    for ((index, _), packed) in markup.iter().zip(rebuilt) {
        // Properties of which nothing may be kept have no part either.
        match packed {
            Some(packed) => drop(parts.insert(*index, (packed, None))),
            None => drop(lost.insert(*index)),
        }
    }
    assemble(walk, main_content_type, parts, &placeholders, &lost, ctx)
}

/// The parts that are `wanted`, with their numbers in the walk.
fn numbered(walk: &Walk, wanted: impl Fn(&Planned) -> bool) -> Vec<(usize, &Planned)> {
    walk.parts.iter().enumerate().filter(|(_, planned)| wanted(planned)).collect()
}

fn name_of<'a>((_, planned): &'a (usize, &Planned)) -> &'a str {
    &planned.source_name
}

fn bytes_of<'a>(
    package: &Package<'a>,
    planned: &Planned,
    ctx: &Ctx<'_>,
) -> Result<std::borrow::Cow<'a, [u8]>, Error> {
    package.bytes(&planned.key, ctx.budget())?.ok_or_else(|| malformed("part", 0))
}

fn stays(edge: &Edge, lost: &BTreeSet<usize>) -> bool {
    !matches!(edge.target, Target::Part(index) if lost.contains(&index))
}

/// What became of a file in the file.
enum File {
    Rebuilt(Packed, Format),
    /// A picture that could not be rebuilt: another stands in its place.
    Placeholder,
    /// Anything else that could not be rebuilt.
    Left,
}

fn file(package: &Package<'_>, planned: &Planned, ctx: &mut Ctx<'_>) -> Result<File, Error> {
    let bytes = bytes_of(package, planned, ctx)?;
    let name = planned.source_name.rsplit('/').next().unwrap_or_default();
    let picture = planned.kind.content() == Content::Image;
    let nested = ctx.nested_here(name, &bytes)?;
    Ok(match nested {
        Nested::Rebuilt { bytes, format } if !picture || format.family() == Family::Picture => {
            // Pictures and packages are compressed already.
            File::Rebuilt(Packed::stored(bytes.into_bytes()), format)
        }
        _ if picture => {
            ctx.replaced(&threats::OPC_BIN_PART_UNKNOWN, Spot::Here, None)?;
            File::Placeholder
        }
        _ => File::Left,
    })
}

/// Gives every part its fresh name and every relationship its target.
fn assemble(
    walk: &Walk,
    main_content_type: &str,
    mut rebuilt: BTreeMap<usize, (Packed, Option<Format>)>,
    placeholders: &BTreeSet<usize>,
    lost: &BTreeSet<usize>,
    ctx: &mut Ctx<'_>,
) -> Result<Document, Error> {
    let mut names = Names::default();
    let fresh: BTreeMap<usize, String> = walk
        .parts
        .iter()
        .enumerate()
        .filter_map(|(index, planned)| {
            let (_, format) = rebuilt.get(&index)?;
            Some((index, names.fresh(planned, *format)))
        })
        .collect();
    let needs_placeholder = !placeholders.is_empty()
        || walk
            .parts
            .iter()
            .flat_map(|planned| &planned.edges)
            .any(|edge| edge.target == Target::Placeholder);
    let folder = walk.parts.first().map_or("", |main| main.folder);
    let placeholder = match needs_placeholder {
        true => Some(placeholder(folder, ctx)?),
        false => None,
    };
    let link = |edge: &Edge| {
        let (id, kind) = (edge.id.clone(), edge.kind.clone());
        let stand_in = || placeholder.as_ref().map(|part| part.name.clone());
        let name = match &edge.target {
            Target::Web(target) => return Some(Link::Web { id, kind, target: target.clone() }),
            Target::Placeholder => stand_in()?,
            Target::Part(index) if placeholders.contains(index) => stand_in()?,
            Target::Part(index) if lost.contains(index) => return None,
            Target::Part(index) => fresh.get(index)?.clone(),
        };
        Some(Link::Part { id, kind, name })
    };
    let mut parts = Vec::new();
    for (index, planned) in walk.parts.iter().enumerate() {
        let (Some((content, format)), Some(name)) = (rebuilt.remove(&index), fresh.get(&index)) else {
            continue;
        };
        let content_type = match format {
            Some(format) => format.media_type().to_owned(),
            None if index == 0 => main_content_type.to_owned(),
            None => planned.kind.content_types().first().copied().unwrap_or("application/xml").to_owned(),
        };
        let links = planned.edges.iter().filter_map(link).collect();
        parts.push(Part { name: name.clone(), content_type, by_extension: format.is_some(), content, links });
    }
    let roots = walk.roots.iter().filter_map(link).collect();
    parts.extend(placeholder);
    Ok(Document { roots, parts })
}

/// Fresh names: the kind's own path, numbered in the order of the walk.
#[derive(Default)]
struct Names {
    counters: BTreeMap<String, usize>,
}

impl Names {
    fn fresh(&mut self, planned: &Planned, format: Option<Format>) -> String {
        // Kinds that share a path count together.
        let counter = self.counters.entry(planned.kind.path(planned.folder, 0, "")).or_default();
        *counter += 1;
        planned.kind.path(planned.folder, *counter, format.map_or("bin", Format::extension))
    }
}

/// A light grey pixel, drawn at the size of the picture it stands for.
const PLACEHOLDER: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\
    \x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\xda\x63\x78\x00\x00\x00\xe2\x00\
    \xe1\xb8\xfe\x3e\x8d\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// The placeholder, rebuilt like any picture, so that it is one the engine writes.
fn placeholder(folder: &str, ctx: &mut Ctx<'_>) -> Result<Part, Error> {
    match ctx.nested("placeholder.png", PLACEHOLDER)? {
        Nested::Rebuilt { bytes, format } => Ok(Part {
            name: format!("{folder}/media/placeholder.{}", format.extension()),
            content_type: format.media_type().to_owned(),
            by_extension: true,
            content: Packed::stored(bytes.into_bytes()),
            links: Vec::new(),
        }),
        Nested::Rejected(_) => Err(Error::Internal("the placeholder picture was rejected")),
    }
}
