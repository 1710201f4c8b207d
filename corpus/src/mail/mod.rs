//! Samples of the area `mail`, and what mails are made of.

mod files;
pub mod outlook;
mod structure;
mod text;

use crate::{
    office::media::base64,
    sample::{Index, Marks},
};

/// The samples of the area `mail`.
pub fn samples(index: &mut Index) {
    benign(index);
    text::samples(index);
    structure::samples(index);
    files::samples(index);
    outlook::samples(index);
}

/// Headers that every sample has; the last ones are `more`, then the body. Lines end in CRLF.
pub fn mail(marks: &Marks, more: &str, body: &str) -> Vec<u8> {
    let head = format!(
        "From: Sender <sender@example.com>\nTo: Receiver <receiver@example.com>\nSubject: {}\n\
         Date: Mon, 01 Apr 2024 09:00:00 +0900\nMessage-ID: <1@example.com>\nMIME-Version: 1.0\n",
        marks.keep
    );
    lines(&format!("{head}{more}\n\n{body}"))
}

/// Text with CRLF for each line end.
pub fn lines(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

/// `multipart/mixed` of a text and `parts`, each with its headers.
pub fn mixed(marks: &Marks, parts: &[String]) -> Vec<u8> {
    let mut all = vec![plain(&marks.keep)];
    all.extend_from_slice(parts);
    multipart(marks, "mixed", &all)
}

/// A mail of one multipart.
pub fn multipart(marks: &Marks, kind: &str, parts: &[String]) -> Vec<u8> {
    mail(marks, &format!("Content-Type: multipart/{kind}; boundary=\"outer\""), &joined("outer", parts))
}

/// Parts between boundaries.
pub fn joined(boundary: &str, parts: &[String]) -> String {
    let mut body = String::new();
    for part in parts {
        body.push_str(&format!("--{boundary}\n{part}\n"));
    }
    body + &format!("--{boundary}--\n")
}

/// A part of plain text.
pub fn plain(text: &str) -> String {
    format!("Content-Type: text/plain; charset=utf-8\n\n{text}")
}

/// A part of HTML.
pub fn html(markup: &str) -> String {
    format!("Content-Type: text/html; charset=utf-8\n\n{markup}")
}

/// A file attached under `name`.
pub fn file(name: &str, media_type: &str, bytes: &[u8]) -> String {
    format!(
        "Content-Type: {media_type}; name=\"{name}\"\nContent-Disposition: attachment; filename=\"{name}\"\n\
         Content-Transfer-Encoding: base64\n\n{}",
        wrapped(bytes)
    )
}

/// Base64 in lines.
pub fn wrapped(bytes: &[u8]) -> String {
    let text = base64(bytes);
    let mut wrapped = String::new();
    for (at, letter) in text.chars().enumerate() {
        if at > 0 && at % 76 == 0 {
            wrapped.push('\n');
        }
        wrapped.push(letter);
    }
    wrapped
}

/// A program that does nothing, with a marker in it.
pub fn program(marks: &Marks) -> Vec<u8> {
    let mut program = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".to_vec();
    program.resize(0x40, 0);
    program[0x3c] = 0x40;
    program.extend(b"PE\0\0");
    program.extend(marks.kill.bytes());
    program
}

/// Mails as the engine writes them, so that there is nothing to say about them.
fn benign(index: &mut Index) {
    index.benign("benign.eml", "eml", |m| {
        mail(
            m,
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit",
            &format!("{}\n", m.keep),
        )
    });
    index
        .benign("benign.eml", "eml", |m| {
            mail(
                m,
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64",
                &format!(
                    "{}\n",
                    wrapped(format!("{}\r\n計画書をお送りします。𠮷野家 髙﨑 ｶﾞ ① ㋿\r\n", m.keep).as_bytes())
                ),
            )
        })
        .variant("japanese");
    index
        .benign("benign.eml", "eml", |m| {
            multipart(
                m,
                "mixed",
                &[
                    format!("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\n{}", m.keep),
                    format!(
                        "Content-Type: text/plain; charset=utf-8\nContent-Disposition: attachment; filename*=UTF-8''%E8%A8%88%E7%94%BB.txt\n\
                         Content-Transfer-Encoding: base64\n\n{}",
                        wrapped("計画\r\n".as_bytes())
                    ),
                ],
            )
        })
        .variant("attachment");
}
