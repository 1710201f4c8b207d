//! Mail through the public API: what is delivered, what is refused, and what two other programs read in it.
#![allow(clippy::print_stdout, reason = "a test that cannot run says so")]

use std::path::Path;

use mail_parser::{MessageParser, MimeHeaders};
use sanitize_core::{Action, Input, Outcome, Policy, Sanitizer, Verdict};
use sanitize_corpus::{Expect, KillMarker, zip};

fn sanitizer() -> Sanitizer {
    Sanitizer::builder().build().unwrap()
}

fn by(policy: &str) -> Sanitizer {
    Sanitizer::builder().policy(Policy::from_toml(policy).unwrap()).build().unwrap()
}

fn crlf(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// Delivers the mail, and cleans the output to itself with nothing left to do.
#[track_caller]
fn delivered(mail: &[u8]) -> String {
    delivered_by(&sanitizer(), mail)
}

#[track_caller]
fn delivered_by(sanitizer: &Sanitizer, mail: &[u8]) -> String {
    let outcome = sanitizer.sanitize(Input::new(mail).named("a.eml"));
    let bytes = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    let again = sanitizer.sanitize(Input::new(bytes).named("a.eml"));
    assert_eq!(
        again.bytes().map(String::from_utf8_lossy),
        Some(String::from_utf8_lossy(bytes)),
        "cleaning a clean mail changes nothing"
    );
    let left: Vec<_> =
        again.report().findings().iter().filter(|finding| finding.action != Action::Keep).collect();
    assert!(left.is_empty(), "{left:?}");
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[track_caller]
fn refused(mail: &[u8], id: &str) {
    let outcome = sanitizer().sanitize(Input::new(mail).named("a.eml"));
    assert!(outcome.bytes().is_none(), "{}", outcome.report().to_json_pretty());
    assert!(ids(&outcome).contains(&id), "{id}: {:?}", ids(&outcome));
}

/// The decoded parts of a mail, by a library that is not the engine's.
fn parts(mail: &str) -> Vec<(String, Vec<u8>)> {
    let mail = MessageParser::default().parse(mail.as_bytes()).unwrap();
    let name = |part: &mail_parser::MessagePart<'_>| part.attachment_name().unwrap_or_default().to_owned();
    mail.parts.iter().map(|part| (name(part), part.contents().to_vec())).collect()
}

const HEAD: &str = "From: A <a@example.com>\nTo: b@example.com\nSubject: S\nDate: Mon, 01 Apr 2024 09:00:00 +0900\nMIME-Version: 1.0\n";

fn simple(more: &str) -> Vec<u8> {
    crlf(&format!("{HEAD}{more}"))
}

fn with_file(name: &str, bytes: &[u8], text: &str) -> Vec<u8> {
    let packed = sanitize_corpus::mail::wrapped(bytes);
    simple(&format!(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n--b\n\
         Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\n\
         Content-Transfer-Encoding: base64\n\n{packed}\n--b--\n"
    ))
}

#[test]
fn every_planted_mail_ends_as_the_catalogue_says() {
    let (one, many) = (sanitizer(), Sanitizer::builder().threads(3).build().unwrap());
    // Without a handler of HTML the text of a page stands in for it, or the plain text beside it.
    let has_html = sanitize_core::supported_formats().iter().any(|format| format.id() == "html");
    let mut wrong = Vec::new();
    let mut asked = 0;
    for sample in sanitize_corpus::samples() {
        let areas = ["mail.", "ics.", "vcf.", "benign.eml", "benign.ics", "benign.vcf"];
        if !areas.iter().any(|area| sample.id.starts_with(area)) {
            continue;
        }
        asked += 1;
        let (name, bytes, marks) = (sample.name(), sample.bytes(), sample.marks());
        let outcome = one.sanitize(Input::new(&bytes).named(&name));
        let found = ids(&outcome);
        let verdict = outcome.report().verdict();
        let is_expected = match sample.expect {
            Expect::Rejected => matches!(verdict, Verdict::Rejected(_)),
            Expect::Sanitized => verdict == Verdict::Sanitized,
            Expect::Benign => verdict == Verdict::Clean,
            Expect::Kept => outcome.bytes().is_some(),
            Expect::Either => true,
        };
        if !is_expected {
            wrong.push(format!("{name}: {}", outcome.report().to_json()));
        }
        let is_named = found.contains(&sample.id) || sample.also.iter().any(|id| found.contains(id));
        if sample.expect != Expect::Benign && !is_named {
            wrong.push(format!("{name}: {found:?}"));
        }
        let threaded = many.sanitize(Input::new(&bytes).named(&name));
        if threaded.bytes() != outcome.bytes()
            || sample.expect != Expect::Rejected && threaded.report().to_json() != outcome.report().to_json()
        {
            wrong.push(format!("{name}: another answer with threads"));
        }
        let Some(output) = outcome.bytes() else { continue };
        let text = String::from_utf8(output.to_vec()).unwrap();
        let decoded: Vec<u8> = parts(&text).into_iter().flat_map(|(_, bytes)| bytes).collect();
        let all = format!("{text}{}", String::from_utf8_lossy(&decoded));
        if sample.kill_marker == KillMarker::Absent
            && (all.contains(&marks.kill) || all.contains(&marks.host))
        {
            wrong.push(format!("{name}: KILL in {all}"));
        }
        if sample.kill_marker == KillMarker::Stays && has_html && !all.contains(&marks.kill) {
            wrong.push(format!("{name}: gone"));
        }
        if sample.keep && !all.contains(&marks.keep) {
            wrong.push(format!("{name}: KEEP lost"));
        }
        let again = one.sanitize(Input::new(output).named(&outcome.report().output().unwrap().name));
        if again.bytes() != Some(output) || again.report().verdict() != Verdict::Clean {
            wrong.push(format!("{name}: second pass {}", again.report().to_json()));
        }
        if outcome.report().output().unwrap().extension != "eml" {
            continue;
        }
        // Law of the wire: nothing but ASCII in short lines that end in CRLF.
        for line in text.split("\r\n") {
            assert!(
                line.len() <= 998
                    && line.is_ascii()
                    && !line.contains(['\r', '\n'])
                    && !line.starts_with('.'),
                "{name}"
            );
        }
    }
    println!("asked of {asked}");
    assert!(asked >= 60 && wrong.is_empty(), "{asked}:\n{}", wrong.join("\n"));
}

#[test]
fn japanese_headers_and_text_of_every_encoding_arrive_in_utf_8() {
    let plan = "計画 ①髙 ｶﾞ";
    for label in ["shift_jis", "euc-jp", "utf-8"] {
        let table = encoding(label);
        let (encoded, _) = table(plan);
        let word = sanitize_corpus::office::media::base64(&encoded);
        let mut mail = crlf(&format!(
            "From: =?{label}?B?{word}?= <a@example.com>\nSubject: Re: =?{label}?B?{word}?=\nContent-Type: text/plain; charset={label}\n\n"
        ));
        mail.extend(&encoded);
        mail.extend(b"\r\n");
        let output = delivered(&mail);
        let read = MessageParser::default().parse(output.as_bytes()).unwrap();
        assert_eq!(read.subject(), Some(format!("Re: {plan}").as_str()), "{label}");
        assert_eq!(read.from().unwrap().first().unwrap().name(), Some(plan), "{label}");
        assert_eq!(read.body_text(0).unwrap(), format!("{plan}\r\n"), "{label}");
        // Raw bytes in a header, as old mailers write them.
        let mut raw = b"From: a@example.com\r\nSubject: ".to_vec();
        raw.extend(&encoded);
        raw.extend(b"\r\n\r\nx\r\n");
        let output = delivered(&raw);
        assert_eq!(
            MessageParser::default().parse(output.as_bytes()).unwrap().subject(),
            Some(plan),
            "{label}"
        );
    }
    let jis = b"From: a@example.com\r\nSubject: =?ISO-2022-JP?B?GyRCN1cy?=\r\n =?ISO-2022-JP?B?aBsoQg==?=\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B7W2h\x1b(I123\x1b(B\r\n";
    let output = delivered(jis);
    let read = MessageParser::default().parse(output.as_bytes()).unwrap();
    assert_eq!((read.subject(), read.body_text(0).unwrap().as_ref()), (Some("計画"), "計画ｱｲｳ\r\n"));
}

/// An encoder by hand for the few characters of the test above: what the engine decodes must not come from the
/// library it decodes with.
fn encoding(label: &str) -> impl Fn(&str) -> (Vec<u8>, ()) {
    const TABLE: [(char, [&[u8]; 2]); 9] = [
        ('計', [b"\x8cv", b"\xb7\xd7"]),
        ('画', [b"\x89\xe6", b"\xb2\xe8"]),
        (' ', [b" ", b" "]),
        ('①', [b"\x87\x40", b"\xad\xa1"]),
        ('髙', [b"\xfb\xfc", b"\xfc\xe2"]),
        ('ｶ', [b"\xb6", b"\x8e\xb6"]),
        ('ﾞ', [b"\xde", b"\x8e\xde"]),
        ('x', [b"x", b"x"]),
        ('y', [b"y", b"y"]),
    ];
    let column = match label {
        "shift_jis" => Some(0),
        "euc-jp" => Some(1),
        _ => None,
    };
    move |text| match column {
        None => (text.as_bytes().to_vec(), ()),
        Some(column) => {
            let of = |letter: char| TABLE.iter().find(|(known, _)| *known == letter).unwrap().1[column];
            (text.chars().flat_map(|letter| of(letter).to_vec()).collect(), ())
        }
    }
}

#[test]
fn headers_that_act_or_trace_do_not_come_along() {
    let mail = simple(
        "Received: x\nX-Unsent: 1\nBcc: c@example.com\nDKIM-Signature: x\nSender: d@example.com\nReferences: <1@x> junk <2@x>\n\nx\n",
    );
    let output = delivered(&mail);
    let names: Vec<&str> = output
        .split("\r\n\r\n")
        .next()
        .unwrap()
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        [
            "From",
            "To",
            "Subject",
            "Date",
            "References",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding"
        ]
    );
    assert!(output.contains("References: <1@x> <2@x>\r\n"));
}

#[test]
fn a_dot_or_a_postmark_alone_on_a_line_is_never_written_bare() {
    let output = delivered(&simple("\na\n.\nFrom x\n--=_1.1.x_=\nb\n"));
    assert!(
        !output
            .lines()
            .any(|line| line.starts_with('.') || line.starts_with("From x") || line.starts_with("--"))
    );
    assert_eq!(parts(&output)[0].1, b"a\r\n.\r\nFrom x\r\n--=_1.1.x_=\r\nb\r\n");
}

#[test]
fn an_attachment_keeps_its_name_and_gets_the_type_of_its_content() {
    let picture = sanitize_corpus::office::media::png([1, 2, 3]);
    let mail = with_file("=?UTF-8?B?5YaZ55yf?=.jpg", &picture, "x");
    let output = delivered(&mail);
    assert!(output.contains("Content-Type: image/png\r\n"), "{output}");
    let (name, bytes) = parts(&output).into_iter().nth(2).unwrap();
    assert_eq!(name, "写真.png");
    assert!(bytes.starts_with(b"\x89PNG"));
}

#[test]
fn what_cannot_be_rebuilt_leaves_a_notice_in_its_place() {
    let output = delivered(&with_file("run.exe", b"MZ\x90\0\x03\0\0\0", "x"));
    let (name, notice) = parts(&output).into_iter().nth(2).unwrap();
    let notice = String::from_utf8(notice).unwrap();
    assert_eq!(name, "run.exe.txt");
    assert!(notice.contains("無害化のお知らせ") && notice.contains("Notice:"), "{notice}");
}

#[test]
fn a_password_in_the_text_opens_an_archive() {
    let archive =
        || zip::Archive::of([zip::Member::new("plan.txt", b"KEEP\r\n").encrypted(b"Kaigi2024!")]).build();
    let text = "添付ファイルのパスワードは「Kaigi2024!」です。";
    let opened = parts(&delivered(&with_file("a.zip", &archive(), text))).into_iter().nth(2).unwrap();
    assert_eq!(opened.0, "a.zip");
    let mut read = ::zip::ZipArchive::new(std::io::Cursor::new(&opened.1)).unwrap();
    assert_eq!(read.by_index(0).unwrap().size(), 6);
    // By default a notice, by policy a refusal, and nothing is tried that the policy does not let be found.
    let closed = with_file("a.zip", &archive(), "no word of it");
    assert_eq!(parts(&delivered(&closed)).into_iter().nth(2).unwrap().0, "a.zip.txt");
    let refuses = by("[switches]\nmail-encrypted-attachments = \"refuse\"\n");
    assert!(refuses.sanitize(Input::new(&closed).named("a.eml")).bytes().is_none());
    let blind = by("[switches]\nmail-find-passwords = false\n");
    let output = delivered_by(&blind, &with_file("a.zip", &archive(), text));
    assert_eq!(parts(&output).into_iter().nth(2).unwrap().0, "a.zip.txt");
    // A password from an earlier mail, which the caller gives.
    let passwords = [b"Kaigi2024!".to_vec()];
    let outcome = sanitizer().sanitize(Input::new(&closed).named("a.eml").passwords(&passwords));
    let output = String::from_utf8(outcome.bytes().unwrap().to_vec()).unwrap();
    assert_eq!(parts(&output).into_iter().nth(2).unwrap().0, "a.zip");
}

#[test]
fn a_policy_delivers_the_text_alone() {
    let sanitizer = by("[switches]\nmail-attachments = \"remove\"\n");
    let output = delivered_by(&sanitizer, &with_file("a.txt", b"KILL", "KEEP"));
    assert!(output.contains("KEEP") && !parts(&output).iter().any(|(_, bytes)| bytes == b"KILL"));
    assert_eq!(parts(&output)[2].0, "a.txt.txt");
}

#[test]
fn a_policy_makes_text_of_html() {
    let mail = simple(
        "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n",
    );
    let text = by("[switches]\nmail-html = \"text\"\n");
    let output = delivered_by(&text, &mail);
    assert!(output.contains("plain") && !output.contains("html"), "{output}");
    let alone = simple("Content-Type: text/html; charset=utf-8\n\n<p>a<b>b</b></p><p>&lt;c&gt;</p>\n");
    let output = delivered_by(&text, &alone);
    assert!(output.contains("text/plain") && output.contains("ab\r\n\r\n<c>"), "{output}");
}

#[test]
fn trees_that_programs_see_differently_are_refused() {
    let body = "\n--a\n\nx\n--a--\n";
    for (mail, id) in [
        ("Content-Type: multipart/mixed; boundary=a; boundary=b\n", "mail.multiple-boundaries"),
        ("Content-Type: multipart/mixed; boundary*=utf-8''a\n", "mail.multiple-boundaries"),
        ("Content-Type: multipart/mixed\n", "mail.multiple-boundaries"),
        (
            "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=a\n",
            "mail.multiple-content-type-headers",
        ),
        ("Content-Type : multipart/mixed; boundary=a\n", "mail.header-syntax-differentials"),
        (
            "Content-Type: multipart/mixed; boundary=a\nContent-Transfer-Encoding: base64\n",
            "mail.cte-decoding-differentials",
        ),
    ] {
        refused(&simple(&format!("{mail}{body}")), id);
    }
}

#[test]
fn deep_and_wide_mails_end_at_a_limit() {
    let wide = simple(&format!(
        "Content-Type: multipart/mixed; boundary=a\n\n{}--a--\n",
        "--a\n\nx\n".repeat(30_000)
    ));
    refused(&wide, "mail.multipart-bomb");
    let long = simple(&format!("X: {}\n\nx\n", "a".repeat(17 << 20)));
    refused(&long, "mail.multipart-bomb");
    let many = simple(&format!("{}\nx\n", "X : a\n".repeat(200_000)));
    assert!(sanitizer().sanitize(Input::new(&many).named("a.eml")).bytes().is_some());
}

#[test]
fn collected_mails_are_delivered_and_read_alike() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/benign/eml");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("no collected mails beside the repository: nothing was compared");
        return;
    };
    let sanitizer = sanitizer();
    let (mut all, mut done, mut wrong) = (0, 0, Vec::new());
    for entry in entries.flatten() {
        let input = std::fs::read(entry.path()).unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        all += 1;
        let outcome = sanitizer.sanitize(Input::new(&input).named(&name));
        let Some(output) = outcome.bytes() else { continue };
        done += 1;
        if outcome.report().output().and_then(|facts| facts.format) == Some("mbox") {
            // A mailbox: its first mail is compared.
            let parser = MessageParser::default();
            let first = |bytes: &[u8]| {
                let behind = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
                parser.parse(&bytes[behind..]).unwrap().subject().map(str::to_owned)
            };
            assert_eq!(first(&input), first(output), "{name}");
            continue;
        }
        let input = if input.starts_with(b"From ") {
            &input[input.iter().position(|byte| *byte == b'\n').unwrap() + 1..]
        } else {
            &input
        };
        let parser = MessageParser::default();
        let (Some(before), Some(after)) = (parser.parse(input), parser.parse(output)) else {
            wrong.push(format!("{name}: not read"));
            continue;
        };
        let from = |mail: &mail_parser::Message<'_>| {
            mail.from().and_then(|from| from.first()).and_then(|from| from.address().map(str::to_owned))
        };
        if from(&before) != from(&after) || before.message_id() != after.message_id() {
            wrong.push(format!("{name}: {:?} {:?}", from(&before), from(&after)));
        }
    }
    assert!(done * 100 >= all * 98, "{done} of {all}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Mailboxes of several mails, as Thunderbird and Unix keep them.
mod mailboxes {
    const BETWEEN: &str = "From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n";

    fn cleaned(name: &str, bytes: &[u8]) -> sanitize_core::Outcome {
        sanitize_core::Sanitizer::builder()
            .build()
            .unwrap()
            .sanitize(sanitize_core::Input::new(bytes).named(name))
    }

    #[test]
    fn each_mail_is_rebuilt_and_lines_of_text_begin_none() {
        let mailbox = "From a@example.com Mon Apr  1 09:00:00 2024\nFrom: a@example.com\nSubject: one\nX-Trace: KILL\n\n\
                       text\n\nFrom here on: nothing\nmore\n\nFrom b@example.com Tue Apr  2 09:00:00 2024\nSubject: two\n\nend\n\n";
        for name in ["a.mbox", "a.eml"] {
            let outcome = cleaned(name, mailbox.as_bytes());
            assert_eq!(outcome.report().output().and_then(|facts| facts.format), Some("mbox"));
            let text = String::from_utf8(outcome.bytes().unwrap().to_vec()).unwrap();
            assert_eq!(text.matches(BETWEEN).count(), 2);
            assert_eq!(text.matches("\nFrom ").count(), 1, "{text}");
            assert!(
                text.contains("=46rom here on: nothing") && !text.contains("KILL") && !text.contains('\r'),
                "{text}"
            );
            let again = cleaned("a.mbox", text.as_bytes());
            assert_eq!(again.bytes(), Some(text.as_bytes()));
            assert!(again.report().findings().is_empty(), "{}", again.report().to_json_pretty());
        }
    }

    #[test]
    fn a_mail_that_cannot_be_rebuilt_leaves_one_that_says_so() {
        let mailbox = format!(
            "{BETWEEN}Subject: one\n\ntext\n\n{BETWEEN}Subject: two\nContent-Type: text/plain\nContent-Type: text/html\n\nKILL\n\n"
        );
        let outcome = cleaned("a.mbox", mailbox.as_bytes());
        let text = String::from_utf8(outcome.bytes().unwrap().to_vec()).unwrap();
        assert!(
            text.contains("Subject: two") && text.contains("Subject: one") && !text.contains("KILL"),
            "{text}"
        );
        let again = cleaned("a.mbox", text.as_bytes());
        assert_eq!(again.bytes(), Some(text.as_bytes()));
    }

    #[test]
    fn one_mail_with_the_line_of_a_mailbox_is_a_mail() {
        let mail = format!("{BETWEEN}Subject: one\n\ntext\n\n");
        let format =
            |name: &str| cleaned(name, mail.as_bytes()).report().output().and_then(|facts| facts.format);
        assert_eq!((format("a.eml"), format("a.mbox")), (Some("eml"), Some("mbox")));
    }
}

#[test]
fn the_texts_of_a_mail_give_passwords_for_the_next_one() {
    let mail = crlf(
        "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: base64\n\n44OR44K544Ov44O844OJ77yacTladDRMdzINCg==\n--a\nContent-Type: text/plain\n\
         Content-Disposition: attachment; filename=b.txt\n\npassword: inafile99\n--a--\n",
    );
    assert_eq!(sanitize_core::mail_passwords(&mail), [b"q9Zt4Lw2".to_vec()]);
    assert!(sanitize_core::mail_passwords(b"").is_empty());
}

#[test]
fn a_name_without_an_address_stands_in_no_group() {
    let mail = delivered(&crlf("From: team: nobody: x;, a@example.com;\nSubject: x\n\ny\n"));
    assert!(mail.contains("a@example.com"), "{mail}");
    for from in [":00:00 2024", "a@", "@b", "a@b: x", "\"a@\":;"] {
        let mail = delivered(&crlf(&format!("From: {from}\nSubject: x\n\ny\n")));
        assert!(mail.starts_with("From: "), "{mail}");
    }
}

#[test]
fn a_report_keeps_the_fields_that_standards_name() {
    let mail = delivered(&crlf(
        "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=a\n\n--a\n\ntext\n--a\n\
         Content-Type: message/delivery-status\n\nReporting-MTA: dns; a.example\nX-Queue: KILL\n KILL on\n\n\
         Final-Recipient: rfc822; b@a.example\nAction: failed\n--a--\n",
    ));
    assert!(
        mail.contains("Reporting-MTA: dns; a.example\r\n\r\nFinal-Recipient: rfc822; b@a.example"),
        "{mail}"
    );
    assert!(!mail.contains("KILL"), "{mail}");
}

#[test]
fn a_drawing_is_attached_and_not_shown_in_the_text() {
    let mail = delivered(&crlf(
        "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: text/html\n\n\
         <p>x<img src=\"cid:d@x\"></p>\n--a\nContent-Type: image/svg+xml; name=d.svg\nContent-ID: <d@x>\n\n\
         <svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1\" height=\"1\"/></svg>\n--a--\n",
    ));
    assert!(mail.contains("attachment; filename=d.svg") && !mail.contains("Content-ID"), "{mail}");
}

#[test]
fn a_text_in_place_of_a_mail_stays_as_a_text() {
    let mail = |body: &str| {
        crlf(&format!(
            "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=a\n\n--a\n\nreport\n--a\n\
             Content-Type: message/rfc822\n\n{body}\n--a--\n"
        ))
    };
    let text = delivered(&mail("[the message was here]"));
    let parts = parts(&text);
    assert!(
        parts.iter().any(|(name, body)| name == "part-2.txt" && body.starts_with(b"[the message")),
        "{text}"
    );
    let program = delivered(&mail("MZ\u{1}\u{2}\u{0}\u{3}"));
    assert!(program.contains("part-2.eml.txt") && !program.contains("MZ"), "{program}");
}

#[test]
fn a_file_that_is_called_a_container_is_rebuilt_as_what_it_is() {
    let picture =
        sanitize_corpus::tryout::files().into_iter().find(|file| file.path.ends_with(".png")).unwrap();
    let mail = delivered(&with_file("winmail.dat", &picture.bytes, "x"));
    let files = parts(&mail);
    assert!(files.iter().any(|(name, body)| name == "winmail.png" && body.starts_with(b"\x89PNG")), "{mail}");
    let mail = delivered(&with_file("winmail.dat", b"MZ\0\x01\x02 a program", "x"));
    assert!(parts(&mail).iter().all(|(_, body)| !body.starts_with(b"MZ")), "{mail}");
}

/// An Outlook message with these properties: a number with its kind, and the value.
fn outlook(properties: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = sanitize_corpus::compound::Compound::new().stream("__properties_version1.0", vec![0; 32]);
    for (property, value) in properties {
        file = file.stream(&format!("__substg1.0_{property}"), value.to_vec());
    }
    file.bytes()
}

#[test]
fn a_sender_under_two_roles_keeps_the_name_of_either() {
    let with = |sent: &str, address: &str| {
        let file = outlook(&[
            ("0037001E", b"x"),
            ("1000001E", b"text"),
            ("0042001E", sent.as_bytes()),
            ("0065001E", b"a@example.com"),
            ("0C1A001E", b"Taro Yamada"),
            ("0C1F001E", address.as_bytes()),
        ]);
        let outcome = sanitizer().sanitize(Input::new(&file).named("a.msg"));
        let mail = String::from_utf8(outcome.bytes().unwrap().to_vec()).unwrap();
        mail.lines().find_map(|line| line.strip_prefix("From: ")).unwrap().to_owned()
    };
    assert_eq!(with("a@example.com", "a@example.com"), "Taro Yamada <a@example.com>");
    assert_eq!(with("Office", "a@example.com"), "Office <a@example.com>");
    assert_eq!(with("a@example.com", "b@example.com"), "a@example.com", "another person's name");
}

#[test]
fn pages_of_outlook_are_read_in_the_encoding_they_are_valid_in() {
    for page in ["計画".as_bytes(), b"\x8cv\x89\xe6"] {
        let html = [b"<p>", page, b"</p>"].concat();
        let mut properties = vec![0; 32];
        // PidTagMessageCodepage: 932.
        properties.extend([3, 0, 0xfd, 0x3f, 6, 0, 0, 0, 0xa4, 3, 0, 0, 0, 0, 0, 0]);
        let file = sanitize_corpus::compound::Compound::new()
            .stream("__properties_version1.0", properties)
            .stream("__substg1.0_0037001E", b"x".to_vec())
            .stream("__substg1.0_1013001E", html)
            .bytes();
        let outcome = sanitizer().sanitize(Input::new(&file).named("a.msg"));
        let mail = String::from_utf8(outcome.bytes().unwrap().to_vec()).unwrap();
        assert!(
            parts(&mail).iter().any(|(_, body)| String::from_utf8_lossy(body).contains("計画")),
            "{mail}"
        );
    }
}
