//! The model as bytes: UTF-8, CRLF, folded at 75 bytes between characters.

use super::model::Model;

/// Bytes of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;

pub(super) fn write(model: &Model) -> Vec<u8> {
    let mut output = Vec::new();
    for line in &model.lines {
        let mut text = line.name.to_owned();
        for (name, value) in &line.parameters {
            let is_word = value
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/' | b'_' | b','));
            let quote = if is_word { "" } else { "\"" };
            text.push_str(&format!(";{name}={quote}{value}{quote}"));
        }
        text.push(':');
        text.push_str(&line.value);
        let mut rest = text.as_str();
        let mut room = LINE;
        while rest.len() > room {
            let (head, behind) = rest.split_at(rest.floor_char_boundary(room));
            output.extend_from_slice(head.as_bytes());
            output.extend_from_slice(b"\r\n ");
            rest = behind;
            room = LINE - 1;
        }
        output.extend_from_slice(rest.as_bytes());
        output.extend_from_slice(b"\r\n");
    }
    output
}
