//! Content streams (ISO 32000-2, 8.2): tokenised and written again, operator by operator.
//!
//! Only operators of the specification with operands of the right types are written. Strings, names and
//! numbers are spelled anew; comments, unknown operators and operands nobody takes are left out.

use std::collections::BTreeMap;

use crate::{
    budget::Budget,
    error::Error,
    formats::pdf::{
        parse::{
            lex::{Lexer, Token},
            object::{Dict, Object},
            syntax,
        },
        write::{put_int, put_name, put_real, put_string},
    },
};

/// The resource categories that operators name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Category {
    ColorSpace,
    ExtGState,
    Font,
    Pattern,
    Properties,
    Shading,
    XObject,
}

impl Category {
    /// The key in a resource dictionary.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::ColorSpace => "ColorSpace",
            Self::ExtGState => "ExtGState",
            Self::Font => "Font",
            Self::Pattern => "Pattern",
            Self::Properties => "Properties",
            Self::Shading => "Shading",
            Self::XObject => "XObject",
        }
    }
}

/// The resources a stream names, and how often.
pub(crate) type Used = BTreeMap<(Category, Vec<u8>), u64>;

/// A content stream written anew.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    pub(crate) used: Used,
    /// Operators that were left out.
    pub(crate) left_out: u64,
    /// Inline pictures that were left out.
    pub(crate) lost_images: u64,
    /// Graphics states nested deeper than any viewer takes.
    pub(crate) too_deep: bool,
    /// Replacement text stands on marked content.
    pub(crate) replacement_text: bool,
}

/// How an inline picture is written anew: the entries and bytes, or nothing.
pub(crate) type Inline<'f> = dyn FnMut(&Dict<'_>, &[u8]) -> Result<Option<InlineImage>, Error> + 'f;

/// The entries and the bytes of an inline picture.
pub(crate) type InlineImage = (Vec<u8>, Vec<u8>);

/// How deep `q` may nest.
const STATES: usize = 4096;
/// How many operands one operator may have: 32 colour components and a pattern, or a few numbers.
const OPERANDS: usize = 64;
/// Operators are paid for in groups of this size.
const GROUP: u64 = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Name,
    String,
    /// Numbers and strings.
    Array,
    /// Numbers only.
    Numbers,
    Dict,
    /// Null, booleans: no operator takes one.
    Other,
}

/// The operands of an operator, one letter each: `n`umber, `N`ame, `S`tring, `A`rray of text, `D`ash array,
/// `P`roperties (a name or dictionary); `*` any numbers; `+` any numbers and a pattern name.
fn signature(operator: &[u8]) -> Option<&'static [u8]> {
    Some(match operator {
        b"q" | b"Q" | b"h" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n"
        | b"W" | b"W*" | b"BT" | b"ET" | b"T*" | b"EMC" => b"",
        b"w" | b"J" | b"j" | b"M" | b"i" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" | b"G" | b"g" => {
            b"n"
        }
        b"m" | b"l" | b"Td" | b"TD" | b"d0" => b"nn",
        b"RG" | b"rg" => b"nnn",
        b"v" | b"y" | b"re" | b"K" | b"k" => b"nnnn",
        b"cm" | b"c" | b"Tm" | b"d1" => b"nnnnnn",
        b"d" => b"Dn",
        b"ri" | b"gs" | b"CS" | b"cs" | b"sh" | b"Do" | b"MP" | b"BMC" => b"N",
        b"Tf" => b"Nn",
        b"Tj" | b"'" => b"S",
        b"\"" => b"nnS",
        b"TJ" => b"A",
        b"SC" | b"sc" => b"*",
        b"SCN" | b"scn" => b"+",
        b"DP" | b"BDC" => b"NP",
        _ => return None,
    })
}

fn category(operator: &[u8]) -> Option<Category> {
    Some(match operator {
        b"gs" => Category::ExtGState,
        b"CS" | b"cs" => Category::ColorSpace,
        b"sh" => Category::Shading,
        b"Do" => Category::XObject,
        b"Tf" => Category::Font,
        b"SCN" | b"scn" => Category::Pattern,
        _ => return None,
    })
}

struct Operand {
    kind: Kind,
    start: usize,
    name: Option<Vec<u8>>,
}

/// Writes `input` anew.
pub(crate) fn rewrite(input: &[u8], budget: &Budget, inline: &mut Inline<'_>) -> Result<Content, Error> {
    let mut content = Content { bytes: Vec::with_capacity(input.len()), ..Content::default() };
    let mut lexer = Lexer::new(input, 0);
    let mut operands: Vec<Operand> = Vec::new();
    let mut spelled: Vec<u8> = Vec::new();
    let (mut states, mut marks, mut text) = (0_usize, 0_usize, false);
    let mut operators = 0_u64;
    loop {
        lexer.skip_space();
        let start = lexer.position();
        let token = lexer.next();
        let operand = spelled.len();
        let (kind, name) = match token {
            Token::End => break,
            Token::Int(_) | Token::Real(_) => {
                put_number(&mut spelled, lexer.since(start), &token);
                (Kind::Number, None)
            }
            Token::Name(name) => {
                put_name(&mut spelled, &name);
                (Kind::Name, Some(name.into_owned()))
            }
            Token::String(string) => {
                put_string(&mut spelled, &string);
                (Kind::String, None)
            }
            Token::ArrayOpen => (array(&mut lexer, &mut spelled), None),
            Token::DictOpen => {
                lexer.seek(start);
                match syntax::object(&mut lexer) {
                    Ok(Object::Dict(dict)) => {
                        content.replacement_text |= dict.has(b"ActualText");
                        put_properties(&mut spelled, &dict);
                        (Kind::Dict, None)
                    }
                    _ => {
                        lexer.seek(start + 2);
                        (Kind::Other, None)
                    }
                }
            }
            Token::Keyword(b"true" | b"false" | b"null") => (Kind::Other, None),
            Token::ArrayClose | Token::DictClose => continue,
            Token::Keyword(operator) => {
                operators += 1;
                if operators.is_multiple_of(GROUP) {
                    budget.objects(GROUP)?;
                }
                if operator == b"BI" {
                    inline_image(&mut lexer, &mut content, inline)?;
                    operands.clear();
                    spelled.clear();
                    continue;
                }
                let balanced = match operator {
                    b"q" => {
                        states += 1;
                        if states > STATES {
                            content.too_deep = true;
                            return Ok(content);
                        }
                        true
                    }
                    b"Q" if states == 0 => false,
                    b"Q" => {
                        states -= 1;
                        true
                    }
                    b"EMC" if marks == 0 => false,
                    b"EMC" => {
                        marks -= 1;
                        true
                    }
                    b"BT" if text => false,
                    b"ET" if !text => false,
                    b"BT" | b"ET" => {
                        text = operator == b"BT";
                        true
                    }
                    _ => true,
                };
                if balanced {
                    if put_operator(operator, &operands, &spelled, &mut content) {
                        if matches!(operator, b"BMC" | b"BDC") {
                            marks += 1;
                        }
                    } else if !matches!(operator, b"BX" | b"EX") {
                        content.left_out += 1;
                    }
                }
                operands.clear();
                spelled.clear();
                continue;
            }
        };
        if operands.len() >= OPERANDS {
            operands.clear();
            spelled.clear();
            content.left_out += 1;
            continue;
        }
        operands.push(Operand { kind, start: operand, name });
    }
    budget.objects(operators % GROUP)?;
    if text {
        content.bytes.extend_from_slice(b"ET\n");
    }
    for _ in 0..marks {
        content.bytes.extend_from_slice(b"EMC\n");
    }
    for _ in 0..states {
        content.bytes.extend_from_slice(b"Q\n");
    }
    Ok(content)
}

fn put_number(output: &mut Vec<u8>, raw: &[u8], token: &Token<'_>) {
    let digits = match raw {
        [b'-' | b'+', digits @ ..] => digits,
        digits => digits,
    };
    let dots = digits.iter().filter(|byte| **byte == b'.').count();
    let plain = raw.len() <= 24
        && dots <= 1
        && digits.len() > dots
        && digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    match token {
        _ if plain => output.extend_from_slice(raw),
        Token::Int(value) => put_int(output, *value),
        Token::Real(value) => put_real(output, *value),
        _ => output.push(b'0'),
    }
}

/// Writes an array of numbers and strings; whatever else stands in it is left out.
fn array(lexer: &mut Lexer<'_>, output: &mut Vec<u8>) -> Kind {
    let mut kind = Kind::Numbers;
    output.push(b'[');
    let mut first = true;
    loop {
        lexer.skip_space();
        let start = lexer.position();
        let token = lexer.next();
        match token {
            Token::Int(_) | Token::Real(_) => {
                if !first && output.last().is_some_and(|byte| *byte != b')') {
                    output.push(b' ');
                }
                put_number(output, lexer.since(start), &token);
            }
            Token::String(string) => {
                kind = Kind::Array;
                put_string(output, &string);
            }
            Token::ArrayClose | Token::End => break,
            // An operator that ends an array nobody closed.
            Token::Keyword(word) if signature(word).is_some() => {
                lexer.seek(start);
                break;
            }
            _ => continue,
        }
        first = false;
    }
    output.push(b']');
    kind
}

fn put_operator(operator: &[u8], operands: &[Operand], spelled: &[u8], content: &mut Content) -> bool {
    let Some(signature) = signature(operator) else { return false };
    let wanted = match signature {
        b"*" | b"+" => operands.len(),
        fixed => fixed.len(),
    };
    // Viewers take the last operands and forget the ones before them.
    let Some(skipped) = operands.len().checked_sub(wanted) else { return false };
    let taken = operands.get(skipped..).unwrap_or_default();
    let fits = match signature {
        b"*" => !taken.is_empty() && taken.iter().all(|operand| operand.kind == Kind::Number),
        b"+" => match taken {
            [numbers @ .., last] => {
                matches!(last.kind, Kind::Number | Kind::Name)
                    && numbers.iter().all(|operand| operand.kind == Kind::Number)
            }
            [] => false,
        },
        fixed => fixed.iter().zip(taken).all(|(want, operand)| match want {
            b'n' => operand.kind == Kind::Number,
            b'N' => operand.kind == Kind::Name,
            b'S' => operand.kind == Kind::String,
            b'A' => matches!(operand.kind, Kind::Array | Kind::Numbers),
            b'D' => operand.kind == Kind::Numbers,
            _ => matches!(operand.kind, Kind::Name | Kind::Dict),
        }),
    };
    if !fits {
        return false;
    }
    let name = match operator {
        b"SCN" | b"scn" | b"DP" | b"BDC" => taken.last().and_then(|operand| operand.name.as_ref()),
        _ => taken.first().and_then(|operand| operand.name.as_ref()),
    };
    let category = match operator {
        b"DP" | b"BDC" => Some(Category::Properties),
        _ => category(operator),
    };
    if let (Some(category), Some(name)) = (category, name) {
        let built_in = category == Category::ColorSpace
            && matches!(name.as_slice(), b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK");
        // The default colour spaces of a resource dictionary apply without being named.
        if !built_in || matches!(name.as_slice(), b"Pattern") {
            *content.used.entry((category, name.clone())).or_insert(0) += 1;
        }
    }
    for (index, operand) in taken.iter().enumerate() {
        let end = taken.get(index + 1).map_or(spelled.len(), |next| next.start);
        content.bytes.extend_from_slice(spelled.get(operand.start..end).unwrap_or_default());
        content.bytes.push(b' ');
    }
    content.bytes.extend_from_slice(operator);
    content.bytes.push(b'\n');
    true
}

/// The property list of marked content: what tags need, and nothing else.
fn put_properties(output: &mut Vec<u8>, dict: &Dict<'_>) {
    output.extend_from_slice(b"<<");
    for key in [&b"MCID"[..], b"Type", b"Subtype", b"ActualText", b"Alt", b"E", b"Lang", b"Attached", b"BBox"]
    {
        let value = dict.get(key);
        match (key, value) {
            (b"MCID", Object::Int(id)) => {
                output.extend_from_slice(b"/MCID ");
                put_int(output, *id);
            }
            (b"Type" | b"Subtype", Object::Name(name)) => {
                put_name(output, key);
                put_name(output, name);
            }
            (b"ActualText" | b"Alt" | b"E" | b"Lang", Object::String(text)) => {
                put_name(output, key);
                put_string(output, text);
            }
            (b"Attached", Object::Array(names)) => {
                output.extend_from_slice(b"/Attached[");
                for name in names.iter().filter_map(Object::as_name).take(4) {
                    put_name(output, name);
                }
                output.push(b']');
            }
            (b"BBox", Object::Array(numbers)) => {
                output.extend_from_slice(b"/BBox[");
                for number in numbers.iter().filter_map(Object::as_number).take(4) {
                    put_real(output, number);
                    output.push(b' ');
                }
                output.push(b']');
            }
            _ => (),
        }
    }
    output.extend_from_slice(b">>");
}

fn inline_image(lexer: &mut Lexer<'_>, content: &mut Content, inline: &mut Inline<'_>) -> Result<(), Error> {
    let mut dict = Dict::default();
    loop {
        match lexer.next() {
            Token::Name(key) => {
                if let Ok(value) = syntax::object(lexer) {
                    dict.0.push((key, value));
                }
            }
            Token::Keyword(b"ID") => break,
            Token::End => return Ok(()),
            _ => (),
        }
    }
    let input = lexer.bytes();
    let start = (lexer.position() + 1).min(input.len());
    let body = input.get(start..).unwrap_or_default();
    let len = image_len(&dict, body);
    lexer.seek(start + len);
    // Up to and with EI.
    loop {
        let before = lexer.position();
        match lexer.next() {
            Token::Keyword(b"EI") | Token::End => break,
            _ if lexer.position().saturating_sub(start + len) > 64 => {
                lexer.seek(before);
                break;
            }
            _ => (),
        }
    }
    let data = body.get(..len).unwrap_or_default();
    match inline(&dict, data)? {
        Some((entries, data)) => {
            if let Some(name) = color_space_name(&dict) {
                *content.used.entry((Category::ColorSpace, name)).or_insert(0) += 1;
            }
            content.bytes.extend_from_slice(b"BI");
            content.bytes.extend_from_slice(&entries);
            content.bytes.extend_from_slice(b"\nID ");
            content.bytes.extend_from_slice(&data);
            content.bytes.extend_from_slice(b"\nEI\n");
        }
        None => content.lost_images += 1,
    }
    Ok(())
}

/// The colour space resource an inline picture names, when it names one.
pub(crate) fn color_space_name(dict: &Dict<'_>) -> Option<Vec<u8>> {
    let space = match dict.get(b"CS") {
        Object::Null => dict.get(b"ColorSpace"),
        short => short,
    };
    match space.as_name()? {
        b"G" | b"RGB" | b"CMYK" | b"I" | b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"Indexed" => None,
        name => Some(name.to_vec()),
    }
}

/// How many bytes an inline picture has: exact where nothing is filtered, else up to an `EI` that stands alone
/// and is followed by what looks like content.
fn image_len(dict: &Dict<'_>, body: &[u8]) -> usize {
    let pick = |long: &[u8], short: &[u8]| match dict.get(short) {
        Object::Null => dict.get(long).clone(),
        value => value.clone(),
    };
    if pick(b"Filter", b"F") == Object::Null {
        let number =
            |long: &[u8], short: &[u8]| pick(long, short).as_int().and_then(|n| usize::try_from(n).ok());
        let mask = pick(b"ImageMask", b"IM") == Object::Bool(true);
        let colors = match pick(b"ColorSpace", b"CS") {
            Object::Name(name) => match &*name {
                b"G" | b"DeviceGray" => Some(1),
                b"RGB" | b"DeviceRGB" => Some(3),
                b"CMYK" | b"DeviceCMYK" => Some(4),
                _ => None,
            },
            Object::Array(_) => Some(1),
            _ => None,
        };
        let bits = if mask { Some(1) } else { number(b"BitsPerComponent", b"BPC") };
        let colors = if mask { Some(1) } else { colors };
        if let (Some(width), Some(height), Some(bits), Some(colors)) =
            (number(b"Width", b"W"), number(b"Height", b"H"), bits, colors)
            && let Some(len) = width
                .checked_mul(colors)
                .and_then(|samples| samples.checked_mul(bits))
                .map(|bits| bits.div_ceil(8))
                .and_then(|row| row.checked_mul(height))
            && len <= body.len()
        {
            return len;
        }
    }
    let blank = |byte: Option<&u8>| byte.is_none_or(|byte| super::super::parse::lex::is_space(*byte));
    for at in memchr::memmem::find_iter(body, b"EI") {
        let before = at.checked_sub(1).and_then(|before| body.get(before));
        if !blank(before) || !blank(body.get(at + 2)) {
            continue;
        }
        let after = body.get(at + 2..(at + 18).min(body.len())).unwrap_or_default();
        if after.iter().all(|byte| byte.is_ascii_graphic() || super::super::parse::lex::is_space(*byte)) {
            return at.saturating_sub(1);
        }
    }
    body.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn written(text: &[u8]) -> (String, Content) {
        let budget = Budget::new(&Limits::default(), 1_000, Cancel::new());
        let content = rewrite(text, &budget, &mut |_, _| Ok(None)).unwrap();
        (String::from_utf8_lossy(&content.bytes).into_owned(), content)
    }

    #[test]
    fn operators_of_the_specification_are_written_and_no_others() {
        let (text, content) = written(b"q 1 0 0 1 0 0 cm % x\n/F1 12 Tf (a\\051)Tj [(a)-3<62>]TJ 1 2 evil Q");
        assert_eq!(text, "q\n1 0 0 1 0 0 cm\n/F1 12 Tf\n(a\\)) Tj\n[(a)-3(b)] TJ\nQ\n");
        assert_eq!(content.left_out, 1);
        assert_eq!(content.used.keys().next().unwrap(), &(Category::Font, b"F1".to_vec()));
    }

    #[test]
    fn what_is_written_is_written_the_same_again() {
        let (once, _) = written(b"q q BT /P <</MCID 3/ActualText(x)/Evil 1>> BDC (\r\n) ' 1.50 +2 l");
        assert_eq!(written(once.as_bytes()).0, once);
        assert!(!once.contains("Evil"));
    }

    #[test]
    fn operands_of_the_wrong_type_leave_the_operator_out() {
        let (text, content) = written(b"(x) 12 Tf /F1 Tj Q EMC << /A 1 >> w");
        assert_eq!(text, "");
        assert_eq!(content.left_out, 3);
    }
}
