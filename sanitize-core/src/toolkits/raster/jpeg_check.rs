//! Reads what was written as strictly as the encoder writes: its segments only, scans, EOI, and nothing behind.

use crate::{
    bytes::Reader,
    error::{Error, malformed},
    toolkits::icc,
};

/// Fails unless `output` is a JPEG as the engine writes it.
pub(crate) fn check_jpeg(output: &[u8]) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    if reader.array("start of image")? != [0xff, 0xd8] {
        return Err(malformed("start of image", 0));
    }
    let (mut frames, mut scans, mut profile) = (0, 0, Vec::new());
    let mut first = true;
    loop {
        let offset = reader.offset();
        let wrong = |what| Err(malformed(what, offset));
        let [0xff, marker] = reader.array("marker")? else { return wrong("marker") };
        if marker == 0xd9 {
            break;
        }
        let Some(length) = reader.u16_be("segment length")?.checked_sub(2) else {
            return wrong("segment length");
        };
        let body = reader.take(length, "segment")?;
        match marker {
            0xe0 if first => {
                let jfif = body.len() == 14 && body.starts_with(b"JFIF\0") && body.ends_with(&[0, 0]);
                if !jfif {
                    return wrong("JFIF segment");
                }
            }
            0xee if body.len() == 12 && body.starts_with(b"Adobe\0") && frames == 0 => (),
            0xe2 if frames == 0 => match body.strip_prefix(b"ICC_PROFILE\0") {
                Some([_, _, piece @ ..]) => profile.extend_from_slice(piece),
                _ => return wrong("profile segment"),
            },
            0xdb | 0xc4 => (),
            0xc0 | 0xc1 if frames == 0 && scans == 0 => frames = 1,
            0xda if frames == 1 => {
                scans += 1;
                let rest = reader.rest();
                let end = memchr::memchr_iter(0xff, rest).find(|at| rest.get(at + 1) != Some(&0));
                reader.skip(end.ok_or(malformed("end of scan", offset))?, "scan")?;
            }
            _ => return wrong("a segment the engine does not write"),
        }
        first = false;
    }
    if !profile.is_empty() && icc::Wide::owning(&profile).is_none() {
        return Err(malformed("a profile that is not the engine's", 0));
    }
    if frames != 1 || !(1..=4).contains(&scans) || !reader.is_empty() {
        return Err(malformed("end of the picture", reader.offset()));
    }
    Ok(())
}
