//! Drawings through the public API.

use sanitize_core::{Action, Input, Outcome, Sanitizer};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named(name))
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// The inside of the cleaned drawing; cleaning it again changes nothing.
#[track_caller]
fn drawing(content: &str, id: &str) -> String {
    let source = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{content}</svg>"
    );
    let outcome = clean("a.svg", source.as_bytes());
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    let found = ids(&outcome);
    assert!(id.is_empty() || found.contains(&id), "{id}: {found:?}");
    let again = clean("a.svg", output);
    assert_eq!(again.bytes(), Some(output), "cleaning a clean drawing changes nothing");
    assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
    let text = std::str::from_utf8(output).unwrap();
    let inside = text.split_once('>').unwrap().1;
    inside.trim_end().trim_end_matches("</svg>").to_owned()
}

#[test]
fn what_is_drawn_stays_as_it_is() {
    for same in [
        "<title>図</title><path d=\"M0 0L9,9 1e-3.5z\" fill=\"#f00\" stroke-width=\".5\" transform=\"rotate(45,1 1)\"/>",
        "<defs><linearGradient id=\"g\" x1=\"0\" gradientUnits=\"userSpaceOnUse\"><stop offset=\"50%\" stop-color=\"red\"/></linearGradient></defs><rect width=\"9\" height=\"9\" fill=\"url(#g)\" style=\"opacity:.5\"/>",
        "<text x=\"1 2\" writing-mode=\"tb\" font-family=\"serif\">縦 <tspan dy=\"1em\">書き</tspan></text>",
        "<style>.a{fill:url(#g);stroke:none}\n</style><g class=\"a\"><circle r=\"1\"/></g>",
        "<a xlink:href=\"https://example.com/\"><text>x</text></a><g id=\"b\"/><use xlink:href=\"#b\"/>",
        "<switch><g systemLanguage=\"ja\"/><g/></switch>",
    ] {
        assert_eq!(drawing(same, ""), same);
    }
}

#[test]
fn what_acts_is_left_out_under_its_id() {
    for (source, expected, id) in [
        ("<script>KILL</script><g/>", "<g/>", "svg.script"),
        ("<x:script xmlns:x=\"http://www.w3.org/2000/svg\">KILL</x:script>", "", "svg.script"),
        ("<g onload=\"KILL\"/>", "<g/>", "svg.event-attributes"),
        ("<a href=\"jav&#x09;ascript:KILL\"><g/></a>", "<a><g/></a>", "svg.href-schemes"),
        (
            "<use href=\"https://kill.example.invalid/s.svg#a\"/><image href=\"file:///KILL\"/>",
            "",
            "svg.external-resources",
        ),
        ("<g fill=\"url(https://kill.example.invalid/)\"/>", "<g fill=\"none\"/>", "svg.external-resources"),
        (
            "<foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">KILL</p></foreignObject>",
            "",
            "svg.foreign-object",
        ),
        ("<style>@import url(x);</style>", "<style/>", "svg.css"),
        (
            "<a><set attributeName=\"href\" to=\"javascript:KILL\"/></a>",
            "<a/>",
            "svg.smil-animation-injection",
        ),
        ("<image href=\"data:image/svg+xml,KILL\"/>", "", "svg.data-uri-images"),
        (
            "<metadata>KILL</metadata><!-- KILL --><g i:x=\"KILL\" xmlns:i=\"urn:i\"/>",
            "<g/>",
            "svg.metadata-and-editor-data",
        ),
        ("<font><glyph d=\"M0 0\"/></font>", "", "svg.text-and-fonts"),
        ("<rect width=\"NaN\" height=\"1e99\"/>", "<rect/>", "svg.metadata-and-editor-data"),
        ("<g fill=\"red;stroke:url(#x)\"/>", "<g/>", ""),
    ] {
        assert_eq!(drawing(source, id), expected, "{source}");
    }
}

#[test]
fn document_types_are_left_out_or_refused() {
    let source = "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\" [<!ENTITY ns \"http://www.w3.org/2000/svg\">]><svg xmlns=\"&ns;\"><g/></svg>";
    let outcome = clean("a.svg", source.as_bytes());
    assert_eq!(outcome.bytes().unwrap(), b"<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>\n");
    for acts in
        ["<!ENTITY x SYSTEM \"file:///x\">", "<!ENTITY % x \"y\">", "<!ENTITY a \"b\"><!ENTITY b \"&a;\">"]
    {
        let outcome = clean("a.svg", format!("<!DOCTYPE svg [{acts}]><svg>&x;</svg>").as_bytes());
        assert!(outcome.bytes().is_none() && ids(&outcome).contains(&"svg.entities-and-doctype"), "{acts}");
    }
}

#[test]
fn what_makes_a_viewer_draw_for_ever_is_refused() {
    let doubled: String = (1..40)
        .map(|n| format!("<g id=\"l{n}\"><use href=\"#l{0}\"/><use href=\"#l{0}\"/></g>", n - 1))
        .collect();
    let patterns: String =
        (0..9).map(|n| format!("<pattern id=\"p{n}\"><rect fill=\"url(#p{})\"/></pattern>", n + 1)).collect();
    for content in [
        format!("<g id=\"l0\"/>{doubled}"),
        format!("{patterns}<g fill=\"url(#p0)\"/>"),
        "<g id=\"a\"><use href=\"#a\"/></g>".to_owned(),
        "<filter><feMorphology radius=\"100000\"/></filter>".to_owned(),
        format!("<filter>{}</filter>", "<feGaussianBlur/>".repeat(3_000)),
    ] {
        let outcome =
            clean("a.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{content}</svg>").as_bytes());
        assert!(
            outcome.bytes().is_none() && ids(&outcome).contains(&"svg.recursion-and-filters"),
            "{content:.60}"
        );
    }
    assert!(
        clean("a.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1e9\" height=\"1e9\"/>")
            .bytes()
            .is_none()
    );
}

#[test]
fn pictures_in_a_drawing_are_rebuilt() {
    // A GIF of one pixel with a comment in it.
    let gif = "R0lGODlhAQABAIAAAP8AAP///yH+BEtJTEwALAAAAAABAAEAAAICRAEAOw==";
    let found = drawing(&format!("<image width=\"9\" href=\"data:image/gif;base64,{gif}\"/>"), "");
    assert!(found.contains("xlink:href=\"data:image/gif;base64,") && !found.contains(gif), "{found}");
}

#[test]
fn words_that_look_like_an_address_are_words() {
    for same in [
        "<filter><feGaussianBlur result=\"blurline\"/><feBlend in=\"curl\" mode=\"url\"/></filter>",
        "<g class=\"url(x)\" id=\"url\"><rect x=\"url\" lang=\"url\"/></g>",
        "<g font-family=\"&quot;@ url(x)&quot;\"/>",
    ] {
        assert_eq!(drawing(same, ""), same);
    }
    // Neither is a function, and what is no style is written so that nobody takes it for one.
    assert_eq!(drawing("<g fill=\"4url(a)\"/>", ""), "<g fill=\"4url (a)\"/>");
    assert_eq!(drawing("<g fill=\"#url(a)\"/>", ""), "<g fill=\"#url (a)\"/>");
}

#[test]
fn an_address_is_written_once() {
    let source = "<use xlink:href=\"#a\" x:href=\"#b\" xmlns:x=\"http://www.w3.org/1999/xlink\"/>";
    assert_eq!(drawing(source, "svg.metadata-and-editor-data"), "<use xlink:href=\"#a\"/>");
}

#[test]
fn an_attribute_that_is_more_than_one_declaration_is_reported() {
    assert_eq!(drawing("<g fill=\"red;stroke:blue\"/>", "svg.metadata-and-editor-data"), "<g/>");
}

#[test]
fn a_string_of_marks_is_checked_in_one_walk() {
    let source = format!("<style>.a{{font-family:\"{}\"}}\n</style>", "@".repeat(2_000_000));
    let begun = std::time::Instant::now();
    assert_eq!(drawing(&source, ""), source);
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}

#[test]
fn what_nobody_sees_stays_escaped_in_style() {
    let same = "<g style=\"font-family:a\\fffe ,&quot;\\e0041 \\202e b&quot;\"/>";
    assert_eq!(drawing(same, ""), same);
    assert_eq!(drawing("<style>.\u{202e}a{fill:red}</style>", ""), "<style>.\\202e a{fill:red}\n</style>",);
    // At its start a file would lose it as a byte order mark.
    let outcome = clean("a.css", "\u{feff}\u{feff}a{color:red}".as_bytes());
    assert_eq!(outcome.bytes().unwrap(), b"\\feff a{color:red}\n");
}
