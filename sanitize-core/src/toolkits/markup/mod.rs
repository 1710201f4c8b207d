//! Markup languages.

pub(crate) mod css;
mod cursor;
pub(crate) mod html;
pub(crate) mod text;
pub(crate) mod xml;

use std::borrow::Cow;

pub(crate) use cursor::Cursor;

/// What stands behind the `<` of the first tag that names an element or a document type of HTML, in any encoding
/// that has ASCII in it; of UTF-16 without the zeros. Comments, instructions and declarations before it are
/// passed over. Looks at the first bytes only.
pub(crate) fn first_tag(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    const LOOKED_AT: usize = 16 << 10;
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let wide = match head {
        [0xff, 0xfe, body @ ..] | [0xfe, 0xff, body @ ..] => Some(body),
        [b'<', 0, ..] | [0, b'<', ..] => Some(head),
        _ => None,
    };
    if let Some(wide) = wide {
        let narrow: Vec<u8> = wide.iter().copied().filter(|byte| *byte != 0).collect();
        let len = behind_first_tag(&narrow)?.len();
        return Some(Cow::Owned(narrow.get(narrow.len() - len..)?.to_vec()));
    }
    behind_first_tag(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)).map(Cow::Borrowed)
}

fn behind_first_tag(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text;
    loop {
        let tag = rest.trim_ascii_start().strip_prefix(b"<")?;
        let is_html = tag.get(..13).is_some_and(|tag| tag.eq_ignore_ascii_case(b"!doctype html"));
        let end = if tag.starts_with(b"!--") {
            memchr::memmem::find(tag, b"-->")? + 3
        } else if tag.starts_with(b"?") {
            memchr::memchr(b'>', tag)? + 1
        } else if tag.starts_with(b"!") && !is_html {
            // A document type may have declarations of its own between brackets.
            let end = memchr::memchr(b'>', tag)?;
            match memchr::memchr(b'[', tag.get(..end)?) {
                Some(_) => {
                    let close = memchr::memchr(b']', tag)?;
                    close + memchr::memchr(b'>', tag.get(close..)?)? + 1
                }
                None => end + 1,
            }
        } else {
            return Some(tag);
        };
        rest = tag.get(end..)?;
    }
}
