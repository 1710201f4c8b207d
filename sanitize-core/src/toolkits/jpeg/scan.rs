//! The walk over the MCUs of one scan, with restart intervals and with what to do when codes are broken.

use super::bits::{BitReader, Restart};
use crate::{budget::Budget, error::Error};

/// What a scan covers and how it is coded.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk {
    /// MCUs in a row.
    pub(super) columns: u32,
    /// Rows of MCUs.
    pub(super) rows: u32,
    /// Blocks of one MCU.
    pub(super) blocks: u32,
    /// MCUs between restart markers; 0 for none.
    pub(super) restart_interval: u32,
}

/// Decodes one MCU after the other.
pub(super) trait McuDecoder {
    /// Decodes the next MCU; false when a code or value is not valid.
    fn mcu(&mut self, bits: &mut BitReader<'_>, row: u32, column: u32) -> bool;
    /// Passes over the next MCUs, at most `most`, if nothing of the scan is in them; says how many.
    #[inline(always)]
    fn skip(&mut self, _row: u32, _column: u32, _most: u32) -> u32 {
        0
    }
    /// Takes back what the last call of [`McuDecoder::mcu`] did, as far as it can be taken back.
    fn undo(&mut self);
    /// Stands in for an MCU that is lost.
    fn blank(&mut self, row: u32, column: u32);
    /// Starts a new restart interval.
    fn restart(&mut self);
    /// Called where a row of MCUs starts.
    fn row(&mut self, budget: &Budget) -> Result<(), Error>;
}

/// How a scan ended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walked<'a> {
    /// From the last byte that was fetched on.
    pub(super) rest: &'a [u8],
    /// Whole bytes that were fetched but not used.
    pub(super) unused: usize,
    /// True when something was lost.
    pub(super) damaged: bool,
}

/// Decodes a whole scan from `input`, paying for its blocks row by row.
pub(super) fn walk<'a>(
    walk: Walk,
    input: &'a [u8],
    budget: &Budget,
    decoder: &mut impl McuDecoder,
) -> Result<Walked<'a>, Error> {
    let mut bits = BitReader::new(input);
    let mut left = walk.restart_interval;
    let mut expected = 0_u8;
    let (mut damaged, mut skipping) = (false, false);
    for row in 0..walk.rows {
        budget.objects(u64::from(walk.columns) * u64::from(walk.blocks))?;
        decoder.row(budget)?;
        let mut column = 0;
        while column < walk.columns {
            let mut most = walk.columns - column;
            if walk.restart_interval != 0 {
                if left == 0 {
                    let restart = bits.restart(expected);
                    skipping = matches!(restart, Restart::Lost | Restart::End);
                    damaged |= restart != Restart::Found(false);
                    expected = expected.wrapping_add(1) & 7;
                    left = walk.restart_interval;
                    decoder.restart();
                }
                most = most.min(left);
            }
            let mut done = 1;
            if skipping {
                decoder.blank(row, column);
            } else {
                let empty = decoder.skip(row, column, most);
                if empty > 0 {
                    done = empty;
                } else if decoder.mcu(&mut bits, row, column) {
                    // An MCU that the data ends in is taken as far as it goes, zeros behind, as libjpeg does.
                    skipping = bits.overrun();
                    damaged |= skipping;
                } else {
                    (damaged, skipping) = (true, true);
                    decoder.undo();
                    decoder.blank(row, column);
                }
            }
            column = column.wrapping_add(done);
            left = left.wrapping_sub(done);
        }
    }
    Ok(Walked { rest: bits.rest(), unused: bits.unused_bytes(), damaged })
}
