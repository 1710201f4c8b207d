//! Benign and malicious messages, each delivered as the engine writes it or replaced by a notice.

use std::{fmt::Write as _, path::Path};

use sanitize_core::{Input, Outcome, Sanitizer, Verdict};

use super::{
    Gateway,
    smtp::{Client, Delivered},
};
use crate::say;

/// A message to send.
#[derive(Clone, Debug)]
pub struct Message {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What a message must be delivered as.
pub enum Expected {
    /// As this message.
    Rebuilt(Vec<u8>),
    /// As a notice with this reason.
    Notice(String),
}

/// Sends every message, and compares what is delivered. Returns those that Postfix hands over as they were sent,
/// with what must become of them.
pub fn run(gateway: &Gateway) -> Result<Vec<(Message, Expected)>, String> {
    let kept = gateway.folder.join("originals");
    std::fs::create_dir_all(&kept).map_err(|error| error.to_string())?;
    let folder = kept.to_str().ok_or("the folder's name is not UTF-8")?;
    let _milter = gateway.milter(&["-q", folder, "-a", "-w", "/dev/null"])?;
    let sanitizer = Sanitizer::builder().build().map_err(|error| error.to_string())?;
    let mut client = Client::connect(gateway.postfix.port).map_err(|error| error.to_string())?;
    let (mut rebuilt, mut notices, mut put_right) = (0, 0, 0);
    let mut as_sent = Vec::new();
    for (number, message) in messages().into_iter().enumerate() {
        let named = |error: String| format!("{}: {error}", message.name);
        let recipient = format!("case{number}@example.invalid");
        let answer = client.send(&recipient, &message.bytes).map_err(|error| named(error.to_string()))?;
        if answer.code != 250 {
            return Err(named(answer.text));
        }
        let delivered = gateway.sink.wait_for(&recipient)?;
        // Postfix puts broken heads right before anything else sees them: the original says what was seen.
        let id = answer.text.rsplit(' ').next().unwrap_or_default();
        let seen = original(&kept, id).ok_or_else(|| named("the original was not kept".to_owned()))?;
        let expected = expected(&sanitizer, &seen);
        compare(&delivered, &expected).map_err(named)?;
        match expected {
            Expected::Rebuilt(_) => rebuilt += 1,
            Expected::Notice(_) => notices += 1,
        }
        if seen == message.bytes {
            as_sent.push((message, expected));
        } else {
            put_right += 1;
        }
    }
    say(&format!(
        "messages: {rebuilt} delivered rebuilt, {notices} as a notice, each with its original kept; {put_right} were put right \
         by Postfix before they were seen"
    ));
    Ok(as_sent)
}

/// The original that was kept of the message with this queue id.
fn original(kept: &Path, queue_id: &str) -> Option<Vec<u8>> {
    let found = std::fs::read_dir(kept).ok()?.flatten().map(|entry| entry.path()).find(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(&format!("{queue_id}-")) && name.ends_with(".eml")
    });
    std::fs::read(found?).ok()
}

/// What the engine makes of a message, called in this process.
pub fn expected(sanitizer: &Sanitizer, message: &[u8]) -> Expected {
    match sanitizer.sanitize(Input::new(message).named("message.eml")) {
        Outcome::Delivered { bytes, .. } => Expected::Rebuilt(bytes.to_vec()),
        Outcome::Rejected { report } => Expected::Notice(match report.verdict() {
            Verdict::Rejected(rejection) => rejection.message,
            Verdict::Clean | Verdict::Sanitized => String::new(),
        }),
    }
}

/// Says where a delivered message is not what it must be.
pub fn compare(delivered: &Delivered, expected: &Expected) -> Result<(), String> {
    let (mut headers, body) = split(&delivered.bytes)?;
    let summaries =
        headers.iter().filter(|header| header.to_ascii_lowercase().starts_with("x-sanitize:")).count();
    if summaries != 1 {
        return Err(format!("{summaries} headers with a summary"));
    }
    // What Postfix itself adds in front, and the summary.
    let first_received =
        headers.iter().position(|header| header.contains("by gateway.example.invalid (Postfix)"));
    headers.remove(first_received.ok_or("no Received header of this Postfix")?);
    headers.retain(|header| !header.starts_with("X-Sanitize:"));
    match expected {
        Expected::Rebuilt(bytes) => {
            let (wanted, wanted_body) = split(bytes)?;
            if headers != wanted {
                return Err(format!("the headers are {headers:?} and not {wanted:?}"));
            }
            // A message that does not end with a line end gets one on its way.
            if body.trim_ascii_end() != wanted_body.trim_ascii_end() {
                return Err(format!("the body differs: {}", difference(body, wanted_body)));
            }
        }
        Expected::Notice(reason) => {
            let text = String::from_utf8_lossy(body);
            if !text.contains("無害化できなかった") || !text.contains(reason.as_str()) {
                return Err(format!("no notice with the reason {reason:?}: {text:?}"));
            }
            let names: Vec<_> =
                headers.iter().map(|header| header.split(':').next().unwrap_or_default()).collect();
            let wanted = [
                "Date",
                "From",
                "Message-ID",
                "Subject",
                "Auto-Submitted",
                "MIME-Version",
                "Content-Type",
                "Content-Transfer-Encoding",
            ];
            if names != wanted {
                return Err(format!("the notice has the headers {names:?}"));
            }
        }
    }
    Ok(())
}

fn difference(a: &[u8], b: &[u8]) -> String {
    let at = a.iter().zip(b).position(|(a, b)| a != b).unwrap_or(a.len().min(b.len()));
    let near = |bytes: &[u8]| {
        String::from_utf8_lossy(bytes.get(at..).unwrap_or_default()).chars().take(60).collect::<String>()
    };
    format!("at {at} of {} and {}: {:?} and {:?}", a.len(), b.len(), near(a), near(b))
}

/// The headers, each with its folded lines, and the body.
fn split(message: &[u8]) -> Result<(Vec<String>, &[u8]), String> {
    let end = message.windows(4).position(|window| window == b"\r\n\r\n").ok_or("no end of the headers")?;
    let head = String::from_utf8_lossy(message.get(..end).unwrap_or_default()).into_owned();
    let mut headers: Vec<String> = Vec::new();
    for line in head.split("\r\n") {
        match headers.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => {
                let _infallible = write!(last, "\r\n{line}");
            }
            _ => headers.push(line.to_owned()),
        }
    }
    Ok((headers, message.get(end + 4..).unwrap_or_default()))
}

/// Messages of every kind: plain ones in the encodings of Japanese mail, attachments of every type that are
/// harmless or not, structures and headers made to be read in two ways, and what is no message at all.
pub fn messages() -> Vec<Message> {
    let head = "From: =?ISO-2022-JP?B?GyRCOzNFREJATzobKEI=?= <yamada@client.example.invalid>\r\n\
                To: office@example.invalid\r\nDate: Mon, 6 Apr 2026 09:00:00 +0900\r\n\
                Message-ID: <1@client.example.invalid>\r\n";
    let message =
        |name: &str, rest: &[u8]| Message { name: name.to_owned(), bytes: [head.as_bytes(), rest].concat() };
    let mut messages = vec![
        message("plain", b"Subject: plain\r\n\r\nHello.\r\n.\r\n..two dots\r\n"),
        message("no body", b"Subject: nothing\r\n\r\n"),
        message("long", &[b"Subject: long\r\n\r\n".as_slice(), &b"A line of text.\r\n".repeat(40_000)].concat()),
        message(
            "ISO-2022-JP",
            b"Subject: =?ISO-2022-JP?B?GyRCMnE1RBsoQg==?=\r\nMIME-Version: 1.0\r\n\
              Content-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n\
              \x1b$B2q5D\x1b(B\r\n",
        ),
        message(
            "UTF-8 in 8bit",
            "Subject: =?UTF-8?B?5Lya6K2w?=\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=UTF-8\r\n\
             Content-Transfer-Encoding: 8bit\r\n\r\n会議の件\r\n"
                .as_bytes(),
        ),
        message(
            "HTML that acts",
            b"Subject: html\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n\
              <p onclick=\"CDRKILL()\">Hello<script>CDRKILL()</script>\
              <img src=\"http://kill.example.invalid/CDRKILL.png\"></p>\r\n",
        ),
        message(
            "headers that are forged or doubled",
            b"Subject: one\r\nSubject: CDRKILL two\r\nX-Sanitize: verdict=clean; CDRKILL\r\nx-sanitize: again\r\n\
              X-Mailer: CDRKILL\r\nReceived: from CDRKILL.example.invalid by relay.example.invalid; Mon, 6 Apr 2026 08:59:00 +0900\r\n\
              Received: from a.example.invalid by b.example.invalid; Mon, 6 Apr 2026 08:58:00 +0900\r\n\
              List-Unsubscribe: <http://kill.example.invalid/CDRKILL>\r\n\r\nText\r\n",
        ),
        message(
            "two boundaries",
            b"Subject: two\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a; boundary=b\r\n\r\n\
              --a\r\nContent-Type: text/plain\r\n\r\nOne\r\n--b\r\nContent-Type: application/x-msdownload\r\n\r\nMZ CDRKILL\r\n--b--\r\n--a--\r\n",
        ),
        message("no structure", b"Subject: raw\r\nContent-Type: application/octet-stream\r\n\r\n\x01\x02MZCDRKILL\r\n"),
    ];
    for file in sanitize_corpus::tryout::files() {
        messages
            .push(Message { name: file.path.clone(), bytes: with_attachment(head, &file.path, &file.bytes) });
    }
    // The planted ones: every mail, and attachments of every area.
    for (number, sample) in sanitize_corpus::samples().iter().enumerate() {
        let (name, bytes) = (sample.name(), sample.bytes());
        if sample.extension == "eml" {
            messages.push(Message { name, bytes: as_sent(&bytes) });
        } else if number % 7 == 0 && bytes.len() < 1_000_000 {
            messages.push(Message { bytes: with_attachment(head, &name, &bytes), name });
        }
    }
    messages
}

/// A message as it comes out of SMTP, which has no line ends but CRLF.
fn as_sent(message: &[u8]) -> Vec<u8> {
    let mut sent = Vec::with_capacity(message.len() + 64);
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        let kept = line.strip_suffix(b"\n").unwrap_or(line);
        sent.extend_from_slice(kept.strip_suffix(b"\r").unwrap_or(kept));
        sent.extend_from_slice(b"\r\n");
    }
    sent
}

/// A message of a text and an attachment.
pub fn with_attachment(head: &str, path: &str, bytes: &[u8]) -> Vec<u8> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut escaped = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'.' {
            escaped.push(char::from(byte));
        } else {
            let _infallible = write!(escaped, "%{byte:02X}");
        }
    }
    let mut message = format!(
        "{head}Subject: attachment\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"frontier\"\r\n\r\n\
         --frontier\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         添付をご確認ください。\r\n--frontier\r\nContent-Type: application/octet-stream\r\n\
         Content-Transfer-Encoding: base64\r\n\
         Content-Disposition: attachment; filename*=UTF-8''{escaped}\r\n\r\n"
    )
    .into_bytes();
    base64(bytes, &mut message);
    message.extend_from_slice(b"--frontier--\r\n");
    message
}

/// Base64 in lines of 76.
fn base64(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for line in bytes.chunks(57) {
        for group in line.chunks(3) {
            let at = |index: usize| u32::from(group.get(index).copied().unwrap_or_default());
            let word = at(0) << 16 | at(1) << 8 | at(2);
            for place in 0..4 {
                let digit = DIGITS.get((word >> (18 - 6 * place) & 63) as usize).copied().unwrap_or(b'=');
                out.push(if place <= group.len() { digit } else { b'=' });
            }
        }
        out.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded_and_folded() {
        let encode = |bytes: &[u8]| {
            let mut out = Vec::new();
            base64(bytes, &mut out);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(encode(b"f"), "Zg==\r\n");
        assert_eq!(encode(b"foobar"), "Zm9vYmFy\r\n");
        assert_eq!(encode(&[0; 58]).lines().count(), 2);
    }

    #[test]
    fn a_message_that_was_not_cleaned_is_told_from_one_that_was() {
        let original = b"Received: by gateway.example.invalid (Postfix)\r\nX-Sanitize: a\r\nSubject: a\r\n\r\nCDRKILL\r\n";
        let delivered = Delivered { recipient: String::new(), bytes: original.to_vec() };
        compare(&delivered, &Expected::Rebuilt(b"Subject: a\r\n\r\nCDRKILL\r\n".to_vec())).unwrap();
        compare(&delivered, &Expected::Rebuilt(b"Subject: a\r\n\r\ntext\r\n".to_vec())).unwrap_err();
        compare(&delivered, &Expected::Rebuilt(b"Subject: b\r\n\r\nCDRKILL\r\n".to_vec())).unwrap_err();
        compare(&delivered, &Expected::Notice(String::new())).unwrap_err();
    }
}
