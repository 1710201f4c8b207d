use super::{
    model::{Mailbox, POSTMARK},
    parse::Message,
    threats,
};
use crate::{
    engine::{
        ctx::{Ctx, Nested},
        notice,
    },
    error::Error,
    format,
    report::{Action, Detail, Spot},
    toolkits::mime::transfer,
};

pub(super) fn rebuild(messages: &[Message<'_>], ctx: &mut Ctx<'_>) -> Result<Mailbox, Error> {
    for message in messages {
        if message.postmark != POSTMARK.as_bytes() {
            // One finding stands for all of them: they say the same of every mail.
            ctx.removed(&threats::POSTMARK, message.offset)?;
            break;
        }
    }
    let rebuilt =
        ctx.each_part(messages, |message| &message.name, |message| message.bytes.len() as u64, one)?;
    Ok(Mailbox(rebuilt.into_iter().flatten().collect()))
}

/// A mail, or what stands in its place.
fn one(message: &Message<'_>, ctx: &mut Ctx<'_>) -> Result<Option<Vec<u8>>, Error> {
    let reason = match ctx.nested_here(&message.name, &message.bytes)? {
        Nested::Rebuilt { bytes, format } if format == format::EML => return Ok(Some(bytes.into_bytes())),
        Nested::Rebuilt { .. } => notice::Reason::NotSupported,
        Nested::Rejected(rejection) => notice::reason(rejection.reason),
    };
    match ctx.choose_with(&threats::MESSAGE, Spot::Here, Detail::name(&message.name))? {
        Action::Replace => stand_in(reason, message, ctx).map(Some),
        _ => Ok(None),
    }
}

/// Headers by which a reader knows which mail is gone.
const KNOWN_BY: [&str; 4] = ["From", "To", "Subject", "Date"];

/// A mail that says why the one in its place is gone: from whom it was and what about, where that can be read.
fn stand_in(reason: notice::Reason, message: &Message<'_>, ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let own = format!("Subject: {}\r\n", message.name).into_bytes();
    for headers in [known_headers(&message.bytes), own] {
        let mut mail = headers;
        mail.extend_from_slice(
            b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
              Content-Transfer-Encoding: base64\r\n\r\n",
        );
        transfer::write_base64(notice::text(reason).as_bytes(), &mut mail);
        mail.extend_from_slice(b"\r\n");
        if let Nested::Rebuilt { bytes, format } = ctx.nested_here(&message.name, &mail)?
            && format == format::EML
        {
            return Ok(bytes.into_bytes());
        }
    }
    Err(Error::Internal("a notice that is no mail"))
}

/// The first header of each of these names, with the lines on which it goes on.
fn known_headers(message: &[u8]) -> Vec<u8> {
    /// More than a mail's head has, less than what takes long.
    const LINES: usize = 1_000;
    let mut headers = Vec::new();
    let mut wanted: Vec<&str> = KNOWN_BY.to_vec();
    let mut is_wanted = false;
    for line in message.split_inclusive(|byte| *byte == b'\n').take(LINES) {
        if line.trim_ascii().is_empty() {
            break;
        }
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
            let found = wanted.iter().position(|wanted| name.eq_ignore_ascii_case(wanted.as_bytes()));
            is_wanted = found.is_some();
            found.map(|found| wanted.swap_remove(found));
        }
        if is_wanted {
            headers.extend_from_slice(line.trim_ascii_end());
            headers.extend_from_slice(b"\r\n");
        }
    }
    headers
}
