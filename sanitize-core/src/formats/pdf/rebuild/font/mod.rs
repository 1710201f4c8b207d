//! Font programs and character maps, each read into what may be written and written anew.

pub(crate) mod cff;
pub(crate) mod cmap;
pub(crate) mod sfnt;
pub(crate) mod type1;

use crate::{budget::Budget, error::Error};

/// What a rebuilt program is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    TrueType,
    OpenType,
    Cff,
    /// With the lengths of its clear and encrypted parts.
    Type1 {
        clear: usize,
        encrypted: usize,
    },
}

/// A font program written anew.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
    /// Something of the source that is not the shape of a glyph was left out.
    pub(crate) left_out: bool,
    /// Glyphs of the source are missing.
    pub(crate) cut: bool,
}

/// True for what starts as a font program does.
pub(crate) fn is_program(program: &[u8]) -> bool {
    matches!(
        program,
        [0, 1, 0, 0, ..]
            | [b't', b'r', b'u', b'e', ..]
            | [b'O', b'T', b'T', b'O', ..]
            | [b't', b't', b'c', b'f', ..]
            | [1, 0..=9, 4..=255, 1..=4, ..]
            | [b'%', b'!', ..]
            | [0x80, 1, ..]
    )
}

/// `program` written anew, by what it is rather than by what its dictionary says; `None` where it cannot be.
pub(crate) fn rebuild(program: &[u8], budget: &Budget) -> Result<Option<Program>, Error> {
    budget.objects(program.len() as u64 / 256 + 1)?;
    let start = sfnt::first(program);
    let sfnt = |kind| {
        let (bytes, left_out) = sfnt::rebuild(program, start)?;
        Some(Program { kind, bytes, left_out: left_out || start > 0, cut: false })
    };
    let rebuilt = match program.get(start..).unwrap_or_default() {
        [0, 1, 0, 0, ..] | [b't', b'r', b'u', b'e', ..] => sfnt(Kind::TrueType),
        [b'O', b'T', b'T', b'O', ..] => sfnt(Kind::OpenType),
        [1, 0..=9, 4..=255, 1..=4, ..] => cff::rebuild(program).map(|cff| Program {
            kind: Kind::Cff,
            bytes: cff.bytes,
            left_out: cff.left_out,
            cut: false,
        }),
        // A program of PostScript always holds more than its numbers, until it was written here.
        [b'%', b'!', ..] | [0x80, 1, ..] => type1::rebuild(program).map(|rebuilt| {
            let type1::Rebuilt { bytes, clear, encrypted, cut } = rebuilt;
            Program { kind: Kind::Type1 { clear, encrypted }, left_out: bytes != program, bytes, cut }
        }),
        _ => None,
    };
    Ok(rebuilt)
}
