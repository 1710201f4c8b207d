//! The allow-list itself: every class that an allowed part can reach, with a verdict for each child and attribute.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Error,
    overlay::{Overlay, Verdict},
    parts::Parts,
    schema::{Class, Schema, element},
};

/// What is emitted.
pub(super) struct Tables<'a> {
    /// Class name → row, for every reachable class.
    pub(super) classes: BTreeMap<String, Row>,
    /// Elements with a verdict wherever they stand, for parents that do not list them.
    pub(super) anywhere: BTreeMap<&'a str, Verdict>,
    /// Prefix → threat.
    pub(super) namespaces: BTreeMap<&'a str, &'a str>,
    /// Classes met on the way, kept or not; for finding rules that match nothing.
    pub(super) met: BTreeSet<String>,
    /// Class and attribute met on the way.
    pub(super) met_attributes: BTreeSet<(String, String)>,
}

/// One class.
pub(super) struct Row {
    /// Element name → verdict and, where it is written, class.
    pub(super) children: BTreeMap<String, (Verdict, Option<String>)>,
    /// Attribute name → kind of value, or threat.
    pub(super) attributes: BTreeMap<String, Result<String, String>>,
    pub(super) text: String,
    /// Children of which it needs one; an empty list for any.
    pub(super) needs: Option<Vec<String>>,
    /// Whether it goes with the target of its relationship.
    pub(super) reference: bool,
}

impl<'a> Tables<'a> {
    /// Walks from the roots of the allowed parts.
    pub(super) fn build(schema: &Schema, parts: &Parts, overlay: &'a Overlay) -> Result<Self, Error> {
        let mut tables = Self {
            classes: BTreeMap::new(),
            anywhere: BTreeMap::new(),
            namespaces: BTreeMap::new(),
            met: BTreeSet::new(),
            met_attributes: BTreeSet::new(),
        };
        let mut merged: BTreeMap<String, Class> = BTreeMap::new();
        let mut queue: Vec<String> =
            parts.parts.values().flat_map(|part| part.roots.iter().cloned()).collect();
        while let Some(name) = queue.pop() {
            if tables.classes.contains_key(&name) {
                continue;
            }
            let class = schema
                .classes
                .get(&name)
                .or_else(|| merged.get(&name))
                .ok_or_else(|| format!("no class {name}"))?
                .clone();
            let row = tables.row(&name, &class, schema, overlay, &mut merged);
            queue.extend(row.children.values().filter_map(|(_, class)| class.clone()));
            tables.met.insert(name.clone());
            tables.classes.insert(name, row);
        }
        for rule in overlay.element.iter().filter(|rule| rule.of.is_none()) {
            for name in rule.names.iter().filter(|name| !name.contains('*')) {
                let verdict = match (&rule.drop, &rule.unwrap) {
                    (Some(threat), _) => Verdict::Drop(threat.clone()),
                    (_, Some(threat)) => Verdict::Unwrap(threat.clone()),
                    _ => continue,
                };
                tables.anywhere.insert(element(name), verdict);
            }
        }
        for rule in &overlay.namespace {
            for prefix in &rule.prefixes {
                tables.namespaces.insert(prefix, &rule.drop);
            }
        }
        Ok(tables)
    }

    fn row(
        &mut self,
        name: &str,
        class: &Class,
        schema: &Schema,
        overlay: &Overlay,
        merged: &mut BTreeMap<String, Class>,
    ) -> Row {
        let mut children: BTreeMap<String, (Verdict, Option<String>)> = BTreeMap::new();
        for child in &class.children {
            self.met.insert(child.clone());
            let verdict = overlay.child(name, child);
            let written = matches!(verdict, Verdict::Keep | Verdict::Hook(_));
            let entry = children.entry(element(child).to_owned());
            let entry = entry.or_insert_with(|| (verdict, written.then(|| child.clone())));
            // One element as two types under one parent: the schema tells them apart by position. Here both
            // are allowed at once.
            if let Some(other) = entry.1.as_mut().filter(|other| written && *other != child) {
                let mut both = Class::default();
                for one in [other.as_str(), child] {
                    if let Some(one) = schema.classes.get(one).or_else(|| merged.get(one)) {
                        both.children.extend(one.children.iter().cloned());
                        both.attributes.extend(one.attributes.clone());
                        both.text |= one.text;
                    }
                }
                let (kind, _) = child.rsplit_once('/').unwrap_or_default();
                *other = format!("{kind}+{other}");
                merged.insert(other.clone(), both);
            }
        }
        let mut attributes = BTreeMap::new();
        for (attribute, value) in &class.attributes {
            self.met_attributes.insert((name.to_owned(), attribute.clone()));
            attributes.insert(attribute.clone(), overlay.attribute(name, attribute, value));
        }
        Row {
            children,
            attributes,
            text: if class.text { overlay.text(name).to_owned() } else { "None".to_owned() },
            needs: overlay.needs(name).map(<[String]>::to_vec),
            reference: overlay.reference(name),
        }
    }
}
