//! Real reports against the schema that is published in `docs/report.schema.json`.

mod common;

use std::fs;

use common::{Place, below, json};
use serde_json::{Value, json as value};

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/report.schema.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// What in `value` breaks `schema`, by the keywords the published schema uses; any other keyword is a fault
/// of the schema.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str, faults_found: &mut Vec<String>) {
    for (keyword, rule) in schema.as_object().unwrap() {
        let holds = match keyword.as_str() {
            "$schema" | "title" | "description" | "$defs" => true,
            "$ref" => {
                let target = root.pointer(rule.as_str().unwrap().trim_start_matches('#'));
                faults(root, target.expect("a definition"), value, at, faults_found);
                true
            }
            "const" => rule == value,
            "enum" => rule.as_array().unwrap().contains(value),
            "type" => match rule {
                Value::Array(types) => types.iter().any(|one| is_type(one.as_str().unwrap(), value)),
                one => is_type(one.as_str().unwrap(), value),
            },
            "minimum" => value.as_i64().is_some_and(|number| number >= rule.as_i64().unwrap()),
            "pattern" => fits(rule.as_str().unwrap(), value.as_str().unwrap_or_default()),
            "required" => {
                rule.as_array().unwrap().iter().all(|key| value.get(key.as_str().unwrap()).is_some())
            }
            "additionalProperties" => {
                let known = schema["properties"].as_object().unwrap();
                value.as_object().is_some_and(|object| object.keys().all(|key| known.contains_key(key)))
            }
            "properties" => {
                for (key, rule) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        faults(root, rule, value, &format!("{at}/{key}"), faults_found);
                    }
                }
                true
            }
            "items" => {
                for (index, value) in value.as_array().into_iter().flatten().enumerate() {
                    faults(root, rule, value, &format!("{at}/{index}"), faults_found);
                }
                true
            }
            "anyOf" => rule.as_array().unwrap().iter().any(|rule| {
                let mut inner = Vec::new();
                faults(root, rule, value, at, &mut inner);
                inner.is_empty()
            }),
            _ => false,
        };
        if !holds {
            faults_found.push(format!("{at}: {keyword} {rule} against {value}"));
        }
    }
}

fn is_type(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}

/// The three patterns of the schema.
fn fits(pattern: &str, text: &str) -> bool {
    let hex =
        |text: &str| text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let word = |text: &str, dash| {
        let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || dash && byte == b'-';
        !text.is_empty() && text.bytes().all(letter)
    };
    match pattern {
        "^[0-9a-f]{64}$" => hex(text),
        "^([0-9a-f]{64})?$" => text.is_empty() || hex(text),
        "^[a-z0-9]+\\.[a-z0-9-]+$" => {
            text.split_once('.').is_some_and(|(area, name)| word(area, false) && word(name, true))
        }
        _ => false,
    }
}

fn check(definition: &str, value: &Value) -> Vec<String> {
    let root = schema();
    let mut found = Vec::new();
    faults(&root, &value!({ "$ref": format!("#/$defs/{definition}") }), value, "", &mut found);
    found
}

#[test]
fn reports_of_the_samples_follow_the_schema() {
    let files = sanitize_corpus::tryout::files();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    let place = Place::new(&files);
    let mut command = place.clean();
    command.arg(place.path().join("missing.docx")).args(["--max-input", "18K"]).assert().code(2);
    assert_eq!(check("run", &place.run_report()), Vec::<String>::new());
    let reports: Vec<_> =
        below(&place.output()).into_iter().filter(|path| path.ends_with(".report.json")).collect();
    assert_eq!(reports.len(), files.len(), "one for each file the engine has seen");
    for report in reports {
        let entry = json(&place.output().join(&report));
        assert_eq!(check("entry", &entry), Vec::<String>::new(), "{report}");
        assert_eq!(check("report", &entry["report"]), Vec::<String>::new(), "{report}");
    }
}

#[test]
fn the_check_sees_a_missing_and_an_unknown_key_and_a_wrong_word() {
    let place = Place::new(&[("a.bin", b"\0\x01")]);
    place.clean().assert().code(1);
    let good = json(&place.output().join("a.bin.report.json"))["report"].clone();
    assert!(check("report", &good).is_empty());
    for (key, wrong) in [("verdict", value!("fine")), ("more", value!(1)), ("policy_sha256", value!("abc"))] {
        let mut bad = good.clone();
        bad[key] = wrong;
        assert!(!check("report", &bad).is_empty(), "{key}");
    }
    let mut bad = good.clone();
    bad.as_object_mut().unwrap().remove("findings");
    assert!(!check("report", &bad).is_empty());
    let mut bad = good;
    bad["findings"][0]["threat"] = value!("NoSuchId");
    assert!(!check("report", &bad).is_empty());
}
