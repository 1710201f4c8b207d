//! Compound files (MS-CFB): the container of OLE objects, VBA projects and encrypted packages.
//!
//! Version 3, 512-byte sectors. Every stream is padded to the mini-stream cutoff, so that there is no mini stream.

const SECTOR: usize = 512;
const END: u32 = 0xffff_fffe;
const FREE: u32 = 0xffff_ffff;
const NONE: u32 = 0xffff_ffff;

/// A storage or stream.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    parent: usize,
    stream: Option<Vec<u8>>,
    class: [u8; 16],
}

/// A compound file.
#[derive(Clone, Debug)]
pub struct Compound {
    entries: Vec<Entry>,
}

impl Default for Compound {
    fn default() -> Self {
        Self::new()
    }
}

impl Compound {
    /// An empty file.
    pub fn new() -> Self {
        let root = Entry { name: "Root Entry".to_owned(), parent: 0, stream: None, class: [0; 16] };
        Self { entries: vec![root] }
    }

    /// The class of the root storage, in the byte order of the file.
    pub fn class(mut self, class: [u8; 16]) -> Self {
        self.entries[0].class = class;
        self
    }

    /// A stream. Storages in its path are made as needed. Content shorter than 4,096 bytes is filled up with zeros.
    pub fn stream(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        let mut parent = 0;
        let mut names: Vec<&str> = path.split('/').collect();
        let last = names.pop().unwrap_or_default();
        for name in names {
            let found =
                self.entries.iter().skip(1).position(|entry| entry.name == name && entry.parent == parent);
            parent = match found {
                Some(index) => index + 1,
                None => self.push(name, parent, None),
            };
        }
        let mut content = content.into();
        content.resize(content.len().max(4096), 0);
        self.push(last, parent, Some(content));
        self
    }

    fn push(&mut self, name: &str, parent: usize, stream: Option<Vec<u8>>) -> usize {
        self.entries.push(Entry { name: name.to_owned(), parent, stream, class: [0; 16] });
        self.entries.len() - 1
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut fat: Vec<u32> = Vec::new();
        let mut sectors: Vec<u8> = Vec::new();
        let mut chain = |content: &[u8], fat: &mut Vec<u32>| -> u32 {
            let start = fat.len() as u32;
            let count = content.len().div_ceil(SECTOR);
            for index in 0..count {
                fat.push(if index + 1 == count { END } else { start + index as u32 + 1 });
            }
            sectors.extend(content);
            sectors.resize(sectors.len().next_multiple_of(SECTOR), 0);
            start
        };
        let starts: Vec<u32> = self
            .entries
            .iter()
            .map(|entry| entry.stream.as_ref().map_or(END, |stream| chain(stream, &mut fat)))
            .collect();
        let directory = chain(&self.directory(&starts), &mut fat);
        let first_fat = fat.len();
        let mut fat_sectors = 1;
        while (first_fat + fat_sectors).div_ceil(SECTOR / 4) > fat_sectors {
            fat_sectors += 1;
        }
        assert!(fat_sectors <= 109, "a sample needs no DIFAT");
        fat.extend(std::iter::repeat_n(0xffff_fffd, fat_sectors));
        fat.resize(fat_sectors * SECTOR / 4, FREE);

        let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        file.extend([0; 16]);
        for word in [0x3eu16, 3, 0xfffe, 9, 6, 0, 0, 0] {
            file.extend(word.to_le_bytes());
        }
        for word in [0, fat_sectors as u32, directory, 0, 4096, END, 0, END, 0] {
            file.extend(word.to_le_bytes());
        }
        for index in 0..109 {
            let sector = if index < fat_sectors { (first_fat + index) as u32 } else { FREE };
            file.extend(sector.to_le_bytes());
        }
        file.extend(&sectors);
        for word in fat {
            file.extend(word.to_le_bytes());
        }
        file
    }

    /// Directory entries; the children of a storage form a list by their right siblings, in name order.
    fn directory(&self, starts: &[u32]) -> Vec<u8> {
        let mut child = vec![NONE; self.entries.len()];
        let mut right = vec![NONE; self.entries.len()];
        for (parent, first_child) in child.iter_mut().enumerate() {
            let mut children: Vec<usize> =
                (1..self.entries.len()).filter(|index| self.entries[*index].parent == parent).collect();
            children.sort_by_key(|index| {
                let name = self.entries[*index].name.to_uppercase();
                (name.encode_utf16().count(), name)
            });
            for pair in children.windows(2) {
                right[pair[0]] = pair[1] as u32;
            }
            if let Some(first) = children.first() {
                *first_child = *first as u32;
            }
        }
        let mut directory = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let mut name: Vec<u8> = entry.name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let length = name.len() as u16 + 2;
            name.resize(64, 0);
            directory.extend(name);
            directory.extend(length.to_le_bytes());
            directory.push(match (&entry.stream, index) {
                (_, 0) => 5,
                (Some(_), _) => 2,
                (None, _) => 1,
            });
            directory.push(1);
            directory.extend(NONE.to_le_bytes());
            directory.extend(right[index].to_le_bytes());
            directory.extend(child[index].to_le_bytes());
            directory.extend(entry.class);
            directory.extend([0; 20]);
            let start = if entry.stream.is_some() || index == 0 { starts[index] } else { 0 };
            directory.extend(start.to_le_bytes());
            directory.extend((entry.stream.as_ref().map_or(0, Vec::len) as u64).to_le_bytes());
        }
        directory
    }
}

/// The bytes of a class id as a compound file holds them, from `XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX`.
pub fn class_id(text: &str) -> [u8; 16] {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    let mut bytes = [0; 16];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(index * 2..index * 2 + 2).unwrap_or("0"), 16).unwrap_or(0);
    }
    bytes[0..4].reverse();
    bytes[4..6].reverse();
    bytes[6..8].reverse();
    bytes
}

/// A VBA project (MS-OVBA) with one module of this source. Its code does nothing.
pub fn vba_project(source: &str) -> Vec<u8> {
    vba_project_with(source, b"")
}

/// A VBA project whose module also holds `performance_cache` before its source.
pub fn vba_project_with(source: &str, performance_cache: &[u8]) -> Vec<u8> {
    let mut module = performance_cache.to_vec();
    let offset = module.len() as u32;
    module.extend(compressed(source.as_bytes(), b'\n'));
    Compound::new()
        .stream(
            "PROJECT",
            b"ID=\"{00000000-0000-0000-0000-000000000000}\"\r\nModule=Module1\r\nName=\"Project\"\r\n"
                .to_vec(),
        )
        .stream("VBA/_VBA_PROJECT", vec![0xcc, 0x61, 0xff, 0xff, 0, 0, 0])
        .stream("VBA/dir", compressed(&directory_of_project(offset), 0))
        .stream("VBA/Module1", module)
        .bytes()
}

fn directory_of_project(text_offset: u32) -> Vec<u8> {
    let mut records = Vec::new();
    let mut record = |id: u16, body: &[u8]| {
        records.extend(id.to_le_bytes());
        records.extend((body.len() as u32).to_le_bytes());
        records.extend(body);
    };
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    record(0x01, &1u32.to_le_bytes());
    record(0x02, &0x409u32.to_le_bytes());
    record(0x14, &0x409u32.to_le_bytes());
    record(0x03, &1252u16.to_le_bytes());
    record(0x04, b"Project");
    record(0x05, b"");
    record(0x40, b"");
    record(0x06, b"");
    record(0x3d, b"");
    record(0x07, &0u32.to_le_bytes());
    record(0x08, &0u32.to_le_bytes());
    // PROJECTVERSION: its length field does not count the minor version.
    record(0x09, &1u32.to_le_bytes());
    records.extend(1u16.to_le_bytes());
    let mut record = |id: u16, body: &[u8]| {
        records.extend(id.to_le_bytes());
        records.extend((body.len() as u32).to_le_bytes());
        records.extend(body);
    };
    record(0x0c, b"");
    record(0x3c, b"");
    record(0x0f, &1u16.to_le_bytes());
    record(0x13, &0xffffu16.to_le_bytes());
    record(0x19, b"Module1");
    record(0x47, &wide("Module1"));
    record(0x1a, b"Module1");
    record(0x32, &wide("Module1"));
    record(0x1c, b"");
    record(0x48, b"");
    record(0x31, &text_offset.to_le_bytes());
    record(0x1e, &0u32.to_le_bytes());
    record(0x2c, &0xffffu16.to_le_bytes());
    record(0x21, b"");
    record(0x2b, b"");
    record(0x10, b"");
    records
}

/// MS-OVBA compression of one chunk with literal tokens alone. `fill` lengthens the text, so that the result is as
/// long as a stream outside the mini stream must be and no zeros follow it.
fn compressed(plain: &[u8], fill: u8) -> Vec<u8> {
    let mut plain = plain.to_vec();
    plain.resize(plain.len().max(3640), fill);
    assert!(plain.len() == 3640, "a sample's source fits one chunk");
    let mut tokens = Vec::new();
    for eight in plain.chunks(8) {
        tokens.push(0);
        tokens.extend(eight);
    }
    let mut out = vec![1];
    out.extend((0xb000 | (tokens.len() as u16 - 1)).to_le_bytes());
    out.extend(tokens);
    out
}
