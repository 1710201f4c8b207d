//! Local headers, compared with what the directory says of the same member.

use std::ops::Range;

use super::{Anomaly, AnomalyKind, CENTRAL, DESCRIPTOR, LOCAL, STORED, directory::Entry, extra};
use crate::{bytes::Reader, error::Error};

/// Encrypted, strongly encrypted, header values masked.
const ENCRYPTION_FLAGS: u16 = 1 | 1 << 6 | 1 << 13;
/// Sizes and checksum stand in a descriptor behind the bytes.
const STREAMED: u16 = 1 << 3;

/// What stands at a member's place.
pub(super) struct Local<'a> {
    /// From the header to the end of the bytes, and of the descriptor where there is one.
    pub(super) range: Range<usize>,
    /// The bytes as packed; none where the file ends before they do.
    pub(super) body: Option<&'a [u8]>,
}

/// Reads the local header of `entry`; `None` when there is none, which is noted.
pub(super) fn read<'a>(
    input: &'a [u8],
    entry: &Entry<'a>,
    base: usize,
    index: usize,
    anomalies: &mut Vec<Anomaly>,
) -> Option<Local<'a>> {
    let start = usize::try_from(entry.local).ok().and_then(|local| local.checked_add(base));
    let start = start.filter(|start| super::end::starts_with_at(input, *start, LOCAL));
    let offset = start.unwrap_or(usize::try_from(entry.local).unwrap_or(usize::MAX)) as u64;
    let mut note = |kind| anomalies.push(Anomaly { kind, offset, member: Some(index) });
    let header = start.and_then(|start| Some((start, header(input.get(start..)?).ok()?)));
    let Some((start, header)) = header else {
        note(AnomalyKind::MissingLocal);
        return None;
    };
    compare(entry, &header, &mut note);
    let body_start = start + header.len;
    let body_end = usize::try_from(entry.packed_size).ok().and_then(|size| body_start.checked_add(size));
    let body = body_end.and_then(|end| input.get(body_start..end));
    let (Some(body_end), Some(body)) = (body_end, body) else {
        // More bytes than the file has: whatever else is there lies inside them.
        note(AnomalyKind::Overlap);
        return Some(Local { range: start..input.len(), body: None });
    };
    let descriptor = descriptor(input.get(body_end..).unwrap_or_default(), body, entry, &header, &mut note);
    Some(Local { range: start..body_end + descriptor, body: Some(body) })
}

struct Header<'a> {
    flags: u16,
    method: u16,
    crc32: u32,
    packed_size: u64,
    size: u64,
    name: &'a [u8],
    extra: &'a [u8],
    /// False when its ZIP64 field is missing, given twice, or contradicts it.
    is_consistent: bool,
    len: usize,
}

fn header(bytes: &[u8]) -> Result<Header<'_>, Error> {
    let mut reader = Reader::new(bytes);
    reader.skip(6, "local header")?;
    let flags = reader.u16_le("flags")?;
    let method = reader.u16_le("method")?;
    reader.skip(4, "time")?;
    let crc32 = reader.u32_le("CRC-32")?;
    let mut packed_size = u64::from(reader.u32_le("compressed size")?);
    let mut size = u64::from(reader.u32_le("size")?);
    let name_len = reader.u16_le("name length")?;
    let extra_len = reader.u16_le("extra length")?;
    let name = reader.take(name_len, "name")?;
    let extra = reader.take(extra_len, "extra fields")?;
    let mut no_offset = 0;
    let is_consistent = extra::resolve(extra, [&mut size, &mut packed_size, &mut no_offset]).is_some();
    let len = reader.position();
    Ok(Header { flags, method, crc32, packed_size, size, name, extra, is_consistent, len })
}

fn compare(entry: &Entry<'_>, local: &Header<'_>, note: &mut impl FnMut(AnomalyKind)) {
    if (entry.flags ^ local.flags) & ENCRYPTION_FLAGS != 0 {
        note(AnomalyKind::EncryptionMismatch);
    }
    if !local.is_consistent {
        note(AnomalyKind::Zip64Trick);
    }
    let streamed = local.flags & STREAMED != 0;
    // Who streams does not know them yet and writes zero, one by one.
    let agrees = |local: u64, central: u64| local == central || streamed && local == 0;
    let same = entry.name == local.name
        && entry.method == local.method
        && agrees(u64::from(local.crc32), u64::from(entry.crc32))
        && agrees(local.packed_size, entry.packed_size)
        && (agrees(local.size, entry.size));
    if !same {
        note(AnomalyKind::HeaderMismatch);
    }
    if !extra::has_more(entry.extra) && extra::has_more(local.extra) {
        note(AnomalyKind::ExtraFields);
    }
}

/// How many bytes behind the body are its descriptor.
fn descriptor(
    behind: &[u8],
    body: &[u8],
    entry: &Entry<'_>,
    local: &Header<'_>,
    note: &mut impl FnMut(AnomalyKind),
) -> usize {
    if local.flags & STREAMED == 0 {
        return 0;
    }
    let told_before = local.packed_size == entry.packed_size && local.size == entry.size;
    let found = descriptor_len(behind, entry);
    if found.is_none() && !told_before {
        note(AnomalyKind::DataDescriptorTrick);
    }
    if entry.method == STORED && !told_before {
        // Nothing in stored bytes says where they end. Who reads from the front looks for the next
        // signature; with one inside the bytes, it goes on in there.
        let has = |signature: &[u8; 4]| memchr::memmem::find(body, signature).is_some();
        if [LOCAL, CENTRAL, DESCRIPTOR].into_iter().any(has) {
            note(AnomalyKind::DataDescriptorTrick);
        } else {
            note(AnomalyKind::StreamedStored);
        }
    }
    found.unwrap_or(0)
}

/// The length of the descriptor that begins `behind`: with or without a signature, sizes in 32 or 64 bits,
/// each form written by someone. Its values must be the directory's.
fn descriptor_len(behind: &[u8], entry: &Entry<'_>) -> Option<usize> {
    let mut narrow = entry.crc32.to_le_bytes().to_vec();
    let mut wide = narrow.clone();
    for size in [entry.packed_size, entry.size] {
        narrow.extend_from_slice(&u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
        wide.extend_from_slice(&size.to_le_bytes());
    }
    let unsigned = behind.strip_prefix(DESCRIPTOR);
    for form in [wide, narrow] {
        if unsigned.is_some_and(|rest| rest.starts_with(&form)) {
            return Some(4 + form.len());
        }
        if behind.starts_with(&form) {
            return Some(form.len());
        }
    }
    None
}
