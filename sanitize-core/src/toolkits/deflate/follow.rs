//! From the text that was read to the one that is written: which copies are still true.

use super::{
    alphabet::LONGEST_COPY,
    symbols::{Symbols, distance, length, says_little_twice},
    write::Stream,
};

/// Bytes of one text that stand in another as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where they begin in the text that was read.
    pub(crate) from: usize,
    /// Where they begin in the text that is written.
    pub(crate) to: usize,
    pub(crate) len: usize,
}

impl Run {
    fn end(&self) -> usize {
        self.from.saturating_add(self.len)
    }
}

/// What of a text that was read stands in the one that is written, in the order of both.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    runs: Vec<Run>,
    /// There were too many, and none is known any more.
    too_many: bool,
}

/// A text in more pieces than that has changed too much for them to be of use.
const MOST: usize = 1 << 20;

impl Runs {
    /// All of a text of `len` bytes, which is written as it was read.
    pub(crate) fn of_all(len: usize) -> Self {
        Self { runs: vec![Run { from: 0, to: 0, len }], too_many: false }
    }

    /// Adds a run behind the others; joins it with the last where nothing came in between.
    pub(crate) fn push(&mut self, run: Run) {
        let is_full = self.runs.len() >= MOST;
        match self.runs.last_mut() {
            _ if run.len == 0 || self.too_many => (),
            Some(last) if last.end() == run.from && last.to.saturating_add(last.len) == run.to => {
                last.len += run.len;
            }
            _ if is_full => *self = Self { runs: Vec::new(), too_many: true },
            _ => self.runs.push(run),
        }
    }

    /// Forgets what stands from `to` on in the text that is written.
    pub(crate) fn truncate(&mut self, to: usize) {
        while let Some(last) = self.runs.last_mut() {
            if last.to < to {
                last.len = last.len.min(to - last.to);
                break;
            }
            self.runs.pop();
        }
    }

    /// The same runs of a text that has `offset` bytes more in front.
    pub(crate) fn behind(mut self, offset: usize) -> Self {
        self.runs.iter_mut().for_each(|run| run.from = run.from.saturating_add(offset));
        self
    }

    #[cfg(test)]
    pub(crate) fn iter(&self) -> impl Iterator<Item = Run> + '_ {
        self.runs.iter().copied()
    }

    /// Whether the runs are of these texts: rising in both, and the same bytes in both.
    fn are_true(&self, source: &[u8], plain: &[u8]) -> bool {
        let (mut from, mut to) = (0, 0);
        self.runs.iter().all(|run| {
            let rises = from <= run.from && to <= run.to;
            (from, to) = (run.end(), run.to.saturating_add(run.len));
            let same = || Some(source.get(run.from..from)? == plain.get(run.to..to)?);
            rises && same() == Some(true)
        })
    }
}

/// Writes `plain`, in which `runs` of `source` stand, whose symbols are `symbols`, behind what `output` holds: in the
/// copies that are still true, and in literals.
///
/// `None` where the runs are not of these texts, or so much changed that a new search for copies is worth its time.
pub(crate) fn follow(
    symbols: &Symbols,
    source: &[u8],
    runs: &Runs,
    plain: &[u8],
    output: Vec<u8>,
) -> Option<Vec<u8>> {
    if !runs.are_true(source, plain) {
        return None;
    }
    let words = symbols.words();
    let stream = Stream::onto(output);
    let mut follower = Follower { runs: &runs.runs, plain, stream, end: 0, growing: (0, 0) };
    // The symbol at hand, and where in the source it is.
    let (mut index, mut at) = (0, 0);
    for (number, run) in runs.runs.iter().enumerate() {
        follower.literals_to(run.to);
        while let Some(word) = words.get(index)
            && at < run.end()
        {
            let after = at + length(*word);
            if after <= run.from {
                (index, at) = (index + 1, after);
                continue;
            }
            if at < run.from || after > run.end() {
                // What is left of it in this run.
                follower.pieces(number, at.max(run.from)..after.min(run.end()), distance(*word));
                if after > run.end() {
                    break;
                }
                (index, at) = (index + 1, after);
                continue;
            }
            // As long as both places moved alike.
            let (first, mut count) = (index, 0);
            let rest = words.get(first..).unwrap_or_default();
            let mut next = at;
            for word in rest {
                let after = next + length(*word);
                if after > run.end() || distance(*word) > next - run.from {
                    break;
                }
                (next, count) = (after, count + 1);
            }
            if count > 0 {
                follower.settle();
                follower.stream.extend(rest.get(..count).unwrap_or_default());
                follower.end += next - at;
            }
            (index, at) = (first + count, next);
            if count == 0 {
                follower.pieces(number, at..after, distance(*word));
                (index, at) = (index + 1, after);
            }
        }
        follower.literals_to(run.to + run.len);
    }
    follower.settle();
    follower.literals_to(plain.len());
    let symbols = follower.stream.symbols();
    let is_much = symbols.saturating_sub(words.len()) > words.len() / 4 + plain.len() / 32;
    if is_much || says_little_twice(symbols, plain.len()) { None } else { follower.stream.finish() }
}

struct Follower<'a> {
    runs: &'a [Run],
    plain: &'a [u8],
    stream: Stream,
    /// How much of `plain` the symbols are.
    end: usize,
    /// Behind that, a copy that may still grow: its length and its distance.
    growing: (usize, usize),
}

impl Follower<'_> {
    /// Adds the copy that was growing.
    fn settle(&mut self) {
        let (length, distance) = std::mem::take(&mut self.growing);
        let end = self.end + length;
        let mut left = length;
        while left > 0 && self.stream.copy(left.min(LONGEST_COPY), distance) {
            let part = left.min(LONGEST_COPY);
            self.end += part;
            left -= part;
        }
        self.literals_to(end);
    }

    /// Adds a copy behind what there is, or lets the last one grow by it: what was left out between two pieces of a
    /// copy was mostly left out of what it copies, too.
    fn piece(&mut self, length: usize, distance: usize) {
        if self.growing.1 != distance {
            self.settle();
            self.growing.1 = distance;
        }
        self.growing.0 += length;
    }

    /// Adds literals up to `to`.
    fn literals_to(&mut self, to: usize) {
        if to > self.end + self.growing.0 {
            self.settle();
            self.stream.literals(self.plain.get(self.end..to).unwrap_or_default());
            self.end = to;
        }
    }

    /// Takes over what is left of a copy to `places` of the source, all of which stand in the run of this number;
    /// `distance` is 0 for a literal. What stood at the other end of it may have moved apart or be gone.
    #[cold]
    #[inline(never)]
    fn pieces(&mut self, number: usize, places: std::ops::Range<usize>, distance: usize) {
        let Some(run) = self.runs.get(number) else { return };
        let (mut place, to) = (places.start, |place: usize| run.to + (place - run.from));
        while place < places.end && distance != 0 {
            let Some(origin) = place.checked_sub(distance) else { break };
            let known = self.runs.partition_point(|other| other.end() <= origin);
            let Some(other) = self.runs.get(known).filter(|other| other.from <= origin) else {
                // What stood there is gone, up to where the next run begins.
                let next = self.runs.get(known).map_or(places.end, |other| other.from + distance);
                place = next.min(places.end).max(place + 1);
                self.literals_to(to(place));
                continue;
            };
            let end = places.end.min(other.end() + distance);
            self.piece(end - place, to(place).saturating_sub(other.to + (origin - other.from)));
            place = end;
        }
        self.literals_to(to(places.end));
    }
}
