//! Coefficients spread out into blocks of 64, and between blocks and tokens.

use super::{
    Component, Decoded, Extent, Grid,
    bits::{DC, TOKENS, token, token_index},
    sequential::Tokens,
};
use crate::{budget::Budget, error::Error, limits::Resource};

/// Half of the coefficients of a block.
pub(super) type Half = [i16; 32];

/// One block: quantised coefficients in zigzag order. The first, DC, is kept apart and stays zero here.
///
/// The halves stand apart because the upper one is mostly empty: memory that is never written costs nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block<'p> {
    lower: &'p Half,
    upper: &'p Half,
}

impl Block<'_> {
    /// The coefficient at `place`.
    #[inline(always)]
    pub(super) fn value(&self, place: u32) -> i16 {
        let half = if place < 32 { self.lower } else { self.upper };
        half.get((place & 31) as usize).copied().unwrap_or(0)
    }
}

/// One block that is being filled.
#[derive(Debug)]
pub(super) struct BlockMut<'p> {
    lower: &'p mut Half,
    upper: &'p mut Half,
}

impl BlockMut<'_> {
    /// The coefficient at `place`.
    #[inline(always)]
    pub(super) fn slot(&mut self, place: u32) -> Option<&mut i16> {
        let half = if place < 32 { &mut *self.lower } else { &mut *self.upper };
        half.get_mut((place & 31) as usize)
    }
}

/// Blocks of one component, row by row.
#[derive(Clone, Debug)]
pub(super) struct Plane {
    /// How many there are.
    pub(super) extent: Extent,
    /// The lower halves of `extent.stride` × `extent.all_rows` blocks.
    pub(super) lower: Vec<Half>,
    /// Their upper halves.
    pub(super) upper: Vec<Half>,
    /// For each block, which of its coefficients are not zero.
    pub(super) masks: Vec<u64>,
    /// For each block its DC coefficient: scans of DC alone then need not touch the blocks.
    pub(super) dc: Vec<i16>,
}

impl Plane {
    /// Blank blocks, paid for.
    pub(super) fn new(extent: Extent, budget: &Budget) -> Result<Self, Error> {
        let count = u64::from(extent.stride) * u64::from(extent.all_rows);
        let bytes = count * 138;
        budget.expand(bytes)?;
        if bytes > budget.limits().buffer_bytes {
            return Err(budget.trip(Resource::BufferBytes));
        }
        let count = usize::try_from(count).map_err(|_| budget.trip(Resource::BufferBytes))?;
        Ok(Self {
            extent,
            lower: vec![[0; 32]; count],
            upper: vec![[0; 32]; count],
            masks: vec![0; count],
            dc: vec![0; count],
        })
    }

    /// One plane a component.
    pub(super) fn all(
        width: u16,
        height: u16,
        components: &[Component],
        budget: &Budget,
    ) -> Result<Vec<Self>, Error> {
        let grid = Grid::new(width, height, components);
        components.iter().map(|component| Self::new(grid.extent(width, height, component), budget)).collect()
    }

    /// Where the block of this row and column stands.
    #[inline(always)]
    pub(super) fn index(&self, row: u32, column: u32) -> usize {
        row as usize * self.extent.stride as usize + column as usize
    }

    /// The block that stands at `index`.
    #[inline(always)]
    pub(super) fn at(&self, index: usize) -> Option<Block<'_>> {
        Some(Block { lower: self.lower.get(index)?, upper: self.upper.get(index)? })
    }

    /// The block of this row and column with its mask and DC coefficient.
    #[inline(always)]
    pub(super) fn block_mut(&mut self, row: u32, column: u32) -> Option<(BlockMut<'_>, &mut u64, &mut i16)> {
        let index = self.index(row, column);
        let block = BlockMut { lower: self.lower.get_mut(index)?, upper: self.upper.get_mut(index)? };
        Some((block, self.masks.get_mut(index)?, self.dc.get_mut(index)?))
    }

    /// The block of this row and column with its mask and DC coefficient.
    #[inline(always)]
    pub(super) fn block(&self, row: u32, column: u32) -> Option<(Block<'_>, u64, i16)> {
        let index = self.index(row, column);
        Some((self.at(index)?, *self.masks.get(index)?, *self.dc.get(index)?))
    }
}

/// The bits appended to the code of `value`, and how many they are (T.81, F.1.2.1.1).
#[inline(always)]
pub(super) fn category(value: i32) -> (u32, u32) {
    let size = 32 - value.unsigned_abs().leading_zeros();
    let bits = value.wrapping_add(value >> 31) as u32;
    (bits & ((1_u32.wrapping_shl(size)).wrapping_sub(1)), size)
}

/// The value that `bits`, `size` of them, stand for (T.81, F.2.2.1).
#[inline(always)]
pub(super) fn value(bits: u32, size: u32) -> i32 {
    // All ones where the value is negative: a branch on it could not be predicted.
    let half = 1_i32.wrapping_shl(size) >> 1;
    let negative = (bits as i32).wrapping_sub(half) >> 31;
    (bits as i32).wrapping_add(negative & 1_i32.wrapping_sub(1_i32.wrapping_shl(size)))
}

/// DC coefficients of 8-bit pictures; what lies outside cannot come from a picture, and its differences
/// might not have a code.
pub(super) fn clamp_dc(value: i32) -> i32 {
    value.clamp(-1024, 1023)
}

/// Which of the two output tables component number `index` uses.
pub(super) fn table_of(index: usize) -> u32 {
    u32::from(matches!(index, 1 | 2))
}

/// Tokens that end up in one scan, counted.
pub(super) struct Counted<'t> {
    pub(super) tokens: &'t mut Vec<u32>,
    pub(super) counts: &'t mut [u32; TOKENS],
}

impl Counted<'_> {
    /// Adds a token.
    #[inline(always)]
    pub(super) fn push(&mut self, index: u32, extra: u32) {
        let token = token(index, extra);
        self.tokens.push(token);
        if let Some(count) = self.counts.get_mut(token_index(token)) {
            *count = count.wrapping_add(1);
        }
    }
}

/// Adds the tokens of one sequential block.
fn tokenize_block(
    block: Block<'_>,
    mask: u64,
    dc: i16,
    table: u32,
    last_dc: &mut i32,
    out: &mut Counted<'_>,
) {
    let dc = i32::from(dc);
    let (bits, size) = category(dc - *last_dc);
    *last_dc = dc;
    out.push(DC + table * 16 + size, bits);
    let mut left = mask;
    let mut next = 1_u32;
    while left != 0 {
        let position = left.trailing_zeros();
        left &= left - 1;
        let mut run = position - next;
        while run > 15 {
            out.push(table << 8 | 0xF0, 0);
            run -= 16;
        }
        let (bits, size) = category(i32::from(block.value(position)));
        out.push(table << 8 | run << 4 | size, bits);
        next = position + 1;
    }
    if next < 64 {
        out.push(table << 8, 0);
    }
}

/// The scans of a sequential picture as tokens: one scan of all components, or one a component where they
/// do not fit into one MCU. The counts are of all scans.
pub(super) fn tokenize(
    decoded: &Decoded<'_>,
    planes: &[Plane],
    budget: &Budget,
) -> Result<Vec<Tokens>, Error> {
    let grid = decoded.grid();
    let mut scans = Vec::new();
    if super::interleaves(&decoded.components) {
        let mut scan = Tokens::new();
        let mut last_dc = [0_i32; 4];
        for row in 0..grid.mcus_y {
            scan.pay(budget)?;
            budget.check()?;
            let mut out = scan.counted();
            for column in 0..grid.mcus_x {
                let parts = decoded.components.iter().zip(planes).zip(&mut last_dc).enumerate();
                for (index, ((component, plane), last_dc)) in parts {
                    let (h, v) = (u32::from(component.h), u32::from(component.v));
                    for down in 0..v {
                        for right in 0..h {
                            let (y, x) = (row * v + down, column * h + right);
                            let inside = y < plane.extent.rows && x < plane.extent.columns;
                            match plane.block(y, x).filter(|_| inside) {
                                Some((block, mask, dc)) => {
                                    tokenize_block(block, mask, dc, table_of(index), last_dc, &mut out);
                                }
                                None => blank_block(table_of(index), &mut out),
                            }
                        }
                    }
                }
            }
        }
        scans.push(scan);
    } else {
        for (index, plane) in planes.iter().enumerate() {
            let mut scan = Tokens::new();
            let mut last_dc = 0;
            for row in 0..plane.extent.rows {
                scan.pay(budget)?;
                budget.check()?;
                let mut out = scan.counted();
                for column in 0..plane.extent.columns {
                    if let Some((block, mask, dc)) = plane.block(row, column) {
                        tokenize_block(block, mask, dc, table_of(index), &mut last_dc, &mut out);
                    }
                }
            }
            scans.push(scan);
        }
    }
    for scan in &mut scans {
        scan.pay(budget)?;
    }
    Ok(scans)
}

/// A block outside the picture: as the one before it, no detail.
fn blank_block(table: u32, out: &mut Counted<'_>) {
    out.push(DC + table * 16, 0);
    out.push(table << 8, 0);
}

/// Spreads the tokens of one block out; returns how many there were.
///
/// The difference of the DC token is added to `last_dc`.
pub(super) fn spread_block(
    tokens: &[u32],
    (mut block, mask, dc): (BlockMut<'_>, &mut u64, &mut i16),
    last_dc: &mut i32,
) -> usize {
    let mut tokens = tokens.iter();
    let before = tokens.len();
    let Some(first) = tokens.next() else { return 0 };
    *last_dc += value(first >> 10, first & 15);
    *dc = *last_dc as i16;
    let mut position = 1_u32;
    while position < 64 {
        let Some(token) = tokens.next() else { break };
        let (run, size) = (token >> 4 & 15, token & 15);
        match (run, size) {
            (15, 0) => position += 16,
            (_, 0) => break,
            _ => {
                position += run;
                if position < 64
                    && let Some(slot) = block.slot(position)
                {
                    *slot = value(token >> 10, size) as i16;
                    *mask |= 1 << position;
                }
                position += 1;
            }
        }
    }
    before - tokens.len()
}

/// Spreads the tokens of a whole picture out.
pub(super) fn spread(decoded: &Decoded<'_>, tokens: &Tokens, budget: &Budget) -> Result<Vec<Plane>, Error> {
    let grid = decoded.grid();
    let mut planes = Plane::all(decoded.width, decoded.height, &decoded.components, budget)?;
    let mut rest = tokens.tokens.as_slice();
    let mut last_dc = [0_i32; 4];
    for row in 0..grid.mcus_y {
        budget.check()?;
        for column in 0..grid.mcus_x {
            for ((component, plane), last_dc) in decoded.components.iter().zip(&mut planes).zip(&mut last_dc)
            {
                let (h, v) = (u32::from(component.h), u32::from(component.v));
                for down in 0..v {
                    for right in 0..h {
                        if let Some(place) = plane.block_mut(row * v + down, column * h + right) {
                            let taken = spread_block(rest, place, last_dc);
                            rest = rest.get(taken..).unwrap_or_default();
                        }
                    }
                }
            }
        }
    }
    Ok(planes)
}
