//! Reading an input: no more than the limit, and the very file that was found.

use std::fs::File;

use sanitize_core::Limits;
use sanitize_files::{Content, Identity, read_up_to};

use crate::{
    lang::Lang,
    report::Problem,
    walk::{Source, read_problem},
};

/// Reads `source`, at most `limits.input_bytes` of it.
pub fn read(source: &Source, limits: &Limits, lang: Lang) -> Result<Content, Problem> {
    let file = File::open(&source.path).map_err(|error| read_problem(&error, lang))?;
    let metadata = file.metadata().map_err(|error| read_problem(&error, lang))?;
    let identity = Identity::of(&metadata);
    if !metadata.is_file() || identity != source.identity {
        let message = lang
            .pick("it was exchanged while the folder was read", "処理中に別のファイルに置き換えられました");
        return Err(Problem::new("unreadable", message));
    }
    if metadata.len() > limits.input_bytes {
        return Ok(Content::TooLarge(metadata.len()));
    }
    read_up_to(file, metadata.len(), limits.input_bytes).map_err(|error| read_problem(&error, lang))
}
