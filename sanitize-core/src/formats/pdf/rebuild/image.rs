//! Pictures: the bytes are decoded or checked, and written with dimensions that fit them.

use super::{
    content::{self, InlineImage},
    jbig2, jpx,
    samples::Shape,
    stream::encoded,
    walk::Walk,
};
use crate::{
    budget::Budget,
    error::Error,
    formats::pdf::{
        model::{
            Encoding, Fields, Item, Value,
            allow::{Rule, TypeId},
            tables as types,
        },
        parse::{
            filter::{self, Filter, Keep, Picture},
            object::{Dict, Object, Stream},
        },
        threats,
        write::{put_int, put_name, put_real, put_string},
    },
    toolkits::{
        codec::flate::{self, Wrapper},
        group4::{self, Group4},
        jpeg::{self, Color},
    },
};

/// Samples as they come out of a decoder.
pub(super) struct Samples {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) bits: u32,
    pub(super) colors: u32,
    pub(super) bytes: Vec<u8>,
    /// A channel of its own, eight bits.
    pub(super) alpha: Option<Vec<u8>>,
    /// The colours a JPEG 2000 file says it has.
    pub(super) space: Option<&'static str>,
}

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// A picture as a new stream.
    pub(crate) fn image(&mut self, kind: TypeId, stream: &'d Stream<'s>) -> Result<Option<Item>, Error> {
        let dict = &stream.dict;
        let number = |walk: &Self, key: &[u8]| -> Result<Option<u32>, Error> {
            Ok(walk.get(dict.get(key))?.as_int().and_then(|value| u32::try_from(value).ok()))
        };
        let (Some(width), Some(height)) = (number(self, b"Width")?, number(self, b"Height")?) else {
            self.removed(&threats::DCT_AND_CCITT)?;
            return Ok(None);
        };
        let mask =
            *self.get(dict.get(b"ImageMask"))? == Object::Bool(true) || kind == types::XOBJECT_IMAGE_MASK;
        let bits = if mask { 1 } else { number(self, b"BitsPerComponent")?.unwrap_or(8) };
        if width == 0 || height == 0 || !matches!(bits, 1 | 2 | 4 | 8 | 16) {
            self.removed(&threats::DCT_AND_CCITT)?;
            return Ok(None);
        }
        let space = if mask { &Object::Null } else { self.get(dict.get(b"ColorSpace"))? };
        let colors = if mask { Some(1) } else { self.components(dict.get(b"ColorSpace"), 0)? };
        let shape = colors.map(|colors| Shape { width, height, bits, colors });
        let kept = match shape {
            Some(shape) if is_flat(stream) => {
                self.ctx.budget().pixels(width, height, bits.saturating_mul(shape.colors))?;
                self.kept(stream, shape)?
            }
            _ => None,
        };
        let (mut bytes, picture, parameters) = match kept {
            Some(_) => (Vec::new(), None, Dict::default()),
            None => match self.picture_bytes(stream)? {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        let bits_per_pixel = match picture {
            // It says itself how large it is, and pays for that.
            Some(Picture::Dct) => None,
            Some(Picture::Ccitt | Picture::Jbig2) => Some(1),
            Some(Picture::Jpx) => Some(8),
            None => Some(bits.saturating_mul(colors.unwrap_or(1))),
        };
        if let Some(bits) = bits_per_pixel {
            self.ctx.budget().pixels(width, height, bits)?;
        }
        let mut fields = self.dict(kind, dict)?;
        fields.set("Subtype", Value::name("Image"));
        fields.set("Width", Value::Int(i64::from(width)));
        fields.set("Height", Value::Int(i64::from(height)));
        if mask {
            fields.set("ImageMask", Value::Bool(true));
        }
        let written_space = match space {
            Object::Null => None,
            _ => self.hooked_space(kind, dict)?,
        };
        if let Object::Array(decode) = self.get(dict.get(b"Decode"))? {
            let mut numbers = Vec::new();
            for item in decode.iter().take(64) {
                numbers.push(self.get(item)?.as_number().unwrap_or(0.0));
            }
            if colors.is_none_or(|colors| numbers.len() >= 2 * colors as usize) {
                fields.set("Decode", super::page::numbers(&numbers));
            }
        }
        self.masks(dict, &mut fields)?;
        if picture == Some(Picture::Dct) {
            let transform = parameters.get(b"ColorTransform").as_int();
            let Some(jpeg) = self.recoded(&bytes, transform)? else {
                self.removed(&threats::DCT_AND_CCITT)?;
                return Ok(None);
            };
            let device = match jpeg.colors {
                1 => Some("DeviceGray"),
                3 => Some("DeviceRGB"),
                4 => Some("DeviceCMYK"),
                _ => None,
            };
            let fits = colors.is_some_and(|colors| colors == jpeg.colors);
            if jpeg.left_out {
                self.removed(&threats::DCT_AND_CCITT)?;
            }
            if jpeg.damaged || (jpeg.width, jpeg.height) != (width, height) || (colors.is_some() && !fits) {
                self.replaced(&threats::DCT_AND_CCITT)?;
            }
            fields.set("Width", Value::Int(i64::from(jpeg.width)));
            fields.set("Height", Value::Int(i64::from(jpeg.height)));
            fields.set("BitsPerComponent", Value::Int(8));
            match (written_space.filter(|_| fits), device) {
                (Some(space), _) => fields.set("ColorSpace", space),
                (None, Some(device)) => {
                    fields.set("ColorSpace", Value::name(device));
                    if colors.is_some() {
                        fields.remove(b"Decode");
                    }
                }
                (None, None) => return Ok(None),
            }
            return Ok(Some(encoded(fields, Encoding::Dct, jpeg.bytes)));
        }
        if let Some(kept) = kept {
            // In the order in which a picture that was decoded has them.
            fields.set("Width", Value::Int(i64::from(width)));
            fields.set("Height", Value::Int(i64::from(height)));
            fields.set("BitsPerComponent", Value::Int(i64::from(bits)));
            if let Some(space) = written_space {
                fields.set("ColorSpace", space);
            }
            return Ok(Some(kept.item(fields)));
        }
        match picture {
            Some(Picture::Jbig2) => self.replaced(&threats::JBIG2)?,
            Some(Picture::Jpx) => self.replaced(&threats::JPX)?,
            None if self.is_packed_otherwise(dict)? => self.replaced(&threats::DCT_AND_CCITT)?,
            _ => (),
        }
        let samples = match picture {
            None => Some(Samples {
                width,
                height,
                bits,
                colors: colors.unwrap_or(1),
                bytes: std::mem::take(&mut bytes),
                alpha: None,
                space: None,
            }),
            Some(Picture::Ccitt) => ccitt(&bytes, &parameters, width, height, self.ctx.budget())?,
            Some(Picture::Jbig2) => {
                self.ctx.budget().expand(row(width, 1, 1).saturating_mul(u64::from(height)))?;
                let globals = self.get_owned(parameters.get(b"JBIG2Globals"))?.unwrap_or_default();
                jbig2::samples(&bytes, &globals, width, height)
            }
            Some(Picture::Jpx) => {
                let indexed = self.is_indexed(dict.get(b"ColorSpace"))?;
                if indexed {
                    // What the samples stand for is in the palette alone (7.4.9).
                    fields.remove(b"Decode");
                }
                jpx::samples(&bytes, indexed, self.ctx.budget())?
            }
            Some(Picture::Dct) => None,
        };
        let Some(mut samples) = samples else {
            self.removed(match picture {
                Some(Picture::Jbig2) => &threats::JBIG2,
                Some(Picture::Jpx) => &threats::JPX,
                _ => &threats::DCT_AND_CCITT,
            })?;
            return Ok(None);
        };
        if picture == Some(Picture::Jpx) && mask {
            // A stencil has one bit for each pixel, which JPEG 2000 does not give (ISO 32000-1, 7.4.9).
            self.removed(&threats::JPX)?;
            return Ok(None);
        }
        if let Some(alpha) = samples.alpha.take()
            && self.get(dict.get(b"SMaskInData"))?.as_int() == Some(1)
        {
            let mut mask = Fields::default();
            mask.set("Type", Value::name("XObject"));
            mask.set("Subtype", Value::name("Image"));
            mask.set("Width", Value::Int(i64::from(samples.width)));
            mask.set("Height", Value::Int(i64::from(samples.height)));
            mask.set("BitsPerComponent", Value::Int(8));
            mask.set("ColorSpace", Value::name("DeviceGray"));
            let (width, height) = (samples.width, samples.height);
            let alpha = Samples { width, height, bits: 8, colors: 1, bytes: alpha, alpha: None, space: None };
            let item = self.flat(&alpha)?.item(mask);
            fields.set("SMask", Value::Ref(self.graph.add(item)));
        }
        // The decoder of JPEG 2000 knows the real size; what the dictionary claims must not differ.
        fields.set("Width", Value::Int(i64::from(samples.width)));
        fields.set("Height", Value::Int(i64::from(samples.height)));
        fields.set("BitsPerComponent", Value::Int(i64::from(samples.bits)));
        match (written_space, samples.space) {
            (Some(space), _) if picture.is_none() || colors == Some(samples.colors) => {
                fields.set("ColorSpace", space);
            }
            (_, Some(space)) if !mask => {
                fields.set("ColorSpace", Value::name(space));
                if colors != Some(samples.colors) {
                    // Of the colours that the dictionary claims.
                    fields.remove(b"Decode");
                }
            }
            // A fax has one colour, whatever space the dictionary claims.
            (Some(_), None) if !mask => {
                self.replaced(&threats::DCT_AND_CCITT)?;
                fields.set("ColorSpace", Value::name("DeviceGray"));
            }
            _ => (),
        }
        let needed =
            row(samples.width, samples.bits, samples.colors).saturating_mul(u64::from(samples.height));
        let Ok(needed) = usize::try_from(needed) else { return Ok(None) };
        if samples.bytes.len() < needed {
            self.ctx.budget().expand((needed - samples.bytes.len()) as u64)?;
            self.replaced(&threats::STREAM_LENGTH_CONFUSION)?;
        }
        samples.bytes.resize(needed, 0);
        if let Some(fax @ (Picture::Ccitt | Picture::Jbig2)) = picture {
            let source = (fax == Picture::Ccitt).then_some((bytes.as_slice(), &parameters));
            return self.fax(fields, &samples, source).map(Some);
        }
        Ok(Some(self.flat(&samples)?.item(fields)))
    }

    /// A picture of black and white as a fax, or deflated where that is smaller. `source` is the fax that it was, and
    /// how that was read: what is not the same again is recorded.
    fn fax(
        &mut self,
        fields: Fields,
        samples: &Samples,
        source: Option<(&[u8], &Dict<'_>)>,
    ) -> Result<Item, Error> {
        let (columns, rows) = (samples.width, samples.height);
        let black_is_1 = source.is_some_and(|(_, how)| *how.get(b"BlackIs1") == Object::Bool(true));
        let mut picture = Group4::new(columns);
        let mut changes = Vec::new();
        for (index, line) in samples.bytes.chunks(row(columns, 1, 1).max(1) as usize).enumerate() {
            if index % 1024 == 0 {
                self.ctx.budget().check()?;
            }
            group4::changes(line, columns, black_is_1, &mut changes);
            picture.row(&changes);
        }
        let fax = picture.finish();
        let deflated = match fax.len() <= samples.bytes.len() / 4 {
            true => None,
            false => Some(self.flat(samples)?),
        };
        let deflated = deflated.filter(|deflated| deflated.len() < fax.len());
        let is_same = deflated.is_none()
            && source.is_some_and(|(bytes, how)| {
                let says = |key: &[u8], value: i64| how.get(key).as_int() == Some(value);
                let own = says(b"K", -1) && says(b"Columns", columns.into()) && says(b"Rows", rows.into());
                own && how.len() == 3 + usize::from(black_is_1) && bytes == fax
            });
        if source.is_some() && !is_same {
            self.replaced(&threats::DCT_AND_CCITT)?;
        }
        Ok(match deflated {
            Some(deflated) => deflated.item(fields),
            None => encoded(fields, Encoding::Group4 { columns, rows, black_is_1 }, fax),
        })
    }

    /// True for the codings of old, in which bytes may stand behind the picture.
    fn is_packed_otherwise(&self, dict: &'d Dict<'s>) -> Result<bool, Error> {
        let old =
            |name: Option<&[u8]>| matches!(name, Some(b"LZWDecode" | b"LZW" | b"RunLengthDecode" | b"RL"));
        Ok(match self.get(dict.get(b"Filter"))? {
            Object::Array(names) => names.iter().take(filter::CHAIN).any(|name| old(name.as_name())),
            name => old(name.as_name()),
        })
    }

    /// The decoded bytes of a stream that `object` refers to.
    fn get_owned(&mut self, object: &Object<'_>) -> Result<Option<Vec<u8>>, Error> {
        let Some(number) = object.as_ref() else { return Ok(None) };
        let object = self.document.object(number)?;
        match self.get(object)? {
            Object::Stream(stream) => self.plain(stream),
            _ => Ok(None),
        }
    }

    fn hooked_space(&mut self, kind: TypeId, dict: &'d Dict<'s>) -> Result<Option<Value>, Error> {
        let rule = kind.row().key(b"ColorSpace").or_else(|| types::XOBJECT_IMAGE.row().key(b"ColorSpace"));
        match rule.map(|key| &key.rule) {
            Some(Rule::Hook(_)) => {
                // Soft masks may only be grey in the model; viewers read what any image may have.
                match types::XOBJECT_IMAGE.row().key(b"ColorSpace").map(|key| &key.rule) {
                    Some(Rule::Hook(allowed)) => self.value(dict.get(b"ColorSpace"), allowed),
                    _ => Ok(None),
                }
            }
            _ => Ok(None),
        }
    }

    /// `/Mask` and `/SMask`.
    fn masks(&mut self, dict: &'d Dict<'s>, fields: &mut Fields) -> Result<(), Error> {
        let (number, mask) = self.document.follow(dict.get(b"Mask"))?;
        match mask {
            Object::Array(ranges) => {
                let mut numbers = Vec::new();
                for range in ranges.iter().take(64) {
                    numbers.push(self.get(range)?.as_int().map_or(Value::Int(0), Value::Int));
                }
                fields.set("Mask", Value::Array(numbers));
            }
            Object::Stream(stencil) => {
                let is_stencil = *self.get(stencil.dict.get(b"ImageMask"))? == Object::Bool(true);
                match number {
                    Some(number) if is_stencil => {
                        fields.set("Mask", Value::Ref(self.assign(number, types::XOBJECT_IMAGE_MASK)?));
                    }
                    // Viewers take a picture in grey that stands here for how much is seen.
                    Some(number) => {
                        self.replaced(&threats::DCT_AND_CCITT)?;
                        fields.set("SMask", Value::Ref(self.assign(number, types::XOBJECT_IMAGE_SOFT_MASK)?));
                    }
                    None => (),
                }
            }
            _ => (),
        }
        let (number, mask) = self.document.follow(dict.get(b"SMask"))?;
        if let (Some(number), Object::Stream(_)) = (number, mask) {
            fields.set("SMask", Value::Ref(self.assign(number, types::XOBJECT_IMAGE_SOFT_MASK)?));
        }
        Ok(())
    }

    fn is_indexed(&self, space: &'d Object<'s>) -> Result<bool, Error> {
        let Some(first) = self.get(space)?.as_array().and_then(<[_]>::first) else { return Ok(false) };
        Ok(matches!(self.get(first)?.as_name(), Some(b"Indexed" | b"I")))
    }

    /// How many colours a colour space has.
    pub(crate) fn components(&self, space: &'d Object<'s>, depth: u32) -> Result<Option<u32>, Error> {
        let space = self.get(space)?;
        let name = match space {
            Object::Name(name) => &**name,
            Object::Array(items) => match items.first() {
                Some(first) => self.get(first)?.as_name().unwrap_or_default(),
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        let second = space.as_array().and_then(|items| items.get(1));
        Ok(match name {
            b"DeviceGray" | b"CalGray" | b"G" | b"Indexed" | b"I" | b"Separation" => Some(1),
            b"DeviceRGB" | b"CalRGB" | b"Lab" | b"RGB" => Some(3),
            b"DeviceCMYK" | b"CMYK" => Some(4),
            b"ICCBased" => match second {
                Some(profile) => match self.get(profile)?.as_dict() {
                    Some(dict) => self
                        .get(dict.get(b"N"))?
                        .as_int()
                        .filter(|n| matches!(n, 1 | 3 | 4))
                        .map(|n| n as u32),
                    None => None,
                },
                None => None,
            },
            b"DeviceN" => match second {
                Some(names) => self.get(names)?.as_array().and_then(|names| u32::try_from(names.len()).ok()),
                None => None,
            }
            .filter(|count| *count <= 32 && depth < 4),
            _ => None,
        })
    }
}

/// Whether the samples of a picture are packed by Deflate alone, as far as its dictionary says so itself.
fn is_flat(stream: &Stream<'_>) -> bool {
    let name = match stream.dict.get(b"Filter") {
        Object::Array(names) if names.len() == 1 => names.first().and_then(Object::as_name),
        name => name.as_name(),
    };
    name.and_then(Filter::by_name) == Some(Filter::Flate)
}

/// Bytes of a row.
pub(super) fn row(width: u32, bits: u32, colors: u32) -> u64 {
    u64::from(width).saturating_mul(u64::from(bits) * u64::from(colors)).div_ceil(8)
}

struct BitRows {
    columns: u32,
    bytes: Vec<u8>,
    limit: usize,
    black: bool,
}

impl hayro_ccitt::Decoder for BitRows {
    fn push_row(&mut self, changes: &[u32]) {
        let width = row(self.columns, 1, 1) as usize;
        if self.bytes.len() + width > self.limit {
            return;
        }
        let start = self.bytes.len();
        self.bytes.resize(start + width, 0);
        let Some(line) = self.bytes.get_mut(start..) else { return };
        for run in changes.chunks(2) {
            let from = run.first().copied().unwrap_or(0);
            let to = run.get(1).copied().unwrap_or(self.columns).min(self.columns);
            set_bits(line, from, to);
        }
        if !self.black {
            for byte in line {
                *byte = !*byte;
            }
        }
    }
}

fn set_bits(line: &mut [u8], from: u32, to: u32) {
    let mut at = from;
    while at < to {
        let Some(byte) = line.get_mut((at / 8) as usize) else { return };
        if at.is_multiple_of(8) && to - at >= 8 {
            *byte = 0xff;
            at += 8;
        } else {
            *byte |= 0x80 >> (at % 8);
            at += 1;
        }
    }
}

/// A fax. Its rows may be longer than the picture is wide, and are paid for as they are.
fn ccitt(
    bytes: &[u8],
    parameters: &Dict<'_>,
    width: u32,
    height: u32,
    budget: &Budget,
) -> Result<Option<Samples>, Error> {
    let number = |key: &[u8], default: i64| parameters.get(key).as_int().unwrap_or(default);
    let flag = |key: &[u8], default: bool| match parameters.get(key) {
        Object::Bool(value) => *value,
        _ => default,
    };
    let columns = u32::try_from(number(b"Columns", 1728)).ok();
    let Some(columns) = columns.filter(|columns| (1..=65_535).contains(columns)) else { return Ok(None) };
    budget.pixels(columns, height, 1)?;
    let rows = row(columns.max(width), 1, 1).saturating_mul(u64::from(height));
    budget.expand(rows.saturating_mul(if columns == width { 1 } else { 2 }))?;
    let k = number(b"K", 0);
    let settings = hayro_ccitt::DecodeSettings {
        columns,
        rows: height,
        end_of_block: flag(b"EndOfBlock", true),
        end_of_line: flag(b"EndOfLine", false),
        rows_are_byte_aligned: flag(b"EncodedByteAlign", false),
        encoding: match k {
            0 => hayro_ccitt::EncodingMode::Group3_1D,
            1.. => hayro_ccitt::EncodingMode::Group3_2D,
            _ => hayro_ccitt::EncodingMode::Group4,
        },
        strict: false,
    };
    let line = row(columns, 1, 1) as usize;
    let Some(limit) = line.checked_mul(height as usize) else { return Ok(None) };
    let mut rows = BitRows { columns, bytes: Vec::new(), limit, black: flag(b"BlackIs1", false) };
    let mut context = hayro_ccitt::DecoderContext::new(settings);
    // Rows before the damage are kept; the rest is white, as in viewers.
    let _read = hayro_ccitt::decode(bytes, &mut rows, &mut context);
    let white = if rows.black { 0 } else { 0xff };
    rows.bytes.resize(limit, white);
    let bytes = fit_rows(rows.bytes, height, line, row(width, 1, 1) as usize, white);
    Ok(Some(Samples { width, height, bits: 1, colors: 1, bytes, alpha: None, space: None }))
}

/// At most `rows` rows of `have` bytes, each cut or filled to `want` bytes.
pub(super) fn fit_rows(bytes: Vec<u8>, rows: u32, have: usize, want: usize, fill: u8) -> Vec<u8> {
    if have == want {
        return bytes;
    }
    let mut output = Vec::new();
    for line in bytes.chunks(have.max(1)).take(rows as usize) {
        let kept = line.get(..want).unwrap_or(line);
        output.extend_from_slice(kept);
        output.resize(output.len() + want - kept.len(), fill);
    }
    output
}

/// A JPEG stream made anew from its coefficients; `None` where they cannot be read.
///
/// `transform` is what the parameters of the filter say about the colours where the stream says nothing.
pub(crate) fn recoded(
    input: &[u8],
    transform: Option<i64>,
    budget: &Budget,
) -> Result<Option<Recoded>, Error> {
    // Bytes before the start of the picture are passed over by viewers.
    let start = memchr::memmem::find(input.get(..input.len().min(1024)).unwrap_or_default(), b"\xff\xd8");
    let Some(input) = start.and_then(|start| input.get(start..)) else { return Ok(None) };
    let leading = start.is_some_and(|start| start > 0);
    let mut decoded = match jpeg::read(input, budget) {
        Ok(decoded) => decoded,
        Err(Error::Limit(resource)) => return Err(Error::Limit(resource)),
        Err(_) => return Ok(None),
    };
    if !decoded.segments.iter().any(|segment| segment.kind == jpeg::SegmentKind::Adobe) {
        decoded.color = match (decoded.color, transform) {
            (Color::YCbCr, Some(0)) => Color::Rgb,
            (Color::Cmyk, Some(1)) => Color::Ycck,
            (color, _) => color,
        };
    }
    let bytes = match jpeg::write(&decoded, None, budget) {
        Ok(bytes) => bytes,
        Err(Error::Limit(resource)) => return Err(Error::Limit(resource)),
        Err(_) => return Ok(None),
    };
    let colors = u32::try_from(decoded.components.len()).unwrap_or(0);
    let needed = |kind| matches!(kind, jpeg::SegmentKind::Jfif | jpeg::SegmentKind::Adobe);
    // The line end before `endstream` is often counted in.
    let behind = decoded.trailing.and_then(|at| input.get(usize::try_from(at).ok()?..)).unwrap_or_default();
    let left_out = leading
        || decoded.segments.iter().any(|segment| !needed(segment.kind))
        || behind.iter().any(|byte| !matches!(byte, b'\r' | b'\n' | 0));
    Ok(Some(Recoded {
        bytes,
        width: u32::from(decoded.width),
        height: u32::from(decoded.height),
        colors,
        damaged: decoded.damaged,
        left_out,
    }))
}

/// A JPEG stream of our own.
pub(crate) struct Recoded {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
    colors: u32,
    damaged: bool,
    /// Segments that the picture does not need, or bytes around it.
    left_out: bool,
}

/// An inline picture written anew: its entries and its bytes.
pub(crate) fn inline(
    dict: &Dict<'_>,
    data: &[u8],
    level: u32,
    budget: &Budget,
) -> Result<Option<InlineImage>, Error> {
    let pick = |long: &[u8], short: &[u8]| content::entry(dict, long, short).clone();
    let number =
        |long: &[u8], short: &[u8]| pick(long, short).as_int().and_then(|value| u32::try_from(value).ok());
    let (Some(width), Some(height)) = (number(b"Width", b"W"), number(b"Height", b"H")) else {
        return Ok(None);
    };
    budget.pixels(width, height, 8)?;
    if width == 0 || height == 0 {
        return Ok(None);
    }
    let mask = pick(b"ImageMask", b"IM") == Object::Bool(true);
    let names = match pick(b"Filter", b"F") {
        Object::Null => Vec::new(),
        Object::Array(names) => names,
        name => vec![name],
    };
    let parameters = pick(b"DecodeParms", b"DP");
    let mut steps = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let Some(filter) = name.as_name().and_then(Filter::by_name) else { return Ok(None) };
        let own = match &parameters {
            Object::Array(all) => all.get(index).cloned().unwrap_or(Object::Null),
            one if names.len() == 1 => one.clone(),
            _ => Object::Null,
        };
        let own = match own {
            Object::Dict(own) => own,
            _ => Dict::default(),
        };
        steps.push((filter, own));
    }
    let Some(decoded) = filter::decode(data.into(), &steps, Keep::Bytes, budget)? else { return Ok(None) };
    let mut bits = if mask { 1 } else { number(b"BitsPerComponent", b"BPC").unwrap_or(8) };
    let (bytes, is_jpeg) = match decoded.picture {
        None => (decoded.bytes.into_owned(), false),
        Some(Picture::Dct) => match recoded(&decoded.bytes, None, budget)? {
            Some(jpeg) => (jpeg.bytes, true),
            None => return Ok(None),
        },
        Some(Picture::Ccitt) => {
            let parameters = steps.last().map(|(_, dict)| dict.clone()).unwrap_or_default();
            bits = 1;
            match ccitt(&decoded.bytes, &parameters, width, height, budget)? {
                Some(samples) => (samples.bytes, false),
                None => return Ok(None),
            }
        }
        Some(_) => return Ok(None),
    };
    if !matches!(bits, 1 | 2 | 4 | 8 | 16) {
        return Ok(None);
    }
    let mut entries = Vec::new();
    let mut entry = |key: &str, put: &dyn Fn(&mut Vec<u8>)| {
        entries.push(b' ');
        put_name(&mut entries, key.as_bytes());
        entries.push(b' ');
        put(&mut entries);
    };
    entry("W", &|out| put_int(out, i64::from(width)));
    entry("H", &|out| put_int(out, i64::from(height)));
    entry("BPC", &|out| put_int(out, i64::from(bits)));
    if mask {
        entry("IM", &|out| out.extend_from_slice(b"true"));
    } else {
        match pick(b"ColorSpace", b"CS") {
            Object::Name(name) => entry("CS", &|out| put_name(out, &name)),
            Object::Array(parts) => {
                let [_, base, Object::Int(high), Object::String(table)] = parts.as_slice() else {
                    return Ok(None);
                };
                let Some(base) = base.as_name() else { return Ok(None) };
                entry("CS", &|out| {
                    out.extend_from_slice(b"[/I ");
                    put_name(out, base);
                    out.push(b' ');
                    put_int(out, (*high).clamp(0, 255));
                    out.push(b' ');
                    put_string(out, table);
                    out.push(b']');
                });
            }
            _ => (),
        }
    }
    if let Object::Array(decode) = pick(b"Decode", b"D") {
        entry("D", &|out| {
            out.push(b'[');
            for number in decode.iter().filter_map(Object::as_number).take(64) {
                put_real(out, number);
                out.push(b' ');
            }
            out.push(b']');
        });
    }
    if pick(b"Interpolate", b"I") == Object::Bool(true) {
        entry("I", &|out| out.extend_from_slice(b"true"));
    }
    let (packed, filter) =
        if is_jpeg { (bytes, "/DCT") } else { (flate::deflate(&bytes, level, Wrapper::Zlib)?, "/Fl") };
    // Readers look for the end by its letters, which binary data may hold by chance.
    let plain = memchr::memmem::find(&packed, b"EI").is_none();
    if plain {
        entry("F", &|out| out.extend_from_slice(filter.as_bytes()));
        return Ok(Some((entries, packed)));
    }
    entry("F", &|out| out.extend_from_slice(format!("[/AHx {filter}]").as_bytes()));
    let mut hex: Vec<u8> = packed.iter().flat_map(|byte| format!("{byte:02x}").into_bytes()).collect();
    hex.push(b'>');
    Ok(Some((entries, hex)))
}
