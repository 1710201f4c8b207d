//! What a person should know about a text although it stays: lines of scripts, addresses that act,
//! addresses made to be misread.

use memchr::memmem;

use super::threats;
use crate::{
    engine::ctx::Ctx,
    error::Error,
    report::{Detail, Threat},
};

/// How much of a line goes into the report.
const EXCERPT: usize = 120;
/// How far an address is followed.
const ADDRESS: usize = 256;

/// Beginnings of lines by which programs and people know a script, a page or a shortcut.
const SCRIPT_LINES: [&str; 18] = [
    "#!",
    "@echo ",
    "<html",
    "<script",
    "<!doctype",
    "<?php",
    "<%",
    "powershell",
    "cmd /c",
    "cmd.exe",
    "wscript",
    "invoke-expression",
    "set-executionpolicy",
    "[internetshortcut]",
    "[autorun]",
    "[.shellclassinfo]",
    "x5o!p%@ap",
    "mshta ",
];

/// Schemes that start programs, read files, or reach into the network of whoever clicks.
const SCHEMES: [&str; 14] = [
    "file",
    "javascript",
    "vbscript",
    "data",
    "search-ms",
    "search",
    "ms-msdt",
    "ms-officecmd",
    "ms-excel",
    "ms-word",
    "ms-powerpoint",
    "ms-appinstaller",
    "ldap",
    "shell",
];

pub(super) fn sniff(text: &str, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    script_lines(text, ctx)?;
    acting_addresses(text, ctx)?;
    if text.is_ascii() { Ok(()) } else { confusable_addresses(text, ctx) }
}

fn script_lines(text: &str, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let bytes = text.as_bytes();
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    for start in starts {
        // Most lines are told by their first letter.
        let first = bytes.get(start).map_or(b' ', u8::to_ascii_lowercase);
        if !matches!(first, b'#' | b'@' | b'<' | b'p' | b'c' | b'w' | b'i' | b's' | b'[' | b'x' | b'm') {
            continue;
        }
        let line = bytes.get(start..).unwrap_or_default();
        let is = |known: &&str| {
            line.get(..known.len()).is_some_and(|line| line.eq_ignore_ascii_case(known.as_bytes()))
        };
        if SCRIPT_LINES.iter().any(is) {
            report(&threats::SCRIPT, text, start, EXCERPT, ctx)?;
        }
    }
    Ok(())
}

fn acting_addresses(text: &str, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let bytes = text.as_bytes();
    for colon in memchr::memchr_iter(b':', bytes) {
        if bytes.get(colon + 1).is_none_or(|next| next.is_ascii_whitespace() || *next >= 0x80) {
            continue;
        }
        let before = bytes.get(colon.saturating_sub(20)..colon).unwrap_or_default();
        let len =
            before.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
        let scheme = before.get(before.len() - len..).unwrap_or_default();
        if SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known.as_bytes())) {
            report(&threats::ADDRESS, text, colon - len, ADDRESS, ctx)?;
        }
    }
    // \\host\share, which mail and chat programs turn into links that send the reader's credentials.
    let mut covered = 0;
    for start in memmem::find_iter(bytes, b"\\\\") {
        let begins = start == 0 || bytes.get(start - 1).is_some_and(|before| !matches!(before, b'\\' | b'/'));
        let host = bytes.get(start + 2..(start + 66).min(bytes.len())).unwrap_or_default();
        let len =
            host.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b".-@_".contains(byte)).count();
        if start >= covered && begins && len > 0 && host.get(len) == Some(&b'\\') {
            covered = start + 2 + len;
            report(&threats::ADDRESS, text, start, ADDRESS, ctx)?;
        }
    }
    Ok(())
}

/// Addresses with full-width letters, dots that are none, or a host of two scripts.
fn confusable_addresses(text: &str, ctx: &mut Ctx<'_>) -> Result<(), Error> {
    let bytes = text.as_bytes();
    for start in memmem::find_iter(bytes, "ｔｔｐ".as_bytes()) {
        report(&threats::CONFUSABLE, text, start.saturating_sub('ｈ'.len_utf8()), ADDRESS, ctx)?;
    }
    for separator in memmem::find_iter(bytes, b"://") {
        let host = text.get(separator + 3..).unwrap_or_default();
        let mut host = host.chars().take(64).take_while(|character| !ends_host(*character)).peekable();
        let (mut latin, mut other, mut alike) = (false, false, false);
        while let Some(character) = host.next() {
            latin |= character.is_ascii_alphabetic();
            other |= matches!(character, '\u{370}'..='\u{52f}');
            // An ideographic full stop ends a sentence, unless letters of the host go on behind it.
            let goes_on = host.peek().is_some_and(|next| next.is_ascii_alphanumeric());
            alike |= matches!(character, '\u{3002}' | '\u{ff61}') && goes_on;
            alike |= matches!(character, '\u{ff01}'..='\u{ff5e}' | '\u{2044}' | '\u{2215}'
                | '\u{29f8}' | '\u{1d400}'..='\u{1d7ff}');
        }
        if alike || latin && other {
            report(&threats::CONFUSABLE, text, separator + 3, ADDRESS, ctx)?;
        }
    }
    Ok(())
}

fn ends_host(character: char) -> bool {
    character.is_whitespace() || matches!(character, '/' | '?' | '#' | '"' | '<' | '>' | '、' | '」' | '）')
}

fn report(
    threat: &'static Threat,
    text: &str,
    start: usize,
    len: usize,
    ctx: &mut Ctx<'_>,
) -> Result<(), Error> {
    ctx.budget().objects(1)?;
    let shown = text.get(start..).unwrap_or_default();
    let shown: String = shown.chars().take(len).take_while(|character| !character.is_whitespace()).collect();
    ctx.choose_with(threat, start, Detail::excerpt(&shown)).map(|_| ())
}
