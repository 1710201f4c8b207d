//! Selectors and the queries of `@media`.

use super::{
    Host,
    token::Token,
    value::{join, written},
};

/// Pseudo-classes and pseudo-elements by which people lay out text.
const PSEUDO: &[&str] = &[
    "active",
    "after",
    "before",
    "checked",
    "disabled",
    "empty",
    "enabled",
    "first",
    "first-child",
    "first-letter",
    "first-line",
    "first-of-type",
    "focus",
    "focus-visible",
    "focus-within",
    "hover",
    "last-child",
    "last-of-type",
    "left",
    "link",
    "marker",
    "only-child",
    "only-of-type",
    "right",
    "root",
    "selection",
    "target",
    "visited",
];
const PSEUDO_FUNCTIONS: &[&str] =
    &["dir", "is", "lang", "not", "nth-child", "nth-last-child", "nth-last-of-type", "nth-of-type", "where"];

/// Tokens of one selector: longer ones only keep whoever matches them busy.
const LONGEST: usize = 128;

/// The list of selectors as it is written; `None` where one of them is not listed.
pub(super) fn selectors(tokens: &[Token], host: &mut dyn Host) -> Option<String> {
    if tokens.split(|token| *token == Token::Comma).any(|selector| selector.len() > LONGEST) {
        return None;
    }
    let mut kept = Vec::with_capacity(tokens.len());
    let mut open: Vec<char> = Vec::new();
    let mut after_colon = false;
    for token in tokens {
        let in_brackets = open.last() == Some(&']');
        let pseudo = std::mem::take(&mut after_colon);
        let token = match token {
            Token::Colon if !in_brackets => {
                after_colon = true;
                Token::Colon
            }
            Token::Ident(name) if pseudo => {
                let name = name.to_ascii_lowercase();
                PSEUDO.binary_search(&name.as_str()).ok()?;
                Token::Ident(name)
            }
            Token::Function(name) if pseudo => {
                let name = name.to_ascii_lowercase();
                PSEUDO_FUNCTIONS.binary_search(&name.as_str()).ok()?;
                open.push(')');
                Token::Function(name)
            }
            _ if pseudo => return None,
            Token::Hash(id) => Token::Hash(host.id(id)),
            Token::Open('[') if !in_brackets => {
                open.push(']');
                token.clone()
            }
            Token::Close(bracket) if open.last() == Some(bracket) => {
                open.pop();
                token.clone()
            }
            Token::Delimiter('=' | '~' | '^' | '$' | '*' | '|') if in_brackets => token.clone(),
            Token::Text(_) if in_brackets || !open.is_empty() => token.clone(),
            Token::Delimiter('.' | '*' | '>' | '+' | '~') if !in_brackets => token.clone(),
            Token::Ident(_) | Token::Comma | Token::Space => token.clone(),
            Token::Number(_) | Token::Dimension(..) if !open.is_empty() && !in_brackets => match token {
                Token::Dimension(_, unit)
                    if !unit.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') =>
                {
                    return None;
                }
                _ => token.clone(),
            },
            _ => return None,
        };
        if open.len() > 8 {
            return None;
        }
        kept.push(token);
    }
    if after_colon || !open.is_empty() || kept.iter().all(|token| *token == Token::Space) {
        return None;
    }
    // `2n + 1` keeps its spaces inside the parentheses, where combinators keep theirs too.
    let tight = |token: &Token| matches!(token, Token::Comma | Token::Close(_));
    let opens = |token: &Token| matches!(token, Token::Comma | Token::Open(_) | Token::Function(_));
    let selectors = join(&kept, |before, next| !(tight(next) || opens(before)));
    (!selectors.is_empty()).then_some(selectors)
}

/// The query of `@media`, or the name and pseudo-class of `@page`, as it is written.
pub(super) fn query(tokens: &[Token]) -> Option<String> {
    let mut open = 0_u32;
    for token in tokens {
        match token {
            Token::Open('(') => open = open.checked_add(1).filter(|open| *open < 8)?,
            Token::Close(')') => open = open.checked_sub(1)?,
            Token::Dimension(_, unit) if !unit.bytes().all(|byte| byte.is_ascii_alphabetic()) => return None,
            Token::Ident(_)
            | Token::Space
            | Token::Comma
            | Token::Colon
            | Token::Number(_)
            | Token::Dimension(..)
            | Token::Delimiter('/' | '>' | '=') => {}
            _ => return None,
        }
    }
    (open == 0).then(|| written(tokens))
}
