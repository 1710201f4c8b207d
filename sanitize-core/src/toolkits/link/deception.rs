//! Signs that a web address was made to be taken for another. They are reported; the address itself is
//! written in ASCII, where the disguise is gone.

use unicode_normalization::UnicodeNormalization;

/// `rest` is what follows the scheme's colon, as it stood in the document; `host` the ASCII host it stands for.
pub(super) fn in_web_address(rest: &str, host: &str) -> bool {
    let after_slashes = rest.trim_start_matches(['/', '\\']);
    let slashes = rest.get(..rest.len().saturating_sub(after_slashes.len())).unwrap_or_default();
    let authority = after_slashes.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let (user, written_host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let folded: String = written_host.nfkc().collect();
    let numeric = host.split(':').next().is_some_and(is_dotted_quad);
    !user.is_empty()
        || slashes.contains('\\')
        || rest.chars().any(reorders)
        || written_host.contains('%')
        || folded != written_host
        || written_host.contains('\u{3002}')
        || numeric && !written_host.split(':').next().is_some_and(is_dotted_quad)
        || mixes_scripts(host)
}

/// Controls that change the order in which text is shown.
pub(super) fn reorders(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

fn is_dotted_quad(host: &str) -> bool {
    let part = |part: &str| part == "0" || (part.parse::<u8>().is_ok() && !part.starts_with(['0', '+']));
    host.split('.').count() == 4 && host.split('.').all(part)
}

/// Scripts that matter for look-alikes. Han, kana and Latin stand together in honest Japanese names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    EastAsian,
    Another,
}

fn script(c: char) -> Option<Script> {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Some(Script::Latin),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Script::Greek),
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{2de0}'..='\u{2dff}' => Some(Script::Cyrillic),
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{20000}'..='\u{3ffff}' => Some(Script::EastAsian),
        _ if c.is_alphabetic() => Some(Script::Another),
        _ => None,
    }
}

/// True when a label of `host` (in ASCII) mixes scripts no honest name mixes, or is spelled in Cyrillic or
/// Greek with nothing but letters that look Latin.
fn mixes_scripts(host: &str) -> bool {
    if !host.contains("xn--") {
        return false;
    }
    let (unicode, _) = idna::domain_to_unicode(host);
    unicode.split('.').any(|label| {
        let scripts: Vec<_> = label.chars().filter_map(script).collect();
        let has = |wanted| scripts.contains(&wanted);
        let kinds = [Script::Latin, Script::Greek, Script::Cyrillic, Script::EastAsian, Script::Another];
        let count = kinds.into_iter().filter(|&kind| has(kind)).count();
        let japanese = count == 2 && has(Script::Latin) && has(Script::EastAsian);
        let looks_latin = |c: char| "аеорсухіјѕԛԝӏһԁьνοαιρτυκ-0123456789".contains(c);
        count > 1 && !japanese
            || (has(Script::Cyrillic) || has(Script::Greek)) && label.chars().all(looks_latin)
    })
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    #[test]
    fn disguised_addresses_are_marked() {
        for text in [
            "https://kill。example。invalid/",
            "https://kill．example/",
            "https://kill｡example/",
            "http://3232235521/",
            "http://0x7f.1/",
            "https://ｅxample.com/",
            "https://%65xample.com/",
            "http:\\\\example.com/",
            "https://user@example.com/",
            "https://аррӏе.com/",
            "https://pаypal.com/",
            "https://xn--80ak6aa92e.com/",
            "https://example.com/\u{202e}fdp.exe",
        ] {
            assert!(parse(text).deceptive(), "{text}");
        }
    }

    #[test]
    fn honest_addresses_are_not_marked() {
        for text in [
            "https://example.com/a@b",
            "https://日本語.jp/",
            "https://総務省telework.jp/",
            "http://192.0.2.1:80/",
            "https://münchen.de/",
            "https://example.com/?u=a@b%20c",
            "https://президент.рф/",
            "HTTPS://EXAMPLE.com",
            "https://みんな.コム/パス",
        ] {
            assert!(!parse(text).deceptive(), "{text}");
        }
    }
}
