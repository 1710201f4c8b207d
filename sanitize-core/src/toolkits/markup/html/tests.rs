#![allow(clippy::unwrap_used)]

use cpu_time::ThreadTime;

use super::*;
use crate::{
    budget::Cancel,
    limits::{Limits, Resource},
};

fn budget(len: usize) -> Budget {
    Budget::new(&Limits::default(), len as u64, Cancel::new())
}

fn parse(text: &str) -> Result<Tree, Error> {
    Tree::parse(text, Syntax::Html, &budget(text.len()))
}

fn shown(tree: &Tree, node: NodeId) -> String {
    let mut shown = String::new();
    let mut next = tree.first(node);
    while let Some(child) = next {
        match tree.content(child) {
            Content::Element { name, .. } => shown += &format!("{name}({})", self::shown(tree, child)),
            Content::Text(text) => shown += text,
            _ => {}
        }
        next = tree.next(child);
    }
    shown
}

#[test]
fn a_document_is_read_as_browsers_read_it() {
    let tree = parse("<table><b>x<tr><td>1<td>2</table><p>a<p>b").unwrap();
    assert_eq!(
        shown(&tree, Tree::ROOT),
        "html(head()body(b(x)table(tbody(tr(td(1)td(2))))b(p(a)p(b))))"
            .replace("b(p(a)p(b))", "p(b(a))p(b(b))")
            .as_str()
    );
    assert_eq!(tree.doctype(), Doctype::Quirks);
}

#[test]
fn empty_elements_of_xhtml_have_no_content() {
    let text = "<!DOCTYPE html><html><head><title/></head><body><div/><a id='x'/>y<br/></body></html>";
    let tree = Tree::parse(text, Syntax::Xhtml, &budget(text.len())).unwrap();
    assert_eq!(shown(&tree, Tree::ROOT), "html(head()body(div()a()ybr()))");
}

#[test]
fn what_grows_faster_than_its_source_is_bounded() {
    let cases = [
        "<div>".repeat(50_000),
        format!("<p {}>", "a ".repeat(200_000)),
        "<html a".to_owned() + &(0..2_000).map(|n| format!("><html x{n}")).collect::<String>() + ">",
        (0..2_000).map(|n| format!("<p><b a={n}>")).collect::<String>(),
        "<p>".to_owned()
            + &(0..1_500).map(|n| format!("<b a={n}>")).collect::<String>()
            + &"</p><p>x".repeat(100_000),
    ];
    for case in cases {
        let error = parse(&case).err().unwrap();
        assert!(
            matches!(
                error,
                Error::Limit(
                    Resource::TreeDepth
                        | Resource::Attributes
                        | Resource::ExpandedBytes
                        | Resource::ExpansionRatio
                )
            ),
            "{error}"
        );
    }
}

#[test]
fn long_sources_take_time_in_proportion() {
    let patience = if cfg!(debug_assertions) { 20 } else { 4 };
    for case in [
        "&".repeat(3 << 20),
        "&a".repeat(1 << 20),
        "<".repeat(3 << 20),
        "<a".repeat(1 << 20),
        "<!--".repeat(1 << 20),
        "</a>".repeat(1 << 20),
        "a b ".repeat(1 << 20),
        "<p>".repeat(1 << 19),
    ] {
        let start = ThreadTime::now();
        let _tree = parse(&case);
        assert!(start.elapsed().as_secs() < patience, "{}: {:?}", case.get(..8).unwrap(), start.elapsed());
    }
}
