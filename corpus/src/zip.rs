//! ZIP archives, honest and hostile, byte by byte: every field can lie.

use flate2::{Compression, write::DeflateEncoder};
use std::io::Write as _;

/// One member. [`Member::new`] makes an honest one; change what should lie.
#[derive(Clone, Debug)]
pub struct Member {
    /// The name in the directory.
    pub name: Vec<u8>,
    /// The name in the local header; the same when `None`.
    pub local_name: Option<Vec<u8>>,
    /// The bytes as they stand in the archive.
    pub packed: Vec<u8>,
    /// The compression method in the directory.
    pub method: u16,
    /// The compression method in the local header; the same when `None`.
    pub local_method: Option<u16>,
    /// Flags in the directory.
    pub flags: u16,
    /// Flags in the local header; the same when `None`.
    pub local_flags: Option<u16>,
    /// CRC-32 of the plain bytes.
    pub crc32: u32,
    /// Size in the directory.
    pub size: u32,
    /// CRC-32, packed size and size in the local header; the same as in the directory when `None`.
    pub local_sizes: Option<[u32; 3]>,
    /// Packed size in the directory; the length of `packed` when `None`.
    pub packed_size: Option<u32>,
    /// Time and date fields.
    pub modified: (u16, u16),
    /// Version made by, with the host in its upper byte.
    pub made_by: u16,
    /// Version needed to extract.
    pub needed: u16,
    /// Extra fields in the directory.
    pub extra: Vec<u8>,
    /// Extra fields in the local header.
    pub local_extra: Vec<u8>,
    /// The comment.
    pub comment: Vec<u8>,
    /// External attributes; a Unix mode stands in the upper half.
    pub attributes: u32,
    /// The disk number in the directory.
    pub disk: u16,
    /// The offset of the local header in the directory; the real one when `None`.
    pub offset: Option<u32>,
    /// Bytes in front of the local header that belong to nothing.
    pub gap: Vec<u8>,
    /// Bytes behind the member: a data descriptor, true or not.
    pub descriptor: Vec<u8>,
    /// Leaves the member out of the directory.
    pub unlisted: bool,
    /// Leaves the local header and the bytes out: the directory points to another member's.
    pub borrowed: bool,
}

impl Member {
    /// A deflated file, as every program writes it.
    pub fn new(name: impl Into<Vec<u8>>, plain: &[u8]) -> Self {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(plain).expect("writing to memory");
        let packed = encoder.finish().expect("writing to memory");
        Self { packed, method: 8, ..Self::stored(name, plain) }
    }

    /// A stored file. A name that is not ASCII is flagged as UTF-8.
    pub fn stored(name: impl Into<Vec<u8>>, plain: &[u8]) -> Self {
        let name = name.into();
        Self {
            flags: if name.is_ascii() { 0 } else { 1 << 11 },
            name,
            local_name: None,
            packed: plain.to_vec(),
            method: 0,
            local_method: None,
            local_flags: None,
            crc32: crc32fast::hash(plain),
            size: plain.len() as u32,
            local_sizes: None,
            packed_size: None,
            modified: (12 << 11, 46 << 9 | 4 << 5 | 1),
            made_by: 20,
            needed: 20,
            extra: Vec::new(),
            local_extra: Vec::new(),
            comment: Vec::new(),
            attributes: 0,
            disk: 0,
            offset: None,
            gap: Vec::new(),
            descriptor: Vec::new(),
            unlisted: false,
            borrowed: false,
        }
    }

    /// A directory.
    pub fn directory(name: impl Into<Vec<u8>>) -> Self {
        Self { attributes: 0x10, ..Self::stored(name, b"") }
    }

    /// A symbolic link as Unix programs write it.
    pub fn symlink(name: impl Into<Vec<u8>>, target: &[u8]) -> Self {
        Self { made_by: 3 << 8 | 20, attributes: 0xa1ff << 16, ..Self::stored(name, target) }
    }

    /// The same member with sizes behind it instead of in front, as streaming programs write it.
    pub fn streamed(mut self) -> Self {
        self.flags |= 1 << 3;
        self.local_sizes = Some([0; 3]);
        self.descriptor = b"PK\x07\x08".to_vec();
        for value in [self.crc32, self.packed.len() as u32, self.size] {
            self.descriptor.extend_from_slice(&value.to_le_bytes());
        }
        self
    }

    /// The same member in the cipher of PKZIP 2.0 under `password`.
    pub fn encrypted(mut self, password: &[u8]) -> Self {
        let mut keys = Keys::new(password);
        let mut header = *b"0123456789a\0";
        header[11] = (self.crc32 >> 24) as u8;
        self.packed = header.iter().chain(&self.packed).map(|byte| keys.encrypt(*byte)).collect();
        self.flags |= 1;
        self
    }
}

/// An archive. What is not said is as an honest program writes it.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Bytes in front of everything; stated offsets do not count them.
    pub prefix: Vec<u8>,
    /// The members, in the order of both the bytes and the directory.
    pub members: Vec<Member>,
    /// Bytes between the last member and the directory.
    pub before_directory: Vec<u8>,
    /// Bytes between the directory and the end record: ZIP64 records.
    pub before_end: Vec<u8>,
    /// The number of members in the end record.
    pub count: Option<u16>,
    /// The disk number in the end record.
    pub disk: u16,
    /// The archive comment.
    pub comment: Vec<u8>,
    /// Bytes behind everything.
    pub trailing: Vec<u8>,
}

impl Archive {
    /// An archive of these members.
    pub fn of(members: impl IntoIterator<Item = Member>) -> Self {
        Self { members: members.into_iter().collect(), ..Self::default() }
    }

    /// The bytes.
    pub fn build(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut directory = Vec::new();
        let mut count = 0;
        for member in &self.members {
            bytes.extend_from_slice(&member.gap);
            let offset = bytes.len() as u32;
            let packed_size = member.packed_size.unwrap_or(member.packed.len() as u32);
            if !member.borrowed {
                let name = member.local_name.as_ref().unwrap_or(&member.name);
                let sizes = member.local_sizes.unwrap_or([member.crc32, packed_size, member.size]);
                bytes.extend_from_slice(b"PK\x03\x04");
                put16(&mut bytes, [member.needed, member.local_flags.unwrap_or(member.flags)]);
                put16(&mut bytes, [member.local_method.unwrap_or(member.method)]);
                put16(&mut bytes, [member.modified.0, member.modified.1]);
                put32(&mut bytes, sizes);
                put16(&mut bytes, [name.len() as u16, member.local_extra.len() as u16]);
                for part in [name, &member.local_extra, &member.packed, &member.descriptor] {
                    bytes.extend_from_slice(part);
                }
            }
            if member.unlisted {
                continue;
            }
            count += 1;
            directory.extend_from_slice(b"PK\x01\x02");
            put16(&mut directory, [member.made_by, member.needed, member.flags, member.method]);
            put16(&mut directory, [member.modified.0, member.modified.1]);
            put32(&mut directory, [member.crc32, packed_size, member.size]);
            let lengths = [member.name.len(), member.extra.len(), member.comment.len()];
            put16(&mut directory, lengths.map(|len| len as u16));
            put16(&mut directory, [member.disk, 0]);
            put32(&mut directory, [member.attributes, member.offset.unwrap_or(offset)]);
            for part in [&member.name, &member.extra, &member.comment] {
                directory.extend_from_slice(part);
            }
        }
        bytes.extend_from_slice(&self.before_directory);
        let start = bytes.len() as u32;
        bytes.extend_from_slice(&directory);
        bytes.extend_from_slice(&self.before_end);
        bytes.extend_from_slice(b"PK\x05\x06");
        let count = self.count.unwrap_or(count);
        put16(&mut bytes, [self.disk, self.disk, count, count]);
        put32(&mut bytes, [directory.len() as u32, start]);
        put16(&mut bytes, [self.comment.len() as u16]);
        bytes.extend_from_slice(&self.comment);
        bytes.extend_from_slice(&self.trailing);
        [self.prefix.as_slice(), &bytes].concat()
    }

    /// The ZIP64 end record and its locator, for `before_end`, that state `count` members in a directory of
    /// `len` bytes at `start`.
    pub fn zip64_end(count: u64, len: u64, start: u64) -> Vec<u8> {
        let mut bytes = b"PK\x06\x06".to_vec();
        bytes.extend_from_slice(&44_u64.to_le_bytes());
        put16(&mut bytes, [45, 45]);
        put32(&mut bytes, [0, 0]);
        for value in [count, count, len, start] {
            bytes.extend_from_slice(&value.to_le_bytes());
        }
        bytes.extend_from_slice(b"PK\x06\x07");
        put32(&mut bytes, [0]);
        bytes.extend_from_slice(&(start + len).to_le_bytes());
        put32(&mut bytes, [1]);
        bytes
    }
}

/// An extra field.
pub fn extra(id: u16, body: &[u8]) -> Vec<u8> {
    let mut field = Vec::new();
    put16(&mut field, [id, body.len() as u16]);
    field.extend_from_slice(body);
    field
}

/// Info-ZIP's Unicode Path field, made for a header that says `header_name`.
pub fn unicode_path(header_name: &[u8], name: &str) -> Vec<u8> {
    let mut body = vec![1];
    put32(&mut body, [crc32fast::hash(header_name)]);
    body.extend_from_slice(name.as_bytes());
    extra(0x7075, &body)
}

fn put16<const N: usize>(bytes: &mut Vec<u8>, values: [u16; N]) {
    bytes.extend(values.into_iter().flat_map(u16::to_le_bytes));
}

fn put32<const N: usize>(bytes: &mut Vec<u8>, values: [u32; N]) {
    bytes.extend(values.into_iter().flat_map(u32::to_le_bytes));
}

struct Keys([u32; 3]);

impl Keys {
    fn new(password: &[u8]) -> Self {
        let mut keys = Self([305_419_896, 591_751_049, 878_082_192]);
        password.iter().for_each(|byte| keys.update(*byte));
        keys
    }

    fn crc(crc: u32, byte: u8) -> u32 {
        let mut crc = crc ^ u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
        crc
    }

    fn update(&mut self, byte: u8) {
        self.0[0] = Self::crc(self.0[0], byte);
        self.0[1] = self.0[1].wrapping_add(self.0[0] & 0xff).wrapping_mul(134_775_813).wrapping_add(1);
        self.0[2] = Self::crc(self.0[2], (self.0[1] >> 24) as u8);
    }

    fn encrypt(&mut self, byte: u8) -> u8 {
        let mask = (self.0[2] & 0xffff) | 2;
        let cipher = byte ^ (mask.wrapping_mul(mask ^ 1) >> 8) as u8;
        self.update(byte);
        cipher
    }
}
