//! The lines of iCalendar (RFC 5545, section 3.1) and vCard (RFC 6350, section 3.2; RFC 2426; vCard 2.1).

use std::borrow::Cow;

use super::{charset::Document, codec::quoted_printable};
use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// A line: `name;parameter=value,value:value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// In upper case, without the group that may stand before it.
    pub(crate) name: String,
    pub(crate) parameters: Vec<Parameter>,
    /// As it stands behind the colon; quoted-printable is decoded.
    pub(crate) value: String,
}

/// A parameter. One without a name, as vCard 2.1 has them, is a `TYPE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// In upper case.
    pub(crate) name: String,
    pub(crate) values: Vec<String>,
}

impl Line {
    /// The values of the parameter `name`.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let named = self.parameters.iter().filter(move |parameter| parameter.name == name);
        named.flat_map(|parameter| parameter.values.iter().map(String::as_str))
    }
}

/// How many parameters a line may have.
const PARAMETERS: usize = 64;

/// The lines of `input`, unfolded. Lines are unfolded as bytes: writers fold inside characters.
pub(crate) fn lines(input: &[u8], budget: &Budget) -> Result<Vec<Line>, Error> {
    budget.expand(input.len() as u64)?;
    let marked = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
    let wide = input.starts_with(b"\xff\xfe") || input.starts_with(b"\xfe\xff");
    let plain = if wide { Cow::Owned(decoded(input, budget)?.into_bytes()) } else { Cow::Borrowed(marked) };
    let mut lines = Vec::new();
    for physical in unfolded(&plain) {
        budget.objects(1)?;
        if physical.trim_ascii().is_empty() {
            continue;
        }
        lines.push(line(&physical, budget)?);
    }
    Ok(lines)
}

fn decoded(bytes: &[u8], budget: &Budget) -> Result<String, Error> {
    let document = Document::decode(bytes, budget)?.ok_or_else(|| malformed("text encoding", 0))?;
    Ok(document.text.into_owned())
}

/// Logical lines. A line that begins with white space goes on from the one before; so does one behind a line of
/// quoted-printable that ends with an equals sign.
fn unfolded(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut logical: Vec<Vec<u8>> = Vec::new();
    let mut soft = false;
    for physical in bytes.split(|byte| *byte == b'\n') {
        let physical = physical.strip_suffix(b"\r").unwrap_or(physical);
        let goes_on = matches!(physical.first(), Some(b' ' | b'\t'));
        match logical.last_mut() {
            Some(last) if soft => {
                last.pop();
                last.extend(physical);
            }
            Some(last) if goes_on => last.extend(physical.get(1..).unwrap_or_default()),
            _ => logical.push(physical.to_vec()),
        }
        soft = physical.ends_with(b"=") && logical.last().is_some_and(|last| is_quoted_printable(last));
    }
    logical
}

fn is_quoted_printable(line: &[u8]) -> bool {
    let head = line.split(|byte| *byte == b':').next().unwrap_or_default().to_ascii_uppercase();
    memchr::memmem::find(&head, b"QUOTED-PRINTABLE").is_some()
}

fn line(bytes: &[u8], budget: &Budget) -> Result<Line, Error> {
    let wrong = || malformed("content line", 0);
    let colon = value_start(bytes).ok_or_else(wrong)?;
    let head = decoded(bytes.get(..colon).unwrap_or_default(), budget)?;
    let mut parts = split(&head, ';').into_iter();
    let name = parts.next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default().trim_ascii().to_ascii_uppercase();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if name.is_empty() || name.len() > 64 || !name.bytes().all(plain) {
        return Err(wrong());
    }
    let mut parameters = Vec::new();
    for part in parts.take(PARAMETERS) {
        let (name, values) = part.split_once('=').unwrap_or(("TYPE", part));
        let unquoted = |value: &str| value.trim_matches('"').to_owned();
        let values = split(values, ',').into_iter().map(unquoted).collect();
        parameters.push(Parameter { name: name.trim_ascii().to_ascii_uppercase(), values });
    }
    let mut line = Line { name, parameters, value: String::new() };
    let value = bytes.get(colon + 1..).unwrap_or_default();
    let says = |line: &Line, wanted: &str| {
        line.values("ENCODING").chain(line.values("TYPE")).any(|value| value.eq_ignore_ascii_case(wanted))
    };
    let plain = if says(&line, "QUOTED-PRINTABLE") {
        Cow::Owned(quoted_printable::decode(value))
    } else {
        Cow::Borrowed(value)
    };
    let charset =
        line.values("CHARSET").next().and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    line.value = match (simdutf8::basic::from_utf8(&plain), charset) {
        (Err(_), Some(encoding)) => {
            budget.expand(plain.len() as u64 * 3)?;
            encoding.decode_without_bom_handling(&plain).0.into_owned()
        }
        (Ok(text), None) if !text.contains('\u{1b}') => text.to_owned(),
        (Ok(text), Some(encoding)) if encoding != encoding_rs::ISO_2022_JP => text.to_owned(),
        _ => decoded(&plain, budget)?,
    };
    Ok(line)
}

/// Where the colon stands that is in no quotation marks.
fn value_start(bytes: &[u8]) -> Option<usize> {
    let mut quoted = false;
    bytes.iter().position(|byte| {
        quoted ^= *byte == b'"';
        *byte == b':' && !quoted
    })
}

/// The pieces of `text` between separators that are in no quotation marks.
fn split(text: &str, separator: char) -> Vec<&str> {
    let mut quoted = false;
    let pieces = text.split(|c: char| {
        quoted ^= c == '"';
        c == separator && !quoted
    });
    pieces.collect()
}

/// Appends a line, folded at 75 bytes and never inside a character.
pub(crate) fn write(name: &str, parameters: &[(&str, String)], value: &str, output: &mut Vec<u8>) {
    let mut line = name.to_owned();
    for (name, value) in parameters {
        line.push(';');
        line.push_str(name);
        line.push('=');
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ' ' | ',' | '+');
        if value.chars().all(plain) && (!value.contains([',', ' ']) || *name == "TYPE") {
            line.push_str(value);
        } else {
            line.push('"');
            line.push_str(&value.replace(['"', '\n'], " "));
            line.push('"');
        }
    }
    line.push(':');
    line.push_str(value);
    const LONGEST: usize = 75;
    let mut rest = line.as_str();
    let mut room = LONGEST;
    loop {
        let (head, tail) = rest.split_at(rest.floor_char_boundary(room.min(rest.len())));
        output.extend(head.as_bytes());
        output.extend(b"\r\n");
        if tail.is_empty() {
            return;
        }
        output.push(b' ');
        rest = tail;
        room = LONGEST - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn read(text: &[u8]) -> Vec<Line> {
        lines(text, &Budget::new(&Limits::default(), 1_000, Cancel::new())).unwrap()
    }

    #[test]
    fn lines_are_unfolded_inside_characters() {
        let text = [
            b"SUMMARY;LANGUAGE=ja:".as_slice(),
            &"表題".as_bytes()[..2],
            b"\r\n ",
            &"表題".as_bytes()[2..],
            b"\r\n",
        ]
        .concat();
        let lines = read(&text);
        assert_eq!((lines[0].name.as_str(), lines[0].value.as_str()), ("SUMMARY", "表題"));
        assert_eq!(lines[0].values("LANGUAGE").next(), Some("ja"));
    }

    #[test]
    fn old_cards_are_decoded() {
        let lines = read(
            b"item1.FN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=\r\n=63\r\nTEL;HOME;VOICE:1\r\n",
        );
        assert_eq!((lines[0].name.as_str(), lines[0].value.as_str()), ("FN", "山田"));
        assert_eq!(lines[1].values("TYPE").collect::<Vec<_>>(), ["HOME", "VOICE"]);
    }

    #[test]
    fn what_is_written_reads_back() {
        let value = "表".repeat(100);
        let mut output = Vec::new();
        write(
            "SUMMARY",
            &[("CN", "a:b;c".to_owned()), ("TYPE", "HOME,VOICE".to_owned())],
            &value,
            &mut output,
        );
        assert!(output.split(|byte| *byte == b'\n').all(|line| line.len() <= 76));
        let lines = read(&output);
        assert_eq!(lines[0].value, value);
        assert_eq!(lines[0].values("CN").next(), Some("a:b;c"));
        assert_eq!(lines[0].values("TYPE").count(), 2);
    }
}
