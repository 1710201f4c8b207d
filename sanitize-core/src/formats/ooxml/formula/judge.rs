//! One formula, decided.

use super::{
    Context, NameStatus, Threat, Verdict, Workbook,
    functions::{self, Function},
    token::{self, Kind, Token},
};
use crate::toolkits::link;

/// Characters in a formula, not counting the prefixes that only files have. Excel's own limit.
const MAX_CHARS: usize = 8192;
/// Functions in functions. Excel's own limit.
const MAX_CALLS: usize = 64;
/// Parentheses, braces and functions in one another.
const MAX_DEPTH: usize = 256;
/// Arguments of one function. Excel's own limit.
const MAX_ARGUMENTS: usize = 255;

const FORM: Threat = "xlsx.formula-parser-depth";
const REMOTE: Threat = "xlsx.formula-direct-remote-ref";
const WORKBOOK: Threat = "xlsx.external-workbook-link";
const DDE: Threat = "xlsx.dde-formula";
const ADDIN: Threat = "xlsx.addin-function-prefix";
const HYPERLINK: Threat = "xlsx.hyperlink-function";

/// Prefixes that functions have in files and that say in which version they came.
const VERSION_PREFIXES: [&str; 3] = ["_xlfn.", "_xlws.", "_xleta."];

/// Decides about `formula`, as it stands in the file: in English, references in A1 form, with or without an
/// equals sign. `schemes` are the schemes that links may have.
pub(crate) fn judge(formula: &str, context: Context, workbook: &Workbook<'_>, schemes: &[String]) -> Verdict {
    let mut walk =
        Walk { formula, workbook, schemes, frames: Vec::new(), calls: 0, indirect: 0, addresses: Vec::new() };
    match walk.run() {
        Ok(()) if walk.addresses.is_empty() => Verdict::Keep,
        Ok(()) => Verdict::Rewrite(walk.rewritten()),
        Err(threat) => Verdict::Flatten(in_context(threat, context)),
    }
}

/// Functions outside cells and names are one threat in the catalogue, whatever they do.
fn in_context(threat: Threat, context: Context) -> Threat {
    let function = threat == ADDIN
        || threat == HYPERLINK
        || ["xlsx.webservice", "xlsx.rtd", "xlsx.call", "xlsx.xlm"]
            .iter()
            .any(|start| threat.starts_with(start));
    match context {
        Context::Cell | Context::Name => threat,
        _ if function => "xlsx.cf-dv-chart-formulas",
        _ => threat,
    }
}

struct Walk<'a> {
    formula: &'a str,
    workbook: &'a Workbook<'a>,
    schemes: &'a [String],
    frames: Vec<Frame>,
    /// Functions that are open.
    calls: usize,
    /// Calls of `INDIRECT` that are open.
    indirect: usize,
    /// Literals of `HYPERLINK` whose address is written in another form.
    addresses: Vec<(Token, String)>,
}

/// What is open.
struct Frame {
    kind: FrameKind,
    arguments: usize,
    /// For `HYPERLINK`, what its first argument is made of so far.
    address: Address,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    Parenthesis,
    Brace,
    Call,
    Indirect,
    Hyperlink,
}

#[derive(Clone, Copy)]
enum Address {
    Missing,
    Literal(Token),
    Computed,
}

impl<'a> Walk<'a> {
    fn run(&mut self) -> Result<(), Threat> {
        if self.formula.len() > MAX_CHARS * 8 {
            return Err(FORM);
        }
        if self.formula.len() > MAX_CHARS && self.chars_shown() > MAX_CHARS {
            return Err(FORM);
        }
        let tokens = token::tokens(self.formula).ok_or_else(|| self.why_no_tokens())?;
        if tokens.iter().any(|token| token.kind == Kind::Pipe) {
            return Err(DDE);
        }
        for at in 0..tokens.len() {
            self.step(&tokens, at)?;
        }
        if self.frames.is_empty() { Ok(()) } else { Err(FORM) }
    }

    /// The formula's length as Excel counts it, without the prefixes that only files have.
    fn chars_shown(&self) -> usize {
        let prefixed = |prefix: &&str| self.formula.matches(*prefix).count().saturating_mul(prefix.len());
        let prefixes: usize = VERSION_PREFIXES.iter().chain(&["_xlpm."]).map(prefixed).sum();
        self.formula.chars().count().saturating_sub(prefixes)
    }

    /// A name for the threat where the form is broken; decides nothing.
    fn why_no_tokens(&self) -> Threat {
        let plain = self.formula.to_ascii_lowercase();
        if plain.contains("\\\\") || plain.contains("://") {
            REMOTE
        } else if plain.contains('|') {
            DDE
        } else {
            FORM
        }
    }

    fn text(&self, token: Token) -> &'a str {
        self.formula.get(token.start..token.end).unwrap_or_default()
    }

    fn step(&mut self, tokens: &[Token], at: usize) -> Result<(), Threat> {
        let Some(&token) = tokens.get(at) else { return Ok(()) };
        let next = tokens.get(at.saturating_add(1)).copied();
        let previous = at.checked_sub(1).and_then(|before| tokens.get(before)).copied();
        let next_kind = next.map(|token| token.kind);
        let previous_kind = previous.map(|token| token.kind);
        self.adjacent(previous, token)?;
        if !matches!(token.kind, Kind::Space | Kind::Separator | Kind::Close) {
            self.address_so_far(token);
        }
        match token.kind {
            Kind::Space | Kind::Number | Kind::Error | Kind::Colon | Kind::Operator => Ok(()),
            Kind::Postfix => match previous_kind {
                None | Some(Kind::Operator | Kind::Open | Kind::Separator | Kind::Bang | Kind::Colon) => {
                    Err(FORM)
                }
                _ => Ok(()),
            },
            Kind::Text if self.indirect > 0 && names_a_file(self.text(token), previous_kind) => Err(REMOTE),
            Kind::Text => Ok(()),
            Kind::Word => self.word(tokens, at, token),
            Kind::Quoted if next_kind == Some(Kind::Bang) => sheet_names(self.text(token)),
            Kind::Quoted => sheet_names(self.text(token)).and(Err(FORM)),
            Kind::Bracket => self.bracket(tokens, at, token),
            Kind::Bang => match next_kind {
                Some(Kind::Word | Kind::Error | Kind::Number) => Ok(()),
                _ => Err(FORM),
            },
            Kind::Open => {
                // The frame of a call was opened with its name.
                let of_call = tokens.get(..at).is_some_and(|before| {
                    before
                        .iter()
                        .rev()
                        .find(|token| token.kind != Kind::Space)
                        .is_some_and(|token| token.kind == Kind::Word)
                });
                if of_call { Ok(()) } else { self.open(FrameKind::Parenthesis) }
            }
            Kind::OpenBrace => self.open(FrameKind::Brace),
            Kind::CloseBrace => match self.frames.pop() {
                Some(Frame { kind: FrameKind::Brace, .. }) => Ok(()),
                _ => Err(FORM),
            },
            Kind::Close => self.close(),
            Kind::Separator => self.separator(),
            Kind::Pipe => Err(DDE),
        }
    }

    /// Operands do not touch: `A1B1` is one word, `"a"A1` is nothing.
    fn adjacent(&self, previous: Option<Token>, token: Token) -> Result<(), Threat> {
        let Some(previous) = previous else { return Ok(()) };
        let ends = matches!(
            previous.kind,
            Kind::Number
                | Kind::Text
                | Kind::Error
                | Kind::Word
                | Kind::Quoted
                | Kind::Bracket
                | Kind::Close
                | Kind::CloseBrace
                | Kind::Postfix
        );
        let begins = matches!(
            token.kind,
            Kind::Number
                | Kind::Text
                | Kind::Error
                | Kind::Word
                | Kind::Quoted
                | Kind::Bracket
                | Kind::Open
                | Kind::OpenBrace
        );
        let together = match (previous.kind, token.kind) {
            // A call, the columns of a table, the call of a LAMBDA.
            (Kind::Word, Kind::Open | Kind::Bracket) | (Kind::Close, Kind::Open) => true,
            // What brackets mean is decided with them.
            (Kind::Bracket, Kind::Word | Kind::Quoted) => true,
            // A reference whose sheet was deleted.
            (Kind::Error, Kind::Word) => self.text(previous).eq_ignore_ascii_case("#REF!"),
            _ => false,
        };
        if ends && begins && !together { Err(FORM) } else { Ok(()) }
    }

    fn word(&mut self, tokens: &[Token], at: usize, token: Token) -> Result<(), Threat> {
        let word = self.text(token);
        // A backslash may begin a name; everywhere else it is a path.
        if word.get(1..).is_some_and(|rest| rest.contains('\\')) {
            return Err(REMOTE);
        }
        let after = tokens.get(at.saturating_add(1)..).unwrap_or_default();
        if after.first().is_some_and(|next| next.kind == Kind::Bang) {
            return self.sheet(word);
        }
        let call = after
            .iter()
            .find(|token| token.kind != Kind::Space)
            .is_some_and(|token| token.kind == Kind::Open);
        let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).copied();
        let qualified = before(1).is_some_and(|token| token.kind == Kind::Bang);
        let itself = qualified && before(2).is_some_and(|token| self.text(token) == "[0]");
        let (bare, versioned) = unversioned(word);
        if call {
            let kind = match functions::find(bare) {
                _ if qualified && !itself => return Err(ADDIN),
                Function::Allowed => FrameKind::Call,
                Function::Indirect => FrameKind::Indirect,
                Function::Hyperlink => FrameKind::Hyperlink,
                Function::Denied(threat) => return Err(threat),
                Function::Unknown => {
                    self.own_function(word)?;
                    FrameKind::Call
                }
            };
            return self.open(kind);
        }
        if is_parameter(word) {
            return Ok(());
        }
        let status = (self.workbook.name)(word);
        if is_cell(word) && !matches!(status, NameStatus::Dropped(_)) {
            // Nearly every word there is; no function without its parentheses is spelled like this.
            return Ok(());
        }
        match (status, functions::find(bare)) {
            (NameStatus::Dropped(threat), _) => Err(threat),
            // A function without its parentheses is a value that another function may call.
            (_, Function::Allowed) if versioned => Ok(()),
            (_, Function::Denied(threat)) if versioned => Err(threat),
            (NameStatus::Unknown, Function::Denied(threat)) => Err(threat),
            _ if versioned || word.starts_with("_xl") && !is_built_in(word) => Err(ADDIN),
            _ => Ok(()),
        }
    }

    /// Functions that are neither built in nor denied: parameters and names that hold a `LAMBDA`.
    fn own_function(&self, word: &str) -> Result<(), Threat> {
        match (self.workbook.name)(word) {
            _ if is_parameter(word) => Ok(()),
            NameStatus::Kept => Ok(()),
            NameStatus::Dropped(threat) => Err(threat),
            NameStatus::Unknown => Err(ADDIN),
        }
    }

    /// A sheet's name without apostrophes. Excel writes apostrophes around nearly everything but letters, and a
    /// dot is how the name of a file would look.
    fn sheet(&self, word: &str) -> Result<(), Threat> {
        if word.contains(['\\', '?', '$']) || word.contains('.') && !(self.workbook.sheet)(word) {
            Err(REMOTE)
        } else {
            Ok(())
        }
    }

    /// Brackets after a word are columns of a table; at the start of an operand, columns of the table around
    /// or the number of another workbook.
    fn bracket(&self, tokens: &[Token], at: usize, token: Token) -> Result<(), Threat> {
        let kind = |ahead: usize| at.checked_add(ahead).and_then(|at| tokens.get(at)).map(|token| token.kind);
        let of_table = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|token| token.kind == Kind::Word);
        let inner = self.text(token);
        let inner = inner.get(1..inner.len().saturating_sub(1)).unwrap_or_default();
        match kind(1) {
            Some(Kind::Word | Kind::Quoted | Kind::Bang) if of_table => Err(REMOTE),
            Some(Kind::Bang) if inner == "0" => Ok(()),
            Some(Kind::Bang) if (kind(2), kind(3)) == (Some(Kind::Word), Some(Kind::Open)) => Err(ADDIN),
            Some(Kind::Word | Kind::Quoted | Kind::Bang) if is_number(inner) => Err(WORKBOOK),
            Some(Kind::Word | Kind::Quoted | Kind::Bang) => Err(REMOTE),
            _ => Ok(()),
        }
    }

    fn open(&mut self, kind: FrameKind) -> Result<(), Threat> {
        match kind {
            FrameKind::Parenthesis | FrameKind::Brace => (),
            FrameKind::Call | FrameKind::Indirect | FrameKind::Hyperlink => {
                self.calls = self.calls.saturating_add(1)
            }
        }
        if kind == FrameKind::Indirect {
            self.indirect = self.indirect.saturating_add(1);
        }
        if self.frames.len() >= MAX_DEPTH || self.calls > MAX_CALLS {
            return Err(FORM);
        }
        self.frames.push(Frame { kind, arguments: 1, address: Address::Missing });
        Ok(())
    }

    fn close(&mut self) -> Result<(), Threat> {
        self.check_address()?;
        let Some(frame) = self.frames.pop() else { return Err(FORM) };
        match frame.kind {
            FrameKind::Brace => return Err(FORM),
            FrameKind::Parenthesis => (),
            FrameKind::Indirect => {
                self.indirect = self.indirect.saturating_sub(1);
                self.calls = self.calls.saturating_sub(1);
            }
            FrameKind::Call | FrameKind::Hyperlink => self.calls = self.calls.saturating_sub(1),
        }
        Ok(())
    }

    fn separator(&mut self) -> Result<(), Threat> {
        self.check_address()?;
        if let Some(frame) = self.frames.last_mut() {
            frame.arguments = frame.arguments.saturating_add(1);
            // Arrays and unions are bounded by the length of the formula.
            let call = !matches!(frame.kind, FrameKind::Brace | FrameKind::Parenthesis);
            if call && frame.arguments > MAX_ARGUMENTS {
                return Err(FORM);
            }
        }
        Ok(())
    }

    /// Notes what the first argument of a `HYPERLINK` is made of.
    fn address_so_far(&mut self, token: Token) {
        let Some(frame) = self.frames.last_mut() else { return };
        if frame.kind == FrameKind::Hyperlink && frame.arguments == 1 {
            frame.address = match (frame.address, token.kind) {
                // The parenthesis of the call itself.
                (Address::Missing, Kind::Open) => Address::Missing,
                (Address::Missing, Kind::Text) => Address::Literal(token),
                _ => Address::Computed,
            };
        }
    }

    /// At the end of an argument: the address of a `HYPERLINK` must be a literal that the policy allows.
    fn check_address(&mut self) -> Result<(), Threat> {
        let Some(frame) = self.frames.last() else { return Ok(()) };
        if frame.kind != FrameKind::Hyperlink || frame.arguments != 1 {
            return Ok(());
        }
        let Address::Literal(token) = frame.address else { return Err(HYPERLINK) };
        let literal = self.text(token);
        let text = literal.get(1..literal.len().saturating_sub(1)).unwrap_or_default().replace("\"\"", "\"");
        let link = link::parse(&text);
        let written = link.written().filter(|_| link.allowed(self.schemes)).ok_or(HYPERLINK)?;
        if written != text {
            self.addresses.push((token, format!("\"{}\"", written.replace('"', "\"\""))));
        }
        Ok(())
    }

    fn rewritten(&self) -> String {
        let mut written = String::with_capacity(self.formula.len());
        let mut from = 0;
        for (token, literal) in &self.addresses {
            written.push_str(self.formula.get(from..token.start).unwrap_or_default());
            written.push_str(literal);
            from = token.end;
        }
        written.push_str(self.formula.get(from..).unwrap_or_default());
        written
    }
}

/// The word without version prefixes, and whether it had any.
fn unversioned(word: &str) -> (&str, bool) {
    let mut bare = word;
    // At most one of each kind in files: `_xlfn._xlws.FILTER`.
    for _ in 0..3 {
        let strip = |prefix: &&str| {
            bare.get(..prefix.len())
                .filter(|head| head.eq_ignore_ascii_case(prefix))
                .and_then(|_| bare.get(prefix.len()..))
        };
        match VERSION_PREFIXES.iter().find_map(strip) {
            Some(rest) => bare = rest,
            None => break,
        }
    }
    (bare, bare.len() != word.len())
}

/// A parameter of `LET` or `LAMBDA`.
fn is_parameter(word: &str) -> bool {
    word.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("_xlpm."))
}

/// Names that Excel makes: `_xlnm.Print_Area`, `_xlcn.` of the data model's ranges, `_xlchart.v1.0` of the ranges
/// that a waterfall or a treemap shows.
fn is_built_in(word: &str) -> bool {
    ["_xlnm.", "_xlcn.", "_xlchart."]
        .iter()
        .any(|prefix| word.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `'Sheet 1'`, `'Sheet1:Sheet 3'`. A sheet's name has none of the characters that paths and files need.
fn sheet_names(quoted: &str) -> Result<(), Threat> {
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default();
    let workbook = inner.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    if inner.contains('|') {
        Err(DDE)
    } else if workbook.is_some_and(|(number, sheet)| is_number(number) && !sheet.contains(['[', '\\', '/'])) {
        Err(WORKBOOK)
    } else if inner.contains(['[', ']', '\\', '/']) || inner.matches(':').count() > 1 {
        Err(REMOTE)
    } else if inner.is_empty() || inner.contains(['?', '*']) || inner.chars().any(char::is_control) {
        Err(FORM)
    } else {
        Ok(())
    }
}

/// A literal of `INDIRECT` that leads to another file, alone or as a piece of what does: no sheet, table or name has
/// a slash.
fn names_a_file(literal: &str, previous: Option<Kind>) -> bool {
    let text = literal.trim_matches('"').to_ascii_lowercase();
    let bracket = text.find('[').is_some_and(|at| {
        let before = text.get(..at).unwrap_or_default().chars().next_back();
        match before {
            None => previous == Some(Kind::Open) || text.contains('!'),
            Some(before) => matches!(before, '\'' | '\\' | '/' | ':'),
        }
    });
    bracket || text.contains(['\\', '/', '|']) || text.contains("file:")
}

/// The address of one cell, as `E2` or `$E$2`.
fn is_cell(word: &str) -> bool {
    let word = word.as_bytes();
    let word = word.strip_prefix(b"$").unwrap_or(word);
    let letters = word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let row = word.get(letters..).unwrap_or_default();
    let row = row.strip_prefix(b"$").unwrap_or(row);
    (1..=3).contains(&letters) && (1..=7).contains(&row.len()) && row.iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
