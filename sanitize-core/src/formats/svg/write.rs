use super::model::{Drawing, Piece};
use crate::toolkits::markup::xml::escape::{self, Within};

/// The root's start tag up to its own attributes.
pub(super) const ROOT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
/// What follows where there are addresses: every viewer knows them under this name.
pub(super) const XLINK: &str = " xmlns:xlink=\"http://www.w3.org/1999/xlink\"";

pub(super) fn write(drawing: &Drawing) -> Vec<u8> {
    let mut output = Vec::new();
    let mut pieces = drawing.pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match piece {
            Piece::Start(element, attributes) => {
                if output.is_empty() {
                    output.extend(ROOT.as_bytes());
                    output.extend(if drawing.has_addresses { XLINK.as_bytes() } else { b"" });
                } else {
                    output.push(b'<');
                    output.extend(element.name.as_bytes());
                }
                for attribute in attributes {
                    output.push(b' ');
                    output.extend(attribute.name.as_bytes());
                    output.extend(b"=\"");
                    escape::encode(&attribute.value, Within::Attribute, &mut output);
                    output.push(b'"');
                }
                let empty = matches!(pieces.peek(), Some(Piece::End(_)));
                if empty {
                    pieces.next();
                }
                output.extend(if empty { &b"/>"[..] } else { b">" });
            }
            Piece::End(element) => {
                output.extend(b"</");
                output.extend(element.name.as_bytes());
                output.push(b'>');
            }
            Piece::Text(text) => escape::encode(text, Within::Text, &mut output),
        }
    }
    output.push(b'\n');
    output
}
