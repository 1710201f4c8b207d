//! Names of files: the extension as a claim, and the name an output should have.

use unicode_normalization::UnicodeNormalization;

use crate::format::Format;

/// The extension of `name` without its dot, or nothing. A name that is only an extension has none.
pub(crate) fn extension(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match base.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    }
}

/// `name` with the extension of `format`, unless it already has one of that format's.
///
/// An extension that names another known format is replaced; one that names none (`report.2026`) stays as
/// part of the name.
pub(crate) fn with_extension(name: &str, format: Format) -> String {
    let claimed = extension(name);
    if format.extensions().iter().any(|known| known.eq_ignore_ascii_case(claimed)) {
        return name.to_owned();
    }
    let stem = match Format::by_extension(claimed) {
        Some(_) => name.get(..name.len() - claimed.len() - 1).unwrap_or(name),
        None => name,
    };
    format!("{stem}.{}", format.extension())
}

/// What a name is called of which nothing is left.
const UNNAMED: &str = "unnamed";
/// Bytes a name may have on every common file system.
const LONGEST: usize = 255;
/// What no name ends with: Windows drops it, or nobody sees it.
const NOT_LAST: [char; 3] = ['.', ' ', '\u{3000}'];

/// `name` without its folders, as every file system and every reader takes it alike: NFC, without control
/// and bidirectional characters, without the characters that Windows forbids, without leading or trailing
/// spaces and trailing dots, not a device, at most 255 bytes of UTF-8. Letters of any script and emoji stay.
pub fn safe_name(name: &str) -> String {
    let base = base(name);
    // Once more behind the filter: what stood between a letter and its mark may be gone.
    let mut safe: String = match base.is_ascii() {
        true => base.chars().filter_map(safe_character).collect(),
        false => base.nfc().filter_map(safe_character).nfc().collect(),
    };
    safe.truncate(safe.trim_end_matches(NOT_LAST).len());
    let mut safe = safe.trim_start().to_owned();
    if safe.is_empty() {
        return UNNAMED.to_owned();
    }
    shorten(&mut safe);
    // Now, because a device may be what a long name begins with.
    if is_device(&safe) {
        safe.insert(0, '_');
        shorten(&mut safe);
    }
    safe
}

/// Cuts a name that is too long in front of its extension.
fn shorten(name: &mut String) {
    if name.len() <= LONGEST {
        return;
    }
    let extension = match extension(name) {
        long if long.len() > 16 => "",
        extension => extension,
    };
    let tail = if extension.is_empty() { String::new() } else { format!(".{extension}") };
    name.truncate(name.floor_char_boundary(LONGEST - tail.len()));
    name.truncate(name.trim_end_matches(NOT_LAST).len());
    if name.is_empty() {
        name.push_str(UNNAMED);
    }
    name.push_str(&tail);
}

/// The name an output of `format` should have that came under `name`: [`safe_name`], with the extension of
/// its format.
pub fn output_name(name: &str, format: Format) -> String {
    // Once more, because the new extension may have made the name too long.
    safe_name(&with_extension(&safe_name(name), format))
}

/// What of `name` comes after the last separator of folders.
pub(crate) fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default()
}

/// What stands for `character` in a safe name; nothing where it only deceives.
fn safe_character(character: char) -> Option<char> {
    match character {
        ':' | '*' | '?' | '"' | '<' | '>' | '|' | '/' | '\\' => Some('_'),
        // Joiners shape emoji and Indic letters; every other invisible character only hides something.
        '\u{200c}' | '\u{200d}' => Some(character),
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => None,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' => None,
        control if control.is_control() => None,
        other => Some(other),
    }
}

/// Windows opens a device under these names whatever the extension: `CON`, `com1.txt`, `LPT²`.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$") {
        return true;
    }
    let numbered = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT"));
    numbered.is_some_and(|port| {
        let mut characters = port.chars();
        matches!(characters.next(), Some('0'..='9' | '¹' | '²' | '³')) && characters.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{DOCX, JPEG};

    #[test]
    fn the_extension_follows_the_format() {
        assert_eq!(with_extension("plan.docm", DOCX), "plan.docx");
        assert_eq!(with_extension("写真.JPEG", JPEG), "写真.JPEG");
        assert_eq!(with_extension("report.2026", DOCX), "report.2026.docx");
        assert_eq!(with_extension("a.b/plan", DOCX), "a.b/plan.docx");
        assert_eq!(with_extension(".docm", DOCX), ".docm.docx");
    }

    #[test]
    fn a_safe_name_deceives_neither_a_person_nor_a_file_system() {
        assert_eq!(safe_name("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(safe_name("a\u{1b}[31m\n.txt"), "a[31m.txt");
        assert_eq!(safe_name("con.txt"), "_con.txt");
        assert_eq!(safe_name("LPT1"), "_LPT1");
        assert_eq!(safe_name("..\\..\\a?b.txt. ."), "a_b.txt");
        assert_eq!(safe_name("../.."), "unnamed");
        assert_eq!(safe_name(""), "unnamed");
        let long = safe_name(&format!("{}.docx", "あ".repeat(200)));
        assert!(long.len() <= 255 && long.ends_with("あ.docx"));
    }

    #[test]
    fn letters_of_any_script_stay_in_nfc() {
        assert_eq!(safe_name("か\u{3099}くせい.txt"), "がくせい.txt");
        assert_eq!(safe_name("👩\u{200d}💻 計画.docx"), "👩\u{200d}💻 計画.docx");
        assert_eq!(safe_name("community.txt"), "community.txt");
    }

    #[test]
    fn a_safe_name_is_its_own_safe_name() {
        for name in [
            "e\u{4}\u{301}",
            "a. .",
            " con",
            "x\u{202e}.",
            ". con",
            "\u{3000}.",
            &"あ".repeat(300),
            "a\u{200b} ",
            // Cut at its length, a device.
            &format!("COM1{}x.dd", " ".repeat(300)),
            // Cut at its length, nothing but what no name ends with.
            &format!("{}x.dd", ".".repeat(300)),
        ] {
            let safe = safe_name(name);
            assert_eq!(safe_name(&safe), safe, "{name:?}");
        }
    }
}
