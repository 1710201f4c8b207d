use super::model::{CALENDAR, COMPONENTS, CONTACT};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    format::{self, Format},
    toolkits::charset::{HiddenKind, hidden},
};

/// The output is UTF-8 in short lines, each with a name of the tables, in components that are closed.
pub(super) fn verify(output: &[u8], format: Format, budget: &Budget) -> Result<(), Error> {
    let text = str::from_utf8(output).map_err(|_| malformed("text encoding", 0))?;
    // Folds stand between characters that mean something together.
    if hidden(&text.replace("\r\n ", "")).iter().any(|hidden| hidden.kind != HiddenKind::Balanced) {
        return Err(malformed("hidden character", 0));
    }
    let body = text.strip_suffix("\r\n").ok_or_else(|| malformed("last line", 0))?;
    let mut open: Vec<&str> = Vec::new();
    for (number, line) in body.split("\r\n").enumerate() {
        budget.objects(1)?;
        let broken = |what| malformed(what, number as u64);
        if line.len() > 75 || line.contains(['\r', '\n']) {
            return Err(broken("line"));
        }
        if line.starts_with(' ') {
            continue;
        }
        let name = line.split([':', ';']).next().unwrap_or_default();
        let value = || line.split_once(':').map(|(_, value)| value).unwrap_or_default();
        match name {
            "BEGIN" if COMPONENTS.contains(&value()) => open.push(value()),
            "END" if open.last() == Some(&value()) => {
                open.pop();
            }
            "BEGIN" | "END" => return Err(broken("component")),
            name => {
                let in_table =
                    |table: &[(&str, super::model::Value)]| table.iter().any(|(known, _)| *known == name);
                let is_known = if format == format::ICS { in_table(&CALENDAR) } else { in_table(&CONTACT) };
                if !is_known || open.is_empty() {
                    return Err(broken("property"));
                }
            }
        }
    }
    if open.is_empty() { Ok(()) } else { Err(malformed("END", 0)) }
}
