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
    let output = workspace.join("sanitize-core/src/formats/pdf/model/tables.rs");
    let text = generate(&models)?;
    if !options.check {
        return fs::write(&output, text).map_err(|error| format!("{}: {error}", output.display()).into());
    }
    match fs::read_to_string(&output) {
        Ok(committed) if committed == text => Ok(()),
        _ => Err("the PDF allow-list is not what the model and the overlay make".into()),
    }
}

fn generate(models: &Path) -> Result<String, String> {
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
                Some(known) => {
                    known.kinds.extend(row.kinds.iter());
                    known.required &= row.required;
                    if known.values.is_empty() || row.values.is_empty() {
                        known.values.clear();
                    } else {
                        known.values.extend(row.values.iter().cloned());
                    }
                    known.links.extend(row.links.iter().cloned());
                }
            }
        }
        model.insert((*name).to_owned(), rows);
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
) -> Result<String, String> {
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
    let mut reached: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut threats = BTreeSet::new();
    while let Some(name) = queue.pop_front() {
        if reached.contains_key(&name) {
            continue;
        }
        let rows = model.get(&name).ok_or_else(|| format!("no type {name}"))?;
        let mut lines = Vec::new();
        for row in rows {
            let key = &row.key;
            let file = matches!(key.as_str(), "F") && row.links.iter().any(|link| link.contains("FileSpec"));
            let rule = if file {
                "Rule::Drop(\"pdf.external-stream-f\")".to_owned()
            } else if let Some(threat) = named("drop", &name, key).filter(|_| !by_name(&name, key)) {
                threats.insert(threat.to_owned());
                format!("Rule::Drop({threat:?})")
            } else if named("writer", &name, key).is_some() {
                "Rule::Writer".to_owned()
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
                    threats.insert(threat.to_owned());
                    lines.push(format!("Key {{ key: {key:?}, rule: Rule::Drop({threat:?}) }}"));
                    continue;
                }
                queue.extend(links.iter().cloned());
                let kinds = kinds.iter().map(|kind| format!("kind::{kind}")).collect::<Vec<_>>().join(" | ");
                let links = links.iter().map(|link| constant(link)).collect::<Vec<_>>().join(", ");
                let open = named("open", &name, key).is_some();
                let values = if open { &[][..] } else { row.values.as_slice() };
                let values = values.iter().map(|value| format!("{value:?}")).collect::<Vec<_>>().join(", ");
                let variant = if hook { "Hook" } else { "Allow" };
                format!(
                    "Rule::{variant}(Allowed {{ kinds: {kinds}, links: &[{links}], values: &[{values}], required: {} }})",
                    row.required
                )
            };
            lines.push(format!("Key {{ key: {key:?}, rule: {rule} }}"));
        }
        reached.insert(name, lines);
    }
    let mut text = String::from(
        "// Written by `cargo xtask allow-lists-pdf` from the Arlington model and its overlay. Not edited by hand.\n\n\
         #![allow(dead_code, reason = \"a generated table\")]\n\n\
         use super::allow::{Allowed, Key, Rule, Shape, Type, TypeId, kind};\n\n",
    );
    for (index, name) in reached.keys().enumerate() {
        let _ = writeln!(text, "pub(crate) const {}: TypeId = TypeId({index});", constant(name));
    }
    text.push_str("\npub(crate) static TYPES: &[Type] = &[\n");
    for (name, lines) in &reached {
        let shape = shape_of(name, shapes, model);
        let _ = writeln!(text, "    Type {{ name: {name:?}, shape: Shape::{shape}, keys: &[");
        for line in lines {
            let _ = writeln!(text, "        {line},");
        }
        text.push_str("    ] },\n");
    }
    text.push_str("];\n");
    Ok(text)
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
