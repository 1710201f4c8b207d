//! Basic Encoding Rules (X.690), as far as CMS needs them.

/// One element of BER (X.690, 8.1). Only what CMS needs: tags of one byte, and lengths of any form.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) body: &'a [u8],
    len: usize,
}

impl<'a> Element<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (tag, rest) = bytes.split_first()?;
        let (first, rest) = rest.split_first()?;
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (body, header) = match first {
            0..=0x7f => (rest.get(..usize::from(*first))?, 2),
            0x80 => {
                let (body, end) = marked(rest);
                return Some(Self { tag: *tag, body, len: 2 + body.len() + end });
            }
            0x81..=0x88 => {
                let count = usize::from(first & 0x7f);
                let (digits, rest) = rest.split_at_checked(count)?;
                let len = digits.iter().try_fold(0_usize, |len, digit| {
                    len.checked_mul(256).and_then(|len| len.checked_add(usize::from(*digit)))
                })?;
                (rest.get(..len)?, 2 + count)
            }
            _ => return None,
        };
        Some(Self { tag: *tag, body, len: header + body.len() })
    }

    /// The elements in the body.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'a>> {
        let mut rest = self.body;
        let is_constructed = self.tag & 0x20 != 0;
        std::iter::from_fn(move || {
            if !is_constructed || rest.starts_with(&[0, 0]) {
                return None;
            }
            let element = Self::read(rest)?;
            rest = rest.get(element.len..).unwrap_or_default();
            Some(element)
        })
    }
}

/// The body of an element whose end is marked (8.1.3.6), and how long the mark is. A body without one goes to the end.
/// One pass, whatever is nested in it.
fn marked(bytes: &[u8]) -> (&[u8], usize) {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        match *rest {
            [0, 0, ..] if depth == 0 => return (bytes.get(..at).unwrap_or_default(), 2),
            [0, 0, ..] => {
                depth -= 1;
                at += 2;
            }
            [_, 0x80, ..] => {
                depth += 1;
                at += 2;
            }
            _ => match Element::read(rest) {
                Some(element) => at += element.len,
                None => break,
            },
        }
    }
    (bytes, 0)
}
