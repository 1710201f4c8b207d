//! The end of an archive, from which everything else is found.

use super::{Anomaly, AnomalyKind, CENTRAL, DESCRIPTOR, END, END64, LOCAL, LOCATOR64};
use crate::{
    bytes::Reader,
    error::{Error, malformed},
};

/// How far from the end of the file the end record may stand: the longest comment, and some bytes that
/// were put behind the archive.
const SEARCHED: usize = 22 + 65_535 + 16_384;

/// Where things stand, in bytes from the start of the file.
#[derive(Debug)]
pub(super) struct End {
    /// The end record.
    pub(super) offset: usize,
    /// Where its comment ends.
    pub(super) comment_end: usize,
    /// The ZIP64 end record and where it ends.
    pub(super) end64: Option<(usize, usize)>,
    /// The first header of the directory.
    pub(super) directory: usize,
    /// The stated length of the directory.
    pub(super) directory_len: u64,
    /// The stated number of members.
    pub(super) count: u64,
    /// True when `count` is what 16 bits leave of the number.
    pub(super) count_is_short: bool,
    /// What to add to offsets in the directory: bytes that were put in front of a finished archive.
    pub(super) base: usize,
}

pub(super) fn find(input: &[u8], anomalies: &mut Vec<Anomaly>) -> Result<End, Error> {
    let mut note = |kind, offset: usize| {
        anomalies.push(Anomaly { kind, offset: offset as u64, member: None });
    };
    if input.starts_with(DESCRIPTOR) && input.get(4..8) == Some(LOCAL) {
        note(AnomalyKind::SplitArchive, 0);
    }
    let offset =
        last_end_record(input).ok_or_else(|| malformed("end of central directory", input.len() as u64))?;
    let mut record = Reader::at(input.get(offset..).unwrap_or_default(), offset as u64);
    record.skip(4, "end record")?;
    let disk = record.u16_le("disk number")?;
    let directory_disk = record.u16_le("disk of the directory")?;
    let count_here = record.u16_le("members on this disk")?;
    let short_count = record.u16_le("number of members")?;
    let short_len = record.u32_le("directory length")?;
    let short_start = record.u32_le("directory offset")?;
    let comment = record.u16_le("comment length")?;
    let stated_end = offset + 22 + usize::from(comment);
    let comment_end = stated_end.min(input.len());
    let is_placeholder = disk == u16::MAX || directory_disk == u16::MAX;
    if count_here != short_count || ((disk != 0 || directory_disk != 0) && !is_placeholder) {
        note(AnomalyKind::SplitArchive, offset);
    }
    let (mut count, mut len, mut start) =
        (u64::from(short_count), u64::from(short_len), u64::from(short_start));
    let end64 = end64(input, offset, &mut note)?;
    let mut count_is_short = true;
    if let Some(end64) = &end64 {
        let agrees = (short_count == u16::MAX || count == end64.count)
            && (short_len == u32::MAX || len == end64.len)
            && (short_start == u32::MAX || start == end64.start);
        if !agrees {
            note(AnomalyKind::Zip64Trick, end64.offset);
        }
        // Where the two contradict each other the plain values find the directory, so that what is wrong with
        // the archive can be said.
        count = if short_count == u16::MAX { end64.count } else { count };
        len = if short_len == u32::MAX { end64.len } else { len };
        start = if short_start == u32::MAX { end64.start } else { start };
        count_is_short = false;
    } else if short_len == u32::MAX || short_start == u32::MAX {
        note(AnomalyKind::Zip64Trick, offset);
    }
    let directory_end = end64.as_ref().map_or(offset, |end64| end64.offset);
    let directory = directory_start(input, directory_end, len, start, count, &mut note)?;
    let base = usize::try_from(start).ok().and_then(|start| directory.checked_sub(start));
    let base = base.ok_or_else(|| malformed("directory offset", offset as u64))?;
    Ok(End {
        offset,
        comment_end,
        end64: end64.map(|end64| (end64.offset, end64.offset + 56)),
        directory,
        directory_len: len,
        count,
        count_is_short,
        base,
    })
}

/// The last signature with room for a record behind it, as most readers search.
fn last_end_record(input: &[u8]) -> Option<usize> {
    let tail = input.len().saturating_sub(SEARCHED);
    let last = input.len().checked_sub(18)?;
    memchr::memmem::rfind(input.get(tail..last)?, END).map(|found| tail + found)
}

struct End64 {
    offset: usize,
    count: u64,
    len: u64,
    start: u64,
}

/// The ZIP64 end record, if a locator right before the end record points to one.
fn end64(
    input: &[u8],
    end: usize,
    note: &mut impl FnMut(AnomalyKind, usize),
) -> Result<Option<End64>, Error> {
    let Some(locator) = end.checked_sub(20).filter(|at| starts_with_at(input, *at, LOCATOR64)) else {
        return Ok(None);
    };
    let mut reader = Reader::at(input.get(locator..).unwrap_or_default(), locator as u64);
    reader.skip(4, "ZIP64 locator")?;
    let disk = reader.u32_le("disk of the ZIP64 end record")?;
    let stated = reader.u64_le("offset of the ZIP64 end record")?;
    let disks = reader.u32_le("number of disks")?;
    if disk != 0 || disks > 1 {
        note(AnomalyKind::SplitArchive, locator);
    }
    let stated = usize::try_from(stated).ok().filter(|at| starts_with_at(input, *at, END64));
    // Where bytes were put in front of the archive the stated offset is too small by their number.
    let adjacent = locator.checked_sub(56).filter(|at| starts_with_at(input, *at, END64));
    let offset = match (stated, adjacent) {
        (Some(stated), Some(adjacent)) if stated != adjacent => {
            note(AnomalyKind::Zip64Trick, stated);
            adjacent
        }
        (Some(found), _) | (None, Some(found)) => found,
        (None, None) => {
            note(AnomalyKind::Zip64Trick, locator);
            return Ok(None);
        }
    };
    let mut reader = Reader::at(input.get(offset..).unwrap_or_default(), offset as u64);
    reader.skip(4, "ZIP64 end record")?;
    let size = reader.u64_le("size of the ZIP64 end record")?;
    reader.skip(4, "versions")?;
    let disk = reader.u32_le("disk number")?;
    let directory_disk = reader.u32_le("disk of the directory")?;
    let count_here = reader.u64_le("members on this disk")?;
    let count = reader.u64_le("number of members")?;
    let len = reader.u64_le("directory length")?;
    let start = reader.u64_le("directory offset")?;
    if disk != 0 || directory_disk != 0 {
        note(AnomalyKind::SplitArchive, offset);
    }
    // A longer record has an extensible data sector, which nobody writes and readers skip differently.
    if size != 44 || count_here != count || offset + 56 > locator {
        note(AnomalyKind::Zip64Trick, offset);
    }
    Ok(Some(End64 { offset, count, len, start }))
}

/// Where the directory starts: where it is said to, or as far before its end as it is said to be long.
fn directory_start(
    input: &[u8],
    directory_end: usize,
    len: u64,
    start: u64,
    count: u64,
    note: &mut impl FnMut(AnomalyKind, usize),
) -> Result<usize, Error> {
    let by_len = usize::try_from(len).ok().and_then(|len| directory_end.checked_sub(len));
    let stated = usize::try_from(start).ok().filter(|start| *start <= directory_end);
    if count == 0 && len == 0 {
        // Nothing to find, and nothing to be misled by.
        return Ok(directory_end);
    }
    let has_header = |at: &usize| starts_with_at(input, *at, CENTRAL);
    match (by_len.filter(has_header), stated.filter(has_header)) {
        (Some(by_len), Some(stated)) if by_len != stated => {
            note(AnomalyKind::SeveralEndRecords, stated.min(by_len));
            Ok(stated)
        }
        (Some(found), _) | (None, Some(found)) => Ok(found),
        (None, None) => Err(malformed("central directory", start.min(input.len() as u64))),
    }
}

pub(super) fn starts_with_at(input: &[u8], at: usize, signature: &[u8; 4]) -> bool {
    input.get(at..).is_some_and(|rest| rest.starts_with(signature))
}

/// True when a signature at `at` begins a record that a reader could take for the end of an archive.
pub(super) fn could_be_end_record(input: &[u8], at: usize) -> bool {
    let read = || {
        let mut record = Reader::new(input.get(at..)?);
        record.skip(4, "").ok()?;
        let (disk, directory_disk) = (record.u16_le("").ok()?, record.u16_le("").ok()?);
        let (count_here, count) = (record.u16_le("").ok()?, record.u16_le("").ok()?);
        let (len, start) = (record.u32_le("").ok()?, record.u32_le("").ok()?);
        record.u16_le("").ok()?;
        let placed = usize::try_from(len).ok().and_then(|len| at.checked_sub(len));
        let stated = usize::try_from(start).ok();
        let points = [placed, stated].into_iter().flatten().any(|at| starts_with_at(input, at, CENTRAL));
        let wide = len == u32::MAX || start == u32::MAX;
        Some((points || wide || count == 0) && disk == directory_disk && count == count_here)
    };
    read() == Some(true)
}
