//! What is written of a content stream, run by run.

use std::{borrow::Cow, ops::Range};

use super::{Category, Kind, Used, operator::Row, token::Glance};
use crate::toolkits::deflate::{Run, Runs};

/// An operand of the operator at hand.
pub(super) struct Operand<'i> {
    pub(super) kind: Kind,
    /// Where it stands in what is written.
    start: usize,
    end: usize,
    pub(super) name: Option<Cow<'i, [u8]>>,
}

/// What is written of a stream. Tokens that are spelled as this writer spells them are not copied one by one:
/// they make a run of the source, which is copied when it ends.
pub(super) struct Writer<'i> {
    pub(super) input: &'i [u8],
    pub(super) output: Vec<u8>,
    /// What of the source is in `output`.
    pub(super) runs: Runs,
    /// The run, as a range of the source.
    run: Range<usize>,
    /// Single blanks of the run that are written as others: where they stand in the source, and what is written.
    blanks: Vec<(usize, u8)>,
    pub(super) operands: Vec<Operand<'i>>,
    /// How long the output was before the first operand of the operator at hand.
    pub(super) cut: usize,
    /// Names of the last operators, before they are counted in [`Content::used`].
    pub(super) recent: Vec<(Category, Cow<'i, [u8]>, u64)>,
}

/// How many names are kept at hand.
const RECENT: usize = 12;

/// How many blanks of a run may be written as others.
const BLANKS: usize = 4096;

/// Blanks that stay as they are.
fn is_written(blank: Option<&u8>) -> bool {
    matches!(blank, Some(b' ' | b'\n'))
}

impl<'i> Writer<'i> {
    pub(super) fn new(input: &'i [u8], output: Vec<u8>) -> Self {
        let (blanks, operands, recent) = (Vec::new(), Vec::new(), Vec::new());
        Self { input, output, runs: Runs::default(), run: 0..0, blanks, operands, cut: 0, recent }
    }

    /// How long the output is once the run is copied.
    pub(super) fn len(&self) -> usize {
        self.output.len() + self.run.len()
    }

    fn flush(&mut self) {
        let start = self.output.len();
        self.output.extend_from_slice(self.input.get(self.run.clone()).unwrap_or_default());
        let copied = self.output.get_mut(start..).unwrap_or_default();
        let mut from = self.run.start;
        let mut stands = |from: usize, end: usize| {
            self.runs.push(Run { from, to: start + (from - self.run.start), len: end - from });
        };
        for (place, blank) in self.blanks.drain(..) {
            if let Some(byte) = copied.get_mut(place - self.run.start) {
                *byte = blank;
            }
            stands(from, place);
            from = place + 1;
        }
        stands(from, self.run.end);
        self.run = 0..0;
    }

    pub(super) fn separate(&mut self) {
        if !self.output.is_empty() {
            self.output.push(self.blank());
        }
    }

    /// Writes the token at `token` of the source as it stands; says where it starts in the output.
    #[inline]
    pub(super) fn stand(&mut self, token: Range<usize>) -> usize {
        if !self.run.is_empty() {
            if self.goes_on(token.start, token.end, self.blank()) {
                return self.len() - token.len();
            }
            self.flush();
        }
        let len = token.len();
        let before = token.start.checked_sub(1).filter(|_| !self.output.is_empty());
        self.run = match before {
            Some(before) if is_written(self.input.get(before)) => before..token.end,
            _ => {
                self.separate();
                token
            }
        };
        self.len() - len
    }

    /// What parts the next token from the last, where something must be put there: operators end their lines.
    fn blank(&self) -> u8 {
        if self.operands.is_empty() { b'\n' } else { b' ' }
    }

    /// Lets the run go on up to `end`, when what starts at `start` is one byte behind it. `blank` is written there where
    /// that byte may not stay.
    #[inline]
    fn goes_on(&mut self, start: usize, end: usize, blank: u8) -> bool {
        // What parts two tokens and is one byte is white space: a comment has a line end, too.
        if self.run.is_empty() || self.run.end + 1 != start || self.blanks.len() >= BLANKS {
            return false;
        }
        if !is_written(self.input.get(self.run.end)) {
            self.blanks.push((self.run.end, blank));
        }
        self.run.end = end;
        true
    }

    /// Writes a whole operator.
    #[inline]
    pub(super) fn stand_whole(&mut self, at: usize, glance: &Glance<'_>, row: &Row) {
        if glance.is_tidy {
            if !self.goes_on(at, glance.end, b'\n') {
                self.stand(at..glance.end);
            }
            return;
        }
        self.flush();
        self.separate();
        for operand in glance.operands() {
            self.output.extend_from_slice(self.input.get(operand).unwrap_or_default());
            self.output.push(b' ');
        }
        self.output.extend_from_slice(row.letters);
    }

    /// Makes room for a token that is spelled anew; says where it starts in the output.
    pub(super) fn spell(&mut self) -> usize {
        self.flush();
        self.separate();
        self.output.len()
    }

    pub(super) fn operand(&mut self, kind: Kind, start: usize, name: Option<Cow<'i, [u8]>>) {
        let end = self.len();
        self.operands.push(Operand { kind, start, end, name });
    }

    /// What was written of the operator at hand.
    pub(super) fn at_hand(&mut self) -> &[u8] {
        self.flush();
        self.output.get(self.cut..).unwrap_or_default()
    }

    /// Takes back what was written of the operator at hand.
    pub(super) fn take_back(&mut self) {
        self.flush();
        self.output.truncate(self.cut);
        self.runs.truncate(self.cut);
        self.operands.clear();
    }

    /// Forgets all but the last `wanted` operands.
    pub(super) fn keep_last(&mut self, wanted: usize) {
        let skipped = self.operands.len().saturating_sub(wanted);
        if skipped == 0 {
            return;
        }
        self.flush();
        let taken: Vec<Operand<'i>> = self.operands.drain(..).skip(skipped).collect();
        let written = self.output.split_off(self.cut.min(self.output.len()));
        self.runs.truncate(self.cut);
        for mut operand in taken {
            let bytes = written.get(operand.start - self.cut..operand.end - self.cut).unwrap_or_default();
            self.separate();
            operand.start = self.output.len();
            self.output.extend_from_slice(bytes);
            operand.end = self.output.len();
            self.operands.push(operand);
        }
    }

    pub(super) fn uses(&mut self, category: Category, name: Cow<'i, [u8]>, used: &mut Used) {
        // Device colour spaces are built in; the default ones of a resource dictionary apply without being named.
        if category == Category::ColorSpace && matches!(&*name, b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK")
        {
            return;
        }
        let mut recent = self.recent.iter_mut();
        if let Some((_, _, count)) = recent.find(|known| known.0 == category && known.1 == name) {
            *count += 1;
            return;
        }
        if self.recent.len() >= RECENT {
            self.count(used);
        }
        self.recent.push((category, name, 1));
    }

    pub(super) fn count(&mut self, used: &mut Used) {
        for (category, name, count) in self.recent.drain(..) {
            *used.entry((category, name.into_owned())).or_insert(0) += count;
        }
    }
}
