//! Header values of the shape `value; name=value`: RFC 2045, 5.1, with RFC 2231 and what people write instead.

use super::word;

/// A parsed `Content-Type` or `Content-Disposition`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Field {
    /// In front of the first semicolon, in lower case: `text/plain`.
    pub(crate) value: String,
    /// By name in the order they first occur; each name once.
    pub(crate) parameters: Vec<Parameter>,
    /// The value broke the grammar and was read as was meant, most likely.
    pub(crate) is_broken: bool,
}

/// A parameter put together from all its pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// In lower case, without the marks of RFC 2231.
    pub(crate) name: String,
    /// Decoded.
    pub(crate) value: String,
    /// The pieces say more than one thing: which of them is meant depends on who reads.
    pub(crate) is_ambiguous: bool,
    /// Encoded or continued after RFC 2231, or with encoded words.
    pub(crate) is_encoded: bool,
}

impl Field {
    /// The parameter of this name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// The value of the parameter of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.parameter(name).map(|parameter| parameter.value.as_str())
    }
}

/// `name*1*=value` before pieces are joined.
struct Piece {
    name: String,
    /// The number of a continued parameter.
    section: Option<u32>,
    /// With percent signs, and in the first section a charset.
    is_extended: bool,
    value: String,
    raw: Vec<u8>,
}

/// Parameters read of one header; more are left out, and the field is broken.
const MOST_PIECES: usize = 256;

/// Reads an unfolded value.
pub(crate) fn parse(unfolded: &[u8]) -> Field {
    let text = word::characters(unfolded);
    let mut rest = skip_comments(&text);
    let value_len = rest.find([';', ' ', '\t', '(', '"']).unwrap_or(rest.len());
    let mut field =
        Field { value: rest.get(..value_len).unwrap_or_default().to_ascii_lowercase(), ..Field::default() };
    rest = skip_comments(rest.get(value_len..).unwrap_or_default());
    let mut pieces = Vec::new();
    loop {
        rest = match rest.strip_prefix(';') {
            Some(behind) => skip_comments(behind),
            None if rest.is_empty() => break,
            // A semicolon that was forgotten.
            None => {
                field.is_broken = true;
                rest
            }
        };
        if rest.is_empty() || rest.starts_with(';') {
            continue;
        }
        if pieces.len() == MOST_PIECES {
            field.is_broken = true;
            break;
        }
        let name_len = rest.find([';', '=']).unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(name_len).unwrap_or((rest, ""));
        let Some(behind) = behind.strip_prefix('=') else {
            field.is_broken = true;
            rest = behind;
            continue;
        };
        let (value, behind, is_broken) = parameter_value(skip_comments(behind));
        field.is_broken |= is_broken;
        rest = skip_comments(behind);
        pieces.push(piece(name.trim(), value));
    }
    field.parameters = join(pieces);
    field
}

/// Without the white space and comments it begins with.
fn skip_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('(') {
        let (mut depth, mut escaped, mut end) = (0_u32, false, rest.len());
        for (at, character) in rest.char_indices() {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' => depth = depth.saturating_add(1),
                ')' => depth = depth.saturating_sub(1),
                _ => (),
            }
            if depth == 0 {
                end = at + 1;
                break;
            }
        }
        rest = rest.get(end..).unwrap_or_default().trim_start();
    }
    rest
}

/// A value, what is behind it, and whether it broke the grammar.
fn parameter_value(text: &str) -> (String, &str, bool) {
    let Some(quoted) = text.strip_prefix('"') else {
        let len = text.find(';').unwrap_or(text.len());
        let (token, rest) = text.split_at_checked(len).unwrap_or((text, ""));
        let token = token.find(" (").and_then(|comment| token.get(..comment)).unwrap_or(token).trim();
        return (token.to_owned(), rest, token.contains([' ', '\t', '"']));
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, character) in quoted.char_indices() {
        match character {
            // Windows paths are written with single backslashes: one is an escape only of what needs one.
            _ if escaped => {
                if !matches!(character, '"' | '\\') {
                    value.push('\\');
                }
                value.push(character);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (value, quoted.get(at + 1..).unwrap_or_default(), false),
            _ => value.push(character),
        }
    }
    // A quote that is never closed.
    (value, "", true)
}

fn piece(name: &str, value: String) -> Piece {
    let lower = name.to_ascii_lowercase();
    let mut marks = lower.split('*');
    let base = marks.next().unwrap_or_default().to_owned();
    let (first, second) = (marks.next(), marks.next());
    let section = first.and_then(|mark| mark.parse().ok());
    let is_extended = matches!((first, second), (Some(""), None) | (Some(_), Some("")));
    let raw = if is_extended { percent_decoded(&value) } else { Vec::new() };
    Piece { name: base, section, is_extended, value, raw }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.as_bytes();
    while let Some((byte, rest)) = bytes.split_first() {
        let digits = match (byte, rest) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match digits {
            Some((high, low)) => {
                decoded.push(high << 4 | low);
                bytes = rest.get(2..).unwrap_or_default();
            }
            None => {
                decoded.push(*byte);
                bytes = rest;
            }
        }
    }
    decoded
}

/// The value of a hexadecimal digit.
pub(super) fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Puts the pieces of each name together.
fn join(pieces: Vec<Piece>) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for piece in &pieces {
        if parameters.iter().any(|known| known.name == piece.name) {
            continue;
        }
        let of_name: Vec<&Piece> = pieces.iter().filter(|other| other.name == piece.name).collect();
        parameters.push(joined(&piece.name, &of_name));
    }
    parameters
}

fn joined(name: &str, pieces: &[&Piece]) -> Parameter {
    let mut candidates: Vec<String> = Vec::new();
    let mut is_encoded = false;
    let mut sections: Vec<&Piece> = pieces.iter().filter(|piece| piece.section.is_some()).copied().collect();
    let in_order = sections.is_sorted_by_key(|piece| piece.section);
    sections.sort_by_key(|piece| piece.section);
    let numbered = sections.iter().enumerate().all(|(at, piece)| piece.section == u32::try_from(at).ok());
    if !sections.is_empty() {
        is_encoded = true;
        candidates.push(continued(&sections));
    }
    for piece in pieces.iter().filter(|piece| piece.section.is_none() && piece.is_extended) {
        is_encoded = true;
        candidates.push(continued(&[*piece]));
    }
    for piece in pieces.iter().filter(|piece| piece.section.is_none() && !piece.is_extended) {
        let decoded = word::decode(piece.value.as_bytes());
        is_encoded |= decoded.has_words;
        candidates.push(decoded.text);
    }
    let value = candidates.first().cloned().unwrap_or_default();
    let agree = candidates.iter().all(|candidate| *candidate == value);
    Parameter { name: name.to_owned(), value, is_ambiguous: !agree || !in_order || !numbered, is_encoded }
}

/// RFC 2231, 3 and 4: `charset'language'` in front of the first piece where that one is extended.
fn continued(pieces: &[&Piece]) -> String {
    let mut charset = String::new();
    let mut bytes = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        if !piece.is_extended {
            bytes.extend_from_slice(piece.value.as_bytes());
            continue;
        }
        let mut raw = piece.raw.as_slice();
        if index == 0 {
            let mut parts = piece.value.splitn(3, '\'');
            if let (Some(label), Some(_language), Some(rest)) = (parts.next(), parts.next(), parts.next()) {
                charset = label.to_owned();
                let decoded = percent_decoded(rest).len();
                raw = raw.get(raw.len().saturating_sub(decoded)..).unwrap_or_default();
            }
        }
        bytes.extend_from_slice(raw);
    }
    crate::toolkits::charset::label::decode(&bytes, Some(&charset)).text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(value: &str) -> Parameter {
        parse(value.as_bytes()).parameter("filename").unwrap().clone()
    }

    #[test]
    fn a_name_is_put_together_from_what_mailers_write() {
        for (value, name) in [
            ("attachment; filename=\"a b.txt\"", "a b.txt"),
            ("attachment; filename=a.txt (a comment)", "a.txt"),
            ("attachment; filename*=UTF-8''%E8%A8%88%E7%94%BB.txt", "計画.txt"),
            ("attachment; filename*0*=iso-2022-jp''%1B$B7W2h; filename*1*=%1B(B.txt", "計画.txt"),
            ("attachment; filename*0=\"a\"; filename*1=\"b.txt\"", "ab.txt"),
            ("attachment; filename=\"=?ISO-2022-JP?B?GyRCN1cyaBsoQi50eHQ=?=\"", "計画.txt"),
            ("attachment; filename=\"C:\\dir\\a.txt\"", "C:\\dir\\a.txt"),
        ] {
            let parameter = name_of(value);
            assert_eq!(parameter.value, name, "{value}");
            assert!(!parameter.is_ambiguous, "{value}");
        }
    }

    #[test]
    fn pieces_that_disagree_are_told() {
        for value in [
            "attachment; filename=a.pdf; filename=b.exe",
            "attachment; filename=a.pdf; filename*=utf-8''b.exe",
            "attachment; filename=\"KEEP.pdf\"; filename*0=\"KILL.e\"; filename*1=\"xe\"",
            "attachment; filename*1=\"xe\"; filename*0=\"KILL.e\"",
        ] {
            assert!(name_of(value).is_ambiguous, "{value}");
        }
    }

    #[test]
    fn a_forgotten_semicolon_or_quote_is_read_as_meant() {
        let field = parse(b"application/pdf name=\"a.pdf\"");
        assert_eq!(
            (field.value.as_str(), field.get("name"), field.is_broken),
            ("application/pdf", Some("a.pdf"), true)
        );
        assert_eq!(parse(b"text/html; charset=\"utf-8").get("charset"), Some("utf-8"));
        assert_eq!(parse(b"text/plain (a) ; charset = us-ascii (b)").get("charset"), Some("us-ascii"));
    }
}
