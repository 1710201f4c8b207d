//! The mark that says a file came from outside (P31): Office and the system open a marked file with care.
//!
//! It is read from the input and written anew on the output: the zone alone, never the addresses beside it.
//! A mark that cannot be read counts as the Internet's, so that none is weakened.

use std::{io, path::Path};

/// The Internet, in Windows' numbering of zones.
const INTERNET: u8 = 3;
/// Longest mark that is looked at.
#[cfg(windows)]
const LONGEST: u64 = 64 << 10;

/// Where a file came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    name: &'static str,
    value: Vec<u8>,
}

/// A zone stream as Windows writes it, with the zone of `input` or the Internet's.
fn zone(input: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(input);
    let zone = text.lines().find_map(|line| line.trim().strip_prefix("ZoneId=")?.trim().parse::<u8>().ok());
    let zone = zone.filter(|zone| *zone <= 4).unwrap_or(INTERNET);
    format!("[ZoneTransfer]\r\nZoneId={zone}\r\n").into_bytes()
}

/// A quarantine attribute as macOS writes it: the flags of `input`, which decide, and no agent or address.
fn quarantine(input: &[u8]) -> Vec<u8> {
    let flags = input.split(|byte| *byte == b';').next().unwrap_or_default();
    let flags = std::str::from_utf8(flags).ok().and_then(|flags| u16::from_str_radix(flags, 16).ok());
    format!("{:04x};00000000;sanitize;", flags.unwrap_or(0x0081)).into_bytes()
}

#[cfg(unix)]
type Rewrite = fn(&[u8]) -> Vec<u8>;

/// Extended attributes that hold such a mark: copied from NTFS, kept by Samba, set by macOS.
#[cfg(unix)]
const ATTRIBUTES: &[(&str, Rewrite)] = &[
    ("user.Zone.Identifier", zone),
    ("user.DosStream.Zone.Identifier:$DATA", zone),
    ("com.apple.quarantine", quarantine),
];

/// The marks of the file at `path`. A platform or file system without marks has none.
#[cfg(unix)]
pub fn read(path: &Path) -> Vec<Mark> {
    let mark = |(name, rewrite): &(&'static str, Rewrite)| {
        let value = xattr::get(path, name).ok()??;
        Some(Mark { name, value: rewrite(&value) })
    };
    ATTRIBUTES.iter().filter_map(mark).collect()
}

/// Puts `marks` on the file at `path`.
#[cfg(unix)]
pub fn write(path: &Path, marks: &[Mark]) -> io::Result<()> {
    marks.iter().try_for_each(|mark| xattr::set(path, mark.name, &mark.value))
}

/// The stream beside the file's content.
#[cfg(windows)]
fn stream(path: &Path) -> std::path::PathBuf {
    let mut stream = path.as_os_str().to_owned();
    stream.push(":Zone.Identifier");
    stream.into()
}

/// The marks of the file at `path`.
#[cfg(windows)]
pub fn read(path: &Path) -> Vec<Mark> {
    use std::io::Read;
    let Ok(file) = std::fs::File::open(stream(path)) else { return Vec::new() };
    let mut value = Vec::new();
    let _unread_means_internet = file.take(LONGEST).read_to_end(&mut value);
    vec![Mark { name: "Zone.Identifier", value: zone(&value) }]
}

/// Puts `marks` on the file at `path`.
#[cfg(windows)]
pub fn write(path: &Path, marks: &[Mark]) -> io::Result<()> {
    marks.iter().try_for_each(|mark| std::fs::write(stream(path), &mark.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_keeps_its_number_and_loses_its_addresses() {
        let input = b"[ZoneTransfer]\r\nZoneId=4\r\nHostUrl=https://example.invalid/a?token=1\r\n";
        assert_eq!(zone(input), b"[ZoneTransfer]\r\nZoneId=4\r\n");
    }

    #[test]
    fn a_mark_that_cannot_be_read_is_the_internet() {
        for input in [&b""[..], b"ZoneId=9", b"ZoneId=x", b"\xff\xfe"] {
            assert_eq!(zone(input), b"[ZoneTransfer]\r\nZoneId=3\r\n");
        }
        assert_eq!(quarantine(b"0083;5f3b;Safari;https://example.invalid"), b"0083;00000000;sanitize;");
        assert_eq!(quarantine(b"?"), b"0081;00000000;sanitize;");
    }
}
