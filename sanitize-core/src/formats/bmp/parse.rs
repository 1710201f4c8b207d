//! The file headers of a BMP; the bitmaps behind them are the raster toolkit's.

use crate::{
    budget::Budget,
    bytes::Reader,
    error::Error,
    toolkits::raster::{self, Os2File},
};

/// Bytes of a file header.
pub(super) const FILE_HEADER: usize = 14;

/// A BMP of Windows or OS/2, or several in an array.
#[derive(Debug)]
pub(super) enum Headers {
    Single(FileHeader),
    Array(Os2File),
}

/// A file header.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileHeader {
    /// Where the pixels start, from the bitmap's header; `None` where the file says nothing sane.
    pub(super) pixels: Option<usize>,
}

/// Reads the file headers.
pub(super) fn headers(input: &[u8], budget: &Budget) -> Result<Headers, Error> {
    if input.starts_with(b"BA") {
        return Ok(Headers::Array(raster::os2_file(input, budget)?));
    }
    let mut reader = Reader::new(input);
    reader.skip(10, "file header")?;
    let pixels = usize::try_from(reader.u32_le("start of pixels")?).unwrap_or(usize::MAX);
    let pixels = pixels.checked_sub(FILE_HEADER).filter(|start| *start > 0 && *start < input.len());
    Ok(Headers::Single(FileHeader { pixels }))
}
