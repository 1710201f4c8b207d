//! What a written content stream shows: text nobody sees is found, and left out where the policy says so.
//!
//! Reads the one form in which content is written, an operator a line, so that most lines are told apart by
//! their last letters. Streams in which nothing can be hidden are not read at all.

use memchr::memmem;

use super::content::Category;

/// What the reader of a stream knows about its surroundings.
pub(crate) struct Surroundings<'a> {
    /// The part of the page that is shown; `None` within forms, whose place is not known.
    pub(crate) shown: Option<[f64; 4]>,
    /// True where `shown` is less than the page.
    pub(crate) cropped: bool,
    /// True for the name of a layer that is off, among property lists.
    pub(crate) layer_is_off: &'a dyn Fn(&[u8]) -> bool,
    /// True for the name of a form or picture on a layer that is off.
    pub(crate) painted_is_off: &'a dyn Fn(&[u8]) -> bool,
    /// True for a resource that does not exist.
    pub(crate) missing: &'a dyn Fn(Category, &[u8]) -> bool,
    /// Some resource does not exist.
    pub(crate) any_missing: bool,
    /// Layers are taken away: what is off goes, and what is on stays without a mark.
    pub(crate) without_layers: bool,
    /// Text nobody sees goes.
    pub(crate) without_hidden_text: bool,
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Text that is drawn without colour, in white on nothing, too small to read, or outside the page.
    pub(crate) hidden_text: bool,
    /// A filled rectangle lies over text.
    pub(crate) covered_text: bool,
    /// Replacement text says far more than what it replaces.
    pub(crate) replaced_text: bool,
    /// The stream without what goes, where anything does.
    pub(crate) bytes: Option<Vec<u8>>,
    /// How many operators name what does not exist.
    pub(crate) missing: u64,
}

/// How much content is read for hidden text; longer streams are looked through for what goes alone.
const LONGEST: usize = 1 << 20;
/// How many texts and rectangles are remembered.
const REMEMBERED: usize = 512;
/// Text below this size, in points, is not read by anyone.
const TINY: f64 = 1.0;

/// Reads `content` where there is reason to.
pub(crate) fn look(content: &[u8], around: &Surroundings<'_>) -> Sight {
    let removing = around.any_missing || around.without_layers || around.without_hidden_text;
    let reason = removing || (content.len() <= LONGEST && suspicious(content, around));
    if !reason {
        return Sight::default();
    }
    let mut view = View { removing, ..View::new(around) };
    view.read(content);
    let Sight { bytes, .. } = &mut view.sight;
    if removing && view.changed {
        *bytes = Some(view.output);
    }
    view.sight
}

fn suspicious(content: &[u8], around: &Surroundings<'_>) -> bool {
    let holds = |what: &[u8]| memmem::find(content, what).is_some();
    let covered = || {
        let first_text = memmem::find(content, b"ET\n");
        first_text.is_some_and(|at| memmem::rfind(content, b" re\nf").is_some_and(|box_at| box_at > at))
    };
    holds(b"/ActualText")
        || around.shown.is_some()
            && (around.cropped
                || holds(b"3 Tr\n")
                || holds(b"7 Tr\n")
                || holds(b"\n1 g\n")
                || content.starts_with(b"1 g\n")
                || holds(b"1 1 1 rg\n")
                || holds(b"0 0 0 0 k\n")
                || holds(b"\n0.0")
                || content.starts_with(b"0.0")
                || covered())
        || holds(b"3 Tr\n")
        || holds(b"7 Tr\n")
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
#[derive(Clone, Copy)]
struct State {
    matrix: Matrix,
    size: f64,
    leading: f64,
    invisible: bool,
    white: bool,
    /// Filled with a pattern, or through a state that may be transparent.
    unclear: bool,
}

struct Mark {
    /// Layer that is off.
    off: bool,
    /// Was left out itself.
    dropped: bool,
    /// Length of its replacement text, and how much was shown when it began.
    replacement: Option<(usize, usize)>,
}

struct View<'a> {
    around: &'a Surroundings<'a>,
    removing: bool,
    changed: bool,
    output: Vec<u8>,
    sight: Sight,
    state: State,
    states: Vec<State>,
    marks: Vec<Mark>,
    text: Matrix,
    line: Matrix,
    /// Where texts start, and what was painted.
    texts: Vec<(f64, f64)>,
    boxes: Vec<[f64; 4]>,
    /// Something was painted whose shape is not known.
    painted: bool,
    /// Rectangles of the path that is being made; `None` where it is more than that.
    path: Option<Vec<[f64; 4]>>,
    /// Bytes of text shown so far.
    letters: usize,
}

impl<'a> View<'a> {
    fn new(around: &'a Surroundings<'a>) -> Self {
        let state =
            State { matrix: UNIT, size: 0.0, leading: 0.0, invisible: false, white: false, unclear: false };
        Self {
            around,
            removing: false,
            changed: false,
            output: Vec::new(),
            sight: Sight::default(),
            state,
            states: Vec::new(),
            marks: Vec::new(),
            text: UNIT,
            line: UNIT,
            texts: Vec::new(),
            boxes: Vec::new(),
            painted: false,
            path: Some(Vec::new()),
            letters: 0,
        }
    }

    fn read(&mut self, content: &[u8]) {
        let mut rest = content;
        while !rest.is_empty() {
            let end = if rest.starts_with(b"BI ") || rest.starts_with(b"BI\n") {
                memmem::find(rest, b"\nEI\n").map_or(rest.len(), |at| at + 4)
            } else {
                memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1)
            };
            let (line, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            rest = after;
            if line.starts_with(b"BI") {
                self.painted = true;
                self.keep_if(line, !self.off());
                continue;
            }
            self.operation(line);
        }
    }

    fn off(&self) -> bool {
        self.around.without_layers && self.marks.iter().any(|mark| mark.off)
    }

    fn keep_if(&mut self, line: &[u8], keep: bool) {
        if keep {
            if self.removing {
                self.output.extend_from_slice(line);
            }
        } else {
            self.changed = true;
        }
    }

    /// Writes `instead` for the line.
    fn instead(&mut self, instead: &[u8]) {
        self.changed = true;
        self.output.extend_from_slice(instead);
    }

    fn operation(&mut self, line: &[u8]) {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        let operator = body.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
        let operands = body.get(..body.len() - operator.len()).unwrap_or_default();
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
            b"g" => self.colour(operands == b"1 "),
            b"rg" => self.colour(operands == b"1 1 1 "),
            b"k" => self.colour(operands == b"0 0 0 0 "),
            b"sc" | b"cs" => self.colour(false),
            b"scn" => {
                self.colour(false);
                self.state.unclear = operands.contains(&b'/');
            }
            b"gs" => {
                if self.is_missing(Category::ExtGState, operands) {
                    return self.drop_missing();
                }
                self.state.unclear = true;
            }
            b"re" => {
                if let (Some([x, y, width, height]), Some(path)) = (numbers::<4>(operands), &mut self.path)
                    && path.len() < REMEMBERED
                {
                    let (a, b) = place(self.state.matrix, x, y);
                    let (c, d) = place(self.state.matrix, x + width, y + height);
                    path.push([a.min(c), b.min(d), a.max(c), b.max(d)]);
                }
            }
            b"m" | b"l" | b"c" | b"v" | b"y" => self.path = None,
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                self.filled();
                if self.off() {
                    return self.instead(b"n\n");
                }
            }
            b"S" | b"s" => {
                self.path = Some(Vec::new());
                if self.off() {
                    return self.instead(b"n\n");
                }
            }
            b"n" => self.path = Some(Vec::new()),
            b"sh" => {
                if self.is_missing(Category::Shading, operands) {
                    return self.drop_missing();
                }
                self.painted = true;
                let keep = !self.off();
                return self.keep_if(line, keep);
            }
            b"Do" => {
                if self.is_missing(Category::XObject, operands) {
                    return self.drop_missing();
                }
                self.painted = true;
                let off =
                    self.off() || self.around.without_layers && (self.around.painted_is_off)(name(operands));
                return self.keep_if(line, !off);
            }
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                if operator == b"'" || operator == b"\"" {
                    self.next_line(0.0, -self.state.leading);
                }
                let hidden = self.text_is_hidden(operands.len());
                self.sight.hidden_text |= hidden;
                let goes = self.off() || self.around.without_hidden_text && hidden;
                if goes && (operator == b"'" || operator == b"\"") {
                    return self.instead(b"T*\n");
                }
                return self.keep_if(line, !goes);
            }
            b"BDC" | b"BMC" => return self.begin_mark(line, operands),
            b"EMC" => return self.end_mark(line),
            _ => (),
        }
        self.keep_if(line, true);
    }

    fn is_missing(&self, category: Category, operands: &[u8]) -> bool {
        self.around.any_missing && (self.around.missing)(category, name(operands))
    }

    fn drop_missing(&mut self) {
        self.sight.missing += 1;
        self.changed = true;
    }

    fn colour(&mut self, white: bool) {
        self.state.white = white;
        self.state.unclear = false;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn begin_mark(&mut self, line: &[u8], operands: &[u8]) {
        let layer = operands.strip_prefix(b"/OC /").map(|name| name.strip_suffix(b" ").unwrap_or(name));
        let off = layer.is_some_and(|layer| (self.around.layer_is_off)(layer));
        let dropped = layer.is_some() && self.around.without_layers;
        let replacement = memmem::find(operands, b"/ActualText(")
            .map(|at| (operands.len().saturating_sub(at + 15), self.letters));
        self.marks.push(Mark { off, dropped, replacement });
        self.keep_if(line, !dropped);
    }

    fn end_mark(&mut self, line: &[u8]) {
        let Some(mark) = self.marks.pop() else { return self.keep_if(line, true) };
        if let Some((said, before)) = mark.replacement {
            let shown = self.letters.saturating_sub(before);
            // Twice as long for UTF-16, and once more for ligatures and figures.
            self.sight.replaced_text |= said > 4 * shown + 32;
        }
        self.keep_if(line, !mark.dropped);
    }

    /// A path was filled: rectangles are remembered, and text below them found.
    fn filled(&mut self) {
        match self.path.replace(Vec::new()) {
            Some(boxes) if !self.state.unclear => {
                for one in boxes {
                    let [left, bottom, right, top] = one;
                    let under = |(x, y): &(f64, f64)| *x >= left && *x < right && *y > bottom && *y < top;
                    self.sight.covered_text |= self.texts.iter().any(under);
                    if self.state.white {
                        continue;
                    }
                    if self.boxes.len() < REMEMBERED {
                        self.boxes.push(one);
                    } else {
                        self.painted = true;
                    }
                }
            }
            _ => self.painted = true,
        }
    }

    fn text_is_hidden(&mut self, letters: usize) -> bool {
        let letters = letters.saturating_sub(3);
        self.letters += letters;
        let state = self.state;
        if state.invisible {
            return true;
        }
        let Some([left, bottom, right, top]) = self.around.shown else { return false };
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
        let on_nothing = !self.painted
            && !self.boxes.iter().any(|[left, bottom, right, top]| {
                x >= left - size && x <= right + size && y >= bottom - size && y <= top + size
            });
        let tiny = state.size != 0.0 && size < TINY && letters > 1;
        outside || tiny || state.white && !state.unclear && on_nothing
    }
}

/// The name that is the only operand.
fn name(operands: &[u8]) -> &[u8] {
    let name = operands.strip_suffix(b" ").unwrap_or(operands);
    name.strip_prefix(b"/").unwrap_or(name)
}

fn number(text: &[u8]) -> Option<f64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

fn last_number(operands: &[u8]) -> f64 {
    operands
        .strip_suffix(b" ")
        .unwrap_or(operands)
        .rsplit(|byte| *byte == b' ')
        .next()
        .and_then(number)
        .unwrap_or(0.0)
}

fn numbers<const N: usize>(operands: &[u8]) -> Option<[f64; N]> {
    let mut found = [0.0; N];
    let mut words = operands.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    for slot in &mut found {
        *slot = number(words.next()?)?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(content: &str, removing: bool) -> (Sight, String) {
        let around = Surroundings {
            shown: Some([0.0, 0.0, 100.0, 100.0]),
            cropped: false,
            layer_is_off: &|name| name == b"off",
            painted_is_off: &|_| false,
            missing: &|_, name| name == b"none",
            any_missing: removing,
            without_layers: removing,
            without_hidden_text: removing,
        };
        let mut sight = look(content.as_bytes(), &around);
        let bytes =
            sight.bytes.take().map_or_else(|| content.to_owned(), |bytes| String::from_utf8(bytes).unwrap());
        (sight, bytes)
    }

    #[test]
    fn text_that_is_seen_is_not_called_hidden() {
        for content in [
            "BT\n/F 9 Tf\n10 10 Td\n(a) Tj\nET\n",
            "0 g\n0 0 50 50 re\nf\n1 g\nBT\n/F 9 Tf\n10 10 Td\n(a) Tj\nET\n",
            "BT\n/F 1 Tf\n9 0 0 9 10 10 Tm\n(abc) Tj\nET\n",
            "1 g\n0 0 100 100 re\nf\n0 g\nBT\n/F 9 Tf\n10 10 Td\n(a) Tj\nET\n",
        ] {
            assert_eq!(seen(content, false).0, Sight::default(), "{content}");
        }
    }

    #[test]
    fn text_nobody_sees_is_found() {
        for content in [
            "BT\n3 Tr\n/F 9 Tf\n10 10 Td\n(a) Tj\nET\n",
            "1 g\nBT\n/F 9 Tf\n10 10 Td\n(a) Tj\nET\n",
            "0.01 0 0 0.01 0 0 cm\nBT\n/F 9 Tf\n10 10 Td\n(abc) Tj\nET\n",
            "1 1 1 rg\n3 Tr\nBT\n/F 9 Tf\n10 500 Td\n(a) Tj\nET\n",
        ] {
            assert!(seen(content, false).0.hidden_text, "{content}");
        }
        let covered = "BT\n/F 9 Tf\n10 10 Td\n(a) Tj\nET\n0 g\n0 0 50 50 re\nf\n";
        assert!(seen(covered, false).0.covered_text);
        let replaced = format!("/Span <</ActualText({})>> BDC\nBT\n(ab) Tj\nET\nEMC\n", "a".repeat(90));
        assert!(seen(&replaced, false).0.replaced_text);
    }

    #[test]
    fn what_is_off_goes_and_what_is_on_stays_without_a_mark() {
        let (_, bytes) = seen("/OC /off BDC\n0 0 9 9 re\nf\n/X Do\nEMC\n/OC /on BDC\n(a) Tj\nEMC\n", true);
        assert_eq!(bytes, "0 0 9 9 re\nn\n(a) Tj\n");
    }

    #[test]
    fn an_operator_that_names_nothing_goes() {
        let (sight, bytes) = seen("/none Do\n/some Do\n", true);
        assert_eq!((sight.missing, bytes.as_str()), (1, "/some Do\n"));
    }
}
