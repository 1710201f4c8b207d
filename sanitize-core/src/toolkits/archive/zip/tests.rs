use super::*;
use crate::{budget::Cancel, limits::Limits};

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1 << 20, Cancel::new())
}

/// `a.txt` deflated, `表/` a directory, `表/b` stored.
fn written() -> Vec<u8> {
    let mut writer = ArchiveWriter::new();
    let time = DosTime::from_fields(46 << 9 | 11 << 5 | 22, 16 << 11);
    writer.add("a.txt", time, &Packed::deflated(&b"abc".repeat(100), 2).unwrap()).unwrap();
    writer.add_directory("表", DosTime::EPOCH).unwrap();
    writer.add("表/b", DosTime::from_fields(0, 0), &Packed::deflated(b"b", 2).unwrap()).unwrap();
    writer.finish(&budget()).unwrap()
}

fn names(archive: &Archive<'_>) -> Vec<String> {
    archive.members.iter().map(|member| member.name().text).collect()
}

fn kinds(input: &[u8]) -> Vec<AnomalyKind> {
    let archive = Archive::read(input, &budget()).unwrap();
    archive.anomalies.iter().map(|anomaly| anomaly.kind).collect()
}

/// `bytes` with the one occurrence of `from` at or behind `start` replaced by `to`, of the same length.
fn patched(bytes: &[u8], start: usize, from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = start + memchr::memmem::find(&bytes[start..], from).unwrap();
    let mut patched = bytes.to_vec();
    patched[at..at + to.len()].copy_from_slice(to);
    patched
}

#[test]
fn what_was_written_is_read_without_anomalies_and_verifies() {
    let bytes = written();
    let archive = Archive::read(&bytes, &budget()).unwrap();
    assert_eq!(archive.anomalies, []);
    assert_eq!(names(&archive), ["a.txt", "表/", "表/b"]);
    let plain: Vec<_> = archive.members.iter().map(|member| member.read(&[], &budget()).unwrap()).collect();
    assert_eq!(plain[0], b"abc".repeat(100));
    assert_eq!((&*plain[1], &*plain[2]), (&b""[..], &b"b"[..]));
    assert_eq!(archive.members[1].kind, MemberKind::Directory);
    assert_eq!(archive.members[0].modified, DosTime::from_fields(46 << 9 | 11 << 5 | 22, 16 << 11));
    assert_eq!(archive.members[2].modified, DosTime::EPOCH, "a time that is none is not written");
    let mut seen = Vec::new();
    verify_archive(&bytes, &budget(), |member| {
        seen.push((member.name.to_owned(), member.plain(&budget())?.into_owned()));
        Ok(())
    })
    .unwrap();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[2], ("表/b".to_owned(), b"b".to_vec()));
}

#[test]
fn any_changed_byte_of_a_header_fails_verification() {
    let bytes = written();
    let check = |bytes: &[u8]| verify_archive(bytes, &budget(), |member| member.plain(&budget()).map(drop));
    check(&bytes).unwrap();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x04;
        assert!(check(&changed).is_err(), "byte {at}");
    }
    assert!(check(&[bytes.as_slice(), b"x"].concat()).is_err());
    assert!(check(&[b"x", bytes.as_slice()].concat()).is_err());
    assert!(check(&bytes[..bytes.len() - 1]).is_err());
}

#[test]
fn more_members_than_sixteen_bits_count_are_written_in_zip64() {
    let limits = Limits { members: 100_000, ..Limits::default() };
    let budget = Budget::new(&limits, 10 << 20, Cancel::new());
    let mut writer = ArchiveWriter::new();
    let empty = Packed::stored(Vec::new());
    for index in 0..65_536 {
        writer.add(&index.to_string(), DosTime::EPOCH, &empty).unwrap();
    }
    let bytes = writer.finish(&budget).unwrap();
    let archive = Archive::read(&bytes, &budget).unwrap();
    assert_eq!((archive.members.len(), archive.anomalies), (65_536, vec![]));
    verify_archive(&bytes, &budget, |_| Ok(())).unwrap();
}

#[test]
fn headers_that_disagree_are_noticed() {
    let bytes = written();
    let directory = memchr::memmem::find(&bytes, CENTRAL).unwrap();
    assert_eq!(kinds(&patched(&bytes, 0, b"a.txt", b"b.txt")), [AnomalyKind::HeaderMismatch]);
    assert_eq!(kinds(&patched(&bytes, 0, b"\x14\0\0\0", b"\x14\0\x01\0")), [AnomalyKind::EncryptionMismatch]);
    let unknown_size = patched(&bytes, directory, &300_u32.to_le_bytes(), &[0xff; 4]);
    assert!(kinds(&unknown_size).contains(&AnomalyKind::Zip64Trick));
    let same_place = patched(&bytes, directory, b"\0\0\0\0a.txt", b"\x01\0\0\0a.txt");
    assert!(kinds(&same_place).contains(&AnomalyKind::MissingLocal));
    let flag = |bytes: &[u8]| Archive::read(bytes, &budget()).unwrap().attack().map(|anomaly| anomaly.kind);
    assert_eq!(flag(&patched(&bytes, directory, b"\x14\0\x14\0\0\0", b"\x3f\x03\x0a\0\0\x08")), None);
}

#[test]
fn bytes_that_belong_to_nothing_are_noticed() {
    let bytes = written();
    assert_eq!(kinds(&[b"MZ stub", bytes.as_slice()].concat()), [AnomalyKind::PrefixData]);
    assert_eq!(kinds(&[bytes.as_slice(), b"tail"].concat()), [AnomalyKind::TrailingData]);
    assert_eq!(kinds(&[bytes.as_slice(), &[0; 512]].concat()), [AnomalyKind::Padding]);
    let twice = kinds(&[bytes.clone(), bytes.clone()].concat());
    assert!(twice.contains(&AnomalyKind::SeveralEndRecords), "{twice:?}");
    let hidden = [b"PK\x03\x04".as_slice(), &bytes[4..40], &bytes].concat();
    assert_eq!(kinds(&hidden), [AnomalyKind::PrefixData, AnomalyKind::UnlistedLocal]);
}

#[test]
fn a_count_or_length_that_is_not_the_directorys_is_noticed() {
    let bytes = written();
    let end = bytes.len() - 22;
    assert_eq!(kinds(&patched(&bytes, end, &[3, 0, 3, 0], &[2, 0, 2, 0])), [AnomalyKind::DirectoryMismatch]);
    assert_eq!(kinds(&patched(&bytes, end, &[3, 0, 3, 0], &[2, 0, 3, 0])), [AnomalyKind::SplitArchive]);
}

#[test]
fn a_declared_size_is_not_believed() {
    let bytes = written();
    let size = 300_u32.to_le_bytes();
    let twice = |to: &[u8]| patched(&patched(&bytes, 0, &size, to), 60, &size, to);
    let read = |bytes: &[u8]| {
        let archive = Archive::read(bytes, &budget()).unwrap();
        archive.members[0].read(&[], &budget()).map(|plain| plain.len())
    };
    assert_eq!(read(&bytes), Ok(300));
    assert!(matches!(read(&twice(&299_u32.to_le_bytes())), Err(Error::Malformed { .. })));
    assert!(matches!(read(&twice(&0x7fff_ffff_u32.to_le_bytes())), Err(Error::Malformed { .. })));
}

#[test]
fn many_end_signatures_cost_one_pass() {
    let started = cpu_time::ThreadTime::now();
    let spam = [b"PK\x05\x06".as_slice(), &[0; 18]].concat().repeat(300_000);
    assert!(kinds(&spam).contains(&AnomalyKind::SeveralEndRecords));
    assert!(Archive::read(&b"PK\x05\x06".repeat(1_500_000), &budget()).is_err());
    assert!(started.elapsed().as_secs() < 5);
}
