//! Where a mail begins, alone in a file or among others in a mailbox (RFC 4155).

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
pub(crate) enum Likeness {
    /// Not at all.
    None,
    /// A header that mails have.
    Some,
    /// Headers that nothing but mails have: the beginning alone tells.
    Plain,
}

/// The likeness of the first lines.
pub(crate) fn likeness(bytes: &[u8]) -> Likeness {
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
pub(crate) fn postmark(bytes: &[u8]) -> Option<usize> {
    bytes.starts_with(b"From ").then(|| memchr::memchr(b'\n', bytes).map_or(bytes.len(), |feed| feed + 1))
}

/// A message of a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Message<'a> {
    /// Where its `From ` line begins.
    pub(crate) offset: usize,
    /// That line, with its end.
    pub(crate) postmark: &'a [u8],
    pub(crate) bytes: &'a [u8],
}

/// The messages of a mailbox. None where the bytes do not begin with such a line. Programs disagree about `From ` lines in text: here one begins a message when
/// it stands behind an empty line and in front of a header that mails have.
pub(crate) fn messages(bytes: &[u8]) -> Vec<Message<'_>> {
    let mut starts = Vec::new();
    if bytes.starts_with(b"From ") {
        starts.push(0);
        starts.extend(later_starts(bytes));
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let whole = bytes.get(*start..end).unwrap_or_default();
            let (postmark, message) =
                whole.split_at_checked(postmark(whole).unwrap_or(0)).unwrap_or_default();
            // The empty line behind a message belongs to the mailbox.
            let bytes = match message {
                [kept @ .., b'\n', b'\r', b'\n'] => message.get(..kept.len() + 1).unwrap_or(message),
                [kept @ .., b'\n', b'\n'] => message.get(..kept.len() + 1).unwrap_or(message),
                _ => message,
            };
            Message { offset: *start, postmark, bytes }
        })
        .collect()
}

/// True when another message begins behind the first.
pub(crate) fn holds_more(bytes: &[u8]) -> bool {
    later_starts(bytes).next().is_some()
}

fn later_starts(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1).filter(|at| {
        let before = bytes.get(..*at).unwrap_or_default();
        let after_blank = before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
        let rest = bytes.get(*at..).unwrap_or_default();
        let next = postmark(rest).and_then(|end| rest.get(end..)).unwrap_or_default();
        // Each look ends at an empty line, in front of the next candidate.
        after_blank && likeness(next) != Likeness::None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_text_that_begins_with_from_begins_no_message() {
        let mailbox = b"From a Mon\nSubject: x\n\nDear you,\n\nFrom here on: nothing\nSee\n\nFrom b Tue\nTo: c\n\ny\n\n";
        let read = messages(mailbox);
        let bodies: Vec<&[u8]> = read.iter().map(|message| message.bytes).collect();
        assert_eq!(bodies.len(), 2);
        assert!(bodies[0].ends_with(b"See\n") && bodies[1] == b"To: c\n\ny\n");
        assert_eq!(read[1].postmark, b"From b Tue\n");
        assert!(messages(b"Subject: x\n\ny\n").is_empty());
    }
}
