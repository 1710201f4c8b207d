//! Objects from tokens, on an explicit stack: nesting costs no native stack.

use std::cell::Cell;

use super::{
    lex::{Lexer, Token, is_space},
    object::{Dict, Object},
};

/// How deep arrays and dictionaries may stand in each other. Viewers stop at about a hundred.
pub(crate) const DEPTH: usize = 128;

/// Why no object could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// A keyword or the end where an object should start.
    NoObject,
    /// Nested deeper than [`DEPTH`].
    TooDeep,
}

thread_local! {
    /// Room for the items of the object at hand, so that not each of them asks for its own.
    static ROOM: Cell<Vec<Object<'static>>> = const { Cell::new(Vec::new()) };
}

/// The most items that are given room for all objects to come.
const ITEMS: usize = 1024;

/// Reads one object. Containers that are not closed end where the object's own keywords or the bytes do.
pub(crate) fn object<'a>(lexer: &mut Lexer<'a>) -> Result<Object<'a>, Broken> {
    let mut items = emptied(ROOM.take());
    let object = object_with(lexer, &mut items);
    if items.capacity() <= ITEMS {
        ROOM.set(emptied(items));
    }
    object
}

/// The room of a list, for objects of other bytes.
fn emptied<'b>(mut items: Vec<Object<'_>>) -> Vec<Object<'b>> {
    items.clear();
    items.into_iter().map(|_| Object::Null).collect()
}

/// As [`object`]; `items` is empty.
fn object_with<'a>(lexer: &mut Lexer<'a>, items: &mut Vec<Object<'a>>) -> Result<Object<'a>, Broken> {
    // `items` is what the open containers hold so far, one after the other; here is where each of them starts.
    let mut open = Open::default();
    loop {
        let start = lexer.position();
        let value = match lexer.next() {
            Token::Int(value) => match u32::try_from(value) {
                Ok(number) if !open.is_empty() && lexer.pass_reference() => Object::Ref(number),
                _ => Object::Int(value),
            },
            Token::Real(value) => Object::Real(value),
            Token::Name(name) => Object::Name(name),
            Token::String(string) => Object::String(string),
            token @ (Token::ArrayOpen | Token::DictOpen) => {
                if open.len() >= DEPTH {
                    return Err(Broken::TooDeep);
                }
                open.push((token == Token::DictOpen, items.len()));
                continue;
            }
            Token::ArrayClose | Token::DictClose => match open.pop() {
                Some(top) => close(top, items),
                None => return Err(Broken::NoObject),
            },
            Token::Keyword(b"null") => Object::Null,
            Token::Keyword(b"true") => Object::Bool(true),
            Token::Keyword(b"false") => Object::Bool(false),
            Token::Keyword(b"R") => match open.last() {
                Some((_, from)) => match reference(items, *from) {
                    Some(reference) => reference,
                    None => continue,
                },
                None => return Err(Broken::NoObject),
            },
            Token::Keyword(b"obj" | b"endobj" | b"stream" | b"endstream" | b"xref" | b"trailer")
            | Token::End => {
                lexer.seek(start);
                // Whatever was open is closed here, outermost last.
                let mut value = match open.pop() {
                    Some(top) => close(top, items),
                    None => return Err(Broken::NoObject),
                };
                while let Some(top) = open.pop() {
                    items.push(value);
                    value = close(top, items);
                }
                return Ok(value);
            }
            // Junk inside a container is passed over.
            Token::Keyword(_) if !open.is_empty() => continue,
            Token::Keyword(_) => return Err(Broken::NoObject),
        };
        if !open.is_empty() {
            items.push(value);
            continue;
        }
        // `5 0 R` standing alone as an object.
        if let Object::Int(number) = value {
            let mut ahead = lexer.clone();
            if let Token::Int(generation) = ahead.next()
                && ahead.next() == Token::Keyword(b"R")
                && let Some(reference) = reference(&mut vec![Object::Int(number), Object::Int(generation)], 0)
            {
                *lexer = ahead;
                return Ok(reference);
            }
        }
        return Ok(value);
    }
}

/// The open containers: whether each is a dictionary, and where its items start. Most objects are one container,
/// which needs no room of its own.
#[derive(Default)]
struct Open {
    outermost: Option<(bool, usize)>,
    others: Vec<(bool, usize)>,
}

impl Open {
    fn push(&mut self, container: (bool, usize)) {
        match self.outermost {
            None => self.outermost = Some(container),
            Some(_) => self.others.push(container),
        }
    }

    fn pop(&mut self) -> Option<(bool, usize)> {
        self.others.pop().or_else(|| self.outermost.take())
    }

    fn last(&self) -> Option<&(bool, usize)> {
        self.others.last().or(self.outermost.as_ref())
    }

    fn len(&self) -> usize {
        self.others.len() + usize::from(self.outermost.is_some())
    }

    fn is_empty(&self) -> bool {
        self.outermost.is_none()
    }
}

/// The reference that the last two of the items behind `from` make.
fn reference<'a>(items: &mut Vec<Object<'a>>, from: usize) -> Option<Object<'a>> {
    let [.., Object::Int(number), Object::Int(_)] = items.get(from..)? else { return None };
    let number = u32::try_from(*number).ok();
    items.truncate(items.len().saturating_sub(2));
    Some(number.map_or(Object::Null, Object::Ref))
}

/// Takes the items of a container from the end of `items`.
fn close<'a>((is_dict, from): (bool, usize), items: &mut Vec<Object<'a>>) -> Object<'a> {
    if !is_dict {
        return Object::Array(items.split_off(from.min(items.len())));
    }
    let mut entries = Vec::with_capacity(items.len().saturating_sub(from) / 2);
    let mut items = items.drain(from.min(items.len())..);
    while let Some(key) = items.next() {
        // A value where a key should stand is passed over: the next name is the next key.
        let Object::Name(key) = key else { continue };
        entries.push((key, items.next().unwrap_or(Object::Null)));
    }
    Object::Dict(Dict::new(entries))
}

/// Reads `N G obj` and leaves the lexer behind it.
pub(crate) fn object_header(lexer: &mut Lexer<'_>) -> Option<(u32, u16)> {
    let Token::Int(number) = lexer.next() else { return None };
    let Token::Int(generation) = lexer.next() else { return None };
    lexer.skip_space();
    let rest = lexer.bytes().get(lexer.position()..)?;
    if !rest.starts_with(b"obj") {
        return None;
    }
    lexer.seek(lexer.position() + 3);
    Some((u32::try_from(number).ok()?, u16::try_from(generation).unwrap_or(u16::MAX)))
}

/// Where the bytes of a stream start, when the keyword `stream` stands next.
pub(crate) fn stream_start(lexer: &mut Lexer<'_>) -> Option<usize> {
    lexer.skip_space();
    let rest = lexer.bytes().get(lexer.position()..)?;
    let mut rest = rest.strip_prefix(b"stream")?;
    let mut start = lexer.position() + 6;
    // Blanks between the keyword and its line end are a common slip.
    let blanks = rest.iter().take(64).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if let Some(b'\r' | b'\n') = rest.get(blanks) {
        rest = rest.get(blanks..)?;
        start += blanks;
    }
    match rest {
        [b'\r', b'\n', ..] => Some(start + 2),
        [b'\r' | b'\n', ..] => Some(start + 1),
        _ => Some(start),
    }
}

/// True where the bytes of a stream may end at `end`: its end is said there.
pub(crate) fn is_stream_end(bytes: &[u8], end: usize) -> bool {
    let after = bytes.get(end..).unwrap_or_default();
    let blanks = after.iter().take(8).take_while(|byte| is_space(**byte)).count();
    after.get(blanks..).is_some_and(|after| after.starts_with(b"endstream"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_nest_on_an_explicit_stack_and_only_so_deep() {
        let deep = "[".repeat(1_000_000);
        assert_eq!(object(&mut Lexer::new(deep.as_bytes(), 0)), Err(Broken::TooDeep));
        let value = object(&mut Lexer::new(b"<</A[1 2 0 R]/B<</C null>>>>", 0)).unwrap();
        let dict = value.as_dict().unwrap();
        assert_eq!(dict.get(b"A"), &Object::Array(vec![Object::Int(1), Object::Ref(2)]));
    }

    #[test]
    fn references_are_read_however_they_are_spaced() {
        fn references(text: &[u8]) -> Object<'_> {
            object(&mut Lexer::new(text, 0)).unwrap()
        }
        let two = Object::Array(vec![Object::Int(1), Object::Ref(2), Object::Ref(3)]);
        for text in [&b"[1 2 0 R 3 0 R]"[..], b"[1 2\n0  R 3 00000 R]", b"[1 2 %x\n0 R/* 3 0 R]"] {
            let Object::Array(mut items) = references(text) else { panic!("no array") };
            items.retain(|item| item.as_name().is_none());
            assert_eq!(Object::Array(items), two, "{}", String::from_utf8_lossy(text));
        }
        assert_eq!(references(b"[1 0 Rx 5]"), Object::Array([1, 0, 5].map(Object::Int).to_vec()));
        assert_eq!(references(b"[9999999999 0 R -1 0 R]"), Object::Array(vec![Object::Null, Object::Null]));
    }

    #[test]
    fn an_unclosed_dictionary_ends_with_its_object() {
        let value = object(&mut Lexer::new(b"<</A 1 /B [2 endobj", 0)).unwrap();
        assert_eq!(value.as_dict().unwrap().get(b"B"), &Object::Array(vec![Object::Int(2)]));
    }
}
