//! What goes from a written content stream: text nobody sees and layers that are off, where the policy says so, and
//! operators that name what does not exist.
//!
//! Reads content as it is written, which is simpler than what may be given: no comments, no other white space than
//! blanks and line ends.

use memchr::memmem;

use super::{
    content::{Category, Row, Watch, Written},
    eye::{Eye, Seen},
};

/// What the reader of a stream knows about its surroundings.
pub(crate) struct Surroundings<'a> {
    /// The part of the page that is shown; `None` within forms, whose place is not known.
    pub(crate) shown: Option<[f64; 4]>,
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
    pub(crate) seen: Seen,
    /// The stream without what goes, where anything does.
    pub(crate) bytes: Option<Vec<u8>>,
    /// How many operators name what does not exist.
    pub(crate) missing: u64,
}

impl Surroundings<'_> {
    /// True where something may have to go.
    pub(crate) fn is_removing(&self) -> bool {
        self.any_missing || self.without_layers || self.without_hidden_text
    }
}

/// Reads `content` and leaves out what goes.
pub(crate) fn look(content: &[u8], around: &Surroundings<'_>) -> Sight {
    let mut view = View {
        around,
        changed: false,
        output: Vec::with_capacity(content.len()),
        eye: Eye::new(around.shown),
        missing: 0,
        marks: Vec::new(),
    };
    view.read(content);
    Sight { seen: view.eye.seen(), bytes: view.changed.then_some(view.output), missing: view.missing }
}

struct Mark {
    /// Layer that is off.
    off: bool,
    /// Was left out itself.
    dropped: bool,
}

struct View<'a> {
    around: &'a Surroundings<'a>,
    changed: bool,
    output: Vec<u8>,
    eye: Eye,
    missing: u64,
    marks: Vec<Mark>,
}

impl View<'_> {
    fn read(&mut self, content: &[u8]) {
        let mut start = 0;
        let mut at = 0;
        while let Some(byte) = content.get(at) {
            match byte {
                b' ' | b'\n' => {
                    at += 1;
                    continue;
                }
                b'/' | b'(' | b'[' | b'<' | b'0'..=b'9' | b'-' | b'+' | b'.' => {
                    at = operand_end(content, at);
                    continue;
                }
                _ => (),
            }
            let rest = content.get(at..).unwrap_or_default();
            let letters = rest
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'\'' | b'"'))
                .count()
                .max(1);
            let operator = rest.get(..letters).unwrap_or_default();
            if operator == b"BI" {
                let body = memmem::find(rest, b"\nID ").unwrap_or(rest.len());
                let end =
                    memmem::find(rest.get(body..).unwrap_or_default(), b"\nEI").map(|end| body + end + 3);
                at += end.unwrap_or(rest.len());
                Watch::picture(&mut self.eye);
                let keep = !self.off();
                self.keep_if(content.get(start..at).unwrap_or_default(), keep);
                start = at;
                continue;
            }
            let operands = content.get(start..at).unwrap_or_default().trim_ascii();
            at += letters;
            let line = content.get(start..at).unwrap_or_default().trim_ascii_start();
            self.operation(line, operands, operator);
            start = at;
        }
    }

    fn off(&self) -> bool {
        self.around.without_layers && self.marks.iter().any(|mark| mark.off)
    }

    fn keep_if(&mut self, line: &[u8], keep: bool) {
        if keep {
            self.output.extend_from_slice(line.trim_ascii_start());
            self.output.push(b'\n');
        } else {
            self.changed = true;
        }
    }

    /// Writes `instead` for the line.
    fn instead(&mut self, instead: &[u8]) {
        self.changed = true;
        self.output.extend_from_slice(instead);
    }

    fn operation(&mut self, line: &[u8], operands: &[u8], operator: &[u8]) {
        let category = match operator {
            b"gs" => Some(Category::ExtGState),
            b"sh" => Some(Category::Shading),
            b"Do" => Some(Category::XObject),
            _ => None,
        };
        if self.around.any_missing
            && category.is_some_and(|category| (self.around.missing)(category, &name(operands)))
        {
            self.missing += 1;
            self.changed = true;
            return;
        }
        let row = Row::of(operator);
        let hidden = row.is_some_and(|row| self.eye.see(row.operator, &Written(operands)));
        match operator {
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"S" | b"s" if self.off() => {
                self.instead(b"n\n");
            }
            b"sh" => {
                let keep = !self.off();
                self.keep_if(line, keep);
            }
            b"Do" => {
                let off =
                    self.off() || self.around.without_layers && (self.around.painted_is_off)(&name(operands));
                self.keep_if(line, !off);
            }
            b"Tj" | b"TJ" | b"'" | b"\"" => {
                let goes = self.off() || self.around.without_hidden_text && hidden;
                if goes && (operator == b"'" || operator == b"\"") {
                    return self.instead(b"T*\n");
                }
                self.keep_if(line, !goes);
            }
            b"BDC" | b"BMC" => self.begin_mark(line, operands),
            b"EMC" => {
                let keep = self.marks.pop().is_none_or(|mark| !mark.dropped);
                self.keep_if(line, keep);
            }
            _ => self.keep_if(line, true),
        }
    }

    fn begin_mark(&mut self, line: &[u8], operands: &[u8]) {
        let layer =
            operands.strip_prefix(b"/OC").map(<[u8]>::trim_ascii).filter(|rest| rest.starts_with(b"/"));
        let off = layer.is_some_and(|layer| (self.around.layer_is_off)(&name(layer)));
        let dropped = layer.is_some() && self.around.without_layers;
        self.marks.push(Mark { off, dropped });
        self.keep_if(line, !dropped);
    }
}

/// The name that is the only operand, without its escapes.
fn name(operands: &[u8]) -> Vec<u8> {
    let spelled = operands.strip_prefix(b"/").unwrap_or(operands);
    let mut name = Vec::with_capacity(spelled.len());
    let mut rest = spelled;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(escaped) if *byte == b'#' => {
                name.push(escaped);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => name.push(*byte),
        }
    }
    name
}

/// Where the operand that starts at `start` ends.
fn operand_end(content: &[u8], start: usize) -> usize {
    let (mut parentheses, mut brackets, mut angles) = (0_u32, 0_u32, 0_u32);
    let mut at = start;
    while let Some(byte) = content.get(at) {
        let inside = parentheses + brackets + angles > 0;
        match byte {
            b'\\' if parentheses > 0 => at += 1,
            b'(' if inside || at == start => parentheses += 1,
            b')' if parentheses > 0 => parentheses -= 1,
            _ if parentheses > 0 => (),
            b'[' if inside || at == start => brackets += 1,
            b']' if brackets > 0 => brackets -= 1,
            b'<' if inside || at == start => angles += 1,
            b'>' if angles > 0 => angles -= 1,
            b' ' | b'\n' | b'/' | b'(' | b'[' | b'<' if !inside && at > start => return at,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 1;
        if parentheses + brackets + angles == 0 && matches!(byte, b')' | b']' | b'>') {
            return at.min(content.len());
        }
    }
    at.min(content.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(content: &str, removing: bool) -> (Sight, String) {
        let around = Surroundings {
            shown: Some([0.0, 0.0, 100.0, 100.0]),
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
            assert_eq!(seen(content, false).0.seen, Seen::default(), "{content}");
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
            assert!(seen(content, false).0.seen.hidden_text, "{content}");
        }
        let covered = "BT\n/F 9 Tf\n10 10 Td\n(a) Tj\nET\n0 g\n0 0 50 50 re\nf\n";
        assert!(seen(covered, false).0.seen.covered_text);
        let replaced = format!("/Span <</ActualText({})>> BDC\nBT\n(ab) Tj\nET\nEMC\n", "a".repeat(90));
        assert!(seen(&replaced, false).0.seen.replaced_text);
    }

    #[test]
    fn what_is_off_goes_and_what_is_on_stays_without_a_mark() {
        let (_, bytes) = seen("/OC /off BDC\n0 0 9 9 re\nf\n/X Do\nEMC\n/OC /on BDC\n(a) Tj\nEMC\n", true);
        assert_eq!(bytes, "0 0 9 9 re\nn\n(a) Tj\n");
        let (_, bytes) = seen("q/OC/off BDC [(a)-3(\\))]TJ/X Do EMC Q", true);
        assert_eq!(bytes, "q\nQ\n");
    }

    #[test]
    fn an_operator_that_names_nothing_goes() {
        let (sight, bytes) = seen("/none Do\n/some Do\n", true);
        assert_eq!((sight.missing, bytes.as_str()), (1, "/some Do\n"));
    }
}
