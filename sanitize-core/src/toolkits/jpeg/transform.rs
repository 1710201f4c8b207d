//! Turning and mirroring on coefficients, without loss.
//!
//! Transposing a block of pixels transposes its coefficients; mirroring it changes the sign of every other
//! coefficient along that axis. What is left is to put the blocks in their new order, which works only where
//! the side that becomes the first is made of whole MCUs.

use super::{
    Coefficients, Component, Decoded, Grid,
    blocks::{Plane, spread},
};
use crate::{budget::Budget, error::Error, toolkits::raster::Orientation};

/// What `orientation` is made of: first transposed, then mirrored left to right, then top to bottom.
fn parts(orientation: Orientation) -> (bool, bool, bool) {
    match orientation {
        Orientation::Upright => (false, false, false),
        Orientation::FlipHorizontal => (false, true, false),
        Orientation::Rotate180 => (false, true, true),
        Orientation::FlipVertical => (false, false, true),
        Orientation::Transpose => (true, false, false),
        Orientation::Rotate90 => (true, true, false),
        Orientation::Transverse => (true, true, true),
        Orientation::Rotate270 => (true, false, true),
    }
}

/// Row and column of each coefficient in zigzag order (T.81, Figure A.6), as row × 8 + column.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7,
    14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39,
    46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// A table of zigzag order in row order.
pub(super) fn in_rows(table: &[u16; 64]) -> [u16; 64] {
    let mut rows = [1; 64];
    for (place, value) in ZIGZAG.iter().zip(table) {
        if let Some(slot) = rows.get_mut(usize::from(*place)) {
            *slot = *value;
        }
    }
    rows
}

/// For each coefficient in zigzag order, where it goes, and whether its sign changes.
fn moves(transpose: bool, horizontal: bool, vertical: bool) -> [(u8, bool); 64] {
    let mut moves = [(0, false); 64];
    for (slot, place) in moves.iter_mut().zip(ZIGZAG) {
        let (row, column) = if transpose { (place & 7, place >> 3) } else { (place >> 3, place & 7) };
        let to = ZIGZAG.iter().position(|place| *place == row << 3 | column).unwrap_or(0);
        let odd = (horizontal && column & 1 == 1) != (vertical && row & 1 == 1);
        *slot = (to as u8, odd);
    }
    moves
}

impl Decoded<'_> {
    /// Turns the picture as `orientation` says. `false`, and nothing changed, when a side that would have to
    /// become the first does not end on an MCU: then only pixels can be turned.
    pub(crate) fn transform(&mut self, orientation: Orientation, budget: &Budget) -> Result<bool, Error> {
        let (transpose, horizontal, vertical) = parts(orientation);
        if !(transpose || horizontal || vertical) {
            return Ok(true);
        }
        let grid = self.grid();
        let (whole_x, whole_y) = (
            u32::from(self.width).is_multiple_of(8 * grid.h_max),
            u32::from(self.height).is_multiple_of(8 * grid.v_max),
        );
        // In the turned picture the width is the old height.
        let (whole_x, whole_y) = if transpose { (whole_y, whole_x) } else { (whole_x, whole_y) };
        if (horizontal && !whole_x) || (vertical && !whole_y) {
            return Ok(false);
        }

        let sources = match &self.coefficients {
            Coefficients::Tokens(tokens) => &spread(self, tokens, budget)?,
            Coefficients::Blocks(planes) => planes,
        };
        let (width, height) = if transpose { (self.height, self.width) } else { (self.width, self.height) };
        let turned = |component: &Component| {
            let Component { id, h, v, quantization } = *component;
            if transpose { Component { id, h: v, v: h, quantization } } else { *component }
        };
        let components: Vec<Component> = self.components.iter().map(turned).collect();
        let grid = Grid::new(width, height, &components);
        let moves = moves(transpose, horizontal, vertical);
        let mut planes = Vec::with_capacity(components.len());
        for (component, source) in components.iter().zip(sources) {
            let mut plane = Plane::new(grid.extent(width, height, component), budget)?;
            for row in 0..plane.extent.rows {
                budget.check()?;
                for column in 0..plane.extent.columns {
                    let y = if vertical { plane.extent.rows - 1 - row } else { row };
                    let x = if horizontal { plane.extent.columns - 1 - column } else { column };
                    let from = if transpose { source.block(x, y) } else { source.block(y, x) };
                    let (Some((from, from_mask, from_dc)), Some((mut to, mask, dc))) =
                        (from, plane.block_mut(row, column))
                    else {
                        return Err(Error::Internal("block outside its plane"));
                    };
                    *dc = from_dc;
                    let mut left = from_mask;
                    while left != 0 {
                        let place = left.trailing_zeros();
                        left &= left - 1;
                        let Some((target, odd)) = moves.get(place as usize) else { break };
                        if let Some(slot) = to.slot(u32::from(*target)) {
                            let value = from.value(place);
                            *slot = if *odd { -value } else { value };
                        }
                        *mask |= 1 << target;
                    }
                }
            }
            planes.push(plane);
        }

        if transpose {
            for table in &mut self.quantization {
                let old = *table;
                for (value, (target, _)) in old.iter().zip(&moves) {
                    if let Some(slot) = table.get_mut(usize::from(*target)) {
                        *slot = *value;
                    }
                }
            }
            if let Some(density) = &mut self.density {
                (density.x, density.y) = (density.y, density.x);
            }
        }
        (self.width, self.height, self.components) = (width, height, components);
        self.coefficients = Coefficients::Blocks(planes);
        Ok(true)
    }
}
