//! Objects as they stand in the file, borrowed from it wherever nothing had to be unescaped.

use std::borrow::Cow;

/// A number, a reference, a container: whatever an object can be before anyone judged it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Object<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Name(Cow<'a, [u8]>),
    String(Cow<'a, [u8]>),
    Array(Vec<Object<'a>>),
    Dict(Dict<'a>),
    /// Boxed, because streams are few and their size would be that of every object.
    Stream(Box<Stream<'a>>),
    /// A reference by object number. Generations do not choose between objects: the cross-reference does.
    Ref(u32),
}

/// A dictionary; the last of equal keys counts, as in most viewers. Its keys are in file order, those of a long
/// one in their own, so that as many look-ups as it has entries are not quadratic.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dict<'a>(Vec<Entry<'a>>);

pub(crate) type Entry<'a> = (Cow<'a, [u8]>, Object<'a>);

/// Entries of a dictionary in which keys are still looked for one by one.
const SHORT: usize = 32;

/// A stream: its dictionary and its bytes as they stand in the file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stream<'a> {
    pub(crate) dict: Dict<'a>,
    /// Still filtered and still encrypted.
    pub(crate) raw: &'a [u8],
    /// Number and generation, the salt of older encryption.
    pub(crate) id: (u32, u16),
    /// Where the bytes start in the file.
    pub(crate) offset: u64,
}

impl<'a> Dict<'a> {
    /// Takes entries in file order.
    pub(crate) fn new(mut entries: Vec<Entry<'a>>) -> Self {
        if entries.len() > SHORT {
            // Stable: of equal keys the last stays the last.
            entries.sort_by(|a, b| a.0.cmp(&b.0));
        }
        Self(entries)
    }

    /// The value of `key`, `Null` where there is none.
    pub(crate) fn get(&self, key: &[u8]) -> &Object<'a> {
        const NULL: &Object<'static> = &Object::Null;
        self.place(key).and_then(|place| self.0.get(place)).map_or(NULL, |(_, value)| value)
    }

    /// True when `key` stands in the dictionary.
    pub(crate) fn has(&self, key: &[u8]) -> bool {
        self.place(key).is_some()
    }

    /// Where the entry of `key` that counts stands.
    fn place(&self, key: &[u8]) -> Option<usize> {
        if self.0.len() <= SHORT {
            return self.0.iter().rposition(|(known, _)| &**known == key);
        }
        let place = self.0.partition_point(|(known, _)| &**known <= key).checked_sub(1)?;
        self.0.get(place).filter(|(known, _)| &**known == key).map(|_| place)
    }

    /// Gives `key` a value in place of the one it had. Looks at all entries.
    pub(crate) fn set(&mut self, key: &'static [u8], value: Object<'a>) {
        let mut entries = std::mem::take(&mut self.0);
        entries.retain(|(known, _)| &**known != key);
        entries.push((Cow::Borrowed(key), value));
        *self = Self::new(entries);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Entry<'a>> {
        self.0.iter()
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut Object<'a>> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    pub(crate) fn into_entries(self) -> Vec<Entry<'a>> {
        self.0
    }
}

impl<'a> Object<'a> {
    pub(crate) fn as_int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            // Several producers write whole numbers as reals.
            Self::Real(value) if value.is_finite() && value.abs() < 9e15 => Some(*value as i64),
            _ => None,
        }
    }

    pub(crate) fn as_number(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }

    pub(crate) fn as_name(&self) -> Option<&[u8]> {
        if let Self::Name(name) = self { Some(name) } else { None }
    }

    pub(crate) fn as_string(&self) -> Option<&[u8]> {
        if let Self::String(string) = self { Some(string) } else { None }
    }

    pub(crate) fn as_array(&self) -> Option<&[Self]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The dictionary of a dictionary or of a stream.
    pub(crate) fn as_dict(&self) -> Option<&Dict<'a>> {
        match self {
            Self::Dict(dict) => Some(dict),
            Self::Stream(stream) => Some(&stream.dict),
            _ => None,
        }
    }

    pub(crate) fn as_ref(&self) -> Option<u32> {
        if let Self::Ref(number) = self { Some(*number) } else { None }
    }
}
