//! MS-OXMSG: a compound file with a storage for each recipient and attachment.

use super::{Attachment, Content, DEEPEST, Message, Properties, tag};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::Error,
    toolkits::archive::cfb::{CompoundFile, Entry, EntryKind},
};

/// Properties of fixed length, and which of variable length there are.
pub(crate) const PROPERTIES: &str = "__properties_version1.0";
const VALUE: &str = "__substg1.0_";
const RECIPIENT: &str = "__recip_version1.0_";
const ATTACHMENT: &str = "__attach_version1.0_";
const NAMES: &str = "__nameid_version1.0";
/// An attached message, or an object.
const OBJECT: &str = "__substg1.0_3701000D";

/// Attached by address or path, not by value (MS-OXCMSG, 2.2.2.9).
const BY_REFERENCE: [u32; 4] = [2, 3, 4, 7];

/// A storage of the file, with what is directly in it.
struct Storage<'a> {
    file: &'a CompoundFile<'a>,
    children: &'a [Vec<usize>],
    index: usize,
    budget: &'a Budget,
}

impl<'a> Storage<'a> {
    fn entries(&self) -> impl Iterator<Item = (usize, &'a Entry)> + use<'a> {
        let file = self.file;
        let children = self.children.get(self.index).map(Vec::as_slice).unwrap_or_default();
        children.iter().filter_map(move |index| Some((*index, file.entries().get(*index)?)))
    }

    fn inner(&self, index: usize) -> Self {
        Self { index, ..*self }
    }

    /// Storages whose name begins with `prefix`, in the order of their names.
    fn storages(&self, prefix: &str) -> Vec<Self> {
        let mut found: Vec<(&str, usize)> = self
            .entries()
            .filter(|(_, entry)| entry.kind == EntryKind::Storage && entry.name.starts_with(prefix))
            .map(|(index, entry)| (entry.name.as_str(), index))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, index)| self.inner(index)).collect()
    }

    fn storage(&self, name: &str) -> Option<Self> {
        let is = |entry: &Entry| entry.kind == EntryKind::Storage && entry.name.eq_ignore_ascii_case(name);
        self.entries().find(|(_, entry)| is(entry)).map(|(index, _)| self.inner(index))
    }

    /// The properties of this storage; `header` bytes stand in front of the fixed ones. What cannot be read is
    /// left out, and said.
    fn properties(&self, header: usize, is_cut: &mut bool) -> Result<Properties, Error> {
        let mut properties = Properties::default();
        for (_, entry) in self.entries().filter(|(_, entry)| entry.kind == EntryKind::Stream) {
            self.budget.objects(1)?;
            let number = entry.name.strip_prefix(VALUE).filter(|digits| digits.len() == 8);
            let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
            let is_fixed = entry.name == PROPERTIES;
            if number.is_none() && !is_fixed {
                continue;
            }
            let value = match self.file.read_stream(entry, self.budget) {
                Ok(value) => value,
                Err(Error::Malformed { .. }) => {
                    *is_cut = true;
                    continue;
                }
                Err(error) => return Err(error),
            };
            match number {
                Some(number) => properties.add((number >> 16) as u16, (number & 0xffff) as u16, &value),
                None => fixed(value.get(header..).unwrap_or_default(), &mut properties, self.budget)?,
            }
        }
        Ok(properties)
    }
}

/// Entries of sixteen bytes: type and number, flags, value (2.4.2).
fn fixed(entries: &[u8], properties: &mut Properties, budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader::new(entries);
    while reader.remaining() >= 16 {
        budget.objects(1)?;
        let kind = reader.u16_le("property type")?;
        let number = reader.u16_le("property number")?;
        reader.skip(4, "property flags")?;
        let low = reader.u32_le("property value")?;
        let high = reader.u32_le("property value")?;
        properties.add_fixed(number, kind, u64::from(high) << 32 | u64::from(low));
    }
    Ok(())
}

/// Reads the message that `file` holds.
pub(crate) fn read(file: &CompoundFile<'_>, budget: &Budget) -> Result<Message, Error> {
    let mut children = vec![Vec::new(); file.entries().len()];
    for (index, entry) in file.entries().iter().enumerate().skip(1) {
        if let Some(of_parent) = children.get_mut(entry.parent) {
            of_parent.push(index);
        }
    }
    let root = Storage { file, children: &children, index: 0, budget };
    let mut message = read_message(&root, 32, 1)?;
    if let Some(names) = root.storage(NAMES) {
        message.properties.named = named(&names)?;
    }
    Ok(message)
}

/// Numbers of the named properties in the map of names (2.2.3.1.2): eight bytes each, the number, then the kind
/// in the lowest bit.
fn named(names: &Storage<'_>) -> Result<Vec<u32>, Error> {
    let mut numbers = Vec::new();
    let entry = names.entries().find(|(_, entry)| entry.name.eq_ignore_ascii_case("__substg1.0_00030102"));
    let Some((_, entry)) = entry.filter(|(_, entry)| entry.kind == EntryKind::Stream) else {
        return Ok(numbers);
    };
    let map = match names.file.read_stream(entry, names.budget) {
        Err(Error::Malformed { .. }) => return Ok(numbers),
        read => read?,
    };
    for entry in map.as_chunks::<8>().0 {
        names.budget.objects(1)?;
        let [a, b, c, d, kind, ..] = *entry;
        if kind & 1 == 0 {
            numbers.push(u32::from_le_bytes([a, b, c, d]));
        }
    }
    Ok(numbers)
}

/// Recursion is bounded by [`DEEPEST`].
fn read_message(storage: &Storage<'_>, header: usize, depth: u32) -> Result<Message, Error> {
    let mut message = Message::default();
    let mut is_cut = false;
    message.properties = storage.properties(header, &mut is_cut)?;
    for recipient in storage.storages(RECIPIENT) {
        storage.budget.objects(1)?;
        message.recipients.push(recipient.properties(8, &mut is_cut)?);
    }
    for attachment in storage.storages(ATTACHMENT) {
        storage.budget.members(1)?;
        let properties = attachment.properties(8, &mut is_cut)?;
        let method = properties.integer(tag::ATTACH_METHOD).unwrap_or(1);
        let content = match attachment.storage(OBJECT) {
            Some(inner) if method == 5 && depth < DEEPEST => {
                Content::Message(Box::new(read_message(&inner, 24, depth + 1)?))
            }
            Some(_) => Content::Object,
            None if BY_REFERENCE.contains(&method) => Content::Elsewhere,
            None => match properties.binaries.get(&tag::ATTACH_DATA) {
                Some(bytes) => Content::File(bytes.clone()),
                None => {
                    is_cut = true;
                    continue;
                }
            },
        };
        message.attachments.push(Attachment { properties, content });
    }
    message.is_cut = is_cut;
    Ok(message)
}
