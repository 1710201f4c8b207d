//! Lines unfolded and taken apart (RFC 5545, 3.1); form only.

use crate::{
    budget::Budget,
    error::{Error, malformed},
    format::{self, Format},
    toolkits::{
        charset::{Document, label},
        mime::transfer::{self, Encoding},
    },
};

/// A line as it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// In upper case, without a group in front (`item1.URL`).
    pub(super) name: String,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) value: String,
    /// The number of the line.
    pub(super) number: u64,
}

/// Bytes of one unfolded line.
const LONGEST: usize = 16 << 20;

/// What begins like this.
pub(super) fn kind(input: &[u8]) -> Option<Format> {
    let head = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input).trim_ascii_start();
    let starts = |word: &[u8]| head.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    if starts(b"BEGIN:VCALENDAR") {
        Some(format::ICS)
    } else if starts(b"BEGIN:VCARD") {
        Some(format::VCF)
    } else {
        None
    }
}

pub(super) fn parse(input: &[u8], budget: &Budget) -> Result<Vec<Line>, Error> {
    budget.expand(input.len() as u64)?;
    // Folds stand between bytes, in the middle of a character where a writer counted to 75.
    let mut unfolded: Vec<u8> = Vec::with_capacity(input.len());
    let mut is_quoted = false;
    for line in input.split(|byte| *byte == b'\n') {
        budget.objects(1)?;
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(more) = line.strip_prefix(b" ").or_else(|| line.strip_prefix(b"\t")) {
            unfolded.extend_from_slice(more);
        } else {
            // vCard 2.1 goes on behind a soft line break of quoted-printable.
            if is_quoted && unfolded.ends_with(b"=") {
                unfolded.pop();
            } else {
                unfolded.push(b'\n');
                let head = line.split(|byte| *byte == b':').next().unwrap_or_default().to_ascii_uppercase();
                is_quoted = memchr::memmem::find(&head, b"QUOTED-PRINTABLE").is_some();
            }
            unfolded.extend_from_slice(line);
        }
    }
    let document = Document::decode(&unfolded, budget)?.ok_or_else(|| malformed("text encoding", 0))?;
    let mut lines = Vec::new();
    for (number, line) in document.text.split('\n').enumerate() {
        let line = line.trim_start_matches('\u{feff}');
        if line.len() > LONGEST {
            return Err(malformed("line length", number as u64));
        }
        if !line.trim().is_empty() {
            lines.push(content_line(line, number as u64, budget)?);
        }
    }
    Ok(lines)
}

fn content_line(line: &str, number: u64, budget: &Budget) -> Result<Line, Error> {
    let broken = || malformed("content line", number);
    let (head, value) = line.split_at_checked(colon(line).ok_or_else(broken)?).ok_or_else(broken)?;
    let mut words = split_outside_quotes(head).into_iter();
    let name = words.next().unwrap_or_default().trim().to_ascii_uppercase();
    let name = name.rsplit('.').next().unwrap_or_default().to_owned();
    let parameters: Vec<(String, String)> = words
        .map(|word| match word.split_once('=') {
            Some((name, value)) => (name.trim().to_ascii_uppercase(), value.to_owned()),
            // vCard 2.1 writes types alone.
            None => ("TYPE".to_owned(), word.to_owned()),
        })
        .collect();
    budget.objects(parameters.len() as u64)?;
    let mut value = value.get(1..).unwrap_or_default().trim_end_matches('\r').to_owned();
    let is_quoted = parameters.iter().any(|(_, value)| value.eq_ignore_ascii_case("QUOTED-PRINTABLE"));
    if is_quoted {
        let charset =
            parameters.iter().find(|(name, _)| name == "CHARSET").map(|(_, charset)| charset.as_str());
        let decoded = transfer::decode(Encoding::QuotedPrintable, value.as_bytes(), budget)?;
        let text = label::decode(&decoded.bytes, charset).text;
        // In the value a line end is what later versions write for one.
        value = text.replace("\r\n", "\\n").replace(['\r', '\n'], "\\n");
    }
    Ok(Line { name, parameters, value, number })
}

/// The colon in front of the value: none between quotation marks.
fn colon(line: &str) -> Option<usize> {
    let mut is_quoted = false;
    line.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b':' && !is_quoted
    })
}

fn split_outside_quotes(head: &str) -> Vec<&str> {
    let mut is_quoted = false;
    head.split(|character| {
        is_quoted ^= character == '"';
        character == ';' && !is_quoted
    })
    .collect()
}
