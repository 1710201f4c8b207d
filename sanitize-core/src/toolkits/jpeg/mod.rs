//! JPEG at coefficient level: bytes to markers to DCT coefficients, and back to a new stream.
//!
//! Nothing of the input's bit stream is copied. [`read`] takes the stream apart down to the quantised DCT
//! coefficients (ITU T.81 baseline, extended and progressive Huffman coding, 8 bits a sample), and [`write`]
//! makes a fresh stream of them: own markers in one fixed order, Huffman tables computed from the coefficients,
//! no restart markers, blank blocks where the input had blocks outside the picture. The picture a decoder shows
//! is the same to the bit, and what the markers, the tables, the code lengths or the padding of the input
//! may have carried is gone. Arithmetic, lossless, hierarchical and 12-bit coding are not supported.
//!
//! - [`read`] pays for pixels, coefficients and the blocks of every scan before it works on them.
//! - Cut or damaged entropy-coded data is read as libjpeg does, what is lost left grey ([`Decoded::damaged`]).
//! - Everything met that is not needed for the picture is listed in [`Decoded::segments`], none of it is written.
//! - [`Decoded::transform`] turns and mirrors without loss where whole MCUs allow it, as `jpegtran -perfect`.
//! - Progressive input becomes progressive output, each coefficient whole; all else becomes sequential.
//! - A sequential stream without Huffman tables has those of Annex K, as frames of Motion JPEG do.
//! - `write(read(write(x)))` gives the bytes of `write(x)`.
//! - [`verify`] checks a written stream by structure, with no part of the reader or the writer.
//!
//! A sequential picture with all components in one scan, which is nearly every photograph, is never spread out
//! into blocks: the reader turns codes into tokens and counts them, the writer replaces each token by its new
//! code. All other pictures hold their blocks, with a bit mask a block saying which coefficients are not zero.

mod bits;
mod blocks;
mod huffman;
mod markers;
mod pairs;
mod progressive;
mod scan;
mod sequential;
mod standard;
mod transform;
mod verify;
mod write;
mod write_progressive;

pub(crate) use markers::read;
pub(crate) use verify::verify;
pub(crate) use write::write;

use blocks::Plane;
use sequential::Tokens;

/// A JPEG stream taken apart.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// Width in pixels.
    pub(crate) width: u16,
    /// Height in pixels.
    pub(crate) height: u16,
    /// One to four components in the order of the frame header.
    pub(crate) components: Vec<Component>,
    /// Quantisation tables in zigzag order, no two alike, each used by a component.
    pub(crate) quantization: Vec<[u16; 64]>,
    /// True for a progressive stream.
    pub(crate) progressive: bool,
    /// What the components mean.
    pub(crate) color: Color,
    /// The density of the JFIF header, if there is one; written where a JFIF header is.
    pub(crate) density: Option<Density>,
    /// Everything in the stream that the picture does not need, in the order met.
    pub(crate) segments: Vec<Segment<'a>>,
    /// Where bytes after the end of the picture start, if there are any.
    pub(crate) trailing: Option<u64>,
    /// True when entropy-coded data was cut or broken and what was lost is grey.
    pub(crate) damaged: bool,
    coefficients: Coefficients,
}

/// One component of the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Component {
    /// The identifier in the frame header.
    pub(crate) id: u8,
    /// Horizontal sampling factor, 1 to 4.
    pub(crate) h: u8,
    /// Vertical sampling factor, 1 to 4.
    pub(crate) v: u8,
    /// Index into [`Decoded::quantization`].
    pub(crate) quantization: u8,
}

/// What the components of a picture mean, found out as libjpeg does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    /// One component.
    Grey,
    /// Luminance and two chrominances, as in JFIF.
    YCbCr,
    /// Red, green and blue as they are.
    Rgb,
    /// Four inks with no Adobe segment.
    Cmyk,
    /// Four inks with an Adobe segment, by which readers know that they are inverted.
    AdobeCmyk,
    /// Luminance, two chrominances and black, with an Adobe segment; inverted too.
    Ycck,
    /// Two components, or another number that has no customary meaning.
    Unknown,
}

/// Pixel density of a JFIF header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Density {
    /// 0: aspect ratio alone, 1: dots an inch, 2: dots a centimetre.
    pub(crate) units: u8,
    /// Horizontal.
    pub(crate) x: u16,
    /// Vertical.
    pub(crate) y: u16,
}

/// A part of the stream that the picture does not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Segment<'a> {
    /// The second byte of the marker; 0 for [`SegmentKind::Stray`].
    pub(crate) marker: u8,
    /// Where the marker, or the stray bytes, start.
    pub(crate) offset: u64,
    /// What it is.
    pub(crate) kind: SegmentKind,
    /// What stands behind the length field.
    pub(crate) body: &'a [u8],
}

/// Kinds of segments, by marker and the name their body starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SegmentKind {
    /// APP0 `JFIF`.
    Jfif,
    /// APP0 `JFXX`: a thumbnail.
    Jfxx,
    /// APP1 `Exif`.
    Exif,
    /// APP1 XMP packet.
    Xmp,
    /// APP1 part of an extended XMP packet.
    XmpExtension,
    /// APP2 `ICC_PROFILE` chunk.
    Icc,
    /// APP2 `MPF`: index of further pictures.
    Mpf,
    /// APP11 JUMBF boxes.
    Jumbf,
    /// APP12 `Ducky`.
    Ducky,
    /// APP13 `Photoshop 3.0` resources.
    Photoshop,
    /// APP14 `Adobe`.
    Adobe,
    /// COM.
    Comment,
    /// Bytes between segments, or behind the last code of a scan, that belong to nothing.
    Stray,
    /// Any other APPn or reserved segment.
    Other,
}

/// The coefficients in one of two forms.
#[derive(Debug)]
enum Coefficients {
    /// Of a sequential picture in one scan: tokens as they are to be written.
    Tokens(Tokens),
    /// One plane a component.
    Blocks(Vec<Plane>),
}

/// Blocks of the frame: how many, and how they are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Grid {
    h_max: u32,
    v_max: u32,
    /// MCUs in a row when all components are interleaved.
    mcus_x: u32,
    /// Rows of MCUs when all components are interleaved.
    mcus_y: u32,
}

/// Blocks of one component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extent {
    /// Blocks in a row that hold pixels of the picture.
    columns: u32,
    /// Rows of blocks that hold pixels of the picture.
    rows: u32,
    /// Blocks in a row, filled up to whole MCUs.
    stride: u32,
    /// Rows of blocks, filled up to whole MCUs.
    all_rows: u32,
}

impl Grid {
    fn new(width: u16, height: u16, components: &[Component]) -> Self {
        let h_max = components.iter().map(|component| u32::from(component.h)).max().unwrap_or(1);
        let v_max = components.iter().map(|component| u32::from(component.v)).max().unwrap_or(1);
        Self {
            h_max,
            v_max,
            mcus_x: u32::from(width).div_ceil(8 * h_max),
            mcus_y: u32::from(height).div_ceil(8 * v_max),
        }
    }

    /// T.81, A.1.1 and A.2.4.
    fn extent(&self, width: u16, height: u16, component: &Component) -> Extent {
        let (h, v) = (u32::from(component.h), u32::from(component.v));
        Extent {
            columns: (u32::from(width) * h).div_ceil(self.h_max).div_ceil(8),
            rows: (u32::from(height) * v).div_ceil(self.v_max).div_ceil(8),
            stride: self.mcus_x * h,
            all_rows: self.mcus_y * v,
        }
    }
}

/// Blocks that one interleaved MCU may hold (T.81, B.2.3).
const MCU_BLOCKS: u32 = 10;

/// True when all components may share one scan.
fn interleaves(components: &[Component]) -> bool {
    components.iter().map(|component| u32::from(component.h) * u32::from(component.v)).sum::<u32>()
        <= MCU_BLOCKS
}

impl<'a> Decoded<'a> {
    /// Segments of one kind.
    fn of_kind(&self, kind: SegmentKind) -> impl Iterator<Item = &Segment<'a>> {
        self.segments.iter().filter(move |segment| segment.kind == kind)
    }

    /// The chunks of the ICC profile in the order met: number from 1, how many there are said to be, content.
    pub(crate) fn icc_chunks(&self) -> impl Iterator<Item = (u8, u8, &'a [u8])> {
        self.of_kind(SegmentKind::Icc).filter_map(|segment| match segment.body.get(12..) {
            Some([number, count, content @ ..]) => Some((*number, *count, content)),
            _ => None,
        })
    }

    /// The quantisation steps of component number `index` in row order.
    pub(crate) fn steps(&self, index: usize) -> Option<[u16; 64]> {
        let component = self.components.get(index)?;
        self.quantization.get(usize::from(component.quantization)).map(transform::in_rows)
    }

    fn grid(&self) -> Grid {
        Grid::new(self.width, self.height, &self.components)
    }
}

#[cfg(test)]
mod tests;
