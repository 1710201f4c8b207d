//! Header lines as they are written: ASCII, folded, never longer than RFC 5322, 2.1.1 allows.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::address::{Address, List, Mailbox, is_atom, quoted};

/// Columns a line should not be longer than.
const COLUMNS: usize = 76;
/// Columns a line must not be longer than, with room for what follows on it.
const LONGEST: usize = 900;
/// Bytes of text in one encoded word at most: with its marks it has 72 of the 75 characters allowed.
const WORD: usize = 45;
/// Fewer bytes are not worth a word of their own.
const SHORTEST_WORD: usize = 15;
/// `=?UTF-8?B?` and `?=`.
const MARKS: usize = 12;

/// A header line while it is written.
struct Line<'a> {
    output: &'a mut Vec<u8>,
    column: usize,
}

impl<'a> Line<'a> {
    fn begin(name: &str, output: &'a mut Vec<u8>) -> Self {
        output.extend_from_slice(name.as_bytes());
        output.push(b':');
        Self { output, column: name.len() + 1 }
    }

    /// Puts `token` behind a space, on the next line where it does not fit.
    fn token(&mut self, token: &str) {
        if self.column + 1 + token.len() > COLUMNS && self.column > 1 {
            self.output.extend_from_slice(b"\r\n");
            self.column = 0;
        }
        self.output.push(b' ');
        self.output.extend_from_slice(token.as_bytes());
        self.column += 1 + token.len();
    }

    fn end(self) {
        self.output.extend_from_slice(b"\r\n");
    }
}

/// `name: text` for text without a structure. What is not plain ASCII, or would be taken for encoded, becomes
/// encoded words of UTF-8.
pub(crate) fn text(name: &str, text: &str, output: &mut Vec<u8>) {
    let mut line = Line::begin(name, output);
    if is_plain(text) {
        // Each space is a place to fold, but spaces in a row stay together: a line of them alone is none.
        for word in spaced(text) {
            line.token(word);
        }
    } else {
        words(text, &mut line);
    }
    line.end();
}

/// Text that can stand as it is: printable ASCII, folded only at single spaces, no line too long.
fn is_plain(text: &str) -> bool {
    let is_printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    is_printable
        && !text.contains("=?")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && spaced(text).all(|word| word.len() < LONGEST)
}

/// The pieces of `text` between single spaces.
fn spaced(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let current = rest?;
        let bytes = current.as_bytes();
        let is_single = |at: &usize| {
            bytes.get(*at) == Some(&b' ')
                && *at > 0
                && bytes.get(at - 1) != Some(&b' ')
                && bytes.get(at + 1).is_some_and(|next| *next != b' ')
        };
        match (0..bytes.len()).find(is_single) {
            Some(at) => {
                rest = current.get(at + 1..);
                current.get(..at)
            }
            None => rest.take(),
        }
    })
}

/// Encoded words: as much in each as its line has room for. White space between two belongs to neither, which
/// not every program knows of names; so a text that fits into one word is one, on a line of its own if need be,
/// and a longer one is cut behind a space where there is one.
fn words(text: &str, line: &mut Line<'_>) {
    let mut rest = text;
    while !rest.is_empty() {
        let room = COLUMNS.saturating_sub(line.column + 1 + MARKS) / 4 * 3;
        let is_short = rest.len() <= WORD && line.column > 10;
        let len = if room < SHORTEST_WORD || is_short { WORD } else { room.min(WORD) };
        let mut len = rest.floor_char_boundary(len.min(rest.len()));
        if len < rest.len()
            && let Some(space) = rest.get(..len).and_then(|word| word.rfind(' ')).filter(|space| *space > 0)
        {
            len = space + 1;
        }
        let (word, behind) = rest.split_at_checked(len).unwrap_or((rest, ""));
        line.token(&format!("=?UTF-8?B?{}?=", STANDARD.encode(word)));
        rest = behind;
    }
}

/// `name: value` for a value that is one token, such as a date or an id.
pub(crate) fn token(name: &str, value: &str, output: &mut Vec<u8>) {
    let mut line = Line::begin(name, output);
    line.token(value);
    line.end();
}

/// `name: value value` for values that stand side by side, such as ids.
pub(crate) fn tokens<'v>(name: &str, values: impl Iterator<Item = &'v str>, output: &mut Vec<u8>) {
    let mut line = Line::begin(name, output);
    for value in values {
        line.token(value);
    }
    line.end();
}

/// `name: a, b` for a list of addresses.
pub(crate) fn addresses(name: &str, list: &List, output: &mut Vec<u8>) {
    let mut line = Line::begin(name, output);
    let last = list.addresses.len().saturating_sub(1);
    for (index, address) in list.addresses.iter().enumerate() {
        let comma = if index < last { "," } else { "" };
        match address {
            Address::Mailbox(found) => mailbox(found, comma, &mut line),
            Address::Group { name, members } => {
                let name = if name.is_empty() { "\"\"" } else { name.as_str() };
                if members.is_empty() {
                    phrase(name, ":;", &mut line);
                    continue_with(comma, &mut line);
                    continue;
                }
                phrase(name, ":", &mut line);
                let last = members.len() - 1;
                for (index, member) in members.iter().enumerate() {
                    mailbox(member, if index < last { "," } else { "" }, &mut line);
                }
                continue_with(";", &mut line);
                continue_with(comma, &mut line);
            }
        }
    }
    line.end();
}

fn continue_with(mark: &str, line: &mut Line<'_>) {
    line.output.extend_from_slice(mark.as_bytes());
    line.column += mark.len();
}

fn mailbox(mailbox: &Mailbox, behind: &str, line: &mut Line<'_>) {
    match (&mailbox.address, mailbox.name.as_str()) {
        (Some(address), "") => line.token(&format!("{address}{behind}")),
        (Some(address), name) => {
            phrase(name, "", line);
            line.token(&format!("<{address}>{behind}"));
        }
        // Nothing but a name: a group without members is the one form in which it is no address.
        (None, name) => phrase(name, &format!(":;{behind}"), line),
    }
}

/// A name in front of an address: atoms, a quoted string, or encoded words.
fn phrase(name: &str, behind: &str, line: &mut Line<'_>) {
    let is_atoms = name.split(' ').all(|word| !word.is_empty() && word.bytes().all(is_atom));
    let is_printable = name.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if is_printable && !name.contains("=?") && name.len() < LONGEST {
        if is_atoms {
            for word in name.split(' ') {
                line.token(word);
            }
        } else if name == "\"\"" {
            line.token(name);
        } else {
            line.token(&quoted(name));
        }
    } else {
        words(name, line);
    }
    continue_with(behind, line);
}

/// `name: value; name=value`. A parameter that is not plain ASCII is written after RFC 2231, alone: where a
/// second form in ASCII stands beside it, programs disagree which of them is the name.
pub(crate) fn parameters(name: &str, value: &str, parameters: &[(&str, &str)], output: &mut Vec<u8>) {
    let mut line = Line::begin(name, output);
    line.token(value);
    for (attribute, value) in parameters {
        continue_with(";", &mut line);
        let is_printable = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let is_token = !value.is_empty() && value.bytes().all(is_parameter_token);
        let written = if is_token {
            format!("{attribute}={value}")
        } else if is_printable && !value.contains("=?") {
            format!("{attribute}={}", quoted(value))
        } else {
            format!("{attribute}*=UTF-8''{}", percent_encoded(value))
        };
        line.token(&written);
    }
    line.end();
}

/// A token of RFC 2045, 5.1, without what RFC 2231 gives a meaning.
fn is_parameter_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$&+-.^_`{|}~".contains(&byte)
}

fn percent_encoded(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len() * 3);
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::toolkits::mime::{address, field, header, word};

    fn read_back(line: &[u8]) -> Vec<u8> {
        let budget =
            crate::budget::Budget::new(&crate::limits::Limits::default(), 0, crate::budget::Cancel::new());
        let block = header::read(line, 0, line.len(), &budget).unwrap();
        assert!(block.faults.is_empty() && block.headers.len() == 1, "{:?}", String::from_utf8_lossy(line));
        for line in line.split(|byte| *byte == b'\n') {
            assert!(line.len() <= 999 && line.is_ascii());
        }
        block.headers.first().unwrap().unfolded()
    }

    proptest! {
        #[test]
        fn text_comes_back_and_stays_on_its_line(given in "[ -~\u{3042}\u{1f600}]{0,300}") {
            let mut line = Vec::new();
            text("Subject", &given, &mut line);
            // What is empty has nothing to come back.
            let decoded = word::decode(&read_back(&line)).text;
            prop_assert_eq!(decoded, given);
        }

        #[test]
        fn a_name_of_a_person_or_file_comes_back(given in "[!-~\u{3042}]([ -~\u{3042}]{0,100}[!-~\u{3042}])?") {
            let given = given.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
            let spec = address::Spec::parse("a@example.com").unwrap();
            let list = List { addresses: vec![Address::Mailbox(Mailbox { name: given.clone(), address: Some(spec) })], ..List::default() };
            let mut line = Vec::new();
            addresses("From", &list, &mut line);
            prop_assert_eq!(address::parse(&read_back(&line)), list);
            let mut line = Vec::new();
            parameters("Content-Disposition", "attachment", &[("filename", &given)], &mut line);
            let field = field::parse(&read_back(&line));
            prop_assert_eq!(field.get("filename"), Some(given.as_str()));
            prop_assert!(!field.is_broken && !field.parameters.iter().any(|parameter| parameter.is_ambiguous));
        }
    }
}
