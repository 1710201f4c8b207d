//! The Open XML SDK's description of the schemas: a class is one element as one type, `w:CT_P/w:p`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;

use super::{Error, overlay::Overlay};

/// Every class of every schema.
pub(super) struct Schema {
    /// Prefix → URI.
    pub(super) namespaces: BTreeMap<String, String>,
    /// Prefix → URI of the Strict twin.
    pub(super) strict: BTreeMap<String, String>,
    /// Prefix → earlier URIs.
    pub(super) aliases: BTreeMap<String, Vec<String>>,
    /// Class name → class, inheritance resolved.
    pub(super) classes: BTreeMap<String, Class>,
    /// Element name → the classes that have it.
    by_element: BTreeMap<String, Vec<String>>,
}

/// One element as one type, with everything its base classes give it.
#[derive(Clone, Default)]
pub(super) struct Class {
    /// Class names of the children.
    pub(super) children: BTreeSet<String>,
    /// Attribute name (`w:val`, `:val`) → kind of value.
    pub(super) attributes: BTreeMap<String, String>,
    /// Whether the element holds text.
    pub(super) text: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Namespace {
    prefix: String,
    uri: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct File {
    #[serde(default)]
    types: Vec<Type>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Type {
    name: String,
    class_name: String,
    base_class: String,
    #[serde(default)]
    children: Vec<Child>,
    #[serde(default)]
    additional_elements: Vec<String>,
    #[serde(default)]
    attributes: Vec<Attribute>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Child {
    name: String,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute {
    q_name: String,
    #[serde(rename = "Type")]
    kind: String,
}

impl Schema {
    /// Reads `namespaces.json` and `schemas/*.json`.
    pub(super) fn read(models: &Path) -> Result<Self, Error> {
        let namespaces: Vec<Namespace> =
            serde_json::from_str(&fs::read_to_string(models.join("namespaces.json"))?)?;
        let namespaces = namespaces.into_iter().map(|n| (n.prefix, n.uri)).collect();
        let mut paths: Vec<_> = fs::read_dir(models.join("schemas"))?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        paths.sort();
        let mut classes = BTreeMap::new();
        for path in paths {
            let file: File = serde_json::from_str(&fs::read_to_string(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            // A base class is named by its class name and stands in the same file.
            let bases: BTreeMap<&str, &Type> =
                file.types.iter().map(|kind| (kind.class_name.as_str(), kind)).collect();
            for kind in &file.types {
                if !kind.name.ends_with('/') {
                    classes.insert(kind.name.clone(), resolve(kind, &bases));
                }
            }
        }
        let mut schema = Self {
            namespaces,
            strict: BTreeMap::new(),
            aliases: BTreeMap::new(),
            classes,
            by_element: BTreeMap::new(),
        };
        schema.index();
        Ok(schema)
    }

    /// Adds the classes, children, attributes and namespaces of the overlay.
    pub(super) fn extend(&mut self, overlay: &Overlay) -> Result<(), Error> {
        for (prefix, uri) in &overlay.namespaces {
            self.namespaces.insert(prefix.clone(), uri.clone());
        }
        self.strict.clone_from(&overlay.strict);
        self.aliases.clone_from(&overlay.aliases);
        for class in &overlay.class {
            let added = Class { text: class.text, ..Class::default() };
            if self.classes.insert(class.name.clone(), added).is_some() {
                return Err(format!("overlay adds {} a second time", class.name).into());
            }
        }
        self.index();
        for class in &overlay.class {
            let children = self.resolve_all(&class.children)?;
            let added = self.classes.entry(class.name.clone()).or_default();
            added.children = children;
            added.attributes = class.attributes.clone();
        }
        for rule in &overlay.children {
            let only = rule.only.as_ref().map(|names| self.resolve_all(names)).transpose()?;
            let add = self.resolve_all(&rule.add)?;
            for name in self.select(&rule.of)? {
                let class = self.classes.entry(name).or_default();
                if let Some(only) = &only {
                    class.children.clone_from(only);
                }
                class.children.extend(add.iter().cloned());
            }
        }
        for rule in &overlay.attributes {
            for name in self.select(&rule.of)? {
                let class = self.classes.entry(name).or_default();
                class.attributes.extend(rule.add.clone());
            }
        }
        Ok(())
    }

    /// The class of a reference: a class name, or the name of an element that only one class has.
    pub(super) fn resolve(&self, reference: &str) -> Result<String, Error> {
        if self.classes.contains_key(reference) {
            return Ok(reference.to_owned());
        }
        match self.by_element.get(reference).map(Vec::as_slice) {
            Some([one]) => Ok(one.clone()),
            Some(many) => Err(format!("{reference} is ambiguous: {}", many.join(", ")).into()),
            None => Err(format!("no class {reference}").into()),
        }
    }

    fn resolve_all(&self, references: &[String]) -> Result<BTreeSet<String>, Error> {
        references.iter().map(|reference| self.resolve(reference)).collect()
    }

    /// The classes that a selector (class or element name, `*` allowed) names.
    fn select(&self, selectors: &[String]) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        for selector in selectors {
            let before = found.len();
            found.extend(self.classes.keys().filter(|class| names(selector, class)).cloned());
            if found.len() == before {
                return Err(format!("overlay selector {selector} names no class").into());
            }
        }
        Ok(found)
    }

    fn index(&mut self) {
        self.by_element.clear();
        for name in self.classes.keys() {
            self.by_element.entry(element(name).to_owned()).or_default().push(name.clone());
        }
    }
}

fn resolve(kind: &Type, bases: &BTreeMap<&str, &Type>) -> Class {
    let mut class = Class::default();
    let mut at = Some(kind);
    // The longest chain in the data is three; the bound is against a cycle in a damaged file.
    for _ in 0..16 {
        let Some(kind) = at else { break };
        class.children.extend(kind.children.iter().map(|child| child.name.clone()));
        class.children.extend(kind.additional_elements.iter().cloned());
        for attribute in &kind.attributes {
            class
                .attributes
                .entry(attribute.q_name.clone())
                .or_insert_with(|| value(&attribute.q_name, &attribute.kind).to_owned());
        }
        class.text |= kind.base_class == "OpenXmlLeafTextElement";
        at = bases.get(kind.base_class.as_str()).copied();
    }
    class
}

/// The kind of value of an attribute, from the SDK's type.
fn value(name: &str, kind: &str) -> &'static str {
    if name.starts_with("r:") {
        return "Relationship";
    }
    match kind {
        "BooleanValue" | "OnOffValue" | "TrueFalseValue" | "TrueFalseBlankValue" => "Boolean",
        "Base64BinaryValue" => "Base64",
        "HexBinaryValue" => "Hex",
        "DateTimeValue" => "DateTime",
        "StringValue" => "String",
        _ if kind.starts_with("EnumValue") => "Token",
        _ if kind.starts_with("ListValue") => "String",
        _ => "Number",
    }
}

/// The element of a class: `w:p` of `w:CT_P/w:p`.
pub(super) fn element(class: &str) -> &str {
    class.rsplit_once('/').map_or(class, |(_, element)| element)
}

/// Whether a selector names a class, by class name or element name.
pub(super) fn names(selector: &str, class: &str) -> bool {
    glob(selector, class) || glob(selector, element(class))
}

/// Whether a name matches a pattern in which `*` stands for any run of characters.
pub(super) fn glob(pattern: &str, name: &str) -> bool {
    let Some((head, mut rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut name) = name.strip_prefix(head) else { return false };
    while let Some((middle, tail)) = rest.split_once('*') {
        let Some(at) = name.find(middle) else { return false };
        name = name.get(at + middle.len()..).unwrap_or_default();
        rest = tail;
    }
    name.ends_with(rest)
}
