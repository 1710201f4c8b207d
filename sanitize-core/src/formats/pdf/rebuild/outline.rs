//! Bookmarks: titles, levels and places.

use std::collections::BTreeSet;

use super::{annots, walk::Walk};
use crate::{
    error::Error,
    formats::pdf::{
        model::{Field, Fields, Id, Item, Value, tables as types},
        parse::object::Object,
        threats,
    },
};

/// An outline item before its links to its neighbours are known.
struct Entry {
    id: Id,
    fields: Fields,
    parent: Option<usize>,
    kids: Vec<usize>,
    open: bool,
}

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// The outline, every item once.
    pub(crate) fn outline(&mut self, value: &'d Object<'s>) -> Result<Option<Value>, Error> {
        let Object::Dict(root) = self.get(value)? else { return Ok(None) };
        let root_id = self.graph.place();
        let mut entries: Vec<Entry> = Vec::new();
        let mut top = Vec::new();
        let mut seen = BTreeSet::new();
        // Where to go on, and below which entry.
        let mut stack: Vec<(&'d Object<'s>, Option<usize>)> = vec![(root.get(b"First"), None)];
        while let Some((next, parent)) = stack.pop() {
            let (number, target) = self.document.follow(next)?;
            let Object::Dict(item) = target else { continue };
            if number.is_some_and(|number| !seen.insert(number)) {
                self.at = number.unwrap_or(0);
                self.removed(&threats::PAGE_TREE_AND_LOOPS)?;
                continue;
            }
            self.at = number.unwrap_or(self.at);
            self.ctx.budget().objects(1)?;
            let mut fields = self.dict(types::OUTLINE_ITEM, item)?;
            if fields.get(b"Title").is_none() {
                // Where the table has it, so that it stands there when the file is read again.
                fields.0.insert(0, (Field::Known("Title"), Value::String(Vec::new())));
            }
            let destination = self.get(item.get(b"Dest"))?;
            if *destination != Object::Null {
                if let Some(target) = self.destination(item.get(b"Dest"))? {
                    fields.set("Dest", target);
                }
            } else if let Object::Dict(action) = self.get(item.get(b"A"))? {
                match self.get(action.get(b"S"))?.as_name() {
                    Some(b"GoTo") => {
                        if action.has(b"Next") {
                            self.action_removed(action.get(b"Next"))?;
                        }
                        if let Some(target) = self.destination(action.get(b"D"))? {
                            fields.set("A", annots::go_to(target));
                        }
                    }
                    Some(b"URI") => {
                        if let Some(action) = self.address(action)? {
                            fields.set("A", action);
                        }
                    }
                    _ => {
                        self.removed(&threats::TRIGGER_OUTLINE)?;
                        self.action_removed(item.get(b"A"))?;
                    }
                }
            }
            let open = self.get(item.get(b"Count"))?.as_int().unwrap_or(0) > 0;
            let index = entries.len();
            let id = self.graph.place();
            entries.push(Entry { id, fields, parent, kids: Vec::new(), open });
            match parent.and_then(|parent| entries.get_mut(parent)) {
                Some(parent) => parent.kids.push(index),
                None => top.push(index),
            }
            stack.push((item.get(b"Next"), parent));
            stack.push((item.get(b"First"), Some(index)));
        }
        if top.is_empty() {
            self.graph.put(root_id, Item::Value(Value::Null));
            return Ok(None);
        }
        let ids: Vec<Id> = entries.iter().map(|entry| entry.id).collect();
        let id = |index: Option<&usize>| index.and_then(|index| ids.get(*index)).copied();
        // Visible descendants, kids before parents: a kid always stands behind its parent.
        let mut visible = vec![0_i64; entries.len()];
        for index in (0..entries.len()).rev() {
            let Some(entry) = entries.get(index) else { continue };
            let mut below = entry.kids.len() as i64;
            for kid in &entry.kids {
                if entries.get(*kid).is_some_and(|kid| kid.open) {
                    below += visible.get(*kid).copied().unwrap_or(0);
                }
            }
            if let Some(slot) = visible.get_mut(index) {
                *slot = below;
            }
        }
        let mut links: Vec<(Option<Id>, Option<Id>)> = vec![(None, None); entries.len()];
        let groups = entries.iter().map(|entry| entry.kids.as_slice()).chain([top.as_slice()]);
        for group in groups {
            for (place, index) in group.iter().enumerate() {
                if let Some(link) = links.get_mut(*index) {
                    *link = (id(place.checked_sub(1).and_then(|at| group.get(at))), id(group.get(place + 1)));
                }
            }
        }
        for (index, entry) in entries.iter_mut().enumerate() {
            let mut fields = std::mem::take(&mut entry.fields);
            fields.set("Parent", Value::Ref(id(entry.parent.as_ref()).unwrap_or(root_id)));
            let (before, after) = links.get(index).copied().unwrap_or_default();
            if let Some(before) = before {
                fields.set("Prev", Value::Ref(before));
            }
            if let Some(after) = after {
                fields.set("Next", Value::Ref(after));
            }
            if let (Some(first), Some(last)) = (id(entry.kids.first()), id(entry.kids.last())) {
                fields.set("First", Value::Ref(first));
                fields.set("Last", Value::Ref(last));
                let below = visible.get(index).copied().unwrap_or(0);
                fields.set("Count", Value::Int(if entry.open { below } else { -below }));
            }
            self.graph.put(entry.id, Item::Value(Value::Dict(fields)));
        }
        let mut fields = Fields::default();
        fields.set("Type", Value::name("Outlines"));
        if let (Some(first), Some(last)) = (id(top.first()), id(top.last())) {
            fields.set("First", Value::Ref(first));
            fields.set("Last", Value::Ref(last));
        }
        let mut count = top.len() as i64;
        for index in &top {
            if entries.get(*index).is_some_and(|entry| entry.open) {
                count += visible.get(*index).copied().unwrap_or(0);
            }
        }
        fields.set("Count", Value::Int(count));
        self.graph.put(root_id, Item::Value(Value::Dict(fields)));
        Ok(Some(Value::Ref(root_id)))
    }
}
