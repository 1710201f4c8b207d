//! ZIP files written as told, right or wrong: the container of every Office sample.

use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};

/// A member. The default is a well-formed deflated one.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Name in the central directory.
    pub name: String,
    /// Name in the local header, where it differs.
    pub local_name: Option<String>,
    /// Content before compression.
    pub body: Vec<u8>,
    /// General-purpose flags.
    pub flags: u16,
    /// Compression method to claim, where it is not the one used.
    pub method: Option<u16>,
    /// Checksum to claim, where it is not the right one.
    pub checksum: Option<u32>,
    /// Extra field, in both headers.
    pub extra: Vec<u8>,
    /// Comment in the central directory.
    pub comment: Vec<u8>,
    /// Compressed content with its checksum and its length after inflating, instead of `body`.
    pub deflated: Option<(Vec<u8>, u32, u32)>,
}

impl Member {
    /// A well-formed member.
    pub fn new(name: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { name: name.to_owned(), body: body.into(), ..Self::default() }
    }
}

/// A ZIP file.
#[derive(Clone, Debug, Default)]
pub struct Archive {
    /// Before the first local header; the directory's offsets count it.
    pub prefix: Vec<u8>,
    /// In order.
    pub members: Vec<Member>,
    /// Archive comment.
    pub comment: Vec<u8>,
    /// After the end record.
    pub suffix: Vec<u8>,
}

impl Archive {
    /// The bytes. 1980-01-01, Unix, level 6: nothing depends on the machine.
    pub fn bytes(&self) -> Vec<u8> {
        let mut file = self.prefix.clone();
        let mut directory = Vec::new();
        for member in &self.members {
            let offset = file.len() as u32;
            let (packed, checksum, length) = match &member.deflated {
                Some((packed, checksum, length)) => (packed.clone(), *checksum, *length),
                None => (deflate(&member.body), crc32fast::hash(&member.body), member.body.len() as u32),
            };
            let mut fixed = Vec::new();
            fixed.extend(20u16.to_le_bytes());
            fixed.extend((member.flags | utf8_flag(&member.name)).to_le_bytes());
            fixed.extend(member.method.unwrap_or(8).to_le_bytes());
            fixed.extend(0u16.to_le_bytes());
            fixed.extend(0x0021u16.to_le_bytes());
            fixed.extend(member.checksum.unwrap_or(checksum).to_le_bytes());
            fixed.extend((packed.len() as u32).to_le_bytes());
            fixed.extend(length.to_le_bytes());

            let local_name = member.local_name.as_ref().unwrap_or(&member.name);
            file.extend(b"PK\x03\x04");
            file.extend(&fixed);
            file.extend((local_name.len() as u16).to_le_bytes());
            file.extend((member.extra.len() as u16).to_le_bytes());
            file.extend(local_name.as_bytes());
            file.extend(&member.extra);
            file.extend(packed);

            directory.extend(b"PK\x01\x02\x14\x00");
            directory.extend(&fixed);
            directory.extend((member.name.len() as u16).to_le_bytes());
            directory.extend((member.extra.len() as u16).to_le_bytes());
            directory.extend((member.comment.len() as u16).to_le_bytes());
            directory.extend([0; 8]);
            directory.extend(offset.to_le_bytes());
            directory.extend(member.name.as_bytes());
            directory.extend(&member.extra);
            directory.extend(&member.comment);
        }
        let start = file.len() as u32;
        let count = self.members.len() as u16;
        file.extend(&directory);
        file.extend(b"PK\x05\x06\0\0\0\0");
        file.extend(count.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend((directory.len() as u32).to_le_bytes());
        file.extend(start.to_le_bytes());
        file.extend((self.comment.len() as u16).to_le_bytes());
        file.extend(&self.comment);
        file.extend(&self.suffix);
        file
    }
}

fn utf8_flag(name: &str) -> u16 {
    if name.is_ascii() { 0 } else { 1 << 11 }
}

/// `body` as a raw deflate stream.
pub fn deflate(body: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(body).and_then(|()| encoder.finish()).unwrap_or_default()
}

/// A deflate stream of `count` times `unit`, made without inflating it, with its checksum and length between
/// `head` and `tail`.
pub fn deflate_repeated(head: &[u8], unit: &[u8], count: u32, tail: &[u8]) -> (Vec<u8>, u32, u32) {
    let flushed = |body: &[u8]| {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(body).and_then(|()| encoder.flush()).unwrap_or_default();
        encoder.get_ref().clone()
    };
    // Each block starts afresh after a full flush, so that the same bytes can stand again and again.
    let block = {
        let mut compress = flate2::Compress::new(Compression::new(6), false);
        let mut out = Vec::with_capacity(unit.len() / 2 + 1024);
        let _ = compress.compress_vec(unit, &mut out, flate2::FlushCompress::Full);
        out
    };
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(head);
    let mut unit_sum = crc32fast::Hasher::new();
    unit_sum.update(unit);
    let mut packed = flushed(head);
    for _ in 0..count {
        packed.extend(&block);
        checksum.combine(&unit_sum);
    }
    checksum.update(tail);
    packed.extend(deflate(tail));
    let length = head.len() as u64 + unit.len() as u64 * u64::from(count) + tail.len() as u64;
    (packed, checksum.finalize(), length as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_repeated_stream_inflates_to_what_it_says() {
        let (packed, checksum, length) = deflate_repeated(b"<a>", &[b' '; 5000], 3, b"</a>");
        let mut plain = Vec::new();
        flate2::read::DeflateDecoder::new(packed.as_slice()).read_to_end(&mut plain).unwrap();
        assert_eq!(plain.len() as u32, length);
        assert_eq!(crc32fast::hash(&plain), checksum);
        assert!(plain.starts_with(b"<a> ") && plain.ends_with(b" </a>"));
    }
}
