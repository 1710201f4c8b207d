use super::model::{Document, Token};
use crate::{budget::Budget, error::Error};

pub(super) fn write(document: &Document<'_>, budget: &Budget) -> Result<Vec<u8>, Error> {
    let mut output = budget.reserve(size(document))?;
    // Ranges that stand in others end before them: sorted by their beginnings, they are passed over with them.
    let mut without = document.without.clone();
    without.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut without = without.into_iter().peekable();
    let mut skipped_to = 0;
    for (at, token) in document.tokens.iter().enumerate() {
        while let Some(range) = without.next_if(|range| range.start <= at) {
            skipped_to = skipped_to.max(range.end);
        }
        if at < skipped_to {
            continue;
        }
        match token {
            Token::Mark(mark) => output.push(*mark),
            Token::Space(space) => output.extend_from_slice(space.as_bytes()),
            Token::Word(word) => output.extend_from_slice(word.as_bytes()),
            Token::Plain(raw) => {
                output.push(b'"');
                output.extend_from_slice(raw.as_bytes());
                output.push(b'"');
            }
            Token::Escaped(value) => string(value, &mut output),
        }
    }
    Ok(output)
}

fn string(value: &str, output: &mut Vec<u8>) {
    output.push(b'"');
    for character in value.chars() {
        match character {
            '"' => output.extend_from_slice(b"\\\""),
            '\\' => output.extend_from_slice(b"\\\\"),
            '\n' => output.extend_from_slice(b"\\n"),
            '\r' => output.extend_from_slice(b"\\r"),
            '\t' => output.extend_from_slice(b"\\t"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                output.extend_from_slice(format!("\\u{:04x}", u32::from(character)).as_bytes());
            }
            other => output.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    output.push(b'"');
}

/// About how many bytes will be written.
fn size(document: &Document<'_>) -> u64 {
    let of_token = |token: &Token<'_>| match token {
        Token::Mark(_) => 1,
        Token::Space(text) | Token::Word(text) => text.len(),
        Token::Plain(raw) => raw.len() + 2,
        Token::Escaped(value) => value.len() / 2 * 3 + 2,
    };
    document.tokens.iter().map(of_token).sum::<usize>() as u64
}
