//! Lists of addresses: RFC 5322, 3.4 with the obsolete forms, encoded words, and what mailers write instead.

use super::word;

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    Mailbox(Mailbox),
    /// `name: a, b;`
    Group {
        name: String,
        members: Vec<Mailbox>,
    },
}

/// A name and an address, or one of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mailbox {
    /// Decoded; empty for none.
    pub(crate) name: String,
    pub(crate) address: Option<Spec>,
}

/// `local@domain`. Only [`Spec::parse`] makes one, so that both halves hold nothing but what may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spec {
    local: String,
    /// Empty for the local names of old systems.
    domain: String,
    /// The domain was not written in ASCII.
    pub(crate) is_international: bool,
}

/// Longest halves that are read: the limits of RFC 5321 with room for what exceeds them and works all the same.
const LONGEST: usize = 320;

impl Spec {
    /// The address in `text`, which holds nothing else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = match text.rfind('@') {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?),
            None => (text, ""),
        };
        let local = unquoted(local.trim());
        let is_local = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        if local.is_empty() || local.len() > LONGEST || !local.bytes().all(is_local) {
            return None;
        }
        let domain = domain.trim().trim_end_matches('.');
        let is_international = !domain.is_ascii();
        let mut domain = match is_international {
            true => idna::domain_to_ascii(domain).ok()?,
            false => domain.to_owned(),
        };
        // Full stops of other scripts have become dots.
        domain.truncate(domain.trim_end_matches('.').len());
        let is_literal = domain.starts_with('[') && domain.ends_with(']') && domain.len() > 2;
        let inside = domain.trim_start_matches('[').trim_end_matches(']');
        let is_domain = |byte: u8| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') || is_literal && byte == b':'
        };
        let is_named = !domain.is_empty() && inside.bytes().all(is_domain) && domain.len() <= LONGEST;
        let is_alone = domain.is_empty() && !text.contains('@');
        let has_brackets = !is_literal && domain.contains(['[', ']']);
        if has_brackets || !is_named && !is_alone {
            return None;
        }
        // A name alone is an address only where it could be nothing else.
        if domain.is_empty() && local.contains(' ') {
            return None;
        }
        Some(Self { local, domain, is_international })
    }

    /// The domain; empty for a name alone.
    pub(crate) fn domain(&self) -> &str {
        &self.domain
    }
}

/// As it stands between angle brackets. A local part that is no dot-atom, such as `abc..def` of old Japanese
/// mobile phones, is quoted.
impl std::fmt::Display for Spec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let is_dot_atom = self.local.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom));
        if is_dot_atom {
            f.write_str(&self.local)?;
        } else {
            f.write_str(&quoted(&self.local))?;
        }
        if self.domain.is_empty() { Ok(()) } else { write!(f, "@{}", self.domain) }
    }
}

/// RFC 5322, 3.2.3.
pub(super) fn is_atom(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

/// `text` between quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn unquoted(text: &str) -> String {
    let Some(inner) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) else {
        return text.to_owned();
    };
    let mut plain = String::with_capacity(inner.len());
    let mut escaped = false;
    for character in inner.chars() {
        if character == '\\' && !escaped {
            escaped = true;
            continue;
        }
        plain.push(character);
        escaped = false;
    }
    plain
}

/// A list, and what of it could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct List {
    pub(crate) addresses: Vec<Address>,
    /// Entries without an address, or with one that is none.
    pub(crate) unreadable: usize,
    /// Names with broken encoded words.
    pub(crate) is_broken: bool,
}

/// An entry while it is being read.
#[derive(Default)]
struct Entry {
    /// Atoms and quoted strings in front of the angle bracket, as they stand.
    phrase: String,
    /// An `@` stands in it outside of quoted strings.
    has_at: bool,
    angle: Option<String>,
    comment: String,
}

/// Reads an unfolded list.
pub(crate) fn parse(unfolded: &[u8]) -> List {
    let text = word::characters(unfolded);
    let mut list = List::default();
    let mut entry = Entry::default();
    let mut group: Option<(String, Vec<Mailbox>)> = None;
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let behind = rest.get(first.len_utf8()..).unwrap_or_default();
        rest = match first {
            '"' => {
                let (string, behind) = quoted_string(behind);
                entry.phrase.push('"');
                entry.phrase.push_str(string);
                entry.phrase.push('"');
                behind
            }
            '(' => {
                let (comment, behind) = comment(behind);
                entry.comment = comment.to_owned();
                // A comment separates like white space.
                entry.phrase.push(' ');
                behind
            }
            '<' if entry.angle.is_none() => {
                let (angle, behind) = angle(behind);
                entry.angle = Some(angle.to_owned());
                behind
            }
            ':' if group.is_none() && entry.angle.is_none() && !entry.has_at => {
                let name = display_name(&entry.phrase, &mut list.is_broken);
                entry = Entry::default();
                group = Some((name, Vec::new()));
                behind
            }
            ',' | ';' => {
                let done = std::mem::take(&mut entry).finish(&mut list);
                match (&mut group, done) {
                    // A name alone is written as a group of its own, and groups do not stand in each other.
                    (Some((_, members)), Some(mailbox)) if mailbox.address.is_some() => members.push(mailbox),
                    (_, Some(mailbox)) => list.addresses.push(Address::Mailbox(mailbox)),
                    (_, None) => (),
                }
                if first == ';'
                    && let Some((name, members)) = group.take()
                {
                    list.addresses.push(Address::Group { name, members });
                }
                behind
            }
            _ => {
                // As long as what follows means nothing either, it is taken in one piece.
                let len =
                    rest.find(['"', '(', '<', ':', ',', ';']).unwrap_or(rest.len()).max(first.len_utf8());
                let (plain, behind) = rest.split_at_checked(len).unwrap_or((rest, ""));
                entry.phrase.push_str(plain);
                entry.has_at |= plain.contains('@');
                behind
            }
        };
    }
    let done = entry.finish(&mut list);
    match (group, done) {
        (Some((name, mut members)), last) => {
            match last {
                Some(last) if last.address.is_none() => list.addresses.push(Address::Mailbox(last)),
                last => members.extend(last),
            }
            list.addresses.push(Address::Group { name, members });
        }
        (None, Some(mailbox)) => list.addresses.push(Address::Mailbox(mailbox)),
        (None, None) => (),
    }
    list
}

impl Entry {
    fn finish(self, list: &mut List) -> Option<Mailbox> {
        let phrase = self.phrase.trim();
        if phrase.is_empty() && self.angle.is_none() && self.comment.is_empty() {
            return None;
        }
        let (address, name) = match &self.angle {
            // Nothing between the brackets is the empty address of notices about delivery.
            Some(angle) => (Spec::parse(without_route(angle)), phrase),
            None => {
                let address = Spec::parse(phrase);
                let name = if address.is_some() { "" } else { phrase };
                (address, name)
            }
        };
        let name = if name.is_empty() { self.comment.as_str() } else { name };
        let name = display_name(name, &mut list.is_broken);
        if address.is_none() {
            list.unreadable += 1;
            if name.is_empty() {
                return None;
            }
        }
        Some(Mailbox { name, address })
    }
}

/// `@a,@b:local@domain` of RFC 822 without its route.
fn without_route(angle: &str) -> &str {
    match angle.trim().strip_prefix('@') {
        Some(route) => route.split_once(':').map_or(angle, |(_, address)| address),
        None => angle,
    }
}

/// Up to the closing quotation mark, and what is behind it; a quote that is never closed ends with the text.
fn quoted_string(text: &str) -> (&str, &str) {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default()),
            _ => (),
        }
    }
    (text, "")
}

fn comment(text: &str) -> (&str, &str) {
    let (mut depth, mut escaped) = (1_u32, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth = depth.saturating_add(1),
            ')' => depth -= 1,
            _ => (),
        }
        if depth == 0 {
            return (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
        }
    }
    (text, "")
}

/// Up to the closing bracket; quotation marks hide brackets inside.
fn angle(text: &str) -> (&str, &str) {
    let (mut is_quoted, mut escaped) = (false, false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => {
                return (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
            }
            _ => (),
        }
    }
    (text, "")
}

/// A phrase as a person reads it: quotes undone, encoded words decoded, also those that Japanese mailers
/// put between quotation marks, and one space where there were several.
fn display_name(phrase: &str, is_broken: &mut bool) -> String {
    let mut plain = String::with_capacity(phrase.len());
    let mut escaped = false;
    for character in phrase.chars() {
        match character {
            _ if escaped => {
                plain.push(character);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => (),
            _ => plain.push(character),
        }
    }
    let decoded = word::decode(plain.as_bytes());
    *is_broken |= decoded.is_broken;
    single_spaced(&decoded.text)
}

/// `text` with one space where it has several, or tabs, and none at its ends.
pub(crate) fn single_spaced(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String)> {
        let show = |mailbox: &Mailbox| {
            (mailbox.name.clone(), mailbox.address.as_ref().map(Spec::to_string).unwrap_or_default())
        };
        parse(text.as_bytes())
            .addresses
            .iter()
            .flat_map(|address| match address {
                Address::Mailbox(mailbox) => vec![show(mailbox)],
                Address::Group { name, members } => std::iter::once((format!("{name}:"), String::new()))
                    .chain(members.iter().map(show))
                    .collect(),
            })
            .collect()
    }

    fn one(text: &str) -> (String, String) {
        let all = shown(text);
        assert_eq!(all.len(), 1, "{all:?}");
        all.into_iter().next().unwrap()
    }

    #[test]
    fn mailboxes_are_read_in_every_form() {
        for (text, name, address) in [
            ("a@example.com", "", "a@example.com"),
            ("A B <a@example.com>", "A B", "a@example.com"),
            ("\"B, A\" <a@example.com>", "B, A", "a@example.com"),
            ("a@example.com (A B)", "A B", "a@example.com"),
            ("\"=?ISO-2022-JP?B?GyRCN1cyaBsoQg==?=\" <a@example.com>", "計画", "a@example.com"),
            ("計画 <a@example.com>", "計画", "a@example.com"),
            ("<@x.example,@y.example:a@example.com>", "", "a@example.com"),
            ("abc..def.@docomo.example", "", "\"abc..def.\"@docomo.example"),
            ("<\"a b\"@example.com>", "", "\"a b\"@example.com"),
            ("a@[192.0.2.1]", "", "a@[192.0.2.1]"),
            ("x <a@例え.jp>", "x", "a@xn--r8jz45g.jp"),
            ("MAILER-DAEMON", "", "MAILER-DAEMON"),
        ] {
            assert_eq!(one(text), (name.to_owned(), address.to_owned()), "{text}");
        }
    }

    #[test]
    fn lists_and_groups_keep_their_order() {
        assert_eq!(shown("a@x.example, B <b@x.example>,, c@x.example").len(), 3);
        assert_eq!(
            shown("undisclosed-recipients:;"),
            [("undisclosed-recipients:".to_owned(), String::new())]
        );
        assert_eq!(shown("g: a@x.example, b@x.example;, c@x.example").len(), 4);
    }

    #[test]
    fn a_line_end_or_a_control_is_in_no_address() {
        for text in
            ["<a\r\nBcc: b@x.example>", "<a@x.example\0>", "<a@x example>", "<a@x.example> <b@x.example>"]
        {
            for (_, address) in shown(text) {
                assert!(
                    !address.contains(['\r', '\n', '\0', '<']) && !address.ends_with("ample b"),
                    "{text}"
                );
            }
        }
    }
}
