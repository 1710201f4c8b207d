//! Part names (OPC §6.2): one key for every spelling under which a reader would find the same part.

/// The key of a member or of a resolved target: percent-escapes read, separators and case folded, empty and
/// `.` segments gone. `None` when the name leaves the package or cannot name a part.
pub(crate) fn key(name: &str) -> Option<String> {
    let decoded = percent_decoded(name)?;
    let mut key = String::with_capacity(decoded.len());
    for segment in decoded.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => return None,
            _ => {
                if !key.is_empty() {
                    key.push('/');
                }
                key.extend(segment.chars().map(|character| character.to_ascii_lowercase()));
            }
        }
    }
    (!key.is_empty() && !key.contains('\0')).then_some(key)
}

/// True when `name` is spelled as the format asks, so that its key is only its lower case.
pub(crate) fn is_plain(name: &str) -> bool {
    !name.starts_with('/')
        && !name.bytes().any(|byte| matches!(byte, b'%' | b'\\'))
        && name.split('/').all(|segment| !matches!(segment, "" | "." | "..") && !segment.ends_with('.'))
}

/// The key of the relationships part of the part with `key`; of the package itself for an empty key.
pub(crate) fn relationships_of(key: &str) -> String {
    match key.rsplit_once('/') {
        Some((folder, name)) => format!("{folder}/_rels/{name}.rels"),
        None => format!("_rels/{key}.rels"),
    }
}

/// What a target means relative to the part with the key `source`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// A part of the package, by key.
    Part(String),
    /// Climbs out of the package's root.
    Outside,
    /// Nothing a part can be named.
    Nowhere,
}

/// Resolves an internal target (a relative reference) against its source part.
pub(crate) fn resolve(source: &str, target: &str) -> Resolved {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let Some(path) = percent_decoded(path) else { return Resolved::Nowhere };
    let mut segments: Vec<&str> = Vec::new();
    if !path.starts_with(['/', '\\']) {
        segments.extend(source.split('/'));
        segments.pop();
        segments.retain(|segment| !segment.is_empty());
    }
    for segment in path.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                if segments.pop().is_none() {
                    return Resolved::Outside;
                }
            }
            _ => segments.push(segment),
        }
    }
    match key(&segments.join("/").replace('%', "%25")) {
        Some(key) => Resolved::Part(key),
        None => Resolved::Nowhere,
    }
}

fn percent_decoded(name: &str) -> Option<String> {
    if !name.contains('%') {
        return Some(name.to_owned());
    }
    let mut decoded = Vec::with_capacity(name.len());
    let mut bytes = name.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let mut rest = bytes.clone();
        let digits = (rest.next().and_then(hex_digit), rest.next().and_then(hex_digit));
        match digits {
            (Some(high), Some(low)) => {
                decoded.push(high * 16 + low);
                bytes = rest;
            }
            _ => decoded.push(b'%'),
        }
    }
    String::from_utf8(decoded).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_name_has_one_key() {
        for name in [
            "word/vbaProject.bin",
            "/word/vbaProject.bin",
            "word/%76baProject.bin",
            "word\\.\\VBAPROJECT.BIN",
            "word//vbaProject.bin",
        ] {
            assert_eq!(key(name).as_deref(), Some("word/vbaproject.bin"), "{name}");
        }
        assert_eq!(key("a/../b"), None);
        assert_eq!(key("a/%2e%2e/b"), None);
        assert!(is_plain("word/document.xml") && !is_plain("word/./document.xml"));
    }

    #[test]
    fn targets_resolve_against_their_source() {
        let resolved = |source, target| resolve(source, target);
        assert_eq!(
            resolved("xl/worksheets/sheet1.xml", "../drawings/drawing1.xml"),
            Resolved::Part("xl/drawings/drawing1.xml".into())
        );
        assert_eq!(
            resolved("word/document.xml", "/word/media/image1.png"),
            Resolved::Part("word/media/image1.png".into())
        );
        assert_eq!(resolved("", "word/document.xml"), Resolved::Part("word/document.xml".into()));
        assert_eq!(resolved("word/document.xml", "../../../etc/passwd"), Resolved::Outside);
        assert_eq!(resolved("word/document.xml", "%2e%2e/%2e%2e/x"), Resolved::Outside);
        assert_eq!(
            resolved("word/document.xml", "media/a%2520b.png"),
            Resolved::Part("word/media/a%20b.png".into()).clone()
        );
    }
}
