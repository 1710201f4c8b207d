//! What stands between the objects, and in them, that means nothing to a reader.

use super::lex::is_space;

/// An object in the file: where it starts, where its value ends and where its data does; the last two are the same
/// for what is no stream. There is one for every object: places beyond four gibibytes are not told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    start: u32,
    value_end: u32,
    end: u32,
}

impl Span {
    pub(crate) fn new(start: usize, value_end: usize, end: usize) -> Self {
        let [start, value_end, end] = [start, value_end, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Self { start, value_end, end }
    }
}

/// White space longer than this is more than anyone needs to set objects apart.
const BLANK: usize = 1024;

/// True where `input`, whose header stands at `start`, holds comments, or between its objects anything but keywords. Where objects are known to
/// stand that nobody reads, `unread`, only comments count.
pub(crate) fn holds_more(input: &[u8], start: usize, mut spans: Vec<Span>, unread: bool) -> bool {
    spans.sort_unstable();
    spans.dedup();
    let mut at = start + header(input.get(start..).unwrap_or_default());
    for span in &spans {
        let (start, value_end) = (span.start as usize, span.value_end as usize);
        let gap = input.get(at..start).unwrap_or_default();
        if gap_holds_more(gap, unread) {
            return true;
        }
        let value = input.get(start..value_end).unwrap_or_default();
        if holds_comment(value) {
            return true;
        }
        at = at.max(span.end as usize);
    }
    gap_holds_more(input.get(at..).unwrap_or_default(), unread)
}

/// Where the header ends: its line, and the line of four high bytes or more behind it.
fn header(input: &[u8]) -> usize {
    let line = |from: usize| {
        let rest = input.get(from..).unwrap_or_default();
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        (rest.get(..end).unwrap_or_default(), from + end)
    };
    let (first, mut end) = line(0);
    // Readers look at a version of three letters; a word behind it is a place to hide in.
    if first.len() > 8 && first.get(8..).is_some_and(|rest| rest.iter().any(u8::is_ascii_graphic)) {
        return 0;
    }
    while input.get(end).is_some_and(|byte| is_space(*byte)) {
        end += 1;
    }
    let (second, after) = line(end);
    let binary = second
        .strip_prefix(b"%")
        .is_some_and(|mark| mark.len() <= 32 && mark.iter().filter(|byte| **byte >= 0x80).count() >= 3);
    if binary { after } else { end }
}

fn gap_holds_more(gap: &[u8], unread: bool) -> bool {
    if gap.len() > BLANK && gap.iter().take(BLANK + 1).all(|byte| is_space(*byte)) {
        return true;
    }
    let mut rest = gap;
    loop {
        let blanks = rest.iter().take_while(|byte| is_space(**byte)).count();
        rest = rest.get(blanks..).unwrap_or_default();
        match rest {
            [] => return false,
            [b'e', b'n', b'd', b'o', b'b', b'j', after @ ..] => rest = after,
            [b'e', b'n', b'd', b's', b't', b'r', b'e', b'a', b'm', after @ ..] => rest = after,
            [b'%', b'%', b'E', b'O', b'F', after @ ..] => rest = after,
            _ => break,
        }
    }
    let keyword = [&b"xref"[..], b"trailer", b"startxref"].iter().any(|keyword| rest.starts_with(keyword));
    if !keyword && !unread {
        return true;
    }
    // A table, a trailer and the end, or objects of an earlier revision.
    while let Some(at) = memchr::memchr(b'%', rest) {
        let comment = rest.get(at..).unwrap_or_default();
        if !comment.starts_with(b"%%EOF") && (keyword || holds_comment(rest)) {
            return true;
        }
        if !comment.starts_with(b"%%EOF") {
            return false;
        }
        rest = comment.get(5..).unwrap_or_default();
    }
    false
}

/// True where a comment stands in `value`, outside its strings.
fn holds_comment(value: &[u8]) -> bool {
    if memchr::memchr(b'%', value).is_none() {
        return false;
    }
    let (mut depth, mut escaped) = (0_u32, false);
    for byte in value {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if depth > 0 => escaped = true,
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'%' if depth == 0 => return true,
            _ => (),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(file: &[u8]) -> bool {
        let start = memchr::memmem::find(file, b"1 0 obj").unwrap();
        let end = memchr::memmem::find(file, b"endobj").unwrap();
        holds_more(file, 0, vec![Span::new(start, end, end)], false)
    }

    #[test]
    fn what_every_file_has_is_no_comment() {
        assert!(!of(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n(50% (a)\\)%)\nendobj\nxref\n0 1\ntrailer <<>>\nstartxref\n9\n%%EOF\n"));
    }

    #[test]
    fn comments_and_words_between_objects_are_found() {
        for file in [
            &b"%PDF-1.4\n% more\n1 0 obj\n1\nendobj\nxref\n%%EOF"[..],
            b"%PDF-1.4 and more\n1 0 obj\n1\nendobj\nxref\n%%EOF",
            b"%PDF-1.4\n1 0 obj\n<< % more\n>>\nendobj\nxref\n%%EOF",
            b"%PDF-1.4\n1 0 obj\n1\nendobj\nmore\nxref\n%%EOF",
            b"%PDF-1.4\n1 0 obj\n1\nendobj\nxref\n% more\n%%EOF",
        ] {
            assert!(of(file), "{}", String::from_utf8_lossy(file));
        }
    }
}
