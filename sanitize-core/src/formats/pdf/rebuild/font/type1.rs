//! Type 1 programs (Adobe Type 1 Font Format): read as the few things a glyph needs, and written from a frame of
//! our own. No PostScript of the source goes along.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use crate::formats::pdf::{
    parse::lex::{Lexer, Token, is_regular},
    write::{put_int, put_real},
};

/// The largest program that is taken for one.
const LARGEST: usize = 16 << 20;
/// Keys of the two encryptions.
const EEXEC: u16 = 55_665;
const CHAR_STRING: u16 = 4_330;

/// Names and char strings.
type Glyphs = Vec<(Vec<u8>, Vec<u8>)>;

/// Hint values of the private dictionary that are numbers or arrays of numbers.
const HINTS: [&str; 13] = [
    "BlueFuzz",
    "BlueScale",
    "BlueShift",
    "BlueValues",
    "FamilyBlues",
    "FamilyOtherBlues",
    "ForceBold",
    "LanguageGroup",
    "OtherBlues",
    "StdHW",
    "StdVW",
    "StemSnapH",
    "StemSnapV",
];

/// A program written anew.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rebuilt {
    pub(crate) bytes: Vec<u8>,
    /// Lengths of its parts.
    pub(crate) clear: usize,
    pub(crate) encrypted: usize,
    /// The source ended, or made no sense any more, amid its glyphs.
    pub(crate) cut: bool,
}

/// `program` written anew; `None` where it does not hold together.
pub(crate) fn rebuild(program: &[u8]) -> Option<Rebuilt> {
    if program.len() > LARGEST {
        return None;
    }
    let program = without_segments(program);
    let eexec = memmem::find(&program, b"eexec")?;
    let clear = program.get(..eexec)?;
    let mut start = eexec + 5;
    // A zero byte may be the first that is encrypted (7.2).
    while program.get(start).is_some_and(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')) {
        start += 1;
    }
    let body = program.get(start..)?;
    let hex = body.len() >= 4 && body.iter().take(4).all(|byte| byte.is_ascii_hexdigit());
    let private = if hex {
        let mut bytes = Vec::with_capacity(body.len() / 2);
        let mut high = None;
        for digit in body.iter().filter_map(|byte| char::from(*byte).to_digit(16)) {
            match high.take() {
                None => high = Some(digit as u8),
                Some(high) => bytes.push(high << 4 | digit as u8),
            }
        }
        decrypt(&bytes, EEXEC, 4)
    } else {
        decrypt(body, EEXEC, 4)
    };
    let mut bytes = clear_part(clear)?;
    let clear = bytes.len();
    let (private, cut) = private_part(&private)?;
    let encrypted = encrypt(&private, EEXEC);
    bytes.extend_from_slice(&encrypted);
    Some(Rebuilt { bytes, clear, encrypted: encrypted.len(), cut })
}

/// The program without the segment headers of its PC form.
fn without_segments(program: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(program.len());
    let mut rest = program;
    while let [0x80, 1 | 2, a, b, c, d, tail @ ..] = rest {
        let len = u32::from_le_bytes([*a, *b, *c, *d]) as usize;
        let (segment, after) = tail.split_at_checked(len).unwrap_or((tail, &[]));
        output.extend_from_slice(segment);
        rest = after;
    }
    if output.is_empty() { program.to_vec() } else { output }
}

fn decrypt(bytes: &[u8], key: u16, skip: usize) -> Vec<u8> {
    let mut key = key;
    let plain = bytes.iter().map(|byte| {
        let plain = byte ^ (key >> 8) as u8;
        key = (u16::from(*byte)).wrapping_add(key).wrapping_mul(52_845).wrapping_add(22_719);
        plain
    });
    plain.collect::<Vec<u8>>().get(skip..).unwrap_or_default().to_vec()
}

/// Four zero bytes go in front: with either key their image is neither blank nor a hexadecimal digit.
fn encrypt(bytes: &[u8], key: u16) -> Vec<u8> {
    let mut key = key;
    [0_u8; 4]
        .iter()
        .chain(bytes)
        .map(|byte| {
            let cipher = byte ^ (key >> 8) as u8;
            key = u16::from(cipher).wrapping_add(key).wrapping_mul(52_845).wrapping_add(22_719);
            cipher
        })
        .collect()
}

/// What follows the name `key`, which must stand alone.
fn after<'a>(text: &'a [u8], key: &str) -> Option<&'a [u8]> {
    let wanted = format!("/{key}");
    for at in memmem::find_iter(text, wanted.as_bytes()) {
        let rest = text.get(at + wanted.len()..)?;
        if rest.first().is_none_or(|byte| !is_regular(*byte)) {
            return Some(rest);
        }
    }
    None
}

/// The numbers of an array in either kind of bracket, or one number, or a truth value.
fn values(text: &[u8]) -> Option<(bool, Vec<f64>)> {
    let mut lexer = Lexer::new(text, 0);
    let mut numbers = Vec::new();
    match lexer.next() {
        Token::Int(value) => return Some((false, vec![value as f64])),
        Token::Real(value) => return Some((false, vec![value])),
        Token::Keyword(b"true") => return Some((false, vec![f64::INFINITY])),
        Token::ArrayOpen | Token::Keyword(b"{") => (),
        _ => return None,
    }
    for _ in 0..32 {
        match lexer.next() {
            Token::Int(value) => numbers.push(value as f64),
            Token::Real(value) => numbers.push(value),
            // `1e-3` is no number of PDF but is one of PostScript.
            Token::Keyword(word)
                if word.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.') =>
            {
                numbers.push(std::str::from_utf8(word).ok()?.parse().ok()?);
            }
            _ => return Some((true, numbers)),
        }
    }
    Some((true, numbers))
}

fn put_numbers(output: &mut Vec<u8>, numbers: &[f64]) {
    for number in numbers {
        if number.fract() == 0.0 && number.abs() < 1e9 {
            put_int(output, *number as i64);
        } else {
            put_real(output, *number);
        }
        output.push(b' ');
    }
}

fn plain_name(name: &[u8]) -> Option<Vec<u8>> {
    let fits = !name.is_empty()
        && name.len() <= 127
        && name.iter().all(|byte| byte.is_ascii_graphic() && is_regular(*byte));
    fits.then(|| name.to_vec())
}

fn clear_part(clear: &[u8]) -> Option<Vec<u8>> {
    let name = after(clear, "FontName").and_then(|rest| match Lexer::new(rest, 0).next() {
        Token::Name(name) => plain_name(&name),
        _ => None,
    });
    let name = name.unwrap_or_else(|| b"Font".to_vec());
    let matrix = after(clear, "FontMatrix").and_then(values).map(|(_, numbers)| numbers).unwrap_or_default();
    let matrix = if matrix.len() == 6 { matrix } else { vec![0.001, 0.0, 0.0, 0.001, 0.0, 0.0] };
    let bounds = after(clear, "FontBBox").and_then(values).map(|(_, numbers)| numbers).unwrap_or_default();
    let bounds = if bounds.len() == 4 { bounds } else { vec![0.0; 4] };
    let mut output = b"%!PS-AdobeFont-1.0: ".to_vec();
    output.extend_from_slice(&name);
    output.extend_from_slice(b"\n11 dict begin\n/FontType 1 def\n/PaintType 0 def\n/FontName /");
    output.extend_from_slice(&name);
    output.extend_from_slice(b" def\n/FontMatrix [");
    put_numbers(&mut output, &matrix);
    output.extend_from_slice(b"] readonly def\n/FontBBox {");
    put_numbers(&mut output, &bounds);
    output.extend_from_slice(b"} readonly def\n/Encoding ");
    let names = after(clear, "Encoding").and_then(encoding);
    match names {
        None => output.extend_from_slice(b"StandardEncoding def\n"),
        Some(names) => {
            output.extend_from_slice(b"256 array\n0 1 255 {1 index exch /.notdef put} for\n");
            for (code, name) in names {
                output.extend_from_slice(format!("dup {code} /").as_bytes());
                output.extend_from_slice(&name);
                output.extend_from_slice(b" put\n");
            }
            output.extend_from_slice(b"readonly def\n");
        }
    }
    output.extend_from_slice(b"currentdict end\ncurrentfile eexec\n");
    Some(output)
}

/// The names an encoding of its own gives to codes; `None` for the standard encoding.
fn encoding(text: &[u8]) -> Option<Vec<(u8, Vec<u8>)>> {
    let mut lexer = Lexer::new(text, 0);
    let mut names = Vec::new();
    let mut before: [Token<'_>; 2] = [Token::End, Token::End];
    for index in 0..4_096 {
        let token = lexer.next();
        match &token {
            Token::Keyword(b"StandardEncoding") if index == 0 => return None,
            Token::Keyword(b"def" | b"readonly") | Token::End => break,
            Token::Keyword(b"put") => {
                if let [Token::Int(code), Token::Name(name)] = &before
                    && let (Ok(code), Some(name)) = (u8::try_from(*code), plain_name(name))
                    && name != b".notdef"
                {
                    names.push((code, name));
                }
            }
            _ => (),
        }
        let [_, last] = before;
        before = [last, token];
    }
    Some(names)
}

/// The private dictionary and the glyphs, and whether those were cut short.
fn private_part(private: &[u8]) -> Option<(Vec<u8>, bool)> {
    let skip = match after(private, "lenIV").and_then(values) {
        Some((_, numbers)) => numbers.first().copied().unwrap_or(4.0),
        None => 4.0,
    };
    // A negative length says the char strings are not encrypted.
    let skip = if (0.0..=64.0).contains(&skip) { Some(skip as usize) } else { None };
    let glyphs_at = char_strings(private)?;
    let head = private.get(..glyphs_at)?;
    let mut output =
        b"dup /Private 20 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n\
        /ND {noaccess def} executeonly def\n/NP {noaccess put} executeonly def\n/MinFeature {16 16} def\n\
        /password 5839 def\n"
            .to_vec();
    for key in HINTS {
        let Some((is_array, numbers)) = after(head, key).and_then(values) else { continue };
        output.extend_from_slice(format!("/{key} ").as_bytes());
        match numbers.first() {
            Some(first) if first.is_infinite() => output.extend_from_slice(b"true "),
            _ if is_array => {
                output.push(b'[');
                put_numbers(&mut output, &numbers);
                output.extend_from_slice(b"] ");
            }
            _ => put_numbers(&mut output, &numbers),
        }
        output.extend_from_slice(b"def\n");
    }
    let subroutines = subroutines(head, skip);
    if let Some((last, _)) = subroutines.last_key_value() {
        let count = last + 1;
        output.extend_from_slice(b"/OtherSubrs [{}{}{}{pop 3}] ND\n");
        output.extend_from_slice(format!("/Subrs {count} array\n").as_bytes());
        for (number, code) in &subroutines {
            let code = encrypt(code, CHAR_STRING);
            output.extend_from_slice(format!("dup {number} {} RD ", code.len()).as_bytes());
            output.extend_from_slice(&code);
            output.extend_from_slice(b" NP\n");
        }
        output.extend_from_slice(b"ND\n");
    }
    let (glyphs, ended) = glyphs(private, glyphs_at, skip);
    if glyphs.is_empty() {
        return None;
    }
    output.extend_from_slice(format!("2 index /CharStrings {} dict dup begin\n", glyphs.len()).as_bytes());
    for (name, code) in &glyphs {
        let code = encrypt(code, CHAR_STRING);
        output.push(b'/');
        output.extend_from_slice(name);
        output.extend_from_slice(format!(" {} RD ", code.len()).as_bytes());
        output.extend_from_slice(&code);
        output.extend_from_slice(b" ND\n");
    }
    output.extend_from_slice(
        b"end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n",
    );
    Some((output, !ended))
}

/// Where the glyph dictionary starts: the name followed by a count.
fn char_strings(private: &[u8]) -> Option<usize> {
    memmem::find_iter(private, b"/CharStrings")
        .find(|at| matches!(Lexer::new(private, at + 12).next(), Token::Int(_)))
}

/// The bytes behind `length RD `; the lexer is left behind them.
fn binary<'a>(lexer: &mut Lexer<'a>, len: i64) -> Option<&'a [u8]> {
    let Token::Keyword(_) = lexer.next() else { return None };
    let start = lexer.position() + 1;
    let end = start.checked_add(usize::try_from(len).ok()?)?;
    let bytes = lexer.bytes().get(start..end)?;
    lexer.seek(end);
    Some(bytes)
}

fn plain_code(code: &[u8], skip: Option<usize>) -> Vec<u8> {
    match skip {
        Some(skip) => decrypt(code, CHAR_STRING, skip),
        None => code.to_vec(),
    }
}

/// By their numbers, in whatever order they stand.
fn subroutines(head: &[u8], skip: Option<usize>) -> BTreeMap<i64, Vec<u8>> {
    let mut found = BTreeMap::new();
    let Some(rest) = after(head, "Subrs") else { return found };
    let mut lexer = Lexer::new(rest, 0);
    loop {
        match lexer.next() {
            Token::Keyword(b"dup") => (),
            Token::Keyword(b"array" | b"NP" | b"|" | b"put" | b"noaccess" | b"readonly") | Token::Int(_) => {
                continue;
            }
            _ => return found,
        }
        let (Token::Int(number), Token::Int(len)) = (lexer.next(), lexer.next()) else { return found };
        let Some(code) = binary(&mut lexer, len) else { return found };
        if (0..65_536).contains(&number) {
            found.insert(number, char_string(&plain_code(code, skip)).unwrap_or_else(|| vec![11]));
        }
    }
}

/// Names and char strings of all glyphs, and whether their list came to its end.
fn glyphs(private: &[u8], at: usize, skip: Option<usize>) -> (Glyphs, bool) {
    let mut glyphs = Vec::new();
    let mut names = BTreeSet::new();
    let mut lexer = Lexer::new(private, at + 12);
    let mut idle = 0;
    loop {
        match lexer.next() {
            Token::Name(name) => {
                idle = 0;
                let Token::Int(len) = lexer.next() else { return (glyphs, false) };
                let Some(code) = binary(&mut lexer, len) else { return (glyphs, false) };
                if let Some(name) = plain_name(&name)
                    && glyphs.len() < 65_535
                    && names.insert(name.clone())
                {
                    glyphs.push((
                        name,
                        char_string(&plain_code(code, skip)).unwrap_or_else(|| vec![139, 139, 13, 14]),
                    ));
                }
            }
            Token::Keyword(b"end") if !glyphs.is_empty() => return (glyphs, true),
            Token::End => return (glyphs, false),
            _ => {
                idle += 1;
                if idle > 64 {
                    return (glyphs, false);
                }
            }
        }
    }
}

/// A Type 1 char string; `None` where it holds anything unknown.
fn char_string(code: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    while let Some(byte) = code.get(at) {
        at += match byte {
            32..=246 | 1 | 3..=11 | 13 | 14 | 21 | 22 | 30 | 31 => 1,
            247..=254 => 2,
            255 => 5,
            12 => match code.get(at + 1)? {
                0..=2 | 6 | 7 | 12 | 16 | 17 | 33 => 2,
                _ => return None,
            },
            // Unused codes are passed over by font engines.
            15 => 1,
            _ => return None,
        };
    }
    code.get(..at.min(code.len())).map(<[u8]>::to_vec)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program whose one glyph calls subroutine 2, which stands behind the tenth.
    fn program(first: u8) -> Vec<u8> {
        let code = |code: &[u8]| encrypt(code, CHAR_STRING);
        let mut private = b"dup /Private 3 dict dup begin\n/Subrs 11 array\n".to_vec();
        for (number, body) in [(0, &[11][..]), (10, &[139, 11]), (2, &[140, 139, 21, 11])] {
            let body = code(body);
            private.extend_from_slice(format!("dup {number} {} RD ", body.len()).as_bytes());
            private.extend_from_slice(&body);
            private.extend_from_slice(b" NP\n");
        }
        private.extend_from_slice(b"ND\n2 index /CharStrings 1 dict dup begin\n/A ");
        let glyph = code(&[139, 149, 13, 141, 10, 14]);
        private.extend_from_slice(format!("{} RD ", glyph.len()).as_bytes());
        private.extend_from_slice(&glyph);
        private.extend_from_slice(b" ND\nend\n");
        let mut program =
            b"%!PS-AdobeFont-1.0: A\n/FontName /A def\n/Encoding StandardEncoding def\ncurrentfile eexec\n"
                .to_vec();
        // The first four bytes are anyone's choice.
        let mut lead = EEXEC;
        for cipher in [first, 1, 2, 3] {
            program.push(cipher);
            lead = u16::from(cipher).wrapping_add(lead).wrapping_mul(52_845).wrapping_add(22_719);
        }
        for byte in private {
            let cipher = byte ^ (lead >> 8) as u8;
            program.push(cipher);
            lead = u16::from(cipher).wrapping_add(lead).wrapping_mul(52_845).wrapping_add(22_719);
        }
        program
    }

    #[test]
    fn subroutines_may_stand_in_any_order() {
        let Rebuilt { bytes, clear, .. } = rebuild(&program(0xd9)).unwrap();
        let private = decrypt(&bytes[clear..], EEXEC, 4);
        let found = subroutines(&private, Some(4));
        assert_eq!(found.keys().copied().collect::<Vec<_>>(), [0, 2, 10]);
        assert_eq!(found[&2], [140, 139, 21, 11]);
        assert_eq!(rebuild(&bytes).unwrap().bytes, bytes);
        let cut = |len: usize| rebuild(&program(0xd9)[..len]).map(|rebuilt| rebuilt.cut);
        let len = program(0xd9).len();
        assert_eq!((cut(len), cut(len - 7), cut(len - 40)), (Some(false), Some(true), None));
    }

    #[test]
    fn what_is_encrypted_may_begin_with_a_zero() {
        assert_eq!(rebuild(&program(0)), rebuild(&program(0xd9)));
    }
}
