//! Model to bytes: one revision, object streams, one cross-reference stream, nothing between the objects.

use sha2::{Digest, Sha256};

use super::model::{Encoding, Field, Fields, Graph, Id, Object, Reference, Value};
use crate::{
    budget::Budget,
    error::Error,
    toolkits::codec::flate::{self, Wrapper},
};

/// How many objects stand in one object stream.
const MEMBERS: usize = 200;

/// Where an object stands: an entry of the cross-reference.
#[derive(Clone, Copy)]
struct Place {
    kind: u8,
    /// The index in an object stream.
    index: u8,
    /// The offset, or the object stream.
    at: u64,
}

/// Writes `graph`, letting go of each stream once it is written.
pub(crate) fn write(mut graph: Graph, level: u32, budget: &Budget) -> Result<Vec<u8>, Error> {
    let order = graph.reached();
    if graph.is_too_long() {
        return Err(Error::Internal("no room"));
    }
    let count = order.len();
    // The new numbers, by the old.
    let mut numbers = vec![0_u32; graph.len()];
    for (number, id) in (1..).zip(&order) {
        if let Some(slot) = numbers.get_mut(id.0 as usize) {
            *slot = number;
        }
    }
    let reference = |output: &mut Vec<u8>, id: Id| match numbers.get(id.0 as usize) {
        None | Some(0) => output.extend_from_slice(b"null"),
        Some(number) => {
            put_int(output, i64::from(*number));
            output.extend_from_slice(b" 0 R");
        }
    };
    let mut output = Vec::new();
    // Nothing is touched before it is written to; too much does no harm.
    output
        .try_reserve(graph.stream_bytes() + 200 * order.len() + 4096)
        .map_err(|_| Error::Internal("no room"))?;
    output.extend_from_slice(if graph.version_2 { b"%PDF-2.0\n" } else { b"%PDF-1.7\n" });
    output.extend_from_slice(b"%\xe2\xe3\xcf\xd3\n");
    let mut places = vec![Place { kind: 0, index: 0, at: 0 }; count + 1];
    // The numbers of those that stand in object streams, each with its object.
    let mut members: Vec<(u32, Id)> = Vec::with_capacity(count);
    // What the identifier is made of: the streams, as they were when they were made.
    let mut streams = Sha256::new();
    for (number, id) in (1_usize..).zip(&order) {
        let Some(Object::Stream(body)) = graph.take(*id) else {
            members.push((u32::try_from(number).unwrap_or(u32::MAX), *id));
            continue;
        };
        if let Some(place) = places.get_mut(number) {
            *place = Place { kind: 1, index: 0, at: output.len() as u64 };
        }
        put_int(&mut output, number as i64);
        output.extend_from_slice(b" 0 obj\n");
        graph.put_text(&mut output, *id, &reference);
        output.truncate(output.len().saturating_sub(b">>".len()));
        let bytes = graph.bytes(&body);
        put_entries(&mut output, bytes.len(), body.encoding, body.predictor);
        put_body(&mut output, bytes);
        graph.let_go(&body);
        streams.update((number as u64).to_be_bytes());
        streams.update(body.checksum.to_be_bytes());
    }
    let groups: Vec<&[(u32, Id)]> = members.chunks(MEMBERS).collect();
    let weight = |group: &&[(u32, Id)]| group.len() as u64;
    let holders = budget.of_each(&groups, weight, |group| holder(group, &graph, &reference, level))?;
    for ((number, group), (first, packed)) in (count + 1..).zip(groups).zip(holders) {
        for (index, (member, _)) in (0_u8..=u8::MAX).zip(group) {
            if let Some(place) = places.get_mut(*member as usize) {
                *place = Place { kind: 2, index, at: number as u64 };
            }
        }
        let mut fields = Fields::default();
        fields.set("Type", Value::name("ObjStm"));
        fields.set("N", Value::Int(group.len() as i64));
        fields.set("First", Value::Int(first as i64));
        places.push(Place { kind: 1, index: 0, at: output.len() as u64 });
        put_stream(&mut output, number, &Value::Dict(fields), &packed);
        streams.update((number as u64).to_be_bytes());
        streams.update(crc32fast::hash(&packed).to_be_bytes());
    }
    let start = output.len();
    places.push(Place { kind: 1, index: 0, at: start as u64 });
    let (root, info) = (graph.root, graph.info);
    let number = |id: Id| Value::Ref(Id(numbers.get(id.0 as usize).copied().unwrap_or(0)));
    let id = streams.finalize().get(..16).unwrap_or_default().to_vec();
    cross_reference(&mut output, &places, root.map(number), info.map(number), id, level)?;
    output.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    Ok(output)
}

/// The objects of `group`, each under its number, as an object stream holds them: where the first begins, and all of
/// it deflated.
fn holder(
    group: &[(u32, Id)],
    graph: &Graph,
    reference: Reference<'_>,
    level: u32,
) -> Result<(usize, Vec<u8>), Error> {
    let (mut head, mut body) = (Vec::new(), Vec::new());
    for (number, id) in group {
        put_int(&mut head, i64::from(*number));
        head.push(b' ');
        put_int(&mut head, body.len() as i64);
        head.push(b' ');
        graph.put_text(&mut body, *id, reference);
        body.push(b'\n');
    }
    let first = head.len();
    head.extend_from_slice(&body);
    Ok((first, flate::deflate(&head, level, Wrapper::Zlib)?))
}

fn cross_reference(
    output: &mut Vec<u8>,
    places: &[Place],
    root: Option<Value>,
    info: Option<Value>,
    id: Vec<u8>,
    level: u32,
) -> Result<(), Error> {
    let width = |largest: u64| (1..8).find(|bytes| largest >> (bytes * 8) == 0).unwrap_or(8);
    let second = width(places.iter().map(|place| place.at).max().unwrap_or(0));
    // The head of the list of free objects has the largest generation there.
    let third = 2;
    let mut table = Vec::with_capacity(places.len() * (1 + second + third));
    for (index, place) in places.iter().enumerate() {
        let last = if index == 0 { u16::MAX } else { u16::from(place.index) };
        table.push(place.kind);
        table.extend_from_slice(place.at.to_be_bytes().get(8 - second..).unwrap_or_default());
        table.extend_from_slice(&last.to_be_bytes());
    }
    let packed = flate::deflate(&table, level, Wrapper::Zlib)?;
    let mut fields = Fields::default();
    fields.set("Type", Value::name("XRef"));
    fields.set("Size", Value::Int(places.len() as i64));
    fields.set("W", Value::Array([1, second, third].map(|width| Value::Int(width as i64)).to_vec()));
    if let Some(root) = root {
        fields.set("Root", root);
    }
    if let Some(info) = info {
        fields.set("Info", info);
    }
    fields.set("ID", Value::Array(vec![Value::String(id.clone()), Value::String(id)]));
    put_stream(output, places.len() - 1, &Value::Dict(fields), &packed);
    Ok(())
}

/// Writes a stream of the file's own structure, whose references are numbers already.
fn put_stream(output: &mut Vec<u8>, number: usize, dict: &Value, bytes: &[u8]) {
    put_int(output, number as i64);
    output.extend_from_slice(b" 0 obj\n");
    put_value(output, dict, &mut |output, id| {
        put_int(output, i64::from(id.0));
        output.extend_from_slice(b" 0 R");
    });
    output.truncate(output.len().saturating_sub(b">>".len()));
    put_entries(output, bytes.len(), Encoding::Flate, None);
    put_body(output, bytes);
}

/// Writes the entries of a stream that the writer makes, and ends its dictionary.
fn put_entries(output: &mut Vec<u8>, length: usize, encoding: Encoding, predictor: Option<[u32; 3]>) {
    output.extend_from_slice(b"/Length ");
    put_int(output, length as i64);
    output.extend_from_slice(match encoding {
        Encoding::Flate => b"/Filter /FlateDecode",
        Encoding::Dct => b"/Filter /DCTDecode",
        Encoding::Group4 { .. } => b"/Filter /CCITTFaxDecode",
    });
    if let Encoding::Group4 { columns, rows, black_is_1 } = encoding {
        output.extend_from_slice(b"/DecodeParms <</K -1/Columns ");
        put_int(output, i64::from(columns));
        output.extend_from_slice(b"/Rows ");
        put_int(output, i64::from(rows));
        output.extend_from_slice(if black_is_1 { b"/BlackIs1 true>>" } else { b">>" });
    }
    if let Some([colors, bits, columns]) = predictor {
        output.extend_from_slice(b"/DecodeParms <</Predictor 15");
        for (key, value) in [("/Colors ", colors), ("/BitsPerComponent ", bits), ("/Columns ", columns)] {
            output.extend_from_slice(key.as_bytes());
            put_int(output, i64::from(value));
        }
        output.extend_from_slice(b">>");
    }
    output.extend_from_slice(b">>");
}

fn put_body(output: &mut Vec<u8>, bytes: &[u8]) {
    output.extend_from_slice(b"\nstream\n");
    output.extend_from_slice(bytes);
    output.extend_from_slice(b"\nendstream\nendobj\n");
}

/// True for what is not written as an entry: nothing, and a dictionary whose entries are all nothing.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Dict(fields) => !fields.0.is_empty() && fields.0.iter().all(|(_, value)| is_nothing(value)),
        _ => false,
    }
}

/// Writes one value; `reference` writes what a reference is to be. Nesting is that of the source, which is bounded.
pub(crate) fn put_value(output: &mut Vec<u8>, value: &Value, reference: &mut dyn FnMut(&mut Vec<u8>, Id)) {
    match value {
        Value::Null => output.extend_from_slice(b"null"),
        Value::Bool(true) => output.extend_from_slice(b"true"),
        Value::Bool(false) => output.extend_from_slice(b"false"),
        Value::Int(value) => put_int(output, *value),
        Value::Real(value) => put_real(output, *value),
        Value::Name(name) => put_name(output, name),
        Value::String(string) => put_string(output, string),
        Value::Array(items) => {
            output.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    output.push(b' ');
                }
                put_value(output, item, reference);
            }
            output.push(b']');
        }
        Value::Dict(fields) => {
            output.extend_from_slice(b"<<");
            for (key, value) in fields.0.iter().filter(|(_, value)| !is_nothing(value)) {
                match key {
                    // Keys of the tables are spelled as they stand.
                    Field::Known(key) => {
                        output.push(b'/');
                        output.extend_from_slice(key.as_bytes());
                    }
                    Field::Given(name) => put_name(output, name),
                }
                output.push(b' ');
                put_value(output, value, reference);
            }
            output.extend_from_slice(b">>");
        }
        Value::Ref(id) => reference(output, *id),
    }
}

pub(crate) fn put_int(output: &mut Vec<u8>, value: i64) {
    // Digits from the last; the largest number has 19 of them.
    let mut digits = [0_u8; 20];
    let (mut rest, mut first) = (value.unsigned_abs(), digits.len());
    for (place, digit) in digits.iter_mut().enumerate().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        first = place;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        output.push(b'-');
    }
    output.extend_from_slice(digits.get(first..).unwrap_or_default());
}

/// Numbers without exponent, as 7.3.3 asks.
pub(crate) fn put_real(output: &mut Vec<u8>, value: f64) {
    let value = if value.is_finite() { value.clamp(-1e18, 1e18) } else { 0.0 };
    // Eight places are finer than any device; longer fractions only take room.
    let text = format!("{value:.8}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    output.extend_from_slice(if text == "-0" { b"0" } else { text.as_bytes() });
}

pub(crate) fn put_name(output: &mut Vec<u8>, name: &[u8]) {
    output.push(b'/');
    if name.iter().all(|byte| is_plain(*byte)) {
        output.extend_from_slice(name);
        return;
    }
    for &byte in name {
        // A NUL cannot stand in a name at all (7.3.5).
        if byte == 0 {
            continue;
        }
        if is_plain(byte) {
            output.push(byte);
        } else {
            output.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

/// A character that stands for itself in a name.
#[inline]
pub(crate) fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && super::parse::lex::is_regular(byte) && byte != b'#'
}

pub(crate) fn put_string(output: &mut Vec<u8>, string: &[u8]) {
    output.push(b'(');
    let mut rest = string;
    loop {
        let special = |byte: &u8| matches!(byte, b'(' | b')' | b'\\' | b'\r' | b'\n');
        let plain = rest.iter().position(special).unwrap_or(rest.len());
        let (before, from) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        output.extend_from_slice(before);
        let Some((byte, after)) = from.split_first() else { break };
        let escaped = match byte {
            b'\r' => b'r',
            b'\n' => b'n',
            other => *other,
        };
        output.extend_from_slice(&[b'\\', escaped]);
        rest = after;
    }
    output.push(b')');
}
