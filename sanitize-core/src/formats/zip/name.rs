//! Member names that mean one thing on every system.

use unicode_normalization::UnicodeNormalization;

use super::threats;
use crate::{engine::threats as engine, report::Threat};

/// Bytes of one segment, and characters of a path, that every system and its file manager can hold.
const SEGMENT_BYTES: usize = 200;
const PATH_CHARACTERS: usize = 240;
/// What its directories may take of them: a name and a number always have room behind.
const DIRECTORY_CHARACTERS: usize = 180;
const SEGMENTS: usize = 32;

/// A relative path, and what had to be done to make it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SafePath {
    /// Without a slash at the end; empty when nothing of the name was left, as for `./`.
    pub(super) path: String,
    /// Each at most once, in the order they were met.
    pub(super) changes: Vec<&'static Threat>,
}

/// Makes `name` safe, or says why no file may have been meant by it.
pub(super) fn safe(name: &str) -> Result<SafePath, &'static Threat> {
    let mut changes: Vec<&'static Threat> = Vec::new();
    let mut change = |threat: &'static Threat| {
        if !changes.contains(&threat) {
            changes.push(threat);
        }
    };
    // Invisible characters go first, so that they cannot hide any of what follows.
    let visible: String = name.chars().filter(|character| !is_hidden(*character)).collect();
    if visible.len() != name.len() {
        change(&threats::HIDDEN_CHARACTERS);
    }
    let mut rest = visible.replace('\\', "/");
    if rest != visible {
        change(&threats::CANONICAL);
    }
    let relative = rest.trim_start_matches('/').len();
    if relative != rest.len() {
        change(&threats::ABSOLUTE);
        rest = rest.split_off(rest.len() - relative);
        // `\\?\` and `\\.\` begin device paths.
        if let Some(device_path) = rest.strip_prefix("?/").or_else(|| rest.strip_prefix("./")) {
            rest = device_path.to_owned();
        }
    }
    if let [letter, b':', ..] = rest.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        change(&threats::DRIVE);
        rest = rest.split_off(2).trim_start_matches('/').to_owned();
    }
    if rest.split('/').any(names_stream) {
        return Err(&threats::NTFS_STREAM);
    }
    let mut segments: Vec<String> = Vec::new();
    let mut parts = rest.strip_suffix('/').unwrap_or(&rest).split('/').peekable();
    while let Some(part) = parts.next() {
        match part {
            "" | "." => change(&threats::CANONICAL),
            ".." if parts.peek().is_none() || segments.pop().is_none() => return Err(&threats::SLIP),
            ".." => change(&threats::CANONICAL),
            _ if is_traversal(part) => return Err(&threats::SLIP),
            _ => segments.extend(segment(part, &mut change)),
        }
    }
    let path = shortened(segments, &mut change);
    Ok(SafePath { path, changes })
}

/// True where a colon means what it means to NTFS: a stream of a file (`a.txt:b`, `a::$DATA`). Elsewhere, as in
/// `12:30` or `Re: plan`, it is a character that Windows cannot write.
fn names_stream(part: &str) -> bool {
    let Some((file, stream)) = part.split_once(':') else { return false };
    file.contains('.')
        || file.is_empty()
        || stream.contains([':', '$'])
        || stream.contains('.')
            && !stream.starts_with(' ')
            && !stream.starts_with(|first: char| first.is_ascii_digit())
}

/// Spellings of `..` that a reader may undo: four dots leave two where `../` is taken out, percent signs are
/// decoded, and Windows drops spaces at the end.
fn is_traversal(part: &str) -> bool {
    let decoded = part.to_ascii_lowercase().replace("%2e", ".").replace("%2f", "/").replace("%5c", "/");
    // As it stands, and as it is once the end that Windows drops is gone.
    let leads_up =
        |piece: &str| piece.trim_end() == ".." || piece.trim_end_matches(NOT_LAST).trim_end() == "..";
    let escapes = decoded.split('/').any(leads_up);
    escapes || part.len() >= 4 && part.bytes().all(|byte| byte == b'.')
}

/// What Windows drops at the end of a segment.
const NOT_LAST: [char; 2] = ['.', ' '];

/// One segment as every system holds it; nothing where it is dots only.
fn segment(part: &str, change: &mut impl FnMut(&'static Threat)) -> Option<String> {
    let trimmed = part.trim_end_matches(NOT_LAST);
    if trimmed.is_empty() {
        change(&threats::CANONICAL);
        return None;
    }
    if trimmed != part {
        change(&threats::DEVICE);
    }
    let allowed: String = trimmed
        .chars()
        .map(
            |character| {
                if matches!(character, ':' | '<' | '>' | '"' | '|' | '?' | '*') { '_' } else { character }
            },
        )
        .collect();
    let mut composed = composed(&allowed);
    if composed != trimmed {
        change(&engine::OUTPUT_NAME);
    }
    if is_device(&composed) {
        change(&threats::DEVICE);
        composed.insert(0, '_');
    }
    if composed.len() > SEGMENT_BYTES {
        change(&threats::LENGTH);
        composed = fitted(&composed, "", SEGMENT_BYTES, PATH_CHARACTERS);
    }
    Some(composed)
}

/// NFC, but for CJK compatibility ideographs: it would turn the 神 (U+FA19) of a person's name into 神.
fn composed(text: &str) -> String {
    let is_compatibility =
        |character: char| matches!(character, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}');
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut composed = String::with_capacity(text.len());
    for run in text.split_inclusive(is_compatibility) {
        let kept = run.chars().next_back().filter(|last| is_compatibility(*last));
        let plain = run.strip_suffix(is_compatibility).unwrap_or(run);
        composed.extend(plain.nfc());
        composed.extend(kept);
    }
    composed
}

/// Names of devices with any extension, after Microsoft's "Naming Files, Paths, and Namespaces".
fn is_device(segment: &str) -> bool {
    let stem = segment.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |prefix| {
        let number = stem.strip_prefix(prefix).unwrap_or_default();
        let mut characters = number.chars();
        matches!((characters.next(), characters.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || numbered("COM")
        || numbered("LPT")
}

/// The parts of a name that is to be made shorter: the extension stays where it is a short one.
fn split_extension(base: &str) -> (&str, &str) {
    match base.rfind('.') {
        Some(dot) if dot > 0 && base.len() - dot <= 17 => base.split_at(dot),
        _ => (base, ""),
    }
}

/// `base` with its stem cut and `suffix` behind it, so that it takes at most so many bytes and characters.
fn fitted(base: &str, suffix: &str, bytes: usize, characters: usize) -> String {
    let (stem, extension) = split_extension(base);
    let tail = suffix.len() + extension.len();
    let tail_characters = suffix.chars().count() + extension.chars().count();
    let mut room = bytes.saturating_sub(tail);
    let mut kept = String::new();
    for character in stem.chars().take(characters.saturating_sub(tail_characters)) {
        match room.checked_sub(character.len_utf8()) {
            Some(left) => room = left,
            None => break,
        }
        kept.push(character);
    }
    format!("{}{suffix}{extension}", kept.trim_end_matches(['.', ' ']))
}

/// The segments as a path; the innermost directories give way where it is too long or too deep.
fn shortened(mut segments: Vec<String>, change: &mut impl FnMut(&'static Threat)) -> String {
    let Some(base) = segments.pop() else { return String::new() };
    let mut directories = String::new();
    let mut characters = 0;
    for segment in segments.iter().take(SEGMENTS) {
        characters += segment.chars().count() + 1;
        if characters > DIRECTORY_CHARACTERS {
            break;
        }
        directories.push_str(segment);
        directories.push('/');
    }
    let whole = segments.iter().map(|segment| segment.len() + 1).sum::<usize>();
    let path = with_suffix(&format!("{directories}{base}"), "");
    if directories.len() != whole || path.len() != directories.len() + base.len() {
        change(&threats::LENGTH);
    }
    path
}

/// `path` with `suffix` behind its stem, within the lengths that every system holds.
pub(super) fn with_suffix(path: &str, suffix: &str) -> String {
    let (directories, base) = path.split_at(path.rfind('/').map_or(0, |slash| slash + 1));
    let room = PATH_CHARACTERS.saturating_sub(directories.chars().count());
    if suffix.is_empty() && base.len() <= SEGMENT_BYTES && base.chars().count() <= room {
        return path.to_owned();
    }
    format!("{directories}{}", fitted(base, suffix, SEGMENT_BYTES, room))
}

/// Characters that no reader sees: controls, format characters, fillers, tags. Variation selectors stay:
/// they choose the form of the ideograph before them.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}')
}

/// What two names have in common where a file system sees one file: NFKC, without case.
pub(super) fn key(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    let folded: String = path.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).collect();
    folded.nfkc().filter(|character| *character != '\u{307}').collect()
}

/// True when the name is made to be read as another: two extensions of which the last acts, room before the
/// extension, dots that are none, letters of two scripts that look alike.
pub(super) fn is_deceptive(path: &str) -> bool {
    let base = path.rsplit('/').next().unwrap_or(path);
    let lookalike_dot = base.contains(['\u{ff0e}', '\u{2024}', '\u{fe52}', '\u{fe19}']);
    let (stem, extension) = base.rsplit_once('.').unwrap_or((base, ""));
    let acts = super::types::dangerous_extension(extension).is_some();
    let two = acts && stem.rsplit_once('.').is_some_and(|(_, inner)| (2..=5).contains(&inner.trim().len()));
    let blanks = stem.chars().rev().take_while(|character| character.is_whitespace()).count();
    let has = |range: &[std::ops::RangeInclusive<char>]| {
        base.chars().any(|character| range.iter().any(|range| range.contains(&character)))
    };
    let latin = has(&['a'..='z', 'A'..='Z']) && has(&['\u{400}'..='\u{52f}', '\u{391}'..='\u{3c9}']);
    lookalike_dot
        || two
        || blanks >= 3
        || acts && blanks >= 1
        || latin && !extension.is_empty() && mixed_word(stem)
}

/// True when one run of letters has both Latin and Greek or Cyrillic ones. Words of each side by side are
/// how people write.
fn mixed_word(text: &str) -> bool {
    text.split(|character: char| !character.is_alphabetic()).any(|word| {
        let latin = word.contains(|character: char| character.is_ascii_alphabetic());
        let other = word
            .contains(|character: char| matches!(character, '\u{391}'..='\u{3c9}' | '\u{400}'..='\u{52f}'));
        latin && other
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_is_a_stream_only_where_a_file_stands_before_it() {
        for stream in ["a.txt:b", "a.txt:b.exe", "a::$DATA", "a:$DATA", ":b", "a:b.exe"] {
            assert!(names_stream(stream), "{stream}");
        }
        for plain in ["12:30", "12:30.txt", "Re: plan", "a:b"] {
            assert!(!names_stream(plain), "{plain}");
        }
    }
}
