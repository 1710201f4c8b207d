//! What a reader sees of Office documents, through the public API.

use std::io::Cursor;

use sanitize_core::{Input, Sanitizer};
use sanitize_corpus::{
    Marks,
    office::{docx, package::Package, pptx, xlsx},
};

/// A part of the cleaned package.
#[track_caller]
fn cleaned(name: &str, package: &Package, part: &str) -> String {
    let outcome = Sanitizer::builder().build().unwrap().sanitize(Input::new(&package.zip()).named(name));
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    let mut archive = zip::ZipArchive::new(Cursor::new(output)).unwrap();
    let mut text = Vec::new();
    std::io::copy(&mut archive.by_name(part).unwrap(), &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn a_branch_of_properties_stays_though_its_parent_is_there_for_something_else() {
    let position = "<mc:AlternateContent><mc:Choice Requires=\"wp14\"><wp:positionH relativeFrom=\"page\">\
                    <wp14:pctPosHOffset>5900</wp14:pctPosHOffset></wp:positionH></mc:Choice><mc:Fallback>\
                    <wp:positionH relativeFrom=\"page\"><wp:posOffset>458470</wp:posOffset></wp:positionH>\
                    </mc:Fallback></mc:AlternateContent>";
    let wp14 = " xmlns:wp14=\"http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing\"";
    let package = docx::with_picture(&Marks::new("test"))
        .fill("word/document.xml", "ns", wp14)
        .replace(
            "word/document.xml",
            "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">",
            &format!("<wp:anchor distT=\"0\" distB=\"0\"><wp:simplePos x=\"0\" y=\"0\"/>{position}"),
        )
        .replace("word/document.xml", "</wp:inline>", "</wp:anchor>");
    let document = cleaned("a.docx", &package, "word/document.xml");
    assert!(document.contains("<wp14:pctPosHOffset>5900</wp14:pctPosHOffset>"), "{document}");
    assert!(document.contains("<wp:posOffset>458470</wp:posOffset>"), "{document}");
}

#[test]
fn a_diagram_keeps_the_name_of_its_drawing() {
    const DIAGRAM: &str = "http://schemas.openxmlformats.org/drawingml/2006/diagram";
    let data = format!(
        "<dgm:dataModel xmlns:dgm=\"{DIAGRAM}\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <dgm:ptLst><dgm:pt modelId=\"1\" type=\"doc\"/></dgm:ptLst><dgm:cxnLst/><dgm:extLst>\
         <a:ext uri=\"http://schemas.microsoft.com/office/drawing/2008/diagram\"><dsp:dataModelExt \
         xmlns:dsp=\"http://schemas.microsoft.com/office/drawing/2008/diagram\" relId=\"rIdDw\"/></a:ext>\
         </dgm:extLst></dgm:dataModel>"
    );
    let slide = "ppt/slides/slide1.xml";
    let package = pptx::pptx(&Marks::new("test"))
        .part(
            "ppt/diagrams/data1.xml",
            "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml",
            data,
        )
        .relate(slide, "rIdDm", "diagramData", "../diagrams/data1.xml")
        .fill(
            slide,
            "shapes",
            &format!(
                "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"Diagram\"/><p:cNvGraphicFramePr/>\
                 <p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"9\" cy=\"9\"/></p:xfrm>\
                 <a:graphic><a:graphicData uri=\"{DIAGRAM}\"><dgm:relIds xmlns:dgm=\"{DIAGRAM}\" r:dm=\"rIdDm\"/>\
                 </a:graphicData></a:graphic></p:graphicFrame>"
            ),
        );
    let data = cleaned("a.pptx", &package, "ppt/diagrams/data1.xml");
    assert!(data.contains("relId=\"rIdDw\""), "{data}");
}

#[test]
fn an_object_of_old_leaves_the_picture_that_its_drawing_shows() {
    const SLIDE: &str = "ppt/slides/slide1.xml";
    const DRAWING: &str = "ppt/drawings/vmlDrawing1.vml";
    let frame = "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"7\" name=\"Object\"/><p:cNvGraphicFramePr/><p:nvPr/>\
                 </p:nvGraphicFramePr><p:xfrm><a:off x=\"914400\" y=\"1800000\"/><a:ext cx=\"700000\" cy=\"800000\"/>\
                 </p:xfrm><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/presentationml/2006/ole\">\
                 <p:oleObj spid=\"_x0000_s1026\" name=\"Worksheet\" r:id=\"rIdObject\" progId=\"Excel.Sheet.8\"><p:embed/>\
                 </p:oleObj></a:graphicData></a:graphic></p:graphicFrame>";
    let drawing = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\">\
                   <v:shape id=\"_x0000_s1026\" style=\"position:absolute\"><v:imagedata o:relid=\"rId1\"/></v:shape></xml>";
    let with = |drawing: &str| {
        pptx::pptx(&Marks::new("test"))
            .part(
                "ppt/embeddings/oleObject1.bin",
                "application/vnd.openxmlformats-officedocument.oleObject",
                "x",
            )
            .relate(SLIDE, "rIdObject", "oleObject", "../embeddings/oleObject1.bin")
            .item("ppt/media/image1.png", sanitize_corpus::office::media::png([9, 9, 200]))
            .part(DRAWING, "application/vnd.openxmlformats-officedocument.vmlDrawing", drawing)
            .relate(SLIDE, "rIdDrawing", "vmlDrawing", "../drawings/vmlDrawing1.vml")
            .relate(DRAWING, "rId1", "image", "../media/image1.png")
            .fill(SLIDE, "shapes", frame)
    };
    let slide = cleaned("a.pptx", &with(drawing), SLIDE);
    assert!(slide.contains("<p:cNvPr id=\"7\" name=\"Object\"/>"), "{slide}");
    let relations = cleaned("a.pptx", &with(drawing), "ppt/slides/_rels/slide1.xml.rels");
    assert!(slide.contains("<a:blip r:embed=\"preview0\"/>") && !slide.contains("oleObj"), "{slide}");
    assert!(
        slide.contains("<a:off x=\"914400\" y=\"1800000\"/><a:ext cx=\"700000\" cy=\"800000\"/>"),
        "{slide}"
    );
    assert!(relations.contains("../media/image1.png") && !relations.contains("vmlDrawing"), "{relations}");
    let other = drawing.replace("_x0000_s1026", "_x0000_s1");
    let slide = cleaned("a.pptx", &with(&other), SLIDE);
    assert!(!slide.contains("blip") && !slide.contains("oleObj"), "{slide}");
}

#[test]
fn an_object_that_is_drawn_leaves_its_drawing() {
    let package = docx::with_picture(&Marks::new("test"))
        .replace("word/document.xml", "<w:drawing>", "<w:object><w:drawing>")
        .replace(
            "word/document.xml",
            "</w:drawing>",
            "</w:drawing><w:objectEmbed w:drawAspect=\"content\" r:id=\"rIdO\" w:progId=\"Package\" w:shapeId=\"1\"/></w:object>",
        )
        .part("word/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", "MZ")
        .relate("word/document.xml", "rIdO", "oleObject", "embeddings/oleObject1.bin");
    let document = cleaned("a.docx", &package, "word/document.xml");
    assert!(
        document.contains("<w:r><w:drawing><wp:inline") && document.contains("</w:drawing></w:r>"),
        "{document}"
    );
    assert!(!document.contains("object") && !document.contains("pict>"), "{document}");
}

#[test]
fn the_picture_of_an_object_has_the_name_that_others_know_it_by() {
    const SLIDE: &str = "ppt/slides/slide1.xml";
    let picture = pptx::picture(0, "r:embed=\"rIdPicture\"", "", "").replace(" descr=\"a picture\"", "");
    let frame = format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"7\" name=\"Sales &amp; more\" descr=\"of 2025\" \
         title=\"T\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"1\" y=\"2\"/>\
         <a:ext cx=\"3\" cy=\"4\"/></p:xfrm><a:graphic><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/presentationml/2006/ole\"><p:oleObj name=\"Worksheet\" \
         r:id=\"rIdObject\" progId=\"Excel.Sheet.12\"><p:embed/>{picture}</p:oleObj></a:graphicData></a:graphic>\
         </p:graphicFrame>"
    );
    let package = pptx::pptx(&Marks::new("test"))
        .part("ppt/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", "x")
        .relate(SLIDE, "rIdObject", "oleObject", "../embeddings/oleObject1.bin")
        .item("ppt/media/image1.png", sanitize_corpus::office::media::png([9, 9, 200]))
        .relate(SLIDE, "rIdPicture", "image", "../media/image1.png")
        .fill(SLIDE, "shapes", &frame);
    let slide = cleaned("a.pptx", &package, SLIDE);
    let named = "<p:cNvPr id=\"7\" name=\"Sales &amp; more\" descr=\"of 2025\" title=\"T\"/>";
    assert!(slide.contains(named) && !slide.contains("Picture 0"), "{slide}");
}

const CHART: &str = "<cx:chartSpace xmlns:cx=\"http://schemas.microsoft.com/office/drawing/2014/chartex\"><cx:chartData>\
                     <cx:data id=\"0\"><cx:numDim type=\"val\"><cx:lvl ptCount=\"1\"><cx:pt idx=\"0\">5</cx:pt>\
                     </cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:plotArea><cx:plotAreaRegion>\
                     <cx:series layoutId=\"waterfall\"><cx:dataId val=\"0\"/></cx:series></cx:plotAreaRegion>\
                     </cx:plotArea></cx:chart></cx:chartSpace>";

/// `package` with a waterfall chart, and the branch that shows it to programs that know such charts.
fn with_chart(package: Package, folder: &str, of: &str, requires: &str) -> (Package, String) {
    let kind = "http://schemas.microsoft.com/office/2014/relationships/chartEx";
    let package = package
        .part(&format!("{folder}/charts/chartEx1.xml"), "application/vnd.ms-office.chartex+xml", CHART)
        .relate(
            of,
            "rIdChart",
            kind,
            if folder == "word" { "charts/chartEx1.xml" } else { "../charts/chartEx1.xml" },
        );
    let graphic = "<a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData \
                   uri=\"http://schemas.microsoft.com/office/drawing/2014/chartex\"><cx:chart \
                   xmlns:cx=\"http://schemas.microsoft.com/office/drawing/2014/chartex\" \
                   xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                   r:id=\"rIdChart\"/></a:graphicData></a:graphic>";
    let (before, behind, fallback) = match folder {
        "word" => (
            "<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"9\" cy=\"9\"/>\
             <wp:docPr id=\"3\" name=\"Chart\"/>",
            "</wp:inline></w:drawing>",
            "<w:t>Fallback</w:t>",
        ),
        _ => (
            "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"Chart\"/><p:cNvGraphicFramePr/><p:nvPr/>\
             </p:nvGraphicFramePr><p:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"9\" cy=\"9\"/></p:xfrm>",
            "</p:graphicFrame>",
            "",
        ),
    };
    let branch = format!(
        "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"><mc:Choice \
         xmlns:cx1=\"{requires}\" Requires=\"cx1\">{before}{graphic}{behind}</mc:Choice><mc:Fallback>{fallback}\
         </mc:Fallback></mc:AlternateContent>"
    );
    (package, branch)
}

#[test]
fn charts_of_new_kinds_stay_behind_the_mark_that_asks_for_them() {
    let marks = Marks::new("test");
    for requires in [
        "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
        "http://schemas.microsoft.com/office/drawing/2015/10/21/chartex",
        "http://schemas.microsoft.com/office/drawing/2016/5/10/chartex",
    ] {
        let (document, slide) = ("word/document.xml", "ppt/slides/slide1.xml");
        let (package, branch) = with_chart(docx::docx(&marks), "word", document, requires);
        let package = package.fill(document, "body", &format!("<w:p><w:r>{branch}</w:r></w:p>"));
        let written = cleaned("a.docx", &package, document);
        assert!(written.contains("Requires=\"cx1\"") && written.contains("<cx:chart "), "{written}");
        assert!(cleaned("a.docx", &package, "word/charts/chartEx1.xml").contains("layoutId=\"waterfall\""));
        let (package, branch) = with_chart(pptx::pptx(&marks), "ppt", slide, requires);
        let written = cleaned("a.pptx", &package.fill(slide, "shapes", &branch), slide);
        assert!(written.contains("Requires=\"cx1\"") && written.contains("<cx:chart "), "{written}");
    }
}

#[test]
fn a_chart_goes_with_the_branch_that_showed_it() {
    let document = "word/document.xml";
    let (package, branch) = with_chart(docx::docx(&Marks::new("test")), "word", document, "urn:example:new");
    let package = package.fill(document, "body", &format!("<w:p><w:r>{branch}</w:r></w:p>"));
    let written = cleaned("a.docx", &package, document);
    assert!(written.contains("<w:t>Fallback</w:t>") && !written.contains("cx:chart"), "{written}");
    assert!(!cleaned("a.docx", &package, "[Content_Types].xml").contains("chartEx"));
}

#[test]
fn a_text_shows_without_its_formula() {
    let cell = |kind: &str, value: &str| {
        format!(
            "<row r=\"9\"><c r=\"A9\" t=\"{kind}\"><f>WEBSERVICE(\"http://a.example/\")</f>{value}</c></row>"
        )
    };
    let sheet = "xl/worksheets/sheet1.xml";
    for (kind, value, wanted) in [
        ("inlineStr", "<v>shown</v>", "<c r=\"A9\" t=\"str\"><v>shown</v></c>"),
        ("str", "<v>shown</v>", "<c r=\"A9\" t=\"str\"><v>shown</v></c>"),
        ("inlineStr", "<is><t>shown</t></is>", "<c r=\"A9\" t=\"inlineStr\"><is><t>shown</t></is></c>"),
    ] {
        let package = xlsx::xlsx(&Marks::new("test")).replace(
            sheet,
            "</sheetData>",
            &format!("{}</sheetData>", cell(kind, value)),
        );
        let written = cleaned("a.xlsx", &package, sheet);
        assert!(written.contains(wanted), "{written}");
    }
}

#[test]
fn notes_with_breaks_as_excel_writes_them_stay() {
    const DRAWING: &str = "xl/drawings/vmlDrawing1.vml";
    let drawing = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:shape id=\"s1\"><v:textbox><div>one<br>two</div>\
                   </v:textbox></v:shape></xml>";
    let sheet = "xl/worksheets/sheet1.xml";
    let package = xlsx::xlsx(&Marks::new("test"))
        .part(DRAWING, "application/vnd.openxmlformats-officedocument.vmlDrawing", drawing)
        .relate(sheet, "rIdDrawing", "vmlDrawing", "../drawings/vmlDrawing1.vml")
        .replace(sheet, "</worksheet>", "<legacyDrawing r:id=\"rIdDrawing\"/></worksheet>");
    assert!(cleaned("a.xlsx", &package, DRAWING).contains("v:shape"));
}

#[test]
fn a_relationship_without_an_id_is_none() {
    let slide = "ppt/slides/slide1.xml";
    let rels = "ppt/slides/_rels/slide1.xml.rels";
    let package = pptx::pptx(&Marks::new("test"));
    let written = cleaned("a.pptx", &package, rels);
    let broken = written.replace(
        "</Relationships>",
        "<Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" \
         Target=\"../media/none.png\"/></Relationships>",
    );
    let package = package.item(rels, broken);
    assert_eq!(cleaned("a.pptx", &package, rels), written);
    assert!(cleaned("a.pptx", &package, slide).contains("<p:sp>"));
}
