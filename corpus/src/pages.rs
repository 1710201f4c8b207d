//! Samples of the areas `html`, `css`, `mhtml`, `ics` and `vcf`: pages, and what comes with mails.

use crate::sample::{Index, Marks};

/// A page with `content` in its body and the KEEP marker before it.
fn page(marks: &Marks, content: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"></head><body><p>{}</p>{content}</body></html>", marks.keep)
        .into_bytes()
}

/// A calendar with `content` in its event and the KEEP marker in its summary.
pub(crate) fn calendar(marks: &Marks, content: &str) -> Vec<u8> {
    format!(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//JA\r\nBEGIN:VEVENT\r\nUID:1@example.com\r\nDTSTART;TZID=Asia/Tokyo:20260401T090000\r\nSUMMARY:{} 会議\r\n{content}END:VEVENT\r\nEND:VCALENDAR\r\n",
        marks.keep
    )
    .into_bytes()
}

/// A card with `content` and the KEEP marker in its name.
pub(crate) fn card(marks: &Marks, content: &str) -> Vec<u8> {
    format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{}\r\nN:山田;太郎;;;\r\n{content}END:VCARD\r\n", marks.keep)
        .into_bytes()
}

/// Calendars, cards, style sheets and web archives.
fn others(index: &mut Index) {
    index.benign("benign.ics", "ics", |m| {
        calendar(m, "RRULE:FREQ=WEEKLY;COUNT=10\r\nURL:https://www.example.com/\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:x\r\nEND:VALARM\r\n")
    });
    index.absent("ics.standalone", "ics", |m| {
        calendar(
            m,
            &format!(
                "ATTACH;ENCODING=BASE64;FMTTYPE=application/x-msdownload:{0}\r\nATTACH:{1}\r\nURL:file://{0}\r\nX-ALT-DESC;FMTTYPE=text/html:<script>{0}</script>\r\nDESCRIPTION;ALTREP=\"{1}\":x\r\nRRULE:FREQ=SECONDLY;COUNT=999999999\r\nBEGIN:VALARM\r\nACTION:PROCEDURE\r\nATTACH:{1}\r\nTRIGGER:-PT1M\r\nEND:VALARM\r\n",
                m.kill,
                m.url("x.exe")
            ),
        )
    });
    index.benign("benign.vcf", "vcf", |m| card(m, "TEL;TYPE=HOME,VOICE:03-1234-5678\r\nX-PHONETIC-LAST-NAME:やまだ\r\nURL:https://www.example.com/\r\n"));
    index.absent("vcf.standalone", "vcf", |m| {
        card(
            m,
            &format!(
                "URL:javascript:{0}\r\nPHOTO;VALUE=URI:{1}\r\nSOUND;VALUE=URI:{1}\r\nKEY;ENCODING=b:{0}\r\nX-HTML:{0}\r\nAGENT:BEGIN:VCARD\\nFN:{0}\\nEND:VCARD\r\n",
                m.kill,
                m.url("x")
            ),
        )
    });
    index.absent("css.standalone", "css", |m| {
        format!("@charset \"utf-8\";@import \"{0}\";.{1}{{color:red;background:url({0})}}p{{behavior:url({2})}}/* </style>{2} */", m.url("a.css"), m.keep, m.kill)
            .into_bytes()
    });
    index.refused("mhtml.archive", "mht", |m| {
        format!(
            "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: file:///C:/x.htm\r\n\r\n<script>{}</script>\r\n--b--\r\n",
            m.kill
        )
        .into_bytes()
    });
}

/// The samples of the areas.
pub fn samples(index: &mut Index) {
    others(index);
    index.benign("benign.html", "html", |m| {
        page(
            m,
            "<h1>表題</h1><table><tr><td>表</td></tr></table><p><ruby>漢字<rt>かんじ</rt></ruby> <a href=\"https://www.example.com/\">link</a></p>",
        )
    });

    index.absent("html.element-allowlist", "html", |m| {
        page(m, &format!("<script>{0}</script><object data=\"{1}\"></object><iframe srcdoc=\"{0}\"></iframe><embed src=\"{1}\">", m.kill, m.url("x.html")))
    });
    index
        .absent("html.element-allowlist", "html", |m| {
            page(m, &format!("<form action=\"{}\"><input type=hidden value=\"{}\"><button formaction=x>b</button></form>", m.url(""), m.kill))
        })
        .variant("form")
        .also(&["html.url-attributes"]);
    index.absent("html.event-attributes", "html", |m| {
        page(
            m,
            &format!(
                "<img src=x onerror={0}()><details open ontoggle={0}>a</details><p/onclick={0}>b",
                m.kill
            ),
        )
    });
    index.absent("html.url-attributes", "html", |m| {
        page(
            m,
            &format!(
                "<a href=\"java&Tab;script:{}()\">a</a><img src=\"{}\"><img srcset=\"{} 2x\">",
                m.kill,
                m.unc("i"),
                m.url("i.png")
            ),
        )
    });
    index.absent("html.mutation-xss", "html", |m| {
        page(m, &format!("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror={}&gt;\">", m.kill))
    })
    .also(&["html.svg-math-inline"]);
    index
        .absent("html.mutation-xss", "html", |m| {
            page(m, &format!("<p><button><p onfocus=\"{}\">x</p></button></p>", m.kill))
        })
        .variant("nesting");
    index.absent("html.conditional-comments-and-mso", "html", |m| {
        page(
            m,
            &format!(
                "<!--[if mso]><v:image src=\"{}\"/>{}<![endif]--><xml><x:y>{1}</x:y></xml>",
                m.url("i"),
                m.kill
            ),
        )
    });
    index.absent("html.css-fetch-and-code", "html", |m| {
        page(m, &format!(
            "<style>@import url({0});@font-face{{font-family:x;src:url({0})}}p{{background:\\75\\72\\6C({0});width:expression({1})}}</style><p style=\"behavior:url({0});-moz-binding:url({0});cursor:url({0}),auto\">x</p>",
            m.url("a.css"), m.kill
        ))
    });
    index.absent("html.svg-math-inline", "html", |m| {
        page(m, &format!(
            "<math><maction actiontype=\"statusline#{}\" xlink:href=\"javascript:{1}\">x</maction></math><svg><desc><script>{1}</script></desc><a xlink:href=\"javascript:{1}\"><text>y</text></a></svg>",
            m.url(""), m.kill
        ))
    });
    index.absent("html.meta-and-charset", "html", |m| {
        page(m, &format!("<meta http-equiv=\"refresh\" content=\"0;url={}\"><meta http-equiv=\"set-cookie\" content=\"{}\">", m.url(""), m.kill))
    });
    index
        .absent("html.meta-and-charset", "html", |m| {
            format!("<html><head><meta charset=\"iso-2022-jp\"></head><body>{0}<p title=\"\u{1b}$B\">\u{1b}(J</p><a title=\"\u{1b}(B<img src=x onerror={1}>\">x</a></body></html>", m.keep, m.kill)
                .into_bytes()
        })
        .variant("escape")
        .also(&["txt.terminal-escapes", "html.event-attributes"])
        // What an attribute says is no tag, whatever it looks like.
        .marker(crate::sample::KillMarker::Stays);
    index.absent("html.shadow-dom-and-popover", "html", |m| {
        page(m, &format!(
            "<div><template shadowrootmode=open><img src=x onerror={0}></template></div><button popovertarget={0}>x</button><p contenteditable autofocus is=x-{0}>y</p><script type=speculationrules>{0}</script>",
            m.kill
        ))
    });
    index.absent("html.clickjacking-overlays", "html", |m| {
        page(m, &format!("<a style=\"position:fixed;inset:0;opacity:0;z-index:9;--x:1;font-size:9999px\" href=\"javascript:{}\">x</a>", m.kill))
    });
    index.stays("html.dom-clobbering-and-ids", "html", |m| {
        page(m, &format!("<a id=location name={}>x</a>", m.kill))
    });
    index.absent("html.comments-and-source", "html", |m| {
        let mut file = format!("<!-- saved from url=(0014)about:internet -->\r\n<!-- {} -->", m.kill).into_bytes();
        file.extend(page(m, &format!("<p data-id=\"{0}\" itemprop=\"{0}\">x</p><script type=\"application/ld+json\">\"{0}\"</script>", m.kill)));
        file
    });
    index.refused("html.htm-attachment-smuggling", "html", |m| {
        format!("<!DOCTYPE html><html><body onload=\"go()\"><script>function go(){{document.write(atob('{}'))}}</script></body></html>", m.kill).into_bytes()
    });
    index.refused("html.hta-and-scriptlets", "html", |m| {
        format!("<html><head><hta:application id=\"{}\"></head><body>x</body></html>", m.kill).into_bytes()
    });
    index
        .refused("html.hta-and-scriptlets", "html", |m| {
            format!("<?xml version=\"1.0\"?><scriptlet><registration progid=\"{}\"><script>x</script></registration></scriptlet>", m.kill)
                .into_bytes()
        })
        .variant("scriptlet");
}
