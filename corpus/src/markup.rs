//! Samples of the areas `svg`, `xml` and `json`.

use crate::sample::Index;

const SVG: &str = "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"20\" height=\"20\"";

/// The samples of the three areas.
pub fn samples(index: &mut Index) {
    let _ = index;
    let _ = SVG;
}
