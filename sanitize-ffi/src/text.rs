//! Text on its way to C.

use std::ffi::CString;

/// `text` with its end marked as C does. A NUL inside, which would end it early, becomes U+FFFD.
pub fn c_text(text: &str) -> CString {
    CString::new(text.replace('\0', "\u{fffd}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_does_not_hide_what_follows() {
        assert_eq!(c_text("a\0b").to_str(), Ok("a\u{fffd}b"));
    }
}
