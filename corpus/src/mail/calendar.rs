//! Samples of calendars and contacts, alone and in a mail.

use super::{lines, multipart, plain};
use crate::sample::{Index, Marks};

fn calendar(marks: &Marks, more: &str) -> String {
    format!(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:1@example.com\nDTSTAMP:20240401T000000Z\n\
         DTSTART;TZID=Asia/Tokyo:20240402T100000\nDTEND;TZID=Asia/Tokyo:20240402T110000\nSUMMARY:会議 {}\nLOCATION:第1会議室\n\
         ORGANIZER;CN=送信者:mailto:sender@example.com\n{more}END:VEVENT\nEND:VCALENDAR\n",
        marks.keep
    )
}

fn harm(marks: &Marks) -> String {
    format!(
        "ATTACH;FMTTYPE=application/x-msdownload;ENCODING=BASE64;VALUE=BINARY:{}\nATTACH:{}\nURL:file:///{}\n\
         X-ALT-DESC;FMTTYPE=text/html:<script>{}</script>\nRRULE:FREQ=SECONDLY;COUNT=1000000000\n\
         BEGIN:VALARM\nACTION:PROCEDURE\nTRIGGER:-PT15M\nATTACH:{}\nEND:VALARM\n\
         BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-PT15M\nDESCRIPTION:x\nEND:VALARM\n",
        marks.kill,
        marks.url(&marks.kill),
        marks.unc("x"),
        marks.kill,
        marks.url("a")
    )
}

fn contact(marks: &Marks) -> String {
    format!(
        "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nN:計画;太郎;;;\nX-PHONETIC-FIRST-NAME:タロウ\nTEL;TYPE=WORK:+81-3-1234-5678\n\
         PHOTO;VALUE=uri:{}\nURL:javascript:{}\nAGENT:BEGIN:VCARD\\nFN:{}\\nEND:VCARD\nKEY;VALUE=uri:{}\nX-HIDDEN:{}\nEND:VCARD\n",
        marks.keep,
        marks.url("p.png"),
        marks.kill,
        marks.kill,
        marks.url("k"),
        marks.kill
    )
}

/// The samples.
pub(super) fn samples(index: &mut Index) {
    index
        .absent("mail.calendar-invite", "eml", |m| {
            let invite = format!(
                "Content-Type: text/calendar; charset=utf-8; method=REQUEST\n\n{}",
                calendar(m, &harm(m))
            );
            multipart(m, "alternative", &[plain(&m.keep), invite])
        })
        .also(&["ics.standalone"]);
    index
        .absent("mail.vcard", "eml", |m| {
            let card = format!(
                "Content-Type: text/vcard; charset=utf-8\nContent-Disposition: attachment; filename=\"a.vcf\"\n\n{}",
                contact(m)
            );
            multipart(m, "mixed", &[plain(&m.keep), card])
        })
        .also(&["vcf.standalone"]);
    index.absent("ics.standalone", "ics", |m| lines(&calendar(m, &harm(m))));
    index.absent("vcf.standalone", "vcf", |m| lines(&contact(m)));
    index.benign("benign.ics", "ics", |m| {
        lines(&format!(
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\nBEGIN:VEVENT\nUID:1@example.com\nDTSTAMP:20240401T000000Z\n\
             DTSTART;TZID=Asia/Tokyo:20240402T100000\nSUMMARY:会議 {}\nRRULE:FREQ=WEEKLY;COUNT=10\nEND:VEVENT\nEND:VCALENDAR\n",
            m.keep
        ))
    });
    index.benign("benign.vcf", "vcf", |m| {
        lines(&format!(
            "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nN:計画;太郎;;;\nTEL;TYPE=WORK:+81-3-1234-5678\nEND:VCARD\n",
            m.keep
        ))
    });
}
