//! Samples of the area `html`: pages.

use crate::sample::{Index, Marks};

/// A page with `content` in its body and the KEEP marker before it.
fn page(marks: &Marks, content: &str) -> Vec<u8> {
    format!("<!DOCTYPE html><html lang=\"ja\"><head><meta charset=\"utf-8\"></head><body><p>{}</p>{content}</body></html>", marks.keep)
        .into_bytes()
}

/// The samples of the area.
pub fn samples(index: &mut Index) {
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
