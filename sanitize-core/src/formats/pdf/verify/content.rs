//! Content streams, as they are written: operators of the specification with as many operands as they take,
//! in balance, and nothing else. Read before they are deflated, by none of the code that wrote them.

use crate::error::{Error, malformed};

/// What the property list of marked content may hold.
const PROPERTIES: [&[u8]; 9] =
    [b"MCID", b"Type", b"Subtype", b"ActualText", b"Alt", b"E", b"Lang", b"Attached", b"BBox"];

/// What is closed by an operator of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nest {
    States,
    Marks,
    Text,
}

/// What is known of an operator.
#[derive(Clone, Copy)]
struct Form {
    letters: u32,
    /// How many operands it takes, at least and at most.
    least: u8,
    most: u8,
    /// What it opens, counted up, or closes, counted down.
    nest: Option<(Nest, i32)>,
}

const fn takes(operands: u8) -> Form {
    Form { letters: 0, least: operands, most: operands, nest: None }
}

const fn nests(operands: u8, nest: Nest, step: i32) -> Form {
    Form { letters: 0, least: operands, most: operands, nest: Some((nest, step)) }
}

/// Operators by how many operands they take.
const FORMS: [(&[&[u8]], Form); 14] = [
    (&[b"h", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n", b"W", b"W*", b"T*"], takes(0)),
    (
        &[
            b"w", b"J", b"j", b"M", b"i", b"Tc", b"Tw", b"Tz", b"TL", b"Tr", b"Ts", b"G", b"g", b"ri", b"gs",
            b"CS", b"cs", b"sh", b"Do", b"MP", b"Tj", b"'", b"TJ",
        ],
        takes(1),
    ),
    (&[b"m", b"l", b"Td", b"TD", b"d0", b"d", b"Tf", b"DP"], takes(2)),
    (&[b"RG", b"rg", b"\""], takes(3)),
    (&[b"v", b"y", b"re", b"K", b"k"], takes(4)),
    (&[b"cm", b"c", b"Tm", b"d1"], takes(6)),
    (&[b"SC", b"sc", b"SCN", b"scn"], Form { most: 64, ..takes(1) }),
    (&[b"q"], nests(0, Nest::States, 1)),
    (&[b"Q"], nests(0, Nest::States, -1)),
    (&[b"BMC"], nests(1, Nest::Marks, 1)),
    (&[b"BDC"], nests(2, Nest::Marks, 1)),
    (&[b"EMC"], nests(0, Nest::Marks, -1)),
    (&[b"BT"], nests(0, Nest::Text, 1)),
    (&[b"ET"], nests(0, Nest::Text, -1)),
];

/// Where an operator stands in [`OPERATORS`]: by a factor that gives each a place of its own.
#[inline]
const fn place(letters: u32) -> usize {
    (letters.wrapping_mul(0xe435_5e61) >> 24) as usize
}

/// The operators by their letters, taken for the digits of a number.
#[expect(clippy::indexing_slicing, reason = "made while the engine is compiled")]
static OPERATORS: [Form; 256] = {
    let mut table = [takes(0); 256];
    let mut row = 0;
    while row < FORMS.len() {
        let (operators, form) = FORMS[row];
        let mut index = 0;
        while index < operators.len() {
            let (spelled, mut letters, mut at) = (operators[index], 0, 0);
            while at < spelled.len() {
                letters = letters << 8 | spelled[at] as u32;
                at += 1;
            }
            assert!(table[place(letters)].letters == 0, "two operators in one place");
            table[place(letters)] = Form { letters, ..form };
            index += 1;
        }
        row += 1;
    }
    table
};

/// `BI`, behind which no operand stands.
const BEGIN_IMAGE: u32 = (b'B' as u32) << 8 | b'I' as u32;

/// Checks a content stream that was written.
pub(crate) fn content(bytes: &[u8]) -> Result<(), Error> {
    let mut rest = bytes;
    let mut operands = 0_u8;
    let mut depths = [0_u32; 3];
    let bad = |rest: &[u8]| malformed("content that is not written", (bytes.len() - rest.len()) as u64);
    while let [byte, tail @ ..] = rest {
        let after = match byte {
            b' ' | b'\n' => {
                rest = tail;
                continue;
            }
            b'0'..=b'9' | b'-' | b'+' | b'.' => number(rest),
            b'/' => Some(behind(tail, NAME)),
            b'(' => string(tail),
            b'[' => array(tail),
            b'<' => properties(rest),
            _ => {
                rest = operator(rest, operands, &mut depths).ok_or_else(|| bad(rest))?;
                operands = 0;
                continue;
            }
        };
        rest = after.ok_or_else(|| bad(rest))?;
        operands = operands.saturating_add(1);
    }
    if operands > 0 || depths != [0; 3] { Err(bad(rest)) } else { Ok(()) }
}

/// What stands behind an operator that may stand here, behind so many operands.
#[inline]
fn operator<'b>(bytes: &'b [u8], operands: u8, depths: &mut [u32; 3]) -> Option<&'b [u8]> {
    let (mut letters, mut rest) = (0_u32, bytes);
    while let [letter, tail @ ..] = rest
        && is_part(*letter, OPERATOR)
    {
        // None has four letters.
        if letters >> 16 != 0 {
            return None;
        }
        letters = letters << 8 | u32::from(*letter);
        rest = tail;
    }
    let form = OPERATORS.get(place(letters))?;
    if letters == BEGIN_IMAGE {
        return picture(bytes);
    }
    if form.letters != letters || letters == 0 {
        return None;
    }
    if operands < form.least || operands > form.most {
        return None;
    }
    if let Some((nest, step)) = form.nest {
        let depth = depths.get_mut(nest as usize)?;
        *depth = depth.checked_add_signed(step)?;
        if nest == Nest::Text && *depth > 1 {
            return None;
        }
    }
    Some(rest)
}

/// What stands behind an inline picture.
fn picture(bytes: &[u8]) -> Option<&[u8]> {
    let rest = bytes.get(memchr::memmem::find(bytes, b"\nID ")?..)?;
    rest.get(memchr::memmem::find(rest, b"\nEI")? + b"\nEI".len()..)
}

/// What stands behind a name, string, number or array of them.
fn operand(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [b'/', name @ ..] => Some(behind(name, NAME)),
        [b'(', inside @ ..] => string(inside),
        [b'[', items @ ..] => array(items),
        _ => number(bytes),
    }
}

#[inline]
fn number(bytes: &[u8]) -> Option<&[u8]> {
    let rest = behind(bytes, NUMBER);
    (rest.len() < bytes.len() && !rest.first().is_some_and(u8::is_ascii_alphabetic)).then_some(rest)
}

/// What stands behind an array, whose items stand here.
fn array(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = match rest {
            [b' ' | b'\n', after @ ..] => after,
            [b']', after @ ..] => return Some(after),
            [b'[', ..] => return None,
            _ => operand(rest)?,
        };
    }
}

/// What a byte may be part of.
const NAME: u8 = 1;
const NUMBER: u8 = 2;
const OPERATOR: u8 = 4;

#[expect(clippy::indexing_slicing, reason = "made while the engine is compiled")]
static PARTS: [u8; 256] = {
    let mut parts = [0; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        parts[byte as usize] = match byte {
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => 0,
            b'0'..=b'9' => NAME | NUMBER | OPERATOR,
            b'.' | b'-' | b'+' => NAME | NUMBER,
            b'a'..=b'z' | b'A'..=b'Z' | b'*' | b'\'' | b'"' => NAME | OPERATOR,
            _ => NAME,
        };
        byte += 1;
    }
    parts
};

#[inline]
fn is_part(byte: u8, what: u8) -> bool {
    PARTS.get(usize::from(byte)).is_some_and(|parts| parts & what != 0)
}

/// What stands behind the bytes that may be part of `what`.
#[inline]
fn behind(mut bytes: &[u8], what: u8) -> &[u8] {
    while let [byte, rest @ ..] = bytes
        && is_part(*byte, what)
    {
        bytes = rest;
    }
    bytes
}

/// What stands behind a string, which starts here.
fn string(mut inside: &[u8]) -> Option<&[u8]> {
    loop {
        match inside.get(special(inside)?..)? {
            [b')', after @ ..] => return Some(after),
            [b'\\', b'(' | b')' | b'\\' | b'n' | b'r', after @ ..] => inside = after,
            _ => return None,
        }
    }
}

/// Where the first parenthesis, escape or line end stands.
#[inline]
fn special(text: &[u8]) -> Option<usize> {
    let mark = memchr::memchr3(b'(', b')', b'\\', text);
    let before = text.get(..mark.unwrap_or(text.len())).unwrap_or_default();
    memchr::memchr2(b'\r', b'\n', before).or(mark)
}

/// What stands behind a property list.
fn properties(bytes: &[u8]) -> Option<&[u8]> {
    let mut rest = bytes.strip_prefix(b"<<")?;
    loop {
        if let Some(after) = rest.strip_prefix(b">>") {
            return Some(after);
        }
        let value = operand(rest)?;
        let key = rest.get(..rest.len() - value.len())?.strip_prefix(b"/")?;
        PROPERTIES.contains(&key).then_some(())?;
        rest = operand(value.strip_prefix(b" ").unwrap_or(value))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_special_is_found_wherever_it_stands() {
        let plain = |byte: u8| !matches!(byte, b'(' | b')' | b'\\' | b'\r' | b'\n');
        for byte in 0..=u8::MAX {
            for at in 0..20 {
                let mut text = *b"\x00\x0bpl\xffain~\x80[]{}\x0c\x0e\x1f'*+]";
                if let Some(place) = text.get_mut(at) {
                    *place = byte;
                }
                assert_eq!(special(&text), (!plain(byte)).then_some(at), "{byte:#x} at {at}");
            }
        }
    }

    #[test]
    fn what_no_writer_writes_is_found() {
        let good =
            b"q 1 0 0 1 0 0 cm\n/P <</MCID 3/Lang(en)>> BDC BT /F#201 12 Tf [(a\\)) -3(b)] TJ ET EMC Q\n";
        content(good).unwrap();
        content(b"BI/W 1/H 1\nID \x00Q(\nEI\nq Q\n").unwrap();
        let bad: [&[u8]; 9] = [
            b"evil\n",
            b"1 w 2",
            b"q\n",
            b"Q\n",
            b"(a Tj",
            b"% x\nq Q",
            b"/P <</Evil 1>> BDC EMC",
            b"1 l",
            b"[/A[]] TJ",
        ];
        for bad in bad {
            assert!(content(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }
}
