//! Streams, each by the code that knows what its bytes are. A stream without such code is not written.

use super::{
    ahead::has_long_chain,
    font, icc,
    page::Painting,
    walk::{Home, Walk},
};
use crate::{
    error::Error,
    formats::pdf::{
        model::{Encoding, Fields, Id, Item, Value, allow::TypeId, tables as types},
        parse::{
            filter::{CHAIN, Decoded, Filter, Picture},
            lex::{Lexer, Token},
            object::{Dict, Object, Stream},
        },
        threats,
        write::{put_int, put_real},
    },
    report::{Action, ContentKind, Detail, Spot},
    toolkits::{
        codec::{flate, repack::Unpacked},
        deflate::Runs,
    },
};

/// The bytes of a picture, its encoding, and the parameters of that.
pub(crate) type PictureBytes<'s> = (Vec<u8>, Option<Picture>, Dict<'s>);

impl<'d, 's> Walk<'d, 's, '_, '_> {
    /// The new stream for `stream`, read as a `kind`; `None` where it cannot be made.
    pub(crate) fn stream(
        &mut self,
        kind: TypeId,
        stream: &'d Stream<'s>,
        id: Id,
    ) -> Result<Option<Item>, Error> {
        if matches!(self.get(stream.dict.get(b"F"))?, Object::String(_) | Object::Dict(_)) {
            self.removed(&threats::EXTERNAL_STREAM_F)?;
            return Ok(None);
        }
        match kind {
            types::XOBJECT_IMAGE | types::XOBJECT_IMAGE_MASK | types::XOBJECT_IMAGE_SOFT_MASK => {
                self.image(kind, stream)
            }
            types::XOBJECT_FORM_TYPE1 | types::PATTERN_TYPE1 => {
                let Some(unpacked) = self.unpacked(stream)? else { return Ok(None) };
                let mut fields = self.dict(kind, &stream.dict)?;
                let own = self.get(stream.dict.get(b"Resources"))?.as_dict();
                if own.is_some() {
                    self.home = Home::of(stream.dict.get(b"Resources"), self.at);
                }
                let resources = own.or(self.resources);
                let Painting { bytes, runs, resources, .. } = self.content(&unpacked.plain, resources, id)?;
                fields.set("Resources", Value::Dict(resources));
                let item = self.flate_like(fields, &bytes, unpacked.source(&runs))?;
                flate::give_back(bytes);
                unpacked.give_back(self.ctx.budget());
                Ok(Some(item))
            }
            types::FUNCTION_TYPE0
            | types::SHADING_TYPE4
            | types::SHADING_TYPE5
            | types::SHADING_TYPE6
            | types::SHADING_TYPE7 => {
                let Some(bytes) = self.plain(stream)? else { return Ok(None) };
                let fields = self.dict(kind, &stream.dict)?;
                self.flate(fields, &bytes).map(Some)
            }
            types::FUNCTION_TYPE4 => {
                let Some(bytes) = self.plain(stream)? else { return Ok(None) };
                let Some(program) = calculator(&bytes) else {
                    self.removed(&threats::FUNCTIONS_TYPE4)?;
                    return Ok(None);
                };
                if memchr::memchr(b'%', &bytes).is_some() {
                    self.replaced(&threats::FUNCTIONS_TYPE4)?;
                }
                let fields = self.dict(kind, &stream.dict)?;
                self.flate(fields, &program).map(Some)
            }
            types::CMAP_STREAM | types::TO_UNICODE_CMAP_STREAM => self.cmap(kind, stream),
            types::ICCPROFILE_STREAM => self.profile(stream),
            types::FONT_FILE
            | types::FONT_FILE2
            | types::FONT_FILE_TYPE1
            | types::FONT_FILE3_TYPE1
            | types::FONT_FILE3_CIDTYPE0
            | types::FONT_FILE3_OPEN_TYPE => self.font_file(kind, stream),
            _ => {
                self.removed(&threats::PIECEINFO_AND_PRIVATE_DATA)?;
                Ok(None)
            }
        }
    }

    /// The decoded bytes of a stream that is no picture.
    pub(crate) fn plain(&mut self, stream: &'d Stream<'s>) -> Result<Option<Vec<u8>>, Error> {
        let decoded = self.document.source().decode(stream)?;
        Ok(self.no_picture(decoded, stream)?.map(|unpacked| unpacked.plain.into_owned()))
    }

    /// As [`Walk::plain`], for bytes that are to be packed again.
    pub(crate) fn unpacked(&mut self, stream: &'d Stream<'s>) -> Result<Option<Unpacked<'s>>, Error> {
        let decoded = self.document.source().decode_with_symbols(stream)?;
        self.no_picture(decoded, stream)
    }

    fn no_picture(
        &mut self,
        decoded: Option<Decoded<'s>>,
        stream: &'d Stream<'s>,
    ) -> Result<Option<Unpacked<'s>>, Error> {
        match decoded {
            Some(decoded) if decoded.picture.is_none() => {
                if !decoded.whole {
                    self.replaced(&threats::STREAM_LENGTH_CONFUSION)?;
                }
                self.crypt_filter(&stream.dict)?;
                Ok(Some(Unpacked { plain: decoded.bytes, symbols: decoded.symbols }))
            }
            _ => {
                self.not_decoded(has_long_chain(stream, self.document)?)?;
                Ok(None)
            }
        }
    }

    /// Records that a stream says how it is encrypted: a new one says nothing of the kind.
    fn crypt_filter(&mut self, dict: &'d Dict<'s>) -> Result<(), Error> {
        let crypt = match self.get(dict.get(b"Filter"))? {
            Object::Name(name) => &**name == b"Crypt",
            Object::Array(names) => names.iter().take(CHAIN).any(|name| name.as_name() == Some(b"Crypt")),
            _ => false,
        };
        if crypt { self.replaced(&threats::STREAM_NOT_DECODED) } else { Ok(()) }
    }

    /// Records that filters cannot be undone. A chain longer than any writer makes is an attack on the reader.
    pub(crate) fn not_decoded(&mut self, long_chain: bool) -> Result<(), Error> {
        if long_chain {
            let part = format!("object {}", self.at);
            return Err(self.ctx.refuse(&threats::FILTER_CHAINS_AND_BOMBS, Spot::Part(&part)));
        }
        self.removed(&threats::STREAM_NOT_DECODED)
    }

    fn cmap(&mut self, kind: TypeId, stream: &'d Stream<'s>) -> Result<Option<Item>, Error> {
        let Some(bytes) = self.plain(stream)? else { return Ok(None) };
        let budget = self.ctx.budget();
        let cmap = font::cmap::parse(&bytes, budget)?;
        if kind == types::TO_UNICODE_CMAP_STREAM {
            return self.flate(Fields::default(), &cmap.into_unicode()).map(Some);
        }
        let base = match self.get(stream.dict.get(b"UseCMap"))? {
            Object::Name(name) => Some(name.to_vec()),
            _ => cmap.base.clone(),
        };
        let mut fields = self.dict(kind, &stream.dict)?;
        fields.remove(b"UseCMap");
        let (named, base) = (base.is_some(), base.filter(|name| font::cmap::is_predefined(name)));
        let embedded = matches!(self.get(stream.dict.get(b"UseCMap"))?, Object::Stream(_));
        if embedded || named && base.is_none() {
            self.removed(&threats::FONTS_TYPE3_AND_CMAPS)?;
        }
        if let Some(base) = &base {
            fields.set("UseCMap", Value::Name(base.clone()));
        }
        self.flate(fields, &cmap.encoding(base.as_deref())).map(Some)
    }

    fn font_file(&mut self, kind: TypeId, stream: &'d Stream<'s>) -> Result<Option<Item>, Error> {
        let Some(unpacked) = self.unpacked(stream)? else { return Ok(None) };
        let bytes = &unpacked.plain;
        let threat = match kind {
            types::FONT_FILE2 | types::FONT_FILE3_OPEN_TYPE => &threats::FONTS_TRUETYPE,
            _ => &threats::FONTS_TYPE1,
        };
        let rebuilt = font::rebuild(bytes, self.ctx.budget())?;
        // Asked only of what is missing something.
        let whole = rebuilt.as_ref().is_some_and(|program| !program.cut)
            || self.document.source().decode(stream)?.is_some_and(|decoded| decoded.whole);
        let Some(program) = rebuilt.filter(|_| whole) else {
            // Viewers draw what is no font, or a damaged one, in a font of their own, as they do without it. Of
            // one that they may well read the text would change its look.
            let strict = self.ctx.run().policy.action(Some(crate::format::PDF), ContentKind::RejectedMember)
                == Action::Refuse;
            if font::is_program(bytes) && (whole || strict) {
                let part = format!("object {}", self.at);
                return Err(self.ctx.refuse(threat, Spot::Part(&part)));
            }
            self.removed_with(threat, Detail::name("the whole program"))?;
            return Ok(None);
        };
        if program.left_out {
            self.removed_with(threat, Detail::name("what draws nothing"))?;
        }
        let mut fields = Fields::default();
        match &program.kind {
            font::Kind::TrueType => fields.set("Length1", Value::Int(program.bytes.len() as i64)),
            font::Kind::Type1 { clear, encrypted } => {
                fields.set("Length1", Value::Int(*clear as i64));
                fields.set("Length2", Value::Int(*encrypted as i64));
                let rest = program.bytes.len() - clear - encrypted;
                fields.set("Length3", Value::Int(rest as i64));
            }
            font::Kind::Cff => fields.set(
                "Subtype",
                match self.get(stream.dict.get(b"Subtype"))?.as_name() {
                    Some(b"CIDFontType0C") => Value::name("CIDFontType0C"),
                    Some(b"OpenType") => Value::name("OpenType"),
                    _ => Value::name("Type1C"),
                },
            ),
            font::Kind::OpenType => fields.set("Subtype", Value::name("OpenType")),
        }
        self.flate_like(fields, &program.bytes, unpacked.source(&Runs::default())).map(Some)
    }

    /// `[/ICCBased profile]`, or the device colours where the profile cannot be rebuilt.
    pub(crate) fn icc_space(&mut self, items: &'d [Object<'s>]) -> Result<Option<Value>, Error> {
        let Some(profile) = items.get(1) else { return Ok(None) };
        let (number, target) = self.document.follow(profile)?;
        let (Some(number), Object::Stream(stream)) = (number, target) else { return Ok(None) };
        let components = self.get(stream.dict.get(b"N"))?.as_int();
        if let Some(id) = self.assigned_profile(number) {
            return Ok(Some(match id {
                Some(id) => Value::Array(vec![Value::name("ICCBased"), Value::Ref(id)]),
                None => device(components),
            }));
        }
        let at = std::mem::replace(&mut self.at, number);
        let id = self.profile(stream)?.map(|item| self.graph.add(item));
        self.at = at;
        self.keep_profile(number, id);
        Ok(Some(match id {
            Some(id) => Value::Array(vec![Value::name("ICCBased"), Value::Ref(id)]),
            None => device(components),
        }))
    }

    /// A colour profile written anew; recorded where more stood in it.
    fn profile(&mut self, stream: &'d Stream<'s>) -> Result<Option<Item>, Error> {
        let components = self.get(stream.dict.get(b"N"))?.as_int();
        let Some(bytes) = self.plain(stream)? else { return Ok(None) };
        let rebuilt = icc::rebuild(&bytes, components);
        if rebuilt.as_ref().map(|(rebuilt, _)| rebuilt) != Some(&bytes) {
            self.replaced(&threats::ICC_PROFILES)?;
        }
        let Some((bytes, components)) = rebuilt else { return Ok(None) };
        let mut fields = Fields::default();
        fields.set("N", Value::Int(components));
        if let Object::Array(range) = self.get(stream.dict.get(b"Range"))? {
            let mut numbers = Vec::new();
            for number in range.iter().take(8) {
                numbers.extend(self.get(number)?.as_number());
            }
            fields.set("Range", super::page::numbers(&numbers));
        }
        self.flate(fields, &bytes).map(Some)
    }

    /// Refuses forms that paint each other in circles or more often than anyone can wait for.
    pub(crate) fn check_paints(&mut self) -> Result<(), Error> {
        const MOST: u64 = 2_000_000;
        let mut cost: std::collections::BTreeMap<Id, Option<u64>> = std::collections::BTreeMap::new();
        let roots: Vec<Id> = self.paints.keys().copied().collect();
        let mut refused = false;
        for root in roots {
            let mut stack = vec![(root, false)];
            while let Some((id, done)) = stack.pop() {
                let children = self.paints.get(&id).map(Vec::as_slice).unwrap_or_default();
                if done {
                    let mut total = 1_u64;
                    for (child, count) in children {
                        let one = cost.get(child).copied().flatten().unwrap_or(1);
                        total = total.saturating_add(one.saturating_mul(*count));
                    }
                    refused |= total > MOST && children.len() < 100_000;
                    cost.insert(id, Some(total));
                    continue;
                }
                match cost.get(&id) {
                    Some(Some(_)) => continue,
                    // Met again while its own children are being counted: a circle.
                    Some(None) => {
                        refused = true;
                        continue;
                    }
                    None => (),
                }
                cost.insert(id, None);
                stack.push((id, true));
                for (child, _) in children {
                    if cost.get(child) == Some(&None) {
                        refused = true;
                    } else if !cost.contains_key(child) {
                        stack.push((*child, false));
                    }
                }
            }
        }
        if refused {
            return Err(self.ctx.refuse(&threats::SHADING_PATTERN_RECURSION, Spot::Here));
        }
        Ok(())
    }

    /// The bytes of a picture stream: filters run up to the picture's own, with that one's parameters.
    pub(crate) fn picture_bytes(
        &mut self,
        stream: &'d Stream<'s>,
    ) -> Result<Option<PictureBytes<'s>>, Error> {
        let steps = self.document.source().filters(&stream.dict)?;
        let parameters = steps.and_then(|steps| {
            steps
                .into_iter()
                .rev()
                .find(|(filter, _)| matches!(filter, Filter::Picture(_)))
                .map(|(_, dict)| dict)
        });
        match self.document.source().decode(stream)? {
            Some(decoded) => {
                if !decoded.whole {
                    self.replaced(&threats::STREAM_LENGTH_CONFUSION)?;
                }
                Ok(Some((decoded.bytes.into_owned(), decoded.picture, parameters.unwrap_or_default())))
            }
            None => {
                self.not_decoded(has_long_chain(stream, self.document)?)?;
                Ok(None)
            }
        }
    }
}

fn device(components: Option<i64>) -> Value {
    Value::name(match components {
        Some(1) => "DeviceGray",
        Some(4) => "DeviceCMYK",
        _ => "DeviceRGB",
    })
}

/// A stream item of already encoded bytes.
pub(crate) fn encoded(fields: Fields, encoding: Encoding, bytes: Vec<u8>) -> Item {
    Item::Stream { fields, encoding, predictor: None, bytes }
}

/// A calculator function (7.10.5) written anew; `None` where it holds anything but its operators.
fn calculator(program: &[u8]) -> Option<Vec<u8>> {
    const OPERATORS: [&[u8]; 42] = [
        b"abs",
        b"add",
        b"atan",
        b"ceiling",
        b"cos",
        b"cvi",
        b"cvr",
        b"div",
        b"exp",
        b"floor",
        b"idiv",
        b"ln",
        b"log",
        b"mod",
        b"mul",
        b"neg",
        b"round",
        b"sin",
        b"sqrt",
        b"sub",
        b"truncate",
        b"and",
        b"bitshift",
        b"eq",
        b"false",
        b"ge",
        b"gt",
        b"le",
        b"lt",
        b"ne",
        b"not",
        b"or",
        b"true",
        b"xor",
        b"if",
        b"ifelse",
        b"copy",
        b"dup",
        b"exch",
        b"index",
        b"pop",
        b"roll",
    ];
    let mut lexer = Lexer::new(program, 0);
    let mut output = Vec::new();
    let mut depth = 0_u32;
    let mut words = 0_u32;
    loop {
        words += 1;
        if words > 100_000 {
            return None;
        }
        match lexer.next() {
            Token::End => break,
            Token::Int(value) => put_int(&mut output, value),
            Token::Real(value) => put_real(&mut output, value),
            Token::Keyword(b"{") => {
                depth += 1;
                output.push(b'{');
            }
            Token::Keyword(b"}") => {
                depth = depth.checked_sub(1)?;
                output.push(b'}');
                if depth == 0 {
                    break;
                }
            }
            Token::Keyword(word) if OPERATORS.contains(&word) => output.extend_from_slice(word),
            _ => return None,
        }
        if depth == 0 || depth > 32 {
            return None;
        }
        output.push(b' ');
    }
    (depth == 0 && output.starts_with(b"{")).then_some(output)
}
