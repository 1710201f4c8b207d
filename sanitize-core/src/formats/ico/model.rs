//! What may be written as an icon or cursor.

/// An icon or cursor to be written.
#[derive(Debug)]
pub(super) struct Icon {
    pub(super) is_cursor: bool,
    pub(super) pictures: Vec<Picture>,
}

/// One newly written picture.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u16,
    pub(super) hot_spot: (u16, u16),
    /// A verified PNG, or a bitmap with its mask.
    pub(super) bytes: Vec<u8>,
}
