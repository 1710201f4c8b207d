//! Whether a stream is as it is written.

use super::{Kind, TABLE, WIDEST};

/// True for a clear code, codes that a decoder knows by then and that give exactly `size` symbols, an end code, zeros
/// up to the end of its byte, and nothing more.
pub(crate) fn is_as_written(stream: &[u8], kind: Kind, symbol_bits: u8, size: u64) -> bool {
    match kind {
        Kind::Gif => check::<false>(stream, symbol_bits, size),
        Kind::Tiff => check::<true>(stream, symbol_bits, size),
    }
    .is_some()
}

/// The code of `width` bits at the bit `at`.
#[inline(always)]
fn code_at<const TIFF: bool>(stream: &[u8], at: usize, width: u32) -> Option<u32> {
    let bytes = match stream.get(at / 8..).and_then(<[u8]>::first_chunk::<4>) {
        Some(bytes) => *bytes,
        None => {
            let mut bytes = [0; 4];
            let last = stream.get(at / 8..)?;
            if at + width as usize > stream.len() * 8 {
                return None;
            }
            bytes.iter_mut().zip(last).for_each(|(place, byte)| *place = *byte);
            bytes
        }
    };
    let within = (at % 8) as u32;
    Some(if TIFF {
        u32::from_be_bytes(bytes) << within >> (32 - width)
    } else {
        u32::from_le_bytes(bytes) >> within & ((1 << width) - 1)
    })
}

fn check<const TIFF: bool>(stream: &[u8], symbol_bits: u8, size: u64) -> Option<()> {
    let narrowest = u32::from(symbol_bits) + 1;
    let clear = 1_u32 << symbol_bits;
    // Codes that stand for no string have none; those of the table before still have theirs.
    let mut lengths = [0_u16; TABLE];
    lengths.iter_mut().take(clear as usize).for_each(|length| *length = 1);
    let (mut at, mut width, mut left) = (0, narrowest, size);
    while left > 0 {
        // A table begins with a clear code and a literal.
        if code_at::<TIFF>(stream, at, width)? != clear {
            return None;
        }
        at += width as usize;
        width = narrowest;
        if code_at::<TIFF>(stream, at, width)? >= clear {
            return None;
        }
        at += width as usize;
        left -= 1;
        let (mut before, mut known) = (1, clear + 2);
        while left > 0 {
            let code = code_at::<TIFF>(stream, at, width)?;
            if code == clear {
                break;
            }
            match lengths.get_mut(known as usize) {
                Some(length) => {
                    *length = before + 1;
                    known += 1;
                }
                None if TIFF => return None,
                None => (),
            }
            before = *lengths.get(code as usize)?;
            if code >= known || before == 0 {
                return None;
            }
            at += width as usize;
            left = left.checked_sub(before.into())?;
            if width < WIDEST && known + u32::from(TIFF) == 1 << width {
                width += 1;
            }
        }
    }
    if code_at::<TIFF>(stream, at, width)? != clear + 1 {
        return None;
    }
    at += width as usize;
    let filling = (at.next_multiple_of(8) - at) as u32;
    let zeros = if TIFF { (1_u32 << filling) - 1 } else { 0xff00_u32 >> filling & 0xff };
    let last = stream.get(at.div_ceil(8) - 1..)?;
    matches!(last, [byte] if u32::from(*byte) & zeros == 0).then_some(())
}
