//! Addresses: what a piece of text would open if somebody clicked on it, decided by allow-list.
//!
//! [`parse`] takes the text of a hyperlink target, of a `HYPERLINK` field or of an `href`, and answers with a
//! [`Link`]. Only four kinds can be written again, each from its parts and never from the text that came in:
//! web addresses, mail addresses, telephone numbers, and places inside the same document. Everything else
//! is [`Link::Other`] or [`Link::Relative`], which have nothing to write.
//!
//! Writing is a fixed point: `parse(link.written())` is the same link.

mod deception;
mod mail;
mod web;

use std::borrow::Cow;

/// Longer addresses are not links: browsers and Office cut them at places of their own.
pub(crate) const MAX_BYTES: usize = 8 * 1024;

/// What an address is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// An address with a host: `http`, `https` or `ftp`.
    Web {
        /// `http`, `https` or `ftp`.
        scheme: &'static str,
        /// ASCII only: the host in its IDNA form, no user name or password, the rest percent-encoded.
        normalised: String,
        /// The text was made so that a person takes it for another address.
        deceptive: bool,
    },
    /// `mailto:` with parsed addresses, and of the headers only `to`, `cc`, `subject` and `body`.
    Mailto(String),
    /// `tel:` with a number and nothing else.
    Tel(String),
    /// A place in the same document, without the `#`.
    Internal(String),
    /// A path relative to the document or to a base: never a web address, even where it looks like one
    /// (`www.example.com`), since the program that shows the document opens it as a file.
    Relative(String),
    /// Any other address. It has no text, so that it cannot be written.
    Other {
        /// The scheme in lower case, or `unc` for `\\host` and `//host`, `file` for drive letters, and an empty
        /// string where there is none.
        scheme: String,
        /// Why it is not one of the kinds above.
        kind: OtherKind,
    },
}

/// What an address does that may not be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OtherKind {
    /// Runs or shows what stands in the address: `javascript:`, `vbscript:`, `data:`, `blob:`, `about:` …
    Script,
    /// A file on this machine: `file:`, drive letters, `shell:`, `res:`.
    Local,
    /// A file on another machine, which is sent the user's credentials: UNC, `file://host`, `smb:`, `webdav:`.
    Remote,
    /// A scheme that starts a program: `ms-msdt:`, `search-ms:`, and every scheme nobody listed.
    Protocol,
    /// Longer than [`MAX_BYTES`].
    TooLong,
    /// A scheme that is allowed, with an address that does not parse.
    Malformed,
}

impl Link {
    /// True when a document may hold this link under a policy that allows `schemes`. Places in the document
    /// itself need no scheme; relative paths and everything in [`Link::Other`] are never allowed.
    pub(crate) fn allowed(&self, schemes: &[String]) -> bool {
        let has = |wanted: &str| schemes.iter().any(|scheme| scheme == wanted);
        match self {
            Self::Web { scheme, .. } => has(scheme),
            Self::Mailto(_) => has("mailto"),
            Self::Tel(_) => has("tel"),
            Self::Internal(_) => true,
            Self::Relative(_) | Self::Other { .. } => false,
        }
    }

    /// The address as it is written, for the kinds that can be.
    pub(crate) fn written(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Web { normalised, .. } => Some(Cow::Borrowed(normalised)),
            Self::Mailto(address) | Self::Tel(address) => Some(Cow::Borrowed(address)),
            Self::Internal(fragment) => Some(Cow::Owned(format!("#{fragment}"))),
            Self::Relative(_) | Self::Other { .. } => None,
        }
    }

    /// True when the address was made to be taken for another.
    pub(crate) fn deceptive(&self) -> bool {
        matches!(self, Self::Web { deceptive: true, .. })
    }

    /// The scheme, for reports. Empty for places in the document and for paths.
    pub(crate) fn scheme(&self) -> &str {
        match self {
            Self::Web { scheme, .. } => scheme,
            Self::Mailto(_) => "mailto",
            Self::Tel(_) => "tel",
            Self::Internal(_) | Self::Relative(_) => "",
            Self::Other { scheme, .. } => scheme,
        }
    }
}

fn other(scheme: &str, kind: OtherKind) -> Link {
    Link::Other { scheme: scheme.to_owned(), kind }
}

/// Decides what the address `text` is. The text is what stands in the document after XML or HTML decoding.
pub(crate) fn parse(text: &str) -> Link {
    if text.len() > MAX_BYTES {
        return other("", OtherKind::TooLong);
    }
    let cleaned = clean(text);
    if let Some(fragment) = cleaned.strip_prefix('#') {
        return internal(fragment);
    }
    if cleaned.starts_with("//") || cleaned.starts_with("\\\\") || starts_like_unc(&cleaned) {
        return other("unc", OtherKind::Remote);
    }
    match split_scheme(&cleaned) {
        Some((scheme, rest, disguised)) => with_scheme(&scheme, rest, disguised),
        None if hides_a_scheme(&cleaned) => other("", OtherKind::Script),
        None => Link::Relative(cleaned),
    }
}

/// A place in the same document: a bookmark, a slide, `Sheet1!A1`.
///
/// Excel takes `#[book.xlsm]Sheet!A1` and `#\\host\share` for other files, so the characters that name files
/// are not part of any place that is written.
pub(crate) fn internal(fragment: &str) -> Link {
    let fragment = clean(fragment);
    let names_a_file = fragment.contains(['\\', '[', ']', '|', '<', '>'])
        || fragment.contains("//")
        || fragment.starts_with('#')
        || fragment.chars().any(deception::reorders);
    if fragment.len() > MAX_BYTES {
        other("", OtherKind::TooLong)
    } else if names_a_file {
        other("", OtherKind::Remote)
    } else {
        Link::Internal(fragment)
    }
}

/// Takes out what every browser skips while it reads a scheme: white space at both ends and control
/// characters anywhere, such as the tab in `java\tscript:`.
fn clean(text: &str) -> String {
    let skipped = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{ad}')
    };
    let noncharacter = |c: char| u32::from(c) & 0xfffe == 0xfffe || matches!(c, '\u{fdd0}'..='\u{fdef}');
    text.trim_matches(skipped)
        .chars()
        .filter(|&c| !c.is_control() && !noncharacter(c) && c != '\u{feff}' && c != '\u{fffc}')
        .collect::<String>()
        // What the control characters covered may be white space again.
        .trim_matches(skipped)
        .to_owned()
}

/// `\/host`, `/\host` and spellings with look-alike slashes open shares as `\\host` does.
fn starts_like_unc(text: &str) -> bool {
    let slash =
        |c: char| matches!(c, '/' | '\\' | '\u{ff0f}' | '\u{ff3c}' | '\u{2215}' | '\u{2044}' | '\u{29f8}');
    let mut chars = text.chars();
    chars.next().is_some_and(slash) && chars.next().is_some_and(slash)
}

/// The scheme in lower case, what follows its colon, and whether it was spelled in full-width letters.
fn split_scheme(text: &str) -> Option<(String, &str, bool)> {
    let colon = text.find([':', '\u{ff1a}'])?;
    let (head, rest) = text.split_at_checked(colon)?;
    let mut rest = rest.chars();
    let mut disguised = rest.next() != Some(':');
    let mut scheme = String::with_capacity(head.len());
    for c in head.chars() {
        let ascii = match c {
            '\u{ff01}'..='\u{ff5e}' => {
                disguised = true;
                char::from_u32(u32::from(c).saturating_sub(0xfee0))?
            }
            _ => c,
        };
        if !(ascii.is_ascii_alphanumeric() || matches!(ascii, '+' | '-' | '.')) {
            return None;
        }
        scheme.push(ascii.to_ascii_lowercase());
    }
    if scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        Some((scheme, rest.as_str(), disguised))
    } else {
        None
    }
}

/// `%6Aavascript:` and `&#106;avascript:` are relative paths by the letter and scripts to whoever decodes once
/// more. Told apart from paths only for the report; neither is ever written.
fn hides_a_scheme(text: &str) -> bool {
    let head = text.split([':', '/', '?', '#']).next().unwrap_or_default();
    let entity = head.contains('&') || text.contains("&#") || text.contains("&colon;");
    entity || head.len() < text.len() && text.get(head.len()..).is_some_and(|rest| rest.starts_with(':'))
}

fn with_scheme(scheme: &str, rest: &str, disguised: bool) -> Link {
    match scheme {
        "http" => web::parse("http", rest, disguised),
        "https" => web::parse("https", rest, disguised),
        "ftp" => web::parse("ftp", rest, disguised),
        "mailto" => mail::parse(rest),
        "tel" => tel(rest),
        // From here on the scheme only chooses the word for the report.
        "file" => {
            let path = rest.trim_start_matches(['/', '\\']);
            let slashes = rest.len().saturating_sub(path.len());
            let here = path.as_bytes().get(1) == Some(&b':') || path.as_bytes().get(1) == Some(&b'|');
            other(
                "file",
                if here || matches!(slashes, 0 | 1 | 3) { OtherKind::Local } else { OtherKind::Remote },
            )
        }
        _ if scheme.len() == 1 => other("file", OtherKind::Local),
        "shell" | "res" | "mk" | "its" | "ms-its" | "local" => other(scheme, OtherKind::Local),
        "smb" | "cifs" | "nfs" | "dav" | "davs" | "webdav" | "webdavs" => other(scheme, OtherKind::Remote),
        "javascript" | "vbscript" | "livescript" | "jscript" | "data" | "blob" | "about" | "jar"
        | "view-source" | "mhtml" | "mocha" | "feed" => other(scheme, OtherKind::Script),
        _ => other(scheme, OtherKind::Protocol),
    }
}

/// A telephone number: digits, visual separators, a leading plus. Parameters and pauses are not carried over.
fn tel(rest: &str) -> Link {
    let number: String = rest.split([';', '?', '#']).next().unwrap_or_default().chars().collect();
    let number: String = number.replace("%20", " ").split_whitespace().collect();
    let known = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '(' | ')');
    let digits = number.strip_prefix('+').unwrap_or(&number);
    if digits.chars().all(known) && digits.contains(|c: char| c.is_ascii_digit()) && digits.len() <= 32 {
        Link::Tel(format!("tel:{number}"))
    } else {
        other("tel", OtherKind::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kind(text: &str) -> OtherKind {
        match parse(text) {
            Link::Other { kind, .. } => kind,
            link => panic!("{text:?} is {link:?}"),
        }
    }

    #[test]
    fn script_schemes_are_seen_through_case_and_control_characters() {
        for text in [
            "javascript:alert(1)",
            "JaVa\nScRiPt:KILL()",
            "java\tscript:x",
            "\u{1}javascript:x",
            " javascript:x",
            "vbscript:x",
            "data:text/html,x",
            "blob:x",
            "about:blank",
            "jar:http://x",
            "view-source:http://x",
            "mhtml:http://x!y",
            "%6aavascript:x",
            "&#106;avascript:x",
            "javascript&colon;x",
            "java\0script:x",
            "ｊａｖａｓｃｒｉｐｔ：x",
        ] {
            assert_eq!(kind(text), OtherKind::Script, "{text:?}");
        }
    }

    #[test]
    fn program_protocols_are_no_links_and_neither_are_unknown_ones() {
        for text in [
            "ms-msdt:/id KILL",
            "search-ms:query=KILL&crumb=location:\\\\kill.example.invalid\\s",
            "ms-word:ofv|u|http://x",
            "ms-appinstaller:?source=x",
            "msteams:x",
            "onenote:x",
            "skype:x",
            "zoommtg://x",
            "vscode:x",
            "steam://x",
            "nobody-knows-this:x",
            "ws://x",
        ] {
            assert_eq!(kind(text), OtherKind::Protocol, "{text:?}");
        }
    }

    #[test]
    fn shares_and_files_are_no_links() {
        for text in [
            "\\\\kill.example.invalid@SSL\\DavWWWRoot\\x",
            "//kill.example.invalid/x",
            "\\/kill/x",
            "/\\kill/x",
            "file://kill.example.invalid/s/x",
            "file:\\\\kill\\s",
            "smb://kill/x",
            "FILE://kill/s",
            "file:///\\\\Vboxsvr\\share\\foo%20bar.xlsx",
            "\u{ff3c}\u{ff3c}kill\\s",
        ] {
            let found = kind(text);
            assert!(matches!(found, OtherKind::Remote | OtherKind::Local), "{text:?} is {found:?}");
        }
        for text in
            ["file:///C:/Windows/System32/calc.exe", "C:\\x.exe", "c|/x.exe:", "shell:startup", "file:c:/x"]
        {
            assert!(!parse(text).allowed(&["file".to_owned()]), "{text:?}");
        }
    }

    #[test]
    fn paths_are_no_web_addresses() {
        for text in [
            "calc.exe",
            ".\\KILL.lnk",
            "%userprofile%\\x",
            "www.example.com",
            "/x",
            "islam.angst.doc",
            "",
            "?q",
        ] {
            assert!(matches!(parse(text), Link::Relative(_)), "{text:?} is {:?}", parse(text));
            assert_eq!(parse(text).written(), None);
        }
    }

    #[test]
    fn places_in_the_document_are_kept_unless_they_name_a_file() {
        assert_eq!(parse("#_Toc1"), Link::Internal("_Toc1".to_owned()));
        assert_eq!(parse("#'売上 2024'!A1"), Link::Internal("'売上 2024'!A1".to_owned()));
        assert_eq!(parse("#\\\\kill\\s\\[b.xlsx]S!A1").written(), None);
        assert_eq!(parse("#[b.xlsm]S!A1").written(), None);
        assert_eq!(parse("##x").written(), None);
    }

    #[test]
    fn telephone_numbers_lose_everything_but_the_number() {
        assert_eq!(parse("tel:+81-3-1234-5678;ext=1"), Link::Tel("tel:+81-3-1234-5678".to_owned()));
        assert_eq!(parse("TEL: 03 1234 5678"), Link::Tel("tel:0312345678".to_owned()));
        assert_eq!(kind("tel:*#06#"), OtherKind::Malformed);
    }

    #[test]
    fn only_schemes_of_the_policy_are_allowed() {
        let schemes = ["https".to_owned()];
        assert!(parse("https://example.com/").allowed(&schemes));
        assert!(!parse("http://example.com/").allowed(&schemes));
        assert!(!parse("mailto:a@example.com").allowed(&schemes));
        assert!(parse("#x").allowed(&[]));
    }

    #[test]
    fn very_long_addresses_are_no_links() {
        let long = format!("https://example.com/{}", "a".repeat(MAX_BYTES));
        assert_eq!(kind(&long), OtherKind::TooLong);
        // Short as text, too long once percent-encoded.
        let grows = format!("https://example.com/{}", "語".repeat(MAX_BYTES / 4));
        assert_eq!(kind(&grows), OtherKind::TooLong);
    }

    proptest! {
        #[test]
        fn writing_is_a_fixed_point_and_plain(
            head in prop::sample::select(vec!["http://", "HTTPS:/", "http:\\\\", "ftp://", "mailto:", "tel:", "#", "", "ht\ttp://"]),
            rest in prop_oneof![any::<String>(), "[a-z@.:/\\\\?#%&=\\[\\]_ <>\"'0-9。．\u{200b}\u{202e}日]{0,40}"],
        ) {
            let link = parse(&format!("{head}{rest}"));
            if let Some(written) = link.written() {
                let again = parse(&written);
                prop_assert_eq!(again.written(), Some(written.clone()), "{:?}", &link);
                prop_assert_eq!(again.scheme(), link.scheme());
                prop_assert!(!written.contains(|c: char| c.is_control()));
                if !matches!(link, Link::Internal(_)) {
                    prop_assert!(written.is_ascii() && !written.contains([' ', '"', '<', '>', '\\']), "{}", written);
                    let known = ["http://", "https://", "ftp://", "mailto:", "tel:"];
                    prop_assert!(known.iter().any(|scheme| written.starts_with(scheme)));
                }
            }
        }
    }
}
