//! Bitmaps in run lengths: RLE4 and RLE8 of Windows and OS/2, RLE24 of OS/2.

use super::{Color, Raster, dib::Header, packed};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// RLE4 and RLE8. Pixels that are jumped over, or missing, have index 0.
pub(super) fn run_lengths(
    reader: &mut Reader<'_>,
    header: &Header,
    budget: &Budget,
) -> Result<Raster, Error> {
    let four = header.compression == 2;
    if header.bits != if four { 4 } else { 8 } {
        return Err(malformed("run lengths of another depth", 16));
    }
    let (width, height) = (header.width as usize, header.height as usize);
    let size = width.saturating_mul(height);
    let mut indices = budget.reserve(size as u64)?;
    indices.resize(size, 0);
    let (mut x, mut y) = (0_usize, 0_usize);
    let mut put = |x: &mut usize, y: usize, index: u8| {
        if *x < width && y < height {
            let row = if header.top_down { y } else { height - 1 - y };
            if let Some(place) = indices.get_mut(row * width + *x) {
                *place = index;
            }
        }
        *x = x.saturating_add(1);
    };
    while let Ok([count, value]) = reader.array("run") {
        budget.objects(1)?;
        match (count, value) {
            (0, 0) => (x, y) = (0, y.saturating_add(1)),
            (0, 1) => break,
            (0, 2) => {
                let Ok([right, up]) = reader.array("delta") else { break };
                (x, y) = (x.saturating_add(usize::from(right)), y.saturating_add(usize::from(up)));
            }
            (0, count) => {
                let length = if four { usize::from(count).div_ceil(2) } else { usize::from(count) };
                let Ok(bytes) = reader.take(length.min(reader.remaining()), "pixels") else { break };
                let bits = if four { 4 } else { 8 };
                for index in packed(bytes, bits).take(usize::from(count)) {
                    put(&mut x, y, index);
                }
                if length % 2 == 1 && !reader.is_empty() {
                    reader.skip(1, "filling")?;
                }
            }
            (count, value) if four => {
                for step in 0..count {
                    put(&mut x, y, if step % 2 == 0 { value >> 4 } else { value & 15 });
                }
            }
            (count, value) => (0..count).for_each(|_| put(&mut x, y, value)),
        }
        if y >= height && count == 0 && value == 0 && reader.peek(2) != Some(&[0, 1]) {
            break;
        }
    }
    let raster = Raster {
        width: header.width,
        height: header.height,
        color: Color::Indexed,
        bits: 8,
        samples: indices,
    };
    if four { raster.packed(4, budget) } else { Ok(raster) }
}

/// RLE24: as RLE8, with three bytes for each pixel. Pixels that are jumped over, or missing, are black.
pub(super) fn color_run_lengths(
    reader: &mut Reader<'_>,
    header: &Header,
    budget: &Budget,
) -> Result<Raster, Error> {
    if header.bits != 24 {
        return Err(malformed("run lengths of another depth", 16));
    }
    let (width, height) = (header.width as usize, header.height as usize);
    let size = width.saturating_mul(height).saturating_mul(3);
    let mut samples = budget.reserve(size as u64)?;
    samples.resize(size, 0);
    let (mut x, mut y) = (0_usize, 0_usize);
    let mut put = |x: &mut usize, y: usize, [blue, green, red]: [u8; 3]| {
        if *x < width && y < height {
            let row = if header.top_down { y } else { height - 1 - y };
            let start = (row * width + *x) * 3;
            if let Some(place) = samples.get_mut(start..start + 3) {
                place.copy_from_slice(&[red, green, blue]);
            }
        }
        *x = x.saturating_add(1);
    };
    while let Ok(count) = reader.u8("run") {
        budget.objects(1)?;
        if count > 0 {
            let Ok(pixel) = reader.array("pixel") else { break };
            (0..count).for_each(|_| put(&mut x, y, pixel));
            continue;
        }
        match reader.u8("run").unwrap_or(1) {
            0 => (x, y) = (0, y.saturating_add(1)),
            1 => break,
            2 => {
                let Ok([right, up]) = reader.array("delta") else { break };
                (x, y) = (x.saturating_add(usize::from(right)), y.saturating_add(usize::from(up)));
            }
            count => {
                let length = usize::from(count) * 3;
                let Ok(bytes) = reader.take(length.min(reader.remaining()), "pixels") else { break };
                bytes.as_chunks::<3>().0.iter().for_each(|pixel| put(&mut x, y, *pixel));
                if length % 2 == 1 && !reader.is_empty() {
                    reader.skip(1, "filling")?;
                }
            }
        }
    }
    Ok(Raster { width: header.width, height: header.height, color: Color::Rgb, bits: 8, samples })
}
