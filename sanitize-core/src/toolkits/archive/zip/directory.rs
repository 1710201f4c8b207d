//! The central directory: one header for each member.

use std::ops::Range;

use super::{
    Anomaly, AnomalyKind, CENTRAL, DosTime,
    end::End,
    extra,
    local::Local,
    member::{Member, kind, unicode_path},
};
use crate::{budget::Budget, bytes::Reader, error::Error};

/// The newest version that the specification has issued, 6.3, and the next one.
const NEWEST_VERSION: u16 = 64;

pub(super) struct Directory<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    /// The bytes the headers take.
    pub(super) range: Range<usize>,
}

/// A member as the directory describes it.
pub(super) struct Entry<'a> {
    pub(super) name: &'a [u8],
    pub(super) extra: &'a [u8],
    pub(super) made_by: u16,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) modified: DosTime,
    pub(super) crc32: u32,
    pub(super) packed_size: u64,
    pub(super) size: u64,
    pub(super) attributes: u32,
    /// As stated, before the base is added.
    pub(super) local: u64,
}

pub(super) fn read<'a>(
    input: &'a [u8],
    end: &End,
    anomalies: &mut Vec<Anomaly>,
    budget: &Budget,
) -> Result<Directory<'a>, Error> {
    let limit = end.end64.map_or(end.offset, |(start, _)| start);
    let bytes = input.get(end.directory..limit).unwrap_or_default();
    let mut reader = Reader::at(bytes, end.directory as u64);
    let mut entries = Vec::new();
    while reader.peek(4) == Some(CENTRAL) {
        budget.members(1)?;
        entries.push(header(&mut reader, entries.len(), anomalies)?);
    }
    let range = end.directory..end.directory + reader.position();
    let counted = entries.len() as u64;
    let same_count = if end.count_is_short { counted & 0xffff == end.count } else { counted == end.count };
    // A count that wrapped around at 65,536 is read by some as it stands.
    if !same_count || counted > 0xffff && end.count_is_short || range.len() as u64 != end.directory_len {
        anomalies.push(Anomaly {
            kind: AnomalyKind::DirectoryMismatch,
            offset: end.offset as u64,
            member: None,
        });
    }
    Ok(Directory { entries, range })
}

fn header<'a>(
    reader: &mut Reader<'a>,
    index: usize,
    anomalies: &mut Vec<Anomaly>,
) -> Result<Entry<'a>, Error> {
    let offset = reader.offset();
    let mut note = |kind| anomalies.push(Anomaly { kind, offset, member: Some(index) });
    reader.skip(4, "directory header")?;
    let made_by = reader.u16_le("version made by")?;
    let needed = reader.u16_le("version needed")?;
    let flags = reader.u16_le("flags")?;
    let method = reader.u16_le("method")?;
    let time = reader.u16_le("time")?;
    let date = reader.u16_le("date")?;
    let crc32 = reader.u32_le("CRC-32")?;
    let mut packed_size = u64::from(reader.u32_le("compressed size")?);
    let mut size = u64::from(reader.u32_le("size")?);
    let name_len = reader.u16_le("name length")?;
    let extra_len = reader.u16_le("extra length")?;
    let comment_len = reader.u16_le("comment length")?;
    let disk = reader.u16_le("disk number")?;
    reader.skip(2, "internal attributes")?;
    let attributes = reader.u32_le("external attributes")?;
    let mut local = u64::from(reader.u32_le("offset of the local header")?);
    let name = reader.take(name_len, "name")?;
    let extra = reader.take(extra_len, "extra fields")?;
    reader.skip(comment_len, "comment")?;
    if extra::resolve(extra, [&mut size, &mut packed_size, &mut local]).is_none() {
        note(AnomalyKind::Zip64Trick);
    }
    if disk != 0 && disk != u16::MAX {
        note(AnomalyKind::SplitArchive);
    }
    if comment_len != 0 {
        note(AnomalyKind::Comment);
    }
    if extra::has_more(extra) {
        note(AnomalyKind::ExtraFields);
    }
    // The upper byte is an operating system in some writers' reading, and is nobody's business here.
    if needed & 0xff > NEWEST_VERSION {
        note(AnomalyKind::OddVersion);
    }
    let modified = DosTime::from_fields(date, time);
    Ok(Entry { name, extra, made_by, flags, method, modified, crc32, packed_size, size, attributes, local })
}

impl<'a> Entry<'a> {
    /// The member, with its bytes where its local header was found.
    pub(super) fn member(self, local: Option<Local<'a>>) -> Member<'a> {
        Member {
            raw_name: self.name,
            utf8: self.flags & 1 << 11 != 0,
            unicode_path: unicode_path(self.extra, self.name),
            kind: kind(&self),
            size: self.size,
            packed_size: self.packed_size,
            method: self.method,
            crc32: self.crc32,
            modified: self.modified,
            encryption: super::member::encryption(&self),
            offset: local.as_ref().map_or(self.local, |local| local.range.start as u64),
            streamed: self.flags & 1 << 3 != 0,
            aes_method: super::member::aes(self.extra).map(|aes| aes.method),
            body: local.and_then(|local| local.body),
        }
    }
}
