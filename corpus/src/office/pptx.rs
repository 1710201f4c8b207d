//! PowerPoint presentations: the base presentation and one sample for each threat of the area `pptx`.

use super::{
    compound_object,
    media::{base64, png, wav},
    package::{Package, escape},
};
use crate::sample::{Index, Marks};

const PRESENTATION: &str = "ppt/presentation.xml";
const SLIDE: &str = "ppt/slides/slide1.xml";
const LAYOUT: &str = "ppt/slideLayouts/slideLayout1.xml";
const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";

/// The content type of a PowerPoint part.
pub fn slide_type(kind: &str) -> String {
    format!("application/vnd.openxmlformats-officedocument.presentationml.{kind}+xml")
}

/// The namespaces a PowerPoint part's root declares.
pub const NAMESPACES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:p14=\"http://schemas.microsoft.com/office/powerpoint/2010/main\"";

const GROUP: &str = "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/><a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

/// A text box; `properties` stand in its `p:cNvPr`, `run` in its `a:rPr`.
pub fn shape(id: u32, text: &str, properties: &str, run: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Box {id}\">{properties}</p:cNvPr><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr>\
         <p:spPr><a:xfrm><a:off x=\"914400\" y=\"{}\"/><a:ext cx=\"6096000\" cy=\"914400\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>\
         <p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-US\">{run}</a:rPr><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>",
        id * 600_000,
        escape(text)
    )
}

/// A picture; `inside` stands in its `a:blip`, `media` in its `p:nvPr`.
pub fn picture(id: u32, embed: &str, inside: &str, media: &str) -> String {
    format!(
        "<p:pic><p:nvPicPr><p:cNvPr id=\"{id}\" name=\"Picture {id}\" descr=\"a picture\"/><p:cNvPicPr/><p:nvPr>{media}</p:nvPr></p:nvPicPr>\
         <p:blipFill><a:blip {embed}>{inside}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>\
         <p:spPr><a:xfrm><a:off x=\"914400\" y=\"3600000\"/><a:ext cx=\"914400\" cy=\"914400\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>"
    )
}

/// The theme of every sample that needs one.
pub fn theme() -> String {
    let colour = |name: &str, value: &str| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>");
    let colours: String = [
        ("dk1", "000000"),
        ("lt1", "FFFFFF"),
        ("dk2", "1F497D"),
        ("lt2", "EEECE1"),
        ("accent1", "4F81BD"),
        ("accent2", "C0504D"),
        ("accent3", "9BBB59"),
        ("accent4", "8064A2"),
        ("accent5", "4BACC6"),
        ("accent6", "F79646"),
        ("hlink", "0000FF"),
        ("folHlink", "800080"),
    ]
    .iter()
    .map(|(name, value)| colour(name, value))
    .collect();
    let font = "<a:latin typeface=\"Calibri\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>";
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>".repeat(3);
    let line = "<a:ln w=\"9525\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>".repeat(3);
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Theme\"><a:themeElements>\
         <a:clrScheme name=\"c\">{colours}</a:clrScheme><a:fontScheme name=\"f\"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>\
         <a:fmtScheme name=\"s\"><a:fillStyleLst>{fill}</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effect}</a:effectStyleLst><a:bgFillStyleLst>{fill}</a:bgFillStyleLst></a:fmtScheme>\
         </a:themeElements></a:theme>"
    )
}

/// A presentation of one slide with the KEEP marker in a text box.
pub fn pptx(m: &Marks) -> Package {
    let xml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    Package::default()
        .default_type("png", "image/png")
        .part(
            PRESENTATION,
            &slide_type("presentation.main"),
            format!(
                "{xml}<p:presentation {NAMESPACES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>\
                 <p:sldIdLst><p:sldId id=\"256\" r:id=\"rId2\"/>{{{{slides}}}}</p:sldIdLst><p:sldSz cx=\"9144000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>{{{{end}}}}</p:presentation>"
            ),
        )
        .part(
            MASTER,
            &slide_type("slideMaster"),
            format!(
                "{xml}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree>{GROUP}{{{{shapes}}}}</p:spTree></p:cSld>\
                 <p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>\
                 <p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle/><p:bodyStyle/><p:otherStyle/></p:txStyles></p:sldMaster>"
            ),
        )
        .part(
            LAYOUT,
            &slide_type("slideLayout"),
            format!("{xml}<p:sldLayout {NAMESPACES} type=\"blank\"><p:cSld name=\"Blank\"><p:spTree>{GROUP}{{{{shapes}}}}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"),
        )
        .part(
            SLIDE,
            &slide_type("slide"),
            format!(
                "{xml}<p:sld {NAMESPACES}{{{{attributes}}}}><p:cSld><p:spTree>{GROUP}{}{{{{shapes}}}}</p:spTree>{{{{data}}}}</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>{{{{after}}}}</p:sld>",
                shape(2, &m.keep, "", "")
            ),
        )
        .part("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml", theme())
        .relate("", "rId1", "officeDocument", "ppt/presentation.xml")
        .relate(PRESENTATION, "rId1", "slideMaster", "slideMasters/slideMaster1.xml")
        .relate(PRESENTATION, "rId2", "slide", "slides/slide1.xml")
        .relate(PRESENTATION, "rId3", "theme", "theme/theme1.xml")
        .relate(MASTER, "rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
        .relate(MASTER, "rId2", "theme", "../theme/theme1.xml")
        .relate(LAYOUT, "rId1", "slideMaster", "../slideMasters/slideMaster1.xml")
        .relate(SLIDE, "rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
}

/// A presentation with a picture on its slide.
pub fn with_picture(m: &Marks) -> Package {
    pptx(m)
        .item("ppt/media/image1.png", png([30, 30, 200]))
        .relate(SLIDE, "rIdPicture", "image", "../media/image1.png")
        .fill(SLIDE, "shapes", &picture(8, "r:embed=\"rIdPicture\"", "", ""))
}

/// A second text box whose click has this action; `rIdAction` leads to `target`.
fn action(m: &Marks, action: &str, target: Option<&str>) -> Package {
    let text = format!("button {}", m.keep);
    let id = if target.is_some() { "rIdAction" } else { "" };
    let click = format!("<a:hlinkClick r:id=\"{id}\" action=\"{}\"/>", escape(action));
    let package = pptx(m).fill(SLIDE, "shapes", &shape(3, &text, &click, ""));
    match target {
        Some(target) => package.external(SLIDE, "rIdAction", "hyperlink", target),
        None => package,
    }
}

fn timing(inner: &str) -> String {
    format!(
        "<p:timing><p:tnLst><p:par><p:cTn id=\"1\" dur=\"indefinite\" restart=\"never\" nodeType=\"tmRoot\"><p:childTnLst>{inner}</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
    )
}

/// The samples of the area `pptx`.
pub fn samples(index: &mut Index) {
    index.benign("benign.pptx", "pptx", |m| with_picture(m).zip());
    index.benign("benign.pptx", "pptx", |m| with_picture(m).strict().zip()).variant("strict");
    actions(index);
    media(index);
    outside(index);
    parts(index);
}

fn actions(index: &mut Index) {
    index
        .absent("pptx.action-program", "pptx", |m| {
            action(m, "ppaction://program", Some(&format!("file:///c:/windows/system32/calc.exe#{}", m.kill)))
                .zip()
        })
        .also(&["ooxml.hyperlink-executable-or-local"]);
    index
        .absent("pptx.action-program", "pptx", |m| {
            action(m, "ppaction://program", Some(&format!("{}.exe", m.kill))).strict().zip()
        })
        .variant("strict")
        .also(&["ooxml.hyperlink-executable-or-local"]);
    index.absent("pptx.action-macro", "pptx", |m| {
        action(m, &format!("ppaction://macro?name=Module1.{}", m.kill), None).zip()
    });
    index
        .absent("pptx.action-file-and-presentation", "pptx", |m| {
            action(m, "ppaction://hlinkpres?slideindex=1&slidetitle=x", Some(&m.unc("x.pptx"))).zip()
        })
        .also(&["ooxml.hyperlink-executable-or-local"]);
    index
        .absent("pptx.action-file-and-presentation", "pptx", |m| {
            action(m, "ppaction://hlinkfile", Some(&format!("file:///{}.exe", m.kill))).zip()
        })
        .variant("file")
        .also(&["ooxml.hyperlink-executable-or-local"]);
    index.absent("pptx.action-ole-verb", "pptx", |m| {
        let command = format!(
            "<p:cmd type=\"verb\" cmd=\"{}\"><p:cBhvr><p:cTn id=\"5\" dur=\"1\" fill=\"hold\"/><p:tgtEl><p:spTgt spid=\"3\"/></p:tgtEl></p:cBhvr></p:cmd>",
            m.kill
        );
        action(m, "ppaction://ole?verb=0", None).fill(SLIDE, "after", &timing(&command)).zip()
    })
    .also(&["ooxml.ole-autoload-verbs"]);
    index
        .absent("pptx.hover-action-any", "pptx", |m| {
            let hover = "<a:hlinkHover r:id=\"rIdHover\"/>";
            let over = "<a:hlinkMouseOver r:id=\"rIdHover\"/>";
            pptx(m)
                .fill(SLIDE, "shapes", &shape(3, "hover", hover, over))
                .external(SLIDE, "rIdHover", "hyperlink", &m.url(""))
                .zip()
        })
        .also(&["ooxml.hyperlink-hover-and-tooltip"]);
}

fn media(index: &mut Index) {
    index.absent("pptx.linked-video-audio", "pptx", |m| {
        let link = "<a:videoFile r:link=\"rIdVideo\"/><p:extLst><p:ext uri=\"{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}\"><p14:media r:link=\"rIdMedia\"/></p:ext></p:extLst>";
        with_picture(m)
            .external(SLIDE, "rIdVideo", "video", &m.unc("v.mp4"))
            .external(SLIDE, "rIdMedia", "http://schemas.microsoft.com/office/2007/relationships/media", &m.url("v.mp4"))
            .fill(SLIDE, "shapes", &picture(9, "r:embed=\"rIdPicture\"", "", link))
            .zip()
    })
    .also(&["pptx.embedded-media"]);
    index.absent("pptx.embedded-media", "pptx", |m| {
        let link = "<a:videoFile r:link=\"rIdVideo\"/><p:extLst><p:ext uri=\"{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}\"><p14:media r:embed=\"rIdMedia\"/></p:ext></p:extLst>";
        let mut body = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\x00\xaa\x00\x62\xce\x6c".to_vec();
        body.extend(m.kill.as_bytes());
        with_picture(m)
            .part("ppt/media/media1.wmv", "video/x-ms-wmv", body)
            .relate(SLIDE, "rIdVideo", "video", "../media/media1.wmv")
            .relate(SLIDE, "rIdMedia", "http://schemas.microsoft.com/office/2007/relationships/media", "../media/media1.wmv")
            .fill(SLIDE, "shapes", &picture(9, "r:embed=\"rIdPicture\"", "", link))
            .zip()
    });
    index.absent("pptx.transition-and-hyperlink-sound", "pptx", |m| {
        let click = "<a:hlinkClick r:id=\"\" action=\"ppaction://noaction\"><a:snd r:embed=\"rIdSound\" name=\"s.wav\"/></a:hlinkClick>";
        pptx(m)
            .part("ppt/media/audio1.wav", "audio/x-wav", wav(m.kill.as_bytes()))
            .relate(SLIDE, "rIdSound", "audio", "../media/audio1.wav")
            .fill(SLIDE, "shapes", &shape(3, "sound", click, ""))
            .fill(SLIDE, "after", "<p:transition><p:fade/><p:sndAc><p:stSnd><p:snd r:embed=\"rIdSound\" name=\"s.wav\"/></p:stSnd></p:sndAc></p:transition>")
            .zip()
    })
    .also(&["pptx.embedded-media"]);
}

fn outside(index: &mut Index) {
    index.absent("pptx.slide-sync", "pptx", |m| {
        pptx(m)
            .part(
                "ppt/slideUpdateInfo/slideUpdateInfo1.xml",
                &slide_type("slideUpdateInfo"),
                format!("<p:sldSyncPr {NAMESPACES} serverSldId=\"1\" serverSldModifiedTime=\"2024-01-01T00:00:00Z\" clientInsertedTime=\"2024-01-01T00:00:00Z\"/>"),
            )
            .relate(SLIDE, "rIdSync", "slideUpdateInfo", "../slideUpdateInfo/slideUpdateInfo1.xml")
            .external("ppt/slideUpdateInfo/slideUpdateInfo1.xml", "rIdUrl", "slideUpdateUrl", &m.url("sl"))
            .zip()
    });
    index
        .either("pptx.external-slide-and-master", "pptx", |m| {
            pptx(m)
                .external(PRESENTATION, "rIdMaster", "slideMaster", &m.url("m.xml"))
                .external(PRESENTATION, "rIdSlide", "slide", &m.url("s.xml"))
                .fill(PRESENTATION, "slides", "<p:sldId id=\"257\" r:id=\"rIdSlide\"/>")
                .zip()
        })
        .also(&["opc.rel-external-structural-part", "opc.rel-external-catch-all"]);
    index.absent("pptx.html-publish", "pptx", |m| {
        pptx(m)
            .part(
                "ppt/presProps.xml",
                &slide_type("presProps"),
                format!("<p:presentationPr {NAMESPACES}><p:htmlPubPr r:id=\"rIdPublish\"><p:sldAll/></p:htmlPubPr><p:webPr/></p:presentationPr>"),
            )
            .relate(PRESENTATION, "rIdProps", "presProps", "presProps.xml")
            .external("ppt/presProps.xml", "rIdPublish", "htmlPubSaveAs", &m.unc("p.htm"))
            .zip()
    });
    index.absent("pptx.zoom-and-section-links", "pptx", |m| {
        let zoom = format!(
            "<mc:AlternateContent><mc:Choice xmlns:pslz=\"http://schemas.microsoft.com/office/powerpoint/2016/slidezoom\" Requires=\"pslz\"><p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"Zoom\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"914400\" cy=\"914400\"/></p:xfrm>\
             <a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/powerpoint/2016/slidezoom\"><pslz:sldZm><pslz:sldZmObj sldId=\"256\" cId=\"0\"><pslz:zmPr><p166:blipFill xmlns:p166=\"http://schemas.microsoft.com/office/powerpoint/2016/6/main\"><a:blip r:link=\"rIdZoom\"/></p166:blipFill></pslz:zmPr></pslz:sldZmObj></pslz:sldZm></a:graphicData></a:graphic></p:graphicFrame></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
            picture(9, "r:embed=\"rIdPicture\"", "", "")
        );
        with_picture(m).external(SLIDE, "rIdZoom", "image", &m.url("z.png")).fill(SLIDE, "shapes", &zoom).zip()
    })
    .also(&["ooxml.linked-picture", "opc.rel-external-catch-all", "ooxml.oembed-and-script-link"]);
    index
        .absent("pptx.masters-layouts-notes-rels", "pptx", |m| {
            let click = "<a:hlinkClick r:id=\"rIdClick\" action=\"ppaction://program\"/>";
            pptx(m)
                .fill(LAYOUT, "shapes", &shape(4, "layout", click, ""))
                .external(
                    LAYOUT,
                    "rIdClick",
                    "hyperlink",
                    &format!("file:///c:/windows/system32/calc.exe#{}", m.kill),
                )
                .external(MASTER, "rIdImage", "image", &m.unc("p.png"))
                .fill(MASTER, "shapes", &picture(5, "r:link=\"rIdImage\"", "", ""))
                .zip()
        })
        .also(&["pptx.action-program", "ooxml.linked-picture", "ooxml.hyperlink-executable-or-local"]);
}

fn parts(index: &mut Index) {
    index.absent("pptx.tags-and-custdata", "pptx", |m| {
        pptx(m)
            .part(
                "ppt/tags/tag1.xml",
                &slide_type("tags"),
                format!(
                    "<p:tagLst {NAMESPACES}><p:tag name=\"{}\" val=\"{}\"/></p:tagLst>",
                    m.kill,
                    base64(m.kill.as_bytes())
                ),
            )
            .relate(SLIDE, "rIdTag", "tags", "../tags/tag1.xml")
            .fill(SLIDE, "data", "<p:custDataLst><p:tags r:id=\"rIdTag\"/></p:custDataLst>")
            .zip()
    });
    index.stays("pptx.presprops-kiosk-autorun", "ppsx", |m| {
        pptx(m)
            .retype(PRESENTATION, &slide_type("slideshow.main"))
            .part(
                "ppt/presProps.xml",
                &slide_type("presProps"),
                format!("<p:presentationPr {NAMESPACES}><p:showPr loop=\"1\" useTimings=\"1\"><p:kiosk/></p:showPr></p:presentationPr>"),
            )
            .relate(PRESENTATION, "rIdProps", "presProps", "presProps.xml")
            .fill(SLIDE, "shapes", &shape(3, &m.kill, "", ""))
            .fill(SLIDE, "after", "<p:transition advTm=\"0\"><p:fade/></p:transition>")
            .zip()
    });
    index.absent("pptx.vba-and-control-parts", "pptx", |m| {
        let control = format!("<p:controls><mc:AlternateContent><mc:Choice Requires=\"v\" xmlns:v=\"urn:schemas-microsoft-com:vml\"><p:control spid=\"1026\" name=\"{0}\" r:id=\"rIdControl\" imgW=\"100\" imgH=\"100\"/></mc:Choice><mc:Fallback><p:control name=\"{0}\" r:id=\"rIdControl\" imgW=\"100\" imgH=\"100\">{1}</p:control></mc:Fallback></mc:AlternateContent></p:controls>", m.kill, picture(9, "r:embed=\"rIdPicture\"", "", ""));
        with_picture(m)
            .part(
                "ppt/activeX/activeX1.xml",
                "application/vnd.ms-office.activeX+xml",
                format!("<ax:ocx xmlns:ax=\"http://schemas.microsoft.com/office/2006/activeX\" ax:classid=\"{{D27CDB6E-AE6D-11CF-96B8-444553540000}}\" ax:persistence=\"persistPropertyBag\"><ax:ocxPr ax:name=\"Movie\" ax:value=\"{}\"/></ax:ocx>", m.url("m.swf")),
            )
            .relate(SLIDE, "rIdControl", "control", "../activeX/activeX1.xml")
            .fill(SLIDE, "data", &control)
            .zip()
    })
    .also(&["ooxml.activex-control"]);
    index
        .absent("pptx.ole-objects-progid", "pptx", |m| {
            with_picture(m)
                .part(
                    "ppt/embeddings/oleObject1.bin",
                    "application/vnd.openxmlformats-officedocument.oleObject",
                    compound_object(&m.kill),
                )
                .relate(SLIDE, "rIdObject", "oleObject", "../embeddings/oleObject1.bin")
                .fill(SLIDE, "shapes", &object_frame(&m.kill))
                .zip()
        })
        .also(&["ooxml.ole-embedded-object", "ooxml.ole-package-file"]);
    index.stays("pptx.comments-authors", "pptx", |m| {
        pptx(m)
            .part(
                "ppt/commentAuthors.xml",
                &slide_type("commentAuthors"),
                format!("<p:cmAuthorLst {NAMESPACES}><p:cmAuthor id=\"0\" name=\"{}\" initials=\"a\" lastIdx=\"1\" clrIdx=\"0\"/></p:cmAuthorLst>", m.kill),
            )
            .part(
                "ppt/comments/comment1.xml",
                &slide_type("comments"),
                format!("<p:cmLst {NAMESPACES}><p:cm authorId=\"0\" dt=\"2024-01-01T00:00:00.000\" idx=\"1\"><p:pos x=\"10\" y=\"10\"/><p:text>note {}</p:text></p:cm></p:cmLst>", m.kill),
            )
            .relate(PRESENTATION, "rIdAuthors", "commentAuthors", "commentAuthors.xml")
            .relate(SLIDE, "rIdComments", "comments", "../comments/comment1.xml")
            .zip()
    });
    index
        .absent("pptx.notes-and-hidden-slides", "pptx", |m| {
            pptx(m)
                .part(
                    "ppt/slides/slide5.xml",
                    &slide_type("slide"),
                    format!(
                        "<p:sld {NAMESPACES}><p:cSld><p:spTree>{GROUP}{}</p:spTree></p:cSld></p:sld>",
                        shape(2, &m.kill, "", "")
                    ),
                )
                .relate(PRESENTATION, "rIdOrphan", "slide", "slides/slide5.xml")
                .relate("ppt/slides/slide5.xml", "rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
                .zip()
        })
        .also(&["opc.orphan-part", "opc.rel-dangling-and-duplicate-id"]);
    index
        .refused("pptx.timing-bomb", "pptx", |m| {
            let open = "<p:par><p:cTn fill=\"hold\"><p:childTnLst>".repeat(100_000);
            let close = "</p:childTnLst></p:cTn></p:par>".repeat(100_000);
            pptx(m).fill(SLIDE, "after", &timing(&format!("{open}{close}"))).zip()
        })
        .also(&["opc.xml-deep-nesting", "file.global-expansion-budget"]);
    index.absent("pptx.modify-verifier", "pptx", |m| {
        pptx(m)
            .fill(
                PRESENTATION,
                "end",
                &format!("<p:modifyVerifier algorithmName=\"SHA-512\" hashValue=\"AAAA\" saltValue=\"AAAA\" spinValue=\"100000\" algIdExtSource=\"{}\" cryptProviderTypeExtSource=\"{}\"/>", m.url("a"), m.kill),
            )
            .zip()
    });
}

/// A graphic frame with an OLE object, `rIdObject`, and its preview, `rIdPicture`.
pub fn object_frame(kill: &str) -> String {
    format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"7\" name=\"Object\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"914400\" y=\"1800000\"/><a:ext cx=\"914400\" cy=\"914400\"/></p:xfrm>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/presentationml/2006/ole\"><p:oleObj name=\"{kill}\" progId=\"Package\" r:id=\"rIdObject\" imgW=\"914400\" imgH=\"914400\" showAsIcon=\"1\"><p:embed/>{}</p:oleObj></a:graphicData></a:graphic></p:graphicFrame>",
        picture(0, "r:embed=\"rIdPicture\"", "", "")
    )
}
