//! What a verifier asks of style that was written, by the letter and without the tokens of the writer.

/// True where everything that reaches for something is `fine`: it is asked what starts at each `@` and at each
/// `url(`, but for those in strings, where anything may stand. Strings are written without line ends and with
/// their own marks escaped; in attributes a mark is `&quot;`.
pub(crate) fn every_reach<'s>(style: &'s str, mut fine: impl FnMut(&'s str) -> bool) -> bool {
    let mut in_string = false;
    style.bytes().enumerate().all(|(at, byte)| {
        let behind = || style.get(at..).unwrap_or_default();
        match byte {
            b'\n' => in_string = false,
            b'"' => in_string = !in_string,
            b'&' if behind().starts_with("&quot;") => in_string = !in_string,
            b'@' if !in_string => return fine(behind()),
            b'u' if !in_string && behind().starts_with("url(") => return fine(behind()),
            _ => {}
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_reach_for_nothing() {
        let asked = |style: &'static str| {
            let mut asked = Vec::new();
            assert!(every_reach(style, |reach| {
                asked.push(reach);
                true
            }));
            asked
        };
        assert_eq!(asked("a{b:\"@ url(\";c:url(#d)}"), ["url(#d)}"]);
        assert_eq!(asked("b:&quot;@&quot;,url(x"), ["url(x"]);
        assert_eq!(asked("\"\n@media u"), ["@media u"]);
        assert!(!every_reach("語@", |_| false));
    }
}
