#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::{
    budget::{Budget, Cancel},
    limits::Limits,
};

#[derive(Default)]
struct Page {
    dropped: Vec<(Dropped, String)>,
}

impl Host for Page {
    fn url(&mut self, _property: &str, url: &str) -> Result<Option<String>, Error> {
        Ok(url.starts_with("data:").then(|| url.to_owned()))
    }

    fn id(&mut self, id: &str) -> String {
        if id.starts_with("p-") { id.to_owned() } else { format!("p-{id}") }
    }

    fn dropped(&mut self, why: Dropped, name: &str) -> Result<(), Error> {
        self.dropped.push((why, name.to_owned()));
        Ok(())
    }
}

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1_000, Cancel::new())
}

fn inline(text: &str) -> (String, Vec<(Dropped, String)>) {
    let mut page = Page::default();
    let kept = declarations(text, Profile::Html, &mut page, &budget()).unwrap();
    (written(&kept), page.dropped)
}

fn styled(text: &str) -> (String, Vec<(Dropped, String)>) {
    let mut page = Page::default();
    let kept = sheet(text, Profile::Html, &mut page, &budget()).unwrap();
    (kept, page.dropped)
}

#[test]
fn what_lays_out_text_stays() {
    for same in [
        "color:#f00;font-family:\"ＭＳ 明朝\",serif!important",
        "writing-mode:vertical-rl;text-combine-upright:all;ruby-position:under",
        "font:italic bold 12px/1.5 Meiryo,sans-serif",
        "width:calc(100% - 2em);background:url(\"data:x\") no-repeat #fff",
        "--main:rgb(1 2 3/.5);color:var(--main,red)",
        "grid-template-columns:[a] 1fr [b] minmax(0,2fr)",
    ] {
        assert_eq!(inline(same), (same.to_owned(), vec![]));
    }
}

#[test]
fn addresses_are_seen_through_escapes() {
    for text in [
        "background:\\75\\72\\6C(https://kill.example.invalid/b)",
        "background:u\\rl('https://kill.example.invalid/b')",
        "b\\61 ckground:URL( https://kill.example.invalid/b )",
        "background:/**/url(//kill/b)",
    ] {
        assert_eq!(inline(text).0, "background:none", "{text}");
    }
    for text in [
        "width:expression(KILL)",
        "width:exp/**/ression(KILL)",
        "behavior:url(x)",
        "-moz-binding:url(x)",
        "cursor:url(x),auto",
        "color:red;filter:progid:x(src='y')",
        "background:image-set('x' 1x)",
        "width:attr(x url)",
        "background:url(a b)",
        "color:red}b{x:y",
    ] {
        let (kept, dropped) = inline(text);
        assert!(kept.is_empty() || kept == "color:red", "{text}: {kept}");
        assert!(!dropped.is_empty(), "{text}");
    }
}

#[test]
fn overlays_are_dropped() {
    for text in [
        "position:fixed",
        "opacity:0",
        "z-index:9",
        "top:0",
        "transform:scale(9)",
        "font-size:9999px",
        "margin-top:-2000px",
    ] {
        let (kept, dropped) = inline(text);
        assert_eq!((kept.as_str(), dropped.first().unwrap().0), ("", Dropped::Overlay), "{text}");
    }
    assert_eq!(inline("margin:0 -15px").0, "margin:0 -15px");
}

#[test]
fn rules_stay_by_their_selectors() {
    let (kept, dropped) = styled(
        "@charset 'x';<!-- #a.b > li:nth-child( 2n + 1 )::before , a[href^='x'] { content : '\\3c/style>' } -->\
         @media screen and (max-width:600px){p{color:red}@font-face{src:url(x)}}\
         @media print{}@import url(x);@page WordSection1{size:595.3pt 841.9pt;mso-x:y}\
         x|y{color:red} p:unknown{color:red} a{b:c}",
    );
    assert_eq!(
        kept,
        "#p-a.b > li:nth-child(2n +1)::before,a[href^=\"x\"]{content:\"\\3c /style\\3e \"}\n\
         @media screen and (max-width:600px){\np{color:red}\n}\n\
         @page WordSection1{size:595.3pt 841.9pt}\n"
            .replace("2n +1", "2n + 1")
    );
    let names: Vec<_> = dropped.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, ["@font-face", "@import", "mso-x", "selector", "selector", "b"]);
}

#[test]
fn a_sheet_takes_time_in_proportion() {
    for text in [
        "{".repeat(1 << 20),
        "@media x{".repeat(1 << 17),
        "/*".repeat(1 << 20),
        "/**/".repeat(1 << 18),
        "a(".repeat(1 << 19),
        "\\".repeat(1 << 20),
        "url(".repeat(1 << 18),
    ] {
        let start = cpu_time::ThreadTime::now();
        let _kept = sheet(
            &text,
            Profile::Html,
            &mut Page::default(),
            &Budget::new(&Limits::default(), 1 << 20, Cancel::new()),
        );
        let _kept = declarations(
            &text,
            Profile::Html,
            &mut Page::default(),
            &Budget::new(&Limits::default(), 1 << 20, Cancel::new()),
        );
        assert!(start.elapsed().as_secs() < 10, "{}", text.get(..8).unwrap());
    }
}

proptest! {
    #[test]
    fn writing_is_a_fixed_point_and_plain(
        text in prop_oneof![any::<String>(), "(a|b:|c|;|\\{|\\}|\\(|\\)|\\[|\\]|:|#x|\\.y|1|-|\\+|2n|%|/|\\*|\"|'|\\\\|url\\(|@media |,| |!important|var\\(|color:|--x:|<|>|~|=|é|\\$)*"]
    ) {
        let first = styled(&text).0;
        prop_assert!(!first.contains('<') && !first.contains("url("), "{}", first);
        prop_assert_eq!(&styled(&first).0, &first);
        let first = inline(&text).0;
        prop_assert!(!first.contains('<'));
        prop_assert_eq!(&inline(&first).0, &first);
    }
}

#[test]
fn a_written_style_is_harmless_while_every_address_outside_of_strings_is_known() {
    let own = |address: &str| address.starts_with('#');
    for fine in [
        "p{color:red}\n@media print{q{color:red}}\n@page{margin:0}\n",
        "fill:url(#a);stroke:url(\"#b\")",
        "fill:url(&quot;#a&quot;)",
        "content:\"url(x) @import\"",
        "content:&quot;@import url(x)&quot;;fill:url(#a)",
    ] {
        assert!(is_harmless(fine, own), "{fine}");
    }
    for bad in [
        "@import \"a\"",
        "fill:url(a)",
        "fill:url(\"a\")",
        "content:\"x\";fill:url(a#)",
        "content:\"x\nfill:url(a)",
        "content:&quot;x\";fill:url(http://example.invalid/)",
        "fill:url(",
    ] {
        assert!(!is_harmless(bad, own), "{bad}");
    }
}
