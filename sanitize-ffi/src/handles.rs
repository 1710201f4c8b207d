//! Handles: numbers that look like pointers.
//!
//! A handle is never followed. It names a slot of a table and how often that slot was used, so that one that was
//! freed, one of another kind and one that was made up are told from a live one, however late they come. The price
//! is a lock for each call, which is held while a number is looked up and never while the engine works.

use std::{
    ptr,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use crate::boundary::{Failure, Status};

/// The lowest bits say what kind of handle it is. No kind is 0, so no handle is NULL.
const KIND_BITS: u32 = 3;
/// How many handles of a kind can live at a time.
const SLOT_BITS: u32 = if usize::BITS >= 64 { 29 } else { 16 };
/// The highest bit is set, where no 64-bit system has a program's memory: a handle that is followed by mistake
/// faults, and no collector of garbage takes it for a pointer of its own.
const MARK: usize = 1 << (usize::BITS - 1);
/// How often a slot can be used; a slot that was used so often is not used again.
const USES: usize = (MARK - 1) >> (KIND_BITS + SLOT_BITS);

/// The live handles of one kind.
#[derive(Debug)]
pub struct Table<T> {
    kind: usize,
    name: &'static str,
    slots: RwLock<Slots<T>>,
}

#[derive(Debug)]
struct Slots<T> {
    all: Vec<Slot<T>>,
    free: Vec<usize>,
}

#[derive(Debug)]
struct Slot<T> {
    uses: usize,
    held: Option<Arc<T>>,
}

impl<T> Table<T> {
    /// An empty table for handles that errors call `name`. Each table has a `kind` of its own, from 1 to 7.
    pub const fn new(kind: usize, name: &'static str) -> Self {
        Self { kind, name, slots: RwLock::new(Slots { all: Vec::new(), free: Vec::new() }) }
    }

    /// Keeps `held` until [`Table::remove`]. `H` is the type by which C tells kinds apart.
    pub fn insert<H>(&self, held: T) -> Result<*mut H, Failure> {
        let held = Some(Arc::new(held));
        let mut slots = self.write();
        let index = match slots.free.pop() {
            Some(index) => index,
            None if slots.all.len() >> SLOT_BITS == 0 => {
                slots.all.push(Slot { uses: 0, held: None });
                slots.all.len() - 1
            }
            None => return Err(Failure::new(Status::OutOfResources, "too many handles")),
        };
        let Some(slot) = slots.all.get_mut(index) else {
            return Err(Failure::new(Status::Internal, "a slot is missing"));
        };
        slot.held = held;
        let address = MARK | slot.uses << (KIND_BITS + SLOT_BITS) | index << KIND_BITS | self.kind;
        Ok(ptr::without_provenance_mut(address))
    }

    /// What `handle` stands for. It lives on while it is in use, even where another thread frees the handle.
    pub fn find<H>(&self, handle: *const H) -> Result<Arc<T>, Failure> {
        let (index, uses) = self.split(handle.addr())?;
        let slots = self.read();
        let slot = slots.all.get(index).filter(|slot| slot.uses == uses);
        slot.and_then(|slot| slot.held.clone()).ok_or_else(|| self.stale())
    }

    /// Frees `handle`. NULL is no handle and no error.
    pub fn remove<H>(&self, handle: *const H) -> Result<(), Failure> {
        if handle.is_null() {
            return Ok(());
        }
        let (index, uses) = self.split(handle.addr())?;
        let mut slots = self.write();
        let slot = slots.all.get_mut(index).filter(|slot| slot.uses == uses && slot.held.is_some());
        let Some(slot) = slot else { return Err(self.stale()) };
        let held = slot.held.take();
        if slot.uses < USES {
            slot.uses += 1;
            slots.free.push(index);
        }
        drop(slots);
        // Outside the lock: what it holds may be large.
        drop(held);
        Ok(())
    }

    /// How many handles live.
    pub fn live(&self) -> usize {
        self.read().all.iter().filter(|slot| slot.held.is_some()).count()
    }

    fn split(&self, address: usize) -> Result<(usize, usize), Failure> {
        if address == 0 {
            return Err(Failure::new(Status::InvalidArgument, format!("the {} is NULL", self.name)));
        }
        if address & MARK == 0 || address & ((1 << KIND_BITS) - 1) != self.kind {
            return Err(Failure::new(Status::InvalidHandle, format!("not a handle of {}", self.name)));
        }
        let index = address >> KIND_BITS & ((1 << SLOT_BITS) - 1);
        Ok((index, (address & !MARK) >> (KIND_BITS + SLOT_BITS)))
    }

    fn stale(&self) -> Failure {
        Failure::new(Status::InvalidHandle, format!("the {} was freed before, or never made", self.name))
    }

    fn read(&self) -> RwLockReadGuard<'_, Slots<T>> {
        // No panic can leave a table half changed.
        self.slots.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Slots<T>> {
        self.slots.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Opaque;

    #[test]
    fn a_freed_handle_is_never_taken_for_its_successor() {
        let table = Table::new(1, "thing");
        let first: *mut Opaque = table.insert("a").unwrap();
        table.remove(first).unwrap();
        let second: *mut Opaque = table.insert("b").unwrap();
        assert_ne!(first, second);
        assert_eq!(table.find(first).unwrap_err().status, Status::InvalidHandle);
        assert_eq!(table.remove(first).unwrap_err().status, Status::InvalidHandle);
        assert_eq!(*table.find(second).unwrap(), "b");
    }

    #[test]
    fn no_handle_is_an_address_of_this_process() {
        let table = Table::new(7, "thing");
        let handle: *mut Opaque = table.insert(0).unwrap();
        assert!(handle.addr() > ptr::from_ref(&table).addr().max(ptr::from_ref(&MARK).addr()));
    }

    #[test]
    fn kinds_and_made_up_handles_are_told_apart() {
        let table = Table::new(1, "thing");
        let other = Table::new(2, "other thing");
        let handle: *mut Opaque = table.insert(0).unwrap();
        let foreign: *mut Opaque = other.insert(0).unwrap();
        let real = &raw const table;
        for wrong in [foreign.addr(), handle.addr() + 8, handle.addr() & !MARK, usize::MAX, real.addr()] {
            let wrong: *const Opaque = ptr::without_provenance(wrong);
            assert_eq!(table.find(wrong).unwrap_err().status, Status::InvalidHandle);
        }
        assert_eq!(table.find(ptr::null::<Opaque>()).unwrap_err().status, Status::InvalidArgument);
        table.remove(ptr::null::<Opaque>()).unwrap();
    }

    #[test]
    fn what_is_in_use_outlives_its_handle() {
        let table = Table::new(1, "thing");
        let handle: *mut Opaque = table.insert(5).unwrap();
        let held = table.find(handle).unwrap();
        table.remove(handle).unwrap();
        assert_eq!((*held, table.live()), (5, 0));
    }
}
