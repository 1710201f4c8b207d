//! Content streams, as they are written: operators of the specification with as many operands as they take,
//! in balance, and nothing else. Read before they are deflated, by none of the code that wrote them.

use crate::error::{Error, malformed};

/// What the property list of marked content may hold.
const PROPERTIES: [&[u8]; 9] =
    [b"MCID", b"Type", b"Subtype", b"ActualText", b"Alt", b"E", b"Lang", b"Attached", b"BBox"];

/// How many operands an operator takes: at least, and at most.
fn arity(operator: &[u8]) -> Option<(usize, usize)> {
    let exactly = match operator {
        b"q" | b"Q" | b"h" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n"
        | b"W" | b"W*" | b"BT" | b"ET" | b"T*" | b"EMC" => 0,
        b"w" | b"J" | b"j" | b"M" | b"i" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" | b"G" | b"g"
        | b"ri" | b"gs" | b"CS" | b"cs" | b"sh" | b"Do" | b"MP" | b"BMC" | b"Tj" | b"'" | b"TJ" => 1,
        b"m" | b"l" | b"Td" | b"TD" | b"d0" | b"d" | b"Tf" | b"DP" | b"BDC" => 2,
        b"RG" | b"rg" | b"\"" => 3,
        b"v" | b"y" | b"re" | b"K" | b"k" => 4,
        b"cm" | b"c" | b"Tm" | b"d1" => 6,
        b"SC" | b"sc" | b"SCN" | b"scn" => return Some((1, 64)),
        _ => return None,
    };
    Some((exactly, exactly))
}

/// Checks a content stream that was written.
pub(crate) fn content(bytes: &[u8]) -> Result<(), Error> {
    let mut at = 0;
    let mut operands = 0;
    let (mut states, mut marks, mut text) = (0_u32, 0_u32, 0_u32);
    let bad = |at: usize| malformed("content that is not written", at as u64);
    let less = |depth: u32, at: usize| depth.checked_sub(1).ok_or_else(|| bad(at));
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\n' => {
                at += 1;
                continue;
            }
            b'/' | b'(' | b'[' | b'0'..=b'9' | b'-' | b'+' | b'.' => {
                at = operand(bytes, at).ok_or_else(|| bad(at))?;
                operands += 1;
                continue;
            }
            b'<' => {
                at = properties(bytes, at).ok_or_else(|| bad(at))?;
                operands += 1;
                continue;
            }
            _ => (),
        }
        let end = while_of(bytes, at, OPERATOR);
        let operator = bytes.get(at..end).unwrap_or_default();
        if operator == b"BI" {
            let rest = bytes.get(at..).unwrap_or_default();
            let len = memchr::memmem::find(rest, b"\nID ").ok_or_else(|| bad(at))?;
            let body = rest.get(len..).unwrap_or_default();
            at += len + memchr::memmem::find(body, b"\nEI").ok_or_else(|| bad(at))? + b"\nEI".len();
            operands = 0;
            continue;
        }
        let (least, most) = arity(operator).ok_or_else(|| bad(at))?;
        if !(least..=most).contains(&operands) {
            return Err(bad(at));
        }
        match operator {
            b"q" => states += 1,
            b"Q" => states = less(states, at)?,
            b"BMC" | b"BDC" => marks += 1,
            b"EMC" => marks = less(marks, at)?,
            b"BT" => text += 1,
            b"ET" => text = less(text, at)?,
            _ => (),
        }
        if text > 1 {
            return Err(bad(at));
        }
        operands = 0;
        at += operator.len();
    }
    if operands + states as usize + marks as usize + text as usize > 0 { Err(bad(at)) } else { Ok(()) }
}

/// The end of a name, string, number or array of them.
fn operand(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'/' => Some(while_of(bytes, at + 1, NAME)),
        b'(' => string(bytes, at),
        b'[' => {
            let mut at = at + 1;
            loop {
                at = match bytes.get(at)? {
                    b' ' | b'\n' => at + 1,
                    b']' => return Some(at + 1),
                    b'[' => return None,
                    _ => operand(bytes, at)?,
                };
            }
        }
        _ => {
            let end = while_of(bytes, at, NUMBER);
            (end > at && !bytes.get(end).is_some_and(u8::is_ascii_alphabetic)).then_some(end)
        }
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
        let part = match byte {
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => 0,
            b'0'..=b'9' => NAME | NUMBER | OPERATOR,
            b'.' | b'-' | b'+' => NAME | NUMBER,
            b'a'..=b'z' | b'A'..=b'Z' | b'*' | b'\'' | b'"' => NAME | OPERATOR,
            _ => NAME,
        };
        parts[byte as usize] = part;
        byte += 1;
    }
    parts
};

/// Where the bytes that may be part of `what` end.
#[inline]
fn while_of(bytes: &[u8], mut at: usize, what: u8) -> usize {
    while let Some(byte) = bytes.get(at)
        && PARTS.get(usize::from(*byte)).is_some_and(|parts| parts & what != 0)
    {
        at += 1;
    }
    at
}

fn string(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        let rest = bytes.get(at..)?;
        let stop = memchr::memchr3(b'(', b')', b'\\', rest)?;
        if memchr::memchr2(b'\r', b'\n', rest.get(..stop)?).is_some() {
            return None;
        }
        match rest.get(stop..)? {
            [b')', ..] => return Some(at + stop + 1),
            [b'\\', b'(' | b')' | b'\\' | b'n' | b'r', ..] => at += stop + 2,
            _ => return None,
        }
    }
}

/// The end of a property list.
fn properties(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = bytes.get(at..)?.starts_with(b"<<").then_some(at + 2)?;
    loop {
        if bytes.get(at..)?.starts_with(b">>") {
            return Some(at + 2);
        }
        let end = operand(bytes, at)?;
        let key = bytes.get(at..end)?.strip_prefix(b"/")?;
        PROPERTIES.contains(&key).then_some(())?;
        at = end + usize::from(bytes.get(end) == Some(&b' '));
        at = operand(bytes, at)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
