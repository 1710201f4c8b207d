//! The objects of the new file. Each is spelled as soon as it is made, and only its references stay open: a tree
//! of values takes ten times the room of its text, and a document has as many objects as it likes.

use super::{
    Encoding, Fields, Id, Item, Value,
    store::{Place, Store},
};
use crate::formats::pdf::{
    parse::{lex::Lexer, object::Object as Parsed, syntax},
    write::{put_int, put_value},
};

/// A spelled value: where its text and its references stand.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    text: (u32, u32),
    references: (u32, u32),
}

/// An object, or the lack of one.
#[derive(Debug, Default)]
enum Slot {
    /// Named but not made, or nothing.
    #[default]
    Empty,
    Value(Span),
    Stream(Span, Box<Body>),
}

/// What follows the dictionary of a stream.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) encoding: Encoding,
    pub(crate) predictor: Option<[u32; 3]>,
    /// Where its bytes stand, encoded.
    place: Place,
    /// CRC-32 of the bytes when the stream was made.
    pub(crate) checksum: u32,
}

/// An object, taken out to be written.
#[derive(Debug)]
pub(crate) enum Object {
    Value,
    Stream(Box<Body>),
}

/// Writes what a reference is to be, from any thread.
pub(crate) type Reference<'r> = &'r (dyn Fn(&mut Vec<u8>, Id) + Sync);

/// The new document.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    slots: Vec<Slot>,
    store: Store,
    text: Vec<u8>,
    /// Where in the text of its object a reference stands, and what it refers to.
    references: Vec<(u32, Id)>,
    /// More text than spans can tell.
    too_long: bool,
    pub(crate) root: Option<Id>,
    pub(crate) info: Option<Id>,
    /// Written as PDF 2.0 rather than 1.7.
    pub(crate) version_2: bool,
}

impl Graph {
    /// A place for an object that will be made.
    pub(crate) fn place(&mut self) -> Id {
        self.slots.push(Slot::Empty);
        Id(u32::try_from(self.slots.len() - 1).unwrap_or(u32::MAX))
    }

    /// Puts an object in its place.
    pub(crate) fn put(&mut self, id: Id, item: Item) {
        let slot = match item {
            Item::Value(Value::Null) => Slot::Empty,
            Item::Value(value) => Slot::Value(self.spell(&value)),
            Item::Stream { fields, encoding, predictor, bytes } => {
                let checksum = crc32fast::hash(&bytes);
                let span = self.spell(&Value::Dict(fields));
                let place = self.store.keep(bytes);
                Slot::Stream(span, Box::new(Body { encoding, predictor, place, checksum }))
            }
        };
        if let Some(place) = self.slots.get_mut(id.0 as usize) {
            *place = slot;
        }
    }

    pub(crate) fn add(&mut self, item: Item) -> Id {
        let id = self.place();
        self.put(id, item);
        id
    }

    fn spell(&mut self, value: &Value) -> Span {
        let (text, references) = (self.text.len(), self.references.len());
        put_value(&mut self.text, value, &mut |output, id| {
            self.references.push((u32::try_from(output.len() - text).unwrap_or(u32::MAX), id));
        });
        let mut place = |at: usize| {
            let place = u32::try_from(at);
            self.too_long |= place.is_err();
            place.unwrap_or(u32::MAX)
        };
        Span {
            text: (place(text), place(self.text.len())),
            references: (place(references), place(self.references.len())),
        }
    }

    /// True when there is more than can be written.
    pub(crate) fn is_too_long(&self) -> bool {
        self.too_long
    }

    fn is_made(&self, id: Id) -> bool {
        !matches!(self.slots.get(id.0 as usize), None | Some(Slot::Empty))
    }

    fn span(&self, id: Id) -> Span {
        match self.slots.get(id.0 as usize) {
            Some(Slot::Value(span) | Slot::Stream(span, _)) => *span,
            Some(Slot::Empty) | None => Span::default(),
        }
    }

    fn references(&self, span: Span) -> &[(u32, Id)] {
        let (from, to) = span.references;
        self.references.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Writes the value of an object, or the dictionary of a stream, with its references.
    pub(crate) fn put_text(&self, output: &mut Vec<u8>, id: Id, reference: Reference<'_>) {
        let span = self.span(id);
        let text = self.text.get(span.text.0 as usize..span.text.1 as usize).unwrap_or_default();
        let mut from = 0;
        for (at, id) in self.references(span) {
            let at = *at as usize;
            output.extend_from_slice(text.get(from..at).unwrap_or_default());
            reference(output, *id);
            from = at;
        }
        output.extend_from_slice(text.get(from..).unwrap_or_default());
    }

    /// Takes an object out; its text stays.
    pub(crate) fn take(&mut self, id: Id) -> Option<Object> {
        let slot = self.slots.get_mut(id.0 as usize)?;
        Some(match slot {
            Slot::Empty => return None,
            Slot::Value(_) => Object::Value,
            Slot::Stream(span, _) => {
                let span = *span;
                match std::mem::replace(slot, Slot::Value(span)) {
                    Slot::Stream(_, body) => Object::Stream(body),
                    Slot::Value(_) | Slot::Empty => Object::Value,
                }
            }
        })
    }

    /// The bytes of a stream that was taken out.
    pub(crate) fn bytes(&self, body: &Body) -> &[u8] {
        self.store.bytes(body.place)
    }

    /// Lets go of the bytes of a stream.
    pub(crate) fn let_go(&mut self, body: &Body) {
        self.store.let_go(body.place);
    }

    /// How many bytes the streams have.
    pub(crate) fn stream_bytes(&self) -> usize {
        self.store.len()
    }

    /// How many objects there is a place for.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }

    /// The objects that can be reached, in the order a reader meets them. An entry whose object could not be
    /// made is left out.
    pub(crate) fn reached(&mut self) -> Vec<Id> {
        let mut met = vec![false; self.slots.len()];
        let mut order: Vec<Id> = Vec::with_capacity(self.slots.len());
        self.root = self.root.filter(|id| self.is_made(*id));
        self.info = self.info.filter(|id| self.is_made(*id));
        let mut meet = |id: Id, order: &mut Vec<Id>| {
            if let Some(met) = met.get_mut(id.0 as usize)
                && !std::mem::replace(met, true)
            {
                order.push(id);
            }
        };
        for id in self.root.into_iter().chain(self.info) {
            meet(id, &mut order);
        }
        let mut next = 0;
        while let Some(id) = order.get(next).copied() {
            next += 1;
            if self.references(self.span(id)).iter().any(|(_, target)| !self.is_made(*target)) {
                self.forget_unmade(id);
            }
            for (_, target) in self.references(self.span(id)) {
                if self.is_made(*target) {
                    meet(*target, &mut order);
                }
            }
        }
        order
    }

    /// Spells an object anew without the entries whose objects were not made. Few objects need it.
    fn forget_unmade(&mut self, id: Id) {
        let mut text = Vec::new();
        self.put_text(&mut text, id, &|output, target| {
            put_int(output, i64::from(target.0));
            output.extend_from_slice(b" 0 R");
        });
        let Ok(parsed) = syntax::object(&mut Lexer::new(&text, 0)) else { return };
        let mut value = value(&parsed);
        self.drop_unmade(&mut value);
        let new = self.spell(&value);
        if let Some(Slot::Value(span) | Slot::Stream(span, _)) = self.slots.get_mut(id.0 as usize) {
            *span = new;
        }
    }

    /// Nesting is that of the source, which is bounded.
    fn drop_unmade(&self, value: &mut Value) {
        match value {
            Value::Ref(id) if !self.is_made(*id) => *value = Value::Null,
            Value::Array(items) => {
                // A list of objects gets shorter; in other arrays every place has its meaning.
                let list = items.iter().all(|item| matches!(item, Value::Ref(_)));
                for item in items.iter_mut() {
                    self.drop_unmade(item);
                }
                if list {
                    items.retain(|item| *item != Value::Null);
                }
            }
            Value::Dict(Fields(fields)) => {
                for (key, value) in fields.iter_mut() {
                    let had = matches!(value, Value::Dict(inner) if !inner.0.is_empty());
                    let may_be_empty = key.bytes() == b"Resources";
                    self.drop_unmade(value);
                    // A dictionary that lost all it had is one nobody would have written; a page has resources, if none.
                    if had && !may_be_empty && matches!(value, Value::Dict(inner) if inner.0.is_empty()) {
                        *value = Value::Null;
                    }
                }
                fields.retain(|(_, value)| *value != Value::Null);
            }
            _ => (),
        }
    }
}

/// A value that was spelled, read back. Nesting is bounded by [`syntax::DEPTH`].
fn value(object: &Parsed<'_>) -> Value {
    match object {
        Parsed::Null | Parsed::Stream(_) => Value::Null,
        Parsed::Bool(value) => Value::Bool(*value),
        Parsed::Int(value) => Value::Int(*value),
        Parsed::Real(value) => Value::Real(*value),
        Parsed::Name(name) => Value::Name(name.to_vec()),
        Parsed::String(string) => Value::String(string.to_vec()),
        Parsed::Array(items) => Value::Array(items.iter().map(value).collect()),
        Parsed::Dict(dict) => {
            let mut fields = Fields::default();
            for (key, item) in dict.iter() {
                fields.give(key, value(item));
            }
            Value::Dict(fields)
        }
        Parsed::Ref(number) => Value::Ref(Id(*number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(graph: &Graph, id: Id) -> String {
        let mut output = Vec::new();
        graph.put_text(&mut output, id, &|output, target| put_int(output, i64::from(target.0)));
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn what_refers_to_an_object_that_was_not_made_is_left_out() {
        let mut graph = Graph::default();
        let (root, lost, kept) = (graph.place(), graph.place(), graph.place());
        let list = |ids: &[Id]| Value::Array(ids.iter().map(|id| Value::Ref(*id)).collect());
        let mut inner = Fields::default();
        inner.set("A", Value::Ref(lost));
        let mut fields = Fields::default();
        fields.set("Kids", list(&[lost, kept]));
        fields.set("D", Value::Array(vec![Value::Ref(lost), Value::name("Fit")]));
        fields.set("F", Value::Dict(inner));
        fields.set("P", Value::Ref(kept));
        graph.put(root, Item::Value(Value::Dict(fields)));
        graph.put(kept, Item::Value(Value::Int(1)));
        graph.root = Some(root);
        assert_eq!(graph.reached(), [root, kept]);
        assert_eq!(text(&graph, root), "<</Kids [2]/D [null /Fit]/P 2>>");
    }
}
