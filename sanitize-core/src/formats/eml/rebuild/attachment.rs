//! Files of a mail, each rebuilt by its own format.

use super::{
    super::{
        model::{File, Node, Text},
        parse, threats,
    },
    body,
    parts::{self, Answer, Leaf},
};
use crate::{
    engine::{
        ctx::{Ctx, Nested},
        dangerous, name as file_name,
        notice::{self, Reason},
        threats as engine,
    },
    error::Error,
    format::{self, Format},
    policy::EncryptedAttachments,
    report::{Action, Detail, Spot, Threat},
    toolkits::{
        charset::label,
        mapi::{
            compose::{self, Include},
            tnef,
        },
        mime::{transfer::Encoding, tree::Entity},
    },
};

/// The name of a part as it is given: `filename` before `name`.
pub(super) fn raw_name(entity: &Entity<'_>) -> Option<String> {
    let given = entity.disposition.as_ref().and_then(|field| field.get("filename"));
    let name = given.or_else(|| entity.content_type.get("name")).unwrap_or_default();
    (!name.trim().is_empty()).then(|| name.to_owned())
}

/// Names of a part: the safe one, and all that were given.
struct Named {
    name: String,
    given: Vec<String>,
}

fn named(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Named, Error> {
    let entity = leaf.entity;
    let disposition = entity.disposition.as_ref().and_then(|field| field.parameter("filename"));
    let parameters = [disposition, entity.content_type.parameter("name")];
    let is_ambiguous = parameters.iter().flatten().any(|parameter| parameter.is_ambiguous);
    let given: Vec<String> =
        parameters.into_iter().flatten().map(|parameter| parameter.value.clone()).collect();
    let Some(raw) = raw_name(entity) else {
        return Ok(Named { name: format!("part-{}", leaf.section), given });
    };
    let name = file_name::safe_name(&raw);
    let differ = given.iter().any(|other| !other.trim().is_empty() && file_name::safe_name(other) != name);
    if is_ambiguous || differ || name != raw {
        ctx.replaced(&threats::FILE_NAME, Spot::Here, Detail::name(&raw))?;
    }
    Ok(Named { name, given })
}

/// Any file.
pub(super) fn file(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    parts::other_headers(leaf.entity, ctx)?;
    attached(leaf, None, ctx)
}

/// A file. Its bytes were decoded before where it was taken for a container.
fn attached(leaf: &Leaf<'_>, decoded: Option<Vec<u8>>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let Named { mut name, given } = named(leaf, ctx)?;
    if decoded.is_some() {
        // The ending was that of a container, which this is not.
        name.truncate(name.len() - file_name::extension(&name).len());
        name.truncate(name.trim_end_matches('.').len());
    }
    let description = parts::description(leaf.entity, ctx)?;
    let names = given.iter().map(String::as_str).chain([name.as_str()]);
    if names.map(file_name::extension).any(|extension| dangerous::by_extension(extension).is_some()) {
        return left_out(&threats::DANGEROUS, Reason::Dangerous, &name, ctx);
    }
    let bytes = match decoded {
        Some(bytes) => bytes,
        None if leaf.entity.encoding == Encoding::Unknown => {
            return unreadable(leaf, &threats::TRANSFER, ctx);
        }
        None => body::decoded(leaf.entity, leaf.body, ctx)?,
    };
    let Some(node) = rebuilt(&name, &bytes, ctx)? else { return Ok(Answer::Nothing) };
    let node = match node {
        Node::File(file) => {
            let is_shown = parts::is_shown(file.media_type);
            let content_id = if is_shown { parts::content_id(leaf.entity) } else { None };
            if content_id.is_none() && leaf.entity.block.first("Content-ID").is_some() {
                ctx.replaced(&threats::CONTENT_ID, Spot::Here, Detail::name(&file.name))?;
            }
            let disposition = leaf.entity.disposition.as_ref().map(|field| field.value.as_str());
            let is_inline = is_shown && disposition != Some("attachment");
            Node::File(File { description, content_id, is_inline, ..file })
        }
        node => node,
    };
    Ok(Answer::Nodes(vec![node]))
}

/// A file of this name by its own format, or what stands in its place.
fn rebuilt(name: &str, bytes: &[u8], ctx: &mut Ctx<'_>) -> Result<Option<Node>, Error> {
    if bytes.is_empty() {
        let name = name.to_owned();
        return Ok(Some(plain_file("application/octet-stream", None, name, Vec::new())));
    }
    if dangerous::by_content(bytes).is_some() {
        return replaced(&threats::DANGEROUS, Reason::Dangerous, name, ctx);
    }
    match ctx.nested(name, bytes)? {
        Nested::Rebuilt { bytes, format } => {
            let name = file_name::output_name(name, format);
            let bytes = bytes.into_bytes();
            if format == format::EML {
                return Ok(Some(Node::Message { bytes, name: Some(name) }));
            }
            Ok(Some(plain_file(media_type(format), charset(&bytes, format, ctx), name, bytes)))
        }
        Nested::Rejected(rejection) => {
            let is_encrypted = rejection.reason == "encrypted" || rejection.threat.contains("encrypt");
            if is_encrypted && ctx.switches().mail_encrypted_attachments == EncryptedAttachments::Refuse {
                return Err(ctx.refuse(&threats::ENCRYPTED_ATTACHMENT, Spot::Here));
            }
            if [engine::DANGEROUS.id, engine::DANGEROUS_CONTENT.id].contains(&rejection.threat) {
                return replaced(&threats::DANGEROUS, Reason::Dangerous, name, ctx);
            }
            replaced(&threats::ATTACHMENT, notice::reason(rejection.reason), name, ctx)
        }
    }
}

fn media_type(format: Format) -> &'static str {
    format.media_type()
}

/// The encoding of a rebuilt text, which its part says.
fn charset(bytes: &[u8], format: Format, ctx: &Ctx<'_>) -> Option<&'static str> {
    if body::is_encoded_text(format) { label::detected(bytes, ctx.budget()) } else { None }
}

fn plain_file(media_type: &'static str, charset: Option<&'static str>, name: String, bytes: Vec<u8>) -> Node {
    Node::File(File {
        media_type,
        charset,
        name,
        description: None,
        content_id: None,
        is_inline: false,
        bytes,
    })
}

/// A file that stood inside of text.
pub(super) fn inner_file(
    name: &str,
    bytes: &[u8],
    leaf: &Leaf<'_>,
    ctx: &mut Ctx<'_>,
) -> Result<Option<Node>, Error> {
    let safe = file_name::safe_name(name);
    let safe = if safe.is_empty() { format!("part-{}", leaf.section) } else { safe };
    if dangerous::by_extension(file_name::extension(&safe)).is_some() {
        return replaced(&threats::DANGEROUS, Reason::Dangerous, &safe, ctx);
    }
    rebuilt(&safe, bytes, ctx)
}

fn left_out(threat: &'static Threat, reason: Reason, name: &str, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let node = replaced(threat, reason, name, ctx)?;
    Ok(node.map_or(Answer::Nothing, |node| Answer::Nodes(vec![node])))
}

/// Asks the policy what is to stand in place of a file: a notice, or nothing.
fn replaced(
    threat: &'static Threat,
    reason: Reason,
    name: &str,
    ctx: &mut Ctx<'_>,
) -> Result<Option<Node>, Error> {
    let action = ctx.choose_with(threat, Spot::Here, Detail::name(name))?;
    if action == Action::Replace { note(reason, name, ctx).map(Some) } else { Ok(None) }
}

/// The notice that stands in place of a file.
fn note(reason: Reason, name: &str, ctx: &Ctx<'_>) -> Result<Node, Error> {
    let name = file_name::safe_name(&format!("{name}.txt"));
    Ok(plain_file("text/plain", Some("utf-8"), name, ctx.notice(reason)?))
}

/// A part whose encoding nobody knows.
pub(super) fn unreadable(
    leaf: &Leaf<'_>,
    threat: &'static Threat,
    ctx: &mut Ctx<'_>,
) -> Result<Answer, Error> {
    ctx.replaced(threat, Spot::Here, None)?;
    let name = raw_name(leaf.entity).unwrap_or_else(|| format!("part-{}", leaf.section));
    Ok(Answer::Nodes(vec![note(Reason::NotReadable, &file_name::safe_name(&name), ctx)?]))
}

/// A part that is a piece of a message, or is somewhere else.
pub(super) fn missing(leaf: &Leaf<'_>, threat: &'static Threat, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    ctx.replaced(threat, Spot::Here, Detail::name(&leaf.entity.content_type.value))?;
    // The name beside the type is where the content would be.
    let given = leaf.entity.disposition.as_ref().and_then(|field| field.get("filename"));
    let name = given.map_or_else(|| format!("part-{}", leaf.section), str::to_owned);
    Ok(Answer::Nodes(vec![note(Reason::NotSupported, &file_name::safe_name(&name), ctx)?]))
}

/// An attachment under a policy that delivers none.
pub(super) fn withheld(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let name = raw_name(leaf.entity).unwrap_or_else(|| format!("part-{}", leaf.section));
    let name = file_name::safe_name(&name);
    if is_note(leaf, ctx)? {
        return file(leaf, ctx);
    }
    ctx.removed_with(&threats::NO_ATTACHMENTS, Spot::Here, Detail::name(&name))?;
    Ok(Answer::Nodes(vec![note(Reason::Refused, &name, ctx)?]))
}

/// True for a notice that an earlier pass left.
fn is_note(leaf: &Leaf<'_>, ctx: &Ctx<'_>) -> Result<bool, Error> {
    let reasons = [Reason::Dangerous, Reason::NotSupported, Reason::NotReadable, Reason::Refused];
    let decoded = crate::toolkits::mime::transfer::decode(leaf.entity.encoding, leaf.body, ctx.budget())?;
    Ok(reasons.iter().any(|reason| notice::text(*reason).as_bytes() == decoded.bytes))
}

/// A mail in the mail.
pub(super) fn message(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    parts::other_headers(leaf.entity, ctx)?;
    if leaf.entity.encoding == Encoding::Unknown {
        return unreadable(leaf, &threats::TRANSFER, ctx);
    }
    let given = raw_name(leaf.entity);
    let name = given.as_deref().map(|name| file_name::output_name(name, format::EML));
    let shown = name.clone().unwrap_or_else(|| format!("part-{}.eml", leaf.section));
    let bytes = body::decoded(leaf.entity, leaf.body, ctx)?;
    if bytes.trim_ascii().is_empty() {
        return left_out(&threats::NESTING, Reason::NotReadable, &shown, ctx);
    }
    if parse::likeness(&bytes) == parse::Likeness::None {
        return bare_text(&shown, &bytes, ctx);
    }
    match ctx.nested(&shown, &bytes)? {
        Nested::Rebuilt { bytes, format } if format == format::EML => {
            Ok(Answer::Nodes(vec![Node::Message { bytes: bytes.into_bytes(), name }]))
        }
        Nested::Rebuilt { .. } => left_out(&threats::NESTING, Reason::NotSupported, &shown, ctx),
        Nested::Rejected(rejection) => {
            left_out(&threats::NESTING, notice::reason(rejection.reason), &shown, ctx)
        }
    }
}

/// What stands in place of a mail and has no header that mails have: some systems put the text alone. To one program
/// it is a mail without headers, to another one without text; as a text of its own it is the same to all.
fn bare_text(name: &str, bytes: &[u8], ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    let text_name = file_name::output_name(name, format::TXT);
    match ctx.nested(&text_name, bytes)? {
        Nested::Rebuilt { bytes, format } if format == format::TXT => {
            ctx.replaced(&threats::NESTING, Spot::Here, Detail::name(name))?;
            let bytes = bytes.into_bytes();
            let charset = charset(&bytes, format, ctx);
            Ok(Answer::Nodes(vec![plain_file(media_type(format), charset, text_name, bytes)]))
        }
        _ => left_out(&threats::NESTING, Reason::NotSupported, name, ctx),
    }
}

/// An invitation: made inert by the handler of calendars.
pub(super) fn calendar(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    parts::other_headers(leaf.entity, ctx)?;
    let given = raw_name(leaf.entity);
    let name = given.as_deref().map_or_else(|| format!("part-{}.ics", leaf.section), file_name::safe_name);
    if leaf.entity.encoding == Encoding::Unknown {
        return unreadable(leaf, &threats::TRANSFER, ctx);
    }
    let bytes = body::decoded(leaf.entity, leaf.body, ctx)?;
    if bytes.is_empty() {
        return Ok(Answer::Nodes(vec![plain_file("text/calendar", None, name, bytes)]));
    }
    match ctx.nested(&name, &bytes)? {
        Nested::Rebuilt { bytes, format } if format.media_type() == "text/calendar" => {
            let bytes = bytes.into_bytes();
            let is_attached = given.is_some()
                && leaf.entity.disposition.as_ref().is_some_and(|field| field.value == "attachment");
            if is_attached {
                let name = file_name::output_name(&name, format);
                return Ok(Answer::Nodes(vec![plain_file("text/calendar", Some("utf-8"), name, bytes)]));
            }
            let text =
                String::from_utf8(bytes).map_err(|_| Error::Internal("a calendar that is no UTF-8"))?;
            let method = leaf.entity.content_type.get("method").and_then(method);
            Ok(Answer::Nodes(vec![Node::Text { kind: Text::Calendar(method), text }]))
        }
        Nested::Rebuilt { .. } => left_out(&threats::CALENDAR, Reason::NotSupported, &name, ctx),
        Nested::Rejected(rejection) => {
            left_out(&threats::CALENDAR, notice::reason(rejection.reason), &name, ctx)
        }
    }
}

/// What an invitation asks for (RFC 5546, 1.4).
fn method(name: &str) -> Option<&'static str> {
    const METHODS: [&str; 8] =
        ["PUBLISH", "REQUEST", "REPLY", "ADD", "CANCEL", "REFRESH", "COUNTER", "DECLINECOUNTER"];
    METHODS.into_iter().find(|known| known.eq_ignore_ascii_case(name.trim()))
}

/// An Outlook container: its files in its place, and its text where the mail has no other.
pub(super) fn container(leaf: &Leaf<'_>, ctx: &mut Ctx<'_>) -> Result<Answer, Error> {
    parts::other_headers(leaf.entity, ctx)?;
    if leaf.entity.encoding == Encoding::Unknown {
        return unreadable(leaf, &threats::TRANSFER, ctx);
    }
    let bytes = body::decoded(leaf.entity, leaf.body, ctx)?;
    if !bytes.starts_with(tnef::SIGNATURE) && !bytes.is_empty() {
        // Another file under the name or type of a container is what it is.
        return attached(leaf, Some(bytes), ctx);
    }
    let message = match tnef::read(&bytes, ctx.budget()) {
        Err(Error::Malformed { .. }) => {
            return left_out(&threats::TNEF_LEFT_OUT, Reason::NotReadable, "winmail.dat", ctx);
        }
        read => read?,
    };
    ctx.replaced(&threats::TNEF, Spot::Here, None)?;
    if message.properties.has_trigger() {
        ctx.removed(&threats::TRIGGER, Spot::Here)?;
    }
    let include = if leaf.stands_alone { Include::Text } else { Include::Files };
    if include == Include::Files && message.attachments.is_empty() {
        return Ok(Answer::Nothing);
    }
    let content = compose::content(&message, include, ctx.budget())?;
    drop((message, bytes));
    let Some(level) = leaf.level.inner() else {
        return left_out(&threats::TNEF_LEFT_OUT, Reason::NotSupported, "winmail.dat", ctx);
    };
    let tree = parse::parse(&content, ctx.budget())?;
    let mut nodes = Vec::new();
    let root = parts::rebuild(&tree, level, &mut nodes, ctx)?;
    Ok(Answer::Tree(nodes, root))
}
