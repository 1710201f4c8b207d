//! What may be written as a GIF: frames of codes, palettes, and how the animation runs.

/// A GIF to be written.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) background: u8,
    pub(super) aspect: u8,
    /// The palette of all frames without one of their own; may be empty.
    pub(super) palette: Vec<u8>,
    /// How often the animation plays, 0 for ever; `None` is once.
    pub(super) plays: Option<u16>,
    pub(super) frames: Vec<Frame>,
}

/// One frame.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) left: u16,
    pub(super) top: u16,
    pub(super) width: u16,
    pub(super) height: u16,
    /// Hundredths of a second.
    pub(super) delay: u16,
    /// 0 to 3.
    pub(super) dispose: u8,
    pub(super) transparent: Option<u8>,
    pub(super) palette: Option<Vec<u8>>,
    /// Lines stand in the order of interlacing.
    pub(super) interlaced: bool,
    /// LZW code size and the newly made stream.
    pub(super) code_size: u8,
    pub(super) stream: Vec<u8>,
}
