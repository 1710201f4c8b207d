//! Pages through the public API.

use sanitize_core::{Action, Input, Limits, Outcome, Policy, Preset, Sanitizer};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named(name))
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// Delivers the page, and cleans the output to itself with nothing left to do.
#[track_caller]
fn page(bytes: &[u8]) -> (String, Vec<&'static str>) {
    let outcome = clean("a.html", bytes);
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    let again = clean("a.html", output);
    assert_eq!(again.bytes(), Some(output), "cleaning a clean page changes nothing");
    assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
    (String::from_utf8(output.to_vec()).unwrap(), ids(&outcome))
}

/// The body of the cleaned page, and that `id` is reported.
#[track_caller]
fn body(source: &str, id: &str) -> String {
    let (written, ids) = page(source.as_bytes());
    assert!(id.is_empty() || ids.contains(&id), "{id}: {ids:?}");
    let body = written.split_once("<body>\n").unwrap().1;
    body.strip_suffix("\n</body>\n</html>\n").unwrap().to_owned()
}

#[test]
fn what_readers_see_stays_as_it_is() {
    for same in [
        "<h1>表題</h1>\n<p lang=\"ja\">本文 <b>太字</b> <ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby></p>",
        "<table border=\"1\" style=\"border-collapse:collapse\"><caption>表</caption><colgroup><col width=\"50%\"></colgroup><tbody><tr><th scope=\"col\" colspan=\"2\">a</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>",
        "<a href=\"https://example.com/?a=1&amp;b=2\">x</a> <a href=\"mailto:a@example.com\">y</a> <a href=\"#user-content-z\">z</a>",
        "<div style=\"writing-mode:vertical-rl\">縦書き</div><pre>\n\n a\n</pre>",
        "<details open=\"\"><summary>x</summary>y</details><ol start=\"3\" type=\"a\"><li>x</li></ol>",
        "<font color=\"#ff0000\" face=\"ＭＳ Ｐゴシック\" size=\"+1\">x</font><img src=\"cid:a.1@example.com\" alt=\"x\">",
    ] {
        assert_eq!(body(&format!("<!DOCTYPE html>{same}"), ""), same);
    }
}

#[test]
fn a_page_that_speaks_of_pdf_files_is_none() {
    let lead = format!("<style>{}</style>", " ".repeat(2_000));
    assert_eq!(body(&format!("<html>{lead}<p>%PDF-1.7\n1 0 obj</p>"), ""), "<p>&#37;PDF-1.7\n1 0 obj</p>");
}

#[test]
fn what_acts_is_left_out_under_its_id() {
    for (source, expected, id) in [
        ("x<script>KILL</script><object data=KILL.html>y</object>", "xy", "html.element-allowlist"),
        ("<img src=cid:a onerror=KILL()>", "<img src=\"cid:a\">", "html.event-attributes"),
        ("<a href=\"java&Tab;script:KILL()\">x</a>", "<a>x</a>", "html.url-attributes"),
        (
            "x<!--[if mso]><v:image src=https://kill.example.invalid/i><![endif]-->",
            "x",
            "html.conditional-comments-and-mso",
        ),
        ("<o:p>x</o:p>", "x", "html.conditional-comments-and-mso"),
        (
            "<p style='background:\\75\\72\\6C(https://kill.example.invalid/b)'>x</p>",
            "<p style=\"background:none\">x</p>",
            "html.css-fetch-and-code",
        ),
        (
            "x<math><maction actiontype='statusline#https://kill' xlink:href='javascript:KILL'>y",
            "x",
            "html.svg-math-inline",
        ),
        (
            "x<template shadowrootmode=open><img src=x onerror=KILL></template>",
            "x",
            "html.shadow-dom-and-popover",
        ),
        (
            "<a style='position:fixed;inset:0;opacity:0' href=https://kill.example.invalid>x</a>",
            "<a href=\"https://kill.example.invalid\">x</a>",
            "html.clickjacking-overlays",
        ),
        (
            "<a id=location name=KILL>x</a>",
            "<a id=\"user-content-location\" name=\"user-content-KILL\">x</a>",
            "html.dom-clobbering-and-ids",
        ),
        ("x<!-- KILL --><p data-x=KILL itemprop=y>z</p>", "x<p>z</p>", "html.comments-and-source"),
        (
            "<meta http-equiv=refresh content='0;url=https://kill.example.invalid/'>x",
            "x",
            "html.meta-and-charset",
        ),
        (
            "<form action=https://kill.example.invalid/><input name=a value=v><button>b</button></form>",
            "<section><span style=\"display:inline-block;box-sizing:border-box;border:1px solid #999;min-height:1.4em;min-width:10em\">v</span><span>b</span></section>",
            "html.url-attributes",
        ),
        ("<p>a\u{202e}b\u{e0041}c</p>", "<p>abc</p>", "txt.bidi-trojan-source"),
    ] {
        let found = body(source, id);
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn a_tree_that_no_source_can_say_is_written_as_one_that_can() {
    for (source, expected) in [
        ("<p><button><p>x</p></button></p>", "<p><span><span style=\"display:block\">x</span></span></p>"),
        ("<ul><li><marquee><li>x</marquee></ul>", "<ul><li><div><div>x</div></div></li></ul>"),
        (
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=KILL&gt;\">x",
            "",
        ),
        ("<xmp><img src=x onerror=KILL></xmp>", "<pre>&lt;img src=x onerror=KILL&gt;</pre>"),
    ] {
        let outcome = clean("a.html", format!("<!DOCTYPE html>y{source}").as_bytes());
        let written = String::from_utf8(outcome.bytes().unwrap().to_vec()).unwrap();
        assert!(written.contains(&format!("<body>\ny{expected}")), "{source}: {written}");
        assert!(!written.contains("<img"), "{written}");
    }
}

#[test]
fn pictures_outside_the_page_become_their_text() {
    let found = body(
        "<p><img src=https://kill.example.invalid/a.png alt='図 1' width=120 height=80 class=c>",
        "html.url-attributes",
    );
    assert_eq!(
        found,
        "<p><span class=\"c\" style=\"display:inline-block;box-sizing:border-box;overflow:hidden;border:1px dotted #999;width:120px;height:80px\">図 1</span></p>"
    );
    assert_eq!(body("x<img src=\\\\kill\\s width=1 height=1>", "html.url-attributes"), "x");
    assert_eq!(
        body("<table background='https://kill.example.invalid/'><tr><td>x</table>", "html.url-attributes"),
        "<table><tbody><tr><td>x</td></tr></tbody></table>"
    );
}

#[test]
fn pictures_in_the_page_are_rebuilt() {
    // A GIF of one pixel with a comment in it.
    let gif = "R0lGODlhAQABAIAAAP8AAP///yH+BEtJTEwALAAAAAABAAEAAAICRAEAOw==";
    let found = body(
        &format!(
            "<img src='data:image/gif;base64,{gif}' alt=x><i style='background:url(data:image/gif;base64,{gif})'>y</i>"
        ),
        "",
    );
    assert_eq!(found.matches("data:image/gif;base64,").count(), 2);
    assert!(!found.contains(gif));
    let found = body("x<img src='data:image/svg+xml,<svg onload=KILL>' alt=z>", "svg.data-uri-images");
    assert!(found.starts_with("x<span ") && found.ends_with(">z</span>"), "{found}");
}

#[test]
fn every_encoding_becomes_utf8() {
    let source = "<html><head><meta charset=\"X\"><title>表題</title></head><body>帳票を確認してください。ソ能表</body></html>";
    for (label, encoding) in [
        ("Shift_JIS", encoding_rs::SHIFT_JIS),
        ("EUC-JP", encoding_rs::EUC_JP),
        ("ISO-2022-JP", encoding_rs::ISO_2022_JP),
        ("UTF-8", encoding_rs::UTF_8),
    ] {
        for declared in [source.replace('X', label), source.replace("<meta charset=\"X\">", "")] {
            let (bytes, _, _) = encoding.encode(&declared);
            let (written, _) = page(&bytes);
            assert!(
                written.contains("<title>表題</title>")
                    && written.contains("\n帳票を確認してください。ソ能表\n"),
                "{label}: {written}"
            );
            assert_eq!(written.matches("charset").count(), 1);
            assert!(!written.contains('\u{1b}'));
        }
    }
    let wide: Vec<u8> = format!("\u{feff}{source}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(page(&wide).0.contains("ソ能表"));
    // Decoded by a gateway that left the declaration.
    assert!(page(source.replace('X', "ISO-2022-JP").as_bytes()).0.contains("ソ能表"));
    // The escape sequence of another encoding hides a tag from one parser and not from the other.
    let (written, ids) = page(b"<p>x</p>\x1b(J<img src=cid:a alt='\x1b$B'><img src=x onerror=KILL>");
    assert!(!written.contains('\u{1b}') && !written.contains("onerror="), "{written}");
    assert!(ids.contains(&"html.meta-and-charset") || ids.contains(&"txt.terminal-escapes"), "{ids:?}");
}

#[test]
fn pages_that_are_no_pages_are_rejected() {
    for (source, id) in [
        ("<script>document.write(KILL)</script>", "html.htm-attachment-smuggling"),
        ("<body onload=KILL><iframe src=data:text/html;base64,AA></iframe>", "html.htm-attachment-smuggling"),
        ("<frameset><frame src=x></frameset>", "html.htm-attachment-smuggling"),
        ("<html><hta:application id=KILL><p>x</p></html>", "html.hta-and-scriptlets"),
        (
            "<?xml version=\"1.0\"?><scriptlet><registration progid=\"KILL\"/></scriptlet>",
            "html.hta-and-scriptlets",
        ),
    ] {
        let outcome = clean("a.html", source.as_bytes());
        assert!(outcome.bytes().is_none() && ids(&outcome).contains(&id), "{source}: {:?}", ids(&outcome));
    }
    assert!(clean("a.html", b"%PDF-1.7").bytes().is_none());
    assert!(clean("a.html", &[0, 1, 2, 3, 4, 5, 6, 7].repeat(100)).bytes().is_none());
    // Nothing acted, and nothing is missed.
    assert!(clean("a.html", b"<html></html>").bytes().is_some());
}

#[test]
fn limits_trip_and_reject() {
    let small = Limits { objects: 100, ..Limits::default() };
    let sanitizer = Sanitizer::builder().limits(small).build().unwrap();
    assert!(sanitizer.sanitize(Input::new("<p>x".repeat(200).as_bytes()).named("a.html")).bytes().is_none());
    for deep in ["<div>".repeat(100_000), "<b>".repeat(100_000), format!("<p {}>", "a ".repeat(100_000))] {
        assert!(clean("a.html", deep.as_bytes()).bytes().is_none());
    }
    // As deep as pages get is written, if not as deep.
    let deep = format!("{}x", "<div>".repeat(1_000));
    assert!(clean("a.html", deep.as_bytes()).bytes().is_some());
}

#[test]
fn strict_makes_links_text_and_drops_what_is_hidden() {
    let policy = Policy::preset(Preset::Strict);
    let sanitizer = Sanitizer::builder().policy(policy).build().unwrap();
    let source =
        b"<title>t</title><a href=https://example.com/>x</a><p hidden>h</p><p style='display:none'>i</p>";
    let outcome = sanitizer.sanitize(Input::new(source).named("a.html"));
    let written = String::from_utf8(outcome.bytes().unwrap().to_vec()).unwrap();
    assert!(written.contains("<body>\n<a>x</a>\n</body>"), "{written}");
    assert!(!written.contains("<title>"));
}

#[test]
fn the_room_of_a_picture_outside_the_page_is_that_of_the_picture() {
    for (source, expected) in [
        ("<img src=//k/a alt=図>", "<span style=\"outline:1px dotted #999\">図</span>"),
        ("x<img src=//k/a alt=''>", "x"),
        (
            "<img src=//k/a alt='' width=9 height=9>",
            "<span style=\"display:inline-block;box-sizing:border-box;overflow:hidden;width:9px;height:9px\"></span>",
        ),
    ] {
        assert_eq!(
            body(&format!("<p>y{source}"), "html.url-attributes"),
            format!("<p>y{expected}</p>"),
            "{source}"
        );
    }
}

#[test]
fn a_frame_leaves_its_room_where_the_page_says_how_much() {
    assert_eq!(
        body("x<iframe src=//k/a width=30 height=20></iframe>", "html.element-allowlist"),
        "x<span style=\"display:inline-block;box-sizing:border-box;overflow:hidden;border:1px dotted #999;width:30px;height:20px\"></span>"
    );
    assert_eq!(body("x<iframe src=//k/a></iframe>", "html.element-allowlist"), "x");
}

#[test]
fn a_page_of_xml_is_written_under_the_name_of_what_it_is_now() {
    let page = "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>x</title></head><body><p>y<br/></p></body></html>";
    let outcome = clean("a.xhtml", page.as_bytes());
    assert_eq!(outcome.report().output().map(|facts| facts.name.as_str()), Some("a.html"));
}
