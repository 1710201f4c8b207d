//! Decoded pictures: samples in rows, and what may be done to them without knowing the file they came from.

mod dib;
mod dib_runs;
mod jpeg;
mod orient;
mod os2;
mod png;
mod png_rows;
mod png_stream;
mod scrub;

pub(crate) use dib::{Dib, DibError, DibProfile, DibUse, read_dib, write_dib};
pub(crate) use jpeg::{JpegSettings, encode_jpeg, standard_quantisers};
pub(crate) use orient::Orientation;
pub(crate) use os2::{
    Os2Bitmap, Os2Element, Os2File, Os2Kind, os2_file, os2_kind, os2_size, read_os2_bitmap, read_os2_icon,
    uncovered,
};
pub(crate) use png::{PngHeader, inflate_at_most, inflate_rows, push_chunk};
pub(crate) use png_rows::{SMALL, compress};
pub(crate) use png_stream::PngStream;
pub(crate) use scrub::{add_noise, clear_hidden_colors, clear_hidden_palette, clear_padding, noise};

use crate::{budget::Budget, error::Error, limits::Limits};

/// What the samples of a pixel mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    /// One sample, 0 is black.
    Grey,
    /// Grey and alpha.
    GreyAlpha,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue, alpha; not premultiplied.
    Rgba,
    /// An index into a palette that stands beside the raster.
    Indexed,
    /// Cyan, magenta, yellow, black; 255 is full ink.
    Cmyk,
}

impl Color {
    /// Samples of one pixel.
    pub(crate) fn channels(self) -> usize {
        match self {
            Self::Grey | Self::Indexed => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }

    /// True where the last sample is alpha.
    pub(crate) fn has_alpha(self) -> bool {
        matches!(self, Self::GreyAlpha | Self::Rgba)
    }
}

/// A decoded picture. Rows stand without padding between them but the bits that fill a row's last byte;
/// samples below 8 bits are packed from the most significant bit, 16-bit samples are big-endian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) color: Color,
    /// Bits of one sample: 1, 2, 4, 8 or 16.
    pub(crate) bits: u8,
    pub(crate) samples: Vec<u8>,
}

impl Raster {
    /// Bytes of one row of `width` pixels.
    pub(crate) fn row_bytes(width: u32, color: Color, bits: u8) -> u64 {
        (u64::from(width) * color.channels() as u64 * u64::from(bits)).div_ceil(8)
    }

    /// Bytes of one row.
    pub(crate) fn stride(&self) -> usize {
        usize::try_from(Self::row_bytes(self.width, self.color, self.bits)).unwrap_or(usize::MAX)
    }

    /// Bytes of one pixel, at least one.
    pub(crate) fn pixel_bytes(&self) -> usize {
        (self.color.channels() * usize::from(self.bits) / 8).max(1)
    }

    /// Marks the values that samples of at most 8 bits have.
    pub(crate) fn mark_values(&self, marks: &mut [bool; 256]) {
        let mark = |marks: &mut [bool; 256], value: u8| {
            if let Some(mark) = marks.get_mut(usize::from(value)) {
                *mark = true;
            }
        };
        if self.bits == 8 {
            return self.samples.iter().for_each(|value| mark(marks, *value));
        }
        // Of a row, the whole bytes, whose kinds are few, and the last one.
        let per_byte = usize::from(8 / self.bits.clamp(1, 8));
        let samples = self.width as usize * self.color.channels();
        let mut bytes = [false; 256];
        for row in self.samples.chunks_exact(self.stride().max(1)) {
            let (whole, last) = row.split_at(row.len().min(samples / per_byte));
            whole.iter().for_each(|byte| mark(&mut bytes, *byte));
            packed(last, self.bits).take(samples % per_byte).for_each(|value| mark(marks, value));
        }
        let whole = (0..=u8::MAX).zip(bytes).filter(|(_, is_there)| *is_there);
        whole.for_each(|(byte, _)| packed(&[byte], self.bits).for_each(|value| mark(marks, value)));
    }

    /// The raster with one byte for each sample below 8 bits; their values stay as they are.
    pub(crate) fn unpacked(&self, budget: &Budget) -> Result<Self, Error> {
        if self.bits >= 8 {
            return Ok(self.clone());
        }
        let width = usize::try_from(self.width).unwrap_or(usize::MAX);
        let mut samples = budget.reserve(u64::from(self.width) * u64::from(self.height))?;
        for row in self.samples.chunks_exact(self.stride().max(1)) {
            samples.extend(packed(row, self.bits).take(width));
        }
        Ok(Self { bits: 8, samples, ..*self })
    }

    /// Grey of fewer than 8 bits as grey of 8 bits; anything else as it is.
    pub(crate) fn widened(self, budget: &Budget) -> Result<Self, Error> {
        if self.bits >= 8 {
            return Ok(self);
        }
        let scale = 255 / ((1_u16 << self.bits) - 1) as u8;
        let mut wide = self.unpacked(budget)?;
        wide.samples.iter_mut().for_each(|sample| *sample = sample.wrapping_mul(scale));
        Ok(wide)
    }

    /// Grey or RGB with an alpha channel in place of `key`, the one colour that counts as transparent: two
    /// bytes for each sample, as PNG's tRNS has it.
    pub(crate) fn with_alpha(self, key: &[u8], budget: &Budget) -> Result<Self, Error> {
        let color = match self.color {
            Color::Grey => Color::GreyAlpha,
            Color::Rgb => Color::Rgba,
            _ => return Ok(self),
        };
        let scale = if self.bits < 8 { 255 / ((1_u16 << self.bits) - 1) as u8 } else { 1 };
        let key: Vec<u8> = if self.bits == 16 {
            key.to_vec()
        } else {
            key.iter().skip(1).step_by(2).map(|low| low.wrapping_mul(scale)).collect()
        };
        let raster = self.widened(budget)?;
        let (size, alpha) = (raster.pixel_bytes(), usize::from(raster.bits / 8));
        let mut samples =
            budget.reserve(raster.samples.len() as u64 / size.max(1) as u64 * (size + alpha) as u64)?;
        for pixel in raster.samples.chunks_exact(size) {
            samples.extend_from_slice(pixel);
            let opacity = if pixel == key { 0 } else { 255 };
            samples.extend(std::iter::repeat_n(opacity, alpha));
        }
        Ok(Self { color, samples, ..raster })
    }

    /// The reverse of [`Raster::unpacked`]: samples of one byte packed to `bits`.
    pub(crate) fn packed(&self, bits: u8, budget: &Budget) -> Result<Self, Error> {
        if self.bits != 8 || bits >= 8 {
            return Ok(self.clone());
        }
        let stride = Self::row_bytes(self.width, self.color, bits);
        let mut samples = budget.reserve(stride * u64::from(self.height))?;
        for row in self.samples.chunks_exact(self.stride().max(1)) {
            pack(row, bits, &mut samples);
        }
        Ok(Self { bits, samples, ..*self })
    }
}

/// The samples of one packed row, its filling bits among them.
pub(crate) fn packed(row: &[u8], bits: u8) -> impl Iterator<Item = u8> + '_ {
    let per_byte = 8 / bits.clamp(1, 8);
    let mask = ((1_u16 << bits) - 1) as u8;
    row.iter()
        .flat_map(move |byte| (0..per_byte).map(move |index| (byte >> (8 - bits - index * bits)) & mask))
}

/// Packs one row of samples; what the last byte does not need is zero.
pub(crate) fn pack(row: &[u8], bits: u8, output: &mut Vec<u8>) {
    let per_byte = usize::from(8 / bits.clamp(1, 8));
    output.extend(row.chunks(per_byte).map(|samples| {
        let filled = samples.iter().fold(0_u16, |byte, sample| (byte << bits) | u16::from(*sample));
        (filled << (usize::from(bits) * (per_byte - samples.len()))) as u8
    }));
}

/// True when a picture of this size may be decoded, its pixels of so many bits. Says so without spending the run's
/// budget: a picture that is too large is refused, and what stands around it goes on.
pub(crate) fn fits(limits: &Limits, width: u32, height: u32, bits: u32) -> bool {
    width > 0 && height > 0 && limits.picture(width.into(), height.into(), bits).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_is_the_reverse_of_unpacking() {
        let budget = Budget::new(&Limits::default(), 0, crate::Cancel::new());
        for bits in [1, 2, 4] {
            let row: Vec<u8> = (0..13).map(|x| (x * 7 % (1 << bits)) as u8).collect();
            let raster = Raster { width: 13, height: 1, color: Color::Grey, bits: 8, samples: row };
            let packed = raster.packed(bits, &budget).unwrap();
            assert_eq!(packed.samples.len(), (13 * usize::from(bits)).div_ceil(8));
            assert_eq!(packed.unpacked(&budget).unwrap(), raster);
        }
    }
}
