//! Samples of the area `ooxml`: what Word, Excel and PowerPoint files have in common.

use super::{
    compound_object, compound_object_of,
    docx::{self, docx, drawing, paragraph, with_picture, word_type},
    media::{base64, emf, jpeg, png},
    package::{MICROSOFT, Package, escape},
    pptx::{self, pptx},
    xlsx::{self, with_shape, xlsx},
};
use crate::{
    compound::{Compound, class_id, vba_project, vba_project_with},
    sample::{Index, Marks},
};

const DOCUMENT: &str = "word/document.xml";
const SETTINGS: &str = "word/settings.xml";
const SLIDE: &str = "ppt/slides/slide1.xml";
const SHEET: &str = "xl/worksheets/sheet1.xml";
const VBA: &str = "application/vnd.ms-office.vbaProject";
const OLE: &str = "application/vnd.openxmlformats-officedocument.oleObject";

fn source(m: &Marks) -> String {
    format!(
        "Attribute VB_Name = \"Module1\"\r\nSub AutoOpen()\r\nMsgBox \"{} calc.exe\"\r\nEnd Sub\r\n",
        m.kill
    )
}

fn with_macros(m: &Marks, project: Vec<u8>) -> Package {
    docx(m)
        .retype(DOCUMENT, "application/vnd.ms-word.document.macroEnabled.main+xml")
        .part("word/vbaProject.bin", VBA, project)
        .relate(DOCUMENT, "rIdMacros", &format!("{MICROSOFT}vbaProject"), "vbaProject.bin")
}

/// A document with an OLE object, its preview picture, and these bytes behind it.
fn with_object(m: &Marks, program: &str, object: Vec<u8>) -> Package {
    docx(m)
        .item("word/media/image1.png", png([0, 90, 160]))
        .part("word/embeddings/oleObject1.bin", OLE, object)
        .relate(DOCUMENT, "rIdPreview", "image", "media/image1.png")
        .relate(DOCUMENT, "rIdObject", "oleObject", "embeddings/oleObject1.bin")
        .fill(DOCUMENT, "body", &object_run("Embed", program, ""))
}

fn object_run(kind: &str, program: &str, attributes: &str) -> String {
    format!(
        "<w:p><w:r><w:object w:dxaOrig=\"1440\" w:dyaOrig=\"1440\"><v:shape id=\"_x0000_i1025\" type=\"#_x0000_t75\" style=\"width:72pt;height:72pt\" o:ole=\"\"><v:imagedata r:id=\"rIdPreview\" o:title=\"\"/></v:shape>\
         <o:OLEObject Type=\"{kind}\" ProgID=\"{program}\" ShapeID=\"_x0000_i1025\" DrawAspect=\"Content\" ObjectID=\"_1\" r:id=\"rIdObject\"{attributes}/></w:object></w:r></w:p>"
    )
}

/// A document with a part of this type and relationship, and nothing that refers to it in the text.
fn with_part(m: &Marks, kind: &str, name: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Package {
    docx(m).part(&format!("word/{name}"), content_type, body).relate(DOCUMENT, "rIdPlanted", kind, name)
}

/// A document with one hyperlink.
fn with_link(m: &Marks, target: &str) -> Package {
    docx(m).external(DOCUMENT, "rIdLink", "hyperlink", target).fill(
        DOCUMENT,
        "body",
        &format!(
            "<w:p><w:hyperlink r:id=\"rIdLink\"><w:r><w:t>link {}</w:t></w:r></w:hyperlink></w:p>",
            m.keep
        ),
    )
}

/// The samples of the area `ooxml`.
pub fn samples(index: &mut Index) {
    macros(index);
    controls(index);
    objects(index);
    links(index);
    pictures(index);
    add_ins(index);
    drawings(index);
    editing(index);
}

fn macros(index: &mut Index) {
    const MACROS: &[&str] = &["ooxml.vba-project"];
    index.absent("ooxml.vba-project", "docm", |m| with_macros(m, vba_project(&source(m))).zip());
    index
        .absent("ooxml.vba-project", "xlsm", |m| {
            xlsx(m)
                .retype("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
                .part("xl/vbaProject.bin", VBA, vba_project(&source(m)))
                .relate("xl/workbook.xml", "rIdMacros", &format!("{MICROSOFT}vbaProject"), "vbaProject.bin")
                .zip()
        })
        .variant("workbook");
    index
        .absent("ooxml.vba-project", "pptm", |m| {
            pptx(m)
                .retype(
                    "ppt/presentation.xml",
                    "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
                )
                .part("ppt/vbaProject.bin", VBA, vba_project(&source(m)))
                .relate(
                    "ppt/presentation.xml",
                    "rIdMacros",
                    &format!("{MICROSOFT}vbaProject"),
                    "vbaProject.bin",
                )
                .zip()
        })
        .variant("presentation");
    index.absent("ooxml.vba-data", "docm", |m| {
        with_macros(m, vba_project(&source(m)))
            .part(
                "word/vbaData.xml",
                "application/vnd.ms-word.vbaData+xml",
                format!("<wne:vbaSuppData xmlns:wne=\"http://schemas.microsoft.com/office/word/2006/wordml\"><wne:docEvents/><wne:mcds><wne:mcd wne:macroName=\"PROJECT.{}.AUTOOPEN\" wne:name=\"x\" wne:bEncrypt=\"00\" wne:cmg=\"56\"/></wne:mcds></wne:vbaSuppData>", m.kill),
            )
            .relate("word/vbaProject.bin", "rId1", &format!("{MICROSOFT}wordVbaData"), "vbaData.xml")
            .zip()
    })
    .also(MACROS);
    index
        .absent("ooxml.vba-signature", "docm", |m| {
            with_macros(m, vba_project(&source(m)))
                .part(
                    "word/vbaProjectSignatureV3.bin",
                    "application/vnd.ms-office.vbaProjectSignatureV3",
                    m.kill.as_bytes(),
                )
                .relate(
                    "word/vbaProject.bin",
                    "rId1",
                    "http://schemas.microsoft.com/office/2020/07/relationships/vbaProjectSignatureV3",
                    "vbaProjectSignatureV3.bin",
                )
                .zip()
        })
        .also(MACROS);
    index
        .absent("ooxml.vba-stomped-purged", "docm", |m| {
            let project =
                vba_project_with("' nothing\r\n", format!("\u{1}\u{16}MsgBox {}\u{ff}", m.kill).as_bytes());
            with_macros(m, project).zip()
        })
        .also(MACROS);
}

fn activex(m: &Marks, properties: &str) -> Package {
    with_picture(m)
        .part(
            "word/activeX/activeX1.xml",
            "application/vnd.ms-office.activeX+xml",
            format!(
                "<ax:ocx xmlns:ax=\"http://schemas.microsoft.com/office/2006/activeX\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" ax:classid=\"{{BDD1F04B-858B-11D1-B16A-00C0F0283628}}\" ax:persistence=\"persistStorage\" r:id=\"rId1\">{properties}</ax:ocx>"
            ),
        )
        .part("word/activeX/activeX1.bin", "application/vnd.ms-office.activeX", compound_object(&m.kill))
        .relate("word/activeX/activeX1.xml", "rId1", &format!("{MICROSOFT}activeXControlBinary"), "activeX1.bin")
        .relate(DOCUMENT, "rIdControl", "control", "activeX/activeX1.xml")
        .fill(
            DOCUMENT,
            "body",
            "<w:p><w:r><w:object><v:shape id=\"_x0000_i1026\" style=\"width:72pt;height:72pt\"><v:imagedata r:id=\"rIdPicture\"/></v:shape><w:control r:id=\"rIdControl\" w:name=\"Control1\" w:shapeid=\"_x0000_i1026\"/></w:object></w:r></w:p>",
        )
}

fn controls(index: &mut Index) {
    const CONTROL: &[&str] = &["ooxml.activex-control", "ooxml.activex-binary"];
    index.absent("ooxml.activex-control", "docx", |m| {
        activex(m, &format!("<ax:ocxPr ax:name=\"Caption\" ax:value=\"{}\"/>", m.kill)).zip()
    });
    index.absent("ooxml.activex-binary", "docx", |m| activex(m, "").zip()).also(CONTROL);
    index
        .absent("ooxml.activex-in-property-bag-link", "docx", |m| {
            activex(m, &format!("<ax:ocxPr ax:name=\"URL\" ax:value=\"{}\"/>", m.url(""))).zip()
        })
        .also(CONTROL);
}

fn package_object(m: &Marks) -> Vec<u8> {
    let mut native = vec![0; 4];
    native.extend([2, 0]);
    for text in [format!("{}.js", m.kill), format!("C:\\{}.js", m.kill)] {
        native.extend(text.bytes());
        native.push(0);
    }
    native.extend([0, 0, 3, 0]);
    let path = format!("C:\\Temp\\{}.js\0", m.kill);
    native.extend((path.len() as u32).to_le_bytes());
    native.extend(path.bytes());
    native.extend((m.kill.len() as u32).to_le_bytes());
    native.extend(m.kill.bytes());
    native.extend([0, 0]);
    let size = native.len() as u32 - 4;
    native[..4].copy_from_slice(&size.to_le_bytes());
    Compound::new()
        .class(class_id("0003000C-0000-0000-C000-000000000046"))
        .stream("\u{1}Ole10Native", native)
        .bytes()
}

fn objects(index: &mut Index) {
    const OBJECT: &[&str] = &["ooxml.ole-embedded-object", "ooxml.ole-package-file"];
    index.absent("ooxml.ole-embedded-object", "docx", |m| {
        with_object(m, "Equation.3", compound_object(&m.kill)).zip()
    });
    index
        .absent("ooxml.ole-embedded-object", "pptx", |m| {
            pptx::with_picture(m)
                .part("ppt/embeddings/oleObject1.bin", OLE, compound_object(&m.kill))
                .relate(SLIDE, "rIdObject", "oleObject", "../embeddings/oleObject1.bin")
                .fill(SLIDE, "shapes", &pptx::object_frame("x"))
                .zip()
        })
        .variant("presentation")
        .also(&["pptx.ole-objects-progid"]);
    index
        .absent("ooxml.ole-microsoft-rel-variants", "docx", |m| {
            docx(m)
                .part("word/embeddings/object1.bin", OLE, m.kill.as_bytes())
                .relate(DOCUMENT, "rIdE1", &format!("{MICROSOFT}e1Object"), "embeddings/object1.bin")
                .relate(DOCUMENT, "rIdE2", &format!("{MICROSOFT}oleObject"), "embeddings/object1.bin")
                .relate(DOCUMENT, "rIdE3", "activeXControl", "embeddings/object1.bin")
                .zip()
        })
        .also(OBJECT);
    index
        .absent("ooxml.ole-package-file", "docx", |m| with_object(m, "Package", package_object(m)).zip())
        .also(OBJECT);
    index
        .absent("ooxml.ole-package-part", "docx", |m| {
            let inner = xlsx(m)
                .retype("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
                .part("xl/vbaProject.bin", VBA, vba_project(&source(m)))
                .relate("xl/workbook.xml", "rIdMacros", &format!("{MICROSOFT}vbaProject"), "vbaProject.bin")
                .zip();
            chart(m, "<c:externalData r:id=\"rIdData\"><c:autoUpdate val=\"0\"/></c:externalData>")
                .part(
                    "word/embeddings/Microsoft_Excel_Worksheet.xlsm",
                    "application/vnd.ms-excel.sheet.macroEnabled.12",
                    inner,
                )
                .relate(
                    "word/charts/chart1.xml",
                    "rIdData",
                    "package",
                    "../embeddings/Microsoft_Excel_Worksheet.xlsm",
                )
                .zip()
        })
        .also(&["ooxml.vba-project", "opc.macro-main-content-type"]);
    index
        .absent("ooxml.ole-link", "docx", |m| {
            docx(m)
                .item("word/media/image1.png", png([0, 90, 160]))
                .relate(DOCUMENT, "rIdPreview", "image", "media/image1.png")
                .external(DOCUMENT, "rIdObject", "oleObject", &m.url("x.rtf"))
                .fill(DOCUMENT, "body", &object_run("Link", "Word.Document.12", " UpdateMode=\"Always\""))
                .zip()
        })
        .also(&["opc.rel-external-catch-all"]);
    index
        .absent("ooxml.ole-link", "docx", |m| {
            docx(m)
                .item("word/media/image1.png", png([0, 90, 160]))
                .relate(DOCUMENT, "rIdPreview", "image", "media/image1.png")
                .external(DOCUMENT, "rIdObject", "oleObject", &m.url("x.rtf"))
                .fill(DOCUMENT, "body", &object_run("Link", "Word.Document.12", " UpdateMode=\"Always\""))
                .strict()
                .zip()
        })
        .variant("strict")
        .also(&["opc.rel-external-catch-all"]);
    index.absent("ooxml.ole-autoload-verbs", "xlsx", |m| {
        xlsx(m)
            .part("xl/embeddings/oleObject1.bin", OLE, compound_object(&m.kill))
            .relate(SHEET, "rIdO", "oleObject", "../embeddings/oleObject1.bin")
            .fill(SHEET, "tail", &format!("<oleObjects><oleObject progId=\"{}\" shapeId=\"1025\" r:id=\"rIdO\" autoLoad=\"1\"/></oleObjects>", m.kill))
            .zip()
    })
    .also(&["xlsx.ole-and-control-lists", "ooxml.ole-embedded-object"]);
    for (variant, class) in CLASSES {
        let make =
            move |m: &Marks| with_object(m, "Shell.Explorer", compound_object_of(class, &m.kill)).zip();
        index
            .add(
                "ooxml.ole-clsid-denylist-proof",
                "docx",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(make),
            )
            .variant(variant)
            .also(OBJECT);
    }
    index
        .absent("ooxml.ole-presentation-stream", "docx", |m| {
            let object = Compound::new().stream("\u{2}OlePres000", m.kill.as_bytes()).bytes();
            with_object(m, "StaticMetafile", object).zip()
        })
        .also(OBJECT);
    index
        .absent("ooxml.ole-ole10itemname-lnk", "docx", |m| {
            let mut moniker = class_id("79EAC9E0-BAF9-11CE-8C82-00AA004BA90B").to_vec();
            moniker.extend(m.url("x.hta").encode_utf16().flat_map(u16::to_le_bytes));
            let object = Compound::new()
                .stream("\u{1}Ole", moniker)
                .stream("\u{3}LinkInfo", m.kill.as_bytes())
                .bytes();
            with_object(m, "htmlfile", object).zip()
        })
        .also(OBJECT);
}

const CLASSES: [(&str, &str); 6] = [
    ("webbrowser", "8856F961-340A-11D0-A96B-00C04FD705A2"),
    ("explorer", "EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B"),
    ("hta", "3050F4D8-98B5-11CF-BB82-00AA00BDCE0B"),
    ("script-moniker", "06290BD3-48AA-11D2-8432-006008C3FBFC"),
    ("flash", "D27CDB6E-AE6D-11CF-96B8-444553540000"),
    ("soap", "ECABB0C7-7F19-11D2-978E-0000F8757E2A"),
];

fn links(index: &mut Index) {
    index.absent("ooxml.hyperlink-executable-or-local", "docx", |m| {
        with_link(m, &format!("file:///c:/windows/system32/calc.exe#{}", m.kill)).zip()
    });
    index
        .absent("ooxml.hyperlink-executable-or-local", "xlsx", |m| {
            xlsx(m)
                .external(SHEET, "rIdLink", "hyperlink", &format!(".\\{}.lnk", m.kill))
                .fill(SHEET, "after", "<hyperlinks><hyperlink ref=\"A1\" r:id=\"rIdLink\"/></hyperlinks>")
                .zip()
        })
        .variant("relative")
        .also(&["xlsx.hyperlink-elements"]);
    index
        .absent("ooxml.hyperlink-executable-or-local", "pptx", |m| {
            pptx(m)
                .external(SLIDE, "rIdLink", "hyperlink", &format!("shell:startup\\{}", m.kill))
                .fill(SLIDE, "shapes", &pptx::shape(3, "link", "", "<a:hlinkClick r:id=\"rIdLink\"/>"))
                .zip()
        })
        .variant("shell")
        .also(&["ooxml.hyperlink-script-scheme", "opc.rel-ms-protocol-scheme"]);
    index
        .absent("ooxml.hyperlink-script-scheme", "docx", |m| {
            with_link(m, &format!("JaVa&#x0A;ScRiPt:{}()", m.kill)).zip()
        })
        .also(&["ooxml.hyperlink-executable-or-local"]);
    index
        .absent("ooxml.hyperlink-script-scheme", "docx", |m| {
            with_link(m, &format!("data:text/html,{}", m.kill)).zip()
        })
        .variant("data")
        .also(&["ooxml.hyperlink-executable-or-local"]);
    index.stays("ooxml.hyperlink-deceptive", "docx", |m| {
        docx(m)
            .external(DOCUMENT, "rIdLink", "hyperlink", &format!("https://bank.example@{}/{}", m.host.replace('.', "。"), m.kill))
            .fill(DOCUMENT, "body", "<w:p><w:hyperlink r:id=\"rIdLink\"><w:r><w:t>https://bank.example</w:t></w:r></w:hyperlink></w:p>")
            .zip()
    });
    index
        .absent("ooxml.hyperlink-hover-and-tooltip", "pptx", |m| {
            let over = format!(
                "<a:hlinkMouseOver r:id=\"rIdOver\" action=\"ppaction://program\" invalidUrl=\"file://{}\"/>",
                m.host
            );
            pptx(m)
                .external(
                    SLIDE,
                    "rIdOver",
                    "hyperlink",
                    &format!("file:///c:/windows/system32/calc.exe#{}", m.kill),
                )
                .fill(SLIDE, "shapes", &pptx::shape(3, "hover", "", &over))
                .zip()
        })
        .also(&["pptx.hover-action-any", "pptx.action-program"]);
}

fn pictures(index: &mut Index) {
    index.absent("ooxml.linked-picture", "docx", |m| {
        docx(m)
            .external(DOCUMENT, "rIdL", "image", &m.url("p.png"))
            .external(DOCUMENT, "rIdV", "image", &m.unc("p.png"))
            .fill(DOCUMENT, "body", &drawing("r:link=\"rIdL\"", "", ""))
            .fill(
                DOCUMENT,
                "body",
                "<w:p><w:r><w:pict><v:shape id=\"s\" style=\"width:72pt;height:72pt\"><v:imagedata r:id=\"rIdV\" r:href=\"rIdV\"/></v:shape></w:pict></w:r></w:p>",
            )
            .zip()
    })
    .also(&["opc.rel-unc-smb-webdav", "opc.rel-external-catch-all"]);
    index
        .absent("ooxml.linked-picture", "pptx", |m| {
            pptx::with_picture(m)
                .external(SLIDE, "rIdL", "image", &m.url("p.png"))
                .fill(SLIDE, "shapes", &pptx::picture(9, "r:embed=\"rIdPicture\" r:link=\"rIdL\"", "", ""))
                .zip()
        })
        .variant("embedded-and-linked")
        .also(&["opc.rel-external-catch-all"]);
    index.absent("ooxml.picture-source-urls", "docx", |m| {
        let source = "<a:extLst><a:ext uri=\"{837473B0-CC2E-450A-ABE3-18F120FF3D39}\"><a1611:picAttrSrcUrl xmlns:a1611=\"http://schemas.microsoft.com/office/drawing/2016/11/main\" r:id=\"rIdSource\"/></a:ext></a:extLst>";
        docx(m)
            .item("word/media/image1.png", png([1, 2, 3]))
            .relate(DOCUMENT, "rIdP", "image", "media/image1.png")
            .external(DOCUMENT, "rIdSource", "hyperlink", &m.url(""))
            .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdP\"", source, ""))
            .zip()
    })
    .also(&["opc.extlst-unknown-uri"]);
    index
        .absent("ooxml.image-metafile", "docx", |m| {
            docx(m)
                .default_type("emf", "image/x-emf")
                .item("word/media/image1.emf", emf(m.kill.as_bytes()))
                .relate(DOCUMENT, "rIdP", "image", "media/image1.emf")
                .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdP\"", "", ""))
                .zip()
        })
        .also(&["emf.comment-and-emfplus"]);
    index.absent("ooxml.image-svg", "docx", |m| {
        let svg = "<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\"><asvg:svgBlip xmlns:asvg=\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"rIdSvg\"/></a:ext></a:extLst>";
        docx(m)
            .default_type("svg", "image/svg+xml")
            .item("word/media/image1.png", png([1, 200, 3]))
            .item("word/media/image2.svg", format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"16\" height=\"16\"><script>{}</script><image href=\"{}\"/><rect width=\"16\" height=\"16\" fill=\"green\"/></svg>", m.kill, m.url("i.png")))
            .relate(DOCUMENT, "rIdP", "image", "media/image1.png")
            .relate(DOCUMENT, "rIdSvg", "image", "media/image2.svg")
            .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdP\"", svg, ""))
            .zip()
    })
    .also(&["svg.script", "file.unsupported-format"]);
    index
        .absent("ooxml.image-eps-and-odd-types", "docx", |m| {
            docx(m)
                .default_type("eps", "image/x-eps")
                .item(
                    "word/media/image1.eps",
                    format!("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n{} pop\nshowpage\n", m.kill),
                )
                .relate(DOCUMENT, "rIdP", "image", "media/image1.eps")
                .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdP\"", "", ""))
                .zip()
        })
        .also(&["file.unsupported-format", "pdf.postscript-and-eps-files"]);
    index
        .absent("ooxml.media-part-recode", "docx", |m| {
            let mut picture = jpeg();
            picture.extend(
                super::archive::Archive {
                    members: vec![super::archive::Member::new("x.txt", m.kill.as_bytes())],
                    ..Default::default()
                }
                .bytes(),
            );
            picture.extend(m.kill.as_bytes());
            docx(m)
                .default_type("jpg", "image/jpeg")
                .item("word/media/image1.jpg", picture)
                .relate(DOCUMENT, "rIdP", "image", "media/image1.jpg")
                .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdP\"", "", ""))
                .zip()
        })
        .also(&[
            "img.polyglot-header-abuse",
            "img.jpeg-after-eoi",
            "img.jpeg-trailing-after-eoi",
            "img.trailing-data",
            "img.polyglot-zip-appended",
        ]);
    index.stays("ooxml.image-crop-hidden-area", "docx", |m| {
        let cropped = drawing("r:embed=\"rIdP\"", "", "")
            .replace("<a:stretch>", "<a:srcRect l=\"50000\" r=\"10000\"/><a:stretch>");
        docx(m)
            .item("word/media/image1.png", png([9, 9, 200]))
            .relate(DOCUMENT, "rIdP", "image", "media/image1.png")
            .fill(DOCUMENT, "body", &(cropped + &paragraph(&m.kill)))
            .zip()
    });
}

fn add_ins(index: &mut Index) {
    index.absent("ooxml.custom-ui-onload", "docx", |m| {
        docx(m)
            .item("customUI/customUI14.xml", format!("<customUI xmlns=\"http://schemas.microsoft.com/office/2009/07/customui\" onLoad=\"{}!{}\"/>", m.url("x.xlam"), m.kill))
            .relate("", "rIdUi", "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "customUI/customUI14.xml")
            .zip()
    });
    index.absent("ooxml.custom-ui-qat", "docx", |m| {
        docx(m)
            .item("userCustomization/customUI.xml", format!("<mso:customUI xmlns:mso=\"http://schemas.microsoft.com/office/2006/01/customui\"><mso:ribbon><mso:qat><mso:documentControls><mso:button id=\"b\" onAction=\"{}\"/></mso:documentControls></mso:qat></mso:ribbon></mso:customUI>", m.kill))
            .relate("", "rIdUi", &format!("{MICROSOFT}ui/userCustomization"), "userCustomization/customUI.xml")
            .zip()
    })
    .also(&["ooxml.custom-ui-onload"]);
    index.absent("ooxml.web-extension", "docx", |m| {
        let base = "http://schemas.microsoft.com/office/2011/relationships/";
        docx(m)
            .part(
                "word/webextensions/taskpanes.xml",
                "application/vnd.ms-office.webextensiontaskpanes+xml",
                "<wetp:taskpanes xmlns:wetp=\"http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><wetp:taskpane dockstate=\"right\" visibility=\"1\" width=\"350\" row=\"0\"><wetp:webextensionref r:id=\"rId1\"/></wetp:taskpane></wetp:taskpanes>",
            )
            .part(
                "word/webextensions/webextension1.xml",
                "application/vnd.ms-office.webextension+xml",
                format!("<we:webextension xmlns:we=\"http://schemas.microsoft.com/office/webextensions/webextension/2010/11\" id=\"{{{0}}}\"><we:reference id=\"{0}\" version=\"1.0\" store=\"{1}\" storeType=\"FileSystem\"/></we:webextension>", m.kill, m.unc("cat")),
            )
            .relate("", "rIdPanes", &format!("{base}webextensiontaskpanes"), "word/webextensions/taskpanes.xml")
            .relate("word/webextensions/taskpanes.xml", "rId1", &format!("{base}webextension"), "webextension1.xml")
            .zip()
    });
    index.absent("ooxml.content-addin-graphicframe", "pptx", |m| {
        let frame = format!(
            "<mc:AlternateContent><mc:Choice xmlns:we=\"http://schemas.microsoft.com/office/webextensions/webextension/2010/11\" Requires=\"we\"><p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"{}\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"914400\" cy=\"914400\"/></p:xfrm>\
             <a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/webextensions/webextension/2010/11\"><we:webextensionref r:id=\"rIdAddIn\"/></a:graphicData></a:graphic></p:graphicFrame></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
            m.kill,
            pptx::picture(9, "r:embed=\"rIdPicture\"", "", "")
        );
        pptx::with_picture(m)
            .part(
                "ppt/webextensions/webextension1.xml",
                "application/vnd.ms-office.webextension+xml",
                format!("<we:webextension xmlns:we=\"http://schemas.microsoft.com/office/webextensions/webextension/2010/11\" id=\"{}\"/>", m.kill),
            )
            .relate(SLIDE, "rIdAddIn", "http://schemas.microsoft.com/office/2011/relationships/webextension", "../webextensions/webextension1.xml")
            .fill(SLIDE, "shapes", &frame)
            .zip()
    })
    .also(&["ooxml.web-extension"]);
    index.absent("ooxml.oembed-and-script-link", "docx", |m| {
        let oembed = format!("<a:extLst><a:ext uri=\"{{809A86F7-3DD2-4E15-A3D6-6F8D5F4C0A1F}}\"><aoe:oembedShared xmlns:aoe=\"http://schemas.microsoft.com/office/drawing/2021/oembed\" srcUrl=\"{}\" type=\"\"/></a:ext></a:extLst>", m.url("embed"));
        docx(m)
            .item("word/media/image1.png", png([1, 2, 3]))
            .relate(DOCUMENT, "rIdP", "image", "media/image1.png")
            .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdP\"", &oembed, ""))
            .zip()
    })
    .also(&["opc.extlst-unknown-uri"]);
    index.absent("ooxml.web-video-embedded-html", "docx", |m| {
        let html = escape(&format!("<iframe src=\"{}\"><script>{}</script></iframe>", m.url("v"), m.kill));
        let video = format!("<a:extLst><a:ext uri=\"{{C809E66F-F1BF-436E-b5F7-EEA9579F0CBA}}\"><wp15:webVideoPr xmlns:wp15=\"http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing\" embeddedHtml=\"{html}\" h=\"100\" w=\"100\"/></a:ext></a:extLst>");
        docx(m)
            .item("word/media/image1.png", png([1, 2, 3]))
            .relate(DOCUMENT, "rIdP", "image", "media/image1.png")
            .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdP\"", "", &video))
            .zip()
    })
    .also(&["opc.extlst-unknown-uri"]);
    index.absent("ooxml.custom-xml-parts", "docx", |m| {
        docx(m)
            .item("customXml/item1.xml", format!("<d xmlns=\"urn:example\">{}</d>", base64(m.kill.as_bytes())))
            .part("customXml/itemProps1.xml", "application/vnd.openxmlformats-officedocument.customXmlProperties+xml", format!("<ds:datastoreItem xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\" ds:itemID=\"{{11111111-2222-3333-4444-555555555555}}\"><ds:schemaRefs><ds:schemaRef ds:uri=\"{}\"/></ds:schemaRefs></ds:datastoreItem>", m.url("s")))
            .relate(DOCUMENT, "rIdData", "customXml", "../customXml/item1.xml")
            .relate("customXml/item1.xml", "rId1", "customXmlProps", "itemProps1.xml")
            .zip()
    });
    index.absent("ooxml.custom-xml-infopath-xsn", "docx", |m| {
        docx(m)
            .item("customXml/item1.xml", format!("<customXsn xmlns=\"http://schemas.microsoft.com/office/2006/metadata/customXsn\"><xsnLocation>{}</xsnLocation><openByDefault>True</openByDefault></customXsn>", m.url("t.xsn")))
            .relate(DOCUMENT, "rIdData", "customXml", "../customXml/item1.xml")
            .zip()
    })
    .also(&["ooxml.custom-xml-parts"]);
    index.absent("ooxml.smart-tag-and-schema-library", "docx", |m| {
        docx(m)
            .fill(
                SETTINGS,
                "late",
                &format!(
                    "<w:smartTagType w:namespaceuri=\"urn:example:{}\" w:name=\"t\" w:url=\"{}\"/><sl:schemaLibrary xmlns:sl=\"http://schemas.openxmlformats.org/schemaLibrary/2006/main\"><sl:schema sl:uri=\"urn:x\" sl:manifestLocation=\"{}\"/></sl:schemaLibrary>",
                    m.kill,
                    m.url("t"),
                    m.url("m.xml")
                ),
            )
            .fill(DOCUMENT, "body", &format!("<w:p><w:smartTag w:uri=\"urn:example:{}\" w:element=\"t\"><w:r><w:t>tagged {}</w:t></w:r></w:smartTag></w:p>", m.kill, m.keep))
            .zip()
    });
    index.absent("ooxml.embedded-fonts", "docx", |m| {
        docx(m)
            .part(
                "word/fontTable.xml",
                &word_type("fontTable"),
                format!("<w:fonts {}><w:font w:name=\"Planted\"><w:embedRegular r:id=\"rId1\" w:fontKey=\"{{11111111-2222-3333-4444-555555555555}}\"/></w:font></w:fonts>", docx::NAMESPACES),
            )
            .part("word/fonts/font1.odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont", format!("{}{}", "x".repeat(64), m.kill))
            .relate(DOCUMENT, "rIdFonts", "fontTable", "fontTable.xml")
            .relate("word/fontTable.xml", "rId1", "font", "fonts/font1.odttf")
            .zip()
    });
    index.absent("ooxml.printer-settings", "xlsx", |m| {
        let device: Vec<u8> =
            m.unc("p").encode_utf16().flat_map(u16::to_le_bytes).chain(vec![0; 200]).collect();
        xlsx(m)
            .part(
                "xl/printerSettings/printerSettings1.bin",
                &xlsx::sheet_type("printerSettings").replace("+xml", ""),
                device,
            )
            .relate(SHEET, "rIdPrinter", "printerSettings", "../printerSettings/printerSettings1.bin")
            .fill(SHEET, "tail", "<pageSetup paperSize=\"9\" orientation=\"landscape\" r:id=\"rIdPrinter\"/>")
            .zip()
    });
}

/// A document with a bar chart of two points, and `tail` at the end of the chart space.
fn chart(m: &Marks, tail: &str) -> Package {
    let frame = "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"3000000\" cy=\"2000000\"/><wp:docPr id=\"3\" name=\"Chart\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"rIdChart\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>";
    docx(m)
        .part(
            "word/charts/chart1.xml",
            "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:chart><c:plotArea><c:layout/><c:barChart><c:barDir val=\"col\"/><c:grouping val=\"clustered\"/>\
                 <c:ser><c:idx val=\"0\"/><c:order val=\"0\"/><c:tx><c:strRef><c:f>Sheet1!$B$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>series {}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:val><c:numRef><c:f>Sheet1!$B$1:$B$2</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val=\"2\"/><c:pt idx=\"0\"><c:v>1</c:v></c:pt><c:pt idx=\"1\"><c:v>2</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>\
                 <c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart><c:catAx><c:axId val=\"1\"/><c:scaling/><c:delete val=\"0\"/><c:axPos val=\"b\"/><c:crossAx val=\"2\"/></c:catAx><c:valAx><c:axId val=\"2\"/><c:scaling/><c:delete val=\"0\"/><c:axPos val=\"l\"/><c:crossAx val=\"1\"/></c:valAx></c:plotArea></c:chart>{tail}</c:chartSpace>",
                m.keep
            ),
        )
        .relate(DOCUMENT, "rIdChart", "chart", "charts/chart1.xml")
        .fill(DOCUMENT, "body", frame)
}

fn drawings(index: &mut Index) {
    index.absent("ooxml.model3d", "pptx", |m| {
        let model = format!(
            "<mc:AlternateContent><mc:Choice xmlns:am3d=\"http://schemas.microsoft.com/office/drawing/2017/model3d\" Requires=\"am3d\"><p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"Model\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"914400\" cy=\"914400\"/></p:xfrm><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/drawing/2017/model3d\"><am3d:model3d r:embed=\"rIdModel\"/></a:graphicData></a:graphic></p:graphicFrame></mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
            pptx::picture(9, "r:embed=\"rIdPicture\"", "", "")
        );
        pptx::with_picture(m)
            .part("ppt/media/model3d1.glb", "model/gltf-binary", format!("glTF\u{2}\0\0\0{{\"buffers\":[{{\"uri\":\"{}\"}}],\"x\":\"{}\"}}", m.url("b.bin"), m.kill))
            .relate(SLIDE, "rIdModel", "http://schemas.microsoft.com/office/2017/06/relationships/model3d", "../media/model3d1.glb")
            .fill(SLIDE, "shapes", &model)
            .zip()
    });
    index
        .absent("ooxml.chart-external-data", "docx", |m| {
            chart(m, "<c:externalData r:id=\"rIdData\"><c:autoUpdate val=\"1\"/></c:externalData>")
                .external(
                    "word/charts/chart1.xml",
                    "rIdData",
                    "oleObject",
                    &format!("file:///{}", m.unc("b.xlsx")),
                )
                .zip()
        })
        .also(&["opc.rel-external-catch-all", "ooxml.ole-link"]);
    index.absent("ooxml.chart-user-shapes-macro", "xlsx", |m| {
        with_shape(m, &format!("macro=\"'{}'!{}\"", m.url("x.xlsm"), m.kill), "").zip()
    });
    index.absent("ooxml.smartart-and-diagram-links", "pptx", |m| {
        let diagram = "application/vnd.openxmlformats-officedocument.drawingml.diagram";
        let names = "xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
        pptx(m)
            .part(
                "ppt/diagrams/data1.xml",
                &format!("{diagram}Data+xml"),
                format!("<dgm:dataModel {names}><dgm:ptLst><dgm:pt modelId=\"1\" type=\"doc\"><dgm:prSet/><dgm:spPr><a:blipFill><a:blip r:link=\"rIdImage\"/></a:blipFill></dgm:spPr></dgm:pt><dgm:pt modelId=\"2\"><dgm:prSet/><dgm:spPr/><dgm:t><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr><a:hlinkClick r:id=\"rIdLink\"/></a:rPr><a:t>smart {}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst><dgm:cxnLst/></dgm:dataModel>", m.keep),
            )
            .part("ppt/diagrams/layout1.xml", &format!("{diagram}Layout+xml"), format!("<dgm:layoutDef {names} uniqueId=\"urn:microsoft.com/office/officeart/2005/8/layout/default\"><dgm:layoutNode name=\"d\"/></dgm:layoutDef>"))
            .part("ppt/diagrams/quickStyle1.xml", &format!("{diagram}Style+xml"), format!("<dgm:styleDef {names} uniqueId=\"urn:microsoft.com/office/officeart/2005/8/quickstyle/simple1\"/>"))
            .part("ppt/diagrams/colors1.xml", &format!("{diagram}Colors+xml"), format!("<dgm:colorsDef {names} uniqueId=\"urn:microsoft.com/office/officeart/2005/8/colors/accent1_2\"/>"))
            .relate(SLIDE, "rIdDm", "diagramData", "../diagrams/data1.xml")
            .relate(SLIDE, "rIdLo", "diagramLayout", "../diagrams/layout1.xml")
            .relate(SLIDE, "rIdQs", "diagramQuickStyle", "../diagrams/quickStyle1.xml")
            .relate(SLIDE, "rIdCs", "diagramColors", "../diagrams/colors1.xml")
            .external("ppt/diagrams/data1.xml", "rIdImage", "image", &m.url("i.png"))
            .external("ppt/diagrams/data1.xml", "rIdLink", "hyperlink", &format!("file:///{}", m.kill))
            .fill(
                SLIDE,
                "shapes",
                "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"9\" name=\"Diagram\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"914400\" cy=\"914400\"/></p:xfrm><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\"><dgm:relIds xmlns:dgm=\"http://schemas.openxmlformats.org/drawingml/2006/diagram\" r:dm=\"rIdDm\" r:lo=\"rIdLo\" r:qs=\"rIdQs\" r:cs=\"rIdCs\"/></a:graphicData></a:graphic></p:graphicFrame>",
            )
            .zip()
    })
    .also(&["ooxml.linked-picture", "opc.rel-external-catch-all", "ooxml.hyperlink-executable-or-local"]);
    index.absent("ooxml.ink-contentpart", "docx", |m| {
        let ink = "<w:p><w:r><mc:AlternateContent><mc:Choice xmlns:wpi=\"http://schemas.microsoft.com/office/word/2010/wordprocessingInk\" Requires=\"wpi\"><w:drawing><wp:inline><wp:extent cx=\"914400\" cy=\"914400\"/><wp:docPr id=\"5\" name=\"Ink\"/><a:graphic><a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingInk\"><w14:contentPart r:id=\"rIdInk\"/></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:t>ink</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>";
        docx(m)
            .part(
                "word/ink/ink1.xml",
                "application/inkml+xml",
                format!("<inkml:ink xmlns:inkml=\"http://www.w3.org/2003/InkML\"><inkml:annotationXML href=\"{}\">{}</inkml:annotationXML><inkml:trace>0 0, 10 10</inkml:trace></inkml:ink>", m.url("a"), m.kill),
            )
            .relate(DOCUMENT, "rIdInk", "customXml", "ink/ink1.xml")
            .fill(DOCUMENT, "body", ink)
            .zip()
    })
    .also(&["ooxml.custom-xml-parts", "opc.mce-alternate-branches"]);
    index.absent("ooxml.vml-script-and-href", "docx", |m| {
        docx(m)
            .fill(
                DOCUMENT,
                "body",
                &format!(
                    "<w:p><w:r><w:pict><v:shape id=\"box\" style=\"width:100pt;height:50pt;behavior:url({})\" href=\"file:///c:/windows/system32/calc.exe?{}\" target=\"_top\"><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
                    m.url("b.htc"),
                    m.kill,
                    paragraph(&format!("box {}", m.keep))
                ),
            )
            .zip()
    })
    .also(&["ooxml.hyperlink-executable-or-local"]);
    index
        .absent("ooxml.legacy-diagram-and-doc-text-info", "pptx", |m| {
            pptx(m)
                .part(
                    "ppt/legacyDocTextInfo.bin",
                    "application/vnd.ms-office.legacyDocTextInfo",
                    m.kill.as_bytes(),
                )
                .relate(
                    "ppt/presentation.xml",
                    "rIdLegacy",
                    &format!("{MICROSOFT}legacyDocTextInfo"),
                    "legacyDocTextInfo.bin",
                )
                .zip()
        })
        .also(&["opc.bin-part-unknown"]);
    index
        .absent("ooxml.legacy-diagram-and-doc-text-info", "docx", |m| {
            with_part(
                m,
                "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
                "stylesWithEffects.xml",
                "application/vnd.ms-word.stylesWithEffects+xml",
                format!("<w:styles {}><!--{}--></w:styles>", docx::NAMESPACES, m.kill),
            )
            .zip()
        })
        .variant("styles");
}

fn editing(index: &mut Index) {
    index.absent("ooxml.document-tasks-and-people", "docx", |m| {
        docx(m)
            .part(
                "word/people.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.people+xml",
                format!("<w15:people {}><w15:person w15:author=\"Taro\"><w15:presenceInfo w15:providerId=\"AD\" w15:userId=\"S::{}@{}::guid\"/></w15:person></w15:people>", docx::NAMESPACES, m.kill, m.host),
            )
            .relate(DOCUMENT, "rIdPeople", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml")
            .part(
                "word/comments.xml",
                &word_type("comments"),
                format!("<w:comments {}><w:comment w:id=\"1\" w:author=\"Taro\">{}</w:comment></w:comments>", docx::NAMESPACES, paragraph(&format!("comment {}", m.keep))),
            )
            .relate(DOCUMENT, "rIdComments", "comments", "comments.xml")
            .fill(DOCUMENT, "body", "<w:p><w:r><w:commentReference w:id=\"1\"/></w:r></w:p>")
            .zip()
    });
    index.absent("ooxml.revision-ids", "docx", |m| {
        docx(m)
            .fill(SETTINGS, "late", "<w:rsids><w:rsidRoot w:val=\"00C0FFEE\"/><w:rsid w:val=\"00C0FFEE\"/></w:rsids>")
            .fill(DOCUMENT, "body", "<w:p w:rsidR=\"00C0FFEE\" w:rsidRDefault=\"00C0FFEE\" w14:paraId=\"00C0FFEE\" w14:textId=\"77777777\"><w:r w:rsidR=\"00C0FFEE\"><w:t>revised</w:t></w:r></w:p>")
            .zip()
    });
    index.stays("ooxml.tracked-changes-hidden", "docx", |m| {
        docx(m)
            .fill(
                DOCUMENT,
                "body",
                &format!(
                    "<w:p><w:del w:id=\"5\" w:author=\"Taro\" w:date=\"2024-01-01T00:00:00Z\"><w:r><w:delText>{}</w:delText></w:r></w:del><w:ins w:id=\"6\" w:author=\"Taro\" w:date=\"2024-01-01T00:00:00Z\"><w:r><w:t>inserted</w:t></w:r></w:ins></w:p>",
                    m.kill
                ),
            )
            .zip()
    });
    index.stays("ooxml.hidden-content", "docx", |m| {
        docx(m)
            .fill(
                DOCUMENT,
                "body",
                &format!("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p>", m.kill),
            )
            .zip()
    });
    index
        .stays("ooxml.hidden-content", "pptx", |m| {
            pptx(m)
                .fill(SLIDE, "attributes", " show=\"0\"")
                .fill(SLIDE, "shapes", &pptx::shape(3, &m.kill, "", ""))
                .zip()
        })
        .variant("slide")
        .also(&["pptx.notes-and-hidden-slides"]);
}
