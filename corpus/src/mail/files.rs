//! Samples whose threat is in what a mail carries.

use super::{file, mail, mixed, multipart, plain, program, wrapped};
use crate::{
    office::{docx::with_picture, media::png},
    pages,
    sample::Index,
    zip,
};

/// CMS around a message: only as much of it as a reader looks at.
fn signed_data(content: &[u8]) -> Vec<u8> {
    const DATA: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01";
    const SIGNED: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
    let inner = element(0x30, &[DATA.to_vec(), element(0xa0, &element(0x04, content))].concat());
    let signed =
        element(0x30, &[element(0x02, &[1]), element(0x31, &[]), inner, element(0x31, &[])].concat());
    element(0x30, &[SIGNED.to_vec(), element(0xa0, &signed)].concat())
}

/// An element of DER.
fn element(tag: u8, body: &[u8]) -> Vec<u8> {
    let len = body.len() as u32;
    let mut bytes = vec![tag, 0x84];
    bytes.extend(len.to_be_bytes());
    bytes.extend(body);
    bytes
}

/// The samples.
pub(super) fn samples(index: &mut Index) {
    index
        .absent("mail.calendar-invite", "eml", |m| {
            let invitation = pages::calendar(
                m,
                &format!(
                    "ATTACH:{0}\r\nX-ALT-DESC;FMTTYPE=text/html:<script>{1}</script>\r\nX-MS-OLK-SENDER:{1}\r\n\
                     BEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH:calc.exe {1}\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n",
                    m.url("a.exe"),
                    m.kill
                ),
            );
            let part = format!(
                "Content-Type: text/calendar; charset=utf-8; method=REQUEST\nContent-Transfer-Encoding: base64\n\n{}",
                wrapped(&invitation)
            );
            multipart(m, "alternative", &[plain(&m.keep), part])
        })
        .also(&["ics.standalone"]);
    index
        .absent("mail.vcard", "eml", |m| {
            let card = pages::card(
                m,
                &format!(
                    "PHOTO;VALUE=URI:{0}\r\nSOUND;VALUE=URI:{0}\r\nURL:javascript:{1}\r\nX-HTML:{1}\r\n\
                     AGENT:BEGIN:VCARD\\nFN:{1}\\nEND:VCARD\r\n",
                    m.url("p.png"),
                    m.kill
                ),
            );
            mixed(m, &[file("a.vcf", "text/vcard", &card)])
        })
        .also(&["vcf.standalone"]);
    index.absent("mail.dangerous-attachments", "eml", |m| {
        let shortcut = format!("[InternetShortcut]\r\nURL={}\r\n", m.url(&m.kill));
        mixed(
            m,
            &[
                file("a.lnk", "application/octet-stream", m.kill.as_bytes()),
                file("b.url", "text/plain", shortcut.as_bytes()),
                file("c.png", "image/png", &program(m)),
                file("d.one", "application/onenote", m.kill.as_bytes()),
                file("e.js", "text/plain", m.kill.as_bytes()),
            ],
        )
    });
    index.absent("mail.attachment-recursion-into-cdr", "eml", |m| {
        let text = format!("{}\u{1b}]0;{}\u{7}\r\n", m.keep, m.kill);
        let part = format!(
            "Content-Type: application/octet-stream\nContent-Disposition: inline; filename=\"a.rar\"\nContent-Transfer-Encoding: base64\n\n{}",
            wrapped(format!("Rar!\x1a\x07\x01\0{}", m.kill).as_bytes())
        );
        mixed(m, &[file("a.txt", "text/plain", text.as_bytes()), part])
    });
    index
        .absent("mail.attachment-recursion-into-cdr", "eml", |m| {
            let plain_file = zip::Member::new("a.txt", format!("{}\r\n", m.keep).as_bytes());
            let archive = zip::Archive::of([plain_file.encrypted(b"other secret")]).build();
            mixed(
                m,
                &[
                    file("a.zip", "application/zip", &archive),
                    file("b.docx", "application/octet-stream", &with_picture(m).zip()),
                ],
            )
        })
        .variant("encrypted");
    index.absent("mail.smime", "eml", |m| {
        let inner = format!("Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\nContent-Type: text/plain\r\n\r\n{}\r\n--i\r\nContent-Type: application/octet-stream; name=\"a.exe\"\r\n\r\n{}\r\n--i--\r\n", m.keep, m.kill);
        mail(m, "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=\"smime.p7m\"\nContent-Transfer-Encoding: base64", &format!("{}\n", wrapped(&signed_data(inner.as_bytes()))))
    });
    index.absent("mail.smime", "eml", |m| {
        let signature = format!("Content-Type: application/pkcs7-signature; name=\"smime.p7s\"\nContent-Transfer-Encoding: base64\n\n{}", wrapped(m.kill.as_bytes()));
        multipart(m, "signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256", &[plain(&m.keep), signature])
    }).variant("detached");
    index.refused("mail.smime", "eml", |m| {
        mail(m, "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=\"smime.p7m\"\nContent-Transfer-Encoding: base64", &wrapped(m.kill.as_bytes()))
    }).variant("encrypted");
    index.refused("mail.pgp", "eml", |m| {
        mail(
            m,
            "Content-Type: text/plain",
            &format!("{}\n-----BEGIN PGP MESSAGE-----\n\n{}\n-----END PGP MESSAGE-----\n", m.keep, m.kill),
        )
    });
    index
        .refused("mail.pgp", "eml", |m| {
            let version = "Content-Type: application/pgp-encrypted\n\nVersion: 1\n".to_owned();
            let body = format!("Content-Type: application/octet-stream\n\n{}", m.kill);
            multipart(m, "encrypted; protocol=\"application/pgp-encrypted\"", &[version, body])
        })
        .variant("mime");
    index.absent("mail.pgp", "eml", |m| {
        mail(m, "Content-Type: text/plain", &format!("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{}\n-----BEGIN PGP SIGNATURE-----\n\n{}\n-----END PGP SIGNATURE-----\n", m.keep, m.kill))
    }).variant("clear");
    index
        .absent("mail.cid-and-related-abuse", "eml", |m| {
            let picture = format!(
                "Content-Type: image/png\nContent-ID: <nobody@x>\nContent-Transfer-Encoding: base64\n\n{}",
                wrapped(&png([4, 5, 6]))
            );
            multipart(m, "related", &[plain(&m.keep), picture])
        })
        .variant("unreferenced");
}
