//! Reads what was written as strictly as the writer writes: control, repetition and frames, down to the codes of
//! their pixels, nothing else.

use crate::{
    bytes::Reader,
    error::{Error, malformed},
    toolkits::lzw,
};

/// Fails unless `output` is a GIF as the engine writes it.
pub(super) fn verify(output: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    if reader.array("signature")? != *b"GIF89a" {
        return Err(malformed("signature", 0));
    }
    reader.skip(4, "screen size")?;
    let [flags, _background, _aspect] = reader.array("screen descriptor")?;
    if flags & 0x80 != 0 {
        reader.skip(3_usize << ((flags & 7) + 1), "colour table")?;
    }
    let (mut frames, mut controlled) = (0_u32, false);
    let mut stream = Vec::new();
    loop {
        let offset = reader.offset();
        let wrong = |what| Err(malformed(what, offset));
        match reader.u8("block")? {
            0x21 if !controlled => match reader.u8("extension label")? {
                0xf9 => {
                    let [4, flags, _, _, _, 0] = reader.array("graphic control")? else {
                        return wrong("control");
                    };
                    if flags & 0xe2 != 0 || flags >> 2 > 3 {
                        return wrong("control flags");
                    }
                    controlled = true;
                }
                0xff if frames == 0 => {
                    let block = reader.take(17_u8, "repetition")?;
                    if !block.starts_with(b"\x0bNETSCAPE2.0\x03\x01") || !block.ends_with(&[0]) {
                        return wrong("repetition");
                    }
                }
                _ => return wrong("an extension the engine does not write"),
            },
            0x2c => {
                reader.skip(4, "image place")?;
                let (width, height) = (reader.u16_le("image width")?, reader.u16_le("image height")?);
                let flags = reader.u8("image flags")?;
                if flags & 0x38 != 0 {
                    return wrong("image flags");
                }
                if flags & 0x80 != 0 {
                    reader.skip(3_usize << ((flags & 7) + 1), "colour table")?;
                }
                let code_size = reader.u8("LZW code size")?;
                if !(2..=8).contains(&code_size) {
                    return wrong("LZW code size");
                }
                joined(&mut reader, &mut stream)?;
                let size = u64::from(width) * u64::from(height);
                if !lzw::is_as_written(&stream, lzw::Kind::Gif, code_size, size) {
                    return wrong("LZW codes");
                }
                frames += 1;
                controlled = false;
            }
            b';' if frames > 0 && !controlled && reader.is_empty() => return Ok(()),
            _ => return wrong("a block the engine does not write"),
        }
    }
}

/// Joins sub-blocks, of which only the last may be short.
fn joined(reader: &mut Reader<'_>, stream: &mut Vec<u8>) -> Result<(), Error> {
    stream.clear();
    let mut was_short = false;
    loop {
        let offset = reader.offset();
        let length = reader.u8("sub-block length")?;
        if length == 0 {
            return Ok(());
        }
        if was_short {
            return Err(malformed("a short sub-block before another", offset));
        }
        was_short = length < 255;
        stream.extend_from_slice(reader.take(length, "sub-block")?);
    }
}
