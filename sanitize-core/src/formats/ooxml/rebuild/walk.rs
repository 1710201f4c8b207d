//! The walk from the package's root along allowed relationships. A part that nobody allowed refers to does
//! not exist for the rebuild.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    engine::ctx::Ctx,
    error::Error,
    formats::ooxml::{
        allow::{self, Content, PartKind, Relationship as Allowed},
        parse::{
            Package, Relationship, TargetMode,
            part_name::{self, Resolved},
            relationships,
        },
        threats,
    },
    report::{Action, Detail, Threat},
    toolkits::link::{self, Link},
};

/// A part that will be rebuilt.
#[derive(Debug)]
pub(super) struct Planned {
    /// Its key in the package.
    pub(super) key: String,
    /// Its name in the package, for findings.
    pub(super) source_name: String,
    pub(super) kind: PartKind,
    /// The folder its document lives in: `word`, `xl`, `ppt`, `word/glossary`.
    pub(super) folder: &'static str,
    pub(super) edges: Vec<Edge>,
}

impl Planned {
    /// The legacy drawings it has.
    pub(super) fn drawings<'w>(&self, walk: &'w Walk) -> impl Iterator<Item = &'w Planned> {
        self.edges.iter().filter_map(|edge| walk.drawing(edge))
    }

    /// The pictures of its legacy drawings, each with the key of its drawing.
    pub(super) fn drawn<'w>(&self, walk: &'w Walk) -> impl Iterator<Item = (&'w str, &'w Edge)> {
        let pictures = |drawing: &'w Planned| {
            drawing
                .edges
                .iter()
                .filter(|edge| edge.kind.ends_with(IMAGE))
                .map(|edge| (drawing.key.as_str(), edge))
        };
        self.drawings(walk).flat_map(pictures)
    }
}

/// How the ids of offered pictures begin.
const OFFERED: &str = "preview";
/// How the type of a relationship to a picture ends.
const IMAGE: &str = "/image";

/// A relationship that may be written.
#[derive(Clone, Debug)]
pub(super) struct Edge {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) target: Target,
    /// Not of the source: to a picture that a legacy drawing shows and the part may come to show itself.
    pub(super) offered: bool,
}

/// Where an edge leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To the part with this number.
    Part(usize),
    /// To an address that may be clicked.
    Web(String),
    /// To the picture that stands for one that is not in the file.
    Placeholder,
}

/// The plan of the package.
#[derive(Debug, Default)]
pub(in crate::formats::ooxml) struct Walk {
    pub(super) roots: Vec<Edge>,
    /// In the order of discovery, the main part first.
    pub(super) parts: Vec<Planned>,
    known: BTreeMap<String, usize>,
    /// Parts that a relationship led to which is not followed: recorded there, so no orphans.
    left: BTreeSet<String>,
}

/// Walks `package`, whose main part has the key `main`.
pub(in crate::formats::ooxml) fn walk(
    package: &Package<'_>,
    main: (&str, PartKind, &'static str),
    ctx: &mut Ctx<'_>,
) -> Result<Walk, Error> {
    let (main_key, main_kind, folder) = main;
    let mut walk = Walk::default();
    walk.discover(package, main_key, main_kind, folder);
    for relationship in read(package, "", ctx)? {
        let edge = ctx.in_part("_rels/.rels", |ctx| {
            walk.follow(package, &relationship, Source { key: "", kind: None, folder }, ctx)
        })?;
        walk.roots.extend(edge);
    }
    if !walk.roots.iter().any(|edge| edge.target == Target::Part(0)) {
        return Err(Error::Unsupported("a package whose main part no relationship leads to"));
    }
    let mut next = 0;
    while let Some(planned) = walk.parts.get(next) {
        let (key, kind, folder) = (planned.key.clone(), planned.kind, planned.folder);
        let name = package.name(&part_name::relationships_of(&key)).unwrap_or(&key).to_owned();
        let relationships = read(package, &key, ctx)?;
        let source = Source { key: &key, kind: Some(kind), folder };
        let mut edges = Vec::with_capacity(relationships.len());
        ctx.in_part(&name, |ctx| {
            for relationship in &relationships {
                edges.extend(walk.follow(package, relationship, source, ctx)?);
            }
            Ok(())
        })?;
        if let Some(planned) = walk.parts.get_mut(next) {
            planned.edges = edges;
        }
        next += 1;
    }
    walk.report_orphans(package, ctx)?;
    walk.offer_pictures();
    Ok(walk)
}

fn read(package: &Package<'_>, key: &str, ctx: &mut Ctx<'_>) -> Result<Vec<Relationship>, Error> {
    let part = part_name::relationships_of(key);
    let Some(bytes) = package.bytes(&part, ctx.budget())? else { return Ok(Vec::new()) };
    let name = package.name(&part).unwrap_or(&part).to_owned();
    ctx.in_part(&name, |ctx| {
        let (relationships, unread) =
            relationships::read(&bytes, ctx.budget()).map_err(|error| super::filter::refusal(error, ctx))?;
        super::structure::report_unread(unread, ctx)?;
        Ok(relationships)
    })
}

/// Where a relationship stands.
#[derive(Clone, Copy)]
struct Source<'s> {
    key: &'s str,
    kind: Option<PartKind>,
    folder: &'static str,
}

impl Walk {
    /// The legacy drawing that `edge` leads to.
    pub(super) fn drawing(&self, edge: &Edge) -> Option<&Planned> {
        let Target::Part(index) = edge.target else { return None };
        self.parts.get(index).filter(|part| part.kind == PartKind::VmlDrawing)
    }

    /// Lets the slides have the pictures of their legacy drawings, where objects of old have their previews. A drawing
    /// is of one slide: what several share would be looked through, and its pictures offered, as many times.
    fn offer_pictures(&mut self) {
        let mut offered: Vec<(usize, Vec<Edge>)> = Vec::new();
        let mut met = BTreeSet::new();
        for (index, slide) in self.parts.iter().enumerate() {
            if slide.kind != PartKind::Slide
                || slide.edges.iter().any(|edge| edge.id.starts_with(OFFERED))
                || !slide.drawings(self).all(|drawing| met.insert(&drawing.key))
            {
                continue;
            }
            let pictures = slide.drawn(self).enumerate().map(|(number, (_, edge))| Edge {
                id: format!("{OFFERED}{number}"),
                offered: true,
                ..edge.clone()
            });
            offered.push((index, pictures.collect()));
        }
        for (index, pictures) in offered {
            if let Some(slide) = self.parts.get_mut(index) {
                slide.edges.extend(pictures);
            }
        }
    }

    /// The number of the part with `key`; a new one for a part not met before. `None` when it was met as
    /// another kind.
    fn discover(
        &mut self,
        package: &Package<'_>,
        key: &str,
        kind: PartKind,
        folder: &'static str,
    ) -> Option<usize> {
        if let Some(index) = self.known.get(key).copied() {
            return self.parts.get(index).filter(|known| known.kind == kind).map(|_| index);
        }
        let index = self.parts.len();
        let folder = if kind == PartKind::GlossaryDocument { "word/glossary" } else { folder };
        let source_name = package.name(key).unwrap_or(key).to_owned();
        self.parts.push(Planned { key: key.to_owned(), source_name, kind, folder, edges: Vec::new() });
        self.known.insert(key.to_owned(), index);
        Some(index)
    }

    fn follow(
        &mut self,
        package: &Package<'_>,
        relationship: &Relationship,
        source: Source<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<Option<Edge>, Error> {
        let target = relationship.target.as_str();
        let edge = |target| {
            Some(Edge {
                id: relationship.id.clone(),
                kind: relationship.kind.clone(),
                target,
                offered: false,
            })
        };
        if !relationship.complete || relationship.repeated || !is_id(&relationship.id) {
            return self.leave(
                &threats::OPC_REL_DANGLING_AND_DUPLICATE_ID,
                package,
                relationship,
                source,
                ctx,
            );
        }
        match allow::relationship(source.kind, &relationship.kind) {
            Some(Allowed::Main) => Ok(self.main_edge(source, relationship).and_then(edge)),
            Some(Allowed::Hyperlink) => {
                Ok(hyperlink(target, relationship, ctx)?.and_then(|link| edge(Target::Web(link))))
            }
            Some(Allowed::Part(kind)) if is_outside(relationship) => {
                if kind.content() == Content::Image {
                    let detail = Detail::url(target);
                    ctx.replaced(&threats::OOXML_LINKED_PICTURE, relationship.offset, detail)?;
                    return Ok(edge(Target::Placeholder));
                }
                let threat = match relationship.mode {
                    TargetMode::External if kind.content() == Content::Xml => {
                        &threats::OPC_REL_EXTERNAL_STRUCTURAL_PART
                    }
                    TargetMode::External => &threats::OPC_REL_EXTERNAL_CATCH_ALL,
                    TargetMode::Internal => &threats::OPC_REL_EXTERNAL_WITHOUT_MODE,
                };
                self.leave(threat, package, relationship, source, ctx)
            }
            Some(Allowed::Part(kind)) => match part_name::resolve(source.key, target) {
                Resolved::Outside => Err(ctx.refuse(&threats::OPC_REL_TARGET_TRAVERSAL, relationship.offset)),
                Resolved::Part(key) if package.has(&key) => {
                    if is_masked(package, &key, kind) {
                        self.left.insert(key);
                        return self.leave(
                            &threats::OPC_CONTENT_TYPE_MASQUERADE,
                            package,
                            relationship,
                            source,
                            ctx,
                        );
                    }
                    let has_source = match kind {
                        PartKind::PivotTableCacheDefinition => super::pivot::is_inside(package, &key, ctx)?,
                        PartKind::PivotTable => super::pivot::shows_inside(package, &key, ctx)?,
                        _ => true,
                    };
                    if !has_source {
                        self.left.insert(key);
                        return self.leave(
                            &threats::XLSX_PIVOT_CACHE_EXTERNAL,
                            package,
                            relationship,
                            source,
                            ctx,
                        );
                    }
                    if is_of_comments(kind)
                        && ctx.choose(&threats::PPTX_COMMENTS_AUTHORS, relationship.offset)? != Action::Keep
                    {
                        self.left.insert(key);
                        return Ok(None);
                    }
                    if self.is_second_of_one(&key, kind, source.folder) {
                        return self.leave(&threats::OPC_ORPHAN_PART, package, relationship, source, ctx);
                    }
                    match self.discover(package, &key, kind, source.folder) {
                        Some(index) => Ok(edge(Target::Part(index))),
                        None => self.leave(
                            &threats::OPC_CONTENT_TYPE_MASQUERADE,
                            package,
                            relationship,
                            source,
                            ctx,
                        ),
                    }
                }
                Resolved::Part(_) | Resolved::Nowhere if kind.content() == Content::Image => {
                    ctx.replaced(
                        &threats::OPC_REL_DANGLING_AND_DUPLICATE_ID,
                        relationship.offset,
                        Detail::name(target),
                    )?;
                    Ok(edge(Target::Placeholder))
                }
                _ => self.leave(
                    &threats::OPC_REL_DANGLING_AND_DUPLICATE_ID,
                    package,
                    relationship,
                    source,
                    ctx,
                ),
            },
            Some(Allowed::Drop(threat)) => {
                let threat = named_better(threat, package, relationship, source, ctx)?;
                self.leave(threat, package, relationship, source, ctx)
            }
            None if is_outside(relationship) => {
                self.leave(&threats::OPC_REL_EXTERNAL_CATCH_ALL, package, relationship, source, ctx)
            }
            None => self.leave(&threats::OPC_BIN_PART_UNKNOWN, package, relationship, source, ctx),
        }
    }

    /// True for another part of a kind of which a document has one: readers take the first.
    fn is_second_of_one(&self, key: &str, kind: PartKind, folder: &'static str) -> bool {
        kind.path(folder, 1, "") == kind.path(folder, 2, "")
            && self.parts.iter().any(|part| part.kind == kind && part.folder == folder && part.key != key)
    }

    /// The package's relationship to its main part, which is the first of the walk.
    fn main_edge(&self, source: Source<'_>, relationship: &Relationship) -> Option<Target> {
        let Resolved::Part(key) = part_name::resolve(source.key, &relationship.target) else { return None };
        (self.known.get(&key) == Some(&0)).then_some(Target::Part(0))
    }

    /// Records a relationship that is not written.
    fn leave(
        &mut self,
        threat: &'static Threat,
        package: &Package<'_>,
        relationship: &Relationship,
        source: Source<'_>,
        ctx: &mut Ctx<'_>,
    ) -> Result<Option<Edge>, Error> {
        if !is_outside(relationship)
            && let Resolved::Part(key) = part_name::resolve(source.key, &relationship.target)
            && package.has(&key)
        {
            self.left.insert(key);
        }
        let detail = if is_outside(relationship) {
            Detail::url(&relationship.target)
        } else {
            Detail::name(&relationship.target)
        };
        ctx.removed_with(threat, relationship.offset, detail)?;
        Ok(None)
    }

    /// Parts that no relationship leads to.
    fn report_orphans(&self, package: &Package<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        let is_known =
            |key: &str| self.known.contains_key(key) || self.left.contains(key) || key == "_rels/.rels";
        for (key, part) in package.parts() {
            if is_known(key) {
                continue;
            }
            if let Some(source) = relationships_source(key)
                && is_known(&source)
            {
                continue;
            }
            let threat = match package.types.of(key) {
                _ if !part_name::is_plain(&part.name) => &threats::OPC_PART_NAME_PERCENT_ENCODING,
                Some(_) => &threats::OPC_ORPHAN_PART,
                None => &threats::OPC_UNDECLARED_PART,
            };
            ctx.removed(threat, part.name.as_str())?;
        }
        for (name, _) in &package.unnamed {
            ctx.removed(&threats::OPC_PART_NAME_PERCENT_ENCODING, name.as_str())?;
        }
        Ok(())
    }
}

/// The threat of a relationship that is left out, where its type alone says less than where it stands, or what it
/// leads to, does. Decides which words the report has, and nothing else.
fn named_better(
    threat: &'static Threat,
    package: &Package<'_>,
    relationship: &Relationship,
    source: Source<'_>,
    ctx: &Ctx<'_>,
) -> Result<&'static Threat, Error> {
    let is_chart = matches!(source.kind, Some(PartKind::Chart | PartKind::ExtendedChart));
    if is_outside(relationship) {
        return Ok(match threat.id {
            "ooxml.ole-embedded-object" if is_chart => &threats::OOXML_CHART_EXTERNAL_DATA,
            "ooxml.ole-embedded-object" => &threats::OOXML_OLE_LINK,
            _ => threat,
        });
    }
    if threat.id != "xlsx.external-workbook-link" {
        return Ok(threat);
    }
    let Resolved::Part(key) = part_name::resolve(source.key, &relationship.target) else { return Ok(threat) };
    let Some(bytes) = package.bytes(&key, ctx.budget())? else { return Ok(threat) };
    // The kind of link stands in the first element below the root.
    let head = bytes.get(..4_096).unwrap_or(&bytes);
    let has = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    Ok(match (has(b"ddeLink"), has(b"oleLink")) {
        (true, _) => &threats::XLSX_DDELINK_PART,
        (_, true) => &threats::XLSX_OLELINK_PART,
        _ => threat,
    })
}

/// Parts that hold what people say about the document (P09).
fn is_of_comments(kind: PartKind) -> bool {
    matches!(
        kind,
        PartKind::WordprocessingComments
            | PartKind::WordprocessingCommentsEx
            | PartKind::WordprocessingCommentsIds
            | PartKind::WordCommentsExtensible
            | PartKind::WordprocessingPeople
            | PartKind::WorksheetComments
            | PartKind::WorksheetThreadedComments
            | PartKind::WorkbookPerson
            | PartKind::PowerPointComment
            | PartKind::PowerPointAuthors
            | PartKind::SlideComments
            | PartKind::CommentAuthors
    )
}

/// The key of the part whose relationships the part with `key` holds.
fn relationships_source(key: &str) -> Option<String> {
    let without = key.strip_suffix(".rels")?;
    let (folder, file) = match without.rsplit_once('/') {
        Some((folder, file)) => (folder.strip_suffix("_rels")?, file),
        None => return None,
    };
    Some(format!("{folder}{file}"))
}

/// An id that XML can hold as it stands.
fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 255
        && id.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | '{' | '}' | ':')
        })
}

/// True for a target that is not in the package, whatever the mode claims.
fn is_outside(relationship: &Relationship) -> bool {
    if relationship.mode == TargetMode::External {
        return true;
    }
    let target = relationship.target.trim();
    let starts_remote = target.starts_with("//") || target.starts_with("\\\\");
    let has_scheme = target.split(['/', '\\', '#', '?']).next().is_some_and(|first| first.contains(':'));
    starts_remote || has_scheme
}

/// True when a part says it is something no allowed part is: a macro project under the name of a picture.
fn is_masked(package: &Package<'_>, key: &str, kind: PartKind) -> bool {
    let Some(declared) = package.types.of(key) else { return false };
    let accepts = |known: &&str| known.eq_ignore_ascii_case(declared);
    let generic = ["application/xml", "text/xml", "application/octet-stream"];
    let is_picture = kind.content() == Content::Image && declared.to_ascii_lowercase().starts_with("image/");
    !(is_picture || kind.content_types().iter().any(&accepts) || generic.iter().any(accepts))
}

/// The address a hyperlink may keep, by the policy's schemes.
fn hyperlink(target: &str, relationship: &Relationship, ctx: &mut Ctx<'_>) -> Result<Option<String>, Error> {
    let link = link::parse(target);
    let written = link.written().map(Cow::into_owned);
    let (true, Some(written)) = (link.allowed(&ctx.switches().link_schemes), written) else {
        ctx.removed_with(threat_of(&link), relationship.offset, Detail::url(target))?;
        return Ok(None);
    };
    if matches!(link, Link::Internal(_)) {
        return Ok(Some(written));
    }
    if link.deceptive() {
        ctx.choose_with(&threats::OOXML_HYPERLINK_DECEPTIVE, relationship.offset, Detail::url(target))?;
    }
    match ctx.choose_with(&threats::XLSX_HYPERLINK_ELEMENTS, relationship.offset, Detail::url(&written))? {
        Action::Keep => Ok(Some(written)),
        _ => Ok(None),
    }
}

/// The threat that a link counts as which is not on the list of schemes. For the report alone.
fn threat_of(link: &Link) -> &'static Threat {
    match link.scheme() {
        "javascript" | "vbscript" | "data" | "blob" | "about" | "jar" | "view-source" => {
            &threats::OOXML_HYPERLINK_SCRIPT_SCHEME
        }
        "mhtml" => &threats::OPC_REL_MHTML_MONIKER,
        "unc" | "smb" => &threats::OPC_REL_UNC_SMB_WEBDAV,
        "file" | "" => &threats::OOXML_HYPERLINK_EXECUTABLE_OR_LOCAL,
        _ => &threats::OPC_REL_MS_PROTOCOL_SCHEME,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relationship(target: &str) -> Relationship {
        Relationship {
            id: "r1".into(),
            kind: "t".into(),
            target: target.into(),
            mode: TargetMode::Internal,
            offset: 0,
            repeated: false,
            complete: true,
        }
    }

    #[test]
    fn an_internal_target_is_one_that_stays_inside() {
        for outside in ["https://h/a", "//h/a", "\\\\h\\a", "file:///c:/a", "MHTML:http://h", "c:\\x"] {
            assert!(is_outside(&relationship(outside)), "{outside}");
        }
        for inside in ["media/image1.png", "/word/a.xml", "../a.xml", "#Sheet1!A1", "a/b:c.xml"] {
            assert!(!is_outside(&relationship(inside)), "{inside}");
        }
    }

    #[test]
    fn a_relationships_part_belongs_to_its_source() {
        assert_eq!(
            relationships_source("word/_rels/document.xml.rels").as_deref(),
            Some("word/document.xml")
        );
        assert_eq!(relationships_source("word/document.xml"), None);
    }
}
