use super::Raster;
use crate::{budget::Budget, error::Error};

/// How a picture is turned before it is shown: EXIF tag 0x0112.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Orientation {
    /// 1: as stored.
    #[default]
    Upright,
    /// 2: mirrored left to right.
    FlipHorizontal,
    /// 3: half a turn.
    Rotate180,
    /// 4: mirrored top to bottom.
    FlipVertical,
    /// 5: mirrored at the falling diagonal.
    Transpose,
    /// 6: a quarter turn clockwise.
    Rotate90,
    /// 7: mirrored at the rising diagonal.
    Transverse,
    /// 8: a quarter turn counter-clockwise.
    Rotate270,
}

impl Orientation {
    /// The orientation with this number; anything but 1 to 8 says nothing.
    pub(crate) fn from_tag(value: u32) -> Option<Self> {
        Some(match value {
            1 => Self::Upright,
            2 => Self::FlipHorizontal,
            3 => Self::Rotate180,
            4 => Self::FlipVertical,
            5 => Self::Transpose,
            6 => Self::Rotate90,
            7 => Self::Transverse,
            8 => Self::Rotate270,
            _ => return None,
        })
    }

    /// True where width and height change places.
    pub(crate) fn swaps_sides(self) -> bool {
        matches!(self, Self::Transpose | Self::Rotate90 | Self::Transverse | Self::Rotate270)
    }

    /// The raster as it is shown.
    pub(crate) fn apply(self, raster: Raster, budget: &Budget) -> Result<Raster, Error> {
        if self == Self::Upright {
            return Ok(raster);
        }
        if raster.bits < 8 {
            let bits = raster.bits;
            return self.apply(raster.unpacked(budget)?, budget)?.packed(bits, budget);
        }
        let (width, height) = (raster.width as usize, raster.height as usize);
        let size = raster.pixel_bytes();
        let mut samples = budget.reserve(raster.samples.len() as u64)?;
        let (new_width, new_height) =
            if self.swaps_sides() { (raster.height, raster.width) } else { (raster.width, raster.height) };
        // Where the source pixel of the first target pixel stands, and how far it moves for a step right and
        // a step down; all in pixels.
        let (last_x, last_y) = (width.saturating_sub(1) as isize, height.saturating_sub(1) as isize);
        let line = width as isize;
        let (start, right, down) = match self {
            Self::Upright => (0, 1, line),
            Self::FlipHorizontal => (last_x, -1, line),
            Self::Rotate180 => (last_y * line + last_x, -1, -line),
            Self::FlipVertical => (last_y * line, 1, -line),
            Self::Transpose => (0, line, 1),
            Self::Rotate90 => (last_y * line, -line, 1),
            Self::Transverse => (last_y * line + last_x, -line, -1),
            Self::Rotate270 => (last_x, line, -1),
        };
        for y in 0..new_height as isize {
            let mut source = start + y * down;
            for _ in 0..new_width {
                let from = usize::try_from(source).unwrap_or(usize::MAX).saturating_mul(size);
                let pixel = raster.samples.get(from..from.saturating_add(size));
                samples.extend_from_slice(pixel.ok_or(Error::Internal("orientation left the picture"))?);
                source += right;
            }
        }
        Ok(Raster { width: new_width, height: new_height, samples, ..raster })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::toolkits::raster::Color;

    /// ```text
    /// a b c
    /// d e f
    /// ```
    #[test]
    fn all_eight_orientations_put_the_corners_where_exif_says() {
        let budget = Budget::new(&crate::Limits::default(), 0, crate::Cancel::new());
        let expected = [
            (3, "abcdef"),
            (3, "cbafed"),
            (3, "fedcba"),
            (3, "defabc"),
            (2, "adbecf"),
            (2, "daebfc"),
            (2, "fcebda"),
            (2, "cfbead"),
        ];
        for (tag, (width, pixels)) in (1..).zip(expected) {
            for bytes in [1, 4] {
                let color = if bytes == 1 { Color::Grey } else { Color::Rgba };
                let wide = |text: &str| text.bytes().flat_map(|byte| vec![byte; bytes]).collect::<Vec<_>>();
                let raster = Raster { width: 3, height: 2, color, bits: 8, samples: wide("abcdef") };
                let turned = Orientation::from_tag(tag).unwrap().apply(raster, &budget).unwrap();
                assert_eq!((turned.width, turned.samples), (width, wide(pixels)), "orientation {tag}");
            }
        }
    }

    #[test]
    fn one_bit_samples_turn_as_well() {
        let budget = Budget::new(&crate::Limits::default(), 0, crate::Cancel::new());
        let raster = Raster {
            width: 3,
            height: 2,
            color: Color::Grey,
            bits: 1,
            samples: vec![0b100 << 5, 0b010 << 5],
        };
        let turned = Orientation::Rotate90.apply(raster, &budget).unwrap();
        assert_eq!((turned.width, turned.height), (2, 3));
        assert_eq!(turned.samples, [0b01 << 6, 0b10 << 6, 0b00 << 6]);
    }
}
