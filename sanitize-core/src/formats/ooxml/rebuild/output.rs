//! What an XML part becomes: runs of the source as they stand, with changes in between.

use crate::toolkits::deflate::{Run, Runs};

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

/// A state to which the output can be put back.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark(usize);

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

    /// Remembers the output as it is before the source at `position`.
    pub(super) fn mark(&mut self, position: usize) -> Mark {
        self.flush(position);
        Mark(self.written.len())
    }

    /// What was written since `mark`, as far as it is in the output.
    pub(super) fn since(&self, mark: Mark) -> &[u8] {
        self.written.get(mark.0..).unwrap_or_default()
    }

    /// Forgets all output since `mark`, and leaves out the source up to `position`.
    pub(super) fn roll_back(&mut self, mark: Mark, position: usize) {
        self.written.truncate(mark.0);
        self.runs.truncate(mark.0);
        self.copied = self.copied.max(position);
    }

    /// The whole output, the rest of the source included, and what of the source it is.
    pub(super) fn finish(mut self) -> (Vec<u8>, Runs) {
        self.flush(self.source.len());
        (self.written, self.runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_stand_between_copied_runs() {
        let mut output = Output::new(b"abcdefghij", b"!".to_vec());
        output.replace((1, 3), |written| written.extend_from_slice(b"XY"));
        output.omit((4, 5));
        let mark = output.mark(6);
        output.replace((7, 8), |written| written.push(b'Z'));
        output.roll_back(mark, 9);
        let (written, runs) = output.finish();
        assert_eq!(written, b"!aXYdfj");
        let run = |from, to, len| Run { from, to, len };
        assert_eq!(runs.iter().collect::<Vec<_>>(), [run(0, 1, 1), run(3, 4, 1), run(5, 5, 1), run(9, 6, 1)]);
    }
}
