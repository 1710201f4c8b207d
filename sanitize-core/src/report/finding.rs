use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Place, Spot, Threat};

/// What was done about a threat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Written as it was read, on the policy's word. Recorded, but no change.
    Keep,
    /// Left out.
    Remove,
    /// The look stays, the act goes: a link becomes its text, an object its picture.
    Flatten,
    /// Something harmless stands in its place.
    Replace,
    /// The whole file is rejected.
    Refuse,
}

impl Action {
    /// The word in reports and policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Remove => "remove",
            Self::Flatten => "flatten",
            Self::Replace => "replace",
            Self::Refuse => "refuse",
        }
    }
}

/// How much harm the threat does where nobody stops it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Tells something, does nothing.
    Info,
    /// Leaks or annoys.
    Low,
    /// Part of attacks.
    Medium,
    /// Runs code or reaches out.
    High,
}

/// A fact about a finding that helps the reader of the report: an address, a name, a hash, an excerpt.
///
/// Made printable and cut to 256 characters, because it comes from the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Detail {
    kind: &'static str,
    value: String,
}

impl Detail {
    /// An address that is no longer in the output.
    pub fn url(value: &str) -> Self {
        Self::new("url", value)
    }

    /// A name: of a part, an element, a key, a member.
    pub fn name(value: &str) -> Self {
        Self::new("name", value)
    }

    /// A piece of a script, formula or field.
    pub fn excerpt(value: &str) -> Self {
        Self::new("excerpt", value)
    }

    /// The SHA-256 of what was left out.
    pub fn hash(bytes: &[u8]) -> Self {
        use sha2::{Digest, Sha256};
        Self { kind: "sha256", value: super::hex(&Sha256::digest(bytes)) }
    }

    fn new(kind: &'static str, value: &str) -> Self {
        Self { kind, value: printable(value) }
    }

    /// The value.
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// Text from the input as a report may show it: at most 256 characters; control characters, bidirectional
/// controls and other invisible ones written as `\u{…}`, so that no terminal or page acts on them.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(256));
    for character in text.chars().take(256) {
        let hidden = character.is_control()
            || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{ad}' | '\u{61c}');
        if hidden {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    if text.chars().nth(256).is_some() {
        shown.push('…');
    }
    shown
}

/// One thing that was left out, changed, kept on the policy's word, or refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    #[serde(serialize_with = "threat_id")]
    /// What it was.
    pub threat: &'static Threat,
    /// What was done about it.
    pub action: Action,
    /// How harmful it would have been.
    pub severity: Severity,
    /// Where it stood.
    pub place: Place,
    /// Bytes from the start of the part, of the first occurrence.
    pub offset: Option<u64>,
    /// More about it.
    pub detail: Option<Detail>,
    /// How often it occurred in this part with the same detail.
    pub count: u64,
}

fn threat_id<S: serde::Serializer>(threat: &&'static Threat, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(threat.id)
}

/// Findings being gathered, equal ones of one part counted together.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    not_listed: u64,
    limit: usize,
}

/// How many of the latest findings a new one is compared with. Bounds the cost of a part that has
/// many different ones.
const COMPARED: usize = 48;

impl Findings {
    pub(crate) fn new(limit: u64) -> Self {
        Self { list: Vec::new(), not_listed: 0, limit: usize::try_from(limit).unwrap_or(usize::MAX) }
    }

    /// Records `threat` at `spot` of `base`. An equal finding of the same part is counted instead.
    pub(crate) fn add(
        &mut self,
        threat: &'static Threat,
        action: Action,
        base: &Place,
        spot: Spot<'_>,
        detail: Option<Detail>,
    ) {
        // The common case by far, one more of what a part is full of, is settled without building a place.
        let narrowed = matches!(spot, Spot::Part(_)).then(|| base.at(spot));
        let place = narrowed.as_ref().unwrap_or(base);
        match self.equal(threat, action, place, detail.as_ref()) {
            Some(earlier) => earlier.count = earlier.count.saturating_add(1),
            None => {
                let place = base.at(spot);
                let offset = place.offset();
                let severity = threat.severity;
                self.push(Finding { threat, action, severity, place, offset, detail, count: 1 });
            }
        }
    }

    fn equal(
        &mut self,
        threat: &'static Threat,
        action: Action,
        place: &Place,
        detail: Option<&Detail>,
    ) -> Option<&mut Finding> {
        self.list.iter_mut().rev().take(COMPARED).find(|earlier| {
            std::ptr::eq(earlier.threat, threat)
                && earlier.action == action
                && earlier.detail.as_ref() == detail
                && earlier.place.same_part(place)
        })
    }

    fn push(&mut self, finding: Finding) {
        if self.list.len() < self.limit {
            self.list.push(finding);
        } else {
            self.not_listed = self.not_listed.saturating_add(finding.count);
        }
    }

    /// Appends what another thread or a nested document gathered.
    pub(crate) fn append(&mut self, other: Self) {
        for finding in other.list {
            match self.equal(finding.threat, finding.action, &finding.place, finding.detail.as_ref()) {
                Some(earlier) => earlier.count = earlier.count.saturating_add(finding.count),
                None => self.push(finding),
            }
        }
        self.not_listed = self.not_listed.saturating_add(other.not_listed);
    }

    pub(crate) fn into_list(self) -> (Vec<Finding>, u64) {
        (self.list, self.not_listed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_shown_and_not_acted_on() {
        assert_eq!(printable("a\u{1b}]0;x\u{7}"), "a\\u{1b}]0;x\\u{7}");
        assert_eq!(printable("\u{202e}fdp.exe"), "\\u{202e}fdp.exe");
        assert_eq!(printable("表計算"), "表計算");
        assert_eq!(printable(&"x".repeat(300)).chars().count(), 257);
    }
}
