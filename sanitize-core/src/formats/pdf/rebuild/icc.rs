//! ICC profiles (ICC.1) written anew: header fields that matter, tags that colour engines read.

use crate::bytes::Reader;

/// Tags that say what colours mean. Names, copyrights, and everything private are not among them.
const TAGS: [&[u8; 4]; 24] = [
    b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC",
    b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"gamt", b"lumi", b"tech", b"view", b"meas", b"cicp",
    b"D2B0", b"B2D0",
];

/// Types of tag data that hold numbers only.
const KINDS: [&[u8; 4]; 13] = [
    b"curv", b"para", b"XYZ ", b"mft1", b"mft2", b"mAB ", b"mBA ", b"sf32", b"sig ", b"view", b"meas",
    b"cicp", b"mpet",
];

/// The largest profile that is taken for one.
const LARGEST: usize = 16 << 20;

/// `profile` written anew, and how many colours it has; `None` where it is none, or not one of `components`.
pub(crate) fn rebuild(profile: &[u8], components: Option<i64>) -> Option<(Vec<u8>, i64)> {
    if profile.len() > LARGEST {
        return None;
    }
    let mut reader = Reader::new(profile);
    let header = reader.array::<128>("header").ok()?;
    if header.get(36..40)? != b"acsp" {
        return None;
    }
    let expected = match header.get(16..20)? {
        b"GRAY" => 1,
        b"RGB " | b"Lab " => 3,
        b"CMYK" => 4,
        _ => return None,
    };
    if components.is_some_and(|components| components != expected) {
        return None;
    }
    let count = reader.u32_be("tag count").ok()?;
    if count > 200 {
        return None;
    }
    // Offset and length in the source, signatures that share them.
    let mut tags: Vec<([u8; 4], usize)> = Vec::new();
    let mut bodies: Vec<(usize, usize)> = Vec::new();
    for _ in 0..count {
        let signature = reader.array::<4>("tag signature").ok()?;
        let offset = usize::try_from(reader.u32_be("tag offset").ok()?).ok()?;
        let len = usize::try_from(reader.u32_be("tag size").ok()?).ok()?;
        let Some(body) = offset.checked_add(len).and_then(|end| profile.get(offset..end)) else { continue };
        let known = TAGS.contains(&&signature)
            && body.get(..4).is_some_and(|kind| KINDS.iter().any(|known| known.as_slice() == kind));
        if !known || tags.iter().any(|(other, _)| *other == signature) {
            continue;
        }
        let place = bodies.iter().position(|body| *body == (offset, len)).unwrap_or_else(|| {
            bodies.push((offset, len));
            bodies.len() - 1
        });
        tags.push((signature, place));
    }
    let has = |wanted: &[u8; 4]| tags.iter().any(|(signature, _)| signature == wanted);
    let usable =
        has(b"A2B0") || (has(b"rXYZ") && has(b"gXYZ") && has(b"bXYZ") && has(b"rTRC")) || has(b"kTRC");
    if !usable {
        return None;
    }
    let mut output = vec![0; 128];
    // Version, class, spaces; rendering intent and illuminant. Dates, makers and the checksum stay zero.
    for range in [8..24, 36..40, 64..80] {
        output.get_mut(range.clone())?.copy_from_slice(header.get(range)?);
    }
    output.extend_from_slice(&u32::try_from(tags.len()).ok()?.to_be_bytes());
    let mut offset = 132 + tags.len() * 12;
    let mut offsets = Vec::new();
    for (_, len) in &bodies {
        offsets.push(offset);
        offset += len.next_multiple_of(4);
    }
    for (signature, place) in &tags {
        output.extend_from_slice(signature);
        output.extend_from_slice(&u32::try_from(*offsets.get(*place)?).ok()?.to_be_bytes());
        output.extend_from_slice(&u32::try_from(bodies.get(*place)?.1).ok()?.to_be_bytes());
    }
    for (start, len) in &bodies {
        output.extend_from_slice(profile.get(*start..start + len)?);
        output.resize(output.len().next_multiple_of(4), 0);
    }
    let size = u32::try_from(output.len()).ok()?.to_be_bytes();
    output.get_mut(..4)?.copy_from_slice(&size);
    Some((output, expected))
}
