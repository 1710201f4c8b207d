//! Colour profiles, read bounded by moxcms: what a profile means for a picture, and the conversion to sRGB.
//!
//! No profile of the input is ever written. What leaves is sRGB, or one of two wide spaces under a profile
//! that this module makes itself.

use std::{cell::RefCell, collections::VecDeque};

use moxcms::{
    Chromaticity, ColorDateTime, ColorPrimaries, ColorProfile, DataColorSpace, Layout, ParsingOptions,
    ToneReprCurve, TransformOptions, XyY,
};
use sha2::{Digest, Sha256};

use super::raster::{Color, Raster};
use crate::error::Error;

/// Wide colour spaces whose profiles the engine owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wide {
    /// Display P3.
    DisplayP3,
    /// Adobe RGB (1998).
    AdobeRgb,
}

impl Wide {
    const ALL: [Self; 2] = [Self::DisplayP3, Self::AdobeRgb];

    fn profile(self) -> ColorProfile {
        let mut profile = match self {
            Self::DisplayP3 => ColorProfile::new_display_p3(),
            Self::AdobeRgb => ColorProfile::new_adobe_rgb(),
        };
        // The library would write the hour of the run.
        profile.creation_date_time =
            ColorDateTime { year: 2000, month: 1, day_of_the_month: 1, hours: 0, minutes: 0, seconds: 0 };
        profile
    }

    /// The engine's own profile: the same bytes every time.
    pub(crate) fn bytes(self) -> Result<Vec<u8>, Error> {
        self.profile().encode().map_err(|_| Error::Internal("a colour profile could not be written"))
    }

    /// The space whose own profile `bytes` is, to the last byte.
    pub(crate) fn owning(bytes: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|wide| wide.bytes().is_ok_and(|own| own == bytes))
    }
}

/// What a profile means for a picture.
#[derive(Debug)]
pub(crate) enum Meaning {
    /// sRGB to within two steps of 255: dropping the profile changes nothing.
    Srgb,
    /// One of the spaces the engine has a profile for: the samples stay.
    Wide(Wide),
    /// Samples are to be converted.
    Convert(Box<Conversion>),
}

/// A conversion of samples to sRGB, or to a wide space where sRGB cannot hold the colours.
#[derive(Debug)]
pub(crate) struct Conversion {
    from: ColorProfile,
    to: Option<Wide>,
}

/// Bytes of a profile that is read. Printer profiles of 3 MB are common.
pub(crate) const LARGEST: usize = 4 << 20;

/// How many profiles a thread remembers.
const REMEMBERED: usize = 16;

thread_local! {
    /// Profiles that mean sRGB, by checksum. To find out takes as long as a small picture, and the pictures of a
    /// document mostly have the same one.
    static SRGB: RefCell<VecDeque<([u8; 32], Color)>> = const { RefCell::new(VecDeque::new()) };
}

/// Reads a profile for samples of `color`. `None` where it is malformed, too large, or for other samples: then
/// it means nothing.
pub(crate) fn read(bytes: &[u8], color: Color) -> Option<Meaning> {
    if let Some(own) = Wide::owning(bytes) {
        return matches!(color, Color::Rgb | Color::Rgba | Color::Indexed).then_some(Meaning::Wide(own));
    }
    if bytes.len() > LARGEST {
        return None;
    }
    let known = (Sha256::digest(bytes).into(), color);
    if SRGB.with_borrow(|remembered| remembered.contains(&known)) {
        return Some(Meaning::Srgb);
    }
    let options = ParsingOptions { max_profile_size: LARGEST + 1, ..ParsingOptions::default() };
    let from = ColorProfile::new_from_slice_with_options(bytes, options).ok()?;
    let wanted = match color {
        Color::Grey | Color::GreyAlpha => DataColorSpace::Gray,
        Color::Rgb | Color::Rgba | Color::Indexed => DataColorSpace::Rgb,
        Color::Cmyk => DataColorSpace::Cmyk,
    };
    let meaning = (from.color_space == wanted).then(|| meaning(from)).flatten();
    if matches!(meaning, Some(Meaning::Srgb)) {
        SRGB.with_borrow_mut(|remembered| {
            remembered.truncate(REMEMBERED - 1);
            remembered.push_front(known);
        });
    }
    meaning
}

/// The meaning of PNG's gAMA (times 100,000) and cHRM (white, red, green, blue as x and y, times 100,000).
pub(crate) fn from_gamma(gamma: u32, chromaticities: Option<[u32; 8]>, color: Color) -> Option<Meaning> {
    let exponent = 100_000.0 / f64::from(gamma.max(1));
    if !(0.01..=100.0).contains(&exponent) {
        return None;
    }
    let curve = ToneReprCurve::Parametric(vec![exponent as f32]);
    if matches!(color, Color::Grey | Color::GreyAlpha) {
        if gamma.abs_diff(45_455) < 1_000 {
            return Some(Meaning::Srgb);
        }
        return meaning(ColorProfile::new_gray_with_gamma(exponent as f32));
    }
    let mut profile = ColorProfile::new_srgb();
    if gamma.abs_diff(45_455) >= 1_000 {
        profile.red_trc = Some(curve.clone());
        profile.green_trc = Some(curve.clone());
        profile.blue_trc = Some(curve);
    }
    if let Some([white_x, white_y, red_x, red_y, green_x, green_y, blue_x, blue_y]) = chromaticities {
        let part = |value: u32| f64::from(value) / 100_000.0;
        let point = |x, y| Chromaticity { x: part(x) as f32, y: part(y) as f32 };
        let in_order = [white_y, red_y, green_y, blue_y].iter().all(|y| (1_000..=100_000).contains(y))
            && white_x <= 100_000;
        if in_order {
            let primaries = ColorPrimaries {
                red: point(red_x, red_y),
                green: point(green_x, green_y),
                blue: point(blue_x, blue_y),
            };
            profile.update_rgb_colorimetry(XyY { x: part(white_x), y: part(white_y), yb: 1.0 }, primaries);
        }
    }
    profile.cicp = None;
    meaning(profile)
}

fn meaning(from: ColorProfile) -> Option<Meaning> {
    if from.color_space == DataColorSpace::Rgb {
        if differs_by(&from, &ColorProfile::new_srgb())? <= 2 {
            return Some(Meaning::Srgb);
        }
        for wide in Wide::ALL {
            if differs_by(&from, &wide.profile())? <= 2 {
                return Some(Meaning::Wide(wide));
            }
        }
    }
    let wide = from.color_space == DataColorSpace::Rgb && {
        let volume = from.profile_volume().unwrap_or(0.0).abs();
        let of_srgb = ColorProfile::new_srgb().profile_volume().unwrap_or(0.0).abs();
        volume > of_srgb * 1.2
    };
    let conversion = Conversion { from, to: wide.then_some(Wide::DisplayP3) };
    if conversion.from.color_space == DataColorSpace::Gray {
        let curve = conversion.grey_curve()?;
        let furthest =
            (0_u32..).zip(&curve).map(|(at, value)| (at * 257).abs_diff(u32::from(*value))).max()?;
        if furthest <= 2 * 257 {
            return Some(Meaning::Srgb);
        }
    }
    Some(Meaning::Convert(Box::new(conversion)))
}

/// The largest difference, in steps of 255, that converting from one space to the other makes.
fn differs_by(from: &ColorProfile, to: &ColorProfile) -> Option<u8> {
    const STEPS: [u8; 6] = [0, 51, 102, 153, 204, 255];
    let grid: Vec<u8> = STEPS
        .iter()
        .flat_map(|red| {
            STEPS.iter().flat_map(move |green| STEPS.iter().flat_map(move |blue| [*red, *green, *blue]))
        })
        .collect();
    let mut converted = vec![0; grid.len()];
    let transform =
        from.create_transform_8bit(Layout::Rgb, to, Layout::Rgb, TransformOptions::default()).ok()?;
    transform.transform(&grid, &mut converted).ok()?;
    grid.iter().zip(&converted).map(|(a, b)| a.abs_diff(*b)).max()
}

impl Conversion {
    /// The conversion out of a wide space, for formats that have no place for a profile.
    pub(crate) fn to_srgb_from(wide: Wide) -> Self {
        Self { from: wide.profile(), to: None }
    }

    /// The same conversion, to sRGB whatever is lost.
    pub(crate) fn into_srgb(self) -> Self {
        Self { to: None, ..self }
    }

    /// Where the samples go: `None` is sRGB.
    pub(crate) fn target(&self) -> Option<Wide> {
        self.to
    }

    fn target_profile(&self) -> ColorProfile {
        self.to.map_or_else(ColorProfile::new_srgb, Wide::profile)
    }

    /// What each of 256 greys becomes, in 65,536 steps.
    fn grey_curve(&self) -> Option<Vec<u16>> {
        let steps: Vec<u16> = (0..=255_u16).map(|step| step * 257).collect();
        let mut rgb = vec![0_u16; steps.len() * 3];
        let options = TransformOptions::default();
        let srgb = ColorProfile::new_srgb();
        let transform = self.from.create_transform_16bit(Layout::Gray, &srgb, Layout::Rgb, options).ok()?;
        transform.transform(&steps, &mut rgb).ok()?;
        // Green stands in the middle where rounding parts the three.
        Some(rgb.chunks_exact(3).filter_map(|pixel| pixel.get(1)).copied().collect())
    }

    /// Converts a palette of red, green and blue.
    pub(crate) fn palette(&self, palette: &mut [u8]) -> Result<(), Error> {
        let options = TransformOptions::default();
        let transform = self
            .from
            .create_transform_8bit(Layout::Rgb, &self.target_profile(), Layout::Rgb, options)
            .map_err(|_| FAILED)?;
        let source = palette.to_vec();
        transform.transform(&source, palette).map_err(|_| FAILED)
    }

    /// Converts every sample of an 8-bit or 16-bit raster; alpha stays. CMYK becomes RGB.
    pub(crate) fn raster(&self, raster: &mut Raster) -> Result<(), Error> {
        match (raster.color, raster.bits) {
            (Color::Grey | Color::GreyAlpha, 8 | 16) => self.greys(raster),
            (Color::Rgb, 8) => self.rows_8(raster, Layout::Rgb, Layout::Rgb),
            (Color::Rgba, 8) => self.rows_8(raster, Layout::Rgba, Layout::Rgba),
            (Color::Rgb, 16) => self.rows_16(raster, Layout::Rgb),
            (Color::Rgba, 16) => self.rows_16(raster, Layout::Rgba),
            (Color::Cmyk, 8) => self.rows_8(raster, Layout::Rgba, Layout::Rgb),
            _ => Err(Error::Unsupported("a colour profile for samples of this depth")),
        }
    }

    fn greys(&self, raster: &mut Raster) -> Result<(), Error> {
        let curve = self.grey_curve().ok_or(FAILED)?;
        let size = raster.pixel_bytes();
        let wide = raster.bits == 16;
        for pixel in raster.samples.chunks_exact_mut(size) {
            match pixel {
                [high, low, ..] if wide => {
                    let value = u32::from(u16::from_be_bytes([*high, *low]));
                    let (below, part) = ((value / 257) as usize, value % 257);
                    let at = |index: usize| u32::from(curve.get(index).copied().unwrap_or(u16::MAX));
                    let mixed = (at(below) * (257 - part) + at(below + 1) * part) / 257;
                    [*high, *low] = (mixed as u16).to_be_bytes();
                }
                [value, ..] => {
                    let converted = curve.get(usize::from(*value)).copied().unwrap_or_default();
                    *value = ((u32::from(converted) + 128) / 257) as u8;
                }
                [] => (),
            }
        }
        Ok(())
    }

    fn rows_8(&self, raster: &mut Raster, from: Layout, to: Layout) -> Result<(), Error> {
        let transform = self
            .from
            .create_transform_8bit(from, &self.target_profile(), to, TransformOptions::default())
            .map_err(|_| FAILED)?;
        let stride = raster.stride().max(1);
        if from == to {
            let mut source = Vec::with_capacity(stride);
            for row in raster.samples.chunks_exact_mut(stride) {
                source.clear();
                source.extend_from_slice(row);
                transform.transform(&source, row).map_err(|_| FAILED)?;
            }
            return Ok(());
        }
        // Four samples become three: the rows move up in their own buffer.
        let width = raster.width as usize;
        let mut converted = vec![0; width * 3];
        for y in 0..raster.height as usize {
            let row = raster.samples.get(y * stride..(y + 1) * stride).ok_or(FAILED)?;
            transform.transform(row, &mut converted).map_err(|_| FAILED)?;
            let target = raster.samples.get_mut(y * width * 3..(y + 1) * width * 3).ok_or(FAILED)?;
            target.copy_from_slice(&converted);
        }
        raster.samples.truncate(width * 3 * raster.height as usize);
        raster.color = Color::Rgb;
        Ok(())
    }

    fn rows_16(&self, raster: &mut Raster, layout: Layout) -> Result<(), Error> {
        let transform = self
            .from
            .create_transform_16bit(layout, &self.target_profile(), layout, TransformOptions::default())
            .map_err(|_| FAILED)?;
        let stride = raster.stride().max(1);
        let mut converted = vec![0_u16; stride / 2];
        for row in raster.samples.chunks_exact_mut(stride) {
            let source: Vec<u16> =
                row.as_chunks::<2>().0.iter().map(|sample| u16::from_be_bytes(*sample)).collect();
            transform.transform(&source, &mut converted).map_err(|_| FAILED)?;
            for (target, sample) in row.as_chunks_mut::<2>().0.iter_mut().zip(&converted) {
                *target = sample.to_be_bytes();
            }
        }
        Ok(())
    }
}

const FAILED: Error = Error::Unsupported("a colour profile that cannot be applied");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_profiles_are_the_same_every_time_and_are_recognised() {
        for wide in Wide::ALL {
            let bytes = wide.bytes().unwrap();
            assert_eq!(Wide::owning(&bytes), Some(wide));
            assert!(matches!(read(&bytes, Color::Rgb), Some(Meaning::Wide(own)) if own == wide));
            assert!(read(&bytes, Color::Grey).is_none());
        }
    }

    #[test]
    fn another_srgb_profile_means_srgb() {
        let bytes = ColorProfile::new_srgb().encode().unwrap();
        assert!(matches!(read(&bytes, Color::Rgb), Some(Meaning::Srgb)));
        // Remembered now, for samples of its own kind.
        assert!(matches!(read(&bytes, Color::Rgb), Some(Meaning::Srgb)));
        assert!(read(&bytes, Color::Grey).is_none());
        assert!(matches!(from_gamma(45_455, None, Color::Rgb), Some(Meaning::Srgb)));
    }

    #[test]
    fn a_profile_of_another_space_converts() {
        let bytes = ColorProfile::new_pro_photo_rgb().encode().unwrap();
        let Some(Meaning::Convert(conversion)) = read(&bytes, Color::Rgb) else { panic!("not converted") };
        assert_eq!(conversion.target(), Some(Wide::DisplayP3));
        let mut raster =
            Raster { width: 1, height: 1, color: Color::Rgb, bits: 8, samples: vec![128, 128, 128] };
        conversion.raster(&mut raster).unwrap();
        let [red, green, blue] = *raster.samples.as_slice() else { panic!("three samples") };
        assert!(red.abs_diff(green) <= 2 && green.abs_diff(blue) <= 2 && red > 135, "{:?}", raster.samples);
    }

    #[test]
    fn linear_grey_is_made_lighter() {
        let Some(Meaning::Convert(conversion)) = from_gamma(100_000, None, Color::Grey) else { panic!() };
        let mut raster = Raster { width: 1, height: 1, color: Color::Grey, bits: 8, samples: vec![55] };
        conversion.raster(&mut raster).unwrap();
        assert!(raster.samples.first().is_some_and(|grey| grey.abs_diff(128) <= 3), "{:?}", raster.samples);
    }
}
