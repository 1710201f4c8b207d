#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{Html, Tag, begins_with, verify::verify};
use crate::{
    budget::{Budget, Cancel},
    engine::{
        ctx::{Ctx, Run},
        handler::Handler,
    },
    limits::Limits,
    policy::Policy,
    report::Place,
    toolkits::markup::html::{Content, Syntax, Tree},
};

fn budget() -> Budget {
    Budget::new(&Limits::default(), 100_000, Cancel::new())
}

fn clean(page: &str) -> Option<String> {
    let (policy, budget) = (Policy::default(), budget());
    let run =
        Run { policy: &policy, budget: &budget, passwords: &[], handlers: &[], envelopes: &[], pool: None };
    let mut ctx = Ctx::new(&run, Place::root("a.html"), 1);
    let written = Html.rebuild(page.as_bytes(), &mut ctx).ok()?;
    verify(&written.bytes, &budget).unwrap();
    Some(String::from_utf8(written.bytes).unwrap())
}

/// The body as the standard's parser reads it, written out plainly.
fn reread(page: &str) -> String {
    let tree = Tree::parse(page, Syntax::Html, &budget()).unwrap();
    let find = |wanted: &str| {
        tree.descendants(Tree::ROOT)
            .find(|node| matches!(tree.content(*node), Content::Element { name, .. } if &**name == wanted))
    };
    let body = find("body").unwrap();
    let mut written = String::new();
    let mut open = Vec::new();
    let mut next = tree.first(body);
    while let Some(node) = next {
        match tree.content(node) {
            Content::Text(text) => {
                written += &text
                    .replace('&', "&amp;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;")
                    .replace('"', "&quot;")
            }
            Content::Element { name, attributes, .. } => {
                written += &format!("<{}", &**name);
                for attribute in attributes {
                    written += &format!(
                        " {}=\"{}\"",
                        attribute.name(),
                        attribute
                            .value()
                            .replace('&', "&amp;")
                            .replace('<', "&lt;")
                            .replace('>', "&gt;")
                            .replace('"', "&quot;")
                    );
                }
                written += ">";
                let void = super::allow::by_name(name).is_some_and(super::allow::Element::is_void);
                if let (Some(first), false) = (tree.first(node), void) {
                    if &**name == "pre"
                        && matches!(tree.content(first), Content::Text(text) if text.starts_with('\n'))
                    {
                        written += "\n";
                    }
                    open.push((node, name.to_string()));
                    next = Some(first);
                    continue;
                }
                if !void {
                    written += &format!("</{}>", &**name);
                }
            }
            _ => panic!("a comment got out"),
        }
        next = tree.next(node);
        while next.is_none() {
            let Some((parent, name)) = open.pop() else { break };
            written += &format!("</{name}>");
            next = tree.next(parent);
        }
    }
    written
}

const NAMES: &str = "(a|b|font|p|div|table|tbody|tr|td|th|caption|colgroup|col|li|ul|dl|dt|dd|h1|h2|ruby|rt|rp|rb|rtc|nobr|button|form|select|option|object|math|mtext|mglyph|svg|desc|title|foreignObject|annotation-xml|style|template|pre|listing|textarea|marquee|applet|frameset|body|html|head|section|details|summary|x-y|o:p|noscript|br|hr|img|input|em|i|span|fieldset|legend|center|address|map|area|image|plaintext)";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 200 } else { 3_000 }))]
    #[test]
    fn every_parser_reads_the_tree_that_was_written(
        doctype in "(<!DOCTYPE html>)?",
        soup in prop::collection::vec(prop_oneof![
            4 => NAMES.prop_map(|name| format!("<{name}>")),
            1 => NAMES.prop_map(|name| format!("<{name} id=x class='y' align=left style='color:red;x:y'>")),
            3 => NAMES.prop_map(|name| format!("</{name}>")),
            2 => "( |\n|x|&amp;|&lt;|<|>|\"|\u{a0}|é)".prop_map(|text| text),
            1 => "(<!--|-->|<!\\[CDATA\\[|\\]\\]>|--!>|<!|<\\?)".prop_map(|text| text),
        ], 0..40),
    ) {
        let page = format!("{doctype}x{}", soup.concat());
        if let Some(written) = clean(&page) {
            let body = written.split_once("<body").unwrap().1.split_once(">\n").unwrap().1;
            let body = body.strip_suffix("\n</body>\n</html>\n").unwrap();
            let again = reread(&written);
            prop_assert_eq!(again.trim_start_matches('\n').trim_end_matches('\n'), body, "{}", page);
            prop_assert_eq!(clean(&written), Some(written));
        }
    }
}

#[test]
fn what_the_writer_cannot_have_written_does_not_verify() {
    let page = |body: &str| {
        format!(
            "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n</head>\n<body>\n{body}\n</body>\n</html>\n"
        )
    };
    verify(page("<p class=\"a\">x &amp; y<br></p>").as_bytes(), &budget()).unwrap();
    for wrong in [
        "<script></script>",
        "<p onclick=\"x\">x</p>",
        "<p>x",
        "x</p>",
        "<P>x</P>",
        "<p class='a'>x</p>",
        "<p class=a>x</p>",
        "<p>a<p>b</p></p>",
        "<ul><li>a<li>b</li></li></ul>",
        "<table><p>x</p></table>",
        "<a href=\"https://a/\"><a>x</a></a>",
        "<a href=\"javascript:x\">x</a>",
        "<a href=\"//x/\">x</a>",
        "<img src=\"https://x/\">",
        "<img src=\"data:image/svg+xml;base64,AA\">",
        "<p style=\"background:url(&quot;https://x/&quot;)\">x</p>",
        "<p id=\"location\">x</p>",
        "&copy;",
        "<!-- x -->",
        "\u{1b}(J",
        "a>b",
        "<p class=\"a\" class=\"b\">x</p>",
        "<br></br>",
        "<svg></svg>",
        "</body>",
    ] {
        assert!(verify(page(wrong).as_bytes(), &budget()).is_err(), "{wrong}");
    }
    let head = |head: &str| {
        format!(
            "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n{head}</head>\n<body>\n\n</body>\n</html>\n"
        )
    };
    verify(head("<title>x</title>\n<style>\np{color:red}\n</style>\n").as_bytes(), &budget()).unwrap();
    for wrong in [
        "<style>\n@import \"x\";\n</style>\n",
        "<style>\np{background:url(\"https://x/\")}\n</style>\n",
        "<base href=\"x\">\n",
        "<style>\np{color:red}</style><script></script>",
    ] {
        assert!(verify(head(wrong).as_bytes(), &budget()).is_err(), "{wrong}");
    }
}

#[test]
fn a_page_is_told_by_its_first_tag() {
    for page in [
        "<HTML>",
        "\u{feff}\n<!-- x --><!DOCTYPE html >",
        "<?xml version='1.0'?>\n<html xmlns='x'>",
        "<p class=x>",
        "<!-- x -->\n<section>",
    ] {
        assert_eq!(
            begins_with(page.as_bytes()),
            Some(if page.starts_with("<p") || page.ends_with("<section>") { Tag::Part } else { Tag::Page }),
            "{page}"
        );
    }
    for other in ["", "text <p>", "<svg>", "<?xml version='1.0'?><d/>", "<px>", "<!-- x"] {
        assert_eq!(begins_with(other.as_bytes()), None, "{other}");
    }
}
