//! Numbers of content streams, read once.

/// The longest number whose digits are counted: fifteen digits and a dot, or sixteen digits, are rounded once.
const EXACT: usize = 16;

/// The powers of ten that a number of double precision holds exactly.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// A number as its digits say it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Decimal {
    digits: u64,
    /// How many of them stand behind the dot.
    places: usize,
    /// How many characters it has behind its sign.
    len: usize,
    negative: bool,
}

impl Decimal {
    /// Its value; `None` for one that is longer than is rounded once.
    #[inline]
    pub(super) fn value(self) -> Option<f64> {
        if self.len > EXACT {
            return None;
        }
        let value = self.digits as f64 / TENS.get(self.places)?;
        Some(if self.negative { -value } else { value })
    }
}

/// The number that `text` starts with, and what stands behind its digits.
#[inline]
pub(super) fn decimal(text: &[u8]) -> Option<(Decimal, &[u8])> {
    let (negative, unsigned) = match text {
        [b'-', unsigned @ ..] => (true, unsigned),
        [b'+', unsigned @ ..] => (false, unsigned),
        unsigned => (false, unsigned),
    };
    let (mut digits, mut rest) = after_digits(0, unsigned);
    let (mut places, mut dots) = (0, 0);
    if let [b'.', fraction @ ..] = rest {
        (digits, rest) = after_digits(digits, fraction);
        (places, dots) = (fraction.len() - rest.len(), 1);
    }
    let len = unsigned.len() - rest.len();
    if len == dots || rest.first() == Some(&b'.') {
        return None;
    }
    Some((Decimal { digits, places, len, negative }, rest))
}

/// Reads digits behind others.
#[inline]
fn after_digits(mut digits: u64, mut text: &[u8]) -> (u64, &[u8]) {
    while let [byte, rest @ ..] = text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
        text = rest;
    }
    (digits, text)
}

/// The number that `text` starts with, up to white space or its end, and what stands behind it.
fn leading(text: &[u8]) -> Option<(f64, &[u8])> {
    let (decimal, rest) = decimal(text)?;
    if rest.first().is_some_and(|byte| !byte.is_ascii_whitespace()) {
        return None;
    }
    let value = match decimal.value() {
        Some(value) => value,
        None => std::str::from_utf8(text.get(..text.len() - rest.len())?).ok()?.parse().ok()?,
    };
    Some((value, rest))
}

/// The number that `text` is.
pub(super) fn number(text: &[u8]) -> Option<f64> {
    leading(text).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value)
}

/// The numbers that `text` starts with.
pub(super) fn numbers<const N: usize>(text: &[u8]) -> Option<[f64; N]> {
    let mut found = [0.0; N];
    let mut rest = text;
    for slot in &mut found {
        (*slot, rest) = leading(rest.trim_ascii_start())?;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_the_standard_library_reads() {
        for text in [
            "0",
            "-0.5",
            "+3",
            "12.",
            ".25",
            "595.2756",
            "123456789012345.6",
            "9007199254740993",
            "0.000000000000001",
            "0.00000000000000000000000000000000000000001",
        ] {
            assert_eq!(number(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for text in ["", "-", ".", "1.2.3", "--1", "1-2"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn as_many_numbers_are_read_as_are_asked_for() {
        assert_eq!(numbers(b"1 -2.5\n.5 /F"), Some([1.0, -2.5, 0.5]));
        assert_eq!(numbers::<2>(b"1"), None);
        assert_eq!(numbers::<2>(b"1 (2)"), None);
    }
}
