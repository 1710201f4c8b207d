use super::{Color, Raster};

/// Sets the colour of wholly transparent pixels to zero. Returns whether any had one.
pub(crate) fn clear_hidden_colors(raster: &mut Raster) -> bool {
    if !raster.color.has_alpha() || raster.bits < 8 {
        return false;
    }
    let size = raster.pixel_bytes();
    let alpha = usize::from(raster.bits / 8);
    let mut changed = false;
    for pixel in raster.samples.chunks_exact_mut(size) {
        let (color, alpha) = pixel.split_at_mut(size - alpha);
        if alpha.iter().all(|byte| *byte == 0) && color.iter().any(|byte| *byte != 0) {
            color.fill(0);
            changed = true;
        }
    }
    changed
}

/// Sets palette entries to zero that no pixel shows: not `used`, or of zero alpha. Returns whether any was not.
pub(crate) fn clear_hidden_palette(palette: &mut [u8], alpha: &[u8], used: &[bool; 256]) -> bool {
    let mut changed = false;
    for (index, entry) in palette.chunks_exact_mut(3).enumerate() {
        let shown = used.get(index).copied().unwrap_or(false) && alpha.get(index) != Some(&0);
        if !shown && entry.iter().any(|byte| *byte != 0) {
            entry.fill(0);
            changed = true;
        }
    }
    changed
}

/// Sets the bits to zero that fill the last byte of each row. Returns whether any was not.
pub(crate) fn clear_padding(raster: &mut Raster) -> bool {
    let used = (u64::from(raster.width) * raster.color.channels() as u64 * u64::from(raster.bits)) % 8;
    if used == 0 {
        return false;
    }
    let filling = 0xff_u8 >> used;
    let stride = raster.stride().max(1);
    let mut changed = false;
    for last in raster.samples.chunks_exact_mut(stride).filter_map(|row| row.last_mut()) {
        changed |= *last & filling != 0;
        *last &= !filling;
    }
    changed
}

/// The low bit for a sample: a function of its other bits and its place, so that a second pass finds nothing
/// to change, and that no message fits in.
pub(crate) fn noise(high_bits: u8, place: usize) -> u8 {
    let mixed = (place as u64 ^ (u64::from(high_bits) << 40)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 63) as u8
}

/// Replaces the lowest bit of every sample by [`noise`]; alpha that is none or full, and pixels nobody sees,
/// stay. Returns whether anything changed. Samples below 8 bits and indices are left alone.
pub(crate) fn add_noise(raster: &mut Raster) -> bool {
    if raster.bits < 8 || raster.color == Color::Indexed {
        return false;
    }
    let step = usize::from(raster.bits / 8);
    let size = raster.pixel_bytes();
    let mut changed = false;
    for (index, pixel) in raster.samples.chunks_exact_mut(size).enumerate() {
        let (color, alpha) = pixel.split_at_mut(if raster.color.has_alpha() { size - step } else { size });
        if !alpha.is_empty() && alpha.iter().all(|byte| *byte == 0) {
            continue;
        }
        for (channel, sample) in color.chunks_exact_mut(step).enumerate() {
            if let Some(low) = sample.last_mut() {
                let scrubbed = (*low & !1) | noise(*low >> 1, index * 4 + channel);
                changed |= scrubbed != *low;
                *low = scrubbed;
            }
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_colour_goes_once_and_shown_colour_stays() {
        let mut raster = Raster {
            width: 2,
            height: 1,
            color: Color::Rgba,
            bits: 8,
            samples: vec![1, 2, 3, 0, 4, 5, 6, 1],
        };
        assert!(clear_hidden_colors(&mut raster));
        assert_eq!(raster.samples, [0, 0, 0, 0, 4, 5, 6, 1]);
        assert!(!clear_hidden_colors(&mut raster));
    }

    #[test]
    fn bits_behind_the_last_sample_of_a_row_go_and_no_others() {
        let raster = |width, bits, samples: &[u8]| Raster {
            width,
            height: 2,
            color: Color::Grey,
            bits,
            samples: samples.to_vec(),
        };
        let mut filled = raster(3, 1, &[0xff, 0x5f]);
        assert!(clear_padding(&mut filled));
        assert_eq!(filled.samples, [0xe0, 0x40]);
        assert!(!clear_padding(&mut filled));
        assert!(!clear_padding(&mut raster(8, 1, &[0xff, 0xff])));
        assert!(!clear_padding(&mut raster(1, 8, &[0xff, 0xff])));
    }

    #[test]
    fn noise_replaces_low_bits_and_is_stable() {
        let samples: Vec<u8> = (0..255).map(|value| value & !1).collect();
        let mut raster = Raster { width: 85, height: 1, color: Color::Rgb, bits: 8, samples };
        let before = raster.samples.clone();
        assert!(add_noise(&mut raster));
        let ones = raster.samples.iter().filter(|sample| **sample & 1 == 1).count();
        assert!((80..175).contains(&ones), "{ones} of 255 low bits are set");
        assert!(raster.samples.iter().zip(&before).all(|(a, b)| a & !1 == b & !1));
        assert!(!add_noise(&mut raster));
    }
}
