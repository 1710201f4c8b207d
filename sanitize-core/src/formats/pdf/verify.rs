//! Reads a written file again, strictly, with a parser of its own: every byte belongs to an object, every object
//! is placed where it stands, every key is one that may be written, every stream ends where it says.

use std::{collections::BTreeSet, sync::OnceLock};

use flate2::{Decompress, FlushDecompress, Status};

use super::model::{allow::Rule, tables::TYPES};
use crate::{
    budget::Budget,
    bytes::Reader,
    error::{Error, malformed},
};

/// How deep values may nest: what the reader of the source allows, and what a rebuild adds.
const DEPTH: usize = 160;

/// Dictionaries whose keys the document may name.
const MAPS: [&[u8]; 14] = [
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

/// Checks `output`.
pub(crate) fn verify(output: &[u8], budget: &Budget) -> Result<(), Error> {
    let body_start = [&b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"[..], b"%PDF-2.0\n%\xe2\xe3\xcf\xd3\n"]
        .iter()
        .find(|header| output.starts_with(header))
        .map(|header| header.len())
        .ok_or_else(|| malformed("header", 0))?;
    let (xref, tail) = start_of_xref(output)?;
    let mut scan =
        Scan { bytes: output, at: xref, maps: BTreeSet::new(), odd: BTreeSet::new(), most: u64::MAX };
    let (xref_number, xref_dict, packed) = scan.indirect()?;
    let end = scan.at;
    if end != tail {
        return Err(malformed("bytes between the cross-reference and the end", end as u64));
    }
    let table = inflate(packed, budget)?;
    let widths = xref_dict.array(b"W").ok_or_else(|| malformed("W", xref as u64))?;
    let [first, second, third] = widths.as_slice() else { return Err(malformed("W", xref as u64)) };
    let (first, second, third) = (width(first)?, width(second)?, width(third)?);
    if first != 1 {
        return Err(malformed("W", xref as u64));
    }
    let mut offsets = Vec::new();
    let mut members: Vec<(u64, u64, u64)> = Vec::new();
    let mut reader = Reader::new(&table);
    let mut count = 0_u64;
    while !reader.is_empty() {
        let kind = reader.u8("entry kind")?;
        let place = number(reader.take(second, "entry place")?);
        let index = number(reader.take(third, "entry index")?);
        match kind {
            0 if count == 0 => (),
            1 => offsets.push((place, count)),
            2 => members.push((place, index, count)),
            _ => return Err(malformed("cross-reference entry", count)),
        }
        count += 1;
    }
    if xref_dict.int(b"Size") != Some(count as i64) || xref_number + 1 != count {
        return Err(malformed("Size", xref as u64));
    }
    scan.most = count;
    scan.at = body_start;
    budget.objects(count)?;
    // Objects follow each other without a gap, each where the cross-reference says.
    offsets.sort_unstable();
    members.sort_unstable();
    for (offset, expected) in &offsets {
        if *offset != scan.at as u64 {
            return Err(malformed("bytes that belong to no object", scan.at as u64));
        }
        let (found, dict, packed) = scan.indirect()?;
        if found != *expected {
            return Err(malformed("object number", *offset));
        }
        if dict.name(b"Type") == Some(b"ObjStm") {
            let from = members.partition_point(|(stream, _, _)| *stream < found);
            let own: Vec<_> =
                members.iter().skip(from).take_while(|(stream, _, _)| *stream == found).copied().collect();
            scan.object_stream(&dict, packed, &own, budget)?;
        } else if dict.name(b"Filter") == Some(b"FlateDecode") {
            check_inflates(packed, budget)?;
        }
    }
    if scan.at != end {
        return Err(malformed("bytes that belong to no object", scan.at as u64));
    }
    match scan.odd.iter().find(|number| !scan.maps.contains(number)) {
        Some(number) => Err(malformed("key that is not written", *number)),
        None => Ok(()),
    }
}

fn width(value: &Value) -> Result<usize, Error> {
    match value {
        Value::Int(width) => usize::try_from(*width).map_err(|_| malformed("W", 0)),
        _ => Err(malformed("W", 0)),
    }
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

fn start_of_xref(output: &[u8]) -> Result<(usize, usize), Error> {
    let end = output.len() as u64;
    let rest = output.strip_suffix(b"\n%%EOF\n").ok_or_else(|| malformed("end of file", end))?;
    let digits = rest.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (rest, offset) =
        rest.split_at_checked(rest.len() - digits).ok_or_else(|| malformed("startxref", end))?;
    let rest = rest.strip_suffix(b"startxref\n").ok_or_else(|| malformed("startxref", end))?;
    let offset = std::str::from_utf8(offset).ok().and_then(|text| text.parse().ok());
    Ok((offset.ok_or_else(|| malformed("startxref", end))?, rest.len()))
}

/// Inflates a stream of the file's own structure.
fn inflate(packed: &[u8], budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = Vec::new();
    each_block(packed, budget, &mut |block| output.extend_from_slice(block))?;
    Ok(output)
}

fn check_inflates(packed: &[u8], budget: &Budget) -> Result<(), Error> {
    each_block(packed, budget, &mut |_| ())
}

/// These bytes were written by the engine and paid for when they were read: only the clock is asked.
fn each_block(packed: &[u8], budget: &Budget, take: &mut dyn FnMut(&[u8])) -> Result<(), Error> {
    let mut inflater = Decompress::new(true);
    let mut block = Vec::with_capacity(64 << 10);
    loop {
        let read = usize::try_from(inflater.total_in()).unwrap_or(usize::MAX);
        let before = inflater.total_in();
        block.clear();
        let status = inflater
            .decompress_vec(packed.get(read..).unwrap_or_default(), &mut block, FlushDecompress::None)
            .map_err(|_| malformed("stream that does not inflate", before))?;
        take(&block);
        match status {
            Status::StreamEnd if inflater.total_in() == packed.len() as u64 => return Ok(()),
            Status::StreamEnd => return Err(malformed("bytes behind a stream", before)),
            _ if inflater.total_in() == before && block.is_empty() => {
                return Err(malformed("stream cut short", before));
            }
            _ => budget.check()?,
        }
    }
}

/// A value as far as the checks need it.
#[derive(Debug)]
enum Value {
    Int(i64),
    Name(Vec<u8>),
    String(Vec<u8>),
    Array(Vec<Value>),
    Dict(Dict),
    Ref(u64),
    Other,
}

#[derive(Debug, Default)]
struct Dict(Vec<(Vec<u8>, Value)>);

impl Dict {
    fn get(&self, key: &[u8]) -> Option<&Value> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    fn name(&self, key: &[u8]) -> Option<&[u8]> {
        if let Some(Value::Name(name)) = self.get(key) { Some(name) } else { None }
    }

    fn int(&self, key: &[u8]) -> Option<i64> {
        if let Some(Value::Int(value)) = self.get(key) { Some(*value) } else { None }
    }

    fn array(&self, key: &[u8]) -> Option<&Vec<Value>> {
        if let Some(Value::Array(items)) = self.get(key) { Some(items) } else { None }
    }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Objects that stand where the document names the keys.
    maps: BTreeSet<u64>,
    /// Objects that have keys no table knows.
    odd: BTreeSet<u64>,
    /// References must be below this.
    most: u64,
}

impl<'a> Scan<'a> {
    fn bad(&self, what: &'static str) -> Error {
        malformed(what, self.at as u64)
    }

    fn expect(&mut self, text: &[u8], what: &'static str) -> Result<(), Error> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if !rest.starts_with(text) {
            return Err(self.bad(what));
        }
        self.at += text.len();
        Ok(())
    }

    /// A stream object: number, dictionary, bytes.
    fn indirect(&mut self) -> Result<(u64, Dict, &'a [u8]), Error> {
        let number = self.digits()?;
        self.expect(b" 0 obj\n", "object header")?;
        let Value::Dict(dict) = self.value()? else { return Err(self.bad("stream dictionary")) };
        self.expect(b"\nstream\n", "stream")?;
        let len = dict
            .int(b"Length")
            .and_then(|len| usize::try_from(len).ok())
            .ok_or_else(|| self.bad("Length"))?;
        let bytes = self.bytes.get(self.at..self.at.saturating_add(len)).ok_or_else(|| self.bad("Length"))?;
        if !matches!(dict.name(b"Filter"), Some(b"FlateDecode" | b"DCTDecode")) {
            return Err(self.bad("Filter"));
        }
        self.at += len;
        self.expect(b"\nendstream\nendobj\n", "endstream")?;
        self.check(number, &dict)?;
        Ok((number, dict, bytes))
    }

    fn object_stream(
        &mut self,
        dict: &Dict,
        packed: &[u8],
        own: &[(u64, u64, u64)],
        budget: &Budget,
    ) -> Result<(), Error> {
        let plain = inflate(packed, budget)?;
        let first = dict.int(b"First").and_then(|first| usize::try_from(first).ok()).unwrap_or(usize::MAX);
        if dict.int(b"N") != Some(own.len() as i64) || first > plain.len() {
            return Err(self.bad("object stream"));
        }
        let mut head =
            Scan { bytes: &plain, at: 0, maps: BTreeSet::new(), odd: BTreeSet::new(), most: self.most };
        let mut body =
            Scan { bytes: &plain, at: first, maps: BTreeSet::new(), odd: BTreeSet::new(), most: self.most };
        for (index, (_, at, number)) in own.iter().enumerate() {
            let found = head.digits()?;
            head.expect(b" ", "object stream index")?;
            let offset = head.digits()?;
            head.expect(b" ", "object stream index")?;
            if found != *number || *at != index as u64 || offset != (body.at - first) as u64 {
                return Err(self.bad("object stream index"));
            }
            let value = body.value()?;
            body.expect(b"\n", "object in a stream")?;
            body.check_value(*number, &value)?;
        }
        if head.at != first || body.at != plain.len() {
            return Err(self.bad("bytes in an object stream"));
        }
        self.maps.append(&mut body.maps);
        self.odd.append(&mut body.odd);
        Ok(())
    }

    fn digits(&mut self) -> Result<u64, Error> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest.iter().take(19).take_while(|byte| byte.is_ascii_digit()).count();
        let text = std::str::from_utf8(rest.get(..len).unwrap_or_default()).unwrap_or_default();
        self.at += len;
        text.parse().map_err(|_| self.bad("number"))
    }

    /// One value, as the writer spells it.
    fn value(&mut self) -> Result<Value, Error> {
        let mut stack: Vec<(bool, Vec<Value>)> = Vec::new();
        loop {
            let byte = self.bytes.get(self.at).copied().ok_or_else(|| self.bad("value"))?;
            let value = match byte {
                b' ' if !stack.is_empty() => {
                    self.at += 1;
                    continue;
                }
                b'[' => {
                    self.at += 1;
                    stack.push((false, Vec::new()));
                    if stack.len() > DEPTH {
                        return Err(self.bad("nesting"));
                    }
                    continue;
                }
                b'<' => {
                    self.expect(b"<<", "dictionary")?;
                    stack.push((true, Vec::new()));
                    if stack.len() > DEPTH {
                        return Err(self.bad("nesting"));
                    }
                    continue;
                }
                b']' => {
                    self.at += 1;
                    match stack.pop() {
                        Some((false, items)) => Value::Array(items),
                        _ => return Err(self.bad("array")),
                    }
                }
                b'>' => {
                    self.expect(b">>", "dictionary")?;
                    match stack.pop() {
                        Some((true, items)) => Value::Dict(self.entries(items)?),
                        _ => return Err(self.bad("dictionary")),
                    }
                }
                b'/' => self.name()?,
                b'(' => self.string()?,
                b'-' | b'.' | b'0'..=b'9' => self.number()?,
                b't' => self.word(b"true")?,
                b'f' => self.word(b"false")?,
                b'n' => self.word(b"null")?,
                _ => return Err(self.bad("value")),
            };
            match stack.last_mut() {
                Some((_, items)) => items.push(value),
                None => return Ok(value),
            }
        }
    }

    fn entries(&self, items: Vec<Value>) -> Result<Dict, Error> {
        let mut entries = Vec::with_capacity(items.len() / 2);
        let mut items = items.into_iter();
        while let Some(key) = items.next() {
            let (Value::Name(key), Some(value)) = (key, items.next()) else {
                return Err(self.bad("dictionary"));
            };
            entries.push((key, value));
        }
        Ok(Dict(entries))
    }

    fn word(&mut self, word: &'static [u8]) -> Result<Value, Error> {
        self.expect(word, "keyword")?;
        Ok(Value::Other)
    }

    fn name(&mut self) -> Result<Value, Error> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b' ' | b'/' | b'<' | b'>' | b'[' | b']' | b'(' | b'\n' => break,
                b'#' => {
                    let digits = self.bytes.get(self.at + 1..self.at + 3).unwrap_or_default();
                    let digits = std::str::from_utf8(digits).unwrap_or_default();
                    name.push(u8::from_str_radix(digits, 16).map_err(|_| self.bad("name"))?);
                    self.at += 3;
                }
                0x21..=0x7e => {
                    name.push(byte);
                    self.at += 1;
                }
                _ => return Err(self.bad("name")),
            }
        }
        Ok(Value::Name(name))
    }

    fn string(&mut self) -> Result<Value, Error> {
        self.at += 1;
        let mut string = Vec::new();
        loop {
            let byte = self.bytes.get(self.at).copied().ok_or_else(|| self.bad("string"))?;
            self.at += 1;
            match byte {
                b')' => return Ok(Value::String(string)),
                b'\\' => {
                    let escaped = self.bytes.get(self.at).copied().ok_or_else(|| self.bad("string"))?;
                    self.at += 1;
                    string.push(match escaped {
                        b'(' | b')' | b'\\' => escaped,
                        b'r' => b'\r',
                        b'n' => b'\n',
                        _ => return Err(self.bad("string")),
                    });
                }
                b'(' | b'\r' | b'\n' => return Err(self.bad("string")),
                _ => string.push(byte),
            }
        }
    }

    fn number(&mut self) -> Result<Value, Error> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let len = rest
            .iter()
            .take(64)
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
            .count();
        let text = std::str::from_utf8(rest.get(..len).unwrap_or_default()).unwrap_or_default();
        self.at += len;
        let Ok(value) = text.parse::<i64>() else {
            return text.parse::<f64>().map(|_| Value::Other).map_err(|_| self.bad("number"));
        };
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        if rest.starts_with(b" 0 R") && !matches!(rest.get(4), Some(b'0'..=b'9' | b'a'..=b'z')) {
            self.at += 4;
            return match u64::try_from(value) {
                Ok(number) if (1..self.most).contains(&number) => Ok(Value::Ref(number)),
                _ => Err(self.bad("reference")),
            };
        }
        Ok(Value::Int(value))
    }

    fn check_value(&mut self, number: u64, value: &Value) -> Result<(), Error> {
        match value {
            Value::Dict(dict) => self.check(number, dict),
            Value::Array(items) => items.iter().try_for_each(|item| self.check_inner(number, item, false)),
            _ => Ok(()),
        }
    }

    /// The keys of an object; those of a whole object may be the document's where something maps to it.
    fn check(&mut self, number: u64, dict: &Dict) -> Result<(), Error> {
        if dict.0.iter().any(|(key, _)| !known().contains(key.as_slice())) {
            self.odd.insert(number);
        }
        self.check_entries(number, dict, false)
    }

    fn check_entries(&mut self, number: u64, dict: &Dict, named: bool) -> Result<(), Error> {
        let is_element = [&b"K"[..], b"P", b"Pg"].iter().any(|key| dict.get(key).is_some());
        let says = dict.name(b"S").unwrap_or_default();
        if !is_element && ACTIONS.contains(&says) {
            return Err(malformed("action that is not written", number));
        }
        for (key, value) in &dict.0 {
            match (key.as_slice(), value) {
                // Here keys are names of the document and mean nothing.
                _ if named => (),
                // The first bead of an article.
                (b"F", Value::Ref(_)) if dict.name(b"Type") == Some(b"Thread") => (),
                (b"F", Value::Dict(_) | Value::String(_) | Value::Ref(_)) => {
                    return Err(malformed("file specification", number));
                }
                (b"URI", Value::String(address)) => {
                    let schemes: [&[u8]; 5] = [b"http://", b"https://", b"mailto:", b"ftp://", b"tel:"];
                    if !schemes.iter().any(|scheme| address.starts_with(scheme)) {
                        return Err(malformed("address", number));
                    }
                }
                (b"JS" | b"AA" | b"URI", _) if !matches!(value, Value::Ref(_) | Value::Name(_)) => {
                    return Err(malformed("key that is not written", number));
                }
                _ => (),
            }
            let map = !named && MAPS.contains(&key.as_slice());
            if let (true, Value::Ref(target)) = (map, value) {
                self.maps.insert(*target);
            }
            self.check_inner(number, value, map)?;
        }
        Ok(())
    }

    /// Values nest no deeper than [`DEPTH`].
    fn check_inner(&mut self, number: u64, value: &Value, map: bool) -> Result<(), Error> {
        match value {
            Value::Dict(dict) => {
                if !map && dict.0.iter().any(|(key, _)| !known().contains(key.as_slice())) {
                    return Err(malformed("key that is not written", number));
                }
                self.check_entries(number, dict, map)
            }
            Value::Array(items) => items.iter().try_for_each(|item| self.check_inner(number, item, false)),
            _ => Ok(()),
        }
    }
}

/// Every key that some table lets be written, and those of the file's own structure.
fn known() -> &'static BTreeSet<&'static [u8]> {
    static KNOWN: OnceLock<BTreeSet<&'static [u8]>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let own: [&'static [u8]; 25] = [
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
        ];
        let rest: [&'static [u8]; 14] = [
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
        ];
        let tables = TYPES.iter().flat_map(|row| row.keys).filter_map(|key| match key.rule {
            Rule::Allow(_) | Rule::Hook(_) => Some(key.key.as_bytes()),
            Rule::Writer | Rule::Drop(_) => None,
        });
        own.into_iter().chain(rest).chain([&b"CreationDate"[..], b"MediaBox"]).chain(tables).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        budget::Cancel,
        formats::pdf::{
            model::{Fields, Graph, Item, Value as New},
            write,
        },
        limits::Limits,
    };

    fn written(key: &'static str, value: New) -> Vec<u8> {
        let mut graph = Graph::default();
        let mut catalog = Fields::default();
        catalog.set("Type", New::name("Catalog"));
        catalog.set(key, value);
        graph.root = Some(graph.add(Item::Value(New::Dict(catalog))));
        write::write(&graph, 2).unwrap()
    }

    fn verified(bytes: &[u8]) -> Result<(), Error> {
        verify(bytes, &Budget::new(&Limits::default(), 1_000, Cancel::new()))
    }

    #[test]
    fn what_the_writer_writes_verifies_and_nothing_around_it_does() {
        let bytes = written("PageLayout", New::name("OneColumn"));
        verified(&bytes).unwrap();
        assert!(verified(&[bytes.as_slice(), b"x"].concat()).is_err());
        assert!(verified(&[b"x", bytes.as_slice()].concat()).is_err());
        let mut cut = bytes.clone();
        cut.insert(20, b' ');
        assert!(verified(&cut).is_err());
    }

    #[test]
    fn keys_and_actions_outside_the_allow_list_do_not_verify() {
        assert!(verified(&written("AA", New::Dict(Fields::default()))).is_err());
        assert!(verified(&written("Evil", New::Int(1))).is_err());
        let mut action = Fields::default();
        action.set("S", New::name("Launch"));
        assert!(verified(&written("OpenAction", New::Dict(action))).is_err());
        let mut action = Fields::default();
        action.set("S", New::name("URI"));
        action.set("URI", New::String(b"javascript:alert(1)".to_vec()));
        assert!(verified(&written("OpenAction", New::Dict(action))).is_err());
    }
}
