//! What a reader sees of Office documents, through the public API.

use std::io::Cursor;

use sanitize_core::{Input, Sanitizer};
use sanitize_corpus::{
    Marks,
    office::{docx, package::Package, pptx},
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
