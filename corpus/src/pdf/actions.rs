//! Actions, and what sets them off.

use super::{FORM, Page, annotation, family, text};
use crate::sample::{Index, Marks};

/// A page with a link that does `action`.
fn link(marks: &Marks, action: &str) -> Page {
    annotation(marks, &format!("/Subtype /Link /A << /Type /Action {action} >>"))
}

fn script(marks: &Marks) -> String {
    format!("<< /S /JavaScript /JS {} >>", text(&format!("app.alert('{}')", marks.kill)))
}

pub(super) fn samples(index: &mut Index) {
    actions(index);
    triggers(index);
    names(index);
}

fn actions(index: &mut Index) {
    family(index, "pdf.action-javascript", &[], |m| {
        link(m, &format!("/S /JavaScript /JS {}", text(&format!("app.alert(\"{}\")", m.kill))))
    });
    index
        .absent("pdf.action-javascript", "pdf", |m| {
            let wide: String = m.kill.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
            link(m, &format!("/S /JavaScript /JS <feff{wide}>")).file()
        })
        .variant("utf16");
    index
        .absent("pdf.action-javascript", "pdf", |m| {
            let program = super::hexadecimal(&super::zlib(format!("app.alert('{}')", m.kill).as_bytes()));
            link(m, "/S /JavaScript /JS 7 0 R")
                .stream("/Filter [/ASCIIHexDecode /FlateDecode]", &program)
                .file()
        })
        .variant("stream");
    index
        .absent("pdf.action-javascript", "pdf", |m| {
            link(m, "/S /ECMAScript /JS 7 0 R").object(text(&m.kill)).file()
        })
        .variant("indirect");
    family(index, "pdf.action-launch", &[], |m| {
        link(m, &format!("/S /Launch /F (calc.exe) /Win << /F (cmd.exe) /P {} >>", text(&m.kill)))
    });
    for (variant, scheme) in [
        ("", "javascript:"),
        ("file", "file://x/"),
        ("data", "data:text/html,"),
        ("ms", "ms-word:ofe|u|"),
        ("search", "search-ms:query="),
        ("unc", r"\\host\"),
        ("libreoffice", "vnd.sun.star.expand:"),
        ("ftp", "ftp://x/"),
        ("tel", "tel:1;"),
        ("control", "java\tscript:"),
    ] {
        index
            .add(
                "pdf.action-uri",
                "pdf",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(move |m| {
                    link(m, &format!("/S /URI /IsMap true /URI {}", text(&format!("{scheme}{}", m.kill))))
                        .file()
                }),
            )
            .variant(variant);
    }
    index
        .absent("pdf.action-uri", "pdf", |m| {
            Page::new(m).catalog(format!("/URI << /Base {} >>", text(&m.url("")))).file()
        })
        .variant("base");
    family(index, "pdf.action-uri-auto", &["pdf.trigger-openaction"], |m| {
        Page::new(m).catalog(format!("/OpenAction << /S /URI /URI ({}) >>", m.url(&m.kill)))
    });
    family(index, "pdf.action-gotor", &[], |m| {
        link(m, &format!("/S /GoToR /NewWindow true /D [0 /Fit] /F {}", text(&m.unc(&m.kill))))
    });
    family(index, "pdf.action-gotoe", &[], |m| {
        link(m, &format!("/S /GoToE /D [0 /Fit] /T << /R /C /N ({}.pdf) >>", m.kill))
    });
    family(index, "pdf.action-gotodp-and-3dview", &[], |m| {
        link(m, &format!("/S /GoTo3DView /TA 6 0 R /V ({})", m.kill))
    });
    index
        .absent("pdf.action-gotodp-and-3dview", "pdf", |m| {
            link(m, "/S /GoToDp /Dp 7 0 R").object(format!("<< /Type /DPart /X ({}) >>", m.kill)).file()
        })
        .variant("part");
    family(index, "pdf.action-thread", &[], |m| {
        link(m, &format!("/S /Thread /F {} /D 0", text(&m.unc(&m.kill))))
    });
    index
        .absent("pdf.info-dictionary", "pdf", |m| {
            Page::new(m)
                .catalog("/Threads [6 0 R]")
                .page("/B [7 0 R]")
                .object(format!("<< /Type /Thread /F 7 0 R /I << /Title ({0}) /X ({0}) >> >>", m.kill))
                .object("<< /Type /Bead /T 6 0 R /N 7 0 R /V 7 0 R /P 3 0 R /R [0 0 9 9] >>")
                .file()
        })
        .variant("article");
    family(index, "pdf.action-submitform", &[], |m| {
        link(m, &format!("/S /SubmitForm /Flags 256 /F << /FS /URL /F ({}) >>", m.url(&m.kill)))
    });
    family(index, "pdf.action-importdata", &[], |m| {
        link(m, &format!("/S /ImportData /F (file:///tmp/{}.fdf)", m.kill))
    });
    for (variant, action) in [
        ("", "/S /Named /N /"),
        ("hide", "/S /Hide /H true /T /"),
        ("reset", "/S /ResetForm /Fields /"),
        ("transition", "/S /Trans /Trans /"),
        ("nop", "/S /NOP /X /"),
        ("state", "/S /SetState /T /"),
    ] {
        index
            .add(
                "pdf.action-resetform-hide-named",
                "pdf",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(move |m| link(m, &format!("{action}{}", m.kill)).file()),
            )
            .variant(variant);
    }
    index
        .stays("pdf.action-setocgstate", "pdf", |m| {
            Page::new(m)
                .catalog(
                    "/OpenAction << /S /SetOCGState /State [/ON 6 0 R] /PreserveRB false >> \
                     /OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
                )
                .resources("/Properties << /L 6 0 R >>")
                .content(format!("/OC /L BDC BT /F1 9 Tf 40 90 Td ({}) Tj ET EMC", m.kill))
                .object("<< /Type /OCG /Name (layer) >>")
                .file()
        })
        .also(&["pdf.trigger-openaction"]);
    family(index, "pdf.action-rendition", &[], |m| {
        link(m, &format!("/S /Rendition /OP 0 /JS {}", text(&format!("app.alert(1) /*{}*/", m.kill))))
    });
    family(index, "pdf.action-sound-movie-richmedia-execute", &[], |m| {
        link(m, &format!("/S /RichMediaExecute /TA 6 0 R /CMD << /C ({}) >>", m.kill))
    });
    index
        .absent("pdf.action-sound-movie-richmedia-execute", "pdf", |m| {
            link(m, "/S /Sound /Sound 7 0 R").stream("/Type /Sound /R 8000", m.kill.as_bytes()).file()
        })
        .variant("sound");
    index
        .absent("pdf.action-sound-movie-richmedia-execute", "pdf", |m| {
            link(m, &format!("/S /Movie /T ({}) /Operation /Play", m.kill)).file()
        })
        .variant("movie");
    family(index, "pdf.action-unknown", &[], |m| link(m, &format!("/S /{} /F (calc.exe)", m.kill)));
    index
        .absent("pdf.action-unknown", "pdf", |m| {
            link(m, &format!("/S /GoTo /D [3 0 R /Fit] /S /Foxit{}", m.kill)).file()
        })
        .variant("second-s")
        .also(&["pdf.dictionary-duplicate-keys"]);
    family(index, "pdf.action-next-chain", &["pdf.action-launch"], |m| {
        link(
            m,
            &format!(
                "/S /GoTo /D [3 0 R /Fit] /Next [<< /S /Named /N /NextPage /Next {} >> << /S /Launch /F ({}) >>]",
                script(m),
                m.kill
            ),
        )
    });
    index
        .absent("pdf.action-next-chain", "pdf", |m| {
            link(m, "/S /GoTo /D [3 0 R /Fit] /Next 7 0 R")
                .object(format!("<< /S /{} /Next 7 0 R >>", m.kill))
                .file()
        })
        .variant("loop");
}

fn triggers(index: &mut Index) {
    family(index, "pdf.trigger-openaction", &["pdf.action-javascript"], |m| {
        Page::new(m).catalog(format!("/OpenAction {}", script(m)))
    });
    family(index, "pdf.trigger-catalog-aa", &[], |m| {
        Page::new(m).catalog(format!("/AA << /WC {0} /WS {0} /DS {0} /WP {0} /DP {0} /DC {0} >>", script(m)))
    });
    family(index, "pdf.trigger-page-aa", &[], |m| {
        Page::new(m).page(format!("/AA << /O {0} /C {0} >>", script(m)))
    });
    index
        .absent("pdf.trigger-page-aa", "pdf", |m| {
            let file = Page::new(m).file();
            let at = super::find_last(&file, b"/Kids");
            // The table is wrong from here on, as it is where people edit files.
            [&file[..at], format!("/AA << /O {} >> ", script(m)).as_bytes(), &file[at..]].concat()
        })
        .variant("tree");
    family(index, "pdf.trigger-annotation-aa", &[], |m| {
        annotation(
            m,
            &format!(
                "/Subtype /Square /AA << /E {0} /X {0} /D {0} /U {0} /Fo {0} /Bl {0} /PO {0} /PC {0} /PV {0} /PI {0} >>",
                script(m)
            ),
        )
    });
    index
        .absent("pdf.trigger-annotation-aa", "pdf", |m| {
            annotation(m, &format!("/Subtype /Screen /AA << /PV {} >>", script(m))).file()
        })
        .variant("screen")
        .also(&["pdf.screen-movie-sound-annots"]);
    family(index, "pdf.trigger-field-aa", &[], |m| {
        Page::new(m)
            .catalog("/AcroForm << /Fields [6 0 R] >>")
            .object(format!("<< /FT /Tx /T (f) /V (v) /AA << /K {0} /F {0} /V {0} /C {0} >> >>", script(m)))
    });
    index
        .absent("pdf.trigger-field-aa", "pdf", |m| {
            Page::new(m)
                .catalog("/AcroForm << /Fields [6 0 R] /CO [7 0 R] >>")
                .page("/Annots [7 0 R]")
                .object(format!("<< /FT /Tx /T (f) /Kids [7 0 R] /AA << /C {} >> >>", script(m)))
                .object(
                    "<< /Type /Annot /Subtype /Widget /T (g) /Parent 6 0 R /Rect [9 9 99 29] /V (v) /AP << /N 8 0 R >> >>",
                )
                .stream(FORM, b"0 0 9 9 re f")
                .file()
        })
        .variant("parent");
    family(index, "pdf.trigger-outline", &["pdf.action-launch"], |m| {
        Page::new(m)
            .catalog("/Outlines 6 0 R")
            .object("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>")
            .object(format!("<< /Title (t) /Parent 6 0 R /A << /S /Launch /F ({}) >> /SE 7 0 R >>", m.kill))
    });
    family(index, "pdf.trigger-link-pa", &[], |m| {
        annotation(m, &format!("/Subtype /Link /PA << /S /URI /URI ({}) >>", m.url(&m.kill)))
    });
    family(index, "pdf.trigger-navnode", &[], |m| {
        Page::new(m).page(format!("/PresSteps << /Type /NavNode /NA {0} /PA {0} /Dur 1 >>", script(m)))
    });
    family(index, "pdf.trigger-richmedia-cuepoint", &["pdf.richmedia"], |m| {
        annotation(
            m,
            &format!(
                "/Subtype /RichMedia /RichMediaContent << /Configurations [<< /Instances [<< /Params << /CuePoints \
                 [<< /Time 1 /A << /S /Launch /F ({}) >> >>] >> >>] >>] >>",
                m.kill
            ),
        )
    });
    family(index, "pdf.trigger-dests-as-actions", &[], |m| {
        Page::new(m).catalog(format!("/Dests << /d << /S /GoToR /F ({}) /D [0 /Fit] >> >>", m.kill))
    });
    index
        .absent("pdf.trigger-dests-as-actions", "pdf", |m| {
            Page::new(m)
                .catalog(format!(
                    "/Names << /Dests << /Names [(a) << /S /GoToE /F ({}) /D [0 /Fit] >>] >> >>",
                    m.kill
                ))
                .file()
        })
        .variant("tree");
    family(index, "pdf.requirements-handlers", &[], |m| {
        Page::new(m).catalog(format!(
            "/Requirements [<< /S /EnableJavaScripts /RH [<< /S /JS /Script ({}) >>] >>] /Extensions << /X << /BaseVersion /1.7 /URL ({}) >> >>",
            m.kill, m.kill
        ))
    });
}

fn names(index: &mut Index) {
    family(index, "pdf.names-javascript", &["pdf.action-javascript"], |m| {
        Page::new(m)
            .catalog("/Names << /JavaScript << /Kids [6 0 R] >> >>")
            .object(format!("<< /Limits [(a) (b)] /Names [(a) {0} (b) {0}] >>", script(m)))
    });
    for (variant, tree) in [
        ("", "Renditions"),
        ("templates", "Templates"),
        ("pages", "Pages"),
        ("ids", "IDS"),
        ("urls", "URLS"),
        ("appearances", "AP"),
        ("unknown", "Unheard"),
    ] {
        index
            .add(
                "pdf.names-other-trees",
                "pdf",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(move |m| {
                    Page::new(m)
                        .catalog(format!("/Names << /{tree} << /Names [(a) 6 0 R] >> >>"))
                        .object(format!("<< /Type /Page /X ({}) >>", m.kill))
                        .file()
                }),
            )
            .variant(variant);
    }
    index
        .stays("pdf.js-staging-fields", "pdf", |m| {
            let staged = crate::office::media::base64(format!("eval('{}')", m.kill).repeat(4).as_bytes());
            Page::new(m)
                .catalog(format!("/AcroForm << /Fields [6 0 R] >> /OpenAction {}", "<< /S /JavaScript /JS (eval\\(f\\)) >>"))
                .page("/Annots [6 0 R]")
                .object(format!(
                    "<< /FT /Tx /Type /Annot /Subtype /Widget /T (f) /Rect [9 9 99 29] /V ({staged}) /AP << /N 7 0 R >> >>"
                ))
                .stream(FORM, b"0 0 9 9 re f")
                .file()
        });
}
