//! `overlay.toml`: the decisions a schema cannot make. Its format is described at its top.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::{
    schema::{glob, names},
    tables::Tables,
};

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Overlay {
    /// Namespaces the SDK does not list.
    #[serde(default)]
    pub(super) namespaces: BTreeMap<String, String>,
    /// Strict URIs by the prefix of their Transitional twin.
    #[serde(default)]
    pub(super) strict: BTreeMap<String, String>,
    /// Earlier URIs by prefix.
    #[serde(default)]
    pub(super) aliases: BTreeMap<String, Vec<String>>,
    /// Prefix → threat: nothing of the namespace is written.
    #[serde(default)]
    pub(super) namespace: Vec<NamespaceRule>,
    #[serde(default)]
    pub(super) element: Vec<ElementRule>,
    #[serde(default)]
    pub(super) attribute: Vec<AttributeRule>,
    #[serde(default)]
    pub(super) text: Vec<TextRule>,
    #[serde(default)]
    pub(super) children: Vec<ChildrenRule>,
    #[serde(default)]
    pub(super) attributes: Vec<AttributesRule>,
    #[serde(default)]
    pub(super) class: Vec<ClassRule>,
    #[serde(default)]
    pub(super) wrapper: Vec<WrapperRule>,
    #[serde(default)]
    pub(super) reference: Vec<ReferenceRule>,
    #[serde(default)]
    pub(super) part: Vec<PartRule>,
    #[serde(default)]
    pub(super) excluded: Vec<ExcludedRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamespaceRule {
    pub(super) prefixes: Vec<String>,
    pub(super) drop: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ElementRule {
    pub(super) names: Vec<String>,
    /// Parents to which the rule is limited.
    pub(super) of: Option<Vec<String>>,
    pub(super) drop: Option<String>,
    pub(super) unwrap: Option<String>,
    pub(super) hook: Option<String>,
    /// Kept, where a broader rule would leave it out.
    #[serde(default)]
    pub(super) keep: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeRule {
    /// `element@attribute`.
    pub(super) names: Vec<String>,
    pub(super) drop: Option<String>,
    pub(super) value: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextRule {
    pub(super) names: Vec<String>,
    pub(super) kind: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChildrenRule {
    pub(super) of: Vec<String>,
    pub(super) only: Option<Vec<String>>,
    #[serde(default)]
    pub(super) add: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributesRule {
    pub(super) of: Vec<String>,
    pub(super) add: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClassRule {
    pub(super) name: String,
    #[serde(default)]
    pub(super) children: Vec<String>,
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) text: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrapperRule {
    pub(super) names: Vec<String>,
    /// The children that count; any, unless said.
    #[serde(rename = "for", default)]
    pub(super) counted: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferenceRule {
    pub(super) names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartRule {
    /// The SDK's name, without `Part` the name of the kind.
    pub(super) name: String,
    pub(super) path: String,
    /// `Xml` unless said.
    #[serde(default = "xml")]
    pub(super) content: String,
    #[serde(default)]
    pub(super) roots: Vec<String>,
    #[serde(default)]
    pub(super) content_types: Vec<String>,
    /// Relationship types beside the SDK's.
    #[serde(default)]
    pub(super) relationships: Vec<String>,
    /// Parts it may refer to beside the SDK's, by kind.
    #[serde(default)]
    pub(super) refers: Vec<String>,
}

fn xml() -> String {
    "Xml".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExcludedRule {
    /// The SDK's names.
    #[serde(default)]
    pub(super) parts: Vec<String>,
    /// Relationship types the SDK does not list.
    #[serde(default)]
    pub(super) relationships: Vec<String>,
    pub(super) drop: String,
}

/// What happens to a child of a class.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Keep,
    Drop(String),
    Unwrap(String),
    Hook(String),
}

impl ElementRule {
    fn verdict(&self) -> Verdict {
        match (&self.drop, &self.unwrap, &self.hook) {
            (Some(threat), ..) => Verdict::Drop(threat.clone()),
            (_, Some(threat), _) => Verdict::Unwrap(threat.clone()),
            (.., Some(hook)) => Verdict::Hook(hook.clone()),
            _ => Verdict::Keep,
        }
    }

    /// Whether the rule says one thing.
    fn decides_once(&self) -> bool {
        let said = [self.drop.is_some(), self.unwrap.is_some(), self.hook.is_some(), self.keep];
        said.iter().filter(|each| **each).count() == 1
    }
}

impl Overlay {
    /// What happens to `child` under `parent`: the last rule that names it, then its namespace.
    pub(super) fn child(&self, parent: &str, child: &str) -> Verdict {
        for rule in self.element.iter().rev() {
            let placed = rule.of.as_ref().is_none_or(|of| of.iter().any(|selector| names(selector, parent)));
            if placed && rule.names.iter().any(|selector| names(selector, child)) {
                return rule.verdict();
            }
        }
        let prefix = prefix(super::schema::element(child));
        self.namespace_threat(prefix).map_or(Verdict::Keep, Verdict::Drop)
    }

    /// The threat by which all of a namespace is left out.
    pub(super) fn namespace_threat(&self, prefix: &str) -> Option<String> {
        self.namespace
            .iter()
            .find(|rule| rule.prefixes.iter().any(|each| each == prefix))
            .map(|rule| rule.drop.clone())
    }

    /// What happens to an attribute: kept as `Ok(value)`, or left out as `Err(threat)`.
    pub(super) fn attribute(&self, class: &str, attribute: &str, value: &str) -> Result<String, String> {
        let mut value = value.to_owned();
        let mut threat = self.namespace_threat(prefix(attribute));
        for rule in &self.attribute {
            if rule.names.iter().any(|selector| {
                selector
                    .split_once('@')
                    .is_some_and(|(element, name)| names(element, class) && glob(name, attribute))
            }) {
                threat.clone_from(&rule.drop);
                if let Some(kind) = &rule.value {
                    value.clone_from(kind);
                }
            }
        }
        threat.map_or(Ok(value), Err)
    }

    /// The kind of text of a class that holds text.
    pub(super) fn text(&self, class: &str) -> &str {
        self.text
            .iter()
            .rev()
            .find(|rule| rule.names.iter().any(|selector| names(selector, class)))
            .map_or("Text", |rule| &rule.kind)
    }

    /// The children without any of which an element means nothing; an empty list for any child.
    pub(super) fn needs(&self, class: &str) -> Option<&[String]> {
        self.wrapper
            .iter()
            .rev()
            .find(|rule| rule.names.iter().any(|selector| names(selector, class)))
            .map(|rule| rule.counted.as_slice())
    }

    /// Whether an element means nothing without the target of its relationship.
    pub(super) fn reference(&self, class: &str) -> bool {
        self.reference.iter().any(|rule| rule.names.iter().any(|selector| names(selector, class)))
    }

    /// Rules that name nothing in the tables: mistakes, or names the schema has lost.
    pub(super) fn unused(&self, tables: &Tables<'_>) -> Vec<String> {
        let seen: BTreeSet<&str> = tables.met.iter().map(String::as_str).collect();
        let mut unused = Vec::new();
        for rule in &self.element {
            if !rule.decides_once() {
                unused.push(format!("{} (not one verdict)", rule.names.join(" ")));
            }
            // Names that only a removed element holds are listed for the report's sake.
            if rule.drop.is_some() || rule.unwrap.is_some() {
                continue;
            }
            for selector in &rule.names {
                if !seen.iter().any(|class| names(selector, class)) {
                    unused.push(selector.clone());
                }
            }
        }
        let placed = self.wrapper.iter().flat_map(|rule| &rule.names);
        for selector in placed.chain(self.reference.iter().flat_map(|rule| &rule.names)) {
            if !seen.iter().any(|class| names(selector, class)) {
                unused.push(selector.clone());
            }
        }
        for (class, row) in &tables.classes {
            if row.reference && !row.attributes.keys().any(|name| name.starts_with("r:")) {
                unused.push(format!("{class} (a reference without a relationship)"));
            }
        }
        for rule in &self.attribute {
            for selector in &rule.names {
                let found = selector.split_once('@').is_some_and(|(element, name)| {
                    tables
                        .met_attributes
                        .iter()
                        .any(|(class, attribute)| names(element, class) && glob(name, attribute))
                });
                if !found {
                    unused.push(selector.clone());
                }
            }
        }
        unused
    }
}

/// The prefix of a name: `w` of `w:p`.
pub(super) fn prefix(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}
