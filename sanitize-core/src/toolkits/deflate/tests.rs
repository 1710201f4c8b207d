use proptest::prelude::*;

use super::*;
use crate::{
    budget::{Budget, Cancel},
    limits::Limits,
    toolkits::codec::flate::{self, Wrapper},
};

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1 << 30, Cancel::new())
}

fn read_all(packed: &[u8], size: Option<u64>) -> Result<Inflated, crate::error::Error> {
    read(packed, Vec::new(), size, &budget())
}

/// The text by somebody else's inflater.
fn by_another(packed: &[u8]) -> Vec<u8> {
    inflated(packed).unwrap()
}

fn inflated(packed: &[u8]) -> Option<Vec<u8>> {
    let (plain, is_whole) = flate::inflate_what_there_is(packed, Wrapper::None, &budget()).unwrap();
    is_whole.then_some(plain)
}

fn write_all(symbols: &Symbols) -> Vec<u8> {
    write(symbols, Vec::new()).unwrap()
}

/// Texts of several kinds, as encoders of several levels write them.
fn streams() -> &'static [(Vec<u8>, Vec<u8>)] {
    static STREAMS: std::sync::OnceLock<Vec<(Vec<u8>, Vec<u8>)>> = std::sync::OnceLock::new();
    STREAMS.get_or_init(made)
}

fn made() -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut noise = 1_u32;
    let mut random = move || {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        noise >> 24
    };
    let cells: String = (0..20_000).map(|n| format!("<c r=\"A{n}\"><v>{}</v></c>", n * n % 977)).collect();
    let texts = [
        Vec::new(),
        b"a".to_vec(),
        b"a".repeat(100_000),
        b"abcdefg".repeat(9_999),
        // Of the longest copies, each of which may be the last that there is room for.
        cells.as_bytes().get(..1_806).unwrap().repeat(400),
        cells.into_bytes(),
        (0..70_000).map(|_| random() as u8).collect(),
        (0..300_000).map(|_| (random() % 5) as u8).collect(),
    ];
    let of_zlib = texts.iter().flat_map(|text| [0, 1, 6, 9].map(|level| (text.clone(), packed(text, level))));
    let of_libdeflate =
        texts.iter().map(|text| (text.clone(), flate::deflate(text, 1, Wrapper::None).unwrap()));
    of_zlib.chain(of_libdeflate).collect()
}

fn packed(text: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::new(level));
    std::io::Write::write_all(&mut encoder, text).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_others_wrote_is_read_and_what_is_written_others_read() {
    for (plain, packed) in streams() {
        for size in [None, Some(plain.len() as u64)] {
            let inflated = read_all(packed, size).unwrap();
            assert!(inflated.plain == *plain && inflated.read == packed.len());
            let symbols = inflated.symbols.unwrap();
            let again = write_all(&symbols);
            assert!(by_another(&again) == *plain);
            assert!(
                again.len() <= packed.len() + packed.len() / 20 + 64,
                "{} of {}",
                again.len(),
                packed.len()
            );
            let second = read_all(&again, size).unwrap();
            assert!(second.symbols.as_ref() == Some(&symbols));
            assert!(write_all(&second.symbols.unwrap()) == again);
        }
    }
}

#[test]
fn sizes_and_ends_are_held_to() {
    for (plain, packed) in streams() {
        let size = plain.len() as u64;
        assert!(read_all(packed, Some(size + 1)).is_err());
        assert!(size == 0 || read_all(packed, Some(size - 1)).is_err());
        let behind = [packed.as_slice(), b"behind"].concat();
        assert_eq!(read_all(&behind, Some(size)).unwrap().read, packed.len());
        for cut in [packed.len() - 1, packed.len() / 2, 0] {
            assert!(read_all(&packed[..cut], Some(size)).is_err());
            assert!(read_all(&packed[..cut], None).is_err());
        }
    }
}

#[test]
fn a_text_that_grows_is_paid_for() {
    let packed = flate::deflate(&vec![0; 10 << 20], 1, Wrapper::None).unwrap();
    let limits = Limits { expanded_bytes: 1 << 20, ..Limits::default() };
    let budget = Budget::new(&limits, 1 << 30, Cancel::new());
    assert!(read(&packed, Vec::new(), None, &budget).is_err());
    assert!(budget.tripped().is_some());
}

#[test]
fn streams_that_inflaters_refuse_are_refused() {
    for wrong in [
        // A block of the kind that there is not; a stored one whose lengths disagree.
        &[0b111_u8][..],
        &[0b001, 1, 0, 1, 0, 7],
        // A copy from before the text, in the fixed code: length 3, distance 1.
        &[0b0000_0011, 0b0000_0010, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        // Code lengths of which none is of the end.
        &[0b101, 0, 0, 0, 0, 0, 0, 0],
    ] {
        assert!(read_all(wrong, None).is_err(), "{wrong:?}");
        assert!(inflated(wrong).is_none(), "{wrong:?}");
    }
}

/// Leaves out and puts in, and notes what stays.
fn edited(plain: &[u8], edits: &[(usize, usize, u8)]) -> (Vec<u8>, Runs) {
    let (mut text, mut runs, mut at) = (Vec::new(), Runs::default(), 0);
    for (gap, left_out, put_in) in edits {
        let end = (at + gap).min(plain.len());
        runs.push(Run { from: at, to: text.len(), len: end - at });
        text.extend_from_slice(&plain[at..end]);
        at = (end + left_out).min(plain.len());
        text.extend(std::iter::repeat_n(b'!', usize::from(*put_in)));
    }
    runs.push(Run { from: at, to: text.len(), len: plain.len() - at });
    text.extend_from_slice(&plain[at..]);
    (text, runs)
}

#[test]
fn what_is_left_out_everywhere_costs_little() {
    let row = |n: usize, more: &str| format!("<c r=\"A{n}\"{more} t=\"s\"><v>{}</v></c>", n * n % 977);
    let plain: String = (0..5_000).map(|n| row(n, " w:rsid=\"00AB12CD\"")).collect();
    let expected: String = (0..5_000).map(|n| row(n, "")).collect();
    let (mut runs, mut at, mut to) = (Runs::default(), 0, 0);
    for (place, what) in plain.match_indices(" w:rsid=\"00AB12CD\"") {
        runs.push(Run { from: at, to, len: place - at });
        (to, at) = (to + place - at, place + what.len());
    }
    runs.push(Run { from: at, to, len: plain.len() - at });
    let packed = flate::deflate(plain.as_bytes(), 6, Wrapper::None).unwrap();
    let symbols = read_all(&packed, None).unwrap().symbols.unwrap();
    let again = follow(&symbols, plain.as_bytes(), &runs, expected.as_bytes(), Vec::new()).unwrap();
    assert!(by_another(&again) == expected.as_bytes());
    let anew = flate::deflate(expected.as_bytes(), 6, Wrapper::None).unwrap();
    assert!(again.len() <= anew.len() * 5 / 4, "{} of {}", again.len(), anew.len());
}

#[test]
fn every_symbol_is_written_in_codes_that_others_read() {
    // In blocks so short that the fixed codes are shorter, and in some of codes of their own.
    for byte in 0..=255_u8 {
        for text in [vec![byte], vec![byte; 700], [vec![byte; 9], (0..=255).collect()].concat()] {
            for level in [1, 9] {
                let symbols = read_all(&packed(&text, level), None).unwrap().symbols.unwrap();
                assert!(by_another(&write_all(&symbols)) == text, "{byte}");
            }
        }
    }
    let mut symbols = Symbols::default();
    symbols.literals(&[7; 32_768]);
    for distance in 1..=32_768 {
        assert!(symbols.copy(3 + distance % 256, distance));
        symbols.literals(&[(distance % 251) as u8]);
    }
    let text = read_all(&write_all(&symbols), None).unwrap();
    assert!(text.symbols.as_ref() == Some(&symbols));
    assert!(by_another(&write_all(&symbols)) == text.plain);
    for length in 3..=258 {
        let mut symbols = Symbols::default();
        symbols.literals(b"abc");
        assert!(symbols.copy(length, 3));
        assert!(by_another(&write_all(&symbols)).len() == length + 3);
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_as_by_others_or_not_at_all(packed in proptest::collection::vec(any::<u8>(), 0..400)) {
        let other = inflated(&packed);
        prop_assert!(read_all(&packed, None).ok().map(|inflated| inflated.plain) == other);
    }

    #[test]
    fn damaged_streams_are_read_as_by_others_or_not_at_all(
        kind in 0_usize..8,
        level in 0_usize..4,
        flips in proptest::collection::vec((any::<proptest::sample::Index>(), 0_u8..8), 1..4),
    ) {
        // The codes stand in front, and a short stream has more of the ends of things.
        let (plain, _) = &streams()[kind * 4];
        let plain = plain.get(..3_000.min(plain.len())).unwrap();
        let mut packed = packed(plain, [0, 1, 6, 9][level]);
        for (index, bit) in flips {
            let at = index.index(packed.len());
            packed[at] ^= 1 << bit;
        }
        let other = inflated(&packed);
        let read = read_all(&packed, None).ok();
        prop_assert!(read.as_ref().map(|inflated| &inflated.plain) == other.as_ref());
        if let Some(symbols) = read.and_then(|inflated| inflated.symbols) {
            prop_assert!(Some(by_another(&write_all(&symbols))) == other);
        }
    }

    #[test]
    fn whatever_is_edited_the_stream_says_the_text(
        edits in proptest::collection::vec((0_usize..400, 0_usize..30, 0_u8..10), 0..60),
        kind in 0_usize..8,
    ) {
        let (plain, packed) = &streams()[kind * 4 + 2];
        let symbols = read_all(packed, None).unwrap().symbols.unwrap();
        let (text, runs) = edited(plain, &edits);
        if let Some(again) = follow(&symbols, plain, &runs, &text, Vec::new()) {
            prop_assert!(by_another(&again) == text);
            let second = read_all(&again, None).unwrap().symbols.unwrap();
            prop_assert!(write_all(&second) == again);
        }
    }

    #[test]
    fn runs_that_are_not_true_make_no_wrong_text(
        runs in proptest::collection::vec((0_usize..3_000, 0_usize..3_000, 0_usize..500), 0..20),
    ) {
        let (plain, packed) = &streams()[22];
        let symbols = read_all(packed, None).unwrap().symbols.unwrap();
        let mut all = Runs::default();
        runs.into_iter().for_each(|(from, to, len)| all.push(Run { from, to, len }));
        let text: Vec<u8> = plain.iter().take(3_000).rev().copied().collect();
        if let Some(again) = follow(&symbols, plain, &all, &text, Vec::new()) {
            prop_assert!(by_another(&again) == text);
        }
    }
}
