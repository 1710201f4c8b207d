//! The two facts of EXIF that change what a reader sees: how the picture is turned, and how large it is printed.
//!
//! Nothing else is read; everything is left behind.

use super::raster::Orientation;
use crate::{bytes::Reader, error::Error};

/// What was found in the first image directory.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Exif {
    /// Tag 0x0112, where it is one of the eight.
    pub(crate) orientation: Option<Orientation>,
    /// Tags 0x011A and 0x011B in dots per inch, where both are sane.
    pub(crate) density: Option<(f64, f64)>,
    /// A second directory follows: the thumbnail's.
    pub(crate) has_thumbnail: bool,
}

/// Entries of one directory that are looked at.
const ENTRIES: u16 = 512;

/// Reads a TIFF structure as EXIF has it. Whatever is malformed is not there.
pub(crate) fn read(tiff: &[u8]) -> Exif {
    let mut exif = Exif::default();
    let _what_could_be_read = fill(tiff, &mut exif);
    exif
}

fn fill(tiff: &[u8], exif: &mut Exif) -> Result<(), Error> {
    let big = tiff.starts_with(b"MM");
    let mut reader = Reader::new(tiff);
    reader.skip(4, "byte order")?;
    let directory = u32_of(&mut reader, big)?;
    reader.seek(usize::try_from(directory).unwrap_or(usize::MAX), "directory")?;
    let count = u16_of(&mut reader, big)?;
    let (mut across, mut down, mut unit) = (None, None, 2);
    for _ in 0..count.min(ENTRIES) {
        let tag = u16_of(&mut reader, big)?;
        let kind = u16_of(&mut reader, big)?;
        reader.skip(4, "count")?;
        let short = {
            let mut value = reader.clone();
            if kind == 3 { u32::from(u16_of(&mut value, big)?) } else { u32_of(&mut value, big)? }
        };
        let offset = u32_of(&mut reader, big)?;
        match tag {
            0x0112 if exif.orientation.is_none() => exif.orientation = Orientation::from_tag(short),
            0x011a if kind == 5 => across = rational(tiff, offset, big),
            0x011b if kind == 5 => down = rational(tiff, offset, big),
            0x0128 => unit = short,
            _ => (),
        }
    }
    let per_inch = if unit == 3 { 2.54 } else { 1.0 };
    if let (Some(across), Some(down), 2 | 3) = (across, down, unit) {
        exif.density = sane((across * per_inch, down * per_inch));
    }
    if count <= ENTRIES {
        exif.has_thumbnail = u32_of(&mut reader, big)? != 0;
    }
    Ok(())
}

/// A density in dots per inch, where both are from 1 to 4,800.
pub(crate) fn sane(density: (f64, f64)) -> Option<(f64, f64)> {
    let in_range = |value: f64| (1.0..=4_800.0).contains(&value);
    (in_range(density.0) && in_range(density.1)).then_some(density)
}

fn rational(tiff: &[u8], offset: u32, big: bool) -> Option<f64> {
    let mut reader = Reader::new(tiff);
    reader.seek(usize::try_from(offset).ok()?, "rational").ok()?;
    let above = u32_of(&mut reader, big).ok()?;
    let below = u32_of(&mut reader, big).ok()?;
    (below != 0).then(|| f64::from(above) / f64::from(below))
}

fn u16_of(reader: &mut Reader<'_>, big: bool) -> Result<u16, Error> {
    if big { reader.u16_be("EXIF value") } else { reader.u16_le("EXIF value") }
}

fn u32_of(reader: &mut Reader<'_>, big: bool) -> Result<u32, Error> {
    if big { reader.u32_be("EXIF value") } else { reader.u32_le("EXIF value") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientation_is_found_in_either_byte_order() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        for tiff in [little.as_slice(), big.as_slice()] {
            let exif = read(tiff);
            assert_eq!(exif.orientation, Some(Orientation::Rotate90));
            assert!(!exif.has_thumbnail);
        }
    }

    #[test]
    fn a_directory_that_is_cut_short_is_read_as_far_as_it_goes() {
        let cut = b"II*\0\x08\0\0\0\x09\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0";
        assert_eq!(read(cut).orientation, Some(Orientation::Rotate180));
        assert_eq!(read(b"II"), Exif::default());
    }
}
