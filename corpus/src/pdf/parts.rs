//! What a document carries beside its pages: media, files, forms, metadata, private data, references outside.

use super::{FORM, Layout, Page, annotation, family, painting, text};
use crate::sample::{Index, Marks};

pub(super) fn samples(index: &mut Index) {
    media(index);
    files(index);
    forms(index);
    outside(index);
    metadata(index);
}

fn media(index: &mut Index) {
    family(index, "pdf.threed-oninstantiate", &[], |m| {
        annotation(m, "/Subtype /3D /3DD 7 0 R /3DV 0 /AP << /N 9 0 R >>")
            .stream("/Type /3D /Subtype /U3D /OnInstantiate 8 0 R", m.kill.as_bytes())
            .stream("", format!("runtime.{}()", m.kill).as_bytes())
            .stream(FORM, b"0 0 9 9 re f")
    });
    family(index, "pdf.richmedia", &[], |m| {
        annotation(
            m,
            "/Subtype /RichMedia /RichMediaSettings << /Activation << /Condition /PO >> >> \
             /RichMediaContent << /Assets << /Names [(a.html) << /Type /Filespec /F (a.html) /EF << /F 7 0 R >> >>] >> >>",
        )
        .stream("/Type /EmbeddedFile", format!("<script>{}</script>", m.kill).as_bytes())
    });
    family(index, "pdf.screen-movie-sound-annots", &[], |m| {
        annotation(m, &format!("/Subtype /Movie /Movie << /F ({}) >> /AP << /N 7 0 R >>", m.kill))
            .stream(FORM, b"0 0 9 9 re f")
    });
    index
        .absent("pdf.screen-movie-sound-annots", "pdf", |m| {
            annotation(m, &format!("/Subtype /Sound /Sound 7 0 R /Contents ({})", m.kill))
                .stream("/Type /Sound /R 8000", m.kill.as_bytes())
                .file()
        })
        .variant("sound");
    index
        .absent("pdf.screen-movie-sound-annots", "pdf", |m| {
            annotation(
                m,
                &format!(
                    "/Subtype /Screen /T (x) /A << /S /Rendition /OP 0 /AN 6 0 R /R << /Type /Rendition /S /MR /C << /Type \
                     /MediaClip /S /MCD /CT (video/mp4) /P << /TF (TEMPALWAYS) >> /D << /Type /Filespec /FS /URL /F ({}) >> >> >> >>",
                    m.url(&m.kill)
                ),
            )
            .file()
        })
        .variant("screen")
        .also(&["pdf.action-rendition"]);
    family(index, "pdf.slideshow-alternate-presentations", &[], |m| {
        Page::new(m)
            .catalog(
                "/Names << /AlternatePresentations << /Names [(a) << /Type /SlideShow /Subtype /Embedded /Resources << /Names [(s) \
                 << /Type /Filespec /F (slide.svg) /EF << /F 6 0 R >> >>] >> /StartResource (s) >>] >> >>",
            )
            .stream("/Type /EmbeddedFile", format!("<svg><script>{}</script></svg>", m.kill).as_bytes())
    });
}

fn files(index: &mut Index) {
    family(index, "pdf.embedded-files", &[], |m| {
        Page::new(m)
            .catalog(format!(
                "/Names << /EmbeddedFiles << /Names [({0}.js) << /Type /Filespec /F ({0}.js) /UF ({0}.js) /EF << /F 6 0 R /UF 6 0 R >> /RF << /F [(r) 6 0 R] >> >>] >> >>",
                m.kill
            ))
            .stream("/Type /EmbeddedFile /Subtype /application#2Fjavascript", m.kill.as_bytes())
    });
    family(index, "pdf.file-attachment-annotation", &[], |m| {
        annotation(
            m,
            &format!(
                "/Subtype /FileAttachment /Name /Paperclip /FS << /Type /Filespec /F ({}.exe) /EF << /F 7 0 R >> >>",
                m.kill
            ),
        )
        .stream("/Type /EmbeddedFile", m.kill.as_bytes())
    });
    family(index, "pdf.associated-files", &[], |m| {
        Page::new(m)
            .catalog(
                "/AF [6 0 R] /MarkInfo << /Marked true >> /StructTreeRoot << /Type /StructTreeRoot /K << /Type /StructElem /S /P /AF [6 0 R] >> >>",
            )
            .page("/AF [6 0 R]")
            .resources("/Properties << /A << /MCAF [6 0 R] >> >>")
            .content("/AF /A BDC 0 0 9 9 re f EMC")
            .object("<< /Type /Filespec /AFRelationship /Data /F (a.html) /EF << /F 7 0 R >> >>")
            .stream("/Type /EmbeddedFile", m.kill.as_bytes())
    });
    family(index, "pdf.collection-portfolio", &[], |m| {
        Page::new(m).catalog(format!(
            "/Collection << /Type /Collection /View /T /D ({0}.pdf) /Navigator << /SWF ({0}) >> /Folders << /Name ({0}) >> /Schema << /A << /N ({0}) >> >> >>",
            m.kill
        ))
    });
    family(
        index,
        "pdf.file-specifications",
        &["pdf.orphan-objects", "pdf.pieceinfo-and-private-data"],
        |m| {
            Page::new(m).catalog("/Sources 6 0 R").object(format!(
            "<< /Type /Filespec /FS /URL /F ({0}) /UF ({0}) /DOS ({1}) /Mac ({1}) /Unix ({1}) /V true /ID [<00> <00>] /Desc ({1}) >>",
            m.url("f"),
            m.kill
        ))
        },
    );
}

fn forms(index: &mut Index) {
    family(index, "pdf.xfa", &[], |m| {
        Page::new(m)
            .catalog("/NeedsRendering true /AcroForm << /Fields [] /XFA [(template) 6 0 R (datasets) 6 0 R] >>")
            .stream(
                "",
                format!(
                    "<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\"><event activity=\"initialize\"><script contentType=\"application/x-formcalc\">Post(\"{}\",\"{}\")</script></event></xdp:xdp>",
                    m.url("post"),
                    m.kill
                )
                .as_bytes(),
            )
    });
    family(
        index,
        "pdf.acroform-fields",
        &["pdf.action-submitform", "pdf.annotation-rich-content", "pdf.trigger-annotation-aa"],
        |m| {
            Page::new(m)
                .catalog("/AcroForm << /Fields [6 0 R 7 0 R] /NeedAppearances true /DA (/F1 0 Tf) /DR << /Font << /F1 5 0 R >> >> >>")
                .page("/Annots [6 0 R 7 0 R]")
                .object(format!(
                    "<< /Type /Annot /Subtype /Widget /FT /Btn /Ff 65536 /T (b) /Rect [0 0 595 842] /H /N /AP << /N 8 0 R >> \
                     /A << /S /SubmitForm /F ({}) >> /MK << /CA (go) >> >>",
                    m.url(&m.kill)
                ))
                .object(format!(
                    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (t) /V (value) /Rect [40 40 200 60] /AP << /N 8 0 R >> \
                     /RV (<body><img src=\"{}\"/>{}</body>) /PMD << /Symbology ({2}) >> >>",
                    m.url("i"),
                    m.kill,
                    m.kill
                ))
                .stream(FORM, b"0 0 9 9 re f")
        },
    );
    family(index, "pdf.annotation-rich-content", &[], |m| {
        annotation(
            m,
            &format!(
                "/Subtype /FreeText /Contents (plain) /DA (/F1 9 Tf) /RC (<body>{0}</body>) /DS (font: {0}) /NM (n)",
                m.kill
            ),
        )
    });
    index
        .stays("pdf.annotation-rich-content", "pdf", |m| {
            annotation(
                m,
                &format!("/Subtype /Text /T (<img src=x onerror={0}>) /Contents (<b>{0}</b>)", m.kill),
            )
            .file()
        })
        .variant("markup")
        .also(&["pdf.annot-types-allowlist"]);
    for (variant, subtype) in [
        ("", "Projection"),
        ("trapnet", "TrapNet"),
        ("printer-mark", "PrinterMark"),
        ("redact", "Redact"),
        ("unknown", "Unheard"),
    ] {
        index
            .add(
                "pdf.annot-types-allowlist",
                "pdf",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(move |m| {
                    annotation(
                        m,
                        &format!(
                            "/Subtype /{subtype} /X ({0}) /A << /S /Launch /F ({0}) >> /OverlayText ({0}) /AP << /N 7 0 R >>",
                            m.kill
                        ),
                    )
                    .stream(FORM, b"0 0 9 9 re f")
                    .file()
                }),
            )
            .variant(variant);
    }
    family(index, "pdf.signatures", &[], |m| {
        Page::new(m)
            .catalog(
                "/AcroForm << /SigFlags 3 /Fields [6 0 R] >> /Perms << /DocMDP 7 0 R >> /DSS << /Certs [8 0 R] >> /Legal << /Attestation (x) >>",
            )
            .page("/Annots [6 0 R]")
            .object(format!(
                "<< /Type /Annot /Subtype /Widget /Rect [40 40 200 80] /FT /Sig /T (s) /V 7 0 R /AP << /N 9 0 R >> \
                 /SV << /Type /SV /Cert << /URL ({}) >> >> /Lock << /Type /SigFieldLock /Action /All >> >>",
                m.url("c")
            ))
            .object(format!(
                "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Name ({}) /ByteRange [0 1 2 3] /Contents <00> >>",
                m.kill
            ))
            .stream("", m.kill.as_bytes())
            .stream(FORM, b"0 0 9 9 re f")
    });
}

fn outside(index: &mut Index) {
    family(index, "pdf.external-stream-f", &[], |m| {
        painting(
            m,
            &format!(
                "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
                 /F << /FS /URL /F ({}) >> /FFilter /FlateDecode /FDecodeParms << /Predictor 1 >>",
                m.url(&m.kill)
            ),
            b"",
        )
    });
    index
        .absent("pdf.external-stream-f", "pdf", |m| {
            painting(m, &format!("{FORM} /F ({})", m.kill), b"0 0 9 9 re f").file()
        })
        .variant("form");
    family(index, "pdf.reference-xobject", &[], |m| {
        painting(
            m,
            &format!("{FORM} /Ref << /F {} /Page 0 /ID [<00> <00>] >>", text(&m.unc(&m.kill))),
            b"0 0 9 9 re f",
        )
    });
    family(index, "pdf.opi", &[], |m| {
        painting(
            m,
            &format!("{FORM} /OPI << /2.0 << /Type /OPI /Version 2.0 /F (file:///tmp/{}) >> >>", m.kill),
            b"0 0 9 9 re f",
        )
    });
    index
        .absent("pdf.opi", "pdf", |m| {
            painting(
                m,
                &format!("{FORM} /OPI << /1.3 << /Version 1.3 /F ({}) >> >>", m.kill),
                b"0 0 9 9 re f",
            )
            .file()
        })
        .variant("1.3");
    family(index, "pdf.alternate-images", &[], |m| {
        painting(
            m,
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 \
             /Alternates [<< /Image 7 0 R /DefaultForPrinting true >>]",
            b"x",
        )
        .stream(
            &format!(
                "/Type /XObject /Subtype /Image /Width {} /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                m.kill.len()
            ),
            m.kill.as_bytes(),
        )
    });
    family(index, "pdf.outputintent-profile-url", &[], |m| {
        Page::new(m).catalog(format!(
            "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (x) \
             /DestOutputProfileRef << /CheckSum <00> /URLs [<< /FS /URL /F ({}) >>] >> >>]",
            m.url(&m.kill)
        ))
    });
    family(index, "pdf.structure-namespace-schema", &["pdf.associated-files"], |m| {
        Page::new(m)
            .catalog("/MarkInfo << /Marked true >> /Lang (ja) /StructTreeRoot 6 0 R")
            .page("/StructParents 0")
            .object(format!(
                "<< /Type /StructTreeRoot /K 7 0 R /Namespaces [8 0 R] /PronunciationLexicon [({}) ] /ParentTree << /Nums [0 [7 0 R]] >> >>",
                m.url("l.pls")
            ))
            .object(format!(
                "<< /Type /StructElem /S /P /P 6 0 R /Alt (alt) /Phoneme ({0}) /A [<< /O /UserProperties /P [<< /N (n) /V ({0}) >>] >>] >>",
                m.kill
            ))
            .object(format!("<< /Type /Namespace /NS (x) /Schema << /Type /Filespec /FS /URL /F ({}) >> >>", m.url("s")))
    });
}

fn metadata(index: &mut Index) {
    family(index, "pdf.metadata-xmp", &[], |m| {
        Page::new(m).catalog("/Metadata 6 0 R").stream(
            "/Type /Metadata /Subtype /XML",
            format!(
                "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n<!DOCTYPE x [<!ENTITY x SYSTEM \"http://{}/\">]>\n\
                 <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
                 <rdf:Description xmlns:pdfx=\"http://ns.adobe.com/pdfx/1.3/\" pdfx:k=\"{}\"/></rdf:RDF></x:xmpmeta>\n{}<?xpacket end=\"w\"?>",
                m.host,
                m.kill,
                " ".repeat(200)
            )
            .as_bytes(),
        )
    });
    index
        .absent("pdf.metadata-xmp", "pdf", |m| {
            Page::new(m)
                .page("/Metadata 6 0 R")
                .stream("/Type /Metadata /Subtype /XML", m.kill.as_bytes())
                .file()
        })
        .variant("page");
    index
        .absent("pdf.metadata-xmp", "pdf", |m| {
            Page::new(m)
                .catalog("/Metadata 6 0 R")
                .trailer("/Info 7 0 R")
                .stream("/Type /Metadata /Subtype /XML", xmp(m).as_bytes())
                .object("<< /Title (the title) >>")
                .file()
        })
        .variant("title");
    family(index, "pdf.info-dictionary", &[], |m| {
        Page::new(m)
            .trailer("/Info 6 0 R")
            .object(format!("<< /Author ({0}) /Creator ({0}) /Producer ({0}) /{0} ({0}) >>", m.kill))
    });
    index
        .absent("pdf.info-dictionary", "pdf", |m| {
            Page::new(m).trailer(format!("/DocChecksum ({0}) /AuthCode << /X ({0}) >>", m.kill)).file()
        })
        .variant("trailer");
    family(index, "pdf.pieceinfo-and-private-data", &[], |m| {
        Page::new(m)
            .catalog(format!("/SpiderInfo << /V 1.0 /C [({})] >> /KILL_{} 1", m.url("c"), m.kill))
            .page(format!(
                "/LastModified (D:2020) /PieceInfo << /{0} << /LastModified (D:2020) /Private ({0}) >> >>",
                m.kill
            ))
    });
    family(index, "pdf.thumbnails", &[], |m| {
        Page::new(m).page("/Thumb 6 0 R").stream(
            &format!("/Width {} /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", m.kill.len()),
            m.kill.as_bytes(),
        )
    });
    family(index, "pdf.viewer-preferences-and-pagemode", &[], |m| {
        Page::new(m)
            .catalog(format!(
                "/PageMode /FullScreen /ViewerPreferences << /HideToolbar true /HideMenubar true /NonFullScreenPageMode /UseOutlines \
                 /PrintScaling /None /Enforce [/PrintScaling] /Direction /R2L /X ({}) >>",
                m.kill
            ))
            .page("/Dur 1 /Trans << /S /Dissolve >>")
    });
    family(index, "pdf.interactive-3d-measure-geo", &[], |m| {
        Page::new(m).page(format!(
            "/VP [<< /Type /Viewport /BBox [0 0 9 9] /Measure << /Type /Measure /Subtype /GEO /GPTS [35.68 139.76] /X ({}) >> \
             /PtData << /Type /PtData /Subtype /Cloud >> >>] /LGIDict << /Type /LGIDict >>",
            m.kill
        ))
    });
    index
        .stays("pdf.pdfa-and-conformance-claims", "pdf", |m| {
            Page::new(m)
                .catalog("/Metadata 6 0 R /MarkInfo << /Marked true >>")
                .content(format!("BT /F1 9 Tf 40 90 Td ({}) Tj ET", m.kill))
                .stream(
                    "/Type /Metadata /Subtype /XML",
                    b"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
                      <rdf:Description xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" pdfaid:part=\"2\" pdfaid:conformance=\"B\"/>\
                      </rdf:RDF></x:xmpmeta>",
                )
                .file()
        })
        .also(&["pdf.metadata-xmp"]);
    index.refused("pdf.encrypted", "pdf", |m| {
        Page::new(m).object(format!("({})", m.kill)).layout(Layout::Locked).file()
    });
    index
        .absent("pdf.encrypted", "pdf", |m| {
            Page::new(m)
                .catalog(format!("/OpenAction << /S /JavaScript /JS ({}) >>", m.kill))
                .layout(Layout::Encrypted)
                .file()
        })
        .variant("no-password");
    index
        .refused("pdf.encrypted", "pdf", |m| {
            Page::new(m)
                .trailer("/Encrypt << /Filter /FileOpen /V 1 >>")
                .object(format!("({})", m.kill))
                .file()
        })
        .variant("handler");
    index
        .absent("pdf.appearance-rollover-states", "pdf", |m| {
            annotation(
                m,
                &format!(
                    "/Subtype /Stamp /AP << /N 7 0 R /R 8 0 R /D 8 0 R >> /MK << /RC ({0}) /AC ({0}) >>",
                    m.kill
                ),
            )
            .stream(FORM, b"0 0 9 9 re f")
            .stream(FORM, format!("BT /F1 9 Tf ({}) Tj ET", m.kill).as_bytes())
            .file()
        })
        .also(&["pdf.pieceinfo-and-private-data"]);
}

/// Metadata with a title of its own and an author that is planted.
fn xmp(marks: &Marks) -> String {
    format!(
        "<?xpacket begin=\"\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">another title</rdf:li>\
         </rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF>\
         </x:xmpmeta><?xpacket end=\"w\"?>",
        marks.kill
    )
}
