//! Progressive scans (ITU T.81, annex G): codes to coefficients in blocks.

use super::{
    bits::{BitReader, top},
    blocks::{BlockMut, Plane, clamp_dc, value},
    huffman::DecodeTable,
    scan::McuDecoder,
};
use crate::{budget::Budget, error::Error};

/// One component of a scan of DC coefficients.
pub(super) struct DcPart<'p> {
    pub(super) plane: &'p mut Plane,
    /// Sampling factors in this scan.
    pub(super) h: u32,
    pub(super) v: u32,
    /// Unused in a refinement.
    pub(super) table: Box<DecodeTable>,
}

/// The first scan of DC coefficients.
pub(super) struct DcFirst<'p> {
    pub(super) parts: Vec<DcPart<'p>>,
    /// Successive approximation: low bits that come later.
    pub(super) low: u32,
    pub(super) predictions: [i32; 4],
    /// True when a coefficient was out of range.
    pub(super) clamped: bool,
}

impl McuDecoder for DcFirst<'_> {
    #[inline(always)]
    fn mcu(&mut self, bits: &mut BitReader<'_>, row: u32, column: u32) -> bool {
        for (part, prediction) in self.parts.iter_mut().zip(&mut self.predictions) {
            for down in 0..part.v {
                for right in 0..part.h {
                    bits.refill();
                    let entry = part.table.look_up(bits.window());
                    if entry.0 == 0 {
                        return false;
                    }
                    bits.consume(entry.total() - entry.extra());
                    let difference = value(bits.take(entry.extra()), entry.extra());
                    *prediction = prediction.wrapping_add(difference);
                    let scaled = prediction.wrapping_shl(self.low);
                    let dc = clamp_dc(scaled);
                    self.clamped |= dc != scaled;
                    let index = part.plane.index(row * part.v + down, column * part.h + right);
                    if let Some(slot) = part.plane.dc.get_mut(index) {
                        *slot = dc as i16;
                    }
                }
            }
        }
        true
    }

    fn undo(&mut self) {}

    fn blank(&mut self, _: u32, _: u32) {}

    fn restart(&mut self) {
        self.predictions = [0; 4];
    }

    fn row(&mut self, _: &Budget) -> Result<(), Error> {
        Ok(())
    }
}

/// A later scan of DC coefficients: one more bit of each.
pub(super) struct DcRefine<'p> {
    pub(super) parts: Vec<DcPart<'p>>,
    pub(super) low: u32,
}

impl McuDecoder for DcRefine<'_> {
    #[inline(always)]
    fn mcu(&mut self, bits: &mut BitReader<'_>, row: u32, column: u32) -> bool {
        bits.refill();
        for part in &mut self.parts {
            for down in 0..part.v {
                for right in 0..part.h {
                    let bit = bits.take(1) as i16;
                    let index = part.plane.index(row * part.v + down, column * part.h + right);
                    if let Some(slot) = part.plane.dc.get_mut(index) {
                        *slot |= bit << self.low;
                    }
                }
            }
        }
        true
    }

    fn undo(&mut self) {}

    fn blank(&mut self, _: u32, _: u32) {}

    fn restart(&mut self) {}

    fn row(&mut self, _: &Budget) -> Result<(), Error> {
        Ok(())
    }
}

/// What the two kinds of scans of AC coefficients share.
pub(super) struct AcScan<'p> {
    pub(super) plane: &'p mut Plane,
    pub(super) table: Box<DecodeTable>,
    /// First and last coefficient of the band.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) low: u32,
    /// Blocks, this one among them, in which nothing new comes.
    pub(super) ended_blocks: u32,
}

/// The first scan of a band of AC coefficients.
pub(super) struct AcFirst<'p>(pub(super) AcScan<'p>);

impl McuDecoder for AcFirst<'_> {
    #[inline(always)]
    fn skip(&mut self, _: u32, _: u32, most: u32) -> u32 {
        let empty = most.min(self.0.ended_blocks);
        self.0.ended_blocks -= empty;
        empty
    }

    #[inline(always)]
    fn mcu(&mut self, bits: &mut BitReader<'_>, row: u32, column: u32) -> bool {
        let scan = &mut self.0;
        let Some((mut block, mask, _)) = scan.plane.block_mut(row, column) else { return false };
        let mut position = scan.start;
        let mut seen = 0_u64;
        let mut valid = true;
        let mut refill = true;
        while position <= scan.end {
            // A code takes at most 26 bits, or 30 if it is the last: two fit into the 56 of a refill.
            if refill {
                bits.refill();
            }
            refill = !refill;
            let entry = scan.table.look_up(bits.window());
            let extra =
                top(bits.window().wrapping_shl(entry.total().wrapping_sub(entry.extra())), entry.extra());
            bits.consume(entry.total());
            if entry.step() == 0 {
                if entry.0 == 0 {
                    valid = false;
                } else {
                    // A run of ended blocks; this one is the first of them.
                    scan.ended_blocks = (1 << entry.extra()) + extra - 1;
                }
                break;
            }
            position = position.wrapping_add(entry.step());
            if entry.extra() != 0 {
                let place = position.wrapping_sub(1);
                if place > scan.end {
                    valid = false;
                    break;
                }
                let coefficient = value(extra, entry.extra()).wrapping_shl(scan.low);
                if !(-1023..=1023).contains(&coefficient) {
                    valid = false;
                    break;
                }
                if let Some(slot) = block.slot(place) {
                    *slot = coefficient as i16;
                }
                seen |= 1_u64.wrapping_shl(place);
            }
        }
        *mask |= seen;
        valid
    }

    fn undo(&mut self) {}

    fn blank(&mut self, _: u32, _: u32) {}

    fn restart(&mut self) {
        self.0.ended_blocks = 0;
    }

    fn row(&mut self, _: &Budget) -> Result<(), Error> {
        Ok(())
    }
}

/// A later scan of a band of AC coefficients: one more bit of those that are not zero, and new ones.
pub(super) struct AcRefine<'p>(pub(super) AcScan<'p>);

impl McuDecoder for AcRefine<'_> {
    #[inline(always)]
    fn skip(&mut self, row: u32, column: u32, most: u32) -> u32 {
        let scan = &mut self.0;
        let most = most.min(scan.ended_blocks);
        let first = scan.plane.index(row, column);
        let band = (u64::MAX >> (63 - scan.end)) & (u64::MAX << scan.start);
        let masks = scan.plane.masks.get(first..).unwrap_or_default().iter().take(most as usize);
        // Blocks of a run that have nothing to refine take no bits.
        let empty = masks.take_while(|mask| **mask & band == 0).count() as u32;
        scan.ended_blocks -= empty;
        empty
    }

    #[inline(always)]
    fn mcu(&mut self, bits: &mut BitReader<'_>, row: u32, column: u32) -> bool {
        let scan = &mut self.0;
        let Some((mut block, mask, _)) = scan.plane.block_mut(row, column) else { return false };
        // Coefficients of the band, and those of them that were not zero before this scan.
        let band = (u64::MAX >> (63 - scan.end)) & (u64::MAX << scan.start);
        let old = *mask & band;
        let mut left = band;
        if scan.ended_blocks == 0 {
            loop {
                bits.refill();
                let entry = scan.table.look_up(bits.window());
                let extra =
                    top(bits.window().wrapping_shl(entry.total().wrapping_sub(entry.extra())), entry.extra());
                bits.consume(entry.total());
                if entry.step() == 0 {
                    if entry.0 == 0 {
                        return false;
                    }
                    scan.ended_blocks = (1 << entry.extra()) + extra;
                    break;
                }
                if entry.extra() > 1 {
                    return false;
                }
                // The place of the new coefficient: as many zeros are passed over as the run says, and what
                // was there before is not counted.
                let mut place = left.trailing_zeros().wrapping_add(entry.step()).wrapping_sub(1);
                let mut passed = left & old;
                while passed != 0 && passed.trailing_zeros() <= place {
                    place = place.wrapping_add(1);
                    passed &= passed.wrapping_sub(1);
                }
                if place > scan.end {
                    if entry.extra() == 1 {
                        return false;
                    }
                    refine(bits, &mut block, left & old, scan.low);
                    return true;
                }
                let before = 1_u64.wrapping_shl(place).wrapping_sub(1);
                refine(bits, &mut block, left & old & before, scan.low);
                // The coefficient itself is behind us too.
                left &= !before & !1_u64.wrapping_shl(place);
                if entry.extra() == 1 {
                    let coefficient = (extra as i16 & 1).wrapping_mul(2).wrapping_sub(1);
                    if let Some(slot) = block.slot(place) {
                        *slot = coefficient.wrapping_shl(scan.low);
                    }
                    *mask |= 1_u64.wrapping_shl(place);
                }
                if left == 0 {
                    return true;
                }
            }
        } else if old != 0 {
            bits.refill();
        }
        refine(bits, &mut block, left & old, scan.low);
        scan.ended_blocks -= 1;
        true
    }

    fn undo(&mut self) {}

    fn blank(&mut self, _: u32, _: u32) {}

    fn restart(&mut self) {
        self.0.ended_blocks = 0;
    }

    fn row(&mut self, _: &Budget) -> Result<(), Error> {
        Ok(())
    }
}

/// Reads a bit for each coefficient in `places`; a set one moves it away from zero.
///
/// 24 bits must stand in the window. They do after a refill and one code with its appended bits, which take
/// at most 30 of 56.
#[inline(always)]
fn refine(bits: &mut BitReader<'_>, block: &mut BlockMut<'_>, mut places: u64, low: u32) {
    while places != 0 {
        let mut count = 0_u32;
        let mut word = bits.window();
        while places != 0 && count < 24 {
            count = count.wrapping_add(1);
            let place = places.trailing_zeros();
            places &= places.wrapping_sub(1);
            if let Some(slot) = block.slot(place) {
                // Scans come in order, so the bit is still zero in every coefficient; a branch on it
                // could not be predicted.
                let bit = ((word >> 63) as i16).wrapping_shl(low);
                let sign = *slot >> 15;
                *slot = slot.wrapping_add((bit ^ sign).wrapping_sub(sign));
            }
            word <<= 1;
        }
        bits.consume(count);
        if places != 0 {
            bits.refill();
        }
    }
}
