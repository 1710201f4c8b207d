//! Text in the encodings that Japanese offices use, edited without being written anew.
//!
//! [`Document::decode`] finds the encoding by validity. [`Document::edited`] changes the text at given places
//! and keeps the bytes of every other character as they are: Windows code page 932 has characters with two
//! and three codes, and an encoder would choose one of them.

mod detect;
mod hidden;
mod jis;
pub(crate) mod label;

pub(crate) use detect::{acts_at_its_start, looks_like_text};
pub(crate) use hidden::{HiddenKind, hidden, hidden_in_file, is_plain_ascii};

use std::{borrow::Cow, ops::Range};

use crate::{budget::Budget, error::Error};

/// Encodings that are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Windows code page 932, as the web's Shift_JIS table has it.
    Cp932,
    EucJp,
    Iso2022Jp,
}

/// What was wrong with bytes that are valid in no encoding; the text is then UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Conversion {
    /// Read as Windows-1252.
    Western,
    /// Sequences that mean nothing became U+FFFD.
    Replaced,
}

/// A text and the bytes it came from.
#[derive(Clone, Debug)]
pub(crate) struct Document<'a> {
    pub(crate) encoding: Encoding,
    pub(crate) conversion: Option<Conversion>,
    /// The text without its byte order mark.
    pub(crate) text: Cow<'a, str>,
    has_mark: bool,
    /// The same in its encoding; for UTF-8 the text is its own bytes.
    bytes: Cow<'a, [u8]>,
}

/// What to put in place of a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    /// In bytes of the decoded text.
    pub(crate) range: Range<usize>,
    /// ASCII only: every encoding here can hold it.
    pub(crate) insert: &'static str,
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";
const UTF16_LE_MARK: &[u8] = b"\xff\xfe";
const UTF16_BE_MARK: &[u8] = b"\xfe\xff";

impl<'a> Document<'a> {
    /// Decodes `input`; `None` when it is no text in any of the encodings.
    pub(crate) fn decode(input: &'a [u8], budget: &Budget) -> Result<Option<Self>, Error> {
        budget.check()?;
        let (encoding, has_mark, body) = match detect::mark(input) {
            Some((encoding, mark)) => (Some(encoding), true, input.get(mark.len()..).unwrap_or_default()),
            None => (detect::encoding(input), false, input),
        };
        if let Some(encoding) = encoding
            && let Some(text) = decode_exactly(body, encoding, budget)?
        {
            let bytes = if encoding == Encoding::Utf8 { Cow::Borrowed(&[][..]) } else { Cow::Borrowed(body) };
            return Ok(Some(Self { encoding, conversion: None, text, has_mark, bytes }));
        }
        Self::converted(body, encoding, has_mark, budget)
    }

    /// Bytes that are not valid in the encoding they claim, or in any.
    fn converted(
        body: &[u8],
        encoding: Option<Encoding>,
        has_mark: bool,
        budget: &Budget,
    ) -> Result<Option<Self>, Error> {
        budget.expand(body.len() as u64)?;
        let wide = match encoding {
            Some(Encoding::Utf16Le) => Some((encoding_rs::UTF_16LE, Encoding::Utf16Le)),
            Some(Encoding::Utf16Be) => Some((encoding_rs::UTF_16BE, Encoding::Utf16Be)),
            _ => None,
        };
        if let Some((table, encoding)) = wide {
            let (text, _) = table.decode_without_bom_handling(body);
            let text = text.into_owned();
            let replaced = text.chars().filter(|character| *character == '\u{fffd}').count();
            if text.contains('\0') || replaced * 10 > text.len() / 2 + 20 {
                return Ok(None);
            }
            let bytes = Cow::Owned(encode_wide(&text, encoding));
            let conversion = Some(Conversion::Replaced);
            return Ok(Some(Self { encoding, conversion, text: text.into(), has_mark, bytes }));
        }
        let Some(conversion) = detect::conversion(body) else { return Ok(None) };
        let text = match conversion {
            Conversion::Western => encoding_rs::WINDOWS_1252.decode_without_bom_handling(body).0.into_owned(),
            Conversion::Replaced => String::from_utf8_lossy(body).into_owned(),
        };
        let (encoding, conversion) = (Encoding::Utf8, Some(conversion));
        Ok(Some(Self { encoding, conversion, text: text.into(), has_mark, bytes: Cow::Borrowed(&[]) }))
    }

    /// The document with `edits` carried out, which are sorted and do not overlap.
    pub(crate) fn edited(self, edits: &[Edit], budget: &Budget) -> Result<Document<'a>, Error> {
        if edits.is_empty() {
            return Ok(self);
        }
        budget.check()?;
        let mut text = String::with_capacity(self.text.len() + edits.len());
        let mut kept = 0;
        for edit in edits {
            text.push_str(self.text.get(kept..edit.range.start).unwrap_or_default());
            text.push_str(edit.insert);
            kept = edit.range.end;
        }
        text.push_str(self.text.get(kept..).unwrap_or_default());
        let bytes = if self.encoding == Encoding::Utf8 { Vec::new() } else { self.edited_bytes(edits) };
        Ok(Document { text: Cow::Owned(text), bytes: Cow::Owned(bytes), ..self })
    }

    fn edited_bytes(&self, edits: &[Edit]) -> Vec<u8> {
        let mut walk = jis::Walk::new(&self.bytes, self.encoding);
        let mut edits = edits.iter().peekable();
        let mut removed_to = 0;
        for (at, character) in self.text.char_indices() {
            while let Some(edit) = edits.next_if(|edit| edit.range.start <= at) {
                walk.insert(edit.insert);
                removed_to = edit.range.end;
            }
            if at < removed_to { walk.drop(character) } else { walk.keep(character) }
        }
        for edit in edits {
            walk.insert(edit.insert);
        }
        walk.finish()
    }

    /// The document as its own bytes will be read. Taking characters out of a text without a mark can make it
    /// look like another encoding; such a text is written in UTF-8, where nothing can be mistaken. True where
    /// that happened.
    pub(crate) fn settled(self, budget: &Budget) -> Result<(Self, bool), Error> {
        if self.encoding == Encoding::Utf8 || matches!(self.bytes, Cow::Borrowed(_)) {
            return Ok((self, false));
        }
        budget.expand(self.bytes.len() as u64)?;
        let written = self.clone().into_bytes();
        let read = Document::decode(&written, budget)?;
        let is_same = read.is_some_and(|read| {
            read.encoding == self.encoding && read.conversion.is_none() && read.text == self.text
        });
        if is_same {
            return Ok((self, false));
        }
        let plain = Self { encoding: Encoding::Utf8, has_mark: false, bytes: Cow::Borrowed(&[]), ..self };
        Ok((plain, true))
    }

    /// The bytes, mark included, as they are written.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        let mark = match (self.has_mark, self.encoding) {
            (true, Encoding::Utf8) => UTF8_MARK,
            (true, Encoding::Utf16Le) => UTF16_LE_MARK,
            (true, Encoding::Utf16Be) => UTF16_BE_MARK,
            _ => &[],
        };
        let body = match self.encoding {
            Encoding::Utf8 => Cow::Borrowed(self.text.as_bytes()),
            _ => self.bytes,
        };
        [mark, &body].concat()
    }
}

/// The text, when every byte of `body` has a meaning in `encoding`.
fn decode_exactly<'a>(
    body: &'a [u8],
    encoding: Encoding,
    budget: &Budget,
) -> Result<Option<Cow<'a, str>>, Error> {
    let table = match encoding {
        Encoding::Utf8 => return Ok(simdutf8::basic::from_utf8(body).ok().map(Cow::Borrowed)),
        Encoding::Iso2022Jp => {
            budget.expand(body.len() as u64)?;
            let unpacked = jis::to_euc(body);
            let text = encoding_rs::EUC_JP.decode_without_bom_handling_and_without_replacement(&unpacked);
            return Ok(text.map(|text| Cow::Owned(text.into_owned())));
        }
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Cp932 => encoding_rs::SHIFT_JIS,
        Encoding::EucJp => encoding_rs::EUC_JP,
    };
    // Three bytes of UTF-8 for two of a Japanese encoding, or of UTF-16.
    budget.expand(body.len() as u64 / 2 * 3)?;
    let text = table.decode_without_bom_handling_and_without_replacement(body);
    Ok(text.filter(|text| !text.contains('\0')).map(|text| Cow::Owned(text.into_owned())))
}

fn encode_wide(text: &str, encoding: Encoding) -> Vec<u8> {
    let bytes = |unit: u16| match encoding {
        Encoding::Utf16Be => unit.to_be_bytes(),
        _ => unit.to_le_bytes(),
    };
    text.encode_utf16().flat_map(bytes).collect()
}

#[cfg(test)]
mod tests;
