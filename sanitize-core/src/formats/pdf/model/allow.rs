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
    /// Places in `keys`, in the order of the keys.
    pub(super) sorted: &'static [u8],
    /// Places in `keys` of those whose value tells types from each other.
    pub(crate) telling: &'static [u8],
    /// The place in `keys` of the one that stands for any.
    pub(super) any: Option<u8>,
    /// How many places of an array have a row of their own.
    pub(super) places: u8,
    /// The places repeat.
    pub(super) cycle: bool,
}

/// One key of a dictionary, or the items of an array at one place (`*` for all, `0*` for every first of a group).
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) key: &'static str,
    pub(crate) rule: Rule,
}

impl Key {
    pub(super) const fn allowed(
        key: &'static str,
        kinds: u32,
        links: &'static [TypeId],
        values: &'static [&'static str],
    ) -> Self {
        Self { key, rule: Rule::Allow(Allowed { kinds, links, values, required: false }) }
    }

    pub(super) const fn hooked(
        key: &'static str,
        kinds: u32,
        links: &'static [TypeId],
        values: &'static [&'static str],
    ) -> Self {
        Self { key, rule: Rule::Hook(Allowed { kinds, links, values, required: false }) }
    }

    pub(super) const fn dropped(key: &'static str, threat: &'static str) -> Self {
        Self { key, rule: Rule::Drop(threat) }
    }

    pub(super) const fn written(key: &'static str) -> Self {
        Self { key, rule: Rule::Writer }
    }

    pub(super) const fn required(mut self) -> Self {
        if let Rule::Allow(allowed) | Rule::Hook(allowed) = &mut self.rule {
            allowed.required = true;
        }
        self
    }
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
        static NONE: Type = Type {
            name: "",
            shape: Shape::Dict,
            keys: &[],
            sorted: &[],
            telling: &[],
            any: None,
            places: 0,
            cycle: false,
        };
        super::tables::TYPES.get(usize::from(self.0)).copied().unwrap_or(&NONE)
    }
}

impl Type {
    fn at(&self, place: u8) -> Option<&'static Key> {
        self.keys.get(usize::from(place))
    }

    /// The place in `keys` of exactly this key.
    pub(crate) fn place(&self, key: &[u8]) -> Option<usize> {
        let text = |place: &u8| self.at(*place).map(|row| row.key.as_bytes()).unwrap_or_default();
        let found = self.sorted.binary_search_by(|place| text(place).cmp(key)).ok()?;
        self.sorted.get(found).map(|place| usize::from(*place))
    }

    /// The row that stands for any key.
    pub(crate) fn any(&self) -> Option<&'static Key> {
        self.any.and_then(|place| self.at(place))
    }

    /// The row of a dictionary key, `*` standing for any.
    pub(crate) fn key(&self, key: &[u8]) -> Option<&'static Key> {
        self.place(key).and_then(|place| self.keys.get(place)).or_else(|| self.any())
    }

    /// The row of the array item at `index`.
    pub(crate) fn item(&self, index: usize) -> Option<&'static Key> {
        let places = usize::from(self.places);
        match places {
            0 => self.any(),
            _ if self.cycle => self.keys.get(index % places),
            _ if index < places => self.keys.get(index),
            _ => self.any(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::TYPES;

    #[test]
    fn every_key_of_the_tables_is_found_by_its_name() {
        for row in TYPES {
            for (place, key) in row.keys.iter().enumerate().filter(|(_, key)| key.key != "*") {
                assert_eq!(row.place(key.key.as_bytes()), Some(place), "{}.{}", row.name, key.key);
                // Written as it stands.
                assert!(key.key.bytes().all(crate::formats::pdf::write::is_plain), "{}", key.key);
            }
            assert!(row.place(b"*").is_none() && row.key(b"No such key").is_none() == row.any().is_none());
        }
    }
}
