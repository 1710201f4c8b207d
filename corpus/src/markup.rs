//! Samples of the areas `svg`, `xml` and `json`. Formats the engine cannot rebuild yet are rejected as such.

use crate::sample::{Index, Marks};

const UNSUPPORTED: &[&str] = &["file.unsupported-format"];

fn svg(content: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"20\" height=\"20\">{content}<rect width=\"10\" height=\"10\"/></svg>").into_bytes()
}

/// Rows of id and file, all rejected until there is a rebuilder.
type Rows = &'static [(&'static str, fn(&Marks) -> Vec<u8>)];

/// Samples of the area `svg`. The KEEP marker is a text beside what is planted.
fn svg_samples(index: &mut Index) {
    fn drawing(marks: &Marks, content: &str) -> Vec<u8> {
        svg(&format!("<text y=\"9\">{}</text>{content}", marks.keep))
    }
    index.benign("benign.svg", "svg", |m| {
        drawing(
            m,
            "<title>図</title><defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"red\"/></linearGradient></defs><path d=\"M0 0L9 9\" style=\"fill:url(#g)\"/><text writing-mode=\"tb\">縦</text>",
        )
    });
    index.absent("svg.script", "svg", |m| {
        drawing(
            m,
            &format!(
                "<script>{}</script><a:script xmlns:a=\"http://www.w3.org/2000/svg\" href=\"{}\"/>",
                m.kill,
                m.url("x.js")
            ),
        )
    });
    index.absent("svg.event-attributes", "svg", |m| {
        drawing(m, &format!("<rect onload=\"{0}()\" ONCLICK=\"{0}\"/><animate onbegin=\"{0}()\"/>", m.kill))
    });
    index.absent("svg.href-schemes", "svg", |m| {
        drawing(
            m,
            &format!("<a xlink:href=\"jav&#x09;ascript:{}()\" target=\"x\"><text>x</text></a>", m.kill),
        )
    });
    index.absent("svg.external-resources", "svg", |m| {
        drawing(
            m,
            &format!(
                "<use href=\"{}#a\"/><image href=\"file:///tmp/{}\"/><rect fill=\"url({0})\" xml:base=\"{0}\"/>",
                m.url("s.svg"),
                m.kill
            ),
        )
    });
    index.absent("svg.foreign-object", "svg", |m| {
        drawing(
            m,
            &format!(
                "<foreignObject><form xmlns=\"http://www.w3.org/1999/xhtml\" action=\"{}\">{}</form></foreignObject>",
                m.url(""),
                m.kill
            ),
        )
    });
    index
        .absent("svg.css", "svg", |m| {
            drawing(
                m,
                &format!(
                    "<style>@import url({0});rect{{fill:\\75rl({0});behavior:url({0})}}</style><rect style=\"fill:url({0})\"/>",
                    m.url("a.css")
                ),
            )
        })
        .also(&["svg.external-resources"]);
    index.absent("svg.smil-animation-injection", "svg", |m| {
        drawing(m, &format!("<a><set attributeName=\"href\" to=\"javascript:{}()\"/></a>", m.kill))
    });
    index.refused("svg.entities-and-doctype", "svg", |m| {
        [format!("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///tmp/{}\">]>", m.kill).into_bytes(), svg("&x;")]
            .concat()
    });
    index
        .refused("svg.entities-and-doctype", "svg", |m| {
            let mut file = format!("<!DOCTYPE svg [<!ENTITY l0 \"{}\">", m.kill);
            for level in 1..10 {
                file += &format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10));
            }
            [format!("{file}]>").into_bytes(), svg("&l9;")].concat()
        })
        .variant("expansion");
    index.absent("svg.data-uri-images", "svg", |m| {
        drawing(m, &format!("<image href=\"data:image/svg+xml,&lt;svg onload={}&gt;\"/>", m.kill))
    });
    index.absent("svg.metadata-and-editor-data", "svg", |m| {
        drawing(
            m,
            &format!(
                "<metadata>{0}</metadata><!-- {0} --><i:pgf xmlns:i=\"urn:i\">{0}</i:pgf><g data-x=\"{0}\"/>",
                m.kill
            ),
        )
    });
    index.refused("svg.recursion-and-filters", "svg", |m| {
        let levels: String = (1..30)
            .map(|level| {
                format!("<g id=\"l{level}\"><use href=\"#l{0}\"/><use href=\"#l{0}\"/></g>", level - 1)
            })
            .collect();
        svg(&format!("<title>{}</title><g id=\"l0\"/>{levels}", m.kill))
    });
    index
        .refused("svg.recursion-and-filters", "svg", |m| {
            svg(&format!("<title>{}</title><g id=\"a\"><use xlink:href=\"#a\"/></g>", m.kill))
        })
        .variant("circle");
    index
        .refused("svg.recursion-and-filters", "svg", |m| {
            svg(&format!(
                "<title>{}</title><filter id=\"f\"><feTurbulence numOctaves=\"1000000\"/></filter>",
                m.kill
            ))
        })
        .variant("filter");
    index.absent("svg.text-and-fonts", "svg", |m| {
        drawing(m, &format!("<font id=\"{}\"><glyph unicode=\"K\" d=\"M0 0\"/></font>", m.kill))
    });
    index.absent("svg.compressed-svgz", "svgz", |m| {
        use std::io::Write;
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        encoder
            .write_all(&drawing(m, &format!("<script>{}</script>", m.kill)))
            .and_then(|()| encoder.finish())
            .unwrap_or_default()
    });
}

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
    svg_samples(index);
    for (extension, rows) in [("xml", XML), ("json", JSON)] {
        for (id, make) in rows {
            index.refused(id, extension, *make).also(UNSUPPORTED);
        }
    }
}
