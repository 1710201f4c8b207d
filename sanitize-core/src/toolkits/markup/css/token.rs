//! CSS Syntax Level 3, section 4: characters to tokens, and tokens back to characters.

/// A token. Names and strings have their escapes resolved; numbers stand as they were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Ident(String),
    /// A name with its opening parenthesis.
    Function(String),
    At(String),
    Hash(String),
    Text(String),
    Url(String),
    Number(String),
    Percentage(String),
    Dimension(String, String),
    Delimiter(char),
    Space,
    Colon,
    Semicolon,
    Comma,
    Open(char),
    Close(char),
    /// A string or address that is not one.
    Bad,
}

/// Longer numbers mean nothing to a reader.
const NUMBER: usize = 32;

/// The tokens of `text`. At most one for each character, and one character of look-behind: linear.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut input = Input { rest: text };
    let mut tokens = Vec::new();
    while let Some(token) = input.token() {
        if token != Token::Space || tokens.last() != Some(&Token::Space) {
            tokens.push(token);
        }
    }
    tokens
}

struct Input<'a> {
    rest: &'a str,
}

impl Input<'_> {
    fn nth(&self, n: usize) -> Option<char> {
        self.rest.chars().nth(n)
    }

    fn next(&mut self) -> Option<char> {
        let character = self.nth(0)?;
        self.rest = self.rest.get(character.len_utf8()..).unwrap_or_default();
        Some(character)
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &str {
        let len = self.rest.find(|character| !wanted(character)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }

    fn token(&mut self) -> Option<Token> {
        let first = self.nth(0)?;
        if self.rest.starts_with("/*") {
            let end = self.rest.get(2..).and_then(|body| body.find("*/"));
            self.skip(end.map_or(self.rest.len(), |end| end + 4));
            // A comment separates, which a space does as well except in front of combinators.
            return self.token_behind_comment();
        }
        if self.rest.starts_with("<!--") || self.rest.starts_with("-->") {
            self.skip(if first == '<' { 4 } else { 3 });
            return Some(Token::Space);
        }
        Some(match first {
            _ if is_space(first) => {
                self.take_while(is_space);
                Token::Space
            }
            '"' | '\'' => self.string(),
            '#' => {
                self.next();
                if self.starts_name() { Token::Hash(self.name()) } else { Token::Delimiter('#') }
            }
            '@' => {
                self.next();
                if self.starts_ident() { Token::At(self.name()) } else { Token::Delimiter('@') }
            }
            _ if self.starts_number() => self.number(),
            _ if self.starts_ident() => self.ident(),
            '(' | '[' | '{' => {
                self.next();
                Token::Open(first)
            }
            ')' | ']' | '}' => {
                self.next();
                Token::Close(first)
            }
            ':' => self.single(Token::Colon),
            ';' => self.single(Token::Semicolon),
            ',' => self.single(Token::Comma),
            _ => self.single(Token::Delimiter(first)),
        })
    }

    /// Passes over any number of comments without recursion.
    fn token_behind_comment(&mut self) -> Option<Token> {
        while self.rest.starts_with("/*") {
            let end = self.rest.get(2..).and_then(|body| body.find("*/"));
            self.skip(end.map_or(self.rest.len(), |end| end + 4));
        }
        self.token()
    }

    fn single(&mut self, token: Token) -> Token {
        self.next();
        token
    }

    fn starts_name(&self) -> bool {
        self.nth(0).is_some_and(is_name) || self.starts_escape(0)
    }

    fn starts_escape(&self, n: usize) -> bool {
        self.nth(n) == Some('\\') && self.nth(n + 1).is_some_and(|next| !is_newline(next))
    }

    fn starts_ident(&self) -> bool {
        match self.nth(0) {
            Some('-') => {
                self.nth(1).is_some_and(|second| is_name_start(second) || second == '-')
                    || self.starts_escape(1)
            }
            Some(first) => is_name_start(first) || self.starts_escape(0),
            None => false,
        }
    }

    fn starts_number(&self) -> bool {
        let digit = |n: usize| self.nth(n).is_some_and(|character| character.is_ascii_digit());
        match self.nth(0) {
            Some('+' | '-') => digit(1) || self.nth(1) == Some('.') && digit(2),
            Some('.') => digit(1),
            _ => digit(0),
        }
    }

    fn escape(&mut self) -> char {
        // The backslash.
        self.next();
        let digits = self.rest.chars().take(6).take_while(char::is_ascii_hexdigit).count();
        if digits == 0 {
            return self.next().unwrap_or('\u{fffd}');
        }
        let code = self.rest.get(..digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        self.skip(digits);
        if self.rest.starts_with("\r\n") {
            self.skip(2);
        } else if self.nth(0).is_some_and(is_space) {
            self.next();
        }
        code.filter(|code| *code != 0).and_then(char::from_u32).unwrap_or('\u{fffd}')
    }

    fn name(&mut self) -> String {
        let mut name = String::new();
        loop {
            name.push_str(self.take_while(is_name));
            if !self.starts_escape(0) {
                return name;
            }
            name.push(self.escape());
        }
    }

    fn ident(&mut self) -> Token {
        let name = self.name();
        if self.nth(0) != Some('(') {
            return Token::Ident(name);
        }
        self.next();
        if !name.eq_ignore_ascii_case("url") {
            return Token::Function(name);
        }
        self.take_while(is_space);
        if !matches!(self.nth(0), Some('"' | '\'')) {
            return self.url();
        }
        // A quoted address with its closing parenthesis is one token here.
        let Token::Text(url) = self.string() else { return self.bad_url() };
        self.take_while(is_space);
        if matches!(self.nth(0), Some(')') | None) {
            self.next();
            Token::Url(url)
        } else {
            self.bad_url()
        }
    }

    fn url(&mut self) -> Token {
        let mut url = String::new();
        loop {
            match self.nth(0) {
                Some(')') | None => {
                    self.next();
                    return Token::Url(url);
                }
                Some('"' | '\'' | '(') => return self.bad_url(),
                Some('\\') if !self.starts_escape(0) => return self.bad_url(),
                Some('\\') => url.push(self.escape()),
                Some(space) if is_space(space) => {
                    self.take_while(is_space);
                    if !matches!(self.nth(0), Some(')') | None) {
                        return self.bad_url();
                    }
                }
                Some(control) if control.is_control() => return self.bad_url(),
                Some(_) => {
                    let plain = |c: char| {
                        !matches!(c, ')' | '"' | '\'' | '(' | '\\') && !is_space(c) && !c.is_control()
                    };
                    url.push_str(self.take_while(plain));
                }
            }
        }
    }

    fn bad_url(&mut self) -> Token {
        loop {
            match self.nth(0) {
                Some(')') | None => {
                    self.next();
                    return Token::Bad;
                }
                Some('\\') if self.starts_escape(0) => _ = self.escape(),
                _ => _ = self.next(),
            }
        }
    }

    fn string(&mut self) -> Token {
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.nth(0) {
                end if end == quote || end.is_none() => {
                    self.next();
                    return Token::Text(text);
                }
                Some(newline) if is_newline(newline) => return Token::Bad,
                Some('\\') => match self.nth(1) {
                    None => _ = self.next(),
                    Some('\r') if self.nth(2) == Some('\n') => self.skip(3),
                    Some(newline) if is_newline(newline) => self.skip(2),
                    Some(_) => text.push(self.escape()),
                },
                _ => {
                    let plain = |c: char| Some(c) != quote && c != '\\' && !is_newline(c);
                    text.push_str(self.take_while(plain));
                }
            }
        }
    }

    fn number(&mut self) -> Token {
        let start = self.rest;
        let digits = |input: &mut Self| _ = input.take_while(|character| character.is_ascii_digit());
        if matches!(self.nth(0), Some('+' | '-')) {
            self.next();
        }
        digits(self);
        if self.nth(0) == Some('.') && self.nth(1).is_some_and(|next| next.is_ascii_digit()) {
            self.next();
            digits(self);
        }
        let sign = usize::from(matches!(self.nth(1), Some('+' | '-')));
        if matches!(self.nth(0), Some('e' | 'E'))
            && self.nth(1 + sign).is_some_and(|next| next.is_ascii_digit())
        {
            self.skip(1 + sign);
            digits(self);
        }
        let number = start.get(..start.len() - self.rest.len()).unwrap_or_default();
        let number = if number.len() > NUMBER { None } else { Some(number.to_owned()) };
        let token = if self.nth(0) == Some('%') {
            self.next();
            number.map(Token::Percentage)
        } else if self.starts_ident() {
            let unit = self.name();
            number.map(|number| Token::Dimension(number, unit))
        } else {
            number.map(Token::Number)
        };
        token.unwrap_or(Token::Bad)
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn is_newline(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\u{c}')
}

fn is_name_start(character: char) -> bool {
    character.is_ascii_alphabetic() || character == '_' || character >= '\u{80}'
}

fn is_name(character: char) -> bool {
    is_name_start(character) || character.is_ascii_digit() || character == '-'
}

impl Token {
    /// True where `next` right behind this token would be read as part of it.
    pub(super) fn runs_into(&self, next: &Self) -> bool {
        let word = matches!(
            self,
            Self::Ident(_)
                | Self::At(_)
                | Self::Hash(_)
                | Self::Number(_)
                | Self::Dimension(..)
                | Self::Percentage(_)
                | Self::Delimiter('+' | '-' | '#' | '@')
        );
        let follows = matches!(
            next,
            Self::Ident(_)
                | Self::Function(_)
                | Self::Url(_)
                | Self::Number(_)
                | Self::Dimension(..)
                | Self::Percentage(_)
                | Self::Delimiter('-' | '%')
        );
        match (self, next) {
            // A name and a parenthesis are a function; other words only look like one.
            (Self::Ident(_) | Self::At(_) | Self::Hash(_) | Self::Dimension(..), Self::Open('('))
            | (Self::Delimiter('/'), Self::Delimiter('*')) => true,
            (Self::Delimiter('.'), Self::Number(_) | Self::Percentage(_) | Self::Dimension(..)) => true,
            _ => word && follows,
        }
    }

    /// Appends the token in the one form in which it is written.
    pub(super) fn write(&self, output: &mut String) {
        match self {
            Self::Ident(name) => write_name(name, NameStart::Ident, output),
            Self::Function(name) => {
                write_name(name, NameStart::Ident, output);
                output.push('(');
            }
            Self::At(name) => {
                output.push('@');
                write_name(name, NameStart::Ident, output);
            }
            Self::Hash(name) => {
                output.push('#');
                write_name(name, NameStart::Any, output);
            }
            Self::Text(text) => write_string(text, output),
            // Parts of a drawing are named without quotation marks, which not every viewer knows there.
            Self::Url(url) if is_plain_place(url) => {
                output.push_str("url(");
                output.push_str(url);
                output.push(')');
            }
            Self::Url(url) => {
                output.push_str("url(");
                write_string(url, output);
                output.push(')');
            }
            Self::Number(number) => output.push_str(number),
            Self::Percentage(number) => {
                output.push_str(number);
                output.push('%');
            }
            Self::Dimension(number, unit) => {
                output.push_str(number);
                output.push_str(unit);
            }
            Self::Delimiter(character) | Self::Open(character) | Self::Close(character) => {
                output.push(*character);
            }
            Self::Space => output.push(' '),
            Self::Colon => output.push(':'),
            Self::Semicolon => output.push(';'),
            Self::Comma => output.push(','),
            Self::Bad => {}
        }
    }
}

fn is_plain_place(url: &str) -> bool {
    url.strip_prefix('#')
        .is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte)))
}

#[derive(PartialEq)]
enum NameStart {
    Ident,
    Any,
}

/// Escapes what would not be read as part of a name.
fn write_name(name: &str, start: NameStart, output: &mut String) {
    let lone = name == "-";
    let mut before = None;
    for (at, character) in name.char_indices() {
        let digit_first = character.is_ascii_digit() && (at == 0 || at == 1 && before == Some('-'));
        let plain = is_name(character) && is_visible(character);
        if !plain || lone || digit_first && start == NameStart::Ident {
            write_escape(character, output);
        } else {
            output.push(character);
        }
        before = Some(character);
    }
}

fn write_string(text: &str, output: &mut String) {
    output.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\' | '<' | '>' | '&') || !is_visible(character) {
            write_escape(character, output);
        } else {
            output.push(character);
        }
    }
    output.push('"');
}

/// False for what turns the order of text around or shows nothing, and for what is no character of XML: whatever
/// the style stands in takes that for something of its own, such as a byte order mark.
fn is_visible(character: char) -> bool {
    let code = u32::from(character);
    !(character.is_control()
        || code & 0xfffe == 0xfffe
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'))
}

fn write_escape(character: char, output: &mut String) {
    output.push_str(&format!("\\{:x} ", u32::from(character)));
}
