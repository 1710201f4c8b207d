use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// Reads a mailbox line by line: ASCII, the one line between mails and no other that begins like it, and behind each
/// of them a header. What is in a mail was verified as a mail.
pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    const BETWEEN: &[u8] = b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970";
    if !output.is_ascii() || !output.ends_with(b"\n\n") {
        return Err(malformed("mailbox", 0));
    }
    let mut is_blank = true;
    let mut begins = false;
    let mut at = 0;
    for line in output.split(|byte| *byte == b'\n') {
        let wrong = |what| Err(malformed(what, at as u64));
        if line.iter().any(|byte| matches!(byte, 0..=8 | 11..=31 | 127)) {
            return wrong("character");
        }
        if at == 0 && line != BETWEEN {
            return wrong("first line");
        }
        if begins && !line.contains(&b':') {
            return wrong("beginning of a mail");
        }
        begins = line.starts_with(b"From ");
        if begins {
            budget.objects(1)?;
            if line != BETWEEN || !is_blank {
                return wrong("line between mails");
            }
        }
        is_blank = line.is_empty();
        at += line.len() + 1;
    }
    Ok(())
}
