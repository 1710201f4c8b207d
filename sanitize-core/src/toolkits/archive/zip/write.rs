use std::{collections::BTreeSet, sync::Arc};

use super::{CENTRAL, DEFLATED, DosTime, END, END64, LOCAL, LOCATOR64, STORED};
use crate::{
    budget::Budget,
    bytes::Writer,
    error::Error,
    toolkits::codec::flate::{self, Wrapper},
};

/// Plain DOS attributes of a directory, as every reader understands them.
const DIRECTORY_ATTRIBUTE: u32 = 0x10;
const VERSION: u16 = 20;
const VERSION_ZIP64: u16 = 45;
const UTF8: u16 = 1 << 11;

/// Bytes ready to be written as a member. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Packed {
    method: u16,
    bytes: Arc<Vec<u8>>,
    crc32: u32,
    size: u64,
}

impl Packed {
    /// Deflates `plain` at `level`; stores it where that is not larger.
    pub(crate) fn deflated(plain: &[u8], level: u32) -> Result<Self, Error> {
        let packed = flate::deflate(plain, level, Wrapper::None)?;
        if packed.len() >= plain.len() {
            return Ok(Self::stored(plain));
        }
        let (crc32, size) = (crc32fast::hash(plain), plain.len() as u64);
        Ok(Self { method: DEFLATED, bytes: Arc::new(packed), crc32, size })
    }

    /// Keeps `plain` as it is: right for what is compressed already.
    pub(crate) fn stored(plain: impl Into<Vec<u8>>) -> Self {
        let plain = plain.into();
        let (crc32, size) = (crc32fast::hash(&plain), plain.len() as u64);
        Self { method: STORED, bytes: Arc::new(plain), crc32, size }
    }

    /// How many bytes it takes in the archive, its headers aside.
    pub(crate) fn len(&self) -> u64 {
        self.bytes.len() as u64
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
    packed: Packed,
    attributes: u32,
}

impl ArchiveWriter {
    /// An archive without members.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a file. A name that was added before, or that no header can hold, is the caller's mistake.
    pub(crate) fn add(&mut self, name: &str, modified: DosTime, packed: &Packed) -> Result<(), Error> {
        self.push(name.into(), modified, packed.clone(), 0)
    }

    /// Adds a directory; `name` may end with the slash that is written.
    pub(crate) fn add_directory(&mut self, name: &str, modified: DosTime) -> Result<(), Error> {
        let name = format!("{}/", name.trim_end_matches('/'));
        self.push(name.into(), modified, Packed::stored(Vec::new()), DIRECTORY_ATTRIBUTE)
    }

    fn push(
        &mut self,
        name: Arc<str>,
        modified: DosTime,
        packed: Packed,
        attributes: u32,
    ) -> Result<(), Error> {
        if name.is_empty() || name.len() > usize::from(u16::MAX) {
            return Err(Error::Internal("a member name that cannot be written"));
        }
        if !self.names.insert(Arc::clone(&name)) {
            return Err(Error::Internal("two members of one name"));
        }
        self.members.push(Entry { name, modified: modified.clamped(), packed, attributes });
        Ok(())
    }

    /// Writes the archive into one buffer of exactly its length. Each member goes as it is written, so that the
    /// archive does not stand in memory twice.
    pub(crate) fn finish(self, budget: &Budget) -> Result<Vec<u8>, Error> {
        let mut start: u64 = 0;
        let mut directory = Writer::new();
        for entry in &self.members {
            entry.write_central(&mut directory, start);
            start += 30 + (entry.name.len() + entry.local_extra().len()) as u64 + entry.packed.len();
        }
        let end = EndRecord { count: self.members.len() as u64, start, len: directory.len() as u64 };
        let mut output = Writer::onto(budget.output(start + end.len + end.size())?);
        for entry in self.members {
            entry.write_local(&mut output);
            output.bytes(&entry.packed.bytes);
        }
        output.bytes(&directory.into_bytes());
        end.write(&mut output);
        Ok(output.into_bytes())
    }
}

impl Entry {
    fn needs_zip64(&self) -> bool {
        is_wide(self.packed.size) || is_wide(self.packed.len())
    }

    fn local_extra(&self) -> Vec<u8> {
        if !self.needs_zip64() {
            return Vec::new();
        }
        zip64_field(&[self.packed.size, self.packed.len()])
    }

    fn central_extra(&self, offset: u64) -> Vec<u8> {
        let sizes = if self.needs_zip64() { vec![self.packed.size, self.packed.len()] } else { Vec::new() };
        let offset = is_wide(offset).then_some(offset);
        let values: Vec<u64> = sizes.into_iter().chain(offset).collect();
        if values.is_empty() { Vec::new() } else { zip64_field(&values) }
    }

    /// What both headers have in common, from the version needed to the length of the extra field.
    fn write_common(&self, output: &mut Writer, extra_len: usize) {
        output.u16_le(if extra_len == 0 { VERSION } else { VERSION_ZIP64 });
        output.u16_le(if self.name.is_ascii() { 0 } else { UTF8 });
        output.u16_le(self.packed.method);
        output.u16_le(self.modified.time());
        output.u16_le(self.modified.date());
        output.u32_le(self.packed.crc32);
        let sizes = if self.needs_zip64() { [u64::MAX; 2] } else { [self.packed.len(), self.packed.size] };
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
