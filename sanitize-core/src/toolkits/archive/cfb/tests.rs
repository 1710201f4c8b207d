use super::*;
use crate::{
    budget::Cancel,
    error::Error,
    limits::{Limits, Resource},
};
use sanitize_corpus::compound::Compound;

const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const FAT: u32 = 0xffff_fffd;

fn budget() -> Budget {
    Budget::new(&Limits::default(), 0, Cancel::new())
}

fn read(file: &[u8]) -> Result<CompoundFile<'_>, Error> {
    CompoundFile::read(file, &budget())
}

fn stream(file: &[u8], path: &str) -> Result<Option<Vec<u8>>, Error> {
    read(file)?.stream(path, &budget())
}

fn is_malformed<T>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Malformed { .. }))
}

/// An entry of the directory: name, type, left, right, child, first sector, size.
type Slot<'a> = (&'a str, u8, u32, u32, u32, u32, u64);

/// A file of sectors that are given, with a header that points at the FAT in sector 0, the directory in sector 1
/// and the mini FAT in sector 2.
fn file(sector: usize, fat: &[u32], slots: &[Slot<'_>], mini_fat: &[u32], others: &[Vec<u8>]) -> Vec<u8> {
    let words = |words: &[u32], fill: u32| {
        let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        while bytes.len() < sector {
            bytes.extend(fill.to_le_bytes());
        }
        bytes
    };
    let mut file = SIGNATURE.to_vec();
    file.extend([0; 16]);
    let (version, shift) = if sector == 512 { (3, 9) } else { (4, 12) };
    for word in [0x3e_u16, version, 0xfffe, shift, 6, 0, 0, 0] {
        file.extend(word.to_le_bytes());
    }
    for word in [0, 1, 1, 0, 4096, 2, 1, END, 0, 0] {
        file.extend(u32::to_le_bytes(word));
    }
    file.extend(words(&[FREE; 108], FREE).into_iter().take(108 * 4));
    file.resize(sector, 0);
    file.extend(words(fat, FREE));
    let mut directory = Vec::new();
    for (name, kind, left, right, child, start, size) in slots {
        let mut slot: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let len = slot.len() as u16 + 2;
        slot.resize(64, 0);
        slot.extend(len.to_le_bytes());
        slot.extend([*kind, 1]);
        for link in [left, right, child] {
            slot.extend(link.to_le_bytes());
        }
        slot.extend([7; 16]);
        slot.extend([0; 20]);
        slot.extend(start.to_le_bytes());
        slot.extend(size.to_le_bytes());
        directory.extend(slot);
    }
    directory.resize(sector, 0);
    file.extend(directory);
    file.extend(words(mini_fat, FREE));
    for other in others {
        let mut other = other.clone();
        other.resize(sector, 0);
        file.extend(other);
    }
    file
}

/// A root with a short stream `small` in the mini stream, which stands in sector 3.
fn with_small(sector: usize, fat: &[u32], small: (u32, u64), mini_fat: &[u32]) -> Vec<u8> {
    let slots = [("Root Entry", 5, FREE, FREE, 1, 3, 128), ("small", 2, FREE, FREE, FREE, small.0, small.1)];
    let mini_stream: Vec<u8> = [[1; 64], [2; 64]].concat();
    file(sector, fat, &slots, mini_fat, &[mini_stream])
}

#[test]
fn streams_stand_where_their_path_says_in_any_case() {
    let bytes = Compound::new()
        .stream("VBA/dir", vec![1; 5000])
        .stream("VBA/Module1", vec![2; 4096])
        .stream("\u{1}Ole", vec![3; 4096])
        .bytes();
    let file = read(&bytes).unwrap();
    assert_eq!(file.stream("vba/DIR", &budget()).unwrap().unwrap(), vec![1; 5000]);
    assert_eq!(file.stream("\u{1}Ole", &budget()).unwrap().unwrap(), vec![3; 4096]);
    assert_eq!(file.stream("VBA", &budget()).unwrap(), None, "a storage is no stream");
    assert_eq!(file.stream("dir", &budget()).unwrap(), None);
    let found: Vec<_> = file
        .entries()
        .iter()
        .map(|entry| (entry.name.as_str(), entry.kind, entry.size, entry.parent))
        .collect();
    assert_eq!(found.first(), Some(&("Root Entry", EntryKind::Root, 0, 0)));
    let storage = found.iter().position(|entry| entry.1 == EntryKind::Storage).unwrap();
    assert!(found.contains(&("dir", EntryKind::Stream, 5000, storage)));
    assert!(found.contains(&("Module1", EntryKind::Stream, 4096, storage)));
    assert_eq!(found.len(), 5);
}

#[test]
fn a_short_stream_is_gathered_from_the_mini_stream_in_both_versions() {
    for sector in [512, 4096] {
        // The second mini sector comes first.
        let bytes = with_small(sector, &[FAT, END, END, END], (1, 100), &[END, 0]);
        let small = stream(&bytes, "small").unwrap().unwrap();
        assert_eq!(small, [[2; 64].as_slice(), &[1; 36]].concat());
        assert_eq!(read(&bytes).unwrap().entries()[1].clsid, [7; 16]);
    }
}

#[test]
fn version_3_has_sizes_of_32_bits() {
    let bytes = with_small(512, &[FAT, END, END, END], (0, 0xdead_0000_0000 + 64), &[END, END]);
    assert_eq!(stream(&bytes, "small").unwrap().unwrap(), vec![1; 64]);
    let bytes = with_small(4096, &[FAT, END, END, END], (0, 0xdead_0000_0000 + 64), &[END, END]);
    assert!(is_malformed(stream(&bytes, "small")), "in version 4 this is a size the file cannot hold");
}

#[test]
fn a_loop_in_a_chain_is_malformed() {
    // The mini stream's own chain, the directory's, and a stream's.
    assert!(is_malformed(read(&with_small(512, &[FAT, END, END, 3], (0, 64), &[END, END]))));
    assert!(is_malformed(read(&with_small(512, &[FAT, 1, END, END], (0, 64), &[END, END]))));
    assert!(is_malformed(stream(&with_small(512, &[FAT, END, END, END], (0, 100), &[1, 0]), "small")));
}

#[test]
fn a_chain_that_is_shorter_than_its_stream_is_malformed() {
    assert!(is_malformed(stream(&with_small(512, &[FAT, END, END, END], (0, 100), &[END, END]), "small")));
    assert!(is_malformed(stream(&with_small(512, &[FAT, END, END, END], (0, 4095), &[1, END]), "small")));
    assert!(is_malformed(stream(&with_small(512, &[FAT, END, END, END], (9, 64), &[END, END]), "small")));
    assert!(is_malformed(stream(&with_small(512, &[FAT, END, END, END], (3, 4096), &[END, END]), "small")));
}

#[test]
fn a_chain_that_leaves_the_file_or_enters_the_table_is_malformed() {
    assert!(is_malformed(read(&with_small(512, &[FAT, END, END, 77], (0, 64), &[END, END]))));
    assert!(is_malformed(read(&with_small(512, &[FAT, END, END, FREE], (0, 64), &[END, END]))));
    assert!(is_malformed(read(&with_small(512, &[FAT, END, END, 0], (0, 64), &[END, END]))));
}

#[test]
fn a_size_is_not_believed_before_it_is_paid_for() {
    let mut small = with_small(512, &[FAT, END, END, END], (0, 0xffff_fff0), &[END, END]);
    assert!(is_malformed(stream(&small, "small")));
    small.truncate(3 * 512);
    assert!(is_malformed(read(&small)), "the mini stream is cut off");
}

#[test]
fn a_directory_that_meets_an_entry_twice_is_malformed() {
    let tree = |links: [(u32, u32, u32); 3]| {
        let [root, a, b] = links;
        let slots = [
            ("Root Entry", 5, root.0, root.1, root.2, END, 0),
            ("a", 1, a.0, a.1, a.2, END, 0),
            ("b", 1, b.0, b.1, b.2, END, 0),
        ];
        file(512, &[FAT, END, END], &slots, &[], &[])
    };
    assert_eq!(
        read(&tree([(FREE, FREE, 1), (FREE, 2, FREE), (FREE, FREE, FREE)])).unwrap().entries().len(),
        3
    );
    assert!(
        read(&tree([(FREE, FREE, 1), (FREE, FREE, 2), (FREE, FREE, FREE)])).unwrap().find("a/b").is_some()
    );
    for links in [
        [(FREE, FREE, 1), (FREE, 2, FREE), (1, FREE, FREE)],
        [(FREE, FREE, 1), (FREE, FREE, 1), (FREE, FREE, FREE)],
        [(FREE, FREE, 1), (FREE, 2, 2), (FREE, FREE, FREE)],
        [(FREE, FREE, 1), (FREE, 0, FREE), (FREE, FREE, FREE)],
        [(FREE, FREE, 1), (FREE, 99, FREE), (FREE, FREE, FREE)],
        [(FREE, FREE, 0), (FREE, FREE, FREE), (FREE, FREE, FREE)],
    ] {
        assert!(is_malformed(read(&tree(links))), "{links:?}");
    }
}

#[test]
fn two_entries_of_one_name_are_malformed() {
    let slots = [
        ("Root Entry", 5, FREE, FREE, 1, END, 0),
        ("Workbook", 2, FREE, 2, FREE, END, 0),
        ("WORKBOOK", 2, FREE, FREE, FREE, END, 0),
    ];
    assert!(is_malformed(read(&file(512, &[FAT, END, END], &slots, &[], &[]))));
}

#[test]
fn lies_about_the_table_are_malformed() {
    let good = with_small(512, &[FAT, END, END, END], (0, 64), &[END, END]);
    let changed = |offset: usize, value: u32| {
        let mut bytes = good.clone();
        bytes[offset..offset + 4].copy_from_slice(&value.to_le_bytes());
        bytes
    };
    assert!(read(&good).is_ok());
    // More sectors of the FAT than the file has, than are listed, and one that is listed twice.
    assert!(is_malformed(read(&changed(44, 0xffff_ffff))));
    assert!(is_malformed(read(&changed(44, 2))));
    let mut twice = changed(44, 2);
    twice[80..84].copy_from_slice(&0_u32.to_le_bytes());
    assert!(is_malformed(read(&twice)));
    // The FAT, the directory and the mini FAT behind the end of the file.
    for offset in [76, 48, 60] {
        assert!(is_malformed(read(&changed(offset, 500))), "{offset}");
    }
    assert!(is_malformed(read(&good[..600])));
    assert!(is_malformed(read(&good[..100])));
}

#[test]
fn a_list_of_table_sectors_that_goes_on_for_ever_is_malformed() {
    // 109 sectors of the FAT are listed in the header and the list goes on in a sector that leads to itself.
    let mut bytes = with_small(512, &[FAT, END, END, END], (0, 64), &[END, END]);
    let sectors = 400;
    bytes.resize(512 * (sectors + 1), 0);
    bytes[44..48].copy_from_slice(&399_u32.to_le_bytes());
    bytes[68..72].copy_from_slice(&200_u32.to_le_bytes());
    for (index, entry) in bytes[76..512].chunks_exact_mut(4).enumerate() {
        entry.copy_from_slice(&(index as u32).to_le_bytes());
    }
    let list = 512 * 201;
    for (index, entry) in bytes[list..list + 512].chunks_exact_mut(4).enumerate() {
        let sector = if index == 127 { 200 } else { 210 + index as u32 };
        entry.copy_from_slice(&sector.to_le_bytes());
    }
    assert!(is_malformed(read(&bytes)));
}

#[test]
fn a_table_beyond_the_header_is_read() {
    // 8 MB need more than 109 sectors of the FAT, and so a list of them.
    let content: Vec<u8> = (0..8_000_000_u32).map(|at| (at / 512) as u8).collect();
    let sectors = content.len() / 512;
    let table = 126;
    let first = 3 + sectors as u32;
    let mut fat = vec![0; 3];
    fat[1] = END;
    fat[2] = END;
    fat.extend((0..sectors as u32).map(|index| if index as usize + 1 == sectors { END } else { 4 + index }));
    fat.extend([FAT; 200]);
    fat.resize(table * 128, FREE);
    let slots =
        [("Root Entry", 5, FREE, FREE, 1, END, 0), ("big", 2, FREE, FREE, FREE, 3, content.len() as u64)];
    let mut bytes = file(512, &[], &slots, &[], &[]);
    bytes.extend(&content);
    bytes.extend(fat.iter().flat_map(|word: &u32| word.to_le_bytes()));
    // The list: what the header has no room for.
    let list: Vec<u32> = (109..table as u32).map(|index| first + index).collect();
    let mut list_sector: Vec<u8> = list.iter().flat_map(|word| word.to_le_bytes()).collect();
    list_sector.resize(508, 0xff);
    list_sector.extend(END.to_le_bytes());
    bytes.extend(list_sector);
    bytes[44..48].copy_from_slice(&(table as u32).to_le_bytes());
    bytes[68..72].copy_from_slice(&(first + table as u32).to_le_bytes());
    for (index, entry) in bytes[76..512].chunks_exact_mut(4).enumerate() {
        entry.copy_from_slice(&(first + index as u32).to_le_bytes());
    }
    assert!(stream(&bytes, "big").unwrap().unwrap() == content);
}

#[test]
fn storages_in_storages_end_at_the_depth_limit() {
    let bytes = Compound::new().stream("a/b/c/d", vec![0; 4096]).bytes();
    let limits = Limits { xml_depth: 3, ..Limits::default() };
    let budget = Budget::new(&limits, 0, Cancel::new());
    assert_eq!(CompoundFile::read(&bytes, &budget).err(), Some(Error::Limit(Resource::TreeDepth)));
}

#[test]
fn no_single_wrong_byte_makes_it_panic_or_hang() {
    let good = with_small(512, &[FAT, END, END, END], (1, 100), &[END, 0]);
    for at in 0..good.len() {
        for value in [0, 1, 3, 0x7f, 0xfe, 0xff] {
            let mut bytes = good.clone();
            bytes[at] = value;
            let _any = stream(&bytes, "small");
        }
        let _cut = stream(&good[..at], "small");
    }
}
