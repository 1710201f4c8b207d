//! Objects by number, each read once and kept.

use std::{cell::OnceCell, collections::BTreeMap};

use super::{object::Object, source::Source};
use crate::error::Error;

/// How many references may lead to one object.
const REFERENCES: usize = 32;

/// The graph of objects over an opened file.
#[derive(Debug)]
pub(crate) struct Document<'s> {
    source: &'s Source<'s>,
    objects: BTreeMap<u32, OnceCell<Object<'s>>>,
}

impl<'s> Document<'s> {
    pub(crate) fn new(source: &'s Source<'s>) -> Self {
        Self { source, objects: source.numbers().map(|number| (number, OnceCell::new())).collect() }
    }

    pub(crate) fn source(&self) -> &'s Source<'s> {
        self.source
    }

    /// The object with this number, `Null` where there is none.
    pub(crate) fn object<'d>(&'d self, number: u32) -> Result<&'d Object<'s>, Error> {
        const NULL: &Object<'static> = &Object::Null;
        let Some(cell) = self.objects.get(&number) else { return Ok(NULL) };
        if let Some(object) = cell.get() {
            return Ok(object);
        }
        self.source.budget().objects(1)?;
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

    /// How many objects of the file nobody asked for, the file's own streams of objects and places aside.
    pub(crate) fn orphans(&self) -> Result<u64, Error> {
        let mut orphans = 0;
        for (number, cell) in &self.objects {
            if cell.get().is_none() && !self.source.is_container(*number) {
                let object = self.object(*number)?;
                let kind = object.as_dict().and_then(|dict| dict.get(b"Type").as_name());
                let own = matches!(kind, Some(b"XRef" | b"ObjStm")) || *object == Object::Null;
                orphans += u64::from(!own);
            }
        }
        Ok(orphans)
    }
}
