//! Reading an input: no more than the limit, and the very file that was found.

use std::{
    fs::File,
    io::{self, Read},
};

use sanitize_core::Limits;

use crate::{
    lang::Lang,
    report::Problem,
    walk::{Identity, Source, read_problem},
};

/// What reading a file gave.
#[derive(Debug)]
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// Its length, which is over the limit.
    TooLarge(u64),
}

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

/// Reads `reader` to its end, which is expected after `expected` bytes, and stops past `limit`.
pub fn read_up_to(reader: impl Read, expected: u64, limit: u64) -> io::Result<Content> {
    let mut bytes = Vec::new();
    let expected = usize::try_from(expected).map_err(|_| io::ErrorKind::OutOfMemory)?;
    bytes.try_reserve_exact(expected).map_err(|_| io::ErrorKind::OutOfMemory)?;
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    match bytes.len() as u64 {
        length if length > limit => Ok(Content::TooLarge(length)),
        _ => Ok(Content::Bytes(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_limit_is_read() {
        assert!(matches!(read_up_to(io::repeat(0), 0, 1_000), Ok(Content::TooLarge(1_001))));
        assert!(matches!(read_up_to(&b"abc"[..], 3, 3), Ok(Content::Bytes(bytes)) if bytes == b"abc"));
    }
}
