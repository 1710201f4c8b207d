use std::io::{self, Read};

/// What reading an input gave.
#[derive(Debug)]
pub enum Content {
    /// All of it.
    Bytes(Vec<u8>),
    /// At least so many bytes, which is over the limit.
    TooLarge(u64),
}

/// Reads `reader` to its end, which is expected after `expected` bytes, and stops past `limit`.
///
/// # Errors
///
/// Those of the reader, and [`io::ErrorKind::OutOfMemory`] where there is no room for the expected bytes.
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
