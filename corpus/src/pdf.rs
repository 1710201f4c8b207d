//! Samples of the area `pdf`: tiny files written by hand, one page of text with the KEEP marker.

use crate::sample::{Index, Marks};

/// A file of one page whose parts a sample adds to.
///
/// Objects 1 to 5 are the catalog, the page tree, the page, its content and a font; [`Page::object`] adds more.
pub struct Page {
    /// Entries of the catalog.
    pub catalog: String,
    /// Entries of the page.
    pub page: String,
    /// Entries of the page's resources besides its font.
    pub resources: String,
    /// Operators behind the text.
    pub content: Vec<u8>,
    /// Objects from number 6 on.
    pub objects: Vec<Vec<u8>>,
    /// Entries of the trailer.
    pub trailer: String,
    keep: String,
}

impl Page {
    /// A page that shows the KEEP marker.
    pub fn new(marks: &Marks) -> Self {
        Self {
            catalog: String::new(),
            page: String::new(),
            resources: String::new(),
            content: Vec::new(),
            objects: Vec::new(),
            trailer: String::new(),
            keep: marks.keep.clone(),
        }
    }

    /// With entries in the catalog.
    pub fn catalog(mut self, entries: impl Into<String>) -> Self {
        self.catalog = entries.into();
        self
    }

    /// With entries in the page.
    pub fn page(mut self, entries: impl Into<String>) -> Self {
        self.page = entries.into();
        self
    }

    /// With entries in the resources.
    pub fn resources(mut self, entries: impl Into<String>) -> Self {
        self.resources = entries.into();
        self
    }

    /// With operators behind the text.
    pub fn content(mut self, operators: impl Into<Vec<u8>>) -> Self {
        self.content = operators.into();
        self
    }

    /// With entries in the trailer.
    pub fn trailer(mut self, entries: impl Into<String>) -> Self {
        self.trailer = entries.into();
        self
    }

    /// With one more object; the first one is number 6.
    pub fn object(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.objects.push(body.into());
        self
    }

    /// With one more stream.
    pub fn stream(self, entries: &str, data: &[u8]) -> Self {
        self.object(stream(entries, data))
    }

    /// The file, with a cross-reference table.
    pub fn file(&self) -> Vec<u8> {
        let mut content = format!("BT /F1 18 Tf 40 700 Td ({}) Tj ET\n", self.keep).into_bytes();
        content.extend_from_slice(&self.content);
        let mut bodies = vec![
            format!("<< /Type /Catalog /Pages 2 0 R {} >>", self.catalog).into_bytes(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
                 /Resources << /Font << /F1 5 0 R >> {} >> {} >>",
                self.resources, self.page
            )
            .into_bytes(),
            stream("", &content),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        ];
        bodies.extend(self.objects.iter().cloned());
        write(&bodies, &self.trailer)
    }
}

/// A stream object without its number.
pub fn stream(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut body = format!("<< {entries} /Length {} >>\nstream\n", data.len()).into_bytes();
    body.extend_from_slice(data);
    body.extend_from_slice(b"\nendstream");
    body
}

/// A file of numbered objects with its table.
pub fn write(bodies: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut offsets = Vec::new();
    for (index, body) in bodies.iter().enumerate() {
        offsets.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
        file.extend_from_slice(body);
        file.extend_from_slice(b"\nendobj\n");
    }
    let start = file.len();
    file.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", bodies.len() + 1).as_bytes());
    for offset in offsets {
        file.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    file.extend_from_slice(
        format!(
            "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
            bodies.len() + 1
        )
        .as_bytes(),
    );
    file
}

/// A page with one annotation, object 6.
fn annotation(marks: &Marks, entries: &str) -> Page {
    Page::new(marks)
        .page("/Annots [6 0 R]")
        .object(format!("<< /Type /Annot /Rect [40 40 200 80] {entries} >>"))
}

/// The samples of the area.
pub fn samples(index: &mut Index) {
    index.benign("benign.pdf", "pdf", |m| Page::new(m).file());
    actions(index);
    triggers(index);
    parts(index);
    structure(index);
    drawing(index);
}

fn link(marks: &Marks, action: &str) -> Vec<u8> {
    annotation(marks, &format!("/Subtype /Link /A << /Type /Action {action} >>")).file()
}

fn actions(index: &mut Index) {
    index.absent("pdf.action-javascript", "pdf", |m| {
        link(m, &format!("/S /JavaScript /JS (app.alert('{}'))", m.kill))
    });
    index.absent("pdf.action-launch", "pdf", |m| link(m, &format!("/S /Launch /F ({}.exe)", m.kill)));
    index.absent("pdf.action-uri", "pdf", |m| link(m, &format!("/S /URI /URI (javascript:{})", m.kill)));
    index
        .absent("pdf.action-uri-auto", "pdf", |m| {
            Page::new(m).catalog(format!("/OpenAction << /S /URI /URI ({}) >>", m.url(&m.kill))).file()
        })
        .also(&["pdf.trigger-openaction"]);
    index.absent("pdf.action-gotor", "pdf", |m| link(m, &format!("/S /GoToR /D [0 /Fit] /F ({})", m.kill)));
    index.absent("pdf.action-gotoe", "pdf", |m| {
        link(m, &format!("/S /GoToE /D [0 /Fit] /T << /R /C /N ({}) >>", m.kill))
    });
    index.absent("pdf.action-gotodp-and-3dview", "pdf", |m| {
        link(m, &format!("/S /GoTo3DView /V ({})", m.kill))
    });
    index.absent("pdf.action-thread", "pdf", |m| link(m, &format!("/S /Thread /F ({}) /D 0", m.kill)));
    index.absent("pdf.action-submitform", "pdf", |m| {
        link(m, &format!("/S /SubmitForm /F << /FS /URL /F ({}) >>", m.url(&m.kill)))
    });
    index.absent("pdf.action-importdata", "pdf", |m| link(m, &format!("/S /ImportData /F ({})", m.kill)));
    index.absent("pdf.action-resetform-hide-named", "pdf", |m| link(m, &format!("/S /Named /N /{}", m.kill)));
    index.absent("pdf.action-setocgstate", "pdf", |m| {
        link(m, &format!("/S /SetOCGState /State [/ON ({})]", m.kill))
    });
    index
        .absent("pdf.action-rendition", "pdf", |m| link(m, &format!("/S /Rendition /OP 0 /JS ({})", m.kill)));
    index.absent("pdf.action-sound-movie-richmedia-execute", "pdf", |m| {
        link(m, &format!("/S /RichMediaExecute /CMD << /C ({}) >>", m.kill))
    });
    index.absent("pdf.action-unknown", "pdf", |m| link(m, &format!("/S /{} /X 1", m.kill)));
    index
        .absent("pdf.action-next-chain", "pdf", |m| {
            link(m, &format!("/S /GoTo /D [3 0 R /Fit] /Next << /S /Launch /F ({}) >>", m.kill))
        })
        .also(&["pdf.action-launch"]);
}

fn triggers(index: &mut Index) {
    index
        .absent("pdf.trigger-openaction", "pdf", |m| {
            Page::new(m).catalog(format!("/OpenAction << /S /JavaScript /JS ({}) >>", m.kill)).file()
        })
        .also(&["pdf.action-javascript"]);
    index.absent("pdf.trigger-catalog-aa", "pdf", |m| {
        Page::new(m).catalog(format!("/AA << /WC << /S /JavaScript /JS ({}) >> >>", m.kill)).file()
    });
    index.absent("pdf.trigger-page-aa", "pdf", |m| {
        Page::new(m).page(format!("/AA << /O << /S /JavaScript /JS ({}) >> >>", m.kill)).file()
    });
    index.absent("pdf.trigger-annotation-aa", "pdf", |m| {
        annotation(m, &format!("/Subtype /Square /AA << /E << /S /JavaScript /JS ({}) >> >>", m.kill)).file()
    });
    index.absent("pdf.trigger-field-aa", "pdf", |m| {
        Page::new(m)
            .catalog("/AcroForm << /Fields [6 0 R] >>")
            .object(format!("<< /FT /Tx /T (f) /V (v) /AA << /K << /S /JavaScript /JS ({}) >> >> >>", m.kill))
            .file()
    });
    index
        .absent("pdf.trigger-outline", "pdf", |m| {
            Page::new(m)
                .catalog("/Outlines 6 0 R")
                .object("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>")
                .object(format!("<< /Title (t) /Parent 6 0 R /A << /S /Launch /F ({}) >> >>", m.kill))
                .file()
        })
        .also(&["pdf.action-launch"]);
    index.absent("pdf.trigger-link-pa", "pdf", |m| {
        annotation(m, &format!("/Subtype /Link /PA << /S /URI /URI ({}) >>", m.url(&m.kill))).file()
    });
    index.absent("pdf.trigger-navnode", "pdf", |m| {
        Page::new(m)
            .page(format!("/PresSteps << /Type /NavNode /NA << /S /JavaScript /JS ({}) >> >>", m.kill))
            .file()
    });
    index.absent("pdf.trigger-dests-as-actions", "pdf", |m| {
        Page::new(m).catalog(format!("/Dests << /d << /S /GoToR /F ({}) /D [0 /Fit] >> >>", m.kill)).file()
    });
    index
        .absent("pdf.names-javascript", "pdf", |m| {
            Page::new(m)
                .catalog(format!(
                    "/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS ({}) >>] >> >>",
                    m.kill
                ))
                .file()
        })
        .also(&["pdf.action-javascript"]);
    index.absent("pdf.names-other-trees", "pdf", |m| {
        Page::new(m).catalog(format!("/Names << /Renditions << /Names [(a) ({})] >> >>", m.kill)).file()
    });
    index.absent("pdf.requirements-handlers", "pdf", |m| {
        Page::new(m)
            .catalog(format!(
                "/Requirements [<< /S /EnableJavaScripts /RH [<< /S /JS /Script ({}) >>] >>]",
                m.kill
            ))
            .file()
    });
}

fn parts(index: &mut Index) {
    index.absent("pdf.threed-oninstantiate", "pdf", |m| {
        annotation(m, &format!("/Subtype /3D /3DD << /OnInstantiate ({}) >>", m.kill)).file()
    });
    index.absent("pdf.richmedia", "pdf", |m| {
        annotation(m, &format!("/Subtype /RichMedia /RichMediaContent << /Assets ({}) >>", m.kill)).file()
    });
    index.absent("pdf.screen-movie-sound-annots", "pdf", |m| {
        annotation(m, &format!("/Subtype /Movie /Movie << /F ({}) >>", m.kill)).file()
    });
    index.absent("pdf.embedded-files", "pdf", |m| {
        Page::new(m)
            .catalog("/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>] >> >>")
            .stream("/Type /EmbeddedFile", m.kill.as_bytes())
            .file()
    });
    index.absent("pdf.file-attachment-annotation", "pdf", |m| {
        annotation(m, &format!("/Subtype /FileAttachment /FS << /Type /Filespec /F ({}) >>", m.kill)).file()
    });
    index.absent("pdf.associated-files", "pdf", |m| {
        Page::new(m).catalog(format!("/AF [<< /Type /Filespec /F ({}) >>]", m.kill)).file()
    });
    index.absent("pdf.collection-portfolio", "pdf", |m| {
        Page::new(m).catalog(format!("/Collection << /View /T /D ({}) >>", m.kill)).file()
    });
    index.absent("pdf.slideshow-alternate-presentations", "pdf", |m| {
        Page::new(m)
            .catalog(format!(
                "/Names << /AlternatePresentations << /Names [(a) << /StartResource ({}) >>] >> >>",
                m.kill
            ))
            .file()
    });
    index.absent("pdf.xfa", "pdf", |m| {
        Page::new(m)
            .catalog("/AcroForm << /Fields [] /XFA 6 0 R >>")
            .stream("", format!("<xdp>{}</xdp>", m.kill).as_bytes())
            .file()
    });
    index.absent("pdf.annotation-rich-content", "pdf", |m| {
        annotation(m, &format!("/Subtype /Square /RC (<body>{}</body>)", m.kill)).file()
    });
    index.absent("pdf.annot-types-allowlist", "pdf", |m| {
        annotation(m, &format!("/Subtype /Projection /X ({})", m.kill)).file()
    });
    index.absent("pdf.signatures", "pdf", |m| {
        Page::new(m)
            .catalog("/AcroForm << /SigFlags 3 /Fields [6 0 R] >>")
            .object(format!(
                "<< /FT /Sig /T (s) /V << /Type /Sig /Filter /Adobe.PPKLite /Name ({}) >> >>",
                m.kill
            ))
            .file()
    });
    index.absent("pdf.metadata-xmp", "pdf", |m| {
        Page::new(m)
            .catalog("/Metadata 6 0 R")
            .stream("/Type /Metadata /Subtype /XML", m.kill.as_bytes())
            .file()
    });
    index.absent("pdf.info-dictionary", "pdf", |m| {
        Page::new(m).trailer("/Info 6 0 R").object(format!("<< /Author ({}) >>", m.kill)).file()
    });
    index.absent("pdf.pieceinfo-and-private-data", "pdf", |m| {
        Page::new(m).page(format!("/PieceInfo << /App << /Private ({}) >> >>", m.kill)).file()
    });
    index.absent("pdf.thumbnails", "pdf", |m| {
        Page::new(m)
            .page("/Thumb 6 0 R")
            .stream("/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", m.kill.as_bytes())
            .file()
    });
    index.absent("pdf.viewer-preferences-and-pagemode", "pdf", |m| {
        Page::new(m)
            .catalog(format!("/PageMode /{} /ViewerPreferences << /HideToolbar true >>", m.kill))
            .file()
    });
    index.absent("pdf.interactive-3d-measure-geo", "pdf", |m| {
        Page::new(m).page(format!("/VP [<< /Measure << /Type /Measure /X ({}) >> >>]", m.kill)).file()
    });
    index.absent("pdf.appearance-rollover-states", "pdf", |m| {
        let form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";
        annotation(m, "/Subtype /Stamp /AP << /N 7 0 R /R 8 0 R >>")
            .stream(form, b"0 0 9 9 re f")
            .stream(form, format!("({}) Tj", m.kill).as_bytes())
            .file()
    });
}

fn structure(index: &mut Index) {
    index.absent("pdf.incremental-shadow", "pdf", |m| {
        let mut file = Page::new(m).object(format!("({})", m.kill)).file();
        let before = find_last(&file, b"xref\n0 ");
        let object = file.len();
        file.extend_from_slice(b"6 0 obj\n(new)\nendobj\n");
        let start = file.len();
        file.extend_from_slice(
            format!(
                "xref\n6 1\n{object:010} 00000 n \ntrailer\n<< /Size 7 /Root 1 0 R /Prev {before} >>\nstartxref\n{start}\n%%EOF\n"
            )
            .as_bytes(),
        );
        file
    });
    index.absent("pdf.duplicate-objects-and-xref-confusion", "pdf", |m| {
        let mut file = Page::new(m).file();
        let at = find_last(&file, b"startxref");
        file.truncate(at);
        file.extend_from_slice(format!("5 0 obj\n({})\nendobj\n", m.kill).as_bytes());
        file.extend_from_slice(
            b"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\nstartxref\n7\n%%EOF\n",
        );
        file
    });
    index.absent("pdf.stream-length-confusion", "pdf", |m| {
        let mut file = Page::new(m).file();
        let at = find_last(&file, b"/Length ") + 8;
        if let Some(slot) = file.get_mut(at..at + 2) {
            slot.copy_from_slice(b"11");
        }
        file
    });
    index.absent("pdf.dictionary-duplicate-keys", "pdf", |m| {
        Page::new(m).catalog(format!("/PageLayout /{} /PageLayout /OneColumn", m.kill)).file()
    });
    index
        .absent("pdf.names-hex-escaped", "pdf", |m| {
            Page::new(m).catalog(format!("/Open#41ction << /S /J#61vaScript /JS ({}) >>", m.kill)).file()
        })
        .also(&["pdf.trigger-openaction", "pdf.action-javascript"]);
    index.refused("pdf.filter-chains-and-bombs", "pdf", |m| {
        let mut page = Page::new(m).page("/Annots []");
        page.resources = "/XObject << /X 6 0 R >>".into();
        page.content = b"/X Do".to_vec();
        page.stream(
            "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Filter [/AHx /AHx /AHx /AHx /AHx /AHx]",
            m.kill.as_bytes(),
        )
        .file()
    });
    index.absent("pdf.header-and-trailer-junk", "pdf", |m| {
        [Page::new(m).file(), m.kill.clone().into_bytes()].concat()
    });
    index.absent("pdf.maldoc-in-pdf", "pdf", |m| {
        [
            Page::new(m).file(),
            format!("MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n{}", m.kill).into_bytes(),
        ]
        .concat()
    });
    index.absent("pdf.orphan-objects", "pdf", |m| Page::new(m).object(format!("({})", m.kill)).file());
    index.absent("pdf.page-tree-and-loops", "pdf", |m| {
        Page::new(m)
            .catalog("/Outlines 6 0 R")
            .object("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>")
            .object("<< /Title (t) /Parent 6 0 R /Next 7 0 R >>")
            .file()
    });
    index.refused("pdf.deep-nesting-and-sizes", "pdf", |m| {
        Page::new(m).page("/CropBox [0 0 9999999999 9999999999]").file()
    });
    index.absent("pdf.linearization-and-hints", "pdf", |m| {
        let mut bodies = b"%PDF-1.7\n9 0 obj\n<< /Linearized 1 /X (".to_vec();
        bodies.extend_from_slice(m.kill.as_bytes());
        bodies.extend_from_slice(b") >>\nendobj\n");
        let file = Page::new(m).file();
        bodies.extend_from_slice(file.get(15..find_last(&file, b"xref\n0 ")).unwrap_or_default());
        bodies.extend_from_slice(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
        bodies
    });
    index.refused("pdf.xref-loops-and-prev-chains", "pdf", |m| {
        let file = Page::new(m).file();
        let at = find_last(&file, b"xref\n0 ");
        Page::new(m).trailer(format!("/Prev {at}")).file()
    });
    index
        .absent("pdf.content-arrays-and-shared-streams", "pdf", |m| {
            let mut page = Page::new(m).page("/Contents [4 0 R 6 0 R]");
            page = page.stream("", format!("q % {}\n", m.kill).as_bytes());
            page.file()
        })
        .also(&["pdf.dictionary-duplicate-keys"]);
}

fn drawing(index: &mut Index) {
    let form = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]";
    let _shape = form;
    index.absent("pdf.external-stream-f", "pdf", |m| {
        Page::new(m)
            .resources("/XObject << /X 6 0 R >>")
            .content("/X Do")
            .stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /F ({})", m.kill), b"")
            .file()
    });
    index.absent("pdf.reference-xobject", "pdf", |m| {
        Page::new(m)
            .resources("/XObject << /X 6 0 R >>")
            .content("/X Do")
            .stream(
                &format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Ref << /F ({}) /Page 0 >>", m.kill),
                b"0 0 9 9 re f",
            )
            .file()
    });
    index.absent("pdf.opi", "pdf", |m| {
        Page::new(m)
            .resources("/XObject << /X 6 0 R >>")
            .content("/X Do")
            .stream(
                &format!(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /OPI << /2.0 << /F ({}) >> >>",
                    m.kill
                ),
                b"0 0 9 9 re f",
            )
            .file()
    });
    index.absent("pdf.alternate-images", "pdf", |m| {
        Page::new(m)
            .resources("/XObject << /X 6 0 R >>")
            .content("/X Do")
            .stream(
                &format!(
                    "/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Alternates [<< /Image ({}) >>]",
                    m.kill
                ),
                b"x",
            )
            .file()
    });
    index.absent("pdf.outputintent-profile-url", "pdf", |m| {
        Page::new(m)
            .catalog(format!(
                "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (x) \
                 /DestOutputProfileRef << /URLs [({})] >> >>]",
                m.kill
            ))
            .file()
    });
    index.absent("pdf.postscript-xobject", "pdf", |m| {
        Page::new(m)
            .resources("/XObject << /X 6 0 R >>")
            .content("/X Do")
            .stream("/Type /XObject /Subtype /PS", m.kill.as_bytes())
            .file()
    });
    index.refused("pdf.shading-pattern-recursion", "pdf", |m| {
        Page::new(m)
            .resources("/XObject << /X 6 0 R >>")
            .content("/X Do")
            .stream(
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
                b"/X Do",
            )
            .file()
    });
    index.absent("pdf.content-stream-operators", "pdf", |m| {
        Page::new(m).content(format!("({}) evil", m.kill)).file()
    });
    index.absent("pdf.inline-images", "pdf", |m| {
        Page::new(m).content(format!("BI /W 4 /H 4 /BPC 8 /CS /G /F /JPXDecode ID {} EI", m.kill)).file()
    });
    index
        .absent("pdf.fonts-truetype", "pdf", |m| {
            Page::new(m)
                .resources("/X 1")
                .content("")
                .page("/Resources << /Font << /F1 5 0 R /F2 6 0 R >> >>")
                .object("<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 7 0 R >>")
                .object("<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 8 0 R >>")
                .stream("", m.kill.as_bytes())
                .content("BT /F2 9 Tf (x) Tj ET")
                .file()
        })
        .also(&["pdf.dictionary-duplicate-keys"]);
    index.absent("pdf.halftone-transfer-functions", "pdf", |m| {
        Page::new(m)
            .resources(format!(
                "/ExtGState << /G << /Type /ExtGState /HT << /HalftoneType 1 /X ({}) >> >> >>",
                m.kill
            ))
            .content("/G gs")
            .file()
    });
}

fn find_last(file: &[u8], what: &[u8]) -> usize {
    file.windows(what.len()).rposition(|window| window == what).unwrap_or(0)
}
