//! The cross-reference (ISO 32000-2, 7.5.4 and 7.5.8): tables, streams, both at once, and their chain.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    lex::{Lexer, Token, is_space},
    object::{Dict, Object},
    places::{Places, Where},
    source::Source,
    syntax,
};
use crate::error::Error;

/// How many sections a chain may have.
const SECTIONS: usize = 1_000;

/// The largest object number viewers accept.
pub(crate) const LAST_NUMBER: u32 = 8_388_607;

/// The chain of sections, newest first.
#[derive(Debug, Default)]
pub(crate) struct Xref<'a> {
    pub(crate) places: Places,
    /// Every entry, newest section first.
    entries: Vec<(u32, Where)>,
    pub(crate) trailer: Dict<'a>,
    /// How many sections the chain has.
    pub(crate) sections: usize,
    /// How many numbers an older section places elsewhere: what an update replaced.
    pub(crate) shadowed: u64,
    /// The chain comes back to a section it already read.
    pub(crate) looped: bool,
    /// A section could not be read: what was found may not be all.
    pub(crate) broken: bool,
}

impl<'a> Xref<'a> {
    /// Follows the chain from `start`.
    pub(crate) fn read(source: &Source<'a>, start: usize) -> Result<Self, Error> {
        let mut xref = Self::default();
        let mut seen = BTreeSet::new();
        let mut hybrids = BTreeSet::new();
        let mut merged = BTreeMap::new();
        let mut next = Some(start);
        while let Some(offset) = next {
            if !seen.insert(offset) || xref.sections >= SECTIONS {
                xref.looped = true;
                break;
            }
            source.budget().objects(1)?;
            let Some(trailer) = xref.section(source, offset)? else {
                xref.broken = true;
                break;
            };
            xref.sections += 1;
            if let Some(hybrid) = trailer.get(b"XRefStm").as_int().and_then(|at| usize::try_from(at).ok()) {
                // An update may name the stream of the file it was made of once more.
                if seen.contains(&hybrid) {
                    xref.looped = true;
                } else if hybrids.insert(hybrid) {
                    xref.section(source, hybrid)?;
                }
            }
            // `/Prev 0` is written by some producers for `none`.
            next = trailer.get(b"Prev").as_int().and_then(|at| usize::try_from(at).ok()).filter(|at| *at > 0);
            for (key, value) in trailer.into_entries().into_iter().rev() {
                merged.entry(key).or_insert(value);
            }
        }
        xref.trailer = Dict::new(merged.into_iter().collect());
        (xref.places, xref.shadowed) = Places::first_of_each(std::mem::take(&mut xref.entries));
        Ok(xref)
    }

    fn section(&mut self, source: &Source<'a>, offset: usize) -> Result<Option<Dict<'a>>, Error> {
        let mut lexer = Lexer::new(source.input(), offset);
        lexer.skip_space();
        let at = lexer.position();
        if offset > source.input().len() {
            return Ok(None);
        }
        match lexer.next() {
            Token::Keyword(b"xref") => self.table(source, lexer),
            Token::Int(_) => self.stream(source, at),
            _ => Ok(None),
        }
    }

    fn place(&mut self, number: u32, place: Where) {
        if number <= LAST_NUMBER {
            self.entries.push((number, place));
        }
    }

    fn table(&mut self, source: &Source<'a>, mut lexer: Lexer<'a>) -> Result<Option<Dict<'a>>, Error> {
        loop {
            match lexer.next() {
                Token::Keyword(b"trailer") => break,
                Token::Int(first) => {
                    let Token::Int(count) = lexer.next() else { return Ok(None) };
                    let (Ok(mut first), Ok(count)) = (u32::try_from(first), u32::try_from(count)) else {
                        return Ok(None);
                    };
                    for index in 0..count {
                        if index % 1024 == 0 {
                            source.budget().objects(1024.min(u64::from(count - index)))?;
                        }
                        let before = lexer.position();
                        let (offset, generation, kind) = match line(&mut lexer) {
                            Some(line) => line,
                            None => {
                                let (Token::Int(offset), Token::Int(generation)) =
                                    (lexer.next(), lexer.next())
                                else {
                                    lexer.seek(before);
                                    break;
                                };
                                let Token::Keyword(kind) = lexer.next() else { return Ok(None) };
                                (offset, generation, kind)
                            }
                        };
                        // A table said to start at 1 whose first entry is the head of the free list.
                        if index == 0 && first == 1 && kind == b"f" && generation == 65535 {
                            first = 0;
                        }
                        let Some(number) = first.checked_add(index) else { break };
                        match (kind, usize::try_from(offset)) {
                            (b"n", Ok(offset)) if offset > 0 => self.place(number, Where::File(offset)),
                            (b"n" | b"f", _) => self.place(number, Where::Free),
                            _ => return Ok(None),
                        }
                    }
                }
                _ => return Ok(None),
            }
        }
        match syntax::object(&mut lexer) {
            Ok(Object::Dict(trailer)) => Ok(Some(trailer)),
            _ => Ok(None),
        }
    }

    fn stream(&mut self, source: &Source<'a>, offset: usize) -> Result<Option<Dict<'a>>, Error> {
        let Some((_, Object::Stream(stream))) = source.read_at(offset, false)? else { return Ok(None) };
        let Some(decoded) = source.decode_plain(&stream)? else { return Ok(None) };
        let dict = stream.dict;
        let mut widths = [0_usize; 3];
        let given = dict.get(b"W").as_array().unwrap_or_default();
        for (width, given) in widths.iter_mut().zip(given) {
            let Some(given) = given.as_int().and_then(|width| usize::try_from(width).ok()) else {
                return Ok(None);
            };
            if given > 8 {
                return Ok(None);
            }
            *width = given;
        }
        let [kind_len, second_len, third_len] = widths;
        let entry_len = kind_len + second_len + third_len;
        if entry_len == 0 {
            return Ok(None);
        }
        let size = dict.get(b"Size").as_int().unwrap_or(0);
        let whole = [Object::Int(0), Object::Int(size)];
        let index = dict.get(b"Index").as_array().unwrap_or(&whole);
        let mut entries = decoded.chunks_exact(entry_len);
        for range in index.chunks_exact(2) {
            let [first, count] = range else { continue };
            let (Some(first), Some(count)) = (first.as_int(), count.as_int()) else { return Ok(None) };
            for (index, entry) in (0..count).zip(entries.by_ref()) {
                if index % 1024 == 0 {
                    source.budget().objects(1024.min(count.abs_diff(index)))?;
                }
                let field = |from: usize, len: usize| {
                    let bytes = entry.get(from..from + len).unwrap_or_default();
                    bytes.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte))
                };
                let kind = if kind_len == 0 { 1 } else { field(0, kind_len) };
                let (second, third) = (field(kind_len, second_len), field(kind_len + second_len, third_len));
                let Some(number) = first.checked_add(index).and_then(|number| u32::try_from(number).ok())
                else {
                    continue;
                };
                let place = match kind {
                    0 => Some(Where::Free),
                    1 => usize::try_from(second).ok().filter(|at| *at > 0).map(Where::File),
                    2 => u32::try_from(second)
                        .ok()
                        .zip(u32::try_from(third).ok())
                        .map(|(s, i)| Where::Stream(s, i)),
                    _ => None,
                };
                if let Some(place) = place {
                    self.place(number, place);
                }
            }
        }
        Ok(Some(dict))
    }
}

/// An entry of exactly the twenty bytes it should have, on its own line.
fn line<'a>(lexer: &mut Lexer<'a>) -> Option<(i64, i64, &'a [u8])> {
    let rest = lexer.bytes().get(lexer.position()..)?;
    let blanks = rest.iter().take(2).take_while(|byte| is_space(**byte)).count();
    let (line, after) = rest.get(blanks..)?.split_at_checked(18)?;
    let (offset, rest) = line.split_at_checked(10)?;
    let (generation, rest) = rest.strip_prefix(b" ")?.split_at_checked(5)?;
    let kind = rest.strip_prefix(b" ")?;
    let digits = |text: &[u8]| {
        let all = text.iter().all(u8::is_ascii_digit);
        all.then(|| text.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    };
    let entry = (digits(offset)?, digits(generation)?, kind);
    if !matches!(kind, b"n" | b"f") || !after.first().is_some_and(|byte| is_space(*byte)) {
        return None;
    }
    lexer.seek(lexer.position() + blanks + 18);
    Some(entry)
}
