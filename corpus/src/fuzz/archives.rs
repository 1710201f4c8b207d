//! Frames of archives and of what packs their members.

use std::io::{Read as _, Write as _};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};

use super::{File, KILL, generated, pdf};
use crate::zip::{Archive, Member};

/// Names that a member may come under.
const NAMES: [&str; 12] = [
    "a", "a.txt", "表.csv", "a.png", "a.jpg", "a.docx", "a.xlsx", "a.pptx", "a.pdf", "a.zip", "a/b.gif",
    "a.tif",
];

/// A program that no policy lets through.
fn program() -> Member {
    Member::stored(
        "setup.exe",
        &[b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", KILL.as_bytes(), &[0; 64]].concat(),
    )
}

/// The first byte chooses the name, the rest is the member, rightly framed.
pub fn member(data: &[u8]) -> Option<File> {
    let (choice, body) = data.split_first()?;
    let name = NAMES[usize::from(choice >> 2) % NAMES.len()];
    let member = Member::stored(name, body);
    let member = if choice & 1 == 1 { member.streamed() } else { member };
    Some(File::new("a.zip", Archive::of([member, program()]).build()))
}

pub fn member_seeds() -> Vec<Vec<u8>> {
    let of = |(number, name): (usize, &&str)| {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let alike = generated().iter().filter(move |file| file.name.ends_with(&format!(".{extension}")));
        alike.take(12).map(move |file| [&[(number as u8) << 2], &file.bytes[..]].concat()).collect::<Vec<_>>()
    };
    NAMES.iter().enumerate().skip(1).flat_map(of).collect()
}

/// Fields of one member that lie: a flag byte says which, two bytes each say what, the rest is the name.
pub fn directory(data: &[u8]) -> Option<File> {
    let (fields, name) = data.split_at_checked(20)?;
    let [lies, more, rest @ ..] = fields else { return None };
    let value = |index: usize| u16::from_le_bytes([rest[index * 2], rest[index * 2 + 1]]);
    let said = |bit: u8, index: usize| (lies >> bit & 1 == 1).then(|| value(index));
    let mut member = Member::new(name, b"text\r\n");
    member.method = said(0, 0).unwrap_or(member.method);
    member.flags = said(1, 1).unwrap_or(member.flags);
    member.local_flags = said(2, 2);
    member.size = said(3, 3).map_or(member.size, u32::from);
    member.packed_size = said(4, 4).map(u32::from);
    member.offset = said(5, 5).map(u32::from);
    member.attributes = said(6, 6).map_or(0, |value| u32::from(value) << 16);
    member.extra = said(7, 7).map_or(Vec::new(), |value| crate::zip::extra(value, name));
    member.made_by = value(8);
    if more & 1 == 1 {
        member.local_name = Some(name.iter().rev().copied().collect());
    }
    if more & 2 == 2 {
        member = member.streamed();
    }
    if more & 4 == 4 {
        member.local_extra = name.to_vec();
    }
    let mut archive = Archive::of([member, program(), Member::new("b.txt", b"b\r\n")]);
    if more & 8 == 8 {
        archive.comment = name.to_vec();
    }
    if more & 16 == 16 {
        archive.before_end =
            Archive::zip64_end(u64::from(value(0)), u64::from(value(1)), u64::from(value(2)));
    }
    if more & 32 == 32 {
        archive.count = Some(value(3));
    }
    Some(File::new("a.zip", archive.build()))
}

pub fn directory_seeds() -> Vec<Vec<u8>> {
    let names: [&[u8]; 8] = [
        b"a.txt",
        "報告.txt".as_bytes(),
        b"\x95\xf1\x8d\x90.txt",
        b"../a.txt",
        b"C:\\a.txt",
        b"con.txt",
        b"a/",
        b"\xe2\x80\xaea.txt",
    ];
    let flags = |index: usize| match index % 3 {
        0 => [0, 0],
        1 => [1 << (index % 8), 2],
        _ => [0x81, 1 << (index % 6)],
    };
    (0..names.len() * 3)
        .map(|index| {
            [
                &flags(index)[..],
                &[0, 0, 0, 8, 8, 0, 6, 0, 8, 0, 0, 0, 0xed, 0x81, 0x55, 0x54, 20, 3],
                names[index % names.len()],
            ]
            .concat()
        })
        .collect()
}

/// The most that a stream may put out: framing it takes a second inflater.
const INFLATED: u64 = 1 << 20;

/// A Deflate stream, as a text in an archive and as what a page paints: both are packed again by its symbols.
/// Checksums and sizes are those of what it says up to its first fault.
pub fn deflated(data: &[u8]) -> Option<File> {
    let mut plain = Vec::new();
    let mut decoder = DeflateDecoder::new(data).take(INFLATED);
    let _what_came_before_a_fault = decoder.read_to_end(&mut plain);
    let mut text = Member::new("a.txt", &plain);
    text.packed = data.to_vec();
    let form = pdf::with_form("/Filter /FlateDecode", &zlib(data, &plain));
    Some(File::new("a.zip", Archive::of([text, Member::stored("b.pdf", &form)]).build()))
}

/// A stream in zlib's wrapper (RFC 1950).
fn zlib(stream: &[u8], plain: &[u8]) -> Vec<u8> {
    let sums = plain.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    [b"\x78\x01", stream, &(sums.1 << 16 | sums.0).to_be_bytes()].concat()
}

pub fn deflated_seeds() -> Vec<Vec<u8>> {
    let lines = |line: &str| (0..60).map(|n| line.replace('#', &n.to_string())).collect::<String>();
    let texts = [
        lines("BT /F1 9 Tf 1 0 0 1 9 # Tm (a#) Tj ET\n"),
        lines("q 1 0 0 1 # 0 cm 0 0 9 9 re f Q\r\n"),
        lines("0.#  0.# 0.5 rg % #\n"),
        lines("表#,1#,=1+#\r\n"),
        "a".repeat(3_000),
    ];
    let packed = |text: &String, level| {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        let _never_fails = encoder.write_all(text.as_bytes());
        encoder.finish().unwrap_or_default()
    };
    texts.iter().flat_map(|text| [0, 1, 9].map(|level| packed(text, level))).collect()
}
