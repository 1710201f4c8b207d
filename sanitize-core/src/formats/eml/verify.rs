//! Reads a written mail line by line, and takes nothing that the writer cannot have written.

use crate::{
    budget::Budget,
    error::{Error, malformed},
};

/// Headers in the order in which the writer writes them; each once at most.
const MESSAGE: [&str; 10] = [
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
];
const PART: [&str; 5] =
    ["Content-Type", "Content-Disposition", "Content-ID", "Content-Description", "Content-Transfer-Encoding"];
const MULTIPARTS: [&str; 4] =
    ["multipart/mixed", "multipart/alternative", "multipart/related", "multipart/report"];
/// Bytes of a line without its end.
const LONGEST: usize = 998;
/// Multiparts and messages in each other: what the reader reads, times the depth of documents, and more.
const DEEPEST: usize = 2_000;

/// What a line belongs to.
enum State {
    /// Headers of a message, or of a part; how far in [`MESSAGE`] and [`PART`] they are.
    Headers {
        is_message: bool,
        next: usize,
        entity: Entity,
    },
    /// Behind the headers of a multipart or a closed one: only a delimiter may come.
    Between,
    Body(Encoding),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Plain,
    QuotedPrintable,
    Base64,
}

#[derive(Default)]
struct Entity {
    value: String,
    boundary: Option<String>,
    encoding: Option<Encoding>,
    has_mime_version: bool,
}

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    if !output.ends_with(b"\r\n") {
        return Err(malformed("last line", output.len() as u64));
    }
    let message = || State::Headers { is_message: true, next: 0, entity: Entity::default() };
    let mut state = message();
    // Boundaries of the multiparts that are open.
    let mut open: Vec<String> = Vec::new();
    let mut at = 0;
    while at < output.len() {
        let rest = output.get(at..).unwrap_or_default();
        let feed = memchr::memchr(b'\n', rest).ok_or_else(|| malformed("line end", at as u64))?;
        let line = rest.get(..feed).and_then(|line| line.strip_suffix(b"\r"));
        let line = line.ok_or_else(|| malformed("line end", at as u64))?;
        let fault = |what| malformed(what, at as u64);
        if line.len() > LONGEST || !is_plain(line) {
            return Err(fault("line"));
        }
        let mut next_at = at + feed + 1;
        if line.starts_with(b"--=_") {
            budget.check()?;
            state = delimiter(line, &mut open, &state).ok_or_else(|| fault("boundary"))?;
            at = next_at;
            continue;
        }
        match &mut state {
            State::Headers { entity, .. } if line.is_empty() => {
                budget.objects(1)?;
                state = body(entity, &mut open).ok_or_else(|| fault("entity"))?;
                if matches!(state, State::Headers { .. }) {
                    // A message in a message begins at once.
                    state = message();
                }
            }
            State::Headers { is_message, next, entity } => {
                // A header goes on in lines that begin with a space.
                let mut value = line.to_vec();
                while output.get(next_at) == Some(&b' ') {
                    let rest = output.get(next_at..).unwrap_or_default();
                    let feed = memchr::memchr(b'\n', rest).ok_or_else(|| fault("line end"))?;
                    let more = rest.get(..feed).and_then(|line| line.strip_suffix(b"\r"));
                    let more = more.filter(|more| {
                        more.len() <= LONGEST && is_plain(more) && !more.trim_ascii().is_empty()
                    });
                    value.extend_from_slice(more.ok_or_else(|| fault("folded line"))?);
                    next_at += feed + 1;
                }
                header(&value, *is_message, next, entity).ok_or_else(|| fault("header"))?;
            }
            State::Between if line.is_empty() => (),
            State::Between => return Err(fault("text between parts")),
            State::Body(encoding) => {
                let is_written = match encoding {
                    Encoding::Plain => !line.starts_with(b".") && !line.starts_with(b"From "),
                    Encoding::QuotedPrintable => is_quoted(line),
                    Encoding::Base64 => is_base64(line),
                };
                if !is_written {
                    return Err(fault("encoded line"));
                }
            }
        }
        at = next_at;
    }
    let is_done = matches!(state, State::Body(_) | State::Between);
    if is_done && open.is_empty() { Ok(()) } else { Err(malformed("end", output.len() as u64)) }
}

/// Printable ASCII and tabs.
fn is_plain(line: &[u8]) -> bool {
    let is_plain = |byte: &u8| (*byte >= b' ') & (*byte <= b'~') | (*byte == b'\t');
    line.iter().fold(true, |plain, byte| plain & is_plain(byte))
}

/// A delimiter of the innermost open multipart; nothing for any other.
fn delimiter(line: &[u8], open: &mut Vec<String>, state: &State) -> Option<State> {
    // Between headers and body of a multipart stands the empty line that its first delimiter brings; a part
    // ends with one that is not its own.
    let name = line.get(2..)?;
    if let Some(name) = name.strip_suffix(b"--") {
        let innermost = open.pop()?;
        return (innermost.as_bytes() == name && matches!(state, State::Body(_) | State::Between))
            .then_some(State::Between);
    }
    let is_open = open.last().is_some_and(|innermost| innermost.as_bytes() == name);
    let is_part = matches!(state, State::Body(_) | State::Between);
    (is_open && is_part).then(|| State::Headers { is_message: false, next: 0, entity: Entity::default() })
}

/// One header: known, and behind those that come before it.
fn header(line: &[u8], is_message: bool, next: &mut usize, entity: &mut Entity) -> Option<()> {
    let line = str::from_utf8(line).ok()?;
    let (name, value) = line.split_once(": ")?;
    let from = if is_message { 0 } else { MESSAGE.len() };
    let known = MESSAGE.iter().chain(&PART).skip(from);
    let position = from + known.clone().position(|known| *known == name)?;
    if position < *next {
        return None;
    }
    *next = position + 1;
    match name {
        "MIME-Version" => {
            entity.has_mime_version = true;
            (value == "1.0").then_some(())?;
        }
        "Content-Type" => {
            let mut words = value.split("; ");
            entity.value = words.next()?.to_owned();
            for word in words {
                let (name, value) = word.split_once('=')?;
                if name == "boundary" {
                    let value = value.strip_prefix('"')?.strip_suffix('"')?;
                    let is_fresh =
                        value.starts_with("=_") && value.ends_with("_=") && entity.boundary.is_none();
                    is_fresh.then_some(())?;
                    entity.boundary = Some(value.to_owned());
                }
            }
        }
        "Content-Transfer-Encoding" => {
            entity.encoding = Some(match value {
                "7bit" => Encoding::Plain,
                "quoted-printable" => Encoding::QuotedPrintable,
                "base64" => Encoding::Base64,
                _ => return None,
            });
        }
        _ => (),
    }
    if is_message && position >= MESSAGE.len() && !entity.has_mime_version {
        return None;
    }
    Some(())
}

/// What comes behind the headers of an entity.
fn body(entity: &mut Entity, open: &mut Vec<String>) -> Option<State> {
    if let Some(boundary) = entity.boundary.take() {
        let is_multipart = MULTIPARTS.contains(&entity.value.as_str()) && entity.encoding.is_none();
        let is_new = !open.contains(&boundary) && open.len() < DEEPEST;
        open.push(boundary);
        return (is_multipart && is_new).then_some(State::Between);
    }
    let encoding = entity.encoding?;
    if entity.value == "message/rfc822" {
        return (encoding == Encoding::Plain).then(|| State::Headers {
            is_message: true,
            next: 0,
            entity: Entity::default(),
        });
    }
    let is_leaf = !entity.value.is_empty()
        && !entity.value.starts_with("multipart/")
        && !matches!(entity.value.as_str(), "message/partial" | "message/external-body");
    is_leaf.then_some(State::Body(encoding))
}

fn is_quoted(line: &[u8]) -> bool {
    let mut rest = line;
    while let Some(at) = memchr::memchr(b'=', rest) {
        rest = rest.get(at + 1..).unwrap_or_default();
        let is_digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
        match rest {
            [] => break,
            [high, low, ..] if is_digit(high) && is_digit(low) => rest = rest.get(2..).unwrap_or_default(),
            _ => return false,
        }
    }
    line.len() <= 76 && !line.ends_with(b" ") && !line.starts_with(b".") && !line.starts_with(b"From ")
}

fn is_base64(line: &[u8]) -> bool {
    let padding = line.iter().rev().take_while(|byte| **byte == b'=').count();
    let digits = line.get(..line.len() - padding).unwrap_or_default();
    line.len() <= 76
        && line.len().is_multiple_of(4)
        && padding <= 2
        && digits.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
