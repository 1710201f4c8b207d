//! What may be written: a graph of values whose keys come from the generated allow-list.
//!
//! A dictionary has no other way to a key than [`Field::Known`], a name of the table, and [`Field::Given`] where
//! the specification lets the document name things (resources, roles, classes). There is no action, script,
//! trigger, file or external stream among them.

pub(crate) mod allow;
mod graph;
mod store;
pub(crate) mod tables;

pub(crate) use graph::{Graph, Object, Reference};

/// An object of the new file, by its place in [`Graph::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Id(pub(crate) u32);

/// A value of the new file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Name(Vec<u8>),
    String(Vec<u8>),
    Array(Vec<Value>),
    Dict(Fields),
    Ref(Id),
}

/// The key of an entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// A key of the specification.
    Known(&'static str),
    /// A name the document gave: of a resource, a glyph, a role, an appearance state.
    Given(Vec<u8>),
}

impl Field {
    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Self::Known(key) => key.as_bytes(),
            Self::Given(name) => name,
        }
    }
}

/// The entries of a dictionary.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fields(pub(crate) Vec<(Field, Value)>);

impl Fields {
    /// Adds or replaces an entry under a key of the specification.
    pub(crate) fn set(&mut self, key: &'static str, value: Value) {
        self.0.retain(|(known, _)| known.bytes() != key.as_bytes());
        self.0.push((Field::Known(key), value));
    }

    /// Adds an entry under a name of the document.
    pub(crate) fn give(&mut self, name: &[u8], value: Value) {
        self.0.push((Field::Given(name.to_vec()), value));
    }

    pub(crate) fn get(&self, key: &[u8]) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known.bytes() == key).map(|(_, value)| value)
    }

    pub(crate) fn remove(&mut self, key: &[u8]) {
        self.0.retain(|(known, _)| known.bytes() != key);
    }
}

impl Value {
    /// A name of the specification.
    pub(crate) fn name(name: &str) -> Self {
        Self::Name(name.as_bytes().to_vec())
    }

    /// A number, whole where it is.
    pub(crate) fn number(value: f64) -> Self {
        if value.fract() == 0.0 && value.abs() < 1e15 { Self::Int(value as i64) } else { Self::Real(value) }
    }
}

/// How the bytes of a stream are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Flate,
    Dct,
    /// A fax of group 4.
    Group4 {
        /// Pixels of a row.
        columns: u32,
        rows: u32,
        /// Black pixels are bits that are set.
        black_is_1: bool,
    },
}

/// An object of the new file.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Item {
    Value(Value),
    Stream {
        fields: Fields,
        encoding: Encoding,
        /// Parameters of a predictor: colours, bits, columns.
        predictor: Option<[u32; 3]>,
        /// Already encoded.
        bytes: Vec<u8>,
    },
}
