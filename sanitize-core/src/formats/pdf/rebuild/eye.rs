//! Follows what a content stream shows, operator by operator: text that nobody sees, text under rectangles, and
//! text that reads as something else.

use memchr::memmem;

use super::content::{Operands, Operator, Watch};

/// How many texts and rectangles are remembered.
const REMEMBERED: usize = 512;
/// Text below this size, in points, is not read by anyone.
const TINY: f64 = 1.0;

/// Replacement text of so many bytes is never far more than what it replaces.
const SHORT_REPLACEMENT: usize = 32;

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Text that is drawn without colour, in white on nothing, too small to read, or outside the page.
    pub(crate) hidden_text: bool,
    /// A filled rectangle lies over text.
    pub(crate) covered_text: bool,
    /// Replacement text says far more than what it replaces.
    pub(crate) replaced_text: bool,
}

type Matrix = [f64; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn product(a: Matrix, b: Matrix) -> Matrix {
    let [a0, a1, a2, a3, a4, a5] = a;
    let [b0, b1, b2, b3, b4, b5] = b;
    [
        a0 * b0 + a1 * b2,
        a0 * b1 + a1 * b3,
        a2 * b0 + a3 * b2,
        a2 * b1 + a3 * b3,
        a4 * b0 + a5 * b2 + b4,
        a4 * b1 + a5 * b3 + b5,
    ]
}

fn place(matrix: Matrix, x: f64, y: f64) -> (f64, f64) {
    let [a, b, c, d, e, f] = matrix;
    (a * x + c * y + e, b * x + d * y + f)
}

/// The part of the graphics state that says what is seen.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    matrix: Matrix,
    size: f64,
    leading: f64,
    invisible: bool,
    white: bool,
    /// Filled with a pattern, or through a state that may be transparent.
    unclear: bool,
}

/// Marked content with replacement text.
#[derive(Debug)]
struct Replacement {
    /// How many marks were open around it.
    depth: u64,
    /// Bytes of replacement text.
    said: usize,
    /// Bytes of text that were shown before.
    before: usize,
}

/// Who follows a stream, and one stream after the other.
#[derive(Debug, Default)]
pub(crate) struct Eye {
    /// The part of the page that is shown; `None` within forms, whose place is not known.
    shown: Option<[f64; 4]>,
    seen: Seen,
    state: State,
    states: Vec<State>,
    marks: u64,
    replacements: Vec<Replacement>,
    text: Matrix,
    line: Matrix,
    /// Where texts start, and what was painted.
    texts: Vec<(f64, f64)>,
    boxes: Vec<[f64; 4]>,
    /// Something was painted whose shape is not known.
    painted: bool,
    /// Rectangles of the path that is being made.
    path: Vec<[f64; 4]>,
    /// The path is more than rectangles.
    curved: bool,
    /// Bytes of text shown so far.
    letters: usize,
}

impl Eye {
    pub(crate) fn new(shown: Option<[f64; 4]>) -> Self {
        let mut eye = Self::default();
        eye.open(shown);
        eye
    }

    /// Starts with the next stream.
    pub(crate) fn open(&mut self, shown: Option<[f64; 4]>) {
        let Self { mut states, mut texts, mut boxes, mut path, .. } = std::mem::take(self);
        states.clear();
        texts.clear();
        boxes.clear();
        path.clear();
        let state = State { matrix: UNIT, ..State::default() };
        let (text, line) = (UNIT, UNIT);
        *self = Self { shown, state, text, line, states, texts, boxes, path, ..Self::default() };
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen
    }

    /// Takes note of an operator; true for one that shows text nobody sees.
    pub(crate) fn see(&mut self, operator: Operator, operands: &impl Operands) -> bool {
        match operator {
            Operator::Save => self.states.push(self.state),
            Operator::Restore => {
                if let Some(state) = self.states.pop() {
                    self.state = state;
                }
            }
            Operator::Concatenate => {
                if let Some(matrix) = operands.numbers::<6>() {
                    self.state.matrix = product(matrix, self.state.matrix);
                }
            }
            Operator::BeginText => (self.text, self.line) = (UNIT, UNIT),
            Operator::Font => self.state.size = operands.last_number().unwrap_or(0.0),
            Operator::Leading => self.state.leading = operands.last_number().unwrap_or(0.0),
            Operator::RenderingMode => {
                self.state.invisible = matches!(operands.last_number().unwrap_or(0.0) as i64, 3 | 7);
            }
            Operator::TextMatrix => {
                if let Some(matrix) = operands.numbers::<6>() {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            Operator::MoveText | Operator::MoveTextLeading => {
                if let Some([x, y]) = operands.numbers::<2>() {
                    if operator == Operator::MoveTextLeading {
                        self.state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            Operator::NextLine => self.next_line(0.0, -self.state.leading),
            Operator::FillGray => self.colour(operands.numbers() == Some([1.0])),
            Operator::FillRgb => self.colour(operands.numbers() == Some([1.0; 3])),
            Operator::FillCmyk => self.colour(operands.numbers() == Some([0.0; 4])),
            Operator::FillSpace => self.colour(false),
            Operator::FillColor => {
                self.colour(false);
                // The name of a pattern.
                self.state.unclear = operands.text().contains(&b'/');
            }
            Operator::GraphicsState => self.state.unclear = true,
            Operator::Rectangle => {
                if !self.curved
                    && self.path.len() < REMEMBERED
                    && let Some([x, y, width, height]) = operands.numbers::<4>()
                {
                    let (a, b) = place(self.state.matrix, x, y);
                    let (c, d) = place(self.state.matrix, x + width, y + height);
                    self.path.push([a.min(c), b.min(d), a.max(c), b.max(d)]);
                }
            }
            Operator::Move
            | Operator::Line
            | Operator::Curve
            | Operator::CurveFromHere
            | Operator::CurveToEnd => self.curved = true,
            Operator::Fill
            | Operator::FillEvenOdd
            | Operator::FillStroke
            | Operator::FillStrokeEvenOdd
            | Operator::CloseFillStroke
            | Operator::CloseFillStrokeEvenOdd => self.filled(),
            Operator::Stroke | Operator::CloseStroke | Operator::EndPath => self.new_path(),
            Operator::Shade | Operator::Paint => self.painted = true,
            Operator::Show
            | Operator::ShowSpaced
            | Operator::ShowOnNextLine
            | Operator::ShowOnNextLineSpaced => {
                if matches!(operator, Operator::ShowOnNextLine | Operator::ShowOnNextLineSpaced) {
                    self.next_line(0.0, -self.state.leading);
                }
                let hidden = self.text_is_hidden(operands.text().len());
                self.seen.hidden_text |= hidden;
                return hidden;
            }
            Operator::BeginMarkedList | Operator::BeginMarked => {
                let operands = operands.text();
                if operands.len() > SHORT_REPLACEMENT
                    && let Some(at) = memmem::find(operands, b"/ActualText")
                {
                    let said = operands.len().saturating_sub(at + 15);
                    self.replacements.push(Replacement { depth: self.marks, said, before: self.letters });
                }
                self.marks += 1;
            }
            Operator::EndMarked => {
                self.marks = self.marks.saturating_sub(1);
                if let Some(Replacement { said, before, .. }) =
                    self.replacements.pop_if(|replacement| replacement.depth == self.marks)
                {
                    let shown = self.letters.saturating_sub(before);
                    // Twice as long for UTF-16, and once more for ligatures and figures.
                    self.seen.replaced_text |= said > 4 * shown + SHORT_REPLACEMENT;
                }
            }
            _ => (),
        }
        false
    }

    fn colour(&mut self, white: bool) {
        self.state.white = white;
        self.state.unclear = false;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn new_path(&mut self) {
        self.path.clear();
        self.curved = false;
    }

    /// A path was filled: rectangles are remembered, and text below them found.
    fn filled(&mut self) {
        if self.curved || self.state.unclear {
            self.painted = true;
            return self.new_path();
        }
        for one in &self.path {
            let [left, bottom, right, top] = *one;
            if !self.seen.covered_text {
                let under = |(x, y): &(f64, f64)| *x >= left && *x < right && *y > bottom && *y < top;
                self.seen.covered_text = self.texts.iter().any(under);
            }
            if self.state.white {
                continue;
            }
            if self.boxes.len() < REMEMBERED {
                self.boxes.push(*one);
            } else {
                self.painted = true;
            }
        }
        self.new_path();
    }

    fn text_is_hidden(&mut self, letters: usize) -> bool {
        let letters = letters.saturating_sub(3);
        self.letters += letters;
        let state = self.state;
        if state.invisible {
            return true;
        }
        let Some([left, bottom, right, top]) = self.shown else { return false };
        let matrix = product(self.text, state.matrix);
        let (x, y) = place(matrix, 0.0, 0.0);
        let [a, b, c, d, ..] = matrix;
        let size = state.size.abs() * (a * d - b * c).abs().sqrt();
        if self.texts.len() < REMEMBERED {
            self.texts.push((x, y));
        }
        // Only the start of a text is known; how far it may reach is guessed on the long side.
        let reach = size * (letters as f64 + 1.0);
        let outside = x > right + size
            || y > top + size
            || y < bottom - size && c.abs() <= a.abs() && b == 0.0
            || x < left - reach && b == 0.0 && a > 0.0;
        let tiny = state.size != 0.0 && size < TINY && letters > 1;
        let on_nothing = || {
            !self.painted
                && !self.boxes.iter().any(|[left, bottom, right, top]| {
                    x >= left - size && x <= right + size && y >= bottom - size && y <= top + size
                })
        };
        outside || tiny || state.white && !state.unclear && on_nothing()
    }
}

impl Watch for Eye {
    #[inline]
    fn operator(&mut self, operator: Operator, operands: &impl Operands) {
        self.see(operator, operands);
    }

    fn picture(&mut self) {
        self.painted = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pdf::rebuild::content::Written;

    #[test]
    fn marks_without_replacement_text_cost_nothing() {
        let mut eye = Eye::new(None);
        for _ in 0..100_000 {
            eye.see(Operator::BeginMarked, &Written(b"/P"));
        }
        let text = b"/Span <</ActualText(0123456789012345678901234567890123456789)>>";
        eye.see(Operator::BeginMarkedList, &Written(text));
        assert_eq!(eye.replacements.len(), 1);
        eye.see(Operator::EndMarked, &Written(b""));
        assert!(eye.seen().replaced_text);
        eye.see(Operator::EndMarked, &Written(b""));
        assert!(eye.replacements.is_empty());
    }
}
