use super::*;
use crate::{budget::Cancel, limits::Limits};

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1 << 20, Cancel::new())
}

fn decode(bytes: &[u8]) -> Document<'_> {
    Document::decode(bytes, &budget()).unwrap().unwrap()
}

/// The document without its first character and with `'` in front of the next.
fn shortened(bytes: &[u8]) -> Vec<u8> {
    let document = decode(bytes);
    let first = document.text.chars().next().unwrap().len_utf8();
    let edits = [Edit { range: 0..first, insert: "" }, Edit { range: first..first, insert: "'" }];
    document.edited(&edits, &budget()).unwrap().into_bytes()
}

#[test]
fn each_encoding_is_found_and_kept() {
    let text = "髙橋さん、①番の帳票を〜確認−表示ソ\r\n";
    let (sjis, ..) = encoding_rs::SHIFT_JIS.encode("髙橋さん、①番の帳票を確認表示ソ\r\n");
    let (euc, ..) = encoding_rs::EUC_JP.encode("帳票を確認してください\r\n");
    let (jis, ..) = encoding_rs::ISO_2022_JP.encode("帳票を確認してください\r\n");
    let wide = |mark: &[u8], encoding| [mark, &encode_wide(text, encoding)].concat();
    let cases = [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([UTF8_MARK, text.as_bytes()].concat(), Encoding::Utf8),
        (sjis.to_vec(), Encoding::Cp932),
        (euc.to_vec(), Encoding::EucJp),
        (jis.to_vec(), Encoding::Iso2022Jp),
        (wide(UTF16_LE_MARK, Encoding::Utf16Le), Encoding::Utf16Le),
        (wide(UTF16_BE_MARK, Encoding::Utf16Be), Encoding::Utf16Be),
        (encode_wide("plain text\r\n", Encoding::Utf16Le), Encoding::Utf16Le),
    ];
    for (bytes, encoding) in cases {
        let document = decode(&bytes);
        assert_eq!((document.encoding, document.conversion), (encoding, None));
        let text = document.text.clone().into_owned();
        assert_eq!(document.into_bytes(), bytes, "{encoding:?}");
        let rest: String = text.chars().skip(1).collect();
        let short = shortened(&bytes);
        assert_eq!((decode(&short).text, decode(&short).encoding), (format!("'{rest}").into(), encoding));
    }
}

#[test]
fn codes_that_code_page_932_has_twice_keep_their_bytes() {
    // 髙 and 﨑 by IBM and by NEC codes, ∵ in rows 2 and 13, wave dash and minus of Microsoft.
    let bytes = b"x\xfb\xfc\xee\xe0\xfa\xb1\xed\x95\x81\xe6\x87\x9a\xfa\x5b\x81\x60\x81\x7c\x95\x5c\xb1";
    assert_eq!(decode(bytes).encoding, Encoding::Cp932);
    assert_eq!(decode(bytes).into_bytes(), bytes);
    let expected = [b"'", &bytes[1..]].concat();
    assert_eq!(shortened(bytes), expected);
}

#[test]
fn bytes_that_are_no_text_are_none() {
    let none = |bytes: &[u8]| Document::decode(bytes, &budget()).unwrap().is_none();
    assert!(none(b"text with a \0 in it"));
    assert!(none(b"\xff\xfe\0\0a\0\0\0"), "UTF-32");
    assert!(none(&(1..=255_u8).collect::<Vec<_>>().repeat(9)));
}

#[test]
fn bytes_valid_nowhere_become_valid_utf8() {
    let western = decode(b"caf\xe9\nna\xefve");
    assert_eq!((&*western.text, western.conversion), ("café\nnaïve", Some(Conversion::Western)));
    let overlong = decode(b"..\xc0\xaf..");
    assert!(std::str::from_utf8(&overlong.clone().into_bytes()).is_ok(), "{overlong:?}");
    let broken = decode("表\u{8868}あいう\n".as_bytes().get(..11).unwrap());
    assert_eq!(broken.conversion, Some(Conversion::Replaced));
}

fn kinds(text: &str) -> Vec<(HiddenKind, &str)> {
    hidden(text).into_iter().map(|hidden| (hidden.kind, text.get(hidden.range).unwrap())).collect()
}

#[test]
fn whole_escape_sequences_are_found() {
    let found = kinds("a\x1b[31mred\x1b[0m\x1b]0;title\x07\x1bP1$q\x1b\\b\x1b(0\u{9b}1mc\x08\x1b]open");
    let sequences: Vec<_> = found.iter().map(|(_, text)| *text).collect();
    assert_eq!(
        sequences,
        ["\x1b[31m", "\x1b[0m", "\x1b]0;title\x07", "\x1bP1$q\x1b\\", "\x1b(0", "\u{9b}1m", "\x08", "\x1b]"]
    );
    assert!(found.iter().all(|(kind, _)| *kind == HiddenKind::Control));
}

#[test]
fn what_writing_needs_stays() {
    for text in [
        "👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} 1\u{fe0f}\u{20e3} 👍🏽",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "葛\u{e0100}城市 辻\u{e0101}",
        "می\u{200c}خواهم क\u{94d}\u{200d}ष",
        "שלום \u{200f}abc",
        "tab\tline\r\nend",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn what_nobody_sees_is_found() {
    let smuggled: String = "KILL".chars().map(|c| char::from_u32(0xe0000 + c as u32).unwrap()).collect();
    assert_eq!(kinds(&format!("a{smuggled}b")).len(), 4);
    assert_eq!(kinds("a\u{200b}b\u{feff}c\u{2060}d\u{3164}").len(), 4);
    assert_eq!(kinds("葛\u{e0100}\u{e0101}\u{e0102}").len(), 2, "one selector for one ideograph");
    assert_eq!(kinds("a\u{fe0f}\u{fe01}").len(), 2);
    assert_eq!(kinds("🏴\u{e0067}\u{e0062}").len(), 2, "a flag without its end");
}

#[test]
fn bidirectional_controls_need_their_counterpart() {
    assert_eq!(kinds("a\u{202e}fdp.exe\nb"), [(HiddenKind::Unbalanced, "\u{202e}")]);
    assert_eq!(kinds("a\u{2066}// x\u{2069}"), [(HiddenKind::Balanced, "\u{2066}")]);
    assert_eq!(kinds("\u{202b}a\u{202c}b\u{202c}").last().unwrap().0, HiddenKind::Unbalanced);
    assert_eq!(kinds("\u{2066}\u{202a}x\u{2069}")[1], (HiddenKind::Unbalanced, "\u{202a}"));
    assert_eq!(kinds("plain\u{200e}"), [(HiddenKind::Unbalanced, "\u{200e}")]);
}

#[test]
fn many_openers_and_ends_cost_one_pass() {
    let started = cpu_time::ThreadTime::now();
    let text = ["\u{202a}".repeat(300_000), "\u{2069}".repeat(300_000), "\x1b]x".repeat(300_000)].concat();
    assert_eq!(hidden(&text).len(), 900_000);
    assert!(started.elapsed().as_secs() < 10);
}
