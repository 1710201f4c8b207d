//! Samples of the areas `svg`, `xml` and `json`. Formats the engine cannot rebuild yet are rejected as such.

use crate::sample::{Index, Marks};

const UNSUPPORTED: &[&str] = &["file.unsupported-format"];

fn svg(content: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"20\" height=\"20\">{content}<rect width=\"10\" height=\"10\"/></svg>").into_bytes()
}

/// Rows of id and file, all rejected until there is a rebuilder.
type Rows = &'static [(&'static str, fn(&Marks) -> Vec<u8>)];

const SVG: Rows = &[
    ("svg.script", |m| {
        svg(&format!(
            "<script>{}</script><a:script xmlns:a=\"http://www.w3.org/2000/svg\" href=\"{}\"/>",
            m.kill,
            m.url("x.js")
        ))
    }),
    ("svg.event-attributes", |m| svg(&format!("<animate onbegin=\"{}()\"/>", m.kill))),
    ("svg.href-schemes", |m| {
        svg(&format!("<a xlink:href=\"jav&#x09;ascript:{}()\"><text>x</text></a>", m.kill))
    }),
    ("svg.external-resources", |m| {
        svg(&format!("<use href=\"{}#a\"/><image href=\"file:///tmp/{}\"/>", m.url("s.svg"), m.kill))
    }),
    ("svg.foreign-object", |m| {
        svg(&format!(
            "<foreignObject><form xmlns=\"http://www.w3.org/1999/xhtml\" action=\"{}\"/></foreignObject>",
            m.url("")
        ))
    }),
    ("svg.css", |m| svg(&format!("<style>@import url({})</style>", m.url("a.css")))),
    ("svg.smil-animation-injection", |m| {
        svg(&format!("<a><set attributeName=\"href\" to=\"javascript:{}()\"/></a>", m.kill))
    }),
    ("svg.entities-and-doctype", |m| {
        [format!("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///tmp/{}\">]>", m.kill).into_bytes(), svg("&x;")]
            .concat()
    }),
    ("svg.data-uri-images", |m| {
        svg(&format!("<image href=\"data:image/svg+xml,&lt;svg onload={}&gt;\"/>", m.kill))
    }),
    ("svg.metadata-and-editor-data", |m| svg(&format!("<metadata>{}</metadata>", m.kill))),
    ("svg.recursion-and-filters", |m| {
        let levels: String = (1..30)
            .map(|level| {
                format!("<g id=\"l{level}\"><use href=\"#l{0}\"/><use href=\"#l{0}\"/></g>", level - 1)
            })
            .collect();
        svg(&format!("<title>{}</title><g id=\"l0\"/>{levels}", m.kill))
    }),
    ("svg.text-and-fonts", |m| {
        svg(&format!("<font><glyph unicode=\"K\" d=\"M0 0\"/></font><text>{}</text>", m.kill))
    }),
];

const XML: Rows = &[
    ("xml.external-entities", |m| {
        format!("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///tmp/{}\">]><d>&x;</d>", m.kill).into_bytes()
    }),
    ("xml.entity-expansion", |m| {
        let mut doctype = format!("<!DOCTYPE d [<!ENTITY l0 \"{}\">", m.kill);
        for level in 1..10 {
            doctype += &format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10));
        }
        format!("{doctype}]><d>&l9;</d>").into_bytes()
    }),
    ("xml.pi-application-hijack", |m| {
        format!("<?xml version=\"1.0\"?><?mso-infoPathSolution href=\"{}\"?><d/>", m.url("t.xsn"))
            .into_bytes()
    }),
    ("xml.deep-wide-structures", |m| {
        format!("{}{}{}", "<a>".repeat(100_000), m.kill, "</a>".repeat(100_000)).into_bytes()
    }),
    ("xml.signature-and-encryption", |m| {
        format!("<d><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo><Reference><Transforms><Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\">{}</Transform></Transforms></Reference></SignedInfo></Signature></d>", m.kill).into_bytes()
    }),
    ("xml.comments-cdata-smuggling", |m| format!("<v>x<!-- {} -->y</v>", m.kill).into_bytes()),
];

const JSON: Rows = &[
    ("json.duplicate-keys-and-numbers", |m| {
        format!("{{\"a\":\"{}\",\"a\":\"{}\"}}", m.kill, m.keep).into_bytes()
    }),
    ("json.prototype-and-html-breakout", |m| {
        format!("{{\"__proto__\":{{\"{0}\":1}},\"x\":\"</script><script>{0}\"}}", m.kill).into_bytes()
    }),
    ("json.deep-nesting", |m| {
        format!("{}\"{}\"{}", "[".repeat(100_000), m.kill, "]".repeat(100_000)).into_bytes()
    }),
];

/// The samples of the three areas.
pub fn samples(index: &mut Index) {
    for (extension, rows) in [("svg", SVG), ("xml", XML), ("json", JSON)] {
        for (id, make) in rows {
            index.refused(id, extension, *make).also(UNSUPPORTED);
        }
    }
    index
        .refused("svg.compressed-svgz", "svgz", |m| {
            use std::io::Write;
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
            encoder
                .write_all(&svg(&format!("<script>{}</script>", m.kill)))
                .and_then(|()| encoder.finish())
                .unwrap_or_default()
        })
        .also(UNSUPPORTED);
}
