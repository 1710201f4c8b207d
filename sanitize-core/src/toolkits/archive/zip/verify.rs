//! Reads what the writer writes, and nothing else. Shares no code with the writer or the reader, so that a
//! mistake in either shows.

use std::{borrow::Cow, collections::BTreeSet};

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::codec::flate::{self, Wrapper},
};

/// A member of an archive that is being verified.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WrittenMember<'a> {
    /// A directory's ends with a slash.
    pub(crate) name: &'a str,
    /// True when the bytes stand as they are.
    pub(crate) is_stored: bool,
    pub(crate) size: u64,
    crc32: u32,
    packed: &'a [u8],
    offset: u64,
}

impl<'a> WrittenMember<'a> {
    /// The plain bytes, size and checksum proved. Not charged as expansion: whoever wrote them paid.
    pub(crate) fn plain(&self, budget: &Budget) -> Result<Cow<'a, [u8]>, Error> {
        let plain = if self.is_stored {
            Cow::Borrowed(self.packed)
        } else {
            Cow::Owned(flate::inflate_paid(self.packed, self.size, Wrapper::None, budget)?)
        };
        if plain.len() as u64 != self.size || crc32fast::hash(&plain) != self.crc32 {
            return Err(malformed("checksum of a written member", self.offset));
        }
        Ok(plain)
    }

    /// As [`WrittenMember::plain`], without holding the plain bytes: `each` is called with one window of them after
    /// another. Size and checksum are proved when the last one was seen.
    pub(crate) fn windows(
        &self,
        budget: &Budget,
        mut each: impl FnMut(&[u8]) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut crc32 = crc32fast::Hasher::new();
        let mut window = |window: &[u8]| {
            crc32.update(window);
            each(window)
        };
        if self.is_stored {
            self.packed.chunks(flate::WINDOW).try_for_each(&mut window)?;
        } else {
            flate::inflate_by_windows(self.packed, self.size, Wrapper::None, budget, &mut window)?;
        }
        match crc32.finalize() == self.crc32 {
            true => Ok(()),
            false => Err(malformed("checksum of a written member", self.offset)),
        }
    }

    /// True for a directory.
    pub(crate) fn is_directory(&self) -> bool {
        self.name.ends_with('/')
    }
}

/// The part of a header that stands in both places.
#[derive(PartialEq, Eq)]
struct Common<'a> {
    version: u16,
    flags: u16,
    method: u16,
    time: u16,
    date: u16,
    crc32: u32,
    packed_size: u32,
    size: u32,
    name_len: u16,
    extra_len: u16,
    name: &'a [u8],
}

/// Reads `output` from front to back: members without gaps, then a directory that says the same in the same
/// order, then the end record. Calls `member` with each; it asks for the plain bytes where it wants them.
pub(crate) fn verify_archive<'a>(
    output: &'a [u8],
    budget: &Budget,
    mut member: impl FnMut(&WrittenMember<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    let mut locals = Vec::new();
    let mut names = BTreeSet::new();
    while reader.peek(4) == Some(b"PK\x03\x04") {
        budget.check()?;
        let offset = reader.offset();
        let wrong = |what| malformed(what, offset);
        reader.skip(4, "local header")?;
        let mut common = common(&mut reader)?;
        common.name = reader.take(common.name_len, "name")?;
        let extra = reader.take(common.extra_len, "extra field")?;
        let (size, packed_size) = sizes(&common, extra).ok_or_else(|| wrong("ZIP64 field"))?;
        let name = checked_name(&common).ok_or_else(|| wrong("name of a written member"))?;
        if !names.insert(name) {
            return Err(wrong("two written members of one name"));
        }
        let packed = reader.take(packed_size, "member")?;
        if !matches!(common.method, 0 | 8) || !is_time(common.date, common.time) {
            return Err(wrong("local header"));
        }
        let is_stored = common.method == 0;
        if is_stored && size != packed_size || name.ends_with('/') && packed_size != 0 {
            return Err(wrong("size of a written member"));
        }
        member(&WrittenMember { name, is_stored, size, crc32: common.crc32, packed, offset })?;
        locals.push((offset, common));
    }
    let directory = reader.offset();
    for (offset, local) in &locals {
        central(&mut reader, *offset, local)?;
    }
    end_record(&mut reader, locals.len() as u64, directory)
}

fn common<'a>(reader: &mut Reader<'a>) -> Result<Common<'a>, Error> {
    Ok(Common {
        version: reader.u16_le("version needed")?,
        flags: reader.u16_le("flags")?,
        method: reader.u16_le("method")?,
        time: reader.u16_le("time")?,
        date: reader.u16_le("date")?,
        crc32: reader.u32_le("CRC-32")?,
        packed_size: reader.u32_le("compressed size")?,
        size: reader.u32_le("size")?,
        name_len: reader.u16_le("name length")?,
        extra_len: reader.u16_le("extra length")?,
        name: &[],
    })
}

/// Size and packed size. Either both stand in the header, or both in a ZIP64 field that one of them needs.
fn sizes(common: &Common<'_>, extra: &[u8]) -> Option<(u64, u64)> {
    const MARK: u32 = u32::MAX;
    if extra.is_empty() {
        let plain = common.version == 20 && common.packed_size != MARK && common.size != MARK;
        return plain.then_some((u64::from(common.size), u64::from(common.packed_size)));
    }
    let mut reader = Reader::new(extra);
    let is_field = reader.array::<4>("").ok()? == [1, 0, 16, 0];
    let (size, packed) = (reader.u64_le("").ok()?, reader.u64_le("").ok()?);
    let marked = common.packed_size == MARK && common.size == MARK && common.version == 45;
    let needed = size.max(packed) >= u64::from(MARK);
    (is_field && reader.is_empty() && marked && needed).then_some((size, packed))
}

/// The name, when it is flagged rightly and is a relative path that means one thing everywhere.
fn checked_name<'a>(common: &Common<'a>) -> Option<&'a str> {
    let name = std::str::from_utf8(common.name).ok()?;
    let flags = if name.is_ascii() { 0 } else { 1 << 11 };
    let path = name.strip_suffix('/').unwrap_or(name);
    let segments = path.split('/').all(|segment| !matches!(segment, "" | "." | ".."));
    let characters = !name.contains(|character: char| character == '\\' || character.is_control());
    (common.flags == flags && segments && characters).then_some(name)
}

fn is_time(date: u16, time: u16) -> bool {
    (1..=12).contains(&(date >> 5 & 15))
        && (1..=31).contains(&(date & 31))
        && time >> 11 < 24
        && time >> 5 & 63 < 60
        && time & 31 < 30
}

fn central(reader: &mut Reader<'_>, offset: u64, local: &Common<'_>) -> Result<(), Error> {
    let here = reader.offset();
    let signature = reader.array::<4>("directory header")?;
    let made_by = reader.u16_le("version made by")?;
    let mut central = common(reader)?;
    let rest = reader.array::<6>("directory header")?;
    let attributes = reader.u32_le("attributes")?;
    let stated = reader.u32_le("offset of the local header")?;
    central.name = reader.take(central.name_len, "name")?;
    let extra = reader.take(central.extra_len, "extra field")?;
    let has_wide_offset = stated == u32::MAX;
    let (size_field, offset_field) = if has_wide_offset {
        let split = extra.len().checked_sub(8).ok_or_else(|| malformed("ZIP64 field", here))?;
        extra.split_at_checked(split).unwrap_or_default()
    } else {
        (extra, &[][..])
    };
    let same_offset = if has_wide_offset {
        offset >= u64::from(u32::MAX) && offset_field == offset.to_le_bytes()
    } else {
        u64::from(stated) == offset
    };
    let expected_field = match (local.extra_len, has_wide_offset) {
        (0, false) => size_field.is_empty(),
        (0, true) => size_field == [1, 0, 8, 0],
        (_, wide) => size_field.len() == 20 && size_field.starts_with(&[1, 0, if wide { 24 } else { 16 }, 0]),
    };
    // A wide offset lengthens the field, and with it the version.
    if has_wide_offset {
        central.version = local.version;
    }
    central.extra_len = local.extra_len;
    let expected_attributes = if local.name.ends_with(b"/") { 0x10 } else { 0 };
    let same = signature == *b"PK\x01\x02"
        && made_by == 20
        && central == *local
        && rest == [0; 6]
        && attributes == expected_attributes
        && same_offset
        && expected_field;
    if same { Ok(()) } else { Err(malformed("directory header", here)) }
}

fn end_record(reader: &mut Reader<'_>, count: u64, directory: u64) -> Result<(), Error> {
    let here = reader.offset();
    let len = here - directory;
    let wide = u64::from(u32::MAX);
    let mut expected = Vec::with_capacity(98);
    if count >= u64::from(u16::MAX) || directory >= wide || len >= wide {
        expected.extend_from_slice(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
        for value in [count, count, len, directory] {
            expected.extend_from_slice(&value.to_le_bytes());
        }
        expected.extend_from_slice(b"PK\x06\x07\0\0\0\0");
        expected.extend_from_slice(&here.to_le_bytes());
        expected.extend_from_slice(&[1, 0, 0, 0]);
    }
    expected.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for _ in 0..2 {
        expected.extend_from_slice(&u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes());
    }
    for value in [len, directory] {
        expected.extend_from_slice(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
    }
    expected.extend_from_slice(&[0, 0]);
    if reader.rest() == expected { Ok(()) } else { Err(malformed("end record", here)) }
}
