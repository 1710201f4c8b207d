//! Lexemes to model, in one walk with a stack of what is open.

use std::collections::BTreeMap;

use super::{
    model::{Document, Token},
    parse::{self, Lexeme, Lexer, Text},
    threats,
};
use crate::{
    engine::{ctx::Ctx, text},
    error::Error,
    report::{Detail, Spot},
};

/// Names by which programs that read data are made to run it or to change what all objects have.
const ACTING_NAMES: [&str; 6] = ["__proto__", "constructor", "prototype", "$type", "@type", "$ref"];

pub(super) fn rebuild<'a>(text: &'a Text<'_>, ctx: &mut Ctx<'_>) -> Result<Document<'a>, Error> {
    if text.has_mark {
        ctx.replaced(&threats::AMBIGUOUS, 0_usize, Detail::excerpt("byte order mark"))?;
    }
    if text.is_reencoded() {
        ctx.replaced(&threats::ENCODING, Spot::Here, None)?;
    }
    let whole = &*text.document.text;
    let call = Call::around(whole);
    if call.start > 0 || call.end < whole.len() {
        ctx.removed(&threats::CALL, Spot::Here)?;
    }
    let value = whole.get(..call.end).unwrap_or_default();
    let mut scribe = Scribe {
        ctx,
        lexer: Lexer { text: value, at: call.start },
        document: Document::default(),
        open: Vec::new(),
        expects: Expects::Value,
    };
    scribe.walk()?;
    Ok(scribe.document)
}

/// What stands around a value: a guard that stops scripts from reading it, or the call of a function.
struct Call {
    start: usize,
    end: usize,
}

impl Call {
    fn around(text: &str) -> Self {
        let body = text.trim_start();
        let start = text.len() - body.len();
        if let Some(rest) = body.strip_prefix(")]}'") {
            let rest = rest.strip_prefix(',').unwrap_or(rest);
            return Self { start: text.len() - rest.len(), end: text.len() };
        }
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_$.".contains(byte);
        let name = body.bytes().take(128).take_while(|byte| is_name(byte)).count();
        let end = text.trim_end().trim_end_matches(';').trim_end();
        match (body.get(name..).and_then(|rest| rest.strip_prefix('(')), end.strip_suffix(')')) {
            (Some(_), Some(inner)) if name > 0 => Self { start: start + name + 1, end: inner.len() },
            _ => Self { start: 0, end: text.len() },
        }
    }
}

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expects {
    /// A value; where an array was just opened or a comma was read, also its end.
    Value,
    /// The name of a member, or the end of the object.
    Name,
    Colon,
    /// A comma, or an end.
    More,
    /// White space only.
    Nothing,
}

/// An object or array that is open.
enum Open {
    Array,
    /// Its names so far, with the tokens of their members: where each begins, and behind its comma.
    Object {
        members: BTreeMap<String, (usize, usize)>,
        name: String,
        start: usize,
    },
}

struct Scribe<'a, 'c, 'run> {
    ctx: &'c mut Ctx<'run>,
    lexer: Lexer<'a>,
    document: Document<'a>,
    open: Vec<Open>,
    expects: Expects,
}

impl<'a> Scribe<'a, '_, '_> {
    fn walk(&mut self) -> Result<(), Error> {
        // Where the last comma stands, while nothing but space came behind it.
        let mut comma = None;
        loop {
            let at = self.lexer.at;
            let Some(lexeme) = self.lexer.next()? else { break };
            self.ctx.budget().objects(1)?;
            match lexeme {
                Lexeme::Space(space) => {
                    self.document.tokens.push(Token::Space(space));
                    continue;
                }
                Lexeme::Comment => {
                    self.ctx.removed_with(&threats::COMMENT, at, Detail::excerpt("comment"))?;
                    continue;
                }
                Lexeme::Mark(b',') => {
                    self.comma()?;
                    comma = Some((self.document.tokens.len() - 1, at));
                    continue;
                }
                Lexeme::Mark(mark @ (b'}' | b']')) => {
                    if let Some((token, at)) = comma.take() {
                        self.ctx.removed_with(&threats::COMMENT, at, Detail::excerpt("comma too many"))?;
                        self.document.without.push(token..token + 1);
                        self.expects = Expects::More;
                    }
                    self.close(mark)?;
                    continue;
                }
                Lexeme::Mark(b':') => {
                    self.expect(Expects::Colon)?;
                    self.document.tokens.push(Token::Mark(b':'));
                    self.expects = Expects::Value;
                }
                Lexeme::Mark(mark) => {
                    self.expect(Expects::Value)?;
                    self.begin(mark)?;
                }
                Lexeme::Word(word) => {
                    self.expect(Expects::Value)?;
                    self.document.tokens.push(Token::Word(word));
                    self.after_value();
                }
                Lexeme::String(raw) if self.expects == Expects::Name => self.name(raw, at)?,
                Lexeme::String(raw) => {
                    self.expect(Expects::Value)?;
                    self.string(raw, at)?;
                    self.after_value();
                }
            }
            comma = None;
        }
        if self.expects == Expects::Nothing { Ok(()) } else { Err(self.lexer.wrong("end of the text")) }
    }

    fn expect(&self, wanted: Expects) -> Result<(), Error> {
        if self.expects == wanted { Ok(()) } else { Err(self.lexer.wrong("order of tokens")) }
    }

    fn after_value(&mut self) {
        self.expects = if self.open.is_empty() { Expects::Nothing } else { Expects::More };
    }

    fn begin(&mut self, mark: u8) -> Result<(), Error> {
        self.document.tokens.push(Token::Mark(mark));
        let start = self.document.tokens.len();
        let is_object = mark == b'{';
        self.open.push(if is_object {
            Open::Object { members: BTreeMap::new(), name: String::new(), start }
        } else {
            Open::Array
        });
        self.expects = if is_object { Expects::Name } else { Expects::Value };
        self.ctx.budget().tree_depth(u32::try_from(self.open.len()).unwrap_or(u32::MAX))
    }

    fn comma(&mut self) -> Result<(), Error> {
        self.expect(Expects::More)?;
        self.document.tokens.push(Token::Mark(b','));
        let end = self.document.tokens.len();
        self.expects = match self.open.last_mut() {
            Some(Open::Object { members, name, start }) => {
                members.insert(std::mem::take(name), (*start, end));
                *start = end;
                Expects::Name
            }
            _ => Expects::Value,
        };
        Ok(())
    }

    fn close(&mut self, mark: u8) -> Result<(), Error> {
        let is_empty = match (self.open.pop(), mark) {
            (Some(Open::Array), b']') => self.expects == Expects::Value,
            (Some(Open::Object { .. }), b'}') => self.expects == Expects::Name,
            _ => return Err(self.lexer.wrong("end of an object or array")),
        };
        if !is_empty && self.expects != Expects::More {
            return Err(self.lexer.wrong("end of an object or array"));
        }
        self.document.tokens.push(Token::Mark(mark));
        self.after_value();
        Ok(())
    }

    /// The name of a member. One that came before loses its member.
    fn name(&mut self, raw: &'a str, at: usize) -> Result<(), Error> {
        let value = self.string(raw, at)?;
        if ACTING_NAMES.contains(&value.as_str()) {
            self.ctx.choose_with(&threats::NAME, at, Detail::name(&value))?;
        }
        let mut earlier = None;
        if let Some(Open::Object { members, name, .. }) = self.open.last_mut() {
            earlier = members.remove(&value);
            *name = value;
        }
        if let Some((start, end)) = earlier {
            self.ctx.removed_with(&threats::REPEATED, at, Detail::name(raw))?;
            self.document.without.push(start..end);
        }
        self.expects = Expects::Colon;
        Ok(())
    }

    /// A string, as it stands where nothing in it must change; returns what it means.
    fn string(&mut self, raw: &'a str, at: usize) -> Result<String, Error> {
        let meaning = parse::meaning(raw).ok_or_else(|| self.lexer.wrong("escape"))?;
        if !meaning.is_exact {
            self.ctx.replaced(&threats::AMBIGUOUS, at, Detail::excerpt(raw))?;
        }
        let breaks_out = raw.contains("</") || raw.contains("<!--") || raw.contains(['\u{2028}', '\u{2029}']);
        if breaks_out {
            self.ctx.replaced(&threats::BREAKOUT, at, Detail::excerpt(raw))?;
        }
        let cleaned = text::cleaned(&meaning.value, at.into(), self.ctx)?.into_owned();
        let stays = meaning.is_exact && cleaned == meaning.value && !raw.contains(ESCAPED);
        self.document.tokens.push(if stays { Token::Plain(raw) } else { Token::Escaped(cleaned.clone()) });
        Ok(cleaned)
    }
}

/// Characters that end a script or begin markup in a page that data is put into, and line ends of JavaScript that are
/// none of JSON.
const ESCAPED: [char; 5] = ['<', '>', '&', '\u{2028}', '\u{2029}'];
