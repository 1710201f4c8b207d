//! The walk over the markers of a stream (ITU T.81, annex B).

use std::rc::Rc;

use super::{
    Coefficients, Color, Component, Decoded, Density, Grid, Segment, SegmentKind,
    bits::to_marker,
    blocks::{Plane, table_of},
    huffman::{DecodeTable, Role, Spec},
    interleaves,
    pairs::AcTable,
    progressive::{AcFirst, AcRefine, AcScan, DcFirst, DcPart, DcRefine},
    scan::{Walk, Walked, walk},
    sequential::{Sequential, Sink, Tokens, Unit},
    standard::standard,
};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// Takes a JPEG stream apart; what stands behind its end is not looked at.
///
/// Fails with `Malformed` when there is no picture to be had, `Unsupported` for other codings than 8-bit
/// Huffman, and `Limit`.
pub(crate) fn read<'a>(input: &'a [u8], budget: &Budget) -> Result<Decoded<'a>, Error> {
    let mut stream = Stream::new(input, budget);
    stream.markers()?;
    stream.finish()
}

/// The frame header with what its scans brought so far.
struct Frame {
    width: u16,
    height: u16,
    progressive: bool,
    components: Vec<Component>,
    /// Number of the quantisation table each component asks for.
    selectors: Vec<u8>,
    /// The table that stood in that place when the first scan of the component came.
    latched: Vec<Option<[u16; 64]>>,
    /// For each component and coefficient: low bits still missing, `None` before its first scan.
    precision: Vec<[Option<u8>; 64]>,
    planes: Option<Vec<Plane>>,
    tokens: Option<Tokens>,
}

struct Stream<'a, 'b> {
    input: &'a [u8],
    budget: &'b Budget,
    quantization: [Option<[u16; 64]>; 4],
    dc: [Option<Spec>; 4],
    ac: [Option<Spec>; 4],
    restart_interval: u16,
    frame: Option<Frame>,
    scans: u32,
    density: Option<Density>,
    adobe_transform: Option<u8>,
    segments: Vec<Segment<'a>>,
    trailing: Option<u64>,
    damaged: bool,
}

/// One component as a scan header names it.
struct Part {
    /// Number of the component in the frame.
    index: usize,
    dc: u8,
    ac: u8,
}

impl<'a, 'b> Stream<'a, 'b> {
    fn new(input: &'a [u8], budget: &'b Budget) -> Self {
        Self {
            input,
            budget,
            quantization: [None; 4],
            dc: [const { None }; 4],
            ac: [const { None }; 4],
            restart_interval: 0,
            frame: None,
            scans: 0,
            density: None,
            adobe_transform: None,
            segments: Vec::new(),
            trailing: None,
            damaged: false,
        }
    }

    fn markers(&mut self) -> Result<(), Error> {
        if !self.input.starts_with(&[0xFF, 0xD8]) {
            return Err(malformed("start of image", 0));
        }
        let mut position = 2;
        loop {
            self.budget.objects(1)?;
            let from = self.input.get(position..).unwrap_or_default();
            let Some((stray, rest)) = to_marker(from) else {
                return self.cut("end of image", position);
            };
            if stray > 0 {
                self.stray(position, stray)?;
            }
            let start = self.input.len() - rest.len();
            let [_, marker, after @ ..] = rest else { return self.cut("marker", start) };
            let marker = *marker;
            match marker {
                0xD9 => {
                    let end = start + 2;
                    self.trailing = (end < self.input.len()).then_some(end as u64);
                    return Ok(());
                }
                // A restart marker or TEM between segments carries nothing.
                0x01 | 0xD0..=0xD7 => {
                    self.stray(start, 2)?;
                    position = start + 2;
                    continue;
                }
                0xD8 => return Err(malformed("second start of image", start as u64)),
                _ => (),
            }
            let body = after.split_first_chunk::<2>().and_then(|(length, rest)| {
                rest.get(..usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
            });
            let Some(body) = body else { return self.cut("segment length", start) };
            position = start + 4 + body.len();
            let mut reader = Reader::at(body, start as u64 + 4);
            match marker {
                0xC0..=0xC2 => self.frame_header(marker, &mut reader)?,
                0xC4 => self.huffman_tables(&mut reader)?,
                0xC3 | 0xC5..=0xC7 => return Err(Error::Unsupported("JPEG lossless or hierarchical coding")),
                0xC8..=0xCF => return Err(Error::Unsupported("JPEG arithmetic coding")),
                0xDA => position = self.scan(&mut reader, position)?,
                0xDB => self.quantization_tables(&mut reader)?,
                0xDC => self.number_of_lines(&mut reader)?,
                0xDD => self.restart_interval = reader.u16_be("restart interval")?,
                0xDE | 0xDF => return Err(Error::Unsupported("JPEG hierarchical coding")),
                _ => self.segment(marker, start, body)?,
            }
        }
    }

    /// The stream ends early: a picture that is there stays, with damage.
    fn cut(&mut self, what: &'static str, position: usize) -> Result<(), Error> {
        if self.scans == 0 {
            return Err(malformed(what, position as u64));
        }
        self.damaged = true;
        if position < self.input.len() {
            self.stray(position, self.input.len() - position)?;
        }
        Ok(())
    }

    fn stray(&mut self, position: usize, len: usize) -> Result<(), Error> {
        let end = position.saturating_add(len);
        let mut from = position;
        // What joins the stray bytes before it is one with them.
        if let Some(last) = self.segments.last()
            && last.kind == SegmentKind::Stray
            && last.offset as usize + last.body.len() == position
        {
            from = last.offset as usize;
            self.segments.pop();
        }
        let body = self.input.get(from..end).unwrap_or_default();
        self.list(Segment { marker: 0, offset: from as u64, kind: SegmentKind::Stray, body })
    }

    /// Adds to the list, paying for the memory it takes: a hostile stream can be nothing but segments.
    fn list(&mut self, segment: Segment<'a>) -> Result<(), Error> {
        self.budget.expand(size_of::<Segment<'_>>() as u64)?;
        self.segments.push(segment);
        Ok(())
    }

    fn segment(&mut self, marker: u8, start: usize, body: &'a [u8]) -> Result<(), Error> {
        let kind = match (marker, body) {
            (0xE0, [b'J', b'F', b'I', b'F', 0, _, _, units, x1, x0, y1, y0, ..]) => {
                self.density.get_or_insert(Density {
                    units: *units,
                    x: u16::from_be_bytes([*x1, *x0]),
                    y: u16::from_be_bytes([*y1, *y0]),
                });
                SegmentKind::Jfif
            }
            (0xE0, [b'J', b'F', b'X', b'X', 0, ..]) => SegmentKind::Jfxx,
            (0xE1, [b'E', b'x', b'i', b'f', 0, _, ..]) => SegmentKind::Exif,
            (0xE1, _) if body.starts_with(b"http://ns.adobe.com/xap/1.0/\0") => SegmentKind::Xmp,
            (0xE1, _) if body.starts_with(b"http://ns.adobe.com/xmp/extension/\0") => {
                SegmentKind::XmpExtension
            }
            (0xE2, _) if body.starts_with(b"ICC_PROFILE\0") => SegmentKind::Icc,
            (0xE2, _) if body.starts_with(b"MPF\0") => SegmentKind::Mpf,
            (0xEB, [b'J', b'P', ..]) => SegmentKind::Jumbf,
            (0xEC, _) if body.starts_with(b"Ducky") => SegmentKind::Ducky,
            (0xED, _) if body.starts_with(b"Photoshop") || body.starts_with(b"Adobe_Photoshop") => {
                SegmentKind::Photoshop
            }
            (0xEE, [b'A', b'd', b'o', b'b', b'e', _, _, _, _, _, _, transform, ..]) => {
                self.adobe_transform.get_or_insert(*transform);
                SegmentKind::Adobe
            }
            (0xFE, _) => SegmentKind::Comment,
            _ => SegmentKind::Other,
        };
        self.list(Segment { marker, offset: start as u64, kind, body })
    }

    fn quantization_tables(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        while !reader.is_empty() {
            let offset = reader.offset();
            let kind = reader.u8("quantization table number")?;
            let mut table = [0; 64];
            for value in &mut table {
                *value = match kind >> 4 {
                    0 => u16::from(reader.u8("quantization table")?),
                    1 => reader.u16_be("quantization table")?,
                    _ => return Err(malformed("quantization table precision", offset)),
                };
                if *value == 0 {
                    return Err(malformed("quantization step of zero", offset));
                }
            }
            let slot = self.quantization.get_mut(usize::from(kind & 15));
            *slot.ok_or_else(|| malformed("quantization table number", offset))? = Some(table);
        }
        Ok(())
    }

    fn huffman_tables(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        while !reader.is_empty() {
            let offset = reader.offset();
            let kind = reader.u8("Huffman table number")?;
            let counts = reader.array::<16>("Huffman code lengths")?;
            let total = counts.iter().map(|count| usize::from(*count)).sum::<usize>();
            if total > 256 {
                return Err(malformed("Huffman code lengths", offset));
            }
            let spec = Spec::new(counts, reader.take(total, "Huffman symbols")?, offset)?;
            let tables = match kind >> 4 {
                0 => &mut self.dc,
                1 => &mut self.ac,
                _ => return Err(malformed("Huffman table class", offset)),
            };
            let slot = tables.get_mut(usize::from(kind & 15));
            *slot.ok_or_else(|| malformed("Huffman table number", offset))? = Some(spec);
        }
        Ok(())
    }

    fn frame_header(&mut self, marker: u8, reader: &mut Reader<'_>) -> Result<(), Error> {
        let offset = reader.offset();
        if self.frame.is_some() {
            return Err(malformed("second frame", offset));
        }
        if reader.u8("sample precision")? != 8 {
            return Err(Error::Unsupported("JPEG with other than 8 bits a sample"));
        }
        let height = reader.u16_be("picture height")?;
        let width = reader.u16_be("picture width")?;
        if height == 0 {
            return Err(Error::Unsupported("JPEG that gives its height late"));
        }
        if width == 0 {
            return Err(malformed("picture width", offset));
        }
        let count = usize::from(reader.u8("number of components")?);
        if !(1..=4).contains(&count) {
            return Err(malformed("number of components", offset));
        }
        let mut components: Vec<Component> = Vec::with_capacity(count);
        let mut selectors = Vec::with_capacity(count);
        for _ in 0..count {
            let [id, sampling, selector] = reader.array("component")?;
            let (h, v) = (sampling >> 4, sampling & 15);
            if !(1..=4).contains(&h) || !(1..=4).contains(&v) || selector > 3 {
                return Err(malformed("component", offset));
            }
            if components.iter().any(|component| component.id == id) {
                return Err(malformed("component identifier", offset));
            }
            components.push(Component { id, h, v, quantization: 0 });
            selectors.push(selector);
        }
        if let [only] = components.as_mut_slice() {
            // The sampling factors of a single component say nothing (T.81, A.2.2).
            (only.h, only.v) = (1, 1);
        }
        self.budget.pixels(width.into(), height.into(), 8)?;
        self.frame = Some(Frame {
            width,
            height,
            progressive: marker == 0xC2,
            components,
            selectors,
            latched: vec![None; count],
            precision: vec![[None; 64]; count],
            planes: None,
            tokens: None,
        });
        Ok(())
    }

    /// DNL, which is only of use for a frame without a height.
    fn number_of_lines(&mut self, reader: &mut Reader<'_>) -> Result<(), Error> {
        let offset = reader.offset();
        let lines = reader.u16_be("number of lines")?;
        match &self.frame {
            Some(frame) if frame.height == lines => Ok(()),
            _ => Err(malformed("number of lines", offset)),
        }
    }

    /// Reads a scan whose entropy-coded data starts at `position`; returns where the next marker is looked for.
    fn scan(&mut self, reader: &mut Reader<'_>, position: usize) -> Result<usize, Error> {
        let offset = reader.offset();
        let bad = |what| malformed(what, offset);
        let budget = self.budget;
        let frame = self.frame.as_mut().ok_or_else(|| bad("scan before frame"))?;
        let count = usize::from(reader.u8("number of components in scan")?);
        if !(1..=4).contains(&count) {
            return Err(bad("number of components in scan"));
        }
        let mut parts: Vec<Part> = Vec::with_capacity(count);
        for _ in 0..count {
            let [id, tables] = reader.array("scan component")?;
            let index = frame.components.iter().position(|component| component.id == id);
            let index = index.ok_or_else(|| bad("scan component"))?;
            if parts.last().is_some_and(|last| last.index >= index) {
                return Err(bad("order of scan components"));
            }
            parts.push(Part { index, dc: tables >> 4, ac: tables & 15 });
        }
        let [start, end, approximation] = reader.array("spectral selection")?;
        let (high, low) = (approximation >> 4, approximation & 15);

        for part in &parts {
            let selector = frame.selectors.get(part.index).copied().unwrap_or(0);
            let table = self.quantization.get(usize::from(selector)).copied().flatten();
            if let Some(latched) = frame.latched.get_mut(part.index)
                && latched.is_none()
            {
                *latched = Some(table.ok_or_else(|| bad("missing quantization table"))?);
            }
        }
        let (start, end, high, low) = if frame.progressive {
            let valid = if start == 0 { end == 0 } else { start <= end && end < 64 && count == 1 };
            if !valid || low > 9 || (high != 0 && high != low + 1) {
                return Err(bad("progressive scan parameters"));
            }
            (start, end, high, low)
        } else {
            (0, 63, 0, 0)
        };
        for part in &parts {
            let Some(precision) = frame.precision.get_mut(part.index) else { continue };
            for coefficient in precision.get_mut(usize::from(start)..=usize::from(end)).unwrap_or_default() {
                let expected = if high == 0 { None } else { Some(high) };
                if *coefficient != expected {
                    return Err(bad("scan out of order"));
                }
                *coefficient = Some(low);
            }
        }

        let grid = Grid::new(frame.width, frame.height, &frame.components);
        let components: Vec<(usize, Component)> =
            parts.iter().filter_map(|part| Some((part.index, *frame.components.get(part.index)?))).collect();
        let (columns, rows, blocks) = match components.as_slice() {
            [(_, only)] => {
                let extent = grid.extent(frame.width, frame.height, only);
                (extent.columns, extent.rows, 1)
            }
            several => {
                let blocks = several.iter().map(|(_, part)| u32::from(part.h) * u32::from(part.v)).sum();
                if blocks > super::MCU_BLOCKS {
                    return Err(bad("blocks in MCU"));
                }
                (grid.mcus_x, grid.mcus_y, blocks)
            }
        };
        let shape = Walk { columns, rows, blocks, restart_interval: u32::from(self.restart_interval) };
        let data = self.input.get(position..).unwrap_or_default();
        let table = |tables: &[Option<Spec>; 4], number: u8, role: Role| {
            let spec = match tables.get(usize::from(number)).and_then(Option::as_ref) {
                Some(spec) => Some(DecodeTable::new(spec, role)),
                None => standard(role, number).map(|spec| DecodeTable::new(&spec, role)),
            };
            spec.ok_or_else(|| bad("missing Huffman table"))
        };

        let in_one_scan =
            !frame.progressive && count == frame.components.len() && interleaves(&frame.components);
        if !in_one_scan && frame.planes.is_none() {
            frame.planes = Some(Plane::all(frame.width, frame.height, &frame.components, budget)?);
        }
        let mut clamped = false;
        let walked: Walked<'_>;
        if !frame.progressive {
            let mut units = Vec::new();
            let mut ac_tables: Vec<(u8, u32, Rc<AcTable>)> = Vec::new();
            for (part, (_, component)) in parts.iter().zip(&components) {
                let extent = grid.extent(frame.width, frame.height, component);
                let (h, v) =
                    if count == 1 { (1, 1) } else { (u32::from(component.h), u32::from(component.v)) };
                let dc: Rc<DecodeTable> = table(&self.dc, part.dc, Role::Dc)?.into();
                let output = table_of(part.index);
                let known = ac_tables.iter().find(|known| (known.0, known.1) == (part.ac, output));
                let ac = match known {
                    Some((.., table)) => Rc::clone(table),
                    None => {
                        let ac = Rc::from(AcTable::new(*table(&self.ac, part.ac, Role::Ac(output))?));
                        ac_tables.push((part.ac, output, Rc::clone(&ac)));
                        ac
                    }
                };
                for (down, right) in (0..v).flat_map(|down| (0..h).map(move |right| (down, right))) {
                    units.push(Unit {
                        component: part.index,
                        h,
                        v,
                        right,
                        down,
                        columns: extent.columns,
                        rows: extent.rows,
                        dc: Rc::clone(&dc),
                        ac: Rc::clone(&ac),
                    });
                }
            }
            let sink = match &mut frame.planes {
                Some(planes) => Sink::Planes(planes),
                None => Sink::Tokens(Tokens::new()),
            };
            let mut decoder = Sequential::new(units, sink);
            walked = walk(shape, data, budget, &mut decoder)?;
            clamped |= decoder.clamped;
            if let Some(tokens) = decoder.finish(budget)? {
                frame.tokens = Some(tokens);
            }
        } else if start == 0 {
            let mut dc_parts = Vec::new();
            let planes = frame.planes.iter_mut().flatten().enumerate();
            let mut wanted = parts.iter().zip(&components).peekable();
            for (index, plane) in planes {
                if let Some((part, (_, component))) = wanted.next_if(|(part, _)| part.index == index) {
                    let empty = Spec { counts: [0; 16], symbols: Vec::new() };
                    dc_parts.push(DcPart {
                        plane,
                        h: if count == 1 { 1 } else { u32::from(component.h) },
                        v: if count == 1 { 1 } else { u32::from(component.v) },
                        table: if high == 0 {
                            table(&self.dc, part.dc, Role::Dc)?
                        } else {
                            DecodeTable::new(&empty, Role::Dc)
                        },
                    });
                }
            }
            walked = if high == 0 {
                let mut decoder =
                    DcFirst { parts: dc_parts, low: u32::from(low), predictions: [0; 4], clamped: false };
                let walked = walk(shape, data, budget, &mut decoder)?;
                clamped |= decoder.clamped;
                walked
            } else {
                walk(shape, data, budget, &mut DcRefine { parts: dc_parts, low: u32::from(low) })?
            };
        } else {
            let part = parts.first().ok_or_else(|| bad("scan component"))?;
            let plane = frame.planes.as_mut().and_then(|planes| planes.get_mut(part.index));
            let scan = AcScan {
                plane: plane.ok_or(Error::Internal("component without blocks"))?,
                table: table(&self.ac, part.ac, Role::ProgressiveAc)?,
                start: u32::from(start),
                end: u32::from(end),
                low: u32::from(low),
                ended_blocks: 0,
            };
            walked = if high == 0 {
                walk(shape, data, budget, &mut AcFirst(scan))?
            } else {
                walk(shape, data, budget, &mut AcRefine(scan))?
            };
        }

        if self.scans == 0 && walked.rest.len() == data.len() {
            return Err(malformed("entropy-coded data", position as u64));
        }
        self.scans += 1;
        self.damaged |= walked.damaged | clamped;
        // Whole bytes that were fetched and not used belong to nothing, as do those up to the next marker.
        let next = self.input.len() - walked.rest.len();
        if walked.unused > 0 {
            self.stray(next - walked.unused.min(next), walked.unused)?;
        }
        Ok(next)
    }

    fn finish(self) -> Result<Decoded<'a>, Error> {
        let end = self.input.len() as u64;
        let mut frame = self.frame.ok_or_else(|| malformed("frame", end))?;
        if self.scans == 0 {
            return Err(malformed("scan", end));
        }
        let mut damaged = self.damaged;
        let mut quantization: Vec<[u16; 64]> = Vec::new();
        for (component, latched) in frame.components.iter_mut().zip(&frame.latched) {
            // A component whose scan is missing is grey, whatever its steps.
            damaged |= latched.is_none();
            let table = latched.unwrap_or([1; 64]);
            let known = quantization.iter().position(|known| *known == table);
            component.quantization = known.unwrap_or(quantization.len()) as u8;
            if known.is_none() {
                quantization.push(table);
            }
        }
        let coefficients = match (frame.tokens, frame.planes) {
            (Some(tokens), _) => Coefficients::Tokens(tokens),
            (None, Some(planes)) => Coefficients::Blocks(planes),
            (None, None) => return Err(Error::Internal("picture without coefficients")),
        };
        let jfif = self.segments.iter().any(|segment| segment.kind == SegmentKind::Jfif);
        Ok(Decoded {
            width: frame.width,
            height: frame.height,
            color: color(&frame.components, jfif, self.adobe_transform),
            components: frame.components,
            quantization,
            progressive: frame.progressive,
            density: self.density,
            segments: self.segments,
            trailing: self.trailing,
            damaged,
            coefficients,
        })
    }
}

/// As `default_decompress_parms` of libjpeg.
fn color(components: &[Component], jfif: bool, adobe_transform: Option<u8>) -> Color {
    match (components, adobe_transform) {
        ([_], _) => Color::Grey,
        ([_, _, _], _) if jfif => Color::YCbCr,
        ([_, _, _], Some(0)) => Color::Rgb,
        ([_, _, _], Some(_)) => Color::YCbCr,
        ([a, b, c], None) if [a.id, b.id, c.id] == *b"RGB" => Color::Rgb,
        ([_, _, _], None) => Color::YCbCr,
        ([_, _, _, _], None) => Color::Cmyk,
        ([_, _, _, _], Some(0)) => Color::AdobeCmyk,
        ([_, _, _, _], Some(_)) => Color::Ycck,
        _ => Color::Unknown,
    }
}
