//! Encrypted Office documents through the public API.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::print_stderr)]

use std::path::Path;

use sanitize_core::{Action, Input, Limits, Outcome, Policy, Report, Sanitizer, Verdict};
use sanitize_corpus::{
    compound::Compound,
    encryption, tryout,
    zip::{Archive, Member},
};

const EXCEL: &str = "VelvetSweatshop";
const POWERPOINT: &str = "/01Hannes Ruescher/01";

fn sample(path: &str) -> Vec<u8> {
    tryout::files().into_iter().find(|file| file.path == path).unwrap().bytes
}

fn workbook() -> Vec<u8> {
    sample("予算/令和八年度.xlsx")
}

fn clean_by(sanitizer: &Sanitizer, bytes: &[u8], name: &str, passwords: &[&[u8]]) -> Outcome {
    let passwords: Vec<Vec<u8>> = passwords.iter().map(|password| password.to_vec()).collect();
    sanitizer.sanitize(Input::new(bytes).named(name).passwords(&passwords))
}

fn clean(bytes: &[u8], name: &str, passwords: &[&[u8]]) -> Outcome {
    clean_by(&Sanitizer::builder().build().unwrap(), bytes, name, passwords)
}

/// The stable word for why there is no output; empty when there is one.
fn reason(outcome: &Outcome) -> &'static str {
    match outcome.report().verdict() {
        Verdict::Rejected(rejection) => rejection.reason,
        _ => "",
    }
}

fn has(report: &Report, id: &str, action: Action) -> bool {
    report.findings().iter().any(|finding| finding.threat.id == id && finding.action == action)
}

#[test]
fn what_office_opens_without_asking_is_rebuilt_without_encryption() {
    let slides = sample("説明/スライド.pptx");
    let files = [
        ("plan.xlsx", workbook(), encryption::encrypted(&workbook(), EXCEL)),
        ("plan.xlsx", workbook(), encryption::agile(&workbook(), EXCEL, 100)),
        ("plan.pptx", slides.clone(), encryption::agile(&slides, POWERPOINT, 100)),
    ];
    for (name, plain, encrypted) in files {
        let outcome = clean(&encrypted, name, &[]);
        let report = outcome.report();
        assert!(outcome.bytes().is_some() && outcome.bytes() == clean(&plain, name, &[]).bytes());
        assert!(has(report, "opc.encrypted-default-password", Action::Replace));
        assert_eq!(report.verdict(), Verdict::Sanitized);
        assert_eq!(report.input().format, Some("encrypted-office"));
        assert_eq!(report.output().unwrap().name, name);
        let again = clean(outcome.bytes().unwrap(), name, &[]);
        assert_eq!((again.report().verdict(), again.bytes()), (Verdict::Clean, outcome.bytes()));
    }
}

#[test]
fn a_given_password_opens_whatever_its_encoding() {
    let expected = clean(&workbook(), "plan.xlsx", &[]);
    let encrypted = encryption::agile(&workbook(), "計画２０２６", 100);
    let cp932 = b"\x8cv\x89\xe6\x82Q\x82O\x82Q\x82U";
    for passwords in [&[&b"wrong"[..], "計画２０２６".as_bytes()][..], &[cp932]] {
        let outcome = clean(&encrypted, "plan.xlsx", passwords);
        assert!(outcome.bytes().is_some() && outcome.bytes() == expected.bytes());
        assert!(has(outcome.report(), "opc.encrypted-agile", Action::Replace));
    }
}

#[test]
fn without_the_password_there_is_no_output() {
    for encrypted in [encryption::agile(&workbook(), "a", 100), encryption::encrypted(&workbook(), "a")] {
        for passwords in [&[][..], &[&b""[..], b"A", b"\xff\xff"]] {
            let outcome = clean(&encrypted, "plan.xlsx", passwords);
            assert_eq!(reason(&outcome), "encrypted");
            assert!(has(outcome.report(), "opc.encrypted-agile", Action::Refuse));
            assert!(!has(outcome.report(), "file.type-extension-mismatch", Action::Refuse));
        }
    }
}

#[test]
fn name_and_findings_are_those_of_the_document_inside() {
    let macros = sample("企画書.docm");
    let outcome = clean(&encryption::agile(&macros, "a", 100), "企画書.docm", &[b"a"]);
    let plain = clean(&macros, "企画書.docm", &[]);
    assert!(outcome.bytes().is_some() && outcome.bytes() == plain.bytes());
    assert_eq!(outcome.report().output().unwrap().name, "企画書.docx");
    for finding in plain.report().findings() {
        assert!(outcome.report().findings().contains(finding), "{}", finding.threat.id);
    }
    assert_eq!(outcome.report().findings().len(), plain.report().findings().len() + 1);
}

#[test]
fn an_extension_is_compared_with_the_document_inside() {
    let encrypted = encryption::encrypted(&workbook(), EXCEL);
    let outcome = clean(&encrypted, "plan.png", &[]);
    assert_eq!(reason(&outcome), "refused");
    assert!(has(outcome.report(), "file.type-extension-mismatch", Action::Refuse));
    let outcome = clean(&encrypted, "plan.xlsm", &[]);
    assert!(has(outcome.report(), "img.name-mime-mismatch", Action::Replace));
    assert_eq!(outcome.report().output().unwrap().name, "plan.xlsx");
    assert_eq!(clean(&encrypted, "plan", &[]).report().output().unwrap().name, "plan.xlsx");
}

#[test]
fn what_is_inside_is_as_untrusted_as_a_file() {
    let program = [b"MZ\x90\0\x03\0".as_slice(), &[0; 64]].concat();
    let outcome = clean(&encryption::encrypted(&program, EXCEL), "plan.xlsx", &[]);
    assert!(has(outcome.report(), "zip.type-by-magic-not-name", Action::Refuse));
    let outcome = clean(&encryption::encrypted(b"", EXCEL), "plan.xlsx", &[]);
    assert!(outcome.bytes().is_none());
}

#[test]
fn the_policy_may_refuse_what_a_password_opens() {
    let policy = Policy::from_toml("[actions]\nopened-encryption = \"refuse\"\n").unwrap();
    let sanitizer = Sanitizer::builder().policy(policy).build().unwrap();
    let outcome = clean_by(&sanitizer, &encryption::encrypted(&workbook(), EXCEL), "plan.xlsx", &[]);
    assert_eq!(reason(&outcome), "refused");
    assert!(has(outcome.report(), "opc.encrypted-default-password", Action::Refuse));
}

#[test]
fn each_envelope_is_a_level_of_nesting() {
    let twice = encryption::encrypted(&encryption::encrypted(&workbook(), EXCEL), EXCEL);
    for (depth, expected) in [(3, ""), (2, "limit")] {
        let limits = Limits { depth, ..Limits::default() };
        let sanitizer = Sanitizer::builder().limits(limits).build().unwrap();
        assert_eq!(reason(&clean_by(&sanitizer, &twice, "plan.xlsx", &[])), expected, "{depth}");
    }
}

#[test]
fn a_member_of_an_archive_is_opened_too() {
    let encrypted = encryption::agile(&workbook(), "a", 100);
    let archive = Archive::of([Member::stored("plan.xlsx", &encrypted)]).build();
    let names = |outcome: &Outcome| {
        let archive = zip::ZipArchive::new(std::io::Cursor::new(outcome.bytes().unwrap().to_vec())).unwrap();
        archive.file_names().map(|name| name.unwrap().into_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&clean(&archive, "a.zip", &[b"a"])), ["plan.xlsx"]);
    assert_eq!(names(&clean(&archive, "a.zip", &[])), ["plan.xlsx.txt"], "a notice");
}

#[test]
fn rights_management_is_refused_by_its_name() {
    let rights = [
        Compound::new()
            .stream("\u{6}DataSpaces/TransformInfo/DRMEncryptedTransform/\u{6}Primary", vec![0; 64])
            .stream("EncryptedPackage", vec![0; 64]),
        Compound::new().stream("\u{9}DRMContent", vec![0; 64]).stream("WordDocument", vec![0; 64]),
    ];
    for file in rights {
        let outcome = clean(&file.bytes(), "plan.docx", &[]);
        assert_eq!(reason(&outcome), "refused");
        assert!(has(outcome.report(), "opc.irm-dataspaces", Action::Refuse));
    }
}

#[test]
fn an_encryption_that_is_not_read_is_refused_and_named() {
    let information = encryption::agile_information(b"", "a", 1);
    let text = String::from_utf8(information[8..].to_vec()).unwrap().replace("\"AES\"", "\"DESede\"");
    let file = Compound::new()
        .stream("EncryptionInfo", [&information[..8], text.as_bytes()].concat())
        .stream("EncryptedPackage", vec![0; 64]);
    let outcome = clean(&file.bytes(), "plan.xlsx", &[b"a"]);
    assert!(has(outcome.report(), "opc.encrypted-agile", Action::Refuse));
    assert!(outcome.report().to_json().contains("another cipher than AES"));
}

#[test]
fn a_damaged_file_is_rejected() {
    let good = encryption::agile(&workbook(), EXCEL, 10);
    for cut in (0..good.len()).step_by(257) {
        assert!(clean(&good[..cut], "plan.xlsx", &[]).bytes().is_none(), "cut at {cut}");
    }
    let expected = clean(&good, "plan.xlsx", &[]);
    for at in (0..good.len()).step_by(101) {
        let mut changed = good.clone();
        changed[at] ^= 0x41;
        let outcome = clean(&changed, "plan.xlsx", &[]);
        assert!(outcome.bytes().is_none() || outcome.bytes() == expected.bytes(), "changed at {at}");
    }
}

/// Files that others encrypted, with their passwords, and whether what is inside is rebuilt.
const COLLECTED: &[(&str, &str, bool)] = &[
    ("broken/docx/Cisco-Talos__clamav__password.ministream.docx", "password", true),
    ("broken/docx/apache__tika__testWORD_protected_passtika.docx", "tika", true),
    ("broken/docx/nolze__msoffcrypto-tool__ecma376standard_password.docx", "Password1234_", true),
    ("broken/docx/nolze__msoffcrypto-tool__example_password.docx", "Password1234_", true),
    ("broken/pptx/apache__tika__testPPT_protected_passtika.pptx", "tika", true),
    ("broken/ooxml/Cisco-Talos__clamav__password.fat.ppsx", "password", true),
    ("broken/ooxml/Cisco-Talos__clamav__password.ministream.ppsx", "password", true),
    ("broken/xlsx/ExcelDataReader__ExcelDataReader__TestExcel_2040.xlsx", EXCEL, true),
    (
        "broken/xlsx/ExcelDataReader__ExcelDataReader__agile_AES128_MD5_CBC_pwd_password.xlsx",
        "password",
        true,
    ),
    ("broken/xlsx/Unstructured-IO__unstructured__password_protected.xlsx", "123", true),
    ("broken/xlsx/qax-os__excelize__encryptAES.xlsx", "password", true),
    ("broken/xlsx/qax-os__excelize__encryptSHA512.xlsx", "password", true),
    ("malicious/xlsm/decalage2__oletools__dde-test-encrypt-standardpassword.xlsm", EXCEL, true),
    // Binary workbooks, which are not rebuilt.
    (
        "broken/xlsb/ExcelDataReader__ExcelDataReader__agile_AES192_SHA512_CBC_pwd_password.xlsb",
        "password",
        false,
    ),
    ("malicious/xlsb/decalage2__oletools__autostart-encrypt-standardpassword.xlsb", EXCEL, false),
    // Encrypted with 3DES; a stream cut short by its writer.
    (
        "broken/xlsb/ExcelDataReader__ExcelDataReader__agile_DESede_SHA384_CBC_pwd_password.xlsb",
        "password",
        false,
    ),
    ("broken/xlsx/apache__poi__extenxls_pwd123.xlsx", "pwd123", false),
];

#[test]
fn collected_files_open_with_their_passwords() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    for (path, password, is_rebuilt) in COLLECTED {
        let path = corpus.join(path);
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("skipped: {} is not there", path.display());
            continue;
        };
        let name = path.file_name().unwrap().to_str().unwrap();
        let outcome = clean(&bytes, name, &[password.as_bytes()]);
        assert_eq!(outcome.bytes().is_some(), *is_rebuilt, "{name}: {}", outcome.report().to_json());
        if *password != EXCEL {
            assert!(clean(&bytes, name, &[]).bytes().is_none(), "{name}");
        }
    }
}
