//! Photographs looked at before they are asked for. Nothing is counted, reported or kept of it, since every object is
//! read again where it is used: how many threads a run has shows in no report.

use super::{
    filter::{Filter, Picture},
    lex::Lexer,
    object::{Dict, Object},
    places::Where,
    source::Source,
    syntax,
};

/// Bytes of an object that are looked at. Dictionaries of photographs are far shorter.
const LOOKED: usize = 4096;
/// Bytes that are left of them where nothing was read to their end.
const LEFT: usize = 128;

impl<'a> Source<'a> {
    /// The bytes of the stream with this number, and what the parameters of its filter say about the colours, where
    /// it is a photograph whose length is right and nothing else. Asked of files that are not encrypted.
    pub(crate) fn photograph(&self, number: u32) -> Option<(&'a [u8], Option<i64>)> {
        let mut lexer = self.peek(number)?;
        let Ok(Object::Dict(dict)) = syntax::object(&mut lexer) else { return None };
        if !self.is_within(&lexer) || [&b"F"[..], b"FFilter", b"DP"].iter().any(|key| dict.has(key)) {
            return None;
        }
        let filter = only(dict.get(b"Filter"))?.as_name().and_then(Filter::by_name);
        let parameters = only(dict.get(b"DecodeParms"))?;
        let transform = match parameters {
            Object::Null => None,
            Object::Dict(parameters) => self.integer(parameters.get(b"ColorTransform"))?,
            _ => return None,
        };
        let start = syntax::stream_start(&mut lexer)?;
        let raw = self.whole(&dict, start)?;
        (filter == Some(Filter::Picture(Picture::Dct))).then_some((raw, transform))
    }

    /// Reads behind the header of the object with this number.
    fn peek(&self, number: u32) -> Option<Lexer<'a>> {
        let Some(Where::File(offset)) = self.places.get(number) else { return None };
        let seen = self.input().get(..offset.saturating_add(LOOKED)).unwrap_or(self.input());
        let mut lexer = Lexer::new(seen, offset);
        let (found, _) = syntax::object_header(&mut lexer)?;
        (found == number).then_some(lexer)
    }

    /// False where something read may have been cut short.
    fn is_within(&self, lexer: &Lexer<'_>) -> bool {
        let seen = lexer.bytes().len();
        seen == self.input().len() || lexer.position().saturating_add(LEFT) <= seen
    }

    /// An integer or what refers to one; `Some(None)` where there is none.
    fn integer(&self, object: &Object<'_>) -> Option<Option<i64>> {
        match object {
            Object::Null => Some(None),
            Object::Ref(number) => {
                let mut lexer = self.peek(*number)?;
                let found = syntax::object(&mut lexer).ok()?.as_int();
                if self.is_within(&lexer) { found.map(Some) } else { None }
            }
            direct => direct.as_int().map(Some),
        }
    }

    /// The bytes of a stream whose length is what it says.
    fn whole(&self, dict: &Dict<'_>, start: usize) -> Option<&'a [u8]> {
        let length = usize::try_from(self.integer(dict.get(b"Length"))??).ok()?;
        let end = start.checked_add(length)?;
        if syntax::is_stream_end(self.input(), end) { self.input().get(start..end) } else { None }
    }
}

/// The only element of an array, or what stands in place of one.
fn only<'o, 'b>(object: &'o Object<'b>) -> Option<&'o Object<'b>> {
    match object {
        Object::Array(elements) => match elements.as_slice() {
            [one] => Some(one),
            _ => None,
        },
        one => Some(one),
    }
}
