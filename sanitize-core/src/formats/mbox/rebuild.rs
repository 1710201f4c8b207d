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
    let rebuilt = ctx.each_part(messages, |message| &message.name, one)?;
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

/// A mail that says why the one in its place is gone, in the form in which mails are written.
fn stand_in(reason: notice::Reason, message: &Message<'_>, ctx: &mut Ctx<'_>) -> Result<Vec<u8>, Error> {
    let mut mail = format!("Subject: {}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n", message.name).into_bytes();
    transfer::write_base64(notice::text(reason).as_bytes(), &mut mail);
    mail.extend_from_slice(b"\r\n");
    match ctx.nested_here(&message.name, &mail)? {
        Nested::Rebuilt { bytes, .. } => Ok(bytes.into_bytes()),
        Nested::Rejected(_) => Err(Error::Internal("a notice that is no mail")),
    }
}
