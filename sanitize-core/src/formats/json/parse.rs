//! Bytes to lexical elements, those of RFC 8259 and those that lenient readers take beside them.

use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::charset::{Document, Encoding},
};

/// A text, and what is odd about its bytes.
pub(super) struct Text<'a> {
    pub(super) document: Document<'a>,
    pub(super) has_mark: bool,
}

impl Text<'_> {
    /// It was not UTF-8.
    pub(super) fn is_reencoded(&self) -> bool {
        self.document.conversion.is_some() || self.document.encoding != Encoding::Utf8
    }
}

pub(super) fn text<'a>(input: &'a [u8], budget: &Budget) -> Result<Text<'a>, Error> {
    let document = Document::decode(input, budget)?.ok_or_else(|| malformed("text encoding", 0))?;
    Ok(Text { document, has_mark: input.starts_with(b"\xef\xbb\xbf") })
}

/// What stands in a text of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    Mark(u8),
    Space(&'a str),
    /// A number, or `true`, `false`, `null`, as written.
    Word(&'a str),
    /// What stands between quotation marks, as written.
    String(&'a str),
    /// `//` up to the end of the line, or `/*` up to `*/`.
    Comment,
}

/// Reads lexemes one after the other.
pub(super) struct Lexer<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn wrong(&self, what: &'static str) -> Error {
        malformed(what, self.at as u64)
    }

    fn take(&mut self, len: usize) -> &'a str {
        let taken = self.rest().get(..len).unwrap_or_default();
        self.at += len;
        taken
    }

    pub(super) fn next(&mut self) -> Result<Option<Lexeme<'a>>, Error> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let Some(first) = bytes.first() else { return Ok(None) };
        Ok(Some(match first {
            b'{' | b'}' | b'[' | b']' | b':' | b',' => {
                self.at += 1;
                Lexeme::Mark(*first)
            }
            b' ' | b'\t' | b'\r' | b'\n' => {
                let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
                Lexeme::Space(self.take(bytes.iter().take_while(|byte| is_space(byte)).count()))
            }
            b'"' => {
                let body = rest.get(1..).unwrap_or_default();
                let len = string_len(body.as_bytes()).ok_or_else(|| self.wrong("end of a string"))?;
                let string = body.get(..len).unwrap_or_default();
                self.at += len + 2;
                Lexeme::String(string)
            }
            b'/' => {
                let len = match bytes.get(1) {
                    Some(b'/') => memchr::memchr(b'\n', bytes).unwrap_or(bytes.len()),
                    Some(b'*') => {
                        let body = bytes.get(2..).unwrap_or_default();
                        memchr::memmem::find(body, b"*/").ok_or_else(|| self.wrong("end of a comment"))? + 4
                    }
                    _ => return Err(self.wrong("token")),
                };
                self.at += len;
                Lexeme::Comment
            }
            b'-' | b'0'..=b'9' => {
                let len = number_len(bytes).ok_or_else(|| self.wrong("number"))?;
                Lexeme::Word(self.take(len))
            }
            _ => {
                let known = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word));
                let word = known.ok_or_else(|| self.wrong("token"))?;
                let goes_on =
                    bytes.get(word.len()).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'_');
                if goes_on {
                    return Err(self.wrong("token"));
                }
                Lexeme::Word(self.take(word.len()))
            }
        }))
    }
}

/// How long a string is whose first quotation mark was read.
fn string_len(body: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'"', b'\\', body.get(at..)?)?;
        if body.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// How long the number at the start is (RFC 8259, 6).
fn number_len(bytes: &[u8]) -> Option<usize> {
    let digits = |from: usize| {
        let count =
            bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count();
        (count > 0).then_some(from + count)
    };
    let sign = usize::from(bytes.first() == Some(&b'-'));
    let mut end = if bytes.get(sign) == Some(&b'0') { sign + 1 } else { digits(sign)? };
    if bytes.get(end) == Some(&b'.') {
        end = digits(end + 1)?;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        end = digits(end + 1 + signed)?;
    }
    let goes_on =
        bytes.get(end).is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'.' | b'_'));
    (!goes_on).then_some(end)
}

/// What a string means, and whether it was written as RFC 8259 asks.
pub(super) struct Meaning {
    pub(super) value: String,
    pub(super) is_exact: bool,
}

/// The meaning of what stands between quotation marks.
pub(super) fn meaning(raw: &str) -> Option<Meaning> {
    let mut value = String::with_capacity(raw.len());
    let mut is_exact = true;
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            is_exact &= character >= ' ';
            value.push(character);
            continue;
        }
        value.push(match characters.next()? {
            escaped @ ('"' | '\\' | '/') => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = unit(&mut characters)?;
                let mut ahead = characters.clone();
                let second = match (first, ahead.next(), ahead.next()) {
                    (0xd800..=0xdbff, Some('\\'), Some('u')) => unit(&mut ahead),
                    _ => None,
                };
                match (first, second) {
                    (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                        characters = ahead;
                        let code = 0x10000 + ((first - 0xd800) << 10) + (low - 0xdc00);
                        char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
                    }
                    // Half of a character.
                    _ => char::from_u32(first).unwrap_or_else(|| {
                        is_exact = false;
                        char::REPLACEMENT_CHARACTER
                    }),
                }
            }
            _ => return None,
        });
    }
    Some(Meaning { value, is_exact })
}

/// Four hexadecimal digits.
fn unit(characters: &mut std::str::Chars<'_>) -> Option<u32> {
    let mut code = 0;
    for _ in 0..4 {
        code = code << 4 | characters.next()?.to_digit(16)?;
    }
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_grammar() {
        for (text, len) in [("0", 1), ("-12.50e+3,", 9), ("1e999]", 5), ("0.1 ", 3)] {
            assert_eq!(number_len(text.as_bytes()), Some(len), "{text}");
        }
        for text in ["01", "-", "1.", ".5", "1e", "0x1", "1_0", "1.2.3", "+1"] {
            assert_eq!(number_len(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn strings_mean_what_their_escapes_say() {
        assert_eq!(
            meaning(r"\u8868\n\ud83d\ude00\/").map(|meaning| meaning.value).as_deref(),
            Some("表\n😀/")
        );
        assert!(meaning(r"\ud83d").is_some_and(|half| !half.is_exact && half.value == "\u{fffd}"));
        assert!(meaning(r"\ud83d\u0041").is_some_and(|half| half.value == "\u{fffd}A"));
        assert!(meaning(r"\x41").is_none() && meaning(r"\u12").is_none());
    }
}
