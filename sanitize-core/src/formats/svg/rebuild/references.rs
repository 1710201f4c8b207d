//! What refers to what, and how much that makes a viewer draw.

use std::collections::BTreeMap;

use crate::{budget::Budget, error::Error};

/// How many elements a viewer may have to draw, each as often as it is referred to.
const DRAWN: u64 = 500_000;
/// How deep patterns, masks and markers may stand in each other by reference: each repeats the next at every tile.
const REPEATED: u32 = 4;

/// The elements of a drawing, what they contain, and what they refer to.
#[derive(Debug, Default)]
pub(super) struct References {
    nodes: Vec<Node>,
    open: Vec<usize>,
    names: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Node {
    children: Vec<usize>,
    refers: Vec<String>,
    /// Of `refers`, what all that is drawn inside inherits, each with its property.
    inherited: Vec<(String, String)>,
    /// It is drawn again and again by who refers to it.
    repeats: bool,
}

/// Where a walk stands with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unknown,
    Entered,
    Done { drawn: u64, repeated: u32 },
}

impl References {
    /// An element starts; its number.
    pub(super) fn open(&mut self, _piece: usize, name: &str) -> usize {
        let index = self.nodes.len();
        let repeats = matches!(name, "pattern" | "mask" | "marker");
        let refers = if repeats { self.inherited() } else { Vec::new() };
        self.nodes.push(Node { children: Vec::new(), refers, inherited: Vec::new(), repeats });
        if let Some(parent) = self.open.last().and_then(|parent| self.nodes.get_mut(*parent)) {
            parent.children.push(index);
        }
        self.open.push(index);
        index
    }

    /// The innermost element ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// The element `index` is called `id`. The first of a name has it.
    pub(super) fn name(&mut self, index: usize, id: &str) {
        self.names.entry(id.to_owned()).or_insert(index);
    }

    /// The innermost element refers to the one called `id`, by this attribute or property.
    pub(super) fn refer(&mut self, id: &str, property: &str) {
        if let Some(node) = self.open.last().and_then(|open| self.nodes.get_mut(*open)) {
            node.refers.push(id.to_owned());
            if matches!(property, "fill" | "stroke") || property.starts_with("marker") {
                // The last one of a style counts, and it goes before an attribute, which may come behind it.
                let mut alike =
                    node.inherited.iter_mut().filter(|(known, _)| known == property).map(|(_, id)| id);
                match (alike.next(), alike.next()) {
                    (Some(first), Some(second)) => *first = std::mem::replace(second, id.to_owned()),
                    _ => node.inherited.push((property.to_owned(), id.to_owned())),
                }
            }
        }
    }

    /// What is drawn for a pattern, a mask or a marker inherits from where it stands, not from where it is used:
    /// of each property what the nearest element around says.
    fn inherited(&self) -> Vec<String> {
        let mut properties: Vec<&str> = Vec::new();
        let mut ids = Vec::new();
        for outer in self.open.iter().rev().filter_map(|outer| self.nodes.get(*outer)) {
            let nearer = properties.len();
            for (property, id) in &outer.inherited {
                if !properties.iter().take(nearer).any(|nearer| nearer == property) {
                    ids.push(id.clone());
                    properties.push(property);
                }
            }
        }
        ids
    }

    /// True where references go in a circle, or make more of a drawing than anybody draws.
    pub(super) fn are_too_many(&self, budget: &Budget) -> Result<bool, Error> {
        let mut states = vec![State::Unknown; self.nodes.len()];
        let mut stack: Vec<usize> = if self.nodes.is_empty() { Vec::new() } else { vec![0] };
        while let Some(index) = stack.last().copied() {
            budget.objects(1)?;
            let Some(node) = self.nodes.get(index) else { break };
            let targets = || {
                let referred = node.refers.iter().filter_map(|id| self.names.get(id));
                node.children.iter().chain(referred).copied()
            };
            if states.get(index) == Some(&State::Unknown) {
                if let Some(state) = states.get_mut(index) {
                    *state = State::Entered;
                }
                for target in targets() {
                    match states.get(target) {
                        Some(State::Unknown) => stack.push(target),
                        Some(State::Entered) => return Ok(true),
                        _ => {}
                    }
                }
                continue;
            }
            stack.pop();
            if states.get(index) != Some(&State::Entered) {
                continue;
            }
            let (mut drawn, mut repeated) = (1_u64, 0_u32);
            for target in targets() {
                if let Some(State::Done { drawn: more, repeated: deeper }) = states.get(target) {
                    drawn = drawn.saturating_add(*more);
                    repeated = repeated.max(*deeper);
                }
            }
            repeated += u32::from(node.repeats);
            if drawn > DRAWN.max(self.nodes.len() as u64 * 4) || repeated > REPEATED {
                return Ok(true);
            }
            if let Some(state) = states.get_mut(index) {
                *state = State::Done { drawn, repeated };
            }
        }
        Ok(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{budget::Cancel, limits::Limits};

    /// Elements beside each other, each with its name and what it refers to.
    fn too_many(elements: &[(&str, &str, &[&str])]) -> bool {
        let mut references = References::default();
        references.open(0, "svg");
        for (name, id, refers) in elements {
            let index = references.open(0, name);
            references.name(index, id);
            refers.iter().for_each(|target| references.refer(target, "href"));
            references.close();
        }
        references.are_too_many(&Budget::new(&Limits::default(), 1, Cancel::new())).unwrap()
    }

    #[test]
    fn circles_and_multitudes_are_too_many() {
        assert!(!too_many(&[("g", "a", &["b", "b"]), ("g", "b", &["c"]), ("path", "c", &[])]));
        assert!(too_many(&[("g", "a", &["a"])]));
        assert!(too_many(&[("g", "a", &["b"]), ("g", "b", &["c"]), ("g", "c", &["a"])]));
        let ids: Vec<String> = (0..40).map(|n| format!("l{n}")).collect();
        let doubled: Vec<[&str; 2]> = ids.iter().skip(1).map(|id| [id.as_str(); 2]).collect();
        let levels: Vec<(&str, &str, &[&str])> =
            ids.iter().zip(&doubled).map(|(id, refers)| ("g", id.as_str(), refers.as_slice())).collect();
        assert!(too_many(&levels));
        assert!(!too_many(levels.get(30..).unwrap()));
        let patterns: Vec<(&str, &str, &[&str])> = ids
            .iter()
            .zip(&doubled)
            .map(|(id, refers)| ("pattern", id.as_str(), refers.get(..1).unwrap()))
            .collect();
        assert!(too_many(patterns.get(30..).unwrap()));
    }

    #[test]
    fn what_is_inherited_is_what_is_nearest() {
        let mut references = References::default();
        references.open(0, "svg");
        references.refer("outer", "fill");
        references.refer("line", "stroke");
        references.open(0, "g");
        (0..100_000).for_each(|n| references.refer(&format!("p{n}"), "fill"));
        references.refer("attribute", "fill");
        assert_eq!(references.inherited(), ["p99999", "attribute", "line"]);
    }

    #[test]
    fn a_pattern_that_inherits_itself_is_a_circle() {
        let circle = |property: &str| {
            let mut references = References::default();
            references.open(0, "svg");
            references.refer("p", property);
            let pattern = references.open(0, "pattern");
            references.name(pattern, "p");
            references.open(0, "rect");
            references.are_too_many(&Budget::new(&Limits::default(), 1, Cancel::new())).unwrap()
        };
        assert!(circle("fill") && circle("marker-end"));
        assert!(!circle("filter"), "nothing inside inherits it");
    }
}
