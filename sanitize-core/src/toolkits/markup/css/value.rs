//! Values of properties.

use super::{Dropped, Host, Profile, property::Holds, token::Token};
use crate::error::Error;

/// Functions that calculate, mix colours or count, and reach for nothing.
const FUNCTIONS: &[&str] = &[
    "calc",
    "clamp",
    "color",
    "color-mix",
    "conic-gradient",
    "counter",
    "counters",
    "fit-content",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "linear-gradient",
    "max",
    "min",
    "minmax",
    "oklab",
    "oklch",
    "radial-gradient",
    "repeat",
    "repeating-conic-gradient",
    "repeating-linear-gradient",
    "repeating-radial-gradient",
    "rgb",
    "rgba",
    "symbols",
    "var",
];
/// Of `transform`, which drawings have.
const SVG_FUNCTIONS: &[&str] = &[
    "matrix",
    "rotate",
    "scale",
    "scalex",
    "scaley",
    "skew",
    "skewx",
    "skewy",
    "translate",
    "translatex",
    "translatey",
];

/// How deep parentheses go in what people write.
const DEPTH: usize = 16;

/// The value as it is written, or why it is not.
pub(super) fn value(
    property: &str,
    tokens: &[Token],
    holds: Holds,
    profile: Profile,
    host: &mut dyn Host,
) -> Result<Result<String, Dropped>, Error> {
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut open: Vec<char> = Vec::new();
    for token in tokens {
        let token = match token {
            Token::Url(url) => {
                if holds == Holds::Values {
                    return Ok(Err(Dropped::Fetch));
                }
                match host.url(property, url)? {
                    Some(url) => Token::Url(url),
                    // As a layer of a background it stands for no picture.
                    None => Token::Ident("none".to_owned()),
                }
            }
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                let listed = FUNCTIONS.binary_search(&name.as_str()).is_ok()
                    || profile == Profile::Svg && SVG_FUNCTIONS.binary_search(&name.as_str()).is_ok();
                if !listed {
                    return Ok(Err(why_not(&name)));
                }
                open.push(')');
                Token::Function(name)
            }
            Token::Open('(') => {
                open.push(')');
                token.clone()
            }
            // Names of grid lines.
            Token::Open('[') => {
                open.push(']');
                token.clone()
            }
            Token::Close(bracket) if open.last() == Some(bracket) => {
                open.pop();
                token.clone()
            }
            Token::Dimension(number, unit) if is_unit(unit) => {
                Token::Dimension(number.clone(), unit.to_ascii_lowercase())
            }
            Token::Ident(_)
            | Token::Hash(_)
            | Token::Text(_)
            | Token::Number(_)
            | Token::Percentage(_)
            | Token::Space
            | Token::Comma
            | Token::Delimiter('+' | '-' | '*' | '/') => token.clone(),
            _ => return Ok(Err(Dropped::Unlisted)),
        };
        if open.len() > DEPTH {
            return Ok(Err(Dropped::Unlisted));
        }
        kept.push(token);
    }
    if !open.is_empty() || kept.iter().all(|token| *token == Token::Space) {
        return Ok(Err(Dropped::Unlisted));
    }
    if overlays(property, &kept) {
        return Ok(Err(Dropped::Overlay));
    }
    Ok(Ok(written(&kept)))
}

fn why_not(function: &str) -> Dropped {
    match function {
        "expression" | "progid" | "-moz-element" => Dropped::Code,
        "src" | "image" | "image-set" | "-webkit-image-set" | "cross-fade" | "element" | "paint" | "attr"
        | "url-prefix" => Dropped::Fetch,
        _ => Dropped::Unlisted,
    }
}

fn is_unit(unit: &str) -> bool {
    unit.len() <= 8 && unit.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Letters or margins of a size with which one thing is laid over all others, or taken out of sight.
fn overlays(property: &str, tokens: &[Token]) -> bool {
    let is_margin = property.starts_with("margin");
    let is_font = property == "font-size" || property == "font";
    tokens.iter().any(|token| {
        let (number, limit) = match token {
            Token::Number(number) => (number, 100.0),
            Token::Percentage(number) => (number, 2_000.0),
            Token::Dimension(number, unit) => match unit.as_str() {
                "px" | "pt" => (number, 400.0),
                "mm" => (number, 140.0),
                "cm" | "in" => (number, 14.0),
                _ => (number, 30.0),
            },
            _ => return false,
        };
        let number: f64 = number.parse().unwrap_or(f64::INFINITY);
        !number.is_finite()
            || number.abs() > 1e7
            || is_font && number > limit && !matches!(token, Token::Number(_))
            || is_margin && number < -limit / 4.0
    })
}

/// Tokens in the one form in which they are written.
pub(super) fn written(tokens: &[Token]) -> String {
    let tight = |token: &Token| matches!(token, Token::Comma | Token::Close(_) | Token::Delimiter('/'));
    let opens = |token: &Token| {
        matches!(token, Token::Comma | Token::Open(_) | Token::Function(_) | Token::Delimiter('/'))
    };
    join(tokens, |before, next| !tight(next) && !opens(before))
}

/// Tokens with spaces where `spaced` lets them stand, and where two would be read as one.
pub(super) fn join(tokens: &[Token], spaced: impl Fn(&Token, &Token) -> bool) -> String {
    let mut output = String::new();
    let mut before: Option<&Token> = None;
    let mut space = false;
    for token in tokens {
        if *token == Token::Space {
            space = true;
            continue;
        }
        if let Some(before) = before
            && (space && spaced(before, token) || before.runs_into(token))
        {
            output.push(' ');
        }
        token.write(&mut output);
        before = Some(token);
        space = false;
    }
    output
}
