//! Icon → bytes: directory, then the pictures in its order.

use super::model::Icon;
use crate::bytes::Writer;

/// Writes the icon.
pub(super) fn write(icon: &Icon) -> Vec<u8> {
    let mut output = Writer::new();
    output.u16_le(0);
    output.u16_le(if icon.is_cursor { 2 } else { 1 });
    output.u16_le(icon.pictures.len() as u16);
    let mut offset = 6 + icon.pictures.len() * 16;
    for picture in &icon.pictures {
        // 256 and more do not fit, and are written as 0.
        output.u8(u8::try_from(picture.width).unwrap_or(0));
        output.u8(u8::try_from(picture.height).unwrap_or(0));
        output.u8(if picture.bits < 8 { 1 << picture.bits } else { 0 });
        output.u8(0);
        let (first, second) = if icon.is_cursor { picture.hot_spot } else { (1, picture.bits) };
        output.u16_le(first);
        output.u16_le(second);
        output.u32_le(picture.bytes.len() as u32);
        output.u32_le(offset as u32);
        offset += picture.bytes.len();
    }
    for picture in &icon.pictures {
        output.bytes(&picture.bytes);
    }
    output.into_bytes()
}
