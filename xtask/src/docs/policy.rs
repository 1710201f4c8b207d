use std::fmt::Write;

use sanitize_core::{Action, ContentKind, Policy, Preset};

use super::{between, cell};

/// The questions of the policy, with what answers them beside the kinds that name them.
const QUESTIONS: &[(&str, &str, &str)] = &[
    ("P01", "parse error, unknown type, mismatch", "a file: always rejected"),
    ("P02", "hyperlinks", "`switches.link-schemes`"),
    ("P03", "embedded documents", ""),
    ("P04", "metadata", "`switches.keep-metadata`, `switches.keep-member-times`"),
    ("P05", "embedded fonts", ""),
    ("P06", "ICC profiles", ""),
    ("P07", "steganography", "`switches.scrub-pictures`"),
    ("P08", "tracked changes, old revisions", ""),
    ("P09", "comments, people", ""),
    ("P10", "encrypted input", "passwords are given with the file"),
    ("P11", "digital signatures", ""),
    ("P12", "audio, video, 3D", ""),
    ("P13", "forms", ""),
    ("P14", "hidden content", "`switches.apply-crop`"),
    ("P15", "remote images", "nothing is ever fetched"),
    ("P16", "dangerous member types", "no policy can keep a program"),
    ("P17", "macro-enabled types", ""),
    ("P18", "xlsb", "rejected: not rebuilt"),
    ("P19", "doc, xls, ppt", "rejected: not rebuilt yet"),
    ("P20", "SVG, EMF, WMF", ""),
    ("P21", "CSV formula cells", ""),
    ("P22", "external references and connections in Excel", ""),
    ("P23", "pivot caches, data model", ""),
    ("P24", "Japanese names and encodings", "always; no switch"),
    ("P25", "nesting", "`limits.depth`, `limits.members`, `limits.expanded-bytes`, `limits.expansion-ratio`"),
    ("P26", "calendar, vCard", "rebuilt inert; `hyperlink`, `switches.link-schemes`"),
    (
        "P27",
        "HTML attachments, MHTML, scriptlets",
        "HTML static, rejected without anything to see; MHTML, applications and scriptlets rejected",
    ),
    ("P28", "animation", "`limits.frames`"),
    ("P29", "unknown extensions inside packages", ""),
    ("P30", "text aimed at AI assistants", "invisible tag characters: `control-character`"),
    ("P31", "Mark of the Web", "copied by the command `sanitize`; always"),
    ("P32", "control characters", ""),
    ("P33", "extension and content disagree", ""),
];

/// `docs/policy.md` with its tables made anew.
pub fn document(committed: &str) -> Result<String, String> {
    let text = between(committed, "kinds", &kinds())?;
    let text = between(&text, "questions", &questions())?;
    let text = between(&text, "presets", &presets())?;
    between(&text, "example", &example())
}

fn kinds() -> String {
    let mut text =
        "| kind | what it covers | may be | strict | default | lenient |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for kind in ContentKind::ALL {
        let allowed: Vec<_> = kind.allowed().iter().map(|action| action.word()).collect();
        let [strict, default, lenient] = Preset::ALL.map(|preset| action(preset, *kind).word());
        let (word, summary, allowed) = (kind.word(), cell(kind.summary()), allowed.join(", "));
        let _infallible =
            writeln!(text, "| `{word}` | {summary} | {allowed} | {strict} | {default} | {lenient} |");
    }
    text
}

fn questions() -> String {
    let mut text = "| key | question | kinds | also |\n|---|---|---|---|\n".to_owned();
    for (key, question, also) in QUESTIONS {
        let kinds: Vec<_> = ContentKind::ALL
            .iter()
            .filter(|kind| kind.summary().contains(key))
            .map(|kind| format!("`{}`", kind.word()))
            .collect();
        let _infallible = writeln!(text, "| {key} | {question} | {} | {also} |", kinds.join(", "));
    }
    text
}

/// Where the other presets differ from `default`.
fn presets() -> String {
    let mut text = "| key | strict | default | lenient |\n|---|---|---|---|\n".to_owned();
    for kind in ContentKind::ALL {
        let [strict, default, lenient] = Preset::ALL.map(|preset| action(preset, *kind));
        if strict != default || lenient != default {
            let (strict, default, lenient) = (strict.word(), default.word(), lenient.word());
            let _infallible = writeln!(text, "| `{}` | {strict} | {default} | {lenient} |", kind.word());
        }
    }
    let [strict, default, lenient] = Preset::ALL.map(settings);
    for (key, value) in &default {
        let of = |settings: &serde_json::Map<String, serde_json::Value>| {
            settings.get(key).map(|value| value.to_string().replace(',', ", ")).unwrap_or_default()
        };
        if of(&strict) != of(&default) || of(&lenient) != of(&default) {
            let value = value.to_string().replace(',', ", ");
            let _infallible = writeln!(text, "| `{key}` | {} | {value} | {} |", of(&strict), of(&lenient));
        }
    }
    text
}

/// Switches and limits of `preset` by `table.key`.
fn settings(preset: Preset) -> serde_json::Map<String, serde_json::Value> {
    let policy: serde_json::Value =
        serde_json::from_str(&Policy::preset(preset).to_json()).unwrap_or_default();
    let mut settings = serde_json::Map::new();
    for table in ["switches", "limits"] {
        for (key, value) in policy.get(table).and_then(|table| table.as_object()).into_iter().flatten() {
            settings.insert(format!("{table}.{key}"), value.clone());
        }
    }
    settings
}

/// Every switch and limit with its default, as TOML.
fn example() -> String {
    let toml = Policy::preset(Preset::Default).to_toml();
    let from = toml.find("[switches]").unwrap_or_default();
    format!("```toml\n{}\n```\n", toml[from..].trim_end())
}

fn action(preset: Preset, kind: ContentKind) -> Action {
    Policy::preset(preset).action(None, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_a_kind_names_is_a_question() {
        for kind in ContentKind::ALL {
            let mentioned = kind
                .summary()
                .match_indices('P')
                .map(|(at, _)| kind.summary().get(at..at + 3).unwrap_or_default());
            for key in
                mentioned.filter(|key| key[1..].bytes().all(|byte| byte.is_ascii_digit()) && key.len() == 3)
            {
                assert!(QUESTIONS.iter().any(|(known, ..)| *known == key), "{key}");
            }
        }
    }

    #[test]
    fn every_question_has_an_answer() {
        for (key, _, also) in QUESTIONS {
            let kind = ContentKind::ALL.iter().any(|kind| kind.summary().contains(key));
            assert!(kind || !also.is_empty(), "{key}");
        }
        assert_eq!(QUESTIONS.len(), 33);
    }
}
