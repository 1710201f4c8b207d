//! Samples whose threat is in the text of a mail: HTML, encodings, characters.

use super::{html, mail, multipart, plain, wrapped};
use crate::{
    office::media::{base64, png},
    sample::{Index, KillMarker, Marks},
};

fn page(marks: &Marks, body: &str) -> Vec<u8> {
    multipart(
        marks,
        "alternative",
        &[
            plain(&format!("{}\n", marks.keep)),
            html(&format!("<html><body><p>{}</p>{body}</body></html>", marks.keep)),
        ],
    )
}

/// The samples.
pub(super) fn samples(index: &mut Index) {
    markup(index);
    characters(index);
    index
        .stays("mail.alternative-mismatch", "eml", |m| {
            let said = "invoice payment overdue account please transfer money today";
            multipart(
                m,
                "alternative",
                &[
                    plain(&format!("Minutes of our last meeting are on the shelf in room five. {}", m.keep)),
                    html(&format!("<p>{said} {}</p>", m.kill)),
                ],
            )
        })
        .also(&["mail.html-script"]);
    index.absent("mail.amp-and-enriched", "eml", |m| {
        let amp = format!(
            "Content-Type: text/x-amp-html; charset=utf-8\n\n<html amp4email><body>{}</body></html>",
            m.kill
        );
        multipart(m, "alternative", &[plain(&m.keep), amp, plain(&m.keep)])
    });
    index.absent("mail.meta-refresh-and-base", "eml", |m| {
        let part = format!(
            "Content-Type: text/plain; charset=utf-8\nContent-Base: {}\nContent-Location: {}\n\n{}",
            m.url("a"),
            m.url("b"),
            m.keep
        );
        multipart(m, "mixed", &[part])
    });
}

/// HTML of mails: what acts is under the ids of HTML as well.
fn markup(index: &mut Index) {
    index
        .absent("mail.html-script", "eml", |m| {
            page(m, &format!("<script>{}</script><iframe srcdoc=\"{}\"></iframe>", m.kill, m.kill))
        })
        .also(&["html.element-allowlist"]);
    index
        .absent("mail.html-forms", "eml", |m| {
            page(m, &format!("<form action=\"{}\"><input type=\"password\" name=\"{}\"><button formaction=\"{}\">x</button></form>", m.url("a"), m.kill, m.url("b")))
        })
        .also(&["html.element-allowlist", "mail.html-script"]);
    index
        .absent("mail.remote-images-tracking", "eml", |m| {
            page(m, &format!("<img src=\"{0}\" width=1 height=1 alt=x><table background=\"{0}\"><tr><td>y</td></tr></table>", m.url(&m.kill)))
        })
        .also(&["html.url-attributes", "mail.html-script"]);
    index
        .absent("mail.moniker-link", "eml", |m| {
            page(
                m,
                &format!(
                    "<a href=\"file:///{}!{}\">x</a><a href=\"search-ms:query={}\">y</a>",
                    m.unc("x.rtf"),
                    m.kill,
                    m.kill
                ),
            )
        })
        .also(&["html.url-attributes", "mail.html-script"]);
    index
        .stays("mail.link-mismatch", "eml", |m| {
            page(m, &format!("<a href=\"https://bank.example.{}/\">www.bank.example {}</a>", m.host, m.kill))
        })
        .also(&["html.url-attributes", "mail.html-script"]);
    index
        .absent("mail.css-attacks", "eml", |m| {
            page(m, &format!("<style>.kobold{{display:none}} @import url({});</style><div style=\"position:fixed;background:url({})\">x</div>", m.url("a"), m.url(&m.kill)))
        })
        .also(&["html.css-fetch-and-code", "mail.html-script"]);
    index
        .absent("mail.meta-refresh-and-base", "eml", |m| {
            multipart(m, "alternative", &[plain(&m.keep), html(&format!("<html><head><meta http-equiv=refresh content=\"0;url={}\"><base href=\"{}\"></head><body><p>{}</p></body></html>", m.url(&m.kill), m.url("b"), m.keep))])
        })
        .variant("html")
        .also(&["html.meta-and-charset", "mail.html-script"]);
    index
        .absent("mail.data-url-and-smuggling", "eml", |m| {
            page(
                m,
                &format!(
                    "<a href=\"data:text/html;base64,{}\" download=\"{}.html\">x</a>",
                    base64(m.kill.as_bytes()),
                    m.kill
                ),
            )
        })
        .also(&["html.url-attributes", "mail.html-script"]);
    index
        .absent("mail.cid-and-related-abuse", "eml", |m| {
            let related = format!(
                "Content-Type: multipart/related; boundary=\"inner\"\n\n--inner\n{}\n--inner\nContent-Type: image/png\nContent-ID: <a@x>\n\
                 Content-Transfer-Encoding: base64\n\n{}\n--inner\nContent-Type: image/svg+xml; name=\"x.svg\"\nContent-ID: <a@x>\n\n\
                 <svg xmlns=\"http://www.w3.org/2000/svg\"><script>{}</script></svg>\n--inner--\n",
                html(&format!("<p>{}<img src=\"cid:a@x\"></p>", m.keep)),
                wrapped(&png([1, 2, 3])),
                m.kill
            );
            multipart(m, "mixed", &[related])
        });
}

/// Encodings and characters.
fn characters(index: &mut Index) {
    index.absent("mail.charset-tricks", "eml", |m| {
        // A browser that guesses ISO-2022-JP sees another text than a filter that reads ASCII.
        let mut mail = mail(m, "Content-Type: text/html", "");
        mail.extend(format!("<p>{} ", m.keep).bytes());
        mail.extend(b"\x1b$B7W2h\x1b(B<img alt=\"\x1b$B\" x=\"\x1b(B\" onerror=\"");
        mail.extend(format!("{}\">\r\n", m.kill).bytes());
        mail
    });
    index
        .absent("mail.charset-tricks", "eml", |m| {
            mail(m, "Content-Type: text/plain; charset=utf-7", &format!("{} +ADw-b+AD4-\n", m.keep))
        })
        .variant("utf7");
    index.stays("mail.encoded-word-abuse", "eml", |m| {
        let name = base64(format!("Boss\u{202e} <{}@example.invalid>", m.kill).as_bytes());
        format!("From: =?utf-8?B?{name}?= <sender@example.com>\r\nTo: receiver@example.com\r\nSubject: {}\r\nDate: Mon, 01 Apr 2024 09:00:00 +0900\r\n\r\n{}\r\n", m.keep, m.kill).into_bytes()
    });
    index.absent("mail.format-flowed-and-text-controls", "eml", |m| {
        let tags: String =
            m.kill.chars().filter_map(|letter| char::from_u32(0xe0000 + letter as u32)).collect();
        mail(
            m,
            "Content-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: 8bit",
            &format!("{}{tags} \u{1b}]0;{}\u{7}\n", m.keep, m.kill),
        )
    });
    index
        .absent("mail.uuencode-yenc-binhex-inline", "eml", |m| {
            mail(
                m,
                "Content-Type: text/plain",
                &format!("{}\nbegin 644 {}.exe\n$35J0`0```\n`\nend\n{}\n", m.keep, m.kill, m.keep),
            )
        })
        .marker(KillMarker::Stays);
    index
        .absent("mail.uuencode-yenc-binhex-inline", "eml", |m| {
            mail(
                m,
                "Content-Type: text/plain",
                &format!(
                    "{}\n=ybegin line=128 size=9 name={}\nxxxx\n=yend size=9\n{}\n",
                    m.keep, m.kill, m.keep
                ),
            )
        })
        .variant("yenc");
}
