//! What to do about what is found: one language for all formats.
//!
//! A policy names, for each [`ContentKind`], an [`Action`]; formats may differ; a few switches say what a
//! kind is too coarse for. Presets hold the answers of the policy document, keys P01 to P33.

mod file;
mod switches;

pub use file::{PolicyError, schema};
pub use switches::{Compression, EncryptedAttachments, MailAttachments, MailHtml, MetadataField, Switches};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    format::Format,
    limits::Limits,
    report::{Action, ContentKind},
};

/// A ready policy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// For networks that give up convenience: links and forms become text, any rejected member rejects all.
    Strict,
    /// What a gateway gets without configuration.
    #[default]
    Default,
    /// For networks that trust their senders more.
    Lenient,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 3] = [Self::Strict, Self::Default, Self::Lenient];

    /// The word in policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Default => "default",
            Self::Lenient => "lenient",
        }
    }
}

/// Decisions for every kind of content. Made from a preset, from TOML or from JSON; always complete and valid.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    name: String,
    preset: Preset,
    actions: BTreeMap<ContentKind, Action>,
    formats: BTreeMap<String, BTreeMap<ContentKind, Action>>,
    switches: Switches,
    limits: Limits,
}

impl Policy {
    /// The policy that `preset` stands for.
    pub fn preset(preset: Preset) -> Self {
        let column = match preset {
            Preset::Strict => 0,
            Preset::Default => 1,
            Preset::Lenient => 2,
        };
        let action = |kind: &ContentKind| kind.presets().into_iter().nth(column).unwrap_or(Action::Refuse);
        Self {
            name: preset.word().to_owned(),
            preset,
            actions: ContentKind::ALL.iter().map(|kind| (*kind, action(kind))).collect(),
            formats: BTreeMap::new(),
            switches: Switches::preset(preset),
            limits: match preset {
                Preset::Strict => Limits { depth: 4, expanded_bytes: 512 << 20, ..Limits::default() },
                Preset::Default | Preset::Lenient => Limits::default(),
            },
        }
    }

    /// The name in reports.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the policy decides about `kind` in a file of `format`.
    pub fn action(&self, format: Option<Format>, kind: ContentKind) -> Action {
        let special = format.and_then(|format| self.formats.get(format.id())?.get(&kind));
        special.or_else(|| self.actions.get(&kind)).copied().unwrap_or(Action::Refuse)
    }

    /// What a kind is too coarse for.
    pub fn switches(&self) -> &Switches {
        &self.switches
    }

    /// The limits this policy asks for.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// SHA-256 of the policy's canonical JSON as hex: two policies that decide alike have the same.
    pub fn fingerprint(&self) -> String {
        crate::report::hex(&Sha256::digest(self.to_json().as_bytes()))
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::preset(Preset::Default)
    }
}
