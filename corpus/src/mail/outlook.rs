//! Samples in the containers of Outlook.

use super::{mixed, program, wrapped};
use crate::{
    compound::Compound,
    sample::{Index, Marks},
};

const TEXT: u16 = 0x001e;
const UNICODE: u16 = 0x001f;
const BINARY: u16 = 0x0102;
const INTEGER: u16 = 0x0003;

/// A stream of a property; what is shorter than a compound file's streams is filled up with zeros, which end text.
fn stream(file: Compound, storage: &str, number: u16, kind: u16, value: &[u8]) -> Compound {
    file.stream(&format!("{storage}__substg1.0_{number:04X}{kind:04X}"), value)
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Properties of fixed length behind a header.
fn fixed(header: usize, integers: &[(u16, u32)]) -> Vec<u8> {
    let mut bytes = vec![0; header];
    for (number, value) in integers {
        bytes.extend(INTEGER.to_le_bytes());
        bytes.extend(number.to_le_bytes());
        bytes.extend(6_u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
        bytes.extend([0; 4]);
    }
    bytes
}

/// A message with a subject, a text and a sender.
pub fn msg(marks: &Marks) -> Compound {
    let file = Compound::new().stream("__properties_version1.0", fixed(32, &[(0x3ffd, 932)]));
    let file = stream(file, "", 0x001a, UNICODE, &wide("IPM.Note"));
    let file = stream(file, "", 0x0037, UNICODE, &wide(&format!("計画 {}", marks.keep)));
    let file = stream(file, "", 0x1000, UNICODE, &wide(&format!("計画です。{}\r\n", marks.keep)));
    let file = stream(file, "", 0x0c1a, UNICODE, &wide("送信者"));
    let file = stream(file, "", 0x5d01, UNICODE, &wide("sender@example.com"));
    let recipient = "__recip_version1.0_#00000000/";
    let file = file.stream(&format!("{recipient}__properties_version1.0"), fixed(8, &[(0x0c15, 1)]));
    stream(file, recipient, 0x39fe, UNICODE, &wide("receiver@example.com"))
}

/// The same with an attachment of some kind.
pub fn attached(
    file: Compound,
    number: u32,
    name: &str,
    method: u32,
    properties: &[(u16, u16, Vec<u8>)],
) -> Compound {
    let storage = format!("__attach_version1.0_#{number:08X}/");
    let file = file.stream(&format!("{storage}__properties_version1.0"), fixed(8, &[(0x3705, method)]));
    let mut file = stream(file, &storage, 0x3707, UNICODE, &wide(name));
    for (number, kind, value) in properties {
        file = stream(file, &storage, *number, *kind, value);
    }
    file
}

/// A stream of attributes around a text and attachments.
pub fn tnef(marks: &Marks, attachments: &[(&str, &[u8])], properties: &[u8]) -> Vec<u8> {
    let mut file = b"\x78\x9f\x3e\x22\x01\0".to_vec();
    let mut attribute = |level: u8, id: u32, value: &[u8]| {
        file.push(level);
        file.extend(id.to_le_bytes());
        file.extend((value.len() as u32).to_le_bytes());
        file.extend(value);
        let sum = value.iter().fold(0_u16, |sum, byte| sum.wrapping_add(u16::from(*byte)));
        file.extend(sum.to_le_bytes());
    };
    attribute(1, 0x0008_9006, &[0, 0, 1, 0]);
    attribute(1, 0x0006_9007, &932_u64.to_le_bytes());
    attribute(1, 0x0001_8004, format!("{}\0", marks.keep).as_bytes());
    attribute(1, 0x0002_800c, format!("{}\r\n\0", marks.keep).as_bytes());
    if !properties.is_empty() {
        attribute(1, 0x0006_9003, properties);
    }
    for (name, bytes) in attachments {
        attribute(2, 0x0006_9002, &[0; 14]);
        attribute(2, 0x0001_8010, format!("{name}\0").as_bytes());
        attribute(2, 0x0006_800f, bytes);
    }
    file
}

/// A list of one named property: a reminder that plays a file from somewhere.
fn reminder(marks: &Marks) -> Vec<u8> {
    let mut list = 1_u32.to_le_bytes().to_vec();
    list.extend(TEXT.to_le_bytes());
    list.extend(0x8001_u16.to_le_bytes());
    list.extend(b"\x08\x20\x06\0\0\0\0\0\xc0\0\0\0\0\0\0\x46");
    list.extend(0_u32.to_le_bytes());
    list.extend(0x851f_u32.to_le_bytes());
    let value = format!("{}\0", marks.unc(&marks.kill));
    list.extend(1_u32.to_le_bytes());
    list.extend((value.len() as u32).to_le_bytes());
    list.extend(value.bytes());
    list.resize(list.len().next_multiple_of(4), 0);
    list
}

/// The samples.
pub(super) fn samples(index: &mut Index) {
    index.absent("mail.tnef-winmail", "eml", |m| {
        let kept = format!("{}\r\n", m.keep);
        let container = tnef(m, &[("KILL.exe", &program(m)), ("keep.txt", kept.as_bytes())], &[]);
        let part = format!(
            "Content-Type: application/ms-tnef; name=\"winmail.dat\"\nContent-Disposition: attachment; filename=\"winmail.dat\"\n\
             Content-Transfer-Encoding: base64\n\n{}",
            wrapped(&container)
        );
        mixed(m, &[part])
    });
    index
        .absent("mail.tnef-winmail", "tnef", |m| tnef(m, &[("KILL.exe", &program(m))], &[]))
        .variant("alone");
    index.absent("mail.reminder-unc-property", "tnef", |m| tnef(m, &[], &reminder(m)));
    index
        .absent("mail.reminder-unc-property", "msg", |m| {
            let mut names = 0x851f_u32.to_le_bytes().to_vec();
            names.extend([6, 0, 0, 0]);
            let file = msg(m).stream("__nameid_version1.0/__substg1.0_00030102", names);
            stream(file, "", 0x8000, UNICODE, &wide(&m.unc(&m.kill))).bytes()
        })
        .variant("msg");
    index
        .absent("mail.reminder-unc-property", "msg", |m| {
            let file = Compound::new().stream("__properties_version1.0", fixed(32, &[]));
            let file = stream(file, "", 0x001a, UNICODE, &wide(&format!("IPM.{}", m.kill)));
            let file = stream(file, "", 0x0037, UNICODE, &wide(&m.keep));
            stream(file, "", 0x1000, UNICODE, &wide(&m.keep)).bytes()
        })
        .variant("form");
    index.absent("mail.msg-ole-attachments", "msg", |m| {
        let address = [(0x370d, UNICODE, wide(&m.url(&m.kill)))];
        let file = attached(msg(m), 0, "f.docx", 7, &address);
        let text = format!("{}\r\n", m.keep);
        let file = attached(file, 1, "計画.txt", 1, &[(0x3701, BINARY, padded(&text))]);
        let storage = "__attach_version1.0_#00000002/";
        let file = file.stream(&format!("{storage}__properties_version1.0"), fixed(8, &[(0x3705, 6)]));
        file.stream(&format!("{storage}__substg1.0_3701000D/CONTENTS"), m.kill.as_bytes()).bytes()
    });
    index
        .absent("mail.dangerous-attachments", "msg", |m| {
            attached(msg(m), 0, "a.exe", 1, &[(0x3701, BINARY, program(m))]).bytes()
        })
        .variant("msg");
}

/// Text as long as a stream of a compound file must be.
fn padded(text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    bytes.resize(bytes.len().max(4_096), b'\n');
    bytes
}
