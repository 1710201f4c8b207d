//! Samples whose threat is in headers and in the tree of parts.

use super::{file, joined, lines, mail, mixed, multipart, plain, program, wrapped};
use crate::sample::{Index, Marks};

/// The samples.
pub(super) fn samples(index: &mut Index) {
    tree(index);
    headers(index);
    messages(index);
}

fn executable(marks: &Marks) -> String {
    file("KILL.exe", "application/octet-stream", &program(marks))
}

fn tree(index: &mut Index) {
    index.refused("mail.multiple-content-type-headers", "eml", |m| {
        mail(
            m,
            "Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64",
            &wrapped(&program(m)),
        )
    });
    index
        .refused("mail.multiple-content-type-headers", "eml", |m| {
            mail(
                m,
                "Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=a",
                &joined("a", &[executable(m)]),
            )
        })
        .variant("type");
    index.refused("mail.multiple-boundaries", "eml", |m| {
        let body = format!("{}{}", joined("a", &[plain(&m.keep)]), joined("b", &[executable(m)]));
        mail(m, "Content-Type: multipart/mixed; boundary=a; boundary=b", &body)
    });
    index
        .refused("mail.multiple-boundaries", "eml", |m| {
            mail(
                m,
                "Content-Type: multipart/mixed; boundary*0=\"a\"; boundary*1=\"b\"; boundary=c",
                &joined("ab", &[executable(m)]),
            )
        })
        .variant("continued");
    index
        .refused("mail.multiple-boundaries", "eml", |m| {
            mail(m, "Content-Type: multipart/mixed; boundary=\"\"", &joined("", &[executable(m)]))
        })
        .variant("empty");
    index.refused("mail.boundary-reuse-nesting", "eml", |m| {
        let inner = format!("Content-Type: multipart/mixed; boundary=a\n\n{}", joined("a", &[executable(m)]));
        mail(m, "Content-Type: multipart/mixed; boundary=a", &joined("a", &[plain(&m.keep), inner]))
    });
    index
        .refused("mail.boundary-reuse-nesting", "eml", |m| {
            let inner = format!("Content-Type: multipart/mixed\n\n{}", joined("b", &[executable(m)]));
            mail(m, "Content-Type: multipart/mixed; boundary=a", &joined("a", &[plain(&m.keep), inner]))
        })
        .variant("none")
        .also(&["mail.multiple-boundaries"]);
    index.absent("mail.preamble-epilogue", "eml", |m| {
        let body = format!(
            "begin 644 KILL.exe\n{}\nend\n{}--outer\n{}\n--outer--\n",
            m.kill,
            joined("outer", &[plain(&m.keep)]),
            plain(&m.kill)
        );
        mail(m, "Content-Type: multipart/mixed; boundary=outer", &body)
    });
    index.absent("mail.cte-decoding-differentials", "eml", |m| {
        let body = wrapped(&program(m)).replacen('A', ".A", 3);
        mixed(m, &[format!("Content-Type: application/octet-stream; name=\"a.bin\"\nContent-Transfer-Encoding: base64\n\n{body}")])
    });
    index
        .absent("mail.cte-decoding-differentials", "eml", |m| {
            mail(
                m,
                "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
                &format!("{} =e8=a8=88 = x\n", m.keep),
            )
        })
        .variant("qp");
    index.refused("mail.multipart-bomb", "eml", |m| {
        let mut body = String::new();
        for depth in 0..2_000 {
            body.push_str(&format!(
                "--b{depth}_\nContent-Type: multipart/mixed; boundary=\"b{}_\"\n\n",
                depth + 1
            ));
        }
        mail(m, "Content-Type: multipart/mixed; boundary=b0_", &body)
    });
    index
        .refused("mail.multipart-bomb", "eml", |m| multipart(m, "mixed", &vec![plain("x"); 20_000]))
        .variant("wide");
}

fn headers(index: &mut Index) {
    index.refused("mail.header-syntax-differentials", "eml", |m| {
        mail(m, "Content-Type: text/plain\nContent-Transfer-Encoding : base64", &wrapped(&program(m)))
    });
    index
        .refused("mail.header-syntax-differentials", "eml", |m| {
            mail(m, "X-A: b\rContent-Type: multipart/mixed; boundary=a", &joined("a", &[executable(m)]))
        })
        .variant("bare-cr");
    index
        .refused("mail.header-syntax-differentials", "eml", |m| {
            mail(
                m,
                &format!("a line without a colon {}\nContent-Type: multipart/mixed; boundary=a", m.kill),
                &joined("a", &[executable(m)]),
            )
        })
        .variant("no-colon");
    index.stays("mail.bare-cr-lf-smuggling", "eml", |m| {
        let mut mail = mail(m, "Content-Type: text/plain", &format!("{}\n", m.keep));
        mail.extend(
            format!("a\n.\r\nMAIL FROM:<{}@example.invalid>\r\nb\r.\rc\r\n.\r\nQUIT\r\n", m.kill).bytes(),
        );
        mail
    });
    index.stays("mail.header-injection", "eml", |m| {
        lines(&format!(
            "From: sender@example.com\nTo: receiver@example.com\nSubject: =?utf-8?Q?{}=0D=0ABcc:_{}@example.invalid?=\nDate: Mon, 01 Apr 2024 09:00:00 +0900\n\n{} {}\n",
            m.keep, m.kill, m.keep, m.kill
        ))
    });
    index.stays("mail.from-spoof-differentials", "eml", |m| {
        lines(&format!(
            "From: <ceo@bank.example>\nFrom: <{}@example.invalid>\nTo: receiver@example.com\nSubject: {}\nDate: Mon, 01 Apr 2024 09:00:00 +0900\n\n{}\n",
            m.kill, m.keep, m.keep
        ))
    });
    index.absent("mail.tracking-and-auto-headers", "eml", |m| {
        let address = format!("{}@example.invalid", m.kill);
        mail(
            m,
            &format!(
                "Disposition-Notification-To: {address}\nReturn-Receipt-To: {address}\nX-Unsent: 1\nList-Unsubscribe: <{}>\n\
                 List-Unsubscribe-Post: List-Unsubscribe=One-Click\nBcc: {address}\nX-Originating-IP: [192.0.2.1]\nContent-Type: text/plain",
                m.url("u")
            ),
            &format!("{}\n", m.keep),
        )
    });
    index.absent("mail.filename-rfc2231", "eml", |m| {
        let part = format!(
            "Content-Type: application/pdf; name=\"KEEP.pdf\"\nContent-Disposition: attachment; filename*0=\"KILL.e\"; filename*1=\"xe\"\n\
             Content-Transfer-Encoding: base64\n\n{}",
            wrapped(&program(m))
        );
        mixed(m, &[part])
    });
    index
        .absent("mail.filename-rfc2231", "eml", |m| {
            mixed(m, &[file("../..\u{202e}txt.a\t.txt", "text/plain", format!("{}\r\n", m.keep).as_bytes())])
        })
        .variant("path");
    index
        .refused("mail.mime-version-or-none", "eml", |m| {
            [b"\r\n".to_vec(), mail(m, "Content-Type: text/plain", &m.kill)].concat()
        })
        .also(&["mail.header-syntax-differentials"]);
    index
        .refused("mail.mime-version-or-none", "eml", |m| {
            format!("<html><body>{}</body></html>\r\n", m.kill).into_bytes()
        })
        .variant("html");
    index.absent("mail.mbox-and-emlx-containers", "mbox", |m| {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap_or_default();
        let first =
            text(mail(m, "Content-Type: text/plain", &format!("{}\n\nFrom here on: nothing\n", m.keep)));
        let second = text(mixed(m, &[executable(m)]));
        let between = format!("From {}@example.com Mon Apr  1 09:00:00 2024\r\n", m.kill);
        format!("{between}{first}\r\n{between}{second}\r\n").into_bytes()
    });
    index.benign("benign.mbox", "mbox", |m| {
        let one = mail(
            m,
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit",
            &format!("{}\n", m.keep),
        );
        let one = String::from_utf8(one).unwrap_or_default().replace("\r\n", "\n");
        format!("From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n{one}\n").repeat(2).into_bytes()
    });
    index
        .refused("mail.mbox-and-emlx-containers", "eml", |m| {
            let one = String::from_utf8(mail(m, "Content-Type: text/plain", &m.kill)).unwrap_or_default();
            format!("{}\n{one}<?xml version=\"1.0\"?><plist/>\n", one.len()).into_bytes()
        })
        .variant("emlx");
    index
        .absent("mail.mbox-and-emlx-containers", "eml", |m| {
            let one = mail(m, "Content-Type: text/plain", &format!("{}\n", m.keep));
            [format!("From {}@example.com Mon Apr  1 09:00:00 2024\r\n", m.kill).into_bytes(), one].concat()
        })
        .variant("one");
}

fn messages(index: &mut Index) {
    index.either("mail.rfc822-nesting", "eml", |m| {
        let mut inner = String::from_utf8(mixed(m, &[executable(m)])).unwrap_or_default();
        for _ in 0..30 {
            inner = format!("From: a@example.com\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n{inner}");
        }
        inner.into_bytes()
    }).also(&["file.nested-depth-limit"]);
    index.absent("mail.rfc822-nesting", "eml", |m| {
        let part = format!("Content-Type: message/partial; number=1; total=2; id=\"{}\"\n\nFrom: a@example.com\nSubject: x\n\n{}", m.kill, m.kill);
        mixed(m, &[part])
    }).variant("partial");
    index.absent("mail.external-body", "eml", |m| {
        let part = format!(
            "Content-Type: message/external-body; access-type=local-file; name=\"/tmp/{}\"\n\nContent-Type: text/plain\nContent-ID: <{}@x>\n",
            m.kill, m.kill
        );
        mixed(m, &[part])
    });
    index.absent("mail.dsn-and-mdn-content", "eml", |m| {
        let original = String::from_utf8(mixed(m, &[executable(m)])).unwrap_or_default().replace("\r\n", "\n");
        let status = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; example.com\n\nFinal-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.0.0\n";
        let parts = [plain(&m.keep), status.to_owned(), format!("Content-Type: message/rfc822\n\n{original}")];
        mail(m, "Content-Type: multipart/report; report-type=delivery-status; boundary=outer", &joined("outer", &parts))
    }).also(&["mail.dangerous-attachments"]);
}
