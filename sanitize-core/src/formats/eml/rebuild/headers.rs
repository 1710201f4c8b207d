//! Headers by allow-list, each read by its own grammar.

use super::{super::model::Headers, super::threats, is_structural};
use crate::{
    engine::ctx::Ctx,
    error::Error,
    report::{Detail, Threat},
    toolkits::{
        charset::hidden,
        mime::{
            address::{self, Address, List, Mailbox},
            date::DateTime,
            header::Header,
            tree::Entity,
            word,
        },
    },
};

/// Ids of earlier mails that are kept, the latest ones.
const MOST_IDS: usize = 200;
/// Longest id.
const LONGEST_ID: usize = 500;
/// Characters of a subject or name that are kept.
const LONGEST_TEXT: usize = 8_000;

pub(super) fn rebuild(root: &Entity<'_>, ctx: &mut Ctx<'_>) -> Result<Headers, Error> {
    let mut headers = Headers::default();
    let mut has_mime_version = false;
    for header in &root.block.headers {
        ctx.budget().objects(1)?;
        match header.name.to_ascii_lowercase().as_str() {
            "from" => from(header, &mut headers, ctx)?,
            "to" => list(header, &mut headers.to, ctx)?,
            "cc" => list(header, &mut headers.cc, ctx)?,
            "reply-to" => list(header, &mut headers.reply_to, ctx)?,
            "subject" => {
                let subject = text(&header.unfolded(), header.offset, ctx)?;
                once(header, &mut headers.subject, Some(subject), ctx)?;
            }
            "date" => {
                let date = DateTime::parse(&word::characters(&header.unfolded()));
                once(header, &mut headers.date, date, ctx)?;
            }
            "message-id" => {
                let id = ids(header, ctx)?.into_iter().next();
                once(header, &mut headers.message_id, id, ctx)?;
            }
            "in-reply-to" => headers.in_reply_to = ids(header, ctx)?,
            "references" => headers.references = ids(header, ctx)?,
            "mime-version" => has_mime_version = true,
            "content-base" | "content-location" => {
                ctx.removed_with(&threats::META, header.offset, Detail::name(header.name))?;
            }
            _ if is_structural(header.name) => (),
            _ => ctx.removed_with(&threats::TRACKING, header.offset, Detail::name(header.name))?,
        }
    }
    if root.is_multipart && !has_mime_version {
        ctx.replaced(&threats::NO_MIME_VERSION, 0_usize, None)?;
    }
    if headers.from.is_none() && headers.subject.is_none() && headers.date.is_none() && !root.has_content_type
    {
        // Some headers of a mail, and none that a person would read.
        return if headers.to.is_some() || headers.message_id.is_some() || root.block.headers.len() > 3 {
            Ok(headers)
        } else {
            Err(ctx.refuse(&threats::NOT_MAIL, 0_usize))
        };
    }
    deception(&headers, ctx)?;
    Ok(headers)
}

/// Keeps the first of several, and says where one cannot be read.
fn once<T>(
    header: &Header<'_>,
    place: &mut Option<T>,
    value: Option<T>,
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    if value.is_none() || place.is_some() {
        return ctx.replaced(&threats::HEADER_SYNTAX_MENDED, header.offset, Detail::name(header.name));
    }
    *place = value;
    Ok(())
}

/// Decoded text without what acts on whoever shows it: line ends, controls, bidirectional controls.
pub(super) fn text(unfolded: &[u8], offset: usize, ctx: &mut Ctx<'_>) -> Result<String, Error> {
    let decoded = word::decode(unfolded);
    let mut faults = Faults { is_broken: decoded.is_broken, ..Faults::default() };
    let clean = faults.cleaned(&decoded.text);
    faults.record(offset, ctx)?;
    Ok(clean)
}

/// What was wrong with the text of one header.
#[derive(Default)]
struct Faults {
    is_broken: bool,
    has_line_end: bool,
    has_hidden: bool,
}

impl Faults {
    fn cleaned(&mut self, text: &str) -> String {
        let text: &str =
            text.char_indices().nth(LONGEST_TEXT).and_then(|(end, _)| text.get(..end)).unwrap_or(text);
        if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return text.to_owned();
        }
        let mut clean = String::with_capacity(text.len());
        let mut kept = 0;
        for hidden in hidden(text) {
            self.has_hidden = true;
            clean.push_str(text.get(kept..hidden.range.start).unwrap_or_default());
            kept = hidden.range.end.max(kept);
        }
        clean.push_str(text.get(kept..).unwrap_or_default());
        self.has_line_end |= clean.contains(['\r', '\n']);
        // A pair of bidirectional controls stands as one finding at its first; here neither stays.
        let reorders = |character: char| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
        if clean.contains(reorders) {
            self.has_hidden = true;
            clean.retain(|character| !reorders(character));
        }
        let is_space = |character: char| matches!(character, '\r' | '\n' | '\t' | '\u{2028}' | '\u{2029}');
        if clean.contains(is_space) {
            clean = clean.replace("\r\n", " ").replace(is_space, " ");
        }
        clean.trim_matches(' ').to_owned()
    }

    /// A name in front of an address, with one space where something that went left several.
    fn name(&mut self, text: &str) -> String {
        address::single_spaced(&self.cleaned(text))
    }

    fn record(&self, offset: usize, ctx: &mut Ctx<'_>) -> Result<(), Error> {
        if self.has_line_end {
            ctx.replaced(&threats::INJECTION, offset, None)?;
        }
        if self.is_broken || self.has_hidden {
            ctx.replaced(&threats::ENCODED_WORD, offset, None)?;
        }
        Ok(())
    }
}

/// A list of addresses; of several headers all of them.
fn list(header: &Header<'_>, place: &mut Option<List>, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let mut list = address::parse(&header.unfolded());
    ctx.budget().objects(list.addresses.len() as u64)?;
    let mut faults = Faults { is_broken: list.is_broken, ..Faults::default() };
    for address in &mut list.addresses {
        match address {
            Address::Mailbox(mailbox) => mailbox.name = faults.name(&mailbox.name),
            Address::Group { name, members } => {
                *name = faults.name(name);
                ctx.budget().objects(members.len() as u64)?;
                for member in members {
                    member.name = faults.name(&member.name);
                }
            }
        }
    }
    faults.record(header.offset, ctx)?;
    if list.unreadable > 0 {
        ctx.replaced(&threats::HEADER_SYNTAX_MENDED, header.offset, Detail::name(header.name))?;
    }
    list.addresses.retain(|address| match address {
        Address::Mailbox(mailbox) => mailbox.address.is_some() || !mailbox.name.is_empty(),
        Address::Group { .. } => true,
    });
    // A name alone is written as a group without members, and read as one.
    for address in &mut list.addresses {
        if let Address::Mailbox(Mailbox { name, address: None }) = address {
            let name = std::mem::take(name);
            *address = Address::Group { name, members: Vec::new() };
        }
    }
    list.is_broken = false;
    list.unreadable = 0;
    match place {
        None if list.addresses.is_empty() => (),
        None => *place = Some(list),
        Some(first) => {
            ctx.replaced(&threats::HEADER_SYNTAX_MENDED, header.offset, Detail::name(header.name))?;
            first.addresses.extend(list.addresses);
        }
    }
    Ok(())
}

fn from(header: &Header<'_>, headers: &mut Headers, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    if headers.from.is_some() {
        report(&threats::SENDER, header.offset, header.name, ctx)?;
    }
    list(header, &mut headers.from, ctx)
}

/// Reports senders that show as another: a name that is an address, a domain in other letters, several
/// senders, answers that go elsewhere.
fn deception(headers: &Headers, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let Some(from) = &headers.from else { return Ok(()) };
    let senders: Vec<&Mailbox> = mailboxes(from).collect();
    let domain = |mailbox: &Mailbox| {
        mailbox.address.as_ref().map(|address| address.domain().to_ascii_lowercase()).unwrap_or_default()
    };
    let domains: Vec<String> = senders.iter().map(|sender| domain(sender)).collect();
    for sender in &senders {
        let named = sender
            .name
            .rsplit_once('@')
            .map(|(_, domain)| domain.trim_end_matches(['>', ')', ' ', '"', '\'']));
        let is_other = named.is_some_and(|named| {
            named.contains('.') && !domains.iter().any(|domain| domain.eq_ignore_ascii_case(named))
        });
        let is_international = sender.address.as_ref().is_some_and(|address| address.is_international);
        if is_other || is_international || sender.address.is_none() {
            report(&threats::SENDER, 0, &sender.name, ctx)?;
        }
    }
    if senders.len() > 1 {
        report(&threats::SENDER, 0, "From", ctx)?;
    }
    if let Some(reply_to) = &headers.reply_to {
        let is_elsewhere = |mailbox: &Mailbox| !domains.contains(&domain(mailbox));
        if mailboxes(reply_to).any(is_elsewhere) {
            report(&threats::SENDER, 0, "Reply-To", ctx)?;
        }
    }
    Ok(())
}

fn report(threat: &'static Threat, offset: usize, detail: &str, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    ctx.choose_with(threat, offset, Detail::name(detail)).map(|_| ())
}

fn mailboxes(list: &List) -> impl Iterator<Item = &Mailbox> {
    list.addresses.iter().flat_map(|address| match address {
        Address::Mailbox(mailbox) => std::slice::from_ref(mailbox),
        Address::Group { members, .. } => members.as_slice(),
    })
}

/// Ids in angle brackets; whatever stands between them is left out.
fn ids(header: &Header<'_>, ctx: &mut Ctx<'_>) -> Result<Vec<String>, Error> {
    let value = header.unfolded();
    let mut ids = Vec::new();
    let mut has_rest = false;
    let mut rest = value.as_slice();
    while !rest.is_empty() {
        ctx.budget().objects(1)?;
        let Some(start) = memchr::memchr(b'<', rest) else {
            has_rest |= !rest.trim_ascii().is_empty();
            break;
        };
        has_rest |= !rest.get(..start).unwrap_or_default().trim_ascii().is_empty();
        let inner = rest.get(start + 1..).unwrap_or_default();
        let Some(end) = memchr::memchr(b'>', inner) else {
            has_rest = true;
            break;
        };
        let id = inner.get(..end).unwrap_or_default();
        let is_id = !id.is_empty()
            && id.len() <= LONGEST_ID
            && id.iter().all(|byte| byte.is_ascii_graphic() && *byte != b'<');
        match str::from_utf8(id) {
            Ok(id) if is_id => ids.push(format!("<{id}>")),
            _ => has_rest = true,
        }
        rest = inner.get(end + 1..).unwrap_or_default();
    }
    let surplus = ids.len().saturating_sub(MOST_IDS);
    ids.drain(..surplus);
    if has_rest || surplus > 0 {
        ctx.replaced(&threats::HEADER_SYNTAX_MENDED, header.offset, Detail::name(header.name))?;
    }
    Ok(ids)
}
