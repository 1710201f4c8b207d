use std::{collections::BTreeSet, sync::Arc};

use super::{CENTRAL, DEFLATED, DosTime, END, END64, LOCAL, LOCATOR64, STORED};
use crate::{
    budget::Budget,
    bytes::Writer,
    error::Error,
    toolkits::codec::{
        flate::{self, Wrapper},
        repack::{self, Source},
    },
};

/// Plain DOS attributes of a directory, as every reader understands them.
const DIRECTORY_ATTRIBUTE: u32 = 0x10;
const VERSION: u16 = 20;
const VERSION_ZIP64: u16 = 45;
const UTF8: u16 = 1 << 11;

/// What the headers say of a member's bytes.
#[derive(Clone, Copy, Debug)]
struct Facts {
    method: u16,
    crc32: u32,
    size: u64,
    packed_size: u64,
}

/// Bytes ready to be written as a member. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    facts: Facts,
    bytes: Arc<Vec<u8>>,
}

impl Packed {
    /// Deflates `plain` at `level`; stores it where that is not larger.
    pub(crate) fn deflated(plain: &[u8], level: u32) -> Result<Self, Error> {
        let packed = flate::deflate(plain, level, Wrapper::None)?;
        match packed.len() < plain.len() {
            true => Ok(Self::new(DEFLATED, plain, packed)),
            false => Ok(Self::stored(plain)),
        }
    }

    /// As [`Packed::deflated`], by the symbols of `source` where it can be.
    pub(crate) fn deflated_like(
        plain: &[u8],
        source: Option<Source<'_>>,
        level: u32,
        budget: &Budget,
    ) -> Result<Self, Error> {
        let packed = repack::deflate(Vec::new(), plain, source, level, Wrapper::None, budget)?;
        match packed.len() < plain.len() {
            true => Ok(Self::new(DEFLATED, plain, packed)),
            false => Ok(Self::stored(plain)),
        }
    }

    /// Keeps `plain` as it is: right for what is compressed already.
    pub(crate) fn stored(plain: impl Into<Vec<u8>>) -> Self {
        let plain = plain.into();
        let crc32 = crc32fast::hash(&plain);
        let len = plain.len() as u64;
        let facts = Facts { method: STORED, crc32, size: len, packed_size: len };
        Self { facts, bytes: Arc::new(plain) }
    }

    fn new(method: u16, plain: &[u8], packed: Vec<u8>) -> Self {
        let (crc32, size) = (crc32fast::hash(plain), plain.len() as u64);
        let facts = Facts { method, crc32, size, packed_size: packed.len() as u64 };
        Self { facts, bytes: Arc::new(packed) }
    }
}

/// The bytes of members behind each other in one buffer, which becomes the archive in its place. Beside it stands
/// only what is being packed, however many members there are.
#[derive(Debug, Default)]
pub(crate) struct Gathering {
    bytes: Vec<u8>,
}

/// A member whose bytes are gathered.
#[derive(Debug)]
pub(crate) struct Gathered(Facts);

impl Gathering {
    /// Puts the bytes of a member behind those of the others.
    pub(crate) fn gather(&mut self, packed: &Packed, budget: &Budget) -> Result<Gathered, Error> {
        budget.grow(&mut self.bytes, packed.facts.packed_size)?;
        self.bytes.extend_from_slice(&packed.bytes);
        Ok(Gathered(packed.facts))
    }
}

/// Gathers members and writes them as one archive: in the order they were added, contiguous, sizes in the
/// headers, no extra fields but ZIP64's where they are needed, no comments, fixed attributes.
#[derive(Debug, Default)]
pub(crate) struct ArchiveWriter {
    members: Vec<Entry>,
    names: BTreeSet<Arc<str>>,
}

#[derive(Debug)]
struct Entry {
    name: Arc<str>,
    modified: DosTime,
    facts: Facts,
    /// None where they are gathered.
    bytes: Option<Arc<Vec<u8>>>,
    attributes: u32,
}

impl ArchiveWriter {
    /// An archive without members.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a file. A name that was added before, or that no header can hold, is the caller's mistake.
    pub(crate) fn add(&mut self, name: &str, modified: DosTime, packed: &Packed) -> Result<(), Error> {
        self.push(name, modified, packed.facts, Some(Arc::clone(&packed.bytes)), 0)
    }

    /// Adds a file whose bytes are gathered. Files come in the order in which they were.
    pub(crate) fn add_gathered(
        &mut self,
        name: &str,
        modified: DosTime,
        file: Gathered,
    ) -> Result<(), Error> {
        self.push(name, modified, file.0, None, 0)
    }

    /// Adds a directory; `name` may end with the slash that is written.
    pub(crate) fn add_directory(&mut self, name: &str, modified: DosTime) -> Result<(), Error> {
        let name = format!("{}/", name.trim_end_matches('/'));
        let Packed { facts, bytes } = Packed::stored(Vec::new());
        self.push(&name, modified, facts, Some(bytes), DIRECTORY_ATTRIBUTE)
    }

    fn push(
        &mut self,
        name: &str,
        modified: DosTime,
        facts: Facts,
        bytes: Option<Arc<Vec<u8>>>,
        attributes: u32,
    ) -> Result<(), Error> {
        let name: Arc<str> = name.into();
        if name.is_empty() || name.len() > usize::from(u16::MAX) {
            return Err(Error::Internal("a member name that cannot be written"));
        }
        if !self.names.insert(Arc::clone(&name)) {
            return Err(Error::Internal("two members of one name"));
        }
        self.members.push(Entry { name, modified: modified.clamped(), facts, bytes, attributes });
        Ok(())
    }

    /// Writes the archive into one buffer of exactly its length. Each member goes as it is written, so that the
    /// archive does not stand in memory twice.
    pub(crate) fn finish(self, budget: &Budget) -> Result<Vec<u8>, Error> {
        let (directory, end) = self.directory();
        let mut output = Writer::onto(budget.output(end.start + end.len + end.size())?);
        for entry in self.members {
            let Some(bytes) = &entry.bytes else {
                return Err(Error::Internal("a member that was gathered"));
            };
            entry.write_local(&mut output);
            output.bytes(bytes);
        }
        output.bytes(&directory.into_bytes());
        end.write(&mut output);
        Ok(output.into_bytes())
    }

    /// Makes the archive of what was gathered: its bytes move apart, and the headers go between them.
    pub(crate) fn finish_gathered(self, gathering: Gathering, budget: &Budget) -> Result<Vec<u8>, Error> {
        const WRONG: Error = Error::Internal("members that are not those gathered");
        let (directory, end) = self.directory();
        let Gathering { mut bytes } = gathering;
        // Where the bytes of the member at hand end, and where they shall.
        let (mut from, mut to) = (bytes.len(), usize::try_from(end.start).map_err(|_| WRONG)?);
        budget.grow(&mut bytes, (end.start + end.len + end.size()).saturating_sub(from as u64))?;
        bytes.resize(to, 0);
        // The last one first: what moves only ever covers what moved before.
        for entry in self.members.iter().rev() {
            let len = usize::try_from(entry.facts.packed_size).map_err(|_| WRONG)?;
            let start = from.checked_sub(len).ok_or(WRONG)?;
            to = to.checked_sub(len).ok_or(WRONG)?;
            bytes.copy_within(start..from, to);
            from = start;
            let mut header = Writer::new();
            entry.write_local(&mut header);
            let header = header.into_bytes();
            let behind = to;
            to = to.checked_sub(header.len()).ok_or(WRONG)?;
            bytes.get_mut(to..behind).ok_or(WRONG)?.copy_from_slice(&header);
        }
        if (from, to) != (0, 0) {
            return Err(WRONG);
        }
        let mut output = Writer::onto(bytes);
        output.bytes(&directory.into_bytes());
        end.write(&mut output);
        Ok(output.into_bytes())
    }

    /// The directory, and the record that says where it stands.
    fn directory(&self) -> (Writer, EndRecord) {
        let mut start: u64 = 0;
        let mut directory = Writer::new();
        for entry in &self.members {
            entry.write_central(&mut directory, start);
            start += 30 + (entry.name.len() + entry.local_extra().len()) as u64 + entry.facts.packed_size;
        }
        let end = EndRecord { count: self.members.len() as u64, start, len: directory.len() as u64 };
        (directory, end)
    }
}

impl Entry {
    fn needs_zip64(&self) -> bool {
        is_wide(self.facts.size) || is_wide(self.facts.packed_size)
    }

    fn local_extra(&self) -> Vec<u8> {
        if !self.needs_zip64() {
            return Vec::new();
        }
        zip64_field(&[self.facts.size, self.facts.packed_size])
    }

    fn central_extra(&self, offset: u64) -> Vec<u8> {
        let sizes =
            if self.needs_zip64() { vec![self.facts.size, self.facts.packed_size] } else { Vec::new() };
        let offset = is_wide(offset).then_some(offset);
        let values: Vec<u64> = sizes.into_iter().chain(offset).collect();
        if values.is_empty() { Vec::new() } else { zip64_field(&values) }
    }

    /// What both headers have in common, from the version needed to the length of the extra field.
    fn write_common(&self, output: &mut Writer, extra_len: usize) {
        output.u16_le(if extra_len == 0 { VERSION } else { VERSION_ZIP64 });
        output.u16_le(if self.name.is_ascii() { 0 } else { UTF8 });
        output.u16_le(self.facts.method);
        output.u16_le(self.modified.time());
        output.u16_le(self.modified.date());
        output.u32_le(self.facts.crc32);
        let sizes =
            if self.needs_zip64() { [u64::MAX; 2] } else { [self.facts.packed_size, self.facts.size] };
        for size in sizes {
            output.u32_le(narrow(size));
        }
        output.u16_le(self.name.len() as u16);
        output.u16_le(extra_len as u16);
    }

    fn write_local(&self, output: &mut Writer) {
        let extra = self.local_extra();
        output.bytes(LOCAL);
        self.write_common(output, extra.len());
        output.bytes(self.name.as_bytes());
        output.bytes(&extra);
    }

    fn write_central(&self, output: &mut Writer, offset: u64) {
        let extra = self.central_extra(offset);
        output.bytes(CENTRAL);
        output.u16_le(VERSION);
        self.write_common(output, extra.len());
        // No comment, disk 0, no internal attributes.
        output.bytes(&[0; 6]);
        output.u32_le(self.attributes);
        output.u32_le(narrow(offset));
        output.bytes(self.name.as_bytes());
        output.bytes(&extra);
    }
}

struct EndRecord {
    count: u64,
    start: u64,
    len: u64,
}

impl EndRecord {
    fn needs_zip64(&self) -> bool {
        self.count >= u64::from(u16::MAX) || is_wide(self.start) || is_wide(self.len)
    }

    fn size(&self) -> u64 {
        if self.needs_zip64() { 56 + 20 + 22 } else { 22 }
    }

    fn write(&self, output: &mut Writer) {
        if self.needs_zip64() {
            let end64 = output.len() as u64;
            output.bytes(END64);
            output.u64_le(44);
            output.u16_le(VERSION_ZIP64);
            output.u16_le(VERSION_ZIP64);
            output.bytes(&[0; 8]);
            for value in [self.count, self.count, self.len, self.start] {
                output.u64_le(value);
            }
            output.bytes(LOCATOR64);
            output.u32_le(0);
            output.u64_le(end64);
            output.u32_le(1);
        }
        output.bytes(END);
        output.bytes(&[0; 4]);
        let count = u16::try_from(self.count).unwrap_or(u16::MAX);
        output.u16_le(count);
        output.u16_le(count);
        output.u32_le(narrow(self.len));
        output.u32_le(narrow(self.start));
        output.u16_le(0);
    }
}

/// True for what 32 bits cannot hold, or hold only as the mark of ZIP64.
fn is_wide(value: u64) -> bool {
    value >= u64::from(u32::MAX)
}

fn narrow(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

fn zip64_field(values: &[u64]) -> Vec<u8> {
    let mut field = Writer::new();
    field.u16_le(super::extra::ZIP64);
    field.u16_le(values.len() as u16 * 8);
    for value in values {
        field.u64_le(*value);
    }
    field.into_bytes()
}
