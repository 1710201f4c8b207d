//! Strips whose codes stay: read and written anew where nothing of the page's samples has to change.

use super::{
    decode::Layout,
    model::{Packing, Strips},
    unpack,
};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::{
        codec::repack,
        group4::Group4,
        jpeg::{self, Color},
        lzw,
        raster::SMALL,
    },
};

/// Strips made anew, and which symbols they give, where those are samples.
pub(super) struct Kept {
    pub(super) strips: Strips,
    pub(super) symbols: [bool; 256],
}

/// The strips of a page, if they can be written of the codes they have: exactly as many, each giving exactly its rows,
/// of samples that are written as they are. The caller has seen that nothing else changes them.
pub(super) fn kept(
    input: &[u8],
    layout: &Layout,
    tables: Option<&[u8]>,
    budget: &Budget,
) -> Result<Option<Kept>, Error> {
    let Some(bodies) = bodies(input, layout) else { return Ok(None) };
    match layout.compression {
        2..=4 if layout.bits == 1 && layout.channels == 1 => fax(&bodies, layout, budget),
        5 => lzw(&bodies, layout, budget),
        8 | 32_946 => deflate(&bodies, layout, budget),
        7 => jpeg(&bodies, layout, tables, budget),
        _ => Ok(None),
    }
}

/// Each strip and its number of rows, if there is one for all rows of the page and they do not overlap.
fn bodies<'a>(input: &'a [u8], layout: &Layout) -> Option<Vec<(&'a [u8], u32)>> {
    let rows = layout.rows_of_strips()?;
    let count = layout.height.div_ceil(rows) as usize;
    let mut bodies = Vec::new();
    let mut total = 0_usize;
    for (index, (offset, length)) in layout.chunks().iter().take(count).enumerate() {
        let start = usize::try_from(*offset).ok()?;
        let stop = usize::try_from(offset.saturating_add(*length)).unwrap_or(usize::MAX).min(input.len());
        let body = input.get(start..stop)?;
        // Strips that share their bytes would make more of them.
        total = total.saturating_add(body.len());
        bodies.push((body, rows.min(layout.height - index as u32 * rows)));
    }
    (bodies.len() == count && total <= input.len()).then_some(bodies)
}

/// One strip of group 4 for the page, written from where colours change, without a row of pixels in between.
fn fax(bodies: &[(&[u8], u32)], layout: &Layout, budget: &Budget) -> Result<Option<Kept>, Error> {
    if !matches!(layout.photometric, 0 | 1) {
        return Ok(None);
    }
    let mut sink = FaxRows {
        picture: Group4::new(layout.width),
        inverted: layout.photometric == 1,
        changes: Vec::new(),
        rows: 0,
    };
    let (mut size, mut done) = (0, 0);
    let mut reversed = Vec::new();
    for (body, rows) in bodies {
        budget.check()?;
        size += body.len();
        let body = if layout.reversed_bits {
            reversed.clear();
            reversed.extend(body.iter().map(|byte| byte.reverse_bits()));
            &reversed
        } else {
            *body
        };
        sink.rows = 0;
        let read = unpack::fax_rows(body, layout, layout.width, *rows, &mut sink);
        if sink.rows == 0 {
            read?;
        }
        done += rows;
        // Rows that cannot be read are white.
        for _ in sink.rows..*rows {
            hayro_ccitt::Decoder::push_row(&mut sink, &[]);
        }
    }
    let strip = sink.picture.finish();
    // Patterns of dots may grow; there is another packing for them.
    if strip.len() > size + size / 16 + 64 {
        return Ok(None);
    }
    let strips = Strips { packing: Packing::Group4, rows: done.max(1), list: vec![strip] };
    Ok(Some(Kept { strips, symbols: [false; 256] }))
}

/// Takes rows of a fax, and writes them.
struct FaxRows {
    picture: Group4,
    /// White is written where the fax has black.
    inverted: bool,
    changes: Vec<u32>,
    /// Of the strip at hand.
    rows: u32,
}

impl hayro_ccitt::Decoder for FaxRows {
    fn push_row(&mut self, changes: &[u32]) {
        self.rows += 1;
        if !self.inverted {
            return self.picture.row(changes);
        }
        // The other colour begins: at once, or no longer at once.
        match changes.split_first() {
            Some((0, changes)) => self.picture.row(changes),
            _ => {
                self.changes.clear();
                self.changes.push(0);
                self.changes.extend_from_slice(changes);
                self.picture.row(&self.changes);
            }
        }
    }
}

/// Strips of the LZW codes that there are.
fn lzw(bodies: &[(&[u8], u32)], layout: &Layout, budget: &Budget) -> Result<Option<Kept>, Error> {
    let Some(predicted) = predicted(layout) else { return Ok(None) };
    let mut symbols = [false; 256];
    let mut list = Vec::with_capacity(bodies.len());
    for (body, rows) in bodies {
        let size = layout.row(layout.width, layout.channels).saturating_mul((*rows).into());
        let kept = if unpack::is_old_lzw(body) {
            None
        } else {
            lzw::rewrite(body, lzw::Kind::Tiff, 8, size, budget)?
        };
        let Some(kept) = kept else { return Ok(None) };
        symbols.iter_mut().zip(kept.symbols).for_each(|(all, one)| *all |= one);
        list.push(kept.stream);
    }
    let rows = bodies.first().map_or(1, |(_, rows)| *rows);
    Ok(Some(Kept { strips: Strips { packing: Packing::Lzw { predicted }, rows, list }, symbols }))
}

/// Bytes of samples: shorter strips are put together and packed anew, for codes of each take longer, and more room.
const SHORT: u64 = 2 << 10;

/// Strips of the symbols of Deflate that there are. As with PNG not of small pictures: what was written into the bits
/// of a stream does not come out as it came in.
fn deflate(bodies: &[(&[u8], u32)], layout: &Layout, budget: &Budget) -> Result<Option<Kept>, Error> {
    let Some(predicted) = predicted(layout) else { return Ok(None) };
    let row = layout.row(layout.width, layout.channels);
    let first = bodies.first().map_or(0, |(_, rows)| row.saturating_mul((*rows).into()));
    if layout.size() <= SMALL as u64 || first < SHORT {
        return Ok(None);
    }
    let mut symbols = [false; 256];
    let mut list = Vec::with_capacity(bodies.len());
    for (body, rows) in bodies {
        budget.check()?;
        let size = row.saturating_mul((*rows).into());
        if !repack::may_keep(body.len() as u64, size, budget) {
            return Ok(None);
        }
        let Some(unpacked) = repack::inflate_zlib_exact(body, size, budget)? else { return Ok(None) };
        let strip = unpacked.symbols.as_ref().and_then(|kept| repack::of_symbols(kept, &unpacked.plain));
        let strip = strip.filter(|strip| !repack::is_hardly_packed(strip.len() as u64, size));
        let Some(strip) = strip else { return Ok(None) };
        if layout.photometric == 3 {
            for symbol in unpacked.plain.iter() {
                if let Some(is_used) = symbols.get_mut(usize::from(*symbol)) {
                    *is_used = true;
                }
            }
        }
        list.push(strip);
        unpacked.give_back(budget);
    }
    let rows = bodies.first().map_or(1, |(_, rows)| *rows);
    Ok(Some(Kept { strips: Strips { packing: Packing::Deflate { predicted }, rows, list }, symbols }))
}

/// Whether strips are differences of samples, where they may go out as they are stored.
fn predicted(layout: &Layout) -> Option<bool> {
    // Differences say nothing about which entries of a palette are seen.
    let is_unknown = |predicted| layout.photometric == 3 && (predicted || layout.bits != 8);
    layout.is_plain().filter(|predicted| !is_unknown(*predicted))
}

/// Strips of the coefficients that there are.
fn jpeg(
    bodies: &[(&[u8], u32)],
    layout: &Layout,
    tables: Option<&[u8]>,
    budget: &Budget,
) -> Result<Option<Kept>, Error> {
    let expected = match (layout.photometric, layout.channels) {
        (1, 1) => Color::Grey,
        (2, 3) => Color::Rgb,
        (6, 3) => Color::YCbCr,
        _ => return Ok(None),
    };
    if layout.bits != 8 || layout.is_widened() || layout.reversed_bits {
        return Ok(None);
    }
    let mut list = Vec::with_capacity(bodies.len());
    let mut common = None;
    for (body, rows) in bodies {
        let Ok(stream) = unpack::jpeg_stream(body, layout, layout.channels, tables) else { return Ok(None) };
        let picture = match jpeg::read(&stream, budget) {
            Ok(picture) => picture,
            Err(Error::Limit(limit)) => return Err(Error::Limit(limit)),
            Err(_) => return Ok(None),
        };
        let sampling: Vec<(u8, u8)> = picture.components.iter().map(|each| (each.h, each.v)).collect();
        // How coarse chroma is stands in a tag, once for the page.
        let is_common = *common.get_or_insert_with(|| sampling.clone()) == sampling;
        let fits = (u32::from(picture.width), u32::from(picture.height)) == (layout.width, *rows);
        if picture.damaged || picture.color != expected || !fits || !is_common {
            return Ok(None);
        }
        list.push(jpeg::write(&picture, None, budget)?);
    }
    let chroma = match common.as_deref() {
        Some([(h @ 1..=4, v @ 1..=4), (1, 1), (1, 1)]) if expected == Color::YCbCr && *h != 3 && *v != 3 => {
            Some((*h, *v))
        }
        Some([(1, 1)]) => None,
        Some([(1, 1), (1, 1), (1, 1)]) if expected == Color::Rgb => None,
        _ => return Ok(None),
    };
    let rows = bodies.first().map_or(1, |(_, rows)| *rows);
    let tables = shared_tables(&mut list);
    let strips = Strips { packing: Packing::Jpeg { chroma, tables }, rows, list };
    Ok(Some(Kept { strips, symbols: [false; 256] }))
}

/// Takes the segments before the frame header out of strips that all have the same, and makes a stream of the
/// quantisers among them. Many writers have strips of one row of blocks, which would grow by a tenth. What strips say
/// about their colours the page says.
fn shared_tables(list: &mut [Vec<u8>]) -> Option<Vec<u8>> {
    let [first, _, ..] = &*list else { return None };
    let (mut tables, mut at) = (vec![0xff, 0xd8], 2);
    while let Some([0xff, marker @ (0xdb | 0xe0 | 0xee), high, low]) = first.get(at..at + 4) {
        let end = at + 2 + usize::from(u16::from_be_bytes([*high, *low]));
        if *marker == 0xdb {
            tables.extend_from_slice(first.get(at..end)?);
        }
        at = end;
    }
    let head = first.get(..at)?.to_vec();
    if !list.iter().all(|strip| strip.starts_with(&head)) {
        return None;
    }
    for strip in list {
        strip.drain(2..head.len());
    }
    tables.extend_from_slice(&[0xff, 0xd9]);
    Some(tables)
}
