//! CFF programs (Adobe technical note 5176): structures read, operators by allow-list, everything placed anew.
//!
//! Char strings are tokenised: only operators of the Type 2 format with operands that fit go along.

/// The largest program that is taken for one.
const LARGEST: usize = 32 << 20;

/// An index: slices of the source.
type Index<'a> = Vec<&'a [u8]>;

/// A dictionary: operators with their operands, the operands still encoded.
type Dict<'a> = Vec<(u16, &'a [u8])>;

/// A program written anew.
#[derive(Debug)]
pub(crate) struct Rebuilt {
    pub(crate) bytes: Vec<u8>,
    /// Notices, names or operators of the source were left out.
    pub(crate) left_out: bool,
}

/// The name of every program that is written: viewers go by the font's dictionary.
const NAME: &[u8] = b"Font";
/// How many strings every reader knows; those of the program follow.
const STANDARD_STRINGS: usize = 391;

/// `program` written anew; `None` where it does not hold together.
pub(crate) fn rebuild(program: &[u8]) -> Option<Rebuilt> {
    if program.len() > LARGEST {
        return None;
    }
    let header = usize::from(*program.get(2)?);
    let (names, at) = index(program, header)?;
    let (tops, at) = index(program, at)?;
    let (strings, at) = index(program, at)?;
    let (globals, _) = index(program, at)?;
    if names.len() != 1 || tops.len() != 1 {
        return None;
    }
    let top = dict(tops.first()?)?;
    let offset = |operator: u16| -> Option<usize> {
        let operands =
            top.iter().rev().find(|(known, _)| *known == operator).map(|(_, operands)| *operands)?;
        usize::try_from(*numbers(operands)?.last()?).ok()
    };
    let (glyphs, _) = index(program, offset(CHAR_STRINGS)?)?;
    let is_cid = top.iter().any(|(operator, _)| *operator == ROS);
    let count = glyphs.len();
    if count == 0 || count > 65_535 {
        return None;
    }
    let mut total = 0;
    for glyph in &glyphs {
        total += glyph.len();
        // Entries that share bytes could multiply the file.
        if total > program.len().saturating_mul(2) {
            return None;
        }
    }
    let glyphs: Vec<Vec<u8>> =
        glyphs.iter().map(|glyph| char_string(glyph).unwrap_or_else(|| vec![14])).collect();
    let globals: Vec<Vec<u8>> =
        globals.iter().map(|code| subroutine(code).unwrap_or_else(|| vec![11])).collect();
    let charset = match offset(CHARSET) {
        Some(at) if at > 2 => Some(charset(program.get(at..)?, count)?),
        known => Some(vec![known.unwrap_or(0) as u8]),
    }?;
    let predefined_charset = charset.len() == 1;
    let encoding = match offset(ENCODING) {
        Some(at) if at > 1 && !is_cid => Some(encoding(program.get(at..)?)?),
        _ => None,
    };
    let mut privates = Vec::new();
    let mut fonts = Vec::new();
    let mut select = None;
    if is_cid {
        let (dicts, _) = index(program, offset(FD_ARRAY)?)?;
        if dicts.len() > 256 {
            return None;
        }
        for one in dicts {
            let font = dict(one)?;
            privates.push(private(program, &font)?);
            fonts.push(font);
        }
        select = Some(fd_select(program.get(offset(FD_SELECT)?..)?, count, fonts.len())?);
    } else {
        privates.push(private(program, &top)?);
    }
    // Offsets are written in five bytes, so that the size of a dictionary does not depend on them.
    let name = [NAME.to_vec()];
    let used = used_strings(&top, &fonts, &charset, encoding.as_deref().unwrap_or_default(), is_cid);
    let mut left_out = false;
    // Strings keep their places; those that nothing names become empty.
    let strings: Vec<Vec<u8>> = strings
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let kept = used.contains(&(at + STANDARD_STRINGS));
            left_out |= !kept && !text.is_empty();
            if kept { text.to_vec() } else { Vec::new() }
        })
        .collect();
    let placed = [CHARSET, ENCODING, CHAR_STRINGS, PRIVATE, FD_ARRAY, FD_SELECT];
    left_out |= top.iter().any(|(operator, _)| !TOP.contains(operator) && !placed.contains(operator));
    let top_len = top_dict(
        &top,
        &Places::default(),
        is_cid,
        predefined_charset.then(|| charset.first().copied()).flatten(),
        encoding.is_some(),
        offset(ENCODING),
    )?
    .len();
    let mut output = vec![1, 0, 4, 4];
    put_index(&mut output, &name);
    let top_at = output.len();
    let top_size = index_size(&[top_len]);
    let mut rest = Vec::new();
    put_index(&mut rest, &strings);
    put_index(&mut rest, &globals);
    let base = top_at + top_size;
    let mut places = Places::default();
    if !predefined_charset {
        places.charset = base + rest.len();
        rest.extend_from_slice(&charset);
    }
    if let Some(encoding) = &encoding {
        places.encoding = base + rest.len();
        rest.extend_from_slice(encoding);
    }
    if let Some(select) = &select {
        places.select = base + rest.len();
        rest.extend_from_slice(select);
    }
    places.glyphs = base + rest.len();
    put_index(&mut rest, &glyphs);
    let mut private_places = Vec::new();
    for (body, subroutines) in &privates {
        private_places.push((body.len(), base + rest.len()));
        rest.extend_from_slice(body);
        if let Some(subroutines) = subroutines {
            put_index(&mut rest, subroutines);
        }
    }
    if is_cid {
        places.fonts = base + rest.len();
        let mut dicts = Vec::new();
        for (font, place) in fonts.iter().zip(&private_places) {
            dicts.push(font_dict(font, *place));
        }
        put_index(&mut rest, &dicts);
    } else {
        places.private = private_places.first().copied();
    }
    let top = top_dict(
        &top,
        &places,
        is_cid,
        predefined_charset.then(|| charset.first().copied()).flatten(),
        encoding.is_some(),
        offset(ENCODING),
    )?;
    put_index(&mut output, &[top]);
    if output.len() != base {
        return None;
    }
    output.extend_from_slice(&rest);
    Some(Rebuilt { bytes: output, left_out })
}

/// The numbers of the strings that name glyphs, or a collection and its fonts.
fn used_strings(
    top: &Dict<'_>,
    fonts: &[Dict<'_>],
    charset: &[u8],
    encoding: &[u8],
    is_cid: bool,
) -> std::collections::BTreeSet<usize> {
    let mut used = std::collections::BTreeSet::new();
    let word = |pair: &[u8]| pair.iter().take(2).fold(0_usize, |word, byte| word << 8 | usize::from(*byte));
    if !is_cid {
        let glyphs = charset.get(1..).unwrap_or_default();
        match charset.first() {
            Some(0) => used.extend(glyphs.chunks_exact(2).map(word)),
            Some(format @ (1 | 2)) => {
                for range in glyphs.chunks_exact(usize::from(*format) + 2) {
                    let left = range.iter().skip(2).fold(0, |left, byte| left << 8 | usize::from(*byte));
                    used.extend(word(range)..=word(range) + left.min(0xffff));
                }
            }
            _ => (),
        }
        if encoding.first().is_some_and(|format| format & 0x80 != 0) {
            let codes = usize::from(encoding.get(1).copied().unwrap_or(0));
            let size = if encoding.first() == Some(&0x80) { 1 } else { 2 };
            let more = encoding.get(3 + codes * size..).unwrap_or_default();
            used.extend(more.chunks_exact(3).filter_map(|entry| entry.get(1..)).map(word));
        }
    }
    let named = |dict: &Dict<'_>, operator: u16| -> Vec<usize> {
        let operands = dict.iter().filter(|(known, _)| *known == operator).map(|(_, operands)| *operands);
        operands.filter_map(numbers).flatten().filter_map(|number| usize::try_from(number).ok()).collect()
    };
    used.extend(named(top, ROS).into_iter().take(2));
    for font in fonts.iter().chain([top]) {
        used.extend(named(font, FONT_NAME));
    }
    used
}

const FONT_NAME: u16 = 0x0c26;
const CHARSET: u16 = 15;
const ENCODING: u16 = 16;
const CHAR_STRINGS: u16 = 17;
const PRIVATE: u16 = 18;
const SUBRS: u16 = 19;
const ROS: u16 = 0x0c1e;
const FD_ARRAY: u16 = 0x0c24;
const FD_SELECT: u16 = 0x0c25;

/// Operators of a top or font dictionary that are numbers or names and are copied: bounding box, metrics,
/// matrix, the registry and count of a CID font.
const TOP: [u16; 13] =
    [ROS, 5, 0x0c01, 0x0c02, 0x0c03, 0x0c04, 0x0c05, 0x0c06, 0x0c07, 0x0c08, 0x0c22, 0x0c26, 13];

/// Operators of a private dictionary that are copied.
const PRIVATES: [u16; 18] =
    [6, 7, 8, 9, 10, 11, 20, 21, 0x0c09, 0x0c0a, 0x0c0b, 0x0c0c, 0x0c0d, 0x0c0e, 0x0c11, 0x0c12, 0x0c13, 12];

#[derive(Default)]
struct Places {
    charset: usize,
    encoding: usize,
    glyphs: usize,
    select: usize,
    fonts: usize,
    private: Option<(usize, usize)>,
}

fn top_dict(
    top: &Dict<'_>,
    places: &Places,
    is_cid: bool,
    predefined_charset: Option<u8>,
    own_encoding: bool,
    encoding: Option<usize>,
) -> Option<Vec<u8>> {
    let mut output = Vec::new();
    for (operator, operands) in top.iter().filter(|(operator, _)| TOP.contains(operator)) {
        output.extend_from_slice(operands);
        put_operator(&mut output, *operator);
    }
    match predefined_charset {
        Some(0) => (),
        Some(known) => put_entry(&mut output, &[usize::from(known)], CHARSET),
        None => put_entry(&mut output, &[places.charset], CHARSET),
    }
    match encoding {
        Some(1) if !is_cid => put_entry(&mut output, &[1], ENCODING),
        _ if own_encoding => put_entry(&mut output, &[places.encoding], ENCODING),
        _ => (),
    }
    put_entry(&mut output, &[places.glyphs], CHAR_STRINGS);
    if is_cid {
        put_entry(&mut output, &[places.fonts], FD_ARRAY);
        put_entry(&mut output, &[places.select], FD_SELECT);
    } else {
        let (len, at) = places.private.unwrap_or_default();
        put_entry(&mut output, &[len, at], PRIVATE);
    }
    Some(output)
}

fn font_dict(font: &Dict<'_>, (len, at): (usize, usize)) -> Vec<u8> {
    let mut output = Vec::new();
    for (operator, operands) in font.iter().filter(|(operator, _)| matches!(operator, 0x0c26 | 0x0c07)) {
        output.extend_from_slice(operands);
        put_operator(&mut output, *operator);
    }
    put_entry(&mut output, &[len, at], PRIVATE);
    output
}

/// A private dictionary and its subroutines, if it has any.
type Private = (Vec<u8>, Option<Vec<Vec<u8>>>);

/// The private dictionary that `font` names.
fn private(program: &[u8], font: &Dict<'_>) -> Option<Private> {
    let Some((_, operands)) = font.iter().rev().find(|(operator, _)| *operator == PRIVATE) else {
        return Some((Vec::new(), None));
    };
    let numbers = numbers(operands)?;
    let [len, at] = numbers.as_slice() else { return None };
    let (len, at) = (usize::try_from(*len).ok()?, usize::try_from(*at).ok()?);
    let body = program.get(at..at.checked_add(len)?)?;
    let entries = dict(body)?;
    let mut output = Vec::new();
    for (operator, operands) in entries.iter().filter(|(operator, _)| PRIVATES.contains(operator)) {
        output.extend_from_slice(operands);
        put_operator(&mut output, *operator);
    }
    let subroutines = match entries.iter().rev().find(|(operator, _)| *operator == SUBRS) {
        Some((_, operands)) => {
            let relative = usize::try_from(*self::numbers(operands)?.last()?).ok()?;
            let (codes, _) = index(program, at.checked_add(relative)?)?;
            let total: usize = codes.iter().map(|code| code.len()).sum();
            if total > program.len() {
                return None;
            }
            Some(codes.iter().map(|code| subroutine(code).unwrap_or_else(|| vec![11])).collect())
        }
        None => None,
    };
    if subroutines.is_some() {
        // The subroutines follow the dictionary at once; the entry itself has six bytes.
        let len = output.len() + 6;
        put_entry(&mut output, &[len], SUBRS);
    }
    Some((output, subroutines))
}

fn put_operator(output: &mut Vec<u8>, operator: u16) {
    if operator > 0xff {
        output.push(12);
    }
    output.push((operator & 0xff) as u8);
}

fn put_entry(output: &mut Vec<u8>, operands: &[usize], operator: u16) {
    for operand in operands {
        output.push(29);
        output.extend_from_slice(&(*operand as u32).to_be_bytes());
    }
    put_operator(output, operator);
}

fn index_size(lens: &[usize]) -> usize {
    let data: usize = lens.iter().sum();
    if lens.is_empty() { 2 } else { 3 + (lens.len() + 1) * offset_size(data) + data }
}

fn offset_size(data: usize) -> usize {
    match data + 1 {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xff_ffff => 3,
        _ => 4,
    }
}

fn put_index(output: &mut Vec<u8>, items: &[Vec<u8>]) {
    output.extend_from_slice(&(items.len() as u16).to_be_bytes());
    if items.is_empty() {
        return;
    }
    let data = items.iter().map(Vec::len).sum();
    let size = offset_size(data);
    output.push(size as u8);
    let mut offset = 1_u32;
    let put = |offset: u32, output: &mut Vec<u8>| {
        output.extend_from_slice(offset.to_be_bytes().get(4 - size..).unwrap_or_default());
    };
    put(offset, output);
    for item in items {
        offset += item.len() as u32;
        put(offset, output);
    }
    for item in items {
        output.extend_from_slice(item);
    }
}

/// An index and where it ends.
fn index(program: &[u8], at: usize) -> Option<(Index<'_>, usize)> {
    let count = usize::from(u16::from_be_bytes([*program.get(at)?, *program.get(at + 1)?]));
    if count == 0 {
        return Some((Vec::new(), at + 2));
    }
    let size = usize::from(*program.get(at + 2)?);
    if !(1..=4).contains(&size) {
        return None;
    }
    let offsets = at + 3;
    let data = offsets.checked_add((count + 1) * size)?.checked_sub(1)?;
    let offset = |index: usize| -> Option<usize> {
        let start = offsets + index * size;
        let value = program
            .get(start..start + size)?
            .iter()
            .fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
        data.checked_add(value)
    };
    let mut items = Vec::with_capacity(count);
    for index in 0..count {
        items.push(program.get(offset(index)?..offset(index + 1)?)?);
    }
    Some((items, offset(count)?))
}

/// A dictionary; every operand must be well-formed.
fn dict(bytes: &[u8]) -> Option<Dict<'_>> {
    let mut entries = Vec::new();
    let (mut at, mut start) = (0, 0);
    while at < bytes.len() {
        let byte = *bytes.get(at)?;
        // Those that are reserved end their operands in font engines too, and are in no list.
        if matches!(byte, 0..=27 | 31 | 255) {
            let operands = bytes.get(start..at)?;
            let operator = if byte == 12 {
                at += 1;
                0x0c00 | u16::from(*bytes.get(at)?)
            } else {
                u16::from(byte)
            };
            at += 1;
            start = at;
            entries.push((operator, operands));
            continue;
        }
        at += operand_len(bytes.get(at..)?)?;
    }
    Some(entries)
}

fn operand_len(bytes: &[u8]) -> Option<usize> {
    Some(match bytes.first()? {
        28 => 3,
        29 => 5,
        30 => bytes.iter().skip(1).take(64).position(|byte| byte & 0x0f == 0x0f || byte >> 4 == 0x0f)? + 2,
        32..=246 => 1,
        247..=254 => 2,
        _ => return None,
    })
}

/// The integers among operands; reals count as zero.
fn numbers(mut operands: &[u8]) -> Option<Vec<i64>> {
    let mut numbers = Vec::new();
    while let Some(first) = operands.first() {
        let len = operand_len(operands)?;
        let body = operands.get(1..len)?;
        let value = body.iter().fold(0_i64, |value, byte| value << 8 | i64::from(*byte));
        numbers.push(match first {
            28 => i64::from(value as i16),
            29 => i64::from(value as i32),
            32..=246 => i64::from(*first) - 139,
            247..=250 => (i64::from(*first) - 247) * 256 + value + 108,
            251..=254 => -(i64::from(*first) - 251) * 256 - value - 108,
            _ => 0,
        });
        operands = operands.get(len..)?;
    }
    Some(numbers)
}

/// The glyph names of a font that has its own, as long as its glyphs need.
fn charset(bytes: &[u8], glyphs: usize) -> Option<Vec<u8>> {
    let format = *bytes.first()?;
    let len = match format {
        0 => 1 + (glyphs - 1) * 2,
        1 | 2 => {
            let size = if format == 1 { 3 } else { 4 };
            let (mut at, mut named) = (1, 1);
            while named < glyphs {
                let range = bytes.get(at..at + size)?;
                let left = range.iter().skip(2).fold(0_usize, |left, byte| left << 8 | usize::from(*byte));
                named += left + 1;
                at += size;
            }
            at
        }
        _ => return None,
    };
    let charset = bytes.get(..len)?.to_vec();
    // A charset of one byte would be taken for a predefined one.
    if charset.len() == 1 { Some(vec![0]) } else { Some(charset) }
}

fn encoding(bytes: &[u8]) -> Option<Vec<u8>> {
    let format = *bytes.first()?;
    let count = usize::from(*bytes.get(1)?);
    let mut len = match format & 0x7f {
        0 => 2 + count,
        1 => 2 + count * 2,
        _ => return None,
    };
    if format & 0x80 != 0 {
        len += 1 + usize::from(*bytes.get(len)?) * 3;
    }
    bytes.get(..len).map(<[u8]>::to_vec)
}

fn fd_select(bytes: &[u8], glyphs: usize, fonts: usize) -> Option<Vec<u8>> {
    let fits = |font: &u8| usize::from(*font) < fonts;
    match bytes.first()? {
        0 => {
            let select = bytes.get(..glyphs + 1)?;
            select.iter().skip(1).all(fits).then(|| select.to_vec())
        }
        3 => {
            let ranges = usize::from(u16::from_be_bytes([*bytes.get(1)?, *bytes.get(2)?]));
            let select = bytes.get(..5 + ranges * 3)?;
            let all = select.get(3..3 + ranges * 3)?;
            all.chunks_exact(3).filter_map(|range| range.get(2)).all(fits).then(|| select.to_vec())
        }
        _ => None,
    }
}

/// A Type 2 char string cut behind its last operator; `None` where it holds anything unknown.
fn char_string(code: &[u8]) -> Option<Vec<u8>> {
    tokenised(code, false)
}

/// A subroutine: how many stems its callers declared is not known here.
fn subroutine(code: &[u8]) -> Option<Vec<u8>> {
    tokenised(code, true)
}

fn tokenised(code: &[u8], mut masks_unknown: bool) -> Option<Vec<u8>> {
    let (mut at, mut depth, mut stems) = (0, 0_usize, 0_usize);
    while let Some(byte) = code.get(at) {
        match byte {
            28 => {
                at += 3;
                depth += 1;
            }
            32..=246 => {
                at += 1;
                depth += 1;
            }
            247..=254 => {
                at += 2;
                depth += 1;
            }
            255 => {
                at += 5;
                depth += 1;
            }
            // Stem hints.
            1 | 3 | 18 | 23 => {
                stems += depth / 2;
                depth = 0;
                at += 1;
            }
            // Masks are followed by a bit for each stem, some of which a subroutine may have declared.
            19 | 20 => {
                if masks_unknown {
                    return Some(code.to_vec());
                }
                stems += depth / 2;
                depth = 0;
                at += 1 + stems.div_ceil(8);
            }
            10 | 29 => {
                masks_unknown = true;
                depth = depth.saturating_sub(1);
                at += 1;
            }
            4..=8 | 11 | 14 | 21 | 22 | 24..=27 | 30 | 31 => {
                depth = 0;
                at += 1;
            }
            12 => {
                match code.get(at + 1)? {
                    // Arithmetic, storage and flex.
                    3..=5 | 9..=12 | 14 | 15 | 18 | 20..=24 | 26..=30 => depth = depth.saturating_sub(1),
                    0 | 34..=37 => depth = 0,
                    _ => return None,
                }
                at += 2;
            }
            _ => return None,
        }
    }
    // An operand or mask that is cut ends the glyph where viewers stop drawing it.
    code.get(..at.min(code.len())).map(<[u8]>::to_vec)
}
