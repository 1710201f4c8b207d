//! Where cells begin, for every program that may open the file.

use super::number;
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::charset::Document,
};

pub(super) fn decode<'a>(input: &'a [u8], budget: &Budget) -> Result<Document<'a>, Error> {
    Document::decode(input, budget)?.ok_or_else(|| malformed("text encoding", 0))
}

/// Delimiters that programs use by language, name or guess.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// What is remembered of a formula until the table without it is written, in bytes: here, and as an edit.
const REMEMBERED: u64 = 56;
/// How many bytes the guess at the delimiter looks at.
const SAMPLE: usize = 16 << 10;

/// What was noticed in a table.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) formulas: Vec<Formula>,
    /// The file ends inside quotes.
    pub(super) is_unbalanced: bool,
    /// Excel's `sep=` line with a separator that tables have.
    pub(super) has_separator_line: bool,
    /// How the first cell makes Excel take the file for SYLK.
    pub(super) sylk: Option<Sylk>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sylk {
    /// `ID;P`, the first record of such a file.
    Record,
    /// A cell that is just `ID`, as many honest tables begin.
    Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// Where an apostrophe makes it text, in bytes of the text.
    pub(super) at: usize,
    pub(super) end: usize,
    /// False where only another delimiter or quoting makes a cell begin here.
    pub(super) is_cell: bool,
}

/// A place where a cell begins, with nothing but blanks and quotes behind it so far.
#[derive(Clone, Copy)]
struct Start {
    at: usize,
    is_cell: bool,
    has_tab: bool,
    has_blank: bool,
}

impl Start {
    fn at(at: usize, is_cell: bool) -> Self {
        Self { at, is_cell, has_tab: false, has_blank: false }
    }
}

/// Looks at the beginnings of all cells in one pass. A `sep=` line, if there is one, has a separator that tables
/// have.
pub(super) fn table(text: &str, budget: &Budget) -> Result<Table, Error> {
    let separator_line = separator_line(text).filter(|(_, is_known)| *is_known);
    let mut table = Table { has_separator_line: separator_line.is_some(), ..Table::default() };
    let delimiter = match separator_line {
        Some(_) => text.as_bytes().get(4).copied().unwrap_or(b','),
        None => guess(text),
    };
    let bytes = text.as_bytes();
    let begin = separator_line.map_or(0, |(len, _)| len);
    table.sylk = sylk(text.get(begin..).unwrap_or_default(), delimiter).filter(|_| begin == 0);
    let mut start = Some(Start::at(begin, true));
    let mut quoted = false;
    let mut at = begin;
    let mut cells: u64 = 0;
    let mut paid = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let ends_cell = !quoted && (byte == delimiter || byte == b'\n' || byte == b'\r');
        match byte {
            _ if ends_cell => {
                start = Some(Start::at(at + 1, true));
                cells += 1;
            }
            b'"' => {
                let opens = !quoted && start.is_some_and(|start| start.is_cell && start.at == at);
                let is_escaped = quoted && bytes.get(at + 1) == Some(&b'"');
                if opens {
                    quoted = true;
                    start = Some(Start::at(at + 1, true));
                } else if is_escaped {
                    at += 1;
                } else {
                    quoted = false;
                }
            }
            b'\t' | b'\r' | b'\n' | b' ' => match &mut start {
                Some(start) => {
                    start.has_tab |= matches!(byte, b'\t' | b'\r');
                    // Behind a tab or the end of a line a cell begins anew, for some.
                    start.has_blank = byte == b' ';
                }
                None if byte != b' ' => start = Some(Start::at(at + 1, false)),
                None => (),
            },
            _ => {
                let (width, first) = character(text, at);
                let is_blank = first.is_whitespace() || first == '\u{feff}';
                if let Some(begins) = start.filter(|_| !is_blank) {
                    let limits = Limits { delimiter, quoted };
                    if begins.is_cell && begins.has_tab {
                        // Some programs drop the tab, some begin a cell behind it.
                        let end = begins.at + cell_len(text.get(begins.at..).unwrap_or_default(), limits);
                        table.formulas.push(Formula { at: begins.at, end, is_cell: true });
                    }
                    let is_cell = begins.is_cell && !begins.has_tab;
                    table.formulas.extend(formula(text, Start { is_cell, ..begins }, at, first, limits));
                    start = None;
                    // A small file can expand to a table of which every cell is a formula.
                    let owed = table.formulas.len() - paid;
                    if owed >= 1_024 {
                        budget.expand(owed as u64 * REMEMBERED)?;
                        paid = table.formulas.len();
                    }
                }
                if DELIMITERS.contains(&byte) {
                    start = Some(Start::at(at + 1, false));
                }
                at += width - 1;
            }
        }
        at += 1;
        if cells >= 4_096 {
            budget.objects(cells)?;
            cells = 0;
        }
    }
    budget.objects(cells)?;
    table.is_unbalanced = quoted;
    Ok(table)
}

/// The character at `at`, and how many bytes it has.
fn character(text: &str, at: usize) -> (usize, char) {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => (1, char::from(*byte)),
        _ => {
            let first = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            (first.len_utf8(), first)
        }
    }
}

/// What ends the cell that is looked at.
#[derive(Clone, Copy)]
struct Limits {
    delimiter: u8,
    quoted: bool,
}

/// The formula that begins with `first` at `at`, if it is one. Blanks may stand between it and the start.
fn formula(text: &str, start: Start, at: usize, first: char, limits: Limits) -> Option<Formula> {
    let rest = text.get(at + first.len_utf8()..)?;
    let found = |at, len| Some(Formula { at, end: at + len, is_cell: start.is_cell });
    if !is_trigger(first) {
        return None;
    }
    if !start.is_cell {
        // Behind a blank nothing is a formula but where programs trim cells, and text is full of it.
        let is_formula = !start.has_blank && is_formula_elsewhere(first, rest);
        return is_formula.then(|| found(at, first.len_utf8() + rest.len().min(64)))?;
    }
    let cell = rest.get(..cell_len(rest, limits)).unwrap_or_default();
    let is_sign = matches!(first, '+' | '-' | '＋' | '－');
    let is_harmless = is_sign && number::is_plain(cell) || first == '%' && cell.trim_end().is_empty();
    (!is_harmless).then(|| found(at, first.len_utf8() + cell.len()))?
}

/// Signs by which a spreadsheet takes a cell for a formula; the full-width ones in Japanese versions.
fn is_trigger(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠')
}

fn cell_len(rest: &str, limits: Limits) -> usize {
    let bytes = rest.as_bytes();
    let ends = |byte: &u8| match limits.quoted {
        true => *byte == b'"',
        false => *byte == limits.delimiter || matches!(byte, b'\n' | b'\r'),
    };
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

/// A formula at a place where a cell begins for some programs only. There, text with a dash or an equals
/// sign is far more common than a formula, so that what follows must look like one.
fn is_formula_elsewhere(first: char, rest: &str) -> bool {
    let next = rest.chars().next().unwrap_or(' ');
    match first {
        '=' | '@' | '＝' | '＠' => {
            next.is_alphanumeric()
                || matches!(next, '(' | '"' | '\'' | '+' | '-' | '@' | '=')
                || calls_or_refers(rest)
        }
        '+' | '-' | '＋' | '－' => {
            let mut acts = cell_elsewhere(rest).filter(|character| matches!(character, '(' | '|' | '!'));
            let is_operand = next.is_alphanumeric() || next == '@' || next == '(';
            is_operand && acts.next().is_some() || calls_or_refers(rest)
        }
        _ => false,
    }
}

/// What may belong to a cell that ends at any delimiter.
fn cell_elsewhere(rest: &str) -> impl Iterator<Item = char> {
    const LOOKED_AT: usize = 256;
    rest.chars().take(LOOKED_AT).take_while(|character| !matches!(character, '\n' | '\r' | ',' | ';'))
}

/// Whether a program is named as DDE names it, a function called, or another sheet referred to, whatever stands before.
fn calls_or_refers(rest: &str) -> bool {
    let mut before = ' ';
    let mut is_reference = false;
    cell_elsewhere(rest).any(|character| {
        let acts = match character {
            '|' | '｜' => true,
            '(' | '（' => before.is_ascii_alphanumeric(),
            _ => is_reference && (character.is_alphanumeric() || character == '$'),
        };
        is_reference = matches!(character, '!' | '！');
        before = character;
        acts
    })
}

/// The delimiter that stands most often in the first lines, outside quotes.
fn guess(text: &str) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.bytes().take(SAMPLE) {
        quoted ^= byte == b'"';
        let index = DELIMITERS.iter().position(|delimiter| *delimiter == byte && !quoted);
        if let Some(count) = index.and_then(|index| counts.get_mut(index)) {
            *count += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or_default();
    let first = counts.iter().position(|count| *count == most).unwrap_or_default();
    DELIMITERS.get(first).copied().unwrap_or(b',')
}

/// The length of a `sep=` line, and whether its separator is one that tables have.
pub(super) fn separator_line(text: &str) -> Option<(usize, bool)> {
    let head = text.get(..4)?;
    if !head.eq_ignore_ascii_case("sep=") {
        return None;
    }
    let line = text.split_inclusive('\n').next()?;
    let separator = line.get(4..)?.trim_end_matches(['\r', '\n']);
    let is_known = matches!(separator.as_bytes(), [byte] if DELIMITERS.contains(byte));
    Some((line.len(), is_known))
}

fn sylk(text: &str, delimiter: u8) -> Option<Sylk> {
    let rest = text.strip_prefix("ID")?;
    match rest.as_bytes() {
        [b';', b'P', ..] => Some(Sylk::Record),
        [] | [b'\n' | b'\r', ..] => Some(Sylk::Cell),
        [next, ..] if *next == delimiter => Some(Sylk::Cell),
        _ => None,
    }
}
