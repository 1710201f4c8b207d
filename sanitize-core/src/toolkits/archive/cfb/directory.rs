use std::collections::BTreeMap;

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// Bytes of an entry.
const ENTRY: usize = 128;
/// No entry stands here.
const NONE: u32 = 0xffff_ffff;

/// A storage or a stream.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The name as written. What is no character becomes U+FFFD.
    pub(crate) name: String,
    pub(crate) kind: EntryKind,
    /// Bytes of a stream; of the root, bytes of the mini stream.
    pub(crate) size: u64,
    /// The class of a storage's object, in the byte order of the file; zeros for none.
    #[cfg_attr(not(test), expect(dead_code, reason = "asked by formats that hold objects"))]
    pub(crate) clsid: [u8; 16],
    /// Index of the storage this stands in; the root stands in itself.
    pub(crate) parent: usize,
    pub(super) start: u32,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// The storage that holds all others.
    Root,
    /// A folder.
    Storage,
    /// A file.
    Stream,
}

/// Entries, and where each is found: by its storage and its key.
pub(super) type Directory = (Vec<Entry>, BTreeMap<(usize, Vec<u16>), usize>);

/// The children of a storage form a binary tree by their names (2.6.4). It is walked whole, whatever its order
/// and colours, with a stack of its own; an entry that is met twice is an error.
pub(super) fn read(raw: &[u8], is_version_3: bool, budget: &Budget) -> Result<Directory, Error> {
    let slots = raw.as_chunks::<ENTRY>().0;
    let root = slots.first().ok_or_else(|| malformed("root entry", 0))?;
    let (root, root_links) = entry(root, 0, is_version_3)?;
    if root.kind != EntryKind::Root {
        return Err(malformed("root entry", 0));
    }
    let mut entries = vec![root];
    let mut places = BTreeMap::new();
    let mut is_met = vec![false; slots.len()];
    if let Some(met) = is_met.first_mut() {
        *met = true;
    }
    // Slots that are still to be read, each with its storage and how deep that stands.
    let mut open = vec![(root_links.child, 0_usize, 1_u32)];
    while let Some((slot, parent, depth)) = open.pop() {
        if slot == NONE {
            continue;
        }
        budget.objects(1)?;
        let index = usize::try_from(slot).unwrap_or(usize::MAX);
        let broken = || malformed("directory tree", u64::from(slot));
        match is_met.get_mut(index) {
            Some(met) if !*met => *met = true,
            _ => return Err(broken()),
        }
        let (found, links) = entry(slots.get(index).ok_or_else(broken)?, parent, is_version_3)?;
        open.push((links.right, parent, depth));
        open.push((links.left, parent, depth));
        match found.kind {
            EntryKind::Root => return Err(broken()),
            EntryKind::Stream => (),
            EntryKind::Storage => {
                budget.tree_depth(depth.saturating_add(1))?;
                open.push((links.child, entries.len(), depth.saturating_add(1)));
            }
        }
        // Of two entries with one name each reader would take another.
        if places.insert((parent, key(&links.name)), entries.len()).is_some() {
            return Err(malformed("directory entry of a name that is taken", u64::from(slot)));
        }
        entries.push(found);
    }
    Ok((entries, places))
}

/// Where an entry leads.
struct Links {
    name: Vec<u16>,
    left: u32,
    right: u32,
    child: u32,
}

/// One entry (2.6.1).
fn entry(slot: &[u8; ENTRY], parent: usize, is_version_3: bool) -> Result<(Entry, Links), Error> {
    let mut reader = Reader::new(slot);
    let name = reader.take(64, "entry name")?;
    let len = usize::from(reader.u16_le("entry name length")?);
    // The length counts bytes, the terminator among them.
    let name = len.checked_sub(2).filter(|len| len % 2 == 0).and_then(|len| name.get(..len));
    let name = name.ok_or_else(|| malformed("entry name length", 64))?;
    let name: Vec<u16> = name.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    let kind = match reader.u8("entry type")? {
        1 => EntryKind::Storage,
        2 => EntryKind::Stream,
        5 => EntryKind::Root,
        _ => return Err(malformed("entry type", 66)),
    };
    reader.skip(1, "entry colour")?;
    let (left, right) = (reader.u32_le("left sibling")?, reader.u32_le("right sibling")?);
    let child = reader.u32_le("child")?;
    let clsid = reader.array("entry class")?;
    // State bits and times.
    reader.skip(4 + 8 + 8, "entry times")?;
    let start = reader.u32_le("first sector")?;
    let size = reader.u64_le("stream size")?;
    let size = if is_version_3 { size & 0xffff_ffff } else { size };
    let entry = Entry { name: String::from_utf16_lossy(&name), kind, size, clsid, parent, start };
    Ok((entry, Links { name, left, right, child }))
}

/// The form in which names are compared: every unit in its simple upper case (2.6.4).
pub(super) fn key(name: &[u16]) -> Vec<u16> {
    let upper = |unit: u16| {
        let mut upper = char::from_u32(u32::from(unit)).map(char::to_uppercase)?;
        let first = upper.next().and_then(|upper| u16::try_from(u32::from(upper)).ok());
        first.filter(|_| upper.next().is_none())
    };
    name.iter().map(|unit| upper(*unit).unwrap_or(*unit)).collect()
}
