//! Word documents: the base document and one sample for each threat of the area `docx`.

use super::{
    media::{base64, png},
    package::{MICROSOFT, Package, escape},
};
use crate::sample::{Index, Marks};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const DOCUMENT: &str = "word/document.xml";
const SETTINGS: &str = "word/settings.xml";

/// The content type of a Word part.
pub fn word_type(kind: &str) -> String {
    format!("{WORD}{kind}+xml")
}

/// The namespaces a Word part's root declares.
pub const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
    xmlns:w10=\"urn:schemas-microsoft-com:office:word\" \
    xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
    xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\" mc:Ignorable=\"w14 w15\"";

/// A paragraph of one run.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(text))
}

/// An embedded picture as an inline drawing, with `inside` in its `a:blip` and `properties` in its `wp:docPr`.
pub fn drawing(embed: &str, inside: &str, properties: &str) -> String {
    format!(
        "<w:p><w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"914400\" cy=\"914400\"/><wp:docPr id=\"1\" name=\"Picture 1\" descr=\"a picture\">{properties}</wp:docPr>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
         <pic:nvPicPr><pic:cNvPr id=\"1\" name=\"image1.png\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip {embed}>{inside}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"914400\" cy=\"914400\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>\
         </wp:inline></w:drawing></w:r></w:p>"
    )
}

/// A complex field: instruction in these runs, and its cached result.
pub fn field(instructions: &[&str], result: &str) -> String {
    let instructions: String = instructions
        .iter()
        .map(|text| format!("<w:r><w:instrText xml:space=\"preserve\">{}</w:instrText></w:r>", escape(text)))
        .collect();
    format!(
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{instructions}<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
         <w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
        escape(result)
    )
}

/// A document with the KEEP marker in its first paragraph, and styles and settings.
pub fn docx(m: &Marks) -> Package {
    let keep = paragraph(&m.keep);
    Package::default()
        .default_type("png", "image/png")
        .part(
            DOCUMENT,
            &word_type("document.main"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document {NAMESPACES}{{{{ns}}}}>{{{{background}}}}<w:body>{keep}\
                 {{{{body}}}}<w:sectPr>{{{{section}}}}<w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
                 <w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/>\
                 </w:sectPr></w:body></w:document>"
            ),
        )
        .part(
            "word/styles.xml",
            &word_type("styles"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles {NAMESPACES}>\
                 <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>{{{{styles}}}}</w:styles>"
            ),
        )
        .part(
            SETTINGS,
            &word_type("settings"),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:settings {NAMESPACES}>{{{{first}}}}\
                 <w:zoom w:percent=\"100\"/>{{{{settings}}}}<w:defaultTabStop w:val=\"840\"/>{{{{late}}}}</w:settings>"
            ),
        )
        .relate("", "rId1", "officeDocument", "word/document.xml")
        .relate(DOCUMENT, "rId1", "styles", "styles.xml")
        .relate(DOCUMENT, "rId2", "settings", "settings.xml")
}

/// A document with a picture after its text.
pub fn with_picture(m: &Marks) -> Package {
    docx(m)
        .item("word/media/image1.png", png([200, 30, 30]))
        .relate(DOCUMENT, "rIdPicture", "image", "media/image1.png")
        .fill(DOCUMENT, "body", &drawing("r:embed=\"rIdPicture\"", "", ""))
}

/// One part of a document beside its body: a header, footnotes and so on, with this content.
fn story(package: Package, name: &str, kind: &str, root: &str, content: &str) -> Package {
    package
        .part(
            &format!("word/{name}.xml"),
            &word_type(kind),
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:{root} {NAMESPACES}>{content}</w:{root}>"
            ),
        )
        .relate(DOCUMENT, &format!("rId-{name}"), kind, &format!("{name}.xml"))
}

/// The base document with one field whose cached result is the second KEEP.
fn with_field(m: &Marks, instruction: &str) -> Vec<u8> {
    docx(m).fill(DOCUMENT, "body", &field(&[instruction], &format!("result {}", m.keep))).zip()
}

/// One setting.
fn with_setting(m: &Marks, setting: &str) -> Package {
    docx(m).fill(SETTINGS, "settings", setting)
}

/// The samples of the area `docx`.
pub fn samples(index: &mut Index) {
    index.benign("benign.docx", "docx", |m| with_picture(m).zip());
    index.benign("benign.docx", "docx", |m| with_picture(m).strict().zip()).variant("strict");
    index.absent("docx.attached-template", "docx", |m| attached_template(m).zip());
    index.absent("docx.attached-template", "docx", |m| attached_template(m).strict().zip()).variant("strict");
    index.absent("docx.link-styles", "docx", |m| {
        attached_template(m)
            .fill(SETTINGS, "settings", "<w:linkStyles/><w:autoFormatOverride/><w:styleLockTheme/>")
            .zip()
    });
    index.absent("docx.dde-field-simple", "docx", |m| {
        let instruction = escape(&format!(r#"DDEAUTO "C:\\calc.exe" "{}""#, m.kill));
        docx(m)
            .fill(DOCUMENT, "body", &format!("<w:p><w:fldSimple w:instr=\"{instruction}\"><w:r><w:t>result {}</w:t></w:r></w:fldSimple></w:p>", m.keep))
            .zip()
    });
    fields_in_containers(index);
    fields_by_type(index);
    settings(index);
    structures(index);
}

fn attached_template(m: &Marks) -> Package {
    with_setting(m, "<w:attachedTemplate r:id=\"rIdTemplate\"/>").external(
        SETTINGS,
        "rIdTemplate",
        "attachedTemplate",
        &m.url("t.dotm"),
    )
}

fn fields_in_containers(index: &mut Index) {
    const DDE: &[&str] =
        &["docx.dde-field-simple", "docx.dde-field-complex-split", "docx.dde-field-inside-containers"];
    index.absent("docx.dde-field-complex-split", "docx", |m| {
        let last = format!("UTO \"calc.exe\" \"{}\"", m.kill);
        docx(m).fill(DOCUMENT, "body", &field(&[" DD", "EA", &last], &format!("result {}", m.keep))).zip()
    });
    index
        .absent("docx.dde-field-complex-split", "docx", |m| {
            // Each step of the field stands in another paragraph, bookmark and content control.
            let body = format!(
                "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:bookmarkStart w:id=\"7\" w:name=\"b\"/><w:r><w:instrText>D</w:instrText></w:r>\
                 <w:proofErr w:type=\"spellStart\"/></w:p><w:sdt><w:sdtContent><w:p><w:r><w:instrText>DEAU</w:instrText></w:r></w:p></w:sdtContent></w:sdt>\
                 <w:p><w:bookmarkEnd w:id=\"7\"/><w:r><w:instrText xml:space=\"preserve\">TO calc.exe {}</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
                 <w:r><w:t>result {}</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
                m.kill, m.keep
            );
            docx(m).fill(DOCUMENT, "body", &body).zip()
        })
        .variant("paragraphs");
    for (variant, wrap) in CONTAINERS {
        let make = move |m: &Marks| {
            let instruction = format!("DDEAUTO calc.exe \"{}\"", m.kill);
            let inner = field(&[&instruction], &format!("result {}", m.keep));
            let inner = inner.trim_start_matches("<w:p>").trim_end_matches("</w:p>");
            let (open, close) = wrap;
            docx(m)
                .external(DOCUMENT, "rIdLink", "hyperlink", "https://example.invalid/")
                .fill(DOCUMENT, "body", &format!("<w:p>{open}{inner}{close}</w:p>"))
                .zip()
        };
        index
            .add(
                "docx.dde-field-inside-containers",
                "docx",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(make),
            )
            .variant(variant)
            .also(DDE);
    }
    index
        .absent("docx.dde-field-quote-nested", "docx", |m| {
            let codes = "DDEAUTO calc.exe".bytes().map(|byte| byte.to_string()).collect::<Vec<_>>().join(" ");
            let inner = field(&[&format!("QUOTE {codes}")], "x");
            let inner = inner.trim_start_matches("<w:p>").trim_end_matches("</w:p>");
            docx(m)
                .fill(
                    DOCUMENT,
                    "body",
                    &format!(
                        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\">SET c \"{} </w:instrText></w:r>{inner}\
                         <w:r><w:instrText>\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>{}",
                        m.kill,
                        field(&["DDE ", "calc.exe"], &format!("result {}", m.keep)),
                    ),
                )
                .zip()
        })
        .also(&["docx.dde-field-complex-split", "docx.dde-field-simple", "docx.field-allowlist"]);
    index
        .absent("docx.dde-in-every-story", "docx", |m| {
            let field = field(&[&format!("DDEAUTO calc.exe \"{}\"", m.kill)], &format!("result {}", m.keep));
            let note = |kind: &str| format!("<w:{kind} w:id=\"2\">{field}</w:{kind}>");
            let mut package = docx(m).fill(
                DOCUMENT,
                "section",
                "<w:headerReference w:type=\"default\" r:id=\"rId-header\"/><w:footerReference w:type=\"default\" r:id=\"rId-footer\"/>",
            );
            package = story(package, "header", "header", "hdr", &field);
            package = story(package, "footer", "footer", "ftr", &field);
            package = story(package, "footnotes", "footnotes", "footnotes", &note("footnote"));
            package = story(package, "endnotes", "endnotes", "endnotes", &note("endnote"));
            let comment = format!("<w:comment w:id=\"2\" w:author=\"a\">{field}</w:comment>");
            package = story(package, "comments", "comments", "comments", &comment);
            package
                .fill(
                    DOCUMENT,
                    "body",
                    &format!(
                        "<w:p><w:r><w:footnoteReference w:id=\"2\"/><w:endnoteReference w:id=\"2\"/></w:r><w:r><w:commentReference w:id=\"2\"/></w:r>\
                         <w:r><w:pict><v:shape id=\"t\" style=\"width:100pt;height:50pt\"><v:textbox><w:txbxContent>{field}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
                    ),
                )
                .zip()
        })
        .also(DDE);
}

const CONTAINERS: [(&str, (&str, &str)); 8] = [
    ("ins", ("<w:ins w:id=\"9\" w:author=\"a\" w:date=\"2024-01-01T00:00:00Z\">", "</w:ins>")),
    ("hyperlink", ("<w:hyperlink r:id=\"rIdLink\">", "</w:hyperlink>")),
    ("sdt", ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>")),
    ("smarttag", ("<w:smartTag w:uri=\"urn:example\" w:element=\"x\">", "</w:smartTag>")),
    ("customxml", ("<w:customXml w:uri=\"urn:example\" w:element=\"x\">", "</w:customXml>")),
    ("dir", ("<w:dir w:val=\"ltr\">", "</w:dir>")),
    ("fldsimple", ("<w:fldSimple w:instr=\"PAGE\">", "</w:fldSimple>")),
    (
        "alternate",
        (
            "<mc:AlternateContent><mc:Choice Requires=\"w14\">",
            "</mc:Choice><mc:Fallback><w:r><w:t>fallback</w:t></w:r></mc:Fallback></mc:AlternateContent>",
        ),
    ),
];

fn fields_by_type(index: &mut Index) {
    index.absent("docx.field-allowlist", "docx", |m| with_field(m, &format!("KILLFIELD {}", m.kill)));
    index
        .absent("docx.field-allowlist", "docx", |m| with_field(m, &format!("WEBVIDEO {}", m.url("v"))))
        .variant("webvideo");
    index.absent("docx.field-includepicture", "docx", |m| {
        with_field(
            m,
            &format!(r#"INCLUDEPICTURE "{}" \d \* MERGEFORMAT"#, m.unc("p.png").replace('\\', r"\\")),
        )
    });
    index.absent("docx.field-includetext", "docx", |m| {
        with_field(m, &format!(r#"INCLUDETEXT "file:///tmp/{}.txt" \c AnsiText"#, m.kill))
    });
    index.absent("docx.field-import-link-embed", "docx", |m| {
        with_field(m, &format!(r#"LINK Excel.Sheet.12 "{}" R1C1 \a"#, m.unc("b.xlsx").replace('\\', r"\\")))
    });
    index
        .absent("docx.field-import-link-embed", "docx", |m| {
            with_field(m, &format!("CONTROL Forms.HTML:Text.1 {}", m.kill))
        })
        .variant("control");
    index.absent("docx.field-database-rd", "docx", |m| {
        with_field(m, &format!(r#"DATABASE \c "DSN={};DBQ={}" \s "SELECT 1""#, m.kill, m.host))
    });
    index
        .absent("docx.field-database-rd", "docx", |m| with_field(m, &format!("RD \"{}\"", m.url("a.docx"))))
        .variant("rd");
    index.absent("docx.field-macrobutton-gotobutton", "docx", |m| {
        // The field shows the text of its instruction: there is no cached result.
        docx(m)
            .fill(
                DOCUMENT,
                "body",
                &format!(
                    "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>MACROBUTTON {} Click here</w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
                    m.kill
                ),
            )
            .zip()
    });
    index
        .absent("docx.field-macrobutton-gotobutton", "docx", |m| {
            docx(m)
                .fill(
                    DOCUMENT,
                    "body",
                    &format!(
                        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:fldData xml:space=\"preserve\">{}</w:fldData></w:fldChar></w:r><w:r><w:instrText>ADDIN EN.CITE</w:instrText></w:r>\
                         <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>(1)</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
                        base64(m.kill.as_bytes())
                    ),
                )
                .zip()
        })
        .variant("addin-data");
    index.absent("docx.field-print-postscript", "docx", |m| {
        with_field(m, &format!(r#"PRINT \p para "{} %%[exec]""#, m.kill))
    });
    index.absent("docx.field-prompt-and-mailmerge", "docx", |m| {
        with_field(m, &format!("FILLIN \"Password? {}\"", m.kill))
    });
    index
        .absent("docx.field-prompt-and-mailmerge", "docx", |m| {
            with_field(m, &format!("MERGEFIELD {}", m.kill))
        })
        .variant("mergefield");
    index.absent("docx.field-dirty-update-on-open", "docx", |m| {
        with_setting(m, "<w:updateFields w:val=\"true\"/>")
            .fill(
                DOCUMENT,
                "body",
                &field(&[&format!("INCLUDEPICTURE \"{}\"", m.url("p.png"))], "x").replacen(
                    "w:fldCharType=\"begin\"",
                    "w:fldCharType=\"begin\" w:dirty=\"true\"",
                    1,
                ),
            )
            .zip()
    });
    index.absent("docx.hyperlink-field", "docx", |m| {
        with_field(m, &format!(r#"HYPERLINK "file:///c:/windows/system32/calc.exe" \o "{}""#, m.kill))
    });
    index
        .absent("docx.hyperlink-field", "docx", |m| {
            with_field(m, &format!("HYPERLINK \"javascript:{}\"", m.kill))
        })
        .variant("script");
}

fn settings(index: &mut Index) {
    index.absent("docx.mail-merge-source", "docx", |m| {
        with_setting(
            m,
            &format!(
                "<w:mailMerge><w:mainDocumentType w:val=\"formLetters\"/><w:dataType w:val=\"native\"/><w:connectString w:val=\"Provider={};Data Source={}\"/>\
                 <w:query w:val=\"SELECT * FROM t\"/><w:dataSource r:id=\"rIdSource\"/></w:mailMerge>",
                m.kill,
                m.unc("d.mdb")
            ),
        )
        .external(SETTINGS, "rIdSource", "mailMergeSource", &m.unc("d.mdb"))
        .zip()
    });
    index.absent("docx.save-through-xslt", "docx", |m| {
        with_setting(
            m,
            &format!(
                "<w:useXSLTWhenSaving/><w:saveThroughXslt r:id=\"rIdTransform\" w:solutionID=\"{}\"/>",
                m.kill
            ),
        )
        .external(SETTINGS, "rIdTransform", "transform", &m.url("x.xsl"))
        .zip()
    });
    index.absent("docx.doc-vars", "docx", |m| {
        with_setting(
            m,
            &format!(
                "<w:docVars><w:docVar w:name=\"v\" w:val=\"{}\"/></w:docVars>",
                base64(m.kill.as_bytes())
            ),
        )
        .zip()
    });
    index.absent("docx.protection-settings", "docx", |m| {
        with_setting(
            m,
            &format!(
                "<w:documentProtection w:edit=\"readOnly\" w:enforcement=\"1\" w:cryptProviderType=\"rsaAES\" w:cryptAlgorithmClass=\"hash\" w:cryptAlgorithmType=\"typeAny\" \
                 w:cryptAlgorithmSid=\"14\" w:cryptSpinCount=\"100000\" w:hash=\"AAAA\" w:salt=\"AAAA\" w:algIdExtSource=\"{}\" w:cryptProviderTypeExtSource=\"{}\"/>",
                m.url("alg"),
                m.url("prov")
            ),
        )
        .zip()
    });
    index.absent("docx.settings-allowlist", "docx", |m| {
        with_setting(
            m,
            &format!(
                "<w:activeWritingStyle w:lang=\"en-US\" w:vendorID=\"64\" w:dllVersion=\"131078\" w:nlCheck=\"1\" w:appName=\"{}\"/>",
                m.kill
            ),
        )
        .zip()
    });
    index.absent("docx.frameset", "docx", |m| {
        docx(m)
            .part(
                "word/webSettings.xml",
                &word_type("webSettings"),
                format!("<w:webSettings {NAMESPACES}><w:frameset><w:frame><w:name w:val=\"f\"/><w:sourceFileName r:id=\"rIdFrame\"/></w:frame></w:frameset></w:webSettings>"),
            )
            .relate(DOCUMENT, "rIdWeb", "webSettings", "webSettings.xml")
            .external("word/webSettings.xml", "rIdFrame", "frame", &m.url("x.rtf"))
            .zip()
    });
    index.absent("docx.keymap-customizations", "docx", |m| {
        docx(m)
            .part(
                "word/customizations.xml",
                "application/vnd.ms-word.keyMapCustomizations+xml",
                format!(
                    "<wne:tcg xmlns:wne=\"http://schemas.microsoft.com/office/word/2006/wordml\"><wne:keymaps><wne:keymap wne:kcmPrimary=\"0241\"><wne:macro wne:macroName=\"PROJECT.{}\"/></wne:keymap></wne:keymaps></wne:tcg>",
                    m.kill
                ),
            )
            .relate(DOCUMENT, "rIdKeys", &format!("{MICROSOFT}keyMapCustomizations"), "customizations.xml")
            .zip()
    });
    index.absent("docx.attached-toolbars", "docx", |m| {
        docx(m)
            .part("word/attachedToolbars.bin", "application/vnd.ms-word.attachedToolbars", m.kill.as_bytes())
            .relate(DOCUMENT, "rIdBars", &format!("{MICROSOFT}attachedToolbars"), "attachedToolbars.bin")
            .zip()
    });
}

fn structures(index: &mut Index) {
    index.refused("docx.altchunk", "docx", |m| {
        docx(m)
            .part(
                "word/afchunk1.rtf",
                "application/rtf",
                format!("{{\\rtf1 {{\\object{{\\*\\objdata 0105 {}}}}}}}", m.kill),
            )
            .relate(DOCUMENT, "rIdChunk", "aFChunk", "afchunk1.rtf")
            .fill(DOCUMENT, "body", "<w:altChunk r:id=\"rIdChunk\"/>")
            .zip()
    });
    index.absent("docx.subdocument", "docx", |m| {
        docx(m)
            .external(DOCUMENT, "rIdSub", "subDocument", &m.unc("sub.docx"))
            .fill(DOCUMENT, "body", "<w:p><w:subDoc r:id=\"rIdSub\"/></w:p>")
            .zip()
    });
    index.absent("docx.formfield-macros", "docx", |m| {
        docx(m)
            .fill(
                DOCUMENT,
                "body",
                &format!(
                    "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:name w:val=\"Text1\"/><w:enabled/><w:entryMacro w:val=\"{0}\"/><w:exitMacro w:val=\"{0}\"/><w:textInput/></w:ffData></w:fldChar></w:r>\
                     <w:r><w:instrText xml:space=\"preserve\"> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>value</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>",
                    m.kill
                ),
            )
            .zip()
    });
    index
        .absent("docx.content-control-binding", "docx", |m| {
            docx(m)
                .part("customXml/item1.xml", "application/xml", format!("<data xmlns=\"urn:example\"><v>{}</v></data>", m.kill))
                .relate(DOCUMENT, "rIdData", "customXml", "../customXml/item1.xml")
                .fill(
                    DOCUMENT,
                    "body",
                    &format!(
                        "<w:sdt><w:sdtPr><w:dataBinding w:prefixMappings=\"xmlns:d='urn:example'\" w:xpath=\"/d:data/d:v\" w:storeItemID=\"{{11111111-2222-3333-4444-555555555555}}\"/>\
                         <w15:webExtensionLinked w:val=\"1\"/><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
                        paragraph(&m.keep)
                    ),
                )
                .zip()
        });
    index.absent("docx.glossary-document", "docx", |m| {
        docx(m)
            .part(
                "word/glossary/document.xml",
                &word_type("document.glossary"),
                format!(
                    "<w:glossaryDocument {NAMESPACES}><w:docParts><w:docPart><w:docPartPr><w:name w:val=\"p\"/></w:docPartPr><w:docPartBody>{}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>",
                    paragraph("placeholder")
                ),
            )
            .part(
                "word/glossary/settings.xml",
                &word_type("settings"),
                format!("<w:settings {NAMESPACES}><w:attachedTemplate r:id=\"rIdT\"/></w:settings>"),
            )
            .relate(DOCUMENT, "rIdGlossary", "glossaryDocument", "glossary/document.xml")
            .relate("word/glossary/document.xml", "rId1", "settings", "settings.xml")
            .external("word/glossary/settings.xml", "rIdT", "attachedTemplate", &m.url("t.dotm"))
            .zip()
    })
    .also(&["docx.attached-template"]);
    index
        .either("docx.numbering-style-bombs", "docx", |m| {
            let style = |id: &str, base: &str| {
                format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/><w:basedOn w:val=\"{base}\"/><w:link w:val=\"{base}\"/></w:style>")
            };
            docx(m).fill("word/styles.xml", "styles", &(style("A", "B") + &style("B", "A"))).zip()
        })
        .marker(crate::KillMarker::Stays);
    index
        .refused("docx.table-and-gridspan-bomb", "docx", |m| {
            let open =
                "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w=\"1000\"/></w:tblGrid><w:tr><w:tc><w:tcPr/>"
                    .repeat(200);
            let close = "<w:p/></w:tc></w:tr></w:tbl>".repeat(200);
            docx(m).fill(DOCUMENT, "body", &format!("{open}{}{close}", paragraph(&m.kill))).zip()
        })
        .also(&["opc.xml-deep-nesting", "file.global-expansion-budget"]);
    index
        .absent("docx.comment-and-note-links", "docx", |m| {
            let package =
                docx(m).fill(DOCUMENT, "body", "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>");
            let note = format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph("note"));
            story(package, "footnotes", "footnotes", "footnotes", &note)
                .external("word/footnotes.xml", "rIdObject", "oleObject", &m.url(&m.kill))
                .external("word/styles.xml", "rIdImage", "image", &m.unc("p.png"))
                .zip()
        })
        .also(&[
            "opc.rel-external-catch-all",
            "ooxml.ole-link",
            "ooxml.ole-embedded-object",
            "ooxml.linked-picture",
            "opc.rel-unc-smb-webdav",
        ]);
    index.stays("docx.ruby-and-fields-misuse", "docx", |m| {
        docx(m).fill(DOCUMENT, "body", &field(&[&format!(r"EQ \o(100,900) {}", m.kill)], &m.keep)).zip()
    });
}
