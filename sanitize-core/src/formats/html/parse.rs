//! Bytes to text to tree.

use std::borrow::Cow;

use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::{
        charset::{Document, Encoding},
        markup::html::{Syntax, Tree},
    },
};

/// A page as it was found.
pub(super) struct Parsed {
    pub(super) tree: Tree,
    /// It was in another encoding than UTF-8, or in one that is only told from a declaration.
    pub(super) reencoded: Option<&'static str>,
    /// Its source says that it is an application or a scriptlet, not a page.
    pub(super) acts_as: Option<&'static str>,
}

pub(super) fn parse(input: &[u8], budget: &Budget) -> Result<Parsed, Error> {
    let (text, reencoded) = decode(input, budget)?;
    let acts_as = application(&text);
    let syntax = if is_xhtml(&text) { Syntax::Xhtml } else { Syntax::Html };
    let tree = Tree::parse(&text, syntax, budget)?;
    Ok(Parsed { tree, reencoded, acts_as })
}

/// The text, and the name of its encoding where it was not UTF-8.
///
/// A byte order mark goes first, then validity: text that is valid UTF-8 beyond ASCII is UTF-8, whatever it
/// declares, since a gateway may have decoded it and left the declaration. Then what the page declares, then
/// what its bytes look like.
fn decode<'a>(input: &'a [u8], budget: &Budget) -> Result<(Cow<'a, str>, Option<&'static str>), Error> {
    let marked = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"].iter().any(|mark| input.starts_with(mark));
    let escapes = memchr::memchr(0x1b, input).is_some();
    if !marked && !escapes && memchr::memchr(0, input).is_none() {
        if let Ok(text) = simdutf8::basic::from_utf8(input) {
            return Ok((Cow::Borrowed(text), None));
        }
        if let Some(encoding) = declared(input) {
            budget.expand(input.len() as u64 * 3)?;
            let (text, _) = encoding.decode_without_bom_handling(input);
            return Ok((Cow::Owned(text.into_owned()), Some(encoding.name())));
        }
    }
    match Document::decode(input, budget)? {
        Some(document) => {
            let name = match document.encoding {
                Encoding::Utf8 if document.conversion.is_some() => Some("unknown"),
                Encoding::Utf8 if marked => Some("UTF-8 with a byte order mark"),
                Encoding::Utf8 => None,
                Encoding::Utf16Le | Encoding::Utf16Be => Some("UTF-16"),
                Encoding::Cp932 => Some("Shift_JIS"),
                Encoding::EucJp => Some("EUC-JP"),
                Encoding::Iso2022Jp => Some("ISO-2022-JP"),
            };
            Ok((document.text, name))
        }
        // Zeros, or bytes that mean nothing: browsers show such a page as Windows-1252.
        None if looks_binary(input) => Err(malformed("text encoding", 0)),
        None => {
            budget.expand(input.len() as u64 * 3)?;
            let encoding = declared(input).unwrap_or(encoding_rs::WINDOWS_1252);
            let (text, _) = encoding.decode_without_bom_handling(input);
            Ok((Cow::Owned(text.replace('\0', "")), Some(encoding.name())))
        }
    }
}

fn looks_binary(input: &[u8]) -> bool {
    let controls = input.iter().filter(|byte| matches!(byte, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    controls * 20 > input.len()
}

/// How far into a page browsers still take its declaration.
const DECLARATIONS: usize = 64 << 10;

/// The encoding that a `meta` element or the XML declaration names. UTF-8 is left out: the bytes are not valid
/// in it, so the declaration is wrong. So are encodings in which ASCII bytes mean something else.
fn declared(input: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = input.get(..DECLARATIONS).unwrap_or(input).to_ascii_lowercase();
    let mut tags = memchr::memchr_iter(b'<', &head).filter_map(|at| {
        let tag = head.get(at + 1..)?;
        let name: &[u8] = if tag.starts_with(b"meta") {
            b"charset"
        } else if at == 0 && tag.starts_with(b"?xml") {
            b"encoding"
        } else {
            return None;
        };
        let tag = tag.get(..512).unwrap_or(tag);
        label(tag.get(..memchr::memchr(b'>', tag)?)?, name)
    });
    tags.find(|encoding| *encoding != encoding_rs::UTF_8 && encoding.is_ascii_compatible())
}

/// The encoding whose label stands behind `name` and an equals sign.
fn label(tag: &[u8], name: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let at = memchr::memmem::find(tag, name)? + name.len();
    let behind = tag.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let label = behind.strip_prefix(b"\"").or_else(|| behind.strip_prefix(b"'")).unwrap_or(behind);
    let plain = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_:.".contains(byte);
    let len = label.iter().take_while(plain).count();
    encoding_rs::Encoding::for_label(label.get(..len)?)
}

/// The part of the source in which a page says what it is.
const HEAD: usize = 4 << 10;

fn is_xhtml(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default();
    let declared = head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml");
    declared && head.contains("http://www.w3.org/1999/xhtml")
}

/// HTML applications, scriptlets and behaviours, which programs of Windows run when they are opened.
pub(super) fn application(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let is = |at: usize, mark: &str| {
        let tag = bytes.get(at..at + mark.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(mark.as_bytes()))
    };
    let mut tags = memchr::memchr_iter(b'<', bytes);
    let is_element = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    if let Some(first) = tags.clone().find(is_element) {
        // As the root these are what they say; further in, pages have components of their own.
        let roots = ["<scriptlet", "<component", "<registration", "<package>"];
        if roots.iter().any(|root| is(first, root)) {
            return Some("a scriptlet");
        }
    }
    tags.find_map(|at| {
        if is(at, "<hta:application") {
            Some("an HTML application")
        } else if is(at, "<public:") || is(at, "<?component") {
            Some("a behaviour")
        } else {
            None
        }
    })
}
