//! Tokens that may be written as they stand, and whole operators of them.

use std::ops::Range;

use super::{
    Kind, Operands,
    number::{Decimal, decimal, number},
    operator::{self, Row},
};
use crate::formats::pdf::{
    parse::lex::{Lexer, is_regular, is_space},
    write::is_plain,
};

/// The longest number that is written as it stands: an integer of as many digits has room in 64 bits everywhere.
pub(super) const LONGEST_NUMBER: usize = 18;

/// How many operands an operator has that is read at a glance.
const AT_MOST: usize = 6;

/// An operand that may be written as it stands.
#[derive(Clone, Copy, Default)]
struct Operand {
    start: usize,
    end: usize,
    /// What it is, when it is a number.
    number: Decimal,
}

/// An operator with its operands, each of which may be written as it stands. Too large to be handed from function to
/// function: one is filled over and over.
#[derive(Default)]
pub(super) struct Glance<'i> {
    pub(super) end: usize,
    /// Its last operand, when that is a name, or the only name.
    pub(super) name: Option<&'i [u8]>,
    /// And one more, behind which too many stand.
    operands: [Operand; AT_MOST + 1],
    count: usize,
    /// One space or line end parts each from the next.
    pub(super) is_tidy: bool,
}

impl<'i> Glance<'i> {
    /// Where its operands stand.
    pub(super) fn operands(&self) -> impl Iterator<Item = Range<usize>> {
        self.operands.iter().take(self.count).map(|operand| operand.start..operand.end)
    }

    /// Reads the operator whose first operand stands at `at`; `None` where it is not read at a glance.
    #[inline]
    pub(super) fn read(&mut self, input: &'i [u8], at: usize) -> Option<&'static Row> {
        let mut kinds = 0_u64;
        self.name = None;
        self.is_tidy = true;
        let mut rest = input.get(at..)?;
        for (count, operand) in self.operands.iter_mut().enumerate() {
            let (kind, after) = match rest {
                [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => {
                    let (number, after) = decimal(rest)?;
                    operand.number = number;
                    if rest.len() - after.len() > LONGEST_NUMBER || !ends(after) {
                        return None;
                    }
                    (operator::NUMBER, after)
                }
                [b'(', inside @ ..] => (operator::STRING, after_literal(inside)?),
                [b'/', inside @ ..] => {
                    let after = after_name(inside)?;
                    self.name = inside.get(..inside.len() - after.len());
                    (operator::NAME, after)
                }
                [b'[', inside @ ..] => match after_array(inside)? {
                    (Kind::Numbers, after) => (operator::NUMBERS, after),
                    (_, after) => (operator::TEXTS, after),
                },
                [b'<', ..] => {
                    self.name = None;
                    (operator::DICT, after_mark(rest)?)
                }
                _ => {
                    let (mut spelling, mut after) = (0_u32, rest);
                    while let [letter, tail @ ..] = after
                        && is_regular(*letter)
                    {
                        // What has more letters than fit is no operator, whatever the last of them are.
                        spelling =
                            if spelling >> 16 == 0 { spelling << 8 | u32::from(*letter) } else { u32::MAX };
                        after = tail;
                    }
                    (self.end, self.count) = (input.len() - after.len(), count);
                    let row = Row::spelled(spelling)?;
                    let [one, other] = row.kinds;
                    return (kinds == one || kinds == other).then_some(row);
                }
            };
            operand.start = input.len() - rest.len();
            operand.end = input.len() - after.len();
            kinds = kinds << 4 | kind;
            rest = match after {
                [b' ' | b'\n', tail @ ..] => tail,
                [b'\r', tail @ ..] => {
                    self.is_tidy = false;
                    tail
                }
                _ => {
                    self.is_tidy = false;
                    after
                }
            };
        }
        None
    }
}

/// A glance at what stands in these bytes.
pub(super) struct Seen<'g, 'i> {
    pub(super) glance: &'g Glance<'i>,
    pub(super) input: &'i [u8],
}

impl Seen<'_, '_> {
    #[inline]
    fn value(&self, operand: &Operand) -> Option<f64> {
        operand.number.value().or_else(|| number(self.input.get(operand.start..operand.end)?))
    }
}

impl Operands for Seen<'_, '_> {
    fn text(&self) -> &[u8] {
        let operands = self.glance.operands.get(..self.glance.count).unwrap_or_default();
        match (operands.first(), operands.last()) {
            (Some(first), Some(last)) => self.input.get(first.start..last.end).unwrap_or_default(),
            _ => b"",
        }
    }

    #[inline]
    fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        let mut found = [0.0; N];
        for (slot, operand) in found.iter_mut().zip(&self.glance.operands) {
            *slot = self.value(operand)?;
        }
        Some(found)
    }

    #[inline]
    fn last_number(&self) -> Option<f64> {
        self.value(self.glance.operands.get(self.glance.count.checked_sub(1)?)?)
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
    let rest = input.get(at..)?;
    let (kind, after) = match rest {
        [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => (Kind::Number, after_number(rest)?),
        [b'/', inside @ ..] => (Kind::Name, after_name(inside)?),
        [b'(', inside @ ..] => (Kind::String, after_literal(inside)?),
        [b'[', inside @ ..] => after_array(inside)?,
        [b'<', ..] => (Kind::Dict, after_mark(rest)?),
        [byte, ..] if is_regular(*byte) => {
            let len = rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len());
            return Some(Standing::Operator(at + len));
        }
        _ => return None,
    };
    Some(Standing::Operand(kind, input.len() - after.len()))
}

/// True where no token goes on.
#[inline]
fn ends(after: &[u8]) -> bool {
    after.first().is_none_or(|byte| !is_regular(*byte))
}

#[inline]
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

fn after_number(text: &[u8]) -> Option<&[u8]> {
    let (_, after) = decimal(text)?;
    (text.len() - after.len() <= LONGEST_NUMBER && ends(after)).then_some(after)
}

/// What stands behind a name without escapes.
#[inline]
fn after_name(mut inside: &[u8]) -> Option<&[u8]> {
    while let [byte, rest @ ..] = inside
        && is_plain(*byte)
    {
        inside = rest;
    }
    ends(inside).then_some(inside)
}

/// What stands behind a literal string whose every escape is one that the writer makes.
fn after_literal(mut inside: &[u8]) -> Option<&[u8]> {
    loop {
        match inside.get(special(inside)?..)? {
            [b')', after @ ..] => return Some(after),
            [b'\\', b'(' | b')' | b'\\' | b'n' | b'r', after @ ..] => inside = after,
            _ => return None,
        }
    }
}

/// Where the first parenthesis, escape or line end stands. Eight bytes are looked at together, and one by one where
/// one of them may be such: what is below a carriage return is told from it then.
#[inline]
fn special(text: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const TOPS: u64 = u64::from_ne_bytes([0x80; 8]);
    let is_special = |byte: &u8| matches!(byte, b'(' | b')' | b'\\' | b'\r' | b'\n');
    let below = |word: u64, least: u8| word.wrapping_sub(ONES * u64::from(least)) & !word & TOPS;
    let (words, rest) = text.as_chunks::<8>();
    for (index, bytes) in words.iter().enumerate() {
        let word = u64::from_ne_bytes(*bytes);
        let parentheses = below((word | ONES) ^ (ONES * u64::from(b')')), 1);
        let escapes = below(word ^ (ONES * u64::from(b'\\')), 1);
        if parentheses | escapes | below(word, b'\r' + 1) != 0
            && let Some(at) = bytes.iter().position(is_special)
        {
            return Some(index * 8 + at);
        }
    }
    rest.iter().position(is_special).map(|at| text.len() - rest.len() + at)
}

fn after_array(mut inside: &[u8]) -> Option<(Kind, &[u8])> {
    let mut kind = Kind::Numbers;
    let mut blank = false;
    loop {
        let before = std::mem::replace(&mut blank, false);
        inside = match inside {
            [b']', after @ ..] => return Some((kind, after)),
            [b' ', after @ ..] if !before => {
                blank = true;
                after
            }
            [b'(', piece @ ..] => {
                kind = Kind::Array;
                after_literal(piece)?
            }
            [b'0'..=b'9' | b'-' | b'+' | b'.', ..] => after_number(inside)?,
            _ => return None,
        };
    }
}

/// What stands behind `<</MCID 3>>`, which stands on every paragraph of a tagged page, as `put_properties` writes it.
fn after_mark(text: &[u8]) -> Option<&[u8]> {
    let digits = text.strip_prefix(b"<</MCID ")?;
    let len = digits.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = digits.split_at_checked(len)?;
    let plain = matches!(number, [b'0'] | [b'1'..=b'9', ..]);
    rest.strip_prefix(b">>").filter(|_| plain)
}
