//! Threats of JSON.

use crate::{
    engine::text::{CONTROLS, INVISIBLE, UNBALANCED},
    report::{
        ContentKind::{self, *},
        Severity::{self, *},
        Threat,
    },
};

const fn threat(id: &'static str, kind: ContentKind, severity: Severity, summary: &'static str) -> Threat {
    Threat::new(id, kind, severity, summary)
}

pub(super) static AMBIGUOUS: Threat =
    threat("json.duplicate-keys-and-numbers", Reencoding, Low, "what readers of JSON understand differently");
pub(super) static BREAKOUT: Threat = threat(
    "json.prototype-and-html-breakout",
    Reencoding,
    Low,
    "characters that end a script in a page, escaped",
);
pub(super) static DEEP: Threat =
    threat("json.deep-nesting", Exhaustion, Medium, "objects and arrays too deep or too many");
pub(super) static ENCODING: Threat =
    threat("txt.encoding-confusion", Reencoding, Medium, "another encoding than UTF-8, written as UTF-8");

/// All of them, for the catalogue.
pub(super) static ALL: &[&Threat] =
    &[&AMBIGUOUS, &BREAKOUT, &DEEP, &ENCODING, &CONTROLS, &UNBALANCED, &INVISIBLE];

// The same threats, where another kind of content says better what the policy decides about.

pub(super) static REPEATED: Threat = threat(
    "json.duplicate-keys-and-numbers",
    Deception,
    Low,
    "members of the same name, of which the last stays",
);
pub(super) static COMMENT: Threat =
    threat("json.duplicate-keys-and-numbers", Slack, Low, "comments and commas that not all readers take");
pub(super) static CALL: Threat =
    threat("json.prototype-and-html-breakout", Script, Low, "a call or a guard around the value");
pub(super) static NAME: Threat = threat(
    "json.prototype-and-html-breakout",
    Deception,
    Low,
    "names that make some readers run or change what they read",
);
