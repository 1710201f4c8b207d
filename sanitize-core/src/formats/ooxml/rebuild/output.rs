//! What an XML part becomes: runs of the source as they stand, with changes in between.

use std::borrow::Cow;

use crate::{
    budget::Budget,
    toolkits::deflate::{Run, Runs},
};

/// Output that copies unchanged source in as few pieces as there are changes.
#[derive(Debug)]
pub(super) struct Output<'a> {
    source: &'a [u8],
    written: Vec<u8>,
    /// Source before this place is in `written`, or was left out.
    copied: usize,
    /// What of the source is in `written`.
    runs: Runs,
}

/// A state to which the output can be put back: that before the source at `from`, which is as long as `to` says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    from: usize,
    to: usize,
}

impl<'a> Output<'a> {
    /// Goes on behind `start`, which must have room for about the length of `source`.
    pub(super) fn new(source: &'a [u8], start: Vec<u8>) -> Self {
        Self { source, written: start, copied: 0, runs: Runs::default() }
    }

    /// Writes all source up to `position` that is still owed.
    fn flush(&mut self, position: usize) {
        let owed = self.source.get(self.copied..position).unwrap_or_default();
        self.runs.push(Run { from: self.copied, to: self.written.len(), len: owed.len() });
        self.written.extend_from_slice(owed);
        self.copied = self.copied.max(position);
    }

    /// Leaves the source between `start` and `end` out.
    pub(super) fn omit(&mut self, (start, end): (usize, usize)) {
        self.flush(start);
        self.copied = self.copied.max(end);
    }

    /// Lets `write` put something in the place of the source between `start` and `end`.
    pub(super) fn replace(&mut self, span: (usize, usize), write: impl FnOnce(&mut Vec<u8>)) {
        self.omit(span);
        write(&mut self.written);
    }

    /// Puts `to` in the place of `from` in the last tag that is written, where it stands there.
    pub(super) fn amend_last_tag(&mut self, from: &str, to: &str) {
        let Some(tag) = self.written.iter().rposition(|byte| *byte == b'<') else { return };
        let written = self.written.get(tag..).unwrap_or_default();
        let Some(place) = written.windows(from.len()).position(|window| window == from.as_bytes()) else {
            return;
        };
        let rest = self.written.split_off(tag + place);
        self.runs.truncate(tag + place);
        self.written.extend_from_slice(to.as_bytes());
        self.written.extend_from_slice(rest.get(from.len()..).unwrap_or_default());
    }

    /// Remembers the output as it is before the source at `position`.
    pub(super) fn mark(&self, position: usize) -> Mark {
        // What is owed stays owed: most marks are passed by, and a part without changes is never copied.
        Mark { from: position, to: self.written.len() + position.saturating_sub(self.copied) }
    }

    /// What is written between `mark` and the source at `position`.
    pub(super) fn since(&mut self, mark: Mark, position: usize) -> &[u8] {
        self.flush(position);
        self.written.get(mark.to..).unwrap_or_default()
    }

    /// Forgets all output since `mark`, and leaves out the source up to `position`.
    pub(super) fn roll_back(&mut self, mark: Mark, position: usize) {
        self.flush(mark.from);
        self.written.truncate(mark.to);
        self.runs.truncate(mark.to);
        self.copied = self.copied.max(position);
    }

    /// The whole output, the rest of the source included, and what of `input` it is. The source stands in `input` from
    /// `offset` on, if at all. Where nothing changed, `input` is the output.
    pub(super) fn finish<'i>(
        mut self,
        input: &'i [u8],
        offset: Option<usize>,
        budget: &Budget,
    ) -> (Cow<'i, [u8]>, Runs) {
        if offset.is_some_and(|offset| self.is_input(input, offset)) {
            budget.give_back(self.written);
            return (Cow::Borrowed(input), Runs::of_all(input.len()));
        }
        self.flush(self.source.len());
        let runs = offset.map(|offset| self.runs.behind(offset)).unwrap_or_default();
        (Cow::Owned(self.written), runs)
    }

    /// Whether what is written is how `input` begins, and what is still owed how it ends.
    fn is_input(&self, input: &[u8], offset: usize) -> bool {
        let is_its_end = offset + self.source.len() == input.len();
        is_its_end && input.get(..offset + self.copied) == Some(&self.written[..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 0, Cancel::new())
    }

    #[test]
    fn changes_stand_between_copied_runs() {
        let mut output = Output::new(b"abcdefghij", b"!".to_vec());
        output.replace((1, 3), |written| written.extend_from_slice(b"XY"));
        output.omit((4, 5));
        let mark = output.mark(6);
        output.replace((7, 8), |written| written.push(b'Z'));
        output.roll_back(mark, 9);
        let (written, runs) = output.finish(b"<>abcdefghij", Some(2), &budget());
        assert_eq!(*written, *b"!aXYdfj");
        let run = |from, to, len| Run { from, to, len };
        assert_eq!(
            runs.iter().collect::<Vec<_>>(),
            [run(2, 1, 1), run(5, 4, 1), run(7, 5, 1), run(11, 6, 1)]
        );
    }

    #[test]
    fn the_last_tag_can_be_amended() {
        let mut output = Output::new(b"<a t='x'><c t='x'><f/>", Vec::new());
        output.omit((18, 22));
        output.amend_last_tag("t='x'", "t='yy'");
        output.amend_last_tag("t='z'", "");
        let (written, runs) = output.finish(b"<a t='x'><c t='x'><f/>", Some(0), &budget());
        assert_eq!(*written, *b"<a t='x'><c t='yy'>");
        assert_eq!(runs.iter().collect::<Vec<_>>(), [Run { from: 0, to: 0, len: 12 }]);
    }

    #[test]
    fn an_output_without_changes_is_the_input() {
        let mut output = Output::new(b"\nabc", b"<?xml?>\n".to_vec());
        let is_same = |output: &Output<'_>| output.is_input(b"<?xml?>\nabc", 7);
        assert!(!is_same(&output), "the line's end stands there twice");
        output.omit((0, 1));
        assert!(is_same(&output) && !output.is_input(b"<?xml?>\nabcd", 7));
        assert!(!output.is_input(b"<?xm1?>\nabc", 7));
        let mark = output.mark(2);
        assert!(is_same(&output));
        output.replace((2, 3), |written| written.push(b'b'));
        assert!(is_same(&output), "written anew as it was");
        output.roll_back(mark, 3);
        assert!(!is_same(&output));
    }
}
