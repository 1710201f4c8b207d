//! From the message that is there to the model of one that may be written.

mod attachment;
mod ber;
mod body;
mod headers;
mod parts;
mod password;
mod signed;
mod signer;

pub(super) use password::of_mail as passwords_of;

use super::{
    model::Mail,
    parse::{self, Likeness},
    threats,
};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    report::{Detail, Spot},
    toolkits::mime::{
        header::Fault,
        tree::{Message, ProblemKind},
    },
};

/// The one message in `input`, without what a mailbox puts in front of it.
pub(super) fn message<'a>(input: &'a [u8], ctx: &mut Ctx<'_>) -> Result<&'a [u8], Error> {
    if parse::likeness(input) == Likeness::None {
        // Apple's `.emlx` begins with the number of bytes of the mail.
        let first = input.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
        let is_count = !first.is_empty() && first.iter().all(u8::is_ascii_digit);
        let threat = if is_count { &threats::CONTAINER } else { &threats::NOT_MAIL };
        return Err(ctx.refuse(threat, Spot::Here));
    }
    let Some(end) = parse::postmark(input) else { return Ok(input) };
    if parse::holds_more(input) {
        return Err(ctx.refuse(&threats::CONTAINER, Spot::Here));
    }
    ctx.removed(&threats::POSTMARK, 0_usize)?;
    Ok(input.get(end..).unwrap_or_default())
}

/// Refuses a message whose tree programs see differently, and records what is lost by writing it anew.
pub(super) fn structure(tree: &Message<'_>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    line_ends(tree.bytes, ctx)?;
    // What a header fault means depends on the headers around it. Entities and headers stand in the order of
    // the message, and so do their offsets.
    let headers = || tree.entities.iter().flat_map(|entity| &entity.block.headers);
    let structural: Vec<usize> =
        headers().filter(|header| is_structural(header.name)).map(|header| header.offset).collect();
    let content_after = |offset: usize| structural.last().is_some_and(|last| *last >= offset);
    let names_content = |offset: usize| structural.binary_search(&offset).is_ok();
    let multiparts =
        tree.entities.iter().filter(|entity| entity.content_type.value.starts_with("multipart/"));
    let multiparts: Vec<usize> =
        multiparts.filter_map(|entity| Some(entity.block.first("Content-Type")?.offset)).collect();
    let is_multipart = |offset: usize| multiparts.binary_search(&offset).is_ok();
    for problem in &tree.problems {
        let at = problem.offset;
        ctx.budget().objects(1)?;
        match problem.kind {
            ProblemKind::Header(Fault::SpaceBeforeColon) if !names_content(at) => {
                ctx.replaced(&threats::HEADER_SYNTAX_MENDED, at, None)?;
            }
            ProblemKind::Header(Fault::ObsoleteFold) => {
                ctx.replaced(&threats::HEADER_SYNTAX_MENDED, at, None)?;
            }
            ProblemKind::Header(Fault::BlankFold) if !content_after(at) => {
                ctx.replaced(&threats::HEADER_SYNTAX_MENDED, at, None)?;
            }
            ProblemKind::BrokenField if !is_multipart(at) => {
                ctx.replaced(&threats::HEADER_SYNTAX_MENDED, at, None)?;
            }
            ProblemKind::Header(_) | ProblemKind::BrokenField => {
                return Err(ctx.refuse(&threats::HEADER_SYNTAX, at));
            }
            ProblemKind::Repeated(_) => return Err(ctx.refuse(&threats::REPEATED, at)),
            ProblemKind::RepeatedAlike(name) => {
                ctx.removed_with(&threats::REPEATED_MENDED, at, Detail::name(name))?;
            }
            ProblemKind::Boundary | ProblemKind::NoBoundary => {
                return Err(ctx.refuse(&threats::BOUNDARY, at));
            }
            ProblemKind::SharedBoundary => return Err(ctx.refuse(&threats::BOUNDARY_REUSE, at)),
            ProblemKind::SimilarBoundary => ctx.replaced(&threats::BOUNDARY_SIMILAR, at, None)?,
            ProblemKind::HiddenBoundary => return Err(ctx.refuse(&threats::LINE_ENDS, at)),
            ProblemKind::EncodedMultipart => return Err(ctx.refuse(&threats::TRANSFER, at)),
            ProblemKind::Preamble
            | ProblemKind::Epilogue
            | ProblemKind::EmptyPart
            | ProblemKind::NotClosed => {
                ctx.removed(&threats::PREAMBLE, at)?;
            }
            ProblemKind::TooDeep | ProblemKind::LongHeaders => return Err(ctx.refuse(&threats::BOMB, at)),
        }
    }
    Ok(())
}

/// True for the headers that say what a part is.
fn is_structural(name: &str) -> bool {
    name.get(..8).is_some_and(|head| head.eq_ignore_ascii_case("content-"))
        || name.eq_ignore_ascii_case("mime-version")
}

/// Lines that end in LF alone, as files on Unix do, or in CR alone: where a mail is passed on as it is, some
/// servers see another mail begin there.
fn line_ends(bytes: &[u8], ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let before = |at: usize| at.checked_sub(1).and_then(|before| bytes.get(before));
    let bare_feed = memchr::memchr_iter(b'\n', bytes).find(|at| before(*at) != Some(&b'\r'));
    let bare_return = memchr::memchr_iter(b'\r', bytes).find(|at| bytes.get(at + 1) != Some(&b'\n'));
    match [bare_feed, bare_return].into_iter().flatten().min() {
        Some(at) => ctx.replaced(&threats::LINE_ENDS, at, None),
        None => Ok(()),
    }
}

/// Headers and parts by allow-list.
pub(super) fn rebuild(tree: &Message<'_>, ctx: &mut Ctx<'_>) -> Result<Mail, Error> {
    let headers = match tree.entities.first() {
        Some(root) => headers::rebuild(root, ctx)?,
        None => super::model::Headers::default(),
    };
    let mut nodes = Vec::new();
    let root = parts::rebuild(tree, parts::Level::OUTER, &mut nodes, ctx)?;
    Ok(Mail { headers, nodes, root })
}
