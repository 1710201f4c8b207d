use crate::{
    budget::Budget,
    error::{Error, malformed},
    toolkits::charset::{Document, starts_like_markup},
};

/// A cheap look at the first bytes: whether they are valid is seen when they are decoded.
pub(super) fn looks_like_text(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 4_096;
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let zeros = head.iter().filter(|byte| **byte == 0).count();
    // UTF-16 without a mark has a zero in at least every eighth byte; no other text has any.
    let has_zeros_of_text = zeros == 0 || is_wide || zeros * 8 >= head.len();
    let controls = head.iter().filter(|byte| matches!(byte, 1..=6 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    has_zeros_of_text && controls * 8 <= head.len().max(64) && !starts_like_markup(head)
}

pub(super) fn parse<'a>(input: &'a [u8], budget: &Budget) -> Result<Document<'a>, Error> {
    Document::decode(input, budget)?.ok_or_else(|| malformed("text encoding", 0))
}
