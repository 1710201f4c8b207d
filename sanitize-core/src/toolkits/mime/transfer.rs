//! Transfer encodings: RFC 2045, 6. Reading forgives what mailers do and says so; writing is canonical.

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::general_purpose::{GeneralPurpose, PAD},
};

use super::field::hex;
use crate::{budget::Budget, error::Error};

/// `Content-Transfer-Encoding`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// `7bit`, `8bit`, `binary`, and no header at all.
    #[default]
    Identity,
    /// `base64`.
    Base64,
    /// `quoted-printable`.
    QuotedPrintable,
    /// `x-uuencode` under any of its names.
    Uuencode,
    /// Any other.
    Unknown,
}

impl Encoding {
    /// The encoding of this name, and whether it is a name that RFC 2045 has.
    pub(crate) fn by_name(name: &str) -> (Self, bool) {
        match name.trim().to_ascii_lowercase().as_str() {
            "" | "7bit" | "8bit" | "binary" => (Self::Identity, true),
            "base64" => (Self::Base64, true),
            "quoted-printable" => (Self::QuotedPrintable, true),
            "7-bit" | "8-bit" | "none" | "us-ascii" | "utf-8" | "plain" => (Self::Identity, false),
            "x-uuencode" | "uuencode" | "x-uue" | "uue" => (Self::Uuencode, false),
            _ => (Self::Unknown, false),
        }
    }
}

/// Decoded bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) bytes: Vec<u8>,
    /// The encoding was as the RFC has it, so that every reader gets these bytes.
    pub(crate) is_exact: bool,
}

/// Characters of a line that is written: RFC 2045, 6.7 and 6.8.
const LINE: usize = 76;
const ENGINE: GeneralPurpose = GeneralPurpose::new(&STANDARD, PAD);

/// Undoes `encoding`, paying for what comes out.
pub(crate) fn decode(encoding: Encoding, body: &[u8], budget: &Budget) -> Result<Decoded, Error> {
    budget.expand(body.len() as u64)?;
    Ok(match encoding {
        Encoding::Identity | Encoding::Unknown => Decoded { bytes: body.to_vec(), is_exact: true },
        Encoding::Base64 => base64(body),
        Encoding::QuotedPrintable => quoted_printable(body),
        Encoding::Uuencode => Decoded { bytes: uuencoded(body), is_exact: false },
    })
}

/// Base64 in lines. What the fast way does not take is read character by character.
fn base64(body: &[u8]) -> Decoded {
    let mut packed = Vec::with_capacity(body.len());
    let mut rest = body;
    let mut is_short = true;
    while !rest.is_empty() {
        let end = memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
        packed.extend_from_slice(rest.get(..end).unwrap_or_default());
        // Lines may be up to 76 characters; most readers take longer ones, some cut them.
        is_short &= end <= 998;
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    match ENGINE.decode(&packed) {
        Ok(bytes) => Decoded { bytes, is_exact: is_short },
        Err(_) => base64_leniently(body),
    }
}

/// Base64 as RFC 2045 lets readers take it: other characters are passed over, and padding ends it.
pub(crate) fn base64_leniently(body: &[u8]) -> Decoded {
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut held, mut padding, mut is_exact) = (0_u32, 0_u32, 0_u32, true);
    for byte in body {
        let six = match byte {
            b'\r' | b'\n' => continue,
            b'=' => {
                padding += 1;
                continue;
            }
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => {
                // White space is harmless, anything else is not understood alike.
                is_exact &= matches!(byte, b' ' | b'\t');
                continue;
            }
        };
        if padding > 0 {
            // Something goes on behind the end: some readers stop, some go on.
            return Decoded { bytes: finished(bytes, bits, held), is_exact: false };
        }
        bits = bits << 6 | u32::from(six);
        held += 1;
        if held == 4 {
            bytes.extend(bits.to_be_bytes().into_iter().skip(1));
            (bits, held) = (0, 0);
        }
    }
    is_exact &= matches!((held, padding), (0, 0) | (2, 2) | (3, 1));
    Decoded { bytes: finished(bytes, bits, held), is_exact }
}

/// The whole bytes of a group that is cut.
fn finished(mut bytes: Vec<u8>, bits: u32, held: u32) -> Vec<u8> {
    match held {
        2 => bytes.push((bits >> 4) as u8),
        3 => bytes.extend([(bits >> 10) as u8, (bits >> 2) as u8]),
        _ => (),
    }
    bytes
}

fn quoted_printable(body: &[u8]) -> Decoded {
    let mut bytes = Vec::with_capacity(body.len());
    let mut is_exact = true;
    let mut rest = body;
    while !rest.is_empty() {
        let (line, end, behind) = match memchr::memchr(b'\n', rest) {
            Some(feed) => {
                let line = rest.get(..feed).unwrap_or_default();
                let (line, end) = match line.strip_suffix(b"\r") {
                    Some(line) => (line, &b"\r\n"[..]),
                    None => (line, &b"\n"[..]),
                };
                (line, end, rest.get(feed + 1..).unwrap_or_default())
            }
            None => (rest, &b""[..], &b""[..]),
        };
        rest = behind;
        let line = line.trim_ascii_end();
        match line.strip_suffix(b"=") {
            Some(soft) => is_exact &= quoted_line(soft, &mut bytes),
            None => {
                is_exact &= quoted_line(line, &mut bytes);
                bytes.extend_from_slice(end);
            }
        }
    }
    Decoded { bytes, is_exact }
}

/// One line without its end; false where it is not as the RFC has it.
fn quoted_line(line: &[u8], bytes: &mut Vec<u8>) -> bool {
    let mut is_exact = true;
    let mut rest = line;
    while let Some(at) = memchr::memchr(b'=', rest) {
        bytes.extend_from_slice(rest.get(..at).unwrap_or_default());
        let behind = rest.get(at + 1..).unwrap_or_default();
        let digits = match behind {
            [high, low, ..] => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match digits {
            Some((high, low)) => {
                is_exact &= !behind.iter().take(2).any(u8::is_ascii_lowercase);
                bytes.push(high << 4 | low);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                is_exact = false;
                bytes.push(b'=');
                rest = behind;
            }
        }
    }
    bytes.extend_from_slice(rest);
    is_exact
}

/// A file between `begin` and `end` lines of uuencode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Uufile {
    /// As the `begin` line gives it.
    pub(crate) name: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
    /// Where it stands in the text, `begin` and `end` lines included.
    pub(crate) range: std::ops::Range<usize>,
}

/// The first uuencoded file at or behind `from`, as POSIX `uuencode` and Outlook write them.
pub(crate) fn uufile(text: &[u8], from: usize) -> Option<Uufile> {
    let mut at = from;
    loop {
        let found = at + memchr::memmem::find(text.get(at..)?, b"begin ")?;
        at = found + 6;
        if found > 0 && text.get(found - 1) != Some(&b'\n') {
            continue;
        }
        let (line, behind) = line_at(text, at);
        let Some((mode, name)) = line.split_at_checked(3).filter(|(mode, _)| mode.iter().all(is_octal))
        else {
            continue;
        };
        let name = if name.first().is_some_and(is_octal) { name.get(1..).unwrap_or_default() } else { name };
        let Some(name) = name.strip_prefix(b" ").filter(|name| !name.is_empty() && mode.len() == 3) else {
            continue;
        };
        let mut bytes = Vec::new();
        let mut next = behind;
        let end = loop {
            let (line, behind) = line_at(text, next);
            if line == b"end" || behind == next {
                break behind;
            }
            let is_data = uuline(line, &mut bytes);
            if !is_data && !line.is_empty() {
                // The data stops without an end.
                break next;
            }
            next = behind;
        };
        return Some(Uufile { name: name.to_vec(), bytes, range: found..end });
    }
}

fn is_octal(byte: &u8) -> bool {
    matches!(byte, b'0'..=b'7')
}

/// The line at `at` without its end, and where the next one begins.
fn line_at(text: &[u8], at: usize) -> (&[u8], usize) {
    let rest = text.get(at..).unwrap_or_default();
    match memchr::memchr(b'\n', rest) {
        Some(feed) => {
            let line = rest.get(..feed).unwrap_or_default();
            (line.strip_suffix(b"\r").unwrap_or(line), at + feed + 1)
        }
        None => (rest, at + rest.len()),
    }
}

/// Appends what one data line stands for; false when it is none.
fn uuline(line: &[u8], bytes: &mut Vec<u8>) -> bool {
    let Some((first, data)) = line.split_first() else { return false };
    let value = |byte: u8| byte.wrapping_sub(b' ') & 0x3f;
    let len = usize::from(value(*first));
    let in_range = line.iter().all(|byte| (b' '..=b'`').contains(byte));
    if !in_range || len > 45 || data.len() > len.div_ceil(3) * 4 + 2 {
        return false;
    }
    let mut decoded = Vec::with_capacity(len + 3);
    for group in data.chunks(4) {
        let bits = (0..4).fold(0_u32, |bits, index| {
            bits << 6 | u32::from(value(group.get(index).copied().unwrap_or(b' ')))
        });
        decoded.extend(bits.to_be_bytes().into_iter().skip(1));
    }
    decoded.resize(len, 0);
    bytes.extend(decoded);
    true
}

fn uuencoded(body: &[u8]) -> Vec<u8> {
    uufile(body, 0).map(|file| file.bytes).unwrap_or_default()
}

/// Appends `bytes` as Base64 in lines of 76 characters; no line end behind the last one.
pub(crate) fn write_base64(bytes: &[u8], output: &mut Vec<u8>) {
    // As many bytes as a line holds, for a thousand lines at a time.
    const CHUNK: usize = LINE / 4 * 3;
    output.reserve(bytes.len().div_ceil(CHUNK) * (LINE + 2));
    let mut line = [0; LINE];
    for (index, chunk) in bytes.chunks(CHUNK).enumerate() {
        if index > 0 {
            output.extend_from_slice(b"\r\n");
        }
        if let Ok(len) = ENGINE.encode_slice(chunk, &mut line) {
            output.extend_from_slice(line.get(..len).unwrap_or_default());
        }
    }
}

/// Appends text, whose lines end in CRLF, as quoted-printable; no line begins with a dot or with `From `,
/// which mail systems change on the way, and none with what could be a boundary.
pub(crate) fn write_quoted_printable(text: &[u8], output: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    output.reserve(text.len() + text.len() / 8);
    let mut rest = text;
    loop {
        let (line, behind) = match memchr::memmem::find(rest, b"\r\n") {
            Some(end) => (rest.get(..end).unwrap_or_default(), rest.get(end + 2..)),
            None => (rest, None),
        };
        let mut column = 0;
        for (index, byte) in line.iter().enumerate() {
            let is_last = index + 1 == line.len();
            let is_plain = match byte {
                b'=' => false,
                b' ' | b'\t' => !is_last,
                b'.' | b'-' => column > 0,
                b'F' => column > 0 || !line.get(index..).unwrap_or_default().starts_with(b"From "),
                _ => byte.is_ascii_graphic(),
            };
            let width = if is_plain { 1 } else { 3 };
            // The last character of a whole line needs no room for a soft break.
            if column + width > if is_last { LINE } else { LINE - 1 } {
                output.extend_from_slice(b"=\r\n");
                column = 0;
                // What begins a line anew is looked at anew.
                if matches!(byte, b'.' | b'-' | b'F') {
                    output.extend([b'=', digit(HEX, byte >> 4), digit(HEX, byte & 15)]);
                    column = 3;
                    continue;
                }
            }
            if is_plain {
                output.push(*byte);
            } else {
                output.extend([b'=', digit(HEX, byte >> 4), digit(HEX, byte & 15)]);
            }
            column += width;
        }
        match behind {
            Some(next) => {
                output.extend_from_slice(b"\r\n");
                rest = next;
            }
            None => break,
        }
    }
}

fn digit(digits: &[u8; 16], value: u8) -> u8 {
    digits.get(usize::from(value)).copied().unwrap_or(b'0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn decoded(encoding: Encoding, body: &[u8]) -> Decoded {
        decode(encoding, body, &Budget::new(&Limits::default(), 1 << 20, Cancel::new())).unwrap()
    }

    #[test]
    fn base64_that_readers_disagree_about_is_told() {
        for (body, bytes, is_exact) in [
            (&b"S0VF\r\nUA==\r\n"[..], &b"KEEP"[..], true),
            (b"S0VF.UA==", b"KEEP", false),
            (b"S0VFUA", b"KEEP", false),
            (b"S0VFUA==S0VF", b"KEEP", false),
            (b"S0VFU", b"KEE", false),
        ] {
            let found = decoded(Encoding::Base64, body);
            assert_eq!((found.bytes.as_slice(), found.is_exact), (bytes, is_exact), "{body:?}");
        }
    }

    #[test]
    fn quoted_printable_is_read_as_mailers_write_it() {
        for (body, bytes, is_exact) in [
            (&b"a=3Db =\r\nc\r\n"[..], &b"a=b c\r\n"[..], true),
            (b"a=3db", b"a=b", false),
            (b"a=zb", b"a=zb", false),
            (b"a \t\r\nb", b"a\r\nb", true),
        ] {
            let found = decoded(Encoding::QuotedPrintable, body);
            assert_eq!((found.bytes.as_slice(), found.is_exact), (bytes, is_exact), "{body:?}");
        }
    }

    #[test]
    fn a_uuencoded_file_is_found_between_lines_of_text() {
        let text = b"before\nbegin 644 a.txt\n$2T5%4```\n`\nend\nafter\n";
        let file = uufile(text, 0).unwrap();
        assert_eq!((file.name.as_slice(), file.bytes.as_slice()), (&b"a.txt"[..], &b"KEEP"[..]));
        assert_eq!(&text[file.range.end..], b"after\n");
        assert_eq!(uufile(b"we begin 644 things\n", 0), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_safe_on_the_way(text in "[ -~\u{3042}\t]{0,200}(\r\n[.F=-]?[rom ]{0,4}[ -~]{0,90}){0,4}") {
            let mut quoted = Vec::new();
            write_quoted_printable(text.as_bytes(), &mut quoted);
            let found = decoded(Encoding::QuotedPrintable, &quoted);
            prop_assert_eq!(&found.bytes, text.as_bytes());
            prop_assert!(found.is_exact);
            for line in quoted.split(|byte| *byte == b'\n') {
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                prop_assert!(line.len() <= 76 && !line.starts_with(b".") && !line.starts_with(b"From ") && !line.starts_with(b"-"));
                prop_assert!(line.is_ascii() && !line.ends_with(b" "));
            }
            let mut packed = Vec::new();
            write_base64(text.as_bytes(), &mut packed);
            let found = decoded(Encoding::Base64, &packed);
            prop_assert_eq!((found.bytes.as_slice(), found.is_exact), (text.as_bytes(), true));
        }
    }
}
