//! Rules and declarations.

use super::{
    Declaration, Dropped, Host, Profile,
    property::property,
    selector::{query, selectors},
    token::{Token, tokens},
    value::value,
};
use crate::{budget::Budget, error::Error};

/// How deep `@media` and `@supports` stand in each other.
const DEPTH: usize = 4;

/// The declarations of a `style` attribute that may be written, in order.
pub(crate) fn declarations(
    text: &str,
    profile: Profile,
    host: &mut dyn Host,
    budget: &Budget,
) -> Result<Vec<Declaration>, Error> {
    let tokens = paid_tokens(text, budget)?;
    block(&tokens, profile, host)
}

/// The rules of a style sheet that may be written, one a line.
pub(crate) fn sheet(
    text: &str,
    profile: Profile,
    host: &mut dyn Host,
    budget: &Budget,
) -> Result<String, Error> {
    let tokens = paid_tokens(text, budget)?;
    let mut output = String::new();
    rules(&tokens, profile, host, &mut output)?;
    Ok(output)
}

fn paid_tokens(text: &str, budget: &Budget) -> Result<Vec<Token>, Error> {
    budget.expand(text.len() as u64)?;
    let tokens = tokens(text);
    budget.objects(tokens.len() as u64)?;
    Ok(tokens)
}

/// What is left of a list of rules that is being read, and what closes it in the output.
struct Level<'t> {
    rest: &'t [Token],
    start: usize,
}

fn rules(tokens: &[Token], profile: Profile, host: &mut dyn Host, output: &mut String) -> Result<(), Error> {
    let mut levels = vec![Level { rest: tokens, start: 0 }];
    while let Some(level) = levels.last_mut() {
        let Some((first, behind)) = level.rest.split_first() else {
            let start = level.start;
            levels.pop();
            if !levels.is_empty() {
                close(output, start);
            }
            continue;
        };
        if matches!(first, Token::Space | Token::Semicolon | Token::Close(_)) {
            level.rest = behind;
            continue;
        }
        let (prelude, body, rest) = next_rule(level.rest);
        level.rest = rest;
        let Token::At(name) = first else {
            if let Some(body) = body {
                style_rule(prelude, body, profile, host, output)?;
            } else {
                host.dropped(Dropped::Unlisted, "rule")?;
            }
            continue;
        };
        let prelude = prelude.get(1..).unwrap_or_default();
        match (name.to_ascii_lowercase().as_str(), body) {
            ("media", Some(body)) => match query(prelude) {
                Some(query) if levels.len() <= DEPTH => {
                    let start = output.len();
                    output.push_str("@media ");
                    output.push_str(&query);
                    output.push_str("{\n");
                    levels.push(Level { rest: body, start });
                }
                _ => host.dropped(Dropped::Unlisted, "@media")?,
            },
            ("page", Some(body)) => {
                let declarations = block(body, profile, host)?;
                match query(prelude) {
                    Some(query) if !declarations.is_empty() => {
                        let space = if query.is_empty() { "" } else { " " };
                        output
                            .push_str(&format!("@page{space}{query}{{{}}}\n", super::written(&declarations)));
                    }
                    _ => {}
                }
            }
            // Said by the encoding of what is written.
            ("charset", None) => {}
            (name, _) => {
                let why = match name {
                    "import" | "font-face" | "namespace" | "document" | "-moz-document" => Dropped::Fetch,
                    _ => Dropped::Unlisted,
                };
                host.dropped(why, &format!("@{name}"))?;
            }
        }
    }
    Ok(())
}

/// Ends a group of rules that starts at `start`; one without any is taken back.
fn close(output: &mut String, start: usize) {
    if output.ends_with("{\n") {
        output.truncate(start);
    } else {
        output.push_str("}\n");
    }
}

fn style_rule(
    prelude: &[Token],
    body: &[Token],
    profile: Profile,
    host: &mut dyn Host,
    output: &mut String,
) -> Result<(), Error> {
    let Some(selectors) = selectors(prelude, host) else {
        return host.dropped(Dropped::Unlisted, "selector");
    };
    let declarations = block(body, profile, host)?;
    if !declarations.is_empty() {
        output.push_str(&format!("{selectors}{{{}}}\n", super::written(&declarations)));
    }
    Ok(())
}

/// The rule at the start of `tokens`: what stands before its block, the block, and what follows.
fn next_rule(tokens: &[Token]) -> (&[Token], Option<&[Token]>, &[Token]) {
    let is_at = matches!(tokens.first(), Some(Token::At(_)));
    let start =
        tokens.iter().position(|token| *token == Token::Open('{') || is_at && *token == Token::Semicolon);
    let Some(start) = start else { return (tokens, None, &[]) };
    let prelude = tokens.get(..start).unwrap_or_default();
    let behind = tokens.get(start + 1..).unwrap_or_default();
    if tokens.get(start) == Some(&Token::Semicolon) {
        return (prelude, None, behind);
    }
    let mut depth = 1_usize;
    let end = behind.iter().position(|token| {
        match token {
            Token::Open('{') => depth += 1,
            Token::Close('}') => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    match end {
        Some(end) => (prelude, behind.get(..end), behind.get(end + 1..).unwrap_or_default()),
        // The end of the sheet ends every block.
        None => (prelude, Some(behind), &[]),
    }
}

/// The declarations between two braces.
fn block(tokens: &[Token], profile: Profile, host: &mut dyn Host) -> Result<Vec<Declaration>, Error> {
    let mut kept = Vec::new();
    let mut rest = tokens;
    while !rest.is_empty() {
        let end = declaration_end(rest);
        let (declaration, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        rest = behind.get(1..).unwrap_or_default();
        if let Some(declaration) = one(declaration, profile, host)? {
            kept.push(declaration);
        }
    }
    Ok(kept)
}

/// Where the declaration at the start of `tokens` ends: at a semicolon that stands in no brackets.
fn declaration_end(tokens: &[Token]) -> usize {
    let mut depth = 0_usize;
    let end = tokens.iter().position(|token| {
        match token {
            Token::Open(_) | Token::Function(_) => depth += 1,
            Token::Close(_) => depth = depth.saturating_sub(1),
            Token::Semicolon => return depth == 0,
            _ => {}
        }
        false
    });
    end.unwrap_or(tokens.len())
}

fn one(tokens: &[Token], profile: Profile, host: &mut dyn Host) -> Result<Option<Declaration>, Error> {
    let tokens = trimmed(tokens);
    let Some((first, behind)) = tokens.split_first() else { return Ok(None) };
    let Token::Ident(name) = first else {
        return host.dropped(Dropped::Unlisted, "declaration").map(|()| None);
    };
    let Some((Token::Colon, tokens)) = trimmed(behind).split_first() else {
        return host.dropped(Dropped::Unlisted, name).map(|()| None);
    };
    let name = if name.starts_with("--") { name.clone() } else { name.to_ascii_lowercase() };
    let (tokens, important) = without_important(trimmed(tokens));
    let kept = match property(&name, profile) {
        Ok(holds) => value(&name, tokens, holds, profile, host)?,
        Err(why) => Err(why),
    };
    match kept {
        Ok(mut value) => {
            if important {
                value.push_str("!important");
            }
            let mut property = String::with_capacity(name.len());
            Token::Ident(name).write(&mut property);
            Ok(Some(Declaration { property, value }))
        }
        Err(why) => host.dropped(why, &name).map(|()| None),
    }
}

fn trimmed(tokens: &[Token]) -> &[Token] {
    let tokens = match tokens.split_first() {
        Some((Token::Space, rest)) => rest,
        _ => tokens,
    };
    match tokens.split_last() {
        Some((Token::Space, rest)) => rest,
        _ => tokens,
    }
}

fn without_important(tokens: &[Token]) -> (&[Token], bool) {
    let is_word =
        |token: &Token| matches!(token, Token::Ident(word) if word.eq_ignore_ascii_case("important"));
    match tokens {
        [rest @ .., Token::Delimiter('!'), word] if is_word(word) => (trimmed(rest), true),
        [rest @ .., Token::Delimiter('!'), Token::Space, word] if is_word(word) => (trimmed(rest), true),
        _ => (tokens, false),
    }
}
