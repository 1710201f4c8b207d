//! Content streams (ISO 32000-2, 8.2): tokenised and written again, operator by operator.
//!
//! Only operators of the specification with operands of the right types are written. Strings, names and
//! numbers are spelled anew; comments, unknown operators and operands nobody takes are left out.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use crate::{
    budget::Budget,
    error::Error,
    formats::pdf::{
        parse::{
            lex::{Lexer, Token, is_regular, is_space},
            object::{Dict, Object},
            syntax,
        },
        write::{is_plain, put_int, put_name, put_real, put_string},
    },
};

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

/// How deep `q` may nest.
const STATES: usize = 4096;
/// How many operands one operator may have: 32 colour components and a pattern, or a few numbers.
const OPERANDS: usize = 64;
/// The longest number that is written as it stands.
const LONGEST_NUMBER: usize = 24;
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

/// The operands of an operator, one letter each: `n`umber, `N`ame, `S`tring, `A`rray of text, `D`ash array,
/// `P`roperties (a name or dictionary); `*` any numbers; `+` any numbers and a pattern name.
fn signature(operator: &[u8]) -> Option<&'static [u8]> {
    Some(match operator {
        b"q" | b"Q" | b"h" | b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n"
        | b"W" | b"W*" | b"BT" | b"ET" | b"T*" | b"EMC" => b"",
        b"w" | b"J" | b"j" | b"M" | b"i" | b"Tc" | b"Tw" | b"Tz" | b"TL" | b"Tr" | b"Ts" | b"G" | b"g" => {
            b"n"
        }
        b"m" | b"l" | b"Td" | b"TD" | b"d0" => b"nn",
        b"RG" | b"rg" => b"nnn",
        b"v" | b"y" | b"re" | b"K" | b"k" => b"nnnn",
        b"cm" | b"c" | b"Tm" | b"d1" => b"nnnnnn",
        b"d" => b"Dn",
        b"ri" | b"gs" | b"CS" | b"cs" | b"sh" | b"Do" | b"MP" | b"BMC" => b"N",
        b"Tf" => b"Nn",
        b"Tj" | b"'" => b"S",
        b"\"" => b"nnS",
        b"TJ" => b"A",
        b"SC" | b"sc" => b"*",
        b"SCN" | b"scn" => b"+",
        b"DP" | b"BDC" => b"NP",
        _ => return None,
    })
}

fn category(operator: &[u8]) -> Option<Category> {
    Some(match operator {
        b"gs" => Category::ExtGState,
        b"CS" | b"cs" => Category::ColorSpace,
        b"sh" => Category::Shading,
        b"Do" => Category::XObject,
        b"Tf" => Category::Font,
        b"SCN" | b"scn" => Category::Pattern,
        b"DP" | b"BDC" => Category::Properties,
        _ => return None,
    })
}

struct Operand<'i> {
    kind: Kind,
    /// Where it stands in what is written.
    start: usize,
    end: usize,
    name: Option<Cow<'i, [u8]>>,
}

/// What is written of a stream. Tokens that are spelled as this writer spells them are not copied one by one:
/// they make a run of the source, which is copied when it ends.
struct Writer<'i> {
    input: &'i [u8],
    output: Vec<u8>,
    /// The run, as a range of the source.
    run: Range<usize>,
    operands: Vec<Operand<'i>>,
    /// How long the output was before the first operand of the operator at hand.
    cut: usize,
    /// Names of the last operators, before they are counted in [`Content::used`].
    recent: Vec<(Category, Cow<'i, [u8]>, u64)>,
}

/// How many names are kept at hand.
const RECENT: usize = 12;

impl<'i> Writer<'i> {
    /// How long the output is once the run is copied.
    fn len(&self) -> usize {
        self.output.len() + self.run.len()
    }

    fn flush(&mut self) {
        self.output.extend_from_slice(self.input.get(self.run.clone()).unwrap_or_default());
        self.run = 0..0;
    }

    fn separate(&mut self) {
        if !self.output.is_empty() {
            self.output.push(if self.operands.is_empty() { b'\n' } else { b' ' });
        }
    }

    /// Writes the token at `token` of the source as it stands; says where it starts in the output.
    #[inline]
    fn stand(&mut self, token: Range<usize>) -> usize {
        if !self.run.is_empty() {
            // One blank between two tokens stands as it is, and so does none where a delimiter parts them.
            if let Some([] | [b' ' | b'\n']) = self.input.get(self.run.end..token.start) {
                let start = self.len() + (token.start - self.run.end);
                self.run.end = token.end;
                return start;
            }
            self.flush();
        }
        self.separate();
        self.run = token;
        self.output.len()
    }

    /// Makes room for a token that is spelled anew; says where it starts in the output.
    fn spell(&mut self) -> usize {
        self.flush();
        self.separate();
        self.output.len()
    }

    fn operand(&mut self, kind: Kind, start: usize, name: Option<Cow<'i, [u8]>>) {
        let end = self.len();
        self.operands.push(Operand { kind, start, end, name });
    }

    /// Takes back what was written of the operator at hand.
    fn take_back(&mut self) {
        self.flush();
        self.output.truncate(self.cut);
        self.operands.clear();
    }

    /// Forgets all but the last `wanted` operands.
    fn keep_last(&mut self, wanted: usize) {
        let skipped = self.operands.len().saturating_sub(wanted);
        if skipped == 0 {
            return;
        }
        self.flush();
        let taken: Vec<Operand<'i>> = self.operands.drain(..).skip(skipped).collect();
        let written = self.output.split_off(self.cut.min(self.output.len()));
        for mut operand in taken {
            let bytes = written.get(operand.start - self.cut..operand.end - self.cut).unwrap_or_default();
            self.separate();
            operand.start = self.output.len();
            self.output.extend_from_slice(bytes);
            operand.end = self.output.len();
            self.operands.push(operand);
        }
    }

    fn uses(&mut self, category: Category, name: Cow<'i, [u8]>, used: &mut Used) {
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

    fn count(&mut self, used: &mut Used) {
        for (category, name, count) in self.recent.drain(..) {
            *used.entry((category, name.into_owned())).or_insert(0) += count;
        }
    }
}

/// Writes `input` anew.
pub(crate) fn rewrite(input: &[u8], budget: &Budget, inline: &mut Inline<'_>) -> Result<Content, Error> {
    let mut content = Content::default();
    let mut writer = Writer {
        input,
        output: Vec::with_capacity(input.len() + 16),
        run: 0..0,
        operands: Vec::new(),
        cut: 0,
        recent: Vec::new(),
    };
    let (mut states, mut marks, mut text) = (0_usize, 0_usize, false);
    let mut operators = 0_u64;
    let mut at = 0;
    loop {
        at = after_space(input, at);
        if writer.operands.is_empty() {
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
            inline_image(&mut lexer, &mut writer, &mut content, inline)?;
            at = lexer.position();
            continue;
        }
        let balanced = match operator {
            b"q" => {
                states += 1;
                if states > STATES {
                    content.too_deep = true;
                    return Ok(content);
                }
                true
            }
            b"Q" if states == 0 => false,
            b"Q" => {
                states -= 1;
                true
            }
            b"EMC" if marks == 0 => false,
            b"EMC" => {
                marks -= 1;
                true
            }
            b"BT" if text => false,
            b"ET" if !text => false,
            b"BT" | b"ET" => {
                text = operator == b"BT";
                true
            }
            _ => true,
        };
        if balanced {
            if put_operator(operator, start, &mut writer, &mut content) {
                if matches!(operator, b"BMC" | b"BDC") {
                    marks += 1;
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
    let closing = [(usize::from(text), &b"ET"[..]), (marks, b"EMC"), (states, b"Q")];
    for operator in closing.iter().flat_map(|(count, operator)| std::iter::repeat_n(operator, *count)) {
        writer.separate();
        writer.output.extend_from_slice(operator);
    }
    if !writer.output.is_empty() {
        writer.output.push(b'\n');
    }
    content.bytes = writer.output;
    Ok(content)
}

/// A token spelled the way this writer spells it.
enum Standing {
    /// An operand and where it ends.
    Operand(Kind, usize),
    /// A keyword and where it ends.
    Operator(usize),
}

/// The token at `at`, when it may be written as it stands.
#[inline]
fn standing(input: &[u8], at: usize) -> Option<Standing> {
    Some(match input.get(at)? {
        b'0'..=b'9' | b'-' | b'+' | b'.' => Standing::Operand(Kind::Number, number_end(input, at)?),
        b'/' => {
            let rest = input.get(at + 1..)?;
            let len = rest.iter().position(|byte| !is_plain(*byte)).unwrap_or(rest.len());
            let end = at + 1 + len;
            ends_at(input, end).then_some(Standing::Operand(Kind::Name, end))?
        }
        b'(' => Standing::Operand(Kind::String, literal_end(input, at + 1)?),
        b'[' => {
            let (kind, end) = array_end(input, at + 1)?;
            Standing::Operand(kind, end)
        }
        b'<' => Standing::Operand(Kind::Dict, mark_end(input, at)?),
        byte if is_regular(*byte) => {
            let rest = input.get(at..)?;
            Standing::Operator(at + rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len()))
        }
        _ => return None,
    })
}

/// True where no token goes on at `at`.
fn ends_at(input: &[u8], at: usize) -> bool {
    input.get(at).is_none_or(|byte| !is_regular(*byte))
}

fn after_space(input: &[u8], mut at: usize) -> usize {
    loop {
        match input.get(at) {
            Some(b'%') => {
                let mut lexer = Lexer::new(input, at);
                lexer.skip_space();
                return lexer.position();
            }
            Some(byte) if is_space(*byte) => at += 1,
            _ => return at,
        }
    }
}

fn number_end(input: &[u8], at: usize) -> Option<usize> {
    let start = at + usize::from(matches!(input.get(at), Some(b'-' | b'+')));
    let (mut end, mut dots) = (start, 0);
    loop {
        match input.get(end) {
            Some(b'0'..=b'9') => (),
            Some(b'.') => dots += 1,
            _ => break,
        }
        end += 1;
    }
    (dots <= 1 && end - start > dots && end - at <= LONGEST_NUMBER && ends_at(input, end)).then_some(end)
}

/// The end of a literal string whose every escape is one that [`put_string`] writes.
fn literal_end(input: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = input.get(at..)?;
        let stop = rest.iter().position(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r' | b'\n'))?;
        match rest.get(stop..)? {
            [b')', ..] => return Some(at + stop + 1),
            [b'\\', b'(' | b')' | b'\\' | b'n' | b'r', ..] => at += stop + 2,
            _ => return None,
        }
    }
}

fn array_end(input: &[u8], mut at: usize) -> Option<(Kind, usize)> {
    let mut kind = Kind::Numbers;
    let mut blank = false;
    loop {
        let before = std::mem::replace(&mut blank, false);
        match input.get(at)? {
            b']' => return Some((kind, at + 1)),
            b' ' | b'\n' if !before => {
                blank = true;
                at += 1;
            }
            b'(' => {
                kind = Kind::Array;
                at = literal_end(input, at + 1)?;
            }
            b'0'..=b'9' | b'-' | b'+' | b'.' => at = number_end(input, at)?,
            _ => return None,
        }
    }
}

/// `<</MCID 3>>`, which stands on every paragraph of a tagged page, as [`put_properties`] writes it.
fn mark_end(input: &[u8], at: usize) -> Option<usize> {
    let digits = input.get(at..)?.strip_prefix(b"<</MCID ")?;
    let len = digits.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = digits.split_at_checked(len)?;
    let plain = matches!(number, [b'0'] | [b'1'..=b'9', ..]);
    (plain && rest.starts_with(b">>")).then_some(at + 9 + len + 2)
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
            // An operator that ends an array nobody closed.
            Token::Keyword(word) if signature(word).is_some() => {
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
fn put_operator<'i>(
    operator: &'i [u8],
    start: usize,
    writer: &mut Writer<'i>,
    content: &mut Content,
) -> bool {
    let Some(signature) = signature(operator) else { return false };
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
    if let Some(category) = category(operator) {
        let named = match category {
            Category::Pattern | Category::Properties => writer.operands.last_mut(),
            _ => writer.operands.first_mut(),
        };
        // Device colour spaces are built in; the default ones of a resource dictionary apply without being named.
        if let Some(name) = named.and_then(|operand| operand.name.take())
            && !(category == Category::ColorSpace
                && matches!(&*name, b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK"))
        {
            writer.uses(category, name, &mut content.used);
        }
    }
    writer.stand(start..start + operator.len());
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

fn inline_image<'i>(
    lexer: &mut Lexer<'i>,
    writer: &mut Writer<'i>,
    content: &mut Content,
    inline: &mut Inline<'_>,
) -> Result<(), Error> {
    let mut dict = Dict::default();
    loop {
        match lexer.next() {
            Token::Name(key) => {
                if let Ok(value) = syntax::object(lexer) {
                    dict.0.push((key, value));
                }
            }
            Token::Keyword(b"ID") => break,
            Token::End => return Ok(()),
            _ => (),
        }
    }
    let input = lexer.bytes();
    let start = (lexer.position() + 1).min(input.len());
    let body = input.get(start..).unwrap_or_default();
    let len = image_len(&dict, body);
    lexer.seek(start + len);
    // Up to and with EI.
    loop {
        let before = lexer.position();
        match lexer.next() {
            Token::Keyword(b"EI") | Token::End => break,
            _ if lexer.position().saturating_sub(start + len) > 64 => {
                lexer.seek(before);
                break;
            }
            _ => (),
        }
    }
    let data = body.get(..len).unwrap_or_default();
    match inline(&dict, data)? {
        Some((entries, data)) => {
            if let Some(name) = color_space_name(&dict) {
                writer.uses(Category::ColorSpace, Cow::Owned(name), &mut content.used);
            }
            writer.separate();
            writer.output.extend_from_slice(b"BI");
            writer.output.extend_from_slice(&entries);
            writer.output.extend_from_slice(b"\nID ");
            writer.output.extend_from_slice(&data);
            writer.output.extend_from_slice(b"\nEI");
        }
        None => content.lost_images += 1,
    }
    Ok(())
}

/// The colour space resource an inline picture names, when it names one.
pub(crate) fn color_space_name(dict: &Dict<'_>) -> Option<Vec<u8>> {
    let space = match dict.get(b"CS") {
        Object::Null => dict.get(b"ColorSpace"),
        short => short,
    };
    match space.as_name()? {
        b"G" | b"RGB" | b"CMYK" | b"I" | b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"Indexed" => None,
        name => Some(name.to_vec()),
    }
}

/// How many bytes an inline picture has: exact where nothing is filtered, else up to an `EI` that stands alone
/// and is followed by what looks like content.
fn image_len(dict: &Dict<'_>, body: &[u8]) -> usize {
    let pick = |long: &[u8], short: &[u8]| match dict.get(short) {
        Object::Null => dict.get(long).clone(),
        value => value.clone(),
    };
    if pick(b"Filter", b"F") == Object::Null {
        let number =
            |long: &[u8], short: &[u8]| pick(long, short).as_int().and_then(|n| usize::try_from(n).ok());
        let mask = pick(b"ImageMask", b"IM") == Object::Bool(true);
        let colors = match pick(b"ColorSpace", b"CS") {
            Object::Name(name) => match &*name {
                b"G" | b"DeviceGray" => Some(1),
                b"RGB" | b"DeviceRGB" => Some(3),
                b"CMYK" | b"DeviceCMYK" => Some(4),
                _ => None,
            },
            Object::Array(_) => Some(1),
            _ => None,
        };
        let bits = if mask { Some(1) } else { number(b"BitsPerComponent", b"BPC") };
        let colors = if mask { Some(1) } else { colors };
        if let (Some(width), Some(height), Some(bits), Some(colors)) =
            (number(b"Width", b"W"), number(b"Height", b"H"), bits, colors)
            && let Some(len) = width
                .checked_mul(colors)
                .and_then(|samples| samples.checked_mul(bits))
                .map(|bits| bits.div_ceil(8))
                .and_then(|row| row.checked_mul(height))
            && len <= body.len()
        {
            return len;
        }
    }
    let blank = |byte: Option<&u8>| byte.is_none_or(|byte| is_space(*byte));
    for at in memchr::memmem::find_iter(body, b"EI") {
        let before = at.checked_sub(1).and_then(|before| body.get(before));
        if !blank(before) || !blank(body.get(at + 2)) {
            continue;
        }
        let after = body.get(at + 2..(at + 18).min(body.len())).unwrap_or_default();
        if after.iter().all(|byte| byte.is_ascii_graphic() || is_space(*byte)) {
            return at.saturating_sub(1);
        }
    }
    body.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    fn written(text: &[u8]) -> (String, Content) {
        let budget = Budget::new(&Limits::default(), 1_000, Cancel::new());
        let content = rewrite(text, &budget, &mut |_, _| Ok(None)).unwrap();
        (String::from_utf8_lossy(&content.bytes).into_owned(), content)
    }

    #[test]
    fn operators_of_the_specification_are_written_and_no_others() {
        let (text, content) = written(b"q 1 0 0 1 0 0 cm % x\n/F1 12 Tf (a\\051)Tj [(a)-3<62>]TJ 1 2 evil Q");
        assert_eq!(text, "q 1 0 0 1 0 0 cm\n/F1 12 Tf\n(a\\)) Tj\n[(a)-3(b)] TJ\nQ\n");
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
    fn operands_of_the_wrong_type_leave_the_operator_out() {
        let (text, content) = written(b"(x) 12 Tf /F1 Tj Q EMC << /A 1 >> w");
        assert_eq!(text, "");
        assert_eq!(content.left_out, 3);
    }
}
