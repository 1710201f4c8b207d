//! `sanitize formats`: what is rebuilt, and what is known by name alone.

use std::io::{self, Write};

use sanitize_core::{Format, supported_formats};

use crate::{
    args,
    exit::{Exit, Stop},
    lang::Lang,
    table::{Side, Table},
};

/// Prints the table of formats.
pub fn formats(arguments: &args::Formats, lang: Lang) -> Result<Exit, Stop> {
    let supported = supported_formats();
    let rebuilt = |format: &Format| supported.contains(format);
    // Those that are rebuilt first, each half in the engine's own order.
    let (first, second): (Vec<Format>, Vec<Format>) = Format::all().iter().copied().partition(rebuilt);
    let all = first.into_iter().chain(second);
    let mut out = io::stdout().lock();
    if arguments.json {
        let list: Vec<_> = all
            .map(|format| {
                serde_json::json!({
                    "id": format.id(), "name": format.name(), "extensions": format.extensions(),
                    "media_type": format.media_type(), "rebuilt": rebuilt(&format),
                })
            })
            .collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&list).unwrap_or_default())?;
        return Ok(Exit::Delivered);
    }
    let mut table = Table::new([
        (lang.pick("id", "ID"), Side::Left),
        (lang.pick("name", "名称"), Side::Left),
        (lang.pick("extensions", "拡張子"), Side::Left),
        (lang.pick("what happens", "扱い"), Side::Left),
    ]);
    for format in all {
        let what = if rebuilt(&format) {
            lang.pick("rebuilt", "再構築")
        } else {
            lang.pick("recognised, rejected", "判別のみ（拒否）")
        };
        table.row([
            format.id().to_owned(),
            format.name().to_owned(),
            format.extensions().join(" "),
            what.to_owned(),
        ]);
    }
    out.write_all(table.to_text().as_bytes())?;
    Ok(Exit::Delivered)
}
