//! Reads what was written as strictly as the writer writes.

use crate::{
    bytes::Reader,
    error::{Error, malformed},
    toolkits::icc,
};

/// Fails unless `output` is a WebP as the engine writes it.
pub(super) fn verify(output: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    let wrong = |what| Err(malformed(what, 0));
    let start = reader.array("signature")? == *b"RIFF"
        && reader.u32_le("file size")? as usize == output.len().saturating_sub(8)
        && reader.array("signature")? == *b"WEBP";
    if !start {
        return wrong("file header");
    }
    let (mut flags, mut seen, mut frames) = (None, Vec::new(), 0_u32);
    while !reader.is_empty() {
        let (kind, body) = chunk(&mut reader)?;
        match &kind {
            b"VP8X" if seen.is_empty() && body.len() == 10 => flags = body.first().copied(),
            b"ICCP" if seen == [*b"VP8X"] && icc::Wide::owning(body).is_some() => {}
            b"ANIM" if seen == [*b"VP8X"] && body.len() == 6 => (),
            b"ANMF" if seen.last().is_some_and(|last| matches!(last, b"ANIM" | b"ANMF")) => {
                let mut frame = Reader::new(body);
                frame.skip(15, "frame place")?;
                let flags = frame.u8("frame flags")?;
                let (kind, stream) = chunk(&mut frame)?;
                if flags != 2 || kind != *b"VP8L" || !is_vp8l(stream) || !frame.is_empty() {
                    return wrong("frame");
                }
                frames += 1;
            }
            b"VP8L" if frames == 0 && !seen.contains(b"VP8L") && !seen.contains(b"ANIM") && is_vp8l(body) => {
            }
            _ => return wrong("a chunk the engine does not write"),
        }
        if kind != *b"ANMF" || frames == 1 {
            seen.push(kind);
        }
    }
    let adds_up = match flags {
        None => seen == [*b"VP8L"],
        Some(flags) if flags & 2 != 0 => flags & !0x12 == 0 && frames > 0,
        Some(flags) => flags & !0x30 == 0 && seen == [*b"VP8X", *b"ICCP", *b"VP8L"],
    };
    if adds_up { Ok(()) } else { wrong("chunks") }
}

fn chunk<'a>(reader: &mut Reader<'a>) -> Result<([u8; 4], &'a [u8]), Error> {
    let kind = reader.array::<4>("chunk type")?;
    let length = reader.u32_le("chunk size")?;
    let body = reader.take(length, "chunk")?;
    if length % 2 == 1 && reader.u8("filling")? != 0 {
        return Err(malformed("filling", reader.offset()));
    }
    Ok((kind, body))
}

/// The signature, and version 0.
fn is_vp8l(stream: &[u8]) -> bool {
    matches!(stream, [0x2f, _, _, _, version, _, ..] if version >> 5 == 0)
}
