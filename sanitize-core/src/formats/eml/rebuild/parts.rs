//! The tree of parts: what each leaf is, what became of it, and how the multiparts are put together again.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        model::{File, Multipart, Node, Text},
        threats,
    },
    attachment, body, headers, password, signed, signer,
};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    format,
    policy::MailAttachments,
    report::{Detail, Spot, Threat},
    toolkits::mime::{
        transfer,
        tree::{Entity, Message},
        word,
    },
};

/// How many containers, such as a signed message, the parts stand in that are opened in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level(u32);

impl Level {
    pub(super) const OUTER: Self = Self(0);
    const DEEPEST: u32 = 3;

    /// One container further in, if there may be one.
    pub(super) fn inner(self) -> Option<Self> {
        (self.0 < Self::DEEPEST).then_some(Self(self.0 + 1))
    }
}

/// What a leaf is, by its type and place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text that is shown as the mail.
    Plain,
    Html,
    /// Marked-up text of a kind that nobody needs.
    Exotic,
    Calendar,
    /// Text about another mail, for programs.
    Report(Text),
    Message,
    /// A piece of a message, or a message somewhere else.
    Missing(&'static Threat),
    Tnef,
    /// A signature or key: nothing that a person reads.
    Signature(&'static Threat),
    /// A message wrapped in its signature, or encrypted (RFC 8551).
    Cms,
    File,
}

/// A leaf that is to be rebuilt.
pub(super) struct Leaf<'a> {
    pub(super) index: usize,
    pub(super) entity: &'a Entity<'a>,
    pub(super) body: &'a [u8],
    pub(super) kind: Kind,
    /// Its place in the tree, as IMAP counts: `1-2`.
    pub(super) section: String,
    pub(super) level: Level,
    /// The mail has no text beside it.
    pub(super) stands_alone: bool,
}

/// What became of a leaf.
pub(super) enum Answer {
    /// It is left out.
    Nothing,
    /// The nodes that stand in its place.
    Nodes(Vec<Node>),
    /// Plain text made from another kind, which is not needed where there is a better alternative.
    StandIn(Node),
    /// A tree of its own, and its root.
    Tree(Vec<Node>, usize),
}

/// Rebuilds the parts of a message, appends them to `nodes`, and returns the root.
pub(super) fn rebuild(
    tree: &Message<'_>,
    level: Level,
    nodes: &mut Vec<Node>,
    ctx: &mut Ctx<'_>,
) -> Result<usize, Error> {
    let parts = parts_of(tree);
    refuse_encrypted(tree, ctx)?;
    let (texts, mut others): (Vec<_>, Vec<_>) =
        leaves(tree, &parts, level).into_iter().partition(|leaf| body::is_text(leaf.kind));
    let mut answers: BTreeMap<usize, Answer> = BTreeMap::new();
    let rebuilt =
        ctx.each_part(&texts, |leaf| &leaf.section, |leaf| leaf.body.len() as u64, body::rebuild)?;
    for (leaf, answer) in texts.iter().zip(rebuilt) {
        answers.insert(leaf.index, answer);
    }
    let is_blank = texts.iter().all(|text| text.body.trim_ascii().is_empty());
    for leaf in &mut others {
        leaf.stands_alone = is_blank;
    }
    if ctx.switches().mail_find_passwords && !others.is_empty() {
        let found = passwords(&answers);
        ctx.add_passwords(found);
    }
    let removes = ctx.switches().mail_attachments == MailAttachments::Remove;
    let done = ctx.each_part(
        &others,
        |leaf| &leaf.section,
        |leaf| leaf.body.len() as u64,
        |leaf, ctx| {
            let is_attached =
                !matches!(leaf.kind, Kind::Signature(_) | Kind::Cms | Kind::Tnef | Kind::Missing(_));
            if removes && is_attached { attachment::withheld(leaf, ctx) } else { other(leaf, ctx) }
        },
    )?;
    for (leaf, answer) in others.iter().zip(done) {
        answers.insert(leaf.index, answer);
    }
    let assembled = Assembly { tree, parts: &parts, nodes }.assemble(answers, ctx)?;
    let first = nodes.len();
    content_ids(nodes, ctx)?;
    Ok(match assembled.as_slice() {
        [] => {
            nodes.push(Node::Text { kind: Text::Plain, text: String::new() });
            first
        }
        [root] => *root,
        _ => {
            nodes.push(Node::Multipart { kind: Multipart::Mixed, parts: assembled });
            first
        }
    })
}

/// The parts of each multipart, by index.
fn parts_of(tree: &Message<'_>) -> Vec<Vec<usize>> {
    let mut parts = vec![Vec::new(); tree.entities.len()];
    for (index, entity) in tree.entities.iter().enumerate() {
        if let Some(of_parent) = entity.parent.and_then(|parent| parts.get_mut(parent)) {
            of_parent.push(index);
        }
    }
    parts
}

/// `multipart/encrypted` (RFC 1847) cannot be looked into.
fn refuse_encrypted(tree: &Message<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let is_encrypted = |entity: &&Entity<'_>| {
        matches!(entity.content_type.value.as_str(), "multipart/encrypted" | "application/pgp-encrypted")
    };
    match tree.entities.iter().find(is_encrypted) {
        Some(entity) => Err(ctx.refuse(&threats::PGP, entity.body.start)),
        None => Ok(()),
    }
}

fn leaves<'a>(tree: &'a Message<'a>, parts: &[Vec<usize>], level: Level) -> Vec<Leaf<'a>> {
    let mut sections: Vec<String> = vec![String::new(); tree.entities.len()];
    let mut leaves = Vec::new();
    for (index, entity) in tree.entities.iter().enumerate() {
        let section = sections.get(index).cloned().unwrap_or_default();
        for (number, part) in parts.get(index).into_iter().flatten().enumerate() {
            if let Some(place) = sections.get_mut(*part) {
                let dash = if section.is_empty() { "" } else { "-" };
                *place = format!("{section}{dash}{}", number + 1);
            }
        }
        if !entity.is_multipart {
            let section = if section.is_empty() { "1".to_owned() } else { section };
            let is_alternative = entity
                .parent
                .and_then(|parent| tree.entities.get(parent))
                .is_some_and(|parent| parent.is_multipart && parent.subtype() == "alternative");
            let kind = kind(entity, is_alternative);
            let body = tree.body(entity);
            leaves.push(Leaf { index, entity, body, kind, section, level, stands_alone: false });
        }
    }
    leaves
}

/// What a leaf is. A text that has a name, or is to be saved, is a file.
fn kind(entity: &Entity<'_>, is_alternative: bool) -> Kind {
    let disposition = entity.disposition.as_ref().map(|field| field.value.as_str()).unwrap_or_default();
    let name = attachment::raw_name(entity);
    let is_named = name.is_some() && !is_alternative;
    let is_file = disposition == "attachment" || is_named;
    match entity.content_type.value.as_str() {
        "text/plain" if !is_file => Kind::Plain,
        "text/html" | "application/xhtml+xml" if !is_file => Kind::Html,
        "text/enriched" | "text/richtext" | "text/x-amp-html" | "text/watch-html" => Kind::Exotic,
        "text/calendar" | "application/ics" => Kind::Calendar,
        "message/rfc822" | "message/global" | "message/news" => Kind::Message,
        "message/partial" => Kind::Missing(&threats::NESTING),
        "message/external-body" => Kind::Missing(&threats::EXTERNAL_BODY),
        "message/delivery-status" | "message/global-delivery-status" => Kind::Report(Text::Delivery),
        "message/disposition-notification" | "message/global-disposition-notification" => {
            Kind::Report(Text::Receipt)
        }
        "text/rfc822-headers" | "message/feedback-report" | "message/global-headers" => {
            Kind::Report(Text::Headers)
        }
        "application/ms-tnef" | "application/vnd.ms-tnef" => Kind::Tnef,
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => Kind::Cms,
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => Kind::Signature(&threats::SMIME),
        "application/pgp-signature" | "application/pgp-keys" => Kind::Signature(&threats::PGP_SIGNATURE),
        "application/applefile" => Kind::Signature(&threats::EXOTIC),
        _ if name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat")) => Kind::Tnef,
        value if value.starts_with("text/") && !is_file => {
            // Text of a kind nobody knows is read as it stands (RFC 2046, 4.1.4).
            Kind::Plain
        }
        _ => Kind::File,
    }
}

fn other(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    match leaf.kind {
        Kind::Signature(threat) => {
            let signer = signer(leaf, ctx)?;
            let kind = &leaf.entity.content_type.value;
            ctx.removed_with(threat, Spot::Here, Detail::name(signer.as_ref().unwrap_or(kind)))?;
            Ok(Answer::Nothing)
        }
        Kind::Missing(threat) => attachment::missing(leaf, threat, ctx),
        Kind::Cms => signed::rebuild(leaf, ctx),
        Kind::Tnef => attachment::container(leaf, ctx),
        Kind::Message => attachment::message(leaf, ctx),
        Kind::Calendar => attachment::calendar(leaf, ctx),
        Kind::File | Kind::Plain | Kind::Html | Kind::Exotic | Kind::Report(_) => attachment::file(leaf, ctx),
    }
}

/// Who signed, as the signature itself says.
fn signer(leaf: &Leaf<'_>, ctx: &Ctx<'_>) -> Result<Option<String>, Error> {
    let bytes = transfer::decode(leaf.entity.encoding, leaf.body, ctx.budget())?.bytes;
    match leaf.entity.subtype() {
        "pkcs7-signature" | "x-pkcs7-signature" => Ok(signer::of_cms(&bytes)),
        "pgp-signature" => signer::of_armour(&bytes, ctx.budget()),
        _ => Ok(None),
    }
}

fn passwords(answers: &BTreeMap<usize, Answer>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for answer in answers.values() {
        let nodes = match answer {
            Answer::Nodes(nodes) | Answer::Tree(nodes, _) => nodes.as_slice(),
            Answer::StandIn(node) => std::slice::from_ref(node),
            Answer::Nothing => &[],
        };
        for node in nodes {
            match node {
                Node::Text { kind: Text::Html, text } => {
                    found.extend(password::candidates(&body::text_of_html(text)));
                }
                Node::Text { text, .. } => found.extend(password::candidates(text)),
                _ => (),
            }
        }
    }
    found
}

/// What stands in the place of an entity: nodes, a text that is only needed where nothing better is, and files
/// that came along with that text.
#[derive(Default)]
struct Built {
    nodes: Vec<usize>,
    stand_in: Option<usize>,
    files: Vec<usize>,
}

impl Built {
    fn all(self) -> impl Iterator<Item = usize> {
        self.stand_in.into_iter().chain(self.nodes).chain(self.files)
    }
}

struct Assembly<'a, 'n> {
    tree: &'a Message<'a>,
    parts: &'a [Vec<usize>],
    nodes: &'n mut Vec<Node>,
}

impl Assembly<'_, '_> {
    fn push(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// From the last entity to the first, so that the parts of a multipart are there before it.
    fn assemble(
        mut self,
        mut answers: BTreeMap<usize, Answer>,
        ctx: &mut Ctx<'_>,
    ) -> Result<Vec<usize>, Error> {
        let mut built: BTreeMap<usize, Built> = BTreeMap::new();
        for (index, entity) in self.tree.entities.iter().enumerate().rev() {
            let done = if entity.is_multipart {
                let parts = self.parts.get(index).into_iter().flatten();
                let parts: Vec<Built> = parts.filter_map(|part| built.remove(part)).collect();
                self.multipart(entity, parts, ctx)?
            } else {
                self.leaf(answers.remove(&index).unwrap_or(Answer::Nothing))
            };
            built.insert(index, done);
        }
        Ok(built.remove(&0).map(|root| root.all().collect()).unwrap_or_default())
    }

    fn leaf(&mut self, answer: Answer) -> Built {
        match answer {
            Answer::Nothing => Built::default(),
            Answer::Nodes(nodes) => {
                let nodes = nodes.into_iter().map(|node| self.push(node)).collect();
                Built { nodes, ..Built::default() }
            }
            Answer::StandIn(node) => Built { stand_in: Some(self.push(node)), ..Built::default() },
            Answer::Tree(nodes, root) => {
                let base = self.nodes.len();
                self.nodes.extend(nodes.into_iter().map(|node| match node {
                    Node::Multipart { kind, parts } => {
                        Node::Multipart { kind, parts: parts.into_iter().map(|part| part + base).collect() }
                    }
                    node => node,
                }));
                Built { nodes: vec![root + base], ..Built::default() }
            }
        }
    }

    fn multipart(
        &mut self,
        entity: &Entity<'_>,
        mut parts: Vec<Built>,
        ctx: &mut Ctx<'_>,
    ) -> Result<Built, Error> {
        match entity.subtype() {
            "alternative" => self.alternative(parts, ctx),
            "related" => {
                if entity.content_type.get("start").is_some_and(|start| !self.starts_first(entity, start)) {
                    ctx.replaced(&threats::CONTENT_ID, entity.body.start, None)?;
                }
                if parts.is_empty() {
                    return Ok(Built::default());
                }
                let main = parts.remove(0);
                let rest: Vec<usize> = parts.into_iter().flat_map(Built::all).collect();
                if main.nodes.is_empty() {
                    // Pictures of a text that is no HTML any more belong to nothing.
                    return Ok(Built { files: main.files.into_iter().chain(rest).collect(), ..main });
                }
                let parts = main.all().chain(rest).collect();
                Ok(self.single(Multipart::Related, parts))
            }
            "signed" => {
                let parts: Vec<usize> = parts.into_iter().flat_map(Built::all).collect();
                Ok(match parts.len() {
                    0 | 1 => Built { nodes: parts, ..Built::default() },
                    _ => self.single(Multipart::Mixed, parts),
                })
            }
            subtype => {
                let parts: Vec<usize> = parts.into_iter().flat_map(Built::all).collect();
                let has = |kind: Text| {
                    parts.iter().any(|part| matches!(self.nodes.get(*part), Some(Node::Text { kind: found, .. }) if *found == kind))
                };
                let kind = match subtype {
                    "report" if has(Text::Delivery) => Multipart::DeliveryReport,
                    "report" if has(Text::Receipt) => Multipart::ReceiptReport,
                    _ => Multipart::Mixed,
                };
                Ok(self.single(kind, parts))
            }
        }
    }

    fn single(&mut self, kind: Multipart, parts: Vec<usize>) -> Built {
        if parts.is_empty() {
            return Built::default();
        }
        Built { nodes: vec![self.push(Node::Multipart { kind, parts })], ..Built::default() }
    }

    /// True when the part that a reader is to start with is the first one, which all readers take.
    fn starts_first(&self, entity: &Entity<'_>, start: &str) -> bool {
        let index = self.tree.entities.iter().position(|other| std::ptr::eq(other, entity));
        let first = index.and_then(|index| self.parts.get(index)?.first());
        let id = first.and_then(|first| self.tree.entities.get(*first)?.block.first("Content-ID"));
        id.is_some_and(|id| id.unfolded() == start.trim().as_bytes())
    }

    /// One text, said in several ways: a stand-in goes where another way is left.
    fn alternative(&mut self, parts: Vec<Built>, ctx: &mut Ctx<'_>) -> Result<Built, Error> {
        let is_whole = |node: usize| match self.nodes.get(node) {
            Some(Node::Text { text, .. }) => !text.trim().is_empty(),
            Some(Node::Multipart { .. }) => true,
            _ => false,
        };
        let has_whole = parts.iter().flat_map(|part| &part.nodes).any(|node| is_whole(*node));
        let mut stand_ins = Vec::new();
        let (mut nodes, mut files) = (Vec::new(), Vec::new());
        for part in parts {
            stand_ins.extend(part.stand_in);
            nodes.extend(part.nodes);
            files.extend(part.files);
        }
        if nodes.is_empty() || !has_whole && !stand_ins.is_empty() {
            // The last one is the best, in the sender's eyes (RFC 2046, 5.1.4).
            let Some(best) = stand_ins.pop() else { return Ok(Built { files, ..Built::default() }) };
            return Ok(Built { stand_in: Some(best), files, ..Built::default() });
        }
        self.compare(&nodes, ctx)?;
        let alternative = self.push(Node::Multipart { kind: Multipart::Alternative, parts: nodes });
        Ok(Built { nodes: vec![alternative], stand_in: None, files })
    }

    /// Reports alternatives that do not say the same: one person's filter reads one, another person the other.
    fn compare(&self, nodes: &[usize], ctx: &mut Ctx<'_>) -> Result<(), Error> {
        let (mut plain, mut html) = (Vec::new(), Vec::new());
        for node in nodes {
            match self.nodes.get(*node) {
                Some(Node::Text { kind: Text::Html, text }) => html.push(body::text_of_html(text)),
                Some(Node::Text { kind: Text::Plain | Text::Flowed { .. }, text }) => {
                    plain.push(text.clone())
                }
                Some(Node::Multipart { parts, .. }) => {
                    if let Some(Node::Text { kind: Text::Html, text }) =
                        parts.first().and_then(|first| self.nodes.get(*first))
                    {
                        html.push(body::text_of_html(text));
                    }
                }
                _ => (),
            }
        }
        let says_other = match (plain.first(), html.first()) {
            (Some(plain), Some(html)) => body::says_other(plain, html),
            _ => false,
        };
        if says_other || html.len() > 1 || plain.len() > 1 {
            ctx.choose(&threats::ALTERNATIVES, Spot::Here)?;
        }
        Ok(())
    }
}

/// Takes the names that HTML text has for parts from all but the one picture that each names.
fn content_ids(nodes: &mut [Node], ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let mut named: BTreeSet<String> = BTreeSet::new();
    for node in nodes.iter() {
        if let Node::Text { kind: Text::Html, text } = node {
            named.extend(body::addressed_parts(text, ctx)?);
        }
    }
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for node in nodes {
        let Node::File(File { content_id, is_inline, media_type, name, .. }) = node else { continue };
        let Some(id) = content_id.as_ref() else { continue };
        if is_shown(media_type) && named.contains(id) && taken.insert(id.clone()) {
            *is_inline = true;
        } else {
            *content_id = None;
            ctx.replaced(&threats::CONTENT_ID, Spot::Here, Detail::name(name))?;
        }
    }
    Ok(())
}

/// True for what stands in the text of a mail: pictures of pixels. A drawing is a document of its own.
pub(super) fn is_shown(media_type: &str) -> bool {
    media_type.starts_with("image/") && media_type != format::SVG.media_type()
}

/// What a person is told about a part, made safe.
pub(super) fn description(entity: &Entity<'_>, ctx: &mut Ctx<'_>) -> Result<Option<String>, Error> {
    let Some(header) = entity.block.first("Content-Description") else { return Ok(None) };
    let text = headers::text(&header.unfolded(), header.offset, ctx)?;
    Ok((!text.is_empty()).then_some(text))
}

/// The name that HTML text may have for a part: without brackets, and only of characters that stand for
/// themselves in an address.
pub(super) fn content_id(entity: &Entity<'_>) -> Option<String> {
    let header = entity.block.first("Content-ID")?;
    let text = word::characters(&header.unfolded());
    let id = text.trim().strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(&text).trim();
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"@.-_+$!*'~=&/".contains(&byte);
    (!id.is_empty() && id.len() <= 200 && id.bytes().all(is_plain)).then(|| id.to_owned())
}

/// Records the headers of a part that have no place in the model.
pub(super) fn other_headers(entity: &Entity<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    if entity.parent.is_none() {
        // Those of the message are its own business.
        return Ok(());
    }
    const KNOWN: [&str; 6] = [
        "Content-Type",
        "Content-Transfer-Encoding",
        "Content-Disposition",
        "Content-ID",
        "Content-Description",
        "MIME-Version",
    ];
    for header in &entity.block.headers {
        if KNOWN.iter().any(|known| header.is(known)) {
            continue;
        }
        let is_base = header.is("Content-Base") || header.is("Content-Location");
        let threat = if is_base { &threats::META } else { &threats::TRACKING };
        ctx.removed_with(threat, header.offset, Detail::name(header.name))?;
    }
    Ok(())
}
