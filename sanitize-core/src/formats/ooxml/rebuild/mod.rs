//! From the package that is there to the package that may be written.

pub(super) mod alternate;
mod attributes;
mod breaks;
mod cache;
mod cells;
mod fields;
pub(super) mod filter;
mod formulas;
mod hooks;
mod output;
mod pivot;
mod previews;
mod scan;
pub(super) mod structure;
pub(super) mod walk;
mod workbook;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    allow::{Content, PartKind},
    model::{Document, Link, Part},
    parse::Package,
    threats,
};
use crate::{
    engine::ctx::{Ctx, Nested},
    error::{Error, malformed},
    format::{self, Family, Format},
    report::{Detail, Spot},
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

    let weight = |(_, planned): &(usize, &Planned)| package.size(&planned.key);
    // Files in the file first: whether a relationship to one may be written depends on how it fares.
    let files = numbered(walk, |planned| planned.kind.content() != Content::Xml);
    let rebuilt = ctx.each_part(&files, name_of, weight, |(_, planned), ctx| file(package, planned, ctx))?;
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
    let rebuilt = ctx.each_part(&markup, name_of, weight, |(_, planned), ctx| {
        let relations: BTreeSet<String> =
            planned.edges.iter().filter(|edge| stays(edge, &lost)).map(|edge| edge.id.clone()).collect();
        let is_outside = |edge: &&Edge| matches!(edge.target, Target::Web(_));
        let outside = planned.edges.iter().filter(is_outside).map(|edge| edge.id.clone()).collect();
        let previews = previews::of(package, walk, planned, &relations, ctx)?;
        let part = filter::Part {
            kind: planned.kind,
            relations: &relations,
            outside: &outside,
            names: &names,
            previews: &previews,
        };
        let unpacked = package.unpacked(&planned.key, ctx.budget())?;
        let unpacked = unpacked.ok_or_else(|| malformed("part", 0))?;
        let filter::Markup { xml, runs, used } = filter::rebuild(&unpacked.plain, &part, ctx)?;
        let unused = unused(walk, planned, &used, ctx)?;
        let Some(xml) = xml else { return Ok((None, unused)) };
        let packed = Packed::deflated_like(&xml, unpacked.source(&runs), level, ctx.budget())?;
        if let Cow::Owned(xml) = xml {
            ctx.budget().give_back(xml);
        }
        unpacked.give_back(ctx.budget());
        Ok((Some(packed), unused))
    })?;
    let mut unused = BTreeSet::new();
    for ((index, _), (packed, ids)) in markup.iter().zip(rebuilt) {
        // Properties of which nothing may be kept have no part either.
        match packed {
            Some(packed) => drop(parts.insert(*index, (packed, None))),
            None => drop(lost.insert(*index)),
        }
        unused.extend(ids.into_iter().map(|id| (*index, id)));
    }
    assemble(walk, main_content_type, parts, &Gone { placeholders, lost, unused }, ctx)
}

/// The parts that are `wanted`, with their numbers in the walk.
fn numbered(walk: &Walk, wanted: impl Fn(&Planned) -> bool) -> Vec<(usize, &Planned)> {
    walk.parts.iter().enumerate().filter(|(_, planned)| wanted(planned)).collect()
}

fn name_of<'a>((_, planned): &'a (usize, &Planned)) -> &'a str {
    &planned.source_name
}

fn bytes_of<'a>(package: &Package<'a>, planned: &Planned, ctx: &Ctx<'_>) -> Result<Cow<'a, [u8]>, Error> {
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
        Nested::Rebuilt { bytes: written, format } if [format::EMF, format::WMF].contains(&format) => {
            if *written != *bytes {
                ctx.replaced(&threats::OOXML_IMAGE_METAFILE, Spot::Here, None)?;
            }
            let level = ctx.switches().compression.deflate_level();
            File::Rebuilt(Packed::deflated(&written, level)?, format)
        }
        Nested::Rebuilt { bytes, format }
            if !picture || matches!(format.family(), Family::Picture | Family::Drawing) =>
        {
            // Other pictures and packages are compressed already.
            File::Rebuilt(Packed::stored(bytes.into_bytes()), format)
        }
        // A drawing stands beside a picture for programs that cannot show it, and goes before that picture.
        _ if picture && is_drawing(name) => {
            ctx.removed(&threats::OOXML_IMAGE_SVG, Spot::Here)?;
            File::Left
        }
        _ if picture => {
            let claimed = Format::by_extension(name.rsplit('.').next().unwrap_or_default());
            let is_metafile = claimed.is_some_and(|claimed| METAFILES.contains(&claimed));
            let threat = match is_metafile {
                true => &threats::OOXML_IMAGE_METAFILE,
                false => &threats::OPC_BIN_PART_UNKNOWN,
            };
            ctx.replaced(threat, Spot::Here, None)?;
            File::Placeholder
        }
        _ => File::Left,
    })
}

/// Metafiles, by the names that parts have.
const METAFILES: [Format; 4] = [format::EMF, format::WMF, format::EMZ, format::WMZ];

fn is_drawing(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("svg"))
}

/// Gives every part its fresh name and every relationship its target.
///
/// Parts are numbered in the order in which a walk of the *new* package meets them, so that cleaning it again
/// gives the same names.
fn assemble(
    walk: &Walk,
    main_content_type: &str,
    mut rebuilt: BTreeMap<usize, (Packed, Option<Format>)>,
    gone: &Gone,
    ctx: &mut Ctx<'_>,
) -> Result<Document, Error> {
    let node = |edge: &Edge| match &edge.target {
        Target::Web(_) => None,
        Target::Placeholder => Some(Node::Placeholder),
        Target::Part(index) if gone.placeholders.contains(index) => Some(Node::Placeholder),
        Target::Part(index) if gone.lost.contains(index) => None,
        Target::Part(index) => Some(Node::Part(*index)),
    };
    let order = order(walk, gone, &node);
    let needs_placeholder = order.contains(&Node::Placeholder);
    let placeholder = if needs_placeholder { Some(placeholder(ctx)?) } else { None };

    let mut names = Names::default();
    let mut fresh: BTreeMap<Node, String> = BTreeMap::new();
    let main_folder = walk.parts.first().map_or("", |main| main.folder);
    for node in &order {
        let name = match node {
            Node::Placeholder => {
                names.fresh(PartKind::Image, main_folder, placeholder.as_ref().map(|(_, format)| *format))
            }
            Node::Part(index) => {
                let (Some(planned), Some((_, format))) = (walk.parts.get(*index), rebuilt.get(index)) else {
                    continue;
                };
                names.fresh(planned.kind, planned.folder, *format)
            }
        };
        fresh.insert(*node, name);
    }
    let link = |edge: &Edge| {
        let (id, kind) = (edge.id.clone(), edge.kind.clone());
        match &edge.target {
            Target::Web(target) => Some(Link::Web { id, kind, target: target.clone() }),
            _ => Some(Link::Part { id, kind, name: fresh.get(&node(edge)?)?.clone() }),
        }
    };
    let mut parts = Vec::with_capacity(order.len());
    for node in &order {
        let Some(name) = fresh.get(node).cloned() else { continue };
        let (content, format, planned) = match node {
            Node::Placeholder => match &placeholder {
                Some((content, format)) => (content.clone(), Some(*format), None),
                None => continue,
            },
            Node::Part(index) => match rebuilt.remove(index) {
                Some((content, format)) => (content, format, walk.parts.get(*index)),
                None => continue,
            },
        };
        let content_type = match (format, planned) {
            (Some(format), _) => format.media_type(),
            (None, _) if *node == Node::Part(0) => main_content_type,
            (None, planned) => {
                let declared = planned.and_then(|planned| planned.kind.content_types().first());
                declared.copied().unwrap_or("application/xml")
            }
        };
        let links = match node {
            Node::Part(index) => written_edges(walk, *index, gone).filter_map(link).collect(),
            Node::Placeholder => Vec::new(),
        };
        let content_type = content_type.to_owned();
        parts.push(Part { name, content_type, by_extension: format.is_some(), content, links });
    }
    Ok(Document { roots: walk.roots.iter().filter_map(link).collect(), parts })
}

/// A part of the new package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Part(usize),
    /// The picture that stands for all that could not be rebuilt.
    Placeholder,
}

/// The parts of the new package, main part first, as a walk along its relationships meets them.
fn order(walk: &Walk, gone: &Gone, node: &impl Fn(&Edge) -> Option<Node>) -> Vec<Node> {
    let mut order = vec![Node::Part(0)];
    let mut met: BTreeSet<Node> = order.iter().copied().collect();
    order.extend(walk.roots.iter().filter_map(node).filter(|node| met.insert(*node)));
    let mut next = 0;
    while let Some(current) = order.get(next).copied() {
        if let Node::Part(index) = current {
            order.extend(written_edges(walk, index, gone).filter_map(node).filter(|node| met.insert(*node)));
        }
        next += 1;
    }
    order
}

/// The relationships of a part that are written.
fn written_edges<'w>(walk: &'w Walk, index: usize, gone: &'w Gone) -> impl Iterator<Item = &'w Edge> {
    let edges = walk.parts.get(index).map_or(&[][..], |planned| planned.edges.as_slice());
    edges.iter().filter(move |edge| !gone.unused.contains(&(index, edge.id.clone())))
}

/// What of the walk is not in the new package.
struct Gone {
    /// Pictures for which another stands.
    placeholders: BTreeSet<usize>,
    /// Parts of which nothing is left.
    lost: BTreeSet<usize>,
    /// Relationships nothing in their part names, by part and id.
    unused: BTreeSet<(usize, String)>,
}

/// Ids of links, pictures, charts and slides that nothing in the part names: a reader never gets to them.
fn unused(
    walk: &Walk,
    planned: &Planned,
    used: &BTreeSet<String>,
    ctx: &mut Ctx<'_>,
) -> Result<Vec<String>, Error> {
    let mut unused = Vec::new();
    let mut previews = planned.edges.iter().filter(|edge| edge.offered).peekable();
    let is_drawn = previews.peek().is_some() && previews.all(|edge| used.contains(&edge.id));
    for edge in planned.edges.iter().filter(|edge| !used.contains(&edge.id)) {
        // A drawing of which the part shows every picture itself would show them once more.
        let is_shown = is_drawn && walk.drawing(edge).is_some();
        if edge.offered || is_shown {
            unused.push(edge.id.clone());
            continue;
        }
        let is_named = match &edge.target {
            Target::Web(_) | Target::Placeholder => true,
            Target::Part(index) => {
                let kind = walk.parts.get(*index).map(|target| target.kind);
                // A notes page has its slide without naming it.
                matches!(kind, Some(PartKind::Image | PartKind::Chart | PartKind::ExtendedChart))
                    || kind == Some(PartKind::Slide) && planned.kind == PartKind::Presentation
            }
        };
        if is_named {
            ctx.removed_with(&threats::OPC_ORPHAN_PART, Spot::Here, Detail::name(&edge.id))?;
            unused.push(edge.id.clone());
        }
    }
    Ok(unused)
}

/// Fresh names: the kind's own path, numbered in the order of the walk.
#[derive(Default)]
struct Names {
    counters: BTreeMap<String, usize>,
}

impl Names {
    fn fresh(&mut self, kind: PartKind, folder: &str, format: Option<Format>) -> String {
        // Kinds that share a path count together.
        let counter = self.counters.entry(kind.path(folder, 0, "")).or_default();
        *counter += 1;
        kind.path(folder, *counter, format.map_or("bin", Format::extension))
    }
}

/// A light grey pixel, drawn at the size of the picture it stands for.
const PLACEHOLDER: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\
    \x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\xda\x63\x78\x00\x00\x00\xe2\x00\
    \xe1\xb8\xfe\x3e\x8d\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// The placeholder, rebuilt like any picture, so that it is one the engine writes.
fn placeholder(ctx: &mut Ctx<'_>) -> Result<(Packed, Format), Error> {
    match ctx.nested("placeholder.png", PLACEHOLDER)? {
        Nested::Rebuilt { bytes, format } => Ok((Packed::stored(bytes.into_bytes()), format)),
        Nested::Rejected(_) => Err(Error::Internal("the placeholder picture was rejected")),
    }
}
