//! `sanitize policy`: show, check and describe policies.

use std::io::{self, Write};

use sanitize_core::{Policy, policy as core};

use crate::{
    args::{self, PolicyFormat},
    engine::read_policy,
    exit::{Exit, Stop},
    lang::Lang,
    text::shown,
};

/// Runs one of the policy commands.
pub fn policy(command: &args::Policy, lang: Lang) -> Result<Exit, Stop> {
    let mut out = io::stdout().lock();
    match command {
        args::Policy::Show { preset, policy, format } => {
            let policy = match policy {
                Some(file) => read_policy(file, lang)?,
                None => Policy::preset(*preset),
            };
            let text = match format {
                PolicyFormat::Toml => policy.to_toml(),
                PolicyFormat::Json => policy.to_json(),
            };
            writeln!(out, "{}", text.trim_end())?;
        }
        args::Policy::Check { file } => {
            let policy = read_policy(file, lang)?;
            let (file, name) = (shown(file), sanitize_core::report::printable(policy.name()));
            let fingerprint = policy.fingerprint();
            writeln!(
                out,
                "{}",
                lang.pick(
                    format!("{file}: valid; policy {name}, sha256 {fingerprint}"),
                    format!("{file}: 問題ありません。ポリシー {name}、sha256 {fingerprint}"),
                )
            )?;
        }
        args::Policy::Schema => {
            writeln!(out, "{}", serde_json::to_string_pretty(&core::schema()).unwrap_or_default())?;
        }
    }
    Ok(Exit::Delivered)
}
