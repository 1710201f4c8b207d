//! What the generated tables are made of.

/// A type of the model, by its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(crate) u16);

/// What the object of a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Dict,
    Array,
    Stream,
}

/// One dictionary, array or stream of the specification.
#[derive(Debug)]
pub(crate) struct Type {
    /// The name in the model.
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) keys: &'static [Key],
}

/// One key of a dictionary, or the items of an array at one place (`*` for all, `0*` for every first of a group).
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) key: &'static str,
    pub(crate) rule: Rule,
}

/// What becomes of a value.
#[derive(Debug)]
pub(crate) enum Rule {
    /// Written when it has an allowed type.
    Allow(Allowed),
    /// Written by code that knows more than a type; the rest as in `Allow`.
    Hook(Allowed),
    /// The writer makes its own.
    Writer,
    /// Left out, and counted as this threat.
    Drop(&'static str),
}

/// The types a value may have.
#[derive(Debug)]
pub(crate) struct Allowed {
    /// Bits of [`kind`].
    pub(crate) kinds: u32,
    /// Types of the model for dictionaries, arrays and streams.
    pub(crate) links: &'static [TypeId],
    /// Names or integers it may be; any when empty.
    pub(crate) values: &'static [&'static str],
    pub(crate) required: bool,
}

/// Kinds of values, as bits.
pub(crate) mod kind {
    pub(crate) const ARRAY: u32 = 1;
    pub(crate) const INT: u32 = 1 << 1;
    pub(crate) const BOOL: u32 = 1 << 2;
    pub(crate) const STRING: u32 = 1 << 3;
    pub(crate) const DICT: u32 = 1 << 4;
    pub(crate) const MATRIX: u32 = 1 << 5;
    pub(crate) const NAME: u32 = 1 << 6;
    pub(crate) const NAME_TREE: u32 = 1 << 7;
    pub(crate) const NULL: u32 = 1 << 8;
    pub(crate) const NUMBER: u32 = 1 << 9;
    pub(crate) const NUMBER_TREE: u32 = 1 << 10;
    pub(crate) const RECTANGLE: u32 = 1 << 11;
    pub(crate) const STREAM: u32 = 1 << 12;
}

impl TypeId {
    /// The row of this type.
    pub(crate) fn row(self) -> &'static Type {
        const NONE: &Type = &Type { name: "", shape: Shape::Dict, keys: &[] };
        super::tables::TYPES.get(usize::from(self.0)).unwrap_or(NONE)
    }
}

impl Type {
    /// The row of a dictionary key, `*` standing for any.
    pub(crate) fn key(&self, key: &[u8]) -> Option<&'static Key> {
        let exact = self.keys.iter().find(|row| row.key.as_bytes() == key);
        exact.or_else(|| self.keys.iter().find(|row| row.key == "*"))
    }

    /// The row of the array item at `index`.
    pub(crate) fn item(&self, index: usize) -> Option<&'static Key> {
        let cycle = self.keys.iter().filter(|row| row.key.len() > 1 && row.key.ends_with('*')).count();
        if cycle > 0 {
            let place = index % cycle;
            return self.keys.iter().find(|row| row.key.strip_suffix('*') == Some(&place.to_string()));
        }
        let exact = self.keys.iter().find(|row| row.key.parse() == Ok(index));
        exact.or_else(|| self.keys.iter().find(|row| row.key == "*"))
    }
}
