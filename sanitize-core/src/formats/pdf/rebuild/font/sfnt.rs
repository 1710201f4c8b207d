//! TrueType and OpenType programs: the tables a PDF viewer draws with, their directory and sums fresh.
//!
//! Instructions are left out, in glyphs and in tables: a program of an unknown author is the oldest way into a
//! font engine, and no viewer needs it to draw the outline.

use crate::bytes::Reader;

/// Tables that are written, besides `glyf` and `loca` or `CFF `, in the order of their tags.
const COPIED: [&[u8; 4]; 9] =
    [b"OS/2", b"VORG", b"head", b"hhea", b"hmtx", b"maxp", b"post", b"vhea", b"vmtx"];

/// The largest program that is taken for one.
const LARGEST: usize = 64 << 20;

/// Where the first font of a collection starts: none may stand in a PDF, but viewers draw with that of one.
pub(crate) fn first(program: &[u8]) -> usize {
    match program {
        [b't', b't', b'c', b'f', _, _, _, _, _, _, _, _, a, b, c, d, ..] => {
            u32::from_be_bytes([*a, *b, *c, *d]) as usize
        }
        _ => 0,
    }
}

/// The font of `program` that starts at `start`, written anew, and whether tables of it were left out; `None` where it
/// does not hold together.
pub(crate) fn rebuild(program: &[u8], start: usize) -> Option<(Vec<u8>, bool)> {
    if program.len() > LARGEST {
        return None;
    }
    let mut reader = Reader::new(program.get(start..)?);
    let version = reader.array::<4>("version").ok()?;
    let count = reader.u16_be("table count").ok()?;
    reader.skip(6, "search range").ok()?;
    let mut source: Vec<([u8; 4], &[u8])> = Vec::new();
    for _ in 0..count.min(256) {
        // A cut directory ends where the file does.
        let Ok(tag) = reader.array::<4>("tag") else { break };
        let _checksum = reader.u32_be("checksum").ok()?;
        let offset = usize::try_from(reader.u32_be("offset").ok()?).ok()?;
        let len = usize::try_from(reader.u32_be("length").ok()?).ok()?;
        let rest = program.get(offset..).unwrap_or_default();
        // Subset programs often lack the end of their last table.
        source.push((tag, rest.get(..len).unwrap_or(rest)));
    }
    let table = |tag: &[u8; 4]| source.iter().find(|(known, _)| known == tag).map(|(_, body)| *body);
    let head = table(b"head").filter(|head| head.len() >= 54)?;
    let maxp = table(b"maxp").filter(|maxp| maxp.len() >= 6)?;
    let glyphs = usize::from(word(maxp, 4)?);
    let mut tables: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    let is_cff = version == *b"OTTO";
    let mut left_out = false;
    if is_cff {
        let outlines = super::cff::rebuild(table(b"CFF ")?)?;
        left_out = outlines.left_out;
        tables.push((*b"CFF ", outlines.bytes));
    } else {
        let long = word(head, 50)? != 0;
        let (loca, glyf) = outlines(table(b"loca")?, table(b"glyf").unwrap_or_default(), long, glyphs)?;
        tables.push((*b"glyf", glyf));
        tables.push((*b"loca", loca));
    }
    if let Some(cmap) = table(b"cmap").and_then(character_map) {
        tables.push((*b"cmap", cmap));
    }
    for tag in COPIED {
        let Some(body) = table(tag) else { continue };
        let body = match tag {
            b"head" => {
                let mut head = body.get(..54)?.to_vec();
                // The sum of the whole file comes later; the maker's version and dates go.
                for range in [4..12, 20..36] {
                    head.get_mut(range)?.fill(0);
                }
                head.get_mut(12..16)?.copy_from_slice(&[0x5f, 0x0f, 0x3c, 0xf5]);
                if !is_cff {
                    head.get_mut(50..52)?.copy_from_slice(&[0, 1]);
                }
                head
            }
            b"maxp" => maximum(body, is_cff)?,
            b"hhea" | b"vhea" => body.get(..36)?.to_vec(),
            b"hmtx" => metrics(body, table(b"hhea")?, glyphs)?,
            b"vmtx" => match table(b"vhea").filter(|vhea| vhea.len() >= 36) {
                Some(vhea) => metrics(body, vhea, glyphs)?,
                None => continue,
            },
            b"VORG" => match origins(body) {
                Some(origins) => origins,
                None => continue,
            },
            b"OS/2" => match body.get(..78) {
                // Version 0 has the metrics; later ones add hints on scripts.
                Some(body) => {
                    let mut body = body.to_vec();
                    body.get_mut(..2)?.fill(0);
                    body.get_mut(58..62)?.fill(b' ');
                    body
                }
                None => continue,
            },
            b"post" => match names(body, glyphs) {
                Some(post) => post,
                None => continue,
            },
            _ => continue,
        };
        tables.push((*tag, body));
    }
    let has = |tag: &[u8; 4]| tables.iter().any(|(known, _)| known == tag);
    if !has(b"hhea") || !has(b"hmtx") {
        return None;
    }
    left_out |= source.iter().any(|(tag, body)| !body.is_empty() && !has(tag));
    tables.sort_by_key(|(tag, _)| *tag);
    let bytes = assemble(if is_cff { *b"OTTO" } else { [0, 1, 0, 0] }, &tables);
    Some((bytes, left_out))
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0, |sum: u32, chunk| {
        let mut padded = [0; 4];
        for (slot, byte) in padded.iter_mut().zip(chunk) {
            *slot = *byte;
        }
        sum.wrapping_add(u32::from_be_bytes(padded))
    })
}

fn assemble(version: [u8; 4], tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = count.checked_ilog2().unwrap_or(0) as u16;
    let range = 16_u16 << power;
    let mut output = version.to_vec();
    for field in [count, range, power, count * 16 - range] {
        output.extend_from_slice(&field.to_be_bytes());
    }
    let mut offset = 12 + tables.len() * 16;
    let mut head = None;
    for (tag, body) in tables {
        output.extend_from_slice(tag);
        output.extend_from_slice(&sum(body).to_be_bytes());
        output.extend_from_slice(&(offset as u32).to_be_bytes());
        output.extend_from_slice(&(body.len() as u32).to_be_bytes());
        if tag == b"head" {
            head = Some(offset);
        }
        offset += body.len().next_multiple_of(4);
    }
    for (_, body) in tables {
        output.extend_from_slice(body);
        output.resize(output.len().next_multiple_of(4), 0);
    }
    if let Some(head) = head {
        let adjustment = 0xb1b0_afba_u32.wrapping_sub(sum(&output)).to_be_bytes();
        if let Some(slot) = output.get_mut(head + 8..head + 12) {
            slot.copy_from_slice(&adjustment);
        }
    }
    output
}

fn maximum(body: &[u8], is_cff: bool) -> Option<Vec<u8>> {
    if is_cff || body.len() < 32 {
        return Some([&[0, 0, 0x50, 0], body.get(4..6)?].concat());
    }
    let mut maxp = body.get(..32)?.to_vec();
    // Zones, twilight points, storage, functions, stack, instructions: there are none any more.
    maxp.get_mut(14..28)?.copy_from_slice(&[0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    Some(maxp)
}

/// Advance widths and bearings for every glyph, filled where the table is short.
fn metrics(body: &[u8], header: &[u8], glyphs: usize) -> Option<Vec<u8>> {
    let full = usize::from(word(header, 34)?).min(glyphs.max(1));
    let len = full * 4 + (glyphs.saturating_sub(full)) * 2;
    let mut output = body.get(..len).unwrap_or(body).to_vec();
    output.resize(len, 0);
    Some(output)
}

fn origins(body: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(word(body, 6)?);
    body.get(..8 + count * 4).map(<[u8]>::to_vec)
}

/// Glyph names of the formats 1 to 3; the italic angle and underline before them.
fn names(body: &[u8], glyphs: usize) -> Option<Vec<u8>> {
    let version = long(body, 0)?;
    let mut output = body.get(..32)?.to_vec();
    output.get_mut(16..32)?.fill(0);
    match version {
        0x0001_0000 | 0x0003_0000 => Some(output),
        0x0002_0000 => {
            let count = usize::from(word(body, 32)?);
            if count > glyphs {
                return None;
            }
            let indices = body.get(34..34 + count * 2)?;
            let mut strings = body.get(34 + count * 2..)?;
            let last = indices.chunks_exact(2).filter_map(|pair| word(pair, 0)).max().unwrap_or(0);
            output.extend_from_slice(&(count as u16).to_be_bytes());
            output.extend_from_slice(indices);
            for _ in 258..=u32::from(last) {
                let Some((len, rest)) = strings.split_first() else {
                    output.push(0);
                    continue;
                };
                let (name, rest) = rest.split_at_checked(usize::from(*len)).unwrap_or((rest, &[]));
                strings = rest;
                let plain: Vec<u8> = name.iter().copied().filter(u8::is_ascii_graphic).take(63).collect();
                output.push(plain.len() as u8);
                output.extend_from_slice(&plain);
            }
            Some(output)
        }
        _ => {
            output.get_mut(..4)?.copy_from_slice(&[0, 3, 0, 0]);
            Some(output)
        }
    }
}

/// Subtables of the formats 0, 4, 6 and 12, each as long as its contents say.
fn character_map(body: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(word(body, 2)?).min(32);
    let mut entries: Vec<([u8; 4], usize)> = Vec::new();
    let mut subtables: Vec<(usize, Vec<u8>)> = Vec::new();
    for index in 0..count {
        let at = 4 + index * 8;
        let ids: [u8; 4] = body.get(at..at + 4)?.try_into().ok()?;
        let offset = usize::try_from(long(body, at + 4)?).ok()?;
        let place = match subtables.iter().position(|(known, _)| *known == offset) {
            Some(place) => place,
            None => {
                let Some(subtable) = body.get(offset..).and_then(subtable) else { continue };
                subtables.push((offset, subtable));
                subtables.len() - 1
            }
        };
        entries.push((ids, place));
    }
    let mut output = vec![0, 0];
    output.extend_from_slice(&(entries.len() as u16).to_be_bytes());
    let mut offset = 4 + entries.len() * 8;
    let mut offsets = Vec::new();
    for (_, subtable) in &subtables {
        offsets.push(offset as u32);
        offset += subtable.len();
    }
    for (ids, place) in &entries {
        output.extend_from_slice(ids);
        output.extend_from_slice(&offsets.get(*place)?.to_be_bytes());
    }
    for (_, subtable) in subtables {
        output.extend_from_slice(&subtable);
    }
    (!entries.is_empty()).then_some(output)
}

fn subtable(body: &[u8]) -> Option<Vec<u8>> {
    let format = word(body, 0)?;
    let len = match format {
        0 => 262,
        4 => {
            let segments = usize::from(word(body, 6)? / 2);
            let claimed = usize::from(word(body, 2)?);
            let least = 16 + segments * 8;
            // Fonts with more than 65,535 bytes here write a length that wrapped.
            if claimed < least { body.len().min(65_535) } else { claimed.min(body.len()) }.max(least)
        }
        6 => 10 + usize::from(word(body, 8)?) * 2,
        12 => 16 + usize::try_from(long(body, 12)?).ok()?.checked_mul(12)?,
        _ => return None,
    };
    let mut output = body.get(..len)?.to_vec();
    // Length and language.
    if format == 12 {
        output.get_mut(2..4)?.fill(0);
        output.get_mut(4..8)?.copy_from_slice(&u32::try_from(len).ok()?.to_be_bytes());
        output.get_mut(8..12)?.fill(0);
    } else {
        output.get_mut(2..4)?.copy_from_slice(&u16::try_from(len).ok()?.to_be_bytes());
        output.get_mut(4..6)?.fill(0);
    }
    Some(output)
}

/// How many bytes of glyphs that share their bytes are read, besides a few times the table's own.
const OVERLAPPING: usize = 32 << 20;

/// `loca` in its long form and `glyf` with every outline checked and its instructions left out.
fn outlines(loca: &[u8], glyf: &[u8], is_long: bool, glyphs: usize) -> Option<(Vec<u8>, Vec<u8>)> {
    let offset = |index: usize| -> Option<usize> {
        if is_long {
            usize::try_from(long(loca, index * 4)?).ok()
        } else {
            Some(usize::from(word(loca, index * 2)?) * 2)
        }
    };
    // A glyph whose end stands before its start ends where the next one that has a place begins.
    let mut starts: Vec<usize> = (0..=glyphs).filter_map(offset).collect();
    starts.sort_unstable();
    let next = |start: usize| starts.get(starts.partition_point(|other| *other <= start)).copied();
    let mut to_read = glyf.len().saturating_mul(8).saturating_add(OVERLAPPING);
    let mut new_loca = Vec::with_capacity((glyphs + 1) * 4);
    let mut new_glyf: Vec<u8> = Vec::with_capacity(glyf.len());
    for index in 0..glyphs {
        new_loca.extend_from_slice(&u32::try_from(new_glyf.len()).ok()?.to_be_bytes());
        let (Some(start), Some(end)) = (offset(index), offset(index + 1)) else { continue };
        let end = if end < start { next(start).unwrap_or(glyf.len()) } else { end };
        let body = glyf.get(start..end.min(glyf.len())).unwrap_or_default();
        to_read = to_read.checked_sub(body.len())?;
        if let Some(glyph) = outline(body, glyphs) {
            // Overlapping entries could otherwise multiply the table.
            if new_glyf.len() + glyph.len() > glyf.len().saturating_mul(4) + 65_536 {
                return None;
            }
            new_glyf.extend_from_slice(&glyph);
            new_glyf.resize(new_glyf.len().next_multiple_of(4), 0);
        }
    }
    new_loca.extend_from_slice(&u32::try_from(new_glyf.len()).ok()?.to_be_bytes());
    Some((new_loca, new_glyf))
}

/// One glyph without instructions; `None` for an empty or broken one.
fn outline(body: &[u8], glyphs: usize) -> Option<Vec<u8>> {
    let mut reader = Reader::new(body);
    let header = reader.array::<10>("glyph header").ok()?;
    let contours = i16::from_be_bytes([*header.first()?, *header.get(1)?]);
    let mut output = header.to_vec();
    if contours < 0 {
        loop {
            let flags = reader.u16_be("component flags").ok()?;
            let glyph = reader.u16_be("component").ok()?;
            if usize::from(glyph) >= glyphs {
                return None;
            }
            let len = if flags & 1 != 0 { 4 } else { 2 }
                + match flags & 0xc8 {
                    0x08 => 2,
                    0x40 => 4,
                    0x80 => 8,
                    _ => 0,
                };
            // Bit 8: instructions follow.
            output.extend_from_slice(&(flags & !0x0100).to_be_bytes());
            output.extend_from_slice(&glyph.to_be_bytes());
            output.extend_from_slice(reader.take(len, "component place").ok()?);
            if flags & 0x20 == 0 {
                return Some(output);
            }
            if output.len() > 65_536 {
                return None;
            }
        }
    }
    if contours == 0 {
        return None;
    }
    let ends = reader.take(contours as usize * 2, "contour ends").ok()?;
    let points = usize::from(word(ends, ends.len() - 2)?) + 1;
    output.extend_from_slice(ends);
    let instructions = reader.u16_be("instruction length").ok()?;
    reader.skip(instructions, "instructions").ok()?;
    output.extend_from_slice(&[0, 0]);
    let outline = reader.rest();
    let (mut at, mut seen, mut coordinates) = (0, 0, 0);
    while seen < points {
        let flag = *outline.get(at)?;
        at += 1;
        let mut times = 1;
        if flag & 8 != 0 {
            times += usize::from(*outline.get(at)?);
            at += 1;
        }
        let one = match flag & 0x12 {
            0x02 | 0x12 => 1,
            0x10 => 0,
            _ => 2,
        } + match flag & 0x24 {
            0x04 | 0x24 => 1,
            0x20 => 0,
            _ => 2,
        };
        coordinates += one * times.min(points - seen);
        seen += times;
    }
    output.extend_from_slice(outline.get(..at + coordinates)?);
    Some(output)
}
