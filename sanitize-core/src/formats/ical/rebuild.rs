//! From lines to those that may be written.

use super::{
    model::{self, COMPONENTS, Line, Model, PARAMETERS, Value},
    parse, threats,
};
use crate::{
    engine::ctx::Ctx,
    error::{Error, malformed},
    format::{self, Format},
    report::{Detail, Spot},
    toolkits::{
        charset::{HiddenKind, hidden},
        link::{self, Link},
    },
};

/// Components in each other.
const DEEPEST: usize = 8;
/// How often something may repeat.
const MOST_REPEATS: u32 = 10_000;

/// A component that is open.
struct Open {
    name: &'static str,
    /// Where its first line stands among those that are written.
    start: usize,
    /// It shows a text and does nothing else.
    is_inert: bool,
}

pub(super) fn rebuild(lines: &[parse::Line], format: Format, ctx: &mut Ctx<'_>) -> Result<Model, Error> {
    let threat = if format == format::ICS { &threats::CALENDAR } else { &threats::CONTACT };
    let table: &[(&str, Value)] = if format == format::ICS { &model::CALENDAR } else { &model::CONTACT };
    let changed = if format == format::ICS { &threats::CALENDAR_VALUE } else { &threats::CONTACT_VALUE };
    let mut model = Model::default();
    let mut open: Vec<Open> = Vec::new();
    // How deep what is left out is nested in itself.
    let mut left_out = 0_usize;
    for line in lines {
        ctx.budget().objects(1)?;
        let value = line.value.trim();
        match line.name.as_str() {
            "BEGIN" => {
                let known = COMPONENTS.into_iter().find(|known| known.eq_ignore_ascii_case(value));
                let is_root = known == Some(if format == format::ICS { "VCALENDAR" } else { "VCARD" });
                match known {
                    // One stands at the top, the others only inside.
                    Some(name) if left_out == 0 && open.len() < DEEPEST && is_root == open.is_empty() => {
                        open.push(Open { name, start: model.lines.len(), is_inert: name != "VALARM" });
                        model.lines.push(Line {
                            name: "BEGIN",
                            parameters: Vec::new(),
                            value: name.to_owned(),
                        });
                    }
                    _ => {
                        if left_out == 0 {
                            ctx.removed_with(threat, line.number, Detail::name(value))?;
                        }
                        left_out += 1;
                    }
                }
            }
            "END" if left_out > 0 => left_out -= 1,
            "END" => {
                let done = open.pop().filter(|done| done.name.eq_ignore_ascii_case(value));
                let done = done.ok_or_else(|| malformed("END", line.number))?;
                if done.is_inert {
                    model.lines.push(Line {
                        name: "END",
                        parameters: Vec::new(),
                        value: done.name.to_owned(),
                    });
                } else {
                    ctx.removed_with(threat, line.number, Detail::name(done.name))?;
                    model.lines.truncate(done.start);
                }
            }
            _ if left_out > 0 => (),
            name => {
                let Some(component) = open.last_mut() else { return Err(malformed("BEGIN", line.number)) };
                if name == "ACTION" {
                    component.is_inert = value.eq_ignore_ascii_case("DISPLAY");
                }
                let known = table.iter().find(|(known, _)| *known == name);
                match known.and_then(|(name, kind)| property(name, *kind, line, ctx)) {
                    Some(written) => {
                        if written.value != line.value {
                            ctx.replaced(changed, line.number, Detail::name(name))?;
                        }
                        model.lines.push(written);
                    }
                    None => ctx.removed_with(threat, line.number, Detail::name(name))?,
                }
            }
        }
    }
    if !open.is_empty() || left_out > 0 || model.lines.is_empty() {
        return Err(malformed("END", lines.len() as u64));
    }
    if lines.iter().any(|line| line.parameters.iter().any(|(name, _)| !is_kept(name))) {
        ctx.removed(threat, Spot::Part("parameters"))?;
    }
    Ok(model)
}

fn is_kept(name: &str) -> bool {
    PARAMETERS.contains(&name)
}

/// A property as it may be written; nothing where its value may not.
fn property(name: &'static str, kind: Value, line: &parse::Line, ctx: &Ctx<'_>) -> Option<Line> {
    let value = match kind {
        Value::Text => visible(&line.value),
        Value::Plain => plain(&line.value)?,
        Value::Rule => rule(&line.value)?,
        Value::Link => {
            let link = link::parse(&line.value);
            let is_web = matches!(link, Link::Web { .. }) && link.allowed(&ctx.switches().link_schemes);
            link.written().filter(|_| is_web)?.into_owned()
        }
        Value::Mail => match link::parse(&line.value) {
            Link::Mailto(address) => address.split('?').next()?.to_owned(),
            _ => return None,
        },
    };
    let mut parameters: Vec<(&'static str, String)> = Vec::new();
    for (given, value) in &line.parameters {
        let Some(known) = PARAMETERS.into_iter().find(|known| known == given) else { continue };
        let value = visible(value.trim_matches('"')).replace(['"', '\r', '\n'], "");
        // A value that stands elsewhere, or is no text.
        let is_elsewhere =
            ["URI", "BINARY", "URL", "CID", "CONTENT-ID"].iter().any(|kind| value.eq_ignore_ascii_case(kind));
        if known == "VALUE" && is_elsewhere && kind != Value::Link {
            return None;
        }
        parameters.push((known, value));
    }
    Some(Line { name, parameters, value })
}

/// Text without controls and what nobody sees.
fn visible(text: &str) -> String {
    let mut kept = 0;
    let mut visible = String::with_capacity(text.len());
    for hidden in hidden(text).into_iter().filter(|hidden| hidden.kind != HiddenKind::Balanced) {
        visible.push_str(text.get(kept..hidden.range.start).unwrap_or_default());
        kept = hidden.range.end.max(kept);
    }
    visible.push_str(text.get(kept..).unwrap_or_default());
    visible.retain(|character| !matches!(character, '\r' | '\n'));
    visible
}

/// Dates, numbers and words.
fn plain(value: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b":+-,/.=; _".contains(&byte);
    value.bytes().all(is_plain).then(|| value.to_owned())
}

/// A rule whose expansion is bounded: no faster than hourly, and not more often than a person can use.
fn rule(value: &str) -> Option<String> {
    let value = plain(value)?;
    for part in value.split(';') {
        let (name, value) = part.split_once('=')?;
        match name.to_ascii_uppercase().as_str() {
            "FREQ" if matches!(value.to_ascii_uppercase().as_str(), "SECONDLY" | "MINUTELY") => return None,
            "COUNT" if value.parse::<u32>().ok()? > MOST_REPEATS => return None,
            _ => (),
        }
    }
    Some(value)
}
