//! Reads what was written as strictly as the writer writes: headers whose every size adds up.

use crate::{
    bytes::Reader,
    error::{Error, malformed},
};

/// Fails unless `output` is a BMP as the engine writes it.
pub(super) fn verify(output: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    let wrong = |what| Err(malformed(what, 0));
    if reader.array("signature")? != *b"BM" || reader.u32_le("file size")? as usize != output.len() {
        return wrong("file size");
    }
    let reserved = reader.u32_le("reserved")?;
    let pixels = reader.u32_le("start of pixels")? as usize;
    let header = reader.u32_le("header size")?;
    let width = u64::from(reader.u32_le("width")?);
    let height = u64::from(reader.u32_le("height")?);
    let planes = reader.u16_le("planes")?;
    let bits = reader.u16_le("bits")?;
    let compression = reader.u32_le("compression")?;
    let size = u64::from(reader.u32_le("image size")?);
    reader.skip(8, "density")?;
    let colors = reader.u32_le("colours")? as usize;
    let important = reader.u32_le("important colours")?;
    if (reserved, planes, important) != (0, 1, 0) {
        return wrong("a field that is always the same");
    }
    match (header, bits, compression) {
        (40, 1 | 4 | 8, 0) if colors == 1 << bits => (),
        (40, 24, 0) if colors == 0 => (),
        (108, 32, 3) if colors == 0 => {
            let masks = reader.take(20_u8, "masks")?;
            if masks != b"\0\0\xff\0\0\xff\0\0\xff\0\0\0\0\0\0\xffBGRs"
                || reader.take(48_u8, "space")? != [0; 48]
            {
                return wrong("masks");
            }
        }
        _ => return wrong("kind of bitmap"),
    }
    if reader.take(colors * 4, "palette")?.iter().skip(3).step_by(4).any(|byte| *byte != 0) {
        return wrong("palette");
    }
    let stride = (width * u64::from(bits)).div_ceil(32) * 4;
    let adds_up = reader.position() == pixels
        && size == stride * height
        && size == reader.remaining() as u64
        && width > 0
        && height > 0;
    if adds_up { Ok(()) } else { wrong("size of the pixels") }
}
