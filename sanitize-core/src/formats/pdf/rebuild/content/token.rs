//! Tokens that may be written as they stand, and whole operators of them.

use std::ops::Range;

use super::Kind;
use crate::formats::pdf::{
    parse::lex::{Lexer, is_regular, is_space},
    write::is_plain,
};

/// The longest number that is written as it stands.
pub(super) const LONGEST_NUMBER: usize = 24;

/// How many operands an operator has that is read at a glance.
const AT_MOST: usize = 6;

/// An operator with its operands, each of which may be written as it stands. Too large to be handed from function to
/// function: one is filled over and over.
#[derive(Default)]
pub(super) struct Glance<'i> {
    pub(super) end: usize,
    pub(super) operator: &'i [u8],
    /// Its last operand, when that is a name, or the only name.
    pub(super) name: Option<&'i [u8]>,
    /// Where its operands stand.
    operands: [Range<usize>; AT_MOST],
    count: usize,
    /// One space parts each from the next.
    pub(super) is_tidy: bool,
}

impl Glance<'_> {
    /// The operands as they stand in `input`.
    pub(super) fn text<'i>(&self, input: &'i [u8]) -> &'i [u8] {
        match self.operands() {
            [first, .., last] => input.get(first.start..last.end).unwrap_or_default(),
            [only] => input.get(only.clone()).unwrap_or_default(),
            [] => b"",
        }
    }

    pub(super) fn operands(&self) -> &[Range<usize>] {
        self.operands.get(..self.count).unwrap_or_default()
    }
}

// The kinds of operands, four bits for each.
const NUMBER: u64 = 1;
const NAME: u64 = 2;
const STRING: u64 = 3;
const TEXTS: u64 = 4;
const NUMBERS: u64 = 5;
const DICT: u64 = 6;

/// The operands an operator takes, in one of two ways. Operators that take any number of them are left to others.
fn takes(operator: &[u8]) -> Option<(u64, u64)> {
    let one = match operator {
        b"q" | b"Q" | b"h" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n"
        | b"W" | b"W*" | b"BT" | b"ET" | b"T*" | b"EMC" => 0,
        b"w" | b"J" | b"j" | b"M" | b"i" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" | b"G" | b"g" => 0x1,
        b"m" | b"l" | b"Td" | b"TD" | b"d0" => 0x11,
        b"RG" | b"rg" => 0x111,
        b"v" | b"y" | b"re" | b"K" | b"k" => 0x1111,
        b"cm" | b"c" | b"Tm" | b"d1" => 0x11_1111,
        b"d" => NUMBERS << 4 | NUMBER,
        b"ri" | b"gs" | b"CS" | b"cs" | b"sh" | b"Do" | b"MP" | b"BMC" => NAME,
        b"Tf" => NAME << 4 | NUMBER,
        b"Tj" | b"'" => STRING,
        b"\"" => NUMBER << 8 | NUMBER << 4 | STRING,
        b"TJ" => return Some((TEXTS, NUMBERS)),
        b"DP" | b"BDC" => return Some((NAME << 4 | DICT, NAME << 4 | NAME)),
        _ => return None,
    };
    Some((one, one))
}

impl<'i> Glance<'i> {
    /// Reads the operator whose first operand stands at `at`; `None` where it is not read at a glance.
    #[inline]
    pub(super) fn read(&mut self, input: &'i [u8], mut at: usize) -> Option<()> {
        let mut kinds = 0_u64;
        self.name = None;
        self.is_tidy = true;
        for count in 0..=AT_MOST {
            let (kind, end) = match input.get(at)? {
                b'0'..=b'9' | b'-' | b'+' | b'.' => (NUMBER, number_end(input, at)?),
                b'(' => (STRING, literal_end(input, at + 1)?),
                b'/' => {
                    let end = name_end(input, at)?;
                    self.name = input.get(at + 1..end);
                    (NAME, end)
                }
                b'[' => match array_end(input, at + 1)? {
                    (Kind::Numbers, end) => (NUMBERS, end),
                    (_, end) => (TEXTS, end),
                },
                b'<' => {
                    self.name = None;
                    (DICT, mark_end(input, at)?)
                }
                byte if is_regular(*byte) => {
                    let rest = input.get(at..)?;
                    let len = rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len());
                    self.operator = rest.get(..len)?;
                    let (one, other) = takes(self.operator)?;
                    (self.end, self.count) = (at + len, count);
                    return (kinds == one || kinds == other).then_some(());
                }
                _ => return None,
            };
            *self.operands.get_mut(count)? = at..end;
            kinds = kinds << 4 | kind;
            at = end;
            match input.get(end) {
                Some(b' ') => at += 1,
                Some(b'\n' | b'\r') => {
                    self.is_tidy = false;
                    at += 1;
                }
                _ => self.is_tidy = false,
            }
        }
        None
    }
}

/// A token spelled the way this writer spells it.
pub(super) enum Standing {
    /// An operand and where it ends.
    Operand(Kind, usize),
    /// A keyword and where it ends.
    Operator(usize),
}

/// The token at `at`, when it may be written as it stands.
#[inline]
pub(super) fn standing(input: &[u8], at: usize) -> Option<Standing> {
    Some(match input.get(at)? {
        b'0'..=b'9' | b'-' | b'+' | b'.' => Standing::Operand(Kind::Number, number_end(input, at)?),
        b'/' => Standing::Operand(Kind::Name, name_end(input, at)?),
        b'(' => Standing::Operand(Kind::String, literal_end(input, at + 1)?),
        b'[' => {
            let (kind, end) = array_end(input, at + 1)?;
            Standing::Operand(kind, end)
        }
        b'<' => Standing::Operand(Kind::Dict, mark_end(input, at)?),
        byte if is_regular(*byte) => {
            let rest = input.get(at..)?;
            Standing::Operator(at + rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len()))
        }
        _ => return None,
    })
}

/// True where no token goes on at `at`.
fn ends_at(input: &[u8], at: usize) -> bool {
    input.get(at).is_none_or(|byte| !is_regular(*byte))
}

pub(super) fn after_space(input: &[u8], mut at: usize) -> usize {
    loop {
        match input.get(at) {
            Some(b'%') => {
                let mut lexer = Lexer::new(input, at);
                lexer.skip_space();
                return lexer.position();
            }
            Some(byte) if is_space(*byte) => at += 1,
            _ => return at,
        }
    }
}

fn number_end(input: &[u8], at: usize) -> Option<usize> {
    let start = at + usize::from(matches!(input.get(at), Some(b'-' | b'+')));
    let (mut end, mut dots) = (start, 0);
    loop {
        match input.get(end) {
            Some(b'0'..=b'9') => (),
            Some(b'.') => dots += 1,
            _ => break,
        }
        end += 1;
    }
    (dots <= 1 && end - start > dots && end - at <= LONGEST_NUMBER && ends_at(input, end)).then_some(end)
}

fn name_end(input: &[u8], at: usize) -> Option<usize> {
    let rest = input.get(at + 1..)?;
    let end = at + 1 + rest.iter().position(|byte| !is_plain(*byte)).unwrap_or(rest.len());
    ends_at(input, end).then_some(end)
}

/// The end of a literal string whose every escape is one that the writer makes.
fn literal_end(input: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = input.get(at..)?;
        let stop = memchr::memchr3(b'(', b')', b'\\', rest)?;
        if memchr::memchr2(b'\r', b'\n', rest.get(..stop)?).is_some() {
            return None;
        }
        match rest.get(stop..)? {
            [b')', ..] => return Some(at + stop + 1),
            [b'\\', b'(' | b')' | b'\\' | b'n' | b'r', ..] => at += stop + 2,
            _ => return None,
        }
    }
}

fn array_end(input: &[u8], mut at: usize) -> Option<(Kind, usize)> {
    let mut kind = Kind::Numbers;
    let mut blank = false;
    loop {
        let before = std::mem::replace(&mut blank, false);
        match input.get(at)? {
            b']' => return Some((kind, at + 1)),
            b' ' if !before => {
                blank = true;
                at += 1;
            }
            b'(' => {
                kind = Kind::Array;
                at = literal_end(input, at + 1)?;
            }
            b'0'..=b'9' | b'-' | b'+' | b'.' => at = number_end(input, at)?,
            _ => return None,
        }
    }
}

/// `<</MCID 3>>`, which stands on every paragraph of a tagged page, as [`put_properties`] writes it.
fn mark_end(input: &[u8], at: usize) -> Option<usize> {
    const BEFORE: &[u8] = b"<</MCID ";
    const AFTER: &[u8] = b">>";
    let digits = input.get(at..)?.strip_prefix(BEFORE)?;
    let len = digits.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = digits.split_at_checked(len)?;
    let plain = matches!(number, [b'0'] | [b'1'..=b'9', ..]);
    (plain && rest.starts_with(AFTER)).then_some(at + BEFORE.len() + len + AFTER.len())
}
