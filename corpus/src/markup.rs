//! Samples of the areas `svg`, `xml` and `json`.

use crate::sample::{Index, Marks};

fn svg(content: &str) -> Vec<u8> {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"20\" height=\"20\">{content}<rect width=\"10\" height=\"10\"/></svg>").into_bytes()
}

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

/// Samples of the area `xml`.
fn xml_samples(index: &mut Index) {
    index.benign("benign.xml", "xml", |m| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<届出 xmlns=\"urn:example:届出\" xmlns:x=\"urn:x\" 版=\"1.0\">\n  \
             <氏名 x:読み=\"たかはし\">髙橋 &amp; 﨑田</氏名>\n  <備考/>\n  <キー>{}</キー>\n</届出>\n",
            m.keep
        )
        .into_bytes()
    });
    index.refused("xml.external-entities", "xml", |m| {
        format!("<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///tmp/{}\">]><d>&x;</d>", m.kill).into_bytes()
    });
    index
        .absent("xml.external-entities", "xml", |m| {
            format!(
                "<!DOCTYPE d SYSTEM \"{0}\"><?xml-model href=\"{0}\"?><d xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" \
                 i:noNamespaceSchemaLocation=\"{0}\" xml:base=\"{0}\"><x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" \
                 href=\"{0}\"/>{1}</d>",
                m.url("a"),
                m.keep
            )
            .into_bytes()
        })
        .variant("references");
    index.refused("xml.entity-expansion", "xml", |m| {
        let mut doctype = format!("<!DOCTYPE d [<!ENTITY l0 \"{}\">", m.kill);
        for level in 1..10 {
            doctype += &format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10));
        }
        format!("{doctype}]><d>&l9;</d>").into_bytes()
    });
    index.refused("xml.pi-application-hijack", "xml", |m| {
        format!("<?xml version=\"1.0\"?><?mso-infoPathSolution href=\"{}\"?><d/>", m.url("t.xsn"))
            .into_bytes()
    });
    index
        .absent("xml.pi-application-hijack", "xml", |m| {
            format!(
                "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"{}\"?><d>{}<h:script \
                 xmlns:h=\"http://www.w3.org/1999/xhtml\">{}</h:script></d>",
                m.url("t.xsl"),
                m.keep,
                m.kill
            )
            .into_bytes()
        })
        .variant("page");
    index
        .refused("xml.pi-application-hijack", "xml", |m| {
            format!(
                "<s:stylesheet xmlns:s=\"http://www.w3.org/1999/XSL/Transform\" version=\"1.0\"><s:template \
                 match=\"/\">{}</s:template></s:stylesheet>",
                m.kill
            )
            .into_bytes()
        })
        .variant("xslt");
    index
        .refused("xml.pi-application-hijack", "xml", |m| {
            format!("<Project><UsingTask TaskName=\"x\"/><Target Name=\"{}\"/></Project>", m.kill)
                .into_bytes()
        })
        .variant("project");
    index.refused("xml.deep-wide-structures", "xml", |m| {
        format!("{}{}{}", "<a>".repeat(100_000), m.kill, "</a>".repeat(100_000)).into_bytes()
    });
    index
        .refused("xml.deep-wide-structures", "xml", |m| {
            let declarations: String = (0..800).map(|n| format!(" xmlns:n{n}=\"urn:{n}\"")).collect();
            format!("<a{declarations}>{}</a>", m.kill).into_bytes()
        })
        .variant("namespaces");
    index.absent("xml.signature-and-encryption", "xml", |m| {
        format!(
            "<d>{}<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo><Reference><Transforms>\
             <Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\">{}</Transform></Transforms></Reference>\
             </SignedInfo><KeyInfo><X509Data><X509SubjectName>CN=signer</X509SubjectName></X509Data></KeyInfo></Signature></d>",
            m.keep, m.kill
        )
        .into_bytes()
    });
    index.absent("xml.comments-cdata-smuggling", "xml", |m| {
        format!("<v>{}<!-- {} --><![CDATA[<x>]]>y</v>", m.keep, m.kill).into_bytes()
    });
}

/// Samples of the area `json`.
fn json_samples(index: &mut Index) {
    index.benign("benign.json", "json", |m| {
        format!("{{\n  \"氏名\": \"髙橋\",\n  \"額\": [1.50, -2e10, 12345678901234567890],\n  \"k\": \"{}\"\n}}\n", m.keep)
            .into_bytes()
    });
    index.absent("json.duplicate-keys-and-numbers", "json", |m| {
        format!("\u{feff}{{\"a\":\"{}\", /* {0} */ \"\\u0061\":\"{}\",}}", m.kill, m.keep).into_bytes()
    });
    index.stays("json.prototype-and-html-breakout", "json", |m| {
        format!(
            "{{\"__proto__\":{{\"{0}\":1}},\"x\":\"</script><script>{0}\",\"y\":\"{1}\"}}",
            m.kill, m.keep
        )
        .into_bytes()
    });
    index
        .stays("json.prototype-and-html-breakout", "json", |m| {
            format!("call({{\"y\":\"{} {}\"}});", m.kill, m.keep).into_bytes()
        })
        .variant("call");
    index.refused("json.deep-nesting", "json", |m| {
        format!("{}\"{}\"{}", "[".repeat(100_000), m.kill, "]".repeat(100_000)).into_bytes()
    });
}

/// The samples of the three areas.
pub fn samples(index: &mut Index) {
    svg_samples(index);
    xml_samples(index);
    json_samples(index);
}
