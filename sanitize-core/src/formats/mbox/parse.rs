use std::borrow::Cow;

use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::mime::mailbox,
};

/// A mail as it stands in the mailbox.
pub(super) struct Message<'a> {
    /// Its number, from 1, as the name of a mail: `1.eml`.
    pub(super) name: String,
    /// The line in front of it, without its end.
    pub(super) postmark: &'a [u8],
    /// Where it begins.
    pub(super) offset: usize,
    /// With the line ends that mails have.
    pub(super) bytes: Cow<'a, [u8]>,
}

pub(super) fn parse<'a>(input: &'a [u8], budget: &Budget) -> Result<Vec<Message<'a>>, Error> {
    let found = mailbox::messages(input);
    if found.is_empty() {
        return Err(malformed("line of a mailbox", 0));
    }
    budget.members(found.len() as u64)?;
    let mut messages = Vec::with_capacity(found.len());
    for (index, message) in found.into_iter().enumerate() {
        messages.push(Message {
            name: format!("{}.eml", index + 1),
            postmark: message.postmark.trim_ascii_end(),
            offset: message.offset,
            bytes: with_line_ends(message.bytes, budget)?,
        });
    }
    Ok(messages)
}

/// Mailboxes on Unix end lines in LF alone (RFC 4155, appendix A). Where a mail has any other line end, it stays as
/// it is, for its own rebuild to judge.
fn with_line_ends<'a>(bytes: &'a [u8], budget: &Budget) -> Result<Cow<'a, [u8]>, Error> {
    if memchr::memchr(b'\r', bytes).is_some() {
        return Ok(Cow::Borrowed(bytes));
    }
    let lines = memchr::memchr_iter(b'\n', bytes).count();
    let mut output = budget.reserve((bytes.len() + lines) as u64)?;
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                output.extend_from_slice(line);
                output.extend_from_slice(b"\r\n");
            }
            None => output.extend_from_slice(line),
        }
    }
    Ok(Cow::Owned(output))
}
