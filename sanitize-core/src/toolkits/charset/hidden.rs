//! Characters that act on a terminal, on the order of text, or on nobody who can see.

use std::ops::Range;

use crate::{budget::Budget, error::Error};

/// Something in a text that no reader sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) kind: HiddenKind,
    /// In bytes of the text.
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HiddenKind {
    /// A control character, or a whole escape sequence.
    Control,
    /// A bidirectional control without its counterpart, or a mark in a line without right-to-left text.
    Unbalanced,
    /// A pair of bidirectional controls, at the first of them. Right-to-left languages need them.
    Balanced,
    /// Zero-width, tag, filler and variation characters where they have no meaning.
    Invisible,
}

/// What is remembered of each hidden character until the text without it is written, in bytes: here, and as an
/// edit of the text.
const REMEMBERED: u64 = 80;

/// Everything hidden in a text of a file's length, in order. Pays for what is remembered of it: a small file can
/// expand to a text of which every second character is hidden.
pub(crate) fn hidden_in_file(text: &str, budget: &Budget) -> Result<Vec<Hidden>, Error> {
    find(text, |bytes| budget.expand(bytes))
}

/// Everything hidden in a short text, in order.
pub(crate) fn hidden(text: &str) -> Vec<Hidden> {
    find(text, |_| Ok(())).unwrap_or_default()
}

fn find(text: &str, pay: impl Fn(u64) -> Result<(), Error>) -> Result<Vec<Hidden>, Error> {
    let mut found = Vec::new();
    if is_plain_ascii(text.as_bytes()) {
        return Ok(found);
    }
    let mut owed = 0;
    let mut bidi = Bidi::default();
    // The character before, of those that stay.
    let mut before = '\n';
    let mut at = 0;
    while let Some(next) = next_of_interest(text, at) {
        if let Some(last) = text.get(at..next).and_then(|plain| plain.chars().next_back()) {
            before = last;
        }
        let Some(character) = text.get(next..).and_then(|rest| rest.chars().next()) else { break };
        let rest = text.get(next + character.len_utf8()..).unwrap_or_default();
        let mut end = next + character.len_utf8();
        let verdict = verdict(character, before, rest);
        if matches!(verdict, Verdict::Control(_) | Verdict::Invisible | Verdict::Bidi) {
            owed += REMEMBERED;
        }
        if owed > 1 << 16 {
            pay(std::mem::take(&mut owed))?;
        }
        match verdict {
            Verdict::Plain => {
                bidi.see(character);
                before = character;
            }
            Verdict::Sequence(len) => {
                // A sequence that has a meaning as a whole.
                end += len;
                before = character;
            }
            Verdict::Control(len) => {
                end += len;
                found.push(Hidden { kind: HiddenKind::Control, range: next..end });
            }
            Verdict::Invisible => found.push(Hidden { kind: HiddenKind::Invisible, range: next..end }),
            Verdict::Bidi => bidi.control(character, next..end, &mut found),
        }
        if character == '\n' {
            bidi.end_of_line(&mut found);
        }
        at = end;
    }
    bidi.end_of_line(&mut found);
    found.sort_by_key(|hidden| (hidden.range.start, hidden.range.end));
    Ok(found)
}

/// The next byte at or behind `at` that is not plain ASCII, kana or an ideograph, or ends a line.
fn next_of_interest(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        at += match (*bytes.get(at)?, bytes.get(at + 1)) {
            (0x20..=0x7e | b'\t' | b'\r', _) => 1,
            // U+3000 to U+313F, and U+4000 to U+9FFF: three bytes each, and all of them stay.
            (0xe3, Some(0x80..=0x84)) | (0xe4..=0xe9, _) => 3,
            _ => return Some(at),
        };
    }
}

/// True for printable ASCII, tabs and line ends throughout, told at the speed of memory: a block is
/// compared without branches.
pub(crate) fn is_plain_ascii(bytes: &[u8]) -> bool {
    let is_plain =
        |byte: &u8| (*byte >= 0x20) & (*byte < 0x7f) | (*byte == b'\t') | (*byte == b'\r') | (*byte == b'\n');
    bytes.chunks(256).all(|block| block.iter().fold(true, |plain, byte| plain & is_plain(byte)))
}

enum Verdict {
    Plain,
    /// Stays, together with so many bytes behind it.
    Sequence(usize),
    /// Goes, together with so many bytes behind it.
    Control(usize),
    Invisible,
    Bidi,
}

fn verdict(character: char, before: char, rest: &str) -> Verdict {
    match character {
        '\t' | '\n' | '\r' => Verdict::Plain,
        '\u{1b}' | '\u{80}'..='\u{9f}' => Verdict::Control(escape_sequence(character, rest)),
        '\0'..='\u{1f}' | '\u{7f}' => Verdict::Control(0),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}' | '\u{200e}' | '\u{200f}' => {
            Verdict::Bidi
        }
        '\u{1f3f4}' => Verdict::Sequence(flag_tags(rest)),
        '\u{e0000}'..='\u{e007f}' => Verdict::Invisible,
        '\u{fe00}'..='\u{fe0f}' => keep_if(takes_variation(before)),
        '\u{e0100}'..='\u{e01ef}' => keep_if(is_ideograph(before)),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => keep_if(matches!(before, '\u{1820}'..='\u{18aa}')),
        '\u{200d}' => keep_if(joins(before, rest)),
        '\u{200c}' => keep_if(is_joining_script(before)),
        // Thai, Lao, Myanmar, Khmer and Tibetan are written without spaces; this one says where lines break.
        '\u{200b}' => keep_if(
            matches!(before, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'),
        ),
        '\u{115f}' | '\u{1160}' => keep_if(matches!(before, '\u{1100}'..='\u{11ff}')),
        '\u{180e}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{e0080}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}' => Verdict::Invisible,
        _ => Verdict::Plain,
    }
}

fn keep_if(has_meaning: bool) -> Verdict {
    if has_meaning { Verdict::Plain } else { Verdict::Invisible }
}

/// How many bytes behind an escape, or a C1 control, belong to its sequence (ECMA-48). A string without an
/// end is not one: only its beginning goes.
fn escape_sequence(character: char, rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (introducer, from) = match (character, bytes.first()) {
        ('\u{1b}', Some(second)) => (*second, 1),
        ('\u{90}'..='\u{9f}', _) => (character as u8 - 0x40, 0),
        _ => return 0,
    };
    let behind = bytes.get(from..).unwrap_or_default();
    match introducer {
        b'[' => {
            let parameters = behind.iter().take_while(|byte| matches!(byte, 0x20..=0x3f)).count();
            let ends = matches!(behind.get(parameters), Some(0x40..=0x7e));
            from + parameters + usize::from(ends)
        }
        b']' | b'P' | b'X' | b'^' | b'_' => from + string_len(behind),
        0x20..=0x2f => {
            let intermediates = behind.iter().take_while(|byte| matches!(byte, 0x20..=0x2f)).count();
            let ends = matches!(behind.get(intermediates), Some(0x30..=0x7e));
            from + intermediates + usize::from(ends)
        }
        0x30..=0x7e if character == '\u{1b}' => from,
        _ => 0,
    }
}

/// The length of a control string with its end, BEL or ST, on the same line; nothing where it has none.
fn string_len(behind: &[u8]) -> usize {
    let Some(end) = behind.iter().position(|byte| matches!(byte, 7 | 0x1b | b'\n' | 0xc2)) else { return 0 };
    match (behind.get(end), behind.get(end + 1)) {
        (Some(7), _) => end + 1,
        (Some(0x1b), Some(b'\\')) | (Some(0xc2), Some(0x9c)) => end + 2,
        _ => 0,
    }
}

/// The tags behind a black flag that make it the flag of a region: three to six letters or digits, and the
/// tag that ends them.
fn flag_tags(rest: &str) -> usize {
    let is_region = |tag: &char| matches!(tag, '\u{e0061}'..='\u{e007a}' | '\u{e0030}'..='\u{e0039}');
    let region = rest.chars().take_while(is_region).take(7).count();
    let ends = rest.chars().nth(region) == Some('\u{e007f}');
    if (3..=6).contains(&region) && ends { (region + 1) * 4 } else { 0 }
}

fn takes_variation(base: char) -> bool {
    match base {
        '0'..='9' | '#' | '*' | '©' | '®' => true,
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{200b}'..='\u{200f}' => false,
        _ => {
            base >= '\u{2010}' && !base.is_whitespace()
                || matches!(base, '\u{1000}'..='\u{109f}' | '\u{a840}'..='\u{a87f}')
        }
    }
}

fn is_ideograph(base: char) -> bool {
    matches!(base, '\u{3005}' | '\u{3007}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

fn is_emoji(character: char) -> bool {
    matches!(character, '\u{1f000}'..='\u{1faff}' | '\u{2190}'..='\u{2bff}' | '\u{fe0f}' | '\u{203c}' | '\u{3030}' | '\u{303d}')
}

/// A joiner between emoji, or in a script whose letters join.
fn joins(before: char, rest: &str) -> bool {
    let emoji = is_emoji(before) && rest.chars().next().is_some_and(is_emoji);
    emoji || is_joining_script(before)
}

/// Arabic to Khmer: where joiner and non-joiner choose the form of a letter.
fn is_joining_script(character: char) -> bool {
    matches!(character, '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Bidirectional controls of one line, which is as far as they reach.
#[derive(Default)]
struct Bidi {
    open: Vec<(char, Range<usize>)>,
    /// How many of them are isolates.
    isolates: usize,
    marks: Vec<Range<usize>>,
    has_right_to_left: bool,
}

impl Bidi {
    fn see(&mut self, character: char) {
        self.has_right_to_left |= matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    }

    fn control(&mut self, character: char, range: Range<usize>, found: &mut Vec<Hidden>) {
        let is_isolate = |opener: &char| matches!(opener, '\u{2066}'..='\u{2068}');
        match character {
            '\u{61c}' | '\u{200e}' | '\u{200f}' => self.marks.push(range),
            '\u{202c}' => match self.open.pop() {
                Some((opener, at)) if !is_isolate(&opener) => {
                    found.push(Hidden { kind: HiddenKind::Balanced, range: at });
                }
                other => {
                    self.open.extend(other);
                    found.push(Hidden { kind: HiddenKind::Unbalanced, range });
                }
            },
            '\u{2069}' if self.isolates == 0 => found.push(Hidden { kind: HiddenKind::Unbalanced, range }),
            '\u{2069}' => match self.open.iter().rposition(|(opener, _)| is_isolate(opener)) {
                Some(index) => {
                    self.isolates -= 1;
                    // Embeddings that an isolate ends around have no end of their own.
                    for (_, at) in self.open.drain(index + 1..) {
                        found.push(Hidden { kind: HiddenKind::Unbalanced, range: at });
                    }
                    let opened =
                        self.open.pop().map(|(_, at)| Hidden { kind: HiddenKind::Balanced, range: at });
                    found.extend(opened);
                }
                None => found.push(Hidden { kind: HiddenKind::Unbalanced, range }),
            },
            opener => {
                self.isolates += usize::from(is_isolate(&opener));
                self.open.push((opener, range));
            }
        }
    }

    fn end_of_line(&mut self, found: &mut Vec<Hidden>) {
        let unbalanced = |range| Hidden { kind: HiddenKind::Unbalanced, range };
        found.extend(self.open.drain(..).map(|(_, range)| unbalanced(range)));
        self.isolates = 0;
        let has_right_to_left = std::mem::take(&mut self.has_right_to_left);
        let marks = self.marks.drain(..);
        if has_right_to_left {
            marks.for_each(drop);
        } else {
            found.extend(marks.map(unbalanced));
        }
    }
}
