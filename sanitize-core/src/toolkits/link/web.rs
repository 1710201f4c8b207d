//! Addresses with a host, by the URL standard's parser.

use url::{Host, Url};

use super::{Link, MAX_BYTES, OtherKind, deception, other};

/// `rest` is what follows the colon of `scheme`; `disguised` says that the scheme was not spelled in ASCII.
pub(super) fn parse(scheme: &'static str, rest: &str, disguised: bool) -> Link {
    let Some((mut address, host)) = normalise(scheme, rest) else {
        return other(scheme, OtherKind::Malformed);
    };
    // A bare host is opened with or without its slash; what the document says is left alone.
    let bare = address.len() == scheme.len().saturating_add(3).saturating_add(host.len()).saturating_add(1);
    if bare && address.ends_with('/') && !rest.ends_with(['/', '\\']) {
        address.pop();
    }
    if address.len() > MAX_BYTES {
        return other(scheme, OtherKind::TooLong);
    }
    let deceptive = disguised || deception::in_web_address(rest, &host);
    Link::Web { scheme, normalised: address, deceptive }
}

/// The address in its normal form, and its host with the port. `None` where no form is stable.
fn normalise(scheme: &str, rest: &str) -> Option<(String, String)> {
    let mut url = Url::parse(&format!("{scheme}:{rest}")).ok()?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    if url.scheme() != scheme || matches!(url.host()?, Host::Domain(name) if !is_plain_name(name)) {
        return None;
    }
    // The standard leaves these as they are in queries and fragments. Office, and whoever splits such an
    // address again, may not.
    let written = url
        .as_str()
        .replace('\\', "%5C")
        .replace('"', "%22")
        .replace('<', "%3C")
        .replace('>', "%3E")
        .replace('`', "%60");
    let again = Url::parse(&written).ok()?;
    let stable = again.as_str() == written && again.username().is_empty() && again.password().is_none();
    let host = match again.port() {
        Some(port) => format!("{}:{port}", again.host_str()?),
        None => again.host_str()?.to_owned(),
    };
    (stable && written.is_ascii()).then_some((written, host))
}

/// Names as they are resolved: letters, digits, hyphens, and the underscores that some intranets use.
fn is_plain_name(name: &str) -> bool {
    let label =
        |label: &str| label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    !name.is_empty() && name.len() <= 253 && name.split('.').all(label) && name != "."
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn written(text: &str) -> String {
        parse(text).written().unwrap_or_else(|| panic!("{text:?}")).into_owned()
    }

    #[test]
    fn real_addresses_keep_their_meaning() {
        for same in [
            "https://example.com",
            "https://example.com/",
            "http://example.com:8080/a?b=c&d=%20#e",
            "https://books.google.com/books?id=sp_Zcb9ot90C&lpg=PR4&hl=zh-CN&pg=PA19#v=onepage&q&f=true",
            "https://example.com/a/b.html?x=[1]&y={2}|3",
            "http://192.0.2.1/x",
            "http://[2001:db8::1]/x",
            "https://xn--wgv71a119e.jp/",
            "http://intra_net/x",
            "ftp://example.com/x",
            "https://example.com/a%2Fb",
        ] {
            assert_eq!(written(same), same);
        }
        assert_eq!(written("HTTP://Example.COM/Path "), "http://example.com/Path");
        assert_eq!(written("https://example.com:443/"), "https://example.com/");
        assert_eq!(
            written("https://日本語.jp/パス?検索=語"),
            "https://xn--wgv71a119e.jp/%E3%83%91%E3%82%B9?%E6%A4%9C%E7%B4%A2=%E8%AA%9E"
        );
        assert_eq!(written("http://ex\nample.com/a\tb"), "http://example.com/ab");
        assert_eq!(written("https://example.com/a b"), "https://example.com/a%20b");
        assert_eq!(written("https:\\\\example.com\\a?b\\c"), "https://example.com/a?b%5Cc");
    }

    #[test]
    fn user_names_and_passwords_are_dropped_and_marked() {
        let link = parse("https://bank.example:x@kill.example.invalid/a");
        assert_eq!(link.written().unwrap(), "https://kill.example.invalid/a");
        assert!(link.deceptive());
        assert_eq!(written("http://kill@SSL/DavWWWRoot/x"), "http://ssl/DavWWWRoot/x");
    }

    #[test]
    fn hosts_nobody_can_resolve_are_no_links() {
        for text in [
            "http://",
            "http:///",
            "http://exa mple/",
            "http://a|b/",
            "http://x:99999/",
            "http://\u{202e}x/",
            "http://a..b:/",
        ] {
            let link = parse(text);
            assert!(link.written().is_none() || text == "http://a..b:/", "{text:?}: {link:?}");
        }
    }

    #[test]
    fn a_full_width_scheme_becomes_an_address_that_is_marked() {
        let link = parse("ｈttps://kill。example。invalid/");
        assert_eq!(link.written().unwrap(), "https://kill.example.invalid/");
        assert!(link.deceptive());
    }
}
