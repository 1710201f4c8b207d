//! How objects lie in the file, and what readers disagree about.

use super::{
    FORM, Layout, Page, ascii_85, family, find_last, hexadecimal, painting, stream, text, write, zlib,
};
use crate::{
    office::archive::deflate_repeated,
    sample::{Index, Marks},
};

pub(super) fn samples(index: &mut Index) {
    revisions(index);
    ambiguity(index);
    filters(index);
    around(index);
    trees(index);
    others(index);
}

/// `file` with `new` where `what` stands for the last time; offsets behind are wrong from there on.
fn spliced(mut file: Vec<u8>, what: &[u8], new: &[u8]) -> Vec<u8> {
    let at = find_last(&file, what);
    file.splice(at..at + what.len(), new.iter().copied());
    file
}

fn revisions(index: &mut Index) {
    index.absent("pdf.incremental-shadow", "pdf", |m| {
        let mut file = Page::new(m).object(text(&m.kill)).file();
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
    index
        .absent("pdf.incremental-shadow", "pdf", |m| {
            // The first revision shows the secret, the second one the text that counts.
            let mut first = Page::new(m);
            first.content = format!("BT /F1 9 Tf 40 90 Td ({}-SECRET) Tj ET", m.kill).into_bytes();
            let file = first.file();
            let before = find_last(&file, b"xref\n0 ");
            let content = stream("", format!("BT /F1 18 Tf 40 700 Td ({}) Tj ET", m.keep).as_bytes());
            let mut new = file.clone();
            let object = new.len();
            new.extend_from_slice(b"4 0 obj\n");
            new.extend_from_slice(&content);
            new.extend_from_slice(b"\nendobj\n");
            let start = new.len();
            new.extend_from_slice(
                format!(
                    "xref\n4 1\n{object:010} 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R /Prev {before} >>\nstartxref\n{start}\n%%EOF\n"
                )
                .as_bytes(),
            );
            new
        })
        .variant("page");
    index.absent("pdf.linearization-and-hints", "pdf", |m| {
        let mut bodies =
            b"%PDF-1.7\n9 0 obj\n<< /Linearized 1 /L 9 /H [15 99] /O 3 /E 9 /N 1 /T 9 /X (".to_vec();
        bodies.extend_from_slice(m.kill.as_bytes());
        bodies.extend_from_slice(b") >>\nendobj\n");
        let file = Page::new(m).file();
        bodies.extend_from_slice(file.get(15..find_last(&file, b"xref\n0 ")).unwrap_or_default());
        bodies.extend_from_slice(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n");
        bodies
    });
}

fn ambiguity(index: &mut Index) {
    index
        .either("pdf.duplicate-objects-and-xref-confusion", "pdf", |m| {
            let mut file = Page::new(m).file();
            let at = find_last(&file, b"startxref");
            file.truncate(at);
            file.extend_from_slice(format!("5 0 obj\n({})\nendobj\n", m.kill).as_bytes());
            file.extend_from_slice(
                b"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\nstartxref\n7\n%%EOF\n",
            );
            file
        })
        .keep = true;
    index
        .either("pdf.duplicate-objects-and-xref-confusion", "pdf", |m| {
            // The table leads to the second of two objects; who scans from the start finds the first.
            let file = Page::new(m).file();
            let planted = format!(
                "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS ({}) >> >>\nendobj\n",
                m.kill
            );
            let mut moved = planted.into_bytes();
            let shift = moved.len() - 9;
            moved.extend_from_slice(&file[9..find_last(&file, b"xref\n0 ")]);
            let table = String::from_utf8_lossy(&file[find_last(&file, b"xref\n0 ")..]).into_owned();
            let start = moved.len();
            for line in table.lines() {
                match line.split_once(" 00000 n") {
                    Some((offset, _)) => {
                        let offset = offset.parse::<usize>().unwrap_or(0) + shift;
                        moved.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
                    }
                    None if line.chars().all(|letter| letter.is_ascii_digit()) => {
                        moved.extend_from_slice(format!("{start}\n").as_bytes());
                    }
                    None => moved.extend_from_slice(format!("{line}\n").as_bytes()),
                }
            }
            moved
        })
        .variant("twice")
        .also(&["pdf.comments-and-whitespace-data"])
        .keep = true;
    index.absent("pdf.stream-length-confusion", "pdf", |m| {
        let file = Page::new(m).file();
        let at = find_last(&file, b"/Length ") + 8;
        let mut file = spliced(file, b"endstream", format!("endstream {}", m.kill).as_bytes());
        file[at..at + 2].copy_from_slice(b"11");
        file
    });
    index
        .absent("pdf.stream-length-confusion", "pdf", |m| {
            // Too long: the bytes behind the stream would be read as content.
            let file =
                spliced(Page::new(m).file(), b"endstream", format!("endstream\n%{}\n", m.kill).as_bytes());
            let at = find_last(&file, b"/Length ") + 8;
            let mut file = file;
            file[at..at + 2].copy_from_slice(b"99");
            file
        })
        .variant("long");
    index
        .absent("pdf.stream-length-confusion", "pdf", |m| {
            spliced(
                spliced(Page::new(m).file(), b"endstream", format!("endstream % {}", m.kill).as_bytes()),
                b"/Length ",
                b"/Lengthy ",
            )
        })
        .variant("missing")
        .also(&["pdf.pieceinfo-and-private-data"]);
    index
        .either("pdf.dictionary-duplicate-keys", "pdf", |m| {
            Page::new(m)
                .catalog(format!(
                    "/OpenAction << /S /JavaScript /JS ({}) >> /OpenAction [3 0 R /Fit]",
                    m.kill
                ))
                .file()
        })
        .keep = true;
    index
        .absent("pdf.dictionary-duplicate-keys", "pdf", |m| {
            Page::new(m)
                .catalog(format!(
                    "/OpenAction [3 0 R /Fit] /Open#41ction << /S /JavaScript /JS ({}) >>",
                    m.kill
                ))
                .file()
        })
        .variant("escaped")
        .also(&["pdf.action-javascript"]);
    index
        .absent("pdf.names-hex-escaped", "pdf", |m| {
            Page::new(m)
                .catalog(format!("/Open#41ction << /#53 /J#61v#61Script /#4a#53 ({}) >>", m.kill))
                .file()
        })
        .also(&["pdf.trigger-openaction", "pdf.action-javascript"]);
    for (variant, layout) in [("", Layout::ObjectStream), ("filters", Layout::FilteredObjectStream)] {
        index
            .add(
                "pdf.object-streams-hiding",
                "pdf",
                crate::Expect::Sanitized,
                crate::KillMarker::Absent,
                Box::new(move |m| {
                    Page::new(m)
                        .catalog(format!("/OpenAction << /S /JavaScript /JS ({}) >>", m.kill))
                        .layout(layout)
                        .file()
                }),
            )
            .variant(variant)
            .also(&["pdf.action-javascript"]);
    }
    index
        .absent("pdf.object-streams-hiding", "pdf", |m| {
            let page = Page::new(m).catalog(format!("/OpenAction << /S /JavaScript /JS ({}) >>", m.kill));
            // Extends itself; the offsets behind are wrong by that.
            spliced(
                page.layout(Layout::ObjectStream).file(),
                b"/Type /ObjStm",
                b"/Type /ObjStm /Extends 6 0 R",
            )
        })
        .variant("extends")
        .also(&["pdf.action-javascript", "pdf.duplicate-objects-and-xref-confusion"]);
    family(index, "pdf.string-encodings", &["pdf.action-javascript"], |m| {
        let octal: String = m.kill.bytes().map(|byte| format!("\\{byte:03o}")).collect();
        Page::new(m).catalog(format!("/OpenAction << /S /JavaScript /JS (a\\\n{octal}\\(\\)) >>"))
    });
    index
        .stays("pdf.string-encodings", "pdf", |m| {
            let wide: String = m.kill.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
            Page::new(m)
                .catalog("/Outlines 6 0 R")
                .object("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>")
                .object(format!(
                    "<< /Title <FEFF001B006A0061001B{wide}65E5672C> /Parent 6 0 R /Dest [3 0 R /Fit] >>"
                ))
                .file()
        })
        .variant("language");
}

fn filters(index: &mut Index) {
    index.refused("pdf.filter-chains-and-bombs", "pdf", |m| {
        painting(m, &format!("{FORM} /Filter [/AHx /AHx /AHx /AHx /AHx /AHx]"), m.kill.as_bytes()).file()
    });
    index
        .refused("pdf.filter-chains-and-bombs", "pdf", |m| {
            // 400 MiB in one layer, and that once more.
            let (inner, ..) = deflate_repeated(m.kill.as_bytes(), &[b' '; 1 << 20], 400, b"");
            let data = zlib(&[b"\x78\x9c".as_slice(), &inner].concat());
            painting(m, &format!("{FORM} /Filter [/FlateDecode /FlateDecode]"), &data).file()
        })
        .variant("bomb")
        .also(&["file.global-expansion-budget"]);
    index
        .either("pdf.filter-chains-and-bombs", "pdf", |m| {
            let data = zlib(m.kill.as_bytes());
            painting(
                m,
                &format!(
                    "{FORM} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2147483647 /Colors 2147483647 /BitsPerComponent 32 >>"
                ),
                &data,
            )
            .file()
        })
        .variant("predictor")
        .also(&["pdf.filter-crypt-and-unknown", "file.global-expansion-budget"]);
    index
        .absent("pdf.filter-chains-and-bombs", "pdf", |m| {
            let script = ascii_85(&hexadecimal(&zlib(m.kill.as_bytes())));
            Page::new(m)
                .catalog("/OpenAction << /S /JavaScript /JS 6 0 R >>")
                .stream("/Filter [/ASCII85Decode /ASCIIHexDecode /FlateDecode]", &script)
                .file()
        })
        .variant("script")
        .also(&["pdf.action-javascript"]);
    index.absent("pdf.filter-crypt-and-unknown", "pdf", |m| {
        painting(m, &format!("{FORM} /Filter /KILLDecode"), m.kill.as_bytes()).file()
    });
    index
        .absent("pdf.filter-crypt-and-unknown", "pdf", |m| {
            painting(m, &format!("{FORM} /Filter /DCTDecode"), m.kill.as_bytes()).file()
        })
        .variant("picture");
    index
        .absent("pdf.filter-crypt-and-unknown", "pdf", |m| {
            painting(
                m,
                &format!("{FORM} /Filter /Crypt /DecodeParms << /Type /CryptFilterDecodeParms /Name /Identity /X ({}) >>", m.kill),
                b"0 0 9 9 re f",
            )
            .file()
        })
        .variant("crypt")
        .also(&["pdf.pieceinfo-and-private-data"]);
}

fn around(index: &mut Index) {
    index.absent("pdf.header-and-trailer-junk", "pdf", |m| {
        [Page::new(m).file(), m.kill.clone().into_bytes()].concat()
    });
    index
        .absent("pdf.header-and-trailer-junk", "pdf", |m| {
            [format!("{}\n", m.kill).into_bytes(), Page::new(m).file()].concat()
        })
        .variant("before");
    index
        .absent("pdf.header-and-trailer-junk", "pdf", |m| {
            spliced(Page::new(m).file(), b"%PDF-1.7", format!("%PDF-1.{}", m.kill).as_bytes())
        })
        .variant("version")
        .also(&["pdf.duplicate-objects-and-xref-confusion", "pdf.comments-and-whitespace-data"]);
    index
        .absent("pdf.maldoc-in-pdf", "pdf", |m| {
            let body = crate::office::media::base64(format!("ActiveMime{}", m.kill).as_bytes());
            [
                Page::new(m).file(),
                format!(
                    "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\nContent-Location: file:///C:/editdata.mso\r\n\
                     Content-Transfer-Encoding: base64\r\n\r\n{body}"
                )
                .into_bytes(),
            ]
            .concat()
        });
    index
        .absent("pdf.maldoc-in-pdf", "pdf", |m| {
            let planted = format!(
                "%PDF-1.7\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\neditdata.mso {}\r\n",
                m.kill
            );
            spliced(Page::new(m).file(), b"%PDF-1.7\n", planted.as_bytes())
        })
        .variant("inside")
        .also(&["pdf.duplicate-objects-and-xref-confusion", "pdf.comments-and-whitespace-data"]);
    index.absent("pdf.comments-and-whitespace-data", "pdf", |m| {
        let file = Page::new(m).file();
        // Behind the last object, where no offset changes.
        let at = find_last(&file, b"xref\n0 ");
        let comment = format!("%{}\n", m.kill);
        let tail = String::from_utf8_lossy(&file[at..])
            .replace(&format!("startxref\n{at}\n"), &format!("startxref\n{}\n", at + comment.len()));
        [&file[..at], comment.as_bytes(), tail.as_bytes()].concat()
    });
    index
        .absent("pdf.comments-and-whitespace-data", "pdf", |m| {
            Page::new(m).catalog(format!("%{}\n", m.kill)).file()
        })
        .variant("inside");
    index.absent("pdf.orphan-objects", "pdf", |m| {
        Page::new(m).object(format!("<< /S /Launch /F ({}) >>", m.kill)).file()
    });
    index
        .absent("pdf.orphan-objects", "pdf", |m| {
            Page::new(m)
                .object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 7 0 R >>")
                .stream("", format!("BT /F1 9 Tf ({}) Tj ET", m.kill).as_bytes())
                .file()
        })
        .variant("page");
    index
        .absent("pdf.orphan-objects", "pdf", |m| {
            // Named by the resources, used by nothing.
            Page::new(m)
                .resources("/XObject << /X 6 0 R >>")
                .stream(FORM, format!("BT /F1 9 Tf ({}) Tj ET", m.kill).as_bytes())
                .file()
        })
        .variant("resource");
}

fn trees(index: &mut Index) {
    index.absent("pdf.page-tree-and-loops", "pdf", |m| {
        Page::new(m)
            .catalog(format!("/Outlines 6 0 R /X ({})", m.kill))
            .object("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>")
            .object("<< /Title (t) /Parent 6 0 R /Next 7 0 R >>")
            .file()
    });
    index
        .refused("pdf.page-tree-and-loops", "pdf", |m| {
            write(
                &[
                    b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
                    b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>".to_vec(),
                    text(&m.kill).into_bytes(),
                ],
                "",
            )
        })
        .variant("self")
        .also(&["file.truncated-input"]);
    index
        .absent("pdf.page-tree-and-loops", "pdf", |m| {
            let file = Page::new(m).trailer(format!("/X ({})", m.kill)).file();
            spliced(file, b"/Kids [3 0 R] /Count 1", b"/Kids [3 0 R 2 0 R 3 0 R] /Count -9")
        })
        .variant("count")
        .also(&["pdf.duplicate-objects-and-xref-confusion"]);
    index
        .absent("pdf.page-tree-and-loops", "pdf", |m| {
            Page::new(m)
                .catalog("/Names << /Dests 6 0 R >>")
                .object(format!("<< /Kids [6 0 R 6 0 R] /X ({}) >>", m.kill))
                .file()
        })
        .variant("name-tree");
    index.refused("pdf.deep-nesting-and-sizes", "pdf", |_| {
        Page::new(&Marks::new("pdf.deep-nesting-and-sizes"))
            .page("/CropBox [0 0 9999999999 9999999999]")
            .file()
    });
    index
        .either("pdf.deep-nesting-and-sizes", "pdf", |m| {
            let deep = [vec![b'['; 100_000], text(&m.kill).into_bytes(), vec![b']'; 100_000]].concat();
            Page::new(m).page("/X 6 0 R").object(deep).file()
        })
        .variant("arrays")
        .also(&["pdf.pieceinfo-and-private-data", "pdf.orphan-objects"]);
    index
        .either("pdf.deep-nesting-and-sizes", "pdf", |m| {
            Page::new(m)
                .page(format!(
                    "/UserUnit 1000000000 /Rotate 13 /X ({}) /StructParents 99999999999999999999",
                    m.kill
                ))
                .file()
        })
        .variant("numbers")
        .also(&["pdf.pieceinfo-and-private-data"]);
    index.refused("pdf.xref-loops-and-prev-chains", "pdf", |m| {
        let at = find_last(&Page::new(m).file(), b"xref\n0 ");
        Page::new(m).trailer(format!("/Prev {at} /X ({})", m.kill)).file()
    });
    index
        .either("pdf.xref-loops-and-prev-chains", "pdf", |m| {
            spliced(
                Page::new(m).trailer(format!("/X ({})", m.kill)).file(),
                b"startxref\n",
                b"startxref\n99999",
            )
        })
        .variant("outside")
        .also(&["pdf.duplicate-objects-and-xref-confusion", "pdf.info-dictionary"]);
    index
        .absent("pdf.content-arrays-and-shared-streams", "pdf", |m| {
            let half = m.keep.len() / 2;
            let (first, second) = m.keep.split_at(half);
            Page::new(m)
                .page("/Contents [6 0 R 7 0 R 8 0 R]")
                .stream("", format!("q q BT /F1 18 Tf 40 700 Td [({first}) 0").as_bytes())
                .stream("", format!(" ({second})] TJ % {}\n", m.kill).as_bytes())
                .stream("", b"ET Q")
                .file()
        })
        .without_keep()
        .also(&["pdf.dictionary-duplicate-keys"]);
}

fn others(index: &mut Index) {
    index
        .refused("pdf.external-fdf-xfdf", "fdf", |m| {
            format!(
                "%FDF-1.2\n1 0 obj\n<< /FDF << /F ({}) /JavaScript << /After ({}) /Doc [(x) (y)] >> >> >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
                m.url("t.pdf"),
                m.kill
            )
            .into_bytes()
        })
        .also(&["file.unsupported-format"]);
    index
        .refused("pdf.external-fdf-xfdf", "xfdf", |m| {
            format!(
                "<?xml version=\"1.0\"?><xfdf xmlns=\"http://ns.adobe.com/xfdf/\"><f href=\"{}\"/><fields><field name=\"{}\"/></fields></xfdf>",
                m.url("t.pdf"),
                m.kill
            )
            .into_bytes()
        })
        .variant("xml")
        .also(&["file.unsupported-format"]);
    index
        .refused("pdf.external-fdf-xfdf", "xdp", |m| {
            format!(
                "<?xml version=\"1.0\"?><xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\">{}</xdp:xdp>",
                m.kill
            )
            .into_bytes()
        })
        .variant("xdp")
        .also(&["file.unsupported-format"]);
    for (variant, extension) in [("", "ps"), ("eps", "eps"), ("illustrator", "ai")] {
        index
            .add(
                "pdf.postscript-and-eps-files",
                extension,
                crate::Expect::Rejected,
                crate::KillMarker::NoOutput,
                Box::new(|m| format!("%!PS-Adobe-3.0 EPSF-3.0\n({}) print\nshowpage\n", m.kill).into_bytes()),
            )
            .variant(variant)
            .without_keep()
            .also(&["file.unsupported-format"]);
    }
    index
        .refused("pdf.postscript-and-eps-files", "eps", |m| {
            let program = format!("%!PS-Adobe-3.0 EPSF-3.0\n({}) print\n", m.kill);
            let mut file = vec![0xc5, 0xd0, 0xd3, 0xc6, 30, 0, 0, 0];
            file.extend((program.len() as u32).to_le_bytes());
            file.extend([0; 16]);
            file.extend([0xff, 0xff]);
            file.extend(program.bytes());
            file
        })
        .variant("dos")
        .also(&["file.unsupported-format"]);
}
