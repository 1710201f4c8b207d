//! Reads what was written, strictly: lines of at most 75 bytes, components in balance, listed names alone.

use super::allow::{self, Value};
use crate::{
    budget::Budget,
    error::{Error, malformed},
};

pub(super) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let text = simdutf8::basic::from_utf8(output).map_err(|_| malformed("text encoding", 0))?;
    let text = text.strip_suffix("\r\n").ok_or_else(|| malformed("line end", output.len() as u64))?;
    let mut logical: Vec<String> = Vec::new();
    for line in text.split("\r\n") {
        budget.objects(1)?;
        let control = |byte: u8| byte < 0x20 && byte != b'\t' || byte == 0x7f;
        if line.len() > 75 || line.bytes().any(control) {
            return Err(malformed("line", 0));
        }
        match (line.strip_prefix(' '), logical.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(rest),
            _ => logical.push(line.to_owned()),
        }
    }
    let mut open: Vec<&'static str> = Vec::new();
    let mut root = None;
    for line in &logical {
        let wrong = || malformed("written line", 0);
        let (name, rest) =
            line.split_at_checked(line.find([';', ':']).ok_or_else(wrong)?).ok_or_else(wrong)?;
        let value = behind_parameters(rest).ok_or_else(wrong)?;
        match name {
            "BEGIN" => {
                let component = allow::component(value, open.last().copied()).ok_or_else(wrong)?;
                root = root.or(Some(component));
                open.push(component);
            }
            "END" => {
                open.pop().filter(|open| *open == value).ok_or_else(wrong)?;
            }
            _ => {
                let (_, kind) = root.and_then(|root| allow::property(root, name)).ok_or_else(wrong)?;
                if open.is_empty() || !is_harmless(kind, name, value) {
                    return Err(wrong());
                }
            }
        }
    }
    if open.is_empty() && root.is_some() { Ok(()) } else { Err(malformed("component without an end", 0)) }
}

/// The value behind parameters that are listed.
fn behind_parameters(rest: &str) -> Option<&str> {
    let mut rest = rest;
    while let Some(parameter) = rest.strip_prefix(';') {
        let (name, value) = parameter.split_once('=')?;
        if name != "ENCODING" {
            allow::parameter(name)?;
        }
        rest = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?.1,
            None => value.get(value.find([';', ':'])?..)?,
        };
    }
    rest.strip_prefix(':')
}

fn is_harmless(kind: Value, name: &str, value: &str) -> bool {
    match kind {
        Value::Person => value.starts_with("mailto:"),
        Value::Link => {
            ["http://", "https://", "ftp://", "mailto:", "tel:"].iter().any(|start| value.starts_with(start))
        }
        Value::Picture => {
            let body = value
                .strip_prefix("data:image/")
                .and_then(|rest| rest.split_once(";base64,"))
                .map_or(value, |(_, body)| body);
            body.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
        }
        Value::Plain => name != "ACTION" || value == "DISPLAY",
        Value::Text | Value::Rule | Value::Reading => true,
    }
}
