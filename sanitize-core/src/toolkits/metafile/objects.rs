//! The table of objects that records make, select and delete by number, and the stack of saved states.

use std::collections::BTreeSet;

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Brush,
    Font,
    Palette,
    Pen,
    Region,
}

/// The objects that live at one moment. Never longer than 65,535.
#[derive(Debug, Default)]
pub(crate) struct Objects {
    slots: Vec<Option<ObjectKind>>,
    /// Places among them that are free, so that the first is found without a walk.
    free: BTreeSet<usize>,
}

impl Objects {
    /// The object of this number.
    pub(crate) fn find(&self, number: u32) -> Option<ObjectKind> {
        *self.slots.get(usize::try_from(number).ok()?)?
    }

    /// Puts an object where the file says. An object that was there is gone; false for a number too large.
    pub(crate) fn put(&mut self, number: u32, kind: ObjectKind) -> bool {
        let Some(index) = usize::try_from(number).ok().filter(|index| *index < usize::from(u16::MAX)) else {
            return false;
        };
        if self.slots.len() <= index {
            self.free.extend(self.slots.len()..index);
            self.slots.resize(index + 1, None);
        }
        self.free.remove(&index);
        if let Some(slot) = self.slots.get_mut(index) {
            *slot = Some(kind);
        }
        true
    }

    /// Puts an object into the first free place, as players do whose records name none; `None` when full.
    pub(crate) fn add(&mut self, kind: ObjectKind) -> Option<usize> {
        let index = self.free.first().copied().unwrap_or(self.slots.len());
        self.put(u32::try_from(index).ok()?, kind).then_some(index)
    }

    /// Forgets an object; false where there is none.
    pub(crate) fn delete(&mut self, number: u32) -> bool {
        let Ok(index) = usize::try_from(number) else { return false };
        let existed = self.slots.get_mut(index).is_some_and(|slot| slot.take().is_some());
        if existed {
            self.free.insert(index);
        }
        existed
    }

    /// How many places the table has had.
    pub(crate) fn len(&self) -> usize {
        self.slots.len()
    }
}

/// No drawing saves states this deep; a player keeps each of them.
const MOST_SAVED: i64 = 1_000;

/// How many states are saved.
#[derive(Debug, Default)]
pub(crate) struct States {
    depth: i64,
}

impl States {
    /// Saves one more; false past [`MOST_SAVED`].
    pub(crate) fn save(&mut self) -> bool {
        self.depth += 1;
        self.depth <= MOST_SAVED
    }

    /// Goes back to a state: by its number, or by how many steps back it is where `state` is negative. False
    /// where no such state was saved.
    pub(crate) fn restore(&mut self, state: i64) -> bool {
        let to = if state < 0 { self.depth + state } else { state - 1 };
        let exists = state != 0 && (0..self.depth).contains(&to);
        if exists {
            self.depth = to;
        }
        exists
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_restored_once_and_only_if_it_was_saved() {
        let mut states = States::default();
        assert!(!states.restore(-1));
        assert!(states.save() && states.save() && states.save());
        assert!(!states.restore(-4) && !states.restore(0) && !states.restore(4));
        assert!(states.restore(2));
        assert!(states.restore(-1));
        assert!(!states.restore(-1));
    }

    #[test]
    fn the_first_free_place_is_taken() {
        let mut objects = Objects::default();
        assert_eq!(objects.add(ObjectKind::Pen), Some(0));
        assert_eq!(objects.add(ObjectKind::Brush), Some(1));
        assert!(objects.delete(0) && !objects.delete(0));
        assert_eq!(objects.add(ObjectKind::Font), Some(0));
        assert_eq!(objects.add(ObjectKind::Font), Some(2));
        assert!(objects.put(4, ObjectKind::Pen));
        assert_eq!(objects.add(ObjectKind::Font), Some(3));
        assert_eq!(objects.add(ObjectKind::Font), Some(5));
        assert!(!objects.put(65_535, ObjectKind::Pen));
    }
}
