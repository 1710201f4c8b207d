//! Which encoding bytes are in. Validity decides; where bytes are valid in two, what people write does.

use std::borrow::Cow;

use super::{Conversion, Encoding, UTF8_MARK, UTF16_BE_MARK, UTF16_LE_MARK, jis};

/// How many bytes the guesses between Japanese encodings look at.
const SAMPLE: usize = 64 << 10;

/// The encoding that a byte order mark names.
pub(super) fn mark(input: &[u8]) -> Option<(Encoding, &'static [u8])> {
    // UTF-32 begins like UTF-16; its zeros make it no text here.
    let marks =
        [(Encoding::Utf8, UTF8_MARK), (Encoding::Utf16Le, UTF16_LE_MARK), (Encoding::Utf16Be, UTF16_BE_MARK)];
    marks.into_iter().find(|(_, mark)| input.starts_with(mark))
}

/// The encoding of bytes without a mark.
pub(super) fn encoding(body: &[u8]) -> Option<Encoding> {
    if memchr::memchr(0, body).is_some() {
        return wide(body);
    }
    if memchr::memchr(0x1b, body).is_some() && body.is_ascii() && jis::has_designation(body) {
        return Some(Encoding::Iso2022Jp);
    }
    if simdutf8::basic::from_utf8(body).is_ok() {
        return Some(Encoding::Utf8);
    }
    if is_overlong(body) {
        return None;
    }
    let valid = |table: &'static encoding_rs::Encoding| {
        let text = table.decode_without_bom_handling_and_without_replacement(body);
        // The web's table gives the byte 0x80 a meaning that no Japanese text uses.
        text.is_some_and(|text| !text.contains('\u{80}'))
    };
    match (valid(encoding_rs::SHIFT_JIS), valid(encoding_rs::EUC_JP)) {
        (true, true) if is_rather_euc(body) => Some(Encoding::EucJp),
        (true, _) => Some(Encoding::Cp932),
        (false, true) => Some(Encoding::EucJp),
        (false, false) => None,
    }
}

/// True when everything above ASCII is UTF-8 longer than it need be: `C0 AF` for a slash. The same bytes are
/// half-width kana in code page 932, which nobody writes in just these pairs.
fn is_overlong(body: &[u8]) -> bool {
    let mut rest = body;
    while let Some(at) = rest.iter().position(|byte| *byte >= 0x80) {
        rest = rest.get(at..).unwrap_or_default();
        let len = match rest {
            [0xc0 | 0xc1, 0x80..=0xbf, ..] => 2,
            [0xe0, 0x80..=0x9f, 0x80..=0xbf, ..] => 3,
            [0xf0, 0x80..=0x8f, 0x80..=0xbf, 0x80..=0xbf, ..] => 4,
            _ => return false,
        };
        rest = rest.get(len..).unwrap_or_default();
    }
    true
}

/// Bytes valid in both: in EUC-JP a fifth of the characters of any sentence are kana, whose lead bytes are
/// marks of punctuation in the half-width kana that code page 932 would make of them.
fn is_rather_euc(body: &[u8]) -> bool {
    let sample = body.get(..SAMPLE).unwrap_or(body);
    let (mut characters, mut kana) = (0_usize, 0_usize);
    let mut bytes = sample.iter();
    while let Some(lead) = bytes.next() {
        if *lead >= 0x80 {
            bytes.next();
            characters += 1;
            kana += usize::from(matches!(lead, 0xa4 | 0xa5));
        }
    }
    kana * 5 >= characters
}

/// UTF-16 without a mark, only where it is plain: zeros are the high halves of at least a quarter of the
/// units, and there is none among the low halves.
fn wide(body: &[u8]) -> Option<Encoding> {
    if !body.len().is_multiple_of(2) {
        return None;
    }
    let (mut first, mut second) = (0_usize, 0_usize);
    for unit in body.chunks_exact(2) {
        first += usize::from(unit.first() == Some(&0));
        second += usize::from(unit.last() == Some(&0));
    }
    let units = body.len() / 2;
    match (first, second) {
        (0, zeros) if zeros * 4 >= units => Some(Encoding::Utf16Le),
        (zeros, 0) if zeros * 4 >= units => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// How to read bytes that are valid nowhere, if they are text at all.
pub(super) fn conversion(body: &[u8]) -> Option<Conversion> {
    let mut valid = 0_usize;
    let mut invalid = 0_usize;
    for chunk in body.utf8_chunks() {
        valid += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    let control = |byte: &u8| matches!(byte, 0..=6 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f);
    let controls = body.iter().filter(|byte| control(byte)).count();
    let plain = body.iter().filter(|byte| byte.is_ascii()).count();
    if controls * 50 > body.len() || memchr::memchr(0, body).is_some() {
        return None;
    }
    if valid > invalid {
        return (invalid * 10 <= body.len()).then_some(Conversion::Replaced);
    }
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    let is_western = !body.iter().any(undefined) && plain * 10 >= body.len() * 6;
    let is_nearly_plain = invalid <= 4 || invalid * 10 <= body.len();
    match (is_western, is_nearly_plain) {
        (true, _) => Some(Conversion::Western),
        (false, true) if plain * 2 >= body.len() => Some(Conversion::Replaced),
        _ => None,
    }
}

/// True for bytes that a browser or viewer takes for markup or another format, whatever their name is
/// (WHATWG MIME Sniffing, section 7.1).
fn starts_like_markup(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 15] = [
        b"<!doctype",
        b"<html",
        b"<head",
        b"<body",
        b"<script",
        b"<iframe",
        b"<svg",
        b"<?xml",
        b"<?php",
        b"<%",
        b"<!--",
        b"{\\rtf",
        b"%pdf",
        b"%!ps",
        b"mime-version:",
    ];
    let head = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let narrow: Cow<'_, [u8]> = match mark(bytes) {
        // The first letters of UTF-16 are its bytes that are not zero.
        Some((Encoding::Utf16Le | Encoding::Utf16Be, _)) => {
            head.iter().skip(2).copied().filter(|byte| *byte != 0).take(64).collect()
        }
        _ => head.into(),
    };
    let narrow = narrow.trim_ascii_start();
    STARTS.iter().any(|start| narrow.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
}

/// A cheap look at the first bytes: whether they are valid is seen when they are decoded.
pub(crate) fn looks_like_text(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4_096;
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let controls = count(head, |byte| matches!(byte, 1..=6 | 0x0e..=0x1a | 0x1c..=0x1f));
    if controls * 8 > head.len().max(64) || starts_like_markup(head) {
        return false;
    }
    if memchr::memchr(0, head).is_none() {
        return true;
    }
    let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let zeros = count(head, |byte| byte == 0);
    // UTF-16 without a mark has a zero in at least every eighth byte, all in one half of its units, and is
    // long enough to tell; no other text has any.
    let in_odd_places = head.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    let in_one_half = in_odd_places == 0 || in_odd_places == zeros;
    let is_wide_without_mark = head.len() >= 8 && zeros * 8 >= head.len() && in_one_half;
    is_wide || is_wide_without_mark
}

/// How many bytes are `wanted`. Counted in bytes first, many at a time.
fn count(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    let of_chunk =
        |chunk: &[u8]| chunk.iter().fold(0_u8, |sum, byte| sum.wrapping_add(u8::from(wanted(*byte))));
    // No chunk has more bytes than a byte can count.
    bytes.chunks(240).map(|chunk| usize::from(of_chunk(chunk))).sum()
}

/// True for text that a reader of its first bytes would take for something else once what hid them is gone.
pub(crate) fn acts_at_its_start(text: &str) -> bool {
    starts_like_markup(text.as_bytes()) || text.starts_with("#!")
}
