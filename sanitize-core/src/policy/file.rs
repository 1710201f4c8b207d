use std::{collections::BTreeMap, fmt};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Policy, Preset, Switches};
use crate::{
    format::Format,
    limits::Limits,
    report::{Action, ContentKind},
};

/// A policy as it stands in a file: what is not said is as in the preset.
#[derive(Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct PolicyFile {
    /// The name in reports; the preset's word when missing.
    name: Option<String>,
    /// The preset that answers what the file does not.
    preset: Preset,
    /// An action for a kind of content, in every format.
    actions: BTreeMap<ContentKind, Action>,
    /// An action for a kind of content in one format, by the format's id.
    formats: BTreeMap<String, BTreeMap<ContentKind, Action>>,
    /// What a kind is too coarse for.
    switches: Option<serde_json::Map<String, serde_json::Value>>,
    /// Limits of a run.
    limits: Option<serde_json::Map<String, serde_json::Value>>,
}

/// Why a policy file was not taken: always with the line, and the key where one is at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    line: Option<usize>,
    message: String,
}

impl PolicyError {
    /// The line, counted from 1, where it could be told.
    pub fn line(&self) -> Option<usize> {
        self.line
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for PolicyError {}

/// The JSON schema of policy files.
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(PolicyFile).to_value();
    // Switches and limits are read over the preset's own, so that a file may give some of them; their
    // types are published all the same.
    let switches = schemars::schema_for!(Switches).to_value();
    let limits = schemars::schema_for!(Limits).to_value();
    if let Some(properties) = schema.get_mut("properties").and_then(|value| value.as_object_mut()) {
        properties.insert("switches".to_owned(), inline(switches));
        properties.insert("limits".to_owned(), inline(limits));
    }
    schema
}

/// A schema without its own `$schema` line.
fn inline(mut schema: serde_json::Value) -> serde_json::Value {
    if let Some(object) = schema.as_object_mut() {
        object.remove("$schema");
    }
    schema
}

impl Policy {
    /// Reads a policy from TOML.
    pub fn from_toml(text: &str) -> Result<Self, PolicyError> {
        let file: PolicyFile = toml::from_str(text).map_err(|error| PolicyError {
            line: error.span().map(|span| line_of(text, span.start)),
            message: error.message().to_owned(),
        })?;
        Self::from_file(file, text)
    }

    /// Reads a policy from JSON.
    pub fn from_json(text: &str) -> Result<Self, PolicyError> {
        let file: PolicyFile = serde_json::from_str(text)
            .map_err(|error| PolicyError { line: Some(error.line()), message: error.to_string() })?;
        Self::from_file(file, text)
    }

    /// The policy as JSON that [`Policy::from_json`] reads back to the same policy.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.to_file()).unwrap_or_default()
    }

    /// The policy as TOML that [`Policy::from_toml`] reads back to the same policy.
    pub fn to_toml(&self) -> String {
        toml::to_string_pretty(&self.to_file()).unwrap_or_default()
    }

    fn to_file(&self) -> PolicyFile {
        let map = |value| match value {
            Ok(serde_json::Value::Object(map)) => Some(map),
            _ => None,
        };
        PolicyFile {
            name: Some(self.name.clone()),
            preset: self.preset,
            actions: self.actions.clone(),
            formats: self.formats.clone(),
            switches: map(serde_json::to_value(&self.switches)),
            limits: map(serde_json::to_value(&self.limits)),
        }
    }

    fn from_file(file: PolicyFile, text: &str) -> Result<Self, PolicyError> {
        let mut policy = Self::preset(file.preset);
        if let Some(name) = file.name {
            policy.name = name;
        }
        for (kind, action) in file.actions {
            check(kind, action, text)?;
            policy.actions.insert(kind, action);
        }
        for (format, actions) in file.formats {
            if Format::by_id(&format).is_none() {
                let message = format!("unknown format `{format}` in `formats`");
                return Err(PolicyError { line: line_with(text, &format), message });
            }
            for (kind, action) in &actions {
                check(*kind, *action, text)?;
            }
            policy.formats.insert(format, actions);
        }
        policy.switches = overlay(&policy.switches, file.switches, "switches", text)?;
        policy.limits = overlay(&policy.limits, file.limits, "limits", text)?;
        Ok(policy)
    }
}

/// `base` with the keys of `over` in place of its own.
fn overlay<T: Serialize + for<'de> Deserialize<'de>>(
    base: &T,
    over: Option<serde_json::Map<String, serde_json::Value>>,
    table: &str,
    text: &str,
) -> Result<T, PolicyError> {
    let failed = |key: &str, error: serde_json::Error| PolicyError {
        line: line_with(text, key),
        message: format!("`{table}.{key}`: {error}"),
    };
    let mut value = serde_json::to_value(base).map_err(|error| failed("", error))?;
    for (key, given) in over.into_iter().flatten() {
        if let Some(object) = value.as_object_mut() {
            object.insert(key.clone(), given);
        }
        // Each key is tried by itself, so that the error names it.
        serde_json::from_value::<T>(value.clone()).map_err(|error| failed(&key, error))?;
    }
    serde_json::from_value(value).map_err(|error| failed("", error))
}

fn check(kind: ContentKind, action: Action, text: &str) -> Result<(), PolicyError> {
    if kind.allowed().contains(&action) {
        return Ok(());
    }
    let allowed: Vec<_> = kind.allowed().iter().map(|action| action.word()).collect();
    Err(PolicyError {
        line: line_with(text, kind.word()),
        message: format!("`{}` cannot be `{}`; it can be {}", kind.word(), action.word(), allowed.join(", ")),
    })
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// The first line on which `key` stands as a key or table.
fn line_with(text: &str, key: &str) -> Option<usize> {
    text.lines()
        .position(|line| line.trim_start_matches([' ', '\t', '"', '[', '{']).starts_with(key))
        .or_else(|| text.lines().position(|line| line.contains(key)))
        .map(|index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_only_what_differs() {
        let policy = Policy::from_toml(
            "preset = \"strict\"\n[actions]\nhyperlink = \"keep\"\n[formats.docx]\ncomment = \"keep\"\n\
             [switches]\ncompression = \"small\"\n[limits]\ndepth = 3\n",
        )
        .unwrap();
        assert_eq!(policy.action(None, ContentKind::Hyperlink), Action::Keep);
        assert_eq!(policy.action(Some(crate::format::DOCX), ContentKind::Comment), Action::Keep);
        assert_eq!(policy.action(Some(crate::format::XLSX), ContentKind::Comment), Action::Remove);
        assert_eq!(policy.switches().compression, super::super::Compression::Small);
        assert!(policy.switches().link_schemes.is_empty(), "the rest stays strict");
        assert_eq!((policy.limits().depth, policy.limits().expanded_bytes), (3, 512 << 20));
    }

    #[test]
    fn mistakes_are_named_with_line_and_key() {
        let unknown =
            Policy::from_toml("preset = \"default\"\n\n[actions]\nmacros = \"remove\"\n").unwrap_err();
        assert!(unknown.to_string().contains("macros") && unknown.line() == Some(4), "{unknown}");
        let forbidden = Policy::from_toml("[actions]\nmacro = \"keep\"\n").unwrap_err();
        assert_eq!(forbidden.to_string(), "line 2: `macro` cannot be `keep`; it can be remove, refuse");
        let limit = Policy::from_toml("[limits]\ndepht = 3\n").unwrap_err();
        assert!(limit.to_string().starts_with("line 2: `limits.depht`"), "{limit}");
        let json = Policy::from_json("{\n \"presets\": \"default\"\n}").unwrap_err();
        assert!(json.to_string().contains("presets") && json.line() == Some(2), "{json}");
        let format = Policy::from_toml("[formats.dox]\nmacro = \"refuse\"\n").unwrap_err();
        assert_eq!(format.line(), Some(1));
    }

    #[test]
    fn every_preset_round_trips_through_both_languages() {
        for preset in Preset::ALL {
            let policy = Policy::preset(preset);
            assert_eq!(Policy::from_toml(&policy.to_toml()).unwrap(), policy);
            assert_eq!(Policy::from_json(&policy.to_json()).unwrap(), policy);
        }
    }

    #[test]
    fn every_preset_chooses_what_its_kind_allows() {
        for kind in ContentKind::ALL {
            for action in kind.presets() {
                assert!(kind.allowed().contains(&action), "{}", kind.word());
            }
        }
    }
}
