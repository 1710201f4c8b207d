//! Reads a document that was written, strictly by RFC 8259, and takes no name twice and no character that must be
//! escaped.

use std::collections::BTreeSet;

use crate::{
    budget::Budget,
    error::{Error, malformed},
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let text = simdutf8::basic::from_utf8(output).map_err(|_| malformed("text encoding", 0))?;
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    // Names of each open object; `None` for an array.
    let mut open: Vec<Option<BTreeSet<Vec<u16>>>> = Vec::new();
    loop {
        budget.objects(1)?;
        reader.space();
        // A value, with the name in front of it.
        if let Some(Some(names)) = open.last_mut() {
            let name = reader.string()?;
            if !names.insert(name) {
                return Err(reader.wrong("name given twice"));
            }
            reader.space();
            reader.takes(b':')?;
            reader.space();
        }
        let begins = reader.peek();
        if matches!(begins, Some(b'{' | b'[')) {
            reader.at += 1;
            reader.space();
            if reader.peek() != Some(if begins == Some(b'{') { b'}' } else { b']' }) {
                open.push((begins == Some(b'{')).then(BTreeSet::new));
                budget.tree_depth(u32::try_from(open.len()).unwrap_or(u32::MAX))?;
                continue;
            }
            reader.at += 1;
        } else if begins == Some(b'"') {
            reader.string()?;
        } else {
            reader.word()?;
        }
        // Ends, and a comma or the end of the text.
        loop {
            reader.space();
            match (open.last(), reader.peek()) {
                (None, None) => return Ok(()),
                (Some(_), Some(b',')) => {
                    reader.at += 1;
                    break;
                }
                (Some(Some(_)), Some(b'}')) | (Some(None), Some(b']')) => {
                    reader.at += 1;
                    open.pop();
                }
                _ => return Err(reader.wrong("what follows a value")),
            }
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn wrong(&self, what: &'static str) -> Error {
        malformed(what, self.at as u64)
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn takes(&mut self, wanted: u8) -> Result<(), Error> {
        if self.peek() != Some(wanted) {
            return Err(self.wrong("mark"));
        }
        self.at += 1;
        Ok(())
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn digits(&mut self) -> Result<(), Error> {
        let start = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.wrong("digit")) }
    }

    fn word(&mut self) -> Result<(), Error> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if let Some(word) = [&b"true"[..], b"false", b"null"].iter().find(|word| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(());
        }
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// A string as units of UTF-16, in which names are the same that JavaScript takes for the same.
    fn string(&mut self) -> Result<Vec<u16>, Error> {
        self.takes(b'"')?;
        let start = self.at;
        let mut units = Vec::new();
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            match rest {
                [b'"', ..] => break,
                [b'\\', b'u', digits @ ..] => {
                    let digits = digits.get(..4).and_then(|digits| str::from_utf8(digits).ok());
                    let digits =
                        digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
                    let unit = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
                    units.push(unit.ok_or_else(|| self.wrong("escape"))?);
                    self.at += 6;
                }
                [b'\\', escaped, ..] => {
                    units.push(match escaped {
                        b'"' | b'\\' | b'/' => u16::from(*escaped),
                        b'n' => 10,
                        b'r' => 13,
                        b't' => 9,
                        _ => return Err(self.wrong("escape")),
                    });
                    self.at += 2;
                }
                [0xe2, 0x80, 0xa8 | 0xa9, ..] | [0..=0x1f | b'<' | b'>' | b'&', ..] | [] => {
                    return Err(self.wrong("character"));
                }
                [0..=0x7f, ..] => {
                    units.push(u16::from(rest.first().copied().unwrap_or_default()));
                    self.at += 1;
                }
                _ => {
                    let len =
                        rest.iter().take(4).skip(1).take_while(|byte| (0x80..0xc0).contains(*byte)).count()
                            + 1;
                    let character = str::from_utf8(rest.get(..len).unwrap_or_default());
                    units.extend(character.map_err(|_| self.wrong("character"))?.encode_utf16());
                    self.at += len;
                }
            }
        }
        self.at += 1;
        // Half a character is no text.
        if self.bytes.get(start..self.at).is_some_and(|raw| raw.contains(&b'\\'))
            && String::from_utf16(&units).is_err()
        {
            return Err(self.wrong("half a character"));
        }
        Ok(units)
    }
}
