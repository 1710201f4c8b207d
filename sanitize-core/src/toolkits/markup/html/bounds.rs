//! What must be bounded before the parser sees it.

use super::is_raw;
use crate::{budget::Budget, error::Error, limits::Resource};

/// Fails where a tag has more attributes than [`crate::limits::Limits::xml_attributes`]: the parser compares each
/// with all before it.
///
/// Follows the standard's tokenizer as far as needed to know where tags are. Where it errs, what it counts is
/// still no more than what stands between two angle brackets.
pub(super) fn attributes(text: &str, budget: &Budget) -> Result<(), Error> {
    let bytes = text.as_bytes();
    let limit = budget.limits().xml_attributes;
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'<', rest)) {
        at += found + 1;
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.starts_with(b"!--") {
            // From the opening dashes on, because `<!-->` is a comment as well.
            let Some(end) = rest.get(1..).and_then(|dashes| memchr::memmem::find(dashes, b"-->")) else {
                break;
            };
            at += 1 + end + 3;
            continue;
        }
        if !rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/') {
            continue;
        }
        let (len, count) = tag(rest);
        if count > limit {
            return Err(budget.trip(Resource::Attributes));
        }
        at += len;
        let name_len = rest.iter().take(12).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = text.get(at - len..at - len + name_len).unwrap_or_default().to_ascii_lowercase();
        if is_raw(&name) && name != "plaintext" {
            at += raw_len(bytes.get(at..).unwrap_or_default(), name.as_bytes());
        }
    }
    Ok(())
}

/// The length of the content of a raw element, up to its end tag; all there is where it has none.
fn raw_len(content: &[u8], name: &[u8]) -> usize {
    let ends = |at: &usize| {
        let behind = content.get(at + 2..).unwrap_or_default();
        behind.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    memchr::memmem::find_iter(content, b"</").find(ends).unwrap_or(content.len())
}

/// The length of the tag at the start of `rest`, behind its `<`, and the number of its attributes.
fn tag(rest: &[u8]) -> (usize, u32) {
    #[derive(PartialEq)]
    enum Reads {
        Name,
        Between,
        Value,
        Quoted(u8),
    }
    let (mut reads, mut count) = (Reads::Name, 0_u32);
    for (at, byte) in rest.iter().enumerate() {
        let space = byte.is_ascii_whitespace();
        reads = match reads {
            Reads::Quoted(quote) if *byte == quote => Reads::Between,
            Reads::Quoted(quote) => Reads::Quoted(quote),
            _ if *byte == b'>' => return (at + 1, count),
            Reads::Value if matches!(byte, b'"' | b'\'') => Reads::Quoted(*byte),
            Reads::Value if space => Reads::Value,
            Reads::Name if space || *byte == b'/' => Reads::Between,
            _ if *byte == b'=' => Reads::Value,
            Reads::Between if space || *byte == b'/' => Reads::Between,
            Reads::Between => {
                count = count.saturating_add(1);
                Reads::Name
            }
            Reads::Value | Reads::Name => Reads::Name,
        };
    }
    (rest.len(), count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_they_are_read() {
        assert_eq!(tag(b"a b c=d e=\"f g>\" h='i' j = k>x"), (29, 5));
        assert_eq!(tag(b"a"), (1, 0));
        assert_eq!(tag(b"br/>"), (4, 0));
    }

    #[test]
    fn the_content_of_raw_elements_is_passed_over() {
        assert_eq!(raw_len(b"if (a</b) </SCRIPT>x", b"script"), 10);
        assert_eq!(raw_len(b"abc", b"script"), 3);
    }
}
