//! Layers (8.11): which are off when the document opens, and what the policy makes of them.

use std::collections::BTreeSet;

use super::walk::Walk;
use crate::{
    error::Error,
    formats::pdf::{
        parse::object::{Dict, Object},
        threats,
    },
    report::{Action, Detail, Spot},
};

/// How many groups a membership may name.
const GROUPS: usize = 1024;

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// Reads which layers are off, records each, and notes whether layers are taken away.
    pub(crate) fn layers(&mut self, root: &'d Dict<'s>) -> Result<(), Error> {
        let Object::Dict(properties) = self.get(root.get(b"OCProperties"))? else { return Ok(()) };
        self.flat = self.hidden_goes();
        let all = self.groups(properties.get(b"OCGs"))?;
        let Object::Dict(default) = self.get(properties.get(b"D"))? else { return Ok(()) };
        let off = self.groups(default.get(b"OFF"))?;
        self.layers_off = match self.get(default.get(b"BaseState"))?.as_name() {
            Some(b"OFF") => {
                let on = self.groups(default.get(b"ON"))?;
                all.into_iter().filter(|group| !on.contains(group)).chain(off).collect()
            }
            _ => off,
        };
        for group in self.layers_off.clone() {
            let name = match self.document.object(group)?.as_dict() {
                Some(dict) => self.get(dict.get(b"Name"))?.as_string().map(super::text::decode),
                None => None,
            };
            let part = format!("object {group}");
            let detail = name.map(|name| Detail::name(&name));
            let action =
                self.ctx.choose_with(&threats::OPTIONAL_CONTENT_LAYERS, Spot::Part(&part), detail)?;
            self.flat |= action == Action::Remove;
        }
        Ok(())
    }

    fn groups(&mut self, list: &'d Object<'s>) -> Result<BTreeSet<u32>, Error> {
        let mut groups = BTreeSet::new();
        if let Object::Array(items) = self.get(list)? {
            self.ctx.budget().objects(items.len() as u64)?;
            for item in items {
                groups.extend(self.document.follow(item)?.0);
            }
        }
        Ok(groups)
    }

    /// True where `layer`, a group or a membership, is not shown when the document opens.
    pub(crate) fn is_off(&self, layer: &'d Object<'s>) -> Result<bool, Error> {
        let (number, target) = self.document.follow(layer)?;
        let Object::Dict(dict) = target else { return Ok(false) };
        if self.get(dict.get(b"Type"))?.as_name() != Some(b"OCMD") {
            return Ok(number.is_some_and(|number| self.layers_off.contains(&number)));
        }
        let (one, groups) = self.document.follow(dict.get(b"OCGs"))?;
        let mut states = Vec::new();
        match groups {
            Object::Array(groups) => {
                for group in groups.iter().take(GROUPS) {
                    states
                        .extend(self.document.follow(group)?.0.map(|group| self.layers_off.contains(&group)));
                }
            }
            _ => states.extend(one.map(|group| self.layers_off.contains(&group))),
        }
        if states.is_empty() {
            return Ok(false);
        }
        Ok(match self.get(dict.get(b"P"))?.as_name() {
            Some(b"AllOn") => states.contains(&true),
            Some(b"AnyOff") => !states.contains(&true),
            Some(b"AllOff") => states.contains(&false),
            _ => !states.contains(&false),
        })
    }
}
