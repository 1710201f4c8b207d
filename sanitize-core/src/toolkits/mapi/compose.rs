//! A message as a mail in the simplest form: one of each header, all in base64. What is in it is as little to be
//! trusted as before.

use super::{Attachment, Content, Message, Properties, charset_of, page_of_language, rtf, tag};
use crate::{
    budget::{Budget, Cancel},
    error::Error,
    limits::Limits,
    toolkits::{
        charset::label,
        mime::{
            address::{self, Address, List, Mailbox, Spec},
            date::DateTime,
            fold,
            header::{self, Block},
            transfer,
        },
    },
};

/// A part with its own headers.
type Part = Vec<u8>;

/// Writes `message` as a mail.
pub(crate) fn mail(message: &Message, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = headers(message);
    output.extend_from_slice(b"MIME-Version: 1.0\r\n");
    output.extend(entity(message, Include::Text, budget, 0)?);
    Ok(output)
}

/// The parts that stand in place of a container in a mail that has headers of its own: the text, and the files.
pub(crate) fn content(message: &Message, include: Include, budget: &Budget) -> Result<Vec<u8>, Error> {
    entity(message, include, budget, 0)
}

/// What of a message becomes parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Include {
    /// Text and files.
    Text,
    /// Files alone: the text stands somewhere else.
    Files,
}

/// Recursion is bounded by how deep messages are read.
fn entity(message: &Message, include: Include, budget: &Budget, depth: u32) -> Result<Part, Error> {
    let code_page = code_page(&message.properties);
    let mut parts = Vec::new();
    if include == Include::Text {
        parts.push(text(message, code_page, budget, depth)?);
    }
    for attachment in &message.attachments {
        parts.push(file(attachment, code_page, budget, depth)?);
    }
    Ok(multipart("mixed", depth, 'm', parts))
}

fn multipart(kind: &str, depth: u32, mark: char, mut parts: Vec<Part>) -> Part {
    if parts.len() == 1 {
        return parts.pop().unwrap_or_default();
    }
    // Everything inside is base64, where no line begins with a hyphen.
    let boundary = format!("{mark}{depth}_");
    let mut output = Vec::new();
    fold::parameters("Content-Type", &format!("multipart/{kind}"), &[("boundary", &boundary)], &mut output);
    output.extend_from_slice(b"\r\n");
    for part in parts {
        output.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
        output.extend(part);
        output.extend_from_slice(b"\r\n");
    }
    output.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    output
}

/// The page of text that is not Unicode: the message's own, that of its language, or that of its HTML unless this
/// is UTF-8, which no other text of a message is in.
fn code_page(properties: &Properties) -> Option<u32> {
    let of_language = || properties.integer(tag::LOCALE).and_then(page_of_language);
    let of_html = || properties.integer(tag::INTERNET_CODE_PAGE).filter(|page| *page != 65_001);
    let page = properties.integer(tag::CODE_PAGE).or_else(of_language).or_else(of_html);
    page.filter(|page| charset_of(*page).is_some())
}

/// Plain text and HTML. RTF is read where there is no HTML: it is what Outlook shows.
fn text(message: &Message, code_page: Option<u32>, budget: &Budget, depth: u32) -> Result<Part, Error> {
    let properties = &message.properties;
    let mut plain = properties.text(tag::BODY, code_page);
    let mut html = properties.unicode(tag::HTML).map(str::to_owned).or_else(|| {
        let (bytes, page) = match (properties.binary(tag::HTML), properties.narrow(tag::HTML)) {
            (Some(bytes), _) => (bytes, properties.integer(tag::INTERNET_CODE_PAGE).or(code_page)),
            (None, Some(bytes)) => (bytes, code_page),
            (None, None) => return None,
        };
        // Valid UTF-8 is that, whatever page is given beside it.
        let label = if str::from_utf8(bytes).is_ok() { Some("utf-8") } else { page.and_then(charset_of) };
        Some(label::decode(bytes, label).text.trim_end_matches('\0').to_owned())
    });
    if html.is_none()
        && let Some(packed) = properties.binary(tag::RTF)
    {
        match rtf::unpack(packed, budget).and_then(|rtf| rtf::read(&rtf, budget)) {
            Ok(rtf::Text::Html(text)) => html = Some(text),
            Ok(rtf::Text::Plain(text)) if plain.is_none() => plain = Some(text),
            Ok(rtf::Text::Plain(_)) => (),
            Err(error) if error.ends_run() => return Err(error),
            Err(_) => (),
        }
    }
    let mut parts = Vec::new();
    if let Some(plain) = plain.filter(|plain| html.is_none() || !plain.trim().is_empty()) {
        parts.push(text_part("text/plain", &plain));
    }
    if let Some(html) = html.filter(|html| !html.trim().is_empty()) {
        parts.push(text_part("text/html", &html));
    }
    if parts.is_empty() {
        parts.push(text_part("text/plain", ""));
    }
    Ok(multipart("alternative", depth, 'a', parts))
}

fn text_part(media_type: &str, text: &str) -> Part {
    let mut output = Vec::new();
    fold::parameters("Content-Type", media_type, &[("charset", "utf-8")], &mut output);
    // Outlook ends lines in its own ways; a mail has one.
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    packed(text.as_bytes(), &mut output);
    output
}

fn packed(bytes: &[u8], output: &mut Vec<u8>) {
    output.extend_from_slice(b"Content-Transfer-Encoding: base64\r\n\r\n");
    transfer::write_base64(bytes, output);
}

/// A name or text as one line without controls.
fn line(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}

fn file(attachment: &Attachment, code_page: Option<u32>, budget: &Budget, depth: u32) -> Result<Part, Error> {
    let properties = &attachment.properties;
    let name = [tag::ATTACH_LONG_NAME, tag::ATTACH_NAME, tag::DISPLAY_NAME]
        .into_iter()
        .find_map(|tag| properties.text(tag, code_page))
        .map(|name| line(&name));
    let mut output = Vec::new();
    let mut name_parameter: Vec<(&str, &str)> =
        name.as_deref().map(|name| ("filename", name)).into_iter().collect();
    match &attachment.content {
        Content::File(bytes) => {
            budget.expand(bytes.len() as u64)?;
            let media_type = properties.text(tag::ATTACH_TYPE, code_page).unwrap_or_default();
            let id = properties.text(tag::CONTENT_ID, code_page).map(|id| line(&id));
            let is_picture = media_type.starts_with("image/");
            fold::token("Content-Type", "application/octet-stream", &mut output);
            let disposition = if is_picture && id.is_some() { "inline" } else { "attachment" };
            fold::parameters("Content-Disposition", disposition, &name_parameter, &mut output);
            if let Some(id) = id.filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic()))
            {
                fold::token("Content-ID", &format!("<{id}>"), &mut output);
            }
            packed(bytes, &mut output);
        }
        Content::Message(message) => {
            let inner = name.as_deref().map(|name| format!("{}.eml", name.trim_end_matches(".msg")));
            name_parameter = inner.as_deref().map(|name| ("filename", name)).into_iter().collect();
            fold::token("Content-Type", "message/rfc822", &mut output);
            fold::parameters("Content-Disposition", "attachment", &name_parameter, &mut output);
            output.extend_from_slice(b"\r\n");
            output.extend(headers(message));
            output.extend_from_slice(b"MIME-Version: 1.0\r\n");
            output.extend(entity(message, Include::Text, budget, depth + 1)?);
        }
        Content::Object | Content::Elsewhere => {
            // For whoever rebuilds it: a part that is not here.
            fold::token("Content-Type", "message/external-body", &mut output);
            fold::parameters("Content-Disposition", "attachment", &name_parameter, &mut output);
            output.extend_from_slice(b"\r\n");
        }
    }
    Ok(output)
}

/// Headers by the properties; where one has no address, by the headers that the mail came with.
fn headers(message: &Message) -> Vec<u8> {
    let properties = &message.properties;
    let code_page = code_page(properties);
    let transport = properties.text(tag::TRANSPORT_HEADERS, code_page).unwrap_or_default();
    let transport = transport.trim_start().as_bytes();
    // The header reader counts what it reads; here it is bounded by the property itself.
    let unbounded = Limits { objects: u64::MAX, timeout_ms: 0, ..Limits::default() };
    let budget = Budget::new(&unbounded, 0, Cancel::new());
    let block = header::read(transport, 0, transport.len(), &budget).unwrap_or_default();
    let mut output = Vec::new();
    let sender = sender(properties, code_page);
    let has_address = sender.address.is_some();
    match block.first("From").map(|from| address::parse(&from.unfolded())) {
        Some(from) if !has_address && !from.addresses.is_empty() => {
            fold::addresses("From", &from, &mut output)
        }
        _ if has_address || !sender.name.is_empty() => {
            fold::addresses("From", &list(vec![sender]), &mut output)
        }
        _ => (),
    }
    for (name, kind, display) in [("To", 1, tag::DISPLAY_TO), ("Cc", 2, tag::DISPLAY_CC)] {
        recipients(message, &block, name, kind, display, code_page, &mut output);
    }
    if let Some(reply_to) = block.first("Reply-To") {
        let list = address::parse(&reply_to.unfolded());
        if !list.addresses.is_empty() {
            fold::addresses("Reply-To", &list, &mut output);
        }
    }
    let subject = properties.text(tag::SUBJECT, code_page).unwrap_or_default();
    // A control and a length can stand in front of it: how long its prefix is (MS-OXCMSG, 2.2.1.9).
    fold::text("Subject", line(&subject).trim(), &mut output);
    let time = properties.time(tag::SUBMIT_TIME).or_else(|| properties.time(tag::DELIVERY_TIME));
    let given =
        block.first("Date").and_then(|date| DateTime::parse(&String::from_utf8_lossy(&date.unfolded())));
    if let Some(date) = given.or_else(|| time.and_then(DateTime::utc)) {
        fold::token("Date", &date.to_string(), &mut output);
    }
    for (name, tag) in
        [("Message-ID", tag::MESSAGE_ID), ("In-Reply-To", tag::IN_REPLY_TO), ("References", tag::REFERENCES)]
    {
        let ids = properties.text(tag, code_page).map(|ids| line(&ids)).unwrap_or_default();
        let ids = ids.split_ascii_whitespace().filter(|id| id.is_ascii() && id.len() < 900);
        let ids: Vec<&str> = ids.filter(|id| id.starts_with('<') && id.ends_with('>')).take(1_000).collect();
        if !ids.is_empty() {
            fold::tokens(name, ids.into_iter(), &mut output);
        }
    }
    output
}

fn list(mailboxes: Vec<Mailbox>) -> List {
    List { addresses: mailboxes.into_iter().map(Address::Mailbox).collect(), ..List::default() }
}

fn mailbox(name: Option<String>, addresses: [Option<String>; 2]) -> Mailbox {
    let address = addresses.into_iter().flatten().filter(|address| address.contains('@'));
    let address = address.filter_map(|address| Spec::parse(&line(&address))).next();
    let name = line(&name.unwrap_or_default());
    let name = name.trim().trim_matches(['\'', '"']).to_owned();
    // A name that is the address itself says nothing more.
    let is_same = address.as_ref().is_some_and(|address| address.to_string() == name);
    Mailbox { name: if is_same { String::new() } else { name }, address }
}

fn sender(properties: &Properties, code_page: Option<u32>) -> Mailbox {
    let text = |tag| properties.text(tag, code_page);
    let sent = mailbox(text(tag::SENT_NAME), [text(tag::SENT_SMTP), text(tag::SENT_ADDRESS)]);
    let sender = mailbox(text(tag::SENDER_NAME), [text(tag::SENDER_SMTP), text(tag::SENDER_ADDRESS)]);
    if sent.address.is_some() {
        // The same person under both roles, with a name under one of them.
        return if sent.name.is_empty() && sent.address == sender.address { sender } else { sent };
    }
    if sender.address.is_some() || sent.name.is_empty() { sender } else { sent }
}

fn recipients(
    message: &Message,
    block: &Block<'_>,
    name: &'static str,
    kind: u32,
    display: u16,
    code_page: Option<u32>,
    output: &mut Vec<u8>,
) {
    let of_kind = |recipient: &&Properties| recipient.integer(tag::RECIPIENT_TYPE).unwrap_or(1) & 15 == kind;
    let found: Vec<Mailbox> = message
        .recipients
        .iter()
        .filter(of_kind)
        .map(|recipient| {
            let text = |tag| recipient.text(tag, code_page);
            mailbox(text(tag::DISPLAY_NAME), [text(tag::SMTP_ADDRESS), text(tag::ADDRESS)])
        })
        .filter(|mailbox| mailbox.address.is_some() || !mailbox.name.is_empty())
        .collect();
    if !found.is_empty() {
        return fold::addresses(name, &list(found), output);
    }
    if let Some(header) = block.first(name) {
        let list = address::parse(&header.unfolded());
        if !list.addresses.is_empty() {
            return fold::addresses(name, &list, output);
        }
    }
    // Names alone, with semicolons between them.
    let names = message.properties.text(display, code_page).unwrap_or_default();
    let names: Vec<Mailbox> = names
        .split(';')
        .map(|name| mailbox(Some(name.to_owned()), [Some(name.to_owned()), None]))
        .filter(|mailbox| mailbox.address.is_some() || !mailbox.name.is_empty())
        .collect();
    if !names.is_empty() {
        fold::addresses(name, &list(names), output);
    }
}
