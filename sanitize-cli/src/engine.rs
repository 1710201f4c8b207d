//! The engine as the command line asks for it.

use std::{
    fs::File,
    num::NonZero,
    path::Path,
    process,
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use sanitize_core::{Cancel, Input, Limits, Outcome, Policy, Sanitizer};
use sanitize_files::{Content, read_up_to};

use crate::{
    args,
    exit::{Exit, Stop},
    lang::Lang,
    text::shown,
};

/// Policies and password files larger than this are not read.
const LARGEST_SETTING: u64 = 1 << 20;

/// A sanitizer with everything a run needs beside its input.
pub struct Engine {
    pub sanitizer: Sanitizer,
    pub limits: Limits,
    /// Files cleaned at a time.
    pub workers: usize,
    passwords: Vec<Vec<u8>>,
    cancel: Cancel,
}

impl Engine {
    /// The engine for `files` files. Many share the threads among them; a single one gets all.
    pub fn new(arguments: &args::Engine, files: usize, has_reports: bool, lang: Lang) -> Result<Self, Stop> {
        let policy = match &arguments.policy {
            Some(path) => read_policy(path, lang)?,
            None => Policy::preset(arguments.preset),
        };
        let limits = arguments.limits.over(policy.limits().clone());
        let threads = arguments.jobs.map_or_else(cores, usize::from);
        let builder = Sanitizer::builder().policy(policy).limits(limits.clone()).file_hashes(has_reports);
        let sanitizer = builder.threads(if files == 1 { threads } else { 1 }).build();
        let sanitizer = sanitizer.map_err(|error| Stop::new(error.to_string()))?;
        let workers = threads.min(files).max(1);
        Ok(Self { sanitizer, limits, workers, passwords: passwords(arguments, lang)?, cancel: Cancel::new() })
    }

    /// Rebuilds `bytes`, which came under `name`.
    pub fn sanitize(&self, name: &str, bytes: &[u8]) -> Outcome {
        let input = Input::new(bytes).named(name).passwords(&self.passwords).cancel(self.cancel.clone());
        self.sanitizer.sanitize(input)
    }

    /// Ends the run in order when the user or the system asks: files under work are given up, nothing half
    /// written gets a name. A second signal ends the process at once; what it leaves are temporary files,
    /// which the next run removes.
    pub fn heed_signals(&self) -> Result<(), Stop> {
        let cancel = self.cancel.clone();
        let first = Arc::new(AtomicBool::new(true));
        let handler = move || {
            if !first.swap(false, Ordering::SeqCst) {
                process::exit(Exit::Failed as i32);
            }
            cancel.cancel();
        };
        ctrlc::set_handler(handler).map_err(|error| Stop::new(error.to_string()))
    }

    /// True once a signal asked for the end.
    pub fn is_interrupted(&self) -> bool {
        self.cancel.is_cancelled()
    }
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Reads a policy file: JSON by its extension, TOML otherwise.
pub fn read_policy(path: &Path, lang: Lang) -> Result<Policy, Stop> {
    let text = read_text(path, lang)?;
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let policy = if is_json { Policy::from_json(&text) } else { Policy::from_toml(&text) };
    policy.map_err(|error| {
        let (file, error) = (shown(path), sanitize_core::report::printable(&error.to_string()));
        let english = format!("policy {file}: {error}");
        let japanese = format!("ポリシー {file} に誤りがあります: {error}");
        Stop::new(lang.pick(english, japanese))
    })
}

/// Passwords as bytes. What is not ASCII is tried in UTF-8 and as Windows in Japan would write it.
fn passwords(arguments: &args::Engine, lang: Lang) -> Result<Vec<Vec<u8>>, Stop> {
    let file = match &arguments.password_file {
        Some(path) => read_text(path, lang)?,
        None => String::new(),
    };
    let file = file.strip_prefix('\u{feff}').unwrap_or(&file);
    let listed = file.lines().filter(|line| !line.is_empty()).map(str::to_owned);
    let mut passwords = Vec::new();
    for password in arguments.passwords.iter().cloned().chain(listed) {
        let (legacy, _, unmappable) = encoding_rs::SHIFT_JIS.encode(&password);
        let legacy = (!password.is_ascii() && !unmappable).then(|| legacy.into_owned());
        passwords.push(password.into_bytes());
        passwords.extend(legacy);
    }
    Ok(passwords)
}

fn read_text(path: &Path, lang: Lang) -> Result<String, Stop> {
    let failed = |error: &dyn std::fmt::Display| Stop::new(format!("{}: {error}", shown(path)));
    let file = File::open(path).map_err(|error| failed(&error))?;
    match read_up_to(file, 0, LARGEST_SETTING).map_err(|error| failed(&error))? {
        Content::Bytes(bytes) => {
            String::from_utf8(bytes).map_err(|_| failed(&lang.pick("not UTF-8", "UTF-8 ではありません")))
        }
        Content::TooLarge(_) => Err(failed(&lang.pick("larger than 1 MiB", "1 MiB を超えています"))),
    }
}
