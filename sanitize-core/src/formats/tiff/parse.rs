//! The directories of a TIFF or BigTIFF (TIFF 6.0), as they stand in the file.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// One entry of a directory; its value is in the file, or the entry is not there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    pub(super) tag: u16,
    kind: u16,
    pub(super) value: &'a [u8],
}

/// One directory.
#[derive(Clone, Debug)]
pub(super) struct Directory<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    pub(super) offset: u64,
    big_endian: bool,
}

/// All directories of the main chain.
#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) big_endian: bool,
    pub(super) directories: Vec<Directory<'a>>,
    /// The chain led back to a directory, or out of the file.
    pub(super) broken_chain: Option<u64>,
    /// The end of the last byte that a directory or a value needs.
    pub(super) end: usize,
}

/// Follows the chain of directories, each one once.
pub(super) fn file<'a>(input: &'a [u8], budget: &Budget) -> Result<File<'a>, Error> {
    let mut reader = Reader::new(input);
    let big_endian = reader.array("byte order")? == *b"MM";
    let version = u16_of(&mut reader, big_endian)?;
    let wide = version == 43;
    if wide {
        reader.skip(4, "offset size")?;
    }
    let mut next = offset_of(&mut reader, big_endian, wide)?;
    let mut file = File { big_endian, directories: Vec::new(), broken_chain: None, end: 8 };
    while next != 0 {
        let known = file.directories.iter().any(|directory| directory.offset == next);
        if known || file.directories.len() as u64 >= u64::from(budget.limits().frames) {
            file.broken_chain = Some(next);
            break;
        }
        match directory(input, next, big_endian, wide, budget, &mut file.end) {
            Ok((directory, following)) => {
                file.directories.push(directory);
                next = following;
            }
            Err(Error::Malformed { .. }) if !file.directories.is_empty() => {
                file.broken_chain = Some(next);
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(file)
}

fn directory<'a>(
    input: &'a [u8],
    offset: u64,
    big_endian: bool,
    wide: bool,
    budget: &Budget,
    end: &mut usize,
) -> Result<(Directory<'a>, u64), Error> {
    let mut reader = Reader::new(input);
    reader.seek(usize::try_from(offset).unwrap_or(usize::MAX), "directory")?;
    let count = if wide { u64_of(&mut reader, big_endian)? } else { u16_of(&mut reader, big_endian)?.into() };
    if count > 4_096 {
        return Err(malformed("number of entries", offset));
    }
    let mut entries = Vec::new();
    for _ in 0..count {
        budget.objects(1)?;
        let tag = u16_of(&mut reader, big_endian)?;
        let kind = u16_of(&mut reader, big_endian)?;
        let items = offset_of(&mut reader, big_endian, wide)?;
        let size = match kind {
            1 | 2 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            _ => 8,
        };
        let inline = if wide { 8 } else { 4 };
        let length = usize::try_from(items).unwrap_or(usize::MAX).saturating_mul(size);
        let field = reader.take(inline, "value")?;
        let value = if length <= inline {
            field.get(..length)
        } else {
            let start = offset_of(&mut Reader::new(field), big_endian, wide)?;
            let start = usize::try_from(start).unwrap_or(usize::MAX);
            let stop = start.saturating_add(length);
            let value = input.get(start..stop);
            if value.is_some() {
                *end = (*end).max(stop);
            }
            value
        };
        if let Some(value) = value {
            entries.push(Entry { tag, kind, value });
        }
    }
    // A last directory that is cut off before its link ends the chain.
    let next = offset_of(&mut reader, big_endian, wide).unwrap_or(0);
    *end = (*end).max(reader.position());
    Ok((Directory { entries, offset, big_endian }, next))
}

impl<'a> Directory<'a> {
    /// The entry's value as bytes.
    pub(super) fn bytes(&self, tag: u16) -> Option<&'a [u8]> {
        self.entries.iter().find(|entry| entry.tag == tag).map(|entry| entry.value)
    }

    /// The entry's value as whole numbers.
    pub(super) fn numbers(&self, tag: u16, budget: &Budget) -> Result<Vec<u64>, Error> {
        let Some(entry) = self.entries.iter().find(|entry| entry.tag == tag) else { return Ok(Vec::new()) };
        budget.objects(entry.value.len() as u64 / 8)?;
        let size = match entry.kind {
            1 | 6 | 7 => 1,
            3 | 8 => 2,
            4 | 9 | 13 => 4,
            16..=18 => 8,
            _ => return Ok(Vec::new()),
        };
        let number = |bytes: &[u8]| {
            let fold = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
            if self.big_endian { bytes.iter().fold(0, fold) } else { bytes.iter().rev().fold(0, fold) }
        };
        Ok(entry.value.chunks_exact(size).map(number).collect())
    }

    /// The entry's first number.
    pub(super) fn number(&self, tag: u16, budget: &Budget) -> Result<Option<u64>, Error> {
        Ok(self.numbers(tag, budget)?.first().copied())
    }

    /// The entry's first fraction.
    pub(super) fn fraction(&self, tag: u16) -> Option<(u32, u32)> {
        let entry = self.entries.iter().find(|entry| entry.tag == tag && entry.kind == 5)?;
        let mut reader = Reader::new(entry.value);
        let mut next = || {
            let value = if self.big_endian { reader.u32_be("fraction") } else { reader.u32_le("fraction") };
            value.ok()
        };
        Some((next()?, next()?))
    }
}

fn u16_of(reader: &mut Reader<'_>, big_endian: bool) -> Result<u16, Error> {
    if big_endian { reader.u16_be("directory") } else { reader.u16_le("directory") }
}

fn u64_of(reader: &mut Reader<'_>, big_endian: bool) -> Result<u64, Error> {
    if big_endian { reader.u64_be("directory") } else { reader.u64_le("directory") }
}

fn offset_of(reader: &mut Reader<'_>, big_endian: bool, wide: bool) -> Result<u64, Error> {
    match (wide, big_endian) {
        (true, _) => u64_of(reader, big_endian),
        (false, true) => reader.u32_be("offset").map(u64::from),
        (false, false) => reader.u32_le("offset").map(u64::from),
    }
}
