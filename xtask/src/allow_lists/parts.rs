//! Parts and their relationships: which part may refer to which, and by what type.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use serde::Deserialize;

use super::{Error, overlay::Overlay};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/";

/// The allowed parts by kind, and every relationship type.
pub(super) struct Parts {
    pub(super) parts: BTreeMap<String, Part>,
    /// What a package's own relationships may lead to.
    pub(super) package: BTreeSet<(String, String)>,
    /// Relationship type → its canonical (Transitional) form.
    pub(super) types: BTreeMap<String, String>,
    /// Canonical relationship type → threat by which it is left out where no allowed part is meant.
    pub(super) excluded: BTreeMap<String, String>,
}

/// One allowed part.
pub(super) struct Part {
    pub(super) path: String,
    pub(super) content: String,
    pub(super) content_types: Vec<String>,
    /// Class names.
    pub(super) roots: Vec<String>,
    /// Canonical relationship type, kind.
    pub(super) refers: BTreeSet<(String, String)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Description {
    name: String,
    root: Option<String>,
    root_element: Option<String>,
    content_type: Option<String>,
    relationship_type: Option<String>,
    #[serde(default)]
    children: Vec<Child>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Child {
    name: String,
}

impl Parts {
    /// Reads `parts/*.json` and filters it by the overlay.
    pub(super) fn read(models: &Path, overlay: &Overlay) -> Result<Self, Error> {
        let mut described = BTreeMap::new();
        for entry in fs::read_dir(models.join("parts"))? {
            let part: Description = serde_json::from_str(&fs::read_to_string(entry?.path())?)?;
            described.insert(part.name.clone(), part);
        }
        let mut types = BTreeMap::new();
        let mut kinds: BTreeMap<&str, String> = BTreeMap::new();
        for rule in &overlay.part {
            let own = described.get(&rule.name).and_then(|part| part.relationship_type.clone());
            let canonical = own
                .or_else(|| rule.relationships.first().cloned())
                .ok_or_else(|| format!("{} has no relationship type", rule.name))?;
            add_type(&mut types, &canonical, &canonical);
            for alias in &rule.relationships {
                add_type(&mut types, alias, &canonical);
            }
            kinds.insert(&rule.name, canonical);
        }
        let mut excluded = BTreeMap::new();
        for rule in &overlay.excluded {
            let named = rule.parts.iter().map(|name| {
                described
                    .get(name)
                    .and_then(|part| part.relationship_type.clone())
                    .ok_or_else(|| Error::from(format!("no part {name}")))
            });
            for kind in named.chain(rule.relationships.iter().cloned().map(Ok)) {
                let kind = kind?;
                add_type(&mut types, &kind, &kind);
                excluded.insert(kind, rule.drop.clone());
            }
        }
        let refers = |names: &mut dyn Iterator<Item = &str>| -> BTreeSet<(String, String)> {
            names
                .filter_map(|name| {
                    kinds.get(name).map(|canonical| (canonical.clone(), kind(name).to_owned()))
                })
                .collect()
        };
        let mut parts = BTreeMap::new();
        for rule in &overlay.part {
            let own = described.get(&rule.name);
            let mut roots = rule.roots.clone();
            if let (true, Some(Description { root: Some(root), root_element: Some(element), .. })) =
                (roots.is_empty(), own)
            {
                let (prefix, _) = root.split_once(':').unwrap_or_default();
                roots.push(format!("{root}/{prefix}:{element}"));
            }
            let mut content_types: Vec<String> =
                own.and_then(|part| part.content_type.clone()).into_iter().collect();
            content_types.extend(rule.content_types.iter().cloned());
            let children = own.map(|part| part.children.as_slice()).unwrap_or_default();
            let part = Part {
                path: rule.path.clone(),
                content: rule.content.clone(),
                content_types,
                roots,
                refers: refers(
                    &mut children
                        .iter()
                        .map(|child| child.name.as_str())
                        .chain(rule.refers.iter().map(String::as_str)),
                ),
            };
            if let Some(unknown) = rule.refers.iter().find(|name| !kinds.contains_key(name.as_str())) {
                return Err(format!("{} refers to {unknown}, which is no allowed part", rule.name).into());
            }
            parts.insert(kind(&rule.name).to_owned(), part);
        }
        let roots = ["WordprocessingDocument", "SpreadsheetDocument", "PresentationDocument"];
        let package = refers(
            &mut roots
                .iter()
                .filter_map(|root| described.get(*root))
                .flat_map(|root| root.children.iter().map(|child| child.name.as_str())),
        );
        let unjudged: Vec<&str> = described
            .keys()
            .map(String::as_str)
            .filter(|name| !roots.contains(name) && !kinds.contains_key(name))
            .filter(|name| !overlay.excluded.iter().any(|rule| rule.parts.iter().any(|each| each == name)))
            .collect();
        if !unjudged.is_empty() {
            return Err(
                format!("parts the overlay neither allows nor excludes: {}", unjudged.join(", ")).into()
            );
        }
        Ok(Self { parts, package, types, excluded })
    }
}

/// Files a relationship type and its Strict twin under one canonical form.
fn add_type(types: &mut BTreeMap<String, String>, kind: &str, canonical: &str) {
    types.insert(kind.to_owned(), canonical.to_owned());
    if let Some(tail) = kind.strip_prefix(TRANSITIONAL) {
        types.insert(format!("{STRICT}{tail}"), canonical.to_owned());
    }
}

/// The kind of a part: its name without `Part`.
pub(super) fn kind(name: &str) -> &str {
    name.strip_suffix("Part").unwrap_or(name)
}
