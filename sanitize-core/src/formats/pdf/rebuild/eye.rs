//! Follows what a content stream shows, operator by operator: text that nobody sees, text under rectangles, and
//! text that reads as something else.

use memchr::memmem;

use super::content::Watch;

/// How many texts and rectangles are remembered.
const REMEMBERED: usize = 512;
/// Text below this size, in points, is not read by anyone.
const TINY: f64 = 1.0;

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
    pub(crate) fn see(&mut self, operands: &[u8], operator: &[u8]) -> bool {
        match operator {
            b"q" => self.states.push(self.state),
            b"Q" => {
                if let Some(state) = self.states.pop() {
                    self.state = state;
                }
            }
            b"cm" => {
                if let Some(matrix) = numbers::<6>(operands) {
                    self.state.matrix = product(matrix, self.state.matrix);
                }
            }
            b"BT" => (self.text, self.line) = (UNIT, UNIT),
            b"Tf" => self.state.size = last_number(operands),
            b"TL" => self.state.leading = last_number(operands),
            b"Tr" => self.state.invisible = matches!(last_number(operands) as i64, 3 | 7),
            b"Tm" => {
                if let Some(matrix) = numbers::<6>(operands) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            b"Td" | b"TD" => {
                if let Some([x, y]) = numbers::<2>(operands) {
                    if operator == b"TD" {
                        self.state.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"g" => self.colour(numbers(operands) == Some([1.0])),
            b"rg" => self.colour(numbers(operands) == Some([1.0; 3])),
            b"k" => self.colour(numbers(operands) == Some([0.0; 4])),
            b"sc" | b"cs" => self.colour(false),
            b"scn" => {
                self.colour(false);
                self.state.unclear = operands.contains(&b'/');
            }
            b"gs" => self.state.unclear = true,
            b"re" => {
                if !self.curved
                    && self.path.len() < REMEMBERED
                    && let Some([x, y, width, height]) = numbers::<4>(operands)
                {
                    let (a, b) = place(self.state.matrix, x, y);
                    let (c, d) = place(self.state.matrix, x + width, y + height);
                    self.path.push([a.min(c), b.min(d), a.max(c), b.max(d)]);
                }
            }
            b"m" | b"l" | b"c" | b"v" | b"y" => self.curved = true,
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => self.filled(),
            b"S" | b"s" | b"n" => self.new_path(),
            b"sh" | b"Do" => self.painted = true,
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                if operator == b"'" || operator == b"\"" {
                    self.next_line(0.0, -self.state.leading);
                }
                let hidden = self.text_is_hidden(operands.len());
                self.seen.hidden_text |= hidden;
                return hidden;
            }
            b"BDC" | b"BMC" => {
                if let Some(at) = memmem::find(operands, b"/ActualText") {
                    let said = operands.len().saturating_sub(at + 15);
                    self.replacements.push(Replacement { depth: self.marks, said, before: self.letters });
                }
                self.marks += 1;
            }
            b"EMC" => {
                self.marks = self.marks.saturating_sub(1);
                if let Some(Replacement { said, before, .. }) =
                    self.replacements.pop_if(|replacement| replacement.depth == self.marks)
                {
                    let shown = self.letters.saturating_sub(before);
                    // Twice as long for UTF-16, and once more for ligatures and figures.
                    self.seen.replaced_text |= said > 4 * shown + 32;
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
    fn operator(&mut self, operands: &[u8], operator: &[u8]) {
        self.see(operands, operator);
    }

    fn picture(&mut self) {
        self.painted = true;
    }
}

/// The powers of ten that a number of double precision holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The number that `text` starts with, up to white space or its end, and how long it is.
#[inline]
fn leading(text: &[u8]) -> Option<(f64, usize)> {
    let (sign, start) = match text.first()? {
        b'-' => (-1.0, 1),
        b'+' => (1.0, 1),
        _ => (1.0, 0),
    };
    let (mut value, mut places, mut dots, mut end) = (0_u64, 0_usize, 0_usize, start);
    while let Some(byte) = text.get(end) {
        match byte {
            b'0'..=b'9' => {
                value = value.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                places += dots;
            }
            b'.' => dots += 1,
            byte if byte.is_ascii_whitespace() => break,
            _ => return None,
        }
        end += 1;
    }
    if dots > 1 || end - start == dots {
        return None;
    }
    // Fifteen digits and a dot, or sixteen digits, are rounded once.
    if end - start > 16 {
        let value = std::str::from_utf8(text.get(..end)?).ok()?.parse().ok()?;
        return Some((value, end));
    }
    Some((sign * (value as f64 / TENS.get(places)?), end))
}

fn number(text: &[u8]) -> Option<f64> {
    leading(text).filter(|(_, len)| *len == text.len()).map(|(value, _)| value)
}

fn last_number(operands: &[u8]) -> f64 {
    operands.rsplit(u8::is_ascii_whitespace).next().and_then(number).unwrap_or(0.0)
}

fn numbers<const N: usize>(operands: &[u8]) -> Option<[f64; N]> {
    let mut found = [0.0; N];
    let mut rest = operands;
    for slot in &mut found {
        rest = rest.trim_ascii_start();
        let (value, len) = leading(rest)?;
        *slot = value;
        rest = rest.get(len..)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_standard_library_reads() {
        for text in [
            "0",
            "-0.5",
            "+3",
            "12.",
            ".25",
            "595.2756",
            "123456789012345.6",
            "9007199254740993",
            "0.000000000000001",
        ] {
            assert_eq!(number(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in ["", "-", ".", "1.2.3", "--1", "1-2"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn marks_without_replacement_text_cost_nothing() {
        let mut eye = Eye::new(None);
        for _ in 0..100_000 {
            eye.see(b"/P", b"BMC");
        }
        eye.see(b"/Span <</ActualText(0123456789012345678901234567890123456789)>>", b"BDC");
        assert_eq!(eye.replacements.len(), 1);
        eye.see(b"", b"EMC");
        assert!(eye.seen().replaced_text);
        eye.see(b"", b"EMC");
        assert!(eye.replacements.is_empty());
    }
}
