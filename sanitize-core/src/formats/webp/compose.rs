//! Frames of an animation as they are seen, one on the other (RFC 9649, 2.7.1.1).
//!
//! Each frame's picture is decoded on its own and put on the canvas here: what disposes of a frame clears it to
//! transparency, as viewers do whatever background the file names.

use super::{
    parse::{Frame, Streams},
    pixels,
};
use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::raster::{Color, Raster},
};

/// Where a frame stands on the canvas, in pixels.
#[derive(Clone, Copy, Debug)]
struct Place {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// A canvas on which frames are shown in turn.
#[derive(Debug)]
pub(super) struct Canvas {
    /// What is seen, with alpha.
    pub(super) picture: Raster,
    /// What the last frame leaves to be cleared before the next.
    disposed: Option<Place>,
}

impl Canvas {
    /// A transparent one.
    pub(super) fn new(width: u32, height: u32, budget: &Budget) -> Result<Self, Error> {
        let size = u64::from(width) * u64::from(height) * 4;
        let mut samples = budget.reserve(size)?;
        samples.resize(usize::try_from(size).unwrap_or(usize::MAX), 0);
        Ok(Self { picture: Raster { width, height, color: Color::Rgba, bits: 8, samples }, disposed: None })
    }

    /// Shows a frame.
    pub(super) fn show(&mut self, frame: &Frame<'_>, budget: &Budget) -> Result<(), Error> {
        let wrong = || malformed("frame", frame.offset);
        let Streams { width, height, .. } = frame.picture;
        let place = Place { left: frame.left, top: frame.top, width, height };
        if place.left + width > self.picture.width || place.top + height > self.picture.height {
            return Err(wrong());
        }
        let picture = pixels::decode(&frame.picture, budget)?;
        if let Some(place) = self.disposed.take() {
            self.rows(place).for_each(|row| row.fill(0));
        }
        let size = picture.pixel_bytes();
        for (row, source) in self.rows(place).zip(picture.samples.chunks_exact(picture.stride().max(1))) {
            for (pixel, source) in row.as_chunks_mut::<4>().0.iter_mut().zip(source.chunks_exact(size)) {
                let source = match source {
                    [red, green, blue, alpha] => [*red, *green, *blue, *alpha],
                    [red, green, blue] => [*red, *green, *blue, 255],
                    _ => return Err(wrong()),
                };
                *pixel = if frame.blends { blended(*pixel, source) } else { source };
            }
        }
        self.disposed = frame.disposes.then_some(place);
        Ok(())
    }

    /// The bytes of each row of `place`, which is inside the canvas.
    fn rows(&mut self, place: Place) -> impl Iterator<Item = &mut [u8]> {
        let stride = self.picture.stride().max(1);
        let (left, width) = (place.left as usize * 4, place.width as usize * 4);
        let rows = self.picture.samples.chunks_exact_mut(stride);
        rows.skip(place.top as usize)
            .take(place.height as usize)
            .filter_map(move |row| row.get_mut(left..left + width))
    }
}

/// `source` over `below`, neither multiplied by its alpha; rounded as libwebp does.
fn blended(below: [u8; 4], source: [u8; 4]) -> [u8; 4] {
    let [.., alpha] = source.map(u32::from);
    let [.., alpha_below] = below.map(u32::from);
    match alpha {
        0 => return below,
        255 => return source,
        _ => {}
    }
    let share = (alpha_below * (256 - alpha)) >> 8;
    let together = alpha + share;
    let scale = (1_u32 << 24) / together;
    let mix = |source: u8, below: u8| {
        let sum = u64::from(u32::from(source) * alpha + u32::from(below) * share);
        ((sum * u64::from(scale)) >> 24).min(255) as u8
    };
    let ([red, green, blue, _], [red_below, green_below, blue_below, _]) = (source, below);
    [mix(red, red_below), mix(green, green_below), mix(blue, blue_below), together.min(255) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        budget::Cancel,
        formats::webp::parse::{self, Chunk},
        limits::Limits,
    };

    fn frame_in<'a>(body: &'a [u8], budget: &Budget) -> Frame<'a> {
        parse::frame(&Chunk { kind: *b"ANMF", body, offset: 0 }, budget).unwrap()
    }

    #[test]
    fn a_pixel_over_another_is_what_both_show_together() {
        let (red, blue) = ([255, 0, 0, 255], [0, 0, 255, 255]);
        assert_eq!(blended(red, blue), blue);
        assert_eq!(blended(red, [0, 0, 255, 0]), red);
        assert_eq!(blended([0; 4], [10, 20, 30, 128]), [10, 20, 30, 128]);
        let [r, _, b, alpha] = blended(red, [0, 0, 255, 128]);
        assert!((120..=130).contains(&r) && (125..=135).contains(&b) && alpha >= 254, "{r} {b} {alpha}");
    }

    #[test]
    fn a_disposed_frame_leaves_nothing_and_another_stays() {
        let budget = Budget::new(&Limits::default(), 1_000, Cancel::new());
        let frame = |left: u8, flags: u8| {
            let samples = [[9, 9, 9, 255]; 4].concat();
            let dot = Raster { width: 2, height: 2, color: Color::Rgba, bits: 8, samples };
            let stream = pixels::vp8l(&dot, &budget).unwrap();
            let mut body = vec![left / 2, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 40, 0, 0, flags];
            body.extend_from_slice(b"VP8L");
            body.extend_from_slice(&(stream.len() as u32).to_le_bytes());
            body.extend_from_slice(&stream);
            body
        };
        let shown = |frames: &[Vec<u8>]| {
            let mut canvas = Canvas::new(6, 2, &budget).unwrap();
            for body in frames {
                let frame = frame_in(body, &budget);
                assert_eq!(frame.duration, 40);
                canvas.show(&frame, &budget).unwrap();
            }
            canvas.picture.samples.iter().skip(3).step_by(4).take(6).copied().collect::<Vec<u8>>()
        };
        assert_eq!(shown(&[frame(0, 1), frame(2, 0), frame(4, 0)]), [0, 0, 255, 255, 255, 255]);
        assert_eq!(shown(&[frame(0, 0), frame(2, 1), frame(4, 0)]), [255, 255, 0, 0, 255, 255]);
        let outside = frame(6, 0);
        let outside = frame_in(&outside, &budget);
        assert!(Canvas::new(6, 2, &budget).unwrap().show(&outside, &budget).is_err());
    }
}
