//! gzip (RFC 1952): one member, nothing behind it.

use super::flate::{self, Wrapper};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// How every gzip file starts, the method Deflate included.
pub(crate) const MAGIC: &[u8] = b"\x1f\x8b\x08";

/// The bytes that `input` holds, checked against the length and checksum at its end.
pub(crate) fn inflate(input: &[u8], budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut reader = Reader::new(input);
    reader.skip(3, "gzip header")?;
    let flags = reader.u8("gzip flags")?;
    reader.skip(6, "gzip header")?;
    if flags & 0x04 != 0 {
        let len = reader.u16_le("gzip extra field")?;
        reader.skip(u32::from(len), "gzip extra field")?;
    }
    for flag in [0x08, 0x10] {
        // A name, then a comment.
        while flags & flag != 0 && reader.u8("gzip name")? != 0 {}
    }
    if flags & 0x02 != 0 {
        reader.skip(2, "gzip header checksum")?;
    }
    let offset = reader.position();
    let end = input.len().checked_sub(8).filter(|end| *end >= offset);
    let end = end.ok_or_else(|| malformed("gzip trailer", offset as u64))?;
    let mut trailer = Reader::new(input.get(end..).unwrap_or_default());
    let checksum = trailer.u32_le("gzip checksum")?;
    let size = trailer.u32_le("gzip length")?;
    let body = input.get(offset..end).unwrap_or_default();
    let plain = flate::inflate_exact(body, u64::from(size), Wrapper::None, budget)?;
    if crc32fast::hash(&plain) != checksum {
        return Err(malformed("gzip checksum", end as u64));
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    #[test]
    fn a_member_is_inflated_and_its_trailer_believed_only_if_true() {
        let budget = Budget::new(&Limits::default(), 100, Cancel::new());
        let mut file = b"\x1f\x8b\x08\x08\0\0\0\0\0\x03name\0".to_vec();
        file.extend(flate::deflate(b"plain", 6, Wrapper::None).unwrap());
        file.extend(crc32fast::hash(b"plain").to_le_bytes());
        file.extend(5_u32.to_le_bytes());
        assert_eq!(inflate(&file, &budget).unwrap(), b"plain");
        for at in [file.len() - 1, file.len() - 5] {
            let mut wrong = file.clone();
            wrong[at] ^= 1;
            assert!(inflate(&wrong, &budget).is_err());
        }
        assert!(inflate(&file[..12], &budget).is_err());
    }
}
