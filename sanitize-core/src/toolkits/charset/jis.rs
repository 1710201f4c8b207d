//! ISO-2022-JP by hand, and the walk through any encoding character by character.

use super::Encoding;

/// What bytes stand for until the next designation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    /// ASCII and JIS X 0201 Roman: one byte.
    Single,
    /// JIS X 0201 katakana: one byte.
    Katakana,
    /// JIS X 0208: two bytes.
    Kanji,
    /// JIS X 0212: two bytes.
    Supplement,
}

/// The designations of ISO-2022-JP and its extensions.
const DESIGNATIONS: [(&[u8], Set); 7] = [
    (b"\x1b(B", Set::Single),
    (b"\x1b(J", Set::Single),
    (b"\x1b(I", Set::Katakana),
    (b"\x1b$@", Set::Kanji),
    (b"\x1b$B", Set::Kanji),
    (b"\x1b$(D", Set::Supplement),
    (b"\x1b$(B", Set::Kanji),
];

fn designation(bytes: &[u8]) -> Option<(&'static [u8], Set)> {
    if bytes.first() != Some(&0x1b) {
        return None;
    }
    DESIGNATIONS.into_iter().find(|(sequence, _)| bytes.starts_with(sequence))
}

/// True when there is a designation that only Japanese text has.
pub(super) fn has_designation(body: &[u8]) -> bool {
    let mut escapes = memchr::memchr_iter(0x1b, body);
    escapes.any(
        |at| matches!(designation(body.get(at..).unwrap_or_default()), Some((_, set)) if set != Set::Single),
    )
}

/// The same characters in EUC-JP, where each byte says by itself what it belongs to. Other escape sequences
/// stay, as text with controls in it.
pub(super) fn to_euc(body: &[u8]) -> Vec<u8> {
    let mut euc = Vec::with_capacity(body.len());
    let mut set = Set::Single;
    let mut rest = body;
    while let Some((byte, behind)) = rest.split_first() {
        if let Some((sequence, designated)) = designation(rest) {
            set = designated;
            rest = rest.get(sequence.len()..).unwrap_or_default();
            continue;
        }
        let (set_here, len) = width(set, rest);
        match (set_here, len) {
            (Set::Katakana, _) => euc.extend_from_slice(&[0x8e, byte | 0x80]),
            (Set::Kanji | Set::Supplement, 2) => {
                if set_here == Set::Supplement {
                    euc.push(0x8f);
                }
                euc.extend(rest.iter().take(2).map(|byte| byte | 0x80));
            }
            _ => euc.push(*byte),
        }
        rest = if len == 2 { behind.get(1..).unwrap_or_default() } else { behind };
    }
    euc
}

/// The set the next character is from, and how many bytes it has: controls and spaces stand for themselves
/// in any set.
fn width(set: Set, rest: &[u8]) -> (Set, usize) {
    let is_graphic = |byte: &u8| (0x21..=0x7e).contains(byte);
    match set {
        Set::Kanji | Set::Supplement if rest.len() >= 2 && rest.iter().take(2).all(is_graphic) => (set, 2),
        Set::Katakana if rest.first().is_some_and(|byte| (0x21..=0x5f).contains(byte)) => (set, 1),
        _ => (Set::Single, 1),
    }
}

/// Goes through encoded bytes along with the characters they decode to.
pub(super) struct Walk<'a> {
    rest: &'a [u8],
    encoding: Encoding,
    set: Set,
    designated: &'static [u8],
    output: Vec<u8>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(bytes: &'a [u8], encoding: Encoding) -> Self {
        let output = Vec::with_capacity(bytes.len());
        Self { rest: bytes, encoding, set: Set::Single, designated: b"\x1b(B", output }
    }

    /// Copies the bytes of `character`, which comes next.
    pub(super) fn keep(&mut self, character: char) {
        let bytes = self.next(character);
        self.output.extend_from_slice(bytes);
    }

    /// Passes over the bytes of `character`, which comes next.
    pub(super) fn drop(&mut self, character: char) {
        self.next(character);
    }

    /// Puts ASCII text in.
    pub(super) fn insert(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.encoding {
            Encoding::Utf16Le => self.output.extend(text.bytes().flat_map(|byte| [byte, 0])),
            Encoding::Utf16Be => self.output.extend(text.bytes().flat_map(|byte| [0, byte])),
            Encoding::Iso2022Jp if self.set == Set::Single => self.output.extend_from_slice(text.as_bytes()),
            Encoding::Iso2022Jp => {
                self.output.extend_from_slice(b"\x1b(B");
                self.output.extend_from_slice(text.as_bytes());
                // A designation that comes next anyway may not stand behind another one.
                if designation(self.rest).is_none() {
                    self.output.extend_from_slice(self.designated);
                }
            }
            _ => self.output.extend_from_slice(text.as_bytes()),
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.output.extend_from_slice(self.rest);
        self.output
    }

    /// Copies the designations that stand before the next character.
    fn designations(&mut self) {
        while self.encoding == Encoding::Iso2022Jp
            && let Some((sequence, set)) = designation(self.rest)
        {
            self.output.extend_from_slice(sequence);
            (self.set, self.designated) = (set, sequence);
            self.rest = self.rest.get(sequence.len()..).unwrap_or_default();
        }
    }

    fn next(&mut self, character: char) -> &'a [u8] {
        self.designations();
        let lead = self.rest.first().copied().unwrap_or_default();
        let len = match self.encoding {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16Le | Encoding::Utf16Be => character.len_utf16() * 2,
            Encoding::Cp932 if lead <= 0x80 || matches!(lead, 0xa0..=0xdf) => 1,
            Encoding::EucJp if lead < 0x80 => 1,
            Encoding::EucJp if lead == 0x8f => 3,
            Encoding::Iso2022Jp => width(self.set, self.rest).1,
            Encoding::Cp932 | Encoding::EucJp => 2,
        };
        let (bytes, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, &[]));
        self.rest = rest;
        bytes
    }
}
