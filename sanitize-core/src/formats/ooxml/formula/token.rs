//! A formula cut into tokens. Linear in its length, which is bounded.

/// What a token is. Its text is where it stands in the formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    Number,
    /// A text with its quotes: `"a""b"`.
    Text,
    /// An error value: `#REF!`.
    Error,
    /// A name, a reference or a function: `SUM`, `$A$1`, `売上`.
    Word,
    /// A sheet's name in apostrophes, or a file and a sheet.
    Quoted,
    /// Brackets with all they hold: columns of a table, or a number of another workbook.
    Bracket,
    Open,
    Close,
    OpenBrace,
    CloseBrace,
    /// `,` or `;`.
    Separator,
    Bang,
    Colon,
    /// Operators between and before operands, and `@`.
    Operator,
    /// `%` and the `#` of a spilled range, which follow an operand.
    Postfix,
    /// `|`, which is DDE wherever it stands outside quotes.
    Pipe,
}

/// A token and its place in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

const ERRORS: [&str; 16] = [
    "#NULL!",
    "#DIV/0!",
    "#VALUE!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "#N/A",
    "#GETTING_DATA",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#BLOCKED!",
    "#CONNECT!",
    "#UNKNOWN!",
    "#BUSY!",
    "#EXTERNAL!",
];

/// The tokens of `formula`; `None` where something stands that no formula holds.
pub(super) fn tokens(formula: &str) -> Option<Vec<Token>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = 0;
    while let Some(rest) = formula.get(start..)
        && let Some(c) = rest.chars().next()
    {
        let previous = tokens.last().map(|token| token.kind);
        let (kind, len) = match c {
            ' ' | '\t' | '\r' | '\n' => {
                (Kind::Space, rest.find(|c| !matches!(c, ' ' | '\t' | '\r' | '\n')).unwrap_or(rest.len()))
            }
            '"' => (Kind::Text, quoted(rest, '"')?),
            '\'' => (Kind::Quoted, quoted(rest, '\'')?),
            '[' => (Kind::Bracket, bracket(rest)?),
            '(' => (Kind::Open, 1),
            ')' => (Kind::Close, 1),
            '{' => (Kind::OpenBrace, 1),
            '}' => (Kind::CloseBrace, 1),
            ',' | ';' => (Kind::Separator, 1),
            '!' => (Kind::Bang, 1),
            ':' => (Kind::Colon, 1),
            '|' => (Kind::Pipe, 1),
            '<' if rest.starts_with("<=") || rest.starts_with("<>") => (Kind::Operator, 2),
            '>' if rest.starts_with(">=") => (Kind::Operator, 2),
            '+' | '-' | '*' | '/' | '^' | '&' | '=' | '<' | '>' | '@' => (Kind::Operator, 1),
            '%' => (Kind::Postfix, 1),
            '#' if matches!(previous, Some(Kind::Word | Kind::Close | Kind::Bracket)) => (Kind::Postfix, 1),
            '#' => {
                let matches = |error: &&&str| {
                    rest.get(..error.len()).is_some_and(|head| head.eq_ignore_ascii_case(error))
                };
                (Kind::Error, ERRORS.iter().filter(matches).map(|error| error.len()).max()?)
            }
            '0'..='9' | '.' => (Kind::Number, number(rest)?),
            _ if begins_word(c) => (Kind::Word, rest.find(|c| !continues_word(c)).unwrap_or(rest.len())),
            _ => return None,
        };
        let end = start.saturating_add(len);
        tokens.push(Token { kind, start, end });
        start = end;
    }
    Some(tokens)
}

fn begins_word(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '_' | '\\' | '$')
        || !c.is_ascii() && !c.is_whitespace() && !c.is_control() && !is_hidden(c)
}

fn continues_word(c: char) -> bool {
    begins_word(c) || c.is_ascii_digit() || matches!(c, '.' | '?')
}

/// Characters nobody sees: no name holds them but to differ from what it looks like.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// The length of a quoted text, in which a doubled quote stands for one.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == quote && chars.next_if(|(_, next)| *next == quote).is_none() {
            return Some(at.saturating_add(1));
        }
    }
    None
}

/// The length of brackets with those in them. An apostrophe takes the next character as it is, and stands
/// only before characters that need it.
fn bracket(rest: &str) -> Option<usize> {
    let mut depth = 0_u32;
    let mut chars = rest.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '[' if depth < 2 => depth = depth.saturating_add(1),
            '[' => return None,
            ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at.saturating_add(1));
                }
            }
            '\'' if !matches!(chars.next(), Some((_, '[' | ']' | '#' | '\'' | '@'))) => return None,
            _ => (),
        }
    }
    None
}

fn number(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let whole = digits(0);
    let mut len = whole;
    if bytes.get(len) == Some(&b'.') {
        let fraction = digits(len.saturating_add(1));
        if whole == 0 && fraction == 0 {
            return None;
        }
        len = len.saturating_add(1).saturating_add(fraction);
    }
    if matches!(bytes.get(len), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(len.saturating_add(1)), Some(b'+' | b'-')));
        let from = len.saturating_add(1).saturating_add(sign);
        let exponent = digits(from);
        if exponent > 0 {
            len = from.saturating_add(exponent);
        }
    }
    Some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(formula: &str) -> Vec<(Kind, &str)> {
        tokens(formula).unwrap().iter().map(|token| (token.kind, &formula[token.start..token.end])).collect()
    }

    #[test]
    fn tokens_follow_one_another_without_a_gap() {
        use Kind::*;
        assert_eq!(
            cut("SUM('a''b'!$A$1,\"x\"\"y\",1.5E+3%,#N/A,A1#,T[[#All],[c'[d]])"),
            vec![
                (Word, "SUM"),
                (Open, "("),
                (Quoted, "'a''b'"),
                (Bang, "!"),
                (Word, "$A$1"),
                (Separator, ","),
                (Text, "\"x\"\"y\""),
                (Separator, ","),
                (Number, "1.5E+3"),
                (Postfix, "%"),
                (Separator, ","),
                (Error, "#N/A"),
                (Separator, ","),
                (Word, "A1"),
                (Postfix, "#"),
                (Separator, ","),
                (Word, "T"),
                (Bracket, "[[#All],[c'[d]]"),
                (Close, ")"),
            ]
        );
    }

    #[test]
    fn what_no_formula_holds_has_no_tokens() {
        for formula in
            ["\"open", "'open", "[open", "[[[a]]]", "#KILL!", "a\u{200b}b", "\0", "~", "`", "[a'b]", "."]
        {
            assert_eq!(tokens(formula), None, "{formula:?}");
        }
    }
}
