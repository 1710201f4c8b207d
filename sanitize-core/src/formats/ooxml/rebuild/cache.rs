//! Answers of the allow-lists, remembered: a sheet asks the same three questions a million times.

use crate::{formats::ooxml::allow::Class, toolkits::markup::xml::same};

/// How many answers are remembered; one that falls on another's place takes it.
const PLACES: usize = 512;

/// Remembers what a name means inside a class, under the namespace bindings of one epoch.
#[derive(Debug)]
pub(super) struct Cache<'a, V> {
    places: Vec<Option<Entry<'a, V>>>,
}

#[derive(Clone, Debug)]
struct Entry<'a, V> {
    class: Class,
    epoch: u32,
    name: &'a [u8],
    value: V,
}

impl<'a, V: Copy> Cache<'a, V> {
    pub(super) fn new() -> Self {
        Self { places: vec![None; PLACES] }
    }

    #[inline]
    pub(super) fn get(&self, class: Class, name: &[u8], epoch: u32) -> Option<V> {
        let entry = self.places.get(place(class, name))?.as_ref()?;
        (entry.class == class && entry.epoch == epoch && same(entry.name, name)).then_some(entry.value)
    }

    pub(super) fn put(&mut self, class: Class, name: &'a [u8], epoch: u32, value: V) {
        if let Some(entry) = self.places.get_mut(place(class, name)) {
            *entry = Some(Entry { class, epoch, name, value });
        }
    }
}

#[inline]
fn place(class: Class, name: &[u8]) -> usize {
    // Cells and rows have names of one letter, whose first byte is their last.
    let first = name.first().map_or(0, |byte| usize::from(*byte));
    let last = name.last().map_or(0, |byte| usize::from(*byte));
    // Local names differ most in their ends; the class spreads equal names of different parents.
    let mixed = class.index().wrapping_mul(131)
        ^ name.len().wrapping_mul(29)
        ^ first.wrapping_mul(7)
        ^ last.wrapping_mul(61);
    mixed % PLACES
}
