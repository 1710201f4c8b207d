//! Content streams (ISO 32000-2, 8.2): tokenised and written again, operator by operator.
//!
//! Only operators of the specification with operands of the right types are written. Strings, names and
//! numbers are spelled anew; comments, unknown operators and operands nobody takes are left out.

mod inline;
mod number;
mod operator;
mod token;
mod writer;

use std::{borrow::Cow, collections::BTreeMap};

use crate::{
    budget::Budget,
    error::Error,
    formats::pdf::{
        parse::{
            lex::{Lexer, Token},
            object::{Dict, Object},
            syntax,
        },
        write::{put_int, put_name, put_real, put_string},
    },
    toolkits::{codec::flate, deflate::Runs},
};

pub(crate) use inline::entry;
use inline::inline_image;
use operator::Effect;
pub(crate) use operator::{Operator, Row};
use token::{Glance, LONGEST_NUMBER, Seen, Standing, after_space, standing};
use writer::Writer;

/// The resource categories that operators name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Category {
    ColorSpace,
    ExtGState,
    Font,
    Pattern,
    Properties,
    Shading,
    XObject,
}

impl Category {
    /// The key in a resource dictionary.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::ColorSpace => "ColorSpace",
            Self::ExtGState => "ExtGState",
            Self::Font => "Font",
            Self::Pattern => "Pattern",
            Self::Properties => "Properties",
            Self::Shading => "Shading",
            Self::XObject => "XObject",
        }
    }
}

/// The resources a stream names, and how often.
pub(crate) type Used = BTreeMap<(Category, Vec<u8>), u64>;

/// A content stream written anew.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    /// What of the source stands in it.
    pub(crate) runs: Runs,
    pub(crate) used: Used,
    /// Operators that were left out.
    pub(crate) left_out: u64,
    /// Inline pictures that were left out.
    pub(crate) lost_images: u64,
    /// Graphics states nested deeper than any viewer takes.
    pub(crate) too_deep: bool,
    /// Replacement text stands on marked content.
    pub(crate) replacement_text: bool,
}

/// How an inline picture is written anew: the entries and bytes, or nothing.
pub(crate) type Inline<'f> = dyn FnMut(&Dict<'_>, &[u8]) -> Result<Option<InlineImage>, Error> + 'f;

/// The entries and the bytes of an inline picture.
pub(crate) type InlineImage = (Vec<u8>, Vec<u8>);

/// The operands of an operator.
pub(crate) trait Operands {
    /// As they are written.
    fn text(&self) -> &[u8];

    /// The first of them, where all those are numbers.
    fn numbers<const N: usize>(&self) -> Option<[f64; N]>;

    /// The last of them, where that is a number.
    fn last_number(&self) -> Option<f64>;
}

/// Operands that were written.
pub(crate) struct Written<'a>(pub(crate) &'a [u8]);

impl Operands for Written<'_> {
    fn text(&self) -> &[u8] {
        self.0
    }

    fn numbers<const N: usize>(&self) -> Option<[f64; N]> {
        number::numbers(self.0)
    }

    fn last_number(&self) -> Option<f64> {
        self.0.rsplit(u8::is_ascii_whitespace).next().and_then(number::number)
    }
}

/// Who looks on while a stream is written.
pub(crate) trait Watch {
    /// An operator was written, behind its operands.
    fn operator(&mut self, operator: Operator, operands: &impl Operands);

    /// An inline picture was written.
    fn picture(&mut self);
}

/// Nobody looks on.
impl Watch for () {
    fn operator(&mut self, _: Operator, _: &impl Operands) {}

    fn picture(&mut self) {}
}

/// How deep `q` may nest.
const STATES: usize = 4096;
/// How many operands one operator may have: 32 colour components and a pattern, or a few numbers.
const OPERANDS: usize = 64;
/// Operators are paid for in groups of this size.
const GROUP: u64 = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Name,
    String,
    /// Numbers and strings.
    Array,
    /// Numbers only.
    Numbers,
    Dict,
    /// Null, booleans: no operator takes one.
    Other,
}

/// What is open: graphics states, marked content, a text object.
#[derive(Default)]
struct Balance {
    states: usize,
    marks: usize,
    text: bool,
}

impl Balance {
    /// False for an operator that closes what is not open, or opens what must not be open twice.
    #[inline]
    fn allows(&self, effect: Effect) -> bool {
        match effect {
            Effect::Restore => self.states > 0,
            Effect::EndMark => self.marks > 0,
            Effect::Text => !self.text,
            Effect::EndText => self.text,
            Effect::None | Effect::Save | Effect::Mark => true,
        }
    }

    /// Counts an operator that was written; false when states nest too deep.
    #[inline]
    fn count(&mut self, effect: Effect) -> bool {
        match effect {
            Effect::None => (),
            Effect::Save => self.states += 1,
            Effect::Restore => self.states = self.states.saturating_sub(1),
            Effect::Mark => self.marks += 1,
            Effect::EndMark => self.marks = self.marks.saturating_sub(1),
            Effect::Text => self.text = true,
            Effect::EndText => self.text = false,
        }
        self.states <= STATES
    }
}

/// Writes `input` anew; `watch` is told of what is written.
pub(crate) fn rewrite(
    input: &[u8],
    budget: &Budget,
    inline: &mut Inline<'_>,
    watch: &mut impl Watch,
) -> Result<Content, Error> {
    let mut content = Content::default();
    let mut output = flate::spare();
    output.reserve(input.len() + 16);
    let mut writer = Writer::new(input, output);
    let mut balance = Balance::default();
    let mut glance = Glance::default();
    let mut operators = 0_u64;
    let mut at = 0;
    loop {
        at = after_space(input, at);
        if writer.operands.is_empty() {
            // Most operators stand as they would be written.
            if let Some(row) = glance.read(input, at)
                && balance.allows(row.effect)
            {
                operators += 1;
                if operators.is_multiple_of(GROUP) {
                    budget.objects(GROUP)?;
                }
                writer.stand_whole(at, &glance, row);
                watch.operator(row.operator, &Seen { glance: &glance, input });
                at = glance.end;
                if let Some(category) = row.category
                    && let Some(name) = glance.name
                {
                    writer.uses(category, Cow::Borrowed(name), &mut content.used);
                }
                if !balance.count(row.effect) {
                    content.too_deep = true;
                    return Ok(content);
                }
                continue;
            }
            writer.cut = writer.len();
        }
        let start = at;
        let operator = match standing(input, at) {
            Some(Standing::Operand(kind, end)) => {
                at = end;
                if writer.operands.len() < OPERANDS {
                    let name = match kind {
                        Kind::Name => input.get(start + 1..end).map(Cow::Borrowed),
                        _ => None,
                    };
                    let start = writer.stand(start..end);
                    writer.operand(kind, start, name);
                    continue;
                }
                writer.take_back();
                content.left_out += 1;
                continue;
            }
            Some(Standing::Operator(end)) => {
                at = end;
                input.get(start..end).unwrap_or_default()
            }
            None => {
                let mut lexer = Lexer::new(input, at);
                let token = lexer.next();
                if let Token::Keyword(operator) = token
                    && !matches!(operator, b"true" | b"false" | b"null")
                {
                    at = lexer.position();
                    operator
                } else if token == Token::End {
                    break;
                } else {
                    let over = writer.operands.len() >= OPERANDS;
                    spell(&mut writer, &mut content, &mut lexer, start, token);
                    if over {
                        writer.take_back();
                        content.left_out += 1;
                    }
                    at = lexer.position();
                    continue;
                }
            }
        };
        if matches!(operator, b"true" | b"false" | b"null") {
            let start = writer.len();
            writer.operand(Kind::Other, start, None);
            if writer.operands.len() > OPERANDS {
                writer.take_back();
                content.left_out += 1;
            }
            continue;
        }
        operators += 1;
        if operators.is_multiple_of(GROUP) {
            budget.objects(GROUP)?;
        }
        if operator == b"BI" {
            writer.take_back();
            let mut lexer = Lexer::new(input, at);
            if inline_image(&mut lexer, &mut writer, &mut content, inline)? {
                watch.picture();
            }
            at = lexer.position();
            continue;
        }
        let row = Row::of(operator);
        if row.is_none_or(|row| balance.allows(row.effect)) {
            if let Some(row) = row
                && put_operator(row, start, &mut writer, &mut content, watch)
            {
                if !balance.count(row.effect) {
                    content.too_deep = true;
                    return Ok(content);
                }
                continue;
            }
            if !matches!(operator, b"BX" | b"EX") {
                content.left_out += 1;
            }
        }
        writer.take_back();
    }
    budget.objects(operators % GROUP)?;
    // Operands that no operator took.
    writer.take_back();
    writer.count(&mut content.used);
    let closing = [(usize::from(balance.text), &b"ET"[..]), (balance.marks, b"EMC"), (balance.states, b"Q")];
    for operator in closing.iter().flat_map(|(count, operator)| std::iter::repeat_n(operator, *count)) {
        writer.separate();
        writer.output.extend_from_slice(operator);
        if let Some(row) = Row::of(operator) {
            watch.operator(row.operator, &Written(b""));
        }
    }
    if !writer.output.is_empty() {
        writer.output.push(b'\n');
    }
    (content.bytes, content.runs) = (writer.output, writer.runs);
    Ok(content)
}

/// Spells an operand anew.
fn spell<'i>(
    writer: &mut Writer<'i>,
    content: &mut Content,
    lexer: &mut Lexer<'i>,
    start: usize,
    token: Token<'i>,
) {
    match token {
        Token::Int(_) | Token::Real(_) => {
            let place = writer.spell();
            put_number(&mut writer.output, lexer.since(start), &token);
            writer.operand(Kind::Number, place, None);
        }
        Token::Name(name) => {
            let place = writer.spell();
            put_name(&mut writer.output, &name);
            writer.operand(Kind::Name, place, Some(name));
        }
        Token::String(string) => {
            let place = writer.spell();
            put_string(&mut writer.output, &string);
            writer.operand(Kind::String, place, None);
        }
        Token::ArrayOpen => {
            let place = writer.spell();
            let kind = array(lexer, &mut writer.output);
            writer.operand(kind, place, None);
        }
        Token::DictOpen => {
            lexer.seek(start);
            if let Ok(Object::Dict(dict)) = syntax::object(lexer) {
                content.replacement_text |= dict.has(b"ActualText");
                let place = writer.spell();
                put_properties(&mut writer.output, &dict);
                writer.operand(Kind::Dict, place, None);
            } else {
                lexer.seek(start + 2);
                let place = writer.len();
                writer.operand(Kind::Other, place, None);
            }
        }
        // What closes nothing. Keywords are operators, and the end is met elsewhere.
        Token::ArrayClose | Token::DictClose | Token::Keyword(_) | Token::End => (),
    }
}

fn put_number(output: &mut Vec<u8>, raw: &[u8], token: &Token<'_>) {
    let digits = match raw {
        [b'-' | b'+', digits @ ..] => digits,
        digits => digits,
    };
    let dots = digits.iter().filter(|byte| **byte == b'.').count();
    let plain = raw.len() <= LONGEST_NUMBER
        && dots <= 1
        && digits.len() > dots
        && digits.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.');
    match token {
        _ if plain => output.extend_from_slice(raw),
        Token::Int(value) => put_int(output, *value),
        Token::Real(value) => put_real(output, *value),
        _ => output.push(b'0'),
    }
}

/// Writes an array of numbers and strings; whatever else stands in it is left out.
fn array(lexer: &mut Lexer<'_>, output: &mut Vec<u8>) -> Kind {
    let mut kind = Kind::Numbers;
    output.push(b'[');
    let mut first = true;
    loop {
        lexer.skip_space();
        let start = lexer.position();
        let token = lexer.next();
        match token {
            Token::Int(_) | Token::Real(_) => {
                if !first && output.last().is_some_and(|byte| *byte != b')') {
                    output.push(b' ');
                }
                put_number(output, lexer.since(start), &token);
            }
            Token::String(string) => {
                kind = Kind::Array;
                put_string(output, &string);
            }
            Token::ArrayClose | Token::End => break,
            // Some programs set the spacing amid a text, and viewers show all of it.
            Token::Keyword(b"Tc" | b"Tw") => continue,
            // An operator that ends an array nobody closed.
            Token::Keyword(word) if Row::of(word).is_some() => {
                lexer.seek(start);
                break;
            }
            _ => continue,
        }
        first = false;
    }
    output.push(b']');
    kind
}

/// Writes the operator at `start` of the source, when its operands are those it takes.
fn put_operator(
    row: &Row,
    start: usize,
    writer: &mut Writer<'_>,
    content: &mut Content,
    watch: &mut impl Watch,
) -> bool {
    let signature = row.signature;
    let wanted = match signature {
        b"*" | b"+" => writer.operands.len(),
        fixed => fixed.len(),
    };
    // Viewers take the last operands and forget the ones before them.
    let Some(skipped) = writer.operands.len().checked_sub(wanted) else { return false };
    let taken = writer.operands.get(skipped..).unwrap_or_default();
    let fits = match signature {
        b"*" => !taken.is_empty() && taken.iter().all(|operand| operand.kind == Kind::Number),
        b"+" => match taken {
            [numbers @ .., last] => {
                matches!(last.kind, Kind::Number | Kind::Name)
                    && numbers.iter().all(|operand| operand.kind == Kind::Number)
            }
            [] => false,
        },
        fixed => fixed.iter().zip(taken).all(|(want, operand)| match want {
            b'n' => operand.kind == Kind::Number,
            b'N' => operand.kind == Kind::Name,
            b'S' => operand.kind == Kind::String,
            b'A' => matches!(operand.kind, Kind::Array | Kind::Numbers),
            b'D' => operand.kind == Kind::Numbers,
            _ => matches!(operand.kind, Kind::Name | Kind::Dict),
        }),
    };
    if !fits {
        return false;
    }
    writer.keep_last(wanted);
    if let Some(category) = row.category {
        let named = match category {
            Category::Pattern | Category::Properties => writer.operands.last_mut(),
            _ => writer.operands.first_mut(),
        };
        if let Some(name) = named.and_then(|operand| operand.name.take()) {
            writer.uses(category, name, &mut content.used);
        }
    }
    watch.operator(row.operator, &Written(writer.at_hand()));
    writer.stand(start..start + row.letters.len());
    writer.operands.clear();
    true
}

/// The property list of marked content: what tags need, and nothing else.
fn put_properties(output: &mut Vec<u8>, dict: &Dict<'_>) {
    output.extend_from_slice(b"<<");
    for key in [&b"MCID"[..], b"Type", b"Subtype", b"ActualText", b"Alt", b"E", b"Lang", b"Attached", b"BBox"]
    {
        let value = dict.get(key);
        match (key, value) {
            (b"MCID", Object::Int(id)) => {
                output.extend_from_slice(b"/MCID ");
                put_int(output, *id);
            }
            (b"Type" | b"Subtype", Object::Name(name)) => {
                put_name(output, key);
                put_name(output, name);
            }
            (b"ActualText" | b"Alt" | b"E" | b"Lang", Object::String(text)) => {
                put_name(output, key);
                put_string(output, text);
            }
            (b"Attached", Object::Array(names)) => {
                output.extend_from_slice(b"/Attached[");
                for name in names.iter().filter_map(Object::as_name).take(4) {
                    put_name(output, name);
                }
                output.push(b']');
            }
            (b"BBox", Object::Array(numbers)) => {
                output.extend_from_slice(b"/BBox[");
                for number in numbers.iter().filter_map(Object::as_number).take(4) {
                    put_real(output, number);
                    output.push(b' ');
                }
                output.push(b']');
            }
            _ => (),
        }
    }
    output.extend_from_slice(b">>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn written(text: &[u8]) -> (String, Content) {
        let budget = Budget::new(&Limits::default(), 1_000, Cancel::new());
        let content = rewrite(text, &budget, &mut |_, _| Ok(None), &mut ()).unwrap();
        (String::from_utf8_lossy(&content.bytes).into_owned(), content)
    }

    #[test]
    fn operators_of_the_specification_are_written_and_no_others() {
        let (text, content) = written(b"q 1 0 0 1 0 0 cm % x\n/F1 12 Tf (a\\051)Tj [(a)-3<62>]TJ 1 2 evil Q");
        assert_eq!(text, "q 1 0 0 1 0 0 cm\n/F1 12 Tf\n(a\\)) Tj\n[(a)-3(b)] TJ Q\n");
        assert_eq!(content.left_out, 1);
        assert_eq!(content.used.keys().next().unwrap(), &(Category::Font, b"F1".to_vec()));
    }

    #[test]
    fn what_is_written_is_written_the_same_again() {
        let (once, _) = written(b"q q BT /P <</MCID 3/ActualText(x)/Evil 1>> BDC (\r\n) ' 1.50 +2 l");
        assert_eq!(written(once.as_bytes()).0, once);
        assert!(!once.contains("Evil"));
    }

    #[test]
    fn single_blanks_stay_and_others_become_one_operator_a_line() {
        let (text, content) = written(
            b"/P <</MCID 12>>BDC 1 0 0\nrg [(a) -3 (b)]TJ/F1\r9  Tf(a)Tj\tEMC\r\n/P <</MCID 3>> BDC  EMC",
        );
        let lines = ["/P <</MCID 12>> BDC 1 0 0", "rg", "[(a) -3 (b)] TJ", "/F1 9 Tf", "(a) Tj", "EMC"];
        assert_eq!(text, [&lines[..], &["/P <</MCID 3>> BDC EMC", ""]].concat().join("\n"));
        assert_eq!((content.left_out, written(text.as_bytes()).0), (0, text));
    }

    #[test]
    fn operands_of_the_wrong_type_leave_the_operator_out() {
        let (text, content) = written(b"(x) 12 Tf /F1 Tj Q EMC << /A 1 >> w");
        assert_eq!(text, "");
        assert_eq!(content.left_out, 3);
    }
}
