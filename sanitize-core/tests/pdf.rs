//! PDF through the public API: every planted sample, and what each must leave.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods
)]

use std::io::Read;

use sanitize_core::{Input, Outcome, Policy, Preset, Sanitizer};
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
            (Outcome::Rejected { report }, Expect::Rejected) => {
                if !report.findings().iter().any(|finding| finding.threat.id == sample.id) {
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
        let (again, findings) = delivered(&bytes);
        assert!(again == *bytes, "{}: other bytes", sample.name());
        assert_eq!(findings, Vec::<&str>::new(), "{}", sample.name());
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
    assert_eq!(findings, ["pdf.optional-content-layers"]);
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
