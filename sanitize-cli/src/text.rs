//! Small texts: sizes, times, paths and JSON as a terminal may show them.

use std::{
    io::{self, Write},
    path::Path,
    time::Duration,
};

use sanitize_core::report::printable;

/// `200M`, `1.5GiB`, `4096`: K, M, G and T are powers of 1024.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let shift = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        "t" | "tb" | "tib" => 40,
        _ => return Err("use a number and K, M, G or T, as in 200M".to_owned()),
    };
    let value: f64 = number.parse().map_err(|_| "use a number and K, M, G or T, as in 200M".to_owned())?;
    if !number.contains('.') {
        let whole: u64 = number.parse().map_err(|_| "the size is too large".to_owned())?;
        return whole.checked_mul(1 << shift).ok_or_else(|| "the size is too large".to_owned());
    }
    // Sizes with a fraction are rounded down to whole bytes; the cast saturates.
    Ok((value * (1_u64 << shift) as f64) as u64)
}

/// `500ms`, `30s`, `2m`, `1h`; a number alone is seconds.
pub fn parse_time(text: &str) -> Result<Duration, String> {
    let usage = || "use a number and ms, s, m or h, as in 30s".to_owned();
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: u64 = number.parse().map_err(|_| usage())?;
    let milliseconds = match unit.trim() {
        "ms" => Some(number),
        "" | "s" => number.checked_mul(1_000),
        "m" | "min" => number.checked_mul(60_000),
        "h" => number.checked_mul(3_600_000),
        _ => return Err(usage()),
    };
    milliseconds.map(Duration::from_millis).ok_or_else(|| "the time is too long".to_owned())
}

/// `12.3 MB`, as short as a column needs.
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KB", "MB", "GB", "TB"];
    let mut value = bytes as f64;
    let mut unit = UNITS[0];
    for larger in &UNITS[1..] {
        if value < 1_000.0 {
            break;
        }
        value /= 1_024.0;
        unit = larger;
    }
    match unit {
        "B" => format!("{bytes} B"),
        _ if value < 100.0 => format!("{value:.1} {unit}"),
        _ => format!("{value:.0} {unit}"),
    }
}

/// `12 ms`, `1.4 s`.
pub fn time(time: Duration) -> String {
    match time.as_millis() {
        short @ 0..1_000 => format!("{short} ms"),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// A path as a terminal may show it: nothing in it acts.
pub fn shown(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// Writes a line to standard error. There is nobody left to tell when that fails.
pub fn notice(line: &str) {
    let _unheard = writeln!(io::stderr().lock(), "{line}");
}

/// JSON in which invisible and control characters stand as `\u` escapes: the same document to a program,
/// harmless on a terminal. They can occur in strings alone, where JSON allows the escape.
pub fn inert_json(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for character in json.chars() {
        let hidden = character.is_control() && character != '\n'
            || matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
        if hidden {
            for unit in character.encode_utf16(&mut [0; 2]) {
                inert.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            inert.push(character);
        }
    }
    inert
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_powers_of_1024() {
        assert_eq!(parse_size("200M"), Ok(200 << 20));
        assert_eq!(parse_size("1.5 GiB"), Ok(3 << 29));
        assert_eq!(parse_size("18446744073709551615"), Ok(u64::MAX));
        for wrong in ["", "M", "-1", "1X", "1e9", "99999999999T"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn times_are_seconds_unless_said() {
        assert_eq!(parse_time("30"), Ok(Duration::from_secs(30)));
        assert_eq!(parse_time("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_time("2m"), Ok(Duration::from_secs(120)));
        assert!(parse_time("soon").is_err() && parse_time("-1s").is_err() && parse_time("").is_err());
    }

    #[test]
    fn json_on_a_terminal_is_the_same_document() {
        let value = serde_json::json!({ "path": "a\u{202e}fdp.exe\u{1b}[2J\u{e0041}\u{9b}計画" });
        let inert = inert_json(&value.to_string());
        assert!(inert.contains("\\u202e") && inert.contains("\\udb40\\udc41") && inert.contains("計画"));
        assert!(!inert.chars().any(char::is_control));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&inert).unwrap(), value);
    }

    #[test]
    fn sizes_fit_a_column() {
        assert_eq!(size(999), "999 B");
        assert_eq!(size(1_536), "1.5 KB");
        assert_eq!(size(1_023 << 10), "1.0 MB");
        assert_eq!(size(250 << 20), "250 MB");
    }
}
