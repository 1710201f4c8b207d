//! What both kinds of Windows metafiles are made of: records, a table of objects, and bitmaps in records.

mod bitmap;
mod fields;
mod objects;
mod records;

pub(crate) use bitmap::{Alpha, Bitmap, BitmapSource, Colors, split_packed};
pub(crate) use fields::{Field, Fields};
pub(crate) use objects::{ObjectKind, Objects, States};
pub(crate) use records::{Record, Records, Shape};
