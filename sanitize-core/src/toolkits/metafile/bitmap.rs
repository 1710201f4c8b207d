//! Bitmaps in records: decoded, and written anew with header, palette and rows of their own.
//!
//! The direction of the rows is kept, since records count rows of the source from the first that is stored.

use crate::{
    budget::Budget,
    bytes::{Reader, Writer},
    error::malformed,
    toolkits::raster::{self, Color, Dib, DibError, DibUse, Raster},
};

/// A bitmap where a record has it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BitmapSource<'a> {
    /// Header and palette.
    pub(crate) head: &'a [u8],
    /// Rows.
    pub(crate) rows: &'a [u8],
    pub(crate) colors: Colors,
    pub(crate) alpha: Alpha,
}

/// Where the colours of a palette come from (MS-WMF 2.1.1.6, MS-EMF 2.1.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colors {
    /// From the bitmap.
    Palette,
    /// From the state of the drawing: two colours, whatever the bitmap has.
    State,
    /// From the state of the drawing, where the record cannot say so any more: black and white are written.
    BlackAndWhite,
}

/// Whether the fourth byte of a pixel counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alpha {
    /// It is opacity.
    Shown,
    /// Nobody looks at it.
    Unused,
}

/// A decoded bitmap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bitmap {
    raster: Raster,
    palette: Vec<u8>,
    density: (u32, u32),
    colors: Colors,
    top_down: bool,
    /// Bytes stood behind the last row.
    pub(crate) has_excess: bool,
}

impl Bitmap {
    /// Decodes a bitmap.
    pub(crate) fn read(source: &BitmapSource<'_>, budget: &Budget) -> Result<Self, DibError> {
        let BitmapSource { head, rows, colors, alpha } = *source;
        if is_empty(head) {
            return Err(malformed("bitmap without pixels", 4).into());
        }
        let mut joined = budget.reserve(head.len() as u64 + rows.len() as u64)?;
        joined.extend_from_slice(head);
        joined.extend_from_slice(rows);
        let read = raster::read_dib(&joined, Some(head.len()), DibUse::Drawn, budget);
        let size = joined.len();
        budget.give_back(joined);
        let Dib { mut raster, mut palette, density, end, .. } = read?;
        match (colors, raster.color, raster.bits) {
            (Colors::Palette, ..) | (_, Color::Rgb | Color::Rgba, _) => (),
            (_, Color::Indexed, 1) => palette = vec![0, 0, 0, 255, 255, 255],
            _ => return Err(malformed("palette", 0).into()),
        }
        if raster.color == Color::Rgba && alpha == Alpha::Unused {
            let pixels = raster.samples.as_chunks::<4>().0;
            raster.samples = pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
            raster.color = Color::Rgb;
        }
        if raster.color == Color::Indexed {
            palette.resize(3 << raster.bits, 0);
        }
        let colors = if colors == Colors::BlackAndWhite { Colors::Palette } else { colors };
        // Run-length rows may be filled to four bytes.
        let has_excess = size.saturating_sub(end) > 3;
        Ok(Self { raster, palette, density, colors, top_down: is_top_down(head), has_excess })
    }

    /// How many pixels it has.
    pub(crate) fn pixels(&self) -> u64 {
        u64::from(self.raster.width) * u64::from(self.raster.height)
    }

    /// Puts noise into the low bits; true where that changed something.
    pub(crate) fn scrub(&mut self) -> bool {
        if self.colors == Colors::State {
            return false;
        }
        let mut changed = raster::add_noise(&mut self.raster);
        for (place, byte) in self.palette.iter_mut().enumerate() {
            let noisy = (*byte & !1) | raster::noise(*byte >> 1, place);
            changed |= noisy != *byte;
            *byte = noisy;
        }
        changed
    }

    /// Clears the colours of the palette that no pixel shows; true where there were any.
    pub(crate) fn clear_hidden_colors(&mut self) -> bool {
        if self.raster.color != Color::Indexed || self.colors == Colors::State {
            return false;
        }
        let mut used = [false; 256];
        for row in self.raster.samples.chunks_exact(self.raster.stride().max(1)) {
            for index in raster::packed(row, self.raster.bits).take(self.raster.width as usize) {
                if let Some(used) = used.get_mut(usize::from(index)) {
                    *used = true;
                }
            }
        }
        raster::clear_hidden_palette(&mut self.palette, &[], &used)
    }

    /// Header and palette, then the rows: a header of 40 bytes, no compression.
    pub(crate) fn write(&self) -> (Vec<u8>, Vec<u8>) {
        let Raster { width, height, .. } = self.raster;
        let bits = self.raster.color.channels() * usize::from(self.raster.bits);
        let row = self.raster.stride();
        let stride = row.div_ceil(4) * 4;
        let mut head = Writer::new();
        head.u32_le(40);
        head.u32_le(width);
        head.u32_le(if self.top_down { height.wrapping_neg() } else { height });
        head.u16_le(1);
        head.u16_le(bits as u16);
        head.u32_le(0);
        head.u32_le((stride * height as usize) as u32);
        head.u32_le(self.density.0);
        head.u32_le(self.density.1);
        head.u32_le((self.palette.len() / 3) as u32);
        head.u32_le(0);
        for [red, green, blue] in self.palette.as_chunks::<3>().0 {
            head.bytes(&[*blue, *green, *red, 0]);
        }
        let mut rows = Writer::onto(Vec::with_capacity(stride * height as usize));
        let mut write = |line: &[u8]| {
            match self.raster.color {
                Color::Rgb => {
                    for [red, green, blue] in line.as_chunks::<3>().0 {
                        rows.bytes(&[*blue, *green, *red]);
                    }
                }
                Color::Rgba => {
                    for [red, green, blue, alpha] in line.as_chunks::<4>().0 {
                        rows.bytes(&[*blue, *green, *red, *alpha]);
                    }
                }
                _ => rows.bytes(line),
            }
            rows.bytes([0; 3].get(..stride - row).unwrap_or_default());
        };
        let lines = self.raster.samples.chunks_exact(row.max(1));
        if self.top_down {
            lines.for_each(&mut write)
        } else {
            lines.rev().for_each(&mut write)
        }
        (head.into_bytes(), rows.into_bytes())
    }
}

/// True for a header without pixels.
fn is_empty(head: &[u8]) -> bool {
    match head.get(..4) {
        Some([12, 0, 0, 0]) => head.get(4..6) == Some(&[0; 2]) || head.get(6..8) == Some(&[0; 2]),
        _ => head.get(4..8) == Some(&[0; 4]) || head.get(8..12) == Some(&[0; 4]),
    }
}

/// True where the first row that is stored is the top one.
fn is_top_down(head: &[u8]) -> bool {
    let mut header = Reader::new(head);
    header.u32_le("header size").is_ok_and(|size| size > 12)
        && header.skip(4, "width").is_ok()
        && header.i32_le("height").is_ok_and(|height| height < 0)
}

/// How many bytes at the start of a packed bitmap are header and palette, and how many behind them are rows;
/// `None` where the header says nothing that could be.
pub(crate) fn split_packed(bitmap: &[u8], palette_is_indices: bool) -> Option<(&[u8], &[u8])> {
    let mut header = Reader::new(bitmap);
    let size = usize::try_from(header.u32_le("header size").ok()?).ok()?;
    let (bits, entry, compression, colors) = if size == 12 {
        header.skip(6, "size").ok()?;
        (header.u16_le("bits").ok()?, 3, 0, 0)
    } else {
        header.skip(10, "size").ok()?;
        let bits = header.u16_le("bits").ok()?;
        let compression = header.u32_le("compression").ok()?;
        header.skip(12, "density").ok()?;
        (bits, 4, compression, header.u32_le("colours").ok()?)
    };
    let entry = if palette_is_indices { 2 } else { entry };
    let colors = match (bits, usize::try_from(colors).ok()?) {
        (0, _) => return None,
        (1..=8, 0) => 1_usize << bits,
        (_, colors) => colors,
    };
    let masks = match (compression, size) {
        (3, 40) => 12,
        (6, 40) => 16,
        _ => 0,
    };
    let end = size.checked_add(masks)?.checked_add(colors.checked_mul(entry)?)?;
    bitmap.split_at_checked(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cancel, Limits};

    fn budget() -> Budget {
        Budget::new(&Limits::default(), 0, Cancel::new())
    }

    fn head(height: i32, bits: u16) -> Vec<u8> {
        let mut head = Writer::new();
        head.u32_le(40);
        head.u32_le(1);
        head.bytes(&height.to_le_bytes());
        head.u16_le(1);
        head.u16_le(bits);
        head.bytes(&[0; 24]);
        head.into_bytes()
    }

    fn read(head: &[u8], rows: &[u8], alpha: Alpha) -> Result<Bitmap, DibError> {
        let source = BitmapSource { head, rows, colors: Colors::Palette, alpha };
        Bitmap::read(&source, &budget())
    }

    #[test]
    fn rows_keep_their_direction() {
        let rows = [1, 2, 3, 0, 4, 5, 6, 0];
        for height in [2, -2] {
            let (written, pixels) = read(&head(height, 24), &rows, Alpha::Unused).unwrap().write();
            assert_eq!(written[8..12], height.to_le_bytes());
            assert_eq!(pixels, rows);
        }
    }

    #[test]
    fn the_fourth_byte_stays_where_it_is_opacity() {
        let rows = [1, 2, 3, 128];
        assert_eq!(read(&head(1, 32), &rows, Alpha::Shown).unwrap().write().1, rows);
        assert_eq!(read(&head(1, 32), &rows, Alpha::Unused).unwrap().write().1, [1, 2, 3, 0]);
        // The same, said by masks that do not name the fourth byte.
        let mut masked = head(1, 32);
        masked[16] = 3;
        masked.extend([0, 0, 0xff, 0, 0, 0xff, 0, 0, 0xff, 0, 0, 0]);
        assert_eq!(read(&masked, &rows, Alpha::Shown).unwrap().write().1, rows);
        assert_eq!(read(&masked, &rows, Alpha::Unused).unwrap().write().1, [1, 2, 3, 0]);
    }

    #[test]
    fn pixels_that_are_not_there_make_no_bitmap() {
        assert!(matches!(read(&head(2, 24), &[1, 2, 3, 0], Alpha::Unused), Err(DibError::Other(_))));
        let most = head(100_000_001, 24);
        assert!(matches!(read(&most, &[], Alpha::Unused), Err(DibError::Dimensions)));
    }
}
