//! Reads what was written as strictly as the writer writes: ranges that follow each other and fill the file.

use crate::{
    bytes::Reader,
    error::{Error, malformed},
};

/// Fails unless `output` is an icon or cursor as the engine writes it.
pub(super) fn verify(output: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    let wrong = |what| Err(malformed(what, 0));
    let [0, 0, 1 | 2, 0] = reader.array("kind")? else { return wrong("kind") };
    let count = reader.u16_le("entries")?;
    let mut expected = 6 + usize::from(count) * 16;
    for _ in 0..count {
        let [_, _, _, reserved] = reader.array("entry")?;
        reader.skip(4, "entry")?;
        let length = reader.u32_le("picture length")? as usize;
        let offset = reader.u32_le("picture offset")? as usize;
        let Some(picture) = output.get(offset..offset.saturating_add(length)) else {
            return wrong("picture");
        };
        if reserved != 0 || offset != expected {
            return wrong("picture offset");
        }
        expected = offset + length;
        // PNG pictures were verified when they were rebuilt; here they must end where they end.
        let whole = if picture.starts_with(b"\x89PNG\r\n\x1a\n") {
            picture.ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82")
        } else {
            bitmap_length(picture)? == picture.len() as u64
        };
        if !whole {
            return wrong("picture length");
        }
    }
    if count == 0 || expected != output.len() { wrong("end of the pictures") } else { Ok(()) }
}

/// How long a bitmap with its mask must be.
fn bitmap_length(picture: &[u8]) -> Result<u64, Error> {
    let mut reader = Reader::new(picture);
    let header = reader.u32_le("header size")?;
    let width = u64::from(reader.u32_le("width")?);
    let height = u64::from(reader.u32_le("height")?) / 2;
    let planes = reader.u16_le("planes")?;
    let bits = reader.u16_le("bits")?;
    let compression = reader.u32_le("compression")?;
    reader.skip(12, "sizes")?;
    let colors = u64::from(reader.u32_le("colours")?);
    if (header, planes, compression) != (40, 1, 0) || !matches!(bits, 1 | 4 | 8 | 24 | 32) || colors > 256 {
        return Err(malformed("bitmap header", 0));
    }
    let row = |bits: u64| (width * bits).div_ceil(32) * 4;
    Ok(40 + colors * 4 + (row(bits.into()) + row(1)) * height)
}
