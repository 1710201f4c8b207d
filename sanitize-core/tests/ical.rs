//! Calendars, cards, style sheets and web archives through the public API.

use sanitize_core::{Action, Input, Outcome, Sanitizer};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named(name))
}

/// The cleaned file with its lines unfolded; cleaning it again changes nothing.
#[track_caller]
fn cleaned(name: &str, bytes: &[u8], id: &str) -> String {
    let outcome = clean(name, bytes);
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    let found: Vec<_> = outcome.report().findings().iter().map(|finding| finding.threat.id).collect();
    assert!(id.is_empty() || found.contains(&id), "{id}: {found:?}");
    let again = clean(name, output);
    assert_eq!(again.bytes(), Some(output), "cleaning a clean file changes nothing");
    assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
    String::from_utf8(output.to_vec()).unwrap().replace("\r\n ", "")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n")
}

#[test]
fn events_stay_as_they_are() {
    let same = event(
        "UID:1@example.com\r\nDTSTART;TZID=Asia/Tokyo:20260401T090000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=10\r\nSUMMARY;LANGUAGE=ja:会議\\, 第1回\\n詳細\r\nORGANIZER;CN=\"山田 太郎\":mailto:a@example.com\r\nURL:https://example.com/?a=1;b=2\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n",
    );
    assert_eq!(cleaned("a.ics", same.as_bytes(), ""), same);
}

#[test]
fn what_acts_in_a_calendar_is_left_out() {
    for lines in [
        "ATTACH:https://kill.example.invalid/x.exe\r\n",
        "ATTACH;ENCODING=BASE64;VALUE=BINARY:S0lMTA==\r\n",
        "URL:file:///KILL\r\n",
        "X-ALT-DESC;FMTTYPE=text/html:<script>KILL</script>\r\n",
        "RRULE:FREQ=SECONDLY\r\n",
        "RRULE:FREQ=DAILY;COUNT=999999999\r\n",
        "ORGANIZER:https://kill.example.invalid/\r\n",
        "BEGIN:VALARM\r\nACTION:PROCEDURE\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n",
        "BEGIN:X-KILL\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:X-KILL\r\n",
    ] {
        assert_eq!(
            cleaned("a.ics", event(&format!("UID:1\r\n{lines}")).as_bytes(), "ics.standalone"),
            event("UID:1\r\n"),
            "{lines}"
        );
    }
    let found = cleaned(
        "a.ics",
        event("DESCRIPTION;ALTREP=\"https://kill.example.invalid/\":x\r\n").as_bytes(),
        "ics.standalone",
    );
    assert_eq!(found, event("DESCRIPTION:x\r\n"));
}

#[test]
fn cards_stay_and_old_ones_become_new() {
    let same = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:山田 太郎\r\nN:山田;太郎;;;\r\nTEL;TYPE=HOME,VOICE:03-1234-5678\r\nX-PHONETIC-LAST-NAME:やまだ\r\nEND:VCARD\r\n";
    assert_eq!(cleaned("a.vcf", same.as_bytes(), ""), same);
    let old = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=63;=91=BE=98Y\r\nTEL;HOME;VOICE:1\r\nNOTE:a,b\r\nEND:VCARD\r\n";
    let found = cleaned("a.vcf", old.as_bytes(), "vcf.standalone");
    assert_eq!(
        found,
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:山田;太郎\r\nTEL;TYPE=HOME,VOICE:1\r\nNOTE:a\\,b\r\nEND:VCARD\r\n"
    );
}

#[test]
fn what_acts_in_a_card_is_left_out() {
    let gif = "R0lGODlhAQABAIAAAP8AAP///yH+BEtJTEwALAAAAAABAAEAAAICRAEAOw==";
    for line in [
        "URL:javascript:KILL",
        "PHOTO;VALUE=URI:https://kill.example.invalid/",
        "KEY;ENCODING=b:S0lMTA==",
        "AGENT:x",
        "X-HTML:KILL",
        "SOUND;ENCODING=b:S0lMTA==",
    ] {
        let card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\n{line}\r\nEND:VCARD\r\n");
        assert_eq!(
            cleaned("a.vcf", card.as_bytes(), "vcf.standalone"),
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n",
            "{line}"
        );
    }
    let card = format!("BEGIN:VCARD\r\nVERSION:3.0\r\nPHOTO;ENCODING=b;TYPE=GIF:{gif}\r\nEND:VCARD\r\n");
    let found = cleaned("a.vcf", card.as_bytes(), "");
    assert!(found.contains("PHOTO;ENCODING=b;TYPE=GIF:R0lGOD") && !found.contains(gif), "{found}");
}

#[test]
fn what_is_out_of_balance_is_rejected() {
    for wrong in [
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
        "BEGIN:VCARD\r\nFN:x\r\n",
        "BEGIN:VCARD\r\nEND:VCARD\r\nFN:x\r\n",
        "BEGIN:VCARD\r\nno colon\r\nEND:VCARD\r\n",
    ] {
        assert!(clean("a.ics", wrong.as_bytes()).bytes().is_none(), "{wrong}");
    }
}

#[test]
fn style_sheets_lose_what_fetches() {
    let found = cleaned(
        "a.css",
        b"@import \"https://kill.example.invalid/\";\n#a > p{color:red;background:url(x)}/* x */",
        "css.standalone",
    );
    assert_eq!(found, "#a > p{color:red;background:none}\n");
}

#[test]
fn web_archives_are_refused() {
    let archive = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b--\r\n";
    for name in ["a.mht", "a.mhtml", ""] {
        let outcome = clean(name, archive);
        let found: Vec<_> = outcome.report().findings().iter().map(|finding| finding.threat.id).collect();
        assert!(outcome.bytes().is_none() && found.contains(&"mhtml.archive"), "{name}: {found:?}");
    }
}
