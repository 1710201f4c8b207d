//! Parsed to model: the walk from the catalog, and what is said about the file as a whole.

mod ahead;
mod annots;
mod content;
mod eye;
mod field_look;
mod font;
mod hooks;
mod icc;
mod image;
mod jbig2;
mod jpx;
mod layers;
mod metadata;
mod outline;
mod page;
mod samples;
mod sight;
mod stream;
mod text;
mod walk;

use super::{
    model::{Fields, Graph, Id, Item, Value, tables as types},
    parse::{
        document::{Document, orphans},
        object::{Dict, Object},
        source::{Reading, Source},
    },
    threats,
};
use crate::{
    engine::ctx::Ctx,
    error::{Error, malformed},
    report::{Detail, Spot},
};
use ahead::Pages;
use page::Page;
use walk::{Progress, Walk};

/// Rebuilds the PDF file `input` as a graph of what may be written.
///
/// A cross-reference that leads to no page is taken for a wrong one, and the file is read once more by a scan.
pub(crate) fn rebuild(input: &[u8], ctx: &mut Ctx<'_>) -> Result<Graph, Error> {
    match attempt(input, Reading::ByReference, ctx) {
        Err(error) if error == no_page() => attempt(input, Reading::ByScan, ctx),
        done => done,
    }
}

/// How far into the file Word looks for the header of a web archive.
const HEADER_SEARCHED: usize = 4096;

fn no_page() -> Error {
    malformed("page tree without a page", 0)
}

fn attempt(input: &[u8], reading: Reading, ctx: &mut Ctx<'_>) -> Result<Graph, Error> {
    let source = match Source::open(input, reading, ctx.passwords(), ctx.budget()) {
        Err(Error::Encrypted) => return Err(ctx.refuse(&threats::ENCRYPTED, Spot::Here)),
        opened => opened?,
    };
    about_the_file(input, &source, ctx)?;
    let graph = walks(&source, ctx)?;
    let orphans = orphans(&source)?;
    if orphans > 0 {
        ctx.removed_with(
            &threats::ORPHAN_OBJECTS,
            Spot::Here,
            Detail::excerpt(&format!("{orphans} objects")),
        )?;
    }
    if source.holds_more() {
        ctx.removed(&threats::COMMENTS_AND_WHITESPACE_DATA, Spot::Here)?;
    }
    if source.oddities.repaired.get() {
        ctx.replaced(&threats::DUPLICATE_OBJECTS_AND_XREF_CONFUSION, Spot::Here, None)?;
    }
    if source.oddities.lengths.get() > 0 {
        ctx.replaced(&threats::STREAM_LENGTH_CONFUSION, Spot::Here, None)?;
    }
    if source.oddities.extends.get() {
        ctx.replaced(&threats::OBJECT_STREAMS_HIDING, Spot::Here, None)?;
    }
    let mut graph = graph;
    graph.version_2 = input
        .get(..1024.min(input.len()))
        .is_some_and(|head| memchr::memmem::find(head, b"%PDF-2.").is_some());
    Ok(graph)
}

/// Walks the document. Each walk holds what it reads; the next one starts with nothing but what was made.
fn walks(source: &Source<'_>, ctx: &mut Ctx<'_>) -> Result<Graph, Error> {
    // The page tree is held all the time, and little else with it.
    let tree = Document::new(source);
    let mut walk = Walk::resume(&tree, ctx, Progress::default());
    let root = walk.get(source.trailer().get(b"Root"))?.as_dict();
    let Some(root) = root else { return Err(malformed("document catalog", 0)) };
    let start = walk.start(root)?;
    let mut progress = walk.stop()?;
    let level = ctx.switches().compression.deflate_level();
    progress = source.budget().ahead(|helpers| {
        let pages = start.pages.iter().zip(start.ids.iter().copied());
        let mut pages = Pages::new(pages, source, level, helpers);
        let mut is_done = false;
        while !is_done {
            let document = Document::new(source);
            let mut walk = Walk::resume(&document, ctx, std::mem::take(&mut progress));
            while !document.is_full() && !is_done {
                match pages.next(&mut walk.eye)? {
                    Some(((page, id), ahead)) => walk.page(page, id, start.tree, ahead?)?,
                    None => is_done = true,
                }
            }
            progress = walk.stop()?;
        }
        Ok(progress)
    })?;
    let document = Document::new(source);
    let mut walk = Walk::resume(&document, ctx, progress);
    walk.rest(root, &start)?;
    let mut done = walk.run()?;
    progress = walk.stop()?;
    drop(document);
    while !done {
        let document = Document::new(source);
        let mut walk = Walk::resume(&document, ctx, progress);
        done = walk.run()?;
        progress = walk.stop()?;
    }
    let mut walk = Walk::resume(&tree, ctx, progress);
    walk.check_paints()?;
    Ok(walk.stop()?.into_graph())
}

/// What is known before the first page is made.
struct Start<'d, 's> {
    pages: Vec<Page<'d, 's>>,
    ids: Vec<Id>,
    catalog: Id,
    tree: Id,
}

/// What the layout of the file says, before anyone looks at its objects.
fn about_the_file(input: &[u8], source: &Source<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let oddities = &source.oddities;
    if oddities.looped {
        return Err(ctx.refuse(&threats::XREF_LOOPS_AND_PREV_CHAINS, Spot::Here));
    }
    if oddities.leading {
        ctx.removed(&threats::HEADER_AND_TRAILER_JUNK, 0_u64)?;
    }
    if let Some(start) = oddities.trailing {
        let rest = input.get(start..).unwrap_or_default();
        let mime =
            memchr::memmem::find(rest, b"MIME-Version").or_else(|| memchr::memmem::find(rest, b"multipart/"));
        let threat = if mime.is_some() { &threats::MALDOC_IN_PDF } else { &threats::HEADER_AND_TRAILER_JUNK };
        ctx.removed(threat, start as u64)?;
    }
    let start = input.get(..HEADER_SEARCHED.min(input.len())).unwrap_or_default();
    if memchr::memmem::find(start, b"MIME-Version").is_some() {
        ctx.removed(&threats::MALDOC_IN_PDF, 0_u64)?;
    }
    if oddities.revisions {
        ctx.removed(&threats::INCREMENTAL_SHADOW, Spot::Here)?;
    }
    if oddities.duplicates {
        ctx.removed(&threats::DUPLICATE_OBJECTS_AND_XREF_CONFUSION, Spot::Here)?;
    }
    if oddities.linearized {
        ctx.replaced(&threats::LINEARIZATION_AND_HINTS, Spot::Here, None)?;
    }
    if oddities.decrypted {
        ctx.choose(&threats::OPENED, Spot::Here)?;
    }
    Ok(())
}

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// Finds the pages and gives them their places.
    fn start(&mut self, root: &'d Dict<'s>) -> Result<Start<'d, 's>, Error> {
        let trailer = self.document.source().trailer();
        self.at = trailer.get(b"Root").as_ref().unwrap_or(0);
        self.layers(root)?;
        let mut pages = self.collect_pages(root)?;
        if pages.is_empty() && self.document.source().oddities.repaired.get() {
            pages = self.loose_pages()?;
        }
        if pages.is_empty() {
            return Err(no_page());
        }
        let catalog = self.graph.place();
        let tree = self.graph.place();
        self.graph.root = Some(catalog);
        for page in &pages {
            let id = self.graph.place();
            self.page_order.push(id);
            if page.number != 0 {
                self.pages.entry(page.number).or_insert(id);
            }
        }
        let ids = self.page_order.clone();
        Ok(Start { pages, ids, catalog, tree })
    }

    /// Makes the catalog and what hangs on it.
    fn rest(&mut self, root: &'d Dict<'s>, start: &Start<'_, '_>) -> Result<(), Error> {
        let trailer = self.document.source().trailer();
        let root_at = trailer.get(b"Root").as_ref().unwrap_or(0);
        let Start { ids, catalog, tree, .. } = start;
        let mut fields = Fields::default();
        fields.set("Type", Value::name("Pages"));
        fields.set("Count", Value::Int(ids.len() as i64));
        fields.set("Kids", Value::Array(ids.iter().map(|id| Value::Ref(*id)).collect()));
        self.graph.put(*tree, Item::Value(Value::Dict(fields)));
        let form = self.form(root.get(b"AcroForm"))?;
        self.at = root_at;
        let mut fields = Fields::default();
        fields.set("Type", Value::name("Catalog"));
        fields.set("Pages", Value::Ref(*tree));
        for (key, value) in self.dict(types::CATALOG, root)?.0 {
            if fields.get(key.bytes()).is_none() {
                fields.0.push((key, value));
            }
        }
        if let Some(form) = form {
            fields.set("AcroForm", form);
        }
        if let Some(target) = self.open_at(root.get(b"OpenAction"))? {
            fields.set("OpenAction", target);
        }
        if let Some(names) = self.names(root.get(b"Names"))? {
            fields.set("Names", names);
        }
        if let Object::Dict(named) = self.get(root.get(b"Dests"))? {
            let mut targets = Fields::default();
            for (name, target) in self.entries(named)? {
                if let Some(Value::Array(target)) = self.destination(target)? {
                    targets.give(name, Value::Array(target));
                }
            }
            fields.set("Dests", Value::Dict(targets));
        }
        if self.flat {
            fields.remove(b"OCProperties");
        }
        if let Some(packet) = self.metadata(trailer, root)? {
            fields.set("Metadata", packet);
        }
        if let Some(outline) = self.outline(root.get(b"Outlines"))? {
            fields.set("Outlines", outline);
        }
        self.graph.put(*catalog, Item::Value(Value::Dict(fields)));
        Ok(())
    }

    /// Where the document opens: a place, never an action.
    fn open_at(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        match self.get(value)? {
            Object::Array(_) => self.destination(value),
            Object::Dict(action) => {
                self.removed(&threats::TRIGGER_OPENACTION)?;
                if self.get(action.get(b"S"))?.as_name() == Some(b"GoTo") {
                    if action.has(b"Next") {
                        self.action_removed(action.get(b"Next"))?;
                    }
                    let target = self.destination(action.get(b"D"))?;
                    return Ok(target.filter(|target| matches!(target, Value::Array(_))));
                }
                self.action_removed(value)?;
                Ok(None)
            }
            Object::Null => Ok(None),
            _ => {
                self.removed(&threats::TRIGGER_OPENACTION)?;
                Ok(None)
            }
        }
    }

    /// The name trees: of destinations, and no other.
    fn names(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let Object::Dict(names) = self.get(value)? else { return Ok(None) };
        let mut kept = None;
        for (key, tree) in names.iter() {
            match &**key {
                b"Dests" => {
                    let Object::Dict(tree) = self.get(tree)? else { continue };
                    let mut items = Vec::new();
                    for (name, target) in self.tree_pairs(tree, b"Names")? {
                        if let Some(Value::Array(target)) = self.destination(target)? {
                            items.push(name.value());
                            items.push(Value::Array(target));
                        }
                    }
                    let mut leaf = Fields::default();
                    leaf.set("Names", Value::Array(items));
                    let mut fields = Fields::default();
                    fields.set("Dests", Value::Dict(leaf));
                    kept = Some(Value::Dict(fields));
                }
                b"JavaScript" => {
                    let Object::Dict(tree) = self.get(tree)? else { continue };
                    self.removed(&threats::NAMES_JAVASCRIPT)?;
                    for (_, script) in self.tree_pairs(tree, b"Names")? {
                        self.action_removed(script)?;
                    }
                }
                b"EmbeddedFiles" => {
                    let Object::Dict(tree) = self.get(tree)? else { continue };
                    for (name, _) in self.tree_pairs(tree, b"Names")? {
                        let name = match name {
                            walk::TreeKey::Name(name) => text::decode(&name),
                            walk::TreeKey::Number(number) => number.to_string(),
                        };
                        self.removed_with(&threats::EMBEDDED_FILES, Detail::name(&name))?;
                    }
                }
                b"AlternatePresentations" => {
                    self.removed(&threats::SLIDESHOW_ALTERNATE_PRESENTATIONS)?;
                }
                b"XFAResources" => self.removed(&threats::XFA)?,
                _ => self.removed(&threats::NAMES_OTHER_TREES)?,
            }
        }
        Ok(kept)
    }
}
