//! Bytes to trees and back, mechanism only: toolkits know no policy, no findings and no formats.

pub(crate) mod archive;
pub(crate) mod charset;
pub(crate) mod codec;
pub(crate) mod content_line;
pub(crate) mod deflate;
pub(crate) mod exif;
pub(crate) mod group4;
pub(crate) mod icc;
pub(crate) mod jpeg;
pub(crate) mod link;
pub(crate) mod lzw;
pub(crate) mod mapi;
pub(crate) mod markup;
pub(crate) mod metafile;
pub(crate) mod mime;
pub(crate) mod offcrypto;
pub(crate) mod raster;
pub(crate) mod vp8;
pub(crate) mod vp8l;

#[cfg(test)]
mod collected;
