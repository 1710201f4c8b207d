//! Reads a written file again, strictly, with a parser of its own: every byte belongs to an object, every object
//! is placed where it stands, every key is one that may be written, every stream ends where it says.
//!
//! Object streams and the cross-reference are inflated and read. The other streams were checked before they were
//! deflated ([`content`] reads every content stream), and a checksum of each went into the identifier of the file
//! when it was made: here it is taken again of the bytes that stand in the file.

mod content;
mod scan;

use flate2::{Decompress, FlushDecompress, Status};
use sha2::{Digest, Sha256};

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};
pub(crate) use content::content;
use scan::{Facts, Kept, Scan};

/// Checks `output`.
pub(crate) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let body_start = [&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"[..], b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"]
        .iter()
        .find(|header| output.starts_with(header))
        .map(|header| header.len())
        .ok_or_else(|| malformed("header", 0))?;
    let (xref, tail) = start_of_xref(output)?;
    let mut scan = Scan::new(output, xref, u64::MAX);
    let (xref_number, facts, packed) = scan.indirect()?;
    let end = scan.at;
    if end != tail {
        return Err(malformed("bytes between the cross-reference and the end", end as u64));
    }
    let table = inflate(packed, budget)?;
    let (Some(1), Some(second), Some(third)) = (facts.widths[0], facts.widths[1], facts.widths[2]) else {
        return Err(malformed("W", xref as u64));
    };
    let mut offsets = Vec::new();
    let mut members: Vec<Member> = Vec::new();
    let mut reader = Reader::new(&table);
    let mut count = 0_u64;
    while !reader.is_empty() {
        let kind = reader.u8("entry kind")?;
        let place = number(reader.take(second, "entry place")?);
        let index = number(reader.take(third, "entry index")?);
        match kind {
            0 if count == 0 => (),
            1 => offsets.push((place, count)),
            2 => members.push(Member { stream: place, index, number: count }),
            _ => return Err(malformed("cross-reference entry", count)),
        }
        count += 1;
    }
    if facts.size != Some(count) || xref_number + 1 != count {
        return Err(malformed("Size", xref as u64));
    }
    scan.most = count;
    scan.at = body_start;
    budget.objects(count)?;
    // Objects follow each other without a gap, each where the cross-reference says.
    offsets.sort_unstable();
    members.sort_unstable();
    let mut streams = Sha256::new();
    let mut holders = Vec::new();
    for (offset, expected) in &offsets {
        if *offset != scan.at as u64 {
            return Err(malformed("bytes that belong to no object", scan.at as u64));
        }
        if scan.at == xref {
            scan.at = end;
            continue;
        }
        budget.check()?;
        let (found, facts, packed) = scan.indirect()?;
        if found != *expected {
            return Err(malformed("object number", *offset));
        }
        streams.update(found.to_be_bytes());
        streams.update(crc32fast::hash(packed).to_be_bytes());
        if facts.kind == b"ObjStm" {
            let from = members.partition_point(|member| member.stream < found);
            let own = members.get(from..).unwrap_or_default();
            let own = own.get(..own.partition_point(|member| member.stream == found)).unwrap_or_default();
            holders.push(Holder { at: *offset, facts, packed, own });
        } else if facts.filter == b"FlateDecode" && !is_zlib(packed) {
            return Err(malformed("stream that does not inflate", *offset));
        }
    }
    if scan.at != end {
        return Err(malformed("bytes that belong to no object", scan.at as u64));
    }
    let digest = streams.finalize();
    if facts.identifier.as_deref() != digest.get(..16) {
        return Err(malformed("stream that is not the one that was made", xref as u64));
    }
    let weight = |holder: &Holder<'_>| holder.packed.len() as u64;
    for kept in budget.of_each(&holders, weight, |holder| object_stream(holder, count, budget))? {
        scan.also(kept);
    }
    scan.finish()
}

/// An object stream.
struct Holder<'a> {
    /// Where it stands in the file.
    at: u64,
    facts: Facts<'a>,
    packed: &'a [u8],
    /// The objects that the cross-reference has in it.
    own: &'a [Member],
}

/// An object in an object stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Member {
    stream: u64,
    index: u64,
    number: u64,
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn start_of_xref(output: &[u8]) -> Result<(usize, usize), Error> {
    let end = output.len() as u64;
    let rest = output.strip_suffix(b"\n%%EOF\n").ok_or_else(|| malformed("end of file", end))?;
    let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (rest, offset) =
        rest.split_at_checked(rest.len() - digits).ok_or_else(|| malformed("startxref", end))?;
    let rest = rest.strip_suffix(b"startxref\n").ok_or_else(|| malformed("startxref", end))?;
    let offset = std::str::from_utf8(offset).ok().and_then(|text| text.parse().ok());
    Ok((offset.ok_or_else(|| malformed("startxref", end))?, rest.len()))
}

/// True for a zlib header (RFC 1950) with something behind it.
fn is_zlib(packed: &[u8]) -> bool {
    matches!(packed, [first @ 0x78, second, _, _, _, _, ..]
        if (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31) && second & 0x20 == 0)
}

/// Inflates a stream of the file's own structure. These bytes were written by the engine and paid for when they
/// were read: only the clock is asked.
fn inflate(packed: &[u8], budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = Vec::with_capacity(packed.len().saturating_mul(4));
    let mut inflater = Decompress::new(true);
    loop {
        let before = inflater.total_in();
        let read = usize::try_from(before).unwrap_or(usize::MAX);
        if output.len() == output.capacity() {
            output.reserve(64 << 10);
        }
        let length = output.len();
        let status = inflater
            .decompress_vec(packed.get(read..).unwrap_or_default(), &mut output, FlushDecompress::None)
            .map_err(|_| malformed("stream that does not inflate", before))?;
        match status {
            Status::StreamEnd if inflater.total_in() == packed.len() as u64 => return Ok(output),
            Status::StreamEnd => return Err(malformed("bytes behind a stream", before)),
            _ if inflater.total_in() == before && output.len() == length => {
                return Err(malformed("stream cut short", before));
            }
            _ => budget.check()?,
        }
    }
}

/// The objects of an object stream: its own ones in their order, and nothing else. References are below `most`.
fn object_stream(holder: &Holder<'_>, most: u64, budget: &Budget) -> Result<Kept, Error> {
    let Holder { at, facts, packed, own } = holder;
    let plain = inflate(packed, budget)?;
    let first = facts.first.and_then(|first| usize::try_from(first).ok()).unwrap_or(usize::MAX);
    if facts.count != Some(own.len() as u64) || first > plain.len() {
        return Err(malformed("object stream", *at));
    }
    let mut head = Scan::new(&plain, 0, most);
    let mut body = Scan::new(&plain, first, most);
    for (index, member) in own.iter().enumerate() {
        let found = head.digits()?;
        head.expect(b" ", "object stream index")?;
        let offset = head.digits()?;
        head.expect(b" ", "object stream index")?;
        let is_here = offset == (body.at - first) as u64;
        if found != member.number || member.index != index as u64 || !is_here {
            return Err(malformed("object stream index", *at));
        }
        body.value(member.number)?;
        body.expect(b"\n", "object in a stream")?;
    }
    if head.at != first || body.at != plain.len() {
        return Err(malformed("bytes in an object stream", *at));
    }
    Ok(body.kept())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        budget::Cancel,
        formats::pdf::{
            model::{Fields, Graph, Item, Value as New},
            write,
        },
        limits::Limits,
    };

    fn written(key: &'static str, value: New) -> Vec<u8> {
        let mut graph = Graph::default();
        let mut catalog = Fields::default();
        catalog.set("Type", New::name("Catalog"));
        catalog.set(key, value);
        graph.root = Some(graph.add(Item::Value(New::Dict(catalog))));
        write::write(graph, 2, &Budget::new(&Limits::default(), 1_000, Cancel::new())).unwrap()
    }

    fn verified(bytes: &[u8]) -> Result<(), Error> {
        verify(bytes, &Budget::new(&Limits::default(), 1_000, Cancel::new()))
    }

    #[test]
    fn what_the_writer_writes_verifies_and_nothing_around_it_does() {
        let bytes = written("PageLayout", New::name("OneColumn"));
        verified(&bytes).unwrap();
        assert!(verified(&[bytes.as_slice(), b"x"].concat()).is_err());
        assert!(verified(&[b"x", bytes.as_slice()].concat()).is_err());
        let mut cut = bytes.clone();
        cut.insert(20, b' ');
        assert!(verified(&cut).is_err());
    }

    #[test]
    fn keys_and_actions_outside_the_allow_list_do_not_verify() {
        assert!(verified(&written("AA", New::Dict(Fields::default()))).is_err());
        assert!(verified(&written("Evil", New::Int(1))).is_err());
        let mut action = Fields::default();
        action.set("S", New::name("Launch"));
        assert!(verified(&written("OpenAction", New::Dict(action))).is_err());
        let mut action = Fields::default();
        action.set("S", New::name("URI"));
        action.set("URI", New::String(b"javascript:alert(1)".to_vec()));
        assert!(verified(&written("OpenAction", New::Dict(action))).is_err());
    }
}
