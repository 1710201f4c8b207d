//! Model to bytes: one revision, object streams, one cross-reference stream, nothing between the objects.

use sha2::{Digest, Sha256};

use super::model::{Encoding, Fields, Graph, Item, Value};
use crate::{
    error::Error,
    toolkits::codec::flate::{self, Wrapper},
};

/// How many objects stand in one object stream.
const MEMBERS: usize = 200;

/// Writes `graph`.
pub(crate) fn write(graph: &Graph, level: u32) -> Result<Vec<u8>, Error> {
    let mut output = Vec::new();
    output.extend_from_slice(if graph.version_2 { b"%PDF-2.0\n" } else { b"%PDF-1.7\n" });
    output.extend_from_slice(b"%\xe2\xe3\xcf\xd3\n");
    let count = graph.items.len();
    let number = |index: usize| index + 1;
    // Kind, and offset or stream and index.
    let mut places = vec![(0_u8, 0_u64, 0_u64); count + 1];
    let mut members = Vec::new();
    for (index, item) in graph.items.iter().enumerate() {
        match item {
            Some(Item::Value(_)) | None => members.push(index),
            Some(Item::Stream { fields, encoding, predictor, bytes }) => {
                if let Some(place) = places.get_mut(number(index)) {
                    *place = (1, output.len() as u64, 0);
                }
                let mut fields = fields.clone();
                fields.set("Length", Value::Int(bytes.len() as i64));
                fields.set(
                    "Filter",
                    Value::name(match encoding {
                        Encoding::Flate => "FlateDecode",
                        Encoding::Dct => "DCTDecode",
                    }),
                );
                if let Some([colors, bits, columns]) = predictor {
                    let mut parameters = Fields::default();
                    parameters.set("Predictor", Value::Int(15));
                    parameters.set("Colors", Value::Int(i64::from(*colors)));
                    parameters.set("BitsPerComponent", Value::Int(i64::from(*bits)));
                    parameters.set("Columns", Value::Int(i64::from(*columns)));
                    fields.set("DecodeParms", Value::Dict(parameters));
                }
                stream(&mut output, number(index), fields, bytes);
            }
        }
    }
    for (group_index, group) in members.chunks(MEMBERS).enumerate() {
        let holder = count + 1 + group_index;
        let mut head = Vec::new();
        let mut body = Vec::new();
        for (index, member) in group.iter().enumerate() {
            if let Some(place) = places.get_mut(number(*member)) {
                *place = (2, holder as u64, index as u64);
            }
            head.extend_from_slice(format!("{} {} ", number(*member), body.len()).as_bytes());
            match graph.items.get(*member) {
                Some(Some(Item::Value(value))) => put_value(&mut body, value),
                _ => body.extend_from_slice(b"null"),
            }
            body.push(b'\n');
        }
        let mut fields = Fields::default();
        fields.set("Type", Value::name("ObjStm"));
        fields.set("N", Value::Int(group.len() as i64));
        fields.set("First", Value::Int(head.len() as i64));
        head.extend_from_slice(&body);
        let packed = flate::deflate(&head, level, Wrapper::Zlib)?;
        fields.set("Length", Value::Int(packed.len() as i64));
        fields.set("Filter", Value::name("FlateDecode"));
        places.push((1, output.len() as u64, 0));
        stream(&mut output, holder, fields, &packed);
    }
    let start = output.len();
    places.push((1, start as u64, 0));
    if let Some(first) = places.first_mut() {
        *first = (0, 0, 65535);
    }
    cross_reference(graph, &mut output, &places, level)?;
    output.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
    Ok(output)
}

fn cross_reference(
    graph: &Graph,
    output: &mut Vec<u8>,
    places: &[(u8, u64, u64)],
    level: u32,
) -> Result<(), Error> {
    let width = |largest: u64| (1..8).find(|bytes| largest >> (bytes * 8) == 0).unwrap_or(8);
    let second = width(places.iter().map(|place| place.1).max().unwrap_or(0));
    let third = width(places.iter().map(|place| place.2).max().unwrap_or(0));
    let mut table = Vec::with_capacity(places.len() * (1 + second + third));
    for (kind, offset, index) in places {
        table.push(*kind);
        table.extend_from_slice(offset.to_be_bytes().get(8 - second..).unwrap_or_default());
        table.extend_from_slice(index.to_be_bytes().get(8 - third..).unwrap_or_default());
    }
    let packed = flate::deflate(&table, level, Wrapper::Zlib)?;
    let id = Sha256::digest(&*output).get(..16).unwrap_or_default().to_vec();
    let mut fields = Fields::default();
    fields.set("Type", Value::name("XRef"));
    fields.set("Size", Value::Int(places.len() as i64));
    fields.set("W", Value::Array([1, second, third].map(|width| Value::Int(width as i64)).to_vec()));
    if let Some(root) = graph.root {
        fields.set("Root", Value::Ref(root));
    }
    if let Some(info) = graph.info {
        fields.set("Info", Value::Ref(info));
    }
    fields.set("ID", Value::Array(vec![Value::String(id.clone()), Value::String(id)]));
    fields.set("Length", Value::Int(packed.len() as i64));
    fields.set("Filter", Value::name("FlateDecode"));
    stream(output, places.len() - 1, fields, &packed);
    Ok(())
}

fn stream(output: &mut Vec<u8>, number: usize, fields: Fields, bytes: &[u8]) {
    output.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
    put_value(output, &Value::Dict(fields));
    output.extend_from_slice(b"\nstream\n");
    output.extend_from_slice(bytes);
    output.extend_from_slice(b"\nendstream\nendobj\n");
}

/// Writes one value. Nesting is that of the source, which is bounded.
fn put_value(output: &mut Vec<u8>, value: &Value) {
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
                put_value(output, item);
            }
            output.push(b']');
        }
        Value::Dict(fields) => {
            output.extend_from_slice(b"<<");
            for (key, value) in &fields.0 {
                put_name(output, key.bytes());
                output.push(b' ');
                put_value(output, value);
            }
            output.extend_from_slice(b">>");
        }
        Value::Ref(id) => output.extend_from_slice(format!("{} 0 R", u64::from(id.0) + 1).as_bytes()),
    }
}

pub(crate) fn put_int(output: &mut Vec<u8>, value: i64) {
    output.extend_from_slice(value.to_string().as_bytes());
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
    for &byte in name {
        // A NUL cannot stand in a name at all (7.3.5).
        if byte == 0 {
            continue;
        }
        if byte.is_ascii_graphic() && super::parse::lex::is_regular(byte) && byte != b'#' {
            output.push(byte);
        } else {
            output.extend_from_slice(format!("#{byte:02X}").as_bytes());
        }
    }
}

pub(crate) fn put_string(output: &mut Vec<u8>, string: &[u8]) {
    output.push(b'(');
    for &byte in string {
        match byte {
            b'(' | b')' | b'\\' => output.extend_from_slice(&[b'\\', byte]),
            b'\r' => output.extend_from_slice(b"\\r"),
            b'\n' => output.extend_from_slice(b"\\n"),
            _ => output.push(byte),
        }
    }
    output.push(b')');
}
