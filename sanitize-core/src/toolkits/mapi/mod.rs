//! Messages as Outlook stores them: properties by number (MS-OXPROPS), in compound files (MS-OXMSG) or in a
//! stream of attributes (MS-OXTNEF), with text in compressed RTF (MS-OXRTFCP) that often is HTML in disguise
//! (MS-OXRTFEX).
//!
//! [`msg::read`] and [`tnef::read`] make a [`Message`]; [`compose::mail`] writes one as a mail in the simplest form
//! there is, for whoever rebuilds mails to read. Nothing here decides what may stay.

pub(crate) mod compose;
pub(crate) mod msg;
pub(crate) mod rtf;
pub(crate) mod tnef;

use std::collections::BTreeMap;

use crate::toolkits::charset::label;

/// Messages in each other that are read.
pub(crate) const DEEPEST: u32 = 8;

/// Properties of a message, a recipient or an attachment. Of each number the first value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Properties {
    /// Text in UTF-16, decoded.
    texts: BTreeMap<u16, String>,
    /// Text in the code page of the message.
    narrow: BTreeMap<u16, Vec<u8>>,
    binaries: BTreeMap<u16, Vec<u8>>,
    integers: BTreeMap<u16, u32>,
    /// Seconds since 1970.
    times: BTreeMap<u16, i64>,
    /// Numbers of named properties (MS-OXPROPS, PSETID_Common) that have a value.
    named: Vec<u32>,
}

/// A message.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    pub(crate) properties: Properties,
    pub(crate) recipients: Vec<Properties>,
    pub(crate) attachments: Vec<Attachment>,
    /// Something could not be read, and is not here.
    pub(crate) is_cut: bool,
}

/// An attachment.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    pub(crate) properties: Properties,
    pub(crate) content: Content,
}

/// What an attachment holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    File(Vec<u8>),
    Message(Box<Message>),
    /// An OLE object, which a program opens in place.
    Object,
    /// An address or path, where the content would be.
    Elsewhere,
}

/// Numbers of properties (MS-OXPROPS) that are looked at.
pub(crate) mod tag {
    pub(crate) const MESSAGE_CLASS: u16 = 0x001a;
    pub(crate) const SUBJECT: u16 = 0x0037;
    pub(crate) const SUBMIT_TIME: u16 = 0x0039;
    pub(crate) const SENT_NAME: u16 = 0x0042;
    pub(crate) const SENT_ADDRESS: u16 = 0x0065;
    pub(crate) const TRANSPORT_HEADERS: u16 = 0x007d;
    pub(crate) const RECIPIENT_TYPE: u16 = 0x0c15;
    pub(crate) const SENDER_NAME: u16 = 0x0c1a;
    pub(crate) const SENDER_ADDRESS: u16 = 0x0c1f;
    pub(crate) const DISPLAY_CC: u16 = 0x0e03;
    pub(crate) const DISPLAY_TO: u16 = 0x0e04;
    pub(crate) const DELIVERY_TIME: u16 = 0x0e06;
    pub(crate) const BODY: u16 = 0x1000;
    pub(crate) const RTF: u16 = 0x1009;
    pub(crate) const HTML: u16 = 0x1013;
    pub(crate) const MESSAGE_ID: u16 = 0x1035;
    pub(crate) const REFERENCES: u16 = 0x1039;
    pub(crate) const IN_REPLY_TO: u16 = 0x1042;
    pub(crate) const DISPLAY_NAME: u16 = 0x3001;
    pub(crate) const ADDRESS: u16 = 0x3003;
    pub(crate) const ATTACH_DATA: u16 = 0x3701;
    pub(crate) const ATTACH_NAME: u16 = 0x3704;
    pub(crate) const ATTACH_METHOD: u16 = 0x3705;
    pub(crate) const ATTACH_LONG_NAME: u16 = 0x3707;
    pub(crate) const ATTACH_TYPE: u16 = 0x370e;
    pub(crate) const CONTENT_ID: u16 = 0x3712;
    pub(crate) const SMTP_ADDRESS: u16 = 0x39fe;
    pub(crate) const CODE_PAGE: u16 = 0x3ffd;
    pub(crate) const INTERNET_CODE_PAGE: u16 = 0x3fde;
    pub(crate) const LOCALE: u16 = 0x3ff1;
    pub(crate) const SENDER_SMTP: u16 = 0x5d01;
    pub(crate) const SENT_SMTP: u16 = 0x5d02;
}

/// Named properties by which a reminder or a form acts: override, whether to play, and what (CVE-2023-23397).
pub(crate) const TRIGGERS: [u32; 3] = [0x851c, 0x851e, 0x851f];

/// Types of properties (MS-OXCDATA, 2.11.1).
mod kind {
    pub(super) const INTEGER_16: u16 = 0x0002;
    pub(super) const INTEGER_32: u16 = 0x0003;
    pub(super) const BOOLEAN: u16 = 0x000b;
    pub(super) const OBJECT: u16 = 0x000d;
    pub(super) const STRING_8: u16 = 0x001e;
    pub(super) const UNICODE: u16 = 0x001f;
    pub(super) const TIME: u16 = 0x0040;
    pub(super) const BINARY: u16 = 0x0102;
}

impl Properties {
    /// Text, in the code page given for what is not Unicode.
    pub(crate) fn text(&self, tag: u16, code_page: Option<u32>) -> Option<String> {
        let text = match (self.texts.get(&tag), self.narrow.get(&tag)) {
            (Some(text), _) => text.clone(),
            (None, Some(bytes)) => label::decode(bytes, code_page.and_then(charset_of)).text,
            (None, None) => return None,
        };
        let text = text.trim_end_matches('\0');
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Text that is Unicode.
    pub(crate) fn unicode(&self, tag: u16) -> Option<&str> {
        self.texts.get(&tag).map(|text| text.trim_end_matches('\0')).filter(|text| !text.is_empty())
    }

    /// Text that is not Unicode, as its bytes.
    pub(crate) fn narrow(&self, tag: u16) -> Option<&[u8]> {
        self.narrow.get(&tag).map(Vec::as_slice)
    }

    /// Bytes.
    pub(crate) fn binary(&self, tag: u16) -> Option<&[u8]> {
        self.binaries.get(&tag).map(Vec::as_slice)
    }

    /// An integer.
    pub(crate) fn integer(&self, tag: u16) -> Option<u32> {
        self.integers.get(&tag).copied()
    }

    /// A time, in seconds since 1970.
    pub(crate) fn time(&self, tag: u16) -> Option<i64> {
        self.times.get(&tag).copied()
    }

    /// True when a named property that acts by itself has a value.
    pub(crate) fn has_trigger(&self) -> bool {
        self.named.iter().any(|number| TRIGGERS.contains(number))
    }

    /// Takes in a value of variable length.
    fn add(&mut self, tag: u16, kind: u16, value: &[u8]) {
        match kind {
            kind::UNICODE => {
                let units = value.as_chunks::<2>().0.iter().map(|unit| u16::from_le_bytes(*unit));
                let text: String = char::decode_utf16(units)
                    .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect();
                self.texts.entry(tag).or_insert(text);
            }
            kind::STRING_8 => {
                self.narrow.entry(tag).or_insert_with(|| value.to_vec());
            }
            kind::BINARY => {
                self.binaries.entry(tag).or_insert_with(|| value.to_vec());
            }
            _ => (),
        }
    }

    /// Takes in a value of eight bytes at most, low ones first.
    fn add_fixed(&mut self, tag: u16, kind: u16, value: u64) {
        match kind {
            kind::INTEGER_16 | kind::BOOLEAN => {
                self.integers.entry(tag).or_insert((value & 0xffff) as u32);
            }
            kind::INTEGER_32 => {
                self.integers.entry(tag).or_insert((value & 0xffff_ffff) as u32);
            }
            kind::TIME => {
                if let Some(seconds) = seconds_since_1970(value) {
                    self.times.entry(tag).or_insert(seconds);
                }
            }
            _ => (),
        }
    }
}

/// A FILETIME: tenths of a microsecond since 1601. Nothing for zero and for the end of time, which mean none.
fn seconds_since_1970(time: u64) -> Option<i64> {
    let seconds = i64::try_from(time / 10_000_000).ok()?;
    (time != 0).then_some(seconds - 11_644_473_600)
}

/// The charset of a Windows code page.
pub(crate) fn charset_of(code_page: u32) -> Option<&'static str> {
    const PAGES: [(u32, &str); 36] = [
        (874, "windows-874"),
        (932, "shift_jis"),
        (936, "gbk"),
        (949, "euc-kr"),
        (950, "big5"),
        (1200, "utf-16le"),
        (1250, "windows-1250"),
        (1251, "windows-1251"),
        (1252, "windows-1252"),
        (1253, "windows-1253"),
        (1254, "windows-1254"),
        (1255, "windows-1255"),
        (1256, "windows-1256"),
        (1257, "windows-1257"),
        (1258, "windows-1258"),
        (10000, "macintosh"),
        (20127, "us-ascii"),
        (20866, "koi8-r"),
        (20932, "euc-jp"),
        (21866, "koi8-u"),
        (28591, "iso-8859-1"),
        (28592, "iso-8859-2"),
        (28595, "iso-8859-5"),
        (28597, "iso-8859-7"),
        (28598, "iso-8859-8"),
        (28605, "iso-8859-15"),
        (50220, "iso-2022-jp"),
        (50221, "iso-2022-jp"),
        (50222, "iso-2022-jp"),
        (51932, "euc-jp"),
        (51936, "gbk"),
        (51949, "euc-kr"),
        (52936, "hz-gb-2312"),
        (54936, "gb18030"),
        (65000, "utf-7"),
        (65001, "utf-8"),
    ];
    PAGES.iter().find(|(page, _)| *page == code_page).map(|(_, charset)| *charset)
}

/// The Windows code page of a language (MS-LCID).
pub(crate) fn page_of_language(locale: u32) -> Option<u32> {
    Some(match (locale & 0xffff, locale & 0x3ff) {
        (0x0404 | 0x0c04 | 0x1404, _) => 950,
        (_, 0x04) => 936,
        (_, 0x11) => 932,
        (_, 0x12) => 949,
        (_, 0x02 | 0x19 | 0x22 | 0x23) => 1251,
        (_, 0x05 | 0x0e | 0x15 | 0x18 | 0x1a | 0x1b | 0x24) => 1250,
        (_, 0x08) => 1253,
        (_, 0x1f) => 1254,
        (_, 0x0d) => 1255,
        (_, 0x01 | 0x20 | 0x29) => 1256,
        (_, 0x25..=0x27) => 1257,
        (_, 0x2a) => 1258,
        (_, 0x1e) => 874,
        (_, 0x03 | 0x06 | 0x07 | 0x09..=0x0c | 0x0f | 0x10 | 0x13 | 0x14 | 0x16 | 0x1d) => 1252,
        _ => return None,
    })
}
