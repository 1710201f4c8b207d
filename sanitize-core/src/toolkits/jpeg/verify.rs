//! A second look at what the writer wrote, by structure alone and with nothing shared with it.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
    toolkits::icc,
};

/// How far the stream has come; each step allows only some markers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Start,
    Application,
    Profile,
    Quantization,
    Frame,
    Tables,
    Scan,
}

/// Checks that `output` is made of the markers the writer writes, in its order and with lengths that fit,
/// that entropy-coded data holds no marker, that the colour profile is one the engine owns, and that nothing
/// follows the end.
pub(crate) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let mut reader = Reader::new(output);
    if reader.array::<2>("start of image")? != [0xFF, 0xD8] {
        return Err(malformed("start of image", 0));
    }
    let mut step = Step::Start;
    let mut components = 0_usize;
    let mut progressive = false;
    let mut profile = Vec::new();
    loop {
        budget.objects(1)?;
        let offset = reader.offset();
        let bad = |what| malformed(what, offset);
        let [lead, marker] = reader.array("marker")?;
        if lead != 0xFF {
            return Err(bad("marker"));
        }
        if marker == 0xD9 {
            if !profile.is_empty() && icc::Wide::owning(&profile).is_none() {
                return Err(bad("colour profile of another"));
            }
            return if step == Step::Scan && reader.is_empty() { Ok(()) } else { Err(bad("end of image")) };
        }
        let length = usize::from(reader.u16_be("segment length")?);
        let body = reader.take(length.checked_sub(2).ok_or_else(|| bad("segment length"))?, "segment")?;
        let next = match marker {
            0xE0 if body.starts_with(b"JFIF\0\x01\x01") && body.len() == 14 && body.ends_with(&[0, 0]) => {
                Step::Application
            }
            0xEE if body.starts_with(b"Adobe\0\x64\0\0\0\0") && body.len() == 12 => Step::Application,
            0xE2 if body.starts_with(b"ICC_PROFILE\0") && body.len() > 14 => {
                profile.extend_from_slice(body.get(14..).unwrap_or_default());
                Step::Profile
            }
            0xDB if matches!((body.first(), body.len()), (Some(0..=3), 65) | (Some(0x10..=0x13), 129)) => {
                Step::Quantization
            }
            0xC0..=0xC2 => {
                let [8, _, _, _, _, count, parts @ ..] = body else { return Err(bad("frame header")) };
                components = usize::from(*count);
                progressive = marker == 0xC2;
                if !(1..=4).contains(&components) || parts.len() != components * 3 {
                    return Err(bad("frame header"));
                }
                Step::Frame
            }
            0xC4 if matches!(body, [0x00 | 0x01 | 0x10 | 0x11, table @ ..] if table_is_whole(table)) => {
                Step::Tables
            }
            0xDA => {
                let [count, rest @ ..] = body else { return Err(bad("scan header")) };
                let count = usize::from(*count);
                if !(1..=components).contains(&count) || rest.len() != count * 2 + 3 {
                    return Err(bad("scan header"));
                }
                Step::Scan
            }
            _ => return Err(bad("marker that is not written")),
        };
        let allowed = match (step, next) {
            (Step::Start, Step::Application | Step::Profile | Step::Quantization)
            | (Step::Application, Step::Profile | Step::Quantization)
            | (Step::Profile, Step::Profile | Step::Quantization)
            | (Step::Quantization, Step::Quantization | Step::Frame)
            | (Step::Frame, Step::Tables)
            | (Step::Tables, Step::Tables | Step::Scan)
            | (Step::Scan, Step::Scan) => true,
            // Progressive streams have tables before each scan, sequential ones before the first.
            (Step::Scan, Step::Tables) => progressive,
            _ => false,
        };
        if !allowed {
            return Err(bad("order of markers"));
        }
        step = next;
        if step == Step::Scan {
            let end = reader.position() + entropy_coded(reader.rest());
            reader.seek(end, "entropy-coded data")?;
        }
    }
}

/// True when the counts of a Huffman table say how many symbols follow.
fn table_is_whole(table: &[u8]) -> bool {
    table.split_first_chunk::<16>().is_some_and(|(counts, symbols)| {
        counts.iter().map(|count| usize::from(*count)).sum::<usize>() == symbols.len()
    })
}

/// The length of entropy-coded data: up to the first 0xFF that no zero follows.
fn entropy_coded(data: &[u8]) -> usize {
    for at in memchr::memchr_iter(0xFF, data) {
        if data.get(at + 1) != Some(&0) {
            return at;
        }
    }
    data.len()
}
