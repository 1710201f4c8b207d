//! A message as a flat list of entities: RFC 2045 and 2046, with what readers of mail disagree about noted.

use std::ops::Range;

use super::{
    field::{self, Field},
    header::{self, Block},
    transfer,
};
use crate::{budget::Budget, error::Error};

/// A message or a part of one.
#[derive(Clone, Debug)]
pub(crate) struct Entity<'a> {
    /// Index of the multipart this is a part of.
    pub(crate) parent: Option<usize>,
    pub(crate) block: Block<'a>,
    /// Of the message.
    pub(crate) body: Range<usize>,
    /// `Content-Type`, or what stands for none.
    pub(crate) content_type: Field,
    /// The header was there.
    pub(crate) has_content_type: bool,
    pub(crate) disposition: Option<Field>,
    pub(crate) encoding: transfer::Encoding,
    /// The name of the encoding is one of RFC 2045.
    pub(crate) is_standard_encoding: bool,
    /// Its parts are the entities that have it as their parent.
    pub(crate) is_multipart: bool,
}

impl Entity<'_> {
    /// The subtype of a multipart: `mixed`.
    pub(crate) fn subtype(&self) -> &str {
        self.content_type.value.split('/').nth(1).unwrap_or_default()
    }
}

/// Where programs that read mail see different trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProblemKind {
    /// A fault of a header block.
    Header(header::Fault),
    /// Two headers of one name that only one may have.
    Repeated(&'static str),
    /// The same, where both say the same, or where it does not matter which is believed.
    RepeatedAlike(&'static str),
    /// A boundary given twice, encoded, empty, or of characters it cannot have.
    Boundary,
    /// A multipart without a boundary.
    NoBoundary,
    /// A boundary that an outer multipart has too.
    SharedBoundary,
    /// A boundary that begins with that of an outer multipart, or the other way round.
    SimilarBoundary,
    /// Text in front of the first part.
    Preamble,
    /// Text behind the last one.
    Epilogue,
    /// The last part is not closed.
    NotClosed,
    /// Nothing between two boundaries.
    EmptyPart,
    /// A boundary behind a carriage return that ends no line.
    HiddenBoundary,
    /// A multipart that says it is encoded.
    EncodedMultipart,
    /// Deeper than [`DEEPEST`].
    TooDeep,
    /// A header block of more than [`LONGEST_BLOCK`].
    LongHeaders,
    /// A `Content-Type` or `Content-Disposition` that breaks its grammar.
    BrokenField,
}

/// A problem, and where from the start of the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) kind: ProblemKind,
    pub(crate) offset: usize,
}

/// The whole message.
#[derive(Clone, Debug)]
pub(crate) struct Message<'a> {
    pub(crate) bytes: &'a [u8],
    /// The message itself first; a multipart stands before its parts, which are in their order.
    pub(crate) entities: Vec<Entity<'a>>,
    pub(crate) problems: Vec<Problem>,
}

/// Multiparts in each other that are read.
pub(crate) const DEEPEST: usize = 24;
/// Bytes of one header block that are read.
pub(crate) const LONGEST_BLOCK: usize = 16 << 20;

impl<'a> Message<'a> {
    /// The encoded body of an entity.
    pub(crate) fn body(&self, entity: &Entity<'a>) -> &'a [u8] {
        self.bytes.get(entity.body.clone()).unwrap_or_default()
    }
}

/// A stretch of the message that is still to be read as an entity.
struct Pending {
    parent: Option<usize>,
    depth: usize,
    range: Range<usize>,
    is_in_digest: bool,
}

/// Headers of which a part may have one.
const SINGLE: [&str; 5] =
    ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version", "Content-ID"];

/// Reads `message`. Parts are paid for as members.
pub(crate) fn parse<'a>(message: &'a [u8], budget: &Budget) -> Result<Message<'a>, Error> {
    let mut tree = Message { bytes: message, entities: Vec::new(), problems: Vec::new() };
    // A stack, its top the part that comes next, so that the list is in the order of the message.
    let mut stack = vec![Pending { parent: None, depth: 0, range: 0..message.len(), is_in_digest: false }];
    // Boundaries of the multiparts, by index of entity.
    let mut boundaries: Vec<Option<String>> = Vec::new();
    while let Some(pending) = stack.pop() {
        budget.members(1)?;
        let index = tree.entities.len();
        let mut entity = read_entity(message, &pending, &mut tree.problems, budget)?;
        let boundary = boundary_of(&mut entity, &pending, &boundaries, &mut tree);
        if let Some(boundary) = &boundary {
            let is_in_digest = entity.subtype() == "digest";
            let (mut parts, first) = split(message, &entity.body, boundary, &mut tree.problems, budget)?;
            entity.body.end = entity.body.end.min(first);
            while let Some(range) = parts.pop() {
                stack.push(Pending { parent: Some(index), depth: pending.depth + 1, range, is_in_digest });
            }
        }
        boundaries.push(boundary);
        tree.entities.push(entity);
    }
    Ok(tree)
}

fn read_entity<'a>(
    message: &'a [u8],
    pending: &Pending,
    problems: &mut Vec<Problem>,
    budget: &Budget,
) -> Result<Entity<'a>, Error> {
    let Range { start, end } = pending.range;
    let mut block = header::read(message, start, end, budget)?;
    let is_part = pending.parent.is_some();
    // A part may have no headers at all: it then begins with the empty line that ends them.
    block.faults.retain(|(fault, at)| {
        !(is_part && *fault == header::Fault::BadStart && *at == start && starts_empty(message, start))
    });
    if block.end.saturating_sub(start) > LONGEST_BLOCK {
        problems.push(Problem { kind: ProblemKind::LongHeaders, offset: start });
    }
    for (fault, offset) in &block.faults {
        problems.push(Problem { kind: ProblemKind::Header(*fault), offset: *offset });
    }
    for name in SINGLE {
        let first = block.first(name).map(header::Header::unfolded);
        for second in block.all(name).skip(1) {
            let matters = !matches!(name, "MIME-Version" | "Content-ID");
            let differs = first.as_ref() != Some(&second.unfolded());
            let kind = if matters && differs {
                ProblemKind::Repeated(name)
            } else {
                ProblemKind::RepeatedAlike(name)
            };
            problems.push(Problem { kind, offset: second.offset });
        }
    }
    let mut field = |name| {
        let header = block.first(name)?;
        let field = field::parse(&header.unfolded());
        if field.is_broken {
            problems.push(Problem { kind: ProblemKind::BrokenField, offset: header.offset });
        }
        Some(field)
    };
    let given = field("Content-Type");
    let disposition = field("Content-Disposition");
    let default = if pending.is_in_digest { "message/rfc822" } else { "text/plain" };
    let has_content_type = given.is_some();
    let content_type = match given {
        Some(field) if field.value.contains('/') => field,
        // RFC 2045, 5.2 has this stand for what cannot be read; the parameters are kept for a name or charset.
        Some(field) => Field { value: default.to_owned(), ..field },
        None => Field { value: default.to_owned(), ..Field::default() },
    };
    let name = block.first("Content-Transfer-Encoding").map(header::Header::unfolded).unwrap_or_default();
    let name = field::parse(&name).value;
    let (encoding, is_standard_encoding) = transfer::Encoding::by_name(&name);
    let body = block.end..end;
    let is_multipart = content_type.value.starts_with("multipart/");
    Ok(Entity {
        parent: pending.parent,
        block,
        body,
        content_type,
        has_content_type,
        disposition,
        encoding,
        is_standard_encoding,
        is_multipart,
    })
}

fn starts_empty(message: &[u8], at: usize) -> bool {
    message.get(at..).is_some_and(|rest| rest.starts_with(b"\n") || rest.starts_with(b"\r\n"))
}

/// The boundary by which a multipart is to be split, if it can be. One that cannot is no multipart any more.
fn boundary_of(
    entity: &mut Entity<'_>,
    pending: &Pending,
    boundaries: &[Option<String>],
    tree: &mut Message<'_>,
) -> Option<String> {
    if !entity.is_multipart {
        return None;
    }
    let offset = entity.block.first("Content-Type").map_or(pending.range.start, |header| header.offset);
    let mut problem = |kind| tree.problems.push(Problem { kind, offset });
    if !matches!(entity.encoding, transfer::Encoding::Identity) {
        problem(ProblemKind::EncodedMultipart);
    }
    if pending.depth >= DEEPEST {
        problem(ProblemKind::TooDeep);
        entity.is_multipart = false;
        return None;
    }
    let Some(parameter) = entity.content_type.parameter("boundary") else {
        problem(ProblemKind::NoBoundary);
        entity.is_multipart = false;
        return None;
    };
    let boundary = parameter.value.clone();
    let is_possible = !boundary.is_empty()
        && boundary.len() <= 200
        && boundary.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
        && !boundary.ends_with(' ');
    if parameter.is_ambiguous || parameter.is_encoded || !is_possible {
        problem(ProblemKind::Boundary);
    }
    if boundary.is_empty() {
        entity.is_multipart = false;
        return None;
    }
    let mut outer = pending.parent;
    while let Some(index) = outer {
        match boundaries.get(index).and_then(Option::as_ref) {
            Some(other) if *other == boundary => problem(ProblemKind::SharedBoundary),
            Some(other) if other.starts_with(&boundary) || boundary.starts_with(other) => {
                problem(ProblemKind::SimilarBoundary);
            }
            _ => (),
        }
        outer = tree.entities.get(index).and_then(|entity| entity.parent);
    }
    Some(boundary)
}

/// The parts between the delimiters in `body`, and where the first delimiter stands.
fn split(
    message: &[u8],
    body: &Range<usize>,
    boundary: &str,
    problems: &mut Vec<Problem>,
    budget: &Budget,
) -> Result<(Vec<Range<usize>>, usize), Error> {
    let delimiter = format!("--{boundary}");
    let finder = memchr::memmem::Finder::new(delimiter.as_bytes());
    let bytes = message.get(..body.end).unwrap_or_default();
    let mut parts = Vec::new();
    let mut first = None;
    // Where the part that is being read begins.
    let mut open: Option<usize> = None;
    let mut closed_at = None;
    let mut at = body.start;
    while let Some(found) = bytes.get(at..).and_then(|rest| finder.find(rest)).map(|found| at + found) {
        budget.objects(1)?;
        at = found + delimiter.len();
        let before = found.checked_sub(1).filter(|_| found > body.start).and_then(|before| bytes.get(before));
        if before.is_some_and(|before| *before != b'\n') {
            if before == Some(&b'\r') {
                problems.push(Problem { kind: ProblemKind::HiddenBoundary, offset: found });
            }
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let line = rest.get(..memchr::memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
        let next = (at + line.len() + 1).min(body.end);
        let (is_close, padding) = match line.strip_prefix(b"--") {
            Some(padding) => (true, padding),
            None => (false, line),
        };
        // Any other character makes it a line of text, or the delimiter of a longer boundary.
        if !padding.trim_ascii().is_empty() {
            continue;
        }
        first.get_or_insert(found);
        if let Some(start) = open.take() {
            let end = end_before(bytes, found).max(start);
            if end == start {
                problems.push(Problem { kind: ProblemKind::EmptyPart, offset: start });
            } else {
                parts.push(start..end);
            }
        } else if closed_at.is_none() && !text_between(bytes, body.start, found).is_empty() {
            problems.push(Problem { kind: ProblemKind::Preamble, offset: body.start });
        }
        if is_close {
            closed_at = Some(next);
            // What follows is read by some for more parts.
            break;
        }
        open = Some(next);
    }
    if let Some(start) = open {
        problems.push(Problem { kind: ProblemKind::NotClosed, offset: body.end });
        if start < body.end {
            parts.push(start..body.end);
        }
    }
    if let Some(closed_at) = closed_at
        && !text_between(bytes, closed_at, body.end).is_empty()
    {
        problems.push(Problem { kind: ProblemKind::Epilogue, offset: closed_at });
    }
    if first.is_none() {
        let kind = if text_between(bytes, body.start, body.end).is_empty() {
            ProblemKind::NotClosed
        } else {
            ProblemKind::Preamble
        };
        problems.push(Problem { kind, offset: body.start });
    }
    Ok((parts, first.unwrap_or(body.end)))
}

/// Where the line in front of `delimiter` ends.
fn end_before(bytes: &[u8], delimiter: usize) -> usize {
    let before = bytes.get(..delimiter).unwrap_or_default();
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    before.strip_suffix(b"\r").unwrap_or(before).len()
}

fn text_between(bytes: &[u8], start: usize, end: usize) -> &[u8] {
    bytes.get(start..end).unwrap_or_default().trim_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    /// Parent, type and body.
    type Shown = (Option<usize>, String, String);

    fn read(text: &str) -> (Vec<Shown>, Vec<ProblemKind>) {
        let bytes = text.replace('\n', "\r\n").into_bytes();
        let budget = Budget::new(&Limits::default(), 0, Cancel::new());
        let message = parse(&bytes, &budget).unwrap();
        let shown = |entity: &Entity<'_>| {
            let body = String::from_utf8_lossy(message.body(entity)).into_owned();
            (
                entity.parent,
                entity.content_type.value.clone(),
                if entity.is_multipart { String::new() } else { body },
            )
        };
        (
            message.entities.iter().map(shown).collect(),
            message.problems.iter().map(|problem| problem.kind).collect(),
        )
    }

    const TWO: &str = "Content-Type: multipart/mixed; boundary=a\n\n--a\n\none\n--a\nContent-Type: multipart/alternative; boundary=b\n\n--b\n\ntwo\n--b--\n--a--\n";

    #[test]
    fn parts_stand_behind_their_multipart_in_order() {
        let (entities, problems) = read(TWO);
        assert_eq!(
            entities,
            [
                (None, "multipart/mixed".to_owned(), String::new()),
                (Some(0), "text/plain".to_owned(), "one".to_owned()),
                (Some(0), "multipart/alternative".to_owned(), String::new()),
                (Some(2), "text/plain".to_owned(), "two".to_owned()),
            ]
        );
        assert_eq!(problems, []);
    }

    #[test]
    fn each_way_to_see_another_tree_is_told() {
        for (text, kind) in [
            (TWO.replace("boundary=b", "boundary=b; boundary=c"), ProblemKind::Boundary),
            (TWO.replace("boundary=b", "boundary*=utf-8''b"), ProblemKind::Boundary),
            (TWO.replace("boundary=b", "boundary=a"), ProblemKind::SharedBoundary),
            (TWO.replace("; boundary=b", ""), ProblemKind::NoBoundary),
            (TWO.replace("--a--\n", "--a--\n--a\n\nKILL"), ProblemKind::Epilogue),
            (TWO.replace("\n\n--a", "\n\nKILL\n--a"), ProblemKind::Preamble),
            (TWO.replace("--a--\n", ""), ProblemKind::NotClosed),
            (TWO.replace("one", "one\r--a"), ProblemKind::HiddenBoundary),
            (
                TWO.replace(
                    "Content-Type: multipart/a",
                    "Content-Type: text/plain\nContent-Type: multipart/a",
                ),
                ProblemKind::Repeated("Content-Type"),
            ),
            (
                TWO.replace("boundary=a\n", "boundary=a\nContent-Transfer-Encoding: base64\n"),
                ProblemKind::EncodedMultipart,
            ),
            (format!(" x\n{TWO}"), ProblemKind::Header(header::Fault::BadStart)),
            (
                TWO.replacen("Content-Type:", "Content-Type :", 1),
                ProblemKind::Header(header::Fault::SpaceBeforeColon),
            ),
        ] {
            assert!(read(&text).1.contains(&kind), "{kind:?}: {text}");
        }
    }

    #[test]
    fn multiparts_past_the_deepest_are_not_opened() {
        let mut text = String::new();
        for depth in 0..40 {
            text.push_str(&format!("Content-Type: multipart/mixed; boundary=b{depth}_\n\n--b{depth}_\n"));
        }
        let (entities, problems) = read(&text);
        assert!(problems.contains(&ProblemKind::TooDeep) && entities.len() <= DEEPEST + 1);
    }
}
