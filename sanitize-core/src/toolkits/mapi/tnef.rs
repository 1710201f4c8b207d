//! MS-OXTNEF: `winmail.dat`, a stream of attributes around lists of properties.

use super::{Attachment, Content, DEEPEST, Message, Properties, kind, tag};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// The first bytes of every such stream.
pub(crate) const SIGNATURE: &[u8; 4] = b"\x78\x9f\x3e\x22";

/// Attributes that are looked at (2.1.3).
const SUBJECT: u32 = 0x0001_8004;
const MESSAGE_ID: u32 = 0x0001_8009;
const BODY: u32 = 0x0002_800c;
const CODE_PAGE: u32 = 0x0006_9007;
const PROPERTIES: u32 = 0x0006_9003;
const RECIPIENTS: u32 = 0x0006_9004;
const ATTACH_START: u32 = 0x0006_9002;
const ATTACH_NAME: u32 = 0x0001_8010;
const ATTACH_DATA: u32 = 0x0006_800f;
const ATTACH_PROPERTIES: u32 = 0x0006_9005;

/// IID_IMessage in front of an attached message.
const MESSAGE_OBJECT: &[u8; 16] = b"\x07\x03\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46";

/// Reads a stream. What is cut ends it; what stands in front of the cut is kept.
pub(crate) fn read(input: &[u8], budget: &Budget) -> Result<Message, Error> {
    read_at(input, 1, budget)
}

/// Recursion is bounded by [`DEEPEST`].
fn read_at(input: &[u8], depth: u32, budget: &Budget) -> Result<Message, Error> {
    if !input.starts_with(SIGNATURE) {
        return Err(malformed("TNEF signature", 0));
    }
    let mut reader = Reader::new(input);
    reader.skip(6, "TNEF signature and key")?;
    let mut message = Message::default();
    let mut open: Option<Attachment> = None;
    while reader.remaining() > 0 {
        budget.objects(1)?;
        let attribute = match attribute(&mut reader) {
            Ok(attribute) => attribute,
            Err(_) => {
                message.is_cut = true;
                break;
            }
        };
        let (id, value) = attribute;
        match id {
            SUBJECT => message.properties.add(tag::SUBJECT, kind::STRING_8, value),
            MESSAGE_ID => message.properties.add(tag::MESSAGE_ID, kind::STRING_8, value),
            BODY => message.properties.add(tag::BODY, kind::STRING_8, value),
            CODE_PAGE => {
                let page = Reader::new(value).u32_le("code page").unwrap_or(0);
                message.properties.add_fixed(tag::CODE_PAGE, kind::INTEGER_32, u64::from(page));
            }
            PROPERTIES => {
                let mut reader = Reader::new(value);
                let read = properties(&mut reader, &mut message.properties, depth, budget);
                note(read, &mut message.is_cut)?;
            }
            RECIPIENTS => {
                let read = recipients(value, &mut message.recipients, budget);
                note(read.map(|()| None), &mut message.is_cut)?;
            }
            ATTACH_START => {
                budget.members(1)?;
                message.attachments.extend(open.take());
                open = Some(Attachment {
                    properties: Properties::default(),
                    content: Content::File(Vec::new()),
                });
            }
            ATTACH_NAME => {
                if let Some(attachment) = &mut open {
                    attachment.properties.add(tag::ATTACH_NAME, kind::STRING_8, value);
                }
            }
            ATTACH_DATA => {
                if let Some(Attachment { content: Content::File(bytes), .. }) = &mut open {
                    budget.expand(value.len() as u64)?;
                    *bytes = value.to_vec();
                }
            }
            ATTACH_PROPERTIES => {
                if let Some(attachment) = &mut open {
                    let mut reader = Reader::new(value);
                    let read = properties(&mut reader, &mut attachment.properties, depth, budget);
                    match note(read, &mut message.is_cut)? {
                        Some(content) => attachment.content = content,
                        None => {
                            let method = attachment.properties.integer(tag::ATTACH_METHOD).unwrap_or(1);
                            if matches!(method, 2..=4 | 7) {
                                attachment.content = Content::Elsewhere;
                            }
                        }
                    }
                }
            }
            _ => (),
        }
    }
    message.attachments.extend(open);
    Ok(message)
}

/// What was read before a fault stays; only a limit ends the run.
fn note(read: Result<Option<Content>, Error>, is_cut: &mut bool) -> Result<Option<Content>, Error> {
    match read {
        Err(error) if error.ends_run() => Err(error),
        Err(_) => {
            *is_cut = true;
            Ok(None)
        }
        read => read,
    }
}

/// Level, id, length, value, checksum (2.1.2). The checksum is not asked: other readers do not ask it either.
fn attribute<'a>(reader: &mut Reader<'a>) -> Result<(u32, &'a [u8]), Error> {
    reader.skip(1, "attribute level")?;
    let id = reader.u32_le("attribute id")?;
    let len = reader.u32_le("attribute length")?;
    let value = reader.take(len, "attribute value")?;
    // The last one is often written without its checksum.
    let _checksum = reader.skip(2, "attribute checksum");
    Ok((id, value))
}

/// A table of recipients: a count, then lists of properties (2.1.3.5.1).
fn recipients(value: &[u8], recipients: &mut Vec<Properties>, budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader::new(value);
    let count = reader.u32_le("recipient count")?;
    for _ in 0..count {
        budget.objects(1)?;
        let mut of_one = Properties::default();
        properties(&mut reader, &mut of_one, DEEPEST, budget)?;
        recipients.push(of_one);
    }
    Ok(())
}

/// A list of properties (2.1.3.4). Returns the object that an attachment is, if it is one.
fn properties(
    reader: &mut Reader<'_>,
    properties: &mut Properties,
    depth: u32,
    budget: &Budget,
) -> Result<Option<Content>, Error> {
    let count = reader.u32_le("property count")?;
    let mut content = None;
    for _ in 0..count {
        budget.objects(1)?;
        let kind = reader.u16_le("property type")?;
        let number = reader.u16_le("property number")?;
        if number >= 0x8000 {
            reader.skip(16, "property set")?;
            if reader.u32_le("kind of property name")? == 0 {
                properties.named.push(reader.u32_le("property name")?);
            } else {
                padded(reader, "property name")?;
            }
        }
        let is_many = kind & 0x1000 != 0;
        let single = kind & 0x0fff;
        let is_variable = matches!(single, kind::STRING_8 | kind::UNICODE | kind::BINARY | kind::OBJECT);
        let values = if is_many || is_variable { reader.u32_le("value count")? } else { 1 };
        for _ in 0..values {
            budget.objects(1)?;
            if is_variable {
                let value = padded(reader, "property value")?;
                if single == kind::OBJECT && number == tag::ATTACH_DATA {
                    content = Some(object(value, depth, budget)?);
                } else if !is_many && number < 0x8000 {
                    budget.expand(value.len() as u64)?;
                    properties.add(number, single, value);
                }
                continue;
            }
            let value = match single {
                0x0005 | 0x0006 | 0x0007 | 0x0014 | kind::TIME => {
                    let low = reader.u32_le("property value")?;
                    u64::from(reader.u32_le("property value")?) << 32 | u64::from(low)
                }
                0x0048 => {
                    reader.skip(16, "property value")?;
                    0
                }
                // Any number of values that take no room would be a claim that nothing bounds.
                0x0000 | 0x0001 if is_many => return Err(malformed("property type", 0)),
                0x0000 | 0x0001 => 0,
                _ => u64::from(reader.u32_le("property value")?),
            };
            if !is_many && number < 0x8000 {
                properties.add_fixed(number, single, value);
            }
        }
    }
    Ok(content)
}

/// A length, and so many bytes, filled up to a multiple of four.
fn padded<'a>(reader: &mut Reader<'a>, what: &'static str) -> Result<&'a [u8], Error> {
    let len = reader.u32_le(what)?;
    let value = reader.take(len, what)?;
    let padding = len.wrapping_neg() & 3;
    // The last value of a list may end without it.
    let _padding = reader.skip(padding, what);
    Ok(value)
}

/// An attached message, which is a stream of its own, or another object.
fn object(value: &[u8], depth: u32, budget: &Budget) -> Result<Content, Error> {
    match value.split_at_checked(16) {
        Some((id, inner)) if id == MESSAGE_OBJECT && depth < DEEPEST => {
            Ok(Content::Message(Box::new(read_at(inner, depth + 1, budget)?)))
        }
        _ => Ok(Content::Object),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    #[test]
    fn many_values_without_room_are_none() {
        let list = [&1_u32.to_le_bytes()[..], b"\x01\x10\x10\0", &u32::MAX.to_le_bytes()].concat();
        let mut file = [&SIGNATURE[..], b"\0\0\x01"].concat();
        file.extend(PROPERTIES.to_le_bytes());
        file.extend((list.len() as u32).to_le_bytes());
        file.extend(list);
        let limits = Limits { objects: 1_000, ..Limits::default() };
        let message = read(&file, &Budget::new(&limits, file.len() as u64, Cancel::new())).unwrap();
        assert!(message.is_cut);
    }
}
