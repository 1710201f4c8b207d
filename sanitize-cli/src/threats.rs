//! `sanitize threats`: the catalogue of what the engine reports.

use std::io::{self, Write};

use sanitize_core::{Policy, Preset, Threat, threats as catalogue};

use crate::{
    args,
    exit::{Exit, Stop},
    lang::Lang,
    summary::severity,
    table::{Side, Table},
};

/// Prints one threat or all of them.
pub fn threats(arguments: &args::Threats, lang: Lang) -> Result<Exit, Stop> {
    let all = catalogue();
    let mut out = io::stdout().lock();
    let chosen: Vec<_> = match &arguments.id {
        None => all,
        Some(id) => match all.iter().find(|threat| threat.id == id) {
            Some(threat) => vec![*threat],
            None => return Err(unknown(id, &all, lang)),
        },
    };
    if arguments.json {
        let list: Vec<_> = chosen.iter().map(|threat| json(threat)).collect();
        let json = match (&arguments.id, list.first()) {
            (Some(_), Some(only)) => serde_json::to_string_pretty(only),
            _ => serde_json::to_string_pretty(&list),
        };
        writeln!(out, "{}", json.unwrap_or_default())?;
    } else if let (Some(_), Some(threat)) = (&arguments.id, chosen.first()) {
        describe(threat, lang, &mut out)?;
    } else {
        let mut table = Table::new([
            (lang.pick("id", "ID"), Side::Left),
            (lang.pick("severity", "危険度"), Side::Left),
            (lang.pick("kind", "種類"), Side::Left),
            (lang.pick("what it is", "内容"), Side::Left),
        ]);
        for threat in chosen {
            let (severity, kind) = (severity(threat.severity, lang), lang.kind(threat.kind));
            table.row([threat.id, severity, kind, threat.summary].map(str::to_owned));
        }
        out.write_all(table.to_text().as_bytes())?;
    }
    Ok(Exit::Delivered)
}

fn describe(threat: &Threat, lang: Lang, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{}", threat.id)?;
    writeln!(out, "  {}", threat.summary)?;
    writeln!(out, "  {}: {}", lang.pick("severity", "危険度"), severity(threat.severity, lang))?;
    let kind = threat.kind;
    writeln!(out, "  {}: {} — {}", lang.pick("kind", "種類"), kind.word(), kind.summary())?;
    let actions: Vec<_> = Preset::ALL
        .iter()
        .map(|preset| format!("{} {}", preset.word(), Policy::preset(*preset).action(None, kind).word()))
        .collect();
    writeln!(out, "  {}: {}", lang.pick("by preset", "プリセット別"), actions.join(", "))?;
    let allowed: Vec<_> = kind.allowed().iter().map(|action| action.word()).collect();
    writeln!(out, "  {}: {}", lang.pick("a policy may choose", "選べる処理"), allowed.join(", "))
}

fn json(threat: &Threat) -> serde_json::Value {
    serde_json::json!({
        "id": threat.id, "kind": threat.kind.word(), "severity": threat.severity, "summary": threat.summary,
    })
}

fn unknown(id: &str, all: &[&'static Threat], lang: Lang) -> Stop {
    let word = id.rsplit('.').next().unwrap_or(id);
    let near: Vec<_> = all
        .iter()
        .map(|threat| threat.id)
        .filter(|known| !word.is_empty() && known.contains(word))
        .take(5)
        .collect();
    let id = sanitize_core::report::printable(id);
    let mut message = lang.pick(format!("no threat has the id {id}"), format!("ID {id} の脅威はありません"));
    if !near.is_empty() {
        message.push_str(lang.pick("; near: ", "。近いもの: "));
        message.push_str(&near.join(", "));
    }
    Stop::new(message)
}
