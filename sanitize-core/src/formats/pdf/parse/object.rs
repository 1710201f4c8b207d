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

/// A dictionary with its keys in file order; the last of equal keys counts, as in most viewers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Dict<'a>(pub(crate) Vec<(Cow<'a, [u8]>, Object<'a>)>);

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
    /// The value of `key`, `Null` where there is none.
    pub(crate) fn get(&self, key: &[u8]) -> &Object<'a> {
        const NULL: &Object<'static> = &Object::Null;
        self.0.iter().rev().find(|(known, _)| &**known == key).map_or(NULL, |(_, value)| value)
    }

    /// True when `key` stands in the dictionary.
    pub(crate) fn has(&self, key: &[u8]) -> bool {
        self.0.iter().any(|(known, _)| &**known == key)
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
