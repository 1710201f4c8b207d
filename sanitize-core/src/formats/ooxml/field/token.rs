//! An instruction cut into words, quoted texts and switches.

use super::NESTED;

/// One token with the number of spaces before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) spaces: usize,
    pub(super) kind: Kind,
}

/// What a token is. Texts are as written, escapes included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Characters without white space, quotes and switches.
    Word(String),
    /// What stands between quotes, where `\"` and `\\` are escapes.
    Quoted(String),
    /// A backslash and one character.
    Switch(char),
}

/// Why an instruction has no tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// A quote that does not end.
    OpenQuote,
    /// A control or formatting character, or a lone backslash.
    Character,
}

/// More white space than this is not carried over: it would be a place to hide things.
const MAX_SPACES: usize = 16;

/// The tokens of `instruction`, and the spaces after the last.
///
/// White space of every kind separates: Word writes U+0020, but reads tabs, breaks and no-break spaces too.
pub(super) fn tokens(instruction: &str) -> Result<(Vec<Token>, usize), Broken> {
    let mut tokens = Vec::new();
    let mut rest = instruction.chars().peekable();
    let mut spaces = 0_usize;
    while let Some(c) = rest.next() {
        let kind = match c {
            _ if c.is_whitespace() => {
                spaces = spaces.saturating_add(1).min(MAX_SPACES);
                continue;
            }
            _ if is_quote(c) => {
                let mut text = String::new();
                loop {
                    match rest.next().ok_or(Broken::OpenQuote)? {
                        '\\' => {
                            text.push('\\');
                            text.push(checked(rest.next().ok_or(Broken::OpenQuote)?)?);
                        }
                        '"' => break,
                        // Typographic quotes end only what a typographic quote began.
                        closing if is_quote(closing) && c != '"' => break,
                        inner => text.push(checked(inner)?),
                    }
                }
                Kind::Quoted(text)
            }
            '\\' => match rest.next() {
                Some(letter) if letter.is_ascii_alphanumeric() || "*#@!".contains(letter) => {
                    Kind::Switch(letter)
                }
                _ => return Err(Broken::Character),
            },
            _ => {
                let mut word = String::from(checked(c)?);
                while let Some(&c) = rest.peek() {
                    if c.is_whitespace() || is_quote(c) || c == '\\' {
                        break;
                    }
                    word.push(checked(c)?);
                    rest.next();
                }
                Kind::Word(word)
            }
        };
        tokens.push(Token { spaces, kind });
        spaces = 0;
    }
    Ok((tokens, spaces))
}

/// The quotes Word takes for one another.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ff02}')
}

/// Characters that may be part of an instruction. Typographic quotes inside straight ones would be read
/// differently by programs that take them for quotes.
pub(super) fn checked(c: char) -> Result<char, Broken> {
    let hidden = matches!(c,
        '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' | '\u{fffd}' | '\u{e0000}'..='\u{e0fff}');
    if c.is_control() && c != '\t' || hidden { Err(Broken::Character) } else { Ok(c) }
}

/// Writes tokens as they were read, white space as U+0020 and quotes as U+0022.
pub(super) fn write(tokens: &[Token], trailing: usize) -> String {
    let mut written = String::new();
    let spaces = |written: &mut String, count: usize| (0..count).for_each(|_| written.push(' '));
    for token in tokens {
        spaces(&mut written, token.spaces);
        match &token.kind {
            Kind::Word(word) => written.push_str(word),
            Kind::Quoted(text) => {
                written.push('"');
                written.push_str(text);
                written.push('"');
            }
            Kind::Switch(letter) => {
                written.push('\\');
                written.push(*letter);
            }
        }
    }
    spaces(&mut written, trailing);
    written
}

/// A quoted text without its escapes.
pub(super) fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => plain.extend(rest.next()),
            _ => plain.push(c),
        }
    }
    plain
}

/// The reverse of [`unescape`].
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// True when a nested field stands in the token.
pub(super) fn is_nested(kind: &Kind) -> bool {
    matches!(kind, Kind::Word(text) | Kind::Quoted(text) if text.contains(NESTED))
}
