use super::model::{Mailbox, POSTMARK};
use crate::{budget::Budget, error::Error};

/// Lines end in LF, as RFC 4155 asks of mailboxes. No line of a rebuilt mail begins with `From `, so that none is
/// taken for the beginning of another, and none must be changed.
pub(super) fn write(mailbox: &Mailbox, budget: &Budget) -> Result<Vec<u8>, Error> {
    let len: usize = mailbox.0.iter().map(|message| message.len() + POSTMARK.len() + 2).sum();
    let mut output = budget.reserve(len as u64)?;
    for message in &mailbox.0 {
        output.extend_from_slice(POSTMARK.as_bytes());
        output.push(b'\n');
        for line in message.split(|byte| *byte == b'\r') {
            output.extend_from_slice(line);
        }
        output.push(b'\n');
    }
    Ok(output)
}
