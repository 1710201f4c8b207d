//! The model as bytes: ASCII, CRLF, one order of headers, boundaries that stand nowhere else.

use sha2::{Digest, Sha256};

use super::model::{File, Headers, Mail, Multipart, Node, Text};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::mime::{
        fold,
        transfer::{write_base64, write_quoted_printable},
    },
};

/// Columns up to which a line of text is left as it is: RFC 5322, 2.1.1 allows 998.
const LONGEST_LINE: usize = 990;

/// Writes `mail`.
pub(super) fn write(mail: &Mail, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = budget.output(size(mail))?;
    let mut boundaries = Boundaries::new(mail);
    headers(&mail.headers, &mut output);
    fold::token("MIME-Version", "1.0", &mut output);
    // What is still to be written, the next on top.
    let mut stack = vec![Step::Node(mail.root)];
    while let Some(step) = stack.pop() {
        budget.check()?;
        match step {
            Step::Delimiter(boundary) => output.extend_from_slice(format!("\r\n--{boundary}\r\n").as_bytes()),
            Step::Close(boundary) => output.extend_from_slice(format!("\r\n--{boundary}--").as_bytes()),
            Step::Node(index) => match mail.nodes.get(index) {
                Some(Node::Multipart { kind, parts }) => {
                    let boundary = boundaries.next();
                    multipart(*kind, &boundary, &mut output);
                    stack.push(Step::Close(boundary.clone()));
                    for part in parts.iter().rev() {
                        stack.push(Step::Node(*part));
                        stack.push(Step::Delimiter(boundary.clone()));
                    }
                }
                Some(Node::Text { kind, text: body }) => text(*kind, body, &mut output),
                Some(Node::File(file)) => attached(file, &mut output),
                Some(Node::Message { bytes, name }) => message(bytes, name.as_deref(), &mut output),
                None => (),
            },
        }
    }
    if !output.ends_with(b"\r\n") {
        output.extend_from_slice(b"\r\n");
    }
    Ok(output)
}

enum Step {
    Node(usize),
    Delimiter(String),
    Close(String),
}

/// About how many bytes will be written.
fn size(mail: &Mail) -> u64 {
    let of_node = |node: &Node| match node {
        Node::Multipart { parts, .. } => parts.len() * 100 + 200,
        Node::Text { text, .. } => text.len() / 2 * 3 + 200,
        Node::File(file) => file.bytes.len() / 54 * 78 + 1_000,
        Node::Message { bytes, .. } => bytes.len() + 200,
    };
    mail.nodes.iter().map(of_node).sum::<usize>() as u64 + 4_096
}

/// Boundaries of one mail. RFC 2046, 5.1.1 and RFC 2045, 6.7 give `=_` as what no encoded body holds, and text
/// that holds it in a line's beginning is encoded. Only mails inside the mail have such lines: theirs have a
/// lower height. The sum keeps boundaries of neighbours apart.
struct Boundaries {
    height: u32,
    sum: String,
    used: usize,
}

impl Boundaries {
    fn new(mail: &Mail) -> Self {
        let mut hash = Sha256::new();
        let mut head = Vec::new();
        headers(&mail.headers, &mut head);
        hash.update(&head);
        let mut height = 0;
        let mut stack = vec![mail.root];
        while let Some(node) = stack.pop().and_then(|index| mail.nodes.get(index)) {
            let body = match node {
                Node::Multipart { parts, .. } => {
                    stack.extend(parts.iter().rev());
                    continue;
                }
                Node::Text { text, .. } => text.as_bytes(),
                Node::File(file) => &file.bytes,
                Node::Message { bytes, .. } => {
                    height = height_of(bytes).max(height);
                    bytes
                }
            };
            hash.update((body.len() as u64).to_le_bytes());
            hash.update(body.get(..64).unwrap_or(body));
        }
        let sum = hash.finalize();
        let sum = sum.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { height: height.saturating_add(1), sum, used: 0 }
    }

    /// No boundary begins with another: each ends in a mark that stands nowhere else in it.
    fn next(&mut self) -> String {
        self.used += 1;
        format!("=_{}.{}.{}_=", self.height, self.used, self.sum)
    }
}

/// The height of a mail that this writer wrote. Lines that begin like this are boundaries and nothing else.
fn height_of(bytes: &[u8]) -> u32 {
    let heights = memchr::memmem::find_iter(bytes, b"\n--=_").map(|at| {
        let digits = bytes.get(at + 5..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold(0_u32, |height, digit| height.saturating_mul(10).saturating_add(u32::from(digit - b'0')))
    });
    heights.max().unwrap_or(0)
}

fn headers(headers: &Headers, output: &mut Vec<u8>) {
    let lists =
        [("From", &headers.from), ("To", &headers.to), ("Cc", &headers.cc), ("Reply-To", &headers.reply_to)];
    for (name, list) in lists {
        if let Some(list) = list {
            fold::addresses(name, list, output);
        }
    }
    if let Some(subject) = &headers.subject {
        fold::text("Subject", subject, output);
    }
    if let Some(date) = &headers.date {
        fold::token("Date", &date.to_string(), output);
    }
    if let Some(id) = &headers.message_id {
        fold::token("Message-ID", id, output);
    }
    for (name, ids) in [("In-Reply-To", &headers.in_reply_to), ("References", &headers.references)] {
        if !ids.is_empty() {
            fold::tokens(name, ids.iter().map(String::as_str), output);
        }
    }
}

fn multipart(kind: Multipart, boundary: &str, output: &mut Vec<u8>) {
    let mut parameters = vec![("boundary", boundary)];
    let value = match kind {
        Multipart::Mixed => "multipart/mixed",
        Multipart::Alternative => "multipart/alternative",
        Multipart::Related => "multipart/related",
        Multipart::DeliveryReport => {
            parameters.insert(0, ("report-type", "delivery-status"));
            "multipart/report"
        }
        Multipart::ReceiptReport => {
            parameters.insert(0, ("report-type", "disposition-notification"));
            "multipart/report"
        }
    };
    fold::parameters("Content-Type", value, &parameters, output);
    // The empty line is the first delimiter's own line end.
}

fn text(kind: Text, text: &str, output: &mut Vec<u8>) {
    let utf8 = ("charset", "utf-8");
    let (value, parameters) = match kind {
        Text::Plain => ("text/plain", vec![utf8]),
        Text::Flowed { deletes_space: false } => ("text/plain", vec![utf8, ("format", "flowed")]),
        Text::Flowed { deletes_space: true } => {
            ("text/plain", vec![utf8, ("format", "flowed"), ("delsp", "yes")])
        }
        Text::Html => ("text/html", vec![utf8]),
        Text::Calendar(None) => ("text/calendar", vec![utf8]),
        Text::Calendar(Some(method)) => ("text/calendar", vec![utf8, ("method", method)]),
        Text::Delivery => ("message/delivery-status", Vec::new()),
        Text::Receipt => ("message/disposition-notification", Vec::new()),
        Text::Headers => ("text/rfc822-headers", Vec::new()),
    };
    fold::parameters("Content-Type", value, &parameters, output);
    // Reports for programs have no encoding (RFC 3464, 2.1.1): they are ASCII by the time they are written.
    let is_report = matches!(kind, Text::Delivery | Text::Receipt);
    let encoding = if is_report { Transfer::Plain } else { transfer(text) };
    encoded(encoding, text.as_bytes(), output);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Transfer {
    Plain,
    QuotedPrintable,
    Base64,
}

/// The encoding in which text comes through every mail system as it is, and is still readable where it can be.
fn transfer(text: &str) -> Transfer {
    let bytes = text.as_bytes();
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    if foreign * 4 > bytes.len() {
        return Transfer::Base64;
    }
    if foreign == 0 && !needs_encoding(bytes) { Transfer::Plain } else { Transfer::QuotedPrintable }
}

/// True for ASCII text with a line that mail systems change on the way, or that could be a boundary.
fn needs_encoding(text: &[u8]) -> bool {
    let mut rest = text;
    loop {
        let end = memchr::memchr(b'\n', rest);
        let line = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let changes = match line.first() {
            Some(b'.') => true,
            Some(b'F') => line.starts_with(b"From "),
            Some(b'-') => line.starts_with(b"--=_"),
            _ => false,
        };
        if changes || line.len() > LONGEST_LINE {
            return true;
        }
        match end {
            Some(end) => rest = rest.get(end + 1..).unwrap_or_default(),
            None => return false,
        }
    }
}

fn encoded(encoding: Transfer, body: &[u8], output: &mut Vec<u8>) {
    let name = match encoding {
        Transfer::Plain => "7bit",
        Transfer::QuotedPrintable => "quoted-printable",
        Transfer::Base64 => "base64",
    };
    fold::token("Content-Transfer-Encoding", name, output);
    output.extend_from_slice(b"\r\n");
    match encoding {
        Transfer::Plain => output.extend_from_slice(body),
        Transfer::QuotedPrintable => write_quoted_printable(body, output),
        Transfer::Base64 => write_base64(body, output),
    }
}

fn attached(file: &File, output: &mut Vec<u8>) {
    let charset: Vec<(&str, &str)> = file.charset.map(|charset| ("charset", charset)).into_iter().collect();
    fold::parameters("Content-Type", file.media_type, &charset, output);
    let disposition = if file.is_inline { "inline" } else { "attachment" };
    fold::parameters("Content-Disposition", disposition, &[("filename", &file.name)], output);
    if let Some(id) = &file.content_id {
        fold::token("Content-ID", &format!("<{id}>"), output);
    }
    if let Some(description) = &file.description {
        fold::text("Content-Description", description, output);
    }
    encoded(Transfer::Base64, &file.bytes, output);
}

/// A mail in the mail is never encoded (RFC 2046, 5.2.1): it is ASCII in lines already.
fn message(bytes: &[u8], name: Option<&str>, output: &mut Vec<u8>) {
    fold::parameters("Content-Type", "message/rfc822", &[], output);
    if let Some(name) = name {
        fold::parameters("Content-Disposition", "attachment", &[("filename", name)], output);
    }
    encoded(Transfer::Plain, bytes, output);
}
