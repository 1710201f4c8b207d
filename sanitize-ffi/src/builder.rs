//! What an engine is made from, one setting after the other.

use std::{fs::File, io::Read, path::Path, sync::Arc};

use sanitize_core::{Limits, Policy, Preset, Sanitizer};
use serde_json::{Map, Value};

use crate::{
    boundary::{Failure, Status},
    engine::{Engine, Log},
};

/// Policy files larger than this are not read.
const LARGEST_POLICY: u64 = 1 << 20;

/// Settings of an engine that is not made yet.
#[derive(Default)]
pub struct Builder {
    policy: Policy,
    limits: Map<String, Value>,
    passwords: Vec<Vec<u8>>,
    threads: usize,
    log: Option<Arc<Log>>,
}

impl Builder {
    /// Decides by the preset called `word`.
    pub fn preset(&mut self, word: &str) -> Result<(), Failure> {
        let preset = Preset::ALL.into_iter().find(|preset| preset.word() == word);
        let unknown = || Failure::new(Status::InvalidArgument, "a preset is strict, default or lenient");
        self.policy = Policy::preset(preset.ok_or_else(unknown)?);
        Ok(())
    }

    /// Decides by a policy in TOML.
    pub fn policy_toml(&mut self, text: &str) -> Result<(), Failure> {
        self.policy = Policy::from_toml(text).map_err(invalid_policy)?;
        Ok(())
    }

    /// Decides by a policy in JSON.
    pub fn policy_json(&mut self, text: &str) -> Result<(), Failure> {
        self.policy = Policy::from_json(text).map_err(invalid_policy)?;
        Ok(())
    }

    /// Decides by a policy file: JSON by its extension, TOML otherwise.
    pub fn policy_file(&mut self, path: &Path) -> Result<(), Failure> {
        let shown = sanitize_core::report::printable(&path.to_string_lossy());
        let unreadable = |error: &dyn std::fmt::Display| {
            Failure::new(Status::ReadFailed, format!("policy {shown}: {error}"))
        };
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let mut text = String::new();
        let read = file.take(LARGEST_POLICY + 1).read_to_string(&mut text);
        if read.map_err(|error| unreadable(&error))? as u64 > LARGEST_POLICY {
            return Err(unreadable(&"larger than 1 MiB"));
        }
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        let result = if is_json { self.policy_json(&text) } else { self.policy_toml(&text) };
        result
            .map_err(|failure| Failure { message: format!("policy {shown}: {}", failure.message), ..failure })
    }

    /// Sets the limit called `name`, as in a policy: `timeout-ms`. It stands over the policy's own.
    pub fn limit(&mut self, name: &str, value: u64) -> Result<(), Failure> {
        let mut limits = self.limits.clone();
        limits.insert(name.to_owned(), value.into());
        over(&Limits::default(), &limits)?;
        self.limits = limits;
        Ok(())
    }

    /// Adds a password that is tried on every input, in every form it may have been typed.
    pub fn password(&mut self, password: &[u8]) {
        push_password(&mut self.passwords, password);
    }

    /// Rebuilds the parts of one input on so many threads.
    pub fn threads(&mut self, threads: usize) {
        self.threads = threads;
    }

    /// Tells `log` what becomes of each input.
    pub fn log(&mut self, log: Option<Arc<Log>>) {
        self.log = log;
    }

    /// The engine. The builder stays as it is.
    pub fn build(&self) -> Result<Engine, Failure> {
        let limits = over(self.policy.limits(), &self.limits)?;
        let sanitizer = Sanitizer::builder()
            .policy(self.policy.clone())
            .limits(limits.clone())
            .threads(self.threads)
            .build()
            .map_err(|error| Failure::new(Status::OutOfResources, error.to_string()))?;
        Ok(Engine { sanitizer, limits, passwords: self.passwords.clone(), log: self.log.clone() })
    }
}

/// Adds `password` as given and, where it is Japanese text in UTF-8, as Windows in Japan would write it.
pub fn push_password(passwords: &mut Vec<Vec<u8>>, password: &[u8]) {
    passwords.push(password.to_vec());
    if password.is_ascii() {
        return;
    }
    if let Ok(text) = std::str::from_utf8(password) {
        let (legacy, _, unmappable) = encoding_rs::SHIFT_JIS.encode(text);
        if !unmappable {
            passwords.push(legacy.into_owned());
        }
    }
}

/// `base` with `limits` in place of its own.
fn over(base: &Limits, limits: &Map<String, Value>) -> Result<Limits, Failure> {
    let failed = |error: serde_json::Error| Failure::new(Status::InvalidArgument, format!("limit: {error}"));
    let mut value = serde_json::to_value(base).map_err(failed)?;
    if let Some(object) = value.as_object_mut() {
        object.extend(limits.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    serde_json::from_value(value).map_err(failed)
}

fn invalid_policy(error: sanitize_core::PolicyError) -> Failure {
    Failure::new(Status::InvalidPolicy, sanitize_core::report::printable(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_stand_over_those_of_a_policy_whatever_comes_first() {
        let mut builder = Builder::default();
        builder.limit("depth", 3).unwrap();
        builder.policy_toml("[limits]\ndepth = 5\nmembers = 7\n").unwrap();
        let engine = builder.build().unwrap();
        assert_eq!((engine.limits.depth, engine.limits.members), (3, 7));
    }

    #[test]
    fn a_limit_that_is_unknown_or_too_large_is_an_error_and_changes_nothing() {
        let mut builder = Builder::default();
        assert_eq!(builder.limit("depht", 3).unwrap_err().status, Status::InvalidArgument);
        assert_eq!(builder.limit("depth", u64::MAX).unwrap_err().status, Status::InvalidArgument);
        assert_eq!(builder.build().unwrap().limits, Limits::default());
    }

    #[test]
    fn a_japanese_password_is_tried_as_windows_writes_it() {
        let mut passwords = Vec::new();
        push_password(&mut passwords, "秘密".as_bytes());
        push_password(&mut passwords, b"\xff\xfe");
        assert_eq!(passwords, ["秘密".as_bytes(), b"\x94\xe9\x96\xa7", b"\xff\xfe"]);
    }
}
