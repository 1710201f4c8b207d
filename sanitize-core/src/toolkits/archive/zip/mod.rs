//! ZIP (APPNOTE 6.3.10): a bounded reader that trusts nothing twice told, and a writer that tells nothing twice.
//!
//! A ZIP archive describes each member in its central directory and again in front of its bytes. Programs
//! differ in which they believe, and attacks live in that difference. [`Archive::read`] reads both, and
//! whatever lies between, and returns what disagrees as [`Anomaly`]: the format decides what it means.
//! [`ArchiveWriter`] writes the smallest form every reader takes alike; [`verify_archive`] reads that form
//! and nothing else.

mod crypt;
mod directory;
mod end;
mod extra;
mod layout;
mod local;
mod member;
mod name;
mod time;
mod verify;
mod write;

pub(crate) use member::{AesStrength, Encryption, Member, MemberKind, UnicodePath};
pub(crate) use name::{Name, NameEncoding};
pub(crate) use time::DosTime;
pub(crate) use verify::{WrittenMember, verify_archive};
pub(crate) use write::{ArchiveWriter, Gathered, Gathering, Packed};

use crate::{budget::Budget, error::Error};

/// Stored without compression.
pub(crate) const STORED: u16 = 0;
/// Deflate, RFC 1951.
pub(crate) const DEFLATED: u16 = 8;

const LOCAL: &[u8; 4] = b"PK\x03\x04";
const CENTRAL: &[u8; 4] = b"PK\x01\x02";
const END: &[u8; 4] = b"PK\x05\x06";
const END64: &[u8; 4] = b"PK\x06\x06";
const LOCATOR64: &[u8; 4] = b"PK\x06\x07";
const DESCRIPTOR: &[u8; 4] = b"PK\x07\x08";

/// What is there: the members in the order of the central directory, and everything that is odd.
#[derive(Debug)]
pub(crate) struct Archive<'a> {
    pub(crate) members: Vec<Member<'a>>,
    /// In the order they were noticed: end records, directory, members, layout.
    pub(crate) anomalies: Vec<Anomaly>,
}

impl<'a> Archive<'a> {
    /// Reads the directory of `input` and the header of every member; no member is decompressed.
    ///
    /// Fails where no directory can be read. An archive that is split over several files has the anomaly
    /// that says so, and no members.
    pub(crate) fn read(input: &'a [u8], budget: &Budget) -> Result<Self, Error> {
        let mut anomalies = Vec::new();
        let end = end::find(input, &mut anomalies)?;
        if anomalies.iter().any(|anomaly| anomaly.kind == AnomalyKind::SplitArchive) {
            return Ok(Self { members: Vec::new(), anomalies });
        }
        let directory = directory::read(input, &end, &mut anomalies, budget)?;
        let mut members = Vec::with_capacity(directory.entries.len());
        let mut ranges = Vec::with_capacity(directory.entries.len());
        for (index, entry) in directory.entries.into_iter().enumerate() {
            let local = local::read(input, &entry, end.base, index, &mut anomalies);
            if let Some(local) = &local {
                ranges.push(local.range.clone());
            }
            members.push(entry.member(local));
        }
        layout::check(input, ranges, directory.range, &end, &mut anomalies);
        duplicate_names(&members, &mut anomalies);
        Ok(Self { members, anomalies })
    }

    /// The gravest of the anomalies that no honest program writes, if there is one. It often brings others
    /// with it.
    pub(crate) fn attack(&self) -> Option<&Anomaly> {
        self.anomalies.iter().filter(|anomaly| anomaly.kind.is_attack()).min_by_key(|anomaly| anomaly.kind)
    }
}

/// Names that are equal byte for byte. Equal in meaning is for the format to say.
fn duplicate_names(members: &[Member<'_>], anomalies: &mut Vec<Anomaly>) {
    let mut order: Vec<usize> = (0..members.len()).collect();
    let name = |index: &usize| members.get(*index).map_or(&b""[..], |member| member.raw_name);
    order.sort_by(|a, b| name(a).cmp(name(b)).then(a.cmp(b)));
    for pair in order.windows(2) {
        if let [first, second] = pair
            && name(first) == name(second)
        {
            let offset = members.get(*second).map_or(0, |member| member.offset);
            anomalies.push(Anomaly { kind: AnomalyKind::DuplicateName, offset, member: Some(*second) });
        }
    }
}

/// Something an archive need not have, or must not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anomaly {
    pub(crate) kind: AnomalyKind,
    /// In bytes from the start of the archive.
    pub(crate) offset: u64,
    /// The index of the member it concerns, where it concerns one.
    pub(crate) member: Option<usize>,
}

/// Kinds of [`Anomaly`]. The first group occurs in honest archives and is lost by writing anew; the second
/// makes readers see different archives, and no honest program is known to write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AnomalyKind {
    /// Bytes before the first member: a self-extractor's program, a polyglot.
    PrefixData,
    /// Bytes behind the end record and its comment.
    TrailingData,
    /// Bytes between members, or between them and the directory, that belong to nothing.
    Gap,
    /// Zero bytes in such a place: alignment.
    Padding,
    /// A comment on the archive or on a member.
    Comment,
    /// Extra fields other than ZIP64's.
    ExtraFields,
    /// A version nobody issued, in what is needed to extract.
    OddVersion,
    /// A stored member whose size stands behind it only, with nothing in it that looks like a header.
    StreamedStored,

    /// Several end records, or directories, to choose from.
    SeveralEndRecords,
    /// ZIP64 records or fields that contradict the plain ones, are missing, or given twice.
    Zip64Trick,
    /// The end record counts other members, or another size of the directory, than there are.
    DirectoryMismatch,
    /// A part of an archive in several files.
    SplitArchive,
    /// The local header gives another name, method, size or checksum than the directory.
    HeaderMismatch,
    /// The local header and the directory disagree on whether the member is encrypted.
    EncryptionMismatch,
    /// The directory points to where no local header stands.
    MissingLocal,
    /// A local header stands where the directory names none.
    UnlistedLocal,
    /// Two members, or a member and the directory, share bytes.
    Overlap,
    /// A data descriptor that is missing, contradicts the directory, or can be found in several places.
    DataDescriptorTrick,
    /// Two members with the same name.
    DuplicateName,
}

impl AnomalyKind {
    /// True for what makes readers see different archives.
    pub(crate) fn is_attack(self) -> bool {
        self >= Self::SeveralEndRecords
    }
}

#[cfg(test)]
mod tests;
