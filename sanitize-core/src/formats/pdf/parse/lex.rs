//! Tokens of ISO 32000-2, 7.2 and 7.3, read the way viewers read them: nothing in here can fail.

use std::borrow::Cow;

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Int(i64),
    Real(f64),
    Name(Cow<'a, [u8]>),
    String(Cow<'a, [u8]>),
    ArrayOpen,
    ArrayClose,
    DictOpen,
    DictClose,
    /// Anything else: operators, `obj`, `R`, `true`, and junk.
    Keyword(&'a [u8]),
    End,
}

/// A cursor over bytes that hands out tokens.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    bytes: &'a [u8],
    position: usize,
}

const SPACE: u8 = 1;
const DELIMITER: u8 = 2;

/// Tables 1 and 2, by byte.
#[expect(clippy::indexing_slicing, reason = "made while the engine is compiled")]
static CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < classes.len() {
        classes[byte] = match byte as u8 {
            0 | 9 | 10 | 12 | 13 | 32 => SPACE,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => DELIMITER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

#[inline]
fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(0)
}

/// White space of table 1.
#[inline]
pub(crate) fn is_space(byte: u8) -> bool {
    class(byte) == SPACE
}

/// Delimiters of table 2.
#[inline]
pub(crate) fn is_delimiter(byte: u8) -> bool {
    class(byte) == DELIMITER
}

/// Neither white space nor delimiter.
#[inline]
pub(crate) fn is_regular(byte: u8) -> bool {
    class(byte) == 0
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(bytes: &'a [u8], position: usize) -> Self {
        Self { bytes, position: position.min(bytes.len()) }
    }

    pub(crate) fn position(&self) -> usize {
        self.position
    }

    pub(crate) fn seek(&mut self, position: usize) {
        self.position = position.min(self.bytes.len());
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.position).copied()
    }

    /// Passes white space and comments.
    pub(crate) fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if is_space(byte) {
                self.position += 1;
            } else if byte == b'%' {
                let rest = self.bytes.get(self.position..).unwrap_or_default();
                self.position += memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            } else {
                break;
            }
        }
    }

    /// The bytes from `start` to here.
    pub(crate) fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.position).unwrap_or_default()
    }

    /// The next token. Always moves on, but at the end.
    pub(crate) fn next(&mut self) -> Token<'a> {
        self.skip_space();
        let Some(byte) = self.peek() else { return Token::End };
        let start = self.position;
        self.position += 1;
        match byte {
            b'/' => Token::Name(self.name()),
            b'(' => Token::String(self.literal()),
            b'[' => Token::ArrayOpen,
            b']' => Token::ArrayClose,
            b'<' if self.peek() == Some(b'<') => {
                self.position += 1;
                Token::DictOpen
            }
            b'<' => Token::String(Cow::Owned(self.hex())),
            b'>' if self.peek() == Some(b'>') => {
                self.position += 1;
                Token::DictClose
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => {
                // Most numbers are a few digits.
                if let Some(value) = self.digits(start) {
                    return Token::Int(value);
                }
                self.regular();
                match number(self.since(start)) {
                    Some(token) => token,
                    None => Token::Keyword(self.since(start)),
                }
            }
            _ if is_delimiter(byte) => Token::Keyword(self.since(start)),
            _ => {
                self.regular();
                Token::Keyword(self.since(start))
            }
        }
    }

    /// The number at `start`, where it is nothing but digits, and few of them.
    #[inline]
    fn digits(&mut self, start: usize) -> Option<i64> {
        let all = self.bytes.get(start..)?;
        let (mut value, mut rest) = (0_i64, all);
        while let [byte, after @ ..] = rest {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
            rest = after;
        }
        let len = all.len() - rest.len();
        let is_whole = matches!(len, 1..=18) && rest.first().is_none_or(|byte| !is_regular(*byte));
        is_whole.then(|| {
            self.position = start + len;
            value
        })
    }

    /// Passes the rest of a reference whose number was read, where it stands as it is written most: a generation of
    /// few digits and the letter, each behind one blank.
    #[inline]
    pub(crate) fn pass_reference(&mut self) -> bool {
        let rest = match self.bytes.get(self.position..) {
            Some([blank, rest @ ..]) if is_space(*blank) => rest,
            _ => return false,
        };
        let digits = rest.iter().take(5).take_while(|byte| byte.is_ascii_digit()).count();
        match rest.get(digits..) {
            Some([blank, b'R', after @ ..])
                if digits > 0 && is_space(*blank) && after.first().is_none_or(|byte| !is_regular(*byte)) =>
            {
                self.position = self.bytes.len() - after.len();
                true
            }
            _ => false,
        }
    }

    fn regular(&mut self) {
        let rest = self.bytes.get(self.position..).unwrap_or_default();
        self.position += rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len());
    }

    fn name(&mut self) -> Cow<'a, [u8]> {
        let start = self.position;
        let mut rest = self.bytes.get(start..).unwrap_or_default();
        let mut escaped = false;
        while let [byte, after @ ..] = rest
            && is_regular(*byte)
        {
            escaped |= *byte == b'#';
            rest = after;
        }
        self.position = self.bytes.len() - rest.len();
        let raw = self.since(start);
        if !escaped {
            return Cow::Borrowed(raw);
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let [byte, tail @ ..] = rest {
            let escape = match tail {
                [high, low, ..] if *byte == b'#' => hex_digit(*high).zip(hex_digit(*low)),
                _ => None,
            };
            match escape {
                Some((high, low)) => {
                    name.push(high << 4 | low);
                    rest = tail.get(2..).unwrap_or_default();
                }
                None => {
                    name.push(*byte);
                    rest = tail;
                }
            }
        }
        Cow::Owned(name)
    }

    /// A literal string after its opening parenthesis; an unclosed one ends with the bytes.
    fn literal(&mut self) -> Cow<'a, [u8]> {
        let start = self.position;
        let rest = self.bytes.get(start..).unwrap_or_default();
        // Most strings need no unescaping and can be borrowed.
        if let Some(end) = rest.iter().position(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r'))
            && rest.get(end) == Some(&b')')
        {
            self.position += end + 1;
            return Cow::Borrowed(rest.get(..end).unwrap_or_default());
        }
        let mut string = Vec::new();
        let mut depth = 0_u32;
        while let Some(byte) = self.peek() {
            self.position += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    string.push(byte);
                }
                b')' if depth == 0 => break,
                b')' => {
                    depth -= 1;
                    string.push(byte);
                }
                b'\\' => self.escape(&mut string),
                b'\r' => {
                    if self.peek() == Some(b'\n') {
                        self.position += 1;
                    }
                    string.push(b'\n');
                }
                _ => string.push(byte),
            }
        }
        Cow::Owned(string)
    }

    fn escape(&mut self, string: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.position += 1;
        match byte {
            b'n' => string.push(b'\n'),
            b'r' => string.push(b'\r'),
            b't' => string.push(b'\t'),
            b'b' => string.push(8),
            b'f' => string.push(12),
            b'\n' => (),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.position += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            self.position += 1;
                        }
                        _ => break,
                    }
                }
                // High-order overflow is ignored (7.3.4.2).
                string.push((value & 0xff) as u8);
            }
            _ => string.push(byte),
        }
    }

    fn hex(&mut self) -> Vec<u8> {
        let rest = self.bytes.get(self.position..).unwrap_or_default();
        let len = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        let digits = rest.get(..len).unwrap_or_default();
        self.position = (self.position + len + 1).min(self.bytes.len());
        let mut string = Vec::with_capacity(digits.len() / 2);
        let mut high = None;
        for digit in digits.iter().filter_map(|byte| hex_digit(*byte)) {
            match high.take() {
                None => high = Some(digit),
                Some(high) => string.push(high << 4 | digit),
            }
        }
        if let Some(high) = high {
            string.push(high << 4);
        }
        string
    }
}

/// The number that `raw` spells, with the repairs viewers agree on: doubled signs, a minus inside the digits
/// and a second dot end or join the number instead of making it junk.
pub(crate) fn number(raw: &[u8]) -> Option<Token<'static>> {
    // Most numbers are a few digits.
    if let 1..=18 = raw.len()
        && raw.iter().all(u8::is_ascii_digit)
    {
        return Some(Token::Int(raw.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'))));
    }
    let mut rest = raw;
    let mut negative = false;
    while let [sign @ (b'+' | b'-'), tail @ ..] = rest {
        negative |= *sign == b'-';
        rest = tail;
    }
    let whole = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, tail) = rest.split_at_checked(whole)?;
    if let [b'.', fraction @ ..] = tail {
        let places = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits.is_empty() && places == 0 && tail.len() > 1 {
            return None;
        }
        let text = std::str::from_utf8(rest.get(..whole + 1 + places)?).ok()?;
        let value: f64 = if text == "." { 0.0 } else { text.parse().ok()? };
        return Some(Token::Real(if negative { -value } else { value }));
    }
    if digits.is_empty() {
        // A lone sign counts as zero in viewers.
        return tail.is_empty().then_some(Token::Int(0));
    }
    if let [first, ..] = tail
        && *first != b'-'
    {
        return None;
    }
    let text = std::str::from_utf8(digits).ok()?;
    match text.parse::<i64>() {
        Ok(value) => Some(Token::Int(if negative { -value } else { value })),
        Err(_) => text.parse::<f64>().ok().map(|value| Token::Real(if negative { -value } else { value })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8]) -> Vec<Token<'_>> {
        let mut lexer = Lexer::new(text, 0);
        std::iter::from_fn(|| Some(lexer.next()).filter(|token| *token != Token::End)).collect()
    }

    #[test]
    fn names_and_strings_are_unescaped() {
        assert_eq!(
            all(b"/J#61v#61 (a\\(b\\)\\101\\\nc) <4142 4> % x\n-1 .5 +2 --3"),
            [
                Token::Name(b"Java".as_slice().into()),
                Token::String(b"a(b)Ac".as_slice().into()),
                Token::String(b"AB@".as_slice().into()),
                Token::Int(-1),
                Token::Real(0.5),
                Token::Int(2),
                Token::Int(-3),
            ]
        );
    }

    #[test]
    fn an_unclosed_string_ends_with_the_input() {
        assert_eq!(all(b"((a)"), [Token::String(b"(a)".as_slice().into())]);
        assert_eq!(all(b"<41"), [Token::String(b"A".as_slice().into())]);
    }
}
