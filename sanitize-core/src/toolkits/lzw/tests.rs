//! What the codes must be, and what must be no stream. Second opinion: weezl.

use weezl::{BitOrder, decode, encode};

use super::*;
use crate::{
    budget::{Budget, Cancel},
    limits::Limits,
};

fn budget() -> Budget {
    Budget::new(&Limits::default(), 1_000, Cancel::new())
}

/// Symbols below `range` of several kinds: even chances, runs, and steps.
fn symbols(seed: u64, size: usize, range: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut symbols = Vec::with_capacity(size);
    while symbols.len() < size {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let symbol = (state >> 40) % range;
        let count = match (seed % 3, state >> 20 & 3) {
            (0, _) | (1, 0) => 1,
            (1, _) => state >> 50 & 7,
            _ => state >> 55,
        };
        symbols.extend((0..count).map(|step| ((symbol + step * (seed % 2)) % range) as u8));
    }
    symbols.truncate(size);
    symbols
}

fn encoded(symbols: &[u8], kind: Kind, bits: u8) -> Vec<u8> {
    let mut encoder = match kind {
        Kind::Gif => encode::Encoder::new(BitOrder::Lsb, bits),
        Kind::Tiff => encode::Encoder::with_tiff_size_switch(BitOrder::Msb, bits),
    };
    encoder.encode(symbols).unwrap()
}

fn decoded(stream: &[u8], kind: Kind, bits: u8) -> Vec<u8> {
    let mut decoder = match kind {
        Kind::Gif => decode::Decoder::new(BitOrder::Lsb, bits),
        Kind::Tiff => decode::Decoder::with_tiff_size_switch(BitOrder::Msb, bits),
    };
    decoder.decode(stream).unwrap()
}

fn rewritten(stream: &[u8], kind: Kind, bits: u8, size: usize) -> Option<Rewritten> {
    rewrite(stream, kind, bits, size as u64, &budget()).unwrap()
}

/// Puts codes of these widths into bytes.
fn packed(codes: &[(u32, u32)], kind: Kind) -> Vec<u8> {
    let mut bits = Vec::new();
    for (code, width) in codes {
        match kind {
            Kind::Gif => bits.extend((0..*width).map(|place| code >> place & 1)),
            Kind::Tiff => bits.extend((0..*width).rev().map(|place| code >> place & 1)),
        }
    }
    let byte = |bits: &[u32]| match kind {
        Kind::Gif => bits.iter().rev().fold(0, |byte, bit| byte << 1 | *bit as u8),
        Kind::Tiff => (0..8).fold(0, |byte, at| byte << 1 | bits.get(at).copied().unwrap_or(0) as u8),
    };
    bits.chunks(8).map(byte).collect()
}

#[test]
fn a_stream_written_anew_gives_the_same_symbols_and_passes_the_check() {
    for seed in 0..60 {
        let size = [1, 2, 3, 250, 251, 252, 253, 254, 255, 256, 700, 3_900, 4_000, 9_000, 70_000, 300_000];
        for (index, size) in size.into_iter().enumerate() {
            let (kind, bits) = match (seed + index as u64) % 3 {
                0 => (Kind::Tiff, 8),
                1 => (Kind::Gif, 8),
                _ => (Kind::Gif, 2 + (seed % 6) as u8),
            };
            let symbols = symbols(seed, size, 1 << bits);
            let new = rewritten(&encoded(&symbols, kind, bits), kind, bits, size);
            let new = new.unwrap_or_else(|| panic!("{kind:?} {bits} {seed} {size}"));
            assert!(decoded(&new.stream, kind, bits) == symbols, "{kind:?} {bits} {seed} {size}");
            assert!(is_as_written(&new.stream, kind, bits, size as u64), "{kind:?} {bits} {seed} {size}");
            let again = rewritten(&new.stream, kind, bits, size).unwrap();
            assert!(again.stream == new.stream && again.behind == 0);
            for symbol in 0..=255 {
                let is_met = new.symbols.get(usize::from(symbol)) == Some(&true);
                assert_eq!(is_met, symbols.contains(&symbol), "{symbol}");
            }
        }
    }
}

#[test]
fn a_stream_of_another_number_of_symbols_is_none() {
    let symbols = symbols(1, 5_000, 256);
    for kind in [Kind::Gif, Kind::Tiff] {
        let stream = encoded(&symbols, kind, 8);
        assert!(rewritten(&stream, kind, 8, 5_000).is_some());
        for size in [1, 4_999, 5_001] {
            assert!(rewritten(&stream, kind, 8, size).is_none());
            assert!(!is_as_written(&stream, kind, 8, size as u64));
        }
        assert!(rewritten(&stream[..stream.len() / 2], kind, 8, 5_000).is_none());
        assert!(rewritten(&[], kind, 8, 5_000).is_none());
    }
}

#[test]
fn codes_that_no_decoder_knows_are_no_stream() {
    // Two bits a symbol: 4 clears, 5 ends, 6 is the first string.
    let after = |codes: &[(u32, u32)], size| {
        let stream = packed(&[&[(4, 3)], codes].concat(), Kind::Gif);
        assert!(!is_as_written(&stream, Kind::Gif, 2, size as u64));
        rewritten(&stream, Kind::Gif, 2, size).is_none()
    };
    assert!(after(&[(6, 3), (5, 3)], 2), "a string behind a clear code");
    assert!(after(&[(1, 3), (7, 3), (5, 3)], 4), "a string that comes two codes later");
    assert!(after(&[(5, 3)], 1), "an end at once");
    assert!(after(&[(1, 3), (1, 3), (2, 3), (12, 4), (5, 4)], 5), "a string that comes later");
    assert!(after(&[(1, 3), (1, 3), (4, 3), (6, 3), (5, 3)], 4), "a string of the table before");
    // The string that is about to be known may be used.
    let own = packed(&[(4, 3), (1, 3), (6, 3), (5, 3)], Kind::Gif);
    assert_eq!(decoded(&own, Kind::Gif, 2), [1, 1, 1]);
    assert_eq!(rewritten(&own, Kind::Gif, 2, 3).unwrap().stream, own);
    assert!(is_as_written(&own, Kind::Gif, 2, 3));
}

#[test]
fn what_says_nothing_is_left_out() {
    let plain = packed(&[(4, 3), (1, 3), (2, 3), (5, 3)], Kind::Gif);
    assert!(is_as_written(&plain, Kind::Gif, 2, 2));
    let of = |codes: &[(u32, u32)], more: &[u8]| {
        let stream = [packed(codes, Kind::Gif).as_slice(), more].concat();
        assert!(stream == plain || !is_as_written(&stream, Kind::Gif, 2, 2), "{codes:?}");
        let new = rewritten(&stream, Kind::Gif, 2, 2).unwrap();
        assert_eq!(new.stream, plain, "{codes:?}");
        new.behind
    };
    assert_eq!(of(&[(1, 3), (2, 3), (5, 3)], b""), 0, "no clear code");
    assert_eq!(of(&[(4, 3), (4, 3), (4, 3), (1, 3), (2, 3), (5, 3)], b""), 0, "more of them");
    assert_eq!(of(&[(4, 3), (1, 3), (2, 3), (4, 3), (5, 3)], b""), 0, "one before the end");
    assert_eq!(of(&[(4, 3), (1, 3), (2, 3)], b""), 0, "no end");
    assert_eq!(of(&[(4, 3), (1, 3), (2, 3), (5, 3), (7, 3)], b"behind"), 6, "filling and bytes behind");
    assert_eq!(of(&[(4, 3), (1, 3), (2, 3), (5, 3)], &[0]), 1);
}

#[test]
fn a_table_that_is_full_goes_on_in_gif_and_has_to_be_cleared_in_tiff() {
    for (kind, bits) in [(Kind::Gif, 8), (Kind::Tiff, 8)] {
        let mut codes = vec![(256, 9)];
        let (mut known, mut width) = (258_u32, 9);
        for place in 0..6_000_u32 {
            codes.push((place * 7 % 256, width));
            known += u32::from(place > 0 && known < 4_096);
            if width < 12 && known + u32::from(kind == Kind::Tiff) == 1 << width {
                width += 1;
            }
        }
        codes.push((257, width));
        let stream = packed(&codes, kind);
        let new = rewritten(&stream, kind, bits, 6_000);
        assert_eq!(is_as_written(&stream, kind, bits, 6_000), kind == Kind::Gif);
        assert_eq!(new.map(|new| new.stream == stream), (kind == Kind::Gif).then_some(true));
    }
}

#[test]
fn a_single_bit_that_is_other_is_no_crash_and_never_more_symbols() {
    let symbols = symbols(2, 2_000, 16);
    for (kind, bits) in [(Kind::Gif, 4), (Kind::Tiff, 8)] {
        let stream = encoded(&symbols, kind, bits);
        let mut kept = 0;
        for bit in 0..stream.len() * 8 {
            let mut other = stream.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            let Some(new) = rewritten(&other, kind, bits, 2_000) else { continue };
            kept += 1;
            assert!(is_as_written(&new.stream, kind, bits, 2_000));
            assert_eq!(decoded(&new.stream, kind, bits).len(), 2_000);
        }
        assert!(kept > 0, "a literal in place of another is a stream");
    }
}
