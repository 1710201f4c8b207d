//! Pages → bytes: little-endian, strips behind the header, each page's directory behind its strips.

use super::model::{Alpha, Numbers, Packing, Page, Pixels, Strips};
use crate::{
    budget::Budget,
    bytes::Writer,
    error::Error,
    toolkits::{
        codec::repack,
        group4::{self, Group4},
        raster::{Color, Raster},
    },
};

/// Bytes of samples in one strip.
const STRIP: usize = 256 << 10;

/// Of Deflate. Level 6 takes twice the time for 2 or 3 % fewer bytes.
const LEVEL: u32 = 3;

/// Of Deflate, behind a strip that does not shrink to half: noise costs level 3 half as much time again, for
/// 2 or 3 % fewer bytes. Flat areas take longer at level 1.
const LEVEL_OF_NOISE: u32 = 1;

/// A TIFF being written.
pub(super) struct TiffWriter {
    output: Writer,
    /// Where the offset of the next directory goes.
    link: usize,
}

/// One entry of a directory.
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: Vec<u8>,
}

fn shorts(tag: u16, values: &[u16]) -> Entry {
    let value = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    Entry { tag, kind: 3, count: values.len() as u32, value }
}

fn longs(tag: u16, values: &[u32]) -> Entry {
    let value = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    Entry { tag, kind: 4, count: values.len() as u32, value }
}

fn fraction(tag: u16, (above, below): (u32, u32)) -> Entry {
    Entry { kind: 5, count: 1, ..longs(tag, &[above, below]) }
}

impl TiffWriter {
    /// A TIFF into `output`, which is empty.
    pub(super) fn new(output: Vec<u8>) -> Self {
        let mut output = Writer::onto(output);
        output.bytes(b"II\x2a\0\0\0\0\0");
        Self { output, link: 4 }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.output.into_bytes()
    }

    /// Writes one page: its strips, then its directory.
    pub(super) fn page(&mut self, page: Page, budget: &Budget) -> Result<(), Error> {
        let Page { width, height, color, bits, pixels, palette, alpha, numbers, density, space } = page;
        let packed = match pixels {
            Pixels::Strips(strips) => strips_of_codes(strips, color),
            Pixels::Samples(samples) => {
                strips_of_samples(&Raster { width, height, color, bits, samples }, budget)?
            }
        };
        let Packed { compression, predicted, photometric, tables, chroma, rows, strips } = packed;
        let (mut offsets, mut lengths) = (Vec::new(), Vec::new());
        for strip in &strips {
            self.align();
            offsets.push(self.offset()?);
            lengths.push(strip.len() as u32);
            self.output.bytes(strip);
        }
        let channels = color.channels();
        let mut entries = vec![
            longs(254, &[0]),
            longs(256, &[width]),
            longs(257, &[height]),
            shorts(258, &vec![u16::from(bits); channels]),
            shorts(259, &[compression]),
            shorts(262, &[photometric]),
            longs(273, &offsets),
            shorts(277, &[channels as u16]),
            longs(278, &[rows]),
            longs(279, &lengths),
        ];
        if let Some(density) = density {
            entries.push(fraction(282, density.across));
            entries.push(fraction(283, density.down));
        }
        entries.push(shorts(284, &[1]));
        if let Some(density) = density {
            entries.push(shorts(296, &[density.unit]));
        }
        if predicted {
            entries.push(shorts(317, &[2]));
        }
        if color == Color::Indexed {
            let plane =
                |plane: usize| palette.iter().skip(plane).step_by(3).map(|value| u16::from(*value) * 257);
            let map: Vec<u16> = (0..3).flat_map(plane).collect();
            entries.push(shorts(320, &map));
        }
        if alpha != Alpha::None {
            entries.push(shorts(338, &[if alpha == Alpha::Associated { 1 } else { 2 }]));
        }
        match numbers {
            Numbers::Unsigned => (),
            Numbers::Signed => entries.push(shorts(339, &vec![2; channels])),
            Numbers::Float => entries.push(shorts(339, &vec![3; channels])),
        }
        if let Some(tables) = tables {
            entries.push(Entry { tag: 347, kind: 7, count: tables.len() as u32, value: tables });
        }
        if let Some((across, down)) = chroma {
            entries.push(shorts(530, &[across.into(), down.into()]));
        }
        if let Some(wide) = space {
            let value = wide.bytes()?;
            entries.push(Entry { tag: 34_675, kind: 7, count: value.len() as u32, value });
        }
        self.directory(&entries)
    }

    fn directory(&mut self, entries: &[Entry]) -> Result<(), Error> {
        self.align();
        let start = self.offset()?;
        self.output.overwrite(self.link, &start.to_le_bytes());
        let length = 2 + entries.len() * 12 + 4;
        let mut values = Writer::new();
        let values_start = start as usize + length;
        self.output.u16_le(entries.len() as u16);
        for entry in entries {
            self.output.u16_le(entry.tag);
            self.output.u16_le(entry.kind);
            self.output.u32_le(entry.count);
            if entry.value.len() <= 4 {
                let mut inline = [0; 4];
                inline.iter_mut().zip(&entry.value).for_each(|(place, byte)| *place = *byte);
                self.output.bytes(&inline);
            } else {
                self.output.u32_le((values_start + values.len()) as u32);
                values.bytes(&entry.value);
                if entry.value.len() % 2 == 1 {
                    values.u8(0);
                }
            }
        }
        self.link = self.output.len();
        self.output.u32_le(0);
        self.output.bytes(values.as_slice());
        Ok(())
    }

    fn align(&mut self) {
        if self.output.len() % 2 == 1 {
            self.output.u8(0);
        }
    }

    fn offset(&self) -> Result<u32, Error> {
        u32::try_from(self.output.len()).map_err(|_| Error::Unsupported("a TIFF of more than 4 GiB"))
    }
}

/// The strips of a page, and what readers have to know about them.
struct Packed {
    compression: u16,
    predicted: bool,
    photometric: u16,
    /// Those of JPEG strips.
    tables: Option<Vec<u8>>,
    chroma: Option<(u8, u8)>,
    rows: u32,
    strips: Vec<Vec<u8>>,
}

fn strips_of_codes(strips: Strips, color: Color) -> Packed {
    let Strips { packing, rows, list } = strips;
    let photometric = photometric(color);
    let plain = Packed {
        compression: 0,
        predicted: false,
        photometric,
        tables: None,
        chroma: None,
        rows,
        strips: list,
    };
    match packing {
        // Fax has white as zero.
        Packing::Group4 => Packed { compression: 4, photometric: 0, ..plain },
        Packing::Lzw { predicted } => Packed { compression: 5, predicted, ..plain },
        Packing::Deflate { predicted } => Packed { compression: 8, predicted, ..plain },
        Packing::Jpeg { chroma, tables } => {
            let photometric = if chroma.is_some() { 6 } else { photometric };
            Packed { compression: 7, photometric, tables, chroma, ..plain }
        }
    }
}

fn strips_of_samples(raster: &Raster, budget: &Budget) -> Result<Packed, Error> {
    let stride = raster.stride().max(1);
    let fax = (raster.bits == 1 && raster.color == Color::Grey).then(|| fax_strip(raster));
    let rows = (STRIP / stride).clamp(1, raster.height.max(1) as usize);
    let predicted = matches!(raster.bits, 8 | 16) && raster.color != Color::Indexed;
    let mut strips = Vec::new();
    let mut level = LEVEL;
    // Deflate is better only for patterns of dots, of which a fax makes much.
    let is_text = fax.as_ref().is_some_and(|strip| strip.len() < raster.samples.len() / 8);
    for part in raster.samples.chunks(rows * stride).filter(|_| !is_text) {
        let strip = repack::from_scratch(&prepared(raster, part, stride, predicted), level, budget)?;
        if strip.len() > part.len() / 2 {
            level = LEVEL_OF_NOISE;
        }
        strips.push(strip);
    }
    let deflated: usize = strips.iter().map(Vec::len).sum();
    match fax {
        Some(strip) if is_text || strip.len() < deflated => {
            let strips = Strips { packing: Packing::Group4, rows: raster.height, list: vec![strip] };
            Ok(strips_of_codes(strips, raster.color))
        }
        _ => {
            let strips = Strips { packing: Packing::Deflate { predicted }, rows: rows as u32, list: strips };
            Ok(strips_of_codes(strips, raster.color))
        }
    }
}

fn photometric(color: Color) -> u16 {
    match color {
        Color::Grey | Color::GreyAlpha => 1,
        Color::Rgb | Color::Rgba => 2,
        Color::Indexed => 3,
        Color::Cmyk => 5,
    }
}

/// Rows with samples little-endian and, where it helps, each as its difference from the one to its left.
fn prepared(raster: &Raster, part: &[u8], stride: usize, predicted: bool) -> Vec<u8> {
    let channels = raster.color.channels();
    let mut plain = part.to_vec();
    match (raster.bits, predicted) {
        (8, true) => {
            for (row, source) in plain.chunks_mut(stride).zip(part.chunks(stride)) {
                let behind = row.get_mut(channels..).unwrap_or_default();
                for (sample, left) in behind.iter_mut().zip(source) {
                    *sample = sample.wrapping_sub(*left);
                }
            }
        }
        (16, _) => {
            for (row, source) in plain.chunks_mut(stride).zip(part.chunks(stride)) {
                let lefts = std::iter::repeat_n([0; 2], if predicted { channels } else { 0 });
                let lefts = lefts.chain(source.as_chunks::<2>().0.iter().copied());
                for (sample, left) in row.as_chunks_mut::<2>().0.iter_mut().zip(lefts) {
                    let left = if predicted { u16::from_be_bytes(left) } else { 0 };
                    *sample = u16::from_be_bytes(*sample).wrapping_sub(left).to_le_bytes();
                }
            }
        }
        (32, _) => plain.as_chunks_mut::<4>().0.iter_mut().for_each(|sample| sample.reverse()),
        _ => (),
    }
    plain
}

/// The page as one CCITT group 4 strip.
fn fax_strip(raster: &Raster) -> Vec<u8> {
    let mut picture = Group4::new(raster.width);
    let mut changes = Vec::new();
    for row in raster.samples.chunks_exact(raster.stride().max(1)) {
        group4::changes(row, raster.width, false, &mut changes);
        picture.row(&changes);
    }
    picture.finish()
}
