use super::{parts::Relationship, *};

/// The class at the end of a path from the root of a part; every step must be written.
fn class(kind: PartKind, path: &[(Namespace, &str)]) -> Class {
    let ((namespace, name), rest) = path.split_first().expect("a root");
    let mut class = kind.root(*namespace, name.as_bytes()).expect("a root of the part");
    for (namespace, name) in rest {
        class = match class.child(*namespace, name.as_bytes()) {
            Some(Child::Keep(child) | Child::Hook(_, child)) => child,
            other => panic!("{name}: {other:?}"),
        };
    }
    class
}

fn word(path: &[&str]) -> Class {
    let path: Vec<_> = path.iter().map(|name| (Namespace::W, *name)).collect();
    class(PartKind::MainDocument, &path)
}

fn sheet(path: &[&str]) -> Class {
    let path: Vec<_> = path.iter().map(|name| (Namespace::X, *name)).collect();
    class(PartKind::Worksheet, &path)
}

#[track_caller]
fn dropped(child: Option<Child>, id: &str) {
    assert!(matches!(child, Some(Child::Drop(threat)) if threat.id == id), "{child:?}");
}

#[track_caller]
fn attribute_dropped(attribute: Option<Attribute>, id: &str) {
    assert!(matches!(attribute, Some(Attribute::Drop(threat)) if threat.id == id), "{attribute:?}");
}

#[track_caller]
fn value(attribute: Option<Attribute>, expected: Value) {
    assert!(matches!(attribute, Some(Attribute::Keep(value)) if value == expected), "{attribute:?}");
}

#[test]
fn a_strict_uri_is_its_transitional_twin() {
    let transitional = namespace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main");
    assert_eq!(transitional, Some(Namespace::W));
    assert_eq!(namespace(b"http://purl.oclc.org/ooxml/wordprocessingml/main"), transitional);
    assert_eq!(Namespace::W.prefix(), "w");
}

#[test]
fn an_unknown_uri_is_no_namespace() {
    assert_eq!(namespace(b"http://example.invalid/"), None);
    assert_eq!(namespace(b""), None);
    assert_eq!(namespace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main "), None);
}

#[test]
fn a_known_child_is_kept_and_an_unknown_one_is_not() {
    let paragraph = word(&["document", "body", "p"]);
    assert_eq!(paragraph.name(), (Namespace::W, "p"));
    assert!(matches!(paragraph.child(Namespace::W, b"r"), Some(Child::Keep(_))));
    assert!(paragraph.child(Namespace::W, b"tbl").is_none());
    assert!(paragraph.child(Namespace::X, b"r").is_none());
    assert!(paragraph.child(Namespace::W, b"").is_none());
    assert!(paragraph.child(Namespace::NONE, b"p").is_none());
}

#[test]
fn attributes_and_text_come_from_base_classes() {
    let bold = word(&["document", "body", "p", "r", "rPr", "b"]);
    value(bold.attribute(Namespace::W, b"val"), Value::Boolean);
    let text = word(&["document", "body", "p", "r", "t"]);
    assert_eq!(text.text(), TextKind::Text);
    value(text.attribute(Namespace::XML, b"space"), Value::Token);
    let inserted = word(&["document", "body", "p", "ins"]);
    value(inserted.attribute(Namespace::W, b"author"), Value::String);
    assert_eq!(word(&["document", "body", "p"]).text(), TextKind::None);
}

#[test]
fn one_element_has_the_attributes_of_its_place() {
    let cell = sheet(&["worksheet", "sheetData", "row", "c"]);
    value(cell.attribute(Namespace::NONE, b"t"), Value::Token);
    assert!(cell.attribute(Namespace::X, b"t").is_none());
    let formula = sheet(&["worksheet", "sheetData", "row", "c", "f"]);
    assert_eq!(formula.text(), TextKind::Formula);
    value(formula.attribute(Namespace::NONE, b"ref"), Value::Reference);
}

#[test]
fn what_acts_is_named_by_its_threat_wherever_it_stands() {
    let body = word(&["document", "body"]);
    dropped(body.child(Namespace::W, b"altChunk"), "docx.altchunk");
    let paragraph = word(&["document", "body", "p"]);
    dropped(paragraph.child(Namespace::W, b"subDoc"), "docx.subdocument");
    // Not where the schema puts it, and known all the same.
    dropped(paragraph.child(Namespace::W, b"altChunk"), "docx.altchunk");
    dropped(paragraph.child(Namespace::W, b"control"), "ooxml.activex-control");
    dropped(paragraph.child(Namespace::WE, b"webextensionref"), "ooxml.web-extension");
}

#[test]
fn a_smart_tag_gives_its_content_to_its_parent() {
    let paragraph = word(&["document", "body", "p"]);
    for name in [&b"smartTag"[..], b"customXml"] {
        assert!(matches!(
            paragraph.child(Namespace::W, name),
            Some(Child::Unwrap(threat)) if threat.id == "ooxml.smart-tag-and-schema-library"
        ));
    }
    dropped(paragraph.child(Namespace::W, b"smartTagPr"), "ooxml.smart-tag-and-schema-library");
}

#[test]
fn fields_links_and_objects_go_to_code() {
    let run = word(&["document", "body", "p", "r"]);
    assert!(matches!(run.child(Namespace::W, b"fldChar"), Some(Child::Hook(Hook::FieldChar, _))));
    assert!(matches!(run.child(Namespace::W, b"object"), Some(Child::Hook(Hook::WordObject, _))));
    let instruction = word(&["document", "body", "p", "r", "instrText"]);
    assert_eq!(instruction.text(), TextKind::FieldInstruction);
    let simple = word(&["document", "body", "p", "fldSimple"]);
    value(simple.attribute(Namespace::W, b"instr"), Value::FieldInstruction);
    let link = word(&["document", "body", "p", "hyperlink"]);
    value(link.attribute(Namespace::R, b"id"), Value::Relationship);
    attribute_dropped(simple.attribute(Namespace::W, b"dirty"), "docx.field-dirty-update-on-open");
}

#[test]
fn revision_ids_are_left_out_of_every_element() {
    let paragraph = word(&["document", "body", "p"]);
    attribute_dropped(paragraph.attribute(Namespace::W, b"rsidR"), "ooxml.revision-ids");
    value(paragraph.attribute(Namespace::W14, b"paraId"), Value::Hex);
    let worksheet = sheet(&["worksheet"]);
    attribute_dropped(worksheet.attribute(Namespace::XR, b"uid"), "ooxml.revision-ids");
}

#[test]
fn a_linked_picture_has_no_link() {
    let blip = class(
        PartKind::Drawings,
        &[
            (Namespace::XDR, "wsDr"),
            (Namespace::XDR, "twoCellAnchor"),
            (Namespace::XDR, "pic"),
            (Namespace::XDR, "blipFill"),
            (Namespace::A, "blip"),
        ],
    );
    value(blip.attribute(Namespace::R, b"embed"), Value::Relationship);
    attribute_dropped(blip.attribute(Namespace::R, b"link"), "ooxml.linked-picture");
}

#[test]
fn extensions_are_kept_by_their_content() {
    let ext = sheet(&["worksheet", "extLst", "ext"]);
    assert!(ext.needs_child());
    assert!(matches!(ext.child(Namespace::X14, b"conditionalFormattings"), Some(Child::Keep(_))));
    let formula = class(
        PartKind::Worksheet,
        &[
            (Namespace::X, "worksheet"),
            (Namespace::X, "extLst"),
            (Namespace::X, "ext"),
            (Namespace::X14, "sparklineGroups"),
            (Namespace::X14, "sparklineGroup"),
            (Namespace::X14, "sparklines"),
            (Namespace::X14, "sparkline"),
            (Namespace::XNE, "f"),
        ],
    );
    assert_eq!(formula.text(), TextKind::Formula);
    dropped(ext.child(Namespace::X15, b"webExtensions"), "ooxml.web-extension");
}

#[test]
fn a_frame_goes_with_what_it_frames() {
    let anchor = class(PartKind::Drawings, &[(Namespace::XDR, "wsDr"), (Namespace::XDR, "twoCellAnchor")]);
    assert!(anchor.needs_child());
    assert!(anchor.counts(Namespace::XDR, b"pic"));
    assert!(!anchor.counts(Namespace::XDR, b"from"));
    let extension = sheet(&["worksheet", "extLst", "ext"]);
    assert!(extension.counts(Namespace::X14, b"sparklineGroups"));
    let data = sheet(&["worksheet", "sheetData"]);
    assert!(!data.needs_child() && !data.counts(Namespace::X, b"row"));
}

#[test]
fn a_drawing_goes_with_its_part_and_a_picture_stays() {
    assert!(sheet(&["worksheet", "drawing"]).needs_target());
    let slide = class(PartKind::Slide, &[(Namespace::P, "sld")]);
    assert!(!slide.needs_target());
    let link = sheet(&["worksheet", "hyperlinks", "hyperlink"]);
    assert!(!link.needs_target());
}

#[test]
fn legacy_drawings_have_a_root_without_a_namespace() {
    let data = class(
        PartKind::VmlDrawing,
        &[(Namespace::NONE, "xml"), (Namespace::V, "shape"), (Namespace::XVML, "ClientData")],
    );
    assert!(matches!(data.child(Namespace::XVML, b"Row"), Some(Child::Keep(_))));
    dropped(data.child(Namespace::XVML, b"FmlaMacro"), "xlsx.form-control-macro");
    dropped(data.child(Namespace::XVML, b"ScriptText"), "xlsx.form-control-macro");
}

#[test]
fn graphic_data_holds_what_is_listed() {
    let data = class(
        PartKind::Drawings,
        &[
            (Namespace::XDR, "wsDr"),
            (Namespace::XDR, "twoCellAnchor"),
            (Namespace::XDR, "graphicFrame"),
            (Namespace::A, "graphic"),
            (Namespace::A, "graphicData"),
        ],
    );
    assert!(matches!(data.child(Namespace::C, b"chart"), Some(Child::Keep(_))));
    assert!(data.child(Namespace::P, b"sld").is_none());
    dropped(data.child(Namespace::AM3D, b"model3d"), "ooxml.model3d");
}

#[test]
fn a_relationship_is_followed_by_type_and_source() {
    let follow = |from, tail: &str| {
        let transitional = relationship(
            from,
            &format!("http://schemas.openxmlformats.org/officeDocument/2006/relationships/{tail}"),
        );
        let strict =
            relationship(from, &format!("http://purl.oclc.org/ooxml/officeDocument/relationships/{tail}"));
        assert_eq!(format!("{transitional:?}"), format!("{strict:?}"));
        transitional
    };
    assert!(matches!(follow(None, "officeDocument"), Some(Relationship::Main)));
    assert!(follow(Some(PartKind::Slide), "officeDocument").is_none());
    assert!(matches!(
        follow(Some(PartKind::Worksheet), "comments"),
        Some(Relationship::Part(PartKind::WorksheetComments))
    ));
    assert!(matches!(
        follow(Some(PartKind::Slide), "comments"),
        Some(Relationship::Part(PartKind::SlideComments))
    ));
    assert!(matches!(follow(Some(PartKind::Slide), "hyperlink"), Some(Relationship::Hyperlink)));
    assert!(follow(None, "hyperlink").is_none());
    for (tail, id) in [
        ("oleObject", "ooxml.ole-embedded-object"),
        ("attachedTemplate", "docx.attached-template"),
        ("customXml", "ooxml.custom-xml-parts"),
    ] {
        assert!(matches!(
            follow(Some(PartKind::MainDocument), tail),
            Some(Relationship::Drop(threat)) if threat.id == id
        ));
    }
    assert!(relationship(Some(PartKind::Slide), "http://example.invalid/kill").is_none());
    // A worksheet is no child of a Word document.
    assert!(follow(Some(PartKind::MainDocument), "worksheet").is_none());
    assert!(matches!(
        relationship(Some(PartKind::Workbook), "http://schemas.microsoft.com/office/2006/relationships/vbaProject"),
        Some(Relationship::Drop(threat)) if threat.id == "ooxml.vba-project"
    ));
}

#[test]
fn part_names_are_fresh() {
    assert_eq!(PartKind::Worksheet.path("xl", 3, ""), "xl/worksheets/sheet3.xml");
    assert_eq!(PartKind::StyleDefinitions.path("word", 1, ""), "word/styles.xml");
    assert_eq!(PartKind::StyleDefinitions.path("word/glossary", 2, ""), "word/glossary/styles2.xml");
    assert_eq!(PartKind::Image.path("ppt", 1, "png"), "ppt/media/image1.png");
}

#[test]
fn every_xml_part_has_a_root_and_every_root_a_class() {
    for kind in parts::ALL {
        let row = generated::parts::PARTS.get(*kind as usize).expect("a row");
        assert_eq!(row.content == Content::Xml, !row.roots.is_empty(), "{kind:?}");
        for (namespace, name, class) in row.roots {
            assert_eq!(class.name(), (Namespace(*namespace), local(*name)));
        }
    }
}

#[test]
fn every_name_is_found_by_its_hash() {
    for (at, name) in NAMES.iter().enumerate() {
        assert_eq!(number(name.as_bytes()).map(usize::from), Some(at), "{name}");
    }
    assert_eq!(number(b"kill"), None);
    assert_eq!(number(b""), None);
    assert!(NAMES.len() * 2 <= SLOTS.len());
}

#[test]
fn every_list_is_sorted_and_every_number_in_range() {
    assert!(NAMES.is_sorted());
    assert!(URIS.is_sorted());
    assert!(ANYWHERE.is_sorted_by_key(|(namespace, name, _)| (*namespace, *name)));
    for row in CLASSES {
        let children = &CHILDREN[usize::from(row.2)..][..usize::from(row.3)];
        assert!(children.is_sorted_by_key(|(namespace, name, _)| (*namespace, *name)));
        for (_, name, verdict) in children {
            assert!(usize::from(*name) < NAMES.len());
            assert!(usize::from(*verdict) < CLASSES.len() + CHILD_VERDICTS.len());
        }
        let attributes = &ATTRIBUTES[usize::from(row.4)..][..usize::from(row.5)];
        assert!(attributes.is_sorted_by_key(|(namespace, name, _)| (*namespace, *name)));
        for (_, name, verdict) in attributes {
            assert!(usize::from(*name) < NAMES.len());
            assert!(usize::from(*verdict) < ATTRIBUTE_VERDICTS.len());
        }
    }
}

#[test]
fn nothing_that_acts_is_kept_under_any_parent() {
    let names = [
        (
            Namespace::W,
            "altChunk subDoc mailMerge attachedTemplate saveThroughXslt docVars entryMacro exitMacro",
        ),
        (Namespace::W, "dataBinding frameset control objectEmbed objectLink movie linkStyles updateFields"),
        (Namespace::O, "OLEObject signatureline ink"),
        (
            Namespace::X,
            "oleObject externalReferences webPublishItems webPublishing customProperties dataConsolidate",
        ),
        (Namespace::XVML, "FmlaMacro ScriptText ScriptLocation MapOCX DDE FmlaPict"),
        (
            Namespace::P,
            "cmd embed link control htmlPubPr webPr custDataLst sndAc snd stSnd audio video sldSyncPr",
        ),
        (
            Namespace::A,
            "snd audioFile videoFile wavAudioFile quickTimeFile audioCd hlinkMouseOver hlinkHover",
        ),
        (Namespace::P14, "media"),
        (Namespace::WP15, "webVideoPr"),
        (Namespace::X15, "dataModel connection webExtensions"),
    ];
    for (namespace, names) in names {
        for name in names.split(' ') {
            for number in 0..CLASSES.len() {
                let class = Class(u16::try_from(number).expect("few classes"));
                let child = class.child(namespace, name.as_bytes());
                assert!(matches!(child, None | Some(Child::Drop(_))), "{name} under {:?}", class.name());
            }
        }
    }
    let attributes = [
        (
            Namespace::NONE,
            "macro href codeName invalidUrl updateLinks refreshOnLoad fullCalcOnLoad fPublished",
        ),
        (Namespace::NONE, "connectionId securityDescriptor userId providerId autoLoad xlm vbProcedure"),
        (Namespace::R, "link pict href"),
        (Namespace::O, "href althref gfxdata"),
        (Namespace::W, "dirty rsidR rsidRPr tgtFrame ed"),
    ];
    for (namespace, names) in attributes {
        for name in names.split(' ') {
            for number in 0..CLASSES.len() {
                let class = Class(u16::try_from(number).expect("few classes"));
                let attribute = class.attribute(namespace, name.as_bytes());
                assert!(matches!(attribute, None | Some(Attribute::Drop(_))), "{name} of {:?}", class.name());
            }
        }
    }
}

#[test]
fn a_relationship_id_is_never_plain_text() {
    for row in CLASSES {
        let attributes = &ATTRIBUTES[usize::from(row.4)..][..usize::from(row.5)];
        for (namespace, name, verdict) in attributes {
            if Namespace(*namespace) == Namespace::R {
                let verdict = ATTRIBUTE_VERDICTS[usize::from(*verdict)];
                assert!(
                    matches!(verdict, Attribute::Keep(Value::Relationship) | Attribute::Drop(_)),
                    "{} {}",
                    local(row.1),
                    local(*name)
                );
            }
        }
    }
}

#[test]
fn a_word_holds_no_address() {
    assert!(Value::Token.accepts(b"centerContinuous"));
    assert!(!Value::Token.accepts(b"https://kill.example.invalid/"));
    assert!(!Value::Token.accepts(br"\\kill\share"));
    assert!(Value::Number.accepts(b"-12.5pt"));
    assert!(!Value::Number.accepts(b"http://x"));
    assert!(Value::DateTime.accepts(b"2024-05-01T10:00:00+09:00"));
    assert!(!Value::Hex.accepts(b"12:34"));
    assert!(!Value::Token.accepts(&[b'a'; 300]));
}
