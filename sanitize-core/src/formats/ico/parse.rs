//! The directory of an icon or cursor.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// An icon or cursor as it stands in the file.
#[derive(Debug)]
pub(super) struct Directory<'a> {
    /// 1 is an icon, 2 a cursor.
    pub(super) kind: u16,
    pub(super) entries: Vec<Entry<'a>>,
    /// Places of entries whose picture is not in the file.
    pub(super) missing: Vec<u64>,
    /// Where the last picture ends.
    pub(super) end: usize,
    /// Bytes between directory and pictures belong to none.
    pub(super) has_gaps: bool,
}

/// One picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'a> {
    /// Hot spot of a cursor; planes and bits of an icon, which its own header says better.
    pub(super) hot_spot: (u16, u16),
    pub(super) picture: &'a [u8],
    pub(super) offset: u64,
}

/// Reads the directory.
pub(super) fn directory<'a>(input: &'a [u8], budget: &Budget) -> Result<Directory<'a>, Error> {
    let mut reader = Reader::new(input);
    reader.skip(2, "reserved")?;
    let kind = reader.u16_le("kind")?;
    let count = reader.u16_le("entries")?;
    let (mut entries, mut missing, mut ranges) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..count {
        budget.objects(1)?;
        reader.skip(4, "entry")?;
        let hot_spot = (reader.u16_le("entry")?, reader.u16_le("entry")?);
        let length = reader.u32_le("picture length")? as usize;
        let at = reader.u32_le("picture offset")?;
        let start = at as usize;
        // A length past the end of the file ends with it: the picture's own header says what it needs.
        // One too short for any header is a lie that readers do not look at.
        let length = if length < 40 { usize::MAX } else { length };
        let end = start.saturating_add(length).min(input.len());
        match input.get(start..end) {
            Some(picture) if picture.len() >= 16 && start >= 22 => {
                entries.push(Entry { hot_spot, picture, offset: at.into() });
                ranges.push((start, end));
            }
            _ => missing.push(reader.offset() - 16),
        }
    }
    if entries.is_empty() {
        return Err(malformed("no picture", 6));
    }
    ranges.sort_unstable();
    let mut covered = reader.position();
    let mut has_gaps = false;
    for (start, end) in ranges {
        has_gaps |= start > covered;
        covered = covered.max(end);
    }
    Ok(Directory { kind, entries, missing, end: covered, has_gaps })
}
