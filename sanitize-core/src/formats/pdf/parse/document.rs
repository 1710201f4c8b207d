//! Objects by number, each read once as long as the document is held.

use std::cell::{Cell, OnceCell};

use super::{object::Object, source::Source};
use crate::error::Error;

/// How many references may lead to one object.
const REFERENCES: usize = 32;

/// How many objects stand side by side: room is made for so many once one of them is asked for.
const GROUP: usize = 32;

/// How many objects are held before it is time to let go of them.
const FULL: usize = 4096;

/// The graph of objects over an opened file. Objects are read when they are asked for and held as long as the
/// document is; a walk over a large file takes a new one now and then.
#[derive(Debug)]
pub(crate) struct Document<'s> {
    source: &'s Source<'s>,
    groups: Vec<OnceCell<Box<[OnceCell<Object<'s>>]>>>,
    held: Cell<usize>,
    /// What is not yet paid for.
    owed: Cell<u64>,
}

/// How many objects are paid for at once: every payment looks at the clock.
const PAYMENT: u64 = 64;

impl<'s> Document<'s> {
    pub(crate) fn new(source: &'s Source<'s>) -> Self {
        let mut groups = Vec::new();
        groups.resize_with(source.count().div_ceil(GROUP), OnceCell::new);
        Self { source, groups, held: Cell::new(0), owed: Cell::new(0) }
    }

    pub(crate) fn source(&self) -> &'s Source<'s> {
        self.source
    }

    /// True when so many objects are held that a new document should take the place of this one.
    pub(crate) fn is_full(&self) -> bool {
        self.held.get() >= FULL
    }

    /// Pays for objects, many at once.
    pub(crate) fn pay(&self, objects: u64) -> Result<(), Error> {
        self.owed.set(self.owed.get() + objects);
        if self.owed.get() >= PAYMENT { self.settle() } else { Ok(()) }
    }

    /// Pays for what is owed.
    pub(crate) fn settle(&self) -> Result<(), Error> {
        self.source.budget().objects(self.owed.take())
    }

    /// The object with this number, `Null` where there is none.
    pub(crate) fn object<'d>(&'d self, number: u32) -> Result<&'d Object<'s>, Error> {
        const NULL: &Object<'static> = &Object::Null;
        let Some(index) = self.source.index(number) else { return Ok(NULL) };
        let group = self.groups.get(index / GROUP);
        let group = group.map(|group| group.get_or_init(|| (0..GROUP).map(|_| OnceCell::new()).collect()));
        let Some(cell) = group.and_then(|group| group.get(index % GROUP)) else { return Ok(NULL) };
        if let Some(object) = cell.get() {
            return Ok(object);
        }
        self.pay(1)?;
        self.source.ask(index);
        self.held.set(self.held.get() + 1);
        let object = self.source.load(number)?;
        Ok(cell.get_or_init(|| object))
    }

    /// What `object` refers to, over any chain of references; `Null` where the chain does not end.
    pub(crate) fn resolve<'d>(&'d self, object: &'d Object<'s>) -> Result<&'d Object<'s>, Error> {
        self.follow(object).map(|(_, object)| object)
    }

    /// As [`Document::resolve`], with the number of the last reference.
    pub(crate) fn follow<'d>(
        &'d self,
        object: &'d Object<'s>,
    ) -> Result<(Option<u32>, &'d Object<'s>), Error> {
        const NULL: &Object<'static> = &Object::Null;
        let (mut last, mut object) = (None, object);
        for _ in 0..REFERENCES {
            let Object::Ref(number) = object else { return Ok((last, object)) };
            last = Some(*number);
            object = self.object(*number)?;
        }
        Ok((None, NULL))
    }
}

/// How many objects of the file nobody asked for, the file's own streams of objects and places aside.
pub(crate) fn orphans(source: &Source<'_>) -> Result<u64, Error> {
    let mut orphans = 0;
    for number in source.numbers() {
        if source.was_asked(number) || source.is_container(number) {
            continue;
        }
        source.budget().objects(1)?;
        let object = source.load(number)?;
        let kind = object.as_dict().and_then(|dict| dict.get(b"Type").as_name());
        let own = matches!(kind, Some(b"XRef" | b"ObjStm")) || object == Object::Null;
        orphans += u64::from(!own);
    }
    Ok(orphans)
}
