//! Values as the writer spells them, read once and checked on the way: no tree is made of them.

use std::borrow::Cow;

use crate::{
    error::{Error, malformed},
    formats::pdf::model::tables::KEYS,
};

/// How deep values may nest: what the reader of the source allows, and what a rebuild adds.
const DEPTH: usize = 160;

/// Dictionaries whose keys the document may name.
const MAPS: [&[u8]; 15] = [
    b"Font",
    b"XObject",
    b"ColorSpace",
    b"ExtGState",
    b"Pattern",
    b"Shading",
    b"Properties",
    b"N",
    b"CharProcs",
    b"Dests",
    b"RoleMap",
    b"ClassMap",
    b"Colorants",
    b"RoleMapNS",
    b"FD",
];

/// What `/S` may say in an action.
const ACTIONS: [&[u8]; 22] = [
    b"JavaScript",
    b"ECMAScript",
    b"Launch",
    b"GoToR",
    b"GoToE",
    b"GoToDp",
    b"GoTo3DView",
    b"Thread",
    b"SubmitForm",
    b"ImportData",
    b"ResetForm",
    b"Hide",
    b"Named",
    b"Trans",
    b"NOP",
    b"SetState",
    b"SetOCGState",
    b"Rendition",
    b"Sound",
    b"Movie",
    b"RichMediaExecute",
    b"RichMedia",
];

/// What addresses start with.
const SCHEMES: [&[u8]; 5] = [b"http://", b"https://", b"mailto:", b"ftp://", b"tel:"];

/// What the dictionary of a stream says.
#[derive(Debug, Default)]
pub(super) struct Facts<'a> {
    pub(super) kind: &'a [u8],
    pub(super) filter: &'a [u8],
    length: Option<u64>,
    pub(super) first: Option<u64>,
    pub(super) count: Option<u64>,
    pub(super) size: Option<u64>,
    pub(super) widths: [Option<usize>; 3],
    /// Both halves of `/ID`, when they are equal.
    pub(super) identifier: Option<Vec<u8>>,
}

/// A value, as far as the checks need it.
#[derive(Clone, Copy, Debug)]
enum Value<'a> {
    Int(i64),
    Name(&'a [u8]),
    /// Between its parentheses.
    String(&'a [u8]),
    Ref(u64),
    Container,
    Other,
}

/// An open array or dictionary.
#[derive(Debug, Default)]
struct Frame<'a> {
    is_dict: bool,
    /// The document names the keys, and they mean nothing.
    named: bool,
    /// The key whose value comes next.
    key: Option<Cow<'a, [u8]>>,
    /// Its value has keys of the document.
    maps: bool,
    /// A key no table knows.
    unknown: bool,
    /// An element of the structure tree, whose `/S` is a role.
    is_element: bool,
    /// What `/S` says, which is an action or a role.
    says: Option<&'a [u8]>,
    is_thread: bool,
    /// `/F` that is no number.
    file: Option<Value<'a>>,
    /// How many items an array has so far.
    items: usize,
}

/// The bytes that names are written with.
#[expect(clippy::indexing_slicing, reason = "made while the engine is compiled")]
static NAME_BYTES: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0x21;
    while byte <= 0x7e {
        bytes[byte] = !matches!(byte as u8, b'/' | b'<' | b'>' | b'[' | b']' | b'(');
        byte += 1;
    }
    bytes
};

/// A reader of what was written.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    /// References must be below this.
    pub(super) most: u64,
    frames: Vec<Frame<'a>>,
    facts: Facts<'a>,
    kept: Kept,
    /// Where keys were found in the table, by a few of their bytes, and whether their values are maps.
    met: Vec<(u16, bool)>,
}

/// What can be judged only when everything was read.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// Objects that stand where the document names the keys.
    maps: Vec<u64>,
    /// Objects that have keys no table knows.
    odd: Vec<u64>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, most: u64) -> Self {
        let (frames, facts, kept) = (Vec::new(), Facts::default(), Kept::default());
        Self { bytes, at, most, frames, facts, kept, met: vec![(u16::MAX, false); 256] }
    }

    pub(super) fn bad(&self, what: &'static str) -> Error {
        malformed(what, self.at as u64)
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn expect(&mut self, text: &[u8], what: &'static str) -> Result<(), Error> {
        if !self.rest().starts_with(text) {
            return Err(self.bad(what));
        }
        self.at += text.len();
        Ok(())
    }

    pub(super) fn kept(self) -> Kept {
        self.kept
    }

    pub(super) fn also(&mut self, other: Kept) {
        self.kept.maps.extend(other.maps);
        self.kept.odd.extend(other.odd);
    }

    /// Fails where an object has odd keys and nothing refers to it as a map.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.kept.maps.sort_unstable();
        match self.kept.odd.iter().find(|number| self.kept.maps.binary_search(number).is_err()) {
            Some(number) => Err(malformed("key that is not written", *number)),
            None => Ok(()),
        }
    }

    /// A stream object: number, dictionary, bytes.
    pub(super) fn indirect(&mut self) -> Result<(u64, Facts<'a>, &'a [u8]), Error> {
        let number = self.digits()?;
        self.expect(b" 0 obj\n", "object header")?;
        if !self.rest().starts_with(b"<<") {
            return Err(self.bad("stream dictionary"));
        }
        self.value(number)?;
        let facts = std::mem::take(&mut self.facts);
        self.expect(b"\nstream\n", "stream")?;
        let length = facts.length.and_then(|length| usize::try_from(length).ok());
        let length = length.ok_or_else(|| self.bad("Length"))?;
        let bytes = self.rest().get(..length).ok_or_else(|| self.bad("Length"))?;
        if !matches!(facts.filter, b"FlateDecode" | b"DCTDecode" | b"CCITTFaxDecode") {
            return Err(self.bad("Filter"));
        }
        self.at += length;
        self.expect(b"\nendstream\nendobj\n", "endstream")?;
        Ok((number, facts, bytes))
    }

    pub(super) fn digits(&mut self) -> Result<u64, Error> {
        let rest = self.rest();
        let len = rest.iter().take(18).take_while(|byte| byte.is_ascii_digit()).count();
        if len == 0 {
            return Err(self.bad("number"));
        }
        self.at += len;
        let digits = rest.get(..len).unwrap_or_default();
        Ok(digits.iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')))
    }

    /// One value of the object `number`, as the writer spells it.
    pub(super) fn value(&mut self, number: u64) -> Result<(), Error> {
        self.frames.clear();
        loop {
            let byte = self.bytes.get(self.at).copied().ok_or_else(|| self.bad("value"))?;
            let value = match byte {
                b' ' if !self.frames.is_empty() => {
                    self.at += 1;
                    continue;
                }
                b'[' | b'<' => {
                    self.open(byte == b'<')?;
                    continue;
                }
                b']' => {
                    self.at += 1;
                    match self.frames.pop() {
                        Some(Frame { is_dict: false, .. }) => Value::Container,
                        _ => return Err(self.bad("array")),
                    }
                }
                b'>' => {
                    self.expect(b">>", "dictionary")?;
                    match self.frames.pop() {
                        Some(frame) if frame.is_dict && frame.key.is_none() => self.close(number, &frame)?,
                        _ => return Err(self.bad("dictionary")),
                    }
                    Value::Container
                }
                b'/' => {
                    let name = self.name()?;
                    match self.frames.last() {
                        Some(frame) if frame.is_dict && frame.key.is_none() => {
                            self.key(name)?;
                            continue;
                        }
                        _ => Value::Name(name),
                    }
                }
                b'(' => Value::String(self.string()?),
                b'-' | b'.' | b'0'..=b'9' => self.number()?,
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                _ => return Err(self.bad("value")),
            };
            if self.frames.is_empty() {
                return Ok(());
            }
            self.entry(number, value)?;
        }
    }

    fn open(&mut self, is_dict: bool) -> Result<(), Error> {
        self.expect(if is_dict { b"<<" } else { b"[" }, "dictionary")?;
        let parent = self.frames.last();
        let named = is_dict && parent.is_some_and(|frame| frame.key.is_some() && frame.maps && !frame.named);
        if parent.is_some_and(|frame| frame.is_dict && frame.key.is_none()) {
            return Err(self.bad("dictionary"));
        }
        self.frames.push(Frame { is_dict, named, ..Frame::default() });
        if self.frames.len() > DEPTH { Err(self.bad("nesting")) } else { Ok(()) }
    }

    fn key(&mut self, raw: &'a [u8]) -> Result<(), Error> {
        let key = self.unescaped(raw)?;
        let (known, maps) = self.look_up(&key);
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        frame.unknown |= !known;
        frame.is_element |= matches!(&*key, b"K" | b"P" | b"Pg");
        frame.key = Some(key);
        frame.maps = maps;
        Ok(())
    }

    /// The value of a key, or an item of an array.
    fn entry(&mut self, number: u64, value: Value<'a>) -> Result<(), Error> {
        let depth = self.frames.len();
        let Some(frame) = self.frames.last_mut() else { return Ok(()) };
        if !frame.is_dict {
            frame.items += 1;
            let at = frame.items - 1;
            if depth == 2 {
                self.fact_item(at, value);
            }
            return Ok(());
        }
        let is_map = frame.maps && !frame.named;
        let Some(key) = frame.key.take() else { return Err(self.bad("dictionary")) };
        match (&*key, value) {
            (b"S", Value::Name(says)) => frame.says = Some(says),
            (b"Type", Value::Name(says)) => frame.is_thread = says == b"Thread",
            _ => (),
        }
        // Where the document names the keys they mean nothing.
        if !frame.named {
            match (&*key, value) {
                (b"F", Value::Container | Value::String(_) | Value::Ref(_)) => frame.file = Some(value),
                (b"URI", Value::String(address)) => {
                    let known = SCHEMES.iter().any(|scheme| address.starts_with(scheme));
                    known.then_some(()).ok_or_else(|| malformed("address", number))?;
                }
                (b"JS" | b"AA" | b"URI", value) if !matches!(value, Value::Ref(_) | Value::Name(_)) => {
                    return Err(malformed("key that is not written", number));
                }
                _ => (),
            }
            if let (true, Value::Ref(target)) = (is_map, value) {
                self.kept.maps.push(target);
            }
        }
        if depth == 1 {
            self.fact(&key, value);
        }
        Ok(())
    }

    /// A dictionary that was read to its end.
    fn close(&mut self, number: u64, frame: &Frame<'a>) -> Result<(), Error> {
        // A role may have any name, and another for its meaning.
        let may_act = !frame.is_element && !frame.named;
        if may_act && frame.says.is_some_and(|says| ACTIONS.contains(&says)) {
            return Err(malformed("action that is not written", number));
        }
        match frame.file {
            // The first bead of an article.
            None => (),
            Some(Value::Ref(_)) if frame.is_thread => (),
            Some(_) => return Err(malformed("file specification", number)),
        }
        // The keys of a whole object may be the document's where something maps to it.
        match frame.unknown && !frame.named {
            true if self.frames.is_empty() => self.kept.odd.push(number),
            true => return Err(malformed("key that is not written", number)),
            false => (),
        }
        Ok(())
    }

    /// Remembers what an entry of the dictionary of a stream says.
    fn fact(&mut self, key: &[u8], value: Value<'a>) {
        let facts = &mut self.facts;
        match (key, value) {
            (b"Type", Value::Name(name)) => facts.kind = name,
            (b"Filter", Value::Name(name)) => facts.filter = name,
            (b"Length", Value::Int(value)) => facts.length = u64::try_from(value).ok(),
            (b"First", Value::Int(value)) => facts.first = u64::try_from(value).ok(),
            (b"N", Value::Int(value)) => facts.count = u64::try_from(value).ok(),
            (b"Size", Value::Int(value)) => facts.size = u64::try_from(value).ok(),
            _ => (),
        }
    }

    /// As [`Scan::fact`], of an item of an array.
    fn fact_item(&mut self, at: usize, value: Value<'a>) {
        let key = self.frames.first().and_then(|frame| frame.key.as_deref());
        match (key, value) {
            (Some(b"W"), Value::Int(value)) => {
                if let Some(width) = self.facts.widths.get_mut(at) {
                    *width = usize::try_from(value).ok();
                }
            }
            (Some(b"ID"), Value::String(raw)) => {
                let text = unescaped_string(raw);
                let equal = at == 0 || self.facts.identifier.as_ref() == Some(&text);
                self.facts.identifier = Some(text).filter(|_| equal);
            }
            _ => (),
        }
    }

    fn word(&mut self, word: &'static [u8]) -> Result<Value<'a>, Error> {
        self.expect(word, "keyword")?;
        Ok(Value::Other)
    }

    /// A name as it stands, without its slash.
    fn name(&mut self) -> Result<&'a [u8], Error> {
        let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
        let ends = |byte: &u8| !NAME_BYTES.get(usize::from(*byte)).is_some_and(|part| *part);
        let name = rest.get(..rest.iter().position(ends).unwrap_or(rest.len())).unwrap_or_default();
        let after = rest.get(name.len());
        if after.is_some_and(|byte| !matches!(byte, b' ' | b'/' | b'<' | b'>' | b'[' | b']' | b'(' | b'\n')) {
            return Err(self.bad("name"));
        }
        self.at += 1 + name.len();
        Ok(name)
    }

    fn unescaped(&self, raw: &'a [u8]) -> Result<Cow<'a, [u8]>, Error> {
        if !raw.contains(&b'#') {
            return Ok(Cow::Borrowed(raw));
        }
        let mut name = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((byte, tail)) = rest.split_first() {
            rest = tail;
            if *byte != b'#' {
                name.push(*byte);
                continue;
            }
            let (digits, tail) = tail.split_at_checked(2).ok_or_else(|| self.bad("name"))?;
            let digits = std::str::from_utf8(digits).unwrap_or_default();
            name.push(u8::from_str_radix(digits, 16).map_err(|_| self.bad("name"))?);
            rest = tail;
        }
        Ok(Cow::Owned(name))
    }

    /// A string as it stands, between its parentheses.
    fn string(&mut self) -> Result<&'a [u8], Error> {
        self.at += 1;
        let start = self.at;
        loop {
            let rest = self.rest();
            let special = |byte: &u8| matches!(byte, b'(' | b')' | b'\\' | b'\r' | b'\n');
            let stop = rest.iter().position(special).ok_or_else(|| self.bad("string"))?;
            match rest.get(stop..).unwrap_or_default() {
                [b')', ..] => {
                    self.at += stop + 1;
                    return Ok(self.bytes.get(start..self.at - 1).unwrap_or_default());
                }
                [b'\\', b'(' | b')' | b'\\' | b'r' | b'n', ..] => self.at += stop + 2,
                _ => return Err(self.bad("string")),
            }
        }
    }

    fn number(&mut self) -> Result<Value<'a>, Error> {
        let all = self.rest();
        let (negative, digits) = match all {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let (mut value, mut dots, mut rest) = (0_i64, 0, digits);
        while let [byte @ (b'0'..=b'9' | b'.'), after @ ..] = rest {
            match byte {
                b'.' => dots += 1,
                digit => value = value.saturating_mul(10).saturating_add(i64::from(digit - b'0')),
            }
            rest = after;
        }
        let end = all.len() - rest.len();
        if digits.len() - rest.len() == dots || dots > 1 || end > 64 {
            return Err(self.bad("number"));
        }
        self.at += end;
        if dots > 0 {
            return Ok(Value::Other);
        }
        if rest.starts_with(b" 0 R") && !matches!(rest.get(4), Some(b'0'..=b'9' | b'a'..=b'z')) {
            self.at += 4;
            return match u64::try_from(if negative { -value } else { value }) {
                Ok(number) if (1..self.most).contains(&number) => Ok(Value::Ref(number)),
                _ => Err(self.bad("reference")),
            };
        }
        Ok(Value::Int(if negative { -value } else { value }))
    }

    /// Whether a key is one that some table lets be written, or of the file's own structure, and whether its value has
    /// keys of the document.
    fn look_up(&mut self, key: &[u8]) -> (bool, bool) {
        let (first, last) = (key.first().copied().unwrap_or(0), key.last().copied().unwrap_or(0));
        let slot =
            usize::from(first.wrapping_mul(7) ^ last.wrapping_mul(3) ^ (key.len() as u8).wrapping_mul(29));
        let maps = || MAPS.contains(&key);
        let Some(met) = self.met.get_mut(slot) else { return (false, maps()) };
        if KEYS.get(usize::from(met.0)).is_some_and(|known| known.as_bytes() == key) {
            return (true, met.1);
        }
        match KEYS.binary_search_by(|known| (known.len(), known.as_bytes()).cmp(&(key.len(), key))) {
            Ok(index) => {
                *met = (u16::try_from(index).unwrap_or(u16::MAX), maps());
                (true, met.1)
            }
            Err(_) => (OWN.contains(&key), maps()),
        }
    }
}

fn unescaped_string(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut bytes = raw.iter().copied();
    while let Some(byte) = bytes.next() {
        text.push(match byte {
            b'\\' => match bytes.next() {
                Some(b'r') => b'\r',
                Some(b'n') => b'\n',
                Some(other) => other,
                None => break,
            },
            other => other,
        });
    }
    text
}

/// Keys that the writer makes itself.
const OWN: [&[u8]; 44] = [
    b"Type",
    b"Subtype",
    b"Length",
    b"Length1",
    b"Length2",
    b"Length3",
    b"Filter",
    b"DecodeParms",
    b"Predictor",
    b"Colors",
    b"Columns",
    b"Rows",
    b"K",
    b"BlackIs1",
    b"BitsPerComponent",
    b"Size",
    b"W",
    b"Root",
    b"Info",
    b"ID",
    b"N",
    b"First",
    b"S",
    b"URI",
    b"D",
    b"Title",
    b"Nums",
    b"Names",
    b"Contents",
    b"Parent",
    b"Pages",
    b"Kids",
    b"Count",
    b"UseCMap",
    b"Range",
    b"MCID",
    b"ActualText",
    b"Alt",
    b"E",
    b"Lang",
    b"Author",
    b"ModDate",
    b"CreationDate",
    b"MediaBox",
];
