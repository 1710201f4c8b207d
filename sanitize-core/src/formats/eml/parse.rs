//! What kind of file claims to be a mail, and the tree in it.

use crate::{
    budget::Budget,
    error::Error,
    toolkits::mime::tree::{self, Message},
};

/// Headers by which a mail is recognised: at least one stands in every one.
const KNOWN: [&str; 26] = [
    "bcc",
    "cc",
    "content-disposition",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "in-reply-to",
    "message-id",
    "mime-version",
    "received",
    "references",
    "reply-to",
    "resent-from",
    "return-path",
    "sender",
    "subject",
    "to",
    "x-mailer",
    "x-mozilla-status",
    "x-original-to",
    "x-priority",
    "x-received",
    "x-unsent",
];

/// How many lines are looked at.
const LINES: usize = 60;

/// How much the beginning of a file looks like one of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Not at all.
    None,
    /// A header that mails have.
    Some,
    /// Headers that nothing but mails have: the beginning alone tells.
    Plain,
}

/// The likeness of the first lines.
pub(super) fn likeness(bytes: &[u8]) -> Likeness {
    let head = bytes.get(..64 << 10).unwrap_or(bytes);
    let head = postmark(head).map_or(head, |end| head.get(end..).unwrap_or_default());
    let mut known = 0_usize;
    for (index, line) in head.split(|byte| *byte == b'\n').take(LINES).enumerate() {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if matches!(line.first(), Some(b' ' | b'\t')) && index > 0 {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else { break };
        let name = line.get(..colon).unwrap_or_default();
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            break;
        }
        known += usize::from(KNOWN.iter().any(|header| name.eq_ignore_ascii_case(header.as_bytes())));
    }
    match known {
        0 => Likeness::None,
        1 => Likeness::Some,
        _ => Likeness::Plain,
    }
}

/// Where the line ends by which a mailbox begins: `From ` in front of headers (RFC 4155).
pub(super) fn postmark(bytes: &[u8]) -> Option<usize> {
    bytes.starts_with(b"From ").then(|| memchr::memchr(b'\n', bytes).map_or(bytes.len(), |feed| feed + 1))
}

/// True when another message begins behind the first: a `From ` line between an empty line and a header.
pub(super) fn holds_more(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"\nFrom ").any(|at| {
        let before = bytes.get(..at).unwrap_or_default();
        let after_blank = before.ends_with(b"\n") || before.ends_with(b"\n\r");
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let next = memchr::memchr(b'\n', rest).and_then(|feed| rest.get(feed + 1..)).unwrap_or_default();
        after_blank && likeness(next) != Likeness::None
    })
}

pub(super) fn parse<'a>(bytes: &'a [u8], budget: &Budget) -> Result<Message<'a>, Error> {
    tree::parse(bytes, budget)
}
