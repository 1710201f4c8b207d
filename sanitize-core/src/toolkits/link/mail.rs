//! `mailto:` addresses, RFC 6068, taken apart and put together again.

use super::{Link, OtherKind, other};

/// More recipients than anybody writes into a link.
const MAX_RECIPIENTS: usize = 100;

/// `rest` is what follows `mailto:`.
pub(super) fn parse(rest: &str) -> Link {
    let rest = rest.split('#').next().unwrap_or_default().trim_start_matches(['/', '\\']);
    let (to, headers) = rest.split_once('?').unwrap_or((rest, ""));
    let Some(mut to) = recipients(to) else { return other("mailto", OtherKind::Malformed) };
    let (mut cc, mut subject, mut body) = (Vec::new(), String::new(), String::new());
    for header in headers.split('&') {
        // Links that were escaped for HTML once too often.
        let header = header.strip_prefix("amp;").unwrap_or(header);
        let Some((name, value)) = header.split_once('=') else { continue };
        // Hidden recipients (`bcc`) and files (`attach`) are what the reader of the link does not see.
        match name.to_ascii_lowercase().as_str() {
            "to" => to.extend(recipients(value).unwrap_or_default()),
            "cc" => cc.extend(recipients(value).unwrap_or_default()),
            "subject" if subject.is_empty() => subject = encode(value, Breaks::Dropped),
            "body" if body.is_empty() => body = encode(value, Breaks::Kept),
            _ => (),
        }
    }
    if to.len().saturating_add(cc.len()) > MAX_RECIPIENTS {
        return other("mailto", OtherKind::Malformed);
    }
    let headers = [("cc", cc.join(",")), ("subject", subject), ("body", body)];
    let headers: Vec<_> = headers
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if to.is_empty() && headers.is_empty() {
        return other("mailto", OtherKind::Malformed);
    }
    let query = if headers.is_empty() { String::new() } else { format!("?{}", headers.join("&")) };
    let written = format!("mailto:{}{query}", to.join(","));
    if written.len() > super::MAX_BYTES { other("mailto", OtherKind::TooLong) } else { Link::Mailto(written) }
}

/// The recipients in `list`; `None` where there are some and none is an address.
fn recipients(list: &str) -> Option<Vec<String>> {
    let decoded = String::from_utf8(decode(list)).ok()?;
    let mut addresses = Vec::new();
    let mut refused = false;
    for entry in decoded.split([',', ';']).map(trim).filter(|entry| !entry.is_empty()) {
        match address(entry) {
            Some(address) => addresses.push(address),
            None => refused = true,
        }
    }
    (!addresses.is_empty() || !refused).then_some(addresses)
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}'))
}

/// `local@domain`, also out of `Name <local@domain>`, with the domain in ASCII and the local part encoded.
fn address(entry: &str) -> Option<String> {
    let entry = match entry.rsplit_once('<') {
        Some((_, inner)) => trim(inner.strip_suffix('>')?),
        None => entry,
    };
    let (local, domain) = entry.rsplit_once('@')?;
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c) || is_letter(c);
    if local.is_empty() || local.len() > 64 * 4 || !local.chars().all(atom) {
        return None;
    }
    let domain = idna::domain_to_ascii_cow(domain.as_bytes(), idna::AsciiDenyList::STD3).ok()?;
    if domain.is_empty()
        || domain.len() > 253
        || domain.split('.').any(|label| label.is_empty() || label.len() > 63)
    {
        return None;
    }
    let mut written = String::with_capacity(entry.len());
    push_encoded(&mut written, local.as_bytes(), |byte| {
        byte.is_ascii_alphanumeric() || b"!$'*+-._~".contains(&byte)
    });
    written.push('@');
    written.push_str(&domain);
    Some(written)
}

/// Letters and digits of any script, for internationalised local parts.
fn is_letter(c: char) -> bool {
    !c.is_ascii() && c.is_alphanumeric()
}

enum Breaks {
    Kept,
    Dropped,
}

/// A header's value: decoded, then encoded anew byte by byte, so that text in CP932 survives as well.
fn encode(value: &str, breaks: Breaks) -> String {
    let bytes: Vec<u8> = decode(value)
        .into_iter()
        .filter(|byte| match byte {
            b'\r' | b'\n' => matches!(breaks, Breaks::Kept),
            _ => !byte.is_ascii_control(),
        })
        .collect();
    let mut written = String::with_capacity(value.len());
    push_encoded(&mut written, &bytes, |byte| {
        byte.is_ascii_alphanumeric() || b"-._~!$'()*+,;:@/".contains(&byte)
    });
    written
}

fn push_encoded(written: &mut String, bytes: &[u8], plain: impl Fn(u8) -> bool) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for &byte in bytes {
        if plain(byte) {
            written.push(char::from(byte));
        } else {
            written.push('%');
            written.extend(HEX.get(usize::from(byte >> 4)));
            written.extend(HEX.get(usize::from(byte & 15)));
        }
    }
}

/// Percent-decoding; a `%` that starts no pair of hexadecimal digits stands for itself.
fn decode(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
        match (byte, digit(ahead.next()), digit(ahead.next())) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(u8::try_from(high * 16 + low).unwrap_or_default());
                rest = ahead;
            }
            _ => bytes.push(byte),
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn written(text: &str) -> Option<String> {
        parse(text).written().map(|text| text.into_owned())
    }

    #[test]
    fn addresses_and_known_headers_are_kept() {
        for same in [
            "mailto:jimu@natffj.org",
            "mailto:a@example.com,b+c@example.com?cc=d@example.com&subject=%E8%A6%8B%E7%A9%8D%20No.1&body=a%0D%0Ab",
            "mailto:?subject=share",
            "mailto:x@localhost",
            "mailto:a@example.com?subject=%83e%83X%83g",
        ] {
            assert_eq!(written(same).as_deref(), Some(same));
        }
        assert_eq!(written("MAILTO:nobody@nowhere.uk\u{a0}").unwrap(), "mailto:nobody@nowhere.uk");
        assert_eq!(written("mailto:山田 <a@日本.jp>; b@x.jp").unwrap(), "mailto:a@xn--wgv71a.jp,b@x.jp");
        assert_eq!(written("mailto://a@x.jp").unwrap(), "mailto:a@x.jp");
    }

    #[test]
    fn headers_the_reader_does_not_see_are_dropped() {
        let text = "mailto:a@x.jp?bcc=kill@x.jp&attach=c:%5Cx&subject=a%0D%0Abcc:kill@x.jp&X-KILL=1";
        assert_eq!(written(text).unwrap(), "mailto:a@x.jp?subject=abcc:kill@x.jp");
    }

    #[test]
    fn what_is_no_address_is_no_link() {
        for text in [
            "mailto:",
            "mailto:KILL",
            "mailto:a@b@",
            "mailto:a b@x.jp",
            "mailto:\"a b\"@x.jp",
            "mailto:a@x y",
            "mailto:a@x|y",
        ] {
            assert_eq!(written(text), None, "{text:?}");
        }
    }
}
