//! Inline pictures (ISO 32000-2, 8.9.7).

use std::borrow::Cow;

use super::{Category, Content, Inline, Row, writer::Writer};
use crate::{
    error::Error,
    formats::pdf::parse::{
        lex::{Lexer, Token, is_space},
        object::{Dict, Object},
        syntax,
    },
};

/// Writes the inline picture whose `BI` was read; false where none is written.
pub(super) fn inline_image<'i>(
    lexer: &mut Lexer<'i>,
    writer: &mut Writer<'i>,
    content: &mut Content,
    inline: &mut Inline<'_>,
) -> Result<bool, Error> {
    let mut entries = Vec::new();
    loop {
        match lexer.next() {
            Token::Name(key) => {
                if let Ok(value) = syntax::object(lexer) {
                    entries.push((key, value));
                }
            }
            Token::Keyword(b"ID") => break,
            Token::End => return Ok(false),
            _ => (),
        }
    }
    let dict = Dict::new(entries);
    let input = lexer.bytes();
    let start = (lexer.position() + 1).min(input.len());
    let body = input.get(start..).unwrap_or_default();
    let len = image_len(&dict, body);
    lexer.seek(start + len);
    // Up to and with EI.
    loop {
        let before = lexer.position();
        match lexer.next() {
            Token::Keyword(b"EI") | Token::End => break,
            _ if lexer.position().saturating_sub(start + len) > 64 => {
                lexer.seek(before);
                break;
            }
            _ => (),
        }
    }
    let data = body.get(..len).unwrap_or_default();
    let picture = inline(&dict, data)?;
    let is_written = picture.is_some();
    match picture {
        Some((entries, data)) => {
            if let Some(name) = color_space_name(&dict) {
                writer.uses(Category::ColorSpace, Cow::Owned(name), &mut content.used);
            }
            writer.separate();
            writer.output.extend_from_slice(b"BI");
            writer.output.extend_from_slice(&entries);
            writer.output.extend_from_slice(b"\nID ");
            writer.output.extend_from_slice(&data);
            writer.output.extend_from_slice(b"\nEI");
        }
        None => content.lost_images += 1,
    }
    Ok(is_written)
}

/// The entry of an inline picture under its short key, or where there is none under its long one (table 91).
pub(crate) fn entry<'p, 's>(dict: &'p Dict<'s>, long: &[u8], short: &[u8]) -> &'p Object<'s> {
    match dict.get(short) {
        Object::Null => dict.get(long),
        value => value,
    }
}

/// The colour space resource an inline picture names, when it names one. A stencil has no colours.
fn color_space_name(dict: &Dict<'_>) -> Option<Vec<u8>> {
    if *entry(dict, b"ImageMask", b"IM") == Object::Bool(true) {
        return None;
    }
    match entry(dict, b"ColorSpace", b"CS").as_name()? {
        b"G" | b"RGB" | b"CMYK" | b"I" | b"DeviceGray" | b"DeviceRGB" | b"DeviceCMYK" | b"Indexed" => None,
        name => Some(name.to_vec()),
    }
}

/// How far behind an `EI` it is looked whether content follows.
const LOOKED: usize = 256;

/// True where `rest`, the bytes behind an `EI`, may be content: up to the first operator nothing speaks against it.
fn may_be_content(rest: &[u8]) -> bool {
    let start = rest.get(..16.min(rest.len())).unwrap_or_default();
    if start.iter().all(|byte| byte.is_ascii_graphic() || is_space(*byte)) {
        return true;
    }
    // Strings may hold any byte.
    let mut lexer = Lexer::new(rest.get(..LOOKED.min(rest.len())).unwrap_or_default(), 0);
    loop {
        match lexer.next() {
            Token::Keyword(word) => return Row::of(word).is_some(),
            Token::End => return true,
            _ => (),
        }
    }
}

/// How many bytes an inline picture has: exact where nothing is filtered, else up to an `EI` that stands alone
/// and is followed by what may be content, or up to the first that stands alone.
fn image_len(dict: &Dict<'_>, body: &[u8]) -> usize {
    if *entry(dict, b"Filter", b"F") == Object::Null {
        let number = |long: &[u8], short: &[u8]| {
            entry(dict, long, short).as_int().and_then(|n| usize::try_from(n).ok())
        };
        let mask = *entry(dict, b"ImageMask", b"IM") == Object::Bool(true);
        let colors = match entry(dict, b"ColorSpace", b"CS") {
            Object::Name(name) => match &**name {
                b"G" | b"DeviceGray" => Some(1),
                b"RGB" | b"DeviceRGB" => Some(3),
                b"CMYK" | b"DeviceCMYK" => Some(4),
                _ => None,
            },
            Object::Array(_) => Some(1),
            _ => None,
        };
        let bits = if mask { Some(1) } else { number(b"BitsPerComponent", b"BPC") };
        let colors = if mask { Some(1) } else { colors };
        if let (Some(width), Some(height), Some(bits), Some(colors)) =
            (number(b"Width", b"W"), number(b"Height", b"H"), bits, colors)
            && let Some(len) = width
                .checked_mul(colors)
                .and_then(|samples| samples.checked_mul(bits))
                .map(|bits| bits.div_ceil(8))
                .and_then(|row| row.checked_mul(height))
            && len <= body.len()
        {
            return len;
        }
    }
    let blank = |byte: Option<&u8>| byte.is_none_or(|byte| is_space(*byte));
    let mut first = None;
    for at in memchr::memmem::find_iter(body, b"EI") {
        let before = at.checked_sub(1).and_then(|before| body.get(before));
        if !blank(before) || !blank(body.get(at + 2)) {
            continue;
        }
        let end = at.saturating_sub(1);
        if may_be_content(body.get(at + 2..).unwrap_or_default()) {
            return end;
        }
        first = first.or(Some(end));
    }
    first.unwrap_or(body.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_filtered_picture_is_found_before_text_in_any_encoding() {
        let dict = Dict::new(vec![(Cow::Borrowed(&b"F"[..]), Object::Name(Cow::Borrowed(b"Fl")))]);
        let long = [b"data\nEI\n(".as_slice(), &[0x82, 0xA0].repeat(400), b") Tj\nBI ID x\nEI\n"].concat();
        for content in [
            &b"data\nEI\nQ\n"[..],
            b"data\nEI\n(\x82\xa0\x82\xa2) Tj\nEI\nQ",
            b"data\nEI\n[<82a0> -20 (\xff\x00)]TJ ET",
            b"data\nEI",
            &long,
            // Nothing speaks for any of them: the first.
            b"data\nEI \x01\x02\x03 \xff\xfe\nEI \x80\x81",
        ] {
            assert_eq!(image_len(&dict, content), 4, "{}", content.escape_ascii());
        }
        // By chance within the data.
        assert_eq!(image_len(&dict, b"da\nEI \x80\x81\x82 Z\nEI\nQ"), 11);
    }
}
