//! PDF through the public API: every planted sample, and what each must leave.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods
)]

use std::io::{Read, Write as _};

use sanitize_core::{Action, Input, Outcome, Policy, Preset, Sanitizer};
use sanitize_corpus::{
    Expect, Index, KillMarker, Marks, Sample,
    pdf::{self, Page},
};

fn sanitize(file: &[u8], preset: Preset) -> Outcome {
    let sanitizer = Sanitizer::builder().policy(Policy::preset(preset)).build().unwrap();
    sanitizer.sanitize(Input::new(file).named("sample.pdf"))
}

fn delivered(file: &[u8]) -> (Vec<u8>, Vec<&'static str>) {
    match sanitize(file, Preset::Default) {
        Outcome::Delivered { bytes, report } => {
            (bytes.into_bytes(), report.findings().iter().map(|finding| finding.threat.id).collect())
        }
        Outcome::Rejected { report } => panic!("rejected: {}", report.to_json()),
    }
}

/// The file with every stream inflated behind it.
fn opened(file: &[u8]) -> Vec<u8> {
    let mut all = file.to_vec();
    let marker = b"\nstream\n";
    for at in (0..file.len()).filter(|at| file[*at..].starts_with(marker)) {
        let mut plain = Vec::new();
        let _cut = flate2::read::ZlibDecoder::new(&file[at + marker.len()..]).read_to_end(&mut plain);
        all.extend_from_slice(b"\n");
        all.extend_from_slice(&plain);
    }
    all
}

fn holds(file: &[u8], text: &str) -> bool {
    opened(file).windows(text.len()).any(|window| window == text.as_bytes())
}

fn samples() -> Vec<Sample> {
    let mut index = Index::default();
    pdf::samples(&mut index);
    index.into_samples()
}

#[test]
fn every_planted_sample_loses_what_was_planted_and_keeps_the_rest() {
    let mut wrong = Vec::new();
    for sample in samples() {
        let marks = sample.marks();
        let name = sample.name();
        match (sanitize(&sample.bytes(), Preset::Default), sample.expect) {
            (Outcome::Rejected { report }, Expect::Rejected | Expect::Either) => {
                let named = |id: &&str| report.findings().iter().any(|finding| finding.threat.id == *id);
                if !named(&sample.id) && !sample.also.iter().any(named) {
                    wrong.push(format!("{name}: rejected for another reason: {}", report.to_json()));
                }
            }
            (Outcome::Rejected { report }, _) => wrong.push(format!("{name}: rejected {}", report.to_json())),
            (Outcome::Delivered { .. }, Expect::Rejected) => wrong.push(format!("{name}: delivered")),
            (Outcome::Delivered { bytes, report }, expect) => {
                let named = |id: &&str| report.findings().iter().any(|finding| finding.threat.id == *id);
                if expect != Expect::Benign && !named(&sample.id) && !sample.also.iter().any(named) {
                    wrong.push(format!("{name}: not reported: {}", report.to_json()));
                }
                if expect == Expect::Benign && !report.findings().is_empty() {
                    wrong.push(format!("{name}: reported: {}", report.to_json()));
                }
                if sample.kill_marker == KillMarker::Absent && holds(&bytes, &marks.kill) {
                    wrong.push(format!("{name}: the planted thing is still there"));
                }
                if sample.keep && !holds(&bytes, &marks.keep) {
                    wrong.push(format!("{name}: the text is gone"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cleaning_the_output_again_gives_the_same_bytes_and_nothing_to_report() {
    for sample in samples() {
        let Outcome::Delivered { bytes, .. } = sanitize(&sample.bytes(), Preset::Default) else { continue };
        let Outcome::Delivered { bytes: again, report } = sanitize(&bytes, Preset::Default) else {
            panic!("{}: rejected", sample.name())
        };
        assert!(*again == *bytes, "{}: other bytes", sample.name());
        let changed = |finding: &&sanitize_core::Finding| finding.action != Action::Keep;
        assert_eq!(report.findings().iter().find(changed), None, "{}", sample.name());
    }
}

#[test]
fn a_web_link_stays_under_the_default_policy_and_goes_under_the_strict_one() {
    let marks = Marks::new("pdf.action-uri");
    let file = Page::new(&marks)
        .page("/Annots [6 0 R]")
        .object("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://user@example.com/a) >> >>")
        .file();
    assert!(holds(&delivered(&file).0, "(https://example.com/a)"));
    let Outcome::Delivered { bytes, .. } = sanitize(&file, Preset::Strict) else { panic!("rejected") };
    assert!(!holds(&bytes, "example.com"));
}

#[test]
fn places_bookmarks_labels_and_layers_stay() {
    let marks = Marks::new("pdf.trigger-outline");
    let file = Page::new(&marks)
        .catalog(
            "/Outlines 6 0 R /PageLabels << /Nums [0 << /S /r /P (A-) >>] >> /PageLayout /TwoColumnRight \
             /ViewerPreferences << /Direction /R2L >> /Lang (ja) /Names << /Dests << /Names [(d) [3 0 R /XYZ 1 2 null]] >> >> \
             /OCProperties << /OCGs [8 0 R] /D << /OFF [8 0 R] /AS [<< /Event /View /OCGs [8 0 R] >>] >> >>",
        )
        .resources("/Properties << /L 8 0 R >>")
        .content("/OC /L BDC 0 0 9 9 re f EMC")
        .object("<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>")
        .object("<< /Title (\\376\\377\\145\\345\\147\\054) /Parent 6 0 R /Dest [3 0 R /Fit] >>")
        .object("<< /Type /OCG /Name (layer) >>")
        .file();
    let (bytes, findings) = delivered(&file);
    for text in [
        "/P (A-)",
        "/PageLayout /TwoColumnRight",
        "/Direction /R2L",
        "/Lang (ja)",
        "/XYZ 1 2 null",
        "/Fit",
        "(layer)",
        "/OFF [",
    ] {
        assert!(holds(&bytes, text), "{text}");
    }
    assert!(opened(&bytes).windows(6).any(|window| window == b"\xfe\xff\x65\xe5\x67\x2c"));
    // The layer that is off is named, and what would switch it is left out.
    assert_eq!(findings, ["pdf.optional-content-layers"; 2]);
}

#[test]
fn fields_stay_with_value_and_appearance_and_without_action() {
    let marks = Marks::new("pdf.acroform-fields");
    let file = Page::new(&marks)
        .catalog("/AcroForm << /Fields [6 0 R] /DA (/F1 9 Tf) /DR << /Font << /F1 5 0 R >> >> >>")
        .page("/Annots [7 0 R]")
        .object("<< /FT /Tx /T (name) /V (value) /Kids [7 0 R] >>")
        .object(
            "<< /Type /Annot /Subtype /Widget /Parent 6 0 R /Rect [0 0 99 20] /AP << /N 8 0 R >> \
             /A << /S /SubmitForm /F (x) >> >>",
        )
        .stream("/Type /XObject /Subtype /Form /BBox [0 0 99 20]", b"0 0 9 9 re f")
        .file();
    let (bytes, findings) = delivered(&file);
    for text in ["/V (value)", "/T (name)", "/Subtype /Widget", "0 0 9 9 re"] {
        assert!(holds(&bytes, text), "{text}");
    }
    assert!(!holds(&bytes, "SubmitForm"));
    assert!(findings.contains(&"pdf.action-submitform"));
}

#[test]
fn a_page_that_cannot_be_rebuilt_says_so_or_rejects_by_policy() {
    let marks = Marks::new("pdf.filter-crypt-and-unknown");
    let file = Page::new(&marks).page("/Contents 6 0 R").stream("/Filter /Mystery", b"x").file();
    let (bytes, findings) = delivered(&file);
    assert!(holds(&bytes, "could not be rebuilt"));
    assert!(findings.contains(&"pdf.filter-crypt-and-unknown"));
    assert!(matches!(sanitize(&file, Preset::Strict), Outcome::Rejected { .. }));
}

#[test]
fn a_file_without_cross_reference_is_read_by_its_objects() {
    let marks = Marks::new("benign.pdf");
    let file = Page::new(&marks).file();
    let at = file.windows(7).rposition(|window| window == b"xref\n0 ").unwrap();
    assert!(holds(&delivered(&file[..at]).0, &marks.keep));
}

#[test]
fn what_has_no_page_is_rejected() {
    let file = pdf::write(
        &[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), b"<< /Type /Pages /Kids [2 0 R] >>".to_vec()],
        "",
    );
    assert!(matches!(sanitize(&file, Preset::Default), Outcome::Rejected { .. }));
}

/// A page with a layer that is off, one that is on, hidden text and what is cut off.
fn hiding() -> Page {
    Page::new(&Marks::new("benign.pdf"))
        .catalog("/OCProperties << /OCGs [6 0 R 7 0 R] /D << /OFF [6 0 R] >> >>")
        .page("/CropBox [0 0 595 800]")
        .resources("/Properties << /Off 6 0 R /On 7 0 R >>")
        .content(
            "/OC /Off BDC BT /F1 9 Tf 40 90 Td (layer off) Tj ET EMC\n\
             /OC /On BDC BT /F1 9 Tf 40 120 Td (layer on) Tj ET EMC\n\
             BT 3 Tr /F1 9 Tf 40 150 Td (without colour) Tj ET\n\
             BT 0 Tr /F1 9 Tf 40 830 Td (cut off) Tj ET\n",
        )
        .object("<< /Type /OCG /Name (off) >>")
        .object("<< /Type /OCG /Name (on) >>")
}

#[test]
fn what_is_hidden_stays_and_is_named_under_the_default_policy() {
    let (bytes, findings) = delivered(&hiding().file());
    for text in ["layer off", "layer on", "without colour", "cut off", "/CropBox"] {
        assert!(holds(&bytes, text), "{text}");
    }
    assert_eq!(findings, ["pdf.optional-content-layers", "pdf.hidden-text-and-cover-objects"]);
}

#[test]
fn text_in_white_is_found_behind_a_mebibyte_of_paths() {
    let paths = "0 0 m\n9 9 l\nS\n".repeat(100_000);
    for (colour, expected) in [("1 g", &["pdf.hidden-text-and-cover-objects"][..]), ("0 g", &[])] {
        let content = format!("{paths}{colour} BT /F1 12 Tf 50 50 Td (in white) Tj ET\n");
        let page = Page::new(&Marks::new("benign.pdf")).content(content);
        assert_eq!(delivered(&page.file()).1, expected);
    }
}

#[test]
fn what_is_hidden_goes_under_the_strict_policy_and_what_is_seen_stays() {
    let Outcome::Delivered { bytes, .. } = sanitize(&hiding().file(), Preset::Strict) else {
        panic!("rejected")
    };
    for text in ["layer off", "without colour", "cut off", "/CropBox", "/OCProperties", "/OCG", "/OC "] {
        assert!(!holds(&bytes, text), "{text}");
    }
    for text in ["layer on", "CDRKEEP-benign.pdf", "/MediaBox [0 0 595 800]"] {
        assert!(holds(&bytes, text), "{text}");
    }
    let Outcome::Delivered { bytes: again, report } = sanitize(&bytes, Preset::Strict) else { panic!() };
    assert!(*again == *bytes && report.findings().is_empty(), "{}", report.to_json());
}

#[test]
fn remarks_go_under_the_strict_policy_and_drawings_stay_without_words() {
    let file = Page::new(&Marks::new("benign.pdf"))
        .page("/Annots [6 0 R 7 0 R]")
        .object("<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (somebody) /Contents (a remark) >>")
        .object(
            "<< /Type /Annot /Subtype /FreeText /Rect [0 0 99 9] /DA (/F1 9 Tf) /T (somebody) /Contents (drawn) /AP << /N 8 0 R >> >>",
        )
        .stream("/Type /XObject /Subtype /Form /BBox [0 0 99 9]", b"0 0 9 9 re f")
        .file();
    let (kept, findings) = delivered(&file);
    assert!(holds(&kept, "a remark") && holds(&kept, "somebody"));
    assert_eq!(findings, ["pdf.annot-types-allowlist"; 2]);
    let Outcome::Delivered { bytes, .. } = sanitize(&file, Preset::Strict) else { panic!("rejected") };
    assert!(!holds(&bytes, "a remark") && !holds(&bytes, "somebody") && !holds(&bytes, "/Text"));
    assert!(holds(&bytes, "/FreeText") && holds(&bytes, "0 0 9 9 re"));
}

#[test]
fn a_value_without_a_look_is_drawn_and_nobody_is_asked_to_draw_it() {
    let file = |entries: &str| {
        Page::new(&Marks::new("benign.pdf"))
            .catalog("/AcroForm << /Fields [6 0 R] /NeedAppearances true /DA (/F1 0 Tf 0 g) /DR << /Font << /F1 5 0 R >> >> >>")
            .page("/Annots [6 0 R]")
            .object(format!(
                "<< /Type /Annot /Subtype /Widget /FT /Tx /T (f) /Rect [40 40 240 60] {entries} >>"
            ))
            .file()
    };
    let (bytes, findings) = delivered(&file("/V (in letters)"));
    assert!(holds(&bytes, "(in letters) Tj") && !holds(&bytes, "NeedAppearances"));
    assert!(findings.contains(&"pdf.acroform-fields"));
    let (bytes, _) = delivered(&file("/V <feff65e5672c>"));
    assert!(holds(&bytes, "UniJIS-UTF16-H"));
    assert!(opened(&bytes).windows(6).any(|window| window == b"(\x65\xe5\x67\x2c)"));
}

#[test]
fn metadata_says_what_the_information_says_and_nothing_else() {
    let packet = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
        <rdf:Description xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\
        <dc:title><rdf:Alt><rdf:li>in the packet</rdf:li></rdf:Alt></dc:title><xmp:CreatorTool>a tool</xmp:CreatorTool>\
        </rdf:Description></rdf:RDF></x:xmpmeta>";
    let file = |info: &str| {
        Page::new(&Marks::new("benign.pdf"))
            .catalog("/Metadata 6 0 R /Lang (ja)")
            .trailer("/Info 7 0 R")
            .stream("/Type /Metadata /Subtype /XML", packet.as_bytes())
            .object(info)
            .file()
    };
    let (bytes, _) = delivered(&file("<< /Title (the title) /Author (somebody) >>"));
    assert!(holds(&bytes, "x-default\">the title<") && holds(&bytes, "<dc:language>"));
    assert!(!holds(&bytes, "in the packet") && !holds(&bytes, "a tool") && !holds(&bytes, "somebody"));
    let (bytes, _) = delivered(&file("<< >>"));
    assert!(holds(&bytes, "x-default\">in the packet<") && holds(&bytes, "/Title (in the packet)"));
    let Outcome::Delivered { bytes, .. } = sanitize(&file("<< /Title (t) >>"), Preset::Strict) else {
        panic!()
    };
    assert!(!holds(&bytes, "in the packet") && !holds(&bytes, "/Title"));
}

#[test]
fn elements_are_found_by_their_ids_and_articles_read_on() {
    let file = Page::new(&Marks::new("benign.pdf"))
        .catalog(
            "/MarkInfo << /Marked true >> /Threads [8 0 R] /StructTreeRoot << /Type /StructTreeRoot /K 6 0 R \
             /IDTree << /Kids [7 0 R] >> /ParentTreeNextKey 1 >>",
        )
        .page("/B [9 0 R]")
        .object("<< /Type /StructElem /S /P /ID (here) >>")
        .object("<< /Limits [(here) (here)] /Names [(here) 6 0 R] >>")
        .object("<< /F 9 0 R >>")
        .object("<< /Type /Bead /T 8 0 R /N 9 0 R /V 9 0 R /P 3 0 R /R [0 0 9 9] >>")
        .file();
    let (bytes, findings) = delivered(&file);
    assert!(holds(&bytes, "/IDTree"));
    assert!(holds(&bytes, "/Type /Bead") && holds(&bytes, "/Type /Thread"));
    assert_eq!(findings, Vec::<&str>::new());
}

#[test]
fn attributes_and_classes_of_an_element_stay_with_revisions_and_without() {
    let file = Page::new(&Marks::new("benign.pdf"))
        .catalog("/MarkInfo << /Marked true >> /StructTreeRoot << /Type /StructTreeRoot /K 6 0 R >>")
        .object(
            "<< /Type /StructElem /S /TH /C [/one /two 3 /four] \
             /A [<< /O /Table /Scope /Column >> << /O /Layout /TextAlign /End >> 2 << /O /List >>] >>",
        )
        .file();
    let (bytes, findings) = delivered(&file);
    assert!(holds(&bytes, "/C [/one/two 3/four]") || holds(&bytes, "/C [/one /two 3 /four]"));
    assert!(["/Scope /Column", "/TextAlign /End", "/O /List"].iter().all(|text| holds(&bytes, text)));
    assert_eq!(findings, Vec::<&str>::new());
}

#[test]
fn a_document_whose_attachments_alone_are_encrypted_opens_for_everyone() {
    let entry = "00".repeat(48);
    let file = Page::new(&Marks::new("pdf.encrypted"))
        .trailer(format!(
            "/Encrypt << /Filter /Standard /V 5 /R 6 /P -4 /O <{entry}> /U <{entry}> /OE <{0}> /UE <{0}> /Perms <00> \
             /CF << /StdCF << /CFM /AESV3 /AuthEvent /EFOpen >> >> /StmF /Identity /StrF /Identity /EFF /StdCF >>",
            "00".repeat(32)
        ))
        .file();
    let (bytes, findings) = delivered(&file);
    assert!(holds(&bytes, "CDRKEEP-pdf.encrypted"));
    assert_eq!(findings, ["pdf.encrypted"]);
}

#[test]
fn a_page_that_is_a_stream_is_read_by_its_dictionary() {
    let marks = Marks::new("benign.pdf");
    let file = pdf::write(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            pdf::stream(
                "/Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>",
                b"",
            ),
            pdf::stream("", format!("BT /F1 9 Tf ({}) Tj ET", marks.keep).as_bytes()),
            pdf::stream("/Type /Font /Subtype /Type1 /BaseFont /Helvetica", b""),
        ],
        "",
    );
    let (bytes, _) = delivered(&file);
    assert!(holds(&bytes, &marks.keep) && holds(&bytes, "/BaseFont /Helvetica"));
}

#[test]
fn a_font_that_viewers_may_read_and_nobody_can_write_rejects_the_document() {
    let file = |program: &[u8]| {
        Page::new(&Marks::new("pdf.fonts-truetype"))
            .fonts("/F2 6 0 R")
            .content("BT /F2 9 Tf (x) Tj ET")
            .object("<< /Type /Font /Subtype /TrueType /BaseFont /A /FontDescriptor 7 0 R >>")
            .object("<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 8 0 R >>")
            .stream("", program)
            .file()
    };
    let (_, findings) = delivered(&file(b"no font at all"));
    assert_eq!(findings, ["pdf.fonts-truetype"]);
    let outcome = sanitize(&file(b"\0\x01\0\0\0\x01 a directory and nothing in it"), Preset::Default);
    assert!(matches!(outcome, Outcome::Rejected { .. }));
}

#[test]
fn a_fax_whose_rows_are_longer_than_it_is_wide_pays_for_them() {
    let picture = |columns: u32| {
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width 1 /Height 33333331 /ImageMask true /Filter /CCITTFaxDecode \
             /DecodeParms << /K -1 /Columns {columns} >>"
        );
        Page::new(&Marks::new("benign.pdf"))
            .resources("/XObject << /I 6 0 R >>")
            .content("/I Do")
            .stream(&entries, b"\0")
            .file()
    };
    for columns in [1_728, 65_535] {
        let Outcome::Rejected { report } = sanitize(&picture(columns), Preset::Default) else {
            panic!("{columns} columns are delivered")
        };
        assert!(report.to_json().contains("limit reached: pixels"), "{}", report.to_json());
    }
}

#[test]
fn a_fax_stays_one_and_is_clean_once_it_is_ours() {
    for parameters in ["/K 0 /Columns 64 /Rows 64", "/K -1 /Columns 64 /Rows 64 /BlackIs1 true"] {
        let entries = format!(
            "/Type /XObject /Subtype /Image /Width 64 /Height 64 /ImageMask true /Filter /CCITTFaxDecode \
             /DecodeParms << {parameters} >>"
        );
        let file = Page::new(&Marks::new("benign.pdf"))
            .resources("/XObject << /I 6 0 R >>")
            .content("/I Do")
            .stream(&entries, b"\0")
            .file();
        let (bytes, findings) = delivered(&file);
        assert!(findings.contains(&"pdf.dct-and-ccitt"));
        let black = if parameters.contains("BlackIs1") { "/BlackIs1 true" } else { "" };
        let written = format!("/Filter /CCITTFaxDecode/DecodeParms <</K -1/Columns 64/Rows 64{black}>>");
        assert!(bytes.windows(written.len()).any(|window| window == written.as_bytes()), "{written}");
        let (again, findings) = delivered(&bytes);
        assert_eq!((again == bytes, findings), (true, vec![]));
    }
}

/// A page with a picture of 200 × 200 pixels in RGB, whose stream is `packed`.
fn with_picture(parameters: &str, packed: &[u8]) -> Vec<u8> {
    let entries = format!(
        "/Type /XObject /Subtype /Image /Width 200 /Height 200 /ColorSpace /DeviceRGB /BitsPerComponent 8 \
         /Filter /FlateDecode {parameters}"
    );
    Page::new(&Marks::new("benign.pdf"))
        .resources("/XObject << /I 6 0 R >>")
        .content("/I Do")
        .stream(&entries, packed)
        .file()
}

fn deflated(plain: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::new(level));
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

/// A slope with a little noise: its samples, and its rows through the filter `Sub`.
fn slope() -> (Vec<u8>, Vec<u8>) {
    let noise = |at: usize| ((at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 62) as u8;
    let samples: Vec<u8> = (0..120_000).map(|at| (at / 3 % 200 + at / 600) as u8 / 2 + noise(at)).collect();
    let mut rows = Vec::new();
    for row in samples.chunks(600) {
        rows.push(1);
        rows.extend((0..600).map(|at| row[at].wrapping_sub(if at < 3 { 0 } else { row[at - 3] })));
    }
    (samples, rows)
}

const PREDICTED: &str = "/DecodeParms << /Predictor 12 /Colors 3 /Columns 200 >>";

#[test]
fn deflated_pictures_keep_their_symbols_and_filters_and_nothing_of_their_bits() {
    let (samples, rows) = slope();
    for (parameters, plain) in [("", &samples), (PREDICTED, &rows)] {
        let packed = deflated(plain, 9);
        for behind in ["", "\n", "\r\n"] {
            let (bytes, findings) =
                delivered(&with_picture(parameters, &[&packed, behind.as_bytes()].concat()));
            assert_eq!(findings, [] as [&str; 0]);
            assert!(opened(&bytes).windows(plain.len()).any(|window| window == plain), "{parameters}");
            let is_predicted = bytes.windows(13).any(|window| window == b"/Predictor 15");
            assert_eq!(is_predicted, parameters == PREDICTED);
            assert!(!bytes.windows(256).any(|window| window == &packed[..256]));
            let (again, findings) = delivered(&bytes);
            assert_eq!((again == bytes, findings), (true, vec![]));
        }
    }
}

#[test]
fn deflated_pictures_that_are_not_as_they_should_be_are_packed_anew() {
    let (samples, rows) = slope();
    let stored = with_picture("", &deflated(&samples, 0));
    let behind = with_picture(PREDICTED, &[deflated(&rows, 9).as_slice(), b"KILL-MARKER"].concat());
    let narrower = PREDICTED.replace("200", "100");
    let of_others = with_picture(&narrower, &deflated(&rows, 9));
    for file in [stored, behind, of_others] {
        let (bytes, _) = delivered(&file);
        assert!(!holds(&bytes, "KILL-MARKER") && !opened(&bytes).windows(rows.len()).any(|all| all == rows));
        assert!(bytes.len() < 90_000, "{}", bytes.len());
        let (again, findings) = delivered(&bytes);
        assert_eq!((again == bytes, findings), (true, vec![]));
    }
    // Where small outputs are asked for, copies are looked for anew.
    let policy = Policy::from_toml("[switches]\ncompression = \"small\"").unwrap();
    let sanitizer = Sanitizer::builder().policy(policy).build().unwrap();
    let of_level = |level| with_picture(PREDICTED, &deflated(&rows, level));
    let small = |level| sanitizer.sanitize(Input::new(&of_level(level))).bytes().map(<[u8]>::len);
    assert!(small(1).is_some() && small(1) == small(9));
}

#[test]
fn an_update_may_name_the_cross_reference_stream_of_what_it_updates() {
    let mut file = b"%PDF-1.5\n".to_vec();
    let content = "BT /F1 20 Tf 20 100 Td (Hello) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        "<</Type/XRef/Size 7/W[1 2 1]/Index[0 1]/Length 4>>stream\n\0\0\0\0\nendstream".to_owned(),
    ];
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let (first, hybrid) = (file.len(), places[5]);
    file.extend(b"xref\n0 7\n0000000000 65535 f \n");
    places.iter().for_each(|place| file.extend(format!("{place:010} 00000 n \n").bytes()));
    file.extend(format!("trailer\n<</Size 7/Root 1 0 R/XRefStm {hybrid}>>\n").bytes());
    let font = file.len();
    file.extend(b"5 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>\nendobj\n");
    let second = file.len();
    file.extend(format!("xref\n5 1\n{font:010} 00000 n \ntrailer\n").bytes());
    file.extend(format!("<</Size 7/Root 1 0 R/XRefStm {hybrid}/Prev {first}>>\n").bytes());
    file.extend(format!("startxref\n{second}\n%%EOF\n").bytes());
    let (output, _) = delivered(&file);
    assert!(holds(&output, "Times-Roman") && !holds(&output, "Helvetica"));
}
