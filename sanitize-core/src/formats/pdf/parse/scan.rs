//! One pass over the whole file that finds every object header: what is left when the cross-reference lies.

use memchr::memmem;

use super::lex::{is_regular, is_space};

/// Object headers, trailers and ends in file order.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// Number, and where `N G obj` starts.
    pub(crate) objects: Vec<(u32, usize)>,
    /// Where the keyword `trailer` ends.
    pub(crate) trailers: Vec<usize>,
}

impl Scan {
    /// Reads `input` once. Each hit looks back a bounded number of bytes.
    pub(crate) fn new(input: &[u8]) -> Self {
        let mut scan = Self::default();
        for at in memmem::find_iter(input, b"obj") {
            if let Some(found) = header_before(input, at) {
                scan.objects.push(found);
            }
        }
        scan.trailers = memmem::find_iter(input, b"trailer").map(|at| at + 7).collect();
        scan
    }

    /// Where the last object with this number starts.
    pub(crate) fn sorted(&self) -> Vec<(u32, usize)> {
        let mut sorted = self.objects.clone();
        // Later in the file is later in the list; the sort is stable, so the last of equals is the newest.
        sorted.sort_by_key(|(number, _)| *number);
        sorted
    }
}

/// The `N G ` that ends right before `at`.
fn header_before(input: &[u8], at: usize) -> Option<(u32, usize)> {
    let (end, _) = blanks_before(input, at)?;
    if end == at {
        // `0obj` is read by viewers; `endobj` is not a header.
        input.get(at.checked_sub(1)?).filter(|byte| byte.is_ascii_digit())?;
    }
    let (generation, _) = digits_before(input, end)?;
    let (end, blanks) = blanks_before(input, generation)?;
    if blanks == 0 {
        return None;
    }
    let (start, number) = digits_before(input, end)?;
    if start.checked_sub(1).and_then(|before| input.get(before)).is_some_and(|byte| is_regular(*byte)) {
        // `endobj1 0 obj`: the digits that follow a keyword still count, a longer number does not.
        let before = start.checked_sub(1).and_then(|before| input.get(before)).copied().unwrap_or(0);
        if before.is_ascii_digit() || before == b'.' {
            return None;
        }
    }
    Some((number, start))
}

fn blanks_before(input: &[u8], at: usize) -> Option<(usize, usize)> {
    let window = input.get(at.saturating_sub(32)..at)?;
    let blanks = window.iter().rev().take_while(|byte| is_space(**byte)).count();
    Some((at - blanks, blanks))
}

fn digits_before(input: &[u8], at: usize) -> Option<(usize, u32)> {
    let window = input.get(at.saturating_sub(10)..at)?;
    let digits = window.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let start = at - digits;
    let text = std::str::from_utf8(input.get(start..at)?).ok()?;
    Some((start, text.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_and_ends_are_not() {
        let scan = Scan::new(b"%PDF\n1 0 obj\n<<>>\nendobj\n12 3\nobj 4 endobj trailer <<>>");
        assert_eq!(scan.objects, [(1, 5), (12, 25)]);
        assert_eq!(scan.trailers.len(), 1);
    }
}
