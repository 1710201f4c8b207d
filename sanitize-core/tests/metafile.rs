//! Metafiles through the public API.
#![allow(clippy::print_stdout, reason = "a test that cannot run says so")]

use std::{fs, path::Path};

use sanitize_core::{Action, Input, Limits, Outcome, Sanitizer};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named(name))
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// One record of an enhanced metafile.
fn record(kind: u32, body: &[u8]) -> Vec<u8> {
    let mut record = words(&[kind, body.len() as u32 + 8]);
    record.extend_from_slice(body);
    record
}

/// An enhanced metafile of these records, as the engine would write its header.
fn emf(records: &[Vec<u8>]) -> Vec<u8> {
    let mut file = words(&[1, 108, 0, 0, 100, 100, 0, 0, 2_540, 2_540]);
    file.extend(b" EMF");
    file.extend(words(&[0x0001_0000, 0, records.len() as u32 + 2, 9, 0, 0, 0, 1_920, 1_080, 508, 286]));
    file.extend(words(&[0, 0, 0, 508_000, 286_000]));
    file.extend(records.concat());
    file.extend(words(&[14, 20, 0, 16, 20]));
    let length = file.len() as u32;
    file[48..52].copy_from_slice(&length.to_le_bytes());
    file
}

/// The records of a cleaned metafile between header and end, as type and body; cleaning it again changes nothing.
#[track_caller]
fn written(file: &[u8], expected: &[&str]) -> Vec<(u32, Vec<u8>)> {
    let outcome = clean("a.emf", file);
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    assert_eq!(ids(&outcome), expected);
    let again = clean("a.emf", output);
    assert_eq!(again.bytes(), Some(output), "cleaning a clean metafile changes nothing");
    assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
    let number = |at: usize| u32::from_le_bytes(output[at..at + 4].try_into().unwrap());
    let (mut at, mut found) = (108, Vec::new());
    while number(at) != 14 {
        let size = number(at + 4) as usize;
        found.push((number(at), output[at + 8..at + size].to_vec()));
        at += size;
    }
    assert_eq!((at + 20, number(48) as usize, number(52) as usize), (output.len(), at + 20, found.len() + 2));
    found
}

/// A bitmap of two pixels: header and rows.
fn bitmap() -> (Vec<u8>, Vec<u8>) {
    let mut head = words(&[40, 2, 1, 1 | 24 << 16, 0, 8, 0, 0, 0, 0]);
    head.truncate(40);
    (head, vec![1, 2, 3, 4, 5, 6, 0, 0])
}

/// STRETCHDIBITS of [`bitmap`], with the four fields that say where it stands.
fn stretch(places: [u32; 4], behind: &[u8]) -> Vec<u8> {
    let (head, rows) = bitmap();
    let mut body = words(&[0, 0, 9, 9, 0, 0, 0, 0, 2, 1]);
    body.extend(words(&places));
    body.extend(words(&[0, 0x00cc_0020, 9, 9]));
    body.extend([&head[..], &rows, behind].concat());
    record(81, &body)
}

#[test]
fn drawing_stays_as_it_is() {
    let mut text = words(&[0, 0, 9, 9, 1, 0x3f80_0000, 0x3f80_0000, 1, 2, 2, 76, 0, 0, 0, 0, 0, 80]);
    text.extend([0x33, 0x56, 0x6b, 0x30]);
    text.extend(words(&[9, 9]));
    let drawn = [
        record(17, &words(&[8])),
        record(38, &words(&[1, 0, 1, 0, 0xff])),
        record(37, &words(&[1])),
        record(37, &words(&[0x8000_000d])),
        record(33, &[]),
        record(35, &words(&[0x3f80_0000, 0, 0, 0x3f80_0000, 0, 0])),
        record(86, &words(&[0, 0, 9, 9, 3, 0x0001_0001, 0x0002_0002, 0xffff_0003])),
        record(8, &words(&[0, 0, 9, 9, 2, 4, 2, 2, 0, 0, 1, 1, 2, 2, 3, 3])),
        record(75, &words(&[48, 1, 32, 1, 1, 16, 0, 0, 9, 9, 0, 0, 9, 9])),
        record(84, &text),
        stretch([80, 40, 120, 8], &[]),
        record(118, &words(&[0, 0, 9, 9, 2, 1, 0, 0, 0, 0, 0, 9, 9, 0xff00, 0, 0, 1])),
        record(34, &words(&[u32::MAX])),
        record(40, &words(&[1])),
    ];
    let file = emf(&drawn);
    let found = written(&file, &[]);
    let same: Vec<Vec<u8>> = found.iter().map(|(kind, body)| record(*kind, body)).collect();
    assert_eq!(same, drawn);
}

#[test]
fn what_is_no_drawing_is_left_out_under_its_id() {
    let name = [&words(&[1, 0x5053_4f43, 0x0100])[..], &[0; 64], b"\\\\kill.example.invalid\\p.icm"].concat();
    for (kind, body, id) in [
        (70, &b"\x04\0\0\0KILL"[..], "emf.comment-and-emfplus"),
        (70, b"\x10\0\0\0EMF+\x01\x40\x01\0\x0c\0\0\0", "emf.comment-and-emfplus"),
        (99, &name, "emf.colorspace-filename"),
        (122, &name, "emf.colorspace-filename"),
        (113, &name, "emf.colorspace-filename"),
        (121, &name, "emf.colorspace-filename"),
        (98, &[2, 0, 0, 0], "emf.colorspace-filename"),
        (102, b"KILL", "emf.opengl-and-escape"),
        (104, b"KILL", "emf.opengl-and-escape"),
        (105, b"KILL", "emf.opengl-and-escape"),
        (106, b"KILL", "emf.opengl-and-escape"),
        (110, b"KILL", "emf.opengl-and-escape"),
        (0x4b49, b"KILL", "emf.opengl-and-escape"),
    ] {
        let file = emf(&[record(kind, body), record(54, &words(&[3, 4]))]);
        assert_eq!(written(&file, &[id]), [(54, words(&[3, 4]))], "{kind}");
    }
}

#[test]
fn a_record_that_cannot_be_is_left_out_alone() {
    for wrong in [
        // A bitmap beyond its record, inside the fields of another, of a size it has not.
        stretch([80, 40, 120, 9], &[]),
        stretch([80, 4_000_000_000, 120, 8], &[]),
        stretch([4, 40, 120, 8], &[]),
        // More points than there are, polygons of more than all points, a corner that is none.
        record(4, &words(&[0, 0, 9, 9, u32::MAX, 1, 1])),
        record(8, &words(&[0, 0, 9, 9, 1, 1, 2, 0, 0, 1, 1])),
        record(118, &words(&[0, 0, 9, 9, 1, 1, 0, 0, 0, 0, 0, 0, 1])),
        // A text beyond its record.
        record(84, &words(&[0, 0, 9, 9, 1, 0, 0, 0, 0, 5, 76, 0, 0, 0, 0, 0, 0])),
        // A mode that is none, a number that is none, no object, no saved state.
        record(17, &words(&[9])),
        record(35, &words(&[0x7fc0_0000, 0, 0, 0, 0, 0])),
        record(37, &words(&[7])),
        record(40, &words(&[7])),
        record(38, &words(&[0xffff_fff0, 0, 1, 0, 0])),
        record(34, &words(&[u32::MAX])),
    ] {
        let file = emf(&[wrong.clone(), record(54, &words(&[3, 4]))]);
        assert_eq!(written(&file, &["emf.bitmap-records"]).len(), 1, "{wrong:?}");
    }
}

#[test]
fn unused_bytes_of_a_record_are_left_out_and_reported() {
    let file = emf(&[record(54, b"\x03\0\0\0\x04\0\0\0KILL")]);
    assert_eq!(written(&file, &["emf.bitmap-records"]), [(54, words(&[3, 4]))]);
    let found = written(&emf(&[stretch([80, 40, 120, 8], b"KILL")]), &["emf.bitmap-records"]);
    assert!(!found[0].1.ends_with(b"KILL"));
}

#[test]
fn the_description_and_what_is_behind_the_end_are_left_out() {
    let mut file = emf(&[]);
    file.extend(b"KILL");
    assert!(written(&file, &["img.trailing-data"]).is_empty());

    let mut file = emf(&[record(54, &words(&[3, 4]))]);
    file.splice(108..108, "KI\0LL\0\0\0".encode_utf16().flat_map(u16::to_le_bytes));
    file[4..8].copy_from_slice(&124_u32.to_le_bytes());
    file[60..68].copy_from_slice(&words(&[8, 108]));
    let length = file.len() as u32;
    file[48..52].copy_from_slice(&length.to_le_bytes());
    assert_eq!(written(&file, &["emf.text-content"]).len(), 1);
}

#[test]
fn a_font_keeps_its_face_name_and_nothing_behind_it() {
    let mut body = words(&[1, 20, 0, 0, 0, 400, 0x8000_0000, 0]);
    let name: Vec<u8> = "ＭＳ 明朝\0KILL".encode_utf16().flat_map(u16::to_le_bytes).collect();
    body.extend(&name);
    body.resize(96, 0);
    body.extend(b"KILL");
    let found = written(&emf(&[record(82, &body)]), &["emf.text-content"]);
    let (kind, font) = &found[0];
    assert_eq!((*kind, font.len()), (82, 324));
    assert_eq!(font[..44], body[..44]);
    assert!(font[44..].iter().all(|byte| *byte == 0));
}

#[test]
fn texts_of_one_record_become_as_many_records() {
    let mut body = words(&[0, 0, 9, 9, 1, 0x3f80_0000, 0x3f80_0000, 2]);
    for (x, at) in [(1, 120), (2, 122)] {
        body.extend(words(&[x, 0, 1, at, 0, 0, 0, 0, 0, 0]));
    }
    body.extend(b"A\0B\0");
    let found = written(&emf(&[record(97, &body)]), &[]);
    let letters: Vec<u8> = found.iter().map(|(_, body)| body[68]).collect();
    assert_eq!(letters, b"AB");
    assert!(found.iter().all(|(kind, _)| *kind == 84));
}

#[test]
fn texts_that_share_their_letters_pay_for_each() {
    let mut body = words(&[0, 0, 9, 9, 1, 0x3f80_0000, 0x3f80_0000, 100]);
    for _ in 0..100 {
        body.extend(words(&[0, 0, 50_000, 8 + 32 + 4_000, 0, 0, 0, 0, 0, 0]));
    }
    body.resize(body.len() + 100_000, b'A');
    let file = emf(&[record(97, &body)]);
    let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    let sanitizer = Sanitizer::builder().limits(limits).build().unwrap();
    assert!(sanitizer.sanitize(Input::new(&file).named("a.emf")).bytes().is_none());
    assert!(clean("a.emf", &file).bytes().is_some());
}

#[test]
fn a_picture_that_only_emf_plus_has_is_rejected() {
    let file = emf(&[record(70, b"\x10\0\0\0EMF+\x01\x40\0\0\x0c\0\0\0")]);
    assert!(clean("a.emf", &file).bytes().is_none());
}

#[test]
fn a_metafile_without_end_or_measure_is_refused() {
    let saves = vec![record(33, &[]); 1_001];
    let outcome = clean("a.emf", &emf(&saves));
    assert!(outcome.bytes().is_none());
    assert!(ids(&outcome).contains(&"emf.size-and-recursion"));
    assert!(clean("a.emf", &emf(&saves[1..])).bytes().is_some());

    let mut huge = emf(&[]);
    huge[32..36].copy_from_slice(&i32::MAX.to_le_bytes());
    assert!(ids(&clean("a.emf", &huge)).contains(&"emf.size-and-recursion"));

    let whole = emf(&[record(54, &words(&[3, 4]))]);
    for cut in 0..whole.len() {
        assert!(clean("a.emf", &whole[..cut]).bytes().is_none(), "{cut}");
    }
}

/// One record of a Windows metafile.
fn function(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut record = words(&[body.len() as u32 / 2 + 3]);
    record.extend(kind.to_le_bytes());
    record.extend_from_slice(body);
    record
}

fn shorts(values: &[u16]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A Windows metafile of these records, as the engine would write its headers.
fn wmf(objects: u16, records: &[Vec<u8>]) -> Vec<u8> {
    let mut file = shorts(&[0xcdd7, 0x9ac6, 0, 0, 0, 100, 100, 1_440, 0, 0]);
    let sum = file.chunks(2).fold(0, |sum, word| sum ^ u16::from_le_bytes([word[0], word[1]]));
    file.extend(shorts(&[sum, 1, 9, 0x300]));
    let longest = records.iter().map(Vec::len).max().unwrap_or_default().max(6) / 2;
    let size = (18 + records.iter().map(Vec::len).sum::<usize>() + 6) / 2;
    file.extend(words(&[size as u32]));
    file.extend(objects.to_le_bytes());
    file.extend(words(&[longest as u32]));
    file.extend([0, 0]);
    file.extend(records.concat());
    file.extend(function(0, &[]));
    file
}

/// The cleaned metafile; cleaning it again changes nothing.
#[track_caller]
fn written_wmf(file: &[u8], expected: &[&str]) -> Vec<u8> {
    let outcome = clean("a.wmf", file);
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    assert_eq!(ids(&outcome), expected);
    let again = clean("a.wmf", output);
    assert_eq!(again.bytes(), Some(output), "cleaning a clean metafile changes nothing");
    assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
    output.to_vec()
}

#[test]
fn drawing_of_a_windows_metafile_stays_as_it_is() {
    let (head, rows) = bitmap();
    let packed = [head, rows].concat();
    let drawn = [
        function(0x0103, &shorts(&[8])),
        function(0x0105, &shorts(&[1])),
        function(0x02fa, &shorts(&[0, 1, 0, 0xff, 0])),
        function(0x02fc, &shorts(&[0, 0xff, 0, 0])),
        function(0x012d, &shorts(&[1])),
        function(0x0324, &shorts(&[2, 1, 1, 2, 2])),
        function(0x0538, &shorts(&[2, 1, 1, 1, 1, 2, 2])),
        function(0x0a32, &[&shorts(&[1, 2, 3, 0])[..], b"ABC\0", &shorts(&[5, 5, 5])].concat()),
        function(0x0521, &[&shorts(&[1])[..], b"A\0", &shorts(&[1, 2])].concat()),
        function(0x0f43, &[&shorts(&[0x20, 0xcc, 0, 1, 2, 0, 0, 1, 2, 0, 0])[..], &packed].concat()),
        function(0x0940, &[&shorts(&[0x20, 0xcc, 0, 0, 1, 2, 0, 0])[..], &packed].concat()),
        function(0x0940, &shorts(&[0x42, 0, 0, 0, 0, 1, 2, 0, 0])),
        function(0x06ff, &shorts(&[0, 6, 0, 0, 34, 1, 2, 0, 0, 9, 9, 2, 0, 9, 0, 9, 2])),
        function(0x012c, &shorts(&[2])),
        function(0x01f0, &shorts(&[0])),
    ];
    let file = wmf(3, &drawn);
    assert_eq!(written_wmf(&file, &[]), file);
    // Without the placeable header as well.
    assert_eq!(written_wmf(&file[22..], &[]), file[22..]);
}

#[test]
fn escapes_are_left_out_under_their_id() {
    let line = function(0x0213, &shorts(&[3, 4]));
    for body in [&b"\x09\0\x04\0KILL"[..], b"\x0f\0\x04\0KILL", b"\x25\0\x04\0KILL", b"\x13\0\x04\0KILL"] {
        let file = wmf(0, &[function(0x0626, body), line.clone()]);
        assert_eq!(written_wmf(&file, &["wmf.escape-setabortproc"]), wmf(0, std::slice::from_ref(&line)));
    }
}

#[test]
fn an_object_that_is_left_out_keeps_its_place() {
    let records = |first: Vec<u8>| {
        let pen = function(0x02fa, &shorts(&[0, 1, 0, 0xff, 0]));
        wmf(2, &[first, pen, function(0x012d, &shorts(&[1]))])
    };
    let nothing = function(0x02fc, &shorts(&[1, 0, 0, 0]));
    for wrong in
        [function(0x01f9, b"KILL"), function(0x02fb, b"KILL"), function(0x02fc, &shorts(&[9, 0, 0, 0]))]
    {
        let output = written_wmf(&records(wrong), &["wmf.record-overflows"]);
        assert_eq!(output, records(nothing.clone()));
    }
}

#[test]
fn a_record_of_a_windows_metafile_that_cannot_be_is_left_out() {
    let line = function(0x0213, &shorts(&[3, 4]));
    for wrong in [
        function(0x0324, &shorts(&[9, 1, 1])),
        function(0x0538, &shorts(&[1, 9, 1, 1])),
        function(0x0a32, &[&shorts(&[1, 2, 9, 0])[..], b"KILL"].concat()),
        function(0x012d, &shorts(&[0])),
        function(0x0127, &shorts(&[0xffff])),
        function(
            0x0b41,
            &[&shorts(&[0x20, 0xcc, 1, 2, 0, 0, 1, 2, 0, 0])[..], &words(&[40, 9, 9, 1])].concat(),
        ),
    ] {
        let file = wmf(0, &[wrong.clone(), line.clone()]);
        assert_eq!(
            written_wmf(&file, &["wmf.record-overflows"]),
            wmf(0, std::slice::from_ref(&line)),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_windows_metafile_ends_where_a_record_cannot_be() {
    let line = function(0x0213, &shorts(&[3, 4]));
    let clean = wmf(0, std::slice::from_ref(&line));
    for size in [0_u32, 2, 0x7fff_ffff, u32::MAX] {
        let wrong = [&words(&[size])[..], b"\x26\x06KILL"].concat();
        let file = wmf(0, &[line.clone(), wrong]);
        assert_eq!(written_wmf(&file, &["wmf.record-overflows"]), clean);
    }
    let behind = [&clean[..], b"KILL"].concat();
    assert_eq!(written_wmf(&behind, &["wmf.record-overflows"]), clean);
    let mut sum = clean.clone();
    sum[20] ^= 1;
    assert_eq!(written_wmf(&sum, &["wmf.record-overflows"]), clean);
    assert!(self::clean("a.wmf", &clean[..40]).bytes().is_none());
}

#[test]
fn a_compressed_metafile_is_written_plain() {
    use std::io::Write;
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    };
    for (name, plain) in [("a.emz", emf(&[])), ("a.wmz", wmf(0, &[])), ("a.emf", emf(&[]))] {
        let outcome = clean(name, &gzip(&plain));
        assert_eq!(outcome.bytes(), clean("a", &plain).bytes(), "{name}");
        assert!(outcome.bytes().is_some());
        assert_eq!(ids(&outcome), ["emf.compressed-emz-wmz"]);
    }
    for other in [&b"KILL"[..], &gzip(&emf(&[]))] {
        assert!(clean("a.emz", &gzip(other)).bytes().is_none());
    }
}

/// Metafiles of programs of every age: all that are whole are delivered, and cleaning them again changes nothing.
#[test]
fn metafiles_that_are_whole_are_delivered_and_others_do_no_harm() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if !shared.exists() {
        println!("skipped: {} is not there", shared.display());
        return;
    }
    for folder in ["benign/emf", "benign/wmf", "broken/emf"] {
        for entry in fs::read_dir(shared.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let outcome = clean(&name, &fs::read(&path).unwrap());
            let Some(output) = outcome.bytes() else {
                assert!(folder.starts_with("broken"), "{name}: {}", outcome.report().to_json_pretty());
                continue;
            };
            let again = clean(&name, output);
            assert_eq!(again.bytes(), Some(output), "{name}");
            assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep), "{name}");
        }
    }
}
