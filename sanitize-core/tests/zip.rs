//! ZIP archives through the public API: what is delivered, what is refused, and by which threat.
#![allow(clippy::print_stdout, reason = "a test that cannot run says so")]

use sanitize_core::{Action, Input, Limits, Outcome, Policy, Preset, Sanitizer};
use sanitize_corpus::zip::{Archive, Member, extra, unicode_path};

fn sanitizer(preset: Preset) -> Sanitizer {
    Sanitizer::builder().policy(Policy::preset(preset)).build().unwrap()
}

fn clean(bytes: &[u8]) -> Outcome {
    sanitizer(Preset::Default).sanitize(Input::new(bytes).named("a.zip"))
}

/// The members of an archive, read by a library that is not the engine's.
fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let mut plain = Vec::new();
        std::io::copy(&mut member, &mut plain).unwrap();
        members.push((member.name().unwrap().into_owned(), plain));
    }
    members
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// Delivers the archive, finds `id` in the report, and cleans the output to itself with nothing left to do.
#[track_caller]
fn delivered(archive: &Archive, id: &str) -> Vec<(String, Vec<u8>)> {
    let outcome = clean(&archive.build());
    let bytes = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    assert!(id.is_empty() || ids(&outcome).contains(&id), "{id}: {:?}", ids(&outcome));
    let again = clean(bytes);
    assert_eq!(again.bytes(), Some(bytes), "cleaning a clean archive changes nothing");
    let left: Vec<_> =
        again.report().findings().iter().filter(|finding| finding.action != Action::Keep).collect();
    assert!(left.is_empty(), "{left:?}");
    members(bytes)
}

#[track_caller]
fn refused(bytes: &[u8], id: &str) {
    let outcome = clean(bytes);
    assert!(outcome.bytes().is_none(), "{}", outcome.report().to_json_pretty());
    assert!(ids(&outcome).contains(&id), "{id}: {:?}", ids(&outcome));
}

fn names(members: &[(String, Vec<u8>)]) -> Vec<&str> {
    members.iter().map(|(name, _)| name.as_str()).collect()
}

fn text(name: &str) -> Member {
    Member::new(name, b"KEEP\r\n")
}

fn unmarked(name: &[u8]) -> Member {
    Member { flags: 0, ..Member::new(name, b"KEEP\r\n") }
}

#[test]
fn an_honest_archive_keeps_names_order_times_and_directories() {
    let archive = Archive::of([
        text("b.txt"),
        Member::directory("空/"),
        Member { modified: (1 << 11, 40 << 9 | 2 << 5 | 29), ..text("空/見積書.txt") },
        Member::stored("empty.txt", b""),
    ]);
    let bytes = archive.build();
    let outcome = clean(&bytes);
    assert_eq!(ids(&outcome), Vec::<&str>::new());
    let members = delivered(&archive, "");
    assert_eq!(names(&members), ["b.txt", "空/", "空/見積書.txt", "empty.txt"]);
    assert_eq!(members[2].1, b"KEEP\r\n");
    let mut read = zip::ZipArchive::new(std::io::Cursor::new(outcome.bytes().unwrap())).unwrap();
    let modified = read.by_index(2).unwrap().last_modified().unwrap();
    assert_eq!((modified.year(), modified.month(), modified.day(), modified.hour()), (2020, 2, 29, 1));
    let strict = sanitizer(Preset::Strict).sanitize(Input::new(&bytes).named("a.zip"));
    let mut read = zip::ZipArchive::new(std::io::Cursor::new(strict.bytes().unwrap())).unwrap();
    assert_eq!(read.by_index(2).unwrap().last_modified().unwrap().year(), 1980, "times are the policy's");
}

#[test]
fn the_output_is_the_same_with_any_number_of_threads() {
    let members = (0..50).map(|index| text(&format!("{index}/{}.txt", index % 7)));
    let bytes = Archive::of(members.chain([Member::new("x.exe", b"MZ")])).build();
    let one = clean(&bytes);
    let many = Sanitizer::builder().threads(4).build().unwrap().sanitize(Input::new(&bytes).named("a.zip"));
    assert_eq!(one.bytes(), many.bytes());
    assert_eq!(one.report().to_json(), many.report().to_json());
}

#[test]
fn names_that_leave_the_directory_are_refused() {
    for name in [
        "../KILL.txt",
        "a/../../KILL",
        "..\\KILL",
        "....//KILL",
        "%2e%2e/KILL",
        "a/..",
        ".. /KILL",
        "a/..%2fx",
    ] {
        refused(&Archive::of([text("a.txt"), text(name)]).build(), "zip.slip-dotdot");
    }
    for name in ["doc.txt:..\\..\\KILL.lnk", "name::$DATA", "a/b.txt:KILL.exe"] {
        refused(&Archive::of([text(name)]).build(), "zip.ntfs-stream");
    }
}

#[test]
fn names_are_made_relative_and_canonical() {
    let cases = [
        ("/tmp/a.txt", "tmp/a.txt", "zip.absolute-path"),
        ("//host/share/a.txt", "host/share/a.txt", "zip.absolute-path"),
        ("\\\\?\\C:\\a.txt", "a.txt", "zip.drive-letter"),
        ("C:a.txt", "a.txt", "zip.drive-letter"),
        ("a\\b.txt", "a/b.txt", "zip.canonical-path-variants"),
        ("./a//b/./c.txt", "a/b/c.txt", "zip.canonical-path-variants"),
        ("c/../a/b.txt", "a/b.txt", "zip.canonical-path-variants"),
        ("aux.txt", "_aux.txt", "zip.reserved-device-names"),
        ("COM¹.log", "_COM¹.log", "zip.reserved-device-names"),
        ("a.txt. .", "a.txt", "zip.reserved-device-names"),
        ("見積書\u{202e}txt.fdp.txt", "見積書txt.fdp.txt", "zip.bidi-and-control-names"),
        ("a\u{0}b\n.txt", "ab.txt", "zip.bidi-and-control-names"),
        ("か\u{3099}.txt", "が.txt", "file.output-name-sanitised"),
        ("a?.txt", "a_.txt", "file.output-name-sanitised"),
    ];
    for (name, expected, id) in cases {
        assert_eq!(names(&delivered(&Archive::of([text(name)]), id)), [expected], "{name:?}");
    }
}

#[test]
fn names_that_are_one_file_somewhere_are_told_apart() {
    let cases = [
        (["a.txt", "A.TXT"], ["a.txt", "A (2).TXT"], "zip.case-collision"),
        (["か\u{3099}.txt", "が.txt"], ["が.txt", "が (2).txt"], "zip.case-collision"),
        (["ß.txt", "SS.txt"], ["ß.txt", "SS (2).txt"], "zip.case-collision"),
        (["a/b.txt", "a\\b.txt"], ["a/b.txt", "a/b (2).txt"], "zip.canonical-path-variants"),
    ];
    for (given, expected, id) in cases {
        assert_eq!(names(&delivered(&Archive::of(given.map(text)), id)), expected);
    }
    let many = Archive::of((0..500).map(|index| text(&format!("{}a.txt", "./".repeat(index)))));
    assert_eq!(delivered(&many, "zip.case-collision").len(), 500);
}

#[test]
fn names_too_long_are_shortened_and_stay_unique() {
    let deep = "d/".repeat(100) + "a.txt";
    let long = format!("{}.txt", "長".repeat(300));
    let twin = format!("{}い.txt", "長".repeat(300));
    let members =
        delivered(&Archive::of([text(&deep), text(&long), text(&twin)]), "zip.path-length-and-depth");
    assert_eq!(members.len(), 3);
    for (name, _) in &members {
        assert!(name.chars().count() <= 240 && name.split('/').all(|part| part.len() <= 200), "{name}");
        assert!(name.ends_with(".txt"));
    }
    // A new extension may not make a name too long for the next cleaning.
    delivered(&Archive::of([text(&"x".repeat(240)), text(&format!("{}.exe", "y".repeat(196)))]), "");
}

#[test]
fn japanese_names_without_a_mark_are_read() {
    let members = [
        unmarked(b"\x95\x5c\x8e\xa6/\x8c\xa9\x90\xcf\x8f\x91\x83\x5c.txt"),
        Member { flags: 0, ..text("日本語.txt") },
        unmarked(b"caf\x82.txt"),
    ];
    let archive = Archive::of(members);
    assert_eq!(
        names(&delivered(&archive, "zip.cp932-names")),
        ["表示/見積書ソ.txt", "日本語.txt", "café.txt"]
    );
    assert!(ids(&clean(&archive.build())).contains(&"zip.euc-and-utf8-without-flag"));
}

#[test]
fn a_second_name_settles_bytes_and_never_replaces_them() {
    let guessed = Member { extra: unicode_path(b"\x8e\x9fa.txt", "ž¼a.txt"), ..unmarked(b"\x8e\x9fa.txt") };
    assert_eq!(names(&delivered(&Archive::of([guessed]), "")), ["ž¼a.txt"]);
    let lie = Member { extra: unicode_path(b"KEEP.txt", "../KILL.exe"), ..text("KEEP.txt") };
    assert_eq!(names(&delivered(&Archive::of([lie]), "zip.unicode-path-extra")), ["KEEP.txt"]);
    let stale = Member { extra: unicode_path(b"other.txt", "KILL.txt"), ..text("KEEP.txt") };
    assert_eq!(names(&delivered(&Archive::of([stale]), "zip.unicode-path-extra")), ["KEEP.txt"]);
}

#[test]
fn deceptive_names_are_reported() {
    for name in ["請求書.pdf      .txt", "pаypal.txt", "a．exe.txt"] {
        let members = delivered(&Archive::of([text(name)]), "zip.homoglyph-and-double-extension");
        assert_eq!(names(&members), [name]);
    }
    let plain = Archive::of([text("2026.04.01 report v1.2.txt"), text("план plan.txt"), text("α β.txt")]);
    assert!(!ids(&clean(&plain.build())).contains(&"zip.homoglyph-and-double-extension"));
}

#[test]
fn links_and_devices_are_refused() {
    refused(
        &Archive::of([Member::symlink("moo", b"/tmp/KILL"), text("moo2")]).build(),
        "zip.symlink-hardlink",
    );
    let device = Member { made_by: 3 << 8, attributes: 0o020_666 << 16, ..text("null") };
    refused(&Archive::of([device]).build(), "zip.symlink-hardlink");
    let hard = Member { extra: extra(0x000d, b"0123456789abtarget"), ..text("hard") };
    refused(&Archive::of([hard]).build(), "zip.symlink-hardlink");
}

#[test]
fn headers_that_disagree_are_refused() {
    let cases = [
        (Member { local_name: Some(b"KILL.txt".to_vec()), ..text("KEEP.txt") }, "zip.local-central-mismatch"),
        (Member { local_method: Some(0), ..text("a.txt") }, "zip.local-central-mismatch"),
        (Member { local_sizes: Some([1, 2, 3]), ..text("a.txt") }, "zip.local-central-mismatch"),
        (Member { local_flags: Some(1), ..text("a.txt") }, "zip.bad-password-oracle-mixed"),
        (Member { offset: Some(3), ..text("a.txt") }, "zip.local-central-mismatch"),
        (Member { disk: 1, ..text("a.txt") }, "zip.split-and-spanned"),
        (Member { packed_size: Some(u32::MAX), ..text("a.txt") }, "zip.zip64-tricks"),
        (
            Member { extra: [extra(1, &[0; 16]), extra(1, &[0; 16])].concat(), ..text("a.txt") },
            "zip.zip64-tricks",
        ),
    ];
    for (member, id) in cases {
        refused(&Archive::of([text("first.txt"), member]).build(), id);
    }
    let hidden = Archive::of([text("KEEP.txt"), Member { unlisted: true, ..text("KILL.txt") }]);
    refused(&hidden.build(), "zip.local-central-mismatch");
}

#[test]
fn duplicates_overlaps_and_confused_directories_are_refused() {
    refused(&Archive::of([text("a.txt"), text("a.txt")]).build(), "zip.duplicate-names");
    let same = Member { borrowed: true, offset: Some(0), ..text("kernel.txt") };
    refused(&Archive::of([text("kernel.txt"), same]).build(), "zip.overlapping-files");
    refused(&Archive::of([text("test/")]).build(), "zip.directory-file-confusion");
    refused(&Archive::of([text("a"), text("a/b.txt")]).build(), "zip.directory-file-confusion");
}

#[test]
fn several_archives_in_one_are_refused() {
    let keep = Archive::of([text("KEEP.txt")]).build();
    let kill = Archive::of([text("KILL.txt")]).build();
    refused(&[keep.clone(), kill.clone()].concat(), "zip.multiple-eocd");
    refused(&Archive { comment: kill, ..Archive::of([text("KEEP.txt")]) }.build(), "zip.multiple-eocd");
    refused(&Archive { count: Some(7), ..Archive::of([text("KEEP.txt")]) }.build(), "zip.multiple-eocd");
    let start = keep.len() as u64 - 22 - 54;
    let lie = Archive { before_end: Archive::zip64_end(2, 54, start), ..Archive::of([text("KEEP.txt")]) };
    refused(&lie.build(), "zip.zip64-tricks");
    let split = Archive { disk: 1, ..Archive::of([text("KEEP.txt")]) };
    refused(&split.build(), "zip.split-and-spanned");
    refused(&[b"PK\x07\x08".as_slice(), &keep].concat(), "zip.split-and-spanned");
}

#[test]
fn streamed_members_are_read_and_desynchronised_ones_refused() {
    let honest = Archive::of([text("a.txt").streamed(), Member::stored("b.txt", b"KEEP\n").streamed()]);
    assert_eq!(names(&delivered(&honest, "")), ["a.txt", "b.txt"]);
    let inner = Archive::of([text("KILL.txt")]).build();
    let desync = Archive::of([Member::stored("junk.txt", &inner).streamed()]);
    refused(&desync.build(), "zip.data-descriptor-tricks");
    let mut wrong = text("a.txt").streamed();
    wrong.descriptor[5] ^= 1;
    refused(&Archive::of([wrong]).build(), "zip.data-descriptor-tricks");
}

#[test]
fn what_belongs_to_no_member_is_left_out() {
    let archive = Archive { prefix: b"stub KILL".to_vec(), ..Archive::of([text("a.txt")]) };
    delivered(&archive, "zip.prepended-and-sfx");
    let archive = Archive { before_directory: b"KILL".repeat(256), ..Archive::of([text("a.txt")]) };
    delivered(&archive, "zip.appended-data-gaps");
    let archive = Archive { trailing: b"KILL".to_vec(), ..Archive::of([text("a.txt")]) };
    delivered(&archive, "zip.appended-data-gaps");
    let member = Member { comment: b"KILL".to_vec(), extra: extra(0x4b4c, b"KILL"), ..text("a.txt") };
    let archive = Archive { comment: b"KILL".to_vec(), ..Archive::of([member]) };
    delivered(&archive, "zip.comments-extra-attrs");
    let member = Member { modified: (0xffff, 0), needed: 255, ..text("a.txt") };
    delivered(&Archive::of([member]), "zip.timestamp-and-version-abuse");
    let stub =
        Archive { prefix: [b"MZ\x90\0\x03\0".as_slice(), &[0; 60]].concat(), ..Archive::of([text("a")]) };
    refused(&stub.build(), "zip.type-by-magic-not-name");
}

#[test]
fn side_files_of_operating_systems_are_left_out() {
    let side = [
        "__MACOSX/._KEEP.txt",
        "x/.DS_Store",
        "Thumbs.db",
        "DESKTOP.INI",
        ".git/hooks/pre-commit",
        "~$plan.docx",
    ];
    let archive = Archive::of([text("KEEP.txt")].into_iter().chain(side.map(text)));
    assert_eq!(names(&delivered(&archive, "zip.os-metadata-files")), ["KEEP.txt"]);
}

#[test]
fn dangerous_members_leave_a_notice_that_stays_as_it_is() {
    let cases: [(&str, &[u8], &str); 6] = [
        ("x.exe", b"KILL", "zip.dangerous-types"),
        ("x.Settingcontent-ms", b"KILL", "zip.dangerous-types"),
        ("x.lnk", b"KILL", "zip.lnk-and-url-files"),
        ("x.dat", b"[InternetShortcut]\r\nURL=file://kill.example.invalid/", "zip.lnk-and-url-files"),
        ("x.iso", b"KILL", "zip.disk-images"),
        ("report.dat", b"\x7fELF KILL", "zip.type-by-magic-not-name"),
    ];
    for (name, plain, id) in cases {
        let members = delivered(&Archive::of([text("KEEP.txt"), Member::new(name, plain)]), id);
        assert_eq!(names(&members), ["KEEP.txt", &format!("{name}.txt")]);
        let notice = String::from_utf8(members[1].1.clone()).unwrap();
        assert!(
            notice.contains("Notice:") && notice.contains("お知らせ") && !notice.contains("KILL"),
            "{notice}"
        );
    }
}

#[test]
fn a_notice_never_takes_the_name_of_a_file() {
    let archive = Archive::of([Member::new("a.exe", b"KILL"), text("a.exe.txt")]);
    let members = delivered(&archive, "zip.case-collision");
    assert_eq!(names(&members), ["a.exe (2).txt", "a.exe.txt"]);
    assert_eq!(members[1].1, b"KEEP\r\n");
}

#[test]
fn policies_decide_about_members_that_cannot_be_written() {
    let bytes = Archive::of([text("KEEP.txt"), Member::new("x.exe", b"KILL")]).build();
    let strict = sanitizer(Preset::Strict).sanitize(Input::new(&bytes).named("a.zip"));
    assert!(strict.bytes().is_none());
    let policy = Policy::from_toml("[actions]\ndangerous-file = \"remove\"\n").unwrap();
    let removed = Sanitizer::builder().policy(policy).build().unwrap();
    let removed = removed.sanitize(Input::new(&bytes).named("a.zip"));
    assert_eq!(names(&members(removed.bytes().unwrap())), ["KEEP.txt"]);
}

#[test]
fn members_that_cannot_be_read_leave_a_notice() {
    let unknown = Member { method: 9, ..text("a.txt") };
    assert_eq!(names(&delivered(&Archive::of([unknown]), "zip.unsupported-method")), ["a.txt.txt"]);
    let damaged = Member { crc32: 1, ..text("a.txt") };
    assert_eq!(names(&delivered(&Archive::of([damaged]), "zip.mime-and-ooxml-inside")), ["a.txt.txt"]);
    let rar = Member::new("a.rar", b"Rar!\x1a\x07\x01\0");
    assert_eq!(names(&delivered(&Archive::of([rar]), "zip.mime-and-ooxml-inside")), ["a.rar.txt"]);
}

#[test]
fn archives_in_archives_are_rebuilt_and_attacks_in_them_leave_a_notice() {
    let inner = Archive {
        comment: b"KILL".to_vec(),
        ..Archive::of([text("表.txt"), Member::new("x.exe", b"KILL")])
    };
    let slip = Archive::of([text("../KILL.txt")]).build();
    let outer = Archive::of([Member::new("in.zip", &inner.build()), Member::new("slip.zip", &slip)]);
    let found = delivered(&outer, "zip.slip-dotdot");
    assert_eq!(names(&found), ["in.zip", "slip.zip.txt"]);
    assert_eq!(names(&members(&found[0].1)), ["表.txt", "x.exe.txt"]);
}

#[test]
fn encrypted_members_open_with_a_given_password_or_refuse_the_archive() {
    let bytes =
        Archive::of([text("a.txt").encrypted(b"infected"), text("b.txt").encrypted(b"infected")]).build();
    refused(&bytes, "zip.encrypted-entries");
    let wrong = [b"wrong".to_vec()];
    let outcome = sanitizer(Preset::Default).sanitize(Input::new(&bytes).named("a.zip").passwords(&wrong));
    assert!(outcome.bytes().is_none());
    let right = [b"wrong".to_vec(), b"infected".to_vec()];
    let outcome = sanitizer(Preset::Default).sanitize(Input::new(&bytes).named("a.zip").passwords(&right));
    let opened = members(outcome.bytes().unwrap());
    assert_eq!(
        opened,
        [("a.txt".to_owned(), b"KEEP\r\n".to_vec()), ("b.txt".to_owned(), b"KEEP\r\n".to_vec())]
    );
    assert!(ids(&outcome).contains(&"zip.encrypted-entries"));
}

/// `a.txt` with KEEP in it, by 7-Zip with AES of 128, 192 and 256 bits and the password `infected`.
const AES: [&str; 3] = [
    "504b03043300010063008e8b765d000000001a0000000600000005000b00612e747874019907000200414501000034cc\
     1b67d3d492dd203b433c75be8cf13164c8def816a94350ab504b01023f033300010063008e8b765d000000001a000000\
     0600000005002f000000000000002080a48100000000612e7478740a0020000000000001001800149a9de2a67add0100\
     0000000000000000000000000000000199070002004145010000504b0506000000000100010062000000480000000000",
    "504b03043300010063008e8b765d000000001e0000000600000005000b00612e74787401990700020041450200006344\
     cbf465f2b49ed9ff31ef6ed7ac28dc513b86660214261c1ff1cd09ab504b01023f033300010063008e8b765d00000000\
     1e0000000600000005002f000000000000002080a48100000000612e7478740a0020000000000001001800149a9de2a6\
     7add01000000000000000000000000000000000199070002004145020000504b05060000000001000100620000004c00\
     00000000",
    "504b03043300010063008e8b765d00000000220000000600000005000b00612e7478740199070002004145030000c8b3\
     cde0460f19e5118dbcba3e14f3457de52815bd764d0fc5abf1847b0f889fbffd504b01023f033300010063008e8b765d\
     00000000220000000600000005002f000000000000002080a48100000000612e7478740a002000000000000100180014\
     9a9de2a67add01000000000000000000000000000000000199070002004145030000504b050600000000010001006200\
     0000500000000000",
];

#[test]
fn members_in_winzip_aes_open_with_a_given_password() {
    for hex in AES {
        let digits: Vec<u32> = hex.chars().filter_map(|digit| digit.to_digit(16)).collect();
        let bytes: Vec<u8> = digits.chunks(2).map(|pair| (pair[0] << 4 | pair[1]) as u8).collect();
        refused(&bytes, "zip.encrypted-entries");
        let right = [b"wrong".to_vec(), b"infected".to_vec()];
        let outcome =
            sanitizer(Preset::Default).sanitize(Input::new(&bytes).named("a.zip").passwords(&right));
        assert_eq!(members(outcome.bytes().unwrap()), [("a.txt".to_owned(), b"KEEP\r\n".to_vec())]);
        let mut changed = bytes.clone();
        changed[75] ^= 1;
        let outcome =
            sanitizer(Preset::Default).sanitize(Input::new(&changed).named("a.zip").passwords(&right));
        assert!(outcome.bytes().is_none(), "changed bytes are not authentic");
    }
}

#[test]
fn bombs_end_at_the_limits() {
    let limits = Limits { expanded_bytes: 1 << 20, members: 20, ..Limits::default() };
    let sanitizer = Sanitizer::builder().limits(limits).build().unwrap();
    let check = |bytes: &[u8], id: &str| {
        let outcome = sanitizer.sanitize(Input::new(bytes).named("a.zip"));
        assert!(outcome.bytes().is_none() && ids(&outcome).contains(&id), "{id}: {:?}", ids(&outcome));
    };
    check(&Archive::of([Member::new("a.txt", &vec![b' '; 2 << 20])]).build(), "zip.ratio-bomb");
    check(&Archive::of((0..30).map(|index| text(&index.to_string()))).build(), "zip.member-count-bomb");
    let mut nested = Archive::of([text("a.txt")]).build();
    for _ in 0..9 {
        nested = Archive::of([Member::stored("a.zip", &nested)]).build();
    }
    check(&nested, "zip.quine-and-recursive");
}

#[test]
fn packages_of_other_formats_are_not_taken_for_archives() {
    for name in ["[Content_Types].xml", "META-INF/MANIFEST.MF"] {
        assert!(clean(&Archive::of([text(name)]).build()).bytes().is_none());
    }
    let mimetype = Member::stored("mimetype", b"application/vnd.oasis.opendocument.text");
    assert!(clean(&Archive::of([mimetype]).build()).bytes().is_none());
    // Nor does an archive become one by having its names made canonical.
    let spelled = Archive::of([text("./[Content_Types].xml"), text("./META-INF/MANIFEST.MF")]);
    let members = delivered(&spelled, "zip.canonical-path-variants");
    assert!(names(&members).iter().all(|name| name.starts_with('_')), "{:?}", names(&members));
}

/// Real archives, where they are at hand: nothing but what is listed may be refused.
#[test]
fn real_archives_are_delivered() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/benign/zip");
    let Ok(files) = std::fs::read_dir(&root) else {
        println!("skipped: {} is not there", root.display());
        return;
    };
    let mut refused = Vec::new();
    for file in files {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let outcome = sanitizer(Preset::Default).sanitize(Input::new(&bytes).named(&name));
        if outcome.bytes().is_none() && !EXPECTED_REFUSALS.iter().any(|part| name.contains(part)) {
            refused.push((name, ids(&outcome)));
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
}

/// Parts of the names of files in the collection that are refused with reason: Java and Android programs, a
/// part of a split archive, a file cut short, an archive in the comment of an archive, names
/// with a colon in them.
const EXPECTED_REFUSALS: [&str; 6] =
    [".apk", ".jar", "multi-disk", "not enough bytes", "zip64-in-archive-comment", "test-cp437"];
