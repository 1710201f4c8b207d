//! The text of HTML, as a reader without pictures and styles would see it.

/// Elements whose content is no text.
const UNSEEN: [&str; 9] =
    ["head", "script", "style", "title", "template", "noscript", "svg", "math", "object"];
/// Elements that begin a line.
const LINES: [&str; 25] = [
    "address",
    "article",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "nl",
    "ol",
    "p",
    "table",
    "tr",
    "ul",
];
/// Character references that people write; the rest stands as it is.
const REFERENCES: [(&str, &str); 16] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("yen", "¥"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("middot", "·"),
];

/// The text of `html` in lines that end in CRLF. One pass; what is cut ends the text.
pub(crate) fn of_html(html: &str) -> String {
    let mut text = Lines::default();
    // The element whose content is passed over.
    let mut unseen: Option<&'static str> = None;
    let mut rest = html;
    while !rest.is_empty() {
        let len = rest.find('<').unwrap_or(rest.len());
        let (plain, tag) = rest.split_at_checked(len).unwrap_or((rest, ""));
        if unseen.is_none() {
            text.characters(plain);
        }
        if tag.is_empty() {
            break;
        }
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.find("-->").and_then(|end| comment.get(end + 3..)).unwrap_or_default();
            continue;
        }
        let body = tag.get(1..).unwrap_or_default();
        if !body.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!' | '?')) {
            if unseen.is_none() {
                text.characters("<");
            }
            rest = body;
            continue;
        }
        let end = tag_end(body);
        let inside = body.get(..end).unwrap_or(body);
        rest = body.get(end + 1..).unwrap_or_default();
        let is_end = inside.starts_with('/');
        let name = inside.trim_start_matches('/');
        let name =
            name.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default();
        let known =
            |list: &[&'static str]| list.iter().copied().find(|known| known.eq_ignore_ascii_case(name));
        match (unseen, known(&UNSEEN)) {
            (Some(open), Some(element)) if is_end && open == element => unseen = None,
            // A body ends a head that was never closed.
            (Some("head" | "title"), None) if name.eq_ignore_ascii_case("body") => unseen = None,
            (Some(_), _) => (),
            (None, Some(element)) if !is_end && !inside.ends_with('/') => unseen = Some(element),
            (None, _) => {
                if known(&LINES).is_some() {
                    text.new_line(name.eq_ignore_ascii_case("p") && !is_end);
                } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
                    text.characters(" ");
                }
            }
        }
    }
    text.finish()
}

/// Where a tag ends: quotation marks hide brackets.
fn tag_end(body: &str) -> usize {
    let mut quote = None;
    for (at, byte) in body.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => (),
        }
    }
    // A mark that is never closed hides nothing.
    body.find('>').unwrap_or(body.len())
}

#[derive(Default)]
struct Lines {
    text: String,
    /// White space stands between what was written and what comes.
    is_spaced: bool,
    /// Something was written on the last line.
    has_line: bool,
}

impl Lines {
    fn characters(&mut self, plain: &str) {
        let mut rest = plain;
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_whitespace() {
                self.is_spaced = true;
                rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace());
                continue;
            }
            if self.is_spaced && self.has_line {
                self.text.push(' ');
            }
            self.is_spaced = false;
            self.has_line = true;
            if let Some((decoded, behind)) = reference(rest) {
                self.text.push_str(&decoded);
                rest = behind;
                continue;
            }
            let len = rest
                .char_indices()
                .skip(1)
                .find(|(_, character)| character.is_ascii_whitespace() || *character == '&');
            let len = len.map_or(rest.len(), |(at, _)| at);
            let (word, behind) = rest.split_at_checked(len).unwrap_or((rest, ""));
            self.text.push_str(word);
            rest = behind;
        }
    }

    fn new_line(&mut self, is_paragraph: bool) {
        if self.has_line || self.text.ends_with("\r\n") && !self.text.ends_with("\r\n\r\n") && !is_paragraph {
            self.text.push_str("\r\n");
        }
        if is_paragraph && !self.text.is_empty() && !self.text.ends_with("\r\n\r\n") {
            self.text.push_str("\r\n");
        }
        self.is_spaced = false;
        self.has_line = false;
    }

    fn finish(mut self) -> String {
        self.text.truncate(self.text.trim_end().len());
        if !self.text.is_empty() {
            self.text.push_str("\r\n");
        }
        self.text
    }
}

/// The character reference at the start of `text`, decoded, and what is behind it.
fn reference(text: &str) -> Option<(String, &str)> {
    let body = text.strip_prefix('&')?;
    let len = body.bytes().take(12).position(|byte| !(byte.is_ascii_alphanumeric() || byte == b'#'))?;
    let name = body.get(..len)?;
    let rest = body.get(len..)?.strip_prefix(';').or_else(|| body.get(len..))?;
    if let Some(number) = name.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return Some((char::from_u32(code)?.to_string(), rest));
    }
    REFERENCES.iter().find(|(known, _)| *known == name).map(|(_, decoded)| ((*decoded).to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_reader_sees_is_left() {
        for (html, text) in [
            ("<p>a <b>b</b>\n c</p><p>d</p>", "a b c\r\n\r\nd\r\n"),
            ("<html><head><title>t</title><style>x{}</style></head><body>a<br>b", "a\r\nb\r\n"),
            ("a<script>if (a < b) KILL()</script>b", "ab\r\n"),
            ("<a title=\"x>y\">z</a> &lt;&#x8a08;&#30011;&gt; & &unknown;", "z <計画> & &unknown;\r\n"),
            ("<!-- KILL -->a<!DOCTYPE html>", "a\r\n"),
            ("a < b", "a < b\r\n"),
            ("a<b", "a\r\n"),
        ] {
            assert_eq!(of_html(html), text, "{html}");
        }
    }
}
