//! The file header of a BMP; the bitmap behind it is the raster toolkit's.

use crate::{bytes::Reader, error::Error};

/// Bytes of the file header.
pub(super) const FILE_HEADER: usize = 14;

/// The file header.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileHeader<'a> {
    /// Where the pixels start, from the bitmap's header; `None` where the file says nothing sane.
    pub(super) pixels: Option<usize>,
    /// Everything behind the file header.
    pub(super) bitmap: &'a [u8],
}

/// Reads the file header.
pub(super) fn file_header(input: &[u8]) -> Result<FileHeader<'_>, Error> {
    let mut reader = Reader::new(input);
    reader.skip(10, "file header")?;
    let pixels = usize::try_from(reader.u32_le("start of pixels")?).unwrap_or(usize::MAX);
    let pixels = pixels.checked_sub(FILE_HEADER).filter(|start| *start > 0 && *start < input.len());
    Ok(FileHeader { pixels, bitmap: reader.rest() })
}
