/// True where a style that was written fetches nothing, by the letter: its only at-rules are those for media and
/// pages, and every address is one that `is_fine` takes. Anything may stand in strings, which are written without
/// line ends and with their own marks escaped. Reads a style sheet, or the value of an attribute with its marks
/// as references, once.
pub(crate) fn is_harmless(style: &str, is_fine: impl Fn(&str) -> bool) -> bool {
    let mut in_string = false;
    style.bytes().enumerate().all(|(at, byte)| {
        let rest = || style.get(at..).unwrap_or_default();
        match byte {
            b'\n' => in_string = false,
            b'"' => in_string = !in_string,
            b'&' if rest().starts_with("&quot;") => in_string = !in_string,
            b'@' if !in_string => return rest().starts_with("@media ") || rest().starts_with("@page"),
            b'u' if !in_string => return rest().strip_prefix("url(").is_none_or(|url| is_fine(address(url))),
            _ => (),
        }
        true
    })
}

/// The address at the start of what stands behind `url(`.
fn address(text: &str) -> &str {
    let address = text.strip_prefix('"').or_else(|| text.strip_prefix("&quot;")).unwrap_or(text);
    let len = address.find(['"', '&', ')']).unwrap_or_default();
    address.get(..len).unwrap_or_default()
}
