//! Device-independent bitmaps: what BMP files, icons and metafiles hold behind their own headers.

use super::{
    Color, Raster,
    dib_runs::{color_run_lengths, run_lengths},
    pack, packed,
};
use crate::{
    budget::Budget,
    bytes::{Reader, Writer},
    error::{Error, malformed},
    limits::Limits,
};

/// A decoded bitmap.
#[derive(Debug)]
pub(crate) struct Dib {
    /// Indexed with 1, 4 or 8 bits, RGB or RGBA with 8.
    pub(crate) raster: Raster,
    /// Red, green, blue of each entry; only with indices.
    pub(crate) palette: Vec<u8>,
    /// Pixels per metre across and down; 0 says nothing.
    pub(crate) density: (u32, u32),
    pub(crate) profile: DibProfile,
    /// Where the pixels start by the layout of the headers, where they are, and where they end, from the header's
    /// start.
    pub(crate) pixels_by_layout: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The AND mask of an icon, one byte for each pixel: 1 is transparent.
    pub(crate) mask: Option<Vec<u8>>,
}

/// Where a version 5 header keeps its colour profile, from the header's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DibProfile {
    /// None, or sRGB.
    None,
    /// The name of a file on the reader's machine.
    Linked { offset: usize, length: usize },
    /// In the file.
    Embedded { offset: usize, length: usize },
}

/// What a header says.
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) top_down: bool,
    pub(super) bits: u16,
    pub(super) compression: u32,
    is_os2: bool,
    density: (u32, u32),
    colors: usize,
    entry: usize,
    masks: [u32; 4],
    length: usize,
    profile: DibProfile,
}

/// Where a bitmap stands, which says what is in it besides its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DibUse {
    /// In a file of its own: a fourth byte counts as alpha only where masks say so.
    File,
    /// In an icon: twice the height is stated, and a mask stands behind the rows.
    Icon,
    /// In a drawing: the record that draws it says whether the fourth byte is alpha.
    Drawn,
}

/// Why a bitmap could not be read, where a caller tells one reason from the others.
#[derive(Debug)]
pub(crate) enum DibError {
    /// More pixels than the limits allow, or none.
    Dimensions,
    /// A JPEG or PNG inside.
    Nested,
    Other(Error),
}

impl From<Error> for DibError {
    fn from(error: Error) -> Self {
        Self::Other(error)
    }
}

/// Reads a bitmap whose header starts `input`. `pixels` is where the file says its pixels start; an icon says
/// nothing.
pub(crate) fn read_dib(
    input: &[u8],
    pixels: Option<usize>,
    place: DibUse,
    budget: &Budget,
) -> Result<Dib, DibError> {
    let mut reader = Reader::new(input);
    let mut header = header(&mut reader)?;
    if place == DibUse::Icon {
        header.height /= 2;
    }
    if !fits(budget.limits(), &header) {
        return Err(DibError::Dimensions);
    }
    match (header.compression, header.is_os2) {
        (0..=2, _) | (3 | 6, false) | (4, true) => (),
        (4 | 5, false) => return Err(DibError::Nested),
        _ => return Err(malformed("compression", 16).into()),
    }
    let palette = palette(&mut reader, &header, pixels)?;
    let by_layout = reader.position();
    // A stated start inside the headers cannot be meant.
    let start = pixels.filter(|start| *start >= header.length).unwrap_or(by_layout);
    reader.seek(start.min(input.len()), "pixels")?;
    let mut raster = match header.compression {
        1 | 2 => run_lengths(&mut reader, &header, budget)?,
        4 => color_run_lengths(&mut reader, &header, budget)?,
        _ => rows(&mut reader, &header, place, budget)?,
    };
    let mask = if place == DibUse::Icon { Some(and_mask(&mut reader, &header, budget)?) } else { None };
    if raster.color == Color::Rgba && place == DibUse::File {
        opaque_if_empty(&mut raster);
    }
    // True colours may come with a palette for screens that have few; nothing shows it.
    let palette = if raster.color == Color::Indexed { palette } else { Vec::new() };
    Ok(Dib {
        raster,
        palette,
        density: header.density,
        profile: header.profile,
        pixels_by_layout: by_layout,
        start,
        end: reader.position(),
        mask,
    })
}

fn fits(limits: &Limits, header: &Header) -> bool {
    super::fits(limits, header.width, header.height, u32::from(header.bits))
}

fn header(reader: &mut Reader<'_>) -> Result<Header, Error> {
    let length = reader.u32_le("header size")?;
    let size = usize::try_from(length).unwrap_or(usize::MAX);
    if length == 12 {
        let (width, height) = (u32::from(reader.u16_le("width")?), u32::from(reader.u16_le("height")?));
        reader.skip(2, "planes")?;
        let bits = reader.u16_le("bits")?;
        return Ok(Header {
            width,
            height,
            top_down: false,
            bits: known_bits(bits)?,
            compression: 0,
            is_os2: true,
            density: (0, 0),
            colors: 0,
            entry: 3,
            masks: [0; 4],
            length: 12,
            profile: DibProfile::None,
        });
    }
    if !(16..=256).contains(&length) {
        return Err(malformed("header size", 0));
    }
    let mut fields = Reader::new(reader.take(length - 4, "header")?);
    let width = fields.u32_le("width")?;
    let height = fields.i32_le("height")?;
    fields.skip(2, "planes")?;
    let bits = known_bits(fields.u16_le("bits")?)?;
    // OS/2 headers may end after any field; what is missing is zero.
    let mut next = || fields.u32_le("header").unwrap_or(0);
    let compression = next();
    let _image_size = next();
    let density = (next(), next());
    let colors = usize::try_from(next()).unwrap_or(usize::MAX);
    let _important = next();
    let mut masks = [0; 4];
    if length >= 52 && length != 64 {
        masks = [next(), next(), next(), if length >= 56 { next() } else { 0 }];
    }
    // Compression 3 and 4 mean other things in OS/2's longer header.
    let is_os2 = length == 64;
    if is_os2 && compression == 3 {
        return Err(Error::Unsupported("an OS/2 bitmap with Huffman coding"));
    }
    let mut profile = DibProfile::None;
    if length >= 108 {
        let space = next();
        fields.seek(124 - 16, "profile").ok();
        let mut next = || fields.u32_le("profile").unwrap_or(0);
        let (offset, length) = (next() as usize, next() as usize);
        match &space.to_be_bytes() {
            b"LINK" => profile = DibProfile::Linked { offset, length },
            b"MBED" => profile = DibProfile::Embedded { offset, length },
            _ => (),
        }
    }
    let bitfields = matches!(compression, 3 | 6) && !is_os2;
    if bitfields && length < 52 {
        masks = [
            reader.u32_le("red mask")?,
            reader.u32_le("green mask")?,
            reader.u32_le("blue mask")?,
            if compression == 6 { reader.u32_le("alpha mask")? } else { 0 },
        ];
    } else if !bitfields {
        masks = [0; 4];
    }
    Ok(Header {
        width,
        height: height.unsigned_abs(),
        top_down: height < 0,
        bits,
        compression,
        is_os2,
        density,
        colors,
        entry: 4,
        masks,
        length: size,
        profile,
    })
}

fn known_bits(bits: u16) -> Result<u16, Error> {
    match bits {
        1 | 2 | 4 | 8 | 16 | 24 | 32 => Ok(bits),
        _ => Err(malformed("bits for each pixel", 14)),
    }
}

/// The palette as red, green, blue. It ends where the pixels start, whatever it says of its length.
fn palette(reader: &mut Reader<'_>, header: &Header, pixels: Option<usize>) -> Result<Vec<u8>, Error> {
    if header.bits > 8 {
        return Ok(Vec::new());
    }
    let full = 1_usize << header.bits;
    let stated = if header.colors == 0 { full } else { header.colors };
    let room = pixels
        .and_then(|start| start.checked_sub(reader.position()))
        .filter(|room| *room > 0)
        .unwrap_or(usize::MAX);
    let entries = stated.min(room / header.entry).min(reader.remaining() / header.entry).min(256);
    let bytes = reader.take(entries * header.entry, "palette")?;
    let mut palette: Vec<u8> = bytes
        .chunks_exact(header.entry)
        .flat_map(|entry| match entry {
            [blue, green, red, ..] => [*red, *green, *blue],
            _ => [0; 3],
        })
        .collect();
    palette.resize(full * 3, 0);
    Ok(palette)
}

/// Uncompressed rows, each filled to four bytes.
fn rows(reader: &mut Reader<'_>, header: &Header, place: DibUse, budget: &Budget) -> Result<Raster, Error> {
    let line = (u64::from(header.width) * u64::from(header.bits)).div_ceil(8);
    let stride = usize::try_from(line.div_ceil(4) * 4).unwrap_or(usize::MAX);
    let line = usize::try_from(line).unwrap_or(usize::MAX);
    let height = header.height as usize;
    // The last row's filling is often left out.
    let whole = stride.checked_mul(height).ok_or_else(|| malformed("size", 4))?;
    let least = whole - (stride - line);
    let bytes = reader.take(whole.min(reader.remaining()).max(least), "pixels")?;
    let mut masks = header.masks;
    let [red, green, blue, alpha] = &mut masks;
    if *alpha == 0 && place != DibUse::File && header.bits == 32 && header.compression == 3 {
        // What the colours leave of a pixel counts as it does without masks.
        *alpha = !(*red | *green | *blue);
    }
    // Pixels of three bytes have no room for what masks say.
    let has_alpha = *alpha != 0 && header.bits != 24;
    let (color, bits) = match header.bits {
        1 => (Color::Indexed, 1),
        2 | 4 => (Color::Indexed, 4),
        8 => (Color::Indexed, 8),
        // The fourth byte is nothing in a file without masks.
        _ if has_alpha || (place != DibUse::File && header.bits == 32 && header.compression == 0) => {
            (Color::Rgba, 8)
        }
        _ => (Color::Rgb, 8),
    };
    let size = Raster::row_bytes(header.width, color, bits) * u64::from(header.height);
    let mut samples = budget.reserve(size)?;
    let mut lines: Vec<&[u8]> = bytes.chunks(stride).filter_map(|row| row.get(..line)).collect();
    if !header.top_down {
        lines.reverse();
    }
    let width = header.width as usize;
    let channels = masks.map(Channel::new);
    for row in lines {
        match (header.bits, header.compression) {
            (1, _) => {
                samples.extend_from_slice(row);
                clear_filling(&mut samples, width, 1);
            }
            (4, _) => {
                samples.extend_from_slice(row);
                clear_filling(&mut samples, width, 4);
            }
            (2, _) => {
                let indices: Vec<u8> = packed(row, 2).take(width).collect();
                pack(&indices, 4, &mut samples);
            }
            (8, _) => samples.extend_from_slice(row),
            (16, 0) => {
                let five = |value: u16| ((value & 31) << 3 | (value & 31) >> 2) as u8;
                for pixel in row.as_chunks::<2>().0 {
                    let value = u16::from_le_bytes(*pixel);
                    samples.extend([five(value >> 10), five(value >> 5), five(value)]);
                }
            }
            (16, _) => row.as_chunks::<2>().0.iter().for_each(|pixel| {
                masked(u32::from(u16::from_le_bytes(*pixel)), &channels, has_alpha, &mut samples);
            }),
            (24, _) => row.as_chunks::<3>().0.iter().for_each(|[blue, green, red]| {
                samples.extend([*red, *green, *blue]);
            }),
            (_, 0) => row.as_chunks::<4>().0.iter().for_each(|[blue, green, red, alpha]| {
                samples.extend([*red, *green, *blue]);
                if place != DibUse::File {
                    samples.push(*alpha);
                }
            }),
            _ => row.as_chunks::<4>().0.iter().for_each(|pixel| {
                masked(u32::from_le_bytes(*pixel), &channels, has_alpha, &mut samples);
            }),
        }
    }
    Ok(Raster { width: header.width, height: header.height, color, bits, samples })
}

/// Zeroes the bits behind the last pixel of the row that was just appended.
fn clear_filling(samples: &mut [u8], width: usize, bits: usize) {
    let used = width * bits % 8;
    if let Some(last) = samples.last_mut().filter(|_| used != 0) {
        *last &= !(0xff_u8 >> used);
    }
}

/// Where a channel's bits stand in a pixel.
#[derive(Clone, Copy)]
struct Channel {
    mask: u32,
    shift: u32,
    largest: u32,
}

impl Channel {
    fn new(mask: u32) -> Self {
        let shift = if mask == 0 { 0 } else { mask.trailing_zeros() };
        Self { mask, shift, largest: mask >> shift }
    }

    fn of(self, pixel: u32) -> u8 {
        if self.largest == 0 {
            return 0;
        }
        let value = u64::from((pixel & self.mask) >> self.shift);
        ((value * 255 + u64::from(self.largest) / 2) / u64::from(self.largest)) as u8
    }
}

fn masked(pixel: u32, [red, green, blue, alpha]: &[Channel; 4], has_alpha: bool, samples: &mut Vec<u8>) {
    samples.extend([red.of(pixel), green.of(pixel), blue.of(pixel)]);
    if has_alpha {
        samples.push(alpha.of(pixel));
    }
}

/// The mask of an icon; what is missing shows the pixel.
fn and_mask(reader: &mut Reader<'_>, header: &Header, budget: &Budget) -> Result<Vec<u8>, Error> {
    let (width, height) = (header.width as usize, header.height as usize);
    let stride = width.div_ceil(32) * 4;
    let bytes = reader.take((stride * height).min(reader.remaining()), "mask")?;
    let mut mask = budget.reserve((width * height) as u64)?;
    mask.resize(width * height, 0);
    for (line, row) in bytes.chunks(stride.max(1)).enumerate().take(height) {
        let target = if header.top_down { line } else { height - 1 - line };
        if let Some(target) = mask.get_mut(target * width..(target + 1) * width) {
            target.iter_mut().zip(packed(row, 1)).for_each(|(place, bit)| *place = bit);
        }
    }
    Ok(mask)
}

/// A fourth byte that is zero everywhere is no alpha: most programs write it so, and all show the picture.
fn opaque_if_empty(raster: &mut Raster) {
    let pixels = raster.samples.as_chunks::<4>().0;
    let same = |value: u8| pixels.iter().all(|[_, _, _, alpha]| *alpha == value);
    if same(0) || same(255) {
        let samples = pixels.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect();
        raster.samples = samples;
        raster.color = Color::Rgb;
    }
}

/// Writes header, palette and rows: 40 bytes of header, or 108 with masks where there is alpha. An icon's
/// bitmap has twice the height and a `mask` behind its rows.
pub(crate) fn write_dib(
    raster: &Raster,
    palette: &[u8],
    density: (u32, u32),
    mask: Option<&[u8]>,
) -> Result<Vec<u8>, Error> {
    let bits: u16 = match (raster.color, raster.bits) {
        (Color::Indexed, bits @ (1 | 4 | 8)) => bits.into(),
        (Color::Rgb, 8) => 24,
        (Color::Rgba, 8) => 32,
        _ => return Err(Error::Internal("a bitmap has no such samples")),
    };
    let with_masks = bits == 32 && mask.is_none();
    let row = raster.stride();
    let stride = row.div_ceil(4) * 4;
    let mut output = Writer::new();
    output.u32_le(if with_masks { 108 } else { 40 });
    output.u32_le(raster.width);
    output.u32_le(if mask.is_some() { raster.height * 2 } else { raster.height });
    output.u16_le(1);
    output.u16_le(bits);
    output.u32_le(if with_masks { 3 } else { 0 });
    output.u32_le((stride * raster.height as usize) as u32);
    output.u32_le(density.0);
    output.u32_le(density.1);
    output.u32_le(if bits <= 8 { (palette.len() / 3) as u32 } else { 0 });
    output.u32_le(0);
    if with_masks {
        for mask in [0x00ff_0000, 0x0000_ff00, 0x0000_00ff, 0xff00_0000] {
            output.u32_le(mask);
        }
        output.bytes(b"BGRs");
        output.bytes(&[0; 48]);
    }
    for entry in palette.as_chunks::<3>().0 {
        let [red, green, blue] = *entry;
        output.bytes(&[blue, green, red, 0]);
    }
    for line in raster.samples.chunks_exact(row.max(1)).rev() {
        match bits {
            24 => line
                .as_chunks::<3>()
                .0
                .iter()
                .for_each(|[red, green, blue]| output.bytes(&[*blue, *green, *red])),
            32 => line.as_chunks::<4>().0.iter().for_each(|[red, green, blue, alpha]| {
                output.bytes(&[*blue, *green, *red, *alpha]);
            }),
            _ => output.bytes(line),
        }
        output.bytes([0; 3].get(..stride - row).unwrap_or_default());
    }
    if let Some(mask) = mask {
        let width = raster.width as usize;
        for line in mask.chunks_exact(width.max(1)).rev() {
            let mut bits = Vec::with_capacity(width / 8 + 4);
            pack(line, 1, &mut bits);
            bits.resize(width.div_ceil(32) * 4, 0);
            output.bytes(&bits);
        }
    }
    Ok(output.into_bytes())
}
