//! The PDF allow-list from the Arlington model: `cargo xtask allow-lists-pdf`.
//!
//! The model names every dictionary, key, type and link of ISO 32000-2. The overlay beside this file says
//! which of them are not written, and which threat each counts as. What neither names is not written at all.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use clap::Args;

const OVERLAY: &str = include_str!("allow_lists_pdf.tsv");

/// One row of the model.
#[derive(Clone, Debug)]
struct Row {
    key: String,
    kinds: BTreeSet<&'static str>,
    values: Vec<String>,
    links: Vec<String>,
    required: bool,
}

impl Row {
    /// Lets the value be what the other may be too.
    fn join(&mut self, other: &Self) {
        self.kinds.extend(other.kinds.iter());
        self.required &= other.required;
        if self.values.is_empty() || other.values.is_empty() {
            self.values.clear();
        } else {
            self.values.extend(other.values.iter().cloned());
        }
        self.links.extend(other.links.iter().cloned());
    }
}

type Model = BTreeMap<String, Vec<Row>>;

/// What to do with the tables.
#[derive(Args)]
pub(crate) struct Options {
    /// Compare with the committed file instead of writing it.
    #[arg(long)]
    check: bool,
    /// The directory of the model's tables.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

/// Reads the model, then writes the tables or compares them.
pub(crate) fn run(options: &Options) -> Result<(), Box<dyn std::error::Error>> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let models =
        options.models.clone().unwrap_or_else(|| workspace.join("../shared/models/arlington/latest"));
    if !models.is_dir() && options.check {
        return Ok(());
    }
    let folder = workspace.join("sanitize-core/src/formats/pdf/model/tables");
    for (name, text) in generate(&models)? {
        let path = folder.join(&name);
        if !options.check {
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        } else if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            return Err(format!("{name} is not what the model and the overlay make").into());
        }
    }
    Ok(())
}

/// The files of the tables: which types stand in each, and its first line.
const FILES: [(&str, &str); 7] = [
    ("annotations", "Annotations and their appearances."),
    ("arrays", "Arrays whose items have a type."),
    ("document", "The catalog, pages, outlines, layers, and what else belongs to the whole document."),
    ("fields", "Forms, their fields, and the annotations that show them."),
    ("fonts", "Fonts, their encodings and programs."),
    ("graphics", "What content streams use: pictures, forms, patterns, colours, functions."),
    ("structure", "Tags: the structure tree and its attributes."),
];

/// The file a type stands in.
fn file_of(name: &str) -> &'static str {
    let starts = |heads: &[&str]| heads.iter().any(|head| name.starts_with(head));
    if starts(&["ArrayOf"]) {
        "arrays"
    } else if starts(&["AnnotWidget", "Field", "InteractiveForm", "Widget"]) {
        "fields"
    } else if starts(&["Annot", "Appearance", "Border", "Icon"]) {
        "annotations"
    } else if starts(&["Font", "CMap", "CID", "Char", "Encoding", "ToUnicode"]) {
        "fonts"
    } else if starts(&[
        "Struct",
        "Standard",
        "Attribute",
        "Class",
        "Mark",
        "Namespace",
        "ObjectReference",
        "Role",
    ]) {
        "structure"
    } else if name.contains("Color")
        || name.contains("Map")
        || starts(&[
            "Cal", "Device", "Function", "Graphics", "Group", "Halftone", "ICC", "Indexed", "Lab", "Pattern",
        ])
        || starts(&[
            "Resource",
            "Separation",
            "Shading",
            "Soft",
            "XObject",
            "Blackpoint",
            "Whitepoint",
            "Range",
        ])
    {
        "graphics"
    } else {
        "document"
    }
}

fn generate(models: &Path) -> Result<Vec<(String, String)>, String> {
    let (mut model, shapes) = read_model(models)?;
    let overlay: Vec<Vec<&str>> = OVERLAY
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| line.split('\t').collect())
        .collect();
    let rules = |name: &str| -> Vec<Vec<&str>> {
        overlay.iter().filter(|row| row.first() == Some(&name)).cloned().collect()
    };
    for rule in rules("union") {
        let [_, name, parts] = rule.as_slice() else { return Err(format!("union: {rule:?}")) };
        let mut rows: Vec<Row> = Vec::new();
        for row in parts.split(',').filter_map(|part| model.get(part)).flatten() {
            match rows.iter_mut().find(|known| known.key == row.key) {
                None => rows.push(row.clone()),
                Some(known) => known.join(row),
            }
        }
        model.insert((*name).to_owned(), rows);
    }
    for rule in rules("mixed") {
        let rows = rule.get(1).and_then(|name| model.get_mut(*name));
        let rows = rows.ok_or_else(|| format!("mixed: {rule:?}"))?;
        let mut rest = std::mem::take(rows).into_iter();
        let mut any = rest.next().ok_or_else(|| format!("mixed: {rule:?}"))?;
        rest.for_each(|row| any.join(&row));
        rows.push(Row { key: "*".to_owned(), ..any });
    }
    tables(&model, &shapes, &rules)
}

fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(""), _) => true,
        (Some(rest), _) => rest.strip_suffix('*').is_some_and(|middle| name.contains(middle)),
        (None, Some(start)) => name.starts_with(start),
        (None, None) => pattern == name,
    }
}

fn read_model(models: &Path) -> Result<(Model, BTreeMap<String, &'static str>), String> {
    let mut model = Model::new();
    let mut shapes = BTreeMap::new();
    let listing = fs::read_dir(models).map_err(|error| format!("{}: {error}", models.display()))?;
    for entry in listing.flatten() {
        let path = entry.path();
        let (Some(name), Some("tsv")) =
            (path.file_stem().and_then(|stem| stem.to_str()), path.extension().and_then(|end| end.to_str()))
        else {
            continue;
        };
        let text = fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let mut rows = Vec::new();
        for line in text.lines().skip(1) {
            let columns: Vec<&str> = line.split('\t').collect();
            let column = |index: usize| columns.get(index).copied().unwrap_or_default();
            if column(0).is_empty() {
                continue;
            }
            let alternatives: Vec<&str> = column(1).split(';').map(unwrap_version).collect();
            let link_groups = groups(column(10));
            let mut links = Vec::new();
            let mut kinds = BTreeSet::new();
            for (index, kind) in alternatives.iter().enumerate() {
                let kind = kind_of(kind)?;
                kinds.insert(kind);
                let group = link_groups.get(index).or(link_groups.first()).copied().unwrap_or_default();
                for link in items(group) {
                    let shape = match kind {
                        "ARRAY" => Some("Array"),
                        "DICT" => Some("Dict"),
                        "STREAM" => Some("Stream"),
                        _ => None,
                    };
                    if let Some(shape) = shape.filter(|_| link_groups.len() == alternatives.len()) {
                        shapes.entry(link.clone()).or_insert(shape);
                    }
                    links.push(link);
                }
            }
            let value_groups = groups(column(8));
            let mut values = Vec::new();
            let mut open = value_groups.is_empty();
            for (index, kind) in alternatives.iter().enumerate() {
                let group = value_groups.get(index).or(value_groups.first()).copied().unwrap_or_default();
                if !matches!(*kind, "name" | "integer") {
                    continue;
                }
                let listed = items(group);
                open |= listed.is_empty()
                    || listed
                        .iter()
                        .any(|value| value == "*" || value.contains("fn:") || value.contains('@'));
                values.extend(listed);
            }
            if open {
                values.clear();
            }
            rows.push(Row { key: column(0).to_owned(), kinds, values, links, required: column(4) == "TRUE" });
        }
        model.insert(name.to_owned(), rows);
    }
    Ok((model, shapes))
}

/// `[a];[b,c]` to its groups.
fn groups(column: &str) -> Vec<&str> {
    if column.is_empty() {
        return Vec::new();
    }
    column.split("];[").map(|group| group.trim_start_matches('[').trim_end_matches(']')).collect()
}

/// The innermost argument of version functions: what the key may be in any version.
fn unwrap_version(mut text: &str) -> &str {
    while text.starts_with("fn:") && !text.starts_with("fn:Eval") {
        let Some((_, inner)) = text.split_once('(') else { return text };
        let inner = inner.strip_suffix(')').unwrap_or(inner);
        let deprecated = text.starts_with("fn:Deprecated")
            || text.starts_with("fn:SinceVersion")
            || text.starts_with("fn:IsPDFVersion")
            || text.starts_with("fn:RequiredValue")
            || text.starts_with("fn:Extension");
        let mut depth = 0;
        let comma = inner.char_indices().find(|(_, c)| {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            *c == ',' && depth == 0
        });
        match comma {
            Some((at, _)) if deprecated => text = inner.get(at + 1..).unwrap_or_default(),
            _ => return "fn:",
        }
    }
    text
}

/// The items of a group, commas inside functions aside.
fn items(group: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let (mut depth, mut part) = (0, String::new());
    for c in group.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => (),
        }
        if c == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    parts.iter().map(|part| unwrap_version(part.trim()).to_owned()).filter(|part| !part.is_empty()).collect()
}

fn kind_of(kind: &str) -> Result<&'static str, String> {
    Ok(match kind {
        "array" => "ARRAY",
        "bitmask" | "integer" => "INT",
        "boolean" => "BOOL",
        "date" | "string" | "string-ascii" | "string-byte" | "string-text" => "STRING",
        "dictionary" => "DICT",
        "matrix" => "MATRIX",
        "name" => "NAME",
        "name-tree" => "NAME_TREE",
        "null" => "NULL",
        "number" => "NUMBER",
        "number-tree" => "NUMBER_TREE",
        "rectangle" => "RECTANGLE",
        "stream" => "STREAM",
        other => return Err(format!("unknown type {other}")),
    })
}

fn tables(
    model: &Model,
    shapes: &BTreeMap<String, &'static str>,
    rules: &dyn Fn(&str) -> Vec<Vec<&'static str>>,
) -> Result<Vec<(String, String)>, String> {
    let column = |rule: &[&'static str], index: usize| rule.get(index).copied().unwrap_or_default();
    let named = |directive: &str, name: &str, key: &str| -> Option<&'static str> {
        rules(directive)
            .iter()
            .find(|rule| matches(column(rule, 1), name) && matches(column(rule, 2), key))
            .map(|rule| column(rule, 3))
    };
    // A hook that names its type and key goes before what is left out of every type.
    let by_name = |name: &str, key: &str| {
        rules("hook").iter().any(|rule| column(rule, 1) == name && column(rule, 2) == key)
    };
    let notypes = rules("notype");
    let notype =
        |name: &str| notypes.iter().find(|rule| matches(column(rule, 1), name)).map(|rule| column(rule, 2));
    let mut queue: VecDeque<String> = rules("root").iter().map(|rule| column(rule, 1).to_owned()).collect();
    let mut reached: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    while let Some(name) = queue.pop_front() {
        if reached.contains_key(&name) {
            continue;
        }
        let rows = model.get(&name).ok_or_else(|| format!("no type {name}"))?;
        let mut lines = Vec::new();
        for row in rows {
            let key = &row.key;
            let mut telling = false;
            let file = matches!(key.as_str(), "F") && row.links.iter().any(|link| link.contains("FileSpec"));
            let text = if file {
                format!("Key::dropped({key:?}, \"pdf.external-stream-f\")")
            } else if let Some(threat) = named("drop", &name, key).filter(|_| !by_name(&name, key)) {
                format!("Key::dropped({key:?}, {threat:?})")
            } else if named("writer", &name, key).is_some() {
                format!("Key::written({key:?})")
            } else {
                let hook = named("hook", &name, key).is_some();
                let mut kinds = row.kinds.clone();
                let mut links = Vec::new();
                let mut lost = None;
                for link in &row.links {
                    match notype(link) {
                        Some(threat) => lost = Some(threat),
                        None if links.contains(link) || !model.contains_key(link) => (),
                        None => links.push(link.clone()),
                    }
                }
                let shape_left =
                    |shape: &str| links.iter().any(|link| shape_of(link, shapes, model) == shape);
                if !hook {
                    for (kind, shape) in [("DICT", "Dict"), ("STREAM", "Stream"), ("ARRAY", "Array")] {
                        if kinds.contains(kind) && !shape_left(shape) {
                            kinds.remove(kind);
                        }
                    }
                }
                if kinds.is_empty() {
                    let threat = lost.unwrap_or("pdf.pieceinfo-and-private-data");
                    let text = format!("Key::dropped({key:?}, {threat:?})");
                    lines.push(Line { key: key.clone(), text, telling: false });
                    continue;
                }
                queue.extend(links.iter().cloned());
                let kinds = kinds.iter().map(|kind| format!("kind::{kind}")).collect::<Vec<_>>().join(" | ");
                let links = links
                    .iter()
                    .map(|link| format!("ids::{}", constant(link)))
                    .collect::<Vec<_>>()
                    .join(", ");
                let open = named("open", &name, key).is_some();
                let values = if open { &[][..] } else { row.values.as_slice() };
                telling = !values.is_empty()
                    && (row.required || matches!(key.as_str(), "Type" | "Subtype" | "S" | "FT"));
                let values = values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(", ");
                let variant = if hook { "hooked" } else { "allowed" };
                let required = if row.required { ".required()" } else { "" };
                format!("Key::{variant}({key:?}, {kinds}, &[{links}], &[{values}]){required}")
            };
            lines.push(Line { key: key.clone(), text, telling });
        }
        reached.insert(name, lines);
    }
    files(&reached, shapes, model)
}

/// One key of a type, as it is written.
struct Line {
    key: String,
    text: String,
    /// Its value says which type a dictionary or array is of.
    telling: bool,
}

const HEAD: &str = "// Generated by `cargo xtask allow-lists-pdf` from the Arlington model and its overlay. Change the overlay\n\
     // and run it again; do not edit.\n\n";

fn files(
    reached: &BTreeMap<String, Vec<Line>>,
    shapes: &BTreeMap<String, &'static str>,
    model: &Model,
) -> Result<Vec<(String, String)>, String> {
    let mut ids =
        format!("//! The types by number.\n\n{HEAD}use crate::formats::pdf::model::allow::TypeId;\n\n");
    let mut list = String::new();
    for (index, name) in reached.keys().enumerate() {
        let constant = constant(name);
        let _ = writeln!(ids, "pub(crate) const {constant}: TypeId = TypeId({index});");
        let _ = writeln!(list, "    &{}::{constant},", file_of(name));
    }
    let mut keys: Vec<&str> = reached
        .values()
        .flatten()
        .filter(|line| line.text.starts_with("Key::allowed") || line.text.starts_with("Key::hooked"))
        .map(|line| line.key.as_str())
        .collect();
    keys.sort_by_key(|key| (key.len(), *key));
    keys.dedup();
    let keys: String = keys.iter().map(|key| format!("    {key:?},\n")).collect();
    let keys = format!(
        "//! Every key that some type lets be written, the shortest first.\n\n{HEAD}\
         #[rustfmt::skip]\npub(crate) static KEYS: &[&str] = &[\n{keys}];\n"
    );
    let unused = "reason = \"generated: not every type is named in code\"";
    let mut names: Vec<&str> = FILES.iter().map(|(name, _)| *name).chain(["ids", "keys"]).collect();
    names.sort_unstable();
    let modules: String = names
        .iter()
        .map(|name| match *name {
            "ids" => format!("#[allow(dead_code, {unused})]\nmod ids;\n"),
            name => format!("mod {name};\n"),
        })
        .collect();
    let index = format!(
        "//! Every type that may be written. One file per kind, so that none is too long to open.\n\n{HEAD}\
         {modules}\nuse super::allow::Type;\n#[allow(unused_imports, {unused})]\npub(crate) use ids::*;\n\
         pub(crate) use keys::KEYS;\n\n/// The types, by number.\n#[rustfmt::skip]\n\
         pub(crate) static TYPES: &[&Type] = &[\n{list}];\n"
    );
    let mut written =
        vec![("ids.rs".to_owned(), ids), ("keys.rs".to_owned(), keys), ("mod.rs".to_owned(), index)];
    for (file, about) in FILES {
        let mut text = format!(
            "//! {about}\n\n{HEAD}use super::ids;\nuse crate::formats::pdf::model::allow::{{Key, Shape, Type, kind}};\n"
        );
        for (name, lines) in reached.iter().filter(|(name, _)| file_of(name) == file) {
            let shape = shape_of(name, shapes, model);
            let _ =
                writeln!(text, "\n#[rustfmt::skip]\npub(super) static {}: Type = Type {{", constant(name));
            let _ = writeln!(text, "    name: {name:?}, shape: Shape::{shape}, {},", order(name, lines)?);
            text.push_str("    keys: &[\n");
            for line in lines {
                let _ = writeln!(text, "        {},", line.text);
            }
            text.push_str("    ],\n};\n");
        }
        written.push((format!("{file}.rs"), text));
    }
    Ok(written)
}

/// What makes look-ups quick: the keys in their own order, the telling ones, and how the places of an array repeat.
fn order(name: &str, lines: &[Line]) -> Result<String, String> {
    let mut sorted: Vec<usize> =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| line.key != "*")).collect();
    sorted.sort_by_key(|at| lines.get(*at).map(|line| line.key.as_str()));
    let telling = (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|line| line.telling));
    let any = lines.iter().position(|line| line.key == "*");
    let places = lines.iter().filter(|line| line.key.trim_end_matches('*').parse::<usize>().is_ok()).count();
    let cycle = lines.iter().any(|line| line.key.len() > 1 && line.key.ends_with('*'));
    for (at, line) in lines.iter().enumerate().take(places) {
        let expected = if cycle { format!("{at}*") } else { at.to_string() };
        if places > 0 && line.key != expected {
            return Err(format!("{name}: {} where {expected} should stand", line.key));
        }
    }
    let list = |numbers: &mut dyn Iterator<Item = usize>| {
        numbers.map(|at| at.to_string()).collect::<Vec<_>>().join(", ")
    };
    Ok(format!(
        "sorted: &[{}], telling: &[{}], any: {any:?}, places: {places}, cycle: {cycle}",
        list(&mut sorted.iter().copied()),
        list(&mut telling.into_iter()),
    ))
}

fn shape_of(name: &str, shapes: &BTreeMap<String, &'static str>, model: &Model) -> &'static str {
    if let Some(shape) = shapes.get(name) {
        return shape;
    }
    let rows = model.get(name).map(Vec::as_slice).unwrap_or_default();
    if name.contains("Array") {
        "Array"
    } else if rows.iter().any(|row| row.key == "Length" && row.required) {
        "Stream"
    } else {
        "Dict"
    }
}

fn constant(name: &str) -> String {
    let mut text = String::new();
    let mut before = '_';
    for c in name.chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            text.push('_');
        }
        text.push(c.to_ascii_uppercase());
        before = c;
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) { format!("T{text}") } else { text.replace("__", "_") }
}
