//! The architecture as a test: which room may import from which, and how long a file may be.
//!
//! Changing [`MAY_IMPORT`] changes the architecture; a commit that does so says why.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each room with the rooms below it. Every room may import from itself, but formats; see
/// [`formats_stay_apart`].
const MAY_IMPORT: &[(&str, &[&str])] = &[
    // Foundation: what everything stands on. `limits` are data; `error` carries a threat's name.
    ("bytes", &["error"]),
    ("format", &[]),
    ("limits", &[]),
    ("error", &["limits", "report"]),
    // State of a run.
    ("budget", &["error", "limits"]),
    ("report", &["budget", "error", "format", "limits"]),
    ("policy", &["format", "limits", "report"]),
    // Mechanism: bytes to trees and back. Knows neither policy nor findings nor formats.
    ("toolkits", &["budget", "bytes", "error", "limits"]),
    // What surrounds the formats.
    ("engine", &["budget", "bytes", "error", "format", "limits", "policy", "report", "toolkits"]),
    ("formats", &["budget", "bytes", "engine", "error", "format", "limits", "policy", "report", "toolkits"]),
    // The main path: the only file that names the table of handlers.
    ("sanitizer", &["budget", "bytes", "engine", "error", "format", "formats", "limits", "policy", "report"]),
    (
        "lib",
        &[
            "budget",
            "engine",
            "error",
            "format",
            "formats",
            "limits",
            "policy",
            "report",
            "sanitizer",
            "toolkits",
        ],
    ),
];

/// A file past this many lines has a second subject. Files below a folder `tables` or `generated`, or called
/// `tables.rs` or `generated.rs`, are generated.
const LONGEST: usize = 800;

/// A source file: its path below `src` with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut stack: Vec<PathBuf> = vec![root.clone()];
    while let Some(folder) = stack.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                stack.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let shown = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                sources.push(Source { path: shown, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// The code of a file: comments and the contents of strings left out, and its tests, which may look anywhere.
fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if let Some(end) = raw_string(rest).or_else(|| string(rest)) {
            code.push_str("\"\"");
            rest = &rest[end..];
        } else if let Some(end) = character_literal(rest) {
            code.push_str("' '");
            rest = &rest[end..];
        } else {
            code.push(character);
            rest = &rest[character.len_utf8()..];
        }
    }
    // By rustfmt and custom the tests come last.
    match code.find("#[cfg(test)]\nmod ") {
        Some(tests) => code[..tests].to_owned(),
        None => code,
    }
}

/// The length of the raw string at the start of `text`.
fn raw_string(text: &str) -> Option<usize> {
    let hashes = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let count = hashes.len() - hashes.trim_start_matches('#').len();
    let body = hashes[count..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(count));
    Some(text.len() - body.len() + body.find(&close)? + close.len())
}

/// The length of the string at the start of `text`.
fn string(text: &str) -> Option<usize> {
    let body = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, character) in body.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 2),
            _ => (),
        }
    }
    None
}

/// The length of the character literal at the start of `text`; a lifetime is none.
fn character_literal(text: &str) -> Option<usize> {
    let body = text.strip_prefix('\'')?;
    let mut characters = body.char_indices();
    match characters.next()? {
        (_, '\\') => Some(body.get(2..)?.find('\'')? + 4),
        (_, character) => body[character.len_utf8()..].starts_with('\'').then_some(character.len_utf8() + 2),
    }
}

/// Every path that starts at the crate's root, with groups opened: `crate::{a::b, c}` is `a::b` and `c`.
fn crate_paths(code: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|character| character.is_alphanumeric() || character == '_' || character == ':')
        {
            continue;
        }
        open(&mut code[at + "crate::".len()..].chars().peekable(), "", &mut paths);
    }
    paths
}

/// Reads one path or group after `prefix`. Groups nest no deeper than a person writes them.
fn open(
    characters: &mut std::iter::Peekable<std::str::Chars<'_>>,
    prefix: &str,
    paths: &mut BTreeSet<String>,
) {
    let mut path = prefix.to_owned();
    loop {
        match characters.peek() {
            Some(character) if character.is_alphanumeric() || matches!(character, '_' | ':' | '*') => {
                path.push(*character);
                characters.next();
            }
            Some('{') => {
                characters.next();
                loop {
                    while characters
                        .next_if(|character| character.is_whitespace() || *character == ',')
                        .is_some()
                    {}
                    if characters.next_if_eq(&'}').is_some() || characters.peek().is_none() {
                        return;
                    }
                    open(characters, &path, paths);
                    // A new name: ` as name`.
                    while characters.next_if(|character| !matches!(character, ',' | '}')).is_some() {}
                }
            }
            _ => break,
        }
    }
    paths.insert(path.trim_end_matches(':').to_owned());
}

/// The room of a file: the first folder, or the file's own name at the top.
fn room(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.strip_suffix(".rs").unwrap_or(first)
}

/// What is wrong with the imports of one file.
fn faults(source: &Source) -> Vec<String> {
    let here = room(&source.path);
    let Some((_, below)) = MAY_IMPORT.iter().find(|(name, _)| *name == here) else {
        return vec![format!("{}: the room `{here}` is not in the table", source.path)];
    };
    let mut faults = Vec::new();
    for path in crate_paths(&code(&source.text)) {
        let mut names = path.split("::");
        let target = names.next().unwrap_or_default();
        let is_room = MAY_IMPORT.iter().any(|(name, _)| *name == target);
        if is_room && target != here && !below.contains(&target) {
            faults.push(format!("{}: `{here}` must not import from `{target}` (crate::{path})", source.path));
        }
        if !is_room && here != "lib" {
            // Re-exports at the root are the paved path for users, not for rooms.
            faults.push(format!("{}: import from where it lives, not crate::{path}", source.path));
        }
        if here == "formats" && target == "formats" {
            let mine = source.path.split('/').nth(1).unwrap_or_default();
            let other = names.next().unwrap_or_default();
            if mine != "mod.rs" && other != mine {
                faults.push(format!("{}: a format must not import another (crate::{path})", source.path));
            }
        }
    }
    faults
}

#[test]
fn imports_point_downwards() {
    let faults: Vec<String> = sources().iter().flat_map(faults).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn formats_stay_apart() {
    // By `super` a format could reach its neighbours without naming the crate.
    for source in sources().iter().filter(|source| source.path.starts_with("formats/")) {
        let depth = source.path.matches('/').count();
        // From formats/x/mod.rs, `super` is `formats`; from formats/x/y.rs, `super::super` is.
        let reaches = if source.path.ends_with("/mod.rs") { depth - 1 } else { depth };
        let out = "super::".repeat(reaches.max(1));
        if source.path == "formats/mod.rs" {
            continue;
        }
        let code = code(&source.text);
        for (at, _) in code.match_indices(&out) {
            let before = code[..at].chars().next_back();
            assert!(
                before.is_some_and(|character| character.is_alphanumeric() || character == ':'),
                "{}: `{out}` leaves the format",
                source.path
            );
        }
    }
}

#[test]
fn handlers_are_named_in_one_place() {
    for source in sources() {
        let paths = crate_paths(&code(&source.text));
        let named = ["formats::HANDLERS", "formats::ENVELOPES"].iter().any(|table| paths.contains(*table));
        assert!(source.path == "sanitizer.rs" || !named, "{} names a table of handlers", source.path);
    }
}

#[test]
fn no_file_has_two_subjects() {
    let generated = |path: &str| {
        let mut names = path.split('/').map(|name| name.strip_suffix(".rs").unwrap_or(name));
        names.any(|name| matches!(name, "tables" | "generated"))
    };
    let long: Vec<String> = sources()
        .iter()
        .filter(|source| !generated(&source.path) && source.text.lines().count() > LONGEST)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn the_core_has_no_unsafe_code() {
    let root = sources().into_iter().find(|source| source.path == "lib.rs").unwrap();
    assert!(root.text.contains("#![forbid(unsafe_code)]"));
}

#[test]
fn the_table_points_downwards_itself() {
    // `error` names a threat and the report shows errors: one circle inside the foundation, said here.
    let circle = |a: &str, b: &str| matches!((a, b), ("error", "report") | ("report", "error"));
    let position = |name: &str| MAY_IMPORT.iter().position(|(known, _)| *known == name).unwrap();
    for (room, below) in MAY_IMPORT {
        for lower in *below {
            let points_down = position(lower) < position(room) || position(lower) <= 5 && position(room) <= 5;
            assert!(points_down || circle(room, lower), "{room} imports {lower}");
        }
    }
}

fn faults_of(path: &str, text: &str) -> Vec<String> {
    faults(&Source { path: path.to_owned(), text: text.to_owned() })
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let wrong = [
        ("toolkits/xml.rs", "use crate::policy::Policy;"),
        ("toolkits/xml.rs", "use crate::{budget::Budget, report::{Finding, Threat}};"),
        ("toolkits/xml.rs", "fn f(x: crate::engine::ctx::Ctx<'_>) {}"),
        ("bytes/reader.rs", "use crate::{\n    error::Error,\n    budget::Budget as Purse,\n};"),
        ("budget.rs", "use crate::formats::HANDLERS;"),
        ("engine/run.rs", "use crate::formats::zip;"),
        ("formats/zip/parse.rs", "use crate::formats::ooxml::opc;"),
        ("formats/zip/parse.rs", "use crate::{bytes::Reader, formats::{zip::model, png}};"),
        ("formats/zip/mod.rs", "use crate::Finding;"),
        ("helpers/mod.rs", ""),
    ];
    for (path, text) in wrong {
        assert!(!faults_of(path, text).is_empty(), "{path}: {text}");
    }
}

#[test]
fn the_checker_lets_pass_what_is_right() {
    let right = [
        (
            "toolkits/xml.rs",
            "use crate::{budget::Budget, error::{Error, malformed}, toolkits::codec::flate};",
        ),
        (
            "formats/zip/parse.rs",
            "use crate::{engine::ctx::Ctx, formats::zip::model::Archive, toolkits::archive::zip};",
        ),
        (
            "toolkits/xml.rs",
            "// use crate::policy::Policy;\nlet a = \"crate::policy\"; let b = r#\"crate::engine\"#; let c = '\"';",
        ),
        (
            "toolkits/xml.rs",
            "fn f<'a>(x: &'a str) {}\n#[cfg(test)]\nmod tests {\n    use crate::policy::Policy;\n}",
        ),
        ("toolkits/xml.rs", "pub(crate) fn f() {} use crate::bytes::*;"),
    ];
    for (path, text) in right {
        assert_eq!(faults_of(path, text), Vec::<String>::new(), "{text}");
    }
}
