//! Cells of a worksheet in the form nearly all of them have, read at a glance.
//!
//! A sheet is millions of `<c r="B7" s="3" t="s"><v>12</v></c>`. Whatever has exactly this form, of nothing but
//! digits, capitals and signs of numbers, is what the general walk would keep as it stands; so it is passed over
//! as a whole. The first byte that differs gives the cell back to the general walk.

use super::filter::{Filter, Role};
use crate::{
    error::Error,
    formats::ooxml::allow::{Child, Class, Namespace},
};

/// Classes of a row and of its cells, where the part is a worksheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cells {
    row: Class,
    cell: Class,
    /// The state of the namespaces in which elements without a prefix are a worksheet's.
    epoch: Option<u32>,
}

impl Cells {
    /// The classes below the root of a part; `None` for one that has no rows.
    pub(super) fn below(root: Class) -> Option<Self> {
        let kept = |parent: Class, name: &[u8]| match parent.child(Namespace::X, name) {
            Some(Child::Keep(class)) => Some(class),
            _ => None,
        };
        let row = kept(kept(root, b"sheetData")?, b"row")?;
        Some(Self { row, cell: kept(row, b"c")?, epoch: None })
    }
}

impl Filter<'_, '_, '_> {
    /// Passes over plain cells, where a row is open and they are next.
    pub(super) fn plain_cells(&mut self) -> Result<(), Error> {
        let Some(cells) = self.cells else { return Ok(()) };
        let Some(frame) = self.frames.last() else { return Ok(()) };
        if frame.class != cells.row || frame.role != Role::Element || self.fields.is_some() {
            return Ok(());
        }
        let rest = self.tokenizer.rest();
        if !rest.starts_with(b"<c r") {
            return Ok(());
        }
        let epoch = Some(self.namespaces.epoch());
        if cells.epoch != epoch {
            if self.namespaces.resolve(b"") != Some(Some(Namespace::X)) {
                return Ok(());
            }
            self.cells = Some(Cells { epoch, ..cells });
        }
        let (mut length, mut tokens, mut count) = (0, 0, 0_u32);
        while let Some(cell) = rest.get(length..).and_then(plain_cell) {
            length += cell.length;
            tokens += cell.tokens;
            count += 1;
        }
        if let Some(row) = self.frames.last_mut() {
            row.met = row.met.saturating_add(count);
        }
        self.count_elements(cells.cell, count);
        self.tokenizer.pass(length, tokens)
    }
}

/// A cell that can stay as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Plain {
    length: usize,
    /// Tags and texts in it.
    tokens: u64,
}

/// The cell that `bytes` start with, if it is a plain one.
fn plain_cell(bytes: &[u8]) -> Option<Plain> {
    let [b'<', b'c', b' ', b'r', b'=', b'"', rest @ ..] = bytes else { return None };
    let rest = run(rest, 3, |byte| byte.is_ascii_uppercase())?;
    let [b'"', rest @ ..] = run(rest, 7, |byte| byte.is_ascii_digit())? else { return None };
    let mut rest = rest;
    if let [b' ', b's', b'=', b'"', style @ ..] = rest {
        let [b'"', behind @ ..] = run(style, 7, |byte| byte.is_ascii_digit())? else { return None };
        rest = behind;
    }
    if let [b' ', b't', b'=', b'"', kind @ ..] = rest {
        let [b's' | b'n' | b'b', b'"', behind @ ..] = kind else { return None };
        rest = behind;
    }
    let (rest, tokens) = match rest {
        [b'/', b'>', rest @ ..] => (rest, 1),
        [b'>', b'<', b'v', b'>', value @ ..] => {
            let is_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'E');
            match run(value, 32, is_number)? {
                [b'<', b'/', b'v', b'>', b'<', b'/', b'c', b'>', rest @ ..] => (rest, 5),
                _ => return None,
            }
        }
        _ => return None,
    };
    Some(Plain { length: bytes.len() - rest.len(), tokens })
}

/// What stands behind one to `most` bytes that `fits` is true for.
#[inline(always)]
fn run(bytes: &[u8], most: usize, fits: impl Fn(u8) -> bool) -> Option<&[u8]> {
    let mut rest = bytes;
    while let [byte, behind @ ..] = rest
        && fits(*byte)
    {
        rest = behind;
    }
    let length = bytes.len() - rest.len();
    if length == 0 || length > most || rest.is_empty() { None } else { Some(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_numbers_and_shared_texts_are_plain() {
        for cell in [
            "<c r=\"A1\"/>",
            "<c r=\"XFD1048576\" s=\"12\"/>",
            "<c r=\"B7\" s=\"3\" t=\"s\"><v>12</v></c>",
            "<c r=\"B7\" t=\"b\"><v>1</v></c>",
            "<c r=\"B7\"><v>-1.5E+10</v></c>",
        ] {
            let tokens = if cell.ends_with("/>") { 1 } else { 5 };
            assert_eq!(plain_cell(cell.as_bytes()), Some(Plain { length: cell.len(), tokens }), "{cell}");
        }
    }

    #[test]
    fn any_other_cell_is_left_to_the_general_walk() {
        for cell in [
            "<c r=\"A1\" />",
            "<c r='A1'/>",
            "<c r=\"\"/>",
            "<c r=\"A\"/>",
            "<c r=\"AAAA1\"/>",
            "<c r=\"A12345678\"/>",
            "<c  r=\"A1\"/>",
            "<c s=\"1\" r=\"A1\"/>",
            "<c r=\"A1\" t=\"str\"><v>x</v></c>",
            "<c r=\"A1\" t=\"e\"><v>#N/A</v></c>",
            "<c r=\"A1\"><f>1</f><v>1</v></c>",
            "<c r=\"A1\"><v></v></c>",
            "<c r=\"A1\"><v>1</v ></c>",
            "<c r=\"A1\"><v>&#49;</v></c>",
            "<c r=\"A1\"><v>1</v><v>2</v></c>",
            "<c r=\"A1\"><v>1",
            "<c r=\"A1\" cm=\"1\"><v>1</v></c>",
        ] {
            assert_eq!(plain_cell(cell.as_bytes()), None, "{cell}");
        }
    }
}
